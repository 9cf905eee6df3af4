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
    /// Features to switch on besides those of pyidl.toml: what `@unstable(feature = name)` stands before is there
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    features: Vec<String>,
    /// Switch all features on
    #[arg(long)]
    all_features: bool,
}

impl FeatureOptions {
    /// Switches them on. To be called before files are read.
    pub(super) fn switch_on(&self, compilation: &mut Compilation) {
        let names = self.features.iter().map(|name| name.trim().to_owned());
        let features = &mut compilation.features;
        features.names.extend(names);
        features.all |= self.all_features;
    }
}

/// What the commands have in common that look at interface files.
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
    /// Compiles the files that were named, or without any those of the project, which is returned.
    pub(super) fn compile(&self, compilation: &mut Compilation) -> Result<Project, Error> {
        self.features.switch_on(compilation);
        let project = Project::here(compilation)?;
        self.stdin.give(&self.files, compilation)?;
        project.compile(&self.named(), compilation)?;
        Ok(project)
    }

    /// The files that were named.
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

/// A compilation for a command to work on. It is never freed: the process ends with the command, and taking a large
/// interface apart would only hold that up.
pub(super) fn compilation() -> &'static mut Compilation {
    Box::leak(Box::default())
}

impl Project {
    /// The project around the working directory. Findings in `pyidl.toml` are added to `compilation`.
    pub(super) fn here(compilation: &mut Compilation) -> Result<Self, Error> {
        let here = env::current_dir().map_err(|error| Error::io("find", Path::new("."), &error))?;
        // As seen from the working directory, so that findings show short paths; empty where that is the root.
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

    /// `path` of the settings, as seen from the working directory.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        self.root.join(path)
    }

    /// Compiles the files that were named, or without any those of the project.
    pub(super) fn compile(
        &self,
        named: &[PathBuf],
        compilation: &mut Compilation,
    ) -> Result<(), Error> {
        if named.is_empty() && compilation.diagnostics.has_errors() {
            // Which files are meant is not known, and why is reported already.
            return Ok(());
        }
        let configured = self.config.features();
        compilation.features.names.extend(configured.names);
        compilation.read_all(Path::new(""), &self.interfaces(named)?)
    }

    /// The files that were named, each once, or without any those of the project.
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
