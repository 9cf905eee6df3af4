//! `pyidl build`: generates Rust and Python files from interface files.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use super::Outcome;
use super::output::{self, Output};
use super::project::{InputOptions, compilation};
use crate::diagnostic::render::Format;
use crate::error::Error;
use crate::render::{Change, Files};

/// Generate Rust, glue and stub from interface files
///
/// Build scripts do this with `pyidl::build`; use the command to read the result, or to keep it under version control.
/// Files whose contents would not change are not touched.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: InputOptions,
    /// The output directory; default: `out` in pyidl.toml, else generated/
    #[arg(long, value_name = "DIRECTORY")]
    out: Option<PathBuf>,
    /// Write nothing; status 1 if a file is missing or different
    #[arg(long)]
    check: bool,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Error> {
    let compilation = compilation();
    let project = arguments.inputs.compile(compilation)?;
    compilation.check_targets();
    output.note_findings(compilation, arguments.inputs.format());
    if compilation.diagnostics.has_errors() {
        return Ok(Outcome::Findings);
    }
    let directory = arguments
        .out
        .clone()
        .unwrap_or_else(|| project.path(&project.config.out));
    let files = compilation.generate();
    if arguments.check {
        return check(&files, &directory, arguments.inputs.format(), output);
    }
    let written = files
        .write(&directory)
        .map_err(|error| Error::io("write to", &directory, &error))?;
    for path in &written {
        output::note(&format!("wrote {}", path.display()));
    }
    if written.is_empty() {
        output::note(&format!("{} is up to date", directory.display()));
    }
    Ok(Outcome::Clean)
}

fn check(
    files: &Files,
    directory: &Path,
    format: Format,
    output: &mut Output,
) -> Result<Outcome, Error> {
    let changes = files
        .check(directory)
        .map_err(|error| Error::io("read", directory, &error))?;
    for (path, change) in &changes {
        let state = match change {
            Change::Missing => "missing",
            Change::Different => "out of date",
            Change::Obsolete => "no longer generated",
        };
        let path = path.to_string_lossy();
        output.print(&match format {
            Format::Human | Format::Short => format!("{path}: {state}\n"),
            Format::Json => format!("{}\n", json!({ "path": path, "state": state })),
            Format::Github => format!("::error::{path} is {state}\n"),
        });
    }
    if changes.is_empty() {
        return Ok(Outcome::Clean);
    }
    if format == Format::Human {
        output::note("`pyidl build` writes what is missing or out of date");
    }
    Ok(Outcome::Findings)
}
