//! `pyidl check`: reports errors and warnings in interface files.

use clap::Args;

use super::Outcome;
use super::output::{self, Output};
use super::project::{InputOptions, compilation};
use crate::diagnostic::render::Format;
use crate::error::Error;

/// Report everything that is wrong with interface files
///
/// Findings go to standard output. Status 1 if there are any, warnings included.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: InputOptions,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Error> {
    let compilation = compilation();
    arguments.inputs.compile(compilation)?;
    let outcome = output.findings(compilation, arguments.inputs.format());
    if outcome == Outcome::Clean && arguments.inputs.format() == Format::Human {
        let inputs = compilation.files().iter().filter(|file| file.is_input);
        let files = match inputs.count() {
            1 => "1 file".to_owned(),
            number => format!("{number} files"),
        };
        output::note(&format!("{files} checked, nothing found"));
    }
    Ok(outcome)
}
