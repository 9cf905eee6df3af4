//! Lays out types and expressions over lines as rustfmt does (style edition 2024, its default widths).
//!
//! Generated Rust must pass `rustfmt --check`, and a build script cannot rely on rustfmt being installed. So this module applies
//! rustfmt's rules to the few forms that occur in generated code; tests compare the output with rustfmt's.

mod imports;
mod items;
pub(crate) mod lines;
mod literal;
mod statements;

pub(crate) use imports::import;
pub(crate) use items::{doc_attribute, is_short_case, nested_macro, short_case};

/// rustfmt's `max_width`.
const MAX_WIDTH: usize = 100;
/// rustfmt's `fn_call_width` and `array_width`: the maximum width between brackets on one line.
const LIST_WIDTH: usize = 60;
/// The same for a single call without arguments.
const EMPTY_CALL_WIDTH: usize = 64;
/// rustfmt's `struct_lit_width`.
const STRUCT_WIDTH: usize = 18;
/// rustfmt's `short_array_element_width_threshold`: items up to this width share lines.
const SHORT_ITEM: usize = 10;
const TAB: usize = 4;

/// A type or expression that knows how to break into lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Layout {
    /// Text that is never broken.
    Text(String),
    /// A prefix on the same line as another layout: `&`, `x: `.
    Prefixed(String, Box<Layout>),
    /// Items between brackets.
    List(List),
    /// `impl Iterator<Item = T> + Send + 'static`
    Iterator(Bounds),
    /// The parameters of a function, parentheses included.
    Parameters(Vec<Layout>),
    /// A C string, broken after line breaks and between words.
    Literal(String),
    /// `receiver.link.link`
    Chain(String, Vec<String>),
    /// `call.detach(|| inner)`
    Detached(String, Box<Layout>),
    /// `match scrutinee { pattern => value, pattern => value }`
    Match(String, Vec<(String, Layout)>),
    /// `: type` of a variable, left out where it is long.
    Annotation(Box<Layout>),
    /// A line with a `?` if it fits, else other lines.
    Either(String, Vec<Layout>),
    /// Parts of one line.
    Row(Vec<Layout>),
    /// Lines of text, each indented like the first.
    Lines(Vec<String>),
    /// Text that is formatted already.
    Finished(String),
}

/// Items between brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct List {
    kind: ListKind,
    open: String,
    items: Vec<Layout>,
    close: String,
}

/// The bounds of a type that implements `Iterator`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Bounds {
    /// The names of `Iterator` and `Send` in the generated file.
    iterator: String,
    send: String,
    /// `Item = T`
    item: Box<Layout>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ListKind {
    /// `Vec<T>`
    Generics,
    /// `(A, B)` as a type.
    TupleType,
    /// `f(a, b)`, `(a, b)`, `&[a, b]`, `vec![a, b]`
    Values,
    /// `Point { x: 1 }`
    Struct,
    /// `LineTo(Point)` among the cases of an enum.
    Case,
}

impl From<String> for Layout {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Layout {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl Layout {
    /// `head<items>`, or only the head without items.
    pub(crate) fn generic(head: impl Into<String>, items: Vec<Layout>) -> Self {
        let head = head.into();
        if items.is_empty() {
            return Self::Text(head);
        }
        Self::list(ListKind::Generics, head + "<", items, ">")
    }

    /// `(A, B)` as a type.
    pub(crate) fn tuple_type(items: Vec<Layout>) -> Self {
        Self::list(ListKind::TupleType, "(", items, ")")
    }

    /// `callee(items)`
    pub(crate) fn call(callee: impl Into<String>, items: Vec<Layout>) -> Self {
        Self::list(ListKind::Values, callee.into() + "(", items, ")")
    }

    /// `callee(items)?`
    pub(crate) fn try_call(callee: impl Into<String>, items: Vec<Layout>) -> Self {
        Self::list(ListKind::Values, callee.into() + "(", items, ")?")
    }

    /// `(a, b)` as a value.
    pub(crate) fn tuple(items: Vec<Layout>) -> Self {
        Self::list(ListKind::Values, "(", items, ")")
    }

    /// `&[a, b]`
    pub(crate) fn slice(items: Vec<Layout>) -> Self {
        Self::list(ListKind::Values, "&[", items, "]")
    }

    /// `[a, b]`
    pub(crate) fn array(items: Vec<Layout>) -> Self {
        Self::list(ListKind::Values, "[", items, "]")
    }

    /// `vec![a, b]`
    pub(crate) fn vec(items: Vec<Layout>) -> Self {
        Self::list(ListKind::Values, "::std::vec![", items, "]")
    }

    /// `path { field: value }`
    pub(crate) fn structure(path: impl Into<String>, fields: Vec<(String, Layout)>) -> Self {
        let fields = fields
            .into_iter()
            .map(|(name, value)| value.after(format!("{name}: ")));
        Self::list(ListKind::Struct, path.into() + " {", fields.collect(), "}")
    }

    /// `path { field, field }`
    pub(crate) fn shorthand(path: impl Into<String>, names: Vec<Layout>) -> Self {
        Self::list(ListKind::Struct, path.into() + " {", names, "}")
    }

    /// `name(types)` among the cases of an enum.
    pub(crate) fn case(name: impl Into<String>, types: Vec<Layout>) -> Self {
        Self::list(ListKind::Case, name.into() + "(", types, ")")
    }

    /// `c"text"`
    pub(crate) fn literal(text: impl Into<String>) -> Self {
        Self::Literal(text.into())
    }

    /// `c"text"` among the arguments of a call in a list.
    pub(crate) fn item_literal(text: &str) -> Self {
        /// Where such a list usually places its arguments.
        const COLUMN: usize = 20;
        Self::Text(literal::literal(text, COLUMN, COLUMN, 1))
    }

    /// `receiver.link.link`
    pub(crate) fn chain<const N: usize>(receiver: &str, links: [String; N]) -> Self {
        Self::Chain(receiver.to_owned(), links.into())
    }

    /// `call.detach(|| self)`
    pub(crate) fn detached(self, call: &str) -> Self {
        Self::Detached(call.to_owned(), Box::new(self))
    }

    /// The parts of one line.
    pub(crate) fn row<const N: usize>(parts: [Self; N]) -> Self {
        Self::Row(parts.into())
    }

    /// `line`, which contains a `?`, or `others` if it does not fit.
    pub(crate) fn either(line: String, others: Vec<Self>) -> Self {
        Self::Either(line, others)
    }

    /// Whether there are no lines.
    pub(crate) fn is_empty(&self) -> bool {
        matches!(self, Self::Lines(lines) if lines.is_empty())
    }

    /// `: self` of a variable, left out where it is long.
    pub(crate) fn annotation(self) -> Self {
        Self::Annotation(Box::new(self))
    }

    /// Its width on one line.
    pub(crate) fn width(&self) -> usize {
        width(&self.one_line())
    }

    /// The text of a part that has been rendered.
    pub(crate) fn finished(&self) -> &str {
        match self {
            Self::Finished(text) | Self::Text(text) => text,
            _ => "",
        }
    }

    /// `impl Iterator<Item = item> + Send + 'static`
    pub(crate) fn iterator(iterator: &str, send: &str, item: Layout) -> Self {
        Self::Iterator(Bounds {
            iterator: iterator.to_owned(),
            send: send.to_owned(),
            item: Box::new(item.after("Item = ")),
        })
    }

    fn list(
        kind: ListKind,
        open: impl Into<String>,
        items: Vec<Layout>,
        close: impl Into<String>,
    ) -> Self {
        Self::List(List {
            kind,
            open: open.into(),
            items,
            close: close.into(),
        })
    }

    /// `prefix` followed by this layout.
    pub(crate) fn after(self, prefix: impl Into<String>) -> Self {
        Self::Prefixed(prefix.into(), Box::new(self))
    }

    /// The layout on one line, however long.
    pub(crate) fn one_line(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Prefixed(prefix, layout) => prefix.clone() + &layout.one_line(),
            Self::Literal(text) => literal::one_line(text),
            Self::Parameters(items) => {
                let items: Vec<_> = items.iter().map(Self::one_line).collect();
                format!("({})", items.join(", "))
            }
            Self::Annotation(ty) => format!(": {}", ty.one_line()),
            Self::Row(parts) => parts.iter().map(Self::one_line).collect(),
            Self::Either(line, _) => line.clone(),
            Self::Finished(text) => text.clone(),
            Self::Chain(receiver, links) => {
                let mut parts = vec![receiver.as_str()];
                parts.extend(links.iter().map(String::as_str));
                parts.join(".")
            }
            Self::Detached(call, inner) => format!("{call}.detach(|| {})", inner.one_line()),
            // These have several lines.
            Self::Match(..) | Self::Lines(_) => self.format(0, 0, 0),
            Self::Iterator(bounds) => {
                let [iterator, send] = [&bounds.iterator, &bounds.send];
                format!(
                    "impl {iterator}<{}> + {send} + 'static",
                    bounds.item.one_line()
                )
            }
            Self::List(list) => {
                let inner = list.inner();
                match list.kind {
                    ListKind::Struct if !inner.is_empty() => {
                        format!("{} {inner} {}", list.open, list.close)
                    }
                    _ => format!("{}{inner}{}", list.open, list.close),
                }
            }
        }
    }

    /// The text that starts at `column` of a line indented by `indent`, and is followed by `after` characters on its last line.
    fn format(&self, indent: usize, column: usize, after: usize) -> String {
        match self {
            Self::Literal(text) => {
                // A literal below its name is indented more.
                let inner = if column > indent {
                    indent + TAB
                } else {
                    indent
                };
                return literal::literal(text, inner, column, after);
            }
            Self::Lines(lines) => return block(lines, indent),
            Self::Row(parts) => return lines::line(&lines::pieces(parts), indent),
            Self::Either(line, others) => {
                return match fits(line, indent + statements::reserve("?")) {
                    true => line.clone(),
                    false => block(
                        &others
                            .iter()
                            .map(|part| part.format(indent, indent, 0))
                            .collect::<Vec<_>>(),
                        indent,
                    ),
                };
            }
            Self::Match(scrutinee, arms) => {
                return statements::matching(&format!("match {scrutinee} {{"), arms, indent);
            }
            _ => {}
        }
        let line = self.one_line();
        if self.fits_lists() && column + width(&line) + after <= MAX_WIDTH {
            return line;
        }
        match self {
            Self::Prefixed(prefix, layout) => {
                prefix.clone() + &layout.format(indent, column + width(prefix), after)
            }
            Self::Iterator(bounds) => {
                let Bounds {
                    iterator,
                    send,
                    item,
                } = bounds;
                // rustfmt lets bounds exceed the width a little.
                let fits =
                    |text: &str| item.fits_lists() && indent + width(text) <= MAX_WIDTH + TAB;
                if fits(&line) {
                    return line;
                }
                let (inner, outer) = (spaces(indent + TAB), spaces(indent));
                let bound = bounds.first().one_line();
                if fits(&bound) {
                    return format!("{bound}\n{outer}+ {send}\n{outer}+ 'static");
                }
                let item = item.format(indent + TAB, indent + TAB, 1);
                format!("impl {iterator}<\n{inner}{item},\n{outer}> + {send}\n{outer}+ 'static")
            }
            Self::List(list) => list.broken(indent, column, after),
            _ => line,
        }
    }

    /// Whether every list in this layout fits on one line by its own width limit.
    fn fits_lists(&self) -> bool {
        match self {
            Self::Text(text) => !text.contains('\n'),
            Self::Prefixed(_, layout) => layout.fits_lists(),
            Self::Iterator(bounds) => bounds.item.fits_lists(),
            Self::List(list) => {
                width(&list.inner()) <= list.limit() && list.items.iter().all(Self::fits_lists)
            }
            _ => true,
        }
    }

    /// Whether this is a bracketed list, or ends with one.
    fn as_list(&self) -> Option<&List> {
        match self {
            Self::Prefixed(_, layout) => layout.as_list(),
            Self::List(list) => Some(list),
            _ => None,
        }
    }

    /// Whether this is a type.
    fn is_type(&self) -> bool {
        match self {
            Self::Iterator(_) => true,
            Self::List(list) => matches!(list.kind, ListKind::Generics | ListKind::TupleType),
            _ => false,
        }
    }

    /// Whether rustfmt calls this expression simple, so that short ones can share lines: a literal or a single name.
    fn is_short_and_simple(&self) -> bool {
        let text = self.one_line();
        width(&text) <= SHORT_ITEM
            && matches!(self, Self::Text(_) | Self::Literal(_))
            && (text.starts_with(['"', '\'']) || !text.contains(['(', '[', ':']))
    }
}

impl Bounds {
    /// `impl Iterator<Item = T>`
    fn first(&self) -> Layout {
        let head = format!("impl {}", self.iterator);
        Layout::generic(head, vec![Layout::clone(&self.item)])
    }
}

impl List {
    /// The maximum width between the brackets on one line.
    fn limit(&self) -> usize {
        match (self.kind, self.items.as_slice()) {
            (ListKind::Generics, _) => MAX_WIDTH,
            (ListKind::Struct, _) => STRUCT_WIDTH,
            (ListKind::Case, [_]) => MAX_WIDTH,
            (ListKind::TupleType | ListKind::Case, _) => LIST_WIDTH,
            (ListKind::Values, [only]) => match only.as_list() {
                // The line can only be broken before this.
                None => MAX_WIDTH,
                Some(list) if list.items.is_empty() => EMPTY_CALL_WIDTH,
                // The text between its own parentheses counts.
                Some(list) if self.is_call() && list.is_call() => MAX_WIDTH,
                Some(_) => LIST_WIDTH,
            },
            (ListKind::Values, _) => LIST_WIDTH,
        }
    }

    /// `f(…)`
    fn is_call(&self) -> bool {
        self.kind == ListKind::Values && self.open.ends_with('(') && self.open != "("
    }

    /// The text between the brackets on one line.
    fn inner(&self) -> String {
        let items: Vec<_> = self.items.iter().map(Layout::one_line).collect();
        let is_tuple = self.open == "(";
        let comma = if is_tuple && items.len() == 1 {
            ","
        } else {
            ""
        };
        items.join(", ") + comma
    }

    fn broken(&self, indent: usize, column: usize, after: usize) -> String {
        if self.items.is_empty() {
            return self.broken_head(indent, column);
        }
        let outer = spaces(indent);
        if let (ListKind::Generics, [Layout::List(only)]) = (self.kind, self.items.as_slice())
            && only.kind == ListKind::TupleType
        {
            let only = only.broken(
                indent,
                column + width(&self.open),
                after + width(&self.close),
            );
            return format!("{}{only}{}", self.open, self.close);
        }
        if self.kind == ListKind::Values {
            // A list whose only item is a list is not indented twice.
            if let ([only @ Layout::List(_)], false) = (self.items.as_slice(), self.open == "(") {
                let after = after + width(&self.close);
                let only = only.format_broken(indent, column + width(&self.open), after);
                return format!("{}{only}{}", self.open, self.close);
            }
            if self.items.len() > 1 && self.items.iter().all(Layout::is_short_and_simple) {
                let items: Vec<_> = self.items.iter().map(Layout::one_line).collect();
                let lines = fill(&items, indent + TAB, 0);
                return format!("{}\n{lines}\n{outer}{}", self.open, self.close);
            }
        }
        format!(
            "{}{}\n{outer}{}",
            self.open,
            lines(&self.items, indent),
            self.close
        )
    }
}

impl Layout {
    /// Does the same as [`Layout::format`], for a layout that does not fit on one line.
    fn format_broken(&self, indent: usize, column: usize, after: usize) -> String {
        match self {
            Self::List(list) => list.broken(indent, column, after),
            _ => self.format(indent, column, after),
        }
    }
}

impl List {
    /// A call without arguments is broken where its path has type arguments.
    fn broken_head(&self, indent: usize, column: usize) -> String {
        let outer = spaces(indent);
        let parts = self
            .open
            .strip_suffix(">(")
            .and_then(|head| head.split_once("::<"));
        let Some((path, arguments)) = parts else {
            return format!("{}{}", self.open, self.close);
        };
        if column > indent || column + width(&self.open) > MAX_WIDTH + 2 {
            let inner = spaces(indent + TAB);
            let arguments = arguments.replace(", ", &format!(",\n{inner}"));
            return format!("{path}::<\n{inner}{arguments},\n{outer}>({}", self.close);
        }
        format!("{}\n{outer}{}", self.open, self.close)
    }
}

/// Lines that are indented by `indent`, the first of them by what precedes it.
fn block(lines: &[String], indent: usize) -> String {
    let mut text = String::new();
    for (index, line) in lines.iter().enumerate() {
        if index > 0 {
            text.push('\n');
        }
        if index > 0 && !line.is_empty() {
            text += &spaces(indent);
        }
        text += line;
    }
    text
}

/// Items that share lines, separated by commas. The last line may be `room` columns wider than the others.
fn fill(items: &[impl AsRef<str>], indent: usize, room: usize) -> String {
    let mut lines = vec![spaces(indent)];
    for (index, item) in items.iter().map(AsRef::as_ref).enumerate() {
        let is_last = index + 1 == items.len();
        // rustfmt keeps a column free.
        let limit = MAX_WIDTH - 1 + if is_last { room } else { 0 };
        let line = lines.last_mut().expect("there is a first line");
        let is_first = line.trim().is_empty();
        if !is_first && width(line) + 1 + width(item) + 1 > limit {
            lines.push(format!("{}{item},", spaces(indent)));
        } else {
            let space = if is_first { "" } else { " " };
            line.push_str(&format!("{space}{item},"));
        }
    }
    lines.join("\n")
}

/// Items on a line each, one step deeper than `indent`.
fn lines(items: &[Layout], indent: usize) -> String {
    let inner = indent + TAB;
    let line = |item: &Layout| format!("\n{}{},", spaces(inner), item.format(inner, inner, 1));
    items.iter().map(line).collect()
}

/// The number of columns of `text`, as rustfmt counts.
fn width(text: &str) -> usize {
    text.chars().count()
}

/// `count` blanks.
fn spaces(count: usize) -> String {
    " ".repeat(count)
}

/// Whether `line` fits at `indent`.
fn fits(line: &str, indent: usize) -> bool {
    indent + width(line) <= MAX_WIDTH
}

#[cfg(test)]
mod tests;
