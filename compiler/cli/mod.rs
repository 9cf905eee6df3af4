//! The command line: one file per command.
//!
//! Exit status: 0 clean, 1 findings, 2 could not run; `pyidl run` ends with the script's own.

mod breaking;
mod build;
mod check;
mod convert;
mod doctor;
mod dump;
mod explain;
mod extension;
mod fmt;
mod lint;
mod output;
mod project;
mod run;
mod stdin;
mod table;

use std::process::ExitCode;

use clap::{ColorChoice, Parser, Subcommand};

use crate::error::Error;
use output::Output;

#[derive(Parser)]
#[command(
    name = "pyidl",
    version,
    about = "An interface compiler between Rust and Python",
    after_help = "Exit status: 0 clean, 1 findings, 2 could not run."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// When findings are printed in colours; auto: in a terminal, unless NO_COLOR is set
    #[arg(long, global = true, value_name = "WHEN", default_value_t)]
    color: ColorChoice,
}

#[derive(Subcommand)]
enum Command {
    Build(build::Arguments),
    Check(check::Arguments),
    Fmt(fmt::Arguments),
    Convert(convert::Arguments),
    Lint(lint::Arguments),
    Breaking(breaking::Arguments),
    Dump(dump::Arguments),
    Explain(explain::Arguments),
    Run(run::Arguments),
    Doctor(doctor::Arguments),
}

/// The result of a command that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Outcome {
    /// No findings.
    Clean,
    /// There were findings, and they were printed.
    Findings,
}

/// Runs the command that the process's arguments ask for.
pub fn main() -> ExitCode {
    let Cli { command, color } = Cli::parse();
    let mut output = Output::of_process(color);
    let result = match command {
        Command::Build(arguments) => build::run(&arguments, &mut output),
        Command::Check(arguments) => check::run(&arguments, &mut output),
        Command::Convert(arguments) => convert::run(&arguments, &mut output),
        Command::Breaking(arguments) => breaking::run(&arguments, &mut output),
        Command::Lint(arguments) => lint::run(&arguments, &mut output),
        Command::Fmt(arguments) => fmt::run(&arguments, &mut output),
        Command::Dump(arguments) => dump::run(&arguments, &mut output),
        Command::Explain(arguments) => explain::run(&arguments, &mut output),
        Command::Run(arguments) => run::run(&arguments, &output),
        Command::Doctor(arguments) => doctor::run(&arguments, &mut output),
    };
    match result {
        Ok(Outcome::Clean) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(error) => could_not_run(&error),
    }
}

fn could_not_run(error: &Error) -> ExitCode {
    output::complain(error);
    ExitCode::from(2)
}
