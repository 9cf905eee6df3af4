//! Documentation in front of items.

use crate::model::{Deprecation, Docs};
use crate::syntax::ast;

/// The documentation before an item.
pub(super) fn docs(meta: &ast::Meta) -> Docs {
    lines(&meta.docs)
}

/// The documentation of an item that Python cannot warn of: it mentions the deprecation itself.
pub(super) fn docs_with(meta: &ast::Meta, deprecation: Option<&Deprecation>) -> Docs {
    let mut docs = docs(meta);
    if let Some(Deprecation { version, message }) = deprecation {
        if !docs.0.is_empty() {
            docs.0.push(String::new());
        }
        let since = version
            .as_ref()
            .map_or_else(String::new, |version| format!(" since version {version}"));
        docs.0.push(match message {
            Some(message) => format!("Deprecated{since}: {message}"),
            None => format!("Deprecated{since}."),
        });
    }
    docs
}

pub(super) fn lines(docs: &[ast::DocLine]) -> Docs {
    Docs(docs.iter().map(|line| line.text.clone()).collect())
}
