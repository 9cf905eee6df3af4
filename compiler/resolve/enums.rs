//! Enums and flags: the type and values of their members.

use std::collections::HashMap;

use super::attributes::{self, Site};
use super::context::Define;
use super::docs::docs_with;
use super::findings::Findings;
use super::integer::Integer;
use super::lookup::Where;
use super::namespaces::{self, Casing, Distinct};
use super::prelude::{Values, prelude};
use super::{identifiers, literals, messages, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Builtin, EnumId, EnumRepr, Enumeration, Flag, Flags, FlagsId, ItemId, Member, Type, Value,
};
use crate::names;
use crate::source::Span;
use crate::syntax::ast::{self, Literal, LiteralKind};

/// The number of bits of the widest integer type.
const MAXIMUM_BITS: u32 = u128::BITS;

/// The maximum number of flags in a WIT type.
const MAXIMUM_IN_WIT: usize = 32;

/// An enum with its members; none if an error was already reported.
pub(super) fn enumeration(cx: &mut Define, id: EnumId) -> Option<Enumeration> {
    let enumeration = &cx.names.declared[id];
    let (ast, name) = (enumeration.ast, &enumeration.name);
    let at = Where::module(enumeration.module);
    let damaged = cx.findings.is_damaged(enumeration.span);
    if ast.members.is_empty() && !damaged {
        cx.report(
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
        representation(cx, at, ast)
    };
    if !damaged {
        all_or_none(cx.findings, ast);
    }
    let mut distinct = Distinct::default();
    let mut seen: HashMap<Value, Span> = HashMap::new();
    let mut members = Vec::new();
    for (index, member) in ast.members.iter().enumerate() {
        let attributes = attributes::read(cx, at, &member.meta, Site::Member);
        let name = identifiers::declared_name(cx.findings, &member.name, &attributes);
        namespaces::claim(cx, &mut distinct, &name, Casing::MEMBER);
        member_name(cx.findings, &name);
        let message = messages::message(
            cx,
            attributes.message.as_ref(),
            ItemId::Enum(id),
            &member.name,
            &ast::Payload::None,
        );
        let value = repr
            .as_ref()
            .and_then(|(repr, ty)| member_value(cx, at, member, index, *repr, ty.as_ref()));
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
            cx.report(
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
    let deprecated = enumeration.attributes.deprecated.clone();
    Some(Enumeration {
        name: name.clone(),
        module: enumeration.module,
        docs: docs_with(enumeration.meta, deprecated.as_ref()),
        deprecated,
        error: false,
        repr,
        members: members.into_iter().collect::<Option<_>>()?,
    })
}

/// The kind of the values, and their type if it is written.
fn representation(
    cx: &mut Define,
    at: Where,
    ast: &ast::Enumeration,
) -> Option<(EnumRepr, Option<Type>)> {
    let Some(written) = &ast.repr else {
        return untyped(cx.findings, ast).then_some((EnumRepr::Plain, None));
    };
    let ty = types::resolve(cx, at, written)?;
    let expanded = cx.types.table.expanded(&ty)?;
    let values = match expanded {
        Type::Builtin(builtin, _) => Some(&prelude().of(*builtin).values),
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
                cx.names.show(&ty)
            );
            cx.report(
                Diagnostic::new(Code::EnumValues, written.span, message, "")
                    .help("write `string` or an integer type of up to 64 bits, or leave it out"),
            );
            return None;
        }
    };
    Some((repr, Some(ty)))
}

/// Whether an enum without a type has no values either.
fn untyped(findings: &mut Findings, ast: &ast::Enumeration) -> bool {
    let Some(value) = ast.members.iter().find_map(|member| member.value.as_ref()) else {
        return true;
    };
    let ty = match value.kind {
        LiteralKind::String(_) => Builtin::String,
        _ => Builtin::S64,
    };
    let name = &ast.name.text;
    findings.report(
        Diagnostic::new(Code::EnumValues, value.span, "values need a type", "")
            .help(format!("write `enum {name}: {ty} {{ … }}`")),
    );
    false
}

/// Either all members have values or none: the remaining values would be arbitrary.
fn all_or_none(findings: &mut Findings, ast: &ast::Enumeration) {
    let with = ast.members.iter().find(|member| member.value.is_some());
    let without = ast.members.iter().find(|member| member.value.is_none());
    if let (Some(with), Some(without)) = (with, without) {
        let message = format!(
            "`{}` has no value, while other members have one",
            without.name.text
        );
        findings.report(
            Diagnostic::new(Code::EnumValues, without.name.span, message, "")
                .cause(with.name.span, "this member has a value")
                .help("give all members a value, or none"),
        );
    }
}

/// Checks that `enum.Enum` allows the name for a member.
fn member_name(findings: &mut Findings, name: &crate::model::Name) {
    // https://docs.python.org/3/library/enum.html#supported-sunder-names; `mro` is an attribute of every class.
    let python = Casing::MEMBER.python(name);
    let sunder = python.len() > 2 && python.starts_with('_') && python.ends_with('_');
    if matches!(python.as_str(), "mro" | "name" | "value") || sunder {
        let message = format!("a member of an enum cannot be called `{python}` in Python");
        findings.error(Code::ReservedName, name.span, message, "");
    }
}

/// The value of a member, written or counted: from 1 where `enum.auto()` would supply it, and from 0 where the enum has an
/// integer type, as in Rust and other languages.
fn member_value(
    cx: &mut Define,
    at: Where,
    member: &ast::Member,
    index: usize,
    repr: EnumRepr,
    ty: Option<&Type>,
) -> Option<Value> {
    match (&member.value, ty) {
        (Some(value), Some(ty)) => literals::value_of(cx, at, value, ty),
        (Some(_), None) => None,
        (None, _) if repr == EnumRepr::Str => Some(Value::Str(names::snake(&member.name.text))),
        (None, _) => {
            let first = usize::from(repr == EnumRepr::Plain);
            Some(Value::Int((index + first).to_string()))
        }
    }
    .filter(|value| in_range(cx, at, value, member, ty))
}

/// Whether a counted value is in the range of the type.
fn in_range(
    cx: &mut Define,
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
    literals::value_of(cx, at, &literal, ty).is_some()
}

/// Flags with their values; none if an error was already reported.
pub(super) fn flags(cx: &mut Define, id: FlagsId) -> Option<Flags> {
    let flags = &cx.names.declared[id];
    let (ast, name) = (flags.ast, &flags.name);
    let at = Where::module(flags.module);
    let damaged = cx.findings.is_damaged(flags.span);
    if ast.members.is_empty() && !damaged {
        let message = format!("the flags `{}` have no members", name.text);
        cx.report(
            Diagnostic::new(Code::EmptyEnum, name.span, message, "")
                .help("flags need one member at least"),
        );
    }
    if let Some(member) = ast.members.get(MAXIMUM_IN_WIT)
        && cx.names.is_wit(member.name.span)
    {
        let message = format!("WIT has no more than {MAXIMUM_IN_WIT} flags in one type");
        cx.report(
            Diagnostic::new(Code::EnumValues, member.name.span, message, "one too many")
                .help("divide them into several types"),
        );
    }
    let bits = match &ast.repr {
        Some(repr) => width(cx, at, repr),
        None => Some(MAXIMUM_BITS),
    };
    let mut names = Distinct::default();
    let mut values = Bits::default();
    let mut members = Vec::new();
    for member in &ast.members {
        let attributes = attributes::read(cx, at, &member.meta, Site::Flag);
        let name = identifiers::declared_name(cx.findings, &member.name, &attributes);
        namespaces::claim(cx, &mut names, &name, Casing::CONST);
        member_name(cx.findings, &name);
        let value = bits.and_then(|bits| flag_value(cx.findings, member, bits, &values));
        if let Some(value) = value {
            let place = member.value.as_ref().map_or(member.name.span, |it| it.span);
            if let Some(first) = values.places.insert(value, place) {
                let message = format!("`{}` has the value of another flag", member.name.text);
                cx.report(
                    Diagnostic::new(Code::EnumValues, place, message, "values must differ")
                        .cause(first, "the same value"),
                );
            }
            values.all |= value;
            if value.is_power_of_two() {
                values.single |= value;
            }
            values.named.push((&member.name.text, value));
        }
        members.push(value.map(|value| Flag {
            name,
            docs: docs_with(&member.meta, attributes.deprecated.as_ref()),
            value,
        }));
    }
    if !damaged && members.iter().all(Option::is_some) {
        covered(cx.findings, ast, &values);
    }
    let deprecated = flags.attributes.deprecated.clone();
    Some(Flags {
        name: name.clone(),
        module: flags.module,
        docs: docs_with(flags.meta, deprecated.as_ref()),
        deprecated,
        flags: members.into_iter().collect::<Option<_>>()?,
    })
}

/// The number of bits of the type after the colon.
fn width(cx: &mut Define, at: Where, repr: &ast::Type) -> Option<u32> {
    let ty = types::resolve(cx, at, repr)?;
    let values = match cx.types.table.expanded(&ty)? {
        Type::Builtin(builtin, _) => Some(&prelude().of(*builtin).values),
        _ => None,
    };
    if let Some(Values::Integer(Some(least), Some(most))) = values
        && least.to_string() == "0"
        && let Ok(most) = most.to_string().parse::<u128>()
    {
        return Some(most.trailing_ones());
    }
    let message = format!("flags cannot be of type `{}`", cx.names.show(&ty));
    cx.report(
        Diagnostic::new(Code::EnumValues, repr.span, message, "")
            .help("write an integer type without a sign, such as `u32`, or leave it out"),
    );
    None
}

/// The value of a flag: the written one, or the bit after the highest so far.
fn flag_value(
    findings: &mut Findings,
    flag: &ast::Member,
    bits: u32,
    before: &Bits<'_>,
) -> Option<u128> {
    let Some(literal) = &flag.value else {
        let next = u128::BITS - before.all.leading_zeros();
        if next < bits {
            return Some(1 << next);
        }
        let message = format!("`{}` is one flag too many", flag.name.text);
        let help = match bits < MAXIMUM_BITS {
            true => "choose a wider type after the colon, or leave it out",
            false => "divide them into several types",
        };
        let label = format!("there are {bits} bits");
        let diagnostic = Diagnostic::new(Code::EnumValues, flag.name.span, message, label);
        findings.report(diagnostic.help(help));
        return None;
    };
    match &literal.kind {
        LiteralKind::Integer(text) => flag_number(findings, text, literal.span, bits),
        LiteralKind::Case(paths) => {
            let mut value = 0;
            for path in paths {
                value |= earlier_flag(findings, path, before)?;
            }
            Some(value)
        }
        _ => {
            findings.report(
                Diagnostic::new(
                    Code::EnumValues,
                    literal.span,
                    "a flag is a whole number or made of other flags",
                    "",
                )
                .help("write it like `0x04` or `read | write`"),
            );
            None
        }
    }
}

fn flag_number(findings: &mut Findings, text: &str, span: Span, bits: u32) -> Option<u128> {
    let most = u128::MAX >> (MAXIMUM_BITS - bits);
    let value = Integer::parse(text).and_then(|integer| integer.to_string().parse().ok());
    let value = value.filter(|value| *value <= most);
    if value.is_none() {
        let message = format!("{text} is no value that flags of {bits} bits can have");
        findings.error(
            Code::ValueOutOfRange,
            span,
            message,
            format!("from 0 to {most}"),
        );
    }
    value
}

/// The value of the flag that `path` names, which must be declared earlier.
fn earlier_flag(findings: &mut Findings, path: &ast::Path, before: &Bits<'_>) -> Option<u128> {
    let name = path.parts.last()?;
    let known = before.named.iter();
    if let Some((_, value)) = known.clone().find(|(text, _)| *text == name.text)
        && path.parts.len() == 1
    {
        return Some(*value);
    }
    let text = path.parts.iter().map(|part| part.text.as_str());
    let text = text.collect::<Vec<_>>().join(".");
    let message = format!("there is no flag `{text}` above this one");
    let diagnostic = Diagnostic::new(Code::UnknownMember, path.span, message, "");
    let nearest = crate::diagnostic::suggest::nearest(&name.text, known.map(|(text, _)| *text));
    findings.report(match nearest {
        Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
        None => diagnostic,
    });
    None
}

/// A value of several bits is a combination of flags, so each bit must be a flag.
fn covered(findings: &mut Findings, ast: &ast::Enumeration, values: &Bits<'_>) {
    for (member, (_, value)) in ast.members.iter().zip(&values.named) {
        let Some(Literal { span, .. }) = member.value else {
            continue;
        };
        let nameless = value & !values.single;
        if !value.is_power_of_two() && nameless != 0 {
            let message = format!(
                "`{}` has a bit of its own that no flag stands for",
                member.name.text
            );
            findings.report(
                Diagnostic::new(Code::EnumValues, span, message, "").help(format!(
                    "a flag is one bit, or several flags together: add one with the value {:#x}",
                    1u128 << nameless.trailing_zeros()
                )),
            );
        }
    }
}

impl Integer {
    fn is_64_bits(&self) -> bool {
        let text = self.to_string();
        text.parse::<i64>().is_ok() || text.parse::<u64>().is_ok()
    }
}

/// The flags declared so far.
#[derive(Default)]
struct Bits<'a> {
    named: Vec<(&'a str, u128)>,
    places: HashMap<u128, Span>,
    /// The bits that any flag has.
    all: u128,
    /// The bits that are single flags.
    single: u128,
}
