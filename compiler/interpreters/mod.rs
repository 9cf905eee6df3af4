//! The Python interpreters of this machine: where they are ([`installed`]), which one is active ([`active`]), and how each
//! describes itself ([`Interpreter::ask`]).
//!
//! An interpreter must be run to be known: paths and file names are not reliable about version, implementation or build.

mod answer;
mod library;
mod search;

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use answer::{Answer, PATIENCE, answer};
use serde::{Deserialize, Serialize};

pub use library::Library;
pub use search::{Candidate, Origin, active, candidates, installed};

/// The oldest Python 3 that modules run on.
pub const OLDEST_MINOR: u32 = 8;

const QUESTIONS: &str = include_str!("ask.py");

/// An interpreter's description of itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Interpreter {
    /// The file that was run.
    pub path: PathBuf,
    /// Its version and build.
    #[serde(flatten)]
    pub facts: Facts,
}

/// Version and build of an interpreter, in its own words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    /// `sys.executable`: behind version managers' wrappers, but inside a virtual environment.
    pub executable: Option<PathBuf>,
    /// `3`
    pub major: u32,
    /// `12`
    pub minor: u32,
    /// `3.12.1`, `3.15.0rc2`
    pub release: String,
    /// `sys.implementation.name`: `cpython`, `pypy`.
    pub implementation: String,
    /// Whether it was built without the GIL (PEP 703).
    pub free_threaded: bool,
    /// Whether it is a debug build (`--with-pydebug`).
    pub debug: bool,
    /// Size of a pointer.
    pub bits: u32,
    /// `sys.prefix`: the virtual environment or the installation.
    pub prefix: PathBuf,
    /// The file name endings that it accepts for extension modules, preferred first.
    pub extension_suffixes: Vec<String>,
    /// Possible file names of its shared library.
    pub library_names: Vec<String>,
    /// Possible directories of that library.
    pub library_directories: Vec<PathBuf>,
}

impl Interpreter {
    /// Runs the interpreter at `path` and lets it describe itself. `path` may be a name that is looked up on `PATH`.
    ///
    /// # Errors
    ///
    /// If it cannot be run, is older than Python 3.4, is not Python, or does not answer in time.
    pub fn ask(path: &Path) -> Result<Self, Unusable> {
        // -I: nothing in the working directory or the environment can replace the imported modules.
        let said = answer(path, &["-I", "-c", QUESTIONS])
            .map_err(|error| Unusable::cannot_run(path, &error))?;
        if !said.status.success() {
            return Err(Unusable::new(path, complaint(path, &said)));
        }
        // Code that runs at the start of this Python may have printed something before.
        let output = String::from_utf8_lossy(&said.output);
        match serde_json::from_str(output.lines().last().unwrap_or_default()) {
            Ok(facts) => Ok(Self {
                path: path.to_owned(),
                facts,
            }),
            Err(_) => Err(Unusable::new(path, NO_PYTHON)),
        }
    }

    /// Returns the interpreter, if modules can run on it.
    ///
    /// # Errors
    ///
    /// If it is older than 3.8, neither CPython nor PyPy, or has another word size than this process, for which modules are
    /// built.
    pub fn usable(self) -> Result<Self, Unusable> {
        let Facts {
            major,
            minor,
            bits,
            release,
            implementation,
            ..
        } = &self.facts;
        let reason = if (*major, *minor) < (3, OLDEST_MINOR) {
            format!("Python {release} is older than 3.{OLDEST_MINOR}")
        } else if !matches!(implementation.as_str(), "cpython" | "pypy") {
            format!("{} is neither CPython nor PyPy", self.implementation())
        } else if *bits != usize::BITS {
            format!(
                "it is a {bits}-bit Python, modules are built for {} bits",
                usize::BITS
            )
        } else {
            return Ok(self);
        };
        Err(Unusable::new(&self.path, reason))
    }

    /// The interpreter's name for people: `CPython 3.14.0, free-threaded`.
    pub fn description(&self) -> String {
        let Facts {
            release,
            free_threaded,
            debug,
            ..
        } = &self.facts;
        let mut text = format!("{} {release}", self.implementation());
        if *free_threaded {
            text.push_str(", free-threaded");
        }
        if *debug {
            text.push_str(", debug build");
        }
        text
    }

    /// The implementation's name in its usual spelling: `CPython`.
    pub fn implementation(&self) -> &str {
        match self.facts.implementation.as_str() {
            "cpython" => "CPython",
            "pypy" => "PyPy",
            "graalpy" => "GraalPy",
            other => other,
        }
    }

    /// Whether it is CPython, whose object layouts the runtime knows.
    pub fn is_cpython(&self) -> bool {
        self.facts.implementation == "cpython"
    }

    /// The file name ending of an extension module for it: the platform's plain one (`.so`, `.pyd`) if it is accepted, since that
    /// is the same for all versions.
    pub fn extension_suffix(&self) -> &str {
        let plain = if cfg!(windows) { ".pyd" } else { ".so" };
        let suffixes = &self.facts.extension_suffixes;
        if suffixes.iter().any(|suffix| suffix == plain) {
            return plain;
        }
        suffixes.first().map_or(plain, String::as_str)
    }

    /// Its shared library, for programs that embed Python.
    pub fn library(&self) -> Library {
        Library::of(&self.facts)
    }
}

/// An interpreter that cannot be used, and the reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Unusable {
    /// The file that was run.
    pub path: PathBuf,
    /// The reason, in words.
    pub reason: String,
}

impl Unusable {
    fn new(path: &Path, reason: impl Into<String>) -> Self {
        Self {
            path: path.to_owned(),
            reason: reason.into(),
        }
    }

    fn cannot_run(path: &Path, error: &io::Error) -> Self {
        // A name without a directory is looked up on PATH.
        let is_bare = path.components().count() == 1 && path.is_relative();
        let reason = match error.kind() {
            io::ErrorKind::TimedOut => {
                let seconds = PATIENCE.as_secs();
                format!("{NO_PYTHON}: nothing within {seconds} seconds")
            }
            _ if path.is_dir() => {
                let inside = [
                    "bin/python3",
                    "bin/python",
                    "Scripts/python.exe",
                    "python.exe",
                ];
                let inside = inside.map(|program| path.join(program));
                match inside.iter().find(|program| program.is_file()) {
                    Some(program) => {
                        format!("it is a directory; did you mean {}?", program.display())
                    }
                    None => "it is a directory, not a program".to_owned(),
                }
            }
            io::ErrorKind::NotFound if !path.exists() => "there is no such program".to_owned(),
            io::ErrorKind::NotFound if is_bare => {
                let here = Path::new(".").join(path);
                let here = here.display();
                format!("there is no such program on PATH; the file here is {here}")
            }
            // A script whose first line names a missing interpreter, or a program whose loader is missing.
            io::ErrorKind::NotFound => "what it needs to run is not on this machine".to_owned(),
            io::ErrorKind::PermissionDenied => "it is not a program that may be run".to_owned(),
            // ENOEXEC: neither a program nor a script with a first line that names one.
            _ if cfg!(unix) && error.raw_os_error() == Some(8) => {
                "it is not a program that this machine can run".to_owned()
            }
            _ => format!("it cannot be run: {error}"),
        };
        Self::new(path, reason)
    }
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.reason)
    }
}

impl std::error::Error for Unusable {}

/// The message for programs that are not Python.
const NO_PYTHON: &str = "it does not answer like a Python";

/// The maximum number of characters of a program's output that are shown.
const SHOWN: usize = 160;

/// The reason why the questions were not answered. Python 2 does not know `-I`, but prints its version if asked for that alone.
fn complaint(path: &Path, asked: &Answer) -> String {
    let version = answer(path, &["--version"]).ok().and_then(|answer| {
        let said = [answer.output, answer.errors].concat();
        let line = String::from_utf8_lossy(&said)
            .lines()
            .next()?
            .trim()
            .to_owned();
        line.starts_with("Python ").then_some(line)
    });
    if let Some(version) = version.filter(|version| version.starts_with("Python 2")) {
        return format!("{version} is older than 3.{OLDEST_MINOR}");
    }
    let said = String::from_utf8_lossy(&asked.errors);
    match said.lines().rev().find(|line| !line.trim().is_empty()) {
        Some(last) => {
            let is_plain = |c: &char| !c.is_control();
            let mut last: String = last.trim().chars().filter(is_plain).collect();
            if let Some((end, _)) = last.char_indices().nth(SHOWN) {
                last.truncate(end);
                last.push('…');
            }
            format!("{NO_PYTHON}: {last}")
        }
        None => format!("{NO_PYTHON}: {}", asked.status),
    }
}
