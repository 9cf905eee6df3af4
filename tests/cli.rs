//! What the command line prints, and how it ends.
//!
//! Each case runs the command in a directory of its own and compares status, standard output and standard error with a
//! snapshot under `snapshots/cli/`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const GOOD: &str = "//! Greetings.\npackage test:greeting@0.1.0;\n\n/// Says hello.\ngreet: func(name: string = \"you\") -> string;\n";
const BAD: &str = "greet: func(name: strin) -> string;\n\npoint: func(x: f46);\n";

/// A directory that goes away with the test.
struct Place(tempfile::TempDir);

impl Place {
    fn new(files: &[(&str, &str)]) -> Self {
        let place = Self(tempfile::tempdir().unwrap());
        for (path, text) in files {
            place.write(path, text);
        }
        place
    }

    fn path(&self, path: &str) -> PathBuf {
        self.0.path().join(path)
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_pyidl"));
        command
            .args(arguments)
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
            .env_remove("VIRTUAL_ENV")
            .env_remove("PYIDL_PYTHONS");
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().unwrap()
    }

    /// Status and output in one text, with nothing in it that is this machine's.
    fn transcript(&self, arguments: &[&str]) -> String {
        self.transcript_of(arguments, &self.run(arguments))
    }

    fn transcript_of(&self, arguments: &[&str], output: &Output) -> String {
        let mut text = format!(
            "$ pyidl {}\nstatus {}\n",
            arguments.join(" "),
            output.status.code().unwrap()
        );
        for (name, bytes) in [("stdout", &output.stdout), ("stderr", &output.stderr)] {
            if !bytes.is_empty() {
                let said = String::from_utf8_lossy(bytes)
                    .replace(&*self.0.path().to_string_lossy(), "[DIR]");
                text.push_str(&format!("--- {name}\n{said}"));
            }
        }
        text
    }
}

macro_rules! transcript {
    ($place:expr, $name:literal, $($argument:expr),+) => {
        snapshot($name, &$place.transcript(&[$($argument),+]))
    };
}

#[path = "cli/fmt.rs"]
mod fmt;

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/cli"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

#[test]
fn checks_files() {
    let place = Place::new(&[("idl/good.pyidl", GOOD), ("bad.pyidl", BAD)]);
    transcript!(place, "check_clean", "check", "idl/good.pyidl");
    transcript!(place, "check_default", "check");
    transcript!(place, "check_human", "check", "bad.pyidl", "idl/good.pyidl");
    transcript!(
        place,
        "check_short",
        "check",
        "bad.pyidl",
        "--format",
        "short"
    );
    transcript!(
        place,
        "check_json",
        "check",
        "bad.pyidl",
        "--format",
        "json"
    );
}

#[test]
fn prints_findings_for_github() {
    let place = Place::new(&[("bad, too.pyidl", BAD)]);
    transcript!(
        place,
        "check_github",
        "check",
        "bad, too.pyidl",
        "--format",
        "github"
    );
    transcript!(
        place,
        "build_github",
        "build",
        "bad, too.pyidl",
        "--format",
        "github"
    );
}

#[test]
fn colours_are_as_wished() {
    let place = Place::new(&[("bad.pyidl", BAD)]);
    let has_colours = |arguments: &[&str], variables: &[(&str, &str)]| {
        let mut command = place.command(arguments);
        for name in ["NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE"] {
            command.env_remove(name);
        }
        let output = command.envs(variables.iter().copied()).output().unwrap();
        String::from_utf8_lossy(&output.stdout).contains("\u{1b}[")
    };
    let check = ["check", "bad.pyidl"];
    assert!(!has_colours(&check, &[]));
    assert!(has_colours(&check, &[("CLICOLOR_FORCE", "1")]));
    assert!(!has_colours(
        &check,
        &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]
    ));
    assert!(has_colours(
        &["check", "bad.pyidl", "--color", "always"],
        &[("NO_COLOR", "1")]
    ));
    assert!(!has_colours(
        &["--color", "never", "check", "bad.pyidl"],
        &[("CLICOLOR_FORCE", "1")]
    ));
}

#[test]
fn converts_files() {
    let place = Place::new(&[("good.pyidl", GOOD), ("bad.pyidl", "a: func(;\n")]);
    transcript!(place, "convert_to_toml", "convert", "good.pyidl");
    let toml = ["convert", "good.pyidl", "-o", "out/good.pyidl.toml"];
    snapshot("convert_to_file", &place.transcript(&toml));
    snapshot("convert_again", &place.transcript(&toml));
    snapshot(
        "convert_force",
        &place.transcript(&[&toml[..], &["--force"]].concat()),
    );
    transcript!(place, "convert_to_pyidl", "convert", "out/good.pyidl.toml");
    place.write("plain.wit", "interface  a{f:func();}\n// End.\n");
    transcript!(place, "convert_wit", "convert", "plain.wit");
    transcript!(
        place,
        "convert_wit_to_toml",
        "convert",
        "plain.wit",
        "--to",
        "toml"
    );
    transcript!(
        place,
        "convert_bad",
        "convert",
        "bad.pyidl",
        "-o",
        "x.pyidl.toml"
    );
    assert!(!place.path("x.pyidl.toml").exists());
    transcript!(
        place,
        "convert_to_directory",
        "convert",
        "good.pyidl",
        "-o",
        "out"
    );
    transcript!(
        place,
        "convert_wrong_name",
        "convert",
        "good.pyidl",
        "-o",
        "x.toml"
    );
    transcript!(
        place,
        "convert_other_form",
        "convert",
        "good.pyidl",
        "-o",
        "x.pyidl",
        "--to",
        "toml"
    );
}

#[test]
fn takes_the_toml_form() {
    const TOML: &str =
        "doc = \"Greetings.\"\n\n[func.greet]\nsig = \"func(name: strin) -> string\"\n";
    let place = Place::new(&[("idl/greeting.pyidl.toml", TOML)]);
    transcript!(place, "toml_check", "check");
    transcript!(
        place,
        "toml_tokens",
        "dump",
        "tokens",
        "idl/greeting.pyidl.toml"
    );
    place.write("idl/greeting.pyidl.toml", TOML.replace("strin)", "string)"));
    transcript!(place, "toml_build", "build");
}

#[test]
fn refuses_what_is_no_interface_file() {
    let place = Place::new(&[("idl/good.pyidl", GOOD), ("empty/readme", "")]);
    place.write("latin.pyidl", b"/// caf\xe9\nx: func();\n");
    transcript!(place, "file_missing", "check", "idl/god.pyidl");
    transcript!(place, "file_directory", "check", "idl");
    transcript!(place, "file_directory_empty", "check", "empty");
    transcript!(place, "file_not_utf8", "check", "latin.pyidl");
    transcript!(
        place,
        "file_none",
        "build",
        "--out",
        "out",
        "empty/none.pyidl"
    );
    fs::remove_dir_all(place.path("idl")).unwrap();
    transcript!(place, "file_unnamed", "check");
}

#[test]
#[cfg(unix)]
fn refuses_what_cannot_be_read_or_written() {
    use std::os::unix::fs::PermissionsExt;

    let place = Place::new(&[("good.pyidl", GOOD), ("out/blocked", "")]);
    transcript!(
        place,
        "out_is_a_file",
        "build",
        "good.pyidl",
        "--out",
        "out/blocked"
    );
    // Root may read and write everything.
    fs::set_permissions(place.path("good.pyidl"), fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(place.path("good.pyidl")).is_err() {
        transcript!(place, "file_unreadable", "check", "good.pyidl");
    }
}

#[test]
fn builds_into_a_directory() {
    let place = Place::new(&[("idl/good.pyidl", GOOD), ("bad.pyidl", BAD)]);
    transcript!(place, "build_check_missing", "build", "--check");
    transcript!(place, "build_first", "build");
    transcript!(place, "build_again", "build");
    transcript!(place, "build_check_clean", "build", "--check");
    place.write("generated/greeting.pyi", "");
    fs::remove_file(place.path("generated/greeting_glue.rs")).unwrap();
    transcript!(
        place,
        "build_check_short",
        "build",
        "--check",
        "--format",
        "short"
    );
    transcript!(
        place,
        "build_check_json",
        "build",
        "--check",
        "--format",
        "json"
    );
    transcript!(place, "build_bad", "build", "bad.pyidl", "--out", "other");
    assert!(!place.path("other").exists());
}

#[test]
fn refuses_two_files_of_one_module() {
    let place = Place::new(&[("a.pyidl", GOOD), ("b.pyidl", GOOD)]);
    transcript!(place, "build_same_module", "build", "a.pyidl", "b.pyidl");
}

#[test]
fn names_files_as_seen_from_the_package() {
    let place = Place::new(&[
        ("Cargo.toml", ""),
        ("idl/good.pyidl", GOOD),
        ("src/lib.rs", ""),
    ]);
    place.run(&["build", "--out", "a"]);
    let status = place
        .command(&["build", "../idl/good.pyidl", "--out", "../b"])
        .current_dir(place.path("src"))
        .status();
    assert!(status.unwrap().success());
    for directory in ["a", "b"] {
        let text = fs::read_to_string(place.path(directory).join("greeting.rs")).unwrap();
        let first = text.lines().next().unwrap();
        assert!(
            first.ends_with("from idl/good.pyidl. Do not edit."),
            "{first}"
        );
    }
}

#[test]
fn reads_settings() {
    let place = Place::new(&[
        ("Cargo.toml", ""),
        (
            "pyidl.toml",
            "interfaces = [\"here/good.pyidl\"]\nout = \"there\"\n",
        ),
        ("here/good.pyidl", GOOD),
    ]);
    transcript!(place, "settings_build", "build");
    place.write(
        "pyidl.toml",
        "outt = \"x\"\n\n[run]\nprofil = \"release\"\n\n[nmae]\n",
    );
    transcript!(place, "settings_unknown", "check");
    place.write("pyidl.toml", "mirror = \"yes\"\n");
    transcript!(place, "settings_type", "check");
    place.write("pyidl.toml", "[run]\nprofile = \"fast\"\n");
    transcript!(place, "settings_value", "check");
    place.write("pyidl.toml", "out = \n");
    transcript!(place, "settings_syntax", "check", "--format", "short");
}

#[test]
fn dumps_stages() {
    let place = Place::new(&[("good.pyidl", GOOD), ("bad.pyidl", BAD)]);
    // What exactly each stage makes of a file has snapshots of its own.
    let stages = [
        ("tokens", "5:8      Keyword(Func)"),
        ("ast", "name: greet @"),
        ("model", "greet"),
        ("rust", "fn greet(name: &str) -> String;"),
        ("glue", "impl<M: Greeting> rt::Function<1>"),
        ("python", "def greet(name: str = \"you\") -> str:"),
    ];
    for (stage, part) in stages {
        let output = place.run(&["dump", stage, "good.pyidl"]);
        let text = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success() && text.contains(part),
            "{stage}: {text}"
        );
    }
    transcript!(
        place,
        "dump_bad",
        "dump",
        "model",
        "bad.pyidl",
        "--format",
        "short"
    );
}

#[test]
fn a_reader_that_goes_away_is_no_crash() {
    let place = Place::new(&[("good.pyidl", GOOD)]);
    let mut child = place
        .command(&["dump", "ast", "good.pyidl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_ne!(output.status.code(), Some(101));
}

#[test]
fn refuses_scripts_that_it_cannot_run() {
    let place = Place::new(&[
        ("alone.py", ""),
        (
            "crate/Cargo.toml",
            "[package]\nname = \"no-library\"\nversion = \"0.1.0\"\n\n[workspace]\n",
        ),
        ("crate/src/lib.rs", ""),
        ("crate/demo.py", ""),
        ("broken/Cargo.toml", "[package"),
        ("broken/demo.py", ""),
    ]);
    transcript!(place, "run_nothing", "run");
    transcript!(place, "run_missing", "run", "missing.py");
    transcript!(place, "run_directory", "run", "crate");
    transcript!(place, "run_outside", "run", "alone.py");
    transcript!(place, "run_no_cdylib", "run", "crate/demo.py");
    transcript!(
        place,
        "run_no_such_python",
        "run",
        "--python",
        "no/such/python",
        "crate/demo.py"
    );
    transcript!(
        place,
        "run_no_python",
        "run",
        "--python",
        "crate/demo.py",
        "crate/demo.py"
    );
    let no_cargo = place
        .command(&["run", "crate/demo.py"])
        .env("CARGO", "no-cargo-here")
        .output()
        .unwrap();
    snapshot(
        "run_no_cargo",
        &place.transcript_of(&["run", "crate/demo.py"], &no_cargo),
    );
    assert_eq!(place.run(&["run", "broken/demo.py"]).status.code(), Some(2));
}

#[test]
#[cfg(unix)]
fn says_which_pythons_were_refused() {
    let place = Place::new(&[
        (
            "crate/Cargo.toml",
            "[package]\nname = \"x\"\nversion = \"0.1.0\"\n\n[workspace]\n",
        ),
        ("crate/src/lib.rs", ""),
        ("crate/demo.py", ""),
    ]);
    place.script(
        "bin/python3",
        "echo 'Python 2.7.18'; [ \"$1\" = --version ]",
    );
    place.script("bin/python", "echo what? >&2; exit 1");
    let output = place
        .command(&["run", "crate/demo.py"])
        .env("PATH", place.path("bin"))
        .output()
        .unwrap();
    snapshot(
        "run_old_pythons",
        &place.transcript_of(&["run", "crate/demo.py"], &output),
    );
}

#[cfg(unix)]
impl Place {
    /// An executable shell script.
    fn script(&self, path: &str, commands: &str) {
        use std::os::unix::fs::PermissionsExt;

        self.write(path, format!("#!/bin/sh\n{commands}\n"));
        fs::set_permissions(self.path(path), fs::Permissions::from_mode(0o755)).unwrap();
    }
}

/// An interpreter that is nothing but its answer.
#[cfg(unix)]
fn answer(minor: u32, implementation: &str, free_threaded: bool, libraries: &Path) -> String {
    let libraries = libraries.display();
    format!(
        r#"echo Welcome.; echo '{{"executable": null, "major": 3, "minor": {minor}, "release": "3.{minor}.1", "implementation": "{implementation}", "free_threaded": {free_threaded}, "debug": false, "bits": 64, "prefix": "/nowhere/3.{minor}", "extension_suffixes": [".so"], "library_names": ["libpython.so"], "library_directories": ["{libraries}"]}}'"#
    )
}

#[test]
#[cfg(unix)]
fn doctor_tells_what_each_python_is() {
    let place = Place::new(&[]);
    let nowhere = place.path("nowhere");
    place.script("bin/python3", &answer(12, "cpython", false, &nowhere));
    place.script(
        "bin/python3.15t",
        &answer(15, "cpython", true, &place.path("lib")),
    );
    place.script("bin/python3.7", &answer(7, "cpython", false, &nowhere));
    place.script("bin/pypy3", &answer(11, "pypy", false, &nowhere));
    place.script("bin/python3.9", "exit 3");
    place.script("bin/python3.10", &answer(10, "graalpy", false, &nowhere));
    place.script("bin/cargo", "echo cargo 1.88.0");
    place.write("lib/libpython.so", "no library");
    for format in ["human", "short", "json"] {
        let arguments = ["doctor", "--format", format];
        let output = place
            .command(&arguments)
            .env_clear()
            .env("PATH", place.path("bin"))
            .env("HOME", place.path("home"))
            .output()
            .unwrap();
        // The directories of the operating system are looked at too, and may make columns wider.
        let text = place.transcript_of(&arguments, &output);
        let ours = text.lines().filter(|line| !line.contains("/usr/"));
        let ours: Vec<_> = ours
            .map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "))
            .collect();
        if format == "json" {
            let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
            assert_eq!(report["active"]["release"], "3.12.1");
            assert_eq!(report["rust"]["rustc"], serde_json::Value::Null);
            let interpreters = report["interpreters"].as_array().unwrap();
            let free = interpreters
                .iter()
                .find(|row| row["free_threaded"] == true)
                .unwrap();
            assert_eq!(free["runtime"]["entry"], "PyModExport");
            assert_eq!(free["runtime"]["without_gil"], true);
        } else {
            snapshot(&format!("doctor_{format}"), &ours.join("\n"));
        }
    }
}

#[test]
fn doctor_finds_a_python_here() {
    let output = Place::new(&[]).run(&["doctor", "--format", "short"]);
    assert!(!output.stdout.is_empty());
}

#[test]
fn explains_codes() {
    let place = Place::new(&[]);
    transcript!(place, "explain_code", "explain", "e301");
    transcript!(place, "explain_files", "explain", "E0501");
    transcript!(place, "explain_unknown", "explain", "E0399");
    transcript!(place, "explain_nonsense", "explain", "spam");
    let listed = String::from_utf8(place.run(&["explain"]).stdout).unwrap();
    assert!(
        listed.contains("E0301  a name that is not declared\n"),
        "{listed}"
    );
}
