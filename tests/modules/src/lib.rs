//! The modules that the end-to-end tests import. All are in one file, so each is also a test that several can share one.
//!
//! To add one: `idl/<name>.pyidl`, `src/<name>.rs` and `tests/python/test_<name>.py`.

#![forbid(unsafe_code)]
#![allow(
    unreachable_pub,
    reason = "the modules are private; what they make is for Python"
)]

include!(concat!(env!("OUT_DIR"), "/modules.rs"));
