//! The interface for build scripts.

use std::collections::BTreeSet;
use std::env;
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;
use std::time::SystemTime;

use crate::config::{self, Config};
use crate::diagnostic::render::Format;
use crate::driver::Compilation;
use crate::error::Error;
use crate::made;
use crate::render::Files;

/// Compiles one interface file, or a directory of them, in a build script.
///
/// `interface` is relative to the package. A directory is one package with all interface files in it; the packages that it uses
/// are in `deps/` below it. The output goes to `$OUT_DIR/pyidl/`, from where `pyidl_runtime::include_idl!` includes it, and is
/// copied for reading to `target/pyidl/<package>/`; the first call in a build script removes the output of earlier builds
/// there. Files whose contents would not change are not touched. The function tells Cargo which files the output depends on, so
/// that the build script runs again when one of them changes.
///
/// ```no_run
/// pyidl::build("idl/wordcount.pyidl");
/// ```
///
/// # Errors
///
/// If the file has errors or cannot be read, all findings are printed to standard error and the process ends with status 1, which
/// fails the build. Use [`Build::compile`] to continue instead.
pub fn build(interface: impl AsRef<Path>) {
    Build::new().file(interface).run();
}

/// Compiles interface files with options; [`build`] is the short form.
///
/// A build script ends with [`run`](Build::run), which reports errors to cargo:
///
/// ```no_run
/// pyidl::Build::new().file("idl/wordcount.pyidl").file("idl/geometry.pyidl").mirror(false).run();
/// ```
///
/// Other programs call [`compile`](Build::compile), which returns them.
#[derive(Clone, Debug, Default)]
pub struct Build {
    interfaces: Vec<PathBuf>,
    features: Vec<String>,
    root: Option<PathBuf>,
    out_dir: Option<PathBuf>,
    mirror: Option<bool>,
    format: Format,
}

/// What [`Build::compile`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Built {
    /// The files that were written because they were missing or different.
    pub written: Vec<PathBuf>,
    /// Warnings for the user, one line each.
    pub warnings: Vec<String>,
}

/// The reason why [`Build::compile`] wrote nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BuildError {
    /// Interface files or `pyidl.toml` have errors: the text of all findings, in the format of [`Build::format`].
    Findings(String),
    /// Something could not be read or written.
    Failed(Error),
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Findings(findings) => f.write_str(findings.trim_end()),
            Self::Failed(error) => write!(f, "error: {error}"),
        }
    }
}

impl std::error::Error for BuildError {}

impl From<Error> for BuildError {
    fn from(error: Error) -> Self {
        Self::Failed(error)
    }
}

impl Build {
    /// The options of [`build`], and no interface file yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds an interface file, or a directory of files that form one package. Each produces a module, or a module for each of its
    /// worlds.
    #[must_use]
    pub fn file(mut self, interface: impl AsRef<Path>) -> Self {
        self.interfaces.push(interface.as_ref().to_owned());
        self
    }

    /// Adds several interface files and directories.
    #[must_use]
    pub fn files<P: AsRef<Path>>(mut self, interfaces: impl IntoIterator<Item = P>) -> Self {
        self.interfaces.extend(
            interfaces
                .into_iter()
                .map(|interface| interface.as_ref().to_owned()),
        );
        self
    }

    /// Switches a feature on: items with `@unstable(feature = …)` of this name become available.
    #[must_use]
    pub fn feature(mut self, name: impl Into<String>) -> Self {
        self.features.push(name.into());
        self
    }

    /// The directory that contains `pyidl.toml`; the paths of interface files are relative to it. Default: the package of the
    /// build script (`CARGO_MANIFEST_DIR`), else the working directory.
    #[must_use]
    pub fn root(mut self, directory: impl AsRef<Path>) -> Self {
        self.root = Some(directory.as_ref().to_owned());
        self
    }

    /// The output directory. Default: `$OUT_DIR/pyidl`, the only place where `include_idl!` looks.
    #[must_use]
    pub fn out_dir(mut self, directory: impl AsRef<Path>) -> Self {
        self.out_dir = Some(directory.as_ref().to_owned());
        self
    }

    /// Whether to copy the output to `target/pyidl/<package>/` for reading. Default: the setting in `pyidl.toml`, else yes; with
    /// [`Build::out_dir`] there is no copy.
    #[must_use]
    pub fn mirror(mut self, mirror: bool) -> Self {
        self.mirror = Some(mirror);
        self
    }

    /// The format in which findings are printed. Default: [`Format::Human`].
    #[must_use]
    pub fn format(mut self, format: Format) -> Self {
        self.format = format;
        self
    }

    /// Compiles, tells cargo what the output depends on, prints findings, and ends the process with status 1 if there are
    /// errors.
    pub fn run(&self) {
        let mut inputs = self.inputs();
        let result = self.compile_with(&mut inputs, true);
        inputs.extend(self.absent_settings());
        for path in inputs {
            println!("cargo::rerun-if-changed={}", path.display());
        }
        match result {
            // Cargo shows a build script's output only if it fails, except for these lines.
            Ok(built) => {
                let directory = self.output_directory();
                for line in directory.iter().flat_map(|it| made::variables(it)) {
                    println!("{line}");
                }
                for line in &built.warnings {
                    println!("cargo::warning={line}");
                }
            }
            Err(error) => {
                eprintln!("{error}");
                process::exit(1);
            }
        }
    }

    /// Compiles all files and, if none has errors, writes those that changed. Neither prints nor ends the process.
    ///
    /// ```
    /// # let directory = std::env::temp_dir().join(format!("pyidl-example-{}", std::process::id()));
    /// # std::fs::create_dir_all(&directory)?;
    /// std::fs::write(directory.join("greeting.pyidl"), "greet: func(name: string) -> string;")?;
    /// let build = pyidl::Build::new().root(&directory).file("greeting.pyidl").out_dir(directory.join("out"));
    /// let built = build.compile()?;
    /// assert!(built.written.contains(&directory.join("out/greeting.rs")));
    ///
    /// std::fs::write(directory.join("greeting.pyidl"), "greet: func(name: str) -> string;")?;
    /// let error = build.compile().unwrap_err();
    /// assert!(error.to_string().contains("there is no type `str`"));
    /// # std::fs::remove_dir_all(&directory)?;
    /// # Ok::<_, Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// See [`BuildError`]. Findings of all files are reported together, and then no file is written.
    pub fn compile(&self) -> Result<Built, BuildError> {
        self.compile_with(&mut BTreeSet::new(), false)
    }

    /// Does the same as [`Build::compile`]; the files that the output depends on are added to `inputs`, on failure too. The
    /// flag tells whether Cargo gets the names of the modules, so that `include_idl!` recognises wrong names.
    fn compile_with(
        &self,
        inputs: &mut BTreeSet<PathBuf>,
        is_told: bool,
    ) -> Result<Built, BuildError> {
        let root = self.root_directory();
        let mut compilation = Compilation::default();
        let config = Config::load(
            &root,
            &mut compilation.sources,
            &mut compilation.diagnostics,
        )?;
        compilation.features = config.features();
        compilation
            .features
            .names
            .extend(self.features.iter().cloned());
        // The paths are as short as possible: they occur in the generated files, which should be the same on every machine.
        let short = |path: &PathBuf| path.strip_prefix(&root).unwrap_or(path).to_owned();
        let paths: Vec<_> = self.interfaces.iter().map(short).collect();
        let read = compilation.read_all(&root, &paths);
        inputs.extend(
            compilation
                .inputs()
                .iter()
                .map(|path| self.seen_from_package(path)),
        );
        read?;
        compilation.check_targets();
        if compilation.diagnostics.has_errors() {
            return Err(BuildError::Findings(
                compilation.findings(self.format, false),
            ));
        }
        let mut warnings: Vec<_> = compilation
            .findings(Format::Short, false)
            .lines()
            .map(str::to_owned)
            .collect();
        let mut files = compilation.generate();
        let output = self.output_directory()?;
        let is_first = made::is_first(&output);
        let index = made::add(&output, &root, &compilation, is_told)?;
        files.add(made::INDEX, index);
        let mut written = write(&files, &output)?;
        if let Some(mirror) = self.mirror_directory(&config) {
            if is_first {
                // The output of an earlier build, which this one may not produce again.
                files.supersede("");
            }
            // The copy is for people only, so the build does not depend on it.
            match write(&files, &mirror) {
                Ok(copies) => written.extend(copies),
                Err(error) => warnings.push(error.message().to_owned()),
            }
        }
        Ok(Built { written, warnings })
    }

    fn output_directory(&self) -> Result<PathBuf, Error> {
        if let Some(directory) = &self.out_dir {
            return Ok(directory.clone());
        }
        let out_dir = env::var_os("OUT_DIR").ok_or_else(|| {
            Error::new("OUT_DIR is not set, so this is no build script")
                .help("name a directory with Build::out_dir")
        })?;
        Ok(Path::new(&out_dir).join("pyidl"))
    }

    /// The directory of the copy: cargo's target directory, as far as `OUT_DIR` reveals it.
    fn mirror_directory(&self, config: &Config) -> Option<PathBuf> {
        if !self.mirror.unwrap_or(config.mirror) || self.out_dir.is_some() {
            return None;
        }
        let target = target_directory(Path::new(&env::var_os("OUT_DIR")?))?;
        Some(target.join("pyidl").join(env::var_os("CARGO_PKG_NAME")?))
    }

    /// The given files, and the settings.
    fn inputs(&self) -> BTreeSet<PathBuf> {
        let interfaces = self.interfaces.iter();
        let mut inputs: BTreeSet<_> = interfaces
            .map(|path| self.seen_from_package(path))
            .collect();
        // Cargo would run the build script every time for a file that does not exist.
        let config = self.root_directory().join(config::FILE_NAME);
        if config.is_file() {
            inputs.insert(config);
        }
        inputs
    }

    /// A path that changes when a missing `pyidl.toml` is created: a directory with a symbolic link to it. Cargo follows the
    /// links in a directory and ignores dangling ones; for a file that does not exist it would run the build script every time.
    /// `None` if the link cannot be created, as on some Windows systems.
    fn absent_settings(&self) -> Option<PathBuf> {
        let settings = self.root_directory().join(config::FILE_NAME);
        if settings.exists() {
            return None;
        }
        let settings = std::path::absolute(settings).ok()?;
        let directory = Path::new(&env::var_os("OUT_DIR")?).join("pyidl-settings");
        let link = directory.join(config::FILE_NAME);
        if fs::read_link(&link).ok().as_ref() != Some(&settings) {
            let _ = fs::remove_file(&link);
            fs::create_dir_all(&directory).ok()?;
            symbolic_link(&settings, &link).ok()?;
        }
        // Older than any build, so that cargo does not consider it changed.
        let directory_file = fs::File::open(&directory).ok()?;
        directory_file.set_modified(SystemTime::UNIX_EPOCH).ok()?;
        Some(directory)
    }

    /// A path below the root, relative to the package, as cargo expects it.
    fn seen_from_package(&self, path: &Path) -> PathBuf {
        match &self.root {
            Some(root) => root.join(path),
            None => path.to_owned(),
        }
    }

    fn root_directory(&self) -> PathBuf {
        let root = self
            .root
            .clone()
            .or_else(|| env::var_os("CARGO_MANIFEST_DIR").map(PathBuf::from));
        root.unwrap_or_default()
    }
}

#[cfg(unix)]
fn symbolic_link(target: &Path, link: &Path) -> io::Result<()> {
    std::os::unix::fs::symlink(target, link)
}

#[cfg(windows)]
fn symbolic_link(target: &Path, link: &Path) -> io::Result<()> {
    std::os::windows::fs::symlink_file(target, link)
}

#[cfg(not(any(unix, windows)))]
fn symbolic_link(_target: &Path, _link: &Path) -> io::Result<()> {
    Err(io::ErrorKind::Unsupported.into())
}

fn write(files: &Files, directory: &Path) -> Result<Vec<PathBuf>, Error> {
    files
        .write(directory)
        .map_err(|error| Error::io("write to", directory, &error))
}

/// The directory above `OUT_DIR` that cargo has marked as its own.
fn target_directory(out_dir: &Path) -> Option<PathBuf> {
    out_dir
        .ancestors()
        .find(|directory| directory.join("CACHEDIR.TAG").is_file())
        .map(Path::to_owned)
}
