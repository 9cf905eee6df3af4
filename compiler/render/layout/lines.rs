//! How one line of a finished template is broken: by what it declares, as far as rustfmt distinguishes that.

use super::items::{
    derive, empty_implementation, field, function, generic_function, implementation, tuple_struct,
};
use super::statements::{arm, assignment, let_else};
use super::{Layout, MAX_WIDTH, fits, imports, width};

/// Lines of text up to this width are never broken; some of rustfmt's rules keep two columns free.
pub(crate) const SURE_WIDTH: usize = MAX_WIDTH - 2;
/// Types of variables up to this width are written out; longer ones are inferred.
const ANNOTATION_WIDTH: usize = 60;

/// A part of a line.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Layout(&'a Layout),
}

impl<'a> Piece<'a> {
    fn of(layout: &'a Layout) -> Self {
        match layout {
            Layout::Text(text) => Self::Text(text),
            layout => Self::Layout(layout),
        }
    }

    fn one_line(&self) -> String {
        match self {
            Self::Text(text) => (*text).to_owned(),
            Self::Layout(layout) => layout.one_line(),
        }
    }

    fn layout(self) -> Layout {
        match self {
            Self::Text(text) => text.into(),
            Self::Layout(layout) => layout.clone(),
        }
    }
}

/// The parts of a row.
pub(super) fn pieces(parts: &[Layout]) -> Vec<Piece<'_>> {
    parts.iter().map(Piece::of).collect()
}

/// The line that consists of `pieces` and is indented by `indent`, without that indentation.
pub(crate) fn line(pieces: &[Piece<'_>], indent: usize) -> String {
    if let [Piece::Layout(Layout::Row(parts))] = pieces {
        return line(&self::pieces(parts), indent);
    }
    let is_parameters = |it: &Piece<'_>| matches!(it, Piece::Layout(Layout::Parameters(_)));
    if let Some(at) = pieces.iter().position(is_parameters) {
        return declaration(pieces, at, indent);
    }
    if let Some(text) = binding(pieces, indent) {
        return text;
    }
    match pieces {
        [Piece::Text(text)] => long(text, indent),
        [Piece::Text(pattern), Piece::Layout(value), Piece::Text(",")]
            if pattern.ends_with(" => ") =>
        {
            arm(&pattern[..pattern.len() - 4], &value.one_line(), indent)
        }
        [Piece::Text(name), Piece::Layout(ty), Piece::Text(",")]
            if name.ends_with(": ") && ty.is_type() =>
        {
            field(&name[..name.len() - 2], ty, indent)
        }
        _ => in_sequence(pieces, indent),
    }
}

/// Each part at the column that it has after the parts before it.
fn in_sequence(pieces: &[Piece<'_>], indent: usize) -> String {
    let mut text = String::new();
    for (index, piece) in pieces.iter().enumerate() {
        let Piece::Layout(layout) = piece else {
            text += &piece.one_line();
            continue;
        };
        let column = match text.rsplit_once('\n') {
            Some((_, last)) => width(last),
            None => indent + width(&text),
        };
        let after = pieces[index + 1..].iter();
        let after = after.map(|piece| width(&piece.one_line())).sum();
        text += &layout.format(indent, column, after);
    }
    text
}

/// A function: `fn name(parameters) -> result {`, `fn name(parameters);`
fn declaration(pieces: &[Piece<'_>], at: usize, indent: usize) -> String {
    let head: String = pieces[..at].iter().map(Piece::one_line).collect();
    let Piece::Layout(Layout::Parameters(parameters)) = pieces[at] else {
        unreachable!("the caller has found them");
    };
    let (result, end) = match pieces[at + 1..] {
        [Piece::Text(rest)] => {
            let start = rest.len() - if rest.ends_with(';') { 1 } else { 2 };
            let (result, end) = rest.split_at(start);
            (result.strip_prefix(" -> ").map(Layout::from), end)
        }
        [Piece::Text(" -> "), Piece::Layout(result), Piece::Text(end)] => {
            (Some(result.clone()), end)
        }
        _ => unreachable!("a function has a result and an end: {pieces:?}"),
    };
    match (&result, head.split_once('<')) {
        (Some(result), Some((name, parameter))) if parameters.is_empty() && end == " {" => {
            generic_function(name, parameter.trim_end_matches('>'), result)
        }
        _ => function(&head, parameters, result.as_ref(), end, indent),
    }
}

/// A variable, constant or type alias: `let name: type = value;`; none for other lines.
fn binding(pieces: &[Piece<'_>], indent: usize) -> Option<String> {
    const WORDS: &[&str] = &["let ", "const ", "type ", "pub const ", "pub type "];
    let (Piece::Text(first), Piece::Text(last)) = (pieces.first()?, pieces.last()?) else {
        return None;
    };
    if !WORDS.iter().any(|word| first.starts_with(word)) || last.ends_with('{') {
        return None;
    }
    let (at, before, after) = pieces.iter().enumerate().find_map(|(at, piece)| {
        let Piece::Text(text) = piece else {
            return None;
        };
        let (before, after) = text.split_once(" = ")?;
        Some((at, before, after))
    })?;
    let (value, end) = match (after, &pieces[at + 1..]) {
        (text, []) => {
            let (value, end) = text.split_once("; //").map_or_else(
                || (text.strip_suffix(';').unwrap_or(text), ""),
                |(value, _)| (value, &text[value.len() + 1..]),
            );
            (Layout::from(value), end)
        }
        ("", [value, Piece::Text(end)]) if end.starts_with(';') => (value.layout(), &end[1..]),
        _ => return None,
    };
    let head = annotated(&pieces[..at], before, indent);
    Some(assignment(&head, &value, indent) + end)
}

/// The text before the `=` of a binding. A type that can be inferred is left out where it is long.
fn annotated(pieces: &[Piece<'_>], last: &str, indent: usize) -> String {
    let mut head = String::new();
    for piece in pieces {
        let text = piece.one_line();
        let is_annotation = matches!(piece, Piece::Layout(Layout::Annotation(_)));
        let is_short = width(&text) <= ": ".len() + ANNOTATION_WIDTH
            && fits(&format!("{head}{text} ="), indent);
        if !is_annotation || is_short {
            head += &text;
        }
    }
    head + last
}

/// A line that consists of text alone, and is broken where it is too long.
fn long(text: &str, indent: usize) -> String {
    if indent + width(text) <= SURE_WIDTH || text.starts_with("//") {
        return text.to_owned();
    }
    let broken = if let Some(rest) = text.strip_prefix("impl") {
        let header = rest.rsplit_once(" for ").map(|(before, subject)| {
            let before = format!("impl{before}");
            match subject.strip_suffix(" {}") {
                Some(subject) => empty_implementation(&before, subject),
                None => implementation(&before, subject.trim_end_matches(" {")),
            }
        });
        header.filter(|_| text.ends_with(" {") || text.ends_with(" {}"))
    } else if let Some(traits) = text.strip_prefix("#[derive(") {
        let traits = traits.trim_end_matches(")]").split(", ");
        Some(derive(&traits.collect::<Vec<_>>()))
    } else if text.starts_with("struct ") {
        let parts = text.strip_suffix(");").and_then(|it| it.split_once('('));
        parts.map(|(name, ty)| tuple_struct(name, ty))
    } else if let Some(rest) = text.strip_prefix("use ") {
        let parts = rest.strip_suffix("};").and_then(|it| it.split_once("::{"));
        parts.map(|(path, names)| imports::broken(path, names))
    } else if let Some(rest) = text.strip_prefix("let ") {
        let parts = rest.strip_suffix(" else {");
        let parts = parts.and_then(|it| it.split_once(" = "));
        parts.map(|(pattern, value)| let_else(pattern, value, indent))
    } else if let Some((pattern, value)) = text.split_once(" => ") {
        let value = value.strip_suffix(',');
        value.map(|value| arm(pattern, value, indent))
    } else {
        let parts = text.strip_suffix(',').and_then(|it| it.split_once(": "));
        let parts = parts.filter(|(_, ty)| !ty.starts_with('"'));
        parts.map(|(name, ty)| field(name, &ty.into(), indent))
    };
    broken.unwrap_or_else(|| text.to_owned())
}
