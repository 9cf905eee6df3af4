//! `pyidl breaking`: which callers and implementors a change of an interface breaks.

mod revision;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::Outcome;
use super::output::Output;
use super::project::InputOptions;
use crate::breaking::{self, Affected, Break};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::driver::{Compilation, Unit};
use crate::emit::module_name;
use crate::error::Error;
use crate::input::interfaces_in;
use crate::syntax::ENDINGS;

/// Compare interface files with an earlier state, and report whose code the changes break
///
/// Each finding says whether it breaks Python code that uses the module, Rust code that implements it, or both. Status 1
/// if anything breaks; with warnings alone it is 0.
#[derive(Debug, Args)]
#[command(after_long_help = rules())]
pub(super) struct Arguments {
    #[command(flatten)]
    inputs: InputOptions,
    /// What to compare with: an interface file, a directory with files of the same names, or git:REVISION
    #[arg(long, value_name = "PATH|git:REV")]
    against: String,
    /// Which breaking changes to report
    #[arg(long = "for", value_enum, default_value_t = Whose::All)]
    whose: Whose,
}

/// Which breaking changes are reported.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Whose {
    /// Those that break Python code that uses the module
    Python,
    /// All
    All,
}

/// The list of rules.
fn rules() -> String {
    let line = |code: &Code| format!("  {}  {}\n", code.as_str(), code.title());
    let lines: String = breaking::CODES.iter().map(line).collect();
    format!("Rules (`pyidl explain CODE` tells more of each):\n{lines}")
}

pub(super) fn run(arguments: &Arguments, output: &mut Output) -> Result<Outcome, Error> {
    let format = arguments.inputs.format();
    let mut new = Compilation::default();
    let project = arguments.inputs.compile(&mut new)?;
    let named = arguments.inputs.named();
    let files = project.interfaces(&named)?;
    // If the command compares all files, some of the old ones may be deleted now.
    let beside: BTreeSet<PathBuf> = match named.is_empty() {
        true => files
            .iter()
            .filter_map(|file| Some(file.parent()?.to_owned()))
            .collect(),
        false => BTreeSet::new(),
    };
    // The old files come after the new ones in one map, so that findings can point into both.
    let mut old = Compilation::default();
    old.sources = new.sources.clone();
    old.features = new.features.clone();
    match arguments.against.strip_prefix("git:") {
        Some(revision) => {
            let export = revision::export(revision, &files, &beside)?;
            for path in &export.files {
                old.read(export.root(), path)?;
            }
        }
        None => {
            for path in counterparts(Path::new(&arguments.against), &files, &beside)? {
                old.read(Path::new(""), &path)?;
            }
        }
    }
    for (compilation, which) in [(&new, "the present files"), (&old, "the old versions")] {
        if compilation.diagnostics.has_errors() {
            output.note_findings(compilation, format);
            return Err(Error::new(format!("cannot compare: {which} have errors")));
        }
    }
    let mut breaks = compare(&old.units, &new.units);
    breaks.retain(|found| arguments.whose == Whose::All || found.affected != Affected::Rust);
    let findings: Vec<Diagnostic> = breaks.iter().map(|found| found.finding.clone()).collect();
    output.listed(&findings, &old.sources, format, &summary(&breaks));
    let broken = findings.iter().any(|it| it.severity() == Severity::Error);
    Ok(if broken {
        Outcome::Findings
    } else {
        Outcome::Clean
    })
}

/// The files below `against` that correspond to `files`.
fn counterparts(
    against: &Path,
    files: &[PathBuf],
    beside: &BTreeSet<PathBuf>,
) -> Result<Vec<PathBuf>, Error> {
    if !against.exists() {
        let error = Error::new(format!("there is nothing at {}", against.display()));
        let help = match against.components().count() {
            1 => format!(
                "if it is a revision of git, write `--against git:{}`",
                against.display()
            ),
            _ => "name a file, a directory, or git:REVISION".to_owned(),
        };
        return Err(error.help(help));
    }
    if let [only] = files
        && (against.is_file() || only.is_dir())
    {
        return Ok(vec![against.to_owned()]);
    }
    if against.is_file() {
        let message = format!(
            "{} is one file, and there are {}",
            against.display(),
            files.len()
        );
        return Err(
            Error::new(message).help("name the one to compare, or a directory after `--against`")
        );
    }
    // A new file has no counterpart.
    let same = files.iter().filter_map(|file| {
        let places = [against.join(file), against.join(file.file_name()?)];
        let mut candidates = places.iter().flat_map(|place| forms(place));
        candidates.find(|candidate| candidate.exists())
    });
    let mut same: Vec<_> = same.collect();
    for directory in beside {
        for other in interfaces_in(Path::new(""), &against.join(directory)) {
            if !same.contains(&other) {
                same.push(other);
            }
        }
    }
    if same.is_empty() {
        let message = format!("{} has none of the interface files", against.display());
        return Err(Error::new(message));
    }
    Ok(same)
}

/// The path `file`, and the paths that it would have in the other forms of interface files.
fn forms(file: &Path) -> Vec<PathBuf> {
    let mut forms = vec![file.to_owned()];
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    if let Some(ending) = ENDINGS.iter().find(|ending| name.ends_with(**ending)) {
        let stem = &name[..name.len() - ending.len()];
        let others = ENDINGS.iter().filter(|other| *other != ending);
        forms.extend(others.map(|other| file.with_file_name(format!("{stem}{other}"))));
    }
    forms
}

/// Compares modules of the same name. A removed module breaks everybody. If there is exactly one old and one new module, they are
/// compared even if their names differ.
fn compare(old: &[Unit], new: &[Unit]) -> Vec<Break> {
    let mut breaks = Vec::new();
    for unit in old {
        let Some(before) = &unit.interface else {
            continue;
        };
        let same_name = |unit: &&Unit| {
            unit.interface
                .as_ref()
                .is_some_and(|interface| module_name(interface) == module_name(before))
        };
        let other = match (old, new) {
            ([_], [only]) => Some(only),
            _ => new.iter().find(same_name),
        };
        match other.and_then(|unit| unit.interface.as_ref()) {
            Some(now) => breaks.extend(breaking::compare(before, now)),
            None => {
                let message = format!("the module `{}` is gone", module_name(before));
                let span = before.root().name.span;
                let affected = Affected::Both;
                let finding = Diagnostic::new(Code::RemovedItem, span, message, "it was here");
                breaks.push(Break { affected, finding });
            }
        }
    }
    breaks
}

/// "2 changes break Python callers, 3 Rust implementors; 1 warning"
fn summary(breaks: &[Break]) -> String {
    let count = |wanted: fn(&Affected) -> bool| {
        breaks
            .iter()
            .filter(|found| wanted(&found.affected))
            .count()
    };
    let python = count(|affected| affected.is_python());
    let rust = count(|affected| matches!(affected, Affected::Rust | Affected::Both));
    let warnings = count(|affected| *affected == Affected::Nobody);
    let warnings = match warnings {
        0 => String::new(),
        1 => "; 1 warning".to_owned(),
        _ => format!("; {warnings} warnings"),
    };
    if python + rust == 0 {
        return format!("nothing breaks{warnings}");
    }
    let counted = |count: usize| {
        if count == 1 {
            "1 change breaks".to_owned()
        } else {
            format!("{count} changes break")
        }
    };
    format!(
        "{} Python callers, {rust} Rust implementors{warnings}",
        counted(python)
    )
}
