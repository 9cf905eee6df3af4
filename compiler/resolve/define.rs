//! The fourth pass: all definitions with their values and signatures.

use std::collections::HashSet;

use super::attributes::Site;
use super::context::{Defaults, Define, Typed};
use super::docs::docs_with;
use super::lookup::Where;
use super::{classes, constants, enums, exceptions, records, signatures};
use crate::model::{
    Alias, AliasId, Class, ClassId, Const, ConstId, EnumId, Enumeration, Exception, ExceptionId,
    Flags, FlagsId, Function, FunctionId, ItemId, Protocol, ProtocolId, Record, RecordId, Variant,
    VariantId,
};
use crate::source::Span;

/// All definitions of all packages. `None` if an error was already reported.
#[derive(Debug, Default)]
pub(super) struct Definitions {
    pub(super) records: Vec<Option<Record>>,
    pub(super) variants: Vec<Option<Variant>>,
    pub(super) enums: Vec<Option<Enumeration>>,
    pub(super) flags: Vec<Option<Flags>>,
    pub(super) exceptions: Vec<Option<Exception>>,
    pub(super) classes: Vec<Option<Class>>,
    pub(super) protocols: Vec<Option<Protocol>>,
    pub(super) aliases: Vec<Option<Alias>>,
    pub(super) functions: Vec<Option<Function>>,
    pub(super) consts: Vec<Option<Const>>,
}

/// All definitions, and the messages of errors: the variants and enums that have them, with the places.
pub(super) fn define(typed: Typed<'_>) -> (Definitions, Vec<(ItemId, Span)>) {
    let declared = &typed.names.declared;
    let cx = &mut Define {
        typed,
        defaults: Defaults::default(),
        mismatched: None,
        messages: Vec::new(),
    };
    fn all<T>(count: usize, definition: impl FnMut(u32) -> T) -> Vec<T> {
        (0..count as u32).map(definition).collect()
    }
    let mut definitions = Definitions {
        records: all(declared.records.len(), |id| {
            records::record(cx, RecordId(id))
        }),
        variants: all(declared.variants.len(), |id| {
            records::variant(cx, VariantId(id))
        }),
        flags: all(declared.flags.len(), |id| enums::flags(cx, FlagsId(id))),
        enums: all(declared.enums.len(), |id| {
            enums::enumeration(cx, EnumId(id))
        }),
        exceptions: all(declared.exceptions.len(), |id| {
            exceptions::exception(cx, ExceptionId(id))
        }),
        aliases: all(declared.aliases.len(), |id| alias(cx, AliasId(id))),
        consts: all(declared.consts.len(), |id| module_const(cx, ConstId(id))),
        functions: all(declared.functions.len(), |id| {
            module_function(cx, FunctionId(id))
        }),
        classes: all(declared.classes.len(), |id| classes::class(cx, ClassId(id))),
        protocols: all(declared.protocols.len(), |id| {
            classes::protocol(cx, ProtocolId(id))
        }),
    };
    let builtin = exceptions::builtin_exceptions(cx.names);
    definitions.exceptions.extend(builtin.into_iter().map(Some));
    (definitions, std::mem::take(&mut cx.messages))
}

fn alias(cx: &Define, id: AliasId) -> Option<Alias> {
    let alias = &cx.names.declared[id];
    Some(Alias {
        name: alias.name.clone(),
        module: alias.module,
        docs: docs_with(alias.meta, alias.attributes.deprecated.as_ref()),
        ty: cx.types.table.alias(id)?.clone(),
    })
}

fn module_function(cx: &mut Define, id: FunctionId) -> Option<Function> {
    let function = &cx.names.declared[id];
    let at = Where::module(function.module);
    let attributes = function.attributes.clone();
    let (name, body) = (function.name.clone(), &function.ast.body);
    signatures::callable(
        cx,
        at,
        name,
        function.meta,
        attributes,
        body,
        Site::Function,
    )
}

fn module_const(cx: &mut Define, id: ConstId) -> Option<Const> {
    let constant = &cx.names.declared[id];
    let docs = docs_with(constant.meta, constant.attributes.deprecated.as_ref());
    let at = Where::module(constant.module);
    constants::constant(cx, at, constant.ast, constant.name.clone(), docs)
}

/// Marks the variants and enums that are used as errors.
pub(super) fn mark_errors(definitions: &mut Definitions, errors: &HashSet<ItemId>) {
    for error in errors {
        match error {
            ItemId::Variant(id) => {
                if let Some(variant) = &mut definitions.variants[id.0 as usize] {
                    variant.error = true;
                }
            }
            ItemId::Enum(id) => {
                if let Some(enumeration) = &mut definitions.enums[id.0 as usize] {
                    enumeration.error = true;
                }
            }
            _ => {}
        }
    }
}
