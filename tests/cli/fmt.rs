//! `pyidl fmt`.

use std::fs;

use super::{Place, snapshot};

const UGLY: &str =
    "f : func( a:u8,b :string )->bool ; // one\nrecord  point{x:f64,\ny:f64} /* two */\n";
const PRETTY: &str =
    "f: func(a: u8, b: string) -> bool; // one\nrecord point { x: f64, y: f64 } /* two */\n";
const BROKEN: &str = "f: func(a u8);\ng : func();\n";

fn read(place: &Place, path: &str) -> String {
    fs::read_to_string(place.path(path)).unwrap()
}

#[test]
fn writes_files_that_are_not_formatted() {
    let place = Place::new(&[
        ("idl/a.pyidl", UGLY),
        ("idl/b.pyidl", PRETTY),
        ("idl/c.pyidl.toml", "f='func()'\n"),
    ]);
    let before = fs::metadata(place.path("idl/b.pyidl")).unwrap();
    transcript!(place, "fmt_check", "fmt", "--check");
    transcript!(
        place,
        "fmt_check_json",
        "fmt",
        "--check",
        "--format",
        "json"
    );
    transcript!(
        place,
        "fmt_check_github",
        "fmt",
        "--check",
        "--format",
        "github"
    );
    transcript!(place, "fmt_diff", "fmt", "--diff");
    assert_eq!(read(&place, "idl/a.pyidl"), UGLY);

    transcript!(place, "fmt_project", "fmt");
    assert_eq!(read(&place, "idl/a.pyidl"), PRETTY);
    assert_eq!(read(&place, "idl/c.pyidl.toml"), "f='func()'\n");
    let after = fs::metadata(place.path("idl/b.pyidl")).unwrap();
    assert_eq!(before.modified().unwrap(), after.modified().unwrap());
    transcript!(place, "fmt_nothing_to_do", "fmt");
    assert!(place.run(&["fmt", "--check"]).stdout.is_empty());
}

#[test]
fn formats_directories() {
    let place = Place::new(&[
        ("wit/a.wit", UGLY),
        ("wit/deep/b.pyidl", UGLY),
        ("wit/deps/other/c.wit", UGLY),
        ("wit/.cache/d.wit", UGLY),
        ("wit/notes.txt", UGLY),
        ("empty/notes.txt", ""),
    ]);
    transcript!(place, "fmt_directory", "fmt", "wit", "wit/a.wit", "empty");
    for (path, text) in [
        ("wit/a.wit", PRETTY),
        ("wit/deep/b.pyidl", PRETTY),
        ("wit/deps/other/c.wit", UGLY),
        ("wit/.cache/d.wit", UGLY),
        ("wit/notes.txt", UGLY),
    ] {
        assert_eq!(read(&place, path), text, "{path}");
    }
}

#[test]
fn formats_what_the_settings_name() {
    let place = Place::new(&[
        (
            "pyidl.toml",
            "interfaces = [\"wit\", \"b.pyidl\", \"c.pyidl.toml\"]\n",
        ),
        ("wit/a.wit", UGLY),
        ("b.pyidl", UGLY),
        ("c.pyidl.toml", "f='func()'\n"),
        ("idl/other.pyidl", UGLY),
    ]);
    transcript!(place, "fmt_settings", "fmt");
    assert_eq!(read(&place, "idl/other.pyidl"), UGLY);
}

#[test]
fn leaves_files_with_errors_alone() {
    let place = Place::new(&[
        ("a.pyidl", BROKEN),
        ("b.pyidl", UGLY),
        ("c.pyidl.toml", "f='func()'\n"),
    ]);
    transcript!(place, "fmt_errors", "fmt", "a.pyidl", "b.pyidl");
    assert_eq!(read(&place, "a.pyidl"), BROKEN);
    assert_eq!(read(&place, "b.pyidl"), PRETTY);
    transcript!(place, "fmt_errors_check", "fmt", "--check", "a.pyidl");
    transcript!(place, "fmt_missing", "fmt", "b.pyidl", "d.pyidl");
    transcript!(place, "fmt_toml", "fmt", "b.pyidl", "c.pyidl.toml");
    transcript!(place, "fmt_stdin_and_files", "fmt", "-", "b.pyidl");
}

#[test]
fn formats_standard_input() {
    let place = Place::new(&[]);
    for (name, text, arguments) in [
        ("fmt_stdin", UGLY, &["fmt", "-"][..]),
        ("fmt_stdin_check", UGLY, &["fmt", "--check", "-"]),
        ("fmt_stdin_diff", UGLY, &["fmt", "--diff", "-"]),
        ("fmt_stdin_formatted", PRETTY, &["fmt", "--check", "-"]),
        (
            "fmt_stdin_errors",
            BROKEN,
            &["fmt", "-", "--stdin-filepath", "idl/a.pyidl"],
        ),
        (
            "fmt_stdin_toml",
            "",
            &["fmt", "-", "--stdin-filepath", "a.pyidl.toml"],
        ),
    ] {
        let output = place.given(arguments, text);
        snapshot(name, &place.transcript_of(arguments, &output));
    }
}

#[test]
fn keeps_line_ends() {
    let windows = UGLY.replace('\n', "\r\n");
    let place = Place::new(&[("a.pyidl", windows.as_str())]);
    assert!(place.run(&["fmt", "a.pyidl"]).status.success());
    assert_eq!(read(&place, "a.pyidl"), PRETTY.replace('\n', "\r\n"));
    assert!(place.run(&["fmt", "--check", "a.pyidl"]).status.success());
}

#[cfg(unix)]
#[test]
fn keeps_links_and_permissions() {
    use std::os::unix::fs::{PermissionsExt, symlink};

    let place = Place::new(&[("real.pyidl", UGLY)]);
    let (real, link) = (place.path("real.pyidl"), place.path("link.pyidl"));
    symlink("real.pyidl", &link).unwrap();
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    assert!(place.run(&["fmt", "link.pyidl"]).status.success());
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(read(&place, "real.pyidl"), PRETTY);
    let mode = fs::metadata(&real).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);

    place.write("real.pyidl", UGLY);
    fs::set_permissions(&real, fs::Permissions::from_mode(0o440)).unwrap();
    transcript!(place, "fmt_read_only", "fmt", "real.pyidl");
    assert_eq!(read(&place, "real.pyidl"), UGLY);
    let files = fs::read_dir(place.path("")).unwrap().count();
    assert_eq!(files, 2, "nothing is left beside the files");
}
