//! The constructs that enclose the current position.

use super::{Cursor, Expected, State, Stuck};
use crate::diagnostic::Code;
use crate::syntax::token::Kind;

/// The maximum number of open brackets and braces. Parsing is recursive, so this bounds the stack. A type or value counts if it
/// is nested in another without a bracket between them, as the result of a function type is.
pub(crate) const MAX_DEPTH: u16 = 64;

/// Brackets.
impl<'t> Cursor<'t> {
    /// Enters a bracket that ends with `closer`, or a type or value. It is left when the result is dropped.
    pub(crate) fn enter(self, closer: Option<Kind>) -> Result<Nested<'t>, nom::Err<Stuck>> {
        let was_in_part = self.state.in_part.replace(closer.is_none());
        self.enter_levels(
            closer,
            was_in_part,
            u16::from(closer.is_some() || was_in_part),
        )
    }

    /// Enters a block that ends with its indentation.
    pub(crate) fn enter_indented(self) -> Result<Nested<'t>, nom::Err<Stuck>> {
        let was_in_part = self.state.in_part.replace(false);
        self.enter_levels(None, was_in_part, 1)
    }

    fn enter_levels(
        self,
        closer: Option<Kind>,
        was_in_part: bool,
        levels: u16,
    ) -> Result<Nested<'t>, nom::Err<Stuck>> {
        if self.state.depth.get() + levels > MAX_DEPTH {
            self.state.in_part.set(was_in_part);
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            let help = match closer {
                Some(Kind::CloseBrace) => "close the braces before it",
                _ => "give the inner part a name of its own with `type`",
            };
            // Sibling constructs of the same depth are the same error.
            if !self.state.was_too_deep.replace(true) {
                self.report_token(Code::TooDeep, message, "one level too many", help);
            }
            return Err(self.stuck(Expected::Anything));
        }
        self.state.depth.set(self.state.depth.get() + levels);
        self.state.closers.borrow_mut().extend(closer);
        Ok(Nested {
            state: self.state,
            closer: closer.is_some(),
            levels,
            was_in_part,
        })
    }

    /// Skips the rest of a bracket that is open here but was not entered. An unclosed bracket ends with the item.
    pub(crate) fn behind_bracket(self, closer: Kind) -> Self {
        let mut rest = self;
        let mut open = 1_usize;
        let mut braces = usize::from(closer == Kind::CloseBrace);
        loop {
            let kind = rest.kind();
            if kind == Kind::End || (kind == Kind::Semicolon && braces == 0) {
                break;
            }
            braces += usize::from(kind == Kind::OpenBrace);
            braces = braces.saturating_sub(usize::from(kind == Kind::CloseBrace));
            open += usize::from(kind.closer().is_some() || kind == Kind::Less);
            open -= usize::from(kind.is_closer() || kind == Kind::Greater);
            rest = rest.bump();
            if open == 0 {
                break;
            }
        }
        rest
    }

    /// Whether `kind` closes an enclosing bracket.
    pub(crate) fn is_awaited(self, kind: Kind) -> bool {
        self.state.closers.borrow().contains(&kind)
    }
}

/// Type parameters of other languages.
impl Cursor<'_> {
    /// Until the item that is being read ends, `names` stand for any type.
    pub(crate) fn add_type_parameters(self, names: Vec<String>) {
        self.state.type_parameters.borrow_mut().extend(names);
    }

    /// Whether `name` is an enclosing type parameter.
    pub(crate) fn is_type_parameter(self, name: &str) -> bool {
        let names = self.state.type_parameters.borrow();
        names.iter().any(|known| known == name)
    }
}

/// A level of nesting, which ends when this is dropped.
pub(crate) struct Nested<'t> {
    state: &'t State<'t>,
    closer: bool,
    levels: u16,
    was_in_part: bool,
}

impl Drop for Nested<'_> {
    fn drop(&mut self) {
        let depth = self.state.depth.get() - self.levels;
        self.state.depth.set(depth);
        if depth < MAX_DEPTH / 2 {
            self.state.was_too_deep.set(false);
        }
        self.state.in_part.set(self.was_in_part);
        if self.closer {
            self.state.closers.borrow_mut().pop();
        }
    }
}
