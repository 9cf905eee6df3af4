//! Resolves what classes and protocols extend and implement.

use super::Resolver;
use super::context::{Around, Where};
use super::graph::{components, is_cycle};
use super::scope::Entity;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{ClassId, ItemId, ProtocolId, Type};
use crate::source::Span;
use crate::syntax::ast;

/// The bases of classes and protocols. Reported ones are left out.
#[derive(Debug, Default)]
pub(super) struct Inheritance {
    classes: Vec<Option<ClassId>>,
    implements: Vec<Vec<ProtocolId>>,
    protocols: Vec<Vec<ProtocolId>>,
}

impl Inheritance {
    /// The class that `id` extends.
    pub(super) fn base(&self, id: ClassId) -> Option<ClassId> {
        self.classes.get(id.0 as usize).copied().flatten()
    }

    /// The protocols that a class itself names.
    pub(super) fn implements(&self, id: ClassId) -> &[ProtocolId] {
        self.implements
            .get(id.0 as usize)
            .map_or(&[], Vec::as_slice)
    }

    /// The protocols that a protocol extends.
    pub(super) fn protocol_bases(&self, id: ProtocolId) -> &[ProtocolId] {
        self.protocols.get(id.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// A class and its ancestors, itself first.
    pub(super) fn lineage(&self, id: ClassId) -> impl Iterator<Item = ClassId> {
        std::iter::successors(Some(id), |id| self.base(*id))
    }

    /// Whether the class is declared to implement the protocol.
    pub(super) fn has_protocol(&self, class: ClassId, protocol: ProtocolId) -> bool {
        let named = self.lineage(class).flat_map(|class| self.implements(class));
        self.all_bases(named.copied()).contains(&protocol)
    }

    /// Whether a protocol is `base` or extends it.
    pub(super) fn extends_protocol(&self, protocol: ProtocolId, base: ProtocolId) -> bool {
        self.all_bases([protocol]).contains(&base)
    }

    /// Protocols and all their ancestors, each once.
    pub(super) fn all_bases(&self, of: impl IntoIterator<Item = ProtocolId>) -> Vec<ProtocolId> {
        let mut all: Vec<ProtocolId> = Vec::new();
        let mut open: Vec<ProtocolId> = of.into_iter().collect();
        open.reverse();
        while let Some(protocol) = open.pop() {
            if !all.contains(&protocol) {
                all.push(protocol);
                open.extend(self.protocol_bases(protocol).iter().rev());
            }
        }
        all
    }
}

impl Resolver<'_, '_> {
    /// Resolves what all classes and protocols extend and implement.
    pub(super) fn inherit(&mut self) {
        for index in 0..self.declared.classes.len() {
            let class = &self.declared.classes[index];
            let (ast, id) = (class.ast, ClassId(index as u32));
            let at = Where {
                module: class.module,
                class: Some(Around::Class(id)),
            };
            let base = ast
                .base
                .as_ref()
                .and_then(|path| self.class_base(at, id, path));
            self.inheritance.classes.push(base);
            let mut protocols: Vec<(ProtocolId, Span)> = Vec::new();
            for written in &ast.implements {
                let Some(found) = self.implemented(at, written) else {
                    continue;
                };
                match protocols.iter().position(|(id, _)| *id == found) {
                    Some(first) => {
                        let text = self.declared[found].name.text.clone();
                        let first = protocols[first].1;
                        self.named_twice(&text, "implements", written.span, first);
                    }
                    None => protocols.push((found, written.span)),
                }
            }
            let protocols = protocols.into_iter().map(|(id, _)| id).collect();
            self.inheritance.implements.push(protocols);
        }
        for index in 0..self.declared.protocols.len() {
            let protocol = &self.declared.protocols[index];
            let ast = protocol.ast;
            let at = Where::module(protocol.module);
            let mut bases: Vec<(ProtocolId, Span)> = Vec::new();
            for path in &ast.bases {
                let Some(found) = self.protocol_base(at, path) else {
                    continue;
                };
                match bases.iter().position(|(id, _)| *id == found) {
                    Some(first) => {
                        let text = self.declared[found].name.text.clone();
                        let first = bases[first].1;
                        self.named_twice(&text, "extends", path.span, first);
                    }
                    None => bases.push((found, path.span)),
                }
            }
            let bases = bases.into_iter().map(|(id, _)| id).collect();
            self.inheritance.protocols.push(bases);
        }
        self.class_cycles();
        self.protocol_cycles();
    }

    fn named_twice(&mut self, name: &str, after: &str, span: Span, first: Span) {
        let message = format!("`{name}` is named twice after `{after}`");
        self.report(
            Diagnostic::new(Code::DuplicateName, span, message, "one too many")
                .cause(first, "named here")
                .help("delete one of the two"),
        );
    }

    /// The class after `extends`.
    fn class_base(&mut self, at: Where, class: ClassId, path: &ast::Path) -> Option<ClassId> {
        let name = path.parts.last()?;
        let id = match self.base_entity(at, path, "class")? {
            Entity::Item(ItemId::Class(id)) => id,
            entity => {
                self.not_a_base(path, entity, "a class extends a class");
                return None;
            }
        };
        let base = &self.declared[id];
        let of_python = self.is_python(base.module);
        if of_python && !self.is_python(at.module) {
            let message = format!(
                "`{}` is a class of Python, which Rust cannot extend",
                base.name.text
            );
            let place = base.name.span;
            self.report(
                Diagnostic::new(Code::NotABase, name.span, message, "")
                    .cause(place, "declared here")
                    .help("hold an instance of it, or write the class in Python"),
            );
            return None;
        }
        // Classes that extend each other are reported as a cycle, whether or not they are open.
        if !base.attributes.open && !of_python && !self.leads_back(id, class) {
            let (text, place) = (base.name.text.clone(), base.name.span);
            self.report(
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
    fn leads_back(&self, from: ClassId, to: ClassId) -> bool {
        /// The maximum number of steps: the time must not be quadratic in the number of classes.
        const STEPS: usize = 32;
        let base = |id: &ClassId| {
            let class = &self.declared[*id];
            let [name] = class.ast.base.as_ref()?.parts.as_slice() else {
                return None;
            };
            match self.lookup(Where::module(class.module), name)? {
                Entity::Item(ItemId::Class(id)) => Some(id),
                _ => None,
            }
        };
        std::iter::successors(Some(from), base)
            .take(STEPS)
            .any(|id| id == to)
    }

    /// A protocol after `extends`.
    fn protocol_base(&mut self, at: Where, path: &ast::Path) -> Option<ProtocolId> {
        match self.base_entity(at, path, "protocol")? {
            Entity::Item(ItemId::Protocol(id)) => Some(id),
            entity => {
                self.not_a_base(path, entity, "a protocol extends protocols");
                None
            }
        }
    }

    /// What the path of a base refers to.
    fn base_entity(&mut self, at: Where, path: &ast::Path, what: &str) -> Option<Entity> {
        let [name] = path.parts.as_slice() else {
            return Some(self.dotted(at, path)?.0);
        };
        let found = self.lookup(at, name);
        if found.is_none() {
            let message = format!("there is no {what} `{}`", name.text);
            let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message, "not declared");
            let nearest = suggest::nearest(&name.text, self.type_names(at, name.span.file));
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
            self.report_unknown(name, is_near, diagnostic);
        }
        found
    }

    fn not_a_base(&mut self, path: &ast::Path, entity: Entity, rule: &str) {
        if entity == Entity::Unsupported {
            return;
        }
        let name = path.parts.last().map_or("", |name| name.text.as_str());
        let message = format!("`{name}` cannot be extended here: {rule}");
        let mut diagnostic = Diagnostic::new(Code::NotABase, path.span, message, "");
        if let Some(place) = self.declaration(entity) {
            diagnostic = diagnostic.cause(place, "declared here");
        }
        let help = match entity {
            Entity::Item(ItemId::Protocol(_)) => format!("write `implements {name}`"),
            Entity::Item(ItemId::Record(_) | ItemId::Class(_) | ItemId::Exception(_)) => {
                "extend a definition of the same kind: classes extend classes, protocols protocols, exceptions exceptions".to_owned()
            }
            _ => format!("leave out `extends {name}`"),
        };
        self.report(diagnostic.help(help));
    }

    /// A protocol after `implements`.
    fn implemented(&mut self, at: Where, written: &ast::Type) -> Option<ProtocolId> {
        let ty = self.ty(at, written)?;
        match self.table.expanded(&ty)? {
            Type::Protocol(id) => Some(*id),
            _ => {
                let text = self.show(&ty);
                let help = match self.table.expanded(&ty) {
                    Some(Type::Class(_)) => format!("to extend a class, write `extends {text}`"),
                    _ => "declare one with `protocol name { … }`".to_owned(),
                };
                let message = format!("`{text}` is no protocol");
                self.report(
                    Diagnostic::new(Code::NotABase, written.span, message, "expected a protocol")
                        .help(help),
                );
                None
            }
        }
    }

    fn class_cycles(&mut self) {
        let edges: Vec<Vec<usize>> = self
            .inheritance
            .classes
            .iter()
            .map(|base| base.iter().map(|id| id.0 as usize).collect())
            .collect();
        for cycle in components(&edges) {
            if is_cycle(&cycle, &edges) {
                let places = cycle.iter().map(|&index| {
                    let class = &self.declared.classes[index];
                    let base = class.ast.base.as_ref();
                    let place = base.map_or(class.name.span, |base| base.span);
                    (class.name.text.clone(), place)
                });
                let places = places.collect();
                self.report_cycle("class", places);
                for index in cycle {
                    self.inheritance.classes[index] = None;
                }
            }
        }
    }

    fn protocol_cycles(&mut self) {
        let edges: Vec<Vec<usize>> = self
            .inheritance
            .protocols
            .iter()
            .map(|bases| bases.iter().map(|id| id.0 as usize).collect())
            .collect();
        for cycle in components(&edges) {
            if is_cycle(&cycle, &edges) {
                let places = cycle.iter().map(|&index| {
                    let protocol = &self.declared.protocols[index];
                    let base = protocol.ast.bases.first();
                    let place = base.map_or(protocol.name.span, |base| base.span);
                    (protocol.name.text.clone(), place)
                });
                let places = places.collect();
                self.report_cycle("protocol", places);
                for index in cycle {
                    self.inheritance.protocols[index].clear();
                }
            }
        }
    }

    /// Reports definitions that extend each other in a cycle, each at its base.
    pub(super) fn report_cycle(&mut self, what: &str, cycle: Vec<(String, Span)>) {
        let mut cycle = cycle.into_iter();
        let Some((name, place)) = cycle.next() else {
            return;
        };
        let message = format!("the {what} `{name}` extends itself");
        let mut diagnostic = Diagnostic::new(Code::InheritanceCycle, place, message, "");
        let hidden = self.hidden_builtin(&name).filter(|_| cycle.len() == 0);
        if let Some(help) = hidden {
            diagnostic = diagnostic.help(help);
        }
        for (name, place) in cycle {
            diagnostic = diagnostic.cause(place, format!("by way of `{name}`"));
        }
        self.report(diagnostic);
    }
}
