//! Values, documentation and attributes.

use std::fmt::Write;

use super::printer::{Breaks, List, Printer};
use crate::syntax::ast::{
    Attribute, AttributeArgument, AttributeValue, Literal, LiteralKind, Meta, Path, Text,
};
use crate::syntax::lexer::is_forbidden;
use crate::syntax::token::Kind;

const VALUES: List = List {
    open: "[",
    close: "]",
    spaced: false,
    trailing_comma: true,
    breaks: Breaks::WhenLong,
    packed: false,
};

/// A long table of numbers would otherwise have a line for each number.
const NUMBERS: List = List {
    packed: true,
    ..VALUES
};

const TUPLE: List = List {
    open: "(",
    close: ")",
    ..VALUES
};

const PAIRS: List = List {
    open: "{",
    close: "}",
    spaced: true,
    ..VALUES
};

/// WIT allows no comma before `)` here.
const ARGUMENTS: List = List {
    trailing_comma: false,
    ..TUPLE
};

/// The kind of item that documentation and attributes precede.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// An item that starts a line.
    Item,
    /// Attributes are on the same line unless the source separates them. Without source, each has a line of its own.
    Part,
    /// The same, but without source on the same line.
    Parameter,
}

impl<'a> Printer<'a> {
    pub(super) fn literal(&mut self, literal: &'a Literal) {
        match &literal.kind {
            LiteralKind::Computed => self.token("..."),
            LiteralKind::Integer(text) | LiteralKind::Float(text) => self.number(text),
            LiteralKind::String(value) => self.string(value),
            LiteralKind::List(values) => {
                let is_number = |value: &Literal| {
                    matches!(value.kind, LiteralKind::Integer(_) | LiteralKind::Float(_))
                };
                let list = match values.iter().all(is_number) {
                    true => NUMBERS,
                    false => VALUES,
                };
                self.list(list, values, Self::literal);
            }
            LiteralKind::Tuple(values) => self.list(TUPLE, values, Self::literal),
            LiteralKind::Pairs(pairs) => self.list(PAIRS, pairs, |printer, (key, value)| {
                printer.literal(key);
                printer.token(":");
                printer.space();
                printer.literal(value);
            }),
            LiteralKind::Case(cases) => self.alternatives(cases, Self::path),
        }
    }

    /// ` = value`
    pub(super) fn default(&mut self, value: Option<&'a Literal>) {
        if let Some(value) = value {
            self.spaced("=");
            self.space();
            self.literal(value);
        }
    }

    fn number(&mut self, text: &'a str) {
        match text.strip_prefix('-') {
            Some(digits) => {
                self.token("-");
                self.token(digits);
            }
            None => self.token(text),
        }
    }

    fn string(&mut self, value: &str) {
        self.token_as_written(Kind::String, || quoted(value));
    }

    pub(super) fn text_token(&mut self, text: &'a Text) {
        self.string(&text.value);
    }

    /// Documentation and attributes. If there is a source, the documentation is among its comments.
    pub(super) fn meta(&mut self, meta: &'a Meta, owner: Owner) {
        if !self.has_source() {
            for line in &meta.docs {
                self.documentation("///", &line.text);
            }
        }
        let Some((last, others)) = meta.attributes.split_last() else {
            return;
        };
        let without_source = owner != Owner::Parameter;
        // All on one line, or each on its own.
        self.group(|printer| {
            for attribute in others {
                printer.attribute(attribute);
                match printer.source_has_line_break().unwrap_or(without_source) {
                    true => printer.line(),
                    false => printer.line_if_broken(),
                }
            }
            printer.attribute(last);
        });
        match owner == Owner::Item || self.source_has_line_break().unwrap_or(without_source) {
            true => self.line(),
            false => self.fill(),
        }
    }

    pub(super) fn attribute(&mut self, attribute: &'a Attribute) {
        self.token("@");
        self.path(&attribute.path);
        if !attribute.arguments.is_empty() || self.source_is_at("(") == Some(true) {
            self.arguments(&attribute.arguments);
        }
    }

    pub(super) fn arguments(&mut self, arguments: &'a [AttributeArgument]) {
        self.list(ARGUMENTS, arguments, |printer, argument| {
            if let Some(name) = &argument.name {
                printer.name(name);
                printer.spaced("=");
                printer.space();
            }
            match &argument.value {
                AttributeValue::Version(version) => printer.token(&version.text),
                AttributeValue::Literal(literal) => printer.literal(literal),
            }
        });
    }

    /// `raises a | b`, on the next line if it does not fit.
    pub(super) fn raises(&mut self, raises: &'a [Path]) {
        if !raises.is_empty() {
            self.continued(|printer| {
                printer.token("raises");
                printer.space();
                printer.alternatives(raises, Self::path);
            });
        }
    }
}

/// A string in source form, with quotes.
fn quoted(value: &str) -> String {
    let mut text = String::from("\"");
    for c in value.chars() {
        match c {
            '\n' => text.push_str("\\n"),
            '\t' => text.push_str("\\t"),
            '\r' => text.push_str("\\r"),
            '"' | '\\' => text.extend(['\\', c]),
            _ if c.is_control() || is_forbidden(c) => {
                // Writing to a string cannot fail.
                let _ = write!(text, "\\u{{{:x}}}", u32::from(c));
            }
            _ => text.push(c),
        }
    }
    text.push('"');
    text
}
