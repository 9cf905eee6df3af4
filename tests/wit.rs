//! WIT packages, valid ones and others: every file and directory in `tests/wit/valid/*/` and `tests/wit/invalid/*/`.
//!
//! To add a case, add a file or a directory there and run the tests with `INSTA_UPDATE=always`. The feature `active` is on,
//! others are off.

use std::fs;
use std::path::{Path, PathBuf};

use pyidl::unstable::Compilation;
use pyidl::unstable::diagnostic::render::Format;
use pyidl::unstable::syntax::print;

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/wit")
}

fn entries(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).expect("the folder can be listed");
    let mut paths: Vec<_> = entries
        .map(|entry| entry.expect("the folder can be listed").path())
        .collect();
    paths.sort();
    paths
}

/// All cases of a kind, as they are called from `tests/wit`: `valid/types/list.wit`.
fn cases(kind: &str) -> Vec<PathBuf> {
    let topics = entries(&root().join(kind));
    let cases = topics.iter().flat_map(|topic| entries(topic));
    cases
        .map(|path| path.strip_prefix(root()).expect("inside").to_owned())
        .collect()
}

fn compiled(root: &Path, path: &Path) -> Compilation {
    let mut compilation = Compilation::default();
    compilation.features.names.insert("active".to_owned());
    compilation.read(root, path).expect("the files can be read");
    compilation
}

/// `types-list`
fn name(path: &Path) -> String {
    let topic = path.parent().and_then(Path::file_name).expect("a topic");
    let stem = path.file_stem().expect("a name");
    format!("{}-{}", topic.to_string_lossy(), stem.to_string_lossy())
}

fn snapshots(directory: &str, check: impl FnOnce()) {
    insta::with_settings!({
        snapshot_path => format!("../snapshots/wit/{directory}"),
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, { check() });
}

#[test]
fn valid_packages_have_no_findings() {
    let mut refused = Vec::new();
    for path in cases("valid") {
        let compilation = compiled(&root(), &path);
        let findings = compilation.findings(Format::Human, false);
        if !findings.is_empty() {
            refused.push(format!("{}\n{findings}", path.display()));
            continue;
        }
        assert!(!compilation.units.is_empty(), "{}", path.display());
        for unit in &compilation.units {
            assert!(unit.interface.is_some(), "{}", path.display());
        }
    }
    assert!(refused.is_empty(), "{}", refused.join("\n"));
}

/// A file that is named by itself finds the rest of its package and what that uses.
#[test]
fn files_of_packages_can_be_checked_alone() {
    fn files(directory: &Path) -> Vec<PathBuf> {
        let inside = entries(directory).into_iter();
        inside
            .flat_map(|path| match path.is_dir() {
                true => files(&path),
                false => vec![path],
            })
            .filter(|path| path.extension().is_some_and(|ending| ending == "wit"))
            .collect()
    }
    let directories = cases("valid").into_iter().map(|path| root().join(path));
    for path in directories.filter(|path| path.is_dir()) {
        for file in files(&path) {
            let file = file.strip_prefix(root()).expect("inside");
            let findings = compiled(&root(), file).findings(Format::Human, false);
            assert_eq!(findings, "", "{}", file.display());
        }
    }
}

/// What worlds and packages consist of in the end: what follows from what they use and include, too.
#[test]
fn models_of_packages() {
    const TOPICS: &[&str] = &[
        "dependencies",
        "gates",
        "include",
        "nested",
        "packages",
        "use",
        "worlds",
    ];
    snapshots("models", || {
        for path in cases("valid") {
            if !TOPICS
                .iter()
                .any(|topic| path.starts_with(Path::new("valid").join(topic)))
            {
                continue;
            }
            let compilation = compiled(&root(), &path);
            let models = compilation
                .units
                .iter()
                .filter_map(|unit| unit.interface.as_ref());
            let dumps: Vec<_> = models.map(|model| model.dump()).collect();
            insta::assert_snapshot!(name(&path), dumps.join("\n"));
        }
    });
}

#[test]
fn findings_of_invalid_packages() {
    snapshots("findings", || {
        for path in cases("invalid") {
            let compilation = compiled(&root(), &path);
            let has_errors = compilation.diagnostics.has_errors();
            assert!(has_errors, "{} has no mistake", path.display());
            let findings = compilation.findings(Format::Human, false);
            insta::assert_snapshot!(name(&path), findings.replace('\\', "/"));
        }
    });
}

/// Whatever is valid stays so, and means the same, when it is printed from its tree.
#[test]
fn printed_files_are_as_valid() {
    for path in cases("valid")
        .iter()
        .filter(|path| root().join(path).is_file())
    {
        let before = compiled(&root(), path);
        let file = before
            .files()
            .iter()
            .find(|file| file.is_input)
            .expect("read");
        let mut after = Compilation::default();
        after.features = before.features.clone();
        after.add(path, print::file_text(&file.tree));
        assert_eq!(
            after.findings(Format::Human, false),
            "",
            "{}",
            path.display()
        );
        let models = |compilation: &Compilation| -> Vec<String> {
            let units = compilation.units.iter();
            units
                .filter_map(|unit| Some(unit.interface.as_ref()?.dump()))
                .collect()
        };
        assert_eq!(models(&after), models(&before), "{}", path.display());
    }
}
