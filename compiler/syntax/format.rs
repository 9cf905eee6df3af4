//! Texts in canonical form: what `pyidl fmt` does with each file.

use super::{parse, print, tokenize};
use crate::diagnostic::Diagnostics;
use crate::source::{FileId, SourceMap};

/// Why a text was not formatted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unformatted {
    /// It has mistakes, which are reported.
    Wrong,
    /// The result would mean something else: a mistake of the formatter's.
    Changed,
}

/// The text of a file in canonical form: every comment kept, lines of at most [`print::WIDTH`] characters where they can
/// be broken. Lines end as the first one of the file does.
///
/// # Errors
///
/// If the file has mistakes of syntax; they are reported to `diagnostics`.
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
    let tokens = tokenize(text, file, &mut Diagnostics::default());
    let formatted = print::format(&tree, text, &tokens).ok_or(Unformatted::Changed)?;

    let mut copy = SourceMap::default();
    let file = copy.add("", formatted);
    let mut found = Diagnostics::default();
    let again = parse(file, &copy, &mut found);
    if found.has_errors() || print::file_text(&again) != print::file_text(&tree) {
        return Err(Unformatted::Changed);
    }
    let formatted = &copy.file(file).text;
    Ok(match has_windows_lines(text) {
        true => formatted.replace('\n', "\r\n"),
        false => formatted.clone(),
    })
}

fn has_windows_lines(text: &str) -> bool {
    text.find('\n')
        .is_some_and(|end| text[..end].ends_with('\r'))
}
