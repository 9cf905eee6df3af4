//! What is around the place that is parsed, as long as it is.

use super::{Cursor, Expected, State, Stuck};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::token::Kind;

/// How deep brackets, types and values may be nested. Parsing is recursive: this bounds the stack.
pub(crate) const MAX_DEPTH: u16 = 64;

/// Brackets.
impl<'t> Cursor<'t> {
    /// Enters a bracket that ends with `closer`, or some other nesting. Left when the result is dropped.
    pub(crate) fn enter(self, closer: Option<Kind>) -> Result<Nested<'t>, nom::Err<Stuck>> {
        if self.state.depth.get() >= MAX_DEPTH {
            let message = format!("nested more than {MAX_DEPTH} levels deep");
            let help = match closer {
                Some(Kind::CloseBrace) => "close the braces before it",
                _ => "give the inner part a name of its own with `type`",
            };
            self.report(
                Diagnostic::new(Code::TooDeep, self.span(), message, "one level too many")
                    .help(help),
            );
            return Err(self.stuck(Expected::Anything));
        }
        self.state.depth.set(self.state.depth.get() + 1);
        self.state.closers.borrow_mut().extend(closer);
        Ok(Nested {
            state: self.state,
            closer: closer.is_some(),
        })
    }

    /// Whether some bracket around is closed by `kind`.
    pub(crate) fn is_awaited(self, kind: Kind) -> bool {
        self.state.closers.borrow().contains(&kind)
    }
}

/// Other languages' type parameters.
impl<'t> Cursor<'t> {
    /// Until the result is dropped, `names` stand for any type.
    pub(crate) fn type_parameters(self, names: Vec<String>) -> TypeParameters<'t> {
        let count = names.len();
        self.state.type_parameters.borrow_mut().extend(names);
        TypeParameters {
            state: self.state,
            count,
        }
    }

    /// Whether `name` is a type parameter of something around.
    pub(crate) fn is_type_parameter(self, name: &str) -> bool {
        let names = self.state.type_parameters.borrow();
        names.iter().any(|known| known == name)
    }
}

/// See [`Cursor::type_parameters`].
pub(crate) struct TypeParameters<'t> {
    state: &'t State<'t>,
    count: usize,
}

impl Drop for TypeParameters<'_> {
    fn drop(&mut self) {
        let mut names = self.state.type_parameters.borrow_mut();
        let rest = names.len() - self.count;
        names.truncate(rest);
    }
}

/// A level of nesting, as long as it lives.
pub(crate) struct Nested<'t> {
    state: &'t State<'t>,
    closer: bool,
}

impl Drop for Nested<'_> {
    fn drop(&mut self) {
        self.state.depth.set(self.state.depth.get() - 1);
        if self.closer {
            self.state.closers.borrow_mut().pop();
        }
    }
}
