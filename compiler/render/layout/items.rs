//! Functions, types and implementations.

use super::literal::plain;
use super::{Bounds, LIST_WIDTH, Layout, MAX_WIDTH, TAB, fill, lines, spaces, width};

/// `fn name(parameters) -> result` at `indent`, with `end` (` {` or `;`) after it.
pub(super) fn function(
    head: &str,
    parameters: &[Layout],
    result: Option<&Layout>,
    end: &str,
    indent: usize,
) -> String {
    let outer = spaces(indent);
    let list: Vec<_> = parameters.iter().map(Layout::one_line).collect();
    let start = format!("{head}({})", list.join(", "));
    let fits_lists = parameters.iter().chain(result).all(Layout::fits_lists);
    let Some(result) = result else {
        if fits_lists && indent + width(&start) + width(end) <= MAX_WIDTH {
            return start + end;
        }
        return format!("{head}({}\n{outer}){end}", lines(parameters, indent));
    };
    let arrow = format!("-> {}", result.one_line());
    let total = indent + width(&start) + 1 + width(&arrow) + width(end);
    // rustfmt's own computation is off by a few columns where a function has no parameters or no body.
    let is_short = match (parameters.is_empty(), end) {
        (true, _) => total - width(end) - 1 <= MAX_WIDTH,
        (false, ";") => total < MAX_WIDTH,
        (false, _) => total <= MAX_WIDTH,
    };
    if fits_lists && is_short {
        return match end {
            " {" if total > MAX_WIDTH => format!("{start} {arrow}\n{outer}{{"),
            _ => format!("{start} {arrow}{end}"),
        };
    }
    if fits_lists && end == ";" && total == MAX_WIDTH {
        return format!("{start}\n{outer}{arrow}{end}");
    }
    if let Layout::Iterator(bounds) = result {
        let start = match parameters {
            [] => start,
            _ => format!("{head}({}\n{outer})", lines(parameters, indent)),
        };
        return format!(
            "{start}{}{end}",
            iterator_result(&start, result, bounds, indent)
        );
    }
    // rustfmt does not count a semicolon here.
    let after = if end == ";" { 0 } else { width(end) };
    let fits_alone = fits_lists && indent + width(&arrow) + width(end) <= MAX_WIDTH;
    if fits_alone && parameters.is_empty() {
        return format!("{start}\n{outer}{arrow}{end}");
    }
    if parameters.is_empty() {
        let result = result.format(indent, indent + width(&start) + 4, after);
        return format!("{start} -> {result}{end}");
    }
    let result = result.format(indent, indent + 3, 0);
    format!(
        "{head}({}\n{outer}) -> {result}{end}",
        lines(parameters, indent)
    )
}

/// ` -> impl Iterator<…> + Send + 'static` after `start`: on one line, with a line for each bound, or with the item on its own
/// line; after a function without parameters, on a new line.
fn iterator_result(start: &str, result: &Layout, bounds: &Bounds, indent: usize) -> String {
    /// The columns that rustfmt keeps free in the three cases, for functions of a trait.
    const RESULT_WIDTH: usize = 98;
    const BOUND_WIDTH: usize = 92;
    const BOUND_WIDTH_ALONE: usize = 94;

    let outer = spaces(indent);
    let has_parameters = start.contains('\n');
    let Bounds {
        iterator,
        send,
        item,
    } = bounds;
    let [line, bound] = [result.one_line(), bounds.first().one_line()];
    let fits_lists = item.fits_lists();
    let follows =
        |text: &str| !has_parameters && indent + width(start) + 3 + width(text) <= MAX_WIDTH;
    let bounds = format!("{bound}\n{outer}+ {send}\n{outer}+ 'static");
    let alone = if has_parameters {
        " -> ".to_owned()
    } else {
        format!("\n{outer}-> ")
    };
    if fits_lists && width(&line) <= RESULT_WIDTH {
        return if follows(&line) {
            format!(" -> {line}")
        } else {
            alone + &line
        };
    }
    if fits_lists && follows(&bound) {
        return format!(" -> {bounds}");
    }
    let limit = if has_parameters {
        BOUND_WIDTH
    } else {
        BOUND_WIDTH_ALONE
    };
    if fits_lists && width(&bound) <= limit {
        return alone + &bounds;
    }
    let item = item.format(indent + 4, indent + 4, 1);
    format!(" -> impl {iterator}<\n{outer}    {item},\n{outer}> + {send}\n{outer}+ 'static")
}

/// `#[derive(traits)]` at the start of a line.
pub(super) fn derive(traits: &[&str]) -> String {
    let line = format!("#[derive({})]", traits.join(", "));
    if width(&line) <= MAX_WIDTH {
        return line;
    }
    let lines = fill(traits, TAB, 1);
    format!("#[derive(\n{}\n)]", lines.trim_end_matches(','))
}

/// `fn name<parameter>() -> result {` at the start of a line.
pub(super) fn generic_function(head: &str, parameter: &str, result: &Layout) -> String {
    let line = format!("{head}<{parameter}>");
    if width(&line) + 2 <= MAX_WIDTH - 2 {
        return function(&line, &[], Some(result), " {", 0);
    }
    format!("{head}<\n    {parameter},\n>() -> {} {{", result.one_line())
}

/// `name: ty,` among the fields of a struct.
pub(super) fn field(name: &str, ty: &Layout, indent: usize) -> String {
    let line = ty.one_line();
    let column = indent + width(name) + 2;
    let fits = |column: usize| column + width(&line) < MAX_WIDTH;
    if ty.fits_lists() && !fits(column) && fits(indent + TAB) {
        return format!("{name}:\n{}{line},", spaces(indent + TAB));
    }
    format!("{name}: {},", ty.format(indent, column, 1))
}

/// `struct name(ty);` at the start of a line.
pub(super) fn tuple_struct(name: &str, ty: &str) -> String {
    let line = format!("{name}({ty});");
    if width(&line) <= MAX_WIDTH {
        line
    } else {
        format!("{name}(\n    {ty},\n);")
    }
}

/// Whether a case of an enum fits on one line.
pub(crate) fn is_short_case(case: &Layout) -> bool {
    !case.format(TAB, TAB, 1).contains('\n')
}

/// `name { field: type }` among the cases of an enum, if it fits on one line.
pub(crate) fn short_case<'a>(
    name: &Layout,
    fields: impl Iterator<Item = (&'a str, &'a Layout)>,
) -> Option<Layout> {
    /// rustfmt's `struct_variant_width`: the maximum width of a case's fields on one line.
    const FIELDS_WIDTH: usize = 35;
    let fields = fields.map(|(name, ty)| format!("{name}: {}", ty.one_line()));
    let list = fields.collect::<Vec<_>>().join(", ");
    let line = format!("{} {{ {list} }}", name.one_line());
    let is_short = width(&list) <= FIELDS_WIDTH && TAB + width(&line) < MAX_WIDTH;
    is_short.then(|| line.into())
}

/// `outer!(inner!(parts));` in a module.
pub(crate) fn nested_macro(outer: &str, inner: &str, parts: &[&str]) -> Layout {
    // rustfmt's `fn_call_width`: for a macro inside a macro it limits everything between the parentheses.
    let line = format!("{inner}({})", parts.join(", "));
    if width(&line) <= LIST_WIDTH {
        return Layout::Text(format!("{outer}({line});"));
    }
    let parts = parts.join(",\n    ");
    let text = format!("{outer}({inner}(\n    {parts}\n));");
    Layout::Lines(text.lines().map(str::to_owned).collect())
}

/// Documentation as an attribute that is absent when rustdoc runs tests.
pub(crate) fn doc_attribute(text: &str) -> Layout {
    /// rustfmt's `attr_fn_like_width`.
    const WIDTH: usize = 70;
    /// The maximum indentation of items, with room for what follows the text.
    const MARGIN: usize = 8 + 2;
    let column = TAB + width("doc = ");
    // One column is left free.
    let literal = plain(text, 2 * TAB, column + 1, MARGIN);
    let arguments = format!("not(doctest), doc = {literal}");
    let text = match !literal.contains('\n') && width(&arguments) <= WIDTH {
        true => format!("#[cfg_attr({arguments})]"),
        false => format!("#[cfg_attr(\n    not(doctest),\n    doc = {literal}\n)]"),
    };
    Layout::Lines(text.lines().map(str::to_owned).collect())
}

/// `impl … for type {` at the start of a line.
pub(super) fn implementation(before_for: &str, subject: &str) -> String {
    let line = format!("{before_for} for {subject} {{");
    if width(&line) <= MAX_WIDTH {
        line
    } else {
        format!("{before_for}\n    for {subject}\n{{")
    }
}

/// `impl … for type {}` at the start of a line.
pub(super) fn empty_implementation(before_for: &str, subject: &str) -> String {
    let line = format!("{before_for} for {subject} {{}}");
    if width(&line) <= MAX_WIDTH + 1 {
        line
    } else {
        format!("{before_for}\n    for {subject}\n{{\n}}")
    }
}
