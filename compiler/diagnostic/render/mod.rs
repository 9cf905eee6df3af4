//! Renders findings: for people, as one line each, as JSON, for GitHub.

mod github;
mod human;
mod json;
mod short;

pub use github::github;
#[cfg(feature = "cli")]
pub(crate) use github::github_file;
pub use human::human;
pub use json::json;
pub use short::short;

use std::borrow::Cow;

use super::{Diagnostic, Diagnostics, Severity};
use crate::source::SourceMap;

/// The form in which findings are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[cfg_attr(feature = "cli", derive(clap::ValueEnum))]
pub enum Format {
    /// With the lines of the source and what to type instead
    #[default]
    Human,
    /// One line each
    Short,
    /// For other programs: a JSON object in a line each
    Json,
    /// Annotations of GitHub Actions
    Github,
}

/// The findings in the form `format`, in the given order. `colour` is for terminals; only [`Format::Human`] uses it.
pub fn findings(
    format: Format,
    diagnostics: &[Diagnostic],
    sources: &SourceMap,
    colour: bool,
) -> String {
    match format {
        Format::Human => human(diagnostics, sources, colour),
        Format::Short => short(diagnostics, sources),
        Format::Json => json(diagnostics, sources),
        Format::Github => github(diagnostics, sources),
    }
}

/// The numbers of errors and warnings, as in "2 errors, 1 warning"; `None` if there are none. Mentions findings that were not
/// kept.
pub fn summary(diagnostics: &Diagnostics) -> Option<String> {
    let counted = |severity, word: &str| {
        let plural = |count: usize| if count == 1 { "" } else { "s" };
        match diagnostics.count(severity) {
            0 => None,
            count if count > Diagnostics::LIMIT => {
                let (shown, more) = (Diagnostics::LIMIT, count - Diagnostics::LIMIT);
                Some(format!("{shown} {word}s and {more} more"))
            }
            count => Some(format!("{count} {word}{}", plural(count))),
        }
    };
    let parts = [
        counted(Severity::Error, "error"),
        counted(Severity::Warning, "warning"),
    ];
    let parts: Vec<_> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join(", "))
}

/// The text without terminal control characters. Each is replaced by a character of the same length in bytes, so that places
/// remain valid.
fn printable(text: &str) -> Cow<'_, str> {
    let replacement = |c: char| match c {
        '\n' | '\t' => None,
        '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Some('\u{fffd}'),
        c if c.is_control() && c.is_ascii() => Some('?'),
        c if c.is_control() => Some('¿'),
        _ => None,
    };
    let is_harmless = |text: &str| !text.contains(|c| replacement(c).is_some());
    if is_harmless(text) {
        return Cow::Borrowed(text);
    }
    // Windows line endings are kept.
    let lines = text.split("\r\n").map(|part| {
        part.chars()
            .map(|c| replacement(c).unwrap_or(c))
            .collect::<String>()
    });
    Cow::Owned(lines.collect::<Vec<_>>().join("\r\n"))
}

#[cfg(test)]
mod tests;
