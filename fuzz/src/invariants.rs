//! The invariants that must hold for every text. The fuzz targets check them on generated texts, the tests of the compiler on
//! those that were found to break them.

use std::ops::Range;

use pyidl::unstable::Compilation;
use pyidl::unstable::breaking;
use pyidl::unstable::diagnostic::render::{self, Format};
use pyidl::unstable::diagnostic::{Code, Diagnostics, Severity};
use pyidl::unstable::lint;
use pyidl::unstable::render::Files;
use pyidl::unstable::source::{FileId, SourceMap, Span};
use pyidl::unstable::syntax::{self, CommentKind, Form, Kind, ast, print};
use pyidl::unstable::{convert, without_places};
use serde_json::Value;

/// Tokens and comments are in the text, in order, and nothing between them is skipped without a finding.
pub fn lexer(text: &str) {
    let mut diagnostics = Diagnostics::default();
    let tokens = syntax::tokenize(text, FileId::default(), &mut diagnostics);
    let last = tokens.tokens().last().expect("there is an end");
    assert_eq!((last.kind, last.end as usize), (Kind::End, text.len()));

    let words = tokens.tokens().iter().map(|token| token.start..token.end);
    let comments = tokens
        .comments()
        .iter()
        .map(|comment| comment.start..comment.end);
    let mut covered: Vec<_> = words
        .chain(comments)
        .map(|it| it.start as usize..it.end as usize)
        .collect();
    covered.sort_by_key(|range| (range.start, range.end));
    let findings: Vec<_> = diagnostics
        .iter()
        .flat_map(|found| [&found.primary].into_iter().chain(&found.secondary))
        .map(|label| label.span.range())
        .collect();
    for finding in &findings {
        assert!(
            text.get(finding.clone()).is_some(),
            "{finding:?} is not in the text"
        );
    }
    // Findings beyond the limit are not kept, so their places are unknown.
    let all_known = diagnostics.iter().count() < Diagnostics::LIMIT;
    let mut end = 0;
    for range in covered {
        assert!(end <= range.start, "{range:?} starts before {end}");
        assert!(
            text.get(range.clone()).is_some(),
            "{range:?} is not in the text"
        );
        if all_known {
            assert_said(text, end..range.start, &findings);
        }
        end = range.end;
    }
}

/// `gap` contains only white space, or there is a finding about it.
fn assert_said(text: &str, gap: Range<usize>, findings: &[Range<usize>]) {
    let unsaid = text[gap.clone()]
        .char_indices()
        .map(|(place, character)| (gap.start + place, character))
        .find(|(_, character)| !character.is_whitespace() && *character != '\u{feff}');
    // `&'static`: the parser says what is wrong with the reference.
    let is_lifetime = text[..gap.start].ends_with('&') && text[gap.clone()].starts_with('\'');
    if let Some((place, character)) = unsaid {
        let said = findings
            .iter()
            .any(|finding| finding.start <= gap.end && gap.start <= finding.end);
        assert!(
            said || is_lifetime,
            "nothing was said of {character:?} at {place}"
        );
    }
}

/// There is a tree, whose places are in the text, and findings that can be shown in each format.
pub fn parser(text: &str) {
    let (sources, file) = source("x.pyidl", text);
    let mut diagnostics = Diagnostics::default();
    let tree = syntax::parse(file, &sources, &mut diagnostics);
    assert_places(&tree, text);
    syntax::dump_tree(&tree);
    assert_can_be_shown(&diagnostics, &sources);
}

/// What a text means, or what is wrong with it, can be said; and it breaks nothing that it does not change. Returns the
/// generated files.
pub fn resolver(text: &str) -> Files {
    compiled("x.wit", text);
    compiled("x.pyidl", text).generate()
}

fn compiled(name: &str, text: &str) -> Compilation {
    let mut compilation = Compilation::default();
    compilation.add(name, text);
    let has_errors = compilation.diagnostics.has_errors();
    for unit in &compilation.units {
        match &unit.interface {
            Some(interface) => {
                let breaks = breaking::compare(interface, interface);
                assert!(breaks.is_empty(), "it breaks itself: {breaks:?}");
            }
            None => assert!(has_errors, "no model and no error"),
        }
    }
    compilation.lint(&lint::Switches::default());
    compilation.check_targets();
    assert_can_be_shown(&compilation.diagnostics, &compilation.sources);
    compilation
}

/// The same for TOML; and what can be read can be written as `.pyidl` and back.
pub fn toml(text: &str) {
    let (sources, file) = source("x.pyidl.toml", text);
    let tree = syntax::parse(file, &sources, &mut Diagnostics::default());
    assert_places(&tree, text);
    compiled("x.pyidl.toml", text).generate();
    there_and_back("x.pyidl.toml", text, Form::Pyidl);
}

/// A file without errors can be formatted: the same tree and comments come out, and the same text when it is formatted
/// again. As TOML and back it is the same as well.
pub fn fmt(text: &str) {
    let (sources, file) = source("x.pyidl", text);
    let Some(tree) = parsed(&sources, file) else {
        return;
    };
    let formatted = format(&sources, file);
    let (sources, file) = source("x.pyidl", &formatted);
    let again = parsed(&sources, file).unwrap_or_else(|| panic!("has errors:\n{formatted}"));
    assert_eq!(
        without_places(&tree),
        without_places(&again),
        "\n{formatted}"
    );
    assert_eq!(comments(text), comments(&formatted), "\n{formatted}");
    assert_eq!(format(&sources, file), formatted);

    let printed = print::file_text(&tree);
    let (sources, file) = source("x.pyidl", &printed);
    let again = parsed(&sources, file).unwrap_or_else(|| panic!("has errors:\n{printed}"));
    assert_eq!(without_places(&tree), without_places(&again), "\n{printed}");

    there_and_back("x.pyidl", text, Form::Toml);
}

/// Converts a file without errors into the other form and back.
fn there_and_back(name: &str, text: &str, other: Form) {
    let (sources, file) = source(name, text);
    let Some(tree) = parsed(&sources, file) else {
        return;
    };
    let mut diagnostics = Diagnostics::default();
    let Some(converted) = convert(file, other, &sources, &mut diagnostics) else {
        // Tables have each name once.
        let mut errors = diagnostics
            .iter()
            .filter(|found| found.severity() == Severity::Error);
        let twice = errors.all(|found| found.code == Code::DuplicateName);
        assert!(
            twice && diagnostics.has_errors(),
            "{}",
            shown(&diagnostics, &sources)
        );
        return;
    };
    let (other_name, form) = match other {
        Form::Toml => ("x.pyidl.toml", Form::Pyidl),
        Form::Pyidl => ("x.pyidl", Form::Toml),
    };
    let (sources, file) = source(other_name, &converted);
    let back = convert(file, form, &sources, &mut diagnostics)
        .unwrap_or_else(|| panic!("{}\n{converted}", shown(&diagnostics, &sources)));
    let (sources, file) = source(name, &back);
    let again = parsed(&sources, file).unwrap_or_else(|| panic!("has errors:\n{back}"));
    assert_eq!(
        without_places(&tree),
        without_places(&again),
        "\n{converted}\n{back}"
    );
}

fn source(name: &str, text: &str) -> (SourceMap, FileId) {
    let mut sources = SourceMap::default();
    let file = sources.add(name, text);
    (sources, file)
}

/// The tree of a file, if it has no errors.
fn parsed(sources: &SourceMap, file: FileId) -> Option<ast::File> {
    let mut diagnostics = Diagnostics::default();
    let tree = syntax::parse(file, sources, &mut diagnostics);
    (!diagnostics.has_errors()).then_some(tree)
}

fn format(sources: &SourceMap, file: FileId) -> String {
    syntax::format(file, sources, &mut Diagnostics::default())
        .unwrap_or_else(|why| panic!("cannot be formatted: {why:?}"))
}

/// The comments that are no documentation, without white space, which may change.
fn comments(text: &str) -> Vec<String> {
    let tokens = syntax::tokenize(text, FileId::default(), &mut Diagnostics::default());
    let comments = tokens.comments().iter();
    let mut texts: Vec<String> = comments
        .filter(|comment| matches!(comment.kind, CommentKind::Line | CommentKind::Block))
        .map(|comment| {
            text[comment.start as usize..comment.end as usize]
                .split_whitespace()
                .collect()
        })
        .collect();
    texts.sort();
    texts
}

/// All places in a tree are in the text.
fn assert_places(tree: &ast::File, text: &str) {
    let mut values = vec![serde_json::to_value(tree).expect("trees are plain data")];
    while let Some(value) = values.pop() {
        match value {
            Value::Object(fields) => {
                match ["start", "end"].map(|name| fields.get(name)?.as_u64()) {
                    [Some(start), Some(end)] => {
                        let span = start as usize..end as usize;
                        assert!(
                            text.get(span.clone()).is_some(),
                            "{span:?} is not in the text"
                        );
                    }
                    _ => values.extend(fields.into_iter().map(|(_, value)| value)),
                }
            }
            Value::Array(items) => values.extend(items),
            _ => {}
        }
    }
}

fn assert_can_be_shown(diagnostics: &Diagnostics, sources: &SourceMap) {
    let spans = diagnostics.iter().flat_map(|found| {
        let secondary = found.secondary.iter().map(|label| label.span);
        secondary.chain([found.primary.span])
    });
    for Span { file, start, end } in spans {
        let text = &sources.file(file).text;
        assert!(
            text.get(start as usize..end as usize).is_some(),
            "{start}..{end} is not in the text"
        );
    }
    shown(diagnostics, sources);
}

fn shown(diagnostics: &Diagnostics, sources: &SourceMap) -> String {
    let findings = diagnostics.clone().sorted();
    let formats = [Format::Json, Format::Short, Format::Github, Format::Human];
    let [.., human] = formats.map(|format| render::findings(format, &findings, sources, false));
    human
}
