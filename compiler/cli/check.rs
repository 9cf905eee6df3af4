//! `pyidl check`: what is wrong with interface files.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::output::{self, FormatOption, Output};
use super::project::{FeatureOptions, Project, compilation};
use crate::diagnostic::render::Format;
use crate::error::Error;

/// Report everything that is wrong with interface files
///
/// Findings go to standard output. Status 1 if there are any, warnings included.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Interface files, or directories that are a package each; without any, `interfaces` of pyidl.toml, else those in idl/
    files: Vec<PathBuf>,
    #[command(flatten)]
    features: FeatureOptions,
    #[command(flatten)]
    format: FormatOption,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Error> {
    let compilation = compilation();
    arguments.features.switch_on(compilation);
    Project::here(compilation)?.compile(&arguments.files, compilation)?;
    let outcome = output.findings(compilation, arguments.format.format);
    if outcome == Outcome::Clean && arguments.format.format == Format::Human {
        let inputs = compilation.files().iter().filter(|file| file.is_input);
        let files = match inputs.count() {
            1 => "1 file".to_owned(),
            number => format!("{number} files"),
        };
        output::note(&format!("{files} checked, nothing found"));
    }
    Ok(outcome)
}
