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
    /// The stubs of the modules in it, as the build script wrote them.
    stubs: Vec<Stubs>,
}

/// The stubs of a module: `<module>.pyi`, or `<module>/__init__.pyi` and one for each module in it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Stubs {
    module: String,
    /// Where the build script put them.
    directory: PathBuf,
    /// Their paths in it.
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
    /// Puts every module and its stubs into `directory`, and nothing else; file names of modules end in `suffix`. Files that
    /// are in use by running interpreters are replaced, not overwritten.
    ///
    /// # Errors
    ///
    /// If a file cannot be written or removed.
    pub(super) fn install(&self, directory: &Path, suffix: &str) -> Result<(), Error> {
        create(directory)?;
        self.remove_others(directory)?;
        let mut first: Option<PathBuf> = None;
        for stubs in &self.stubs {
            let library = directory.join(format!("{}{suffix}", stubs.module));
            match &first {
                None => replace(&self.library, &library)?,
                Some(first) => link(first, &library)?,
            }
            first.get_or_insert(library);
            for file in &stubs.files {
                let target = directory.join(file);
                create(target.parent().unwrap_or(directory))?;
                replace(&stubs.directory.join(file), &target)?;
            }
        }
        Ok(())
    }

    /// Removes the files of modules that the crate no longer has, which a script could still import, and stubs of another
    /// form than they have now.
    fn remove_others(&self, directory: &Path) -> Result<(), Error> {
        for path in entries(directory)? {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let module = name.split('.').next().unwrap_or_default();
            let stubs = self.stubs.iter().find(|stubs| stubs.module == module);
            let is_wanted = |file: &Path| {
                let files = stubs.map_or(&[][..], |stubs| &stubs.files);
                files.iter().any(|known| directory.join(known) == file)
            };
            if is_stub(&path) || (path.is_file() && stubs.is_none()) {
                if !is_wanted(&path) {
                    remove(&path)?;
                }
            } else if path.join(PACKAGE_STUB).is_file() {
                for stub in entries(&path)?.iter().filter(|path| is_stub(path)) {
                    if !is_wanted(stub) {
                        remove(stub)?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The stub of a module that has modules in it.
const PACKAGE_STUB: &str = "__init__.pyi";

/// The stubs of modules that are in `library`. The build script may have left some of an interface that it no longer
/// compiles.
fn exported(library: &Path, mut stubs: Vec<Stubs>) -> Result<Vec<Stubs>, Error> {
    let contents = fs::read(library).map_err(|error| Error::io("read", library, &error))?;
    let all: Vec<_> = stubs.iter().map(|stubs| stubs.module.clone()).collect();
    stubs.retain(|stubs| {
        // The name of an exported function stands in the file as it is, whatever the format.
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

/// What a build script has left in `directory`.
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

fn create(directory: &Path) -> Result<(), Error> {
    fs::create_dir_all(directory).map_err(|error| Error::io("create", directory, &error))
}

fn remove(file: &Path) -> Result<(), Error> {
    fs::remove_file(file).map_err(|error| Error::io("remove", file, &error))
}

/// Makes `to` a copy of `from` unless it is one.
fn replace(from: &Path, to: &Path) -> Result<(), Error> {
    let is_same = || Ok::<_, io::Error>(fs::read(from)? == fs::read(to)?);
    if is_same().unwrap_or(false) {
        return Ok(());
    }
    put(to, |new| fs::copy(from, new).map(drop))
}

/// Makes `to` another name of the file `from`. Modules that use types of each other must be one file to the system, which
/// loads a copy as another library; where it knows no links, they are copies and the others work.
fn link(from: &Path, to: &Path) -> Result<(), Error> {
    if is_one_file(from, to) {
        return Ok(());
    }
    put(to, |new| {
        fs::hard_link(from, new).or_else(|_| fs::copy(from, new).map(drop))
    })
}

/// Puts a file at `to`, at once: `make` makes it beside it.
fn put(to: &Path, make: impl Fn(&Path) -> io::Result<()>) -> Result<(), Error> {
    let mut new = to.as_os_str().to_owned();
    new.push(format!(".{}.new", process::id()));
    let new = Path::new(&new);
    make(new)
        .and_then(|()| fs::rename(new, to))
        .map_err(|error| {
            // Best effort: the first error is the one to report.
            let _ = fs::remove_file(new);
            Error::io("write", to, &error)
        })
}

#[cfg(unix)]
fn is_one_file(a: &Path, b: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    match (fs::metadata(a), fs::metadata(b)) {
        (Ok(a), Ok(b)) => (a.dev(), a.ino()) == (b.dev(), b.ino()),
        _ => false,
    }
}

/// Which they are not where libraries are told by their paths.
#[cfg(not(unix))]
fn is_one_file(a: &Path, b: &Path) -> bool {
    matches!((fs::read(a), fs::read(b)), (Ok(a), Ok(b)) if a == b)
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
