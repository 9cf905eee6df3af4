//! The findings of `pyidl lint` for every file in `tests/lint`.
//!
//! To add a case, add a file there and accept the new snapshot.

use std::fs;

use pyidl::unstable::diagnostic::render::Format;
use pyidl::unstable::lint::{Rule, Switches};
use pyidl::unstable::{Compilation, diagnostic::Severity};

fn compile(name: &str, text: &str) -> Compilation {
    let mut compilation = Compilation::default();
    compilation.add(name, text);
    assert!(
        compilation
            .diagnostics
            .iter()
            .all(|it| it.severity() == Severity::Warning),
        "{}",
        compilation.findings(Format::Human, false)
    );
    compilation
}

#[test]
fn advice() {
    insta::with_settings!({
        snapshot_path => "../snapshots/lint",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::glob!("lint", "*.pyidl", |path| {
            let name = path.file_name().expect("a file").to_string_lossy();
            let mut compilation = compile(&name, &fs::read_to_string(path).expect("text"));
            compilation.lint(&Switches::default());

            insta::assert_snapshot!("advice", compilation.findings(Format::Human, false));
        });
    });
}

/// Each rule has findings in the file for it, and none where it is switched off.
#[test]
fn rules_can_be_switched_off() {
    for (rule, file) in [
        (Rule::MissingDocs, "missing_docs"),
        (Rule::BoolPositional, "bool_positional"),
        (Rule::ShadowsBuiltin, "shadowing"),
        (Rule::ShadowsPrelude, "shadowing"),
        (Rule::UnusedUse, "unused_use"),
        (Rule::WideAny, "wide_any"),
        (Rule::MixedNaming, "mixed_naming"),
    ] {
        let path = format!("{}/tests/lint/{file}.pyidl", env!("CARGO_MANIFEST_DIR"));
        let text = fs::read_to_string(path).expect("the file is there");
        let found = |switches: &Switches| {
            let mut compilation = compile(file, &text);
            compilation.lint(switches);
            let findings = compilation.diagnostics.iter();
            findings.filter(|it| it.code == rule.code()).count()
        };
        assert_ne!(found(&Switches::default()), 0, "{}", rule.name());
        assert_eq!(
            found(&Switches::from([(rule, false)])),
            0,
            "{}",
            rule.name()
        );
    }
}
