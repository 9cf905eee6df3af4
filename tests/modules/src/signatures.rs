//! What `help()`, `inspect` and type checkers see.

mod bindings {
    pyidl_runtime::include_idl!("signatures");
}

use std::path::Path;

use bindings::{Signatures, ThingClass, Trouble};
use pyidl_runtime as rt;
use rt::exceptions::IndexError;
use rt::{Any, Callback, Iter, Map, Python, Set};

struct Module;

impl Signatures for Module {
    fn documented(a: i64, _b: &str) -> i64 {
        a
    }

    fn at_length() {}

    fn undocumented(_a: i64) {}

    fn quoted() {}

    fn defaults(
        _a: i64,
        _b: f64,
        _c: &str,
        data: &[u8],
        _e: Option<i64>,
        _f: bool,
        _g: Vec<i64>,
        _h: (i64, String),
        _i: Map<String, i64>,
        _j: Option<i64>,
        _k: char,
    ) -> u64 {
        data.len() as u64
    }

    fn kinds(
        _a: i64,
        _b: i64,
        _c: i64,
        _args: Vec<i64>,
        _d: i64,
        _e: i64,
        _options: Map<String, i64>,
    ) {
    }

    fn types<'py>(
        _py: Python<'py>,
        _flag: bool,
        _number: u8,
        _ratio: f32,
        text: &str,
        _data: &[u8],
        _path: &Path,
        _anything: Any<'py>,
        _words: Vec<String>,
        _pair: (i64, f64),
        _table: Map<String, Vec<i64>>,
        _unique: Set<i64>,
        _maybe: Option<&str>,
        _function: Callback<'py, (i64,), String>,
        _numbers: Iter<'py, f64>,
    ) -> rt::Result<String> {
        Ok(text.to_owned())
    }

    fn renamed() {}

    fn old() -> i64 {
        1
    }

    fn fail() -> Result<(), Trouble> {
        Err(Trouble {
            message: "in trouble".to_owned(),
            code: 7,
            place: "here".to_owned(),
        })
    }

    fn sum(values: Vec<i64>) -> i64 {
        values.iter().sum()
    }
}

pub struct Thing {
    text: String,
    count: u32,
}

impl ThingClass for Thing {
    fn new(text: &str, count: u32) -> Self {
        Self {
            text: text.to_owned(),
            count,
        }
    }

    fn text(&self) -> String {
        self.text.clone()
    }

    fn set_text(&mut self, value: &str) {
        value.clone_into(&mut self.text);
    }

    fn count(&self) -> u32 {
        self.count
    }

    fn method(&self, a: i64, b: i64) -> i64 {
        a + b
    }

    fn of(text: &str) -> Self {
        Self::new(text, 1)
    }

    fn parse(text: &str, _strict: bool) -> Self {
        Self::new(text, 1)
    }

    fn op_len(&self) -> u64 {
        self.text.len() as u64
    }

    fn op_getitem(&self, index: i64) -> Result<String, IndexError> {
        let letter = usize::try_from(index)
            .ok()
            .and_then(|index| self.text.chars().nth(index));
        letter
            .map(String::from)
            .ok_or_else(|| IndexError::new("out of range"))
    }

    fn op_call(&self, times: u32) -> String {
        self.text.repeat(times as usize)
    }
}

bindings::export!(Module);
