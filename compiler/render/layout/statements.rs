//! Statements in the glue.

use super::{Layout, MAX_WIDTH, TAB, fits, spaces, width};

/// rustfmt's `chain_width`.
const CHAIN_WIDTH: usize = 60;

/// `head = layout;` with `head` at `indent`, broken after `=` where that is enough to keep the rest on one line.
pub(super) fn assignment(head: &str, value: &Layout, indent: usize) -> String {
    match value {
        Layout::Chain(receiver, links) => return chain(head, receiver, links, indent),
        Layout::Detached(call, inner) => return detached(head, call, inner, indent),
        Layout::Match(scrutinee, arms) => return match_binding(head, scrutinee, arms, indent),
        Layout::Literal(_) => {
            let value = value.format(indent, indent + width(head) + 3, 1);
            return format!("{head} = {value};");
        }
        _ => {}
    }
    let column = indent + width(head) + 3;
    let line = value.one_line();
    if value.fits_lists()
        && column + width(&line) + 1 > MAX_WIDTH
        && indent + TAB + width(&line) < MAX_WIDTH
    {
        return format!("{head} =\n{}{line};", spaces(indent + TAB));
    }
    let broken = value.format(indent, column, 1);
    let first = broken.lines().next().unwrap_or_default();
    if column + width(first) > MAX_WIDTH {
        let inner = indent + TAB;
        return format!(
            "{head} =\n{}{};",
            spaces(inner),
            value.format(inner, inner, 1)
        );
    }
    format!("{head} = {broken};")
}

/// `head = receiver.link.link;` with `head` at `indent`.
pub(super) fn chain(head: &str, receiver: &str, links: &[String], indent: usize) -> String {
    let line = links
        .iter()
        .fold(receiver.to_owned(), |line, link| line + "." + link);
    let limit = if links.len() > 1 {
        CHAIN_WIDTH
    } else {
        MAX_WIDTH
    };
    let total = indent + width(head) + 3 + width(&line) + 1 + reserve(&line);
    if width(&line) <= limit && total <= MAX_WIDTH {
        return format!("{head} = {line};");
    }
    if width(&line) <= limit && indent + TAB + width(&line) < MAX_WIDTH {
        return format!("{head} =\n{}{line};", spaces(indent + TAB));
    }
    let links = links
        .iter()
        .map(|link| format!("\n{}.{link}", spaces(indent + TAB)));
    format!("{head} = {receiver}{};", links.collect::<String>())
}

/// The columns that rustfmt keeps free after a chain that ends with `?`.
pub(super) fn reserve(line: &str) -> usize {
    if line.ends_with('?') { 2 } else { 0 }
}

/// `head = match scrutinee { arms };`; an arm is never in a block.
pub(super) fn match_binding(
    head: &str,
    scrutinee: &str,
    arms: &[(String, Layout)],
    indent: usize,
) -> String {
    let line = format!("{head} = match {scrutinee}");
    let (start, indent) = match (
        fits(&format!("{line} {{"), indent),
        indent + width(&line) + reserve(&line) <= MAX_WIDTH,
    ) {
        (true, _) => (line + " {", indent),
        (false, true) => (format!("{line}\n{}{{", spaces(indent)), indent),
        (false, false) => {
            let inner = spaces(indent + TAB);
            (
                format!("{head} =\n{inner}match {scrutinee} {{"),
                indent + TAB,
            )
        }
    };
    matching(&start, arms, indent) + ";"
}

/// `start`, which ends with `match scrutinee {`, and the arms.
pub(super) fn matching(start: &str, arms: &[(String, Layout)], indent: usize) -> String {
    let inner = indent + TAB;
    let arms = arms.iter().map(|(pattern, value)| {
        let value = value.format(inner, inner + width(pattern) + " => ".len(), 1);
        format!("\n{}{pattern} => {value},", spaces(inner))
    });
    format!("{start}{}\n{}}}", arms.collect::<String>(), spaces(indent))
}

/// `let pattern = value else {`, with the `else` on a line of its own where the line would be too long.
pub(super) fn let_else(pattern: &str, value: &str, indent: usize) -> String {
    let line = format!("let {pattern} = {value}");
    let outer = spaces(indent);
    if indent + width(&line) + width(" else {") < MAX_WIDTH {
        format!("{line} else {{")
    } else if indent + width(&line) < MAX_WIDTH {
        format!("{line}\n{outer}else {{")
    } else {
        format!(
            "let {pattern} =\n{}{value}\n{outer}else {{",
            spaces(indent + TAB)
        )
    }
}

/// `pattern => value,`, the value in a block where the line would be too long.
pub(super) fn arm(pattern: &str, value: &str, indent: usize) -> String {
    let line = format!("{pattern} => {value},");
    if fits(&line, indent) {
        return line;
    }
    format!(
        "{pattern} => {{\n{}{value}\n{}}}",
        spaces(indent + TAB),
        spaces(indent)
    )
}

/// `head = call.detach(|| inner);`
pub(super) fn detached(head: &str, call: &str, inner: &Layout, indent: usize) -> String {
    let line = format!("{call}.detach(|| {})", inner.one_line());
    if inner.fits_lists() {
        if indent + width(head) + 3 + width(&line) < MAX_WIDTH {
            return format!("{head} = {line};");
        }
        if indent + TAB + width(&line) < MAX_WIDTH {
            return format!("{head} =\n{}{line};", spaces(indent + TAB));
        }
        let (receiver, link) = line.split_at(call.len());
        if indent + TAB + width(link) < MAX_WIDTH {
            return format!("{head} = {receiver}\n{}{link};", spaces(indent + TAB));
        }
    }
    let body = inner.format(indent + TAB, indent + TAB, 0);
    format!(
        "{head} = {call}.detach(|| {{\n{}{body}\n{}}});",
        spaces(indent + TAB),
        spaces(indent)
    )
}
