//! String literals that may have several lines.

use super::{MAX_WIDTH, spaces, width};

/// The maximum length of a line in a literal of several lines: rustfmt moves a longer one.
const LINE_WIDTH: usize = 98;

/// `text` as the literal `c"…"`, which starts at `column` of its line and is followed by `after` characters.
///
/// A text that is too long or has line breaks is split into several lines, each indented by `indent` and ended by `\`, at the
/// most readable places.
pub(super) fn literal(text: &str, indent: usize, column: usize, after: usize) -> String {
    format!("c{}", plain(text, indent, column + 1, after))
}

/// `text` as the literal `c"…"`, however long.
pub(super) fn one_line(text: &str) -> String {
    format!("c\"{}\"", escape(text))
}

/// `text` as the literal `"…"`; see [`literal`].
pub(super) fn plain(text: &str, indent: usize, column: usize, after: usize) -> String {
    let line = format!("\"{}\"", escape(text));
    if column + width(&line) + after <= MAX_WIDTH {
        return line;
    }
    let mut literal = String::from("\"");
    let mut used = column + 1;
    for (index, piece) in pieces(text).iter().enumerate() {
        // Leading blanks are lost after a `\`, so they are escaped.
        let escaped = match index {
            0 => escape(piece),
            _ => escape_start(piece),
        };
        if index > 0 {
            literal += &format!("\\\n{}", spaces(indent));
            used = indent;
        }
        let mut is_first_word = true;
        for word in escaped.split_inclusive(' ') {
            if !is_first_word
                && used + width(word) + 1 + after > LINE_WIDTH
                && !word.starts_with(' ')
            {
                literal += &format!("\\\n{}", spaces(indent));
                used = indent;
            }
            literal += word;
            used += width(word);
            is_first_word = false;
        }
    }
    literal + "\""
}

/// The text line by line; empty lines belong to the one before them.
fn pieces(text: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (index, _) in text.match_indices('\n') {
        let end = index + 1;
        if end < text.len() && !text[end..].starts_with('\n') {
            pieces.push(&text[start..end]);
            start = end;
        }
    }
    pieces.push(&text[start..]);
    pieces
}

/// A piece at the start of a line of source.
fn escape_start(piece: &str) -> String {
    let mut letters = piece.chars();
    match letters.next() {
        Some(first) if first.is_whitespace() && first != '\n' => {
            format!("{}{}", first.escape_unicode(), escape(letters.as_str()))
        }
        _ => escape(piece),
    }
}

fn escape(text: &str) -> String {
    let mut escaped = String::new();
    for letter in text.chars() {
        match letter {
            '"' => escaped.push_str("\\\""),
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            // A C string ends at a zero.
            '\0' => escaped.push('\u{fffd}'),
            _ if letter.is_control() || is_invisible(letter) => {
                escaped.extend(letter.escape_unicode());
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

/// Bidirectional control characters, which rustc refuses in literals, and blanks that look like other characters.
fn is_invisible(letter: char) -> bool {
    (letter.is_whitespace() && letter != ' ')
        || matches!(letter, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_stay_on_one_line() {
        assert_eq!(
            literal("a\n\n\"b\" \\ é\u{0}", 4, 0, 1),
            "c\"a\\n\\n\\\"b\\\" \\\\ é\u{fffd}\""
        );
    }

    #[test]
    fn long_texts_break_after_lines_and_words() {
        let text = format!("f(a)\n--\n\nOne.\n\n    {}\nend", "word ".repeat(25));
        let literal = literal(&text, 4, 20, 1);
        let lines: Vec<_> = literal.lines().collect();
        assert_eq!(
            lines[..3],
            [r#"c"f(a)\n\"#, r"    --\n\n\", r"    One.\n\n\"]
        );
        assert!(lines[3].starts_with(r"    \u{20}   word word"), "{literal}");
        assert_eq!(lines.last(), Some(&r#"    end""#));
        assert!(
            lines.iter().all(|line| width(line) <= MAX_WIDTH),
            "{literal}"
        );
        // The string that rustc reads from the literal.
        let joined: String = lines
            .iter()
            .map(|line| line.trim_start().trim_end_matches('\\'))
            .collect();
        let read = joined.replace("\\n", "\n").replace("\\u{20}", " ");
        assert_eq!(read, format!("c\"{text}\""));
    }
}
