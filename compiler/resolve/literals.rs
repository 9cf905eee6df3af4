//! Checks literals against their types.

use std::collections::{HashMap, HashSet};

use super::Resolver;
use super::context::Where;
use super::mismatches::{describe, is_digit};
use super::prelude::Values;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Builtin, Nature, Type, Value};
use crate::source::Span;
use crate::syntax::ast::{Literal, LiteralKind};

impl Resolver<'_, '_> {
    /// The value of `literal` as a `ty`; none if an error was already reported.
    pub(super) fn value(&mut self, at: Where, literal: &Literal, ty: &Type) -> Option<Value> {
        let expanded = self.table.expanded(ty)?.clone();
        match (&expanded, &literal.kind) {
            (_, LiteralKind::Computed) => {
                self.report(
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
                self.builtin_value(at, literal, ty, *builtin, arguments)
            }
            (Type::Array { item, length }, LiteralKind::List(items)) => {
                if items.len() as u64 != u64::from(*length) {
                    self.item_count(literal, ty, *length as usize, items.len());
                    return None;
                }
                let values = self.items(at, items.iter(), item);
                Some(Value::List(values.into_iter().collect::<Option<_>>()?))
            }
            (Type::Enum(id), LiteralKind::Case(paths)) => self.enum_value(paths, literal.span, *id),
            (Type::Variant(id), LiteralKind::Case(paths)) => {
                self.case_value(paths, literal.span, *id)
            }
            (Type::Flags(id), LiteralKind::Case(paths)) => self.flags_value(paths, *id),
            (Type::Flags(id), LiteralKind::Pairs(pairs)) if pairs.is_empty() => {
                Some(Value::Flags(*id, Vec::new()))
            }
            (Type::Record(id), LiteralKind::Pairs(pairs)) => {
                self.record_value(at, pairs, literal.span, *id)
            }
            _ => self.mismatch(at, literal, ty),
        }
    }

    /// Whether `literal` is another language's word for `none`, and not a member of `ty`.
    fn is_foreign_none(&self, literal: &Literal, ty: &Type) -> bool {
        let Some((word @ ("null" | "nil" | "undefined"), false)) = word(literal) else {
            return false;
        };
        match self.table.expanded(ty) {
            Some(Type::Enum(id)) => {
                let mut members = self.declared[*id].ast.members.iter();
                !members.any(|member| member.name.text == word)
            }
            Some(Type::Flags(id)) => {
                let mut flags = self.declared[*id].ast.members.iter();
                !flags.any(|flag| flag.name.text == word)
            }
            Some(Type::Variant(id)) => {
                let mut cases = self.declared[*id].ast.cases.iter();
                !cases.any(|case| case.name.text == word)
            }
            _ => true,
        }
    }

    /// Reports that the number of values in `literal` differs from its type's.
    fn item_count(&mut self, literal: &Literal, ty: &Type, needed: usize, given: usize) {
        let plural = if needed == 1 { "value" } else { "values" };
        let message = format!("`{}` needs {needed} {plural}, not {given}", self.show(ty));
        let help = match given < needed {
            true => format!("add {} more", needed - given),
            false => format!("leave out {} of them", given - needed),
        };
        self.report(Diagnostic::new(Code::WrongValue, literal.span, message, "").help(help));
    }

    fn builtin_value(
        &mut self,
        at: Where,
        literal: &Literal,
        ty: &Type,
        builtin: Builtin,
        arguments: &[Type],
    ) -> Option<Value> {
        match (&self.prelude.of(builtin).values, &literal.kind) {
            (Values::Boolean, _) if is_word(literal, "true") => Some(Value::Bool(true)),
            (Values::Boolean, _) if is_word(literal, "false") => Some(Value::Bool(false)),
            (Values::Integer(least, most), LiteralKind::Integer(text)) => {
                self.integer(text, literal.span, ty, least.as_ref(), most.as_ref())
            }
            (Values::Float { .. }, LiteralKind::Float(text)) if text == "-inf" => {
                Some(Value::Float(text.clone()))
            }
            (Values::Float { .. }, LiteralKind::Float(text)) if !text.contains(is_digit) => {
                self.mismatch(at, literal, ty)
            }
            (Values::Float { single }, LiteralKind::Integer(text) | LiteralKind::Float(text)) => {
                self.float(text, literal.span, ty, *single)
            }
            (Values::Float { .. }, _) if is_word(literal, "inf") || is_word(literal, "nan") => {
                Some(Value::Float(word(literal)?.0.to_owned()))
            }
            (Values::Character, LiteralKind::String(text)) => {
                if text.chars().count() != 1 {
                    let message =
                        format!("a `char` is one character, not {}", text.chars().count());
                    self.report(
                        Diagnostic::new(Code::WrongValue, literal.span, message, "")
                            .help("write one character, or make the type `string`"),
                    );
                    return None;
                }
                Some(Value::Str(text.clone()))
            }
            (Values::Text, LiteralKind::String(text)) => Some(Value::Str(text.clone())),
            (Values::Bytes, LiteralKind::String(text)) => {
                Some(Value::Bytes(text.clone().into_bytes()))
            }
            (Values::List, LiteralKind::List(items)) => {
                let item = arguments.first()?;
                let values = self.items(at, items.iter(), item);
                let found: Vec<_> = values
                    .into_iter()
                    .zip(items.iter().map(|item| item.span))
                    .collect();
                if builtin.nature() == Nature::Keyed {
                    self.distinct(
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
                    self.item_count(literal, ty, arguments.len(), items.len());
                    return None;
                }
                let items: Vec<_> = items
                    .iter()
                    .zip(arguments)
                    .map(|(literal, ty)| self.value(at, literal, ty))
                    .collect();
                Some(Value::Tuple(items.into_iter().collect::<Option<_>>()?))
            }
            (Values::Map, LiteralKind::Pairs(pairs)) => {
                let [key, value] = arguments else { return None };
                let keys = self.items(at, pairs.iter().map(|(key, _)| key), key);
                let values = self.items(at, pairs.iter().map(|(_, value)| value), value);
                let found: Vec<_> = keys.into_iter().zip(values).collect();
                let keys = found
                    .iter()
                    .zip(pairs)
                    .map(|((key, _), (literal, _))| (key.as_ref(), literal.span));
                self.distinct(keys, "key");
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
                match self.is_foreign_none(literal, inner) {
                    true => self.mismatch(at, literal, ty),
                    false => self.value(at, literal, inner),
                }
            }
            (Values::Any, _) => self.natural_value(at, literal),
            (Values::Union, _) => self.union_value(at, literal, ty, arguments),
            (Values::Complex, LiteralKind::Integer(text) | LiteralKind::Float(text)) => {
                self.float(text, literal.span, ty, false)
            }
            (Values::Decimal, _) => self.decimal(at, literal, ty),
            (Values::Uuid, LiteralKind::String(text)) => self.uuid(text, literal.span),
            _ => self.mismatch(at, literal, ty),
        }
    }

    /// The values of the items of a list, or of the keys or values of a map. Several literals of the same wrong kind are reported
    /// once.
    fn items<'l>(
        &mut self,
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
            let value = self.value(at, literal, ty);
            if self.mismatched == Some(literal.span) {
                refused.insert(describe(literal));
            }
            values.push(value);
        }
        values
    }

    /// Reports duplicate values.
    fn distinct<'v>(
        &mut self,
        values: impl Iterator<Item = (Option<&'v Value>, Span)>,
        what: &str,
    ) {
        let mut seen = HashMap::new();
        for (value, span) in values {
            let Some(value) = value else { continue };
            if let Some(first) = seen.insert(value, span) {
                let message = format!("the same {what} twice");
                self.report(
                    Diagnostic::new(Code::DuplicateKey, span, message, "")
                        .cause(first, "given before"),
                );
            }
        }
    }
}

/// The only word of a literal, and whether it was escaped.
pub(super) fn word(literal: &Literal) -> Option<(&str, bool)> {
    match &literal.kind {
        LiteralKind::Case(paths) => match paths.as_slice() {
            [path] if path.parts.len() == 1 => Some((&path.parts[0].text, path.parts[0].escaped)),
            _ => None,
        },
        _ => None,
    }
}

fn is_word(literal: &Literal, text: &str) -> bool {
    word(literal) == Some((text, false))
}
