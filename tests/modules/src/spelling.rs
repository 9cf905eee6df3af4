//! Names that Python writes in camelCase, and names that builtin types have, too.

mod bindings {
    pyidl_runtime::include_idl!("spelling");
}

use bindings::test_types::{NamePair, TestTypes};
use bindings::text_tools::{FailWithError, TextTools};
use bindings::{
    BytesClass, CheckValueError, LineEnd, LineFilter, List, Outline, ParseError, Set, Spelling,
    TextDocumentClass, TextOptions, TextRange,
};
use pyidl_runtime::{self as rt, BigInt, Python, Ref};

struct Module;

impl Spelling for Module {
    fn count_lines(
        first_range: TextRange,
        more_ranges: Vec<TextRange>,
        line_end: LineEnd,
        text_options: TextOptions,
        other_options: rt::Map<String, u32>,
    ) -> Result<rt::Map<String, u32>, ParseError> {
        let mut counted: rt::Map<String, u32> = other_options;
        let ranges = [first_range].into_iter().chain(more_ranges);
        for (index, range) in ranges.enumerate() {
            let lines = range.last_line.checked_sub(range.first_line);
            let lines = lines.ok_or_else(|| ParseError::new("backwards", range.first_line))?;
            counted.insert(format!("range {index}"), lines);
        }
        let end = match line_end {
            LineEnd::LineFeed => 10,
            LineEnd::CarriageReturn => 13,
        };
        counted.insert("end".to_owned(), end);
        let words = text_options.contains(TextOptions::WHOLE_WORDS);
        counted.insert("words".to_owned(), words.into());
        Ok(counted)
    }

    fn filter_lines(
        _py: Python<'_>,
        all_lines: Vec<String>,
        line_filter: LineFilter<'_>,
    ) -> rt::Result<Vec<String>> {
        let mut kept = Vec::new();
        for line in all_lines {
            if line_filter.call((line.clone(),))? {
                kept.push(line);
            }
        }
        Ok(kept)
    }

    fn outline_of(text_range: TextRange, as_box: bool) -> Outline {
        match as_box {
            true => Outline::BoxOf {
                left_edge: text_range.first_line.into(),
                right_edge: text_range.last_line.into(),
            },
            false => Outline::Around(text_range),
        }
    }

    fn spelt_by_hand(by_hand: u8) -> u8 {
        by_hand
    }

    fn lambda(lambda: u8, is_lambda: u8) -> u8 {
        lambda + is_lambda
    }

    fn int(int: BigInt, base: u8) -> BigInt {
        match base {
            10 => int,
            _ => BigInt::from(base),
        }
    }

    fn set_of(set: Set, list: List) -> rt::Map<String, rt::Set<u8>> {
        let mut sets = rt::Map::new();
        sets.insert(format!("{} lists", list.items.len()), set.items);
        sets
    }

    fn check_value(kind: u8) -> Result<(), CheckValueError> {
        match kind {
            0 => Ok(()),
            1 => Err(bindings::ValueError::new("ours").into()),
            2 => Err(rt::exceptions::ValueError::new("Python's").into()),
            _ => Err(rt::exceptions::KeyError::new("key").into()),
        }
    }
}

fn inner_error() -> bindings::test_types::ValueError {
    bindings::test_types::ValueError::new("inner", "cause".to_owned())
}

impl TextTools for Module {
    fn find_all(wanted_text: &str) -> Vec<NamePair> {
        vec![NamePair {
            given_name: wanted_text.to_owned(),
            family_name: String::new(),
        }]
    }

    fn fail_with(error_kind: u8) -> Result<(), FailWithError> {
        Err(match error_kind {
            0 => FailWithError::TestTypesValueError(inner_error()),
            1 => FailWithError::ValueError(bindings::ValueError::new("ours")),
            2 => FailWithError::ValueError(inner_error().into()),
            _ => FailWithError::BuiltinValueError(rt::exceptions::ValueError::new("Python's")),
        })
    }
}

impl TestTypes for Module {
    fn swap_names(name_pair: NamePair) -> NamePair {
        NamePair {
            given_name: name_pair.family_name,
            family_name: name_pair.given_name,
        }
    }
}

pub struct TextDocument {
    file_name: String,
    line_count: u32,
}

impl TextDocumentClass for TextDocument {
    fn new(file_name: &str, line_count: u32) -> Self {
        Self {
            file_name: file_name.to_owned(),
            line_count,
        }
    }

    fn line_count(&self) -> u32 {
        self.line_count
    }

    fn set_line_count(&mut self, value: u32) {
        self.line_count = value;
    }

    fn file_name(&self) -> String {
        self.file_name.clone()
    }

    fn add_line(&mut self, _new_line: &str) -> u32 {
        self.line_count += 1;
        self.line_count
    }

    fn from_range(text_range: TextRange) -> Self {
        Self::new(&text_range.kept_name, text_range.last_line)
    }

    fn op_len(&self) -> u64 {
        self.line_count.into()
    }
}

pub struct Bytes(Vec<u8>);

impl BytesClass for Bytes {
    fn new(of: &[u8]) -> Self {
        Self(of.to_owned())
    }

    fn value(&self) -> Vec<u8> {
        self.0.clone()
    }

    fn joined(parts: Vec<Ref<'_, Self>>, between: &[u8]) -> Self {
        let parts: Vec<&[u8]> = parts.iter().map(|part| &*part.0).collect();
        Self(parts.join(between))
    }
}

bindings::export!(Module);
