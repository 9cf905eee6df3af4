//! Damaged interface files: nothing panics, every place is within the text, one error causes few findings, and the same text
//! always has the same findings.
//!
//! The inputs are all interface files of the repository, valid and invalid ones; new ones are included automatically.

#[allow(unreachable_pub, reason = "another crate has this file too")]
#[path = "../fuzz/src/invariants.rs"]
mod invariants;

use std::ops::Range;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::{env, fs, thread};

use pyidl::unstable::Compilation;
use pyidl::unstable::diagnostic::render::Format;
use pyidl::unstable::diagnostic::{Code, Diagnostic, Diagnostics};
use pyidl::unstable::source::FileId;
use pyidl::unstable::syntax;

/// At how many places all files together are damaged, in each way: evenly chosen ones, the same in each run.
const PLACES: usize = 1500;

/// At how many places a file is damaged at least. `PYIDL_TEST_PLACES` is another number for each: every token with 10000.
const FEWEST: usize = 3;

/// What the names of interface files end with.
const FORMS: [&str; 3] = [".pyidl", ".wit", ".pyidl.toml"];

/// An interface file of the repository.
struct Input {
    path: PathBuf,
    text: String,
    /// The findings of the file as it is.
    findings: usize,
    /// How many places of it may be damaged.
    places: usize,
}

/// All interface files under the root, but for what is built.
fn inputs() -> Vec<Input> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths = Vec::new();
    for folder in ["examples", "idl", "tests"] {
        collect(&root.join(folder), &mut paths);
    }
    paths.sort();
    let places = match env::var("PYIDL_TEST_PLACES") {
        Ok(places) => places.parse().expect("a number"),
        Err(_) => (PLACES / paths.len().max(1)).max(FEWEST),
    };
    let inputs: Vec<_> = paths
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(&path).ok()?;
            let compilation = compiled(&path, &text);
            let mut codes = compilation.diagnostics.iter().map(|finding| finding.code);
            // A part of a file in another language may be an interface file with many mistakes.
            if codes.any(|code| code == Code::ForeignFile) {
                return None;
            }
            let findings = compilation.diagnostics.iter().count();
            Some(Input {
                path,
                text,
                findings,
                places,
            })
        })
        .collect();
    assert!(inputs.len() > 60, "{} inputs", inputs.len());
    inputs
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            if !path.ends_with("target") {
                collect(&path, paths);
            }
        } else if FORMS
            .iter()
            .any(|end| path.to_string_lossy().ends_with(end))
        {
            paths.push(path);
        }
    }
}

/// The text, compiled under the file's name without directories.
fn compiled(path: &Path, text: &str) -> Compilation {
    let name = path.file_name().expect("a file has a name");
    let compile = || {
        let mut compilation = Compilation::default();
        compilation.add(name, text);
        compilation
    };
    catch_unwind(AssertUnwindSafe(compile))
        .unwrap_or_else(|_| panic!("{} damaged: it panicked at\n{text}", path.display()))
}

/// Compiles a damaged text and looks at what was found.
fn check(input: &Input, text: &str, most: usize) -> usize {
    let compilation = compiled(&input.path, text);
    let findings = compilation.diagnostics.clone().sorted();
    for span in findings.iter().flat_map(spans) {
        assert!(
            text.get(span.clone()).is_some(),
            "{}: {span:?} is not in\n{text}",
            input.path.display()
        );
    }
    assert!(
        findings.len() <= input.findings + most,
        "{}: {} findings instead of {}\n{}\n{text}",
        input.path.display(),
        findings.len(),
        input.findings,
        compilation.findings(Format::Human, false),
    );
    findings.len().saturating_sub(input.findings)
}

fn spans(finding: &Diagnostic) -> impl Iterator<Item = Range<usize>> {
    let secondary = finding.secondary.iter();
    secondary
        .chain([&finding.primary])
        .map(|label| label.span.range())
}

/// Does something with each input, on all processors.
fn for_each(work: impl Fn(&Input) + Sync) {
    let inputs = inputs();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(input) = inputs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    work(input);
                }
            });
        }
    });
}

fn tokens(text: &str) -> Vec<Range<usize>> {
    let tokens = syntax::tokenize(text, FileId::default(), &mut Diagnostics::default());
    tokens
        .tokens()
        .iter()
        .map(|token| token.start as usize..token.end as usize)
        .filter(|range| !range.is_empty())
        .collect()
}

impl Input {
    /// Evenly chosen ones of what could be damaged.
    fn chosen<'a, T>(&self, all: &'a [T]) -> impl Iterator<Item = (usize, &'a T)> + use<'a, T> {
        all.iter()
            .enumerate()
            .step_by(all.len().div_ceil(self.places.max(1)).max(1))
    }
}

#[test]
fn a_wrong_token_costs_few_findings() {
    // For one token, and on average where all else is right.
    // A member that got lost is missed wherever it is used.
    const MOST: usize = 16;
    const MEAN: f64 = 1.3;
    let findings = AtomicUsize::new(0);
    let texts = AtomicUsize::new(0);
    for_each(|input| {
        let text = &input.text;
        let tokens = tokens(text);
        for (n, range) in input.chosen(&tokens) {
            let before = &text[..range.start];
            let token = &text[range.clone()];
            let after = &text[range.end..];
            let mut damaged = vec![
                [before, after].concat(),
                [before, token, " ", token, after].concat(),
            ];
            if let Some(next) = tokens.get(n + 1) {
                let between = &text[range.end..next.start];
                let swapped = [
                    before,
                    &text[next.clone()],
                    between,
                    token,
                    &text[next.end..],
                ];
                damaged.push(swapped.concat());
            }
            for damaged in &damaged {
                let found = check(input, damaged, MOST);
                if input.findings == 0 {
                    findings.fetch_add(found, Ordering::Relaxed);
                    texts.fetch_add(1, Ordering::Relaxed);
                }
            }
        }
    });
    let mean = findings.into_inner() as f64 / texts.into_inner() as f64;
    assert!(mean < MEAN, "{mean} findings for one wrong token");
}

#[test]
fn cut_off_files() {
    // One bracket each, and the item that ends too early.
    const MOST: usize = 8;
    for_each(|input| {
        let text = &input.text;
        for (_, range) in input.chosen(&tokens(text)) {
            check(input, &text[..range.end], MOST);
        }
        let places: Vec<_> = text.char_indices().map(|(place, _)| place).collect();
        for (_, place) in input.chosen(&places) {
            check(input, &text[..*place], MOST);
            check(input, &text[*place..], usize::MAX - input.findings);
        }
    });
}

/// Maps of the standard library have another order in each run and each instance.
#[test]
fn the_same_findings_each_time() {
    for_each(|input| {
        let text = &input.text;
        for (_, range) in input.chosen(&tokens(text)).step_by(7) {
            let damaged = [&text[..range.start], &text[range.end..]].concat();
            let findings = || compiled(&input.path, &damaged).findings(Format::Human, false);
            assert_eq!(findings(), findings(), "{}", input.path.display());
        }
    });
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
        ("f: func(", "\ng: func("),
        ("@a(", "["),
        ("", "/* "),
        ("", "a { b "),
        ("", "class a { "),
        ("", "f: overload { "),
        ("", "interface a {\n"),
        ("", "interface a<T> { "),
        ("", "class a : b { "),
        ("", "class a = { "),
        ("record a { b ", "c: fn("),
        ("", "package a:b { interface a { "),
        ("", "enum a {\nf: func() -> u8\n"),
        ("const a: u32 = ", "(\nb: ("),
    ] {
        let text = format!("{before}{}", part.repeat(20_000));
        let compilation = compiled(Path::new("x.pyidl"), &text);
        let count = compilation.diagnostics.iter().count();
        // Each line may be a mistake of its own.
        let most = if part.contains('\n') {
            Diagnostics::LIMIT
        } else {
            70
        };
        assert!((1..=most).contains(&count), "{count} findings for {part:?}");
    }
}

/// Blocks of Python end with their indentation; each brace begins at the left again.
#[test]
fn indented_blocks_without_end() {
    for header in ["class b:", "interface b:", "def b():"] {
        let block: String = (0..190)
            .map(|depth| format!("{}{header}\n", " ".repeat(depth)))
            .collect();
        let text = format!("interface a {{\n{block}").repeat(30);
        let count = compiled(Path::new("x.pyidl"), &text)
            .diagnostics
            .iter()
            .count();
        assert!(count > 0, "no findings for {header:?}");
    }
}

/// What must hold for every text holds for the repository's own, those that fuzzing found (`tests/fuzz`) included.
#[test]
fn invariants_of_all_files() {
    for_each(|input| {
        let text = &input.text;
        let check = || {
            if input.path.to_string_lossy().ends_with(".toml") {
                invariants::toml(text);
            } else {
                invariants::lexer(text);
                invariants::parser(text);
                invariants::resolver(text);
                invariants::fmt(text);
            }
        };
        catch_unwind(check).unwrap_or_else(|_| panic!("{}", input.path.display()));
    });
}

/// Nothing is parsed repeatedly at each level of a nesting: that would take exponential time.
#[test]
fn nesting_of_all_kinds() {
    const PARTS: [&str; 16] = [
        "{", "(", "[", "<", "a", ":", "=", ",", ";", "->", "@a", "func", "list", "class", "%a",
        "\"b\"",
    ];
    let pairs: Vec<_> = PARTS
        .iter()
        .flat_map(|first| PARTS.map(|second| [first, second]))
        .collect();
    let next = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some([first, second]) = pairs.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for before in [
                        "",
                        "const a: b = ",
                        "type a = ",
                        "f: func(a: ",
                        "@a(b = ",
                        "class a { ",
                        "enum a { ",
                    ] {
                        let part = format!("{first} {second} ");
                        for part in [part.clone(), format!("{part}{{ "), format!("{part}( ")] {
                            let text = format!("{before}{}", part.repeat(70));
                            compiled(Path::new("x.pyidl"), &text);
                        }
                    }
                }
            });
        }
    });
}
