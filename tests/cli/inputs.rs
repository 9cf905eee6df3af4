//! What commands read: files that are named twice, standard input, directories.

use super::{Place, snapshot};

fn transcript(place: &Place, arguments: &[&str], text: &str) -> String {
    place.transcript_of(arguments, &place.given(arguments, text))
}

#[test]
fn reads_standard_input() {
    let place = Place::new(&[
        ("idl/types.pyidl", "record point { x: f64 }\n"),
        ("idl/old.pyidl", "broken: func(;\n"),
    ]);
    const TEXT: &str = "use types.{point};\nlength: func(line: list<point>) -> float;\n";
    let name = "--stdin-filepath=idl/old.pyidl";
    for (snapshot_name, arguments) in [
        ("stdin_check", &["check", "-"][..]),
        // In the place of the file, beside what it uses.
        ("stdin_check_named", &["check", "-", name]),
        ("stdin_check_wit", &["check", "-", "--stdin-filepath=x.wit"]),
        ("stdin_lint", &["lint", "-", name, "--format=json"]),
        ("stdin_dump", &["dump", "ast", "-"]),
        ("stdin_not_read", &["check", "idl/types.pyidl", name]),
        ("stdin_directory", &["check", "-", "--stdin-filepath=idl"]),
    ] {
        snapshot(snapshot_name, &transcript(&place, arguments, TEXT));
    }
    let good = TEXT.replace("float", "f64");
    for arguments in [
        &["check", "-", name][..],
        &["check", "idl", "-", name],
        &["check", "-", "-", "idl", name],
        &["check", "idl", "-", "--stdin-filepath=./idl/old.pyidl"],
        &["dump", "python", "-", name],
    ] {
        let output = place.given(arguments, &good);
        let said = place.transcript_of(arguments, &output);
        assert_eq!(output.status.code(), Some(0), "{said}");
    }
    // A file that does not exist yet belongs to its directory, too.
    place.write("idl/old.pyidl", "broken: func();\n");
    let twice = "broken: func();\n";
    let arguments = ["check", "idl", "-", "--stdin-filepath=idl/new.pyidl"];
    snapshot("stdin_new_file", &transcript(&place, &arguments, twice));
}

#[test]
fn the_other_form_of_standard_input() {
    let place = Place::new(&[]);
    snapshot(
        "stdin_convert",
        &transcript(&place, &["convert", "-"], "f: func();\n"),
    );
    let arguments = ["convert", "-", "--stdin-filepath=x.pyidl.toml"];
    let back = place.given(&arguments, "func.f = \"func()\"\n");
    assert_eq!(String::from_utf8_lossy(&back.stdout), "f: func();\n");
}

#[test]
fn a_file_that_is_named_twice_is_one() {
    let text = "package acme:one;\nf: func(x: u8);\n";
    let place = Place::new(&[("idl/one.pyidl", text), ("other/two.pyidl", "g: func();\n")]);
    let absolute = place.path("idl/one.pyidl");
    let absolute = absolute.to_str().unwrap();
    let mut spellings = vec![
        "idl/one.pyidl",
        "./idl/one.pyidl",
        "idl/../idl/one.pyidl",
        absolute,
    ];
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("../idl/one.pyidl", place.path("other/link.pyidl")).unwrap();
        std::os::unix::fs::symlink("idl", place.path("directory")).unwrap();
        spellings.extend(["other/link.pyidl", "directory/one.pyidl", "directory"]);
    }
    spellings.extend(["idl", "./idl/", "idl/."]);
    for command in ["check", "fmt"] {
        for one in &spellings {
            for other in &spellings {
                let output = place.run(&[command, one, other]);
                let said = String::from_utf8_lossy(&output.stderr);
                let number = said.starts_with("1 file");
                assert!(output.status.success() && number, "{one} {other}: {said}");
            }
        }
    }
    let all: Vec<_> = ["build", "--out", "out"]
        .into_iter()
        .chain(spellings)
        .collect();
    assert_eq!(place.run(&all).status.code(), Some(0));
    let output = place.run(&[
        "breaking",
        "idl/one.pyidl",
        "./idl/one.pyidl",
        "--against",
        "idl",
    ]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn directories_of_several_packages_have_one_fault() {
    let place = Place::new(&[
        (
            "two/a.pyidl",
            "package acme:one;\nrecord point { x: f64 }\nf: func(p: point);\n",
        ),
        (
            "two/b.pyidl",
            "package acme:two;\nuse acme:one.{point};\nf: func(p: point);\n",
        ),
        ("same/a.pyidl", "package acme:one;\nf: func();\n"),
        ("same/b.pyidl", "package other:one;\nf: func();\n"),
        (
            "versions/a.pyidl",
            "package acme:one@1.0.0;\nrecord point { x: f64 }\n",
        ),
        (
            "versions/b.pyidl",
            "package acme:one@2.0.0;\nf: func(p: point);\n",
        ),
        (
            "mixed/a.wit",
            "package acme:one;\ninterface i { record p { x: f64 } }\n",
        ),
        ("mixed/b.wit", "interface j { use i.{p}; f: func(p: p); }\n"),
        (
            "mixed/c.pyidl",
            "package acme:two;\nuse i.{p};\nf: func(p: p, q: i.p);\n",
        ),
        (
            "mixed/d.pyidl",
            "package acme:three;\nuse acme:one/i.{p};\nf: func(p: p);\n",
        ),
        ("deps/main.pyidl", "use acme:one.{p};\nf: func(p: p);\n"),
        (
            "deps/deps/x/a.pyidl",
            "package acme:one;\nrecord p { x: f64 }\n",
        ),
        (
            "deps/deps/x/b.pyidl",
            "package acme:two;\nrecord p { x: f64 }\n",
        ),
        (
            "wrong/a.pyidl",
            "package acme:one;\nf: func(p: poin);\nrecord point { x: f64 }\n",
        ),
        ("wrong/b.pyidl", "package acme:two;\nf: func(p: );\n"),
    ]);
    for directory in ["two", "same", "versions", "mixed", "deps"] {
        let output = place.run(&["check", directory, "--format=short"]);
        let said = String::from_utf8_lossy(&output.stdout).into_owned();
        let is_alone = said.lines().count() == 1 && said.contains("E0507");
        assert!(is_alone && output.status.code() == Some(1), "{said}");
    }
    snapshot("check_two_packages", &place.transcript(&["check", "two"]));
    snapshot(
        "check_mixed_packages",
        &place.transcript(&["check", "mixed"]),
    );
    // What is wrong besides is said as well.
    snapshot(
        "check_wrong_packages",
        &place.transcript(&["check", "wrong", "--format=short"]),
    );
    // Each file by itself is a package.
    let output = place.run(&["check", "two/a.pyidl", "two/b.pyidl"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}
