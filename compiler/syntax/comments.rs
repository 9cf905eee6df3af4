//! Attaches comments that are not documentation to the parts of a file, so that they survive when a tree is written in another
//! form.

use std::collections::BTreeMap;

use super::ast::{Case, Field, File, Item, Member, Part, Payload};
use super::token::{CommentKind, Tokens};

/// The comments of a file, without their markers, line by line.
#[derive(Debug, Default)]
pub(crate) struct Comments {
    /// By the offset of the item, field, case, member or alternative that follows them.
    before: BTreeMap<u32, Vec<String>>,
    /// The comments at the end of the file.
    pub(crate) last: Vec<String>,
}

/// A line of a comment and its place.
pub(crate) struct CommentLine {
    pub(crate) at: u32,
    pub(crate) text: String,
}

/// A part of a file that comments can precede.
struct Site {
    start: u32,
    end: u32,
    /// Whether it contains no further parts.
    is_leaf: bool,
}

impl Comments {
    /// Finds the part that each of `lines` precedes. A line inside a part without further parts belongs to that part.
    pub(crate) fn of(file: &File, lines: Vec<CommentLine>) -> Self {
        let mut comments = Self::default();
        if lines.is_empty() {
            return comments;
        }
        let mut sites = Sites::default();
        if let Some(package) = &file.package {
            let span = package.name.span;
            sites.add(span.start, span.end, true);
        }
        file.items.iter().for_each(|item| sites.item(item));
        let mut sites = sites.0;
        sites.sort_by_key(|site| site.start);
        for line in lines {
            let next = sites.partition_point(|site| site.start <= line.at);
            let around = sites[..next]
                .last()
                .filter(|site| site.is_leaf && line.at < site.end);
            match around.or(sites.get(next)) {
                Some(site) => comments
                    .before
                    .entry(site.start)
                    .or_default()
                    .push(line.text),
                None => comments.last.push(line.text),
            }
        }
        comments
    }

    /// The comments before the part that starts at `start`.
    pub(crate) fn before(&self, start: u32) -> &[String] {
        self.before.get(&start).map_or(&[], Vec::as_slice)
    }
}

/// The comments of a text in `.pyidl` form that are not documentation. A comment at the end of a line belongs to the part on that
/// line.
pub(crate) fn comment_lines(text: &str, tokens: &Tokens) -> Vec<CommentLine> {
    let mut lines = Vec::new();
    for comment in tokens.comments() {
        let written = &text[comment.start as usize..comment.end as usize];
        let at = match comment.first_on_line {
            true => comment.start,
            false => line_start(text, comment.start),
        };
        let mut add = |line: &str| {
            lines.push(CommentLine {
                at,
                text: line.trim_end().to_owned(),
            });
        };
        match comment.kind {
            CommentKind::Line => add(written.strip_prefix("//").unwrap_or(written)),
            CommentKind::Block => {
                let inner = written.strip_prefix("/*").unwrap_or(written);
                let inner = inner.strip_suffix("*/").unwrap_or(inner);
                let inner = inner.trim_matches(|c: char| c == '\n' || c == '\r');
                for line in inner.split('\n') {
                    let line = line.trim_start();
                    let line = line.strip_prefix('*').unwrap_or(line).trim_start();
                    add(&format!(" {line}"));
                }
            }
            CommentKind::DocLine | CommentKind::DocBlock | CommentKind::InnerDocLine => {}
        }
    }
    lines
}

/// The start of the text on the line around `at`.
pub(crate) fn line_start(text: &str, at: u32) -> u32 {
    let before = &text[..at as usize];
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    let blanks = before[start..].len() - before[start..].trim_start().len();
    // If a part starts exactly here, the comment is inside or behind it.
    (start + blanks) as u32
}

#[derive(Default)]
struct Sites(Vec<Site>);

impl Sites {
    fn add(&mut self, start: u32, end: u32, is_leaf: bool) {
        self.0.push(Site {
            start,
            end,
            is_leaf,
        });
    }

    fn item(&mut self, item: &Item) {
        let before = self.0.len();
        for part in item.kind.parts() {
            match part {
                Part::Item(item) => self.item(item),
                Part::Field(field) => self.field(field),
                Part::Case(case) => self.case(case),
                Part::Member(member) => self.member(member),
                Part::Alternative(alternative) => {
                    let (start, end) =
                        (alternative.name.span.start, alternative.signature.span.end);
                    self.add(start, end, true);
                }
            }
        }
        let is_leaf = self.0.len() == before;
        self.add(item.span.start, item.span.end, is_leaf);
    }

    fn field(&mut self, field: &Field) {
        let mut end = field.name.span.end;
        end = end.max(field.ty.as_ref().map_or(0, |ty| ty.span.end));
        end = end.max(field.default.as_ref().map_or(0, |value| value.span.end));
        self.add(field.name.span.start, end, true);
    }

    fn case(&mut self, case: &Case) {
        let span = case.name.span;
        match &case.payload {
            Payload::Fields(fields) => {
                self.add(span.start, span.end, false);
                fields.iter().for_each(|field| self.field(field));
            }
            Payload::Tuple(types) => {
                let end = types.last().map_or(span.end, |ty| ty.span.end);
                self.add(span.start, end, true);
            }
            Payload::None => self.add(span.start, span.end, true),
        }
    }

    fn member(&mut self, member: &Member) {
        let span = member.name.span;
        let end = member.value.as_ref().map_or(0, |value| value.span.end);
        self.add(span.start, span.end.max(end), true);
    }
}
