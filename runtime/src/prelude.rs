//! The names that most modules use, for `use pyidl_runtime::prelude::*;`.
//!
//! None of them hides a name of Rust's own prelude. What the standard library has as well, such as `Result`, `Error`, `Duration` and
//! `Iter`, is written with `rt`, which is this crate, and so are the [`exceptions`](crate::exceptions).
//!
//! ```
//! use pyidl_runtime::prelude::*;
//! use std::time::Duration;
//!
//! fn wait(py: Python<'_>, event: &Any<'_>, limit: Duration) -> rt::Result<bool> {
//!     let seconds = rt::Duration::from(limit).total_seconds();
//!     event.call_method_with("wait", (), (("timeout", seconds),))?.extract()
//! }
//! ```

pub use crate as rt;
pub use crate::{
    Any, BigInt, Callback, Complex, Date, DateTime, Decimal, FromPython, FrozenSet, Handle,
    Instance, IntoPython, Iterable, Map, Python, Ref, Set, Time, Uuid,
};
