//! The output of commands.

use std::collections::BTreeSet;
use std::env;
use std::ffi::OsString;
use std::io::{self, IsTerminal, Write};
use std::process;

use clap::{Args, ColorChoice};

use super::Outcome;
use crate::diagnostic::render::{self, Format};
use crate::diagnostic::{Code, Diagnostic};
use crate::driver::Compilation;
use crate::error::Error;
use crate::source::SourceMap;

/// The option `--format`, which every command that prints findings has.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct FormatOption {
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    pub(super) format: Format,
}

/// Standard output. If its reader has closed the pipe, the process ends without a message.
pub(super) struct Output {
    stream: io::StdoutLock<'static>,
    colour: ColorChoice,
}

impl Output {
    pub(super) fn of_process(colour: ColorChoice) -> Self {
        Self {
            stream: io::stdout().lock(),
            colour,
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
        let colours = colours(self.colour, &self.stream);
        self.print(&compilation.findings(format, colours));
        summarise(compilation, format)
    }

    /// Prints findings that do not come from a compilation. For people, adds `summary` and a hint about `pyidl explain`.
    pub(super) fn listed(
        &mut self,
        findings: &[Diagnostic],
        sources: &SourceMap,
        format: Format,
        summary: &str,
    ) {
        let colours = colours(self.colour, &self.stream);
        self.print(&render::findings(format, findings, sources, colours));
        if format == Format::Human {
            note(summary);
            note(&hint(
                &findings.iter().map(|finding| finding.code).collect(),
            ));
        }
    }

    /// Prints findings on standard error, for commands whose output is something else.
    pub(super) fn note_findings(&self, compilation: &Compilation, format: Format) -> Outcome {
        let stream = io::stderr();
        let findings = compilation.findings(format, colours(self.colour, &stream));
        // If standard error is closed, there is no way to report that.
        let _ = (&stream).write_all(findings.as_bytes());
        summarise(compilation, format)
    }
}

/// Prints the number of findings for people, and returns the exit status.
fn summarise(compilation: &Compilation, format: Format) -> Outcome {
    match render::summary(&compilation.diagnostics) {
        None => Outcome::Clean,
        Some(summary) => {
            if format == Format::Human {
                note(&summary);
                let codes = compilation.diagnostics.iter().map(|finding| finding.code);
                note(&hint(&codes.collect()));
            }
            Outcome::Findings
        }
    }
}

/// A hint about `pyidl explain` for these codes; of several, only the first is an example.
fn hint(codes: &BTreeSet<Code>) -> String {
    match codes.first() {
        Some(code) if codes.len() == 1 => format!("`pyidl explain {}` says more", code.as_str()),
        Some(code) => format!(
            "`pyidl explain CODE` says more, for example `pyidl explain {}`",
            code.as_str()
        ),
        None => String::new(),
    }
}

/// Whether to print in colours. Without an option the environment decides (<https://no-color.org>,
/// <https://bixense.com/clicolors>), then whether it is a terminal.
fn colours(choice: ColorChoice, stream: &impl IsTerminal) -> bool {
    match choice {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => colours_by_default(|name| env::var_os(name), stream.is_terminal()),
    }
}

fn colours_by_default(variable: impl Fn(&str) -> Option<OsString>, is_terminal: bool) -> bool {
    let is_set = |name| variable(name).is_some_and(|value| !value.is_empty());
    let is = |name, text| variable(name).is_some_and(|value| value == text);
    if is_set("NO_COLOR") {
        false
    } else if is_set("CLICOLOR_FORCE") && !is("CLICOLOR_FORCE", "0") {
        true
    } else {
        is_terminal && !is("CLICOLOR", "0") && !is("TERM", "dumb")
    }
}

/// Prints a note for people on standard error.
pub(super) fn note(text: &str) {
    if text.is_empty() {
        return;
    }
    // If standard error is closed, there is no way to report that.
    let _ = writeln!(io::stderr(), "{}", text.trim_end());
}

/// Prints an error on standard error.
pub(super) fn complain(error: &Error) {
    note(&format!("error: {error}"));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_follow_the_environment() {
        for (variables, is_terminal, expected) in [
            ("", true, true),
            ("", false, false),
            ("NO_COLOR=", true, true),
            ("NO_COLOR=1 CLICOLOR_FORCE=1", true, false),
            ("CLICOLOR_FORCE=1", false, true),
            ("CLICOLOR_FORCE=0", false, false),
            ("CLICOLOR=0", true, false),
            ("TERM=dumb", true, false),
        ] {
            let variable = |name: &str| {
                let mut pairs = variables.split(' ').filter_map(|pair| pair.split_once('='));
                let found = pairs.find(|(known, _)| *known == name);
                found.map(|(_, value)| OsString::from(value))
            };
            let colours = colours_by_default(variable, is_terminal);
            assert_eq!(colours, expected, "{variables:?}");
        }
    }
}
