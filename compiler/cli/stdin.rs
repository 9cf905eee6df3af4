//! Interface files from standard input: the text in an editor that is not saved yet.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use clap::Args;

use crate::driver::Compilation;
use crate::error::Error;
use crate::input::MAX_FILE_SIZE;

/// The argument that names standard input.
const DASH: &str = "-";

/// The option for the name of standard input.
#[derive(Debug, Args)]
pub(super) struct StdinOption {
    /// The path of the file that `-`, standard input, replaces: findings show it, its extension determines the form, and
    /// the files that the text uses are searched beside it
    #[arg(long, value_name = "NAME")]
    stdin_filepath: Option<PathBuf>,
}

impl StdinOption {
    /// The named files, with the name of standard input in place of `-`.
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

    /// Reads standard input if it is among `named`; `compilation` then uses its text as the file of that name.
    ///
    /// # Errors
    ///
    /// If it cannot be read, or its name is not that of a file.
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

    /// Standard input, up to slightly more than the maximum size of a file.
    ///
    /// # Errors
    ///
    /// See [`StdinOption::give`].
    pub(super) fn read(&self) -> Result<Vec<u8>, Error> {
        let name = self.name();
        if name.is_dir() || name.file_name().is_none() {
            let message = format!("{} is not the name of a file", name.display());
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

/// Whether a path means standard input.
pub(super) fn is_stdin(path: &Path) -> bool {
    path == Path::new(DASH)
}
