//! Builds the test modules and the examples once, and puts them where Python can import them.

use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{self, Command, Stdio};
use std::sync::OnceLock;

use serde_json::Value;

use crate::{output_of, repository, work_directory};

/// A directory with every module of the tests and the examples: `<name>.so` and `<name>.pyi`, or `<name>/__init__.pyi` with
/// those of the modules in it beside it.
#[derive(Clone, Debug)]
pub struct Stage {
    /// The directory.
    pub directory: PathBuf,
    /// The modules, sorted by name.
    pub modules: Vec<Module>,
}

/// A built module.
#[derive(Clone, Debug)]
pub struct Module {
    /// The name that Python imports.
    pub name: String,
    /// The extension module. Modules of one crate are links to one file.
    pub library: PathBuf,
    /// Its stub, and those of its submodules.
    pub stubs: Vec<PathBuf>,
    /// The Rust that was generated for it.
    pub generated: Vec<PathBuf>,
}

/// The output of cargo for a package.
#[derive(Default)]
struct Package {
    out_dir: Option<PathBuf>,
    library: Option<PathBuf>,
}

impl Stage {
    /// Builds the modules with optimisation, as a crate of its own does by default, and returns their directory. Fast if nothing
    /// changed.
    ///
    /// # Panics
    ///
    /// If something does not compile.
    pub fn get() -> &'static Self {
        static STAGE: OnceLock<Stage> = OnceLock::new();
        STAGE.get_or_init(|| {
            // The release profile of this workspace takes much longer, on one processor.
            let variables = [
                ("CARGO_PROFILE_RELEASE_LTO", "false"),
                ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
            ];
            Self::build("modules", &["--release"], &variables)
        })
    }

    /// As [`get`](Stage::get), built for debugging: with the runtime's assertions, checks of overflow, and large frames.
    ///
    /// # Panics
    ///
    /// If something does not compile.
    pub fn for_debugging() -> &'static Self {
        static STAGE: OnceLock<Stage> = OnceLock::new();
        STAGE.get_or_init(|| Self::build("modules-debug", &[], &[]))
    }

    /// As [`get`](Stage::get), instrumented for ThreadSanitizer, whose functions the interpreter brings.
    ///
    /// # Panics
    ///
    /// If something does not compile.
    pub fn with_thread_sanitizer() -> &'static Self {
        static STAGE: OnceLock<Stage> = OnceLock::new();
        STAGE.get_or_init(|| {
            // Only with a target are the flags not those of build scripts too.
            let target = "x86_64-unknown-linux-gnu";
            let flags = "-Zsanitizer=thread -Cunsafe-allow-abi-mismatch=sanitizer";
            let variables = [
                ("RUSTC_BOOTSTRAP", "1"),
                ("CARGO_PROFILE_RELEASE_LTO", "off"),
                ("CARGO_PROFILE_RELEASE_CODEGEN_UNITS", "16"),
                ("CARGO_PROFILE_RELEASE_OPT_LEVEL", "1"),
                ("CARGO_PROFILE_RELEASE_DEBUG", "line-tables-only"),
                ("CARGO_TARGET_X86_64_UNKNOWN_LINUX_GNU_RUSTFLAGS", flags),
            ];
            // What the standard library does between threads has to be seen as well: its fences and the slow paths of its locks
            // are taken for races otherwise.
            let standard = "-Zbuild-std=std,panic_unwind";
            let options = ["--release", "--target", target, standard];
            Self::build("modules-tsan", &options, &variables)
        })
    }

    fn build(directory: &str, options: &[&str], variables: &[(&str, &str)]) -> Self {
        let directory = work_directory().join(directory);
        let packages = build(options, variables);
        let modules = fill(&directory, &packages)
            .unwrap_or_else(|error| panic!("cannot fill {}: {error}", directory.display()));
        Self { directory, modules }
    }
}

/// Builds the packages. A target directory of its own keeps this from waiting for the cargo that runs the tests.
fn build(options: &[&str], variables: &[(&str, &str)]) -> Vec<Package> {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(repository())
        .args(["build", "--message-format", "json-render-diagnostics"])
        .args(options)
        .arg("--target-dir")
        .arg(work_directory().join("target"))
        .stderr(Stdio::inherit());
    for package in extension_packages() {
        command.args(["--package", &package]);
    }
    // Set by the cargo that runs the tests; they describe another package.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(name);
        }
    }
    command.envs(variables.iter().copied());
    let output = command
        .output()
        .unwrap_or_else(|error| panic!("cannot run cargo: {error}"));
    assert!(output.status.success(), "the test modules do not build");

    let mut packages: BTreeMap<String, Package> = BTreeMap::new();
    for line in output.stdout.split(|byte| *byte == b'\n') {
        let Ok(message) = serde_json::from_slice::<Value>(line) else {
            continue;
        };
        let Some(id) = message["package_id"].as_str() else {
            continue;
        };
        let package = packages.entry(id.to_owned()).or_default();
        match message["reason"].as_str() {
            Some("build-script-executed") => {
                package.out_dir = message["out_dir"].as_str().map(PathBuf::from);
            }
            Some("compiler-artifact") if is_extension(&message["target"]) => {
                package.library = message["filenames"]
                    .as_array()
                    .and_then(|files| {
                        files
                            .iter()
                            .filter_map(Value::as_str)
                            .find(|file| is_library(file))
                    })
                    .map(PathBuf::from);
            }
            _ => {}
        }
    }
    packages
        .into_values()
        .filter(|package| package.library.is_some())
        .collect()
}

/// The members of the workspace that are extension modules for Python: the test modules and the examples.
fn extension_packages() -> Vec<String> {
    let mut command = Command::new(env!("CARGO"));
    command
        .current_dir(repository())
        .args(["metadata", "--no-deps", "--format-version", "1"]);
    let metadata: Value = serde_json::from_str(&output_of(&mut command))
        .unwrap_or_else(|error| panic!("cargo metadata: {error}"));
    let packages = metadata["packages"]
        .as_array()
        .map_or(&[][..], Vec::as_slice);
    let wanted = |package: &&Value| {
        let manifest = package["manifest_path"].as_str().unwrap_or_default();
        let targets = package["targets"].as_array().map_or(&[][..], Vec::as_slice);
        targets.iter().any(is_extension) && !manifest.contains("/bench/")
    };
    packages
        .iter()
        .filter(wanted)
        .filter_map(|package| package["name"].as_str().map(str::to_owned))
        .collect()
}

fn is_extension(target: &Value) -> bool {
    target["kind"]
        .as_array()
        .is_some_and(|kinds| kinds.iter().any(|kind| kind == "cdylib"))
}

fn is_library(file: &str) -> bool {
    Path::new(file)
        .extension()
        .is_some_and(|end| end == "so" || end == "dylib" || end == "dll")
}

/// Puts one link to the library and one stub into the directory for every module; removes what is not of this build.
fn fill(directory: &Path, packages: &[Package]) -> io::Result<Vec<Module>> {
    let suffix = if cfg!(windows) { "pyd" } else { "so" };
    fs::create_dir_all(directory)?;
    let mut modules = Vec::new();
    for package in packages {
        let (Some(out_dir), Some(library)) = (&package.out_dir, &package.library) else {
            continue;
        };
        let output = out_dir.join("pyidl");
        for entry in sorted(&output)? {
            let Some(name) = entry.file_stem().and_then(|stem| stem.to_str()) else {
                continue;
            };
            let within = if entry.is_dir() {
                sorted(&entry)?
            } else {
                Vec::new()
            };
            let sources = if has_extension(&entry, "pyi") {
                vec![entry.clone()]
            } else if within.iter().any(|file| file.ends_with("__init__.pyi")) {
                within
                    .iter()
                    .filter(|file| has_extension(file, "pyi"))
                    .cloned()
                    .collect()
            } else {
                continue;
            };
            let library_link = directory.join(name).with_extension(suffix);
            put(library, &library_link)?;
            let mut stubs = Vec::new();
            for source in sources {
                let stub = directory.join(source.strip_prefix(&output).unwrap_or(&source));
                fs::create_dir_all(stub.parent().unwrap_or(directory))?;
                put(&source, &stub)?;
                stubs.push(stub);
            }
            let mut generated = vec![
                output.join(format!("{name}.rs")),
                output.join(format!("{name}.glue.rs")),
            ];
            let glue = entry.join("glue");
            let inner = if glue.is_dir() {
                sorted(&glue)?
            } else {
                Vec::new()
            };
            generated.extend(
                within
                    .into_iter()
                    .chain(inner)
                    .filter(|file| has_extension(file, "rs")),
            );
            // The glue of a module can be written by hand.
            generated.retain(|file| file.is_file());
            modules.push(Module {
                name: name.to_owned(),
                library: library_link,
                stubs,
                generated,
            });
        }
    }
    assert!(!modules.is_empty(), "no module was built");
    modules.sort_by(|a, b| a.name.cmp(&b.name));
    remove_others(directory, &modules)?;
    Ok(modules)
}

/// Removes modules and stubs that are not of this build. Directories of caches and another process's files on their way stay.
fn remove_others(directory: &Path, modules: &[Module]) -> io::Result<()> {
    for path in sorted(directory)? {
        let is_known = |path: &PathBuf| {
            modules
                .iter()
                .any(|module| module.library == *path || module.stubs.contains(path))
        };
        let is_package = path.join("__init__.pyi").is_file();
        let candidates = if is_package {
            sorted(&path)?
        } else {
            vec![path]
        };
        for file in candidates {
            let is_ours = ["so", "pyd", "pyi"]
                .iter()
                .any(|end| has_extension(&file, end));
            if is_ours && !is_known(&file) {
                fs::remove_file(file)?;
            }
        }
    }
    Ok(())
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|end| end == extension)
}

/// The paths in a directory, in order.
fn sorted(directory: &Path) -> io::Result<Vec<PathBuf>> {
    let mut paths: Vec<_> = fs::read_dir(directory)?
        .map(|entry| Ok(entry?.path()))
        .collect::<io::Result<_>>()?;
    paths.sort();
    Ok(paths)
}

/// Atomically puts a link to a file at another place: a test that runs in another process sees the old file or the new one.
fn put(from: &Path, to: &Path) -> io::Result<()> {
    let passing = to.with_extension(format!("{}.passing", process::id()));
    let _ = fs::remove_file(&passing);
    fs::hard_link(from, &passing).or_else(|_| fs::copy(from, &passing).map(drop))?;
    fs::rename(&passing, to)?;
    // Renaming a link over another link to the same file does nothing.
    let _ = fs::remove_file(&passing);
    Ok(())
}
