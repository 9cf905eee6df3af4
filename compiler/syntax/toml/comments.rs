//! The comments of a TOML text.

use crate::syntax::comments::{CommentLine, line_start};

/// The comments of the TOML text `text`. A comment at the end of a line belongs to the entry on that line.
pub(crate) fn comment_lines(text: &str) -> Vec<CommentLine> {
    let bytes = text.as_bytes();
    let mut lines = Vec::new();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        match byte {
            b'"' | b'\'' => at = after_string(text, at),
            b'#' => {
                let line = text[at..].lines().next().unwrap_or_default();
                let start = line_start(text, at as u32);
                lines.push(CommentLine {
                    at: start,
                    text: line[1..].trim_end().to_owned(),
                });
                at += line.len();
            }
            _ => at += 1,
        }
    }
    lines
}

/// The position behind the string that starts at `at`.
fn after_string(text: &str, at: usize) -> usize {
    let rest = &text[at..];
    let triple = rest
        .get(..3)
        .filter(|quotes| matches!(*quotes, "\"\"\"" | "'''"));
    let quotes = triple.unwrap_or(&rest[..1]);
    let mut from = quotes.len();
    loop {
        let Some(found) = rest[from..].find(quotes) else {
            return text.len();
        };
        let end = from + found;
        let slashes = rest[from..end]
            .bytes()
            .rev()
            .take_while(|b| *b == b'\\')
            .count();
        let is_escaped = quotes.starts_with('"') && slashes % 2 == 1;
        if !is_escaped {
            // Up to two quotes may directly precede the closing ones.
            let extra = rest[end + quotes.len()..].bytes();
            let extra = extra.take_while(|b| quotes.len() == 3 && *b == quotes.as_bytes()[0]);
            return at + end + quotes.len() + extra.count();
        }
        from = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_told_from_strings() {
        let text = "# a\nx = \"# no\" # b\ny = '''\n# no\n'''\nz = \"\"\"\\\"\"\" # no\"\"\"\"\" #c\nw = 'a\\' # d";
        let lines: Vec<_> = comment_lines(text)
            .into_iter()
            .map(|line| line.text)
            .collect();
        assert_eq!(lines, [" a", " b", "c", " d"]);
    }
}
