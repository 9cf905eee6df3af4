//! Functions, methods, constructors and operators: `sig` or `overload`.

use toml::Spanned;
use toml::de::DeValue;

use super::document::{Entry, entries};
use super::reader::{Given, Reader, Shape};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{Alternative, FunctionBody, Meta, Signature};
use crate::syntax::cursor::{Cursor, Parsed};
use crate::syntax::parse::fragment;

const FUNCTION: Shape = Shape {
    what: "a function",
    keys: &["sig", "overload", "doc", "attrs"],
};

const ALTERNATIVE: Shape = Shape {
    what: "an alternative of an overload",
    keys: &["sig", "doc", "attrs"],
};

/// The help for a missing signature.
const EXAMPLE: &str = "a string with a signature, such as `\"func(text: string) -> u64\"`";

impl Reader<'_> {
    /// The value of a function, with its documentation and attributes. `methods`: whether `mut` and the like are allowed.
    pub(super) fn function(
        &mut self,
        entry: Entry<'_>,
        methods: bool,
    ) -> Option<(Meta, FunctionBody)> {
        self.callable(entry, methods, EXAMPLE, fragment::signature(methods))
    }

    /// Does the same as [`Reader::function`]; `rule` parses the signature if there is only one.
    pub(super) fn callable(
        &mut self,
        entry: Entry<'_>,
        methods: bool,
        example: &str,
        rule: impl for<'t> Fn(Cursor<'t>) -> Parsed<'t, Signature>,
    ) -> Option<(Meta, FunctionBody)> {
        let table = match self.given(entry.value, example)? {
            Given::Text(text) => {
                let signature = self.parse(&text, rule)?;
                return Some((Meta::default(), FunctionBody::Signature(signature)));
            }
            Given::Table(table) => table,
        };
        let meta = self.meta(table);
        let mut body = None;
        let mut first = None;
        for key in entries(table) {
            let name = key.key.get_ref().as_ref();
            match name {
                "doc" | "attrs" => continue,
                "sig" | "overload" => {}
                _ => {
                    self.unknown_key(key, &FUNCTION);
                    continue;
                }
            }
            if let Some(first) = first {
                self.one_too_many(key, first);
                continue;
            }
            first = Some(name);
            body = match name {
                "overload" => self
                    .overload(key.value, methods)
                    .map(FunctionBody::Overload),
                _ => {
                    let text = self.string(key.value, example);
                    text.and_then(|text| self.parse(&text, &rule))
                        .map(FunctionBody::Signature)
                }
            };
        }
        if first.is_none() {
            self.missing_key(entry, "sig", "sig = \"func() -> string\"");
        }
        Some((meta, body?))
    }

    /// The alternatives of an overload, by name.
    fn overload(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        methods: bool,
    ) -> Option<Vec<Alternative>> {
        let table = self.table(
            value,
            "a table of alternatives, such as `{ from-text = \"func(text: string)\" }`",
        )?;
        let mut alternatives = Vec::new();
        for entry in entries(table) {
            let name = self.name(entry, fragment::declared("the alternative"));
            let alternative = self.alternative(entry, methods);
            if let (Some(name), Some((meta, signature))) = (name, alternative) {
                alternatives.push(Alternative {
                    meta,
                    name,
                    signature,
                });
            }
        }
        if alternatives.is_empty() && self.damage.is_empty() {
            let span = self.value_span(value);
            let message = "an overload without alternatives";
            self.report(
                Diagnostic::new(Code::UnexpectedToken, span, message, "nothing in it")
                    .help("write each alternative as `from-text = \"func(text: string)\"`"),
            );
        }
        Some(alternatives)
    }

    fn alternative(&mut self, entry: Entry<'_>, methods: bool) -> Option<(Meta, Signature)> {
        let (meta, text) = self.with_text(entry, "sig", &ALTERNATIVE, EXAMPLE)?;
        let signature = self.parse(&text, fragment::signature(methods))?;
        Some((meta, signature))
    }
}
