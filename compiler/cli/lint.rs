//! `pyidl lint`: advice on interface files.

use clap::Args;

use super::Outcome;
use super::output::{self, Output};
use super::project::{InputOptions, compilation};
use crate::diagnostic::render::Format;
use crate::error::Error;
use crate::lint::Rule;

/// Advise on interface files, by rules that can be switched off
///
/// Errors are reported too. To switch a rule off for the project, write `missing-docs = false` under `[lint]` in
/// pyidl.toml; for one item and its contents, write `@lint.allow(missing-docs)` before it; for a file, write the same
/// before its package declaration. `pyidl explain W0201` explains a rule. Status 1 if anything is found.
#[derive(Debug, Args)]
#[command(after_long_help = rules())]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: InputOptions,
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
    let project = arguments.inputs.compile(compilation)?;
    compilation.lint(&project.config.lint);
    let outcome = output.findings(compilation, arguments.inputs.format());
    if outcome == Outcome::Clean && arguments.inputs.format() == Format::Human {
        output::note("nothing to advise");
    }
    Ok(outcome)
}
