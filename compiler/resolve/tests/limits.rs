//! Bounds on time, memory and the number of errors.

use std::fmt::Write;

use super::{codes, model, run};
use crate::diagnostic::{Code, Diagnostics};
use crate::source::SourceMap;
use crate::syntax;

#[test]
fn long_chains_take_little_and_wide_types_are_refused() {
    let mut chain = String::from("type t0 = u8;\n");
    let mut wide = String::from("type w0 = u8;\n");
    let mut ring = String::new();
    for i in 1..100 {
        let _ = writeln!(chain, "type t{i} = list<t{}>;", i - 1);
    }
    for i in 1..3000 {
        let _ = writeln!(wide, "type w{i} = tuple<w{0}, w{0}>;", i - 1);
        let _ = writeln!(ring, "record r{i} {{ next: option<r{}> }}", i % 2999 + 1);
    }
    model(&(chain.clone() + "f: func(x: t99) -> t99;"));
    assert_eq!(
        codes(&(chain + "type t100 = list<t99>; type t101 = list<t100>;")),
        [Code::TooDeep]
    );
    wide += "f: func(x: map<w2999, w2999>);";
    assert_eq!(codes(&wide), [Code::TooDeep]);
    assert_eq!(codes(&ring), [Code::RecursiveType]);
}

#[test]
fn defaults_that_grow_without_end_are_refused() {
    let mut text = String::from("record r0 { x: u8 = 1 }\n");
    for i in 1..100 {
        let _ = writeln!(
            text,
            "record r{i} {{ a: r{0} = {{}}, b: r{0} = {{}} }}",
            i - 1
        );
    }
    assert!(
        codes(&text)
            .iter()
            .all(|code| *code == Code::RecursiveDefault)
    );
}

/// Each token in turn is left out or doubled: no panic, all places are within the file, and few errors are mere consequences.
#[test]
fn damaged_files_have_few_errors() {
    let text = include_str!("../../../tests/diagnostics/values.pyidl");
    let text = &text[..text.find("const a").unwrap()];
    let text = format!(
        "{text}\nf: func(p: point = {{ x: 1.0 }}, u: unit = metre, b: option<box> = none) -> list<unit>;\n"
    );
    let mut sources = SourceMap::default();
    let id = sources.add("example.pyidl", text.as_str());
    let tokens = syntax::tokenize(&text, id, &mut Diagnostics::default());
    for token in tokens.tokens() {
        let (start, end) = (token.start as usize, token.end as usize);
        for damaged in [
            format!("{}{}", &text[..start], &text[end..]),
            format!("{} {}", &text[..end], &text[start..]),
        ] {
            let (_, diagnostics) = run(&damaged);
            assert!(
                diagnostics.iter().count() <= 8,
                "{damaged}\n{diagnostics:#?}"
            );
            for found in diagnostics.iter() {
                assert!(
                    damaged.get(found.primary.span.range()).is_some(),
                    "{found:?}"
                );
            }
        }
    }
}
