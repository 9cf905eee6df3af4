//! Exceptions: their bases, and the names after `raises`.

use super::context::Where;
use super::graph::{components, is_cycle};
use super::namespaces::{Casing, Distinct};
use super::prelude::BuiltinException;
use super::records::complete_field;
use super::scope::Entity;
use super::{Resolver, docs_with};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{Exception, ExceptionId, Interface, ItemId, Name, Type};
use crate::names;
use crate::source::Span;
use crate::syntax::ast;

/// What declared exceptions extend, and their fields.
#[derive(Debug, Default)]
pub(super) struct Exceptions {
    /// The bases of the declared ones; none if an error was already reported.
    bases: Vec<Option<ExceptionId>>,
    /// The types of their fields.
    pub(super) fields: Vec<Vec<Option<Type>>>,
    /// The names of their fields in Rust.
    attributes: Vec<Vec<String>>,
}

impl Exceptions {
    /// The base of a declared exception; none if an error was already reported.
    pub(super) fn base(&self, id: ExceptionId) -> Option<ExceptionId> {
        self.bases.get(id.0 as usize).copied().flatten()
    }
}

impl Resolver<'_, '_> {
    /// Resolves bases and fields of all declared exceptions.
    pub(super) fn bases(&mut self) {
        for index in 0..self.declared.exceptions.len() {
            let exception = &self.declared.exceptions[index];
            let ast = exception.ast;
            let at = Where::module(exception.module);
            let base = match &ast.base {
                Some(path) => self.base(at, path),
                None => self
                    .prelude
                    .exception("exception")
                    .map(|index| self.builtin_exception(index)),
            };
            self.exceptions.bases.push(base);
            let types = self.field_types(at, &ast.fields);
            self.check_fields(&ast.fields, &types);
            self.exceptions.fields.push(types);
            let names = ast
                .fields
                .iter()
                .map(|field| names::snake(&field.name.text))
                .collect();
            self.exceptions.attributes.push(names);
        }
        self.inheritance_cycles();
        self.exceptions_in_themselves();
    }

    /// The exception after `extends`.
    fn base(&mut self, at: Where, path: &ast::Path) -> Option<ExceptionId> {
        self.exception(at, path, "extends")
    }

    fn inheritance_cycles(&mut self) {
        let declared = self.declared.exceptions.len();
        let index = |id: &ExceptionId| Some(id.0 as usize).filter(|index| *index < declared);
        let edges: Vec<Vec<usize>> = self
            .exceptions
            .bases
            .iter()
            .map(|base| base.iter().filter_map(index).collect())
            .collect();
        for component in components(&edges)
            .into_iter()
            .filter(|component| is_cycle(component, &edges))
        {
            let place = |index: usize| {
                let exception = &self.declared.exceptions[index];
                exception
                    .ast
                    .base
                    .as_ref()
                    .map_or(exception.name.span, |base| base.span)
            };
            let cycle = component.iter().map(|&index| {
                let name = &self.declared.exceptions[index].name;
                (name.text.clone(), place(index))
            });
            let cycle = cycle.collect();
            self.report_cycle("exception", cycle);
            for node in component {
                self.exceptions.bases[node] = None;
            }
        }
    }

    /// The exception that `path` names after the keyword `after`.
    pub(super) fn exception(
        &mut self,
        at: Where,
        path: &ast::Path,
        after: &str,
    ) -> Option<ExceptionId> {
        let name = path.parts.last()?;
        let entity = match path.parts.len() {
            1 => self.lookup(at, name),
            _ => Some(self.dotted(at, path)?.0),
        };
        match entity {
            Some(Entity::Item(ItemId::Exception(id))) => Some(id),
            Some(Entity::BuiltinException(index)) => Some(self.builtin_exception(index)),
            Some(Entity::Unsupported) => None,
            Some(Entity::Hidden(feature)) => {
                self.refuse_hidden_entity(name, feature);
                None
            }
            Some(entity @ (Entity::Item(_) | Entity::Builtin(_))) => {
                let message = format!(
                    "`{}` is no exception, so nothing can have it after `{after}`",
                    name.text
                );
                let mut diagnostic = Diagnostic::new(
                    Code::NotAnException,
                    name.span,
                    message,
                    "expected an exception",
                );
                if let Some(place) = self.declaration(entity) {
                    diagnostic = diagnostic.cause(place, "declared here");
                }
                let name = &name.text;
                let hidden = self.hidden_builtin(name);
                let help = match (entity, after) {
                    (Entity::Item(_), _) if self.prelude.exception(name).is_some() => {
                        hidden.unwrap_or_default()
                    }
                    (Entity::Item(ItemId::Record(_)), _) => {
                        format!("to make it one, write `exception {name} {{ … }}` in place of `record`")
                    }
                    (Entity::Item(ItemId::Enum(_) | ItemId::Variant(_)), "raises") => {
                        format!("to fail with it, write `result<_, {name}>` as the result, without `raises`")
                    }
                    (Entity::Item(_), _) => "declare one with `exception name;`".to_owned(),
                    _ => "name an exception, such as `value-error`, or declare one: `exception name;`".to_owned(),
                };
                self.report(diagnostic.help(help));
                None
            }
            None => {
                self.unknown_exception(at, name);
                None
            }
        }
    }

    fn unknown_exception(&mut self, at: Where, name: &ast::Name) {
        if name.builtin {
            self.unknown_builtin(at, name, "exception");
            return;
        }
        let message = format!("there is no exception `{}`", name.text);
        let mut diagnostic = Diagnostic::new(Code::UnknownName, name.span, message, "not declared");
        let python = match name.text.as_str() {
            "IOError" | "EnvironmentError" | "io-error" | "environment-error" => "OSError",
            text => text,
        };
        let spelled = self
            .prelude
            .exceptions
            .iter()
            .find(|exception| exception.python == python);
        let names = self.exception_names(at, name.span.file);
        let nearest = suggest::nearest(&name.text, names);
        let is_near = spelled.is_some() || nearest.is_some();
        let of_wit = self.not_of_wit(name);
        diagnostic = diagnostic.help(match (spelled, nearest) {
            _ if of_wit.is_some() => of_wit.unwrap_or_default(),
            (Some(exception), _) => format!("write `{}`", exception.name),
            (None, Some(nearest)) => format!("did you mean `{nearest}`?"),
            (None, None) => format!("declare it with `exception {};`", name.text),
        });
        self.report_unknown(name, is_near, diagnostic);
    }

    /// The exceptions after `raises`.
    pub(super) fn raises(&mut self, at: Where, paths: &[ast::Path]) -> Option<Vec<ExceptionId>> {
        let mut raised: Vec<(ExceptionId, Span)> = Vec::new();
        let mut complete = true;
        for path in paths {
            let Some(id) = self.exception(at, path, "raises") else {
                complete = false;
                continue;
            };
            if let Some((_, first)) = raised.iter().find(|(other, _)| *other == id) {
                let message = format!("`{}` is named twice after `raises`", path.parts[0].text);
                let diagnostic =
                    Diagnostic::new(Code::DuplicateName, path.span, message, "remove it");
                let diagnostic = diagnostic.cause(*first, "named here");
                self.report(diagnostic.help("delete one of the two"));
                continue;
            }
            raised.push((id, path.span));
        }
        complete.then(|| raised.into_iter().map(|(id, _)| id).collect())
    }

    /// The id of a builtin exception: builtin ones follow the declared ones.
    pub(super) fn builtin_exception(&self, index: usize) -> ExceptionId {
        ExceptionId((self.declared.exceptions.len() + index) as u32)
    }

    /// All builtin exceptions, in the order of their ids.
    pub(super) fn builtin_exceptions(&self) -> Vec<Exception> {
        let exception = |builtin: &BuiltinException| Exception {
            name: Name {
                text: builtin.name.clone(),
                python: Some(builtin.python.clone()),
                span: Span::default(),
            },
            module: Interface::ROOT,
            deprecated: None,
            docs: builtin.docs.clone(),
            builtin: true,
            base: builtin.base.map(|base| self.builtin_exception(base)),
            fields: Vec::new(),
        };
        self.prelude.exceptions.iter().map(exception).collect()
    }

    /// A declared exception with its fields; none if an error was already reported.
    pub(super) fn declared_exception(&mut self, id: ExceptionId) -> Option<Exception> {
        let index = id.0 as usize;
        let exception = &self.declared.exceptions[index];
        let (ast, name, meta) = (exception.ast, exception.name.clone(), exception.meta);
        let module = exception.module;
        let deprecated = exception.attributes.deprecated.clone();
        let at = Where::module(module);
        let mut names = Distinct::default();
        let mut fields = Vec::new();
        for (position, field) in ast.fields.iter().enumerate() {
            let (name, docs) = self.field_name(at, field, &mut names);
            let spellings = [Casing::VALUE.python(&name), names::snake(&field.name.text)];
            if let Some((taken, owner)) = spellings
                .iter()
                .find_map(|name| Some((name, self.inherited(id, name)?)))
            {
                let message = format!("`{taken}` is an attribute of {owner} already");
                self.error(
                    Code::ReservedName,
                    name.span,
                    message,
                    "choose another name",
                );
            }
            let ty = self.exceptions.fields[index][position].clone();
            let default = match (&field.default, &ty) {
                (Some(literal), Some(ty)) => self.value(at, literal, ty),
                _ => None,
            };
            fields.push(complete_field(name, docs, ty, field, default));
        }
        Some(Exception {
            name,
            module,
            docs: docs_with(meta, deprecated.as_ref()),
            deprecated,
            builtin: false,
            base: Some(self.exceptions.base(id)?),
            fields: fields.into_iter().collect::<Option<_>>()?,
        })
    }

    /// The exception from which `id` inherits an attribute `name` that the interface does not declare.
    fn inherited(&self, id: ExceptionId, name: &str) -> Option<String> {
        if name == "message" {
            return Some("all exceptions".to_owned());
        }
        let declared = self.declared.exceptions.len();
        let mut base = self.exceptions.base(id);
        while let Some(id) = base {
            let index = id.0 as usize;
            if let Some(builtin) = index.checked_sub(declared) {
                return self.builtin_attribute(builtin, name);
            }
            if self.exceptions.attributes[index]
                .iter()
                .any(|attribute| attribute == name)
            {
                return Some(format!("`{}`", self.declared.exceptions[index].name.text));
            }
            base = self.exceptions.base(id);
        }
        None
    }

    /// The exception of the prelude, `index` or one of its bases, whose Python class has an attribute `name`.
    fn builtin_attribute(&self, index: usize, name: &str) -> Option<String> {
        let mut next = Some(index);
        while let Some(index) = next {
            let exception = &self.prelude.exceptions[index];
            if exception
                .attributes
                .iter()
                .any(|attribute| attribute == name)
            {
                return Some(format!("`{}`", exception.name));
            }
            next = exception.base;
        }
        None
    }
}
