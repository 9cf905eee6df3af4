//! Interface files as they were in a revision of a git repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::error::Error;
use crate::input::interfaces_in;

/// Files of a revision, in a directory that goes away with this.
pub(super) struct Export {
    place: TempDir,
    /// Those that were asked for and existed, relative to [`Export::root`].
    pub(super) files: Vec<PathBuf>,
}

impl Export {
    /// The directory.
    pub(super) fn root(&self) -> &Path {
        self.place.path()
    }
}

/// Takes `files`, and the interface files beside and below them, out of `revision`. Files that did not exist then are
/// left out.
///
/// Of the directories `beside` all interface files are taken for asked for: some may be gone since.
pub(super) fn export(
    revision: &str,
    files: &[PathBuf],
    beside: &BTreeSet<PathBuf>,
) -> Result<Export, Error> {
    if revision.is_empty() || revision.starts_with('-') {
        return Err(
            Error::new(format!("`{revision}` is no revision")).help("write `--against git:HEAD`")
        );
    }
    let known = [
        "rev-parse",
        "--verify",
        "--quiet",
        &format!("{revision}^{{commit}}"),
    ];
    git(&["rev-parse", "--git-dir"])?;
    if git(&known).is_err() {
        let error = Error::new(format!("there is no revision `{revision}`"));
        return Err(error.help("name a commit, a branch or a tag"));
    }
    let place = tempfile::tempdir()
        .map_err(|error| Error::io("write to", &std::env::temp_dir(), &error))?;
    // In a folder named after the revision, which findings then show.
    let folder: String = revision
        .chars()
        .map(|c| {
            if c.is_alphanumeric() || "-._~^@".contains(c) {
                c
            } else {
                '-'
            }
        })
        .collect();
    let folder = PathBuf::from(format!("git-{folder}"));
    let directories: BTreeSet<&Path> = files
        .iter()
        .map(|file| match file.is_dir() {
            true => file.as_path(),
            false => file.parent().unwrap_or(Path::new("")),
        })
        .collect();
    for directory in directories {
        for path in listed(revision, directory)? {
            let target = place.path().join(&folder).join(&path);
            let text = git(&["show", &format!("{revision}:./{path}")])?;
            let written = fs::create_dir_all(target.parent().unwrap_or(place.path()))
                .and_then(|()| fs::write(&target, text));
            written.map_err(|error| Error::io("write to", &target, &error))?;
        }
    }
    let was_there = |path: &PathBuf| place.path().join(path).exists();
    let mut files: Vec<_> = files
        .iter()
        .map(|file| folder.join(file))
        .filter(was_there)
        .collect();
    let others = beside
        .iter()
        .flat_map(|directory| interfaces_in(place.path(), &folder.join(directory)));
    for other in others {
        if !files.contains(&other) {
            files.push(other);
        }
    }
    if files.is_empty() {
        return Err(Error::new(format!(
            "none of the interface files was there in {revision}"
        )));
    }
    Ok(Export { place, files })
}

/// The interface files below `directory` in a revision, as paths from the working directory.
fn listed(revision: &str, directory: &Path) -> Result<Vec<String>, Error> {
    let directory = directory.to_string_lossy();
    let directory = if directory.is_empty() {
        "."
    } else {
        &*directory
    };
    if Path::new(directory).is_absolute() {
        let error = Error::new(format!(
            "{directory} is not relative to the working directory"
        ));
        return Err(
            error.help("run the command inside of the repository, and name files relative to it")
        );
    }
    let output = git(&[
        "ls-tree",
        "-r",
        "-z",
        "--name-only",
        revision,
        "--",
        &format!("{directory}/"),
    ])?;
    let output = String::from_utf8_lossy(&output).into_owned();
    let is_interface = |path: &&str| {
        [".pyidl", ".wit", ".pyidl.toml"]
            .iter()
            .any(|ending| path.ends_with(ending))
    };
    Ok(output
        .split('\0')
        .filter(is_interface)
        .map(str::to_owned)
        .collect())
}

/// The output of git.
fn git(arguments: &[&str]) -> Result<Vec<u8>, Error> {
    let output = Command::new("git")
        .args(arguments)
        .stdin(Stdio::null())
        .output();
    let output = output.map_err(|error| Error::io("run", Path::new("git"), &error))?;
    if output.status.success() {
        return Ok(output.stdout);
    }
    let said = String::from_utf8_lossy(&output.stderr);
    let said = said.lines().next().unwrap_or_default();
    let said = said.strip_prefix("fatal: ").unwrap_or(said);
    Err(Error::new(format!("git {} failed: {said}", arguments[0])))
}
