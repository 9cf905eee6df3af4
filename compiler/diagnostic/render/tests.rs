use super::super::Code;
use super::*;
use crate::source::{SourceMap, Span};

fn example() -> (Vec<Diagnostic>, SourceMap) {
    let mut sources = SourceMap::default();
    let file = sources.add("idl/é.pyidl", "record é {\r\n  x: \u{1b}[31m;\n");
    let at = |start, end| Span::new(file, start, end);
    let error = Diagnostic::new(Code::UnexpectedToken, at(18, 19), "bad \u{1b}", "here")
        .cause(at(10, 11), "since")
        .help("do");
    let warning = Diagnostic::new(Code::StrayDocumentation, at(25, 25), "gone", "");
    (vec![error, warning], sources)
}

#[test]
fn people_see_no_control_characters() {
    let (diagnostics, sources) = example();
    insta::assert_snapshot!(human(&diagnostics, &sources, false), @r"
    error[E0201]: bad ?
      ┌─ idl/é.pyidl:2:6
      │
    1 │ record é {
      │          - since
    2 │   x: ?[31m;
      │      ^ here
      │
      = help: do

    warning[W0101]: gone
      ┌─ idl/é.pyidl:3:1
      │
    3 │ 
      │ ^
    ");
    assert!(human(&diagnostics, &sources, true).contains("\u{1b}["));
}

#[test]
fn lines() {
    let (diagnostics, sources) = example();
    insta::assert_snapshot!(short(&diagnostics, &sources), @r"
    idl/é.pyidl:2:6: error[E0201]: bad ?
    idl/é.pyidl:3:1: warning[W0101]: gone
    ");
}

#[test]
fn objects() {
    let (diagnostics, sources) = example();
    insta::assert_snapshot!(json(&diagnostics, &sources), @r#"
    {"severity":"error","code":"E0201","message":"bad \u001b","path":"idl/é.pyidl","start":{"line":2,"column":6,"offset":18},"end":{"line":2,"column":7,"offset":19},"label":"here","causes":[{"path":"idl/é.pyidl","start":{"line":1,"column":10,"offset":10},"end":{"line":1,"column":11,"offset":11},"label":"since"}],"help":["do"]}
    {"severity":"warning","code":"W0101","message":"gone","path":"idl/é.pyidl","start":{"line":3,"column":1,"offset":25},"end":{"line":3,"column":1,"offset":25},"label":"","causes":[],"help":[]}
    "#);
}

#[test]
fn annotations() {
    let (mut findings, sources) = example();
    findings[0].message = "100 %: a, b".to_owned();
    insta::assert_snapshot!(github(&findings, &sources), @r"
    ::error file=idl/é.pyidl,line=2,col=6,endLine=2,endColumn=7,title=E0201::100 %25: a, b: here%0Aidl/é.pyidl:1:10: since%0Ahelp: do
    ::warning file=idl/é.pyidl,line=3,col=1,endLine=3,endColumn=1,title=W0101::gone
    ");
}

#[test]
fn counts() {
    let (findings, _) = example();
    let mut diagnostics = Diagnostics::default();
    assert_eq!(summary(&diagnostics), None);
    let span = findings[0].primary.span;
    findings
        .into_iter()
        .for_each(|finding| diagnostics.report(finding));
    assert_eq!(summary(&diagnostics).as_deref(), Some("1 error, 1 warning"));
    for start in 1000..2002 {
        let span = Span {
            start,
            end: start,
            ..span
        };
        diagnostics.report(Diagnostic::new(Code::UnexpectedToken, span, "bad", ""));
    }
    assert_eq!(
        summary(&diagnostics).as_deref(),
        Some("1000 errors and 3 more, 1 warning")
    );
}

#[test]
fn tabs_wide_characters_and_several_lines() {
    let mut sources = SourceMap::default();
    let text = "\tf:\tfunc(漢字: x);\nrecord r {\n\ta: 🦀,\n}\n";
    let file = sources.add("x", text);
    let at = |from: &str, to: &str| {
        let start = text.find(from).unwrap();
        let end = text[start..].find(to).unwrap() + start + to.len();
        Span::new(file, start as u32, end as u32)
    };
    let wide = Diagnostic::new(Code::UnexpectedToken, at("x", "x"), "one", "here")
        .cause(at("漢", "字"), "wide")
        .cause(at("🦀", "🦀"), "on another line");
    let lines = Diagnostic::new(Code::UnexpectedToken, at("record", "}"), "two", "all of it");
    insta::assert_snapshot!(human(&[wide, lines], &sources, false), @r"
    error[E0201]: one
      ┌─ x:1:14
      │
    1 │     f:  func(漢字: x);
      │              ----  ^ here
      │              │      
      │              wide
    2 │ record r {
    3 │     a: 🦀,
      │        -- on another line

    error[E0201]: two
      ┌─ x:2:1
      │  
    2 │ ╭ record r {
    3 │ │     a: 🦀,
    4 │ │ }
      │ ╰─^ all of it
    ");
}

#[test]
fn long_lines_are_cut() {
    let mut sources = SourceMap::default();
    let file = sources.add(
        "x",
        format!("{}{{ wrong {}", "é ".repeat(1000), "b ".repeat(1000)),
    );
    let at = |start, end| Span::new(file, start, end);
    let error = Diagnostic::new(Code::UnexpectedToken, at(3002, 3007), "wrong", "here")
        .cause(at(3000, 3001), "near")
        .cause(at(0, 2), "far");
    insta::assert_snapshot!(human(&[error], &sources, false), @r"
    error[E0201]: wrong
      ┌─ x:1:2003
      │
    1 │  é é é é é é é é é é é é é é é é é é é { wrong b b b b b b b b b b b b b b b b b b b b b b b b b b b 
      │                                        - ^^^^^ here
      │                                        │  
      │                                        near
      │
      = note: far (line 1, column 1)
    ");
}
