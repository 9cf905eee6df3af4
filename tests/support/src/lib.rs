//! The shared parts of the end-to-end tests: the built modules ([`Stage`]), the interpreters ([`pythons`]), running Python tests
//! in them ([`Runner`]), and an environment with packages from PyPI ([`Environment`]).
//!
//! All functions fail by panicking with the reason, as tests do.

mod environment;
mod pythons;
mod runner;
mod scratch;
mod stage;

use std::env;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

pub use environment::Environment;
pub use pythons::{pythons, race_detector, runnable_library};
pub use runner::{Report, Runner, test_files};
pub use scratch::{Message, Scratch, messages};
pub use stage::{Module, Stage};

/// The root of the repository.
pub fn repository() -> &'static Path {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    here.ancestors().nth(2).unwrap_or(here)
}

/// The directory of the tests' output, under cargo's target directory: `target/end-to-end`.
pub fn work_directory() -> PathBuf {
    // Test programs lie in <target>/<profile>/deps, with `--target` one level deeper. Cargo keeps a file of its own
    // in <target>; the tag it sets only where it made the directory.
    let program = env::current_exe().unwrap_or_else(|error| panic!("where am I? {error}"));
    let target = program
        .ancestors()
        .find(|directory| {
            let marks = [".rustc_info.json", "CACHEDIR.TAG"];
            marks.iter().any(|mark| directory.join(mark).exists())
        })
        .map_or_else(|| repository().join("target"), Path::to_owned);
    target.join("end-to-end")
}

/// Prints a line that shows even when the test passes (the test harness captures what `println!` writes).
pub fn notice(line: &str) {
    // A closed stderr must not make the test fail.
    let _ = writeln!(io::stderr(), "{line}");
}

/// Reports that something could not be tested. This is an error with `PYIDL_TEST_EVERYTHING=1`.
pub fn skipped(what: &str, why: &str) {
    assert!(
        env::var_os("PYIDL_TEST_EVERYTHING").is_none_or(|value| value != "1"),
        "{what} must be tested: {why}"
    );
    notice(&format!("skipped: {what}: {why}"));
}

/// Runs a command that must succeed; returns its standard output.
pub fn output_of(command: &mut Command) -> String {
    let shown = format!("{command:?}");
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("cannot run {shown}: {error}"));
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(
        output.status.success(),
        "{shown} failed ({}):\n{stdout}\n{stderr}",
        output.status
    );
    stdout
}
