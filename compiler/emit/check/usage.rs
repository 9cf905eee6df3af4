//! Where an interface uses a type.

use super::contents::Contents;

/// How a type is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usage {
    /// A declaration, whose uses decide.
    Alias,
    Parameter,
    Result,
    /// The error type of a function.
    Error,
    Property,
    Field,
    Const,
    CallbackParameter,
    CallbackResult,
    /// The values of an iterator that is a result. Rust produces them without an attached interpreter.
    Produced,
}

impl Usage {
    /// The phrase for messages, as in "… as … are".
    pub(super) fn describe(self) -> &'static str {
        match self {
            Self::Alias => "types",
            Self::Parameter => "parameters",
            Self::Result => "results",
            Self::Error => "errors",
            Self::Property => "properties",
            Self::Field => "fields",
            Self::Const => "constants",
            Self::CallbackParameter => "parameters of a callback",
            Self::CallbackResult => "results of a callback",
            Self::Produced => "values of an iterator that is a result",
        }
    }

    /// The part of `contents` that cannot be generated for this usage.
    pub(super) fn refuses(self, contents: Contents) -> Option<&'static str> {
        let without_objects = matches!(
            self,
            Self::Field | Self::Const | Self::Produced | Self::Error
        );
        if contents.callback && !matches!(self, Self::Alias | Self::Parameter) {
            Some("callbacks")
        } else if contents.object && without_objects {
            Some("Python objects")
        } else {
            None
        }
    }
}
