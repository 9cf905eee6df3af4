//! Values as other languages write them.

use super::{foreign, report};
use crate::syntax::ast::{LiteralKind, Name, Path};
use crate::syntax::cursor::Cursor;
use crate::syntax::parse::literal;
use crate::syntax::token::Kind;

/// `None`, `True`, `null`, `b"text"`: what they mean here.
pub(crate) fn value(input: Cursor<'_>) -> Option<(Cursor<'_>, LiteralKind)> {
    if !input.at(Kind::Name) {
        return None;
    }
    let is_prefix = matches!(input.text(), "b" | "r" | "f" | "u" | "br" | "rb" | "c");
    if is_prefix && input.nth(1).kind == Kind::String && input.bump().touches_previous() {
        report(
            input,
            "strings have no prefix",
            "a prefix",
            format!("write `{}`", input.nth_text(1)),
        );
        let (rest, text) = literal::text(input.bump()).ok()?;
        return Some((rest, LiteralKind::String(text.value)));
    }
    let right = match input.text() {
        // `null` and the like are names that members of enums may have.
        "None" | "nullptr" => "none",
        "True" => "true",
        "False" => "false",
        _ => return None,
    };
    report(
        input,
        format!("`{}` is written `{right}`", input.text()),
        "another language's spelling",
        format!("write `{right}`"),
    );
    let name = Name {
        text: right.to_owned(),
        escaped: false,
        span: input.span(),
    };
    let path = Path {
        parts: vec![name],
        span: input.span(),
    };
    Some((input.bump(), LiteralKind::Case(vec![path])))
}

/// At the `=` of `:=`, which is reported.
pub(crate) fn colon_before_equals(input: Cursor<'_>) -> Cursor<'_> {
    if !input.at_all(&[Kind::Colon, Kind::Equals]) {
        return input;
    }
    let rest = input.bump();
    let span = rest.bump().span_since(input);
    let message = "a default comes after `=`";
    input.report(foreign(
        span,
        message,
        "another language's sign",
        "write `=`",
    ));
    rest
}

/// Behind a `+` before a number.
pub(crate) fn plus(input: Cursor<'_>) -> Cursor<'_> {
    report(
        input,
        "a number has no `+` before it",
        "`+`",
        "leave it out",
    );
    input.bump()
}

/// Behind `(…)` after a name, as in `point(1, 2)`, if that stands at `rest`. The name is at `input`.
pub(crate) fn call<'t>(input: Cursor<'t>, rest: Cursor<'t>) -> Option<Cursor<'t>> {
    if !(rest.at(Kind::OpenParen) && rest.touches_previous()) {
        return None;
    }
    let name = input.text_until(rest);
    let help = format!(
        "write a record as `{{ x: 1.0, y: 2.0 }}`, a tuple as `(1, 2)`; `...` has `{name}(…)` computed in Rust"
    );
    let span = rest.span_since(input);
    input.report_apart(foreign(
        span,
        "a value cannot be computed by a call",
        "called",
        help,
    ));
    Some(rest.skip_group())
}

/// Whether the fields of a record follow its name, as in `point { x: 1.0 }`; that is reported.
pub(crate) fn is_named_record(rest: Cursor<'_>) -> bool {
    let follows = rest.at(Kind::OpenBrace) && !rest.is_first_on_line();
    if follows {
        report(
            rest,
            "a record's value has no name before it",
            "after a name",
            "leave out the name",
        );
    }
    follows
}

/// Behind `=` between key and value.
pub(crate) fn equals_for_colon(rest: Cursor<'_>) -> Cursor<'_> {
    report(
        rest,
        "a colon stands between a field and its value",
        "`=`",
        "write `:`",
    );
    rest.bump()
}
