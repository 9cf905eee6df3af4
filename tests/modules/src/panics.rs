//! Rust panics become `PanicError`.

mod bindings {
    pyidl_runtime::include_idl!("panics");
}

use bindings::{FragileClass, FragileIteratorClass, Panics};
use pyidl_runtime as rt;
use rt::{Callback, Python};

struct Module;

impl Panics for Module {
    fn crash(message: &str) {
        panic!("{message}");
    }

    fn pick(values: Vec<i64>, index: u64) -> i64 {
        values[index as usize]
    }

    fn crash_oddly() {
        std::panic::panic_any(42_u8);
    }

    fn countdown(start: u32) -> impl Iterator<Item = u32> + Send + 'static {
        let mut left = start;
        std::iter::from_fn(move || {
            assert!(left > 0, "nothing left");
            left -= 1;
            Some(left)
        })
    }

    fn crash_twice() {
        let _second = OnDrop(|| panic!("the second"));
        panic!("the first");
    }

    fn crash_and_catch() {
        let _second = OnDrop(|| drop(std::panic::catch_unwind(|| panic!("the second"))));
        panic!("the first");
    }

    fn crash_and_call<'py>(_py: Python<'py>, function: Callback<'py, (), ()>) -> rt::Result<()> {
        let _second = OnDrop(|| drop(function.call(())));
        panic!("the first");
    }

    fn crash_after<'py>(_py: Python<'py>, function: Callback<'py, (), ()>) -> rt::Result<()> {
        function.call(())?;
        panic!("after the callback");
    }

    fn call_in_thread<'py>(py: Python<'py>, function: Callback<'py, (), ()>) -> rt::Result<String> {
        let function = rt::Handle::new(function.as_any().clone());
        let work = move || {
            let called = Python::attach(|py| match function.bind(py) {
                Some(function) => match function.call(()) {
                    Ok(_) => "nothing".to_owned(),
                    Err(error) => error.to_string(),
                },
                None => "another interpreter".to_owned(),
            });
            called.unwrap_or_default()
        };
        let thread = py.detach(|| std::thread::spawn(work).join());
        Ok(thread.unwrap_or_else(|_| "a panic".to_owned()))
    }

    fn crash_detached() {
        panic!("without the lock");
    }
}

/// Calls a function when it is dropped.
struct OnDrop<F: FnMut()>(F);

impl<F: FnMut()> Drop for OnDrop<F> {
    fn drop(&mut self) {
        self.0();
    }
}

pub struct Fragile {
    pokes: u32,
    crash_on_drop: bool,
}

impl FragileClass for Fragile {
    fn new(crash: bool, crash_on_drop: bool) -> Self {
        assert!(!crash, "in the constructor");
        Self {
            pokes: 0,
            crash_on_drop,
        }
    }

    fn pokes(&self) -> u32 {
        self.pokes
    }

    fn broken(&self) -> u32 {
        panic!("in a getter");
    }

    fn set_broken(&mut self, _value: u32) {
        panic!("in a setter");
    }

    fn poke(&mut self, crash: bool) -> u32 {
        self.pokes += 1;
        assert!(!crash, "poked");
        self.pokes
    }

    fn look(&self, crash: bool) -> u32 {
        assert!(!crash, "looked");
        self.pokes
    }

    fn op_len(&self) -> u64 {
        panic!("in len");
    }

    fn op_repr(&self) -> String {
        panic!("in repr");
    }

    fn op_eq(&self, _other: &Self) -> bool {
        panic!("in eq");
    }

    fn op_add(&self, _other: i64) -> i64 {
        panic!("in add");
    }

    fn op_getitem(&self, _index: i64) -> i64 {
        panic!("in getitem");
    }

    #[allow(unreachable_code)]
    fn op_iter(&self) -> impl Iterator<Item = i64> + Send + 'static {
        panic!("in iter");
        std::iter::empty()
    }
}

impl Drop for Fragile {
    fn drop(&mut self) {
        assert!(!self.crash_on_drop, "in drop");
    }
}

pub struct FragileIterator {
    good: u32,
}

impl FragileIteratorClass for FragileIterator {
    fn new(good: u32) -> Self {
        Self { good }
    }

    fn op_next(&mut self) -> Option<u32> {
        self.good = self.good.checked_sub(1).expect("ran out");
        Some(self.good)
    }
}

bindings::export!(Module);
