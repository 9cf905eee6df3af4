//! Literals of numbers.

use super::Resolver;
use super::integer::Integer;
use crate::diagnostic::Code;
use crate::model::{Type, Value};
use crate::source::Span;

impl Resolver<'_, '_> {
    pub(super) fn integer(
        &mut self,
        text: &str,
        span: Span,
        ty: &Type,
        least: Option<&Integer>,
        most: Option<&Integer>,
    ) -> Option<Value> {
        let Some(integer) = Integer::parse(text) else {
            self.error(
                Code::ValueOutOfRange,
                span,
                "an integer with too many digits",
                "",
            );
            return None;
        };
        if least.is_some_and(|least| integer < *least) || most.is_some_and(|most| integer > *most) {
            let message = format!("{integer} is out of the range of `{}`", self.show(ty));
            let range = match (least, most) {
                (Some(least), Some(most)) => format!("from {least} to {most}"),
                _ => String::new(),
            };
            self.error(Code::ValueOutOfRange, span, message, range);
            return None;
        }
        Some(Value::Int(integer.to_string()))
    }

    pub(super) fn float(
        &mut self,
        text: &str,
        span: Span,
        ty: &Type,
        single: bool,
    ) -> Option<Value> {
        let decimal = Integer::parse(text)
            .map_or_else(|| text.replace('_', ""), |integer| integer.to_string());
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
            let message = format!("a number out of the range of `{}`", self.show(ty));
            self.error(Code::ValueOutOfRange, span, message, "");
        }
        shortest.map(Value::Float)
    }
}
