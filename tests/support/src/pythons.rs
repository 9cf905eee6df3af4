//! The interpreters to test with.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;

use pyidl::unstable::interpreters::{Interpreter, Library, Origin, installed};

use crate::notice;

/// The interpreters that modules must run on: those of `PYIDL_PYTHONS` if it is set, else all that are found.
///
/// # Panics
///
/// If there is none, or one of `PYIDL_PYTHONS` is unusable.
pub fn pythons() -> &'static [Interpreter] {
    let (usable, _) = all();
    assert!(
        !usable.is_empty(),
        "no Python from 3.8 on was found: not in PYIDL_PYTHONS, on PATH, or among those of pyenv and uv"
    );
    usable
}

/// A free-threaded CPython that is built with ThreadSanitizer, if there is one. It is none of [`pythons`]: it takes minutes
/// for what others do in seconds, and modules have to be built for it.
pub fn race_detector() -> Option<&'static Interpreter> {
    all().1.first()
}

fn all() -> &'static (Vec<Interpreter>, Vec<Interpreter>) {
    static PYTHONS: OnceLock<(Vec<Interpreter>, Vec<Interpreter>)> = OnceLock::new();
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
        usable.sort_by_key(|interpreter| {
            let facts = &interpreter.facts;
            (
                facts.implementation.clone(),
                facts.minor,
                facts.free_threaded,
                facts.debug,
            )
        });
        let (races, usable) = usable.into_iter().partition(has_thread_sanitizer);
        (usable, races)
    })
}

fn has_thread_sanitizer(interpreter: &Interpreter) -> bool {
    const QUESTION: &str = "import sysconfig; print(sysconfig.get_config_var('CONFIG_ARGS'))";
    interpreter.facts.free_threaded
        && Command::new(&interpreter.path)
            .args(["-I", "-c", QUESTION])
            .output()
            .is_ok_and(|said| {
                String::from_utf8_lossy(&said.stdout).contains("--with-thread-sanitizer")
            })
}

/// The shared library of an interpreter, if it has one that a program can load.
pub fn runnable_library(interpreter: &Interpreter) -> Option<PathBuf> {
    match interpreter.library() {
        Library::Opened { path, .. } => Some(path),
        Library::Refused { .. } | Library::Missing => None,
    }
}
