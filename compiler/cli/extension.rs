//! The extension modules of a crate: found, built by cargo, and put where Python imports them.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};

use serde::Deserialize;

use crate::config::Profile;
use crate::error::Error;

/// A crate that makes a Python extension.
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

/// What cargo made of the crate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct BuiltExtension {
    /// The shared library.
    library: PathBuf,
    /// The stubs of the modules in it, as the build script wrote them. The file names are the modules'.
    stubs: Vec<PathBuf>,
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

    /// Has cargo build the library. Cargo and the compiler print what they have to say on standard error.
    ///
    /// # Errors
    ///
    /// If the build fails, or its result is no module.
    pub(super) fn build(&self, profile: Profile) -> Result<BuiltExtension, Error> {
        let mut arguments = vec!["build", "--lib", "--message-format=json-render-diagnostics"];
        if profile == Profile::Release {
            arguments.push("--release");
        }
        let messages = cargo(&arguments, &self.manifest)?
            .ok_or_else(|| Error::new(format!("the crate `{}` cannot be built", self.name)))?;
        let mut library = None;
        let mut out_dir = None;
        // Lines that are no messages come from compiler wrappers.
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

    /// The directory that goes on Python's path for `profile`.
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

impl BuiltExtension {
    /// Puts every module and its stub into `directory`, and nothing else; file names of modules end in `suffix`. Files that
    /// are in use by running interpreters are replaced, not overwritten.
    ///
    /// # Errors
    ///
    /// If a file cannot be written or removed.
    pub(super) fn install(&self, directory: &Path, suffix: &str) -> Result<(), Error> {
        fs::create_dir_all(directory).map_err(|error| Error::io("create", directory, &error))?;
        self.remove_others(directory)?;
        for stub in &self.stubs {
            let module = module_of(stub);
            replace(&self.library, &directory.join(format!("{module}{suffix}")))?;
            replace(stub, &directory.join(format!("{module}.pyi")))?;
        }
        Ok(())
    }

    /// Removes the files of modules that the crate no longer has, which a script could still import.
    fn remove_others(&self, directory: &Path) -> Result<(), Error> {
        let entries =
            fs::read_dir(directory).map_err(|error| Error::io("list", directory, &error))?;
        for path in entries.flatten().map(|entry| entry.path()) {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let module = name.split('.').next();
            if path.is_file()
                && !self
                    .stubs
                    .iter()
                    .any(|stub| module == Some(&module_of(stub)))
            {
                fs::remove_file(&path).map_err(|error| Error::io("remove", &path, &error))?;
            }
        }
        Ok(())
    }
}

/// The stubs among `stubs` whose module is in `library`. The build script may have left one of an interface that it no
/// longer compiles.
fn exported(library: &Path, mut stubs: Vec<PathBuf>) -> Result<Vec<PathBuf>, Error> {
    let contents = fs::read(library).map_err(|error| Error::io("read", library, &error))?;
    let all = stubs.clone();
    stubs.retain(|stub| {
        // The name of an exported function stands in the file as it is, whatever the format.
        let function = format!("PyInit_{}\0", module_of(stub));
        contents
            .windows(function.len())
            .any(|bytes| bytes == function.as_bytes())
    });
    if stubs.is_empty() {
        let names: Vec<_> = all.iter().map(|stub| module_of(stub)).collect();
        return Err(Error::new(format!(
            "the library exports no module `{}`",
            names.join("`, `")
        ))
        .help(
            "write `bindings::export!(Module);` with the type that implements the module's trait",
        ));
    }
    Ok(stubs)
}

fn module_of(stub: &Path) -> String {
    stub.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn stubs_in(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    let mut stubs: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    stubs.retain(|path| path.extension().is_some_and(|extension| extension == "pyi"));
    stubs.sort();
    stubs
}

/// Makes `to` a copy of `from` unless it is one.
fn replace(from: &Path, to: &Path) -> Result<(), Error> {
    let is_same = || Ok::<_, io::Error>(fs::read(from)? == fs::read(to)?);
    if is_same().unwrap_or(false) {
        return Ok(());
    }
    let mut new = to.as_os_str().to_owned();
    new.push(format!(".{}.new", process::id()));
    fs::copy(from, &new)
        .and_then(|_| fs::rename(&new, to))
        .map_err(|error| {
            // Best effort: the first error is the one to report.
            let _ = fs::remove_file(&new);
            Error::io("write", to, &error)
        })
}

/// Runs cargo on `manifest` and returns what it printed on standard output; `None` if it failed.
fn cargo(arguments: &[&str], manifest: &Path) -> Result<Option<Vec<u8>>, Error> {
    // Set when this process was started by `cargo run`: then the same cargo is to be used.
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

#[derive(Deserialize)]
struct Metadata {
    packages: Vec<Package>,
    target_directory: PathBuf,
}

#[derive(Deserialize)]
struct Package {
    id: String,
    name: String,
    manifest_path: PathBuf,
    targets: Vec<Target>,
}

#[derive(Deserialize)]
struct Target {
    crate_types: Vec<String>,
}

impl Target {
    fn is_cdylib(&self) -> bool {
        self.crate_types.iter().any(|kind| kind == "cdylib")
    }
}

/// The messages of cargo that matter here; see cargo's reference, "External tools".
#[derive(Deserialize)]
#[serde(tag = "reason", rename_all = "kebab-case")]
enum Message {
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
