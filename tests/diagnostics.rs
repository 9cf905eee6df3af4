//! The findings for invalid interface files: every file in `tests/diagnostics`.
//!
//! To add a case, add a file there and run the tests with `INSTA_UPDATE=always`. The files themselves list the expected findings:
//! `//~ E0205 E0301` on a line means that these findings start on it, `//~^ E0102` that they start on the line before, with more
//! `^` further up. No other finding is allowed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use pyidl::unstable::Compilation;
use pyidl::unstable::diagnostic::render::Format;
use serde_json::Value;

/// A file, compiled under its name without directories.
fn compiled(path: &Path) -> Compilation {
    let text = fs::read_to_string(path).expect("the file can be read");
    let mut compilation = Compilation::default();
    compilation.add(path.file_name().expect("a file has a name"), text);
    compilation
}

/// All invalid files.
fn inputs() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let (folders, mut files): (Vec<_>, Vec<_>) = entries(&directory)
        .into_iter()
        .partition(|path| path.is_dir());
    files.extend(folders.iter().flat_map(|folder| entries(folder)));
    files
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).expect("the folder can be listed");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    paths.sort();
    paths
}

#[test]
fn findings_of_wrong_files() {
    insta::with_settings!({
        snapshot_path => "../snapshots/diagnostics",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::glob!("diagnostics/**/*.pyidl", |path| {
            let findings = compiled(path).findings(Format::Human, false);
            assert!(!findings.is_empty(), "{} has no mistake", path.display());
            insta::assert_snapshot!("findings", findings);
        });
    });
}

/// The findings that the marks in a file require: lines and codes, in order.
fn marked(text: &str) -> Vec<(usize, String)> {
    let mut found = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let Some((_, mark)) = line.split_once("//~") else {
            continue;
        };
        let codes = mark.trim_start_matches('^');
        let number = number - (mark.len() - codes.len());
        found.extend(
            codes
                .split_whitespace()
                .map(|code| (number, code.to_owned())),
        );
    }
    found.sort();
    found
}

/// Each error is reported once, at its place, without consequential findings.
#[test]
fn mistakes_are_found_where_they_are_marked() {
    let mut faults = Vec::new();
    for path in inputs() {
        let text = fs::read_to_string(&path).expect("the file can be read");
        let expected = marked(&text);
        let compilation = compiled(&path);
        let findings = compilation.diagnostics.iter().map(|finding| {
            let span = finding.primary.span;
            let place = compilation.sources.place(span.file, span.start);
            (place.line, finding.code.as_str().to_owned())
        });
        let mut found: Vec<_> = findings.collect();
        found.sort();
        if found != expected {
            let name = path.display();
            faults.push(format!(
                "{name}\n  marked: {expected:?}\n  found:  {found:?}"
            ));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Each finding says what is wrong, shows where, and what to type instead.
#[test]
fn findings_have_labels_and_help() {
    let bare: BTreeSet<_> = inputs()
        .iter()
        .flat_map(|path| compiled(path).diagnostics.sorted())
        .filter(|finding| finding.primary.text.is_empty() || finding.help.is_empty())
        .map(|finding| format!("{} {}", finding.code.as_str(), finding.message))
        .collect();
    assert_eq!(bare, BTreeSet::new());
}

/// The violations of `schema` in `value`, for the subset of JSON Schema in use here; panics at an unknown keyword, so that none
/// is ignored.
fn violations(value: &Value, schema: &Value, root: &Value, place: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut expect = |holds: bool, what: &str| {
        if !holds {
            found.push(format!("{place}: {what}: {value}"));
        }
    };
    let mut inner: Vec<(&Value, &Value, String)> = Vec::new();
    for (keyword, rule) in schema.as_object().expect("a schema is an object") {
        match keyword.as_str() {
            "$schema" | "$defs" | "title" | "description" | "additionalProperties" => {}
            "$ref" => {
                let path = rule.as_str().expect("a path").trim_start_matches('#');
                let target = root.pointer(path).expect("the definition is there");
                inner.push((value, target, place.to_owned()));
            }
            "type" => match rule.as_str().expect("a type") {
                "object" => expect(value.is_object(), "is no object"),
                "array" => expect(value.is_array(), "is no array"),
                "string" => expect(value.is_string(), "is no string"),
                "integer" => expect(value.is_u64() || value.is_i64(), "is no integer"),
                other => panic!("type {other}"),
            },
            "enum" => {
                let values = rule.as_array().expect("a list of values");
                expect(values.contains(value), "is none of the values");
            }
            "minimum" => expect(value.as_i64() >= rule.as_i64(), "is too small"),
            "required" => {
                for key in rule.as_array().expect("a list of keys") {
                    let key = key.as_str().expect("a key");
                    expect(value.get(key).is_some(), &format!("lacks {key}"));
                }
            }
            "properties" => {
                assert_eq!(schema["additionalProperties"], false, "{place}");
                for (key, value) in value.as_object().into_iter().flatten() {
                    match rule.get(key) {
                        Some(schema) => inner.push((value, schema, format!("{place}/{key}"))),
                        None => expect(false, &format!("has {key}")),
                    }
                }
            }
            "items" => {
                for value in value.as_array().into_iter().flatten() {
                    inner.push((value, rule, format!("{place}/item")));
                }
            }
            other => panic!("keyword {other}"),
        }
    }
    found.extend(
        inner
            .into_iter()
            .flat_map(|(value, schema, place)| violations(value, schema, root, &place)),
    );
    found
}

#[test]
fn json_is_as_the_schema_says() {
    let schema: Value =
        serde_json::from_str(include_str!("../compiler/diagnostic/schema.json")).expect("JSON");
    let mut count = 0;
    for path in inputs() {
        for line in compiled(&path).findings(Format::Json, false).lines() {
            let finding: Value = serde_json::from_str(line).expect("each line is JSON");
            assert_eq!(
                violations(&finding, &schema, &schema, ""),
                [""; 0],
                "{line}"
            );
            count += 1;
        }
    }
    assert!(count > 100, "{count} findings were compared");
    // The comparison must be able to fail.
    let broken = serde_json::json!({ "severity": "note", "line": 1, "start": { "line": 0 } });
    assert!(violations(&broken, &schema, &schema, "").len() > 8);
}
