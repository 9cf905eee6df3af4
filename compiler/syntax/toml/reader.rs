//! The basis for reading tables: strings as parts of the language, and diagnostics for keys and values.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Damage, Entry};
use super::text::Text;
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, Span};
use crate::syntax::cursor::{Cursor, Parsed, State};
use crate::syntax::parse::fragment;
use crate::syntax::{ast, stray_documentation, tokenize};

/// Reads one file.
pub(super) struct Reader<'s> {
    pub(super) file: FileId,
    pub(super) source: &'s str,
    pub(super) damage: Damage,
    diagnostics: Diagnostics,
    /// Warnings of documentation in strings. In a file with errors, it may belong to a part that could not be parsed.
    stray: Vec<Diagnostic>,
}

/// The value of a key, in one of two forms.
pub(super) enum Given<'a> {
    /// A string in the syntax of the language.
    Text(Text<'a>),
    /// A table with more keys.
    Table(&'a DeTable<'a>),
}

/// A kind of table: its subject, and its keys.
pub(super) struct Shape {
    /// As in "the keys of … are": "a function".
    pub(super) what: &'static str,
    pub(super) keys: &'static [&'static str],
}

impl<'s> Reader<'s> {
    pub(super) fn new(file: FileId, source: &'s str, damage: Damage) -> Self {
        Self {
            file,
            source,
            damage,
            diagnostics: Diagnostics::default(),
            stray: Vec::new(),
        }
    }

    /// All findings.
    pub(super) fn finish(self) -> (Diagnostics, Vec<Diagnostic>) {
        (self.diagnostics, self.stray)
    }

    /// Adds a finding, unless it follows from invalid TOML.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        if !self.damage.covers(diagnostic.primary.span.start as usize) {
            self.diagnostics.report(diagnostic);
        }
    }

    /// Applies `rule` to a whole string; errors in it are reported at their places.
    pub(super) fn parse<T>(
        &mut self,
        text: &Text<'_>,
        rule: impl for<'t> Fn(Cursor<'t>) -> Parsed<'t, T>,
    ) -> Option<T> {
        let mut unplaced = Diagnostics::default();
        let tokens = tokenize(text.value, self.file, &mut unplaced);
        let placed = |mut diagnostic: Diagnostic| {
            let labels = std::iter::once(&mut diagnostic.primary).chain(&mut diagnostic.secondary);
            for label in labels {
                label.span = text.place(label.span.start as usize, label.span.end as usize);
            }
            diagnostic
        };
        let mut found = Diagnostics::default();
        for diagnostic in unplaced.sorted() {
            found.report(placed(diagnostic));
        }
        let state = State::of_part(self.file, text.value, &text.places, &tokens, found);
        let value = fragment::whole(state.start(), rule);
        let (found, claimed) = state.finish();
        for diagnostic in found.sorted() {
            self.report(diagnostic);
        }
        let stray = stray_documentation(self.file, text.value, &tokens, &claimed);
        self.stray.extend(stray.into_iter().map(placed));
        value
    }

    /// A key as text.
    pub(super) fn key<'a>(&self, entry: Entry<'a>) -> Text<'a> {
        Text::of_key(entry.key, self.source, self.file)
    }

    /// A key as a name that `rule` accepts.
    pub(super) fn name(
        &mut self,
        entry: Entry<'_>,
        rule: impl for<'t> Fn(Cursor<'t>) -> Parsed<'t, ast::Name>,
    ) -> Option<ast::Name> {
        let text = self.key(entry);
        if text.value.trim().contains(char::is_whitespace) {
            let message = format!("{:?} is no name", text.value);
            let words: Vec<_> = text.value.split_whitespace().collect();
            self.report(
                Diagnostic::new(
                    Code::NameForm,
                    text.span,
                    message,
                    "a name has no blanks in it",
                )
                .help(format!("write `{}`", words.join("-"))),
            );
            return None;
        }
        self.parse(&text, rule)
    }

    pub(super) fn key_span(&self, entry: Entry<'_>) -> Span {
        let range = entry.key.span();
        Span::new(self.file, range.start as u32, range.end as u32)
    }

    pub(super) fn value_span(&self, value: &Spanned<DeValue<'_>>) -> Span {
        let range = value.span();
        Span::new(self.file, range.start as u32, range.end as u32)
    }

    /// `value` as text, if it is a string.
    pub(super) fn text<'a>(&self, value: &'a Spanned<DeValue<'a>>) -> Option<Text<'a>> {
        Text::of_value(value, self.source, self.file)
    }

    /// `value` as text; anything else is reported: `expected` is "a string with a type, such as `\"list<u8>\"`".
    pub(super) fn string<'a>(
        &mut self,
        value: &'a Spanned<DeValue<'a>>,
        expected: &str,
    ) -> Option<Text<'a>> {
        let text = self.text(value);
        if text.is_none() {
            self.wrong_type(value, expected);
        }
        text
    }

    /// `value` as a table; anything else is reported.
    pub(super) fn table<'a>(
        &mut self,
        value: &'a Spanned<DeValue<'a>>,
        expected: &str,
    ) -> Option<&'a DeTable<'a>> {
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.wrong_type(value, expected);
        }
        table
    }

    /// `value` in one of two forms; anything else is reported.
    pub(super) fn given<'a>(
        &mut self,
        value: &'a Spanned<DeValue<'a>>,
        expected: &str,
    ) -> Option<Given<'a>> {
        match value.get_ref() {
            DeValue::Table(table) => Some(Given::Table(table)),
            _ => self.string(value, expected).map(Given::Text),
        }
    }

    /// `true` or `false`.
    pub(super) fn boolean(&mut self, value: &Spanned<DeValue<'_>>) -> Option<bool> {
        let boolean = value.get_ref().as_bool();
        if boolean.is_none() {
            self.wrong_type(value, "`true` or `false`");
        }
        boolean
    }

    /// A value of the language: in a string, or a number, `true` or `false` as it stands.
    pub(super) fn literal<'a>(&mut self, value: &'a Spanned<DeValue<'a>>) -> Option<ast::Literal>
    where
        's: 'a,
    {
        let text = match value.get_ref() {
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) => {
                Text::as_written(value.span(), self.source, self.file)
            }
            DeValue::String(_) => self.text(value)?,
            _ => {
                self.value_without_quotes(value);
                return None;
            }
        };
        self.parse(&text, fragment::literal)
    }

    /// Names or types: one string with all of them, or an array with a string for each.
    pub(super) fn listed<T>(
        &mut self,
        value: &Spanned<DeValue<'_>>,
        expected: &str,
        rule: impl for<'t> Fn(Cursor<'t>) -> Parsed<'t, Vec<T>>,
    ) -> Vec<T> {
        let values = match value.get_ref() {
            DeValue::Array(array) => array.iter().collect(),
            _ => vec![value],
        };
        let mut parts = Vec::new();
        for value in values {
            if let Some(text) = self.string(value, expected) {
                parts.extend(self.parse(&text, &rule).unwrap_or_default());
            }
        }
        parts
    }

    /// Reports a value of the wrong TOML type.
    pub(super) fn wrong_type(&mut self, value: &Spanned<DeValue<'_>>, expected: &str) {
        let found = match value.get_ref() {
            DeValue::String(_) => "a string",
            DeValue::Integer(_) => "an integer",
            DeValue::Float(_) => "a number",
            DeValue::Boolean(_) => "a boolean",
            DeValue::Datetime(_) => "a date or time",
            DeValue::Array(_) => "an array",
            DeValue::Table(_) => "a table",
        };
        let (expected, example) = expected
            .split_once(", such as ")
            .or_else(|| expected.split_once(" such as "))
            .unwrap_or((expected, ""));
        let message = format!("expected {expected}, found {found}");
        let label = format!("this is {found}");
        let span = self.value_span(value);
        let diagnostic = Diagnostic::new(Code::WrongTomlType, span, message, label);
        self.report(match example {
            "" => diagnostic,
            example => diagnostic.help(format!("write for example {example}")),
        });
    }

    /// Reports a TOML value where a value of the language belongs.
    fn value_without_quotes(&mut self, value: &Spanned<DeValue<'_>>) {
        let text = &self.source[value.span()];
        let quote = if text.contains('"') { '\'' } else { '"' };
        let span = self.value_span(value);
        let message = "only numbers, `true` and `false` are values without quotes";
        let diagnostic = Diagnostic::new(Code::WrongTomlType, span, message, "not in quotes");
        let is_list = matches!(value.get_ref(), DeValue::Array(_));
        self.report(match is_list && !text.contains(['\n', quote]) {
            true => diagnostic.help(format!("write `{quote}{text}{quote}`")),
            false => diagnostic.help("write it in quotes, as it stands in .pyidl files"),
        });
    }

    /// Reports a key that is unknown in a table of this shape.
    pub(super) fn unknown_key(&mut self, entry: Entry<'_>, shape: &Shape) {
        let Shape { what, keys } = shape;
        let text = entry.key.get_ref().as_ref();
        let message = format!("there is no key `{text}` in {what}");
        let diagnostic = Diagnostic::new(
            Code::UnknownTomlKey,
            self.key_span(entry),
            message,
            "not a key of this table",
        );
        if keys.contains(&"func") && meant(text, keys).is_none() && is_signature(entry.value) {
            return self.report(diagnostic.help(format!("write `func.{text}`")));
        }
        let names = ["fields", "cases", "members"];
        let names = names.iter().find(|names| keys.contains(names));
        self.report(match (meant(text, keys), names) {
            (Some(meant), _) => diagnostic.help(format!("write `{meant}`")),
            (None, Some(names)) if nearest(text, KEYS.iter().copied()).is_none() => {
                diagnostic.help(format!("write `{names}.{text}` if that is a name"))
            }
            _ => diagnostic.help(format!("the keys of {what} are `{}`", keys.join("`, `"))),
        });
    }

    /// Reports that `entry` lacks a key; `example` shows it with a value.
    pub(super) fn missing_key(&mut self, entry: Entry<'_>, key: &str, example: &str) {
        let inside = entry.value.get_ref().as_table();
        let is_misspelt = inside
            .into_iter()
            .flat_map(|table| table.keys())
            .any(|other| meant(other.get_ref(), &[key]).is_some());
        // Part of the table may not have been parsed.
        if self.damage.is_empty() && !is_misspelt {
            let name = entry.key.get_ref();
            let span = self.key_span(entry);
            let message = format!("`{name}` has no `{key}`");
            self.report(
                Diagnostic::new(
                    Code::MissingTomlKey,
                    span,
                    message,
                    format!("`{key}` is missing"),
                )
                .help(format!("write `{example}` in its table")),
            );
        }
    }

    /// Reports two mutually exclusive keys.
    pub(super) fn one_too_many(&mut self, entry: Entry<'_>, first: &str) {
        let name = entry.key.get_ref();
        let span = self.key_span(entry);
        let message = format!("`{name}` beside `{first}`");
        self.report(
            Diagnostic::new(
                Code::WrongTomlType,
                span,
                message,
                "one of the two is too many",
            )
            .help(format!("write either `{first}` or `{name}`")),
        );
    }
}

/// Whether a value has the form of a function.
fn is_signature(value: &Spanned<DeValue<'_>>) -> bool {
    let text = match value.get_ref() {
        DeValue::Table(table) => return table.contains_key("sig"),
        DeValue::String(text) => text,
        _ => return false,
    };
    let mut words = text.split(|c: char| !c.is_ascii_alphabetic());
    let before = ["async", "static", "class", "mut"];
    words.find(|word| !before.contains(word)) == Some("func")
}

/// The key among `keys` that `word` is probably a misspelling of.
fn meant<'k>(word: &str, keys: &[&'k str]) -> Option<&'k str> {
    let habit = habit(word);
    let known = keys.iter().copied().find(|key| Some(*key) == habit);
    known.or_else(|| nearest(word, keys.iter().copied()))
}

/// Keys of definitions, which are unlikely as names.
const KEYS: &[&str] = &[
    "attrs", "doc", "extends", "sig", "type", "value", "default", "raises", "func", "property",
];

/// The key that a keyword of another language corresponds to.
fn habit(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "function" | "functions" | "fn" | "def" | "method" | "methods" => "func",
        "struct" | "structs" | "dataclass" | "object" | "message" => "record",
        "union" | "oneof" | "tagged-union" => "variant",
        "error" | "errors" | "raises-class" => "exception",
        "alias" | "aliases" | "typedef" | "using" | "is" | "ty" => "type",
        "constant" | "constants" => "const",
        "bitflags" | "bitset" => "flags",
        "trait" => "protocol",
        "module" => "interface",
        "docs" | "docstring" | "description" | "comment" | "documentation" => "doc",
        "signature" | "type-signature" => "sig",
        "attributes" | "attr" | "annotations" | "decorators" => "attrs",
        "base" | "bases" | "inherits" | "parent" | "super" => "extends",
        "throws" | "errors-raised" | "exceptions" => "raises",
        "init" | "__init__" | "new" | "__new__" => "constructor",
        "attribute" | "prop" | "getter" => "property",
        "imports" => "import",
        "exports" => "export",
        "uses" | "using-names" => "use",
        "values" | "variants" | "items" => "members",
        "alternatives" => "cases",
        "underlying" | "base-type" => "repr",
        "read-only" | "frozen" => "readonly",
        "initial" | "value" => "default",
        "default" => "value",
        "types" => "payload",
        _ => return None,
    })
}
