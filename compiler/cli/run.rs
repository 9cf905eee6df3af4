//! `pyidl run`: builds the extension that a script imports, and runs the script.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use clap::Args;

use super::Outcome;
use super::extension::ExtensionCrate;
use super::output::{self, FormatOption, Output};
use crate::config::{Config, Profile};
use crate::diagnostic::render::Format;
use crate::driver::Compilation;
use crate::error::Error;
use crate::input::package_around;
use crate::interpreters::{self, Interpreter, OLDEST_MINOR};

/// Build the extension module of the crate around a script, and run the script with it
///
/// The module and its stub are put into target/pyidl/<crate>/<profile>/, which goes on PYTHONPATH; nothing is installed.
#[derive(Debug, Args)]
pub(super) struct Arguments {
    /// The interpreter; default: that of the active virtual environment, else `python3` or `python` on PATH
    #[arg(long, value_name = "PATH")]
    python: Option<PathBuf>,
    /// Build optimised, which is the default
    #[arg(long, conflicts_with = "debug")]
    release: bool,
    /// Build without optimisation, faster and with checks
    #[arg(long)]
    debug: bool,
    #[command(flatten)]
    format: FormatOption,
    // One list, so that options after the script's name go to the script.
    /// The script and its arguments
    #[arg(required = true, num_args = 1.., trailing_var_arg = true, value_names = ["SCRIPT", "ARGS"])]
    command: Vec<OsString>,
}

pub(super) fn run(arguments: &Arguments, output: &Output) -> Result<Outcome, Error> {
    let Some((script, script_arguments)) = arguments.command.split_first() else {
        return Err(Error::new("no script was named"));
    };
    let script = Path::new(script);
    let directory = find_crate(script)?;
    let config = project_config(&directory, output, arguments.format.format)?;
    let profile = match (arguments.debug, arguments.release) {
        (true, _) => Profile::Debug,
        (_, true) => Profile::Release,
        _ => config.run.profile,
    };
    // Before the build, so that a missing Python is reported at once.
    let interpreter = interpreter(arguments, &config, &directory)?;
    let extension = ExtensionCrate::find(&directory)?;
    let modules = extension.import_directory(profile);
    extension
        .build(profile)?
        .install(&modules, interpreter.extension_suffix())?;

    let program = interpreter
        .facts
        .executable
        .as_ref()
        .unwrap_or(&interpreter.path);
    output::note(&format!(
        "     Running {} with {}",
        script.display(),
        interpreter.description()
    ));
    let mut command = Command::new(program);
    command
        .arg(script)
        .args(script_arguments)
        .env("PYTHONPATH", python_path(&modules)?);
    hand_over(command, program)
}

/// The settings of the script's crate.
fn project_config(directory: &Path, output: &Output, format: Format) -> Result<Config, Error> {
    let mut compilation = Compilation::default();
    let config = Config::load(
        directory,
        &mut compilation.sources,
        &mut compilation.diagnostics,
    )?;
    if output.note_findings(&compilation, format) == Outcome::Findings {
        return Err(Error::new(format!(
            "the settings in {} cannot be used",
            directory.display()
        )));
    }
    Ok(config)
}

fn find_crate(script: &Path) -> Result<PathBuf, Error> {
    let absolute =
        std::path::absolute(script).map_err(|error| Error::io("find", script, &error))?;
    if absolute.is_dir() {
        return Err(Error::new(format!(
            "{} is a directory, not a script",
            script.display()
        )));
    }
    if !absolute.is_file() {
        return Err(Error::new(format!(
            "there is no script {}",
            script.display()
        )));
    }
    let directory = absolute.parent().and_then(package_around).ok_or_else(|| {
        Error::new(format!("{} is not inside a crate", script.display()))
            .help("put it into the directory of the crate whose module it imports, beside Cargo.toml or below")
    })?;
    Ok(directory.to_owned())
}

fn interpreter(
    arguments: &Arguments,
    config: &Config,
    directory: &Path,
) -> Result<Interpreter, Error> {
    // A path in pyidl.toml is relative to it, but a bare name is looked up on PATH.
    let configured = config
        .run
        .python
        .as_ref()
        .map(|python| match python.components().count() {
            1 => python.clone(),
            _ => directory.join(python),
        });
    if let Some(python) = arguments.python.clone().or(configured) {
        let found = Interpreter::ask(&python).and_then(Interpreter::usable);
        return found.map_err(|unusable| Error::new(unusable.to_string()));
    }
    interpreters::active()
        .map(|(interpreter, _)| interpreter)
        .map_err(|refused| {
            let mut error = Error::new(format!("no Python 3.{OLDEST_MINOR} or later was found"));
            for unusable in refused {
                error = error.help(format!("not usable: {unusable}"));
            }
            error.help("name one with --python PATH; `pyidl doctor` lists what is installed")
        })
}

fn python_path(modules: &Path) -> Result<OsString, Error> {
    let others = env::var_os("PYTHONPATH").filter(|path| !path.is_empty());
    let others = others.iter().flat_map(env::split_paths);
    env::join_paths(std::iter::once(modules.to_owned()).chain(others)).map_err(|_| {
        Error::new(format!(
            "{} cannot be on PYTHONPATH: its name has a path separator in it",
            modules.display()
        ))
    })
}

/// Replaces this process with the script, which then has its signals, terminal and exit status.
#[cfg(unix)]
fn hand_over(mut command: Command, program: &Path) -> Result<Outcome, Error> {
    use std::os::unix::process::CommandExt;

    Err(Error::io("run", program, &command.exec()))
}

/// Runs the script and ends with its exit status.
#[cfg(not(unix))]
fn hand_over(mut command: Command, program: &Path) -> Result<Outcome, Error> {
    let status = command
        .status()
        .map_err(|error| Error::io("run", program, &error))?;
    std::process::exit(status.code().unwrap_or(2))
}
