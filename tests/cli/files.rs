//! Files that are written, read and shown: `pyidl build`, `convert` and `dump`.

use std::fs;

use super::{BAD, GOOD, Place, snapshot};

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
fn builds_into_a_directory() {
    let place = Place::new(&[("idl/good.pyidl", GOOD), ("bad.pyidl", BAD)]);
    transcript!(place, "build_check_missing", "build", "--check");
    transcript!(place, "build_first", "build");
    transcript!(place, "build_again", "build");
    transcript!(place, "build_check_clean", "build", "--check");
    place.write("generated/greeting.pyi", "");
    fs::remove_file(place.path("generated/greeting.glue.rs")).unwrap();
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
    let other = GOOD.replace("package ", "package other:");
    let place = Place::new(&[("a.pyidl", GOOD), ("b.pyidl", &other)]);
    transcript!(place, "build_same_module", "build", "a.pyidl", "b.pyidl");
}

/// Packages that a package uses are distinguished by namespace and version; the package itself keeps its name.
#[test]
fn modules_of_packages_with_one_name_are_told_apart() {
    let package = |name: &str| {
        format!("package {name};\ninterface rooms {{ record room {{ number: u8 }} }}\n")
    };
    let place = Place::new(&[
        (
            "idl/house.wit",
            "package here:house;\ninterface doors {\n    \
                use there:house/rooms@1.0.0.{room};\n    \
                use there:house/rooms@2.0.0-rc.1.{room as room2};\n    \
                use else:where/rooms.{room as room3};\n    \
                open: func(a: room, b: room2, c: room3);\n}\n",
        ),
        ("idl/deps/first.wit", &package("there:house@1.0.0")),
        ("idl/deps/second.wit", &package("there:house@2.0.0-rc.1")),
        ("idl/deps/third.wit", &package("else:where")),
    ]);
    transcript!(
        place,
        "build_packages_of_one_name",
        "build",
        "--out",
        "out",
        "idl"
    );
    let stub = fs::read_to_string(place.path("out/house/doors.pyi")).unwrap();
    assert!(
        stub.contains("from there_house_2_0_0_rc_1.rooms import Room"),
        "{stub}"
    );
}

#[test]
fn files_of_one_package_are_one_module() {
    let place = Place::new(&[
        (
            "idl/shop.pyidl",
            "package acme:shop;\nuse money.{amount};\nbuy: func(price: amount);\n",
        ),
        (
            "idl/money.pyidl",
            "package acme:shop;\ninterface money { record amount { cents: u64 } }\n",
        ),
        // The items of the file itself are found by the file's name.
        (
            "idl/till.pyidl",
            "package acme:shop;\nuse rates.{rate};\nnow: func() -> rate;\n",
        ),
        ("idl/rates.pyidl", "package acme:shop;\ntype rate = f64;\n"),
    ]);
    let output = place.run(&["check", "idl/till.pyidl"]);
    assert!(output.status.success(), "{output:?}");
    let whole = "wrote out/shop.rs";
    for inputs in [
        &["idl/shop.pyidl", "idl/money.pyidl", "idl/till.pyidl"][..],
        &["idl/shop.pyidl"],
        &["idl"],
        &[],
    ] {
        let output = place.run(&[&["build", "--out", "out"], inputs].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(
            output.status.success() && said.contains(whole),
            "{inputs:?}: {output:?}"
        );
        let files = ["shop.rs", "shop/money.rs", "shop/__init__.pyi"];
        assert!(
            files
                .iter()
                .all(|file| place.path("out").join(file).exists())
        );
        fs::remove_dir_all(place.path("out")).unwrap();
    }
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
    place.write(
        "pyidl.toml",
        "mirror = 1\n[lint]\nwide-any = \"off\"\nunused-use = []\n",
    );
    transcript!(place, "settings_values", "check");
    place.write("pyidl.toml", "out = \n");
    transcript!(place, "settings_syntax", "check", "--format", "short");
}

#[test]
fn dumps_stages() {
    let place = Place::new(&[("good.pyidl", GOOD), ("bad.pyidl", BAD)]);
    // The exact output of each stage has snapshots of its own.
    let stages = [
        ("tokens", "5:8      Keyword(Func)"),
        ("ast", "name: greet @"),
        ("model", "greet"),
        ("rust", "fn greet(name: &str) -> String;"),
        ("glue", "impl<M: super::Greeting> rt::Function<1>"),
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
    place.write(
        "early.pyidl",
        "protocol reader { read: func() -> bytes; }\n",
    );
    transcript!(
        place,
        "dump_not_generated_yet",
        "dump",
        "rust",
        "early.pyidl"
    );
    for stage in ["glue", "python"] {
        let output = place.run(&["dump", stage, "early.pyidl"]);
        let text = String::from_utf8_lossy(&output.stderr);
        assert!(
            text.contains("E0902") && output.status.code() == Some(1),
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

/// Files that editors and other tools keep beside interface files are not interface files; a broken link is reported as such.
#[cfg(unix)]
#[test]
fn hidden_files_are_not_read() {
    let place = Place::new(&[("idl/good.pyidl", GOOD), ("idl/.old.pyidl", BAD)]);
    std::os::unix::fs::symlink("someone@host.123", place.path("idl/.#good.pyidl")).unwrap();
    for arguments in [
        &["check"][..],
        &["check", "idl"],
        &["fmt", "--check", "idl"],
    ] {
        let output = place.run(arguments);
        assert!(
            output.status.success(),
            "{}",
            place.transcript_of(arguments, &output)
        );
    }
    std::os::unix::fs::symlink("nowhere.pyidl", place.path("idl/link.pyidl")).unwrap();
    transcript!(place, "link_to_nowhere", "check");
}
