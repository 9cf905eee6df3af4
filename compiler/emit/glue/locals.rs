//! Names inside the functions of the glue.

use crate::lower::argument::Argument;

/// The local names of a glue function, besides the user's parameters.
#[derive(Clone, Debug)]
pub(crate) struct Locals {
    /// The call that is being handled.
    pub(crate) call: String,
    /// The instance, before and after its value is accessed.
    pub(crate) this: String,
    /// The value that a detached call works on.
    pub(crate) target: String,
    /// The result of the user's function.
    pub(crate) result: String,
    /// The token that proves that the thread is attached.
    pub(crate) py: String,
    /// The operand of an operator.
    pub(crate) operand: String,
}

impl Locals {
    /// Names that no argument has.
    pub(crate) fn of(arguments: &[Argument]) -> Self {
        let is_taken = |name: &str| arguments.iter().any(|it| it.rust_name == name);
        let free = |name: &str| match is_taken(name) {
            true => format!("__pyidl_{name}"),
            false => name.to_owned(),
        };
        Self {
            call: free("call"),
            this: free("this"),
            target: free("target"),
            result: free("result"),
            py: free("py"),
            operand: free("operand"),
        }
    }
}
