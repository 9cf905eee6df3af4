//! Where an interface uses a type.

use super::contents::Contents;

/// What a type is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usage {
    /// Its uses decide.
    Alias,
    Parameter,
    Result,
    /// What a function fails with.
    Error,
    Property,
    Field,
    Const,
    CallbackParameter,
    CallbackResult,
    /// The values of an iterator that is a result. Rust makes them when no interpreter is at hand.
    Produced,
}

impl Usage {
    /// As in "… as … are".
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

    /// What of `contents` cannot be generated for this.
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
