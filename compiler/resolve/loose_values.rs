//! Literals of types that accept several kinds of values, and of types whose values are written as strings.

use super::Resolver;
use super::context::Where;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{Builtin, Type, Value};
use crate::source::Span;
use crate::syntax::ast::{Literal, LiteralKind};

impl Resolver<'_, '_> {
    /// The value of a literal on its own, for `any`.
    pub(super) fn natural_value(&mut self, at: Where, literal: &Literal) -> Option<Value> {
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
                        self.report(
                            Diagnostic::new(Code::WrongValue, literal.span, message, "")
                                .help("write a number, a string, `true`, `false`, `none`, or a list of these"),
                        );
                        return None;
                    }
                }
            }
            LiteralKind::Computed => return None,
        };
        self.value(at, literal, &ty)
    }

    /// The value of a literal for the first member of a union that accepts it.
    pub(super) fn union_value(
        &mut self,
        at: Where,
        literal: &Literal,
        ty: &Type,
        members: &[Type],
    ) -> Option<Value> {
        for (index, member) in members.iter().enumerate() {
            let before = std::mem::take(self.diagnostics);
            let value = self.value(at, literal, member);
            let tried = std::mem::replace(self.diagnostics, before);
            self.keep_others(tried, literal.span);
            if let Some(value) = value {
                return Some(Value::Member(index, Box::new(value)));
            }
        }
        self.mismatch(at, literal, ty)
    }

    /// Keeps the findings that are not about a literal that was only tried.
    fn keep_others(&mut self, tried: Diagnostics, span: Span) {
        for found in tried.sorted() {
            let place = found.primary.span;
            if place.file != span.file || place.start < span.start || place.end > span.end {
                self.report(found);
            }
        }
    }

    /// A decimal number, written as a number or as a string that `decimal.Decimal` takes.
    pub(super) fn decimal(&mut self, at: Where, literal: &Literal, ty: &Type) -> Option<Value> {
        match &literal.kind {
            LiteralKind::Integer(text) => match super::integer::Integer::parse(text) {
                Some(integer) => Some(Value::Str(integer.to_string())),
                None => {
                    let message = "an integer with too many digits";
                    self.error(Code::ValueOutOfRange, literal.span, message, "");
                    None
                }
            },
            LiteralKind::Float(text) => Some(Value::Str(text.replace('_', ""))),
            LiteralKind::String(text) if is_decimal(text) => Some(Value::Str(text.clone())),
            LiteralKind::String(text) => {
                let message = format!("{text:?} is no decimal number");
                self.error(Code::WrongValue, literal.span, message, "");
                None
            }
            _ => self.mismatch(at, literal, ty),
        }
    }

    /// A UUID, written as a string.
    pub(super) fn uuid(&mut self, text: &str, span: Span) -> Option<Value> {
        let groups: Vec<&str> = text.split('-').collect();
        let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
        let hexadecimal = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
        if lengths == [8, 4, 4, 4, 12] && groups.iter().all(hexadecimal) {
            return Some(Value::Str(text.to_ascii_lowercase()));
        }
        let message = format!("{text:?} is no UUID");
        let label = "32 hexadecimal digits in groups of 8, 4, 4, 4 and 12, with `-` between them";
        self.error(Code::WrongValue, span, message, label);
        None
    }
}

/// Whether `text` is a decimal number, possibly with a point and an exponent.
fn is_decimal(text: &str) -> bool {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    let (number, exponent) = match unsigned.split_once(['e', 'E']) {
        Some((number, exponent)) => (number, Some(exponent)),
        None => (unsigned, None),
    };
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (whole, fraction) = number.split_once('.').unwrap_or((number, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let unsigned = exponent.strip_prefix(['-', '+']).unwrap_or(exponent);
        !unsigned.is_empty() && digits(unsigned)
    });
    digits(whole) && digits(fraction) && !(whole.is_empty() && fraction.is_empty()) && exponent_fits
}
