//! What people are told about wrong interface files: the findings of every file in `tests/diagnostics`.
//!
//! To add a case, add a file there and run the tests with `INSTA_UPDATE=always`.

use std::fs;
use std::path::Path;

use pyidl::Compilation;
use pyidl::diagnostic::render::Format;

/// The findings about a file, as people see them, under its name without directories.
fn findings(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("the file can be read");
    let mut compilation = Compilation::default();
    compilation.add(path.file_name().expect("a file has a name"), text);
    compilation.findings(Format::Human, false)
}

#[test]
fn findings_of_wrong_files() {
    insta::with_settings!({
        snapshot_path => "../snapshots/diagnostics",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::glob!("diagnostics/*.pyidl", |path| {
            let findings = findings(path);
            assert!(!findings.is_empty(), "{} has no mistake", path.display());
            insta::assert_snapshot!("findings", findings);
        });
    });
}
