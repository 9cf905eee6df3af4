//! Constructs of the language that this version cannot handle. Each is reported once, where it stands, and its names
//! are declared, so that their uses are no errors of their own.

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

impl Resolver<'_, '_> {
    /// Reports `what`, such as "variants are" or "`async func` is".
    pub(super) fn unsupported(&mut self, span: Span, what: &str) {
        self.report(unsupported(span, what));
    }
}

/// The finding that `what` cannot be handled yet.
pub(super) fn unsupported(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotSupportedYet,
        span,
        format!("{what} not supported yet"),
        "",
    )
}
