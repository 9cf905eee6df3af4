//! Reports errors while parsing, and suppresses those that follow from an earlier error.

use super::name_form::{WrongName, wrong_names};
use super::{Cursor, Expected, State, Stuck, unexpected};
use crate::diagnostic::{Code, Diagnostic};

impl<'t> Cursor<'t> {
    /// Reports a finding at the next token, unless one was already reported there.
    pub(crate) fn report(self, diagnostic: Diagnostic) {
        self.report_at(self.offset(), diagnostic);
    }

    /// Reports a finding about the next token.
    pub(crate) fn report_token(
        self,
        code: Code,
        message: impl Into<String>,
        label: &str,
        help: impl Into<String>,
    ) {
        self.report(Diagnostic::new(code, self.span(), message, label).help(help));
    }

    /// Reports what is missing before the next token, unless an error was already reported there. Later findings are not
    /// suppressed.
    pub(crate) fn report_before(self, diagnostic: Diagnostic) {
        if !self.is_reported(self.offset()) {
            self.report_apart(diagnostic);
        }
    }

    /// Whether spellings of other languages are accepted without a finding.
    pub(crate) fn is_rewriting(self) -> bool {
        self.state.rewriting.get() > 0
    }

    /// Reports a finding regardless of earlier ones: for findings that cannot follow from others.
    pub(crate) fn report_apart(self, diagnostic: Diagnostic) {
        let is_shown_rewritten = self.state.rewriting.get() > 0;
        if !(is_shown_rewritten && diagnostic.code == Code::ForeignSyntax) {
            self.state.diagnostics.borrow_mut().report(diagnostic);
        }
    }

    /// Reports a declared name in a wrong form; the names of a list are reported together.
    pub(crate) fn report_name(self, name: WrongName) {
        // The suggested rewriting contains the right names.
        if self.is_rewriting() {
            return;
        }
        if let Some(list) = self.state.wrong_names.borrow_mut().last_mut() {
            // A name that is parsed twice counts once.
            if list.last().map(WrongName::span) != Some(name.span()) {
                list.push(name);
            }
        } else if let Some(diagnostic) = wrong_names(&[name], self.state.is_wit.get()) {
            self.report_apart(diagnostic);
        }
    }

    /// Until the result is dropped, names in a wrong form are collected; then one finding reports them.
    pub(crate) fn name_list(self) -> NameList<'t> {
        self.state.wrong_names.borrow_mut().push(Vec::new());
        NameList(self)
    }

    /// Reports an item that is not allowed in this place.
    pub(crate) fn report_misplaced(self, diagnostic: Diagnostic) {
        if self.state.inside_misplaced.get() > 0 {
            return;
        }
        let is_outside = self.state.closers.borrow().is_empty();
        let is_indented = self.indentation() > Some(0);
        if !(is_outside && is_indented && self.set_misplaced(true)) {
            self.report_apart(diagnostic);
        }
    }

    /// Sets whether misplaced indented items follow from an earlier error; returns the previous value.
    pub(crate) fn set_misplaced(self, misplaced: bool) -> bool {
        self.state.misplaced.replace(misplaced)
    }

    /// Until the result is dropped, misplaced items are not reported.
    pub(crate) fn inside_misplaced(self) -> InsideMisplaced<'t> {
        let depth = &self.state.inside_misplaced;
        depth.set(depth.get() + 1);
        InsideMisplaced(self.state)
    }

    /// Whether a closing brace may be missing.
    pub(crate) fn lacks_braces(self) -> bool {
        self.state.lacks_braces
    }

    /// Until the result is dropped, spellings of other languages are accepted without a finding.
    pub(crate) fn rewriting(self) -> Rewriting<'t> {
        self.state.rewriting.set(self.state.rewriting.get() + 1);
        Rewriting {
            state: self.state,
            last_reported: self.state.last_reported.get(),
            findings: self.state.findings(),
        }
    }

    /// Suppresses findings at the next token: an earlier finding explains it.
    pub(crate) fn set_reported(self) {
        let last = self.state.last_reported.get().unwrap_or(0);
        self.state.last_reported.set(Some(last.max(self.offset())));
    }

    /// Reports the token that no parser accepted.
    pub(crate) fn report_stuck(self, stuck: Stuck) {
        if !self.is_reported(stuck.at) {
            let there = Self {
                rest: &self.state.tokens.tokens()[stuck.at as usize..],
                ..self
            };
            self.report_at(stuck.at, unexpected::diagnostic(there, stuck.expected));
        }
    }

    /// Reports that the next token is not the expected one.
    pub(crate) fn report_expected(self, expected: Expected) {
        self.report_stuck(Stuck {
            at: self.offset(),
            expected,
        });
    }

    fn report_at(self, at: u32, diagnostic: Diagnostic) {
        if !self.is_reported(at) {
            self.state.last_reported.set(Some(at));
            self.report_apart(diagnostic);
        }
    }

    fn is_reported(self, at: u32) -> bool {
        self.state
            .last_reported
            .get()
            .is_some_and(|last| at <= last)
    }
}

/// See [`Cursor::name_list`].
pub(crate) struct NameList<'t>(Cursor<'t>);

impl Drop for NameList<'_> {
    fn drop(&mut self) {
        let names = self.0.state.wrong_names.borrow_mut().pop();
        let is_wit = self.0.state.is_wit.get();
        if let Some(diagnostic) = wrong_names(&names.unwrap_or_default(), is_wit) {
            self.0.report_apart(diagnostic);
        }
    }
}

/// See [`Cursor::inside_misplaced`].
pub(crate) struct InsideMisplaced<'t>(&'t State<'t>);

impl Drop for InsideMisplaced<'_> {
    fn drop(&mut self) {
        let depth = &self.0.inside_misplaced;
        depth.set(depth.get() - 1);
    }
}

impl State<'_> {
    fn findings(&self) -> usize {
        self.diagnostics.borrow().iter().count()
    }
}

/// See [`Cursor::rewriting`].
pub(crate) struct Rewriting<'t> {
    state: &'t State<'t>,
    last_reported: Option<u32>,
    findings: usize,
}

impl Drop for Rewriting<'_> {
    fn drop(&mut self) {
        self.state.rewriting.set(self.state.rewriting.get() - 1);
        // A suppressed finding must not suppress the one that is shown instead.
        if self.state.findings() == self.findings {
            self.state.last_reported.set(self.last_reported);
        }
    }
}
