//! One definition in a stub.

use serde::Serialize;

/// A function, class or variable, with everything in it.
#[derive(Debug, Serialize)]
pub(crate) struct Item {
    /// Whether a blank line comes before it.
    gap: bool,
    decorators: Vec<String>,
    /// Up to the colon, or with ` ...` where there is no body.
    header: String,
    /// Inside it.
    docstring: Option<String>,
    /// Below it, as editors read the documentation of variables.
    note: Option<String>,
    members: Vec<Item>,
    /// How far it is indented.
    indent: String,
}

/// What documents an item.
pub(crate) enum Body {
    /// Of a function: a string inside it.
    Docstring(Option<String>),
    /// Of a variable: a string below it.
    Note(Option<String>),
}

impl Item {
    /// A function or variable.
    pub(crate) fn new(decorators: Vec<String>, header: String, body: Body) -> Self {
        let (docstring, note) = match body {
            Body::Docstring(docstring) => (docstring, None),
            Body::Note(note) => (None, note),
        };
        Self {
            gap: false,
            decorators,
            header,
            docstring,
            note,
            members: Vec::new(),
            indent: String::new(),
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
        let docstring = super::docstring::source(docs, indent + 4);
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
        }
    }

    /// Says what a constructor returns, of which the interface only knows that it makes an instance.
    pub(crate) fn returns(&mut self, class: &str) {
        self.header = self
            .header
            .replacen(" -> None:", &format!(" -> {class}:"), 1);
    }

    /// Has pyright take a function's first parameter although this rule is against it.
    pub(crate) fn ignore(&mut self, rule: &str) {
        // Where the parameters have lines of their own, the rule is about the first of those.
        let mut lines: Vec<_> = self.header.split('\n').map(str::to_owned).collect();
        if let Some(line) = lines.iter_mut().take(2).last() {
            *line += &format!("  # pyright: ignore[{rule}]");
        }
        self.header = lines.join("\n");
    }

    /// Indents this and what is in it.
    pub(crate) fn place(&mut self, indent: usize) {
        self.indent = " ".repeat(indent);
        for member in &mut self.members {
            member.place(indent + 4);
        }
    }

    /// Sets it apart from what is before it.
    pub(crate) fn apart(mut self) -> Self {
        self.gap = true;
        self
    }

    fn is_plain_variable(&self) -> bool {
        self.members.is_empty()
            && self.note.is_none()
            && !self.header.contains("def ")
            && !self.header.starts_with("class ")
    }
}

/// Sets the items of a module apart; only variables without documentation stay together.
pub(crate) fn space(items: &mut [Item]) {
    for index in 1..items.len() {
        items[index].gap =
            !(items[index].is_plain_variable() && items[index - 1].is_plain_variable());
    }
}
