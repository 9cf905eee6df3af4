//! The output and exit status of the command line.
//!
//! Each case runs the command in a directory of its own and compares status, standard output and standard error with a
//! snapshot under `snapshots/cli/`.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

const GOOD: &str = "//! Greetings.\npackage test:greeting@0.1.0;\n\n/// Says hello.\ngreet: func(name: string = \"you\") -> string;\n";
const BAD: &str = "greet: func(name: strin) -> string;\n\npoint: func(x: f46);\n";

/// A directory that is removed after the test.
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

    /// Runs the command with a text as its standard input.
    fn given(&self, arguments: &[&str], text: &str) -> Output {
        let mut child = self
            .command(arguments)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        // A command that rejects its arguments does not read its input.
        let _ = stdin.write_all(text.as_bytes());
        drop(stdin);
        child.wait_with_output().unwrap()
    }

    /// Status and output in one text, without anything specific to the machine.
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

#[path = "cli/files.rs"]
mod files;
#[path = "cli/findings.rs"]
mod findings;
#[path = "cli/fmt.rs"]
mod fmt;
#[path = "cli/inputs.rs"]
mod inputs;
#[path = "cli/pythons.rs"]
mod pythons;

fn snapshot(name: &str, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(Path::new(env!("CARGO_MANIFEST_DIR")).join("snapshots/cli"));
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| insta::assert_snapshot!(name, text));
}
