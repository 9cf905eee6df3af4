//! A text whose line breaks are not determined yet: strings, possible line breaks, and groups of them.
//!
//! A group is on one line if it fits; otherwise each of its own [`Op::Line`]s becomes a line break. This is the scheme of Oppen
//! and Wadler, as a flat list, with comments as a further kind of text: a comment that ends a line is deferred to the line's end.

use std::borrow::Cow;

/// One step of a document.
#[derive(Debug)]
pub(super) enum Op<'a> {
    /// Text without line breaks.
    Text(Cow<'a, str>),
    /// A blank, unless at the start or end of a line.
    Space,
    /// A line break in a broken group, `flat` in others.
    Line { flat: Flat },
    /// A line break.
    HardLine,
    /// A line break if the following text does not fit, else a blank.
    Fill,
    /// An empty line, if there is a line break here.
    Blank,
    /// Text that is printed in a broken group only.
    IfBroken(&'static str),
    /// Increases the indentation of the following lines by one level.
    Indent,
    /// The end of an [`Op::Indent`].
    Dedent,
    /// The start of a group, by its index.
    Open(usize),
    /// The end of the innermost open group.
    Close,
    /// A comment; it may have several lines.
    Comment {
        comment: Comment<'a>,
        placement: Placement,
    },
}

/// A comment of the source, or several consecutive `//` comments at the end of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'a> {
    pub(super) text: &'a str,
    /// The indentation of its first line, if all its lines have at least that much and move with it.
    pub(super) indentation: Option<usize>,
}

/// The replacement for a line break in a group on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flat {
    Space,
    Nothing,
}

/// The position of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// At the end of the line, after any other text. If the line already ends with a comment that would swallow this one, on a
    /// line of its own.
    Trailing { continuation: bool },
    /// On a line of its own. `continuation`: inside a construct; the comment and the following text are indented by one level.
    OwnLine { continuation: bool },
    /// Between the text before and after it.
    Inline {
        space_before: bool,
        space_after: bool,
    },
}

/// The properties of a group before layout.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    /// It cannot be on one line.
    pub(super) broken: bool,
    /// The enclosing line is broken before this group is.
    pub(super) stiff: bool,
    /// The group does not end with a line break: comments at the end of its last line are placed after it.
    pub(super) open_ended: bool,
}

/// A text without line breaks.
#[derive(Debug, Default)]
pub(super) struct Document<'a> {
    pub(super) ops: Vec<Op<'a>>,
    pub(super) groups: Vec<Group>,
    /// The groups that are open, outermost first.
    open: Vec<usize>,
}

impl<'a> Document<'a> {
    /// Appends a step.
    pub(super) fn push(&mut self, op: Op<'a>) {
        if matches!(op, Op::HardLine) {
            self.break_open_groups(false);
        }
        self.ops.push(op);
    }

    /// Appends a comment. The enclosing groups are broken if the comment ends a line.
    pub(super) fn comment(&mut self, comment: Comment<'a>, placement: Placement) {
        match placement {
            Placement::Inline { .. } if !comment.text.contains('\n') => {}
            Placement::Trailing { continuation } | Placement::OwnLine { continuation } => {
                self.break_open_groups(continuation);
            }
            Placement::Inline { .. } => self.break_open_groups(false),
        }
        self.ops.push(Op::Comment { comment, placement });
    }

    /// Starts a group.
    pub(super) fn open(&mut self, group: Group) {
        let number = self.groups.len();
        self.groups.push(Group {
            broken: false,
            ..group
        });
        self.open.push(number);
        self.ops.push(Op::Open(number));
        if group.broken {
            self.break_open_groups(false);
        }
    }

    /// Ends the innermost group.
    pub(super) fn close(&mut self) {
        self.open.pop();
        self.ops.push(Op::Close);
    }

    /// Breaks all open groups; with `leaves`, except the innermost one that does not end with a line break, because the added
    /// text will be outside it.
    fn break_open_groups(&mut self, mut leaves: bool) {
        for &number in self.open.iter().rev() {
            let group = &mut self.groups[number];
            leaves &= group.open_ended;
            // The enclosing groups of a broken group are already broken.
            if !leaves && std::mem::replace(&mut group.broken, true) {
                break;
            }
        }
    }
}
