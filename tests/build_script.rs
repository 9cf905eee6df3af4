//! The library's interface for build scripts.

use std::collections::BTreeMap;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::time::SystemTime;

use pyidl::{Build, BuildError};
use pyidl_test_support::{Scratch, messages};

const GREETING: &str = "package test:greeting;\n\ngreet: func(name: string) -> string;\n";
const NUMBERS: &str = "add: func(a: s64, b: s64) -> s64;\n";

fn project(files: &[(&str, &str)]) -> tempfile::TempDir {
    let root = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = root.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    root
}

fn build(root: &Path) -> Build {
    Build::new().root(root).out_dir(root.join("out"))
}

/// Every file under `directory` with the time of its last change.
fn times(directory: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let Ok(entries) = fs::read_dir(directory) else {
        return BTreeMap::new();
    };
    entries
        .map(|entry| entry.unwrap())
        .map(|entry| (entry.path(), entry.metadata().unwrap().modified().unwrap()))
        .collect()
}

/// If [`build_script`] runs this test in a process of its own, it acts as a build script. Otherwise it does nothing.
#[test]
fn process_of_a_build_script() {
    if let Ok(interfaces) = env::var("INTERFACE_OF_BUILD_SCRIPT") {
        interfaces.split(',').for_each(pyidl::build);
    }
}

/// Calls `pyidl::build` as a build script under cargo would. Returns standard output and error.
fn build_script(root: &Path, interface: &str) -> Output {
    let out_dir = root.join("target/debug/build/made-up-0123/out");
    fs::create_dir_all(&out_dir).unwrap();
    fs::write(root.join("target/CACHEDIR.TAG"), "").unwrap();
    let mut script = build_script_command(root, interface, &out_dir);
    script.output().unwrap()
}

fn build_script_command(root: &Path, interface: &str, out_dir: &Path) -> Command {
    let mut command = Command::new(env::current_exe().unwrap());
    command
        .args(["--exact", "process_of_a_build_script", "--nocapture"])
        .current_dir(root)
        .env("INTERFACE_OF_BUILD_SCRIPT", interface)
        .env("CARGO_MANIFEST_DIR", root)
        .env("CARGO_PKG_NAME", "made-up")
        .env("OUT_DIR", out_dir);
    command
}

#[test]
fn build_scripts_write_where_include_idl_looks() {
    let root = project(&[("idl/greeting.pyidl", GREETING), ("pyidl.toml", "")]);
    let output = build_script(root.path(), "idl/greeting.pyidl");
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("cargo::rerun-if-changed=idl/greeting.pyidl\n"),
        "{said}"
    );
    assert!(said.contains("pyidl.toml\n"), "{said}");

    let written = times(
        &root
            .path()
            .join("target/debug/build/made-up-0123/out/pyidl"),
    );
    assert_eq!(written.len(), 4);
    let mirrored = times(&root.path().join("target/pyidl/made-up"));
    assert_eq!(mirrored.len(), 4);
    for (original, copy) in written.keys().zip(mirrored.keys()) {
        assert_eq!(fs::read(original).unwrap(), fs::read(copy).unwrap());
    }

    fs::remove_dir_all(root.path().join("target/pyidl")).unwrap();
    fs::write(root.path().join("pyidl.toml"), "mirror = false\n").unwrap();
    assert!(
        build_script(root.path(), "idl/greeting.pyidl")
            .status
            .success()
    );
    assert!(!root.path().join("target/pyidl").exists());
}

/// Crates that only commands or tests need would make every user's first build slower.
#[test]
fn build_scripts_compile_the_crates_that_generating_needs() {
    let mut tree = Command::new(env!("CARGO"));
    tree.args(["tree", "--package", "pyidl", "--no-default-features"]);
    tree.args([
        "--edges", "normal", "--depth", "1", "--prefix", "none", "--format", "{lib}",
    ]);
    let output = tree
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{output:?}");
    let crates = String::from_utf8(output.stdout).unwrap();
    let needed = [
        "codespan_reporting",
        "handlebars",
        "nom",
        "serde",
        "serde_json",
        "toml",
    ];
    assert!(crates.lines().skip(1).eq(needed), "{crates}");
}

/// A directory is one package, and every file that was read is watched.
#[test]
fn build_scripts_compile_directories() {
    let root = project(&[
        (
            "idl/shapes.wit",
            "package test:drawing;\ninterface shapes { record point { x: f64 } }\n",
        ),
        (
            "idl/canvas.wit",
            "interface canvas {\n    use shapes.{point};\n    @unstable(feature = curves)\n    bend: func(p: point);\n    dot: func(p: point);\n}\n",
        ),
        (
            "idl/deps/other.wit",
            "package test:other;\ninterface nothing {}\n",
        ),
    ]);
    let output = build_script(root.path(), "idl");
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    for path in [
        "idl",
        "idl/shapes.wit",
        "idl/canvas.wit",
        "idl/deps",
        "idl/deps/other.wit",
    ] {
        let line = format!("cargo::rerun-if-changed={path}\n");
        assert!(said.contains(&line), "{path}: {said}");
    }

    let generated = |build: Build| -> String {
        let compiled = build.file("idl").compile();
        assert!(compiled.is_ok(), "{compiled:?}");
        fn texts(directory: &Path) -> String {
            let inside = times(directory).into_keys();
            inside
                .map(|path| match path.is_dir() {
                    true => texts(&path),
                    false => fs::read_to_string(path).unwrap(),
                })
                .collect()
        }
        texts(&root.path().join("out"))
    };
    let without = generated(build(root.path()));
    assert!(without.contains("dot") && !without.contains("bend"));
    assert!(generated(build(root.path()).feature("curves")).contains("bend"));
    fs::write(root.path().join("pyidl.toml"), "features = [\"curves\"]\n").unwrap();
    assert!(generated(build(root.path())).contains("bend"));
}

#[test]
fn build_scripts_fail_with_the_findings_and_nothing_else() {
    let root = project(&[("idl/numbers.pyidl", "add: func(a: s46) -> s64;\n")]);
    let output = build_script(root.path(), "idl/numbers.pyidl");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.starts_with("error[E0301]: there is no type `s46`"),
        "{said}"
    );
    assert!(!said.contains("panicked"), "{said}");
    assert!(
        !root
            .path()
            .join("target/debug/build/made-up-0123/out/pyidl")
            .exists()
    );
}

#[test]
fn build_scripts_pass_warnings_on() {
    let root = project(&[(
        "idl/numbers.pyidl",
        "add: func(a: s64) -> s64;\n\n/// Nothing follows.\n",
    )]);
    let output = build_script(root.path(), "idl/numbers.pyidl");
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(
        said.contains("cargo::warning=idl/numbers.pyidl:3:1: warning[W0101]"),
        "{said}"
    );
}

#[test]
fn writes_three_files_for_each_interface_and_an_index() {
    let root = project(&[
        ("idl/greeting.pyidl", GREETING),
        ("idl/numbers.pyidl", NUMBERS),
    ]);
    let built = build(root.path())
        .files(["idl/greeting.pyidl", "idl/numbers.pyidl"])
        .compile()
        .unwrap();
    let names = [
        "greeting.rs",
        "greeting.glue.rs",
        "greeting.pyi",
        "numbers.rs",
        "numbers.glue.rs",
        "numbers.pyi",
        "modules.index.rs",
    ];
    assert_eq!(
        built.written,
        names.map(|name| root.path().join("out").join(name))
    );
    assert!(built.warnings.is_empty());
    assert_eq!(times(&root.path().join("out")).len(), 7);
}

#[test]
fn touches_only_what_changed() {
    let root = project(&[
        ("idl/greeting.pyidl", GREETING),
        ("idl/numbers.pyidl", NUMBERS),
    ]);
    let build = build(root.path())
        .file("idl/greeting.pyidl")
        .file("idl/numbers.pyidl");
    build.compile().unwrap();
    let out = root.path().join("out");
    let before = times(&out);

    assert!(build.compile().unwrap().written.is_empty());
    assert_eq!(times(&out), before);

    // A comment does not change the generated files.
    fs::write(
        root.path().join("idl/numbers.pyidl"),
        format!("// Sums.\n{NUMBERS}"),
    )
    .unwrap();
    assert!(build.compile().unwrap().written.is_empty());

    fs::write(
        root.path().join("idl/numbers.pyidl"),
        NUMBERS.replace("add", "sum"),
    )
    .unwrap();
    let written = build.compile().unwrap().written;
    assert_eq!(
        written,
        ["numbers.rs", "numbers.glue.rs", "numbers.pyi"].map(|name| out.join(name))
    );
}

#[test]
fn errors_leave_everything_as_it_was() {
    let root = project(&[
        ("idl/greeting.pyidl", GREETING),
        ("idl/numbers.pyidl", NUMBERS),
    ]);
    let build = build(root.path())
        .file("idl/greeting.pyidl")
        .file("idl/numbers.pyidl");
    build.compile().unwrap();
    let out = root.path().join("out");
    let before = times(&out);

    fs::write(
        root.path().join("idl/greeting.pyidl"),
        GREETING.replace("greet:", "welcome:"),
    )
    .unwrap();
    fs::write(
        root.path().join("idl/numbers.pyidl"),
        "add: func(a: s46) -> s64;\n\nsub: func(a: u46);\n",
    )
    .unwrap();
    let Err(BuildError::Findings(findings)) = build.compile() else {
        panic!("mistakes are findings")
    };
    assert!(
        findings.contains("s46") && findings.contains("u46"),
        "both are reported: {findings}"
    );
    assert!(
        findings.contains("idl/numbers.pyidl:1:14"),
        "at their places: {findings}"
    );
    assert_eq!(times(&out), before);
}

#[test]
fn files_that_cannot_be_read_are_named() {
    let root = project(&[("idl/greeting.pyidl", GREETING)]);
    let error = build(root.path())
        .file("idl/greting.pyidl")
        .compile()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "error: there is no file idl/greting.pyidl\n  help: did you mean idl/greeting.pyidl?"
    );
    assert!(!root.path().join("out").exists());
}

#[test]
fn directories_that_cannot_be_written_are_named() {
    let root = project(&[("idl/greeting.pyidl", GREETING), ("out", "a file")]);
    let error = build(root.path())
        .file("idl/greeting.pyidl")
        .compile()
        .unwrap_err();
    assert!(matches!(error, BuildError::Failed(_)));
    assert!(error.to_string().contains("out"), "{error}");
}

#[test]
fn absolute_paths_leave_no_trace_in_the_output() {
    let root = project(&[("Cargo.toml", ""), ("idl/greeting.pyidl", GREETING)]);
    build(root.path())
        .file(root.path().join("idl/greeting.pyidl"))
        .compile()
        .unwrap();
    for path in times(&root.path().join("out")).keys() {
        let text = fs::read_to_string(path).unwrap();
        assert!(
            !text.contains(&*root.path().to_string_lossy()),
            "{}",
            path.display()
        );
    }
}

#[test]
fn settings_that_do_not_exist_fail_the_build() {
    let root = project(&[
        ("idl/greeting.pyidl", GREETING),
        ("pyidl.toml", "miror = false\n"),
    ]);
    let error = build(root.path())
        .file("idl/greeting.pyidl")
        .compile()
        .unwrap_err();
    assert!(error.to_string().contains("`mirror`"), "{error}");
}

#[test]
fn modules_keep_their_files_apart() {
    let root = project(&[
        ("idl/foo.pyidl", NUMBERS),
        ("idl/foo-glue.pyidl", "interface glue { f: func(); }\n"),
        ("idl/modules.pyidl", "interface index { f: func(); }\n"),
        (
            "other/foo.wit",
            "package other:foo;\ninterface x { f: func(); }\n",
        ),
        ("other/foo.pyidl.toml", "[func.f]\nsig = \"func()\"\n"),
        (
            "other/capital.pyidl",
            "@py.name(\"FOO\")\npackage other:thing;\nf: func();\n",
        ),
    ]);
    let build = |files: &[&str]| build(root.path()).files(files).compile();
    let built = build(&["idl/foo.pyidl", "idl/foo-glue.pyidl", "idl/modules.pyidl"]);
    let mut written = built.unwrap().written;
    let count = written.len();
    written.sort();
    written.dedup();
    assert_eq!(written.len(), count);

    // Some file systems ignore case.
    let interfaces = "@py.name(\"Inner\")\ninterface a { f: func(); }\n@py.name(\"inner\")\ninterface b { f: func(); }\n";
    fs::write(root.path().join("idl/capitals.pyidl"), interfaces).unwrap();
    let error = build(&["idl/capitals.pyidl"]).unwrap_err().to_string();
    assert!(
        error.contains("the modules `Inner` and `inner` would have the same files"),
        "{error}"
    );
    let error = build(&["idl/foo.pyidl", "other/capital.pyidl"])
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("a second interface for the module"),
        "{error}"
    );

    // Modules that would overwrite each other's files are reported, in one call and across several.
    for other in ["other/foo.wit", "other/foo.pyidl.toml"] {
        let error = build(&["idl/foo.pyidl", other]).unwrap_err().to_string();
        assert!(
            error.contains("a second interface for the module `foo`"),
            "{error}"
        );
        let before = times(&root.path().join("out"));
        let error = build(&[other]).unwrap_err().to_string();
        let expected = format!("idl/foo.pyidl and {other} both make a module `foo`");
        assert!(error.contains(&expected), "{error}");
        assert_eq!(times(&root.path().join("out")), before);
    }
}

/// In another process, as a build script is.
#[test]
fn the_copy_loses_modules_that_are_gone() {
    let root = project(&[
        ("idl/greeting.pyidl", GREETING),
        ("idl/numbers.pyidl", NUMBERS),
    ]);
    let mirror = root.path().join("target/pyidl/made-up");
    for interface in ["idl/greeting.pyidl", "idl/numbers.pyidl"] {
        let output = build_script(root.path(), interface);
        assert!(output.status.success(), "{output:?}");
    }
    let files: Vec<_> = times(&mirror).into_keys().collect();
    let names = [
        "modules.index.rs",
        "numbers.glue.rs",
        "numbers.pyi",
        "numbers.rs",
    ];
    assert_eq!(files, names.map(|name| mirror.join(name)));

    // The output of both calls of one build script is kept.
    let output = build_script(root.path(), "idl/greeting.pyidl,idl/numbers.pyidl");
    assert!(output.status.success(), "{output:?}");
    assert_eq!(times(&mirror).len(), 7);
}

/// A crate whose build script prints the same lines as one that calls `pyidl::build`.
#[test]
fn settings_that_appear_run_the_build_script() {
    let root = project(&[("idl/greeting.pyidl", GREETING), ("src/lib.rs", "")]);
    let script = env::current_exe().unwrap();
    let manifest = "[package]\nname = \"made-up\"\nedition = \"2024\"\n[workspace]\n";
    fs::write(root.path().join("Cargo.toml"), manifest).unwrap();
    let script = format!(
        "fn main() {{
            let mut script = std::process::Command::new({script:?});
            script.args([\"--exact\", \"process_of_a_build_script\", \"--nocapture\"]);
            let output = script.env(\"INTERFACE_OF_BUILD_SCRIPT\", \"idl/greeting.pyidl\").output().unwrap();
            let said = String::from_utf8(output.stdout).unwrap();
            said.lines().filter(|line| line.starts_with(\"cargo::\")).for_each(|line| println!(\"{{line}}\"));
            let runs = std::fs::read_to_string(\"target/runs\").unwrap_or_default();
            std::fs::write(\"target/runs\", runs + \"x\").unwrap();
        }}"
    );
    fs::write(root.path().join("build.rs"), script).unwrap();
    let runs = || {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["build", "--offline", "--target-dir", "target"]);
        let output = cargo.current_dir(root.path()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
        fs::read_to_string(root.path().join("target/runs"))
            .unwrap()
            .len()
    };
    let settings = root.path().join("pyidl.toml");
    assert_eq!((runs(), runs()), (1, 1), "nothing changed");
    fs::write(&settings, "mirror = false\n").unwrap();
    assert_eq!((runs(), runs()), (2, 2), "they are there");
    fs::remove_file(&settings).unwrap();
    assert_eq!((runs(), runs()), (3, 3), "they are gone");
    fs::write(
        root.path().join("idl/greeting.pyidl"),
        GREETING.replace("name", "who"),
    )
    .unwrap();
    assert_eq!((runs(), runs()), (4, 4), "the interface changed");
}

#[test]
fn a_name_that_is_not_made_is_told_with_those_that_are() {
    let scratch = Scratch::new("names_of_modules");
    scratch.file("idl/greeting.pyidl", GREETING);
    scratch.file("idl/numbers.pyidl", NUMBERS);
    let mut script = build_script_command(
        scratch.directory(),
        "idl/greeting.pyidl,idl/numbers.pyidl",
        &scratch.directory().join("out"),
    );
    let output = script.output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let said = String::from_utf8(output.stdout).unwrap();
    let variables: Vec<_> = said
        .lines()
        .filter_map(|line| line.strip_prefix("cargo::rustc-env=")?.split_once('='))
        .collect();
    let check = |name: &str| -> Vec<String> {
        let source = scratch.file(
            "lib.rs",
            &format!(
                "macro_rules! passed_on {{ ($name:literal) => {{ pyidl_runtime::include_idl!($name); }} }}
                 pub mod bindings {{ passed_on!({name:?}); }}"
            ),
        );
        let mut rustc = scratch.compiler("rustc", &source, &["-A", "unused_macros"]);
        rustc.envs(variables.iter().copied());
        let messages = messages(rustc).into_iter();
        messages.map(|message| message.text).collect()
    };
    assert_eq!(check("greeting"), [""; 0]);
    assert_eq!(check("numbers"), [""; 0]);
    let expected = "the build script makes no module `greetings`; it makes `greeting`, `numbers`";
    let said = check("greetings");
    assert!(said.iter().any(|text| text == expected), "{said:?}");
}
