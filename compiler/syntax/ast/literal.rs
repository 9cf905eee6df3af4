//! Values in source form.

use serde::Serialize;

use super::Path;
use crate::source::Span;

/// A value in source form.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Literal {
    /// Its kind.
    pub kind: LiteralKind,
    /// Its place.
    pub span: Span,
}

/// The kind of a value.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum LiteralKind {
    /// `...`
    Computed,
    /// `-5`, `0xff`, `1_000`: as typed, sign included.
    Integer(String),
    /// `-1.5e3`, `-inf`: as typed, sign included.
    Float(String),
    /// With escapes resolved.
    String(String),
    /// `[1, 2]`
    List(Vec<Literal>),
    /// `(1, 2)`
    Tuple(Vec<Literal>),
    /// `{ x: 0.0, y: 0.0 }`: keys are literals, words as [`LiteralKind::Case`].
    Pairs(Vec<(Literal, Literal)>),
    /// `none`, `true`, `metre`, `command.close`, `bold | dashed`: one path, or several of flags.
    Case(Vec<Path>),
}
