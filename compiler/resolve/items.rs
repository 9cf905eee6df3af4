//! Assembles the module and its items from the results of the other stages.

use super::Resolver;
use super::attributes::Site;
use super::context::Where;
use super::docs_with;
use super::identifiers::is_identifier;
use super::packages::{Definitions, PackageId};
use super::usage::Usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Alias, AliasId, ClassId, Const, Docs, EnumId, ExceptionId, FlagsId, Function, ItemId, Name,
    ProtocolId, RecordId, VariantId,
};
use crate::names;
use crate::syntax::ast;

impl Resolver<'_, '_> {
    /// Whether the root of a package can be a Python module.
    pub(super) fn check_module_name(&mut self, package: PackageId) -> bool {
        let package = &self.packages.list[package];
        let name = self.declared[package.root].name.clone();
        // `@py.name` of a declared package was checked like the names of all items.
        if package.name.is_some() {
            return true;
        }
        let text = &name.text;
        let is_name = is_identifier(&names::snake(text)) && text.is_ascii();
        if !is_name {
            let message = format!(
                "the name of this file or directory, {text:?}, cannot be the name of a module"
            );
            self.report(
                Diagnostic::new(Code::PythonName, name.span, message, "")
                    .help("name the module in the first line: `package name;`"),
            );
        }
        is_name
    }

    /// All definitions, with the remaining checks.
    pub(super) fn definitions(&mut self) -> Definitions {
        self.module_names();
        let ids = |count: usize| 0..count as u32;
        let mut definitions = Definitions {
            records: ids(self.declared.records.len())
                .map(|id| self.record(RecordId(id)))
                .collect(),
            variants: ids(self.declared.variants.len())
                .map(|id| self.variant(VariantId(id)))
                .collect(),
            flags: ids(self.declared.flags.len())
                .map(|id| self.flags(FlagsId(id)))
                .collect(),
            enums: ids(self.declared.enums.len())
                .map(|id| self.enumeration(EnumId(id)))
                .collect(),
            exceptions: ids(self.declared.exceptions.len())
                .map(|id| self.declared_exception(ExceptionId(id)))
                .collect(),
            aliases: ids(self.declared.aliases.len())
                .map(|id| self.alias(AliasId(id)))
                .collect(),
            consts: ids(self.declared.consts.len())
                .map(|index| self.module_const(index as usize))
                .collect(),
            functions: ids(self.declared.functions.len())
                .map(|index| self.module_function(index as usize))
                .collect(),
            classes: ids(self.declared.classes.len())
                .map(|id| self.class(ClassId(id)))
                .collect(),
            protocols: ids(self.declared.protocols.len())
                .map(|id| self.protocol(ProtocolId(id)))
                .collect(),
        };
        let builtin = self.builtin_exceptions();
        definitions.exceptions.extend(builtin.into_iter().map(Some));
        self.deferred_checks();
        self.conformance(&definitions.classes, &definitions.protocols);
        self.mark_errors(&mut definitions);
        self.unused_messages();
        definitions
    }

    /// Marks the variants and enums that are used as errors.
    fn mark_errors(&self, definitions: &mut Definitions) {
        for error in &self.errors {
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

    fn alias(&mut self, id: AliasId) -> Option<Alias> {
        let alias = &self.declared[id];
        Some(Alias {
            name: alias.name.clone(),
            module: alias.module,
            docs: docs_with(alias.meta, alias.attributes.deprecated.as_ref()),
            ty: self.table.alias(id)?.clone(),
        })
    }

    fn module_function(&mut self, index: usize) -> Option<Function> {
        let function = &self.declared.functions[index];
        let (ast, name, meta, attributes) = (
            function.ast,
            function.name.clone(),
            function.meta,
            function.attributes.clone(),
        );
        let at = Where::module(function.module);
        self.callable(at, name, meta, attributes, &ast.body, Site::Function)
    }

    fn module_const(&mut self, index: usize) -> Option<Const> {
        let constant = &self.declared.consts[index];
        let (ast, name) = (constant.ast, constant.name.clone());
        let docs = docs_with(constant.meta, constant.attributes.deprecated.as_ref());
        let at = Where::module(constant.module);
        self.constant(at, ast, name, docs)
    }

    /// A constant of a module or class.
    pub(super) fn constant(
        &mut self,
        at: Where,
        constant: &ast::Const,
        name: Name,
        docs: Docs,
    ) -> Option<Const> {
        let ast = constant.ty.as_ref()?;
        self.borrowed = None;
        let ty = self.ty(at, ast)?;
        self.no_borrow(ast, Some(&ty), "a constant");
        let fits = self.check_usage(ast, &ty, Usage::Const);
        if let Some(literal) = constant
            .value
            .as_ref()
            .filter(|value| value.kind == ast::LiteralKind::Computed)
        {
            self.report(
                Diagnostic::new(Code::WrongValue, literal.span, "`...` is not a value", "")
                    .help("leave out `= ...`: a constant without a value is set in Rust"),
            );
            return None;
        }
        let value = match &constant.value {
            Some(literal) => Some(self.value(at, literal, &ty)?),
            None => None,
        };
        fits.then_some(Const {
            name,
            docs,
            ty,
            value,
        })
    }
}
