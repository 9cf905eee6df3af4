//! The generated code and the findings that the README shows are those of the compiler.

use pyidl::Format;
use pyidl::unstable::Compilation;

const README: &str = include_str!("../README.md");

/// The code block whose first lines are `start`, fences left out.
fn block(start: &str) -> &'static str {
    let from = README
        .find(start)
        .unwrap_or_else(|| panic!("the README has no block that starts with {start:?}"));
    let to = README[from..].find("\n```").expect("the block ends");
    &README[from..=from + to]
}

/// The text with every run of blanks and line ends as one blank.
fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_interface_file_makes_the_rust_and_the_stub_beside_it() {
    let mut compilation = Compilation::default();
    compilation.add("idl/wordcount.pyidl", block("//! Counting words."));
    assert_eq!(compilation.findings(Format::Short, false), "");
    let files = compilation.generate();

    let stub = files.get("wordcount.pyi").unwrap();
    let without_imports: Vec<_> = stub
        .lines()
        .filter(|line| !line.starts_with("# @generated") && !line.contains("import "))
        .collect();
    let shown: Vec<_> = block("\"\"\"Counting words.\"\"\"").lines().collect();
    assert_eq!(words(&without_imports.join("\n")), words(&shown.join("\n")));

    let rust = words(files.get("wordcount.rs").unwrap());
    let implementation = block("mod bindings {");
    let signatures: Vec<_> = implementation
        .split("fn ")
        .skip(1)
        .map(|function| words(function.split(" {").next().unwrap()))
        .collect();
    assert_eq!(signatures.len(), 4);
    for signature in signatures {
        assert!(rust.contains(&format!("fn {signature};")), "{signature}");
    }
}

#[test]
fn the_findings_are_printed_as_shown() {
    let shown = block("$ pyidl check idl/wordcount.pyidl");
    let source = shown
        .lines()
        .find_map(|line| line.strip_prefix("2 │ "))
        .unwrap();
    let mut compilation = Compilation::default();
    compilation.add(
        "idl/wordcount.pyidl",
        format!("/// Splits text into lower-case words.\n{source}\n"),
    );
    let printed = compilation.findings(Format::Human, false);
    assert_eq!(
        shown,
        format!("$ pyidl check idl/wordcount.pyidl\n{printed}2 errors\n")
    );
}
