//! Texts that were parsed, to be compared.

use pyidl::unstable::diagnostic::Diagnostics;
use pyidl::unstable::diagnostic::render::{self, Format};
use pyidl::unstable::source::{FileId, SourceMap};
use pyidl::unstable::syntax::{self, Tokens, ast};
use serde_json::Value;

/// A text that was parsed.
pub(crate) struct Parsed {
    pub(crate) text: String,
    pub(crate) tokens: Tokens,
    pub(crate) tree: ast::File,
    sources: SourceMap,
    file: FileId,
    diagnostics: Diagnostics,
}

impl Parsed {
    pub(crate) fn new(text: &str) -> Self {
        let mut sources = SourceMap::default();
        let mut diagnostics = Diagnostics::default();
        let file = sources.add("x.pyidl", text);
        let tree = syntax::parse(file, &sources, &mut diagnostics);
        let tokens = syntax::tokenize(text, FileId::default(), &mut Diagnostics::default());
        Self {
            text: text.to_owned(),
            tokens,
            tree,
            sources,
            file,
            diagnostics,
        }
    }

    pub(crate) fn has_errors(&self) -> bool {
        self.diagnostics.has_errors()
    }

    pub(crate) fn report(&self) -> String {
        let findings = self.diagnostics.clone().sorted();
        render::findings(Format::Human, &findings, &self.sources, false)
    }

    /// The output of `pyidl fmt` for it, with Unix line ends.
    pub(crate) fn formatted(&self) -> String {
        let formatted = syntax::format(self.file, &self.sources, &mut Diagnostics::default());
        let text = formatted
            .unwrap_or_else(|reason| panic!("{reason:?} {}\n{}", self.report(), self.text));
        text.replace("\r\n", "\n")
    }

    /// The comments in alphabetical order, without the blanks around their lines.
    pub(crate) fn comments(&self) -> Vec<String> {
        let comments = self.tokens.comments().iter();
        let mut texts: Vec<_> = comments
            .map(|comment| {
                let text = &self.text[comment.start as usize..comment.end as usize];
                text.lines().map(str::trim).collect::<Vec<_>>().join("\n")
            })
            .collect();
        texts.sort();
        texts
    }

    /// The tree without places.
    pub(crate) fn dump(&self) -> String {
        let mut value = serde_json::to_value(&self.tree).expect("a tree can be shown");
        forget_places(&mut value);
        value.to_string()
    }
}

fn forget_places(value: &mut Value) {
    match value {
        Value::Object(fields) if fields.len() == 3 && fields.contains_key("start") => {
            *value = Value::Null;
        }
        Value::Object(fields) => fields.values_mut().for_each(forget_places),
        Value::Array(items) => items.iter_mut().for_each(forget_places),
        _ => {}
    }
}
