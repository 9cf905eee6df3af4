//! `pyidl dump`: what each stage of the compiler makes of an interface file.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use super::output::{FormatOption, Output};
use crate::driver::{Compilation, Unit};
use crate::error::Error;
use crate::model::Interface;
use crate::syntax::Form;
use crate::{syntax, target};

/// Print what a stage of the compiler makes of an interface file
///
/// The tree and the model are printed as indented lines, the rest as it would be written to files.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The stage
    stage: Stage,
    /// The interface file
    file: PathBuf,
    #[command(flatten)]
    format: FormatOption,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Stage {
    /// Words, numbers and signs, with their places
    Tokens,
    /// The syntax tree
    Ast,
    /// Names resolved, types checked
    Model,
    /// The generated Rust to read and implement
    Rust,
    /// The generated Rust behind it
    Glue,
    /// The stub
    Python,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Error> {
    if matches!(arguments.stage, Stage::Tokens) && Form::of(&arguments.file) == Form::Toml {
        let message = format!("{} is TOML and has no tokens", arguments.file.display());
        return Err(Error::new(message).help("`pyidl dump ast` shows what is read from it"));
    }
    let mut compilation = Compilation::default();
    compilation.read(Path::new(""), &arguments.file)?;
    for unit in &compilation.units {
        if let Some(text) = dump(arguments.stage, unit, &compilation) {
            output.print(&text);
        }
    }
    Ok(output.note_findings(&compilation, arguments.format.format))
}

/// None if errors keep the file from getting to that stage.
fn dump(stage: Stage, unit: &Unit, compilation: &Compilation) -> Option<String> {
    let model = unit.interface.as_ref();
    let options = unit.options();
    match stage {
        Stage::Tokens => Some(syntax::dump_tokens(unit.file, &compilation.sources)),
        Stage::Ast => Some(syntax::dump_tree(&unit.tree)),
        Stage::Model => model.map(Interface::dump),
        Stage::Rust => model.map(|model| target::rust::generate(model, &options).listing()),
        Stage::Glue => model.map(|model| target::glue::generate(model, &options).listing()),
        Stage::Python => model.map(|model| target::python::generate(model, &options).listing()),
    }
}
