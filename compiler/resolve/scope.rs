//! Resolves the names of a module.
//!
//! A name is looked up in the module in which it occurs, then in the enclosing modules, then among the builtin types and
//! exceptions.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::Resolver;
use super::context::Where;
use super::prelude::{Form, PreludeName};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{ItemId, ModuleId};
use crate::source::{FileId, SourceKind, Span};
use crate::syntax::ast;

/// The meaning of a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Entity {
    /// An item of a module.
    Item(ItemId),
    /// An item with an error that was already reported; no further diagnostics.
    Unsupported,
    /// An item that is hidden because a feature is off: its index in the list of hidden items.
    Hidden(usize),
    /// A type of the prelude.
    Builtin(usize),
    /// An exception of the prelude.
    BuiltinException(usize),
}

/// The names that a module or file declares.
#[derive(Debug, Default)]
pub(super) struct Scope {
    names: HashMap<String, (Entity, Span)>,
    /// Names with the wrong case, by their correct spelling. The parser reported the declarations, so uses of the correct
    /// spelling are accepted.
    respelt: HashMap<String, Entity>,
    /// `None` if an error was already reported.
    modules: HashMap<String, (Option<ModuleId>, Span)>,
}

impl Scope {
    /// Adds the name of an item. Of several items with one name the first takes precedence; its place is returned.
    pub(super) fn declare(&mut self, name: &ast::Name, entity: Entity) -> Option<Span> {
        if is_mixed(&name.text) {
            let right = suggest::kebab_case(&name.text);
            self.respelt.entry(right).or_insert(entity);
        }
        insert(&mut self.names, name, entity)
    }

    /// Adds the name of a module. Of several modules with one name the first takes precedence; its place is returned.
    pub(super) fn declare_module(
        &mut self,
        name: &ast::Name,
        module: impl Into<Option<ModuleId>>,
    ) -> Option<Span> {
        insert(&mut self.modules, name, module.into())
    }

    /// The meaning of a name.
    pub(super) fn entity(&self, name: &str) -> Option<Entity> {
        self.names.get(name).map(|(entity, _)| *entity)
    }

    /// The declaration of a name.
    pub(super) fn place(&self, name: &str) -> Option<Span> {
        self.names.get(name).map(|(_, span)| *span)
    }

    /// All names of items, with their places.
    pub(super) fn places(&self) -> impl Iterator<Item = (&str, Span)> {
        self.names
            .iter()
            .map(|(name, (_, span))| (name.as_str(), *span))
    }

    /// The module of a name; the inner `None` means that an error was already reported.
    pub(super) fn module(&self, name: &str) -> Option<Option<ModuleId>> {
        self.modules.get(name).map(|(module, _)| *module)
    }

    /// The declaration of the name of a module.
    pub(super) fn module_place(&self, name: &str) -> Option<Span> {
        self.modules.get(name).map(|(_, span)| *span)
    }

    /// The names of all modules.
    pub(super) fn module_names(&self) -> impl Iterator<Item = &str> {
        self.modules.keys().map(String::as_str)
    }

    /// The names of all types and exceptions.
    pub(super) fn type_names(&self) -> impl Iterator<Item = &str> {
        let is_type = |entity: &Entity| {
            !matches!(
                entity,
                Entity::Item(ItemId::Function(_) | ItemId::Const(_)) | Entity::Unsupported
            )
        };
        let names = self.names.iter();
        names
            .filter(move |(_, (entity, _))| is_type(entity))
            .map(|(name, _)| name.as_str())
    }
}

fn insert<T>(names: &mut HashMap<String, (T, Span)>, name: &ast::Name, named: T) -> Option<Span> {
    match names.entry(name.text.clone()) {
        Entry::Occupied(first) => Some(first.get().1),
        Entry::Vacant(free) => {
            free.insert((named, name.span));
            None
        }
    }
}

/// Whether a word in `name` mixes upper and lower case, which no valid name does.
fn is_mixed(name: &str) -> bool {
    let has = |word: &str, kind: fn(&u8) -> bool| word.as_bytes().iter().any(kind);
    name.split(['-', '_'])
        .any(|word| has(word, u8::is_ascii_uppercase) && has(word, u8::is_ascii_lowercase))
}

impl Resolver<'_, '_> {
    /// The scopes that are visible in `file`, innermost first: the declarations of the module and then of its parents, each after the
    /// uses of the file.
    pub(super) fn visible(&self, at: Where, file: FileId) -> impl Iterator<Item = &Scope> {
        let modules = std::iter::successors(Some(at.module), |module| self.declared[*module].outer);
        modules.flat_map(move |module| {
            let module = &self.declared[module];
            module.files.get(&file).into_iter().chain([&module.scope])
        })
    }

    /// The meaning of `name`: an item of the module around it or of an enclosing module, else of the prelude. Reserved names
    /// always refer to the prelude unless they are escaped with `%`, and so do names after `builtin.`. WIT knows no other names
    /// of the prelude.
    pub(super) fn lookup(&self, at: Where, name: &ast::Name) -> Option<Entity> {
        let builtin = self.prelude.lookup(&name.text).map(|found| match found {
            PreludeName::Type(index) => Entity::Builtin(index),
            PreludeName::Exception(index) => Entity::BuiltinException(index),
        });
        if name.builtin {
            return builtin.filter(|_| !self.is_wit(name.span));
        }
        let plain = match builtin {
            Some(Entity::Builtin(index)) if !name.escaped => Some(&self.prelude.types[index]),
            _ => None,
        };
        if plain.is_some_and(|ty| ty.reserved) {
            return builtin;
        }
        let file = name.span.file;
        let declared = self
            .visible(at, file)
            .find_map(|scope| scope.entity(&name.text));
        let is_of_wit = plain.is_some_and(|ty| ty.is_of_wit());
        let builtin = builtin.filter(|_| is_of_wit || !self.is_wit(name.span));
        let respelt = || {
            let mut scopes = self.visible(at, file);
            scopes.find_map(|scope| scope.respelt.get(&name.text).copied())
        };
        declared.or(builtin).or_else(respelt)
    }

    /// The meaning of `name` in the model, if it refers to a type of the prelude.
    pub(super) fn form(&self, at: Where, name: &ast::Name) -> Option<Form> {
        match self.lookup(at, name)? {
            Entity::Builtin(index) => Some(self.prelude.types[index].form),
            _ => None,
        }
    }

    /// The spelling of the builtin type or exception that a definition of `name` shadows.
    pub(super) fn hidden_builtin(&self, name: &str) -> Option<String> {
        Some(match self.prelude.lookup(name)? {
            PreludeName::Type(index) if self.prelude.types[index].reserved => {
                format!("for the builtin type write `{name}`, without `%`")
            }
            PreludeName::Type(_) => format!("for the builtin type write `builtin.{name}`"),
            PreludeName::Exception(_) => {
                format!("for the builtin exception write `builtin.{name}`")
            }
        })
    }

    /// The spelling of the file's declaration whose name is that of a builtin type which cannot be shadowed.
    pub(super) fn hidden_by_builtin(&self, at: Where, name: &ast::Name) -> Option<String> {
        let mut scopes = self.visible(at, name.span.file);
        let is_declared = scopes.any(|scope| scope.entity(&name.text).is_some());
        let is_plain = !name.escaped && !name.builtin;
        (is_plain && is_declared)
            .then(|| format!("for what is declared here write `%{}`", name.text))
    }

    /// Whether WIT has a builtin type of this name.
    fn is_of_wit(&self, name: &str) -> bool {
        match self.prelude.lookup(name) {
            Some(PreludeName::Type(index)) => self.prelude.types[index].is_of_wit(),
            _ => false,
        }
    }

    /// The help for a WIT file that uses a name which only `.pyidl` files know.
    pub(super) fn not_of_wit(&self, name: &ast::Name) -> Option<String> {
        let is_known = self.prelude.lookup(&name.text).is_some();
        (is_known && self.is_wit(name.span)).then(|| {
            format!(
                "WIT has no `{}`: it is there in files whose names end with `.pyidl`",
                name.text
            )
        })
    }

    /// Whether `span` is in a file that is WIT.
    pub(super) fn is_wit(&self, span: Span) -> bool {
        self.sources.file(span.file).kind() == SourceKind::Wit
    }

    /// The declaration of `entity`; none for builtin entities.
    pub(super) fn declaration(&self, entity: Entity) -> Option<Span> {
        match entity {
            Entity::Item(item) => Some(self.declared.name(item).span),
            Entity::Unsupported
            | Entity::Hidden(_)
            | Entity::Builtin(_)
            | Entity::BuiltinException(_) => None,
        }
    }

    /// The module called `name`, if one is visible; the inner `None` means that an error was already reported.
    fn module_called(&self, at: Where, name: &ast::Name) -> Option<Option<ModuleId>> {
        let mut scopes = self.visible(at, name.span.file);
        scopes.find_map(|scope| scope.module(&name.text))
    }

    /// The meaning of a dotted name, `shapes.point`, and its last part. Errors are reported.
    pub(super) fn dotted<'p>(
        &mut self,
        at: Where,
        path: &'p ast::Path,
    ) -> Option<(Entity, &'p ast::Name)> {
        let [first, second, rest @ ..] = path.parts.as_slice() else {
            return None;
        };
        let Some(module) = self.module_called(at, first) else {
            self.nothing_inside(at, first, second);
            return None;
        };
        let module = module?;
        let Some(entity) = self.declared[module].scope.entity(&second.text) else {
            let message = format!("`{}` declares no `{}`", first.text, second.text);
            let place = self.declared[module].name.span;
            let mut diagnostic =
                Diagnostic::new(Code::UnknownName, second.span, message, "not declared")
                    .cause(place, "declared here");
            let names = self.declared[module].scope.type_names();
            let nearest = suggest::nearest(&second.text, names);
            let is_near = nearest.is_some();
            if let Some(nearest) = nearest {
                diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
            }
            self.report_unknown(second, is_near, diagnostic);
            return None;
        };
        if let Some(third) = rest.first() {
            self.nothing_inside(at, second, third);
            return None;
        }
        Some((entity, second))
    }

    /// Reports that `outer`, which is not a module, has no `inner`.
    fn nothing_inside(&mut self, at: Where, outer: &ast::Name, inner: &ast::Name) {
        match self.lookup(at, outer) {
            Some(Entity::Unsupported | Entity::Hidden(_)) => {}
            None => {
                let message = format!("there is nothing called `{}`", outer.text);
                // `pathlib.Path`, `datetime.datetime`
                let is_builtin = self.prelude.declares(&inner.text);
                let (span, help) = match suggest::foreign_type(&inner.text) {
                    _ if is_builtin && matches!(&*outer.text, "builtins" | "prelude") => {
                        let help = format!("write `builtin.{}`", inner.text);
                        (outer.span.to(inner.span), help)
                    }
                    Some(right) => (outer.span.to(inner.span), format!("write `{right}`")),
                    None => {
                        let help = format!(
                            "for a type of another interface, write `use {}.{{{}}};` and `{1}` here",
                            outer.text,
                            suggest::kebab_case(&inner.text)
                        );
                        (outer.span, help)
                    }
                };
                let diagnostic =
                    Diagnostic::new(Code::UnknownName, span, message, "not declared").help(help);
                self.report_unknown(outer, false, diagnostic);
            }
            Some(Entity::Item(ItemId::Enum(_) | ItemId::Flags(_) | ItemId::Variant(_))) => {
                let (outer, text) = (&outer.text, &inner.text);
                let message = format!("`{text}` is a part of `{outer}`, not a type of its own");
                let diagnostic = Diagnostic::new(Code::NotAType, inner.span, message, "not a type");
                self.report(diagnostic.help(format!("write `{outer}`")));
            }
            Some(_) => {
                let message = format!(
                    "`{}` declares no types or exceptions of its own",
                    outer.text
                );
                let is_type = self.prelude.lookup(&inner.text).is_some();
                let help = match suggest::foreign_type(&inner.text) {
                    Some(right) => format!("write `{right}`"),
                    None if is_type => format!("write `{}`", inner.text),
                    None => "name a type without a dot, or one of an interface".to_owned(),
                };
                let span = match help.starts_with("write") {
                    true => outer.span.to(inner.span),
                    false => inner.span,
                };
                let diagnostic = Diagnostic::new(Code::UnknownName, span, message, "not declared");
                self.report(diagnostic.help(help));
            }
        }
    }

    /// All names of types that can be used in `file`, for suggestions.
    pub(super) fn type_names(&self, at: Where, file: FileId) -> Vec<&str> {
        let is_type = |item| {
            !matches!(
                item,
                ItemId::Exception(_) | ItemId::Function(_) | ItemId::Const(_)
            )
        };
        let builtin = |builtin| matches!(builtin, PreludeName::Type(_));
        self.names(at, file, is_type, builtin)
    }

    /// All names of exceptions that can be used in `file`, for suggestions.
    pub(super) fn exception_names(&self, at: Where, file: FileId) -> Vec<&str> {
        let is_exception = |item| matches!(item, ItemId::Exception(_));
        let builtin = |builtin| matches!(builtin, PreludeName::Exception(_));
        self.names(at, file, is_exception, builtin)
    }

    fn names(
        &self,
        at: Where,
        file: FileId,
        item: impl Fn(ItemId) -> bool,
        builtin: impl Fn(PreludeName) -> bool,
    ) -> Vec<&str> {
        if self.is_full() {
            return Vec::new();
        }
        let declared = self
            .visible(at, file)
            .flat_map(|scope| &scope.names)
            .filter_map(|(name, (entity, _))| match entity {
                Entity::Item(id) if item(*id) => Some(name.as_str()),
                _ => None,
            });
        let is_wit = self.sources.file(file).kind() == SourceKind::Wit;
        let known = self
            .prelude
            .names(builtin)
            .filter(|name| !is_wit || self.is_of_wit(name));
        let mut names: Vec<&str> = declared.chain(known).collect();
        names.sort_unstable();
        names.dedup();
        names
    }
}
