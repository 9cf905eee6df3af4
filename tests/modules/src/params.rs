//! Every way of passing an argument.

mod bindings {
    pyidl_runtime::include_idl!("params");
}

use bindings::{Params, TakerClass};
use pyidl_runtime as rt;

struct Module;

impl Params for Module {
    fn nothing() {}

    fn one(a: i64) -> i64 {
        a
    }

    fn two(a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    fn three(a: i64, b: i64, c: i64) -> (i64, i64, i64) {
        (a, b, c)
    }

    fn only_by_position(a: i64) -> i64 {
        a
    }

    fn two_by_position(a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    fn half_by_position(a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    fn only_by_keyword(a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    fn one_default(a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    fn all_defaults(a: i64, b: i64, c: i64) -> (i64, i64, i64) {
        (a, b, c)
    }

    fn position_default(a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    fn keyword_default(a: i64, b: i64, c: i64) -> (i64, i64, i64) {
        (a, b, c)
    }

    fn any_number(args: Vec<i64>) -> Vec<i64> {
        args
    }

    fn at_least_one(first: i64, rest: Vec<i64>) -> (i64, Vec<i64>) {
        (first, rest)
    }

    fn rest_and_keyword(rest: Vec<i64>, a: i64, b: i64) -> (Vec<i64>, i64, i64) {
        (rest, a, b)
    }

    fn any_keywords(options: rt::Map<String, i64>) -> rt::Map<String, i64> {
        options
    }

    fn position_and_keywords(a: i64, options: rt::Map<String, i64>) -> (i64, rt::Map<String, i64>) {
        (a, options)
    }

    fn everything(
        a: i64,
        b: i64,
        c: i64,
        args: Vec<i64>,
        d: i64,
        e: i64,
        options: rt::Map<String, i64>,
    ) -> (i64, i64, i64, Vec<i64>, i64, i64, rt::Map<String, i64>) {
        (a, b, c, args, d, e, options)
    }

    fn many(
        a: i64,
        b: i64,
        c: i64,
        d: i64,
        e: i64,
        f: i64,
        g: i64,
        h: i64,
        i: i64,
        j: i64,
    ) -> Vec<i64> {
        vec![a, b, c, d, e, f, g, h, i, j]
    }

    fn computed(a: i64, b: Option<i64>) -> (i64, Option<i64>) {
        (a, b)
    }

    fn computed_option(a: Option<Option<i64>>) -> (bool, Option<i64>) {
        (a.is_some(), a.flatten())
    }

    fn kinds(
        flag: bool,
        count: i64,
        ratio: f64,
        letter: char,
        text: &str,
        data: &[u8],
        nothing: Option<i64>,
    ) -> (bool, i64, f64, char, String, Vec<u8>, Option<i64>) {
        (
            flag,
            count,
            ratio,
            letter,
            text.to_owned(),
            data.to_vec(),
            nothing,
        )
    }

    fn containers(
        numbers: Vec<i64>,
        pair: (i64, String),
        table: rt::Map<String, i64>,
        empty: Vec<String>,
    ) -> (Vec<i64>, (i64, String), rt::Map<String, i64>, Vec<String>) {
        (numbers, pair, table, empty)
    }

    fn reserved_words(lambda: i64, r#match: i64, crate_: i64, r#type: i64, class: i64) -> Vec<i64> {
        vec![lambda, r#match, crate_, r#type, class]
    }
}

pub struct Taker {
    got: (i64, i64),
}

impl TakerClass for Taker {
    fn new(a: i64, b: i64) -> Self {
        Self { got: (a, b) }
    }

    fn got(&self) -> (i64, i64) {
        self.got
    }

    fn nothing(&self) {}

    fn take(&self, a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    fn take_by_position(&self, a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    fn take_by_keyword(&mut self, a: i64, b: i64) -> (i64, i64) {
        self.got = (a, b);
        self.got
    }

    fn take_rest(
        &self,
        a: i64,
        rest: Vec<i64>,
        options: rt::Map<String, i64>,
    ) -> (i64, Vec<i64>, rt::Map<String, i64>) {
        (a, rest, options)
    }

    fn take_static(a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    fn take_class(a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }

    fn op_call(&self, a: i64, b: i64) -> (i64, i64) {
        (a, b)
    }
}

bindings::export!(Module);
