//! Finds the extension modules of a crate, builds them with cargo, and puts them where Python imports them.

mod cargo;
mod install;

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use crate::config::Profile;
use crate::error::Error;
use cargo::{Message, Metadata, Package, Target, cargo};

/// A crate that builds a Python extension.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ExtensionCrate {
    /// Its `Cargo.toml`.
    manifest: PathBuf,
    /// Its name and its identity for cargo.
    name: String,
    id: String,
    /// The workspace's target directory.
    target_directory: PathBuf,
}

/// The files that the build of a crate has produced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BuiltExtension {
    /// The shared library.
    library: PathBuf,
    /// The stubs of the modules in it, from the build script.
    stubs: Vec<Stubs>,
}

/// The stubs of a module: `<module>.pyi`, or `<module>/__init__.pyi` and one for each module in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stubs {
    module: String,
    /// The build script's output directory.
    directory: PathBuf,
    /// Their paths in that directory.
    files: Vec<PathBuf>,
}

impl ExtensionCrate {
    /// Asks cargo about the crate in `directory`.
    ///
    /// # Errors
    ///
    /// If there is no cargo, the manifest is broken, or the crate makes no library that Python could load.
    pub(super) fn find(directory: &Path) -> Result<Self, Error> {
        let manifest = directory.join("Cargo.toml");
        let metadata = cargo(&["metadata", "--no-deps", "--format-version=1"], &manifest)?
            .ok_or_else(|| Error::new(format!("cargo cannot use {}", manifest.display())))?;
        let metadata: Metadata = serde_json::from_slice(&metadata).map_err(|error| {
            Error::new(format!(
                "`cargo metadata` answers in an unknown form: {error}"
            ))
        })?;
        let package = metadata
            .packages
            .into_iter()
            .find(|package| is_same_file(&package.manifest_path, &manifest));
        let Some(package) = package else {
            return Err(Error::new(format!(
                "{} describes a workspace without a package",
                manifest.display()
            ))
            .help("scripts belong in the directory of the crate whose module they import"));
        };
        if !package.targets.iter().any(Target::is_cdylib) {
            return Err(Error::new(format!(
                "the crate `{}` makes no library that Python can load",
                package.name
            ))
            .help(format!(
                "add `crate-type = [\"cdylib\"]` to the table [lib] of {}",
                manifest.display()
            )));
        }
        let Package { id, name, .. } = package;
        Ok(Self {
            manifest,
            name,
            id,
            target_directory: metadata.target_directory,
        })
    }

    /// Builds the library with cargo. Cargo and rustc print their messages on standard error.
    ///
    /// # Errors
    ///
    /// If the build fails, or its result is not a module.
    pub(super) fn build(&self, profile: Profile) -> Result<BuiltExtension, Error> {
        let mut arguments = vec!["build", "--lib", "--message-format=json-render-diagnostics"];
        if profile == Profile::Release {
            arguments.push("--release");
        }
        let messages = cargo(&arguments, &self.manifest)?
            .ok_or_else(|| Error::new(format!("the crate `{}` cannot be built", self.name)))?;
        let mut library = None;
        let mut out_dir = None;
        // Lines that are not messages come from compiler wrappers.
        for message in messages
            .split(|&byte| byte == b'\n')
            .filter_map(|line| serde_json::from_slice(line).ok())
        {
            match message {
                Message::CompilerArtifact {
                    package_id,
                    target,
                    filenames,
                } if package_id == self.id && target.is_cdylib() => {
                    library = filenames.into_iter().find(|file| is_shared_library(file));
                }
                Message::BuildScriptExecuted {
                    package_id,
                    out_dir: directory,
                } if package_id == self.id => {
                    out_dir = Some(directory);
                }
                _ => {}
            }
        }
        let library = library.ok_or_else(|| {
            Error::new(format!("cargo built no shared library for `{}`", self.name))
        })?;
        let stubs = out_dir
            .map(|directory| stubs_in(&directory.join("pyidl")))
            .unwrap_or_default();
        if stubs.is_empty() {
            return Err(
                Error::new(format!("the crate `{}` has no interface file", self.name))
                    .help("its build.rs should call `pyidl::build(\"idl/<name>.pyidl\")`"),
            );
        }
        Ok(BuiltExtension {
            stubs: exported(&library, stubs)?,
            library,
        })
    }

    /// The directory for Python's path, for `profile`.
    pub(super) fn import_directory(&self, profile: Profile) -> PathBuf {
        let profile = match profile {
            Profile::Release => "release",
            Profile::Debug => "debug",
        };
        self.target_directory
            .join("pyidl")
            .join(&self.name)
            .join(profile)
    }
}

/// The stub of a module with submodules.
const PACKAGE_STUB: &str = "__init__.pyi";

/// The stubs of the modules in `library`. There may be others, of interfaces that the build script no longer compiles.
fn exported(library: &Path, mut stubs: Vec<Stubs>) -> Result<Vec<Stubs>, Error> {
    let contents = fs::read(library).map_err(|error| Error::io("read", library, &error))?;
    let all: Vec<_> = stubs.iter().map(|stubs| stubs.module.clone()).collect();
    stubs.retain(|stubs| {
        // Every file format contains the names of exported functions as plain text.
        let function = format!("PyInit_{}\0", stubs.module);
        contents
            .windows(function.len())
            .any(|bytes| bytes == function.as_bytes())
    });
    if stubs.is_empty() {
        return Err(Error::new(format!(
            "the library exports no module `{}`",
            all.join("`, `")
        ))
        .help(
            "write `bindings::export!(Module);` with the type that implements the module's trait",
        ));
    }
    Ok(stubs)
}

/// The output of a build script in `directory`.
fn stubs_in(directory: &Path) -> Vec<Stubs> {
    let mut found = Vec::new();
    for path in entries(directory).unwrap_or_default() {
        let Some(module) = path
            .file_stem()
            .map(|stem| stem.to_string_lossy().into_owned())
        else {
            continue;
        };
        let stubs = if is_stub(&path) {
            vec![path]
        } else if path.join(PACKAGE_STUB).is_file() {
            let mut stubs = entries(&path).unwrap_or_default();
            stubs.retain(|path| is_stub(path));
            stubs
        } else {
            continue;
        };
        let in_directory = |path: &PathBuf| Some(path.strip_prefix(directory).ok()?.to_owned());
        found.push(Stubs {
            module,
            directory: directory.to_owned(),
            files: stubs.iter().filter_map(in_directory).collect(),
        });
    }
    found
}

/// The paths in a directory, sorted.
fn entries(directory: &Path) -> Result<Vec<PathBuf>, Error> {
    let entries = fs::read_dir(directory).map_err(|error| Error::io("list", directory, &error))?;
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    Ok(paths)
}

fn is_stub(path: &Path) -> bool {
    path.is_file() && path.extension().is_some_and(|extension| extension == "pyi")
}

fn is_same_file(a: &Path, b: &Path) -> bool {
    match (fs::canonicalize(a), fs::canonicalize(b)) {
        (Ok(a), Ok(b)) => a == b,
        _ => a == b,
    }
}

fn is_shared_library(path: &Path) -> bool {
    path.extension()
        .is_some_and(|extension| extension == env::consts::DLL_EXTENSION)
}
