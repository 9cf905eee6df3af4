//! What is generated from every file in `idl/examples`: model, readable Rust, glue and stub.
//!
//! To add a case, add a file there and accept the new snapshots (`cargo insta review`, or `INSTA_UPDATE=always cargo
//! test`).

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pyidl::unstable::Compilation;
use pyidl::unstable::diagnostic::render::Format;
use pyidl::unstable::emit::{self, glue, python, rust};
use pyidl::unstable::lower::lower;

/// The interface at `path`, compiled under its name alone, with its unit in front and the examples that it uses behind.
fn compile(path: &Path) -> Compilation {
    let name_of = |path: &Path| {
        let name = path.file_name().expect("a file");
        name.to_string_lossy().into_owned()
    };
    let name = name_of(path);
    let text = fs::read_to_string(path).expect("the file is text");
    let mut compilation = Compilation::default();
    for other in examples_of("idl/examples") {
        let stem = other.file_stem().expect("a file").to_string_lossy();
        if text.contains(&format!("use acme:{stem}")) {
            let used = fs::read_to_string(&other).expect("the file is text");
            compilation.add(name_of(&other), used);
        }
    }
    compilation.add(&name, text);
    compilation.units.reverse();
    let findings = compilation.findings(Format::Human, false);
    assert!(
        compilation.units[0].interface.is_some(),
        "{name} has errors:\n{findings}"
    );
    compilation
}

/// The four texts of the interface at `path`, each with what it is.
fn texts(path: &Path) -> [(&'static str, String); 4] {
    let compilation = compile(path);
    let unit = &compilation.units[0];
    let interface = unit.interface.as_ref().expect("compiled");
    let options = unit.options();
    let lowered = lower(interface);
    [
        ("model", interface.dump()),
        ("rust", rust::generate(&lowered, &options).listing()),
        ("glue", glue::generate(&lowered, &options).listing()),
        ("stub", python::generate(&lowered, &options).listing()),
    ]
}

#[test]
fn examples() {
    insta::with_settings!({
        snapshot_path => "../snapshots/examples",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::glob!("../idl/examples", "*.pyidl", |path| {
            for (what, text) in texts(path) {
                insta::assert_snapshot!(what, text);
            }
        });
    });
}

fn examples_of(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    let entries = fs::read_dir(&folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut paths: Vec<_> = paths
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "pyidl")
        })
        .collect();
    paths.sort();
    assert!(!paths.is_empty(), "{} is empty", folder.display());
    paths
}

/// A folder for the files of one test, empty at first.
fn scratch(name: &str) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("the target directory can be written");
    folder
}

#[test]
fn rustfmt_changes_nothing() {
    for (name, folder) in [
        ("rustfmt", "idl/examples"),
        ("rustfmt_modules", "tests/modules/idl"),
    ] {
        let mut compilation = Compilation::default();
        // Together, as some use others.
        compilation
            .read_all(Path::new(env!("CARGO_MANIFEST_DIR")), &examples_of(folder))
            .expect("the files can be read");
        rustfmt(name, &compilation);
    }
}

/// Whether a line has to be broken, and where, depends on the length of names: here are all that people use.
#[test]
fn rustfmt_changes_nothing_in_names_of_any_length() {
    let mut compilation = Compilation::default();
    for length in 1..=36 {
        compilation.add(
            format!("long{length}.pyidl"),
            interface_with_names_of(length),
        );
    }
    rustfmt("rustfmt_names", &compilation);
}

fn interface_with_names_of(length: usize) -> String {
    let name = |letter: char| letter.to_string().repeat(length);
    let [f, g, h, i, p, q] = ['f', 'g', 'h', 'i', 'p', 'q'].map(name);
    let [class, record, exception, constant] =
        ['c', 'r', 'e', 'k'].map(|letter| name(letter) + "x");
    format!(
        r#"
exception {exception} extends value-error {{ {p}: list<string> = [], {q}: map<string, list<f64>> }}
exception {exception}-y extends {exception};
record {record} {{ {p}: s64, {q}: list<tuple<string, option<f64>>> = [] }}
const {constant}: list<string> = ["a", "b"];
{f}: func({p}: string, {q}: option<string> = none) -> list<string> raises value-error;
{g}: func({p}: list<{class}>, {q}: func(s64) -> string) -> map<string, list<f64>> raises {exception};
{h}: func({p}: bytes = "x", {q}: list<s64> = [1, 2]) -> iterator<string> raises value-error | {exception};
@gil(release)
{i}: func({p}: path, {q}: option<bytes> = "y") -> tuple<string, list<{record}>>;
class {class} {{
    const {constant}: s64 = 5;
    constructor({p}: string, *{q}: string) raises {exception} | os-error;
    property {p}: option<string> raises value-error;
    {f}: mut func({p}: {class}, {q}: map<string, list<f64>> = {{ "a": [1.0] }}) -> self;
    {g}: static func({p}: option<{class}> = none, *, {q}: any) -> any;
    {h}: class func(**{q}: s64) -> list<self>;
    {i}: func() -> iterator<tuple<string, option<f64>>>;
    operator add: func({p}: map<string, list<f64>>) -> self;
    operator eq: func({p}: {class}) -> bool;
    operator call: func({p}: s64, {q}: option<list<string>> = ...) -> string raises value-error;
}}
"#
    )
}

/// Checks that rustfmt would leave all generated Rust as it is.
fn rustfmt(folder: &str, compilation: &Compilation) {
    assert!(
        !compilation.diagnostics.has_errors(),
        "{}",
        compilation.findings(Format::Human, false)
    );
    let folder = scratch(folder);
    let mut files = Vec::new();
    for (path, text) in compilation.generate().iter() {
        if path.extension().is_some_and(|extension| extension == "rs") {
            let file = folder.join(path);
            fs::create_dir_all(file.parent().expect("below the folder"))
                .expect("the target directory can be written");
            fs::write(&file, text).expect("the target directory can be written");
            files.push(file);
        }
    }
    let mut rustfmt = Command::new("rustfmt");
    rustfmt
        .args([
            "--check",
            "--edition",
            "2024",
            "--config",
            "style_edition=2024",
        ])
        .args(&files);
    match rustfmt.output() {
        Ok(output) => {
            let changes = String::from_utf8_lossy(&output.stdout);
            let errors = String::from_utf8_lossy(&output.stderr);
            assert!(
                output.status.success() && errors.is_empty(),
                "{changes}{errors}"
            );
        }
        Err(error) => eprintln!("SKIPPED: rustfmt cannot be run ({error})"),
    }
}

#[test]
fn generating_again_gives_the_same() {
    for path in examples_of("idl/examples") {
        assert_eq!(texts(&path), texts(&path), "{}", path.display());
    }
}

/// The stub and the module's own signatures come from one source, and so do their docstrings: see the end-to-end tests. Here
/// it is enough that every module has its three files, under names that follow from its own.
#[test]
fn names_of_files() {
    let mut seen = BTreeSet::new();
    for path in examples_of("idl/examples") {
        let compilation = compile(&path);
        let interface = compilation.units[0].interface.as_ref().expect("compiled");
        let module = emit::module_name(interface);
        let files = compilation.generate();
        let all = files
            .iter()
            .map(|(path, _)| path.to_string_lossy().into_owned());
        // Those of modules whose types it uses come with it.
        let paths: Vec<_> = all.filter(|path| path.starts_with(&module)).collect();
        let mut expected = vec![
            format!("{module}.rs"),
            format!("{module}.glue.rs"),
            format!("{module}.pyi"),
        ];
        if interface.exported().count() > 1 {
            let inner = |folder: &str, end: &str| -> Vec<String> {
                let inner = interface.exported().skip(1);
                inner
                    .map(|(_, inner)| format!("{module}{folder}/{}{end}", inner.name.text))
                    .collect()
            };
            expected = [
                vec![format!("{module}.rs")],
                inner("", ".rs"),
                vec![format!("{module}.glue.rs")],
                inner("", ".glue.rs"),
                vec![format!("{module}/__init__.pyi")],
                inner("", ".pyi"),
            ]
            .concat();
        }
        assert_eq!(paths, expected);
        assert!(seen.insert(module), "two examples have one name");
    }
}
