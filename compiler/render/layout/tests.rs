//! Tests of single layouts; tests of whole files compare them with rustfmt.

use super::items::function;
use super::*;

fn texts(items: &[&str]) -> Vec<Layout> {
    items.iter().map(|&item| item.into()).collect()
}

#[test]
fn types_break_at_their_arguments() {
    let inner = Layout::generic("Vec", texts(&["u32"]));
    let map = Layout::generic("rt::Map", vec!["String".into(), inner]);
    assert_eq!(map.format(0, 0, 0), "rt::Map<String, Vec<u32>>");
    assert_eq!(
        map.format(0, 80, 0),
        "rt::Map<\n    String,\n    Vec<u32>,\n>"
    );
}

#[test]
fn a_list_of_one_list_does_not_indent_twice() {
    let point = Layout::structure(
        "Point",
        vec![("x".into(), "1.0".into()), ("y".into(), "22.25e10".into())],
    );
    let some = Layout::call("Some", vec![point]);
    assert_eq!(
        some.format(0, 0, 0),
        "Some(Point {\n    x: 1.0,\n    y: 22.25e10,\n})"
    );
}

#[test]
fn short_items_share_lines() {
    let numbers: Vec<_> = (0..40).map(|n| Layout::Text(n.to_string())).collect();
    let text = Layout::vec(numbers).format(0, 0, 0);
    assert_eq!(text.lines().count(), 4, "{text}");
    let words = texts(&[
        "\"a longer word\"",
        "\"another long word\"",
        "\"and one more word\"",
    ]);
    assert_eq!(
        Layout::vec(words.clone()).format(0, 0, 0).lines().count(),
        1
    );
    assert_eq!(
        Layout::vec([words.clone(), words].concat())
            .format(0, 0, 0)
            .lines()
            .count(),
        8
    );
}

#[test]
fn functions_break_at_their_parameters() {
    let parameters = texts(&["&self", "a: u32"]);
    let short = function("fn f", &parameters, Some(&"bool".into()), ";", 4);
    assert_eq!(short, "fn f(&self, a: u32) -> bool;");
    let name = format!("fn {}", "f".repeat(80));
    let long = function(&name, &parameters, Some(&"bool".into()), ";", 4);
    assert_eq!(
        long,
        format!("{name}(\n        &self,\n        a: u32,\n    ) -> bool;")
    );
}

#[test]
fn imports_are_in_the_order_of_versions() {
    let names = ["X10", "X9", "Ab", "AA"].map(str::to_owned);
    assert_eq!(import("super", &names), "use super::{AA, Ab, X9, X10};");
}
