//! `pyidl dump`: prints the result of a stage of the compiler.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use super::output::{FormatOption, Output};
use super::project::FeatureOptions;
use super::stdin::StdinOption;
use crate::driver::Compilation;
use crate::emit::Options;
use crate::error::Error;
use crate::lower::{Lowered, lower};
use crate::render::Files;
use crate::syntax::Form;
use crate::{emit, syntax};

/// Print the result of a stage of the compiler for an interface file
///
/// The tree and the model are printed as indented lines, the rest as it would be written to files.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The stage
    stage: Stage,
    /// The interface file, a directory of them, or `-` for standard input
    file: PathBuf,
    #[command(flatten)]
    stdin: StdinOption,
    #[command(flatten)]
    features: FeatureOptions,
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
    let named = [arguments.file.clone()];
    let files = arguments.stdin.files(&named);
    if matches!(arguments.stage, Stage::Tokens) && Form::of(&files[0]) == Form::Toml {
        let message = format!("{} is TOML and has no tokens", files[0].display());
        return Err(Error::new(message).help("`pyidl dump ast` shows what is read from it"));
    }
    let mut compilation = Compilation::default();
    arguments.features.switch_on(&mut compilation);
    arguments.stdin.give(&named, &mut compilation)?;
    compilation.read_all(Path::new(""), &files)?;
    if matches!(arguments.stage, Stage::Rust | Stage::Glue | Stage::Python) {
        compilation.check_targets();
    }
    for text in dump(arguments.stage, &compilation) {
        output.print(&text);
    }
    Ok(output.note_findings(&compilation, arguments.format.format))
}

/// The result of the stage for each file, or for each extension module without errors in earlier stages.
fn dump(stage: Stage, compilation: &Compilation) -> Vec<String> {
    let trees = || compilation.files().iter().filter(|file| file.is_input);
    let units = || {
        let units = compilation.units.iter();
        units.filter_map(|unit| Some((unit.interface.as_ref()?, unit.options())))
    };
    let generated = |generate: fn(&Lowered<'_>, &Options) -> Files| {
        let units = compilation.units.iter();
        let texts = units.filter_map(|unit| {
            let lowered = lower(unit.generable()?);
            Some(generate(&lowered, &unit.options()).listing())
        });
        texts.collect()
    };
    match stage {
        Stage::Tokens => trees()
            .map(|parsed| syntax::dump_tokens(parsed.file, &compilation.sources))
            .collect(),
        Stage::Ast => trees()
            .map(|parsed| syntax::dump_tree(&parsed.tree))
            .collect(),
        Stage::Model => units().map(|(model, _)| model.dump()).collect(),
        Stage::Rust => generated(emit::rust::generate),
        Stage::Glue => generated(emit::glue::generate),
        Stage::Python => generated(emit::python::generate),
    }
}
