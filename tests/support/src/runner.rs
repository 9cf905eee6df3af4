//! Running Python test files with `tests/python/run_tests.py`.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use pyidl::unstable::interpreters::Interpreter;

use crate::{Stage, repository};

/// A run of test files in one interpreter.
#[derive(Debug)]
pub struct Runner {
    program: PathBuf,
    wrapper: Vec<String>,
    arguments: Vec<String>,
    environment: Vec<(String, String)>,
    files: Vec<PathBuf>,
    stage: Option<&'static Stage>,
}

/// The result of a [`Runner`].
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// Number of tests that passed.
    pub passed: usize,
    /// Each failed test with its traceback; also a crash of the interpreter.
    pub failed: Vec<(String, String)>,
    /// Each skipped test with the reason.
    pub skipped: Vec<(String, String)>,
    /// The extension modules that were imported, with the SHA-256 of their files as this interpreter read them.
    pub modules: BTreeMap<String, String>,
    /// How the modules were imported: `by import` or `by path`.
    pub loads: String,
    /// What was written to standard error.
    pub stderr: String,
    /// How long it took.
    pub duration: Duration,
    /// Whether the run came to its end.
    complete: bool,
}

/// The test files: all files of `tests/python` and of the examples' test folders.
pub fn test_files() -> Vec<PathBuf> {
    let mut directories = vec![repository().join("tests/python")];
    if let Ok(entries) = fs::read_dir(repository().join("examples")) {
        directories.extend(entries.flatten().map(|entry| entry.path().join("tests")));
    }
    let mut files: Vec<_> = directories
        .iter()
        .filter_map(|directory| fs::read_dir(directory).ok())
        .flat_map(|entries| entries.flatten().map(|entry| entry.path()))
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            name.starts_with("test_") && name.ends_with(".py")
        })
        .collect();
    files.sort();
    files
}

impl Runner {
    /// Runs every test file once.
    pub fn new(interpreter: &Interpreter) -> Self {
        Self {
            program: interpreter.path.clone(),
            wrapper: Vec::new(),
            arguments: Vec::new(),
            environment: Vec::new(),
            files: test_files(),
            stage: None,
        }
    }

    /// Uses the modules of another stage than [`Stage::get`].
    #[must_use]
    pub fn stage(mut self, stage: &'static Stage) -> Self {
        self.stage = Some(stage);
        self
    }

    /// Runs only the files of these names, such as `test_params.py`.
    #[must_use]
    pub fn files(mut self, names: &[&str]) -> Self {
        self.files
            .retain(|file| names.iter().any(|name| file.ends_with(name)));
        self
    }

    /// Runs only this file, which may be none of [`test_files`].
    #[must_use]
    pub fn file(mut self, path: PathBuf) -> Self {
        self.files = vec![path];
        self
    }

    /// Adds an argument for `run_tests.py`.
    #[must_use]
    pub fn argument(mut self, argument: &str) -> Self {
        self.arguments.push(argument.to_owned());
        self
    }

    /// Sets an environment variable.
    #[must_use]
    pub fn environment(mut self, name: &str, value: &str) -> Self {
        self.environment.push((name.to_owned(), value.to_owned()));
        self
    }

    /// Runs the interpreter under another program, given by its name and its arguments.
    #[must_use]
    pub fn wrapped_in(mut self, wrapper: &[String]) -> Self {
        self.wrapper = wrapper.to_vec();
        self
    }

    /// Runs the tests.
    ///
    /// # Panics
    ///
    /// If the interpreter cannot be started.
    pub fn run(&self) -> Report {
        let mut words = self.wrapper.iter();
        let mut command = match words.next() {
            Some(wrapper) => {
                let mut command = Command::new(wrapper);
                command.args(words).arg(&self.program);
                command
            }
            None => Command::new(&self.program),
        };
        clean_environment(&mut command);
        command
            .arg(repository().join("tests/python/run_tests.py"))
            .arg("--path")
            .arg(&self.stage.unwrap_or_else(Stage::get).directory)
            .args(&self.arguments)
            .args(&self.files)
            .envs(self.environment.iter().map(|(name, value)| (name, value)))
            .stdin(Stdio::null());
        let started = Instant::now();
        let output = command
            .output()
            .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
        let mut report = Report::parse(&output.stdout);
        report.duration = started.elapsed();
        report.stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        if !report.complete {
            let last = String::from_utf8_lossy(&output.stdout);
            let last = last.lines().last().unwrap_or_default();
            let what = format!("the interpreter ended early: {}", output.status);
            report.failed.push((what, format!("after {last}")));
        }
        report
    }
}

impl Report {
    fn parse(stdout: &[u8]) -> Self {
        let mut report = Self::default();
        for line in stdout.split(|byte| *byte == b'\n') {
            let Ok(message) = serde_json::from_slice::<Value>(line) else {
                continue;
            };
            let text = |name: &str| message[name].as_str().unwrap_or_default().to_owned();
            match message["outcome"].as_str() {
                Some("passed") => report.passed += 1,
                Some("skipped") => report.skipped.push((text("test"), text("detail"))),
                Some(_) => report.failed.push((text("test"), text("detail"))),
                None => {}
            }
            if let Some(loads) = message["python"]["loads"].as_str() {
                loads.clone_into(&mut report.loads);
            }
            if let Some(modules) = message["modules"].as_object() {
                report.complete = true;
                for (name, digest) in modules {
                    let digest = digest.as_str().unwrap_or_default().to_owned();
                    report.modules.insert(name.clone(), digest);
                }
            }
        }
        report
    }

    /// The failures as text, none when there are none.
    pub fn failures(&self) -> Option<String> {
        if self.failed.is_empty() {
            return None;
        }
        let mut text = String::new();
        for (test, detail) in &self.failed {
            text.push_str(&format!("--- {test}\n{detail}\n"));
        }
        if !self.stderr.trim().is_empty() {
            text.push_str(&format!("--- standard error\n{}\n", tail(&self.stderr)));
        }
        Some(text)
    }
}

/// The last lines, which describe a crash.
fn tail(text: &str) -> String {
    let lines: Vec<_> = text.lines().collect();
    lines[lines.len().saturating_sub(60)..].join("\n")
}

/// Removes the variables that would make an interpreter search elsewhere.
pub(crate) fn clean_environment(command: &mut Command) {
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("PYTHON") || text == "VIRTUAL_ENV" || text.starts_with("PYTEST") {
            command.env_remove(name);
        }
    }
    command.env("PYTHONDONTWRITEBYTECODE", "1");
}
