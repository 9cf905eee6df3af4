//! `pyidl doctor`: lists the Rust toolchain and the Pythons of this machine, and how the runtime works on each.

use std::env;
use std::path::Path;
use std::process::Command;

use clap::Args;
use pyidl_runtime::embedding::NEWEST_KNOWN_VERSION;
use serde::Serialize;

use super::output::{FormatOption, Output};
use super::{Outcome, table::Table};
use crate::diagnostic::render::Format;
use crate::error::Error;
use crate::interpreters::{self, Interpreter, Library, Origin, Unusable};

/// List the Python interpreters of this machine and what modules would use on each
///
/// Status 1 if there is no Rust or no Python that modules can run on.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    format: FormatOption,
}

/// Everything that is printed.
#[derive(Debug, Serialize)]
struct Report {
    rust: Rust,
    /// The interpreter that `pyidl run` would use.
    active: Option<Interpreter>,
    interpreters: Vec<Row>,
    /// Interpreters that modules cannot run on.
    unusable: Vec<Unusable>,
}

#[derive(Debug, Serialize)]
struct Rust {
    rustc: Option<String>,
    cargo: Option<String>,
    /// The oldest version that generated code compiles with.
    needed: &'static str,
}

#[derive(Debug, Serialize)]
struct Row {
    origin: Origin,
    #[serde(flatten)]
    interpreter: Interpreter,
    library: Library,
    runtime: Runtime,
}

/// How the runtime works on an interpreter.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
struct Runtime {
    /// Whether values are read and written in the interpreter's memory, after the layouts were checked at load; else
    /// through API functions only.
    direct_layouts: bool,
    /// The exported function that it loads the module through.
    entry: &'static str,
    /// Whether each subinterpreter can have a GIL of its own (PEP 684).
    interpreters_with_own_gil: bool,
    /// Whether the module runs with the GIL off.
    without_gil: bool,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Error> {
    let report = Report::of_machine();
    let text = match arguments.format.format {
        Format::Human => report.human(),
        Format::Short | Format::Github => report.short(),
        Format::Json => report.json()?,
    };
    output.print(&text);
    let works =
        report.rust.cargo.is_some() && report.rust.rustc.is_some() && report.active.is_some();
    Ok(if works {
        Outcome::Clean
    } else {
        Outcome::Findings
    })
}

impl Report {
    fn of_machine() -> Self {
        let mut interpreters = Vec::new();
        let mut unusable = Vec::new();
        for (origin, found) in interpreters::installed() {
            match found.and_then(Interpreter::usable) {
                Ok(interpreter) => interpreters.push(Row::new(origin, interpreter)),
                Err(reason) => unusable.push(reason),
            }
        }
        let active = interpreters::active()
            .ok()
            .map(|(interpreter, _)| interpreter);
        Self {
            rust: Rust::of_machine(),
            active,
            interpreters,
            unusable,
        }
    }

    fn is_active(&self, row: &Row) -> bool {
        self.active
            .as_ref()
            .is_some_and(|active| active.facts == row.interpreter.facts)
    }

    fn human(&self) -> String {
        let mut text = self.rust.human();
        let mut pythons = Table::new(&[
            "",
            "Python",
            "modules use",
            "libpython",
            "found through",
            "path",
        ]);
        let mut libraries = Table::new(&["", "shared library", ""]);
        for row in &self.interpreters {
            let Interpreter { path, .. } = &row.interpreter;
            let mark = if self.is_active(row) { "*" } else { "" };
            let (has_library, library) = row.library_in_words();
            pythons.row([
                mark,
                &row.interpreter.description(),
                &row.runtime.in_words(),
                has_library,
                row.origin.as_str(),
                &path.display().to_string(),
            ]);
            if let Some((path, state)) = library {
                libraries.row(["", &path, &state]);
            }
        }
        if self.interpreters.is_empty() {
            text.push_str("\nNo Python was found.\n");
        } else {
            text.push_str(&format!("\n{pythons}"));
        }
        if !libraries.is_empty() {
            text.push_str(&format!("\n{libraries}"));
        }
        match &self.active {
            Some(_) => text.push_str("\n* `pyidl run` uses this one.\n"),
            None => text.push_str("\n`pyidl run` needs --python PATH: none of them is active.\n"),
        }
        if !self.unusable.is_empty() {
            text.push_str("\nNot usable\n");
            for unusable in &self.unusable {
                text.push_str(&format!("  {unusable}\n"));
            }
        }
        text
    }

    fn short(&self) -> String {
        let mut text = String::new();
        for row in &self.interpreters {
            let Interpreter { path, .. } = &row.interpreter;
            let description = row.interpreter.description();
            text.push_str(&format!(
                "{}: {description}: {}\n",
                path.display(),
                row.runtime.in_words()
            ));
        }
        for unusable in &self.unusable {
            text.push_str(&format!("{unusable}\n"));
        }
        text
    }

    fn json(&self) -> Result<String, Error> {
        let text = serde_json::to_string_pretty(self).map_err(|error| {
            Error::new(format!(
                "a path of this machine cannot be written as JSON: {error}"
            ))
        })?;
        Ok(text + "\n")
    }
}

impl Row {
    fn new(origin: Origin, interpreter: Interpreter) -> Self {
        Self {
            origin,
            library: interpreter.library(),
            runtime: Runtime::on(&interpreter),
            interpreter,
        }
    }

    /// One word, with path and state if there is a library.
    fn library_in_words(&self) -> (&'static str, Option<(String, String)>) {
        match &self.library {
            Library::Opened { path, version } => (
                "yes",
                Some((path.display().to_string(), format!("opened, {version}"))),
            ),
            Library::Refused { path, reason } => (
                "broken",
                Some((
                    path.display().to_string(),
                    format!("cannot be opened: {reason}"),
                )),
            ),
            Library::Missing => ("no", None),
        }
    }
}

impl Runtime {
    fn on(interpreter: &Interpreter) -> Self {
        let facts = &interpreter.facts;
        let cpython = interpreter.is_cpython();
        Self {
            direct_layouts: cpython
                && !facts.debug
                && facts.minor <= u32::from(NEWEST_KNOWN_VERSION.1),
            entry: if cpython && facts.minor >= 15 {
                "PyModExport"
            } else {
                "PyInit"
            },
            interpreters_with_own_gil: cpython && facts.minor >= 12,
            without_gil: facts.free_threaded,
        }
    }

    fn in_words(self) -> String {
        let layouts = if self.direct_layouts {
            "direct layouts"
        } else {
            "API calls only"
        };
        let threads = match (self.without_gil, self.interpreters_with_own_gil) {
            (true, _) => "no GIL",
            (false, true) => "a GIL per interpreter",
            (false, false) => "one GIL",
        };
        format!("{layouts}, {}, {threads}", self.entry)
    }
}

impl Rust {
    fn of_machine() -> Self {
        let cargo = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let rustc = env::var_os("RUSTC").unwrap_or_else(|| "rustc".into());
        Self {
            rustc: version_of(Path::new(&rustc)),
            cargo: version_of(Path::new(&cargo)),
            needed: env!("CARGO_PKG_RUST_VERSION"),
        }
    }

    fn human(&self) -> String {
        let mut text = String::from("Rust\n");
        for (name, version) in [("cargo", &self.cargo), ("rustc", &self.rustc)] {
            match version {
                Some(version) => text.push_str(&format!("  {version}\n")),
                None => text.push_str(&format!("  no {name}; install Rust: https://rustup.rs\n")),
            }
        }
        text + &format!("  generated code needs {} or later\n", self.needed)
    }
}

/// The first line of `program --version`.
fn version_of(program: &Path) -> Option<String> {
    let output = Command::new(program)
        .arg("--version")
        .output()
        .ok()
        .filter(|output| output.status.success())?;
    Some(
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .next()?
            .to_owned(),
    )
}
