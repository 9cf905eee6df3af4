//! The syntax of interface files: trees of correct files, and what happens to them when they are damaged.
//!
//! To add a case, add a file to `tests/syntax` and run the tests with `INSTA_UPDATE=always`.

use std::fs;
use std::path::{Path, PathBuf};

use pyidl::diagnostic::render::Format;
use pyidl::diagnostic::{Diagnostic, Diagnostics};
use pyidl::source::{FileId, SourceMap};
use pyidl::syntax;

/// A text that was parsed.
struct Parsed {
    sources: SourceMap,
    file: FileId,
    tree: syntax::ast::File,
    findings: Vec<Diagnostic>,
}

impl Parsed {
    fn new(text: &str) -> Self {
        let mut sources = SourceMap::default();
        let mut diagnostics = Diagnostics::default();
        let file = sources.add("x.pyidl", text);
        let tree = syntax::parse(file, &sources, &mut diagnostics);
        Self {
            sources,
            file,
            tree,
            findings: diagnostics.sorted(),
        }
    }

    fn report(&self) -> String {
        Format::Human.render(&self.findings, &self.sources, false)
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file can be read")
}

#[test]
fn trees() {
    insta::with_settings!({
        snapshot_path => "../snapshots/syntax",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::glob!("syntax/*.pyidl", |path| {
            let parsed = Parsed::new(&read(path));
            assert!(parsed.findings.is_empty(), "{}\n{}", path.display(), parsed.report());
            insta::assert_snapshot!("tree", syntax::dump_tree(&parsed.tree));
        });
    });
}

#[test]
fn tokens_and_comments() {
    let parsed = Parsed::new(&read(&tests().join("syntax/comments.pyidl")));
    insta::with_settings!({
        snapshot_path => "../snapshots/syntax",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("tokens_and_comments", syntax::dump_tokens(parsed.file, &parsed.sources));
    });
}

/// Deletes, doubles and swaps every token of every correct file: nothing panics, all places are in the text, and one
/// wrong token costs only a few findings.
#[test]
fn damage() {
    const MOST: usize = 8;
    let mut numbers = Vec::new();
    for path in correct_files() {
        let text = read(&path);
        let tokens = syntax::tokenize(&text, FileId::default(), &mut Diagnostics::default());
        let ranges: Vec<_> = tokens
            .tokens()
            .iter()
            .map(|token| token.start as usize..token.end as usize)
            .collect();
        for (n, range) in ranges.iter().enumerate() {
            let (before, token, after) = (
                &text[..range.start],
                &text[range.clone()],
                &text[range.end..],
            );
            let mut damaged = vec![
                format!("{before}{after}"),
                format!("{before}{token} {token}{after}"),
            ];
            if let Some(next) = ranges.get(n + 1) {
                let (between, next, after) = (
                    &text[range.end..next.start],
                    &text[next.clone()],
                    &text[next.end..],
                );
                damaged.push(format!("{before}{next}{between}{token}{after}"));
            }
            for text in damaged {
                let parsed = Parsed::new(&text);
                check_places(&parsed, &text);
                let count = parsed.findings.len();
                assert!(
                    count <= MOST,
                    "{}\n{text}\n{count} findings\n{}",
                    path.display(),
                    parsed.report()
                );
                numbers.push(count);
            }
        }
    }
    // On the whole there is hardly more than one finding for one mistake.
    let mean = numbers.iter().sum::<usize>() as f64 / numbers.len() as f64;
    assert!(mean < 1.3, "{mean} findings for one wrong token");
}

/// Files cut off after each of their characters are read without panic, and so is each of their characters alone.
#[test]
fn cut_off_files() {
    for path in correct_files() {
        let text = read(&path);
        for (end, _) in text.char_indices().step_by(7) {
            let parsed = Parsed::new(&text[..end]);
            check_places(&parsed, &text[..end]);
            assert!(
                parsed.findings.len() <= 6,
                "{}\n{}",
                &text[..end],
                parsed.report()
            );
        }
    }
}

/// Nesting without end costs neither the stack nor time, and few findings.
#[test]
fn nesting_without_end() {
    for (before, part) in [
        ("type a = ", "list<"),
        ("type a = ", "(["),
        ("type a = ", "func() -> "),
        ("const a: u32 = ", "[("),
        ("const a: u32 = ", "{ a: "),
        ("f: func(", "g: func("),
        ("@a(", "["),
        ("", "/* "),
        ("", "a { b "),
        ("", "class a { "),
        ("", "f: overload { "),
        ("", "package a:b { interface a { "),
    ] {
        let parsed = Parsed::new(&format!("{before}{}", part.repeat(20_000)));
        let count = parsed.findings.len();
        assert!((1..=70).contains(&count), "{count} findings for {part:?}");
    }
}

fn check_places(parsed: &Parsed, text: &str) {
    let spans = parsed.findings.iter().flat_map(|finding| {
        finding
            .secondary
            .iter()
            .map(|label| label.span)
            .chain([finding.primary.span])
    });
    for span in spans {
        assert!(
            text.get(span.range()).is_some(),
            "{span:?} is not in\n{text}"
        );
    }
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}

fn correct_files() -> Vec<PathBuf> {
    let mut files: Vec<_> = fs::read_dir(tests().join("syntax"))
        .expect("the folder can be listed")
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    files.sort();
    files
}
