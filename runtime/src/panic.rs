//! Converts Rust panics to Python exceptions: no panic unwinds into C.
//!
//! Only the panic hook receives the message and the place of a panic. The hook that is installed with the first module keeps both
//! for the exception instead of printing them if Python has called the code; all other panics are printed as usual.

use crate::call::{Given, Returned};
use crate::error::Error;
use crate::exceptions::IntoException;
use crate::ffi::{METH_FASTCALL, METH_KEYWORDS, MethodDef, Raw};
use crate::fork::OnceLock;
use crate::module::{Module, RuntimeType, interpreter, runtime_type};
use crate::object::{Any, Object};
use crate::python::Python;
use crate::{Result, api, callback, convert, dynamic, exception};
use std::any::Any as Payload;
use std::cell::{Cell, RefCell};
use std::ffi::c_void;
use std::io::{Write as _, stderr};
use std::panic::{AssertUnwindSafe, Location, PanicHookInfo, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

/// Runs the body of a function that Python called, and returns its result in the form that C expects: null if an exception was
/// raised.
#[inline(always)]
pub(crate) fn returning_object<'py>(
    py: Python<'py>,
    body: impl FnOnce() -> Result<Object<'py>>,
) -> Raw {
    match guard(body) {
        Ok(object) => object.into_raw(),
        Err(error) => {
            raise(error, py);
            std::ptr::null_mut()
        }
    }
}

/// Does the same as [`returning_object`] for functions that return a number, which is -1 if an exception was raised.
#[inline(always)]
pub(crate) fn returning_status<T: From<i8>>(py: Python<'_>, body: impl FnOnce() -> Result<T>) -> T {
    match guard(body) {
        Ok(status) => status,
        Err(error) => {
            raise(error, py);
            T::from(-1)
        }
    }
}

/// Converts a panic of `body` to an error.
#[inline(always)]
pub(crate) fn guard<T>(body: impl FnOnce() -> Result<T>) -> Result<T> {
    // Only code that relies on no more than memory safety can see a value that a panic left half changed.
    match catch_unwind(AssertUnwindSafe(body)) {
        Ok(result) => result,
        Err(payload) => Err(Panic::caught(payload).into()),
    }
}

/// Raises an error. Creating the exception may run the user's code, which may panic too.
#[cold]
#[inline(never)]
fn raise(error: Error, py: Python<'_>) {
    let raised = guard(|| {
        error.raise(py);
        Ok(())
    });
    if raised.is_err() {
        Error::runtime_error("a panic while an exception was made").raise(py);
    }
}

/// A panic of a function that Python called.
struct Panic {
    message: String,
    /// File, line and column.
    place: Option<String>,
}

thread_local! {
    /// The panics of this thread that the hook did not print since the last one that became an exception. Of those that the user's
    /// code catches itself, the oldest are dropped.
    static KEPT: RefCell<Vec<Panic>> = const { RefCell::new(Vec::new()) };
    /// Whether this thread runs code that Rust code has attached, where panics are not caught.
    static LOUD: Cell<bool> = const { Cell::new(false) };
}

/// How many panics are kept: a panic, and those of destructors that run while it unwinds.
const MOST: usize = 4;

/// Whether there was ever such a thread.
static ANY_LOUD: AtomicBool = AtomicBool::new(false);

impl Panic {
    #[cold]
    #[inline(never)]
    fn caught(payload: Box<dyn Payload + Send>) -> Panic {
        let message = message_of(&*payload);
        let known = KEPT.try_with(|kept| {
            let mut kept = kept.try_borrow_mut().ok()?;
            // Code that runs while a panic unwinds may catch others.
            let index = kept.iter().rposition(|panic| panic.message == message)?;
            let panic = kept.swap_remove(index);
            // Those before it still unwind if this one occurred meanwhile; otherwise they were caught long ago.
            kept.truncate(if std::thread::panicking() { index } else { 0 });
            Some(panic)
        });
        let panic = known.ok().flatten().unwrap_or(Panic {
            message,
            place: None,
        });
        // A payload may panic when it is dropped, and the payload of that panic may do the same: that one is leaked.
        if let Err(payload) = catch_unwind(AssertUnwindSafe(|| drop(payload))) {
            std::mem::forget(payload);
        }
        panic
    }
}

fn message_of(payload: &dyn Payload) -> String {
    let text = payload.downcast_ref::<&'static str>().copied();
    let text = text.or_else(|| payload.downcast_ref::<String>().map(String::as_str));
    text.unwrap_or("a panic without a message").to_owned()
}

/// Stops panics that become exceptions from being printed. Called once per process.
pub(crate) fn install_hook(py: Python<'_>) {
    static INSTALLED: AtomicBool = AtomicBool::new(false);
    if !INSTALLED.swap(true, Ordering::Relaxed) {
        // Replacing the hook waits for the hooks of panics in other threads, which may wait for this thread to detach.
        py.detach(replace_hook);
    }
}

fn replace_hook() {
    let previous = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |info: &PanicHookInfo<'_>| {
        if !becomes_exception() {
            previous(info);
        } else if ends_process(info) {
            print_kept();
            previous(info);
        } else if keep(info).is_none() {
            previous(info);
        }
    }));
}

/// Whether the process ends after this panic: a destructor has panicked while a panic unwound, a panic has reached a function that
/// must not unwind, or the standard library has found undefined behaviour. `PanicHookInfo::can_unwind` says it, but is not
/// stable, so the texts are compared.
fn ends_process(info: &PanicHookInfo<'_>) -> bool {
    const FINDINGS: [&str; 4] = [
        "unsafe precondition(s) violated",
        "misaligned pointer dereference",
        "null pointer dereference occurred",
        "trying to construct an enum from an invalid value",
    ];
    let message = message_of(info.payload());
    // Components are compared: on Windows the separators are mixed.
    let is_library =
        |location: &Location<'_>| Path::new(location.file()).ends_with("core/src/panicking.rs");
    let is_end =
        message.contains("in a destructor during cleanup") || message.contains("cannot unwind");
    (is_end && info.location().is_some_and(is_library))
        || FINDINGS.iter().any(|text| message.starts_with(text))
}

/// Prints the panics that will not become exceptions because the process ends.
fn print_kept() {
    let kept = KEPT.try_with(RefCell::take).unwrap_or_default();
    for panic in kept {
        // As the standard library's hook does; nothing can be done if it fails.
        let place = panic.place.as_deref().unwrap_or("an unknown place");
        let _ = writeln!(
            stderr(),
            "Rust code panicked at {place}:\n{}",
            panic.message
        );
    }
}

fn keep(info: &PanicHookInfo<'_>) -> Option<()> {
    let message = message_of(info.payload());
    let place = info.location().map(|location| location.to_string());
    KEPT.try_with(|kept| {
        let mut kept = kept.try_borrow_mut().ok()?;
        if kept.len() == MOST {
            // The first may be the one that unwinds.
            kept.remove(1);
        }
        kept.push(Panic { message, place });
        Some(())
    })
    .ok()
    .flatten()
}

/// Returns whether a panic becomes an exception. On a thread that Python knows, code of this library runs only when Python calls
/// it, unless Rust code has attached the thread.
fn becomes_exception() -> bool {
    interpreter::is_known_thread() && !LOUD.try_with(Cell::get).unwrap_or(true)
}

/// Runs `work` on a thread that Rust code has attached: its panics propagate in Rust, and are printed.
pub(crate) fn loud<T>(work: impl FnOnce() -> T) -> T {
    struct Restore(bool);
    impl Drop for Restore {
        fn drop(&mut self) {
            set_loud(self.0);
        }
    }
    ANY_LOUD.store(true, Ordering::Relaxed);
    let _restore = Restore(set_loud(true));
    work()
}

/// Sets whether panics on this thread propagate in Rust, and returns the previous setting. Panics in functions that Python calls
/// do not, even if Rust code has attached the thread that runs them.
pub(crate) fn set_loud(now: bool) -> bool {
    // A thread that is ending needs no setting.
    LOUD.try_with(|loud| loud.replace(now)).unwrap_or(false)
}

/// Returns whether [`loud`] was ever called.
#[inline(always)]
pub(crate) fn any_loud() -> bool {
    ANY_LOUD.load(Ordering::Relaxed)
}

impl IntoException for Panic {
    fn into_exception<'py>(self, py: Python<'py>) -> Result<Any<'py>> {
        let message = convert::string::from_str(py, &self.describe())?;
        let class = runtime_type(py, RuntimeType::PanicError, create_panic_error)?;
        callback::call(class.as_raw(), &[message], py)
    }

    fn describe(&self) -> String {
        match &self.place {
            Some(place) => format!("{} ({place})", self.message),
            None => self.message.clone(),
        }
    }
}

fn create_panic_error<'py>(module: &Module<'py>, _index: usize) -> Result<Object<'py>> {
    // SAFETY: attached; the texts end with NUL.
    let class = unsafe {
        let class = api::PyErr_NewExceptionWithDoc(
            c"pyidl.PanicError".as_ptr(),
            c"Rust code panicked: a mistake in the extension module.\n\nThe message ends with the place in the Rust code.".as_ptr(),
            api::PyExc_RuntimeError(),
            std::ptr::null_mut(),
        );
        Any::from_owned(module.py, class)?
    };
    static REDUCE: OnceLock<Reduce> = OnceLock::new();
    let method = &REDUCE.get_or_init(|| Reduce(reduce_method())).0;
    exception::add_method(&class, method)?;
    Ok(class)
}

struct Reduce(MethodDef);
// SAFETY: the definition does not change.
unsafe impl Send for Reduce {}
// SAFETY: as above.
unsafe impl Sync for Reduce {}

fn reduce_method() -> MethodDef {
    MethodDef {
        name: c"__reduce__".as_ptr(),
        function: reduce as *const c_void,
        flags: METH_FASTCALL | METH_KEYWORDS,
        doc: c"__reduce__($self, /)\n--\n\nFor pickling and copying, which give a RuntimeError."
            .as_ptr(),
    }
}

/// Reduces to a RuntimeError, since the class cannot be imported in another process.
unsafe extern "C" fn reduce(_: Raw, arguments: *const Raw, count: isize, names: Raw) -> Raw {
    // SAFETY: Python calls it on an attached thread, with arguments that are alive for the time of the call.
    unsafe { exception::method(arguments, count, names, reduced) }
}

fn reduced<'py>(this: Object<'py>, _given: Given) -> Returned<'py> {
    let py = this.py();
    // SAFETY: the class lives as long as the interpreter; attached.
    let class = unsafe { Object::from_borrowed(py, api::PyExc_RuntimeError()) };
    dynamic::tuple(py, [class, this.attribute(c"args")?])
}
