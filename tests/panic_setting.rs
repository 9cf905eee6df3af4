//! Builds in which a panic ends the process are refused.

use std::process::Command;

use pyidl_test_support::repository;

/// What rustc says of the runtime, whose dependencies it is not told of, with panics as given.
fn said(panics: &str) -> String {
    let directory = tempfile::tempdir().expect("a directory can be made");
    let output = Command::new("rustc")
        .args([
            "--edition",
            "2024",
            "--crate-type",
            "lib",
            "--emit",
            "metadata",
        ])
        .args(["-C", panics, "--out-dir"])
        .arg(directory.path())
        .arg(repository().join("runtime/src/lib.rs"))
        .output()
        .expect("rustc runs");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[test]
fn panics_must_unwind() {
    let advice = "delete that line from the profile";
    assert!(said("panic=abort").contains(advice));
    assert!(!said("panic=unwind").contains(advice));
}
