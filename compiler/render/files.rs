//! Files that were generated and are not written yet.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Generated files in memory, in the order in which they were added.
///
/// Paths are relative; the directory is chosen when they are written or compared.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Files {
    files: Vec<(PathBuf, String)>,
}

/// How a file on disk differs from the generated one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Change {
    /// It is not there.
    Missing,
    /// It has other contents.
    Different,
}

impl Files {
    /// Adds a file. A second one of the same path replaces the first in its place.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) {
        let (path, text) = (path.into(), text.into());
        match self.files.iter_mut().find(|(known, _)| *known == path) {
            Some((_, known)) => *known = text,
            None => self.files.push((path, text)),
        }
    }

    /// Adds all of `others`.
    pub fn extend(&mut self, others: Self) {
        for (path, text) in others.files {
            self.add(path, text);
        }
    }

    /// All texts, for people: one alone as it is, several each below its path.
    pub fn listing(&self) -> String {
        if let [(_, text)] = self.files.as_slice() {
            return text.clone();
        }
        let texts = self
            .iter()
            .map(|(path, text)| format!("==> {} <==\n{text}", path.display()));
        texts.collect::<Vec<_>>().join("\n")
    }

    /// The text of the file at `path`.
    pub fn get(&self, path: impl AsRef<Path>) -> Option<&str> {
        let path = path.as_ref();
        self.iter()
            .find(|(known, _)| *known == path)
            .map(|(_, text)| text)
    }

    /// Paths and texts.
    pub fn iter(&self) -> impl Iterator<Item = (&Path, &str)> {
        self.files
            .iter()
            .map(|(path, text)| (path.as_path(), text.as_str()))
    }

    /// Writes the files that are missing or different under `directory`, which is made where needed, and leaves the
    /// others alone, so that build tools see no change where there is none. Returns what was written.
    ///
    /// A reader sees a file's old text or its new one, never a part: the text goes into a file beside it first.
    ///
    /// # Errors
    ///
    /// The first error of the file system. Files before it are written.
    pub fn write(&self, directory: impl AsRef<Path>) -> io::Result<Vec<PathBuf>> {
        let mut written = Vec::new();
        for (path, change) in self.changes(directory.as_ref())? {
            let target = directory.as_ref().join(path);
            if let (Change::Missing, Some(parent)) = (change, target.parent()) {
                fs::create_dir_all(parent)?;
            }
            let text = self.get(path).unwrap_or_default();
            replace(&target, text)?;
            written.push(target);
        }
        Ok(written)
    }

    /// Which files are missing or different under `directory`; nothing is written.
    ///
    /// # Errors
    ///
    /// If a file is there and cannot be read.
    pub fn check(&self, directory: impl AsRef<Path>) -> io::Result<Vec<(PathBuf, Change)>> {
        let directory = directory.as_ref();
        let changes = self.changes(directory)?;
        Ok(changes
            .into_iter()
            .map(|(path, change)| (directory.join(path), change))
            .collect())
    }

    fn changes(&self, directory: &Path) -> io::Result<Vec<(&Path, Change)>> {
        let mut changes = Vec::new();
        for (path, text) in self.iter() {
            match fs::read(directory.join(path)) {
                Ok(found) if found == text.as_bytes() => {}
                Ok(_) => changes.push((path, Change::Different)),
                Err(error) if error.kind() == io::ErrorKind::NotFound => {
                    changes.push((path, Change::Missing));
                }
                Err(error) => return Err(error),
            }
        }
        Ok(changes)
    }
}

/// Writes a file at once, with the permissions of the one that it replaces.
fn replace(target: &Path, text: &str) -> io::Result<()> {
    let mut beside = target.as_os_str().to_owned();
    beside.push(format!(".{}.new", std::process::id()));
    let write = || {
        fs::write(&beside, text)?;
        if let Ok(replaced) = fs::metadata(target) {
            fs::set_permissions(&beside, replaced.permissions())?;
        }
        fs::rename(&beside, target)
    };
    write().inspect_err(|_| {
        // What could not be written may not be there; the error to tell is the first one.
        let _ = fs::remove_file(&beside);
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Directory(PathBuf);

    impl Directory {
        fn new(name: &str) -> Self {
            let path = std::env::temp_dir().join(format!("pyidl-{name}-{}", std::process::id()));
            let _ = fs::remove_dir_all(&path);
            Self(path)
        }
    }

    impl Drop for Directory {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    #[test]
    fn keeps_order_and_replaces_in_place() {
        let mut files = Files::default();
        files.add("b", "1");
        files.add("a", "2");
        files.add("b", "3");
        let texts: Vec<_> = files.iter().map(|(_, text)| text).collect();
        assert_eq!(texts, ["3", "2"]);
    }

    #[test]
    fn writes_only_what_changed() {
        let directory = Directory::new("files");
        let mut files = Files::default();
        files.add("deep/a.rs", "a");
        files.add("b.rs", "b");
        let (a, b) = (directory.0.join("deep/a.rs"), directory.0.join("b.rs"));

        assert_eq!(files.check(&directory.0).unwrap().len(), 2);
        assert_eq!(files.write(&directory.0).unwrap(), [a.clone(), b.clone()]);
        assert_eq!(files.write(&directory.0).unwrap(), Vec::<PathBuf>::new());

        fs::write(&b, "other").unwrap();
        assert_eq!(
            files.check(&directory.0).unwrap(),
            [(b.clone(), Change::Different)]
        );
        assert_eq!(files.write(&directory.0).unwrap(), std::slice::from_ref(&b));
        assert_eq!(fs::read_to_string(&b).unwrap(), "b");

        let names = fs::read_dir(&directory.0).unwrap().count();
        assert_eq!(names, 2, "nothing is left beside the files");
        assert_eq!(fs::read_to_string(&a).unwrap(), "a");
    }
}
