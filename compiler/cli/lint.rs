//! `pyidl lint`: what could be better in interface files.

use std::path::PathBuf;

use clap::Args;

use super::Outcome;
use super::output::{self, FormatOption, Output};
use super::project::{FeatureOptions, Project, compilation};
use crate::diagnostic::render::Format;
use crate::error::Error;
use crate::lint::Rule;

/// Advise on interface files, by rules that can be switched off
///
/// Errors are reported too. A rule is switched off for the project in pyidl.toml (`[lint]`, `missing-docs = false`), for
/// one item and what is in it with `@lint.allow(missing-docs)` before it, for a file with the same before its package
/// declaration. `pyidl explain W0201` tells more of a rule. Status 1 if anything is found.
#[derive(Debug, Args)]
#[command(after_long_help = rules())]
pub(super) struct Arguments {
    /// Interface files, or directories that are a package each; without any, `interfaces` of pyidl.toml, else idl/*.pyidl
    files: Vec<PathBuf>,
    #[command(flatten)]
    features: FeatureOptions,
    #[command(flatten)]
    format: FormatOption,
}

/// The list of rules.
fn rules() -> String {
    let lines = Rule::ALL.map(|rule| {
        let code = rule.code();
        format!(
            "  {code}  {:16} {}\n",
            rule.name(),
            code.title(),
            code = code.as_str()
        )
    });
    format!("Rules:\n{}", lines.concat())
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Error> {
    let compilation = compilation();
    arguments.features.switch_on(compilation);
    let project = Project::here(compilation)?;
    project.compile(&arguments.files, compilation)?;
    compilation.lint(&project.config.lint);
    let outcome = output.findings(compilation, arguments.format.format);
    if outcome == Outcome::Clean && arguments.format.format == Format::Human {
        output::note("nothing to advise");
    }
    Ok(outcome)
}
