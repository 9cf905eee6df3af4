//! Copies built modules to where Python imports them.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process;

use super::{BuiltExtension, PACKAGE_STUB, entries, is_stub};
use crate::error::Error;

impl BuiltExtension {
    /// Puts every module and its stubs into `directory`, and removes other modules from it; file names of modules end in
    /// `suffix`. Files are replaced rather than overwritten, since running interpreters may use them.
    ///
    /// # Errors
    ///
    /// If a file cannot be written or removed.
    pub(in crate::cli) fn install(&self, directory: &Path, suffix: &str) -> Result<(), Error> {
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

    /// Removes modules that the crate no longer has, which a script could still import, and stubs in a form that is no longer
    /// used.
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

fn create(directory: &Path) -> Result<(), Error> {
    fs::create_dir_all(directory).map_err(|error| Error::io("create", directory, &error))
}

fn remove(file: &Path) -> Result<(), Error> {
    fs::remove_file(file).map_err(|error| Error::io("remove", file, &error))
}

/// Makes `to` a copy of `from`, unless it is one already.
fn replace(from: &Path, to: &Path) -> Result<(), Error> {
    let is_same = || Ok::<_, io::Error>(fs::read(from)? == fs::read(to)?);
    if is_same().unwrap_or(false) {
        return Ok(());
    }
    put(to, |new| fs::copy(from, new).map(drop))
}

/// Makes `to` another name of the file `from`. Modules that use types of each other must be the same file, since the system loads
/// a copy as another library. Where there are no links, `to` is a copy, which works for all other modules.
fn link(from: &Path, to: &Path) -> Result<(), Error> {
    if is_one_file(from, to) {
        return Ok(());
    }
    put(to, |new| {
        fs::hard_link(from, new).or_else(|_| fs::copy(from, new).map(drop))
    })
}

/// Puts a file at `to` atomically: `make` creates it beside `to`.
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

/// Elsewhere the system identifies libraries by their paths, so a copy counts as the file if its contents are equal.
#[cfg(not(unix))]
fn is_one_file(a: &Path, b: &Path) -> bool {
    matches!((fs::read(a), fs::read(b)), (Ok(a), Ok(b)) if a == b)
}
