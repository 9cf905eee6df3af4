//! Type checkers accept the stubs, the stubs match the modules, and pytest runs the tests.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use pyidl_test_support::{Environment, Stage, notice, repository, skipped, test_files};

/// The oldest and the newest Python that stubs are for.
const VERSIONS: [(u8, u8); 2] = [(3, 8), (3, 14)];

/// The uses with syntax that some Python version does not have.
const MATCHING: &str = "matching.py";
const MATCHING_SINCE: (u8, u8) = (3, 10);

fn environment(what: &str) -> Option<&'static Environment> {
    match Environment::get() {
        Ok(environment) => Some(environment),
        Err(reason) => {
            skipped(what, reason);
            None
        }
    }
}

/// Runs a checker, which must print nothing or succeed; returns its output otherwise.
fn check(command: &mut Command) -> String {
    let shown = format!("{command:?}");
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("cannot run {shown}: {error}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}\n{text}");
    text
}

/// The files that use the modules.
fn uses() -> Vec<PathBuf> {
    let folder = repository().join("tests/typing");
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let mut files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|it| it == "py"))
        .collect();
    files.sort();
    files
}

#[test]
fn mypy_accepts_the_stubs_and_their_uses() {
    let Some(environment) = environment("mypy") else {
        return;
    };
    let stage = Stage::get();
    let mut command = environment.module("mypy", &stage.directory);
    command
        .args(["--strict", "--no-error-summary", "--cache-dir"])
        .arg(stage.directory.join(".mypy_cache"))
        .args(stage.modules.iter().flat_map(|module| &module.stubs))
        .args(uses());
    check(&mut command);
    notice(&format!(
        "mypy --strict accepts {} stubs",
        stage.modules.len()
    ));
}

#[test]
fn pyright_accepts_the_stubs_and_their_uses() {
    let Some(environment) = environment("pyright") else {
        return;
    };
    let stage = Stage::get();
    for version in VERSIONS {
        let mut command = environment.module("pyright", &stage.directory);
        let (major, minor) = version;
        let uses = uses().into_iter();
        let uses = uses.filter(|path| version >= MATCHING_SINCE || !path.ends_with(MATCHING));
        command
            .args(["--pythonversion", &format!("{major}.{minor}")])
            .args(["--warnings", "--pythonpath"])
            .arg(&environment.python)
            .args(stage.modules.iter().flat_map(|module| &module.stubs))
            .args(uses)
            .current_dir(repository().join("tests/typing"));
        check(&mut command);
    }
    notice(&format!("pyright accepts {} stubs", stage.modules.len()));
}

#[test]
fn stubs_equal_the_modules() {
    let Some(environment) = environment("stubtest") else {
        return;
    };
    let stage = Stage::get();
    let mut command = environment.module("mypy.stubtest", &stage.directory);
    command
        .args(stage.modules.iter().map(|module| &module.name))
        .current_dir(&stage.directory);
    check(&mut command);
    notice(&format!("stubtest accepts {} stubs", stage.modules.len()));
}

#[test]
fn real_pytest_passes() {
    let Some(environment) = environment("pytest") else {
        return;
    };
    let stage = Stage::get();
    let mut command = environment.module("pytest", &stage.directory);
    command
        .args([
            "-q",
            "-p",
            "no:cacheprovider",
            "--import-mode=importlib",
            "-W",
            "error",
        ])
        .args(["-o", "addopts=", "--rootdir"])
        .arg(repository())
        .args(test_files());
    let output = check(&mut command);
    let summary = output
        .lines()
        .rfind(|line| line.contains("passed"))
        .unwrap_or_default();
    notice(&format!(
        "pytest, CPython {}: {summary}",
        environment.base.facts.release
    ));
}
