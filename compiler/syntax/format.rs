//! Formats texts in canonical form, for `pyidl fmt`.

use super::{ast, parse, print, tokenize};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, SourceMap};

/// Why a text was not formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unformatted {
    /// It has errors, which were reported.
    Wrong,
    /// The result would have another meaning: a bug in the formatter.
    Changed,
}

/// The maximum number of passes until the result is stable. Comments inside a construct may move once.
const PASSES: usize = 4;

/// The text of a file in canonical form: every comment is kept, and lines have at most [`print::WIDTH`] characters where they can
/// be broken. Line endings are those of the file's first line. Formatting is idempotent.
///
/// # Errors
///
/// If the file has syntax errors; they are reported to `diagnostics`.
pub fn format(
    file: FileId,
    sources: &SourceMap,
    diagnostics: &mut Diagnostics,
) -> Result<String, Unformatted> {
    let mut found = Diagnostics::default();
    let tree = parse(file, sources, &mut found);
    if found.has_errors() {
        diagnostics.extend(found);
        return Err(Unformatted::Wrong);
    }
    let text = sources.file(file).text.as_str();
    let mut formatted = formatted_once(&tree, text)?;
    let meaning = print::file_text(&tree);
    let mut passes = 1;
    loop {
        let tree = parsed_again(&formatted).ok_or(Unformatted::Changed)?;
        if print::file_text(&tree) != meaning {
            return Err(Unformatted::Changed);
        }
        let next = formatted_once(&tree, &formatted)?;
        if next == formatted || passes == PASSES {
            break;
        }
        formatted = next;
        passes += 1;
    }
    Ok(match has_windows_lines(text) {
        true => formatted.replace('\n', "\r\n"),
        false => formatted,
    })
}

fn formatted_once(tree: &ast::File, text: &str) -> Result<String, Unformatted> {
    let tokens = tokenize(text, FileId::default(), &mut Diagnostics::default());
    print::format(tree, text, &tokens).ok_or(Unformatted::Changed)
}

/// The tree of a result, if it has no errors.
fn parsed_again(text: &str) -> Option<ast::File> {
    let mut sources = SourceMap::default();
    let file = sources.add("", text);
    let mut found = Diagnostics::default();
    let tree = parse(file, &sources, &mut found);
    (!found.has_errors()).then_some(tree)
}

fn has_windows_lines(text: &str) -> bool {
    text.find('\n')
        .is_some_and(|end| text[..end].ends_with('\r'))
}
