//! The project that a command works on.

use std::env;
use std::path::{Path, PathBuf};

use clap::Args;

use super::output::FormatOption;
use super::stdin::StdinOption;
use crate::config::Config;
use crate::diagnostic::render::Format;
use crate::driver::Compilation;
use crate::error::Error;
use crate::input::{self, package_around};
use crate::load;

/// The options that switch features on.
#[derive(Debug, Args)]
pub(super) struct FeatureOptions {
    /// Features to switch on besides those of pyidl.toml, which make items with `@unstable(feature = name)` available
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    features: Vec<String>,
    /// Switch all features on
    #[arg(long)]
    all_features: bool,
}

impl FeatureOptions {
    /// Switches the features on. Must be called before files are read.
    pub(super) fn switch_on(&self, compilation: &mut Compilation) {
        let names = self.features.iter().map(|name| name.trim().to_owned());
        let features = &mut compilation.features;
        features.names.extend(names);
        features.all |= self.all_features;
    }
}

/// The options of all commands that compile interface files.
#[derive(Debug, Args)]
pub(super) struct InputOptions {
    /// Interface files, directories that are a package each, or `-` for standard input; without any, `interfaces` of
    /// pyidl.toml, else those in idl/
    files: Vec<PathBuf>,
    #[command(flatten)]
    stdin: StdinOption,
    #[command(flatten)]
    features: FeatureOptions,
    #[command(flatten)]
    format: FormatOption,
}

impl InputOptions {
    /// Compiles the named files, or those of the project if none are named. Returns the project.
    pub(super) fn compile(&self, compilation: &mut Compilation) -> Result<Project, Error> {
        self.features.switch_on(compilation);
        let project = Project::here(compilation)?;
        self.stdin.give(&self.files, compilation)?;
        project.compile(&self.named(), compilation)?;
        Ok(project)
    }

    /// The named files.
    pub(super) fn named(&self) -> Vec<PathBuf> {
        self.stdin.files(&self.files)
    }

    pub(super) fn format(&self) -> Format {
        self.format.format
    }
}

/// The directory of the nearest `Cargo.toml`, or the working directory, and its settings.
pub(super) struct Project {
    root: PathBuf,
    pub(super) config: Config,
}

/// A compilation for a command. It is never freed: the process ends with the command, and freeing a large interface takes time.
pub(super) fn compilation() -> &'static mut Compilation {
    Box::leak(Box::default())
}

impl Project {
    /// The project around the working directory. Findings in `pyidl.toml` are added to `compilation`.
    pub(super) fn here(compilation: &mut Compilation) -> Result<Self, Error> {
        let here = env::current_dir().map_err(|error| Error::io("find", Path::new("."), &error))?;
        // Relative to the working directory, so that findings show short paths; empty if that is the root.
        let below = package_around(&here).and_then(|root| here.strip_prefix(root).ok());
        let levels = below.map_or(0, |below| below.components().count());
        let root: PathBuf = (0..levels).map(|_| "..").collect();
        let config = Config::load(
            &root,
            &mut compilation.sources,
            &mut compilation.diagnostics,
        )?;
        Ok(Self { root, config })
    }

    /// A path in the settings, relative to the working directory.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        self.root.join(path)
    }

    /// Compiles the named files, or those of the project if none are named.
    pub(super) fn compile(
        &self,
        named: &[PathBuf],
        compilation: &mut Compilation,
    ) -> Result<(), Error> {
        if named.is_empty() && compilation.diagnostics.has_errors() {
            // The files are unknown; the reason was reported.
            return Ok(());
        }
        let configured = self.config.features();
        compilation.features.names.extend(configured.names);
        compilation.read_all(Path::new(""), &self.interfaces(named)?)
    }

    /// The named files without duplicates, or those of the project if none are named.
    pub(super) fn interfaces(&self, named: &[PathBuf]) -> Result<Vec<PathBuf>, Error> {
        let each_once = |paths: &[PathBuf]| load::homes(Path::new(""), paths).0;
        if !named.is_empty() {
            return Ok(each_once(named));
        }
        if let Some(configured) = &self.config.interfaces {
            let paths: Vec<_> = configured.iter().map(|path| self.path(path)).collect();
            return Ok(each_once(&paths));
        }
        let directory = self.path(Path::new("idl"));
        let found = input::interfaces_in(Path::new(""), &directory);
        if found.is_empty() {
            let message = format!(
                "no interface file was named, and there is none in {}",
                directory.display()
            );
            return Err(Error::new(message).help("name one, or set `interfaces` in pyidl.toml"));
        }
        Ok(found)
    }
}
