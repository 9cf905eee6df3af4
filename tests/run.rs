//! `pyidl run`: what is built, where it is placed, and what the script receives.
//!
//! The crates here are made up: nothing but the names that cargo and Python would see. The examples are run for real.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use pyidl::unstable::interpreters;

/// A build script that leaves stubs as `pyidl::build` does.
const BUILD_SCRIPT: &str = r#"fn main() {
    let directory = std::path::Path::new(&std::env::var_os("OUT_DIR").unwrap()).join("pyidl");
    std::fs::create_dir_all(&directory).unwrap();
    std::fs::create_dir_all(directory.join("third/glue")).unwrap();
    for stub in ["first.pyi", "second.pyi", "gone.pyi", "third/__init__.pyi", "third/inner.pyi", "third/inner.rs"] {
        std::fs::write(directory.join(stub), "pass").unwrap();
    }
}
"#;

const LIBRARY: &str = r#"#[unsafe(no_mangle)]
pub extern "C" fn PyInit_first() -> usize { 0 }
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_second() -> usize { 0 }
#[unsafe(no_mangle)]
pub extern "C" fn PyInit_third() -> usize { 0 }
"#;

const MANIFEST: &str = r#"[package]
name = "made-up"
version = "0.1.0"
edition = "2024"

[lib]
crate-type = ["cdylib", "rlib"]

[workspace]
"#;

/// A script that tells what it got and ends with status 7.
const SCRIPT: &str = r#"import os, sys
directory = os.environ["PYTHONPATH"].split(os.pathsep)[0]
assert directory in sys.path
print(*sorted(os.listdir(directory)), *sorted(os.listdir(os.path.join(directory, "third"))))
print(sys.argv[1:])
print(sys.stdin.read())
sys.exit(7)
"#;

struct Crate {
    root: tempfile::TempDir,
}

impl Crate {
    fn new(library: &str) -> Self {
        let root = tempfile::tempdir().unwrap();
        let files = [
            ("Cargo.toml", MANIFEST),
            ("build.rs", BUILD_SCRIPT),
            ("src/lib.rs", library),
            ("scripts/demo.py", SCRIPT),
        ];
        for (path, text) in files {
            let path = root.path().join(path);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        Self { root }
    }

    fn path(&self, path: &str) -> PathBuf {
        self.root.path().join(path)
    }

    /// Runs the command in a directory that has nothing to do with the crate.
    fn run(&self, arguments: &[&str], input: &str) -> Output {
        let mut child = pyidl()
            .arg("run")
            .args(arguments)
            .arg(self.path("scripts/demo.py"))
            .args(["one", "--debug", "--", "two words"])
            .env("CARGO_TARGET_DIR", self.path("target"))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        child
            .stdin
            .take()
            .unwrap()
            .write_all(input.as_bytes())
            .unwrap();
        child.wait_with_output().unwrap()
    }
}

fn pyidl() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_pyidl"));
    command.current_dir(std::env::temp_dir());
    command
}

fn lines(bytes: &[u8]) -> Vec<String> {
    String::from_utf8_lossy(bytes)
        .lines()
        .map(str::to_owned)
        .collect()
}

#[test]
fn the_script_gets_the_modules_its_arguments_and_its_input() {
    let made_up = Crate::new(LIBRARY);
    let output = made_up.run(&["--debug"], "from a pipe");
    let said = lines(&output.stdout);
    assert_eq!(output.status.code(), Some(7), "{output:?}");
    let suffix = if cfg!(windows) { "pyd" } else { "so" };
    let files = format!(
        "first.pyi first.{suffix} second.pyi second.{suffix} third third.{suffix} __init__.pyi inner.pyi"
    );
    assert_eq!(
        said,
        [
            &files,
            "['one', '--debug', '--', 'two words']",
            "from a pipe"
        ]
    );

    let directory = made_up.path("target/pyidl/made-up/debug");
    let module = directory.join(format!("first.{suffix}"));
    let installed = fs::metadata(&module).unwrap().modified().unwrap();
    made_up.run(&["--debug"], "");
    assert_eq!(
        fs::metadata(&module).unwrap().modified().unwrap(),
        installed,
        "nothing changed"
    );

    fs::write(
        made_up.path("src/lib.rs"),
        format!("{LIBRARY}pub fn more() {{}}\n"),
    )
    .unwrap();
    fs::write(&module, "in use").unwrap();
    let leftovers = [
        &format!("renamed.{suffix}"),
        "third.pyi",
        "third/renamed.pyi",
    ];
    for path in leftovers {
        fs::write(directory.join(path), "of an earlier build").unwrap();
    }
    assert_eq!(made_up.run(&["--debug"], "").status.code(), Some(7));
    assert_ne!(fs::read(&module).unwrap(), b"in use");
    for path in leftovers {
        assert!(!directory.join(path).exists(), "{path} is left over");
    }
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 6);
}

/// Modules that use types of each other must be one file: the system loads a copy as another library.
#[cfg(unix)]
#[test]
fn the_modules_of_a_crate_are_one_file() {
    use std::os::unix::fs::MetadataExt;

    let made_up = Crate::new(LIBRARY);
    let directory = made_up.path("target/pyidl/made-up/debug");
    let one_file = || {
        let files = ["first.so", "second.so", "third.so"].map(|name| directory.join(name));
        let mut inodes = files.map(|path| fs::metadata(path).unwrap().ino()).to_vec();
        inodes.dedup();
        inodes.len() == 1
    };
    made_up.run(&["--debug"], "");
    assert!(one_file());
    fs::remove_file(directory.join("second.so")).unwrap();
    fs::copy(directory.join("first.so"), directory.join("second.so")).unwrap();
    assert!(!one_file());
    made_up.run(&["--debug"], "");
    assert!(one_file());
}

#[test]
fn the_settings_choose_python_and_profile() {
    let made_up = Crate::new(LIBRARY);
    fs::write(
        made_up.path("pyidl.toml"),
        "[run]\nprofile = \"debug\"\npython = \"no/python\"\n",
    )
    .unwrap();
    let output = made_up.run(&[], "");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr).replace('\\', "/");
    assert!(
        said.contains("no/python: there is no such program"),
        "{said}"
    );

    let (python, _) = interpreters::active().expect("a Python to test with");
    let output = made_up.run(&["--python", &python.path.to_string_lossy()], "");
    assert_eq!(output.status.code(), Some(7), "{output:?}");
    assert!(made_up.path("target/pyidl/made-up/debug").is_dir());
    assert!(!made_up.path("target/pyidl/made-up/release").exists());

    fs::write(made_up.path("pyidl.toml"), "run = 1\n").unwrap();
    assert_eq!(made_up.run(&[], "").status.code(), Some(2));
}

#[test]
fn a_library_without_modules_is_told() {
    let output = Crate::new("").run(&["--debug"], "");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("error: the library exports no module `first`, `gone`, `second`, `third`"),
        "{said}"
    );
    assert!(said.contains("bindings::export!(Module);"), "{said}");
}

#[test]
fn a_crate_that_does_not_compile_is_told() {
    let output = Crate::new("no rust").run(&["--debug"], "");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("error: the crate `made-up` cannot be built"),
        "{said}"
    );
    assert!(output.stdout.is_empty());
}

#[test]
fn a_crate_without_interface_is_told() {
    let made_up = Crate::new(LIBRARY);
    fs::remove_file(made_up.path("build.rs")).unwrap();
    let output = made_up.run(&["--debug"], "");
    assert_eq!(output.status.code(), Some(2));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(
        said.contains("error: the crate `made-up` has no interface file"),
        "{said}"
    );
}

/// The example of this repository, built as `cargo test` builds everything else.
fn example(script: &str, arguments: &[&Path]) -> Output {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join(script);
    pyidl()
        .args(["run", "--debug"])
        .arg(script)
        .args(arguments)
        .output()
        .unwrap()
}

#[test]
fn the_word_count_of_a_file() {
    let directory = tempfile::tempdir().unwrap();
    let text = directory.path().join("text.txt");
    fs::write(&text, "To be, or not to be: that is the question.").unwrap();
    let output = example("examples/wordcount/demo.py", &[&text]);
    let expected = [
        "10 words in text.txt, 8 of them different",
        "",
        "  1  be             2  ########################################",
        "  2  to             2  ########################################",
        "  3  is             1  ####################",
    ];
    assert_eq!(
        lines(&output.stdout).get(..5),
        Some(&expected.map(str::to_owned)[..]),
        "{output:?}"
    );

    let output = example(
        "examples/wordcount/demo.py",
        &[&directory.path().join("missing")],
    );
    assert_eq!(output.status.code(), Some(1));
    assert!(
        String::from_utf8_lossy(&output.stderr).contains("[Errno 2] No such file or directory"),
        "{output:?}"
    );
}

#[test]
fn the_word_count_of_the_repository() {
    let output = example("examples/wordcount/demo.py", &[]);
    assert!(output.status.success(), "{output:?}");
    let said = lines(&output.stdout);
    assert_eq!(said.len(), 12, "a headline and ten words: {said:?}");
    assert!(said[2].contains("the"), "{said:?}");
}

#[test]
fn the_geometry_example() {
    let output = example("examples/geometry/demo.py", &[]);
    assert!(output.status.success(), "{output:?}");
    let said = lines(&output.stdout);
    assert!(said.contains(&"  area 6.00".to_owned()), "{said:?}");
    assert!(
        said.contains(&"  no area: the ends are 2.8284271247461903 apart (gap 2.83)".to_owned()),
        "{said:?}"
    );
}
