//! Where commands print, and in which form.

use std::collections::BTreeSet;
use std::io::{self, IsTerminal, Write};
use std::process;

use clap::Args;

use super::Outcome;
use crate::diagnostic::Code;
use crate::diagnostic::render::{self, Format};
use crate::driver::Compilation;
use crate::error::Error;

/// The option `--format`, which every command that prints findings has.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct FormatOption {
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
}

/// Standard output. A reader that goes away ends the process without a word, as it should in a pipeline.
pub(super) struct Output {
    stream: io::StdoutLock<'static>,
}

impl Output {
    pub(super) fn of_process() -> Self {
        Self {
            stream: io::stdout().lock(),
        }
    }

    pub(super) fn print(&mut self, text: &str) {
        let written = self
            .stream
            .write_all(text.as_bytes())
            .and_then(|()| self.stream.flush());
        if let Err(error) = written {
            if error.kind() != io::ErrorKind::BrokenPipe {
                complain(&Error::new(format!(
                    "cannot write to standard output: {error}"
                )));
            }
            process::exit(2);
        }
    }

    /// Prints findings as the output of the command.
    pub(super) fn findings(&mut self, compilation: &Compilation, format: Format) -> Outcome {
        self.print(&compilation.findings(format, colours(&self.stream)));
        summarise(compilation, format)
    }
}

/// Prints findings on standard error, for commands whose output is something else.
pub(super) fn note_findings(compilation: &Compilation, format: Format) -> Outcome {
    let stream = io::stderr();
    let findings = compilation.findings(format, colours(&stream));
    // Nobody is left to tell when standard error is closed.
    let _ = (&stream).write_all(findings.as_bytes());
    summarise(compilation, format)
}

/// How many findings there are, for people; that there are any, for the exit status.
fn summarise(compilation: &Compilation, format: Format) -> Outcome {
    let findings = compilation.diagnostics.clone().sorted();
    match render::summary(&findings) {
        None => Outcome::Clean,
        Some(summary) => {
            if format == Format::Human {
                note(&summary);
                let codes = findings.iter().map(|finding| finding.code);
                note(&hint(codes.collect()));
            }
            Outcome::Findings
        }
    }
}

/// Where to read on about findings with these codes; of several, a word for the first must do.
fn hint(codes: BTreeSet<Code>) -> String {
    match codes.first() {
        Some(code) if codes.len() == 1 => format!("`pyidl explain {}` says more", code.as_str()),
        Some(code) => format!(
            "`pyidl explain CODE` says more, for example `pyidl explain {}`",
            code.as_str()
        ),
        None => String::new(),
    }
}

/// Whether to print in colours: in a terminal, unless `NO_COLOR` is set (<https://no-color.org>).
fn colours(stream: &impl IsTerminal) -> bool {
    stream.is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

/// Prints what a person should know besides the results, on standard error.
pub(super) fn note(text: &str) {
    // Nobody is left to tell when standard error is closed.
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}

/// Prints why something could not be done.
pub(super) fn complain(error: &Error) {
    note(&format!("error: {error}"));
}
