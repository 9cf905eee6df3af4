//! The language reference, `idl/README.md`, says what is so: its interface file is right, what fails fails as it says, and what
//! Rust and Python see is what is generated. The module is built with the other test modules, and
//! `tests/python/test_reference.py` runs the lines after `>>>`.
//!
//! `tests/modules/fences.rs` says how its blocks are marked.

#[path = "modules/fences.rs"]
mod fences;
#[path = "reference/tables.rs"]
mod tables;

use std::collections::BTreeSet;

use fences::{Fence, fences};
use pyidl::Format;
use pyidl::unstable::diagnostic::render;
use pyidl::unstable::diagnostic::{Code, Diagnostics};
use pyidl::unstable::source::SourceMap;
use pyidl::unstable::syntax::{self, Form};
use pyidl::unstable::{Compilation, convert, without_places};

const PAGE: &str = include_str!("../idl/README.md");
const TOML_PAGE: &str = include_str!("../idl/TOML.md");
const IMPLEMENTATION: &str = include_str!("modules/src/music.rs");

fn compiled(name: &str, text: &str) -> Compilation {
    let mut compilation = Compilation::default();
    compilation.add(name, text);
    compilation
}

/// The codes of all findings, those of the targets among them.
fn codes(compilation: &mut Compilation) -> BTreeSet<&'static str> {
    compilation.check_targets();
    let found = compilation.diagnostics.clone().sorted();
    found.iter().map(|finding| finding.code.as_str()).collect()
}

/// Fails with everything that is wrong with the page.
fn none(faults: Vec<String>) {
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn has_mark(fence: &Fence, mark: &str) -> bool {
    fence.marks.iter().any(|word| word == mark)
}

/// The name of the file that a block is.
fn file_name(fence: &Fence) -> Option<&str> {
    fence
        .marks
        .iter()
        .find_map(|word| word.strip_prefix("file="))
}

/// A block of `pyidl` or `wit` that is not part of the one file: a file of its own, a file beside others with names in its
/// section, or that file with the block at its end.
fn compiled_fence(fence: &Fence) -> Compilation {
    if fence.language == "wit" {
        return compiled("music.wit", &fence.text);
    }
    if !has_mark(fence, "alone") {
        let text = format!("{}\n{}", fences::interface(PAGE), fence.text);
        return compiled("music.pyidl", &text);
    }
    let mut compilation = Compilation::default();
    if file_name(fence).is_some() {
        let before = fences(PAGE)
            .into_iter()
            .filter(|other| other.section == fence.section && other.line < fence.line);
        for other in before {
            if let Some(name) = file_name(&other) {
                compilation.add(name, &other.text);
            }
        }
    }
    compilation.add(file_name(fence).unwrap_or("music.pyidl"), &fence.text);
    compilation
}

/// The block, or its lines if each stands for itself.
fn each(fence: &Fence) -> Vec<Fence> {
    if !has_mark(fence, "each") {
        return vec![fence.clone()];
    }
    let lines = fence.text.lines().zip(fence.line + 1..);
    let block = |(text, line): (&str, usize)| Fence {
        text: format!("{text}\n"),
        line,
        ..fence.clone()
    };
    lines.map(block).collect()
}

#[test]
fn the_interface_file_has_no_findings() {
    let mut music = compiled("music.pyidl", &fences::interface(PAGE));
    music.check_targets();
    assert_eq!(music.findings(Format::Human, false), "");
}

#[test]
fn blocks_are_formatted() {
    let mut faults = Vec::new();
    for fence in fences(PAGE) {
        if fence.language != "pyidl" || has_mark(&fence, "fail") || has_mark(&fence, "each") {
            continue;
        }
        let mut sources = SourceMap::default();
        let file = sources.add("music.pyidl", &fence.text);
        let text = convert(file, Form::Pyidl, &sources, &mut Diagnostics::default());
        let text = text.expect("it has no syntax errors");
        if text != fence.text {
            faults.push(format!("line {}: pyidl fmt gives\n{text}", fence.line));
        }
    }
    none(faults);
}

#[test]
fn findings_are_those_that_the_page_names() {
    let mut faults = Vec::new();
    for fence in fences(PAGE) {
        let is_source = matches!(fence.language.as_str(), "pyidl" | "wit");
        if !is_source || fence.is_part() {
            continue;
        }
        let mut expected: BTreeSet<&str> = fence
            .marks
            .iter()
            .map(String::as_str)
            .filter(|word| is_code(word))
            .collect();
        if has_mark(&fence, "later") {
            expected.insert(Code::NotGeneratedYet.as_str());
        }
        for fence in each(&fence) {
            let mut compilation = compiled_fence(&fence);
            let found = codes(&mut compilation);
            if found != expected {
                let shown = compilation.findings(Format::Short, false);
                let line = fence.line;
                faults.push(format!(
                    "line {line}: expected {expected:?}, found {found:?}\n{shown}"
                ));
            }
        }
    }
    none(faults);
}

/// The marks of blocks are not seen where the page is read.
#[test]
fn what_is_not_generated_yet_is_said_in_its_section() {
    const LINK: &str = "(#what-is-not-generated-yet)";
    let lines: Vec<_> = PAGE.lines().collect();
    let all = fences(PAGE);
    let mut faults = Vec::new();
    for fence in &all {
        if !has_mark(fence, "later") {
            continue;
        }
        let section = &lines[fence.section..fence.line];
        let title = lines[fence.section - 1];
        if !section.iter().any(|line| line.contains(LINK)) && !title.contains("not generated") {
            faults.push(format!(
                "line {}: `{title}` does not say it is [not generated yet]{LINK}",
                fence.line
            ));
        }
    }
    let has_later = |line: usize| {
        let in_section = |fence: &&Fence| fence.section < line && line < fence.line;
        let next = all.iter().find(|fence| fence.line > line);
        next.filter(in_section)
            .is_some_and(|fence| has_mark(fence, "later"))
    };
    for (line, text) in (1..).zip(&lines) {
        if text.starts_with("This is checked, and [not generated yet]") && !has_later(line) {
            faults.push(format!("line {line}: what follows is generated"));
        }
    }
    none(faults);
}

#[test]
fn findings_are_printed_as_shown() {
    let fences = fences(PAGE);
    let mut shown = 0;
    for pair in fences.windows(2).filter(|pair| pair[1].language == "text") {
        let compilation = compiled_fence(&pair[0]);
        let printed = compilation.findings(Format::Human, false);
        assert_eq!(
            printed.trim_end(),
            pair[1].text.trim_end(),
            "line {}",
            pair[1].line
        );
        shown += 1;
    }
    assert!(shown > 0, "the page shows findings");
}

/// The lines of `fence` that do not follow in `text`.
fn missing_lines(fence: &Fence, text: &str) -> Option<String> {
    let mut lines = text.lines().map(str::trim);
    let shown = fence.text.lines().map(str::trim);
    let mut shown =
        shown.filter(|line| !line.is_empty() && !line.trim_matches(['#', '/', ' ']).eq("…"));
    let missing = shown.find(|line| !lines.any(|other| other == *line))?;
    let why = match text.lines().any(|line| line.trim() == missing) {
        true => "comes earlier",
        false => "is nowhere",
    };
    Some(format!("line {}: `{missing}` {why}", fence.line))
}

/// What people read of the generated files: all Rust but the glue, or all stubs.
fn generated(compilation: &Compilation, extension: &str) -> String {
    let files = compilation.generate();
    let readable = files.iter().filter(|(path, _)| {
        let name = path.to_string_lossy();
        name.ends_with(extension) && !name.ends_with(".glue.rs")
    });
    readable.map(|(_, text)| text).collect()
}

#[test]
fn rust_and_python_see_what_is_shown() {
    let music = compiled("music.pyidl", &fences::interface(PAGE));
    let mut alone = (0, Compilation::default());
    let mut faults = Vec::new();
    for fence in fences(PAGE) {
        if has_mark(&fence, "alone") || fence.language == "wit" {
            alone = (fence.section, compiled_fence(&fence));
        }
        let compilation = if alone.0 == fence.section {
            &alone.1
        } else {
            &music
        };
        match fence.language.as_str() {
            "rust" if has_mark(&fence, "written") => {
                faults.extend(missing_lines(&fence, IMPLEMENTATION));
            }
            "rust" if has_mark(&fence, "section") => {
                let parts = fences(PAGE).into_iter();
                let parts = parts.filter(|part| part.is_part() && part.section == fence.section);
                let text: String = parts.map(|part| part.text).collect();
                let section = compiled("music.pyidl", &text);
                faults.extend(missing_lines(&fence, &generated(&section, ".rs")));
            }
            "rust" => faults.extend(missing_lines(&fence, &generated(compilation, ".rs"))),
            "python" => faults.extend(missing_lines(&fence, &generated(compilation, ".pyi"))),
            _ => {}
        }
    }
    none(faults);
}

fn is_code(word: &str) -> bool {
    let digits = word.strip_prefix(['E', 'W', 'L', 'B']);
    digits.is_some_and(|digits| digits.len() == 4 && digits.bytes().all(|b| b.is_ascii_digit()))
}

#[test]
fn codes_and_links_lead_somewhere() {
    let known: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str()).collect();
    let words = PAGE.split(|c: char| !c.is_ascii_alphanumeric());
    let mut faults: Vec<_> = words
        .filter(|word| is_code(word) && !known.contains(word))
        .map(|word| format!("there is no code {word}"))
        .collect();
    let headings = PAGE.lines().filter(|line| line.starts_with("##"));
    let anchors: BTreeSet<String> = headings
        .map(|line| {
            let title = line.trim_start_matches('#').trim().to_lowercase();
            let kept = title
                .chars()
                .filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
            kept.map(|c| if c == ' ' { '-' } else { c }).collect()
        })
        .collect();
    for target in PAGE
        .split("](")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
    {
        let found = match target.strip_prefix('#') {
            Some(anchor) => anchors.contains(anchor),
            None => {
                let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
                let file = target.split('#').next().unwrap_or(target);
                target.starts_with("https://") || root.join("idl").join(file).exists()
            }
        };
        if !found {
            faults.push(format!("nothing is at {target}"));
        }
    }
    none(faults);
}

#[test]
fn toml_says_what_the_block_before_it_says() {
    let tree = |name: &str, text: &str| {
        let mut sources = SourceMap::default();
        let mut diagnostics = Diagnostics::default();
        let file = sources.add(name, text);
        let tree = syntax::parse(file, &sources, &mut diagnostics);
        let found = render::findings(Format::Human, &diagnostics.sorted(), &sources, false);
        assert_eq!(found, "", "{text}");
        without_places(&tree)
    };
    for (page, compared) in [(PAGE, 1), (TOML_PAGE, 3)] {
        let fences = fences(page);
        let tomls = (0..fences.len()).filter(|&index| fences[index].language == "toml");
        let mut pairs = 0;
        for index in tomls {
            let toml = tree("x.pyidl.toml", &fences[index].text);
            let before = index.checked_sub(1).map(|index| &fences[index]);
            if let Some(pyidl) = before.filter(|fence| fence.language == "pyidl") {
                let line = fences[index].line;
                assert_eq!(tree("x.pyidl", &pyidl.text), toml, "line {line}");
                pairs += 1;
            }
        }
        assert_eq!(pairs, compared);
    }
}
