//! `pyidl run` and `pyidl doctor`.

use std::fs;
use std::path::Path;

use super::{Place, snapshot};

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
fn refuses_in_one_line_what_is_no_python() {
    let place = Place::new(&[
        (
            "Cargo.toml",
            "[package]\nname = \"x\"\nversion = \"0.1.0\"\n\n[workspace]\n",
        ),
        ("src/lib.rs", ""),
        ("demo.py", ""),
        ("text.txt", "no program"),
    ]);
    place.script("quiet", "");
    place.script("talks", "echo hello");
    place.script("json", "echo '{\"major\": 3}'");
    place.script("fails", "printf 'one\\n\\033[31mtwo\\n\\n' >&2; exit 3");
    place.script("babbles", "printf '%0500d' 1 >&2; exit 1");
    place.script("crashes", "kill -SEGV $$");
    place.script("floods", "exec yes");
    place.script(
        "old",
        "[ $1 = --version ] && echo Python 2.7.18 >&2; exit 2",
    );
    place.script("older", &answer(6, "cpython", false, Path::new("/nowhere")));
    place.script("venv/bin/python", "");
    for (name, text) in [
        ("empty", &b""[..]),
        ("junk", b"\x7fELF\0\0\0"),
        ("first", b"#!/no/such\n"),
    ] {
        place.script(name, "");
        fs::write(place.path(name), text).unwrap();
    }
    let mut said = String::new();
    for python in [
        "./quiet",
        "./talks",
        "./json",
        "./fails",
        "./babbles",
        "./crashes",
        "./floods",
        "./old",
        "./older",
        "./empty",
        "./junk",
        "./first",
        "./text.txt",
        "text.txt",
        "./src",
        "./venv",
        "./nothing",
        "demo.py/x",
    ] {
        let output = place.run(&["run", "--python", python, "demo.py"]);
        let line = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            (output.status.code(), line.lines().count()),
            (Some(2), 1),
            "{line}"
        );
        said.push_str(&line);
    }
    snapshot("run_no_pythons", &said);
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
