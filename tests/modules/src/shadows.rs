//! Names that annotations and stubs are made of, with other meanings here.

mod bindings {
    pyidl_runtime::include_idl!("shadows");
}

use std::path::{Path, PathBuf};

use bindings::sys::{Sys, Text};
use bindings::{LastClass, Mode, Number, Optional, Problem, RowClass, ShadowsModule};
use pyidl_runtime as rt;
use rt::exceptions::ValueError;

struct Module;

impl ShadowsModule for Module {
    fn r#enum(mode: Mode) -> Mode {
        mode
    }

    fn typing(number: Number) -> Optional {
        match number {
            Number::U8(number) => Optional::F64(f64::from(number)),
            Number::S64(_) => Optional::OptionString(None),
            Number::Char(letter) => Optional::Char(letter),
            Number::String(text) => Optional::OptionString(Some(text)),
        }
    }

    fn builtins(mut list: Vec<String>, str: &str, dict: rt::Map<String, i64>) -> Vec<String> {
        list.push(str.to_owned());
        list.extend(dict.into_keys());
        list
    }

    fn first_of(list: Vec<Vec<u8>>) -> Option<String> {
        String::from_utf8(list.into_iter().next()?).ok()
    }

    fn str(str: &str) -> String {
        str.to_uppercase()
    }

    fn int(values: rt::Set<i64>) -> i64 {
        values.into_iter().sum()
    }

    fn property(property: &Path) -> bool {
        property.is_absolute()
    }

    fn staticmethod<'py>(_py: rt::Python<'py>, values: rt::Any<'py>) -> rt::Result<rt::Any<'py>> {
        Ok(values)
    }

    fn collections<'py>(
        _py: rt::Python<'py>,
        call: rt::Callback<'py, (i64,), i64>,
    ) -> rt::Result<i64> {
        call.call((1,))
    }

    fn midnight(datetime: rt::DateTime) -> rt::Date {
        datetime.date
    }

    fn number_of(decimal: rt::Decimal) -> rt::Decimal {
        decimal
    }

    fn identity(uuid: rt::Uuid) -> rt::Uuid {
        uuid
    }

    fn os(path: &Path) -> PathBuf {
        path.to_owned()
    }

    fn pathlib() -> impl Iterator<Item = PathBuf> + Send + 'static {
        std::iter::once(PathBuf::from("/"))
    }

    fn typing_extensions(value: Result<String, String>) -> Result<u8, Problem> {
        match value {
            Ok(text) => text.parse().map_err(|_| Problem::Int { str: text, int: 0 }),
            Err(text) => Err(Problem::Dict(text)),
        }
    }

    fn dataclasses(values: rt::FrozenSet<i64>) -> rt::FrozenSet<i64> {
        values
    }

    fn dataclass() -> Result<(), ValueError> {
        Err(ValueError::new("no data"))
    }

    fn deprecated(_final: bool) {}

    fn r#final() {}

    fn private_sys() -> i64 {
        1
    }

    fn private_enum() -> i64 {
        2
    }

    fn private_builtins() -> i64 {
        3
    }

    fn private_str_enum() -> i64 {
        4
    }
}

impl Sys for Module {
    fn sys(r#enum: Text) -> Text {
        r#enum
    }
}

pub struct Row {
    list: Vec<i64>,
    sequence: Vec<String>,
}

impl RowClass for Row {
    fn new(list: Vec<i64>, sequence: Vec<String>) -> Self {
        Self { list, sequence }
    }

    fn list(&self, list: Vec<i64>) -> Vec<i64> {
        list
    }

    fn int(int: i64) -> i64 {
        int
    }

    fn class_method(str: &str) -> Self {
        Self::new(Vec::new(), vec![str.to_owned()])
    }

    fn property(&self) -> Vec<String> {
        self.sequence.clone()
    }

    fn str(&self) -> String {
        self.sequence.concat()
    }

    fn classmethod(&self) -> bool {
        self.list.is_empty()
    }

    fn staticmethod() -> f64 {
        0.5
    }

    fn bool(value: bool) -> bool {
        value
    }

    fn op_eq(&self, other: &Self) -> bool {
        self.list == other.list
    }

    fn op_iter(&self) -> impl Iterator<Item = i64> + Send + 'static {
        self.list.clone().into_iter()
    }
}

pub struct Last(i64);

impl LastClass for Last {
    fn new(value: i64) -> Result<Self, ValueError> {
        Ok(Self(value))
    }

    fn property(&self) -> Result<i64, ValueError> {
        Ok(self.0)
    }
}

bindings::export!(Module);
