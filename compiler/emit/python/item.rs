//! One definition in a stub.

use serde::Serialize;

/// A function, class or variable, with its contents.
#[derive(Debug, Serialize)]
pub(crate) struct Item {
    /// Whether a blank line comes before it.
    gap: bool,
    decorators: Vec<String>,
    /// The header up to the colon, or with ` ...` if there is no body.
    header: String,
    /// The lines inside it.
    docstring: Option<String>,
    /// The lines below it: editors read the documentation of variables there.
    note: Option<String>,
    members: Vec<Item>,
    /// The indentation.
    indent: String,
    #[serde(skip)]
    is_variable: bool,
}

/// The form of an item's documentation.
pub(crate) enum Body {
    /// Of a function: a string inside it.
    Docstring(Option<String>),
    /// Of a variable: a string below it.
    Note(Option<String>),
}

impl Item {
    /// A function or variable.
    pub(crate) fn new(decorators: Vec<String>, header: String, body: Body) -> Self {
        let (docstring, note, is_variable) = match body {
            Body::Docstring(docstring) => (docstring, None, false),
            Body::Note(note) => (None, note, true),
        };
        Self {
            gap: false,
            decorators,
            header,
            docstring,
            note,
            members: Vec::new(),
            indent: String::new(),
            is_variable,
        }
    }

    /// A class at `indent`. `header` has no colon yet.
    pub(crate) fn class(
        decorators: Vec<String>,
        header: String,
        docs: &[String],
        mut members: Vec<Item>,
        indent: usize,
    ) -> Self {
        let docstring = crate::emit::language::python::docstring::source(docs, indent + 4);
        let end = if docstring.is_none() && members.is_empty() {
            ": ..."
        } else {
            ":"
        };
        if let (Some(first), Some(_)) = (members.first_mut(), &docstring) {
            first.gap = true;
        }
        Self {
            gap: false,
            decorators,
            header: header + end,
            docstring,
            note: None,
            members,
            indent: String::new(),
            is_variable: false,
        }
    }

    /// Suppresses pyright's rule about a function's first parameter.
    pub(crate) fn ignore(&mut self, rule: &str) {
        // If the parameters have lines of their own, the rule applies to the first parameter's line.
        let mut lines: Vec<_> = self.header.split('\n').map(str::to_owned).collect();
        if let Some(line) = lines.iter_mut().take(2).last() {
            *line += &format!("  # pyright: ignore[{rule}]");
        }
        self.header = lines.join("\n");
    }

    /// Indents the item and its contents.
    pub(crate) fn place(&mut self, indent: usize) {
        self.indent = " ".repeat(indent);
        for member in &mut self.members {
            member.place(indent + 4);
        }
    }

    /// Adds a blank line before it.
    pub(crate) fn apart(mut self) -> Self {
        self.gap = true;
        self
    }

    /// Whether it is a variable without documentation.
    fn is_plain_variable(&self) -> bool {
        self.is_variable && self.note.is_none()
    }
}

/// Separates the items of a module by blank lines; only variables without documentation stay together.
pub(crate) fn space(items: &mut [Item]) {
    for index in 1..items.len() {
        items[index].gap =
            !(items[index].is_plain_variable() && items[index - 1].is_plain_variable());
    }
}
