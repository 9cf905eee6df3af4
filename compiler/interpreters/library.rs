//! The shared library of an interpreter, which programs that embed Python load.

use std::error::Error;
use std::path::PathBuf;

use serde::Serialize;

use super::Facts;

/// Whether an interpreter has a shared library, and whether it can be opened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "kebab-case")]
pub enum Library {
    /// It was opened in this process.
    Opened {
        /// The file.
        path: PathBuf,
        /// The version that it reports (`Py_GetVersion`), up to the first space.
        version: String,
    },
    /// It exists, but the loader rejects it.
    Refused {
        /// The file.
        path: PathBuf,
        /// The loader's message.
        reason: String,
    },
    /// There is none in the places that the interpreter names, or the interpreter is not CPython, whose functions an embedding
    /// program calls.
    Missing,
}

impl Library {
    /// Searches the places that the interpreter names, and opens the first file found.
    pub(super) fn of(facts: &Facts) -> Self {
        if facts.implementation != "cpython" {
            return Self::Missing;
        }
        let names = names(facts);
        let path = facts
            .library_directories
            .iter()
            .flat_map(|directory| names.iter().map(|name| directory.join(name)))
            .find(|path| path.is_file());
        let Some(path) = path else {
            return Self::Missing;
        };
        match pyidl_runtime::embedding::library_version(&path) {
            Ok(version) => {
                let version = version.split(' ').next().unwrap_or_default().to_owned();
                Self::Opened { path, version }
            }
            Err(error) => Self::Refused {
                path,
                reason: innermost(&error),
            },
        }
    }
}

/// The names that the interpreter gives, then the usual ones of the platform. Static archives, which builds without a shared
/// library name, cannot be opened and are left out.
fn names(facts: &Facts) -> Vec<String> {
    let Facts { major, minor, .. } = facts;
    let mut names = facts.library_names.clone();
    names.retain(|name| !name.ends_with(".a") && !name.ends_with(".lib"));
    let threads = if facts.free_threaded { "t" } else { "" };
    let debug = if facts.debug { "d" } else { "" };
    if cfg!(windows) {
        let debug = if facts.debug { "_d" } else { "" };
        names.push(format!("python{major}{minor}{threads}{debug}.dll"));
    } else if cfg!(target_os = "macos") {
        names.push(format!("libpython{major}.{minor}{threads}{debug}.dylib"));
    } else {
        names.push(format!("libpython{major}.{minor}{threads}{debug}.so.1.0"));
        names.push(format!("libpython{major}.{minor}{threads}{debug}.so"));
    }
    names
}

/// The loader's own message; the errors around it only name the function that was called.
fn innermost(error: &dyn Error) -> String {
    let mut error = error;
    while let Some(source) = error.source() {
        error = source;
    }
    error.to_string()
}
