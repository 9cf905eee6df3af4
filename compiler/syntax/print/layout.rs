//! Documents as text: where lines end.

use super::document::{Document, Flat, Op, Placement};

/// Blanks for one level of indentation.
const INDENT: usize = 4;

/// The text of a document, with lines of at most `width` characters where it can be broken. It ends with a line break if
/// the document does.
pub(super) fn render(document: &Document<'_>, width: usize) -> String {
    let mut layout = Layout {
        document,
        width,
        text: String::new(),
        column: 0,
        level: 0,
        is_broken: Vec::new(),
        is_line_empty: true,
        is_line_closed: false,
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
    /// Level of indentation.
    level: usize,
    /// For each open group whether it is broken.
    is_broken: Vec<bool>,
    is_line_empty: bool,
    /// Whether the line ends with a comment that would swallow whatever follows.
    is_line_closed: bool,
    /// Whether a blank comes before what follows on the line.
    space: bool,
    /// Whether an empty line comes before the next one.
    blank: bool,
    /// A line must end before anything else is written; whether the next one continues something.
    due: Option<bool>,
    /// Comments for the end of the line.
    suffix: Vec<&'a str>,
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
            Op::Comment { text, placement } => self.comment(text, *placement),
        }
    }

    fn is_in_broken_group(&self) -> bool {
        self.is_broken.last().copied().unwrap_or(true)
    }

    /// Writes text without line breaks.
    fn write(&mut self, text: &str) {
        let continuation = self.due.take();
        if continuation.is_some() {
            self.end_line();
        }
        self.start_text(continuation.unwrap_or(false));
        self.text.push_str(text);
        self.column += text.chars().count();
    }

    /// Writes what comes before text: the indentation, or a blank.
    fn start_text(&mut self, continuation: bool) {
        if self.is_line_empty {
            if std::mem::take(&mut self.blank) && !self.text.is_empty() {
                self.text.push('\n');
            }
            let level = self.level + usize::from(continuation);
            self.column = level * INDENT;
            self.text.extend(std::iter::repeat_n(' ', self.column));
            self.is_line_empty = false;
        } else if self.space {
            self.text.push(' ');
            self.column += 1;
        }
        self.space = false;
    }

    /// Ends the line with the comments that wait for it; an empty line is not ended.
    fn end_line(&mut self) {
        for comment in std::mem::take(&mut self.suffix) {
            self.space = true;
            self.start_text(false);
            self.write_comment(comment);
        }
        if !self.is_line_empty {
            self.text.push('\n');
        }
        self.column = 0;
        self.is_line_empty = true;
        self.is_line_closed = false;
        self.space = false;
        self.due = None;
    }

    fn comment(&mut self, text: &'a str, placement: Placement) {
        match placement {
            Placement::Trailing { continuation } => {
                let is_closed = self.is_line_closed
                    || self.suffix.last().is_some_and(|last| is_line_comment(last));
                match is_closed || self.is_line_empty {
                    true => self.own_line(text, continuation),
                    false => self.suffix.push(text),
                }
            }
            Placement::OwnLine { continuation } => self.own_line(text, continuation),
            Placement::Inline {
                space_before,
                space_after,
            } => {
                self.space |= space_before;
                self.write("");
                self.write_comment(text);
                self.space = space_after;
            }
        }
    }

    fn own_line(&mut self, text: &str, continuation: bool) {
        self.end_line();
        self.start_text(continuation);
        self.write_comment(text);
        self.due = Some(continuation);
        self.is_line_closed = is_line_comment(text);
    }

    /// Writes a comment of one or more lines. Lines that start with a star are aligned with the first one.
    fn write_comment(&mut self, text: &str) {
        let has_stars = text
            .lines()
            .skip(1)
            .all(|line| line.trim_start().starts_with('*'));
        let indentation = " ".repeat(
            self.text
                .lines()
                .next_back()
                .map_or(0, |line| line.chars().take_while(|c| *c == ' ').count()),
        );
        for (number, line) in text.lines().enumerate() {
            let line = line.trim_end();
            if number == 0 {
                self.text.push_str(line);
                self.column += line.chars().count();
                continue;
            }
            self.text.push('\n');
            let start = self.text.len();
            match has_stars {
                true => {
                    self.text.push_str(&indentation);
                    self.text.push(' ');
                    self.text.push_str(line.trim_start());
                }
                false => self.text.push_str(line),
            }
            self.column = self.text[start..].chars().count();
        }
    }

    /// Whether everything from step number `start` on fits into the line, up to the first place where it can end.
    fn fits(&self, start: usize, scan: Scan) -> bool {
        let column = match self.is_line_empty || self.due.is_some() {
            true => self.level * INDENT,
            false => self.column,
        };
        let mut left = self.width.checked_sub(column);
        let mut space = self.space;
        // Groups around that are still open; groups opened on the way; the outermost stiff one among those.
        let (mut around, mut inside, mut stiff) = (self.is_broken.len(), 0_usize, None);
        let mut in_group = scan == Scan::Group;
        for op in &self.document.ops[start..] {
            let Some(room) = left else { return false };
            let is_flat = match (in_group, inside, stiff) {
                (true, ..) | (.., Some(_)) => true,
                (_, 0, _) => around > 0 && !self.is_broken[around - 1],
                _ => scan == Scan::Fill,
            };
            match op {
                Op::Text(text) if !text.is_empty() => {
                    let width = text.chars().count() + usize::from(std::mem::take(&mut space));
                    left = room.checked_sub(width);
                }
                Op::Comment { text, placement } => match placement {
                    Placement::OwnLine { .. } => return true,
                    Placement::Inline {
                        space_before,
                        space_after,
                    } => {
                        let width = text.lines().next().unwrap_or_default().chars().count();
                        left = room.checked_sub(width + usize::from(space | space_before));
                        space = *space_after;
                        if text.contains('\n') {
                            return left.is_some();
                        }
                    }
                    Placement::Trailing { .. } => {}
                },
                Op::Space
                | Op::Line {
                    flat: Flat::Space, ..
                }
                | Op::Fill
                    if is_flat || matches!(op, Op::Space) =>
                {
                    space = true;
                }
                Op::Line { .. } if is_flat => {}
                Op::Line { .. } | Op::Fill | Op::HardLine => return true,
                Op::IfBroken(text) if !is_flat => left = room.checked_sub(text.len()),
                Op::Open(group) => {
                    inside += 1;
                    let group = self.document.groups[*group];
                    if group.stiff && !group.broken && stiff.is_none() {
                        stiff = Some(inside);
                    }
                }
                Op::Close if inside > 0 => {
                    if stiff == Some(inside) {
                        stiff = None;
                    }
                    inside -= 1;
                }
                Op::Close if in_group => in_group = false,
                Op::Close => around = around.saturating_sub(1),
                _ => {}
            }
        }
        left.is_some()
    }
}

/// What is asked of [`Layout::fits`].
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scan {
    /// Whether a group fits on the line with what comes after it. What comes after can be broken.
    Group,
    /// Whether what follows fits unbroken.
    Fill,
}

fn is_line_comment(text: &str) -> bool {
    text.starts_with("//")
}
