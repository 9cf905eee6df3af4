//! `pyidl fmt`: writes interface files in canonical form.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;
use similar::TextDiff;

use super::Outcome;
use super::output::{self, FormatOption, Output};
use super::project::Project;
use super::stdin::{StdinOption, is_stdin};
use crate::diagnostic::render::{self, Format};
use crate::driver::Compilation;
use crate::error::Error;
use crate::input;
use crate::render::Files;
use crate::syntax::{self, Form, Unformatted};

/// The number of unchanged lines around a change in a diff.
const CONTEXT: usize = 3;

/// Write interface files in canonical form
///
/// Indents by 4 blanks, breaks lines longer than 100 characters, keeps every comment and at most one empty line between
/// items. Files with syntax errors are left as they are, and the errors printed. Status 0 if all files are formatted
/// now, 1 if --check or --diff found one that is not, 2 if a file could not be formatted.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// Interface files, directories (.pyidl and .wit files in them and below, except in `deps`), or `-` for standard
    /// input; without any, `interfaces` of pyidl.toml, else those in idl/
    #[arg(value_name = "PATHS")]
    paths: Vec<PathBuf>,
    /// Write nothing; list the files that would change, status 1 if there are any
    #[arg(long)]
    check: bool,
    /// Write nothing; print what would change as a unified diff, status 1 if anything would
    #[arg(long)]
    diff: bool,
    #[command(flatten)]
    stdin: StdinOption,
    #[command(flatten)]
    format: FormatOption,
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Error> {
    let mut compilation = Compilation::default();
    if arguments.paths.iter().any(|path| is_stdin(path)) {
        return standard_input(arguments, &mut compilation, output);
    }
    let files = match arguments.paths.is_empty() {
        false => named_files(&arguments.paths)?,
        true => {
            let project = Project::here(&mut compilation)?;
            if compilation.diagnostics.has_errors() {
                // The settings have errors, so the files are unknown.
                output.note_findings(&compilation, arguments.format.format);
                return Err(Error::new("which files to format is not known"));
            }
            let mut paths = project.interfaces(&[])?;
            paths.retain(|path| path.is_dir() || Form::of(path) == Form::Pyidl);
            named_files(&paths)?
        }
    };
    // All files are read before any is written.
    let mut texts = Vec::new();
    let mut failures = Vec::new();
    for path in files {
        let bytes = input::read(Path::new(""), &path)?;
        match formatted(path, bytes, &mut compilation) {
            Ok(text) => texts.push(text),
            Err(failure) => failures.push(failure),
        }
    }
    let number = texts.len();
    texts.retain(|text| text.before != text.after);
    let outcome = match arguments.check || arguments.diff {
        true => show(&texts, arguments, output),
        false => {
            write(&texts, number, arguments)?;
            Outcome::Clean
        }
    };
    failed(failures, &compilation, arguments, output)?;
    Ok(outcome)
}

/// A file with its present text and its canonical text.
struct Text {
    path: PathBuf,
    before: String,
    after: String,
}

/// A file that was not formatted, and why.
struct Failure {
    path: PathBuf,
    reason: Unformatted,
}

fn standard_input(
    arguments: &Arguments,
    compilation: &mut Compilation,
    output: &mut Output,
) -> Result<Outcome, Error> {
    if arguments.paths.len() > 1 {
        let error = Error::new("`-` stands for standard input, and files are named, too");
        return Err(error.help("run `pyidl fmt -` and `pyidl fmt FILES` one after the other"));
    }
    let path = arguments.stdin.name().to_owned();
    if Form::of(&path) == Form::Toml {
        return Err(is_toml(&path));
    }
    match formatted(path, arguments.stdin.read()?, compilation) {
        Ok(text) if !(arguments.check || arguments.diff) => {
            output.print(&text.after);
            Ok(Outcome::Clean)
        }
        Ok(text) if text.before != text.after => Ok(show(&[text], arguments, output)),
        Ok(_) => Ok(Outcome::Clean),
        Err(failure) => {
            failed(vec![failure], compilation, arguments, output)?;
            Ok(Outcome::Findings)
        }
    }
}

/// Errors in the file are added to the findings.
fn formatted(
    path: PathBuf,
    bytes: Vec<u8>,
    compilation: &mut Compilation,
) -> Result<Text, Failure> {
    let reason = match input::add(&mut compilation.sources, &path, bytes) {
        Ok(file) => {
            let (sources, diagnostics) = (&compilation.sources, &mut compilation.diagnostics);
            match syntax::format(file, sources, diagnostics) {
                Ok(after) => {
                    let before = compilation.sources.file(file).text.clone();
                    return Ok(Text {
                        path,
                        before,
                        after,
                    });
                }
                Err(reason) => reason,
            }
        }
        Err(finding) => {
            compilation.diagnostics.report(*finding);
            Unformatted::Wrong
        }
    };
    Err(Failure { path, reason })
}

/// Prints why files were not formatted, if there are any.
fn failed(
    failures: Vec<Failure>,
    compilation: &Compilation,
    arguments: &Arguments,
    output: &Output,
) -> Result<(), Error> {
    let is_mistake = |failure: &&Failure| failure.reason == Unformatted::Changed;
    if let Some(failure) = failures.iter().find(is_mistake) {
        let path = failure.path.display();
        let message = format!("cannot format {path} without changing what it means");
        return Err(Error::new(message).help(
            "it is left as it is; this is a mistake of pyidl's, please report it with the file",
        ));
    }
    output.note_findings(compilation, arguments.format.format);
    match &failures[..] {
        [] => Ok(()),
        [only] => Err(Error::new(format!(
            "{} has errors and is left as it is",
            only.path.display()
        ))),
        _ => {
            let number = failures.len();
            let message = format!("{number} files have errors and are left as they are");
            Err(Error::new(message))
        }
    }
}

/// Prints the changes that formatting would make.
fn show(texts: &[Text], arguments: &Arguments, output: &mut Output) -> Outcome {
    let format = arguments.format.format;
    for Text {
        path,
        before,
        after,
    } in texts
    {
        let path = path.to_string_lossy();
        output.print(&match format {
            _ if arguments.diff => TextDiff::from_lines(before, after)
                .unified_diff()
                .context_radius(CONTEXT)
                .header(&path, &path)
                .to_string(),
            Format::Json => format!("{}\n", json!({ "path": path, "state": "unformatted" })),
            Format::Github => {
                render::github_file(&path, "not formatted", "run `pyidl fmt` on this file")
            }
            Format::Human | Format::Short => format!("{path}: not formatted\n"),
        });
    }
    if texts.is_empty() {
        return Outcome::Clean;
    }
    if format == Format::Human && !arguments.diff {
        output::note("`pyidl fmt` formats what is not");
    }
    Outcome::Findings
}

/// Writes the files whose text changes; `number` is the number of all files.
fn write(texts: &[Text], number: usize, arguments: &Arguments) -> Result<(), Error> {
    let say = |text: &str| {
        if arguments.format.format == Format::Human {
            output::note(text);
        }
    };
    for text in texts {
        let wrong = |error: io::Error| Error::io("write", &text.path, &error);
        // A link stays a link, and a read-only file is not replaced.
        let path = fs::canonicalize(&text.path).map_err(wrong)?;
        if fs::metadata(&path).map_err(wrong)?.permissions().readonly() {
            return Err(wrong(io::ErrorKind::PermissionDenied.into()));
        }
        let mut files = Files::default();
        files.add(path, &text.after);
        files.write("").map_err(wrong)?;
        say(&format!("formatted {}", text.path.display()));
    }
    match (number, texts.len()) {
        (1, 0) => say("1 file, formatted already"),
        (_, 0) if number > 0 => say(&format!("{number} files, formatted already")),
        _ => {}
    }
    Ok(())
}

/// The named files and those in the named directories, without duplicates.
fn named_files(named: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
    let mut files = Vec::new();
    for path in named {
        if path.is_dir() {
            let before = files.len();
            files_below(path, &mut files)?;
            if files.len() == before {
                let path = path.display();
                output::note(&format!("no .pyidl or .wit file in {path}"));
            }
        } else if Form::of(path) == Form::Toml {
            return Err(is_toml(path));
        } else {
            files.push(path.clone());
        }
    }
    let mut seen = HashSet::new();
    files.retain(|path| seen.insert(fs::canonicalize(path).unwrap_or_else(|_| path.clone())));
    Ok(files)
}

/// The error for TOML files: TOML has its own formatters, and allows comments in places where the language does not.
fn is_toml(path: &Path) -> Error {
    Error::new(format!(
        "{} is TOML, which pyidl fmt does not format",
        path.display()
    ))
    .help("leave it out; `taplo fmt` and others format TOML")
}

/// Adds the interface files in and below a directory, sorted. Omits `deps`, which contains copies of other packages, and hidden
/// directories, which belong to tools.
fn files_below(directory: &Path, files: &mut Vec<PathBuf>) -> Result<(), Error> {
    let wrong = |error: io::Error| Error::io("list", directory, &error);
    let mut paths = Vec::new();
    for entry in fs::read_dir(directory).map_err(wrong)? {
        let entry = entry.map_err(wrong)?;
        paths.push((entry.path(), entry.file_type().map_err(wrong)?));
    }
    paths.sort_by(|(one, _), (other, _)| one.cmp(other));
    for (path, kind) in paths {
        let name = path.file_name().unwrap_or_default();
        if input::is_hidden(name) {
            continue;
        }
        if kind.is_dir() {
            if name != "deps" && name != "target" {
                files_below(&path, files)?;
            }
        } else if syntax::is_interface_file(&path) && Form::of(&path) == Form::Pyidl {
            files.push(path);
        }
    }
    Ok(())
}
