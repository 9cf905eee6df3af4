//! A virtual environment with pytest, mypy, pyright, numpy, cattrs and pydantic, made once under the target directory.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;

use pyidl::unstable::interpreters::Interpreter;

use crate::runner::clean_environment;
use crate::{pythons, repository, work_directory};

/// pyright is a Node program; `nodejs` brings Node from PyPI too, so that nothing else has to be there.
const PACKAGES: &[&str] = &[
    "pytest",
    "mypy",
    "pyright[nodejs]",
    "numpy",
    "typing_extensions",
    "cattrs",
    "pydantic",
];

/// A virtual environment.
#[derive(Clone, Debug)]
pub struct Environment {
    /// Its interpreter.
    pub python: PathBuf,
    /// The interpreter that it was made from.
    pub base: Interpreter,
}

impl Environment {
    /// The environment, created now if it does not exist yet; the reason if it cannot be created.
    pub fn get() -> Result<&'static Self, &'static str> {
        static ENVIRONMENT: OnceLock<Result<Environment, String>> = OnceLock::new();
        ENVIRONMENT
            .get_or_init(make)
            .as_ref()
            .map_err(String::as_str)
    }

    /// `python -m module`, with the built modules on its path.
    pub fn module(&self, module: &str, modules: &Path) -> Command {
        let mut command = Command::new(&self.python);
        clean_environment(&mut command);
        command
            .args(["-m", module])
            .env("PYTHONPATH", modules)
            .env("MYPYPATH", modules);
        command
    }
}

fn make() -> Result<Environment, String> {
    let base = most_supported().ok_or("there is no CPython with the GIL")?;
    let directory = work_directory().join(format!("venv-{}", base.facts.release));
    let mut command = Command::new(&base.path);
    clean_environment(&mut command);
    command
        .arg(repository().join("tests/python/make_environment.py"))
        .arg(&directory)
        .args(PACKAGES);
    let output = command
        .output()
        .map_err(|error| format!("{command:?}: {error}"))?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let lines: Vec<_> = stderr.lines().collect();
        let last = lines[lines.len().saturating_sub(5)..].join("\n");
        return Err(format!(
            "no virtual environment with {}: {last}",
            PACKAGES.join(", ")
        ));
    }
    let program = if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    };
    Ok(Environment {
        python: directory.join(program),
        base: base.clone(),
    })
}

/// The interpreter for which PyPI has wheels most likely: neither the newest nor one that is out of support.
fn most_supported() -> Option<&'static Interpreter> {
    const PREFERRED: [u32; 8] = [13, 12, 14, 11, 10, 9, 8, 15];
    pythons()
        .iter()
        .filter(|python| python.is_cpython() && !python.facts.free_threaded && !python.facts.debug)
        .min_by_key(|python| {
            PREFERRED
                .iter()
                .position(|minor| *minor == python.facts.minor)
                .unwrap_or(PREFERRED.len())
        })
}
