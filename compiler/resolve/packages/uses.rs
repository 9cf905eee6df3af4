//! `use`: brings names of other modules into scope.

use super::find::Wanted;
use super::order::Link;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{ItemId, ModuleId};
use crate::resolve::Resolver;
use crate::resolve::scope::Entity;
use crate::source::Span;
use crate::syntax::ast::{self, Name};

/// A `use` as declared.
#[derive(Debug)]
pub(in crate::resolve) struct Use<'a> {
    /// Where it stands.
    pub(super) module: ModuleId,
    pub(super) kind: UseKind<'a>,
    /// The feature that is off and hides it.
    pub(super) hidden: Option<String>,
}

/// What a `use` names.
#[derive(Clone, Copy, Debug)]
pub(super) enum UseKind<'a> {
    /// `use path as name;`
    Module(&'a ast::UseInterface),
    /// `use path.{a, b as c};`
    Names(&'a ast::UseNames),
}

impl<'a> Resolver<'a, '_> {
    /// Binds the names after `use`, in modules that others depend on first.
    pub(in crate::resolve) fn bind_uses(&mut self) {
        let uses = std::mem::take(&mut self.packages.uses);
        for used in &uses {
            if let UseKind::Module(path) = used.kind {
                self.bind_module(path, used);
            }
        }
        let mut links = Vec::new();
        let mut bindings = Vec::new();
        for used in &uses {
            let UseKind::Names(names) = used.kind else {
                continue;
            };
            if let Some(feature) = &used.hidden {
                let entity = self.hidden_entity(feature.clone());
                for name in &names.names {
                    self.declare_used(used.module, name, entity);
                }
                continue;
            }
            let target = self.find(&names.path, used.module, Wanted::Interface);
            if let Some(to) = target {
                links.push(Link {
                    from: used.module,
                    to,
                    span: names.path.span,
                    is_type: !names.names.is_empty(),
                });
            }
            bindings.push((used.module, names, target));
        }
        self.find_externs(&mut links);
        let order = self.order(links);
        bindings.sort_by_key(|(module, ..)| order.position(*module));
        for (module, names, target) in bindings {
            if target.is_some_and(|target| order.is_cyclic(module, target)) {
                for name in &names.names {
                    self.add_used(module, name, Entity::Unsupported);
                }
                continue;
            }
            for name in &names.names {
                let entity = match target {
                    Some(target) => self.used_entity(target, &name.name),
                    None => Entity::Unsupported,
                };
                self.declare_used(module, name, entity);
            }
        }
        self.order = order;
    }

    /// `use path as name;`
    fn bind_module(&mut self, used: &'a ast::UseInterface, place: &Use<'a>) {
        let Some(name) = used.alias.as_ref().or(used.path.names.last()) else {
            return;
        };
        let file = used.path.span.file;
        let module = match place.hidden {
            Some(_) => None,
            // In WIT, an item of another package is an interface.
            None if self.is_wit(name.span) && !used.path.namespaces.is_empty() => {
                self.find(&used.path, place.module, Wanted::Interface)
            }
            None => self.find(&used.path, place.module, Wanted::Any),
        };
        let root = &mut self.declared[place.module];
        let clash = root.scope.module_place(&name.text);
        let clash = clash.filter(|span| span.file == file);
        let first = root
            .files
            .entry(file)
            .or_default()
            .declare_module(name, module);
        if let Some(first) = clash.or(first) {
            self.twice(name, first);
        }
    }

    /// What `name` refers to in `target`; reported if it is nothing that can be used.
    fn used_entity(&mut self, target: ModuleId, name: &Name) -> Entity {
        let module = &self.declared[target];
        let scopes = std::iter::once(&module.scope).chain(module.files.values());
        let found = scopes.filter_map(|scope| scope.entity(&name.text)).next();
        let what = match found {
            Some(Entity::Item(ItemId::Function(_))) => "a function",
            Some(Entity::Item(ItemId::Const(_))) => "a constant",
            Some(Entity::Hidden(feature)) => {
                self.refuse_hidden_entity(name, feature);
                return Entity::Unsupported;
            }
            Some(entity) => return entity,
            None => {
                self.unknown_used_name(target, name);
                return Entity::Unsupported;
            }
        };
        let message = format!(
            "`{}` is {what}, and only types and exceptions can be used",
            name.text
        );
        let mut diagnostic = Diagnostic::new(Code::NotAType, name.span, message, "expected a type");
        if let Some(place) = found.and_then(|entity| self.declaration(entity)) {
            diagnostic = diagnostic.cause(place, "declared here");
        }
        self.report(diagnostic);
        Entity::Unsupported
    }

    fn unknown_used_name(&mut self, target: ModuleId, name: &Name) {
        if self.module_is_damaged(target) {
            return;
        }
        let module = &self.declared[target];
        let message = format!("there is no `{}` in `{}`", name.text, module.name.text);
        let mut diagnostic = Diagnostic::new(Code::UnknownName, name.span, message, "not declared")
            .cause(module.name.span, "declared here");
        if !self.is_full()
            && let Some(nearest) = suggest::nearest(&name.text, module.scope.type_names())
        {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        }
        self.report(diagnostic);
    }

    /// Binds `name` in `module`.
    fn declare_used(&mut self, module: ModuleId, used: &'a ast::Renaming, entity: Entity) {
        if let Some(first) = self.add_used(module, used, entity) {
            self.twice(used.alias.as_ref().unwrap_or(&used.name), first);
        }
    }

    /// Adds a name to `module`. An existing one takes precedence, and its place is returned.
    fn add_used(
        &mut self,
        module: ModuleId,
        used: &'a ast::Renaming,
        entity: Entity,
    ) -> Option<Span> {
        let name = used.alias.as_ref().unwrap_or(&used.name);
        let file = name.span.file;
        let root = &mut self.declared[module];
        if root.outer.is_none() {
            let clash = root.scope.place(&name.text);
            let clash = clash.filter(|span| span.file == file);
            let scope = root.files.entry(file).or_default();
            clash.or(scope.declare(name, entity))
        } else {
            root.scope.declare(name, entity)
        }
    }

    fn twice(&mut self, name: &Name, first: Span) {
        let (span, first) = if first.start <= name.span.start {
            (name.span, first)
        } else {
            (first, name.span)
        };
        let message = format!("`{}` is declared twice", name.text);
        let diagnostic = Diagnostic::new(Code::DuplicateName, span, message, "")
            .cause(first, "first declared here")
            .help(format!("write `{} as …` for another name here", name.text));
        self.report(diagnostic);
    }
}
