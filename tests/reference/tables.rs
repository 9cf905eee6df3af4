//! The tables of the page have what the compiler has.

use std::collections::BTreeSet;

use pyidl::Format;
use pyidl::unstable::model::OperatorKind;
use pyidl::unstable::resolve::prelude::prelude;
use pyidl::unstable::syntax::Keyword;

use super::{PAGE, compiled, fences, generated, none};

/// The cells of the rows of the table below the heading `heading`.
fn rows(heading: &str) -> Vec<Vec<String>> {
    let start = PAGE.find(heading).expect("the heading is on the page");
    let lines = PAGE[start..]
        .lines()
        .skip_while(|line| !line.starts_with('|'));
    let rows = lines.take_while(|line| line.starts_with('|')).skip(2);
    rows.map(|row| {
        let row = row.trim_matches('|').replace("\\|", "\0");
        row.split('|')
            .map(|cell| cell.trim().replace('\0', "|"))
            .collect()
    })
    .collect()
}

/// What stands between backticks.
fn code(cell: &str) -> Vec<String> {
    let spans = cell.split('`').skip(1).step_by(2);
    spans.map(str::to_owned).collect()
}

/// Every row of the table of types, as the parameter and the result of a function.
#[test]
fn types_are_spelt_as_the_table_says() {
    let cell = |cell: &String| code(cell).first().cloned();
    let rows: Vec<Vec<_>> = rows("### Table of types")
        .iter()
        .map(|row| {
            row.iter()
                .map(|text| cell(text).unwrap_or_else(|| text.clone()))
                .collect()
        })
        .collect();
    let mut text = fences::interface(PAGE);
    for (row, n) in rows.iter().zip(0..) {
        let [ty, takes, returns, ..] = row.as_slice() else {
            panic!("{row:?}")
        };
        let parameter = if takes == "–" {
            String::new()
        } else {
            format!("a: {ty}")
        };
        let result = if returns == "–" {
            String::new()
        } else {
            format!(" -> {ty}")
        };
        text.push_str(&format!("row-{n}: func({parameter}){result};\n"));
    }
    let mut compilation = compiled("music.pyidl", &text);
    compilation.check_targets();
    assert_eq!(compilation.findings(Format::Human, false), "");
    let words = |extension| {
        let text = generated(&compilation, extension);
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let (rust, stub) = (words(".rs"), words(".pyi"));
    let mut faults = Vec::new();
    for (row, n) in rows.iter().zip(0..) {
        let [_, takes, returns, passes, gets] = row.as_slice() else {
            panic!("{row:?}")
        };
        let is_python = takes.contains("'py") || returns.contains("'py");
        let (py, lifetime) = if is_python {
            ("py: rt::Python<'py>", "<'py>")
        } else {
            ("", "")
        };
        let parameter = if takes == "–" {
            String::new()
        } else {
            format!("a: {takes}")
        };
        let comma = if is_python && takes != "–" {
            ", "
        } else {
            ""
        };
        let result = match (returns.as_str(), is_python) {
            ("–", false) => String::new(),
            ("–", true) => " -> rt::Result<()>".to_owned(),
            (returns, false) => format!(" -> {returns}"),
            (returns, true) => format!(" -> rt::Result<{returns}>"),
        };
        let function = format!("fn row_{n}{lifetime}({py}{comma}{parameter}){result};");
        if !rust.contains(&function) {
            let start = rust.find(&format!("fn row_{n}")).unwrap_or(0);
            let found: String = rust[start..].chars().take(120).collect();
            faults.push(format!("expected {function}\n   found {found}"));
        }
        let parameter = if passes == "–" {
            String::new()
        } else {
            format!("a: {passes}")
        };
        let result = if gets == "–" { "None" } else { gets };
        let function = format!("def row_{n}({parameter}) -> {result}: ...");
        if !stub.contains(&function) {
            let start = stub.find(&format!("def row_{n}(")).unwrap_or(0);
            let found: String = stub[start..].chars().take(120).collect();
            faults.push(format!("expected {function}\n   found {found}"));
        }
    }
    none(faults);
}

/// A row has operators, what they are for, and the signature of each.
#[test]
fn every_operator_is_in_the_table() {
    let rows = rows("### Operators");
    let shown = rows.iter().flat_map(|row| {
        let signature = code(&row[2])[0].clone();
        let words = code(&row[0]).into_iter();
        words.map(move |word| (word, signature.clone()))
    });
    let known = OperatorKind::ALL
        .iter()
        .map(|(kind, word, _)| ((*word).to_owned(), kind.form().to_owned()));
    let (shown, known): (BTreeSet<_>, BTreeSet<_>) = (shown.collect(), known.collect());
    let missing: Vec<_> = known.difference(&shown).collect();
    let wrong: Vec<_> = shown.difference(&known).collect();
    assert!(
        missing.is_empty() && wrong.is_empty(),
        "missing {missing:?}, wrong {wrong:?}"
    );
}

#[test]
fn nothing_is_left_out() {
    let code: Vec<String> = code(PAGE);
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'));
        words.map(str::to_owned).collect()
    };
    let shown: BTreeSet<String> = code.iter().flat_map(|text| words(text)).collect();
    let keywords = Keyword::ALL.iter().map(|keyword| keyword.as_str());
    let types = prelude().types.iter().map(|ty| ty.name.as_str());
    let missing: Vec<_> = keywords
        .chain(types)
        .filter(|word| !shown.contains(*word))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}
