//! Values of the model as Python literals.

use crate::lower::types::{Literal, builtin_of, bytes_of, row};
use crate::model::{Builtin, Interface, Type, Value};

/// The placeholder for a value that cannot be written as a literal.
pub(crate) const ELLIPSIS: &str = "...";

/// The literal of `value`; `...` if `inspect.signature` could not read it. It accepts only what `ast.literal_eval` of Python 3.8
/// does: no records, enums, infinities, frozen sets or empty sets, and nothing of the standard library.
pub(crate) fn literal(interface: &Interface, ty: &Type, value: &Value) -> String {
    exact(interface, ty, value).unwrap_or_else(|| ELLIPSIS.to_owned())
}

/// The same; none if it could not be read.
pub(crate) fn exact(interface: &Interface, ty: &Type, value: &Value) -> Option<String> {
    let ty = interface.expanded(ty);
    // The same as for a list of any length; one of bytes is `bytes`.
    if let (Type::Array { item, .. }, Value::List(items)) = (ty, value) {
        if interface.is_byte(item) {
            return Some(byte_string(&bytes_of(items)));
        }
        let items: Option<Vec<_>> = items
            .iter()
            .map(|value| exact(interface, item, value))
            .collect();
        return Some(format!("[{}]", items?.join(", ")));
    }
    // Definitions have no literals.
    let (builtin, arguments) = builtin_of(interface, ty)?;
    let nested = |index: usize, value: &Value| exact(interface, &arguments[index], value);
    let each = |values: &[Value]| -> Option<Vec<String>> {
        values.iter().map(|value| nested(0, value)).collect()
    };
    Some(match value {
        Value::Record(..) | Value::Enum(..) | Value::Flags(..) | Value::Case(..) => return None,
        Value::Member(index, value) => return nested(*index, value),
        Value::None => "None".to_owned(),
        value if builtin == Builtin::Option => return nested(0, value),
        _ if row(builtin).literal == Literal::None => return None,
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Int(digits) => digits.clone(),
        Value::Float(digits) if matches!(digits.as_str(), "inf" | "-inf" | "nan") => return None,
        Value::Float(digits) if builtin == Builtin::F32 => single_precision(digits),
        Value::Float(digits) => digits.clone(),
        Value::Str(text) => string(text),
        Value::Bytes(bytes) => byte_string(bytes),
        Value::List(items) if builtin == Builtin::Bytes => byte_string(&bytes_of(items)),
        Value::List(items) if builtin == Builtin::Set && items.is_empty() => return None,
        Value::List(items) if builtin == Builtin::Set => {
            format!("{{{}}}", each(items)?.join(", "))
        }
        Value::List(items) => format!("[{}]", each(items)?.join(", ")),
        Value::Tuple(items) => {
            let items = items
                .iter()
                .enumerate()
                .map(|(index, value)| nested(index, value));
            match items.collect::<Option<Vec<_>>>()?.as_slice() {
                [one] => format!("({one},)"),
                items => format!("({})", items.join(", ")),
            }
        }
        Value::Map(pairs) => {
            let pairs = pairs
                .iter()
                .map(|(key, value)| Some(format!("{}: {}", nested(0, key)?, nested(1, value)?)));
            format!("{{{}}}", pairs.collect::<Option<Vec<_>>>()?.join(", "))
        }
    })
}

/// The double to which Python converts a 32-bit float.
fn single_precision(digits: &str) -> String {
    match digits.parse::<f32>() {
        Ok(value) if value.is_finite() => format!("{:?}", f64::from(value)),
        _ => digits.to_owned(),
    }
}

/// A string literal on one line.
pub(crate) fn string(text: &str) -> String {
    let mut literal = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => literal.push_str("\\\""),
            '\\' => literal.push_str("\\\\"),
            '\n' => literal.push_str("\\n"),
            '\r' => literal.push_str("\\r"),
            '\t' => literal.push_str("\\t"),
            // Python's tokenizer treats U+2028 and U+2029 as ordinary characters; editors treat them as line breaks.
            '\u{2028}' | '\u{2029}' => literal.push_str(&format!("\\u{:04x}", u32::from(letter))),
            _ if letter.is_control() => literal.push_str(&format!("\\x{:02x}", u32::from(letter))),
            _ => literal.push(letter),
        }
    }
    literal + "\""
}

fn byte_string(bytes: &[u8]) -> String {
    let escape = |&byte: &u8| match byte {
        b'\'' => "'".to_owned(),
        _ => byte.escape_ascii().to_string(),
    };
    format!("b\"{}\"", bytes.iter().map(escape).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn container(builtin: Builtin, item: Builtin) -> Type {
        Type::Builtin(builtin, vec![item.into()])
    }

    fn of(ty: &Type, items: &[&str]) -> String {
        let items = items.iter().map(|&digits| Value::Int(digits.to_owned()));
        let mut compilation = crate::driver::Compilation::default();
        compilation.add("empty.pyidl", "");
        let interface = compilation.units.remove(0).interface.expect("no errors");
        literal(&interface, ty, &Value::List(items.collect()))
    }

    #[test]
    fn strings_stay_on_one_line() {
        assert_eq!(
            string("a \"b\"\n\\\u{0}é\u{2028}"),
            "\"a \\\"b\\\"\\n\\\\\\x00é\\u2028\""
        );
        assert_eq!(
            byte_string(b"it's \"\x00\xff\n"),
            "b\"it's \\\"\\x00\\xff\\n\""
        );
    }

    #[test]
    fn lists_of_bytes_are_bytes() {
        assert_eq!(
            of(&container(Builtin::List, Builtin::U8), &["1", "2"]),
            "b\"\\x01\\x02\""
        );
        assert_eq!(
            of(&container(Builtin::List, Builtin::U16), &["1", "2"]),
            "[1, 2]"
        );
    }

    #[test]
    fn empty_sets_have_no_literal() {
        assert_eq!(of(&container(Builtin::Set, Builtin::U8), &[]), "...");
        assert_eq!(of(&container(Builtin::Set, Builtin::U8), &["1"]), "{1}");
    }
}
