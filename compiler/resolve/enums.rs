//! Enums: the type and values of their members.

use std::collections::HashMap;

use super::attributes::Site;
use super::context::Where;
use super::integer::Integer;
use super::namespaces::{Casing, Distinct};
use super::prelude::Values;
use super::{Resolver, docs_with};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Builtin, EnumId, EnumRepr, Enumeration, ItemId, Member, Type, Value};
use crate::names;
use crate::source::Span;
use crate::syntax::ast::{self, LiteralKind};

impl Resolver<'_, '_> {
    /// An enum with its members; none if an error was already reported.
    pub(super) fn enumeration(&mut self, id: EnumId) -> Option<Enumeration> {
        let enumeration = &self.declared[id];
        let (ast, name, meta) = (enumeration.ast, enumeration.name.clone(), enumeration.meta);
        let module = enumeration.module;
        let deprecated = enumeration.attributes.deprecated.clone();
        let at = Where::module(module);
        let damaged = self.is_damaged(self.declared[id].span);
        if ast.members.is_empty() && !damaged {
            self.report(
                Diagnostic::new(
                    Code::EmptyEnum,
                    name.span,
                    format!("the enum `{}` has no members", name.text),
                    "",
                )
                .help("an enum needs one member at least"),
            );
        }
        let repr = if damaged && ast.repr.is_none() {
            None
        } else {
            self.repr(at, ast)
        };
        if !damaged {
            self.all_or_none(ast);
        }
        let mut distinct = Distinct::default();
        let mut seen: HashMap<Value, Span> = HashMap::new();
        let mut members = Vec::new();
        for (index, member) in ast.members.iter().enumerate() {
            let attributes = self.attributes(at, &member.meta, Site::Member);
            let name = self.name(&member.name, &attributes);
            self.claim(&mut distinct, &name, Casing::MEMBER);
            self.member_name(&name);
            let message = self.message(
                attributes.message.as_ref(),
                ItemId::Enum(id),
                &member.name,
                &ast::Payload::None,
            );
            let value = repr
                .as_ref()
                .and_then(|(repr, ty)| self.member_value(at, member, index, *repr, ty.as_ref()));
            let place = member
                .value
                .as_ref()
                .map_or(member.name.span, |value| value.span);
            if let Some(value) = &value
                && let Some(first) = seen.insert(value.clone(), place)
            {
                let text = &member.name.text;
                let message = format!("`{text}` has the value of another member");
                let diagnostic =
                    Diagnostic::new(Code::EnumValues, place, message, "values must differ");
                self.report(
                    diagnostic
                        .cause(first, "the same value")
                        .help(format!("give `{text}` another value, or leave it out")),
                );
            }
            members.push(value.map(|value| Member {
                name,
                docs: docs_with(&member.meta, attributes.deprecated.as_ref()),
                message,
                value,
            }));
        }
        let (repr, _) = repr?;
        Some(Enumeration {
            name,
            module,
            docs: docs_with(meta, deprecated.as_ref()),
            deprecated,
            error: false,
            repr,
            members: members.into_iter().collect::<Option<_>>()?,
        })
    }

    /// The kind of the values, and their type if it is written.
    fn repr(&mut self, at: Where, ast: &ast::Enumeration) -> Option<(EnumRepr, Option<Type>)> {
        let Some(written) = &ast.repr else {
            return self.untyped(ast).then_some((EnumRepr::Plain, None));
        };
        let ty = self.ty(at, written)?;
        let expanded = self.table.expanded(&ty)?;
        let values = match expanded {
            Type::Builtin(builtin, _) => Some(&self.prelude.of(*builtin).values),
            _ => None,
        };
        let repr = match values {
            Some(Values::Text) if expanded.is(Builtin::String) => EnumRepr::Str,
            // Rust's discriminants have at most 64 bits.
            Some(Values::Integer(Some(least), Some(most)))
                if least.is_64_bits() && most.is_64_bits() =>
            {
                EnumRepr::Int
            }
            _ => {
                let message = format!(
                    "the values of an enum cannot be of type `{}`",
                    self.show(&ty)
                );
                self.report(
                    Diagnostic::new(Code::EnumValues, written.span, message, "").help(
                        "write `string` or an integer type of up to 64 bits, or leave it out",
                    ),
                );
                return None;
            }
        };
        Some((repr, Some(ty)))
    }

    /// Whether an enum without a type has no values either.
    fn untyped(&mut self, ast: &ast::Enumeration) -> bool {
        let Some(value) = ast.members.iter().find_map(|member| member.value.as_ref()) else {
            return true;
        };
        let ty = match value.kind {
            LiteralKind::String(_) => Builtin::String,
            _ => Builtin::S64,
        };
        let name = &ast.name.text;
        self.report(
            Diagnostic::new(Code::EnumValues, value.span, "values need a type", "")
                .help(format!("write `enum {name}: {ty} {{ … }}`")),
        );
        false
    }

    /// Either all members have values or none: the remaining values would be arbitrary.
    fn all_or_none(&mut self, ast: &ast::Enumeration) {
        let with = ast.members.iter().find(|member| member.value.is_some());
        let without = ast.members.iter().find(|member| member.value.is_none());
        if let (Some(with), Some(without)) = (with, without) {
            let message = format!(
                "`{}` has no value, while other members have one",
                without.name.text
            );
            self.report(
                Diagnostic::new(Code::EnumValues, without.name.span, message, "")
                    .cause(with.name.span, "this member has a value")
                    .help("give all members a value, or none"),
            );
        }
    }

    /// Checks that `enum.Enum` allows the name for a member.
    pub(super) fn member_name(&mut self, name: &crate::model::Name) {
        // https://docs.python.org/3/library/enum.html#supported-sunder-names; `mro` is an attribute of every class.
        let python = Casing::MEMBER.python(name);
        let sunder = python.len() > 2 && python.starts_with('_') && python.ends_with('_');
        if matches!(python.as_str(), "mro" | "name" | "value") || sunder {
            let message = format!("a member of an enum cannot be called `{python}` in Python");
            self.error(Code::ReservedName, name.span, message, "");
        }
    }

    /// The value of a member, written or counted: from 1 where `enum.auto()` would supply it, and from 0 where the enum has an
    /// integer type, as in Rust and other languages.
    fn member_value(
        &mut self,
        at: Where,
        member: &ast::Member,
        index: usize,
        repr: EnumRepr,
        ty: Option<&Type>,
    ) -> Option<Value> {
        match (&member.value, ty) {
            (Some(value), Some(ty)) => self.value(at, value, ty),
            (Some(_), None) => None,
            (None, _) if repr == EnumRepr::Str => Some(Value::Str(names::snake(&member.name.text))),
            (None, _) => {
                let first = usize::from(repr == EnumRepr::Plain);
                Some(Value::Int((index + first).to_string()))
            }
        }
        .filter(|value| self.in_range(at, value, member, ty))
    }

    /// Whether a counted value is in the range of the type.
    fn in_range(
        &mut self,
        at: Where,
        value: &Value,
        member: &ast::Member,
        ty: Option<&Type>,
    ) -> bool {
        let (Value::Int(text), Some(ty), None) = (value, ty, &member.value) else {
            return true;
        };
        let literal = ast::Literal {
            kind: LiteralKind::Integer(text.clone()),
            span: member.name.span,
        };
        self.value(at, &literal, ty).is_some()
    }
}

impl Integer {
    fn is_64_bits(&self) -> bool {
        let text = self.to_string();
        text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok()
    }
}
