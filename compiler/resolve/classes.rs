//! Classes, protocols and their members.

use super::accessors::Accessors;
use super::attributes::{self, Site};
use super::context::{Context, Define};
use super::declarations::Attributes;
use super::docs::{docs, docs_with};
use super::identifiers::{self, member_place, plain_name};
use super::lookup::{Around, Where};
use super::namespaces::{self, Casing, Distinct, overload_help};
use super::usage::{self, Usage};
use super::{constants, gates, operators, paths, signatures, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Class, ClassId, ClassItem, Function, Name, Property, Protocol, ProtocolId};
use crate::names;
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

/// A class with all its members; none if an error was already reported.
pub(super) fn class(cx: &mut Define, id: ClassId) -> Option<Class> {
    let class = &cx.names.declared[id];
    let attributes = &class.attributes;
    let at = Where {
        module: class.module,
        class: Some(Around::Class(id)),
    };
    let (constructor, items) = resolve_members(cx, at, &class.ast.items, &class.name);
    Some(Class {
        name: class.name.clone(),
        module: class.module,
        docs: docs(class.meta),
        base: cx.types.inheritance.base(id),
        implements: cx.types.inheritance.implements(id).to_vec(),
        weakref: attributes.weakref,
        dict: attributes.dict,
        pickle: attributes.pickle.is_some(),
        context_manager: attributes.context_manager.as_ref().map(plain_name),
        open: attributes.open,
        deprecated: attributes.deprecated.clone(),
        constructor,
        items: items?,
    })
}

/// A protocol with all its members; none if an error was already reported.
pub(super) fn protocol(cx: &mut Define, id: ProtocolId) -> Option<Protocol> {
    let protocol = &cx.names.declared[id];
    let at = Where {
        module: protocol.module,
        class: Some(Around::Protocol(id)),
    };
    for item in &protocol.ast.items {
        if let ItemKind::Constructor(_) = item.kind {
            let message = "a protocol has no constructor";
            cx.report(
                Diagnostic::new(Code::Misplaced, member_place(item), message, "")
                    .help("a protocol has no instances of its own: it says what objects must have"),
            );
        }
    }
    let (_, items) = resolve_members(cx, at, &protocol.ast.items, &protocol.name);
    Some(Protocol {
        name: protocol.name.clone(),
        module: protocol.module,
        docs: docs_with(protocol.meta, protocol.attributes.deprecated.as_ref()),
        bases: cx.types.inheritance.protocol_bases(id).to_vec(),
        items: items?,
    })
}

/// Constructor and members of the class or protocol `name`; no members if an error was already reported.
fn resolve_members(
    cx: &mut Define,
    at: Where,
    items: &[Item],
    name: &Name,
) -> (Option<Function>, Option<Vec<ClassItem>>) {
    let mut members = Vec::new();
    for item in items {
        let member = declare_member(cx, at, item);
        if gates::hidden(cx, at, &item.meta, member.name.span).is_none() {
            members.push(member);
        }
    }
    member_names(cx, &members, name);
    refuse_second(cx, &members);
    let mut constructor = None;
    let mut items = Vec::new();
    let mut complete = true;
    for member in members {
        match resolve_member(cx, at, member) {
            Some(Member::Constructor(function)) => constructor = Some(function),
            Some(Member::Item(item)) => items.push(item),
            None => complete = false,
        }
    }
    (constructor, complete.then_some(items))
}

/// Constructors and operators, of which a class can have one per kind.
fn refuse_second(cx: &mut Context, members: &[DeclaredMember<'_>]) {
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
            .is_some_and(|(a, b)| namespaces::differ(cx.names, a, b));
        let is_overload = differ && !cx.names.is_wit(name.span);
        let help = match is_overload {
            true => format!("delete one of them, or {}", overload_help(&right)),
            false => "delete one of them".to_owned(),
        };
        cx.report(
            Diagnostic::new(Code::DuplicateName, name.span, message, "")
                .cause(*first, "first declared here")
                .help(help),
        );
    }
}

/// Name and attributes of a member.
fn declare_member<'a>(cx: &mut Context, at: Where, item: &'a Item) -> DeclaredMember<'a> {
    let site = match &item.kind {
        ItemKind::Function(_) => Site::Method,
        ItemKind::Property(_) => Site::Property,
        ItemKind::Const(_) => Site::Const,
        ItemKind::Operator(_) => Site::Operator,
        _ => Site::Constructor,
    };
    let attributes = attributes::read(cx, at, &item.meta, site);
    let name = match &item.kind {
        ItemKind::Function(ast::Function { name, .. })
        | ItemKind::Property(ast::Property { name, .. }) => {
            identifiers::value_name(cx, at, name, &attributes)
        }
        ItemKind::Const(constant) => {
            identifiers::declared_name(cx.findings, &constant.name, &attributes)
        }
        ItemKind::Operator(operator) => plain_name(&operator.name),
        _ => Name {
            text: "constructor".to_owned(),
            python: None,
            span: member_place(item),
        },
    };
    DeclaredMember {
        name,
        attributes,
        item,
    }
}

fn resolve_member(cx: &mut Define, at: Where, member: DeclaredMember<'_>) -> Option<Member> {
    let DeclaredMember {
        name,
        attributes,
        item,
    } = member;
    let meta = &item.meta;
    Some(match &item.kind {
        ItemKind::Constructor(constructor) => Member::Constructor(signatures::callable(
            cx,
            at,
            name,
            meta,
            attributes,
            &constructor.body,
            Site::Constructor,
        )?),
        ItemKind::Function(function) => {
            let method =
                signatures::callable(cx, at, name, meta, attributes, &function.body, Site::Method)?;
            Member::Item(ClassItem::Method(method))
        }
        ItemKind::Operator(operator) => {
            let operator = operators::operator(cx, at, operator, meta, attributes)?;
            Member::Item(ClassItem::Operator(operator))
        }
        ItemKind::Property(property) => Member::Item(ClassItem::Property(resolve_property(
            cx, at, property, name, meta, attributes,
        )?)),
        ItemKind::Const(constant) => Member::Item(ClassItem::Const(constants::constant(
            cx,
            at,
            constant,
            name,
            docs_with(meta, attributes.deprecated.as_ref()),
        )?)),
        _ => {
            cx.error(
                Code::Misplaced,
                item.span,
                "this cannot be declared in a class",
                "",
            );
            return None;
        }
    })
}

fn resolve_property(
    cx: &mut Define,
    at: Where,
    property: &ast::Property,
    name: Name,
    meta: &ast::Meta,
    attributes: Attributes,
) -> Option<Property> {
    let ty = property.ty.as_ref().and_then(|ast| {
        let ty = types::resolve(cx, at, ast)?;
        usage::refuse_borrow(cx, at, ast, Some(&ty), "a property");
        usage::check(cx, ast, &ty, Usage::Property).then_some(ty)
    });
    let raises = paths::raises(cx, at, &property.raises);
    Some(Property {
        name,
        docs: docs(meta),
        readonly: property.readonly,
        ty: ty?,
        raises: raises?,
        deprecated: attributes.deprecated,
    })
}

/// Checks the names of the members of `class`.
fn member_names(cx: &mut Context, members: &[DeclaredMember<'_>], class: &Name) {
    let mut names = Distinct::default();
    let mut accessors = Accessors::default();
    for DeclaredMember { name, item, .. } in members {
        if let ItemKind::Function(function) = &item.kind {
            accessors.add(name, &function.body);
        }
        if cx.names.is_wit(name.span)
            && matches!(item.kind, ItemKind::Function(_))
            && names::wit_key(&name.text) == names::wit_key(&class.text)
        {
            let message = format!("`{}` is the name of the resource", name.text);
            cx.report(
                Diagnostic::new(Code::DuplicateName, name.span, message, "")
                    .cause(class.span, "declared here")
                    .help("WIT wants another name for the method"),
            );
            continue;
        }
        match &item.kind {
            ItemKind::Function(function) => {
                namespaces::claim_function(cx, &mut names, name, &function.body);
            }
            ItemKind::Property(_) => namespaces::claim(cx, &mut names, name, Casing::VALUE),
            ItemKind::Const(_) => namespaces::claim(cx, &mut names, name, Casing::CONST),
            ItemKind::Constructor(ast::Constructor { body, .. })
            | ItemKind::Operator(ast::Operator { body, .. }) => {
                if let FunctionBody::Overload(alternatives) = body {
                    namespaces::claim_alternatives(cx.findings, &mut names, alternatives);
                }
            }
            _ => {}
        }
    }
    for finding in accessors.findings() {
        cx.report(finding);
    }
}
