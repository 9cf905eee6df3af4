//! What other languages write where the grammar has nothing or something shorter: it is reported and skipped.

use super::foreign;
use crate::diagnostic::Code;
use crate::syntax::cursor::Cursor;

/// Where such a habit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// Before the brace of a body.
    Body,
    /// Before the name of a case or member.
    Case,
    /// In place of a parameter.
    NoParameter,
    /// In place of `=` before a default.
    Default,
    /// Before the name of an enum.
    Enum,
    /// Before the name of a parameter or field.
    Field,
    /// Between the parts of a package's name.
    Package,
    /// In place of the colon between a field and its value.
    Pair,
    /// Between the parts of a path to an interface.
    Path,
    /// Before the first exception.
    Raises,
    /// Before a value.
    Value,
}

/// A habit: its text, what is wrong about it, and what to write instead.
struct Habit {
    place: Place,
    /// The next tokens, as [`Cursor::matches`] has them.
    written: &'static str,
    /// How many of them are skipped.
    skipped: usize,
    code: Code,
    message: &'static str,
    label: &'static str,
    help: &'static str,
}

macro_rules! habits {
    ($( $place:ident: $written:literal, $skipped:literal, $code:ident,
        $message:literal, $label:literal, $help:literal; )*) => {
        &[$( Habit {
            place: Place::$place,
            written: $written,
            skipped: $skipped,
            code: Code::$code,
            message: $message,
            label: $label,
            help: $help,
        }, )*]
    };
}

const HABITS: &[Habit] = habits! {
    Body: "= {", 1, ForeignSyntax,
        "no `=` stands before a body", "`=`", "leave it out";
    Case: "case _", 1, ForeignSyntax,
        "nothing stands before the name here", "another language's keyword", "leave it out";
    Case: "|", 1, ForeignSyntax,
        "nothing stands before the name here", "another language's keyword", "leave it out";
    Default: ": =", 2, ForeignSyntax,
        "a default comes after `=`", "another language's sign", "write `=`";
    Enum: "class _", 1, ForeignSyntax,
        "an enum has no other word before its name", "another language's keyword", "leave it out";
    Enum: "struct _", 1, ForeignSyntax,
        "an enum has no other word before its name", "another language's keyword", "leave it out";
    Field: "1 :", 2, ForeignSyntax,
        "fields and parameters have no numbers", "a number", "leave it out, and the colon after it";
    NoParameter: "void )", 1, ForeignSyntax,
        "a function without parameters has nothing between the parentheses", "another language's syntax", "write `()`";
    NoParameter: "... )", 1, ForeignSyntax,
        "further arguments have a name and a type", "another language's syntax",
        "write `*args: any`, or the type that each must have";
    Package: ". _", 1, ForeignSyntax,
        "the parts of a package's name are separated by colons", "a dot", "write `:`";
    Package: ": : _", 2, ForeignSyntax,
        "packages are not named as in Rust", "`::`", "write `namespace:package/interface`";
    Pair: "=", 1, ForeignSyntax,
        "a colon stands between a field and its value", "`=`", "write `:`";
    Path: ": : _", 2, ForeignSyntax,
        "packages are not named as in Rust", "`::`", "write `namespace:package/interface`";
    Raises: "| _", 1, WrongSeparator,
        "nothing stands before this `|`", "one too many", "delete it";
    Value: "+ 1", 1, ForeignSyntax,
        "a number has no `+` before it", "`+`", "leave it out";
    Value: "+ 1.0", 1, ForeignSyntax,
        "a number has no `+` before it", "`+`", "leave it out";
};

/// Skips a habit of `place`, which is reported; `None` if there is none.
pub(crate) fn skipped<'t>(place: Place) -> impl Fn(Cursor<'t>) -> Option<Cursor<'t>> {
    move |input| {
        let mut habits = HABITS.iter().filter(|habit| habit.place == place);
        let habit = habits.find(|habit| input.matches(habit.written))?;
        let rest = (0..habit.skipped).fold(input, |rest, _| rest.bump());
        let mut diagnostic = foreign(
            rest.span_since(input),
            habit.message,
            habit.label,
            habit.help,
        );
        diagnostic.code = habit.code;
        input.report(diagnostic);
        Some(rest)
    }
}

/// Does the same as [`skipped`], or nothing.
pub(crate) fn skip<'t>(place: Place) -> impl Fn(Cursor<'t>) -> Cursor<'t> {
    move |input| skipped(place)(input).unwrap_or(input)
}
