//! From text to tokens to [`ast`].

pub mod ast;
#[cfg(feature = "tools")]
pub(crate) mod comments;
mod context;
mod cursor;
#[cfg(feature = "tools")]
mod dump;
mod elsewhere;
mod form;
#[cfg(feature = "tools")]
mod format;
mod lexer;
mod parse;
mod places;
pub mod print;
mod token;
pub(crate) mod toml;

#[cfg(test)]
mod grammar_tests;
#[cfg(test)]
mod tests;

#[cfg(feature = "tools")]
pub use dump::{dump_tokens, dump_tree};
pub use form::{ENDINGS, Form, is_interface_file, stem};
#[cfg(feature = "tools")]
pub use format::{Unformatted, format};
pub use lexer::tokenize;
pub use token::{Comment, CommentKind, Keyword, Kind, RESERVED_TYPES, Token, Tokens};

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::{FileId, SourceFile, SourceKind, SourceMap, Span};

/// Returns the syntax tree of a file in either [`Form`]. There always is a tree: errors are reported to `diagnostics`, and the
/// affected parts are left out.
///
/// Takes time and memory proportional to the length of the file.
pub fn parse(file: FileId, sources: &SourceMap, diagnostics: &mut Diagnostics) -> ast::File {
    let source @ SourceFile { path, text, .. } = sources.file(file);
    if Form::of(path) == Form::Toml {
        return toml::parse(file, text, diagnostics);
    }
    let mut found = Diagnostics::default();
    let tokens = tokenize(text, file, &mut found);
    let state = cursor::State::new(file, text, &tokens, found);
    state.of_wit(source.kind() == SourceKind::Wit);
    let mut tree = parse::file(state.start());
    let (mut found, claimed) = state.finish();
    if let Some(diagnostic) = elsewhere::finding(text, file, &tokens, &found) {
        diagnostics.report(diagnostic);
        (tree.package, tree.items) = (None, Vec::new());
        return tree;
    }
    // WIT allows such comments.
    if !found.has_errors() && source.kind() == SourceKind::Pyidl {
        for diagnostic in stray_documentation(file, text, &tokens, &claimed) {
            found.report(diagnostic);
        }
    }
    diagnostics.extend(found);
    tree
}

/// Warns of documentation that belongs to no item, or probably to the wrong one. In a file with errors, the item may be missing
/// because of an error.
fn stray_documentation(
    file: FileId,
    text: &str,
    tokens: &Tokens,
    claimed: &[bool],
) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    let nothing = "this documentation belongs to nothing";
    // Consecutive lines form one text.
    let mut last: Option<&Comment> = None;
    for (comment, &is_claimed) in tokens.comments().iter().zip(claimed) {
        let (message, label, help) = match comment.kind {
            CommentKind::Line | CommentKind::Block => continue,
            CommentKind::DocLine if is_claimed && !comment.first_on_line => (
                "this documentation is about the next line",
                "after something else",
                "put it on a line before what it documents, or write `// …`",
            ),
            _ if is_claimed => continue,
            CommentKind::InnerDocLine => (
                nothing,
                "not at the top of the file",
                "write `///` before an item, or `// …`",
            ),
            CommentKind::DocLine | CommentKind::DocBlock => (
                nothing,
                "not before an item",
                "put it before what it documents, or write `// …`",
            ),
        };
        let follows = last.replace(comment).is_some_and(|last| {
            let between = &text[last.end as usize..comment.start as usize];
            last.kind == comment.kind
                && between.trim().is_empty()
                && between.matches('\n').count() == 1
        });
        if follows {
            continue;
        }
        let span = Span::new(file, comment.start, comment.end);
        found.push(Diagnostic::new(Code::StrayDocumentation, span, message, label).help(help));
    }
    found
}
