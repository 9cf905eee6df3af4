//! Files made to overwhelm the compiler: each gets clear findings, and few enough to be shown.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use pyidl::Compilation;
use pyidl::diagnostic::render::Format;
use pyidl::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

fn compiled(text: &str) -> Compilation {
    let mut compilation = Compilation::default();
    compilation.add("x.pyidl", text);
    compilation
}

fn findings(compilation: &Compilation) -> Vec<Diagnostic> {
    compilation.diagnostics.clone().sorted()
}

/// The only finding of a file with these bytes, with its line and column.
fn only_finding(bytes: &[u8]) -> (Diagnostic, (usize, usize)) {
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("x.pyidl"), bytes).unwrap();
    let mut compilation = Compilation::default();
    compilation
        .read(place.path(), Path::new("x.pyidl"))
        .unwrap();
    let found = findings(&compilation);
    let [finding] = found.as_slice() else {
        panic!("{}", compilation.findings(Format::Human, false));
    };
    let span = finding.primary.span;
    let place = compilation.sources.place(span.file, span.start);
    (finding.clone(), (place.line, place.column))
}

#[test]
fn files_that_are_too_large() {
    let (finding, place) = only_finding(&vec![b' '; (16 << 20) + 1]);
    assert_eq!(finding.code, Code::TooLarge);
    assert_eq!(finding.message, "the file is larger than 16 MiB");
    assert_eq!(place, (1, 1));
    let mut largest = vec![b'\n'; 16 << 20];
    largest[..10].copy_from_slice(b"f: func();");
    let place = tempfile::tempdir().unwrap();
    fs::write(place.path().join("x.pyidl"), largest).unwrap();
    let mut compilation = Compilation::default();
    compilation
        .read(place.path(), Path::new("x.pyidl"))
        .unwrap();
    assert_eq!(findings(&compilation), []);
}

#[test]
fn bytes_that_are_no_text() {
    for (bytes, code, expected) in [
        (&b"f: func();\n/// caf\xe9\n"[..], Code::Unreadable, (2, 8)),
        (b"\xff\xfef\0:\0", Code::Unreadable, (1, 1)),
        (b"f: func(\0);\n", Code::ForbiddenCharacter, (1, 9)),
        (b"f: func();\n\x1b", Code::ForbiddenCharacter, (2, 1)),
    ] {
        let (finding, place) = only_finding(bytes);
        assert_eq!((finding.code, place), (code, expected), "{bytes:?}");
    }
    for name in ['\u{202e}', '\u{2066}', '\u{7}', '\u{0}', '\u{9b}'] {
        for text in [
            format!("// {name}\nf: func();\n"),
            format!("const a: string = \"{name}\";\n"),
        ] {
            let (finding, _) = only_finding(text.as_bytes());
            assert_eq!(finding.code, Code::ForbiddenCharacter, "{text:?}");
        }
    }
    let with_mark = compiled("\u{feff}f: func();\r\ng: func();\r\n");
    assert_eq!(findings(&with_mark), []);
}

#[test]
fn a_million_mistakes() {
    for line in [
        "f: func(a: u99);\n",
        "?!\n",
        "record {\n",
        "class a: b c\n",
        "\u{7}\n",
        "'\n",
    ] {
        let compilation = compiled(&line.repeat(10_000));
        let kept = compilation.diagnostics.iter().count();
        assert!(
            (1..=Diagnostics::LIMIT).contains(&kept),
            "{kept} of {line:?}"
        );
        assert!(compilation.diagnostics.count(Severity::Error) >= kept);
    }
    let compilation = compiled(&"\u{7}\n".repeat(1_000_000));
    assert_eq!(compilation.diagnostics.count(Severity::Error), 1_000_000);
    assert_eq!(findings(&compilation).len(), Diagnostics::LIMIT);
}

#[test]
fn long_lines_and_words_are_shown_in_part() {
    const LONG: usize = 200_000;
    for text in [
        "a".repeat(LONG),
        format!("f: func(a: {});", "b".repeat(LONG)),
        format!("f: func() -> {};", "list<".repeat(LONG / 5)),
        format!("f: func({});", "a: u99, ".repeat(LONG / 8)),
        format!("const a: u8 = {};", "9".repeat(LONG)),
        format!("const a: u8 = \"{}\";", "é".repeat(LONG / 2)),
        format!("@{}\nf: func();", "x".repeat(LONG)),
        format!("record r {{ {} }}", "\u{7}".repeat(1000)),
        format!("/*{}", "* ".repeat(LONG / 2)),
    ] {
        let compilation = compiled(&text);
        let found = findings(&compilation);
        assert!(!found.is_empty(), "{}…", &text[..20]);
        for (format, most) in [
            (Format::Human, 8_000),
            (Format::Short, 2_000),
            (Format::Github, 8_000),
        ] {
            let shown = format.render(&found[..1], &compilation.sources, false);
            assert!(
                shown.len() < most,
                "{}…: {} bytes",
                &text[..20],
                shown.len()
            );
        }
    }
}

/// Names `0`, `1`, … in a row, each with what `line` makes of it and of the next one; the last leads to the first.
fn chain(length: usize, line: impl Fn(&str, &str) -> String) -> String {
    let name = |n: usize| format!("t{n}");
    (0..length).fold(String::new(), |mut text, n| {
        let next = name((n + 1) % length);
        let _ = writeln!(text, "{}", line(&name(n), &next));
        text
    })
}

#[test]
fn long_cycles_are_found_once() {
    const LENGTH: usize = 5_000;
    for (text, code) in [
        (
            chain(LENGTH, |name, next| format!("type {name} = {next};")),
            Code::RecursiveType,
        ),
        (
            chain(LENGTH, |name, next| format!("type {name} = list<{next}>;")),
            Code::RecursiveType,
        ),
        (
            chain(LENGTH, |name, next| {
                format!("record {name} {{ a: {next} }}")
            }),
            Code::RecursiveType,
        ),
        (
            chain(LENGTH, |name, next| {
                format!("exception {name} extends {next};")
            }),
            Code::InheritanceCycle,
        ),
        (
            chain(LENGTH, |name, next| {
                format!("@open class {name} extends {next} {{}}")
            }),
            Code::InheritanceCycle,
        ),
        (
            chain(LENGTH, |name, next| {
                format!("interface {name} {{ use {next}.{{}}; }}")
            }),
            Code::UseCycle,
        ),
        (
            chain(LENGTH, |name, next| {
                format!("world {name} {{ include {next}; }}")
            }),
            Code::UseCycle,
        ),
    ] {
        let compilation = compiled(&format!("package a:b;\n{text}"));
        let found = findings(&compilation);
        let codes: Vec<_> = found.iter().map(|finding| finding.code).collect();
        let start = &text[..40];
        assert_eq!(codes, [code], "{start}…");
        let shown = compilation.findings(Format::Human, false);
        assert!(shown.len() < 4_000, "{start}…\n{}", &shown[..4_000]);
    }
}
