//! A text whose line breaks are not chosen yet: texts, places where a line may end, and groups of them.
//!
//! A group stands on one line if it fits, else a line ends at each of its own [`Op::Line`]s. This is the scheme of Oppen
//! and Wadler, as a flat list, with comments as a further kind of text: those that end a line wait for its end.

use std::borrow::Cow;

/// One step of a document.
#[derive(Debug)]
pub(super) enum Op<'a> {
    /// Text without line breaks.
    Text(Cow<'a, str>),
    /// A blank, unless a line ends or starts here.
    Space,
    /// The end of a line in a broken group, `flat` in others.
    Line { flat: Flat },
    /// The end of a line.
    HardLine,
    /// The end of a line if what follows does not fit, else a blank.
    Fill,
    /// An empty line, if a line ends here.
    Blank,
    /// Text in a broken group only.
    IfBroken(&'static str),
    /// Lines from here on are indented by one level more.
    Indent,
    /// The end of an [`Op::Indent`].
    Dedent,
    /// The start of a group, by its number.
    Open(usize),
    /// The end of the innermost open group.
    Close,
    /// A comment; it may have several lines.
    Comment {
        comment: Comment<'a>,
        placement: Placement,
    },
}

/// A comment of the source, or several `//` that stand right below each other at the end of a line.
#[derive(Clone, Copy, Debug)]
pub(super) struct Comment<'a> {
    pub(super) text: &'a str,
    /// By how many characters its first line is indented, if all its lines are and move with it.
    pub(super) indentation: Option<usize>,
}

/// What stands for a line break in a group on one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flat {
    Space,
    Nothing,
}

/// Where a comment goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Placement {
    /// At the end of the line, whatever comes between. If a comment is there already that would swallow this one, on a
    /// line of its own.
    Trailing { continuation: bool },
    /// On a line of its own. `continuation`: amid something; it and what follows are indented by one level.
    OwnLine { continuation: bool },
    /// Between what is before and after it.
    Inline {
        space_before: bool,
        space_after: bool,
    },
}

/// What is known of a group before it is laid out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Group {
    /// It cannot stand on one line.
    pub(super) broken: bool,
    /// What comes before it on the line is broken rather than this group.
    pub(super) stiff: bool,
    /// No line ends at its end: comments at the end of its last line stand after it.
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

    /// Appends a comment. Groups that it is in are broken if a line ends with it.
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

    /// Breaks all groups that are open; `leaves`: but for the innermost without a line at their end, which what was
    /// added will not be in.
    fn break_open_groups(&mut self, mut leaves: bool) {
        for &number in self.open.iter().rev() {
            let group = &mut self.groups[number];
            leaves &= group.open_ended;
            // What is around a broken group is broken already.
            if !leaves && std::mem::replace(&mut group.broken, true) {
                break;
            }
        }
    }
}
