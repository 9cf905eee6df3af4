//! `doc` and `attrs`, which every table of a definition can have.

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::document::{Entry, entries};
use super::reader::Reader;
use super::text::Text;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, DocLine, Meta};
use crate::syntax::lexer::{is_forbidden, lone_returns};
use crate::syntax::parse::fragment;

impl Reader<'_> {
    /// `doc` and `attrs` of a table.
    pub(super) fn meta(&mut self, table: &DeTable<'_>) -> Meta {
        let doc = table.get("doc");
        let attrs = table.get("attrs");
        Meta {
            docs: doc.map(|value| self.docs(value)).unwrap_or_default(),
            attributes: attrs
                .map(|value| self.attributes(value))
                .unwrap_or_default(),
        }
    }

    /// The lines of a documentation text. A final line break is ignored.
    pub(super) fn docs(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<DocLine> {
        let Some(text) = self.string(value, "a string with documentation") else {
            return Vec::new();
        };
        let returns = lone_returns(text.value).map(|at| (at, '\r'));
        let forbidden = text.value.char_indices().filter(|&(_, c)| is_forbidden(c));
        for (at, c) in forbidden.chain(returns) {
            let span = text.place(at, at + c.len_utf8());
            let message = format!(
                "an invisible or misleading character (U+{:04X}) stands in documentation",
                u32::from(c)
            );
            self.report(Diagnostic::new(
                Code::ForbiddenCharacter,
                span,
                message,
                "delete it",
            ));
        }
        let lines = text.value.strip_suffix('\n').unwrap_or(text.value);
        let mut start = 0;
        let mut docs = Vec::new();
        for line in lines.split('\n') {
            let length = line.trim_end().len();
            docs.push(DocLine {
                text: line[..length].to_owned(),
                span: text.place(start, start + length),
            });
            start += line.len() + 1;
        }
        docs
    }

    /// `{ gil = "release" }`, `"@gil(release)"` or `["@gil(release)", …]`.
    fn attributes(&mut self, value: &Spanned<DeValue<'_>>) -> Vec<ast::Attribute> {
        match value.get_ref() {
            DeValue::Table(table) => {
                let mut found = Vec::new();
                self.attribute_table(table, None, &mut found);
                found
            }
            _ => self.listed(
                value,
                "a table of attributes, such as `{ gil = \"release\" }`, or strings such as `\"@gil(release)\"`",
                fragment::attributes,
            ),
        }
    }

    /// The attributes of a table, whose keys follow `prefix`.
    fn attribute_table(
        &mut self,
        table: &DeTable<'_>,
        prefix: Option<&ast::Path>,
        found: &mut Vec<ast::Attribute>,
    ) {
        for entry in entries(table) {
            let key = self.key(entry);
            let Some(mut path) = self.parse(&key, fragment::attribute_path) else {
                continue;
            };
            if let Some(prefix) = prefix {
                path.parts.splice(0..0, prefix.parts.iter().cloned());
                path.span = prefix.span.to(path.span);
            }
            match entry.value.get_ref() {
                DeValue::Table(inner) => self.attribute_table(inner, Some(&path), found),
                _ => found.extend(self.attribute(entry, path)),
            }
        }
    }

    fn attribute(&mut self, entry: Entry<'_>, path: ast::Path) -> Option<ast::Attribute> {
        let span = path.span.to(self.value_span(entry.value));
        let text = match entry.value.get_ref() {
            DeValue::Boolean(true) => {
                return Some(ast::Attribute {
                    path,
                    arguments: Vec::new(),
                    span,
                });
            }
            DeValue::Integer(_) | DeValue::Float(_) => {
                Text::as_written(entry.value.span(), self.source, self.file)
            }
            _ => self.string(
                entry.value,
                "`true`, or a string with the arguments of the attribute, such as `\"version = 0.2.0\"`",
            )?,
        };
        let arguments = self.parse(&text, fragment::attribute_arguments)?;
        Some(ast::Attribute {
            path,
            arguments,
            span: Span { ..span },
        })
    }
}
