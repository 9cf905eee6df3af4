//! The module and its items, put together from what the other stages found.

use std::path::Path;

use super::Resolver;
use super::attributes::Site;
use super::classes::Around;
use super::identifiers::is_identifier;
use super::signatures::Place;
use super::usage::Usage;
use super::{docs, lines};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Alias, AliasId, ClassId, Const, EnumId, ExceptionId, FlagsId, Function, Interface, ItemId,
    Module, Name, Origin, Package, ProtocolId, RecordId, VariantId,
};
use crate::names;
use crate::source::Span;
use crate::syntax::{self, ast};

impl Resolver<'_, '_> {
    /// The module that `file`, read from `path`, describes: its name, package and docs.
    pub(super) fn module(
        &mut self,
        file: &ast::File,
        path: &Path,
    ) -> Option<(Option<Package>, Module)> {
        let items = self.declared[Interface::ROOT].items.clone();
        let Some(package) = &file.package else {
            let text = syntax::stem(path);
            let span = Span {
                end: file.span.start,
                ..file.span
            };
            if !is_identifier(&names::snake(&text)) || !text.is_ascii() {
                let message =
                    format!("the name of this file, {text:?}, cannot be the name of a module");
                self.report(
                    Diagnostic::new(Code::PythonName, span, message, "")
                        .help("name the module in the first line: `package name;`"),
                );
                return None;
            }
            let name = Name {
                text,
                python: None,
                span,
            };
            return Some((
                None,
                Module {
                    name,
                    docs: lines(&file.docs),
                    parent: None,
                    origin: Origin::Exported,
                    items,
                },
            ));
        };
        let attributes = self.attributes(&package.meta, Site::Package);
        if let [_, second, ..] = package.name.names.as_slice() {
            self.unsupported(second.span, "nested packages are");
            return None;
        }
        let last = package.name.names.last()?;
        let name = self.name(last, &attributes);
        if name
            .python
            .as_ref()
            .is_some_and(|python| !python.is_ascii())
        {
            // PEP 489 encodes other names in the initialisation function with Punycode.
            self.unsupported(
                name.span,
                "names of modules with other than ASCII letters are",
            );
            return None;
        }
        let docs = if file.docs.is_empty() {
            docs(&package.meta)
        } else {
            lines(&file.docs)
        };
        let parts = package
            .name
            .namespaces
            .iter()
            .chain([last])
            .map(|name| name.text.as_str());
        let version = package
            .name
            .version
            .as_ref()
            .map(|version| version.text.clone());
        let package = Package {
            name: parts.collect::<Vec<_>>().join(":"),
            version,
        };
        Some((
            Some(package),
            Module {
                name,
                docs,
                parent: None,
                origin: Origin::Exported,
                items,
            },
        ))
    }

    /// All items of the module, with what is left to check. None where anything was reported.
    pub(super) fn interface(
        &mut self,
        module: Option<(Option<Package>, Module)>,
    ) -> Option<Interface> {
        self.module_names();
        let ids = |count: usize| 0..count as u32;
        let records: Vec<_> = ids(self.declared.records.len())
            .map(|id| self.record(RecordId(id)))
            .collect();
        let variants: Vec<_> = ids(self.declared.variants.len())
            .map(|id| self.variant(VariantId(id)))
            .collect();
        let flags: Vec<_> = ids(self.declared.flags.len())
            .map(|id| self.flags(FlagsId(id)))
            .collect();
        let enums: Vec<_> = ids(self.declared.enums.len())
            .map(|id| self.enumeration(EnumId(id)))
            .collect();
        let exceptions: Vec<_> = ids(self.declared.exceptions.len())
            .map(|id| self.declared_exception(ExceptionId(id)))
            .collect();
        let aliases: Vec<_> = ids(self.declared.aliases.len())
            .map(|id| self.alias(AliasId(id)))
            .collect();
        let consts: Vec<_> = ids(self.declared.consts.len())
            .map(|index| self.module_const(index as usize))
            .collect();
        let functions: Vec<_> = ids(self.declared.functions.len())
            .map(|index| self.module_function(index as usize))
            .collect();
        let classes: Vec<_> = ids(self.declared.classes.len())
            .map(|id| self.class(ClassId(id)))
            .collect();
        let protocols: Vec<_> = ids(self.declared.protocols.len())
            .map(|id| self.protocol(ProtocolId(id)))
            .collect();
        let builtin = self.builtin_exceptions();
        self.deferred_checks();
        self.conformance(&classes, &protocols);
        let (package, root) = module?;
        let inner = self.declared.modules.iter().skip(1);
        let inner = inner.map(|module| Module {
            name: module.name.clone(),
            docs: module.docs.clone(),
            parent: module.parent,
            origin: Origin::Exported,
            items: module.items.clone(),
        });
        let mut interface = Interface {
            package,
            is_world: false,
            modules: std::iter::once(root).chain(inner).collect(),
            protocols: protocols.into_iter().collect::<Option<_>>()?,
            records: records.into_iter().collect::<Option<_>>()?,
            variants: variants.into_iter().collect::<Option<_>>()?,
            flags: flags.into_iter().collect::<Option<_>>()?,
            enums: enums.into_iter().collect::<Option<_>>()?,
            exceptions: exceptions
                .into_iter()
                .chain(builtin.into_iter().map(Some))
                .collect::<Option<_>>()?,
            classes: classes.into_iter().collect::<Option<_>>()?,
            aliases: aliases.into_iter().collect::<Option<_>>()?,
            functions: functions.into_iter().collect::<Option<_>>()?,
            consts: consts.into_iter().collect::<Option<_>>()?,
        };
        self.mark_errors(&mut interface);
        Some(interface)
    }

    /// Marks the variants and enums that functions fail with.
    fn mark_errors(&self, interface: &mut Interface) {
        for error in &self.errors {
            match error {
                ItemId::Variant(id) => interface.variants[id.0 as usize].error = true,
                ItemId::Enum(id) => interface.enums[id.0 as usize].error = true,
                _ => {}
            }
        }
    }

    fn alias(&mut self, id: AliasId) -> Option<Alias> {
        let alias = &self.declared[id];
        Some(Alias {
            name: alias.name.clone(),
            module: alias.module,
            docs: docs(alias.meta),
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
        self.current = function.module;
        let place = Place {
            site: Site::Function,
            class: None,
        };
        self.callable(name, meta, attributes, &ast.body, place)
    }

    fn module_const(&mut self, index: usize) -> Option<Const> {
        let constant = &self.declared.consts[index];
        let (ast, name, meta) = (constant.ast, constant.name.clone(), constant.meta);
        self.current = constant.module;
        self.constant(ast, name, meta, None)
    }

    /// A constant of a module or of `class`.
    pub(super) fn constant(
        &mut self,
        constant: &ast::Const,
        name: Name,
        meta: &ast::Meta,
        class: Option<Around>,
    ) -> Option<Const> {
        let ast = constant.ty.as_ref()?;
        let ty = self.ty(ast, class)?;
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
            Some(literal) => Some(self.value(literal, &ty)?),
            None => None,
        };
        fits.then(|| Const {
            name,
            docs: docs(meta),
            ty,
            value,
        })
    }
}
