//! Runs cargo and reads its output.

use std::env;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde::Deserialize;

use crate::error::Error;

/// Runs cargo on `manifest` and returns its standard output; `None` if it failed.
pub(super) fn cargo(arguments: &[&str], manifest: &Path) -> Result<Option<Vec<u8>>, Error> {
    // Set if this process was started by `cargo run`: the same cargo is used.
    let program = env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let output = Command::new(&program)
        .args(arguments)
        .arg("--manifest-path")
        .arg(manifest)
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => {
                Error::new("there is no cargo on PATH").help("install Rust: https://rustup.rs")
            }
            _ => Error::io("run", Path::new(&program), &error),
        })?;
    Ok(output.status.success().then_some(output.stdout))
}

#[derive(Deserialize)]
pub(super) struct Metadata {
    pub(super) packages: Vec<Package>,
    pub(super) target_directory: PathBuf,
}

#[derive(Deserialize)]
pub(super) struct Package {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) manifest_path: PathBuf,
    pub(super) targets: Vec<Target>,
}

#[derive(Deserialize)]
pub(super) struct Target {
    pub(super) crate_types: Vec<String>,
}

impl Target {
    /// Whether it is a library that Python could load.
    pub(super) fn is_cdylib(&self) -> bool {
        self.crate_types.iter().any(|kind| kind == "cdylib")
    }
}

/// The messages of cargo that are needed here; see cargo's reference, "External tools".
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
pub(super) enum Message {
    CompilerArtifact {
        package_id: String,
        target: Target,
        filenames: Vec<PathBuf>,
    },
    BuildScriptExecuted {
        package_id: String,
        out_dir: PathBuf,
    },
    #[serde(other)]
    Other,
}
