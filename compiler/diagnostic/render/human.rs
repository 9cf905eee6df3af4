//! Findings with the lines of the source.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use codespan_reporting::diagnostic as report;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, Config};

use super::super::{Diagnostic, Label, Severity};
use super::printable;
use crate::source::{FileId, SourceMap};

/// Of a line longer than this, in bytes, only the part around the reported place is shown.
const LONG_LINE: usize = 400;

/// How many bytes are shown before and after a place in a long line.
const SURROUNDINGS: usize = 60;

/// The findings in the given order, each with its source lines and an empty line after it; with terminal escape codes if `colour`
/// is set, which only the command line does.
///
/// Control characters of the source are shown as `?`, so that a file cannot control the terminal.
pub fn human(diagnostics: &[Diagnostic], sources: &SourceMap, colour: bool) -> String {
    let mut shown = Shown::new(sources);
    let config = Config::default();
    let mut text = Vec::new();
    for diagnostic in diagnostics {
        let span = diagnostic.primary.span;
        shown.focus = (span.file, span.start as usize);
        let converted = convert(diagnostic, &shown);
        // Neither writing to memory nor looking up a place in a known file fails; if it did, the finding would still be useful
        // without its lines.
        let emitted = match colour {
            #[cfg(feature = "cli")]
            true => {
                let mut text = term::termcolor::Ansi::new(&mut text);
                term::emit_to_write_style(&mut text, &config, &shown, &converted)
            }
            _ => term::emit_to_io_write(&mut text, &config, &shown, &converted),
        };
        if emitted.is_err() {
            let line = format!("{}: {}\n", diagnostic.code.as_str(), diagnostic.message);
            text.extend(line.as_bytes());
        }
    }
    String::from_utf8_lossy(&text).into_owned()
}

fn convert(diagnostic: &Diagnostic, shown: &Shown<'_>) -> report::Diagnostic<FileId> {
    let severity = match diagnostic.severity() {
        Severity::Error => report::Severity::Error,
        Severity::Warning => report::Severity::Warning,
    };
    let range = |label: &Label| shown.visible(label).unwrap_or_else(|| label.span.range());
    let convert = |style, label: &Label| {
        report::Label::new(style, label.span.file, range(label))
            .with_message(printable(&label.text))
    };
    let (near, far): (Vec<_>, Vec<_>) = diagnostic
        .secondary
        .iter()
        .partition(|label| shown.visible(label).is_some());
    let far = far.into_iter().map(|label| {
        let place = shown.sources.place(label.span.file, label.span.start);
        format!(
            "note: {} (line {}, column {})",
            printable(&label.text),
            place.line,
            place.column
        )
    });
    let help = diagnostic
        .help
        .iter()
        .map(|help| format!("help: {}", printable(help)));
    report::Diagnostic::new(severity)
        .with_code(diagnostic.code.as_str())
        .with_message(printable(&diagnostic.message))
        .with_label(convert(report::LabelStyle::Primary, &diagnostic.primary))
        .with_labels_iter(
            near.into_iter()
                .map(|label| convert(report::LabelStyle::Secondary, label)),
        )
        .with_notes_iter(far.chain(help))
}

/// The sources as displayed: without terminal control characters, and with long lines cut.
struct Shown<'m> {
    sources: &'m SourceMap,
    /// The texts of the files with findings, by the index of the file.
    texts: Vec<OnceCell<Cow<'m, str>>>,
    /// The place that must be visible.
    focus: (FileId, usize),
}

impl<'m> Shown<'m> {
    fn new(sources: &'m SourceMap) -> Self {
        Self {
            sources,
            texts: sources.iter().map(|_| OnceCell::new()).collect(),
            focus: Default::default(),
        }
    }

    /// The visible part of a label; `None` if it is in the hidden part of a long line.
    fn visible(&self, label: &Label) -> Option<Range<usize>> {
        let Range { start, end } = label.span.range();
        let line = |byte| self.line_range(label.span.file, self.line_index(label.span.file, byte)?);
        let (first, last) = (line(start).ok()?, line(end).ok()?);
        let is_shown = (first.start..=first.end).contains(&start) && last.start <= end;
        is_shown.then(|| start..end.min(last.end).max(start))
    }

    fn text(&self, id: FileId) -> Result<&str, Error> {
        let mut files = self.sources.iter().zip(&self.texts);
        let ((_, file), text) = files
            .find(|((known, _), _)| *known == id)
            .ok_or(Error::FileMissing)?;
        Ok(text.get_or_init(|| printable(&file.text)))
    }
}

impl<'a> Files<'a> for Shown<'_> {
    type FileId = FileId;
    type Name = std::path::Display<'a>;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<Self::Name, Error> {
        self.sources.name(id)
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, Error> {
        self.text(id)
    }

    fn line_index(&'a self, id: FileId, byte_index: usize) -> Result<usize, Error> {
        self.sources.line_index(id, byte_index)
    }

    fn column_number(&'a self, id: FileId, _: usize, byte_index: usize) -> Result<usize, Error> {
        Ok(self.sources.place(id, byte_index as u32).column)
    }

    fn line_range(&'a self, id: FileId, line_index: usize) -> Result<Range<usize>, Error> {
        let line = self.sources.line_range(id, line_index)?;
        if line.len() <= LONG_LINE {
            return Ok(line);
        }
        let (file, byte) = self.focus;
        let middle = if file == id && (line.start..=line.end).contains(&byte) {
            byte
        } else {
            line.start
        };
        let text = self.text(id)?;
        let mut start = middle.saturating_sub(SURROUNDINGS).max(line.start);
        let mut end = (middle + SURROUNDINGS).min(line.end);
        while !text.is_char_boundary(start) {
            start -= 1;
        }
        while !text.is_char_boundary(end) {
            end += 1;
        }
        Ok(start..end)
    }
}
