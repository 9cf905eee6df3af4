//! The interpreters to test with.

use std::path::PathBuf;
use std::sync::OnceLock;

use pyidl::interpreters::{Interpreter, Library, Origin, installed};

use crate::notice;

/// The interpreters that modules must run on: those of `PYIDL_PYTHONS` if it is set, else every one that is found.
///
/// # Panics
///
/// If there is none, or one of `PYIDL_PYTHONS` is unusable.
pub fn pythons() -> &'static [Interpreter] {
    static PYTHONS: OnceLock<Vec<Interpreter>> = OnceLock::new();
    PYTHONS.get_or_init(|| {
        let found = installed();
        let only_listed = found.iter().any(|(origin, _)| *origin == Origin::Listed);
        let mut usable = Vec::new();
        for (origin, result) in found {
            if only_listed && origin != Origin::Listed {
                continue;
            }
            match result.and_then(Interpreter::usable) {
                Ok(interpreter) => usable.push(interpreter),
                Err(unusable) if only_listed => panic!("PYIDL_PYTHONS lists {unusable}"),
                Err(unusable) => notice(&format!("skipped: {unusable}")),
            }
        }
        assert!(
            !usable.is_empty(),
            "no Python from 3.8 on was found: not in PYIDL_PYTHONS, on PATH, or among those of pyenv and uv"
        );
        usable.sort_by_key(|interpreter| {
            let facts = &interpreter.facts;
            (facts.implementation.clone(), facts.minor, facts.free_threaded, facts.debug)
        });
        usable
    })
}

/// The shared library of an interpreter, if it has one that a program can load.
pub fn runnable_library(interpreter: &Interpreter) -> Option<PathBuf> {
    match interpreter.library() {
        Library::Opened { path, .. } => Some(path),
        Library::Refused { .. } | Library::Missing => None,
    }
}
