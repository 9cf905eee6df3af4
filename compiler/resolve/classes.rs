//! Classes and their members.

use super::Resolver;
use super::attributes::{Attributes, Site};
use super::signatures::Place;
use super::usage::Usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Class, ClassId, ClassItem, Function, Name, Property};
use crate::source::Span;
use crate::syntax::ast::{self, Item, ItemKind};

/// A member as resolved: the constructor stands apart.
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

impl Resolver<'_, '_> {
    /// A class with all its members; none where something was reported.
    pub(super) fn class(&mut self, id: ClassId) -> Option<Class> {
        let class = &self.declared[id];
        let (ast, name, meta, attributes) = (
            class.ast,
            class.name.clone(),
            class.meta,
            class.attributes.clone(),
        );
        let module = class.module;
        self.current = module;
        if let Some(base) = &ast.base {
            self.unsupported(base.span, "`extends` on classes is");
        }
        if let Some(first) = ast.implements.first() {
            self.unsupported(first.span, "`implements` is");
        }
        let members: Vec<_> = ast
            .items
            .iter()
            .map(|item| self.declare_member(item))
            .collect();
        self.member_names(&members);
        self.once(&members);
        let mut constructor = None;
        let mut items = Vec::new();
        let mut complete = ast.base.is_none() && ast.implements.is_empty();
        for member in members {
            match self.member(id, member) {
                Some(Member::Constructor(function)) => constructor = Some(function),
                Some(Member::Item(item)) => items.push(item),
                None => complete = false,
            }
        }
        complete.then(|| Class {
            name,
            module,
            docs: super::docs(meta),
            base: None,
            implements: Vec::new(),
            weakref: false,
            dict: false,
            pickle: false,
            context_manager: None,
            open: attributes.open,
            deprecated: attributes.deprecated,
            constructor,
            items,
        })
    }

    /// Constructors and operators of which there can be one of a kind.
    fn once(&mut self, members: &[DeclaredMember<'_>]) {
        let mut seen: Vec<(&str, Span)> = Vec::new();
        for DeclaredMember { name, item, .. } in members {
            let (key, what) = match &item.kind {
                ItemKind::Constructor(_) => ("constructor", "the constructor".to_owned()),
                ItemKind::Operator(operator) => (
                    operator.name.text.as_str(),
                    format!("the operator `{}`", name.text),
                ),
                _ => continue,
            };
            match seen.iter().find(|(other, _)| *other == key) {
                None => seen.push((key, name.span)),
                Some((_, first)) => {
                    let message = format!("{what} is declared twice");
                    self.report(
                        Diagnostic::new(Code::DuplicateName, name.span, message, "")
                            .cause(*first, "first declared here"),
                    );
                }
            }
        }
    }

    /// Name and attributes of a member.
    fn declare_member<'a>(&mut self, item: &'a Item) -> DeclaredMember<'a> {
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
                let attributes = self.attributes(&item.meta, site);
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
        let attributes = self.attributes(&item.meta, site);
        DeclaredMember {
            name: self.name(name, &attributes),
            attributes,
            item,
        }
    }

    fn member(&mut self, class: ClassId, member: DeclaredMember<'_>) -> Option<Member> {
        let DeclaredMember {
            name,
            attributes,
            item,
        } = member;
        let meta = &item.meta;
        let place = |site| Place {
            site,
            class: Some(class),
        };
        Some(match &item.kind {
            ItemKind::Constructor(constructor) => {
                let signature = self.signature_of(name.span, &constructor.body)?;
                Member::Constructor(self.function(
                    name,
                    meta,
                    attributes,
                    signature,
                    place(Site::Constructor),
                )?)
            }
            ItemKind::Function(function) => {
                let signature = self.signature_of(name.span, &function.body)?;
                let method =
                    self.function(name, meta, attributes, signature, place(Site::Method))?;
                Member::Item(ClassItem::Method(method))
            }
            ItemKind::Operator(operator) => {
                let operator = self.operator(operator, meta, attributes, place(Site::Operator))?;
                Member::Item(ClassItem::Operator(operator))
            }
            ItemKind::Property(property) => Member::Item(ClassItem::Property(
                self.property(property, name, meta, attributes, class)?,
            )),
            ItemKind::Const(constant) => Member::Item(ClassItem::Const(self.constant(
                constant,
                name,
                meta,
                Some(class),
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
        property: &ast::Property,
        name: Name,
        meta: &ast::Meta,
        attributes: Attributes,
        class: ClassId,
    ) -> Option<Property> {
        let ty = property.ty.as_ref().and_then(|ast| {
            let ty = self.ty(ast, Some(class))?;
            self.check_usage(ast, &ty, Usage::Property).then_some(ty)
        });
        let raises = self.raises(&property.raises);
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
