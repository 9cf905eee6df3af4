//! Values of the model as Rust expressions.

use crate::emit::language::rust::scope::Scope;
use crate::lower::names::{rust_constant, rust_type, rust_value};
use crate::lower::types::{builtin_of, bytes_of, option_of, row};
use crate::lower::unions::{cases, union_of};
use crate::model::{Builtin, Flags, Interface, Payload, Type, Value};
use crate::render::layout::Layout;

/// What an expression is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A value of the owned type.
    Owned,
    /// A constant, or a value for a parameter that is a reference: strings and lists are borrowed.
    Borrowed,
}

/// What it takes to evaluate an expression.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cost {
    /// Nothing: it is the default of its type.
    Default,
    /// Nothing: it is a constant.
    Constant,
    /// A computation.
    Computed,
}

/// What it takes to evaluate the expression for `value` of type `ty`.
pub(crate) fn cost(interface: &Interface, ty: &Type, value: &Value, form: Form) -> Cost {
    let ty = interface.expanded(ty);
    if let (Some(inner), false) = (option_of(interface, ty), *value == Value::None) {
        return match cost(interface, inner, value, form) {
            Cost::Constant => Cost::Constant,
            Cost::Default | Cost::Computed => Cost::Computed,
        };
    }
    let builtin = builtin_of(interface, ty).map(|(builtin, _)| builtin);
    let is_constant = match value {
        Value::None | Value::Bool(_) | Value::Enum(..) => true,
        Value::Int(_) => builtin != Some(Builtin::Int),
        Value::Float(_) => builtin != Some(Builtin::Complex),
        Value::Str(_) if form == Form::Borrowed && builtin == Some(Builtin::String) => true,
        Value::Str(_) => builtin == Some(Builtin::Char),
        Value::Flags(_, members) => members.len() == 1,
        Value::Case(_, _, values) => values.is_empty(),
        // Bytes are a vector, but for arrays.
        Value::Bytes(_) => builtin.is_none(),
        Value::List(items) if items.is_empty() && builtin.is_some() => return Cost::Default,
        Value::Map(pairs) if pairs.is_empty() => return Cost::Default,
        Value::List(_)
        | Value::Map(_)
        | Value::Tuple(_)
        | Value::Record(..)
        | Value::Member(..) => false,
    };
    match is_constant {
        true => Cost::Constant,
        false => Cost::Computed,
    }
}

/// The expression for `value` of type `ty`.
pub(crate) fn expression(scope: &Scope<'_>, ty: &Type, value: &Value, form: Form) -> Layout {
    let expression = |ty: &Type, value: &Value| expression(scope, ty, value, form);
    if let (Some((id, members)), Value::Member(index, value)) =
        (union_of(scope.interface, ty), value)
    {
        let alias = &scope.interface[id];
        let name = scope.ty(alias.module, &alias.name);
        let case = cases(scope.interface, members).swap_remove(*index);
        // The payload of a case is owned.
        let value = self::expression(scope, &members[*index], value, Form::Owned);
        return Layout::call(format!("{name}::{case}"), vec![value]);
    }
    let ty = scope.interface.expanded(ty);
    if *value == Value::None {
        return scope.std("None").into();
    }
    if let Some(inner) = option_of(scope.interface, ty) {
        return Layout::call(scope.std("Some"), vec![expression(inner, value)]);
    }
    match (ty, value) {
        (Type::Record(id), Value::Record(_, values)) => {
            let record = &scope.interface[*id];
            // The fields of a record are owned.
            let fields = record.fields.iter().zip(values).map(|(field, value)| {
                let owned = self::expression(scope, &field.ty, value, Form::Owned);
                (rust_value(&field.name), owned)
            });
            let name = scope.ty(record.module, &record.name);
            Layout::structure(name, fields.collect())
        }
        (_, Value::Enum(id, member)) => {
            let enumeration = &scope.interface[*id];
            let member = rust_type(&enumeration.members[*member].name);
            let name = scope.ty(enumeration.module, &enumeration.name);
            Layout::Text(format!("{name}::{member}"))
        }
        (_, Value::Flags(id, members)) => flags(scope, &scope.interface[*id], members),
        (_, Value::Case(id, case, values)) => {
            let variant = &scope.interface[*id];
            let case = &variant.cases[*case];
            let name = scope.ty(variant.module, &variant.name);
            let path = format!("{name}::{}", rust_type(&case.name));
            // The payload of a case is owned.
            let owned = |ty: &Type, value: &Value| self::expression(scope, ty, value, Form::Owned);
            match &case.payload {
                Payload::None => path.into(),
                Payload::Tuple(types) => {
                    let values = types.iter().zip(values).map(|(ty, value)| owned(ty, value));
                    Layout::call(path, values.collect())
                }
                Payload::Fields(fields) => {
                    let fields = fields
                        .iter()
                        .zip(values)
                        .map(|(field, value)| (rust_value(&field.name), owned(&field.ty, value)));
                    Layout::structure(path, fields.collect())
                }
            }
        }
        (Type::Array { item, .. }, Value::List(items)) => {
            Layout::array(items.iter().map(|value| expression(item, value)).collect())
        }
        (Type::Array { .. }, Value::Bytes(bytes)) => {
            let literal = byte_string(bytes, Form::Borrowed).one_line();
            Layout::Text(format!("*{literal}"))
        }
        _ => match builtin_of(scope.interface, ty) {
            Some((builtin, arguments)) => builtin_value(scope, (builtin, arguments), value, form),
            None => unreachable!("{value:?} is not a value of {ty:?}"),
        },
    }
}

/// The expression for a value of a builtin type other than an option.
fn builtin_value(
    scope: &Scope<'_>,
    (builtin, arguments): (Builtin, &[Type]),
    value: &Value,
    form: Form,
) -> Layout {
    let item = |index: usize, value: &Value| expression(scope, &arguments[index], value, form);
    match (builtin, value) {
        (_, Value::Bool(value)) => Layout::Text(value.to_string()),
        (Builtin::Complex, Value::Float(_)) => {
            let parts = [
                (
                    "re".to_owned(),
                    builtin_value(scope, (Builtin::F64, &[]), value, form),
                ),
                ("im".to_owned(), "0.0".into()),
            ];
            Layout::structure("rt::Complex", parts.into())
        }
        (Builtin::Decimal, Value::Str(text)) => {
            Layout::call(scope.glue("decimal"), vec![string(text).into()])
        }
        (Builtin::Uuid, Value::Str(text)) => {
            let digits = format!("0x{}", text.replace('-', "_"));
            Layout::call("rt::Uuid::from_u128", vec![digits.into()])
        }
        (_, Value::Float(digits)) => {
            let float = row(builtin).rust;
            match digits.as_str() {
                "inf" => format!("{float}::INFINITY").into(),
                "-inf" => format!("{float}::NEG_INFINITY").into(),
                "nan" => format!("{float}::NAN").into(),
                digits => digits.into(),
            }
        }
        (Builtin::Int, Value::Int(digits)) => big_integer(scope, digits),
        (_, Value::Int(digits)) => digits.as_str().into(),
        (_, Value::Bytes(bytes)) => byte_string(bytes, form),
        (Builtin::Char, Value::Str(text)) => {
            Layout::Text(format!("{:?}", text.chars().next().unwrap_or_default()))
        }
        (Builtin::String, Value::Str(text)) if form == Form::Borrowed => Layout::Text(string(text)),
        // The call names the trait, which need not be in scope.
        (Builtin::String | Builtin::Path, Value::Str(text)) => Layout::call(
            format!("{}::from", scope.std("From")),
            vec![string(text).into()],
        ),
        (Builtin::Bytes, Value::List(items)) => byte_string(&bytes_of(items), form),
        (_, Value::Tuple(items)) => {
            let items = items.iter().enumerate();
            Layout::tuple(items.map(|(index, value)| item(index, value)).collect())
        }
        (_, Value::List(items)) => {
            let items: Vec<_> = items.iter().map(|value| item(0, value)).collect();
            match (builtin, form) {
                (Builtin::List, Form::Borrowed) => Layout::slice(items),
                (Builtin::List, Form::Owned) if items.is_empty() => {
                    Layout::Text(format!("{}::new()", scope.std("Vec")))
                }
                (Builtin::List, Form::Owned) => Layout::vec(items),
                _ => from_items(scope, items),
            }
        }
        (_, Value::Map(pairs)) => {
            let pairs = pairs
                .iter()
                .map(|(key, value)| Layout::tuple(vec![item(0, key), item(1, value)]));
            from_items(scope, pairs.collect())
        }
        _ => unreachable!("{value:?} is not a value of `{builtin}`"),
    }
}

/// A set of flags: `Style::BOLD`, `Style::from_flags(&[Style::BOLD, Style::DASHED])`.
fn flags(scope: &Scope<'_>, flags: &Flags, members: &[usize]) -> Layout {
    let ty = scope.ty(flags.module, &flags.name);
    let name = |member: &usize| format!("{ty}::{}", rust_constant(&flags.flags[*member].name));
    match members {
        [] => format!("{ty}::empty()").into(),
        [one] => name(one).into(),
        several => {
            let names = several.iter().map(|member| name(member).into());
            Layout::call(
                format!("{ty}::from_flags"),
                vec![Layout::slice(names.collect())],
            )
        }
    }
}

/// A string literal.
pub(crate) fn string(text: &str) -> String {
    let mut literal = String::from("\"");
    for letter in text.chars() {
        match letter {
            // `escape_debug` would escape these as well, but only a character needs it.
            '\'' => literal.push(letter),
            _ => literal.extend(letter.escape_debug()),
        }
    }
    literal + "\""
}

/// `0x1_0000`
pub(crate) fn hexadecimal(value: u128) -> String {
    let digits = format!("{value:x}");
    let mut text = String::from("0x");
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index) % 4 == 0 {
            text.push('_');
        }
        text.push(digit);
    }
    text
}

fn byte_string(bytes: &[u8], form: Form) -> Layout {
    let literal = format!(
        "b\"{}\"",
        bytes.escape_ascii().to_string().replace("\\'", "'")
    );
    match form {
        Form::Borrowed => literal.into(),
        Form::Owned => Layout::Text(literal + ".to_vec()"),
    }
}

fn big_integer(scope: &Scope<'_>, digits: &str) -> Layout {
    match digits.parse::<i128>() {
        Ok(_) => Layout::call(
            format!("{}::from", scope.std("From")),
            vec![format!("{digits}_i128").into()],
        ),
        Err(_) => Layout::call(scope.glue("big_integer"), vec![string(digits).into()]),
    }
}

/// A set or map of these items.
fn from_items(scope: &Scope<'_>, items: Vec<Layout>) -> Layout {
    if items.is_empty() {
        return Layout::Text(format!("{}::default()", scope.std("Default")));
    }
    Layout::call(scope.glue("collect"), vec![Layout::array(items)])
}

#[cfg(test)]
mod tests {
    #[test]
    fn long_numbers_are_grouped() {
        assert_eq!(super::hexadecimal(8), "0x8");
        assert_eq!(super::hexadecimal(0x1_0000), "0x1_0000");
        assert_eq!(super::hexadecimal(0xffff_0000), "0xffff_0000");
    }
}
