//! The names that most modules use, for `use pyidl_runtime::prelude::*;`.
//!
//! They hide no name of Rust's own prelude. Types whose names the standard library has as well are left out: `Result`, `Error`,
//! `Duration` and `Iter`. They are written `rt::Result` and so on; `rt` is this crate. The [`exceptions`](crate::exceptions) are
//! left out too, since there are many: `rt::exceptions::ValueError`.
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
