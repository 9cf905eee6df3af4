//! Interface files that come through standard input: what is being written in an editor and was not saved yet.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::driver::Compilation;
use crate::error::Error;
use crate::input::MAX_FILE_SIZE;

/// How standard input is named among files.
const DASH: &str = "-";

/// What standard input is called.
#[derive(Debug, Args)]
pub(super) struct StdinOption {
    /// What `-`, standard input, stands for: findings show this name, its end tells the form, and what the text uses is
    /// looked for beside it
    #[arg(long, value_name = "NAME")]
    stdin_filepath: Option<PathBuf>,
}

impl StdinOption {
    /// The files that were named, with the name of standard input in the place of `-`.
    pub(super) fn files(&self, named: &[PathBuf]) -> Vec<PathBuf> {
        let file = |path: &PathBuf| match is_stdin(path) {
            true => self.name().to_owned(),
            false => path.clone(),
        };
        named.iter().map(file).collect()
    }

    /// The name of standard input.
    pub(super) fn name(&self) -> &Path {
        match &self.stdin_filepath {
            Some(name) => name,
            None => Path::new("<stdin>"),
        }
    }

    /// Reads standard input if `named` says so: from then on `compilation` finds its text under its name.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or its name is none of a file.
    pub(super) fn give(
        &self,
        named: &[PathBuf],
        compilation: &mut Compilation,
    ) -> Result<(), Error> {
        if named.iter().any(|path| is_stdin(path)) {
            compilation.give(self.name(), self.read()?);
        } else if let Some(name) = &self.stdin_filepath {
            let message = format!(
                "standard input is called {}, but is not read",
                name.display()
            );
            return Err(Error::new(message).help("name it as a file: `-`"));
        }
        Ok(())
    }

    /// All of standard input, up to a little more than the size that is accepted.
    ///
    /// # Errors
    ///
    /// See [`StdinOption::give`].
    pub(super) fn read(&self) -> Result<Vec<u8>, Error> {
        let name = self.name();
        if name.is_dir() || name.file_name().is_none() {
            let message = format!("{} is no name of a file", name.display());
            return Err(Error::new(message)
                .help("name the file that standard input stands for, as in idl/name.pyidl"));
        }
        let mut bytes = Vec::new();
        io::stdin()
            .lock()
            .take(MAX_FILE_SIZE as u64 + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| Error::io("read", name, &error))?;
        Ok(bytes)
    }
}

/// Whether a path stands for standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path == Path::new(DASH)
}
