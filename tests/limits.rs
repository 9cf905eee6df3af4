//! Files that could overwhelm the compiler: each gets clear findings, and few enough to be shown.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use pyidl::unstable::Compilation;
use pyidl::unstable::diagnostic::render::{self, Format};
use pyidl::unstable::diagnostic::{Code, Diagnostic, Diagnostics, Severity};

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
    // No editor shows this character as a line end, so the text after it in a comment is part of the comment.
    for name in ['\u{c}', '\u{b}', '\u{85}'] {
        let text = format!("// {name} prose\nf: func();\n/// {name} more\ng: func();\n");
        let codes: Vec<_> = findings(&compiled(&text))
            .iter()
            .map(|it| it.code)
            .collect();
        assert_eq!(codes, [Code::ForbiddenCharacter; 2], "{text:?}");
    }
    let with_mark = compiled("\u{feff}f: func();\r\ng: func();\r\n");
    assert_eq!(findings(&with_mark), []);
}

/// A carriage return alone, and Unicode's own ends of lines, are errors; what follows them is read as if a line had ended.
#[test]
fn ends_of_lines_that_are_none() {
    const UNKNOWN: Code = Code::UnknownName;
    for end in ["\r", "\u{2028}", "\u{2029}"] {
        for text in [
            "// comment|f: func(x: nope);\n",
            "//|f: func(x: nope);",
            "/// Documentation.|f: func(x: nope);\n",
            "//! Documentation.|f: func(x: nope);\n",
            "g: func(); // comment|f: func(x: nope);\n",
            "/* one|two */ f: func(x: nope);\n",
            "/** one|two */ f: func(x: nope);\n",
            "record r {|// comment|a: nope|}",
            "const c: string = \"a|b\"; f: func(x: nope);\n",
            "f: func(x: nope);|",
        ] {
            let text = text.replace('|', end);
            let compilation = compiled(&text);
            let found = findings(&compilation);
            let codes: Vec<_> = found.iter().map(|it| it.code).collect();
            let forbidden = codes.iter().filter(|it| **it == Code::ForbiddenCharacter);
            let number = match end {
                "\r" => 1,
                _ => text.matches(end).count(),
            };
            assert_eq!(forbidden.count(), number, "{text:?}: {codes:?}");
            assert_eq!(codes.len(), number + 1, "{text:?}: {codes:?}");
            assert!(codes.contains(&UNKNOWN), "{text:?}: {codes:?}");
            // All formats count the lines that line feeds end.
            let span = found
                .iter()
                .find(|it| it.code == UNKNOWN)
                .unwrap()
                .primary
                .span;
            let place = compilation.sources.place(span.file, span.start);
            assert_eq!(place.line, 1, "{text:?}");
            for format in [Format::Human, Format::Short, Format::Json, Format::Github] {
                let shown = render::findings(format, &found, &compilation.sources, false);
                assert!(!shown.contains(end), "{text:?}: {shown:?}");
                let json = format!("\"line\":1,\"column\":{}", place.column);
                let github = format!("line=1,col={},", place.column);
                let plain = format!("x.pyidl:1:{}", place.column);
                let all = [&json, &github, &plain];
                assert!(
                    all.iter().any(|it| shown.contains(*it)),
                    "{text:?}: {shown:?}"
                );
            }
        }
    }
    // One finding for a whole file of an old Mac, or with two returns for each end of a line.
    for text in [
        "package a:b;\r/// doc\rf: func();\r",
        "package a:b;\r\r\n// c\r\r\nf: func();\r\r\n",
    ] {
        let (finding, place) = only_finding(text.as_bytes());
        assert_eq!((finding.code, place), (Code::ForbiddenCharacter, (1, 13)));
        assert!(
            finding.primary.text.contains("the first of 3"),
            "{finding:?}"
        );
    }
    let windows = "//! Module.\r\npackage a:b;\r\n/// One.\r\n///\r\n/// Two.\r\nf: func();\r\n/** Three.\r\n * Four.\r\n */\r\ng: func();\r\n";
    let files = compiled(windows).generate();
    assert!(files.iter().all(|(_, text)| !text.contains('\r')));
}

#[test]
fn ends_of_lines_that_are_none_in_toml() {
    for (text, number) in [
        ("func.f = \"func(x: nope)\"|func.g = \"func()\"\n", 1),
        ("# comment|func.f = \"func(x: nope)\"\n", 1),
        ("[func.f]\nsig = '''func(// c|x: nope)'''\n", 1),
        ("[func.f]\nsig = 'func(x: nope)'\ndoc = '''a|b'''\n", 1),
        ("[func.f]\nsig = \"func(x: nope)\"\ndoc = \"a\\rb\"\n", 1),
        ("[func.f]\nsig = \"func(// c\\rx: nope)\"\n", 1),
    ] {
        for end in ["\r", "\r\r\n"] {
            let text = text.replace('|', end);
            let mut compilation = Compilation::default();
            compilation.add("x.pyidl.toml", &*text);
            let found = findings(&compilation);
            let codes: Vec<_> = found.iter().map(|it| it.code).collect();
            let forbidden = codes.iter().filter(|it| **it == Code::ForbiddenCharacter);
            assert_eq!(forbidden.count(), number, "{text:?}: {found:#?}");
            assert!(codes.contains(&Code::UnknownName), "{text:?}: {found:#?}");
            assert_eq!(codes.len(), number + 1, "{text:?}: {found:#?}");
        }
    }
}

/// Each bracket and brace counts once, whatever it contains.
#[test]
fn brackets_in_each_other() {
    let of = |before: &str, open: &str, inner: &str, close: &str, after: &str, depth: usize| {
        [
            before,
            &open.repeat(depth),
            inner,
            &close.repeat(depth),
            after,
        ]
        .concat()
    };
    /// An interface, nested as deep as the second number says from the first on.
    type Nested<'a> = (&'a str, usize, &'a dyn Fn(usize) -> String);
    let pyidl: &[Nested<'_>] = &[
        ("types", 0, &|n| {
            of("f: func() -> ", "list<", "u8", ">", ";", n)
        }),
        ("parameters", 1, &|n| {
            of("f: func(a: ", "option<list<", "u8", ">>", ");", n / 2)
        }),
        ("values", 0, &|n| {
            of("const x: any = ", "[", "1", "]", ";", n)
        }),
        ("tuples", 0, &|n| {
            of("const x: any = ", "(1, ", "1", ")", ";", n)
        }),
        ("maps", 0, &|n| {
            of("const x: any = ", "{\"a\": ", "1", "}", ";", n)
        }),
        ("defaults", 1, &|n| {
            of("record r { x: any = ", "[", "1", "]", " }", n)
        }),
        ("callbacks", 0, &|n| {
            of("f: func", "(a: func", "()", ")", ";", n - 1)
        }),
        ("braces", 2, &|n| {
            of(
                "interface i { record r { x: ",
                "list<",
                "u8",
                ">",
                " } }",
                n,
            )
        }),
        ("members", 2, &|n| {
            of("class c { f: func(x: ", "list<", "u8", ">", "); }", n)
        }),
        ("attributes", 1, &|n| {
            of("@deprecated(message = ", "[", "1", "]", ") f: func();", n)
        }),
    ];
    let toml: &[Nested<'_>] = &[
        ("signatures", 0, &|n| {
            of("func.f = \"func() -> ", "list<", "u8", ">", "\"\n", n)
        }),
        ("values", 0, &|n| {
            of(
                "[const.x]\ntype = \"any\"\nvalue = '",
                "[",
                "1",
                "]",
                "'\n",
                n,
            )
        }),
    ];
    for (path, kinds) in [("x.pyidl", pyidl), ("x.pyidl.toml", toml)] {
        for (what, around, nested) in kinds {
            let too_deep = |depth: usize| {
                let mut compilation = Compilation::default();
                compilation.add(path, nested(depth - around));
                let found = findings(&compilation);
                let number = found.iter().filter(|it| it.code == Code::TooDeep).count();
                // No findings for text that was not read.
                assert!(
                    number == 0 || found.len() == 1,
                    "{what} {depth}: {found:#?}"
                );
                number
            };
            let step = if *what == "parameters" { 2 } else { 1 };
            let most = 64 - (64 - around) % step;
            assert_eq!((too_deep(most), too_deep(most + step)), (0, 1), "{what}");
            assert_eq!(too_deep(most + 200 * step), 1, "{what}");
        }
    }
    // These are not brackets, but code that processes them is recursive.
    let results = compiled(&format!("type t = {}u8;", "func() -> ".repeat(1_000)));
    assert_eq!(findings(&results)[0].code, Code::TooDeep);
    // Comments are not part of the tree.
    let comments = compiled(&of("", "/*", "", "*/", "\nf: func();", 1_000));
    assert_eq!(findings(&comments), []);
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
            let shown = render::findings(format, &found[..1], &compilation.sources, false);
            assert!(
                shown.len() < most,
                "{}…: {} bytes",
                &text[..20],
                shown.len()
            );
        }
    }
}

/// The results of `line` for each of the names `0`, `1`, … and the name after it; the first follows the last.
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
