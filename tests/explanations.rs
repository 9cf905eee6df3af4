//! The pages of `pyidl explain`: the failing example of each has findings of its code only, the valid example has none.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use pyidl::unstable::diagnostic::Code;
use pyidl::unstable::diagnostic::explanation::{Example, Explanation};

/// What text on a page cannot show: an input that fails.
fn input_that_is_no_text(code: Code) -> Option<Vec<u8>> {
    match code {
        Code::ForbiddenCharacter => Some("const mark: string = \"\u{202e}\";\n".into()),
        Code::Unreadable => Some(b"/// caf\xe9\nwords: func();\n".to_vec()),
        Code::TooLarge => Some(vec![b' '; (16 << 20) + 1]),
        _ => None,
    }
}

/// The codes of the findings of the page's command in these files.
fn codes(page: &Explanation, files: &[(&str, &[u8])]) -> BTreeSet<String> {
    let place = tempfile::tempdir().unwrap();
    for (name, text) in files {
        let path = place.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyidl"));
    command
        .current_dir(place.path())
        .stdin(Stdio::null())
        .args(&page.command);
    if page.command == ["check"] {
        command.args(
            files
                .iter()
                .map(|(name, _)| name)
                .filter(|name| is_interface(name)),
        );
    }
    let output = command.args(["--format", "json"]).output().unwrap();
    let code = page.code.as_str();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(
        matches!(output.status.code(), Some(0 | 1)),
        "{code}: {errors}"
    );
    // Commands whose output is something else print findings on standard error.
    let found = [&output.stdout, &output.stderr].map(|bytes| String::from_utf8_lossy(bytes));
    found
        .iter()
        .flat_map(|text| text.lines())
        .filter_map(|line| serde_json::from_str::<serde_json::Value>(line).ok())
        .filter_map(|finding| Some(finding.get("code")?.as_str()?.to_owned()))
        .collect()
}

fn is_interface(name: &str) -> bool {
    let name = name.strip_suffix(".toml").unwrap_or(name);
    let extension = Path::new(name).extension();
    extension.is_some_and(|extension| extension == "pyidl" || extension == "wit")
}

fn files<'p>(
    page: &'p Explanation,
    belongs: impl Fn(&Example) -> bool,
) -> Vec<(&'p str, &'p [u8])> {
    let file = |example: &'p Example| {
        let name = example.file.as_deref().unwrap_or("example.pyidl");
        (name, example.text.as_bytes())
    };
    page.examples
        .iter()
        .filter(|example| belongs(example))
        .map(file)
        .collect()
}

/// The errors in the examples of a code; empty if there are none.
fn faults(code: Code) -> Vec<String> {
    let page = Explanation::of(code);
    let name = code.as_str();
    let mut faults = Vec::new();
    let mut expect = |files: &[(&str, &[u8])], expected: &[&str], what: &str| {
        let found = codes(&page, files);
        if !found.iter().eq(expected) {
            faults.push(format!("{name}: the example that {what} has {found:?}"));
        }
    };
    if let Some(input) = input_that_is_no_text(code) {
        expect(&[("example.pyidl", &input)], &[name], "fails");
        return faults;
    }
    expect(&files(&page, |example| example.fails), &[name], "fails");
    let right = files(&page, |example| example.works);
    expect(&right, &[], "is right");
    if right.is_empty() {
        faults.push(format!("{name}: there is no example of what is right"));
    }
    faults
}

#[test]
fn examples_fail_and_work_as_they_say() {
    let faults: Vec<_> = Code::ALL.iter().copied().flat_map(faults).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn every_page_belongs_to_a_code() {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("compiler/diagnostic/explanations");
    let known: BTreeSet<_> = Code::ALL
        .iter()
        .map(|code| format!("{}.md", code.as_str()))
        .collect();
    let pages = fs::read_dir(directory).unwrap().flatten();
    let pages: BTreeSet<_> = pages
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    assert_eq!(pages, known);
}

#[test]
fn pages_are_short_paragraphs() {
    for &code in Code::ALL {
        let page = Explanation::of(code);
        let name = code.as_str();
        assert!(!page.text.is_empty(), "{name} says nothing");
        assert!(
            !page.text.contains("```"),
            "{name} has a fence that is never closed"
        );
        let longest = page.text.lines().map(|line| line.chars().count()).max();
        assert!(
            longest <= Some(100),
            "{name} has lines of more than 100 columns"
        );
    }
}
