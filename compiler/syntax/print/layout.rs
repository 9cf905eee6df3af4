//! Lays out documents as text: decides on line breaks.

use super::document::{Comment, Document, Flat, Group, Op, Placement};

/// The blanks of one level of indentation.
const INDENT: usize = 4;

/// The text of a document, with lines of at most `width` characters where it can be broken. It ends with a line break if the
/// document does.
pub(super) fn render(document: &Document<'_>, width: usize) -> String {
    let mut layout = Layout {
        document,
        width,
        text: String::new(),
        column: 0,
        level: 0,
        line_level: 0,
        is_broken: Vec::new(),
        is_line_empty: true,
        ends_with_comment: false,
        space: false,
        blank: false,
        due: None,
        suffix: Vec::new(),
    };
    for number in 0..document.ops.len() {
        layout.step(number);
    }
    if !layout.suffix.is_empty() {
        layout.end_line();
    }
    layout.text
}

struct Layout<'d, 'a> {
    document: &'d Document<'a>,
    width: usize,
    text: String,
    /// Number of characters on the line.
    column: usize,
    /// Indentation level of the lines that start from here on.
    level: usize,
    /// Indentation level of this line.
    line_level: usize,
    /// For each open group, whether it is broken.
    is_broken: Vec<bool>,
    is_line_empty: bool,
    /// Whether the line ends with a comment that would swallow any following text.
    ends_with_comment: bool,
    /// Whether a blank precedes the next text on the line.
    space: bool,
    /// Whether an empty line precedes the next line.
    blank: bool,
    /// A line break must precede the next text; the indentation level of the next line.
    due: Option<usize>,
    /// Deferred comments for the end of the line.
    suffix: Vec<Comment<'a>>,
}

impl<'a> Layout<'_, 'a> {
    fn step(&mut self, number: usize) {
        match &self.document.ops[number] {
            Op::Text(text) => self.write(text),
            Op::Space => self.space = true,
            Op::Line { flat } => match (self.is_in_broken_group(), flat) {
                (true, _) => self.end_line(),
                (false, Flat::Space) => self.space = true,
                (false, Flat::Nothing) => {}
            },
            Op::HardLine => self.end_line(),
            Op::Fill => {
                let stays = !self.is_in_broken_group() || self.fits(number + 1, Scan::Fill);
                match stays && self.due.is_none() {
                    true => self.space = true,
                    false => self.end_line(),
                }
            }
            Op::Blank if self.is_in_broken_group() => {
                self.end_line();
                self.blank = true;
            }
            Op::Blank => {}
            Op::IfBroken(text) if self.is_in_broken_group() => self.write(text),
            Op::IfBroken(_) => {}
            Op::Indent => self.level += 1,
            Op::Dedent => self.level -= 1,
            Op::Open(group) => {
                let is_broken = self.is_in_broken_group()
                    && (self.document.groups[*group].broken || !self.fits(number + 1, Scan::Group));
                self.is_broken.push(is_broken);
            }
            Op::Close => {
                self.is_broken.pop();
            }
            Op::Comment { comment, placement } => self.comment(*comment, *placement),
        }
    }

    fn is_in_broken_group(&self) -> bool {
        self.is_broken.last().copied().unwrap_or(true)
    }

    /// Writes text without line breaks.
    fn write(&mut self, text: &str) {
        if let Some(level) = self.due.take() {
            self.end_line();
            self.line_level = level;
        }
        self.start_text();
        self.text.push_str(text);
        self.column += text.chars().count();
    }

    /// Writes the separator before text: the indentation, or a blank.
    fn start_text(&mut self) {
        if self.is_line_empty {
            if std::mem::take(&mut self.blank) && !self.text.is_empty() {
                self.text.push('\n');
            }
            self.column = self.line_level * INDENT;
            self.text.extend(std::iter::repeat_n(' ', self.column));
            self.is_line_empty = false;
        } else if self.space {
            self.text.push(' ');
            self.column += 1;
        }
        self.space = false;
    }

    /// Ends the line with its deferred comments; an empty line is not ended.
    fn end_line(&mut self) {
        for comment in std::mem::take(&mut self.suffix) {
            self.space = true;
            self.start_text();
            self.write_comment(comment);
        }
        if !self.is_line_empty {
            self.text.push('\n');
        }
        self.column = 0;
        self.line_level = self.level;
        self.is_line_empty = true;
        self.ends_with_comment = false;
        self.space = false;
        self.due = None;
    }

    fn comment(&mut self, comment: Comment<'a>, placement: Placement) {
        match placement {
            Placement::Trailing { continuation } => {
                match self.is_line_closed() || self.is_line_empty {
                    true => self.own_line(comment, continuation),
                    false => self.suffix.push(comment),
                }
            }
            Placement::OwnLine { continuation } => self.own_line(comment, continuation),
            Placement::Inline {
                space_before,
                space_after,
            } => {
                self.space |= space_before;
                self.write("");
                self.write_comment(comment);
                self.space = space_after;
            }
        }
    }

    /// Whether a comment at the end of the line would swallow another one.
    fn is_line_closed(&self) -> bool {
        self.ends_with_comment || self.suffix.last().is_some_and(is_line_comment)
    }

    fn own_line(&mut self, comment: Comment<'_>, continuation: bool) {
        self.end_line();
        self.line_level += usize::from(continuation);
        self.start_text();
        self.write_comment(comment);
        self.due = Some(self.line_level);
        self.ends_with_comment = is_line_comment(&comment);
    }

    /// Writes a comment of one or more lines. Lines that start with a star or `//` are aligned with the first one; others keep
    /// their distance from it if possible, else their column.
    fn write_comment(&mut self, Comment { text, indentation }: Comment<'_>) {
        let start = self.column;
        let column = self.line_level * INDENT;
        let line_before = self.text.trim_end_matches(' ');
        let is_first = line_before.is_empty() || line_before.ends_with('\n');
        let mut lines = text.lines().map(str::trim_end);
        let has_stars = lines
            .clone()
            .skip(1)
            .all(|line| line.trim_start().starts_with('*'));
        let first = lines.next().unwrap_or_default();
        self.text.push_str(first);
        self.column += first.chars().count();
        for line in lines {
            self.text.push('\n');
            let line_start = self.text.len();
            let (column, line) = match indentation {
                _ if line.is_empty() => (0, line),
                _ if text.starts_with("//") => (start, line.trim_start()),
                _ if has_stars => (column + 1, line.trim_start()),
                Some(width) if is_first => (column, without(line, width)),
                _ => (0, line),
            };
            self.text.extend(std::iter::repeat_n(' ', column));
            self.text.push_str(line);
            self.column = self.text[line_start..].chars().count();
        }
    }

    /// Whether everything from step `start` on fits on the line, up to the first possible line break.
    fn fits(&self, start: usize, scan: Scan) -> bool {
        let column = match (self.due, self.is_line_empty) {
            (Some(level), _) => level * INDENT,
            (None, true) => self.line_level * INDENT,
            (None, false) => self.column,
        };
        let mut left = self.width.checked_sub(column);
        let is_new_line = self.due.is_some() || self.is_line_empty;
        let mut space = !is_new_line && (self.space || scan == Scan::Fill);
        let mut is_closed = !is_new_line && self.is_line_closed();
        let mut inside = Inside::default();
        // Number of open enclosing groups.
        let mut around = self.is_broken.len();
        let mut indents = 0_usize;
        // Whether the end of the examined group or text has not been reached.
        let mut is_asked = true;
        for op in &self.document.ops[start..] {
            let Some(room) = left else { return false };
            let is_flat = match (is_asked, inside.groups) {
                (true, _) if scan == Scan::Group => true,
                (_, 0) => around > 0 && !self.is_broken[around - 1],
                (asked, _) => (asked || inside.stiff.is_some()) && !inside.is_broken,
            };
            match op {
                Op::Text(text) if !text.is_empty() => {
                    let width = text.chars().count() + usize::from(std::mem::take(&mut space));
                    left = room.checked_sub(width);
                }
                Op::Comment { comment, placement } => match placement {
                    Placement::OwnLine { .. } => return true,
                    Placement::Inline {
                        space_before,
                        space_after,
                    } => {
                        let first = comment.text.lines().next().unwrap_or_default();
                        let width = first.chars().count();
                        left = room.checked_sub(width + usize::from(space | space_before));
                        space = *space_after;
                        if comment.text.contains('\n') {
                            return left.is_some();
                        }
                    }
                    // It gets a line of its own.
                    Placement::Trailing { .. } if is_closed => return true,
                    Placement::Trailing { .. } => is_closed = is_line_comment(comment),
                },
                Op::Space => space = true,
                Op::Line { flat } if is_flat => space |= *flat == Flat::Space,
                Op::Fill if is_flat => space = true,
                Op::Line { .. } | Op::Fill | Op::HardLine => return true,
                Op::IfBroken(text) if !is_flat => left = room.checked_sub(text.len()),
                Op::Indent => indents += 1,
                // The continued line ends there.
                Op::Dedent if indents == 0 && scan == Scan::Fill => is_asked = false,
                Op::Dedent => indents = indents.saturating_sub(1),
                Op::Open(group) => {
                    let group = self.document.groups[*group];
                    if scan == Scan::Fill && is_asked && group.broken && group.open_ended {
                        return false;
                    }
                    inside.open(group);
                }
                Op::Close if inside.groups > 0 => inside.close(),
                Op::Close if is_asked && scan == Scan::Group => is_asked = false,
                Op::Close => around = around.saturating_sub(1),
                _ => {}
            }
        }
        left.is_some()
    }
}

/// Groups that were opened during a scan.
#[derive(Default)]
struct Inside {
    /// Their number.
    groups: usize,
    /// The index of the outermost stiff one.
    stiff: Option<usize>,
    /// Whether the innermost one cannot be on one line.
    is_broken: bool,
}

impl Inside {
    fn open(&mut self, group: Group) {
        self.groups += 1;
        self.is_broken = group.broken;
        if group.stiff && self.stiff.is_none() {
            self.stiff = Some(self.groups);
        }
    }

    fn close(&mut self) {
        if self.stiff == Some(self.groups) {
            self.stiff = None;
        }
        self.groups -= 1;
    }
}

/// The question to [`Layout::fits`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scan {
    /// Whether a group fits on the line with the text after it, which can be broken.
    Group,
    /// Whether the following text fits unbroken, up to the end of the continued line.
    Fill,
}

fn is_line_comment(comment: &Comment<'_>) -> bool {
    comment.text.starts_with("//")
}

/// A line without its first `width` characters, which are blanks.
fn without(line: &str, width: usize) -> &str {
    let start = line.char_indices().nth(width);
    start.map_or("", |(start, _)| &line[start..])
}
