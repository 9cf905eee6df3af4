//! What the compiler has to say to people: one [`Diagnostic`] per finding.

mod codes;
pub mod explanation;
pub mod render;
pub mod suggest;

pub use codes::Code;

use std::collections::HashSet;

use crate::source::{FileId, Span};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// The file cannot be used as it is.
    Error,
    /// The file works, but is likely not what was meant.
    Warning,
}

/// A place and what is to be said of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// A few words, without a full stop; may be empty.
    pub text: String,
}

/// One finding: what is wrong, where, and what to type instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Which kind of finding; decides the severity.
    pub code: Code,
    /// Headline: one sentence in the user's terms, lower case, without a full stop.
    pub message: String,
    /// The place at fault.
    pub primary: Label,
    /// Causes elsewhere.
    pub secondary: Vec<Label>,
    /// What to type instead; one entry a line.
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

    /// Adds a cause elsewhere.
    #[must_use]
    pub fn cause(mut self, span: Span, text: impl Into<String>) -> Self {
        self.secondary.push(Label {
            span,
            text: shortened(text.into()),
        });
        self
    }

    /// Adds a line of help.
    #[must_use]
    pub fn help(mut self, text: impl Into<String>) -> Self {
        self.help.push(shortened(text.into()));
        self
    }

    /// How bad it is.
    pub fn severity(&self) -> Severity {
        self.code.severity()
    }
}

/// What is said quotes names and types of the user's, which may be of any length.
fn shortened(mut text: String) -> String {
    const LONGEST: usize = 400;
    if let Some((end, _)) = text.char_indices().nth(LONGEST) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Collects findings; at most one per place.
#[derive(Clone, Debug, Default)]
pub struct Diagnostics {
    found: Vec<Diagnostic>,
    places: HashSet<(Severity, FileId, u32)>,
}

impl Diagnostics {
    /// How many findings are kept. Nobody reads more, and files of nothing but mistakes must not fill the memory.
    pub const LIMIT: usize = 1000;

    /// Adds a finding unless one of the same severity already starts at the same place.
    pub fn report(&mut self, diagnostic: Diagnostic) {
        let span = diagnostic.primary.span;
        if self.found.len() < Self::LIMIT
            && self
                .places
                .insert((diagnostic.severity(), span.file, span.start))
        {
            self.found.push(diagnostic);
        }
    }

    /// Whether any finding is an error.
    pub fn has_errors(&self) -> bool {
        self.found.iter().any(|d| d.severity() == Severity::Error)
    }

    /// All findings in the order in which they were made.
    pub fn iter(&self) -> impl Iterator<Item = &Diagnostic> {
        self.found.iter()
    }

    /// All findings in the order of their places.
    pub fn sorted(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|d| (d.primary.span, d.code));
        self.found
    }

    /// Adds all of `other`.
    pub fn extend(&mut self, other: Self) {
        for diagnostic in other.found {
            self.report(diagnostic);
        }
    }
}
