//! The parser as a whole.

use std::fs;
use std::path::Path;

use super::*;
use crate::diagnostic::render;

/// The tree of a text and its findings, in short form.
fn parsed(text: &str) -> (ast::File, String) {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add("x", text);
    let tree = parse(file, &sources, &mut diagnostics);
    (tree, render::short(&diagnostics.sorted(), &sources))
}

#[test]
fn prelude() {
    assert_eq!(parsed(include_str!("../../idl/prelude.pyidl")).1, "");
}

/// Without line breaks and backticks, and with single blanks.
fn words(text: &str) -> String {
    let words: Vec<_> = text.split_whitespace().collect();
    words.join(" ").replace('`', "")
}

#[test]
fn each_rule_of_the_grammar_is_a_rule_of_the_parser() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("compiler/syntax/parse");
    let mut docs = String::new();
    for entry in fs::read_dir(&folder).expect("the folder can be listed") {
        let path = entry.expect("the folder can be listed").path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let text = fs::read_to_string(path).expect("a file of text");
            let lines = text.lines().map(str::trim);
            docs.extend(lines.filter_map(|line| line.strip_prefix("///")));
        }
    }
    let docs = words(&docs);
    let grammar = fs::read_to_string(folder.join("grammar.ebnf")).expect("a file of text");
    let rules: Vec<_> = grammar
        .lines()
        .filter(|line| line.contains("::="))
        .collect();
    assert!(rules.len() > 60, "{} rules", rules.len());
    for rule in rules {
        assert!(docs.contains(&words(rule)), "no function has {rule}");
    }
}
