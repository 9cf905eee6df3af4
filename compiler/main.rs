//! The `pyidl` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    pyidl::cli::main()
}
