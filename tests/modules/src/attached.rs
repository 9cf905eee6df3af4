//! Threads that Rust code has started, and interpreters.

mod bindings {
    pyidl_runtime::include_idl!("attached");
}

use std::sync::Mutex;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use bindings::{Attached, Broken, MarkerClass, Point, Side};
use pyidl_runtime as rt;
use rt::exceptions::ImportError;
use rt::{Any, Handle, Python};

struct Module;

type Background = JoinHandle<(u64, Option<String>)>;

static BACKGROUND: Mutex<Option<Background>> = Mutex::new(None);

/// One object of each kind.
fn make(py: Python<'_>) -> rt::Result<()> {
    py.object(Point { x: 1.5, y: 2.5 })?;
    py.object(vec![Side::Left, Side::Right])?;
    py.object(Marker)?;
    py.object(Broken {
        message: "no".into(),
        code: 7,
    })?;
    Ok(())
}

impl Attached for Module {
    fn make_in_thread(times: u32) -> Option<String> {
        let work = move || Python::attach(|py| (0..times).try_for_each(|_| make(py)));
        match thread::spawn(work).join() {
            Ok(Some(made)) => made.err().map(|error| error.to_string()),
            Ok(None) => Some("there is no interpreter".into()),
            Err(_) => Some("the thread panicked".into()),
        }
    }

    fn make_in_background(milliseconds: u32) {
        let end = Instant::now() + Duration::from_millis(milliseconds.into());
        let work = move || {
            let mut rounds = 0;
            while Instant::now() < end {
                let made = Python::attach(|py| match (0..50).try_for_each(|_| make(py)) {
                    Err(error) if !error.is::<ImportError>(py) => Some(error.to_string()),
                    _ => None,
                });
                if let Some(Some(error)) = made {
                    return (rounds, Some(error));
                }
                rounds += 1;
            }
            (rounds, None)
        };
        *BACKGROUND.lock().unwrap() = Some(thread::spawn(work));
    }

    fn wait_for_background() -> (u64, Option<String>) {
        let thread = BACKGROUND.lock().unwrap().take();
        thread.map_or((0, None), |thread| thread.join().unwrap())
    }

    fn keep_in_thread<'py>(py: Python<'py>, _object: Any<'py>) -> rt::Result<(bool, bool)> {
        let work = || Python::attach(|py| py.object("kept").map(Handle::new).ok()).flatten();
        let (kept, there) = py.detach(|| {
            let kept = thread::spawn(work).join().unwrap();
            let there = thread::scope(|scope| {
                let look =
                    || Python::attach(|py| kept.as_ref().is_some_and(|it| it.bind(py).is_some()));
                scope.spawn(look).join().unwrap()
            });
            (kept, there == Some(true))
        });
        Ok((there, kept.is_some_and(|kept| kept.bind(py).is_some())))
    }

    fn attach_here() -> bool {
        Python::attach(|_| true) == Some(true)
    }

    fn drop_in_thread<'py>(_py: Python<'py>, object: Any<'py>) -> rt::Result<()> {
        let kept = Handle::new(object);
        thread::spawn(move || drop(kept)).join().unwrap();
        Ok(())
    }

    fn drop_in_background<'py>(
        _py: Python<'py>,
        object: Any<'py>,
        milliseconds: u32,
    ) -> rt::Result<()> {
        let kept = Handle::new(object);
        thread::spawn(move || {
            thread::sleep(Duration::from_millis(milliseconds.into()));
            drop(kept);
        });
        Ok(())
    }
}

pub struct Marker;

impl MarkerClass for Marker {
    fn new() -> Self {
        Self
    }
}

bindings::export!(Module);
