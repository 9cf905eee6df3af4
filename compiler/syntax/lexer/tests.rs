use super::super::token::{CommentKind, Kind};
use super::*;
use crate::diagnostic::render;
use crate::source::SourceMap;

/// The kinds of the tokens of a text, without the end, and the findings in short form.
fn lexed(text: &str) -> (Vec<Kind>, String) {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add("x", text);
    let tokens = tokenize(text, file, &mut diagnostics);
    let kinds = tokens
        .tokens()
        .iter()
        .map(|token| token.kind)
        .filter(|&kind| kind != Kind::End)
        .collect();
    (kinds, render::short(&diagnostics.sorted(), &sources))
}

/// The only token of a text.
fn one(text: &str) -> Kind {
    match lexed(text) {
        (kinds, report) if report.is_empty() && kinds.len() == 1 => kinds[0],
        other => panic!("{text} is not one correct token: {other:?}"),
    }
}

/// The findings about a text, without places.
fn report(text: &str) -> Vec<String> {
    let report = lexed(text).1;
    report
        .lines()
        .map(|line| {
            line.splitn(5, ':')
                .last()
                .unwrap_or_default()
                .trim()
                .to_owned()
        })
        .collect()
}

#[test]
fn words() {
    for name in [
        "a",
        "min-length",
        "min_length",
        "a1",
        "a-1",
        "is-XML",
        "_private",
        "type_",
        "Point",
    ] {
        assert_eq!(one(name), Kind::Name, "{name}");
    }
    assert_eq!(one("%record"), Kind::Escaped);
    assert_eq!(one("_"), Kind::Underscore);
    for &keyword in Keyword::ALL {
        assert_eq!(one(keyword.as_str()), Kind::Keyword(keyword));
    }
    assert_eq!(lexed("a->b").0, [Kind::Name, Kind::Arrow, Kind::Name]);
    // Invalid names that are still lexed as names.
    for name in ["a-", "a--b", "a--", "%a--b"] {
        assert_eq!(lexed(name).0.len(), 1, "{name}");
    }
    assert_eq!(
        report("größe"),
        ["`größe` has characters that names cannot have"]
    );
    assert_eq!(report("%"), ["`%` has no meaning here"]);
    assert_eq!(
        report("\u{ad}\u{ad}"),
        ["an invisible character (U+00AD) stands here"]
    );
    assert_eq!(
        report("\u{2028}"),
        ["a separator of lines (U+2028) stands in the file"]
    );
}

#[test]
fn numbers() {
    for integer in ["0", "10", "1_000", "0xff", "0xF_F", "0o17", "0b101"] {
        assert_eq!(one(integer), Kind::Integer, "{integer}");
    }
    for float in ["0.5", "1e5", "1.5E-3", "1_0.5", "00.5"] {
        assert_eq!(one(float), Kind::Float, "{float}");
    }
    for version in ["1.2.0", "0.2.0-rc-2023-11-05", "1.0.0-a.1+b.2", "1.0.0+5"] {
        assert_eq!(one(version), Kind::Version, "{version}");
    }
    assert_eq!(
        lexed("1.0.0.{").0,
        [Kind::Version, Kind::Dot, Kind::OpenBrace]
    );
    for wrong in [
        "1.02.0",
        "01.0.0",
        "1.0.0-",
        "1.0.0+",
        "1.0.0-01",
        "99999999999999999999.0.0",
    ] {
        assert_eq!(lexed(wrong).0, [Kind::Version], "{wrong}");
        assert_eq!(report(wrong), [format!("`{wrong}` is not a version")]);
    }
    assert_eq!(lexed("1.0.0->").0, [Kind::Version, Kind::Arrow]);
    assert_eq!(lexed("-5").0, [Kind::Minus, Kind::Integer]);
    assert_eq!(lexed("1...").0, [Kind::Integer, Kind::Ellipsis]);
    for wrong in [
        "1__0", "1_", "12u8", "0xfg", "0x", "0b2", "017", "1.", ".5", "1e", "1_.5",
    ] {
        let (kinds, report) = lexed(wrong);
        assert_eq!(
            (kinds.len(), report.lines().count()),
            (1, 1),
            "{wrong}: {kinds:?} {report}"
        );
    }
}

#[test]
fn strings() {
    for string in [r#""""#, r#""a""#, r#""a\"b""#, r#""\\""#, "\"ü\t'\""] {
        assert_eq!(one(string), Kind::String, "{string}");
    }
    assert_eq!(report("'a'"), ["strings stand between double quotes"]);
    assert_eq!(report("“a”"), ["strings stand between plain double quotes"]);
    assert_eq!(report("\"a\nb"), ["a string is never closed"]);
    assert_eq!(report("\"a\\\nb"), ["a string is never closed"]);
    assert_eq!(
        report("\"\"\"a\nb\"\"\""),
        ["documentation is not written as a string"]
    );
    assert_eq!(report("it's"), ["`'` (U+0027) has no meaning here"]);
}

#[test]
fn escapes() {
    let unescaped = |text: &str| {
        let mut wrong = Vec::new();
        let value = unescape(&format!("\"{text}\""), |range| wrong.push(range));
        (value, wrong)
    };
    for (text, value) in [
        ("", ""),
        (r"a\n\t\r\'\\\u{1f40d}b", "a\n\t\r'\\🐍b"),
        (r#"\""#, "\""),
        (r"\7f\c3\bc", "\u{7f}ü"),
    ] {
        assert_eq!(unescaped(text), (value.to_owned(), Vec::new()));
    }
    for (text, range) in [
        (r"a\q", 2..4),
        (r"\u{110000}", 1..3),
        (r"\u{1", 1..3),
        (r"\u12", 1..3),
        (r"\x41", 1..3),
        (r"\", 1..2),
        (r"\ü", 1..4),
        (r"\ff", 0..5),
    ] {
        assert_eq!(unescaped(text).1, [range], "{text}");
    }
}

#[test]
fn comments() {
    let kinds = |text: &str| -> Vec<_> {
        let tokens = tokenize(text, FileId::default(), &mut Diagnostics::default());
        tokens
            .comments()
            .iter()
            .map(|comment| {
                (
                    comment.kind,
                    comment.end - comment.start,
                    comment.first_on_line,
                )
            })
            .collect()
    };
    assert_eq!(kinds("// a\r\n"), [(CommentKind::Line, 4, true)]);
    assert_eq!(kinds("a /// b"), [(CommentKind::DocLine, 5, false)]);
    assert_eq!(kinds("//! b"), [(CommentKind::InnerDocLine, 5, true)]);
    assert_eq!(kinds("////"), [(CommentKind::Line, 4, true)]);
    assert_eq!(kinds("/**/"), [(CommentKind::Block, 4, true)]);
    assert_eq!(kinds("/** a */"), [(CommentKind::DocBlock, 8, true)]);
    assert_eq!(kinds("/* /* */ */"), [(CommentKind::Block, 11, true)]);
    assert_eq!(report("/* /* */"), ["a comment is never closed"]);
    assert_eq!(
        report("# a\n#[b]"),
        [
            "comments do not start with `#`",
            "attributes are not written as in Rust"
        ]
    );
    let tokens = tokenize(
        "/*1*/ a // 2\n/* 3 */",
        FileId::default(),
        &mut Diagnostics::default(),
    );
    assert_eq!(
        [tokens.comments_before(0), tokens.comments_before(1)],
        [0..1, 1..3]
    );
}

#[test]
fn characters() {
    assert_eq!(
        lexed("\u{feff}a\r\n\tb"),
        (vec![Kind::Name, Kind::Name], String::new())
    );
    assert_eq!(lexed("$$ a").0, [Kind::Name]);
    assert_eq!(report("$$ a"), ["`$$` has no meaning here"]);
    assert_eq!(lexed("a\u{a0}→ b").0, [Kind::Name, Kind::Arrow, Kind::Name]);
    assert_eq!(
        report("\u{0} \"\u{1b}\" // \u{202e}"),
        [
            "a control character (U+0000) stands in the file",
            "a control character (U+001B) stands in the file",
            "a character that changes text direction (U+202E) stands in the file",
        ]
    );
}
