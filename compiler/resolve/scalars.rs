//! Literals of numbers, decimals and UUIDs.

use super::context::{Context, Define};
use super::findings::Findings;
use super::integer::Integer;
use super::lookup::Where;
use super::mismatches;
use crate::diagnostic::Code;
use crate::model::{Type, Value};
use crate::source::Span;
use crate::syntax::ast::{Literal, LiteralKind};

/// A decimal number, written as a number or as a string that `decimal.Decimal` takes.
pub(super) fn decimal(cx: &mut Define, at: Where, literal: &Literal, ty: &Type) -> Option<Value> {
    match &literal.kind {
        LiteralKind::Integer(text) => match super::integer::Integer::parse(text) {
            Some(integer) => Some(Value::Str(integer.to_string())),
            None => {
                let message = "an integer with too many digits";
                cx.error(Code::ValueOutOfRange, literal.span, message, "");
                None
            }
        },
        LiteralKind::Float(text) => Some(Value::Str(text.replace('_', ""))),
        LiteralKind::String(text) if is_decimal(text) => Some(Value::Str(text.clone())),
        LiteralKind::String(text) => {
            let message = format!("{text:?} is no decimal number");
            cx.error(Code::WrongValue, literal.span, message, "");
            None
        }
        _ => mismatches::mismatch(cx, at, literal, ty),
    }
}

/// A UUID, written as a string.
pub(super) fn uuid(findings: &mut Findings, text: &str, span: Span) -> Option<Value> {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    let hexadecimal = |group: &&str| group.bytes().all(|byte| byte.is_ascii_hexdigit());
    if lengths == [8, 4, 4, 4, 12] && groups.iter().all(hexadecimal) {
        return Some(Value::Str(text.to_ascii_lowercase()));
    }
    let message = format!("{text:?} is no UUID");
    let label = "32 hexadecimal digits in groups of 8, 4, 4, 4 and 12, with `-` between them";
    findings.error(Code::WrongValue, span, message, label);
    None
}

pub(super) fn integer(
    cx: &mut Context,
    text: &str,
    span: Span,
    ty: &Type,
    least: Option<&Integer>,
    most: Option<&Integer>,
) -> Option<Value> {
    let Some(integer) = Integer::parse(text) else {
        cx.error(
            Code::ValueOutOfRange,
            span,
            "an integer with too many digits",
            "",
        );
        return None;
    };
    if least.is_some_and(|least| integer < *least) || most.is_some_and(|most| integer > *most) {
        let message = format!("{integer} is out of the range of `{}`", cx.names.show(ty));
        let range = match (least, most) {
            (Some(least), Some(most)) => format!("from {least} to {most}"),
            _ => String::new(),
        };
        cx.error(Code::ValueOutOfRange, span, message, range);
        return None;
    }
    Some(Value::Int(integer.to_string()))
}

pub(super) fn float(
    cx: &mut Context,
    text: &str,
    span: Span,
    ty: &Type,
    single: bool,
) -> Option<Value> {
    let decimal =
        Integer::parse(text).map_or_else(|| text.replace('_', ""), |integer| integer.to_string());
    let shortest = if single {
        decimal
            .parse::<f32>()
            .ok()
            .filter(|number| number.is_finite())
            .map(|number| format!("{number:?}"))
    } else {
        decimal
            .parse::<f64>()
            .ok()
            .filter(|number| number.is_finite())
            .map(|number| format!("{number:?}"))
    };
    if shortest.is_none() {
        let message = format!("a number out of the range of `{}`", cx.names.show(ty));
        cx.error(Code::ValueOutOfRange, span, message, "");
    }
    shortest.map(Value::Float)
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
