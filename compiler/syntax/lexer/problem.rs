//! Errors in the characters of a file, and their diagnostics.

use super::super::token::Kind;
use super::{Lexed, Lexeme};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// The error in a token, comment or character.
#[derive(Clone, Copy, Debug)]
pub(super) enum Problem {
    /// A word with characters that are not allowed in names.
    NotAscii,
    /// A control character, or one that changes the direction of text.
    Forbidden,
    /// The first of the given number of carriage returns without a line feed in the file.
    LoneReturn(usize),
    /// A character that starts no token.
    Unexpected,
    /// An invisible character without width.
    Invisible,
    /// A name with an invisible character.
    InvisibleInName,
    /// A character that looks like one of the language, and the latter.
    Lookalike(&'static str),
    /// `# text`
    HashComment,
    /// `#include <stdint.h>`
    Preprocessor,
    /// `#[derive(Debug)]`
    HashAttribute,
    /// `/*` without `*/`.
    OpenComment,
    /// `"` without `"` on its line.
    OpenString,
    /// `'text'`
    SingleQuotes,
    /// `"""text"""`
    TripleQuotes,
    /// `"""text"""` as a value
    LongString,
    /// `1'000`
    NumberQuote,
    /// `'static`
    Lifetime,
    /// `12u8`: the number has a suffix of `excess` bytes.
    NumberSuffix { excess: usize },
    /// `1__0`, `1_`
    NumberUnderscore,
    /// `017`
    LeadingZero,
    /// `1.`, `.5`
    BarePoint,
    /// `“text”`
    CurlyQuotes,
    /// `1.2.0-`
    VersionEnd,
    /// `1.02.0`
    VersionZero,
    /// A part of a version that is larger than 2^64.
    VersionSize,
}

impl Problem {
    /// The finding about `text` at `span`.
    pub(super) fn diagnostic(self, span: Span, text: &str) -> Diagnostic {
        let start = |bytes: u32| Span::new(span.file, span.start, span.end.min(span.start + bytes));
        match self {
            Self::NotAscii => Diagnostic::new(
                Code::UnexpectedCharacter,
                span,
                format!("`{text}` has characters that names cannot have"),
                "names are made of a-z, 0-9, `-` and `_`",
            )
            .help("to give it this name in Python, write `@py.name(\"…\")` before the item"),
            Self::Forbidden => {
                let c = text.chars().next().unwrap_or_default();
                let what = match c {
                    '\u{2028}' | '\u{2029}' => "separator of lines",
                    '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "character that changes text direction",
                    c if c.is_control() => "control character",
                    _ => "character that Unicode discourages",
                };
                Diagnostic::new(
                    Code::ForbiddenCharacter,
                    span,
                    format!("a {what} (U+{:04X}) stands in the file", u32::from(c)),
                    "delete it",
                )
                .help(format!("where a string needs it, write `\\u{{{:x}}}`", u32::from(c)))
            }
            Self::LoneReturn(number) => {
                let label = match number {
                    1 => "ends no line".to_owned(),
                    _ => format!("the first of {number}, which end no lines"),
                };
                let message = "a carriage return (U+000D) stands in the file without a line feed";
                Diagnostic::new(Code::ForbiddenCharacter, span, message, label).help(
                    "save the file with line ends LF or CRLF, or delete it; where a string needs it, write `\\r`",
                )
            }
            Self::Unexpected => Diagnostic::new(
                Code::UnexpectedCharacter,
                span,
                format!("{} has no meaning here", shown(text)),
                "unexpected character",
            )
            .help("delete it"),
            Self::Invisible => Diagnostic::new(
                Code::UnexpectedCharacter,
                span,
                format!("an invisible character{} stands here", number(text)),
                "cannot be seen",
            )
            .help("delete it"),
            Self::InvisibleInName => {
                let at = text.find(is_invisible).unwrap_or_default();
                let c = text[at..].chars().next().unwrap_or_default();
                let (start, length) = (span.start + at as u32, c.len_utf8() as u32);
                let right = text.replace(is_invisible, "");
                Diagnostic::new(
                    Code::UnexpectedCharacter,
                    Span::new(span.file, start, start + length),
                    format!("an invisible character{} stands in a name", number(&text[at..])),
                    "cannot be seen",
                )
                .help(format!("delete it, or type `{right}` anew"))
            }
            Self::Lookalike(right) => Diagnostic::new(
                Code::UnexpectedCharacter,
                span,
                format!("{} has no meaning here", shown(text)),
                "looks like another character",
            )
            .help(format!("write {right}")),
            Self::HashComment => {
                Diagnostic::new(Code::ForeignSyntax, start(1), "comments do not start with `#`", "starts a comment in Python")
                    .help("write `// …`, or `/// …` for documentation of the next item")
            }
            Self::Preprocessor => {
                Diagnostic::new(Code::ForeignSyntax, span, "there is no preprocessor", "a line of C")
                    .help("leave it out; a constant is written as `const name: u32 = 1;`")
            }
            Self::HashAttribute => {
                Diagnostic::new(Code::ForeignSyntax, start(2), "attributes are not written as in Rust", "an attribute of Rust")
                    .help("write attributes as `@name(…)`; derives and lints have no place in an interface file")
            }
            Self::OpenComment => Diagnostic::new(
                Code::UnfinishedToken,
                start(2),
                "a comment is never closed",
                "the rest of the file is inside this comment",
            )
            .help("write `*/` where the comment ends; comments nest, so each `/*` needs its own `*/`"),
            Self::OpenString => {
                Diagnostic::new(Code::UnfinishedToken, span, "a string is never closed", "no `\"` before the end of the line")
                    .help("write `\"` where the string ends; for a line break inside it, write `\\n`")
            }
            Self::SingleQuotes => {
                Diagnostic::new(Code::ForeignSyntax, span, "strings stand between double quotes", "in single quotes")
                    .help(format!("write `\"{}\"`", text.trim_matches('\'').replace('"', "\\\"")))
            }
            Self::Lifetime => {
                Diagnostic::new(Code::ForeignSyntax, span, "types have no lifetimes", "a lifetime of Rust")
                    .help("leave it out: what is borrowed follows from the type")
            }
            Self::TripleQuotes => Diagnostic::new(
                Code::ForeignSyntax,
                start(3),
                "documentation is not written as a string",
                "starts a docstring in Python",
            )
            .help("write `/// …` before the item, or `//! …` at the top of the file for the module"),
            Self::LongString => {
                let inner = text.trim_matches(['"', '\'']);
                let diagnostic = Diagnostic::new(
                    Code::ForeignSyntax,
                    start(3),
                    "strings stand between one `\"` on each side",
                    "three quotes",
                );
                match inner.contains('\n') {
                    true => diagnostic.help("write it on one line, with `\\n` for the ends of lines"),
                    false => diagnostic.help(format!("write `\"{inner}\"`")),
                }
            }
            Self::NumberQuote => Diagnostic::new(
                Code::BadNumber,
                span,
                format!("`{text}` is not a number"),
                "`'` cannot stand in a number",
            )
            .help(format!("write `{}`", text.replace('\'', "_"))),
            Self::NumberSuffix { excess } => {
                let (number, suffix) = text.split_at(text.len() - excess);
                let diagnostic =
                    Diagnostic::new(Code::BadNumber, span, format!("`{text}` is not a number"), format!("`{suffix}` cannot follow"));
                match suffix.as_bytes().first() {
                    Some(b'x' | b'X' | b'o' | b'O' | b'b' | b'B') if number == "0" => {
                        diagnostic.help("write hexadecimal as `0xff`, octal as `0o17`, binary as `0b101`")
                    }
                    _ if is_type_suffix(suffix) => {
                        diagnostic.help(format!("write `{number}`: the type says how it is stored"))
                    }
                    _ => diagnostic.help(format!("write `{number}` for the number; a name starts with a letter")),
                }
            }
            Self::NumberUnderscore => Diagnostic::new(
                Code::BadNumber,
                span,
                format!("`{text}` is not a number"),
                "`_` stands between two digits",
            )
            .help("write single underscores, as in `1_000_000`"),
            Self::BarePoint => Diagnostic::new(
                Code::BadNumber,
                span,
                format!("`{text}` is not a number"),
                "a digit belongs on both sides of the point",
            )
            .help(match text.starts_with('.') {
                true => format!("write `0{text}`"),
                false => format!("write `{text}0`"),
            }),
            Self::CurlyQuotes => Diagnostic::new(
                Code::UnexpectedCharacter,
                span,
                "strings stand between plain double quotes",
                "other quotes",
            )
            .help(format!("write `\"{}\"`", text.trim_matches(['“', '”', '„', '‘', '’', '«', '»', '`']))),
            Self::VersionEnd => Diagnostic::new(
                Code::BadNumber,
                span,
                format!("`{text}` is not a version"),
                "something belongs after `-` and `+`",
            )
            .help(format!("write `{}`", text.split(['-', '+']).next().unwrap_or(text))),
            Self::VersionZero => Diagnostic::new(
                Code::BadNumber,
                span,
                format!("`{text}` is not a version"),
                "a number in it starts with a zero",
            )
            .help("leave out the zeros before other digits"),
            Self::VersionSize => Diagnostic::new(
                Code::BadNumber,
                span,
                format!("`{text}` is not a version"),
                "a number in it is too large",
            )
            .help("each number of a version is less than 2^64"),
            Self::LeadingZero => {
                let digits = text.trim_start_matches(['0', '_']);
                Diagnostic::new(Code::BadNumber, span, format!("`{text}` starts with a zero"), "octal or decimal?")
                    .help(format!("write `{digits}`, or `0o{digits}` if octal was meant"))
            }
        }
    }
}

/// A description of a run of one character, with its code point unless it is plain.
fn shown(text: &str) -> String {
    match text.chars().next() {
        Some(first) if !first.is_ascii_graphic() || matches!(first, '\'' | '`') => {
            format!("`{text}`{}", number(text))
        }
        _ => format!("`{text}`"),
    }
}

/// The code point of the first character: ` (U+00A0)`.
fn number(text: &str) -> String {
    text.chars().next().map_or_else(String::new, |first| {
        format!(" (U+{:04X})", u32::from(first))
    })
}

/// Whether a number's suffix denotes a storage type in some language.
fn is_type_suffix(suffix: &str) -> bool {
    let (letters, digits) = suffix.split_at(
        suffix
            .find(|c: char| c.is_ascii_digit())
            .unwrap_or(suffix.len()),
    );
    let is_letter = |letters: &str| {
        matches!(
            letters,
            "u" | "s" | "i" | "f" | "n" | "d" | "m" | "l" | "ul" | "ll" | "ull"
        )
    };
    let letters = letters.trim_matches('_').to_ascii_lowercase();
    is_letter(&letters) && digits.bytes().all(|b| b.is_ascii_digit())
        || matches!(&*letters, "usize" | "isize")
}

/// Whether a character is forbidden everywhere in a file: it is invisible, or makes the file look different from what it is
/// (CVE-2021-42574).
pub(in crate::syntax) fn is_forbidden(c: char) -> bool {
    match c {
        '\n' | '\r' | '\t' => false,
        // Line breaks to some editors and to Unicode, but not to others.
        '\u{2028}' | '\u{2029}' => true,
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // Deprecated or strongly discouraged by Unicode 13, chapters 7.1, 9.2, 13.4 and 16.4; WIT rejects them too.
        '\u{149}' | '\u{673}' | '\u{f77}' | '\u{f79}' | '\u{17a3}' | '\u{17a4}' | '\u{17b4}'
        | '\u{17b5}' => true,
        _ => c.is_control(),
    }
}

/// Whether some editor starts a new line after a character. A comment ends there, so that no item that looks like a line of its
/// own is hidden in it; apart from the line feed, such characters are reported.
pub(super) fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{2028}' | '\u{2029}')
}

/// The byte offsets in `text` of carriage returns without a line feed.
pub(in crate::syntax) fn lone_returns(text: &str) -> impl Iterator<Item = usize> {
    let returns = text.match_indices('\r').map(|(at, _)| at);
    returns.filter(|at| text.as_bytes().get(at + 1) != Some(&b'\n'))
}

/// The finding about the lone carriage returns of a text: only one, at the first, since a file with one usually has many.
pub(in crate::syntax) fn lone_return(text: &str, file: FileId) -> Option<Diagnostic> {
    let mut returns = lone_returns(text);
    let first = returns.next()?;
    let span = Span::new(file, first as u32, (first + 1) as u32);
    Some(Problem::LoneReturn(returns.count() + 1).diagnostic(span, "\r"))
}

/// Reports every forbidden character, inside strings and comments too.
pub(super) fn forbidden_characters(text: &str, report: &mut impl FnMut(usize, usize, Problem)) {
    for (at, c) in text.char_indices().filter(|&(_, c)| is_forbidden(c)) {
        report(at, at + c.len_utf8(), Problem::Forbidden);
    }
}

/// Whether a character is invisible.
pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
}

/// A run of a character that starts no token, as the token that it looks like; fails only at the end of the text.
pub(super) fn anything_else(text: &str) -> Lexed<'_, Lexeme> {
    let first = text.chars().next().ok_or(nom::Err::Error(()))?;
    let run: usize = text
        .chars()
        .take_while(|&c| c == first)
        .map(char::len_utf8)
        .sum();
    let (kind, right) = match first {
        '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}' => (None, "a plain blank"),
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '`' | '\'' => {
            (None, "plain double quotes: `\"`")
        }
        '→' | '⇒' | '➜' => (Some(Kind::Arrow), "`->`"),
        '–' | '—' | '−' | '‐' => (Some(Kind::Minus), "a plain hyphen: `-`"),
        '…' => (Some(Kind::Ellipsis), "three dots: `...`"),
        '，' => (Some(Kind::Comma), "`,`"),
        '：' => (Some(Kind::Colon), "`:`"),
        '；' => (Some(Kind::Semicolon), "`;`"),
        '（' => (Some(Kind::OpenParen), "`(`"),
        '）' => (Some(Kind::CloseParen), "`)`"),
        _ => (None, ""),
    };
    let problem = match first {
        c if is_invisible(c) => Problem::Invisible,
        _ if right.is_empty() => Problem::Unexpected,
        _ => Problem::Lookalike(right),
    };
    Ok((
        &text[run..],
        Lexeme {
            kind,
            problem: Some(problem),
        },
    ))
}
