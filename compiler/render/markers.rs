//! Layouts in the text of a template.
//!
//! A view contains layouts, and a template says where they stand. What surrounds a layout is known only when the template has
//! been filled in. So a layout is first written as a marker, and replaced afterwards.

use std::cell::RefCell;

use serde::{Serialize, Serializer};

use super::layout::Layout;
use super::layout::lines::{Piece, SURE_WIDTH, line};

/// Characters around the number of a layout. Generated text contains no control characters besides line breaks and tabs.
const START: char = '\u{1}';
const END: char = '\u{2}';

thread_local! {
    /// The layouts of the view that is being written as text; their indices are the numbers in markers.
    static LAYOUTS: RefCell<Vec<Layout>> = const { RefCell::new(Vec::new()) };
}

impl Serialize for Layout {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Self::Text(text) = self
            && !text.contains('\n')
        {
            return serializer.serialize_str(text);
        }
        let number = LAYOUTS.with_borrow_mut(|layouts| {
            layouts.push(self.clone());
            layouts.len() - 1
        });
        serializer.collect_str(&format_args!("{START}{number}{END}"))
    }
}

/// The text that `fill` returns, with the layouts of the view that it serializes in place of their markers.
/// Lines that are too long are broken if they are Rust.
pub(super) fn formatted(is_rust: bool, fill: impl FnOnce() -> String) -> String {
    let text = fill();
    let layouts = LAYOUTS.take();
    let mut formatted = String::with_capacity(text.len() * 2);
    for line in text.split_inclusive('\n') {
        let (line, end) = match line.strip_suffix('\n') {
            Some(line) => (line, "\n"),
            None => (line, ""),
        };
        if is_rust || line.contains(START) {
            add_line(line, end, &layouts, &mut formatted);
        } else {
            formatted.push_str(line);
            formatted.push_str(end);
        }
    }
    formatted
}

/// Adds a line with markers to `text`, and the line break after it.
fn add_line(source: &str, end: &str, layouts: &[Layout], text: &mut String) {
    let content = source.trim_start_matches(' ');
    let indent = source.len() - content.len();
    if content.is_empty() {
        text.push_str(end);
        return;
    }
    if !content.contains(START) && source.len() <= SURE_WIDTH {
        text.push_str(source);
        text.push_str(end);
        return;
    }
    let pieces = pieces(content, layouts);
    text.push_str(&source[..indent]);
    match pieces.as_slice() {
        [Piece::Layout(Layout::Finished(part))] => text.push_str(part),
        pieces => text.push_str(&line(pieces, indent)),
    }
    text.push_str(end);
}

/// The parts of a line.
fn pieces<'a>(line: &'a str, layouts: &'a [Layout]) -> Vec<Piece<'a>> {
    let mut pieces = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once(START) {
        let (number, after) = after.split_once(END).expect("markers are whole");
        if !before.is_empty() {
            pieces.push(Piece::Text(before));
        }
        let number: usize = number.parse().expect("markers have numbers");
        pieces.push(Piece::Layout(&layouts[number]));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    pieces
}

#[cfg(test)]
mod tests;
