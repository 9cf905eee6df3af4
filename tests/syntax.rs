//! The syntax of interface files: trees of correct files, and what happens to them when they are damaged.
//!
//! To add a case, add a file to `tests/syntax` and run the tests with `INSTA_UPDATE=always`.

use std::fs;
use std::path::{Path, PathBuf};

use pyidl::unstable::diagnostic::render::{self, Format};
use pyidl::unstable::diagnostic::{Diagnostic, Diagnostics};
use pyidl::unstable::source::{FileId, SourceMap};
use pyidl::unstable::syntax;

/// A text that was parsed.
struct Parsed {
    sources: SourceMap,
    file: FileId,
    tree: syntax::ast::File,
    findings: Vec<Diagnostic>,
}

impl Parsed {
    fn new(text: &str) -> Self {
        let mut sources = SourceMap::default();
        let mut diagnostics = Diagnostics::default();
        let file = sources.add("x.pyidl", text);
        let tree = syntax::parse(file, &sources, &mut diagnostics);
        Self {
            sources,
            file,
            tree,
            findings: diagnostics.sorted(),
        }
    }

    fn report(&self) -> String {
        render::findings(Format::Human, &self.findings, &self.sources, false)
    }
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file can be read")
}

#[test]
fn trees() {
    insta::with_settings!({
        snapshot_path => "../snapshots/syntax",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::glob!("syntax/*.pyidl", |path| {
            let parsed = Parsed::new(&read(path));
            assert!(parsed.findings.is_empty(), "{}\n{}", path.display(), parsed.report());
            insta::assert_snapshot!("tree", syntax::dump_tree(&parsed.tree));
        });
    });
}

#[test]
fn tokens_and_comments() {
    let parsed = Parsed::new(&read(&tests().join("syntax/comments.pyidl")));
    insta::with_settings!({
        snapshot_path => "../snapshots/syntax",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::assert_snapshot!("tokens_and_comments", syntax::dump_tokens(parsed.file, &parsed.sources));
    });
}

fn tests() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests")
}
