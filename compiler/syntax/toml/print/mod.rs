//! Prints trees as the TOML that [`parse`](super::parse) reads, in the style of hand-written files.
//!
//! Order is kept. Items without names (`use`, `include`) form an array if they come first, else each is a table of its own. Short
//! definitions at the start become dotted keys, the others tables with headers; both may mix kinds freely.

mod definition;
mod part;
mod value;

use std::collections::HashSet;

use definition::Row;
use part::{Part, Table};
use value::{docs, inline_table, is_bare};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{File, Item};
use crate::syntax::comments::Comments;
use crate::syntax::print;

/// The maximum width of lines; strings are not broken.
const WIDTH: usize = 100;

/// A file as TOML, with `comments` before the parts that they belong to.
///
/// # Errors
/// A duplicate declaration, which TOML cannot express.
pub(crate) fn toml_text(file: &File, comments: &Comments) -> Result<String, Vec<Diagnostic>> {
    let mut writer = Writer {
        text: String::new(),
        comments,
        keys: HashSet::new(),
        twice: Vec::new(),
    };
    writer.file(file);
    if writer.twice.is_empty() {
        Ok(writer.text)
    } else {
        Err(writer.twice)
    }
}

struct Writer<'a> {
    text: String,
    comments: &'a Comments,
    /// The paths of all named definitions so far.
    keys: HashSet<String>,
    twice: Vec<Diagnostic>,
}

impl Writer<'_> {
    fn file(&mut self, file: &File) {
        if let Some(package) = &file.package {
            let name = value::string(&print::package_name_text(&package.name));
            self.comments_before(package.name.span.start);
            let value = match is_bare(&package.meta) {
                true => name,
                false => {
                    let definition = definition::Definition {
                        meta: &package.meta,
                        keys: vec![("name", name)],
                        short: None,
                    };
                    definition.inline()
                }
            };
            self.line("package", &value);
        }
        if let Some(docs) = docs(&file.docs) {
            self.line("doc", &docs);
        }
        self.items("", &file.items, false);
        if !self.comments.last.is_empty() {
            self.blank();
        }
        for line in &self.comments.last {
            self.comment(line);
        }
    }

    /// The items of a table whose header has been written. `members`: it is a class, protocol or world.
    fn items(&mut self, prefix: &str, items: &[Item], members: bool) {
        let parts: Vec<_> = items.iter().map(Part::of).collect();
        if prefix.is_empty() && !parts.is_empty() {
            self.blank();
        }
        let mut rest = self.arrays(&parts);
        while let Some(part) = parts.get(rest) {
            let Some((key, value)) = part.dotted(members) else {
                break;
            };
            self.claim(prefix, &key, part.span);
            self.comments_before(part.span.start);
            self.line(&key, &value);
            rest += 1;
        }
        // A table that dotted keys have created cannot have a header.
        let mut opened: HashSet<_> = parts[..rest].iter().map(|part| part.section).collect();
        while let Some(part) = parts.get(rest) {
            let run = parts[rest..]
                .iter()
                .take_while(|other| other.section == part.section)
                .map_while(|part| part.row(members))
                .collect::<Vec<_>>();
            self.blank();
            if run.len() > 1 && opened.insert(part.section) {
                self.run(prefix, &parts[rest..], &run);
                rest += run.len();
            } else {
                self.comments_before(part.span.start);
                self.with_header(prefix, part);
                rest += 1;
            }
        }
    }

    /// Short definitions of one kind in a table of their own.
    fn run(&mut self, prefix: &str, parts: &[Part<'_>], rows: &[(&str, String)]) {
        self.header(&join(prefix, parts[0].section));
        for (part, (key, value)) in parts.iter().zip(rows) {
            self.claim(prefix, &part.key(), part.span);
            self.comments_before(part.span.start);
            self.line(key, value);
        }
    }

    /// Writes the arrays of the first items, and returns the number of those items.
    fn arrays(&mut self, parts: &[Part<'_>]) -> usize {
        let mut start = 0;
        while let Some(part) = parts.get(start) {
            let is_element = |part: &&Part<'_>| part.element().is_some();
            let run = parts[start..]
                .iter()
                .take_while(|other| other.section == part.section && is_element(other))
                .count();
            let end = start + run;
            let goes_on = parts[end..]
                .iter()
                .any(|other| other.section == part.section);
            if run == 0 || goes_on {
                break;
            }
            self.comments_before(part.span.start);
            let texts: Vec<_> = parts[start..end].iter().filter_map(Part::element).collect();
            let has_comments = parts[start + 1..end]
                .iter()
                .any(|part| !self.comments.before(part.span.start).is_empty());
            if has_comments {
                self.text.push_str(&format!("{} = [\n", part.section));
                for (number, (part, text)) in parts[start..end].iter().zip(&texts).enumerate() {
                    let comments = self.comments.before(part.span.start).iter();
                    for line in comments.filter(|_| number > 0) {
                        self.text.push_str(&format!("    #{line}\n"));
                    }
                    self.text.push_str(&format!("    {text},\n"));
                }
                self.text.push_str("]\n");
            } else {
                let before = format!("{} = ", part.section);
                self.line(part.section, &value::array(&before, &texts));
            }
            start = end;
        }
        start
    }

    /// A definition as a table with a header.
    fn with_header(&mut self, prefix: &str, part: &Part<'_>) {
        let key = part.key();
        let path = join(prefix, &key);
        if part.is_listed() {
            self.text.push_str(&format!("[[{path}]]\n"));
            return self.lines(&part.definition.lines());
        }
        self.claim(prefix, &key, part.span);
        match &part.table {
            Table::None => {
                self.header(&path);
                self.lines(&part.definition.lines());
            }
            Table::Rows {
                name,
                rows,
                strings,
            } => self.rows(&path, part, name, rows, strings.as_deref()),
            Table::Items { items, members } => {
                self.header(&path);
                self.lines(&part.definition.lines());
                self.items(&path, items, *members);
            }
            Table::Interface(items) => {
                let lines = part.definition.lines();
                if !lines.is_empty() {
                    self.header(&path);
                    self.lines(&lines);
                    self.blank();
                }
                let inside = join(&path, "interface");
                self.header(&inside);
                self.items(&inside, items, false);
            }
        }
    }

    fn rows(
        &mut self,
        path: &str,
        part: &Part<'_>,
        name: &str,
        rows: &[Row<'_>],
        strings: Option<&[String]>,
    ) {
        let mut lines = part.definition.lines();
        let inside = join(path, name);
        for row in rows {
            self.claim(&inside, &row.key, part.span);
        }
        let has_comments = rows
            .iter()
            .flat_map(Row::starts)
            .any(|start| !self.comments.before(start).is_empty());
        let compact = match strings {
            _ if has_comments || rows.is_empty() => None,
            Some(strings) => Some(value::array(&format!("{name} = "), strings)),
            None => compact(name, rows),
        };
        if let Some(compact) = compact {
            // Attributes come last.
            let at = lines.iter().position(|(key, _)| *key == "attrs");
            lines.insert(at.unwrap_or(lines.len()), ("", compact));
            self.header(path);
            for (key, value) in &lines {
                self.line(if key.is_empty() { name } else { key }, value);
            }
            return;
        }
        if !lines.is_empty() || rows.is_empty() {
            self.header(path);
            self.lines(&lines);
        }
        if rows.is_empty() {
            return;
        } else if !lines.is_empty() {
            self.blank();
        }
        self.header(&inside);
        for row in rows {
            row.starts().for_each(|start| self.comments_before(start));
            self.line(&row.key, &row.inline());
        }
    }

    fn header(&mut self, path: &str) {
        self.text.push_str(&format!("[{path}]\n"));
    }

    fn lines(&mut self, lines: &[(&'static str, String)]) {
        for (key, value) in lines {
            self.line(key, value);
        }
    }

    fn line(&mut self, key: &str, value: &str) {
        self.text.push_str(&format!("{key} = {value}\n"));
    }

    /// Writes an empty line, unless one precedes or nothing does.
    fn blank(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with("\n\n") {
            self.text.push('\n');
        }
    }

    fn comments_before(&mut self, start: u32) {
        let comments = self.comments;
        for line in comments.before(start) {
            self.comment(line);
        }
    }

    fn comment(&mut self, line: &str) {
        self.text.push_str(&format!("#{line}\n"));
    }

    /// Records a key, which can occur only once in its table.
    fn claim(&mut self, prefix: &str, key: &str, span: Span) {
        let path = join(prefix, key);
        if !self.keys.insert(path.clone()) {
            let message = format!("`{path}` would be given twice");
            let label = "the second one of this name";
            self.twice.push(
                Diagnostic::new(Code::DuplicateName, span, message, label)
                    .help("a key stands once in its table: give one of them another name"),
            );
        }
    }
}

/// Rows as one short line, if that is possible.
fn compact(name: &str, rows: &[Row<'_>]) -> Option<String> {
    let entries: Vec<_> = rows
        .iter()
        .map(|row| {
            let is_short = is_bare(row.definition.meta) && row.rows.is_empty();
            is_short.then(|| (row.key.clone(), row.inline()))
        })
        .collect::<Option<_>>()?;
    let line = inline_table(&entries);
    let length = format!("{name} = {line}").chars().count();
    (length <= WIDTH && !line.contains('\n')).then_some(line)
}

impl Row<'_> {
    /// The starts in the source of everything on its line.
    fn starts(&self) -> impl Iterator<Item = u32> {
        std::iter::once(self.start).chain(self.parts.iter().copied())
    }

    /// After `=`.
    fn inline(&self) -> String {
        if self.rows.is_empty() {
            return self.definition.inline();
        }
        let rows: Vec<_> = self
            .rows
            .iter()
            .map(|row| (row.key.clone(), row.inline()))
            .collect();
        let mut entries = vec![("fields".to_owned(), inline_table(&rows))];
        let lines = self.definition.lines();
        entries.extend(
            lines
                .into_iter()
                .rev()
                .map(|(key, value)| (key.to_owned(), value)),
        );
        inline_table(&entries)
    }
}

/// `prefix.key`
fn join(prefix: &str, key: &str) -> String {
    match prefix.is_empty() {
        true => key.to_owned(),
        false => format!("{prefix}.{key}"),
    }
}
