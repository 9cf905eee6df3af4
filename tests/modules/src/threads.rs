//! Several threads at once.

mod bindings {
    pyidl_runtime::include_idl!("threads");
}

use std::panic;
use std::sync::{Condvar, Mutex};
use std::thread;
use std::time::Duration;

use bindings::{SharedCounterClass, Threads};
use pyidl_runtime as rt;
use rt::{Any, Callback, Handle, Map, Python, Set};

struct Module;

fn wait(milliseconds: u32) {
    thread::sleep(Duration::from_millis(milliseconds.into()));
}

impl Threads for Module {
    fn meet(threads: u32) {
        static WAITING: Mutex<u32> = Mutex::new(0);
        static ALL_HERE: Condvar = Condvar::new();
        let mut waiting = WAITING.lock().unwrap();
        *waiting += 1;
        let all_here = waiting.next_multiple_of(threads);
        ALL_HERE.notify_all();
        while *waiting < all_here {
            waiting = ALL_HERE.wait(waiting).unwrap();
        }
    }

    fn checksum(data: &[u8]) -> u64 {
        data.iter().map(|byte| u64::from(*byte)).sum()
    }

    fn count_words(texts: Vec<String>) -> u64 {
        texts
            .iter()
            .map(|text| text.split_whitespace().count() as u64)
            .sum()
    }

    fn sum(values: Vec<f64>) -> f64 {
        values.iter().sum()
    }

    fn sum_pairs(values: Vec<(i64, f64)>) -> f64 {
        values
            .iter()
            .map(|(number, value)| *number as f64 * value)
            .sum()
    }

    fn sum_table(values: Map<String, f64>) -> f64 {
        values.values().sum()
    }

    fn length(values: Set<i64>) -> u64 {
        values.len() as u64
    }
}

pub struct SharedCounter {
    value: u64,
    kept: Mutex<Option<Handle>>,
}

/// Calls a function.
fn run(function: &Handle) {
    Python::attach(|py| {
        if let Some(function) = function.bind(py) {
            function.call(()).unwrap();
        }
    });
}

/// Runs Python code when it is dropped.
struct RunWhenDropped(Handle);

impl Drop for RunWhenDropped {
    fn drop(&mut self) {
        run(&self.0);
    }
}

impl SharedCounter {
    fn of(value: u64) -> Self {
        Self {
            value,
            kept: Mutex::new(None),
        }
    }

    /// Runs what is kept while nothing says that Python code may run.
    fn run(&self, how: &str) {
        let kept = self.kept.lock().unwrap().take();
        let Some(kept) = kept else { return };
        match how {
            "attach" => run(&kept),
            "handle" => drop(kept),
            "drop" => drop(RunWhenDropped(kept)),
            "repr" => {
                Python::attach(|py| kept.bind(py).map(|object| format!("{object:?}")));
            }
            "signal" => {
                Python::attach(|py| {
                    let signal = py.import("signal").unwrap();
                    let number = signal.getattr("SIGTERM").unwrap();
                    signal.call_method("raise_signal", (number,)).unwrap();
                    py.check_signals().unwrap();
                });
            }
            "panic" => {
                let previous = panic::take_hook();
                panic::set_hook(Box::new(move |_| run(&kept)));
                let _ = panic::catch_unwind(|| panic!("heard by the hook"));
                panic::set_hook(previous);
            }
            other => panic!("no way to run Python code: {other}"),
        }
    }
}

impl SharedCounterClass for SharedCounter {
    fn new(start: u64) -> Self {
        Self::of(start)
    }

    fn value(&self) -> u64 {
        self.value
    }

    fn set_value(&mut self, value: u64) {
        self.value = value;
    }

    fn increment(&mut self) -> u64 {
        self.value += 1;
        self.value
    }

    fn slow_increment(&mut self) {
        let value = self.value;
        thread::yield_now();
        self.value = value + 1;
    }

    fn detached_increment(&mut self, milliseconds: u32) {
        let value = self.value;
        wait(milliseconds);
        self.value = value + 1;
    }

    fn detached_read(&self, milliseconds: u32) -> u64 {
        let value = self.value;
        wait(milliseconds);
        assert_eq!(value, self.value, "changed while it was read");
        value
    }

    fn change<'py>(&mut self, _py: Python<'py>, function: Callback<'py, (), ()>) -> rt::Result<()> {
        let value = self.value;
        function.call(())?;
        self.value = value + 1;
        Ok(())
    }

    fn look<'py>(&self, _py: Python<'py>, function: Callback<'py, (), ()>) -> rt::Result<()> {
        let value = self.value;
        function.call(())?;
        assert_eq!(value, self.value, "changed while it was read");
        Ok(())
    }

    fn peek(&self, how: &str) -> u64 {
        let value = self.value;
        self.run(how);
        assert_eq!(value, self.value, "changed while it was read");
        value
    }

    fn detached_peek(&self, how: &str) -> u64 {
        self.peek(how)
    }

    fn keep<'py>(&self, _py: Python<'py>, function: Any<'py>) -> rt::Result<()> {
        *self.kept.lock().unwrap() = Some(Handle::new(function));
        Ok(())
    }

    fn absorb(&mut self, other: &Self) {
        self.value += other.value;
    }

    fn op_add(&self, other: &Self) -> u64 {
        self.value + other.value
    }
}

bindings::export!(Module);
