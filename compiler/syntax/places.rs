//! Maps offsets in a text to offsets in the file that contains it.

use std::ops::Range;

use crate::source::{FileId, Span};

/// The places of the parts of a text in a file: the text of a string with escapes differs from the file's text.
#[derive(Clone, Debug)]
pub(crate) struct Places {
    /// The parts in order, without gaps in the text.
    parts: Vec<Part>,
}

/// A part of the text.
#[derive(Clone, Debug)]
struct Part {
    text: Range<u32>,
    file: Range<u32>,
}

impl Places {
    /// For a text that begins at `start` in the file.
    pub(crate) fn from(start: u32) -> Self {
        let parts = vec![Part {
            text: 0..0,
            file: start..start,
        }];
        Self { parts }
    }

    /// Appends `length` bytes of text that come from `file`: the same bytes if the lengths are equal, else an escape.
    pub(crate) fn push(&mut self, length: u32, file: Range<u32>) {
        let start = self.len();
        let is_same = length == file.end - file.start;
        match self.parts.last_mut() {
            Some(last) if is_same && last.is_same() && last.file.end == file.start => {
                last.text.end += length;
                last.file.end = file.end;
            }
            _ => self.parts.push(Part {
                text: start..start + length,
                file,
            }),
        }
    }

    /// The length of the text.
    pub(crate) fn len(&self) -> u32 {
        self.parts.last().map_or(0, |part| part.text.end)
    }

    /// The place in `file` of the text from `start` to `end`.
    pub(crate) fn span(&self, file: FileId, start: u32, end: u32) -> Span {
        if start >= end {
            let place = self.end(end);
            return Span::new(file, place, place);
        }
        let first = self.parts.partition_point(|part| part.text.end <= start);
        let start = match self.parts.get(first.min(self.parts.len() - 1)) {
            Some(part) if part.is_same() => part.file.start + (start - part.text.start),
            Some(part) => part.file.start,
            None => 0,
        };
        Span::new(file, start, self.end(end).max(start))
    }

    /// The end in the file of what ends at `end` in the text.
    fn end(&self, end: u32) -> u32 {
        let last = self.parts.partition_point(|part| part.text.end < end);
        match self.parts.get(last.min(self.parts.len() - 1)) {
            Some(part) if part.is_same() => {
                part.file.start + (end - part.text.start).min(part.file.end - part.file.start)
            }
            Some(part) => part.file.end,
            None => 0,
        }
    }
}

impl Part {
    fn is_same(&self) -> bool {
        self.text.end - self.text.start == self.file.end - self.file.start
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_without_escapes_are_shifted() {
        let mut places = Places::from(10);
        places.push(5, 10..15);
        for (start, end, at) in [
            (0, 5, 10..15),
            (1, 3, 11..13),
            (5, 5, 15..15),
            (0, 0, 10..10),
        ] {
            assert_eq!(
                places.span(FileId::default(), start, end).range(),
                at,
                "{start}..{end}"
            );
        }
    }

    #[test]
    fn escapes_count_as_a_whole() {
        // `a\u00e9b`: six bytes of the file are two of the text.
        let mut places = Places::from(0);
        places.push(1, 0..1);
        places.push(2, 1..7);
        places.push(1, 7..8);
        for (start, end, at) in [
            (0, 1, 0..1),
            (1, 3, 1..7),
            (3, 4, 7..8),
            (0, 4, 0..8),
            (2, 3, 1..7),
        ] {
            assert_eq!(
                places.span(FileId::default(), start, end).range(),
                at,
                "{start}..{end}"
            );
        }
        assert_eq!(places.len(), 4);
    }

    #[test]
    fn what_is_left_out_belongs_to_neither_side() {
        // A backslash at the end of a line, with the blanks after it.
        let mut places = Places::from(0);
        places.push(2, 0..2);
        places.push(2, 8..10);
        for (start, end, at) in [(0, 2, 0..2), (2, 4, 8..10), (1, 3, 1..9)] {
            assert_eq!(
                places.span(FileId::default(), start, end).range(),
                at,
                "{start}..{end}"
            );
        }
    }
}
