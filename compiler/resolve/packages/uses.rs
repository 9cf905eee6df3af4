//! The second pass: `use` brings names of other modules into scope.

use super::find::{self, Wanted};
use super::order::{self, Link, Order};
use super::tables::{Use, UseKind};
use super::worlds;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{ItemId, ModuleId};
use crate::resolve::context::{Binder, Context};
use crate::resolve::findings::Findings;
use crate::resolve::gates;
use crate::resolve::lookup::Names;
use crate::resolve::scope::Entity;
use crate::source::Span;
use crate::syntax::ast::{self, Name};

/// Binds the names after `use`, in modules that others depend on first. Returns the order of the modules.
pub(crate) fn bind(cx: &mut Binder) -> Order {
    let uses = std::mem::take(&mut cx.names.packages.uses);
    for used in &uses {
        if let UseKind::Module(path) = used.kind {
            bind_module(cx, path, used);
        }
    }
    let mut links = Vec::new();
    let mut bindings = Vec::new();
    for used in &uses {
        let UseKind::Names(names) = used.kind else {
            continue;
        };
        if let Some(feature) = &used.hidden {
            let entity = cx.names.packages.hide(feature.clone());
            for name in &names.names {
                declare_used(cx, used.module, name, entity);
            }
            continue;
        }
        let target = find::find(
            &mut cx.context(),
            &names.path,
            used.module,
            Wanted::Interface,
        );
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
    worlds::find_externs(cx, &mut links);
    let order = order::arrange(&mut cx.context(), links);
    bindings.sort_by_key(|(module, ..)| order.position(*module));
    for (module, names, target) in bindings {
        if target.is_some_and(|target| order.is_cyclic(module, target)) {
            for name in &names.names {
                add_used(&mut cx.names, module, name, Entity::Unsupported);
            }
            continue;
        }
        for name in &names.names {
            let entity = match target {
                Some(target) => used_entity(&mut cx.context(), target, &name.name),
                None => Entity::Unsupported,
            };
            declare_used(cx, module, name, entity);
        }
    }
    order
}

/// `use path as name;`
fn bind_module<'a>(cx: &mut Binder<'a>, used: &'a ast::UseInterface, place: &Use<'a>) {
    let Some(name) = used.alias.as_ref().or(used.path.names.last()) else {
        return;
    };
    let file = used.path.span.file;
    let module = match place.hidden {
        Some(_) => None,
        // In WIT, an item of another package is an interface.
        None if cx.names.is_wit(name.span) && !used.path.namespaces.is_empty() => find::find(
            &mut cx.context(),
            &used.path,
            place.module,
            Wanted::Interface,
        ),
        None => find::find(&mut cx.context(), &used.path, place.module, Wanted::Any),
    };
    let root = &mut cx.names.declared[place.module];
    let clash = root.scope.module_place(&name.text);
    let clash = clash.filter(|span| span.file == file);
    let first = root
        .files
        .entry(file)
        .or_default()
        .declare_module(name, module);
    if let Some(first) = clash.or(first) {
        twice(&mut cx.findings, name, first);
    }
}

/// What `name` refers to in `target`; reported if it is nothing that can be used.
fn used_entity(cx: &mut Context, target: ModuleId, name: &Name) -> Entity {
    let module = &cx.names.declared[target];
    let scopes = std::iter::once(&module.scope).chain(module.files.values());
    let found = scopes.filter_map(|scope| scope.entity(&name.text)).next();
    let what = match found {
        Some(Entity::Item(ItemId::Function(_))) => "a function",
        Some(Entity::Item(ItemId::Const(_))) => "a constant",
        Some(Entity::Hidden(feature)) => {
            gates::refuse_hidden_entity(cx, name, feature);
            return Entity::Unsupported;
        }
        Some(entity) => return entity,
        None => {
            unknown_used_name(cx, target, name);
            return Entity::Unsupported;
        }
    };
    let message = format!(
        "`{}` is {what}, and only types and exceptions can be used",
        name.text
    );
    let mut diagnostic = Diagnostic::new(Code::NotAType, name.span, message, "expected a type");
    if let Some(place) = found.and_then(|entity| cx.names.declaration(entity)) {
        diagnostic = diagnostic.cause(place, "declared here");
    }
    cx.report(diagnostic);
    Entity::Unsupported
}

fn unknown_used_name(cx: &mut Context, target: ModuleId, name: &Name) {
    if find::module_is_damaged(cx, target) {
        return;
    }
    let module = &cx.names.declared[target];
    let message = format!("there is no `{}` in `{}`", name.text, module.name.text);
    let mut diagnostic = Diagnostic::new(Code::UnknownName, name.span, message, "not declared")
        .cause(module.name.span, "declared here");
    if !cx.findings.is_full()
        && let Some(nearest) = suggest::nearest(&name.text, module.scope.type_names())
    {
        diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
    }
    cx.report(diagnostic);
}

/// Binds `name` in `module`.
fn declare_used<'a>(
    cx: &mut Binder<'a>,
    module: ModuleId,
    used: &'a ast::Renaming,
    entity: Entity,
) {
    if let Some(first) = add_used(&mut cx.names, module, used, entity) {
        twice(
            &mut cx.findings,
            used.alias.as_ref().unwrap_or(&used.name),
            first,
        );
    }
}

/// Adds a name to `module`. An existing one takes precedence, and its place is returned.
fn add_used<'a>(
    names: &mut Names<'a>,
    module: ModuleId,
    used: &'a ast::Renaming,
    entity: Entity,
) -> Option<Span> {
    let name = used.alias.as_ref().unwrap_or(&used.name);
    let file = name.span.file;
    let root = &mut names.declared[module];
    if root.outer.is_none() {
        let clash = root.scope.place(&name.text);
        let clash = clash.filter(|span| span.file == file);
        let scope = root.files.entry(file).or_default();
        clash.or(scope.declare(name, entity))
    } else {
        root.scope.declare(name, entity)
    }
}

fn twice(findings: &mut Findings, name: &Name, first: Span) {
    let (span, first) = if first.start <= name.span.start {
        (name.span, first)
    } else {
        (first, name.span)
    };
    let message = format!("`{}` is declared twice", name.text);
    let diagnostic = Diagnostic::new(Code::DuplicateName, span, message, "")
        .cause(first, "first declared here")
        .help(format!("write `{} as …` for another name here", name.text));
    findings.report(diagnostic);
}
