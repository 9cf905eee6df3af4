//! Small crates that include generated code: whether they compile, and the messages of rustc.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::OnceLock;

use pyidl::Build;
use serde_json::Value;

use crate::{repository, work_directory};

/// A crate in a directory of its own.
#[derive(Debug)]
pub struct Scratch {
    directory: PathBuf,
    /// The name of the runtime in the crate; `None` if it is not a dependency.
    runtime: Option<String>,
    edition: String,
    crates: Vec<(String, PathBuf)>,
}

/// A message of rustc.
#[derive(Clone, Debug)]
pub struct Message {
    /// `error` or `warning`.
    pub level: String,
    /// The lint or the code of the error, if it has one.
    pub code: Option<String>,
    /// The sentence.
    pub text: String,
    /// The whole message, as displayed.
    pub rendered: String,
    /// The files that it refers to.
    pub files: Vec<String>,
}

impl Message {
    /// Whether it is about generated code alone.
    pub fn is_generated(&self) -> bool {
        !self.files.is_empty() && self.files.iter().all(|file| file.contains("/out/pyidl/"))
    }
}

impl Scratch {
    /// An empty crate.
    ///
    /// # Panics
    ///
    /// If the directory cannot be made.
    pub fn new(name: &str) -> Self {
        let directory = work_directory().join("scratch").join(name);
        let _ = fs::remove_dir_all(&directory);
        fs::create_dir_all(directory.join("out")).expect("the target directory can be written");
        Self {
            directory,
            runtime: Some("pyidl_runtime".to_owned()),
            edition: "2024".to_owned(),
            crates: Vec::new(),
        }
    }

    /// Makes the runtime a dependency under another name, or no dependency at all.
    #[must_use]
    pub fn runtime(mut self, name: Option<&str>) -> Self {
        self.runtime = name.map(str::to_owned);
        self
    }

    /// Uses another edition than the newest.
    #[must_use]
    pub fn edition(mut self, edition: &str) -> Self {
        self.edition = edition.to_owned();
        self
    }

    /// Adds a dependency of this crate: a library that depends on the runtime.
    ///
    /// # Panics
    ///
    /// If it does not compile.
    #[must_use]
    pub fn dependency(mut self, name: &str, source: &str) -> Self {
        let file = self.file(&format!("{name}.rs"), source);
        let library = self.directory.join(format!("lib{name}.rlib"));
        let mut command = self.command("rustc", &[]);
        command
            .args(["--crate-type", "lib", "--crate-name", name])
            .arg(file)
            .arg("-o")
            .arg(&library);
        let output = command.output().expect("rustc runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        self.crates.push((name.to_owned(), library));
        self
    }

    /// Writes a file of the crate; returns its path.
    ///
    /// # Panics
    ///
    /// If it cannot be written.
    pub fn file(&self, path: &str, text: &str) -> PathBuf {
        let path = self.directory.join(path);
        fs::create_dir_all(path.parent().unwrap_or(&self.directory))
            .and_then(|()| fs::write(&path, text))
            .unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
        path
    }

    /// The directory of its files.
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    /// Compiles interface files of the crate, as its build script would.
    ///
    /// # Panics
    ///
    /// If there are errors.
    pub fn generate(&self, interfaces: &[&str]) {
        let built = Build::new()
            .root(&self.directory)
            .out_dir(self.directory.join("out/pyidl"))
            .files(interfaces)
            .compile();
        if let Err(error) = built {
            panic!("{error}");
        }
    }

    /// A compiler on a file of the crate, with options; it makes nothing but what other crates would need to know.
    pub fn compiler(&self, compiler: &str, source: &Path, options: &[&str]) -> Command {
        let mut command = self.command(compiler, options);
        command
            .args(["--crate-type", "lib", "--crate-name", "scratch"])
            .args(["--emit", "metadata", "--out-dir"])
            .arg(&self.directory)
            .arg(source);
        command
    }

    /// What rustc says of the crate whose root is `source`, with options such as `-W` with a lint.
    pub fn check(&self, source: &str, options: &[&str]) -> Vec<Message> {
        let source = self.file("lib.rs", source);
        self.check_file(&source, options)
    }

    /// As [`Scratch::check`], of a file that is there.
    pub fn check_file(&self, source: &Path, options: &[&str]) -> Vec<Message> {
        messages(self.compiler("rustc", source, options))
    }

    /// rustdoc on a file of the crate; pages go to `doc/`.
    pub fn rustdoc(&self, source: &Path, options: &[&str]) -> Command {
        let mut command = self.command("rustdoc", options);
        command
            .args(["--crate-name", "scratch", "--out-dir"])
            .arg(self.directory.join("doc"))
            .arg(source);
        command
    }

    /// The text of a file of the crate.
    ///
    /// # Panics
    ///
    /// If it cannot be read.
    pub fn read(&self, path: &str) -> String {
        let path = self.directory.join(path);
        fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
    }

    fn command(&self, compiler: &str, options: &[&str]) -> Command {
        let mut command = Command::new(compiler);
        command
            .current_dir(&self.directory)
            .env("OUT_DIR", self.directory.join("out"))
            .args(["--edition", &self.edition])
            .args(options);
        let (library, directory) = runtime();
        command.arg("-L").arg(with("dependency=", directory));
        if let Some(name) = &self.runtime {
            command
                .arg("--extern")
                .arg(with(&format!("{name}="), library));
        }
        for (name, library) in &self.crates {
            command
                .arg("--extern")
                .arg(with(&format!("{name}="), library));
        }
        command
    }
}

fn with(prefix: &str, path: &Path) -> OsString {
    let mut text = OsString::from(prefix);
    text.push(path);
    text
}

/// Runs a compiler and parses its messages.
///
/// # Panics
///
/// If it cannot be run.
pub fn messages(mut command: Command) -> Vec<Message> {
    command
        .args(["--error-format", "json"])
        .stdout(Stdio::null());
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
    let said = String::from_utf8_lossy(&output.stderr);
    let messages = said.lines().map(|line| {
        let message: Value = serde_json::from_str(line).unwrap_or_else(|_| panic!("{said}"));
        let text = |key: &str| message[key].as_str().unwrap_or_default().to_owned();
        let spans = message["spans"].as_array().cloned().unwrap_or_default();
        Message {
            level: text("level"),
            code: message["code"]["code"].as_str().map(str::to_owned),
            text: text("message"),
            rendered: text("rendered"),
            files: spans
                .iter()
                .filter_map(|span| span["file_name"].as_str().map(str::to_owned))
                .collect(),
        }
    });
    // The line with their number is not a message of its own.
    messages
        .filter(|message| matches!(message.level.as_str(), "error" | "warning"))
        .filter(|message| !message.files.is_empty())
        .collect()
}

/// The runtime as a library, and the directory with those that it needs.
fn runtime() -> &'static (PathBuf, PathBuf) {
    static RUNTIME: OnceLock<(PathBuf, PathBuf)> = OnceLock::new();
    RUNTIME.get_or_init(|| {
        let mut command = Command::new(env!("CARGO"));
        command
            .current_dir(repository())
            .args(["build", "--package", "pyidl-runtime"])
            .args(["--message-format", "json-render-diagnostics"])
            .arg("--target-dir")
            .arg(work_directory().join("scratch/target"))
            .stderr(Stdio::inherit());
        let output = command.output().expect("cargo runs");
        assert!(output.status.success(), "the runtime does not build");
        let said = String::from_utf8_lossy(&output.stdout);
        let mut libraries = said.lines().filter_map(|line| {
            let message: Value = serde_json::from_str(line).ok()?;
            let is_runtime = message["target"]["name"] == "pyidl_runtime";
            let files = message["filenames"].as_array()?.iter();
            let mut files = files.filter_map(Value::as_str);
            let library = files.find(|file| file.ends_with(".rlib"))?;
            is_runtime.then(|| PathBuf::from(library))
        });
        let library = libraries.next().expect("cargo names the library");
        let directory = library.parent().expect("it is in a directory").join("deps");
        (library, directory)
    })
}
