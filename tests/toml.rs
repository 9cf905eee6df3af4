//! The TOML form: the trees of the files in `tests/toml`, and the findings in those in `tests/toml/bad`.
//!
//! To add a case, add a file there and run the tests with `INSTA_UPDATE=always`.

use std::fs;
use std::path::Path;

use pyidl::unstable::Compilation;
use pyidl::unstable::diagnostic::render::{self, Format};
use pyidl::unstable::source::SourceMap;
use pyidl::unstable::syntax;

fn settings(directory: &str) -> insta::Settings {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new("../snapshots").join(directory));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings
}

fn name(path: &Path) -> &Path {
    Path::new(path.file_name().expect("a file has a name"))
}

#[test]
fn trees() {
    settings("toml").bind(|| {
        insta::glob!("toml/*.toml", |path| {
            let mut sources = SourceMap::default();
            let text = fs::read_to_string(path).expect("the file can be read");
            let file = sources.add(name(path), text);
            let mut diagnostics = pyidl::unstable::diagnostic::Diagnostics::default();
            let tree = syntax::parse(file, &sources, &mut diagnostics);
            let findings = render::findings(Format::Human, &diagnostics.sorted(), &sources, false);
            assert_eq!(findings, "", "{}", path.display());
            insta::assert_snapshot!("tree", syntax::dump_tree(&tree));
        });
    });
}

#[test]
fn findings_of_wrong_files() {
    settings("toml/bad").bind(|| {
        insta::glob!("toml/bad/*.toml", |path| {
            let text = fs::read_to_string(path).expect("the file can be read");
            let mut compilation = Compilation::default();
            compilation.add(name(path), text);
            let found = compilation.diagnostics.clone().sorted();
            assert!(!found.is_empty(), "{} has no mistake", path.display());
            let findings = render::findings(Format::Human, &found, &compilation.sources, false);
            insta::assert_snapshot!("findings", findings);
        });
    });
}
