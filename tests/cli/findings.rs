//! What is said of interface files and of codes: `pyidl check` and `pyidl explain`.

use std::fs;
use std::process::Stdio;

use super::{BAD, GOOD, Place, snapshot};

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
    transcript!(place, "file_in_no_directory", "check", "nowhere/none.pyidl");
    transcript!(place, "file_beside_idl", "check", "good.pyidl");
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

#[test]
fn switches_features_on() {
    const GATED: &str = "interface shapes {\n    @unstable(feature = curves)\n    record curve { bend: f64 }\n    draw: func(c: curve);\n}\n";
    let place = Place::new(&[("shapes.pyidl", GATED), ("Cargo.toml", "")]);
    transcript!(place, "features_off", "check", "shapes.pyidl");
    for options in [&["--features", "lines,curves"][..], &["--all-features"]] {
        let output = place.run(&[&["check", "shapes.pyidl"], options].concat());
        assert!(output.status.success(), "{output:?}");
    }
    place.write("pyidl.toml", "features = [\"curves\"]\n");
    let output = place.run(&["check", "shapes.pyidl"]);
    assert!(output.status.success(), "{output:?}");
}
