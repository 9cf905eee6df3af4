//! Checks literals against their types, and fills in the defaults of omitted fields.

use std::collections::{HashMap, HashSet};

use super::context::{Context, Define, Owner, State};
use super::findings::Findings;
use super::lookup::Where;
use super::members::{self, Named};
use super::mismatches::{self, describe, is_digit, word};
use super::prelude::{Values, prelude};
use super::scalars;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Builtin, Nature, RecordId, Type, Value, VariantId};
use crate::source::Span;
use crate::syntax::ast::{Field, Literal, LiteralKind, Name, Path, Payload};

/// The limits on depth and size of nested defaults. Their text could require exponentially more.
const MAXIMUM_DEPTH: usize = 32;
const MAXIMUM_SIZE: usize = 10_000;

/// The value of `literal` as a `ty`; none if an error was already reported.
pub(super) fn value_of(cx: &mut Define, at: Where, literal: &Literal, ty: &Type) -> Option<Value> {
    let expanded = cx.types.table.expanded(ty)?.clone();
    match (&expanded, &literal.kind) {
        (_, LiteralKind::Computed) => {
            cx.report(
                Diagnostic::new(
                    Code::WrongValue,
                    literal.span,
                    "`...` is not a value",
                    "a value is needed here",
                )
                .help("only the default of a parameter as a whole can be `...`"),
            );
            None
        }
        (Type::Builtin(builtin, arguments), _) => {
            builtin_value(cx, at, literal, ty, *builtin, arguments)
        }
        (Type::Array { item, length }, LiteralKind::List(items)) => {
            if items.len() as u64 != u64::from(*length) {
                mismatches::item_count(cx, literal, ty, *length as usize, items.len());
                return None;
            }
            let values = item_values(cx, at, items.iter(), item);
            Some(Value::List(values.into_iter().collect::<Option<_>>()?))
        }
        (Type::Enum(id), LiteralKind::Case(paths)) => {
            members::enum_value(cx, paths, literal.span, *id)
        }
        (Type::Variant(id), LiteralKind::Case(paths)) => case_value(cx, paths, literal.span, *id),
        (Type::Flags(id), LiteralKind::Case(paths)) => members::flags_value(cx, paths, *id),
        (Type::Flags(id), LiteralKind::Pairs(pairs)) if pairs.is_empty() => {
            Some(Value::Flags(*id, Vec::new()))
        }
        (Type::Record(id), LiteralKind::Pairs(pairs)) => {
            record_value(cx, at, pairs, literal.span, *id)
        }
        _ => mismatches::mismatch(cx, at, literal, ty),
    }
}

/// Whether `literal` is another language's keyword for `none`, and not a member of `ty`.
fn is_foreign_none(cx: &Define, literal: &Literal, ty: &Type) -> bool {
    let Some((word @ ("null" | "nil" | "undefined"), false)) = word(literal) else {
        return false;
    };
    match cx.types.table.expanded(ty) {
        Some(Type::Enum(id)) => {
            let mut members = cx.names.declared[*id].ast.members.iter();
            !members.any(|member| member.name.text == word)
        }
        Some(Type::Flags(id)) => {
            let mut flags = cx.names.declared[*id].ast.members.iter();
            !flags.any(|flag| flag.name.text == word)
        }
        Some(Type::Variant(id)) => {
            let mut cases = cx.names.declared[*id].ast.cases.iter();
            !cases.any(|case| case.name.text == word)
        }
        _ => true,
    }
}

fn builtin_value(
    cx: &mut Define,
    at: Where,
    literal: &Literal,
    ty: &Type,
    builtin: Builtin,
    arguments: &[Type],
) -> Option<Value> {
    match (&prelude().of(builtin).values, &literal.kind) {
        (Values::Boolean, _) if is_word(literal, "true") => Some(Value::Bool(true)),
        (Values::Boolean, _) if is_word(literal, "false") => Some(Value::Bool(false)),
        (Values::Integer(least, most), LiteralKind::Integer(text)) => {
            scalars::integer(cx, text, literal.span, ty, least.as_ref(), most.as_ref())
        }
        (Values::Float { .. }, LiteralKind::Float(text)) if text == "-inf" => {
            Some(Value::Float(text.clone()))
        }
        (Values::Float { .. }, LiteralKind::Float(text)) if !text.contains(is_digit) => {
            mismatches::mismatch(cx, at, literal, ty)
        }
        (Values::Float { single }, LiteralKind::Integer(text) | LiteralKind::Float(text)) => {
            scalars::float(cx, text, literal.span, ty, *single)
        }
        (Values::Float { .. }, _) if is_word(literal, "inf") || is_word(literal, "nan") => {
            Some(Value::Float(word(literal)?.0.to_owned()))
        }
        (Values::Character, LiteralKind::String(text)) => {
            if text.chars().count() != 1 {
                let message = format!("a `char` is one character, not {}", text.chars().count());
                cx.report(
                    Diagnostic::new(Code::WrongValue, literal.span, message, "")
                        .help("write one character, or make the type `string`"),
                );
                return None;
            }
            Some(Value::Str(text.clone()))
        }
        (Values::Text, LiteralKind::String(text)) => Some(Value::Str(text.clone())),
        (Values::Bytes, LiteralKind::String(text)) => Some(Value::Bytes(text.clone().into_bytes())),
        (Values::List, LiteralKind::List(items)) => {
            let item = arguments.first()?;
            let values = item_values(cx, at, items.iter(), item);
            let found: Vec<_> = values
                .into_iter()
                .zip(items.iter().map(|item| item.span))
                .collect();
            if builtin.nature() == Nature::Keyed {
                distinct(
                    cx.findings,
                    found.iter().map(|(value, span)| (value.as_ref(), *span)),
                    "item",
                );
            }
            Some(Value::List(
                found
                    .into_iter()
                    .map(|(value, _)| value)
                    .collect::<Option<_>>()?,
            ))
        }
        (Values::Tuple, LiteralKind::Tuple(items)) => {
            if items.len() != arguments.len() {
                mismatches::item_count(cx, literal, ty, arguments.len(), items.len());
                return None;
            }
            let items: Vec<_> = items
                .iter()
                .zip(arguments)
                .map(|(literal, ty)| value_of(cx, at, literal, ty))
                .collect();
            Some(Value::Tuple(items.into_iter().collect::<Option<_>>()?))
        }
        (Values::Map, LiteralKind::Pairs(pairs)) => {
            let [key, value] = arguments else { return None };
            let keys = item_values(cx, at, pairs.iter().map(|(key, _)| key), key);
            let values = item_values(cx, at, pairs.iter().map(|(_, value)| value), value);
            let found: Vec<_> = keys.into_iter().zip(values).collect();
            let keys = found
                .iter()
                .zip(pairs)
                .map(|((key, _), (literal, _))| (key.as_ref(), literal.span));
            distinct(cx.findings, keys, "key");
            Some(Value::Map(
                found
                    .into_iter()
                    .map(|(key, value)| Some((key?, value?)))
                    .collect::<Option<_>>()?,
            ))
        }
        (Values::Option, _) if is_word(literal, "none") => Some(Value::None),
        (Values::Option, _) => {
            let inner = arguments.first()?;
            match is_foreign_none(cx, literal, inner) {
                true => mismatches::mismatch(cx, at, literal, ty),
                false => value_of(cx, at, literal, inner),
            }
        }
        (Values::Any, _) => natural_value(cx, at, literal),
        (Values::Union, _) => union_value(cx, at, literal, ty, arguments),
        (Values::Complex, LiteralKind::Integer(text) | LiteralKind::Float(text)) => {
            scalars::float(cx, text, literal.span, ty, false)
        }
        (Values::Decimal, _) => scalars::decimal(cx, at, literal, ty),
        (Values::Uuid, LiteralKind::String(text)) => scalars::uuid(cx.findings, text, literal.span),
        _ => mismatches::mismatch(cx, at, literal, ty),
    }
}

/// The values of the items of a list, or of the keys or values of a map. Several literals of the same wrong kind are reported
/// once.
fn item_values<'l>(
    cx: &mut Define,
    at: Where,
    literals: impl Iterator<Item = &'l Literal>,
    ty: &Type,
) -> Vec<Option<Value>> {
    let mut refused = HashSet::new();
    let mut values = Vec::new();
    for literal in literals {
        if !refused.is_empty() && refused.contains(&describe(literal)) {
            values.push(None);
            continue;
        }
        let value = value_of(cx, at, literal, ty);
        // If one member of a union accepts the literal, it does not matter that another one rejects it.
        if value.is_none() && cx.mismatched == Some(literal.span) {
            refused.insert(describe(literal));
        }
        values.push(value);
    }
    values
}

/// Reports duplicate values.
fn distinct<'v>(
    findings: &mut Findings,
    values: impl Iterator<Item = (Option<&'v Value>, Span)>,
    what: &str,
) {
    let mut seen = HashMap::new();
    for (value, span) in values {
        let Some(value) = value else { continue };
        if let Some(first) = seen.insert(value, span) {
            let message = format!("the same {what} twice");
            findings.report(
                Diagnostic::new(Code::DuplicateKey, span, message, "").cause(first, "given before"),
            );
        }
    }
}

/// The value of a literal on its own, for `any`.
fn natural_value(cx: &mut Define, at: Where, literal: &Literal) -> Option<Value> {
    let any = || Type::from(Builtin::Any);
    let ty = match &literal.kind {
        LiteralKind::Integer(_) => Builtin::Int.into(),
        LiteralKind::Float(_) => Builtin::F64.into(),
        LiteralKind::String(_) => Builtin::String.into(),
        LiteralKind::List(_) => Type::Builtin(Builtin::List, vec![any()]),
        LiteralKind::Tuple(items) => {
            Type::Builtin(Builtin::Tuple, items.iter().map(|_| any()).collect())
        }
        LiteralKind::Pairs(_) => Type::Builtin(Builtin::Map, vec![any(), any()]),
        LiteralKind::Case(paths) => {
            let word = match paths.as_slice() {
                [path] if path.parts.len() == 1 => path.parts[0].text.as_str(),
                _ => "",
            };
            match word {
                "none" => return Some(Value::None),
                "true" | "false" => Builtin::Bool.into(),
                "inf" | "nan" => Builtin::F64.into(),
                _ => {
                    let message = "a name is no value of any type";
                    cx.report(
                        Diagnostic::new(Code::WrongValue, literal.span, message, "").help(
                            "write a number, a string, `true`, `false`, `none`, or a list of these",
                        ),
                    );
                    return None;
                }
            }
        }
        LiteralKind::Computed => return None,
    };
    value_of(cx, at, literal, &ty)
}

/// The value of a literal for the first member of a union that accepts it.
fn union_value(
    cx: &mut Define,
    at: Where,
    literal: &Literal,
    ty: &Type,
    members: &[Type],
) -> Option<Value> {
    for (index, member) in members.iter().enumerate() {
        let before = std::mem::take(&mut cx.findings.diagnostics);
        let value = value_of(cx, at, literal, member);
        let tried = std::mem::replace(&mut cx.findings.diagnostics, before);
        keep_others(cx, tried, literal.span);
        if let Some(value) = value {
            return Some(Value::Member(index, Box::new(value)));
        }
    }
    mismatches::mismatch(cx, at, literal, ty)
}

/// Keeps the findings that are not about a literal that was only tried.
fn keep_others(cx: &mut Context, tried: Diagnostics, span: Span) {
    for found in tried.sorted() {
        let place = found.primary.span;
        if place.file != span.file || place.start < span.start || place.end > span.end {
            cx.report(found);
        }
    }
}

/// `close`, `command.close`: a case without a payload, or whose fields all have defaults.
fn case_value(cx: &mut Define, paths: &[Path], span: Span, id: VariantId) -> Option<Value> {
    let variant = &cx.names.declared[id];
    let (ast, whole) = (variant.ast, variant.span);
    let [path] = paths else {
        let message = "cases of a variant cannot be combined";
        cx.report(
            Diagnostic::new(Code::WrongValue, span, message, "one case is needed here")
                .help("write one of them"),
        );
        return None;
    };
    let names: Vec<&Name> = ast.cases.iter().map(|case| &case.name).collect();
    let of = Named {
        kind: "variant",
        member: "case",
        name: &ast.name,
        whole,
    };
    let index = members::member_index(cx.findings, path, of, &names)?;
    let fields: &[Field] = match &ast.cases[index].payload {
        Payload::None => &[],
        Payload::Fields(fields) if fields.iter().all(|field| field.default.is_some()) => fields,
        Payload::Tuple(_) | Payload::Fields(_) => {
            let message = format!(
                "`{}` carries values that cannot be written here",
                names[index].text
            );
            cx.report(
                Diagnostic::new(Code::WrongValue, span, message, "")
                    .cause(names[index].span, "this case")
                    .help("name a case that carries nothing, or let Rust choose with `= ...`"),
            );
            return None;
        }
    };
    let values: Vec<_> = (0..fields.len())
        .map(|field| field_default(cx, Owner::Case(id, index), field, span))
        .collect();
    let values = values.into_iter().collect::<Option<_>>()?;
    Some(Value::Case(id, index, values))
}

/// `{ x: 0.0, y: 0.0 }`
fn record_value(
    cx: &mut Define,
    at: Where,
    pairs: &[(Literal, Literal)],
    span: Span,
    id: RecordId,
) -> Option<Value> {
    let record = cx.names.declared[id].ast;
    let mut values: Vec<Option<Option<Value>>> = vec![None; record.fields.len()];
    let mut places = vec![None; record.fields.len()];
    let mut complete = true;
    for (key, literal) in pairs {
        let Some(name) = field_name(key) else {
            let message = format!(
                "the name of a field of `{}` is needed here",
                record.name.text
            );
            cx.error(Code::WrongValue, key.span, message, "expected a name");
            complete = false;
            continue;
        };
        let Some(index) = record
            .fields
            .iter()
            .position(|field| field.name.text == name.text)
        else {
            if !cx.findings.is_damaged(cx.names.declared[id].span) {
                let names = record.fields.iter().map(|field| field.name.text.as_str());
                let message = format!(
                    "the record `{}` has no field `{}`",
                    record.name.text, name.text
                );
                members::unknown_member(
                    cx.findings,
                    name,
                    message,
                    names.collect(),
                    record.name.span,
                );
            }
            complete = false;
            continue;
        };
        let value = match cx.types.table.fields(id)[index].clone() {
            Some(ty) => value_of(cx, at, literal, &ty),
            None => None,
        };
        values[index] = Some(value);
        if let Some(first) = places[index].replace(key.span) {
            let message = format!("the field `{}` is given twice", name.text);
            cx.report(
                Diagnostic::new(Code::DuplicateKey, key.span, message, "")
                    .cause(first, "given before"),
            );
        }
    }
    let mut missing = Vec::new();
    for (index, value) in values
        .iter_mut()
        .enumerate()
        .filter(|(_, value)| value.is_none())
    {
        match record.fields[index].default {
            Some(_) => *value = Some(field_default(cx, Owner::Record(id), index, span)),
            None => missing.push(record.fields[index].name.text.as_str()),
        }
    }
    if !missing.is_empty() && complete && !cx.findings.is_damaged(cx.names.declared[id].span) {
        let (fields, are) = if missing.len() == 1 {
            ("field", "is")
        } else {
            ("fields", "are")
        };
        let message = format!(
            "the {fields} `{}` of `{}` {are} missing",
            missing.join("`, `"),
            record.name.text
        );
        let help = format!("add `{}: …`", missing[0]);
        cx.report(
            Diagnostic::new(Code::MissingField, span, message, "")
                .cause(record.name.span, "declared here")
                .help(help),
        );
    }
    let values: Option<Vec<Value>> = values.into_iter().map(Option::flatten).collect();
    values
        .filter(|_| complete)
        .map(|values| Value::Record(id, values))
}

/// The default of a field, for an omission at `place`. `None` if there is none or an error was already reported.
pub(super) fn field_default(
    cx: &mut Define,
    owner: Owner,
    index: usize,
    place: Span,
) -> Option<Value> {
    let (fields, module): (&[Field], _) = match owner {
        Owner::Record(id) => (
            &cx.names.declared[id].ast.fields,
            cx.names.declared[id].module,
        ),
        Owner::Case(id, case) => match &cx.names.declared[id].ast.cases[case].payload {
            Payload::Fields(fields) => (fields, cx.names.declared[id].module),
            Payload::None | Payload::Tuple(_) => return None,
        },
    };
    let at = Where::module(module);
    let field = fields.get(index)?;
    match cx.defaults.fields.get(&(owner, index)) {
        Some(State::Done(value)) => return value.clone(),
        None if cx.defaults.depth < MAXIMUM_DEPTH => {}
        stopped => {
            let message = match stopped {
                Some(_) => format!("the default of `{}` contains itself", field.name.text),
                None => format!("the default of `{}` is nested too deeply", field.name.text),
            };
            let diagnostic =
                Diagnostic::new(Code::RecursiveDefault, place, message, "filled in here");
            cx.report(diagnostic.cause(field.name.span, "this field"));
            return None;
        }
    }
    cx.defaults.fields.insert((owner, index), State::Running);
    cx.defaults.depth += 1;
    let value = match (&field.default, cx.types.of(owner)[index].clone()) {
        (Some(literal), Some(ty)) => value_of(cx, at, literal, &ty),
        _ => None,
    };
    cx.defaults.depth -= 1;
    let value = match value {
        Some(value) if size(&value) > MAXIMUM_SIZE => {
            let message = format!(
                "the default of `{}` is too large with all defaults filled in",
                field.name.text
            );
            cx.error(Code::RecursiveDefault, field.name.span, message, "");
            None
        }
        value => value,
    };
    cx.defaults
        .fields
        .insert((owner, index), State::Done(value.clone()));
    value
}

fn is_word(literal: &Literal, text: &str) -> bool {
    word(literal) == Some((text, false))
}

fn field_name(key: &Literal) -> Option<&Name> {
    match &key.kind {
        LiteralKind::Case(paths) => match paths.as_slice() {
            [path] if path.parts.len() == 1 => Some(&path.parts[0]),
            _ => None,
        },
        _ => None,
    }
}

/// The number of values in `value`, itself included.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::List(values)
        | Value::Tuple(values)
        | Value::Record(_, values)
        | Value::Case(_, _, values) => values.iter().map(size).sum(),
        Value::Map(pairs) => pairs
            .iter()
            .map(|(key, value)| size(key) + size(value))
            .sum(),
        Value::Member(_, value) => size(value),
        _ => 0,
    }
}
