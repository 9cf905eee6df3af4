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
        let is_whole = !line.as_bytes().contains(&(START as u8));
        if is_whole && (line.len() <= SURE_WIDTH || !is_rust) && !line.ends_with(" \n") {
            formatted.push_str(line);
        } else {
            add_line(line, &layouts, &mut formatted);
        }
    }
    formatted
}

/// Adds a line with markers to `text`. A line that consists of an empty list of lines is dropped; a line of blanks, as in an
/// indented partial, becomes an empty one.
fn add_line(source: &str, layouts: &[Layout], text: &mut String) {
    let content = source.trim_start_matches(' ');
    let (indent, content) = match content.strip_suffix('\n') {
        Some("") => ("", ""),
        Some(before) => (&source[..source.len() - content.len()], before),
        None => (&source[..source.len() - content.len()], content),
    };
    let pieces = pieces(content, layouts);
    if let [Piece::Layout(layout)] = pieces.as_slice()
        && layout.is_empty()
    {
        return;
    }
    text.push_str(indent);
    match pieces.as_slice() {
        [Piece::Layout(Layout::Finished(part))] => text.push_str(part),
        pieces => text.push_str(&line(pieces, indent.len())),
    }
    if source.ends_with('\n') {
        text.push('\n');
    }
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
