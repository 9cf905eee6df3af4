//! `pyidl convert`: writes an interface file in its other form.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use super::output::{self, FormatOption, Output};
use super::stdin::{StdinOption, is_stdin};
use crate::convert::convert;
use crate::driver::Compilation;
use crate::error::Error;
use crate::input;
use crate::render::Files;
use crate::syntax::Form;

/// Write an interface file in its other form: .pyidl as TOML, TOML and WIT as .pyidl
///
/// Docs, attributes and the order of items are kept; comments stand before what they belong to. The result goes to
/// standard output, or to a file, which must not exist.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The interface file, .pyidl, .pyidl.toml or .wit, or `-` for standard input
    file: PathBuf,
    #[command(flatten)]
    stdin: StdinOption,
    /// The output file; its extension determines the form
    #[arg(short, long, value_name = "FILE")]
    out: Option<PathBuf>,
    /// The form, if the extension does not determine it
    #[arg(long, value_enum)]
    to: Option<To>,
    /// Replace the file if it exists
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    format: FormatOption,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum To {
    /// TOML tables
    Toml,
    /// The language itself
    Pyidl,
}

impl Arguments {
    fn form(&self) -> Form {
        match (self.to, &self.out) {
            (Some(To::Toml), _) => Form::Toml,
            (Some(To::Pyidl), _) => Form::Pyidl,
            (None, Some(out)) => Form::of(out),
            (None, None) => match self.name().extension() {
                Some(extension) if extension == "pyidl" => Form::Toml,
                None if is_stdin(&self.file) => Form::Toml,
                _ => Form::Pyidl,
            },
        }
    }

    /// The name of the file in findings.
    fn name(&self) -> &Path {
        match is_stdin(&self.file) {
            true => self.stdin.name(),
            false => &self.file,
        }
    }
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Error> {
    if let Some(out) = &arguments.out {
        refuse(out, arguments)?;
    }
    let mut compilation = Compilation::default();
    let bytes = match is_stdin(&arguments.file) {
        true => arguments.stdin.read()?,
        false => input::read(Path::new(""), &arguments.file)?,
    };
    let text = match input::add(&mut compilation.sources, arguments.name(), bytes) {
        Ok(file) => convert(
            file,
            arguments.form(),
            &compilation.sources,
            &mut compilation.diagnostics,
        ),
        Err(finding) => {
            compilation.diagnostics.report(*finding);
            None
        }
    };
    let outcome = output.note_findings(&compilation, arguments.format.format);
    let Some(text) = text else {
        return Ok(outcome);
    };
    match &arguments.out {
        None => output.print(&text),
        Some(out) => {
            let mut files = Files::default();
            files.add(out.file_name().unwrap_or_default(), text);
            let directory = out.parent().unwrap_or(Path::new(""));
            let written = files
                .write(directory)
                .map_err(|error| Error::io("write to", out, &error))?;
            output::note(&match written.is_empty() {
                true => format!("{} is up to date", out.display()),
                false => format!("wrote {}", out.display()),
            });
        }
    }
    Ok(outcome)
}

/// Returns an error if the result cannot be written to this file.
fn refuse(out: &Path, arguments: &Arguments) -> Result<(), Error> {
    let name = out.file_name().unwrap_or_default().to_string_lossy();
    let error = |message: String| Error::new(message);
    if name.is_empty() || out.is_dir() {
        let example = out.join("name.pyidl.toml");
        return Err(error(format!("{} is a directory", out.display()))
            .help(format!("name a file: {}", example.display())));
    }
    if Form::of(out) == Form::Toml && !name.ends_with(".pyidl.toml") {
        return Err(error(format!(
            "{} is not the name of an interface file",
            out.display()
        ))
        .help("interface files end in .pyidl, .pyidl.toml or .wit"));
    }
    if arguments.form() != Form::of(out) {
        return Err(error(format!(
            "{} is the name of a file of another form",
            out.display()
        ))
        .help("leave out --to, or give the file another name"));
    }
    if out.exists() && !arguments.force {
        return Err(error(format!("{} exists already", out.display()))
            .help("give another name, or --force to replace it"));
    }
    Ok(())
}
