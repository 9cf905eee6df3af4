//! What the benchmark calls.

#![forbid(unsafe_code)]

mod bindings {
    pyidl_runtime::include_idl!("bench_pyidl");
}

use bindings::{BenchPyidl, CounterClass};

struct Module;

impl BenchPyidl for Module {
    fn noop() {}

    fn add(a: i64, b: i64) -> i64 {
        a.wrapping_add(b)
    }

    fn greet(name: &str) -> String {
        ["Hello, ", name, "!"].concat()
    }

    fn sum_floats(values: Vec<f64>) -> f64 {
        values.iter().sum()
    }

    fn count_up(stop: i64) -> Vec<i64> {
        (0..stop).collect()
    }
}

/// A number that is counted up.
pub struct Counter {
    value: i64,
}

impl CounterClass for Counter {
    fn new(start: i64) -> Self {
        Self { value: start }
    }

    fn increment(&mut self) {
        self.value += 1;
    }

    fn get(&self) -> i64 {
        self.value
    }

    fn value(&self) -> i64 {
        self.value
    }
}

bindings::export!(Module);
