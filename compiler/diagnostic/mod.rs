//! The findings of the compiler: a [`Diagnostic`] for each.

mod codes;
#[cfg(feature = "tools")]
pub mod explanation;
mod fallback;
pub mod render;
pub mod suggest;

pub use codes::Code;

use std::collections::HashSet;

use crate::source::{FileId, Span};

/// The severity of a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used.
    Error,
    /// The file is usable, but probably not as intended.
    Warning,
}

/// A place and its label.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words, without a full stop; may be empty.
    pub text: String,
}

/// A finding: what is wrong, where, and what to type instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// The kind of finding, which determines the severity.
    pub code: Code,
    /// Headline: one sentence in the user's terms, lower case, without a full stop.
    pub message: String,
    /// The place of the error.
    pub primary: Label,
    /// Causes elsewhere.
    pub secondary: Vec<Label>,
    /// What to type instead; an entry for each line.
    pub help: Vec<String>,
}

impl Diagnostic {
    /// A finding at `span`. `label` may be empty.
    pub fn new(
        code: Code,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) -> Self {
        Self {
            code,
            message: shortened(message.into()),
            primary: Label {
                span,
                text: shortened(label.into()),
            },
            secondary: Vec::new(),
            help: Vec::new(),
        }
    }

    /// Adds a cause elsewhere. Only the first few are kept, for example of the steps of a long cycle.
    #[must_use]
    pub fn cause(mut self, span: Span, text: impl Into<String>) -> Self {
        const MOST: usize = 8;
        if self.secondary.len() < MOST {
            self.secondary.push(Label {
                span,
                text: shortened(text.into()),
            });
        }
        self
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(shortened(text.into()));
        self
    }

    /// Its severity.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// The text quotes the user's names and types, which may have any length.
fn shortened(mut text: String) -> String {
    const LONGEST: usize = 400;
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Collects findings, at most one per place.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    places: HashSet<(FileId, u32, Option<Code>)>,
    errors: usize,
    warnings: usize,
}

impl Diagnostics {
    /// The maximum number of errors, and of warnings, that are kept. Nobody reads more, and files full of errors must not exhaust
    /// the memory.
    pub const LIMIT: usize = 1000;

    /// Adds a finding. Of several errors that start at one place, only the first is kept, since it explains the others; of
    /// warnings, the first of each code.
    ///
    /// A missing label or help is replaced by the default of its code.
    pub fn report(&mut self, mut diagnostic: Diagnostic) {
        fallback::complete(&mut diagnostic);
        let span = diagnostic.primary.span;
        let severity = diagnostic.severity();
        let kind = match severity {
            Severity::Error => None,
            Severity::Warning => Some(diagnostic.code),
        };
        if self.places.insert((span.file, span.start, kind)) {
            let count = self.count_mut(severity);
            *count += 1;
            if *count <= Self::LIMIT {
                self.found.push(diagnostic);
            }
        }
    }

    /// The number of findings of this severity, including those that are not kept.
    pub fn count(&self, severity: Severity) -> usize {
        match severity {
            Severity::Error => self.errors,
            Severity::Warning => self.warnings,
        }
    }

    fn count_mut(&mut self, severity: Severity) -> &mut usize {
        match severity {
            Severity::Error => &mut self.errors,
            Severity::Warning => &mut self.warnings,
        }
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.errors > 0
    }

    /// All findings that are kept, in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// All findings that are kept, sorted by place.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|d| (d.primary.span, d.code));
        self.found
    }

    /// Adds all of `other`.
    pub fn extend(&mut self, other: Self) {
        let hidden = [Severity::Error, Severity::Warning]
            .map(|severity| (severity, other.count(severity).saturating_sub(Self::LIMIT)));
        for diagnostic in other.found {
            self.report(diagnostic);
        }
        for (severity, count) in hidden {
            *self.count_mut(severity) += count;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn report(diagnostics: &mut Diagnostics, code: Code, places: std::ops::Range<u32>) {
        for start in places {
            let span = Span::new(FileId::default(), start, start);
            diagnostics.report(Diagnostic::new(code, span, "wrong", ""));
        }
    }

    #[test]
    fn findings_beyond_the_limit_are_counted() {
        let mut diagnostics = Diagnostics::default();
        report(&mut diagnostics, Code::StrayDocumentation, 0..3000);
        assert!(!diagnostics.has_errors());
        report(&mut diagnostics, Code::UnknownName, 0..2);
        report(&mut diagnostics, Code::UnknownName, 0..2);
        assert!(diagnostics.has_errors());
        let mut all = Diagnostics::default();
        all.extend(diagnostics);
        assert_eq!(all.count(Severity::Warning), 3000);
        assert_eq!(all.count(Severity::Error), 2);
        assert_eq!(all.sorted().len(), Diagnostics::LIMIT + 2);
    }
}
