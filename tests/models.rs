//! Constructs that are checked and have a model, whether or not anything is generated from them: every file in
//! `tests/models`, with its model and with what the targets cannot handle yet.
//!
//! To add a case, add a file there and run the tests with `INSTA_UPDATE=always`.

use std::fs;

use pyidl::unstable::Compilation;
use pyidl::unstable::diagnostic::render::Format;
use pyidl::unstable::diagnostic::{Code, Diagnostic};

#[test]
fn models() {
    insta::with_settings!({
        snapshot_path => "../snapshots/models",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::glob!("models/*.{pyidl,wit}", |path| {
            let mut compilation = Compilation::default();
            let name = path.file_name().expect("a file has a name");
            compilation.add(name, fs::read_to_string(path).expect("the file is text"));
            let findings = compilation.findings(Format::Human, false);
            assert_eq!(findings, "", "{} has mistakes", path.display());
            let models = compilation
                .units
                .iter()
                .map(|unit| unit.interface.as_ref().expect("there are no errors").dump());
            insta::assert_snapshot!("model", models.collect::<Vec<_>>().join("\n"));

            compilation.check_targets();
            let only_later = compilation
                .diagnostics
                .iter()
                .all(|found| found.code == Code::NotGeneratedYet);
            let bare = |found: &&Diagnostic| found.primary.text.is_empty() || found.help.is_empty();
            assert!(compilation.diagnostics.iter().find(bare).is_none());
            let refused = compilation.findings(Format::Human, false);
            assert!(only_later, "{refused}");
            insta::assert_snapshot!("refused", refused);
        });
    });
}
