//! The strings of a TOML file, with the place in the file of each character.

use toml::Spanned;
use toml::de::{DeString, DeValue};

use crate::source::{FileId, Span};
use crate::syntax::places::Places;

/// A string or key, without quotes and with escapes resolved.
#[derive(Clone, Debug)]
pub(super) struct Text<'a> {
    pub(super) value: &'a str,
    /// Its place in the file, quotes included.
    pub(super) span: Span,
    pub(super) places: Places,
}

impl<'a> Text<'a> {
    /// The string that `value` is, in `file` with the text `source`.
    pub(super) fn of_value(
        value: &'a Spanned<DeValue<'a>>,
        source: &str,
        file: FileId,
    ) -> Option<Self> {
        let text = value.get_ref().as_str()?;
        Some(Self::new(text, value.span(), source, file))
    }

    /// A key.
    pub(super) fn of_key(key: &'a Spanned<DeString<'a>>, source: &str, file: FileId) -> Self {
        Self::new(key.get_ref(), key.span(), source, file)
    }

    /// A value that is not a string, in source form: `0xff`, `true`.
    pub(super) fn as_written(range: std::ops::Range<usize>, source: &'a str, file: FileId) -> Self {
        let value = source.get(range.clone()).unwrap_or_default();
        let range = range.start as u32..range.end as u32;
        let mut places = Places::from(range.start);
        places.push(value.len() as u32, range.clone());
        Self {
            value,
            span: Span::new(file, range.start, range.end),
            places,
        }
    }

    fn new(value: &'a str, range: std::ops::Range<usize>, source: &str, file: FileId) -> Self {
        let span = Span::new(file, range.start as u32, range.end as u32);
        let mut places = places(source.get(range).unwrap_or_default(), span.start);
        if places.len() as usize != value.len() {
            // The string is invalid, which is reported: any place in it is good enough.
            places = Places::from(span.start);
            places.push(value.len() as u32, span.start..span.end);
        }
        Self {
            value,
            span,
            places,
        }
    }

    /// The place in the file of the text from `start` to `end`.
    pub(super) fn place(&self, start: usize, end: usize) -> Span {
        self.places.span(self.span.file, start as u32, end as u32)
    }
}

/// The places of the string or bare key `raw`, which starts at `at`.
fn places(raw: &str, at: u32) -> Places {
    let (mut inner, quotes, has_escapes) = match raw.as_bytes() {
        [b'"', b'"', b'"', ..] => (raw.get(3..).unwrap_or_default(), "\"\"\"", true),
        [b'\'', b'\'', b'\'', ..] => (raw.get(3..).unwrap_or_default(), "'''", false),
        [b'"', ..] => (&raw[1..], "\"", true),
        [b'\'', ..] => (&raw[1..], "'", false),
        _ => (raw, "", false),
    };
    inner = inner.strip_suffix(quotes).unwrap_or(inner);
    let mut start = at + quotes.len() as u32;
    if quotes.len() == 3 {
        // A line break directly after the opening quotes is not part of the text.
        let rest = inner.strip_prefix('\r').unwrap_or(inner);
        if let Some(rest) = rest.strip_prefix('\n') {
            start += (inner.len() - rest.len()) as u32;
            inner = rest;
        }
    }
    let mut places = Places::from(start);
    while let Some(before) = inner.find('\\').filter(|_| has_escapes) {
        places.push(before as u32, start..start + before as u32);
        start += before as u32;
        let (length, written) = escape(&inner[before..]);
        if length > 0 {
            places.push(length, start..start + written);
        }
        start += written;
        inner = inner.get(before + written as usize..).unwrap_or_default();
    }
    places.push(inner.len() as u32, start..start + inner.len() as u32);
    places
}

/// The number of bytes that the escape at the start of `text` stands for, and its length.
fn escape(text: &str) -> (u32, u32) {
    let digits = match text.as_bytes().get(1) {
        Some(b'x') => 2,
        Some(b'u') => 4,
        Some(b'U') => 8,
        Some(b' ' | b'\t' | b'\r' | b'\n') => {
            // The line break, and all blanks up to the next word.
            let rest = text[1..].trim_start_matches([' ', '\t', '\r', '\n']);
            return (0, (text.len() - rest.len()) as u32);
        }
        Some(byte) if byte.is_ascii() => return (1, 2),
        _ => return (0, 1),
    };
    let character = text
        .get(2..2 + digits)
        .and_then(|digits| u32::from_str_radix(digits, 16).ok())
        .and_then(char::from_u32);
    match character {
        Some(character) => (character.len_utf8() as u32, 2 + digits as u32),
        None => (0, 2),
    }
}

#[cfg(test)]
mod tests {
    use toml::de::DeTable;

    use super::*;

    /// The place in the file of `part` of the text.
    fn written(source: &str, part: &str) -> String {
        let table = DeTable::parse(source).expect("TOML");
        let value = table.get_ref().get("x").expect("a value");
        let text = Text::of_value(value, source, FileId::default()).expect("a string");
        let start = text.value.find(part).expect("it is in the text");
        let span = text.place(start, start + part.len());
        source[span.range()].to_owned()
    }

    #[test]
    fn parts_of_strings_are_found() {
        for (source, part, place) in [
            ("x = \"a list b\"", "list", "list"),
            ("x = 'a \\ list'", "list", "list"),
            ("x = \"\\\"é\\\" list\"", "list", "list"),
            ("x = \"\\u00e9\\U0001F40D\\x41 list\"", "list", "list"),
            ("x = \"caf\\u00e9 b\"", "café", "caf\\u00e9"),
            ("x = \"a \\\"b\\\" c\"", "\"b\"", "\\\"b\\\""),
            ("x = \"\"\"\nfirst\n  list\"\"\"", "list", "list"),
            ("x = \"\"\"\r\nfirst \\\n    list\\t\"\"\"", "list", "list"),
            ("x = '''\nfirst\n  list'''", "list", "list"),
            ("x = \"\"\"a\"\"list\"\"\"", "list", "list"),
        ] {
            assert_eq!(written(source, part), place, "{source}");
        }
    }
}
