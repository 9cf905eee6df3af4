//! Errors of calls whose arguments do not match the signature, worded as CPython does for a Python function of the same signature
//! (`Python/ceval.c`: `initialize_locals` and the functions that it calls).

use super::bind::KeywordArguments;
use super::suggestion::closest;
use super::{Given, Parameter, Signature};
use crate::convert::string;
use crate::error::{Error, shortened};
use crate::ffi::Raw;
use crate::host::{Version, host};
use crate::object::Argument;
use crate::python::Python;

impl Signature {
    /// Returns the name that errors begin with: 3.10 and later use the qualified one.
    fn shown_name(&self) -> &'static str {
        if host().version >= Version::new(3, 10) {
            self.qualified_name
        } else {
            self.name.to_str().unwrap_or(self.qualified_name)
        }
    }

    /// Returns the number of receivers: `self` and `cls` count as parameters and as arguments of a Python function.
    fn receivers(&self) -> usize {
        usize::from(self.receiver)
    }
}

#[cold]
pub(super) fn multiple_values(signature: &Signature, index: usize) -> Error {
    let function = signature.shown_name();
    let name = signature.parameters[index].name;
    Error::type_error(format!(
        "{function}() got multiple values for argument '{name}'"
    ))
}

/// Returns the error for a keyword that no parameter has, or whose parameter is positional-only.
///
/// # Safety
/// `given` holds what Python passed, alive for the call.
#[cold]
pub(super) unsafe fn unexpected_keyword(
    py: Python<'_>,
    signature: &Signature,
    name: Argument<'_>,
    given: Given,
) -> Error {
    let function = signature.shown_name();
    let shown = match string::with_text(name, shortened) {
        Ok(Some(name)) => name,
        Ok(None) => return Error::type_error(format!("{function}() keywords must be strings")),
        Err(error) => return error,
    };
    let (positional_only, by_keyword) = signature.parameters.split_at(signature.positional_only);
    let mut by_position: Vec<&str> = Vec::new();
    for parameter in positional_only {
        // SAFETY: as promised by the caller.
        let mut keywords = unsafe { KeywordArguments::of(py, given) };
        let is_it = |(name, _): (Argument<'_>, Raw)| {
            string::with_text(name, |name| name == parameter.name).is_ok_and(|it| it == Some(true))
        };
        if keywords.any(is_it) {
            by_position.push(parameter.name);
        }
    }
    if !by_position.is_empty() {
        let names = by_position.join(", ");
        return Error::type_error(format!(
            "{function}() got some positional-only arguments passed as keyword arguments: '{names}'"
        ));
    }
    let mut message = format!("{function}() got an unexpected keyword argument '{shown}'");
    let candidates = by_keyword.iter().map(|parameter| parameter.name);
    if host().version >= Version::new(3, 13)
        && let Some(similar) = closest(&shown, candidates)
    {
        message.push_str(&format!(". Did you mean '{similar}'?"));
    }
    Error::type_error(message)
}

#[cold]
pub(super) fn too_many_positional(signature: &Signature, count: usize, arguments: &[Raw]) -> Error {
    let keyword_only = arguments[signature.positional..]
        .iter()
        .filter(|argument| !argument.is_null())
        .count();
    Error::type_error(too_many_positional_message(
        signature,
        signature.shown_name(),
        count,
        keyword_only,
    ))
}

fn too_many_positional_message(
    signature: &Signature,
    function: &str,
    count: usize,
    keyword_only: usize,
) -> String {
    let takes = signature.positional + signature.receivers();
    let given = count + signature.receivers();
    let optional = signature.parameters[..signature.positional]
        .iter()
        .filter(|parameter| !parameter.required)
        .count();
    let (range, plural) = match optional {
        0 => (takes.to_string(), takes != 1),
        _ => (format!("from {} to {takes}", takes - optional), true),
    };
    let and_keywords = match keyword_only {
        0 => String::new(),
        _ => format!(
            " positional argument{} (and {keyword_only} keyword-only argument{})",
            s(given != 1),
            s(keyword_only != 1)
        ),
    };
    let were = if given == 1 && keyword_only == 0 {
        "was"
    } else {
        "were"
    };
    format!(
        "{function}() takes {range} positional argument{} but {given}{and_keywords} {were} given",
        s(plural)
    )
}

#[cold]
pub(super) fn missing(signature: &Signature, arguments: &[Raw]) -> Error {
    let given: Vec<bool> = arguments
        .iter()
        .map(|argument| !argument.is_null())
        .collect();
    Error::type_error(missing_message(signature, signature.shown_name(), &given))
}

fn missing_message(signature: &Signature, function: &str, given: &[bool]) -> String {
    let missing = |parameters: &[Parameter], given: &[bool]| -> Vec<&'static str> {
        let both = parameters.iter().zip(given);
        both.filter(|(parameter, given)| parameter.required && !**given)
            .map(|(parameter, _)| parameter.name)
            .collect()
    };
    let (positional, keyword_only) = signature.parameters.split_at(signature.positional);
    let mut kind = "positional";
    let mut names = missing(positional, given);
    if names.is_empty() {
        kind = "keyword-only";
        names = missing(keyword_only, &given[signature.positional..]);
    }
    let list = match &names[..] {
        [rest @ .., before, last] if !rest.is_empty() => {
            let rest: String = rest.iter().map(|name| format!("'{name}', ")).collect();
            format!("{rest}'{before}', and '{last}'")
        }
        [before, last] => format!("'{before}' and '{last}'"),
        names => names.iter().map(|name| format!("'{name}'")).collect(),
    };
    format!(
        "{function}() missing {} required {kind} argument{}: {list}",
        names.len(),
        s(names.len() != 1)
    )
}

fn s(plural: bool) -> &'static str {
    if plural { "s" } else { "" }
}

#[cfg(test)]
mod tests {
    use super::{missing_message, too_many_positional_message};
    use crate::call::{Parameter, Signature};

    const fn parameter(name: &'static str, required: bool) -> Parameter {
        Parameter { name, required }
    }

    const NONE: Signature = Signature {
        name: c"f",
        qualified_name: "C.f",
        doc: c"",
        parameters: &[],
        positional_only: 0,
        positional: 0,
        var_args: false,
        var_keywords: false,
        receiver: false,
    };
    /// `f(a, b, c=…, *, d, e=…)`
    const MANY: Signature = Signature {
        parameters: &[
            parameter("a", true),
            parameter("b", true),
            parameter("c", false),
            parameter("d", true),
            parameter("e", false),
        ],
        positional: 3,
        ..NONE
    };
    /// `f(a, b, c, d)`
    const FOUR: Signature = Signature {
        parameters: &[
            parameter("a", true),
            parameter("b", true),
            parameter("c", true),
            parameter("d", true),
        ],
        positional: 4,
        ..NONE
    };

    #[test]
    fn too_many() {
        let say = |signature: &Signature, count, keywords| {
            too_many_positional_message(signature, "f", count, keywords)
        };
        assert_eq!(
            say(&NONE, 1, 0),
            "f() takes 0 positional arguments but 1 was given"
        );
        assert_eq!(
            say(&NONE, 2, 0),
            "f() takes 0 positional arguments but 2 were given"
        );
        assert_eq!(
            say(
                &Signature {
                    receiver: true,
                    ..NONE
                },
                1,
                0
            ),
            "f() takes 1 positional argument but 2 were given"
        );
        assert_eq!(
            say(&MANY, 4, 0),
            "f() takes from 2 to 3 positional arguments but 4 were given"
        );
        assert_eq!(
            say(&MANY, 4, 1),
            "f() takes from 2 to 3 positional arguments but 4 positional arguments (and 1 keyword-only argument) were given"
        );
        let keywords_only = Signature {
            positional: 0,
            ..MANY
        };
        assert_eq!(
            say(&keywords_only, 1, 2),
            "f() takes 0 positional arguments but 1 positional argument (and 2 keyword-only arguments) were given"
        );
    }

    #[test]
    fn missing_ones() {
        let say = |signature: &Signature, given: &[bool]| missing_message(signature, "f", given);
        assert_eq!(
            say(&MANY, &[true, false, false, false, false]),
            "f() missing 1 required positional argument: 'b'"
        );
        assert_eq!(
            say(&MANY, &[false; 5]),
            "f() missing 2 required positional arguments: 'a' and 'b'"
        );
        assert_eq!(
            say(&FOUR, &[true, false, false, false]),
            "f() missing 3 required positional arguments: 'b', 'c', and 'd'"
        );
        assert_eq!(
            say(&FOUR, &[false; 4]),
            "f() missing 4 required positional arguments: 'a', 'b', 'c', and 'd'"
        );
        assert_eq!(
            say(&MANY, &[true, true, false, false, true]),
            "f() missing 1 required keyword-only argument: 'd'"
        );
    }
}
