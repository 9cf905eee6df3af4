//! What the benchmark calls, with PyO3.

use pyo3::prelude::*;

#[pyfunction]
fn noop() {}

#[pyfunction]
fn add(a: i64, b: i64) -> i64 {
    a.wrapping_add(b)
}

#[pyfunction]
fn greet(name: &str) -> String {
    ["Hello, ", name, "!"].concat()
}

#[pyfunction]
fn sum_floats(values: Vec<f64>) -> f64 {
    values.iter().sum()
}

#[pyfunction]
fn count_up(stop: i64) -> Vec<i64> {
    (0..stop).collect()
}

#[pyclass]
struct Counter {
    value: i64,
}

#[pymethods]
impl Counter {
    #[new]
    #[pyo3(signature = (start = 0))]
    fn new(start: i64) -> Self {
        Self { value: start }
    }

    fn increment(&mut self) {
        self.value += 1;
    }

    fn get(&self) -> i64 {
        self.value
    }

    #[getter]
    fn value(&self) -> i64 {
        self.value
    }
}

#[pymodule(gil_used = false)]
fn bench_pyo3(module: &Bound<'_, PyModule>) -> PyResult<()> {
    module.add_function(wrap_pyfunction!(noop, module)?)?;
    module.add_function(wrap_pyfunction!(add, module)?)?;
    module.add_function(wrap_pyfunction!(greet, module)?)?;
    module.add_function(wrap_pyfunction!(sum_floats, module)?)?;
    module.add_function(wrap_pyfunction!(count_up, module)?)?;
    module.add_class::<Counter>()
}
