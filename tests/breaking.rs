//! The findings of `pyidl breaking` for every pair of files in the folders of `tests/breaking`.
//!
//! To add a case, add a folder with `before.pyidl` and `after.pyidl`, and accept the new snapshot.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use pyidl::unstable::Compilation;
use pyidl::unstable::breaking::compare;
use pyidl::unstable::diagnostic::Diagnostic;
use pyidl::unstable::diagnostic::render::{self, Format};
use pyidl::unstable::model::Interface;
use tempfile::TempDir;

/// Compiles a file in the source map of `before`, so that findings can refer to both.
fn compile(before: Option<&Compilation>, name: &str, text: &str) -> Compilation {
    let mut compilation = Compilation::default();
    compilation.sources = before.map(|it| it.sources.clone()).unwrap_or_default();
    compilation.add(name, text);
    let findings = compilation.findings(Format::Human, false);
    assert!(!compilation.diagnostics.has_errors(), "{name}: {findings}");
    compilation
}

fn interface(compilation: &Compilation) -> &Interface {
    compilation.units[0].interface.as_ref().expect("no errors")
}

/// The findings about a change, each with those whom it affects.
fn findings(before: &str, after: &str) -> String {
    let old = compile(None, "before.pyidl", before);
    let new = compile(Some(&old), "after.pyidl", after);
    let found = compare(interface(&old), interface(&new));
    let findings: Vec<Diagnostic> = found.into_iter().map(|it| it.finding).collect();
    render::findings(Format::Human, &findings, &new.sources, false)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).expect("the file can be read")
}

#[test]
fn changes() {
    insta::with_settings!({
        snapshot_path => "../snapshots/breaking",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::glob!("breaking/*/after.pyidl", |path| {
            let folder = path.parent().expect("it is in a folder");
            let name = folder.file_name().expect("it has a name").to_string_lossy();
            let findings = findings(&read(&folder.join("before.pyidl")), &read(path));
            insta::with_settings!({ snapshot_suffix => &*name }, {
                insta::assert_snapshot!("changes", findings);
            });
        });
    });
}

/// An unchanged interface has no findings, whatever it contains.
#[test]
fn an_interface_breaks_nothing_of_itself() {
    for folder in ["idl/examples", "tests/modules/idl"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        for entry in fs::read_dir(&folder).expect("the folder is there") {
            let path = entry.expect("it can be read").path();
            let name = Path::new(path.file_name().expect("a file"));
            // The files are on disk, since some use others beside them.
            let compile = || {
                let mut compilation = Compilation::default();
                let read = compilation.read(&folder, name);
                read.expect("the file can be read");
                compilation
            };
            let (before, after) = (compile(), compile());
            let found = compare(interface(&before), interface(&after));
            assert!(found.is_empty(), "{}", path.display());
        }
    }
}

const BEFORE: &str =
    "package test:shapes;\n\narea: func(width: f64, unit: string = \"m\") -> f64;\n";
const AFTER_TOML: &str =
    "package = \"test:shapes\"\n\n[func]\narea = \"func(width: f64) -> f64\"\n";
const AFTER: &str = "package test:shapes;\n\narea: func(width: f64) -> f64;\n";

/// A directory with these files, which is removed after the test.
fn place(files: &[(&str, &str)]) -> TempDir {
    let place = tempfile::tempdir().expect("a directory");
    for (path, text) in files {
        write(&place, path, text);
    }
    place
}

fn write(place: &TempDir, path: &str, text: &str) {
    let path = place.path().join(path);
    fs::create_dir_all(path.parent().expect("it has one")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

fn git(place: &TempDir, arguments: &[&str]) {
    let mut command = Command::new("git");
    for variable in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
        command.env_remove(variable);
    }
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@localhost"];
    let status = command
        .args(identity)
        .args(arguments)
        .current_dir(place.path())
        .stdout(Stdio::null())
        .status();
    assert!(status.expect("git runs").success(), "git {arguments:?}");
}

/// Status and output of `pyidl breaking`.
fn transcript(place: &TempDir, arguments: &[&str]) -> String {
    transcript_in("", place, arguments)
}

fn transcript_in(directory: &str, place: &TempDir, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_pyidl"))
        .arg("breaking")
        .args(arguments)
        .current_dir(place.path().join(directory))
        .stdin(Stdio::null())
        .output()
        .expect("pyidl runs");
    format!(
        "$ pyidl breaking {}\nstatus {}\n--- stdout\n{}--- stderr\n{}",
        arguments.join(" "),
        output.status.code().expect("it ended by itself"),
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    )
}

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/breaking"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn compares_with_files_and_directories() {
    let place = place(&[
        ("old/idl/shapes.pyidl", BEFORE),
        ("old/idl/gone.pyidl", "package test:gone;\n"),
        ("idl/shapes.pyidl", AFTER),
        ("idl/new.pyidl", "package test:new;\n"),
        ("bad.pyidl", "area func();\n"),
    ]);
    let run = |arguments: &[&str]| transcript(&place, arguments);
    let file = run(&["idl/shapes.pyidl", "--against", "old/idl/shapes.pyidl"]);
    snapshot("against_a_file", &file);
    snapshot(
        "against_a_directory",
        &run(&["--against", "old", "--format", "short"]),
    );
    let same = run(&["idl/shapes.pyidl", "--against", "idl/shapes.pyidl"]);
    snapshot("against_itself", &same);
    snapshot("against_nothing", &run(&["--against", "older"]));
    snapshot("against_one_of_several", &run(&["--against", "bad.pyidl"]));
    let bad = run(&["idl/shapes.pyidl", "--against", "bad.pyidl"]);
    snapshot("against_a_wrong_file", &bad);
}

#[test]
fn reports_breaks_of_python_callers_alone() {
    let grown = format!("{AFTER}\nlength: func() -> f64;\n");
    let place = place(&[("now.pyidl", &grown), ("before.pyidl", AFTER)]);
    let all = transcript(
        &place,
        &[
            "now.pyidl",
            "--against",
            "before.pyidl",
            "--format",
            "short",
        ],
    );
    snapshot("for_all", &all);
    let python = transcript(
        &place,
        &["now.pyidl", "--against", "before.pyidl", "--for", "python"],
    );
    snapshot("for_python", &python);
}

#[test]
fn compares_with_a_revision() {
    let place = place(&[("idl/shapes.pyidl", BEFORE), ("other/readme", "")]);
    git(&place, &["init", "--quiet", "--initial-branch", "main"]);
    git(&place, &["add", "--all"]);
    git(&place, &["commit", "--quiet", "--message", "before"]);
    write(&place, "idl/shapes.pyidl", AFTER);
    write(&place, "idl/new.pyidl", "package test:new;\n");
    let run = |arguments: &[&str]| transcript(&place, arguments);
    snapshot("against_a_revision", &run(&["--against", "git:HEAD"]));
    snapshot("against_no_revision", &run(&["--against", "git:nothing"]));
    let new = run(&["idl/new.pyidl", "--against", "git:HEAD"]);
    snapshot("against_a_revision_without_it", &new);
    assert_eq!(
        fs::read_to_string(place.path().join("idl/shapes.pyidl")).expect("it is there"),
        AFTER,
        "the work tree is left alone"
    );
    // In another form, and from another directory of the crate.
    write(&place, "Cargo.toml", "");
    write(&place, "src/lib.rs", "");
    write(&place, "idl/shapes.pyidl.toml", AFTER_TOML);
    fs::remove_file(place.path().join("idl/shapes.pyidl")).expect("it can be removed");
    let toml = run(&["idl/shapes.pyidl.toml", "--against", "git:HEAD"]);
    snapshot("against_a_revision_in_another_form", &toml);
    let below = transcript_in(
        "src",
        &place,
        &["--against", "git:HEAD", "--format", "short"],
    );
    assert!(
        below.contains("E0704") && below.contains("status 1"),
        "{below}"
    );
}

#[test]
fn a_shallow_clone_lacks_revisions() {
    let origin = place(&[("idl/shapes.pyidl", BEFORE)]);
    git(&origin, &["init", "--quiet", "--initial-branch", "main"]);
    for text in [BEFORE, AFTER] {
        write(&origin, "idl/shapes.pyidl", text);
        git(&origin, &["add", "--all"]);
        git(
            &origin,
            &[
                "commit",
                "--quiet",
                "--allow-empty",
                "--message",
                "a change",
            ],
        );
    }
    let place = place(&[]);
    let url = format!("file://{}", origin.path().display());
    git(&place, &["clone", "--quiet", "--depth", "1", &url, "clone"]);
    let said = transcript_in("clone", &place, &["--against", "git:HEAD~1"]);
    snapshot("against_a_revision_that_a_shallow_clone_lacks", &said);
}
