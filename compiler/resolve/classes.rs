//! Classes, protocols and their members.

use super::Resolver;
use super::attributes::{Attributes, Site};
use super::context::{Around, Where};
use super::namespaces::overload_help;
use super::usage::Usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Class, ClassId, ClassItem, Function, Name, Property, Protocol, ProtocolId};
use crate::source::Span;
use crate::syntax::ast::{self, FunctionBody, Item, ItemKind};

/// A resolved member; the constructor is a case of its own.
enum Member {
    Constructor(Function),
    Item(ClassItem),
}

/// A member whose contents are still syntax.
pub(super) struct DeclaredMember<'a> {
    pub(super) name: Name,
    pub(super) attributes: Attributes,
    pub(super) item: &'a Item,
}

impl<'a> Resolver<'a, '_> {
    /// A class with all its members; none if an error was already reported.
    pub(super) fn class(&mut self, id: ClassId) -> Option<Class> {
        let class = &self.declared[id];
        let (ast, name, meta, attributes) = (
            class.ast,
            class.name.clone(),
            class.meta,
            class.attributes.clone(),
        );
        let module = class.module;
        let class = Some(Around::Class(id));
        let at = Where { module, class };
        let (constructor, items) = self.members(at, &ast.items, &name);
        Some(Class {
            name,
            module,
            docs: super::docs(meta),
            base: self.inheritance.base(id),
            implements: self.inheritance.implements(id).to_vec(),
            weakref: attributes.weakref,
            dict: attributes.dict,
            pickle: attributes.pickle.is_some(),
            context_manager: attributes
                .context_manager
                .map(|method| self.plain_name(&method)),
            open: attributes.open,
            deprecated: attributes.deprecated,
            constructor,
            items: items?,
        })
    }

    /// A protocol with all its members; none if an error was already reported.
    pub(super) fn protocol(&mut self, id: ProtocolId) -> Option<Protocol> {
        let protocol = &self.declared[id];
        let (ast, name, meta, module) = (
            protocol.ast,
            protocol.name.clone(),
            protocol.meta,
            protocol.module,
        );
        let deprecated = protocol.attributes.deprecated.clone();
        let class = Some(Around::Protocol(id));
        let at = Where { module, class };
        for item in &ast.items {
            if let ItemKind::Constructor(_) = item.kind {
                let end = item
                    .span
                    .end
                    .min(item.span.start + "constructor".len() as u32);
                self.report(
                    Diagnostic::new(
                        Code::Misplaced,
                        Span { end, ..item.span },
                        "a protocol has no constructor",
                        "",
                    )
                    .help("nobody makes a protocol: it says what objects must have"),
                );
            }
        }
        let (_, items) = self.members(at, &ast.items, &name);
        Some(Protocol {
            name,
            module,
            docs: super::docs_with(meta, deprecated.as_ref()),
            bases: self.inheritance.protocol_bases(id).to_vec(),
            items: items?,
        })
    }

    /// Constructor and members of the class or protocol `name`; no members if an error was already reported.
    fn members(
        &mut self,
        at: Where,
        items: &'a [Item],
        name: &Name,
    ) -> (Option<Function>, Option<Vec<ClassItem>>) {
        let mut members = Vec::new();
        for item in items {
            let member = self.declare_member(at, item);
            if self.hidden(at, &item.meta, member.name.span).is_none() {
                members.push(member);
            }
        }
        self.member_names(&members, name);
        self.once(&members);
        let mut constructor = None;
        let mut items = Vec::new();
        let mut complete = true;
        for member in members {
            match self.member(at, member) {
                Some(Member::Constructor(function)) => constructor = Some(function),
                Some(Member::Item(item)) => items.push(item),
                None => complete = false,
            }
        }
        (constructor, complete.then_some(items))
    }

    /// A name that is an alias for another.
    fn plain_name(&self, name: &ast::Name) -> Name {
        Name {
            text: name.text.clone(),
            python: None,
            span: name.span,
        }
    }

    /// Constructors and operators, of which a class can have one per kind.
    fn once(&mut self, members: &[DeclaredMember<'_>]) {
        let mut seen: Vec<(&str, Span, Option<Span>)> = Vec::new();
        for DeclaredMember { name, item, .. } in members {
            let (key, what, right, body) = match &item.kind {
                ItemKind::Constructor(constructor) => {
                    let what = "the constructor".to_owned();
                    (
                        "constructor",
                        what,
                        "constructor".to_owned(),
                        &constructor.body,
                    )
                }
                ItemKind::Operator(operator) => (
                    operator.name.text.as_str(),
                    format!("the operator `{}`", name.text),
                    format!("operator {}", name.text),
                    &operator.body,
                ),
                _ => continue,
            };
            let signature = match body {
                FunctionBody::Signature(signature) => Some(signature.span),
                FunctionBody::Overload(_) => None,
            };
            let Some((_, first, first_signature)) = seen.iter().find(|(other, ..)| *other == key)
            else {
                seen.push((key, name.span, signature));
                continue;
            };
            let message = format!("{what} is declared twice");
            let differ = signature
                .zip(*first_signature)
                .is_some_and(|(a, b)| self.differ(a, b));
            let is_overload = differ && !self.is_wit(name.span);
            let help = match is_overload {
                true => format!("delete one of them, or {}", overload_help(&right)),
                false => "delete one of them".to_owned(),
            };
            self.report(
                Diagnostic::new(Code::DuplicateName, name.span, message, "")
                    .cause(*first, "first declared here")
                    .help(help),
            );
        }
    }

    /// Name and attributes of a member.
    fn declare_member(&mut self, at: Where, item: &'a Item) -> DeclaredMember<'a> {
        let (site, name) = match &item.kind {
            ItemKind::Function(function) => (Site::Method, &function.name),
            ItemKind::Property(property) => (Site::Property, &property.name),
            ItemKind::Const(constant) => (Site::Const, &constant.name),
            kind => {
                // These have no names of their own.
                let (site, text, span) = match kind {
                    ItemKind::Operator(operator) => (
                        Site::Operator,
                        operator.name.text.as_str(),
                        operator.name.span,
                    ),
                    _ => {
                        let end = item
                            .span
                            .end
                            .min(item.span.start + "constructor".len() as u32);
                        (Site::Constructor, "constructor", Span { end, ..item.span })
                    }
                };
                let attributes = self.attributes(at, &item.meta, site);
                return DeclaredMember {
                    name: Name {
                        text: text.to_owned(),
                        python: None,
                        span,
                    },
                    attributes,
                    item,
                };
            }
        };
        let attributes = self.attributes(at, &item.meta, site);
        let name = match site {
            Site::Const => self.name(name, &attributes),
            _ => self.value_name(at, name, &attributes),
        };
        DeclaredMember {
            name,
            attributes,
            item,
        }
    }

    fn member(&mut self, at: Where, member: DeclaredMember<'_>) -> Option<Member> {
        let DeclaredMember {
            name,
            attributes,
            item,
        } = member;
        let meta = &item.meta;
        Some(match &item.kind {
            ItemKind::Constructor(constructor) => Member::Constructor(self.callable(
                at,
                name,
                meta,
                attributes,
                &constructor.body,
                Site::Constructor,
            )?),
            ItemKind::Function(function) => {
                let method =
                    self.callable(at, name, meta, attributes, &function.body, Site::Method)?;
                Member::Item(ClassItem::Method(method))
            }
            ItemKind::Operator(operator) => {
                let operator = self.operator(at, operator, meta, attributes)?;
                Member::Item(ClassItem::Operator(operator))
            }
            ItemKind::Property(property) => Member::Item(ClassItem::Property(
                self.property(at, property, name, meta, attributes)?,
            )),
            ItemKind::Const(constant) => Member::Item(ClassItem::Const(self.constant(
                at,
                constant,
                name,
                super::docs_with(meta, attributes.deprecated.as_ref()),
            )?)),
            _ => {
                self.error(
                    Code::Misplaced,
                    item.span,
                    "this cannot be declared in a class",
                    "",
                );
                return None;
            }
        })
    }

    fn property(
        &mut self,
        at: Where,
        property: &ast::Property,
        name: Name,
        meta: &ast::Meta,
        attributes: Attributes,
    ) -> Option<Property> {
        let ty = property.ty.as_ref().and_then(|ast| {
            self.borrowed = None;
            let ty = self.ty(at, ast)?;
            self.no_borrow(ast, Some(&ty), "a property");
            self.check_usage(ast, &ty, Usage::Property).then_some(ty)
        });
        let raises = self.raises(at, &property.raises);
        Some(Property {
            name,
            docs: super::docs(meta),
            readonly: property.readonly,
            ty: ty?,
            raises: raises?,
            deprecated: attributes.deprecated,
        })
    }
}
