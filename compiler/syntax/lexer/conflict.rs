//! Conflict markers of version control systems.

use std::ops::Range;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// A part of the text that is skipped because of a conflict: a marker line, or the second of two versions.
pub(super) struct Conflict {
    /// The skipped bytes; they start at the beginning of a line.
    pub(super) range: Range<usize>,
    /// The finding; `None` if the first marker's finding covers it.
    pub(super) diagnostic: Option<Diagnostic>,
}

/// A line that starts with seven equals signs.
#[derive(Clone, Copy)]
struct Mark {
    sign: u8,
    start: usize,
    /// The position after the line.
    end: usize,
}

const LENGTH: usize = 7;

/// All conflicts in source order. Of the two versions, the first is read.
pub(super) fn conflicts(text: &str, file: FileId) -> Vec<Conflict> {
    let mut found = Vec::new();
    // Nearly all files have no conflict.
    if !(text.contains("<<<<<<<") || text.contains(">>>>>>>")) {
        return found;
    }
    let mut marks = marks(text).peekable();
    while let Some(first) = marks.next() {
        let mut later: Vec<Mark> = Vec::new();
        if first.sign == b'<' {
            while let Some(next) = marks.next_if(|mark| mark.sign != b'<') {
                later.push(next);
                if next.sign == b'>' {
                    break;
                }
            }
        } else if first.sign != b'>' {
            // It may underline a heading in a comment.
            continue;
        }
        let span = |mark: &Mark| {
            let end = mark.start + LENGTH;
            Span::new(file, mark.start as u32, end as u32)
        };
        let diagnostic = Diagnostic::new(
            Code::MergeConflict,
            span(&first),
            "a merge conflict is not resolved",
            "left by a version control system",
        );
        let diagnostic = later.iter().fold(diagnostic, |diagnostic, mark| {
            let text = match mark.sign {
                b'>' => "the other version ends here",
                b'=' => "the other version starts here",
                _ => "the version before both starts here",
            };
            diagnostic.cause(span(mark), text)
        });
        let help = "keep one of the two versions, or combine them, and delete the marker lines";
        found.push(Conflict {
            range: first.start..first.end,
            diagnostic: Some(diagnostic.help(help)),
        });
        if let (Some(second), Some(last)) = (later.first(), later.last()) {
            found.push(Conflict {
                range: second.start..last.end,
                diagnostic: None,
            });
        }
    }
    found
}

fn marks(text: &str) -> impl Iterator<Item = Mark> {
    let mut end = 0;
    text.split_inclusive('\n').filter_map(move |line| {
        let start = end;
        end += line.len();
        let sign = *line.as_bytes().first()?;
        let signs = line.bytes().take_while(|&b| b == sign).count();
        let ends = matches!(
            line.as_bytes().get(LENGTH),
            None | Some(b' ' | b'\r' | b'\n')
        );
        let is_mark = matches!(sign, b'<' | b'|' | b'=' | b'>') && signs == LENGTH && ends;
        is_mark.then_some(Mark { sign, start, end })
    })
}
