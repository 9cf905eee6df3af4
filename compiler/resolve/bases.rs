//! What classes and protocols extend and implement.

use super::context::Context;
use super::graph::{components, is_cycle};
use super::inheritance::Inheritance;
use super::lookup::{Around, Names, Where};
use super::scope::Entity;
use super::table::Table;
use super::{paths, types};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{ClassId, ItemId, Name, ProtocolId, Type};
use crate::source::Span;
use crate::syntax::ast;

/// Resolves what all classes and protocols extend and implement.
pub(super) fn resolve(table: &Table, cx: &mut Context) -> Inheritance {
    let mut inheritance = Inheritance::default();
    let declared = &cx.names.declared;
    for (id, class) in (0..).map(ClassId).zip(&declared.classes) {
        let at = Where {
            module: class.module,
            class: Some(Around::Class(id)),
        };
        let base = class.ast.base.as_ref();
        let base = base.and_then(|path| class_base(cx, at, id, path));
        inheritance.classes.push(base);
        let mut protocols = Vec::new();
        for written in &class.ast.implements {
            if let Some(found) = implemented(table, cx, at, written) {
                add_once(cx, &mut protocols, found, "implements", written.span);
            }
        }
        let protocols = protocols.into_iter().map(|(id, _)| id).collect();
        inheritance.implements.push(protocols);
    }
    for protocol in &declared.protocols {
        let at = Where::module(protocol.module);
        let mut bases = Vec::new();
        for path in &protocol.ast.bases {
            if let Some(found) = protocol_base(cx, at, path) {
                add_once(cx, &mut bases, found, "extends", path.span);
            }
        }
        let bases = bases.into_iter().map(|(id, _)| id).collect();
        inheritance.protocols.push(bases);
    }
    refuse_cycles(cx, &mut inheritance);
    inheritance
}

/// Adds a protocol that is named at `span`, unless it was named before.
fn add_once(
    cx: &mut Context,
    protocols: &mut Vec<(ProtocolId, Span)>,
    found: ProtocolId,
    after: &str,
    span: Span,
) {
    let Some((_, first)) = protocols.iter().find(|(id, _)| *id == found) else {
        return protocols.push((found, span));
    };
    let name = &cx.names.declared[found].name.text;
    let message = format!("`{name}` is named twice after `{after}`");
    cx.report(
        Diagnostic::new(Code::DuplicateName, span, message, "one too many")
            .cause(*first, "named here")
            .help("delete one of the two"),
    );
}

/// The class after `extends`.
fn class_base(cx: &mut Context, at: Where, class: ClassId, path: &ast::Path) -> Option<ClassId> {
    let name = path.parts.last()?;
    let id = match base_entity(cx, at, path, "class")? {
        Entity::Item(ItemId::Class(id)) => id,
        entity => {
            not_a_base(cx, path, entity, "a class extends a class");
            return None;
        }
    };
    let base = &cx.names.declared[id];
    let of_python = cx.names.is_python(base.module);
    if of_python && !cx.names.is_python(at.module) {
        let message = format!(
            "`{}` is a class of Python, which Rust cannot extend",
            base.name.text
        );
        let place = base.name.span;
        cx.report(
            Diagnostic::new(Code::NotABase, name.span, message, "")
                .cause(place, "declared here")
                .help("hold an instance of it, or write the class in Python"),
        );
        return None;
    }
    // Classes that extend each other are reported as a cycle, whether or not they are open.
    if !base.attributes.open && !of_python && !leads_back(cx.names, id, class) {
        let (text, place) = (base.name.text.clone(), base.name.span);
        cx.report(
            Diagnostic::new(
                Code::NotABase,
                name.span,
                format!("nothing can extend `{text}`"),
                "not open",
            )
            .cause(place, "declared here")
            .help(format!(
                "write `@open` before `class {text}`; then Python can extend it, too"
            )),
        );
        return None;
    }
    Some(id)
}

/// Whether the bases of `from` lead to `to`, as far as names without dots can tell.
fn leads_back(names: &Names, from: ClassId, to: ClassId) -> bool {
    /// The maximum number of steps: the time must not be quadratic in the number of classes.
    const STEPS: usize = 32;
    let base = |id: &ClassId| {
        let class = &names.declared[*id];
        let [name] = class.ast.base.as_ref()?.parts.as_slice() else {
            return None;
        };
        match names.lookup(Where::module(class.module), name)? {
            Entity::Item(ItemId::Class(id)) => Some(id),
            _ => None,
        }
    };
    std::iter::successors(Some(from), base)
        .take(STEPS)
        .any(|id| id == to)
}

/// A protocol after `extends`.
fn protocol_base(cx: &mut Context, at: Where, path: &ast::Path) -> Option<ProtocolId> {
    match base_entity(cx, at, path, "protocol")? {
        Entity::Item(ItemId::Protocol(id)) => Some(id),
        entity => {
            not_a_base(cx, path, entity, "a protocol extends protocols");
            None
        }
    }
}

/// What the path of a base refers to.
fn base_entity(cx: &mut Context, at: Where, path: &ast::Path, what: &str) -> Option<Entity> {
    let [name] = path.parts.as_slice() else {
        return Some(paths::dotted(cx, at, path)?.0);
    };
    let found = cx.names.lookup(at, name);
    if found.is_none() {
        let message = format!("there is no {what} `{}`", name.text);
        let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message, "not declared");
        let nearest = suggest::nearest(&name.text, cx.suggested(at, name.span.file));
        let is_near = nearest.is_some();
        let diagnostic = match nearest {
            Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
            None => {
                let text = suggest::kebab_case(&name.text);
                diagnostic.help(format!(
                    "declare it with `{what} {text} {{ … }}`, or leave out `extends {}`",
                    name.text
                ))
            }
        };
        cx.findings.report_unknown(name, is_near, diagnostic);
    }
    found
}

fn not_a_base(cx: &mut Context, path: &ast::Path, entity: Entity, rule: &str) {
    if entity == Entity::Unsupported {
        return;
    }
    let name = path.parts.last().map_or("", |name| name.text.as_str());
    let message = format!("`{name}` cannot be extended here: {rule}");
    let mut diagnostic = Diagnostic::new(Code::NotABase, path.span, message, "");
    if let Some(place) = cx.names.declaration(entity) {
        diagnostic = diagnostic.cause(place, "declared here");
    }
    let help = match entity {
        Entity::Item(ItemId::Protocol(_)) => format!("write `implements {name}`"),
        Entity::Item(ItemId::Record(_) | ItemId::Class(_) | ItemId::Exception(_)) => {
            "extend a definition of the same kind: classes extend classes, protocols protocols, exceptions exceptions".to_owned()
        }
        _ => format!("leave out `extends {name}`"),
    };
    cx.report(diagnostic.help(help));
}

/// A protocol after `implements`.
fn implemented(
    table: &Table,
    cx: &mut Context,
    at: Where,
    written: &ast::Type,
) -> Option<ProtocolId> {
    let ty = types::resolve(cx, at, written)?;
    match table.expanded(&ty)? {
        Type::Protocol(id) => Some(*id),
        _ => {
            let text = cx.names.show(&ty);
            let help = match table.expanded(&ty) {
                Some(Type::Class(_)) => format!("to extend a class, write `extends {text}`"),
                _ => "declare one with `protocol name { … }`".to_owned(),
            };
            let message = format!("`{text}` is no protocol");
            cx.report(
                Diagnostic::new(Code::NotABase, written.span, message, "expected a protocol")
                    .help(help),
            );
            None
        }
    }
}

/// Reports classes and protocols that extend themselves.
fn refuse_cycles(cx: &mut Context, inheritance: &mut Inheritance) {
    let declared = &cx.names.declared;
    let classes = inheritance.classes.iter();
    let edges: Vec<Vec<usize>> = classes
        .map(|base| base.iter().map(|id| id.0 as usize).collect())
        .collect();
    for cycle in components(&edges) {
        if is_cycle(&cycle, &edges) {
            let places = cycle.iter().map(|&index| {
                let class = &declared.classes[index];
                (&class.name, class.ast.base.as_ref())
            });
            report_cycle(cx, "class", places.collect());
            for index in cycle {
                inheritance.classes[index] = None;
            }
        }
    }
    let protocols = inheritance.protocols.iter();
    let edges: Vec<Vec<usize>> = protocols
        .map(|bases| bases.iter().map(|id| id.0 as usize).collect())
        .collect();
    for cycle in components(&edges) {
        if is_cycle(&cycle, &edges) {
            let places = cycle.iter().map(|&index| {
                let protocol = &declared.protocols[index];
                (&protocol.name, protocol.ast.bases.first())
            });
            report_cycle(cx, "protocol", places.collect());
            for index in cycle {
                inheritance.protocols[index].clear();
            }
        }
    }
}

/// Reports definitions that extend each other in a cycle, each at its base.
pub(super) fn report_cycle(cx: &mut Context, what: &str, cycle: Vec<(&Name, Option<&ast::Path>)>) {
    let place = |(name, base): &(&Name, Option<&ast::Path>)| base.map_or(name.span, |it| it.span);
    let Some((first, rest)) = cycle.split_first() else {
        return;
    };
    let name = &first.0.text;
    let message = format!("the {what} `{name}` extends itself");
    let mut diagnostic = Diagnostic::new(Code::InheritanceCycle, place(first), message, "");
    if let Some(help) = cx.names.hidden_builtin(name).filter(|_| rest.is_empty()) {
        diagnostic = diagnostic.help(help);
    }
    for definition in rest {
        let label = format!("by way of `{}`", definition.0.text);
        diagnostic = diagnostic.cause(place(definition), label);
    }
    cx.report(diagnostic);
}
