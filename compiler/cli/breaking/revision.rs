//! Interface files in an earlier revision of a git repository.

use std::collections::BTreeSet;
use std::fs;
use std::path::{self, Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::error::Error;
use crate::input::interfaces_in;

/// Files of a revision in a temporary directory, which is deleted when this is dropped.
pub(super) struct Export {
    place: TempDir,
    /// The requested files that existed, relative to [`Export::root`].
    pub(super) files: Vec<PathBuf>,
}

impl Export {
    /// The directory.
    pub(super) fn root(&self) -> &Path {
        self.place.path()
    }
}

/// Extracts `files`, and the interface files beside and below them, from `revision`. Files that did not exist then are omitted.
///
/// All interface files of the directories `beside` count as requested: some may be deleted now.
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
    let top = git(Path::new("."), &["rev-parse", "--show-toplevel"])?;
    let top = PathBuf::from(String::from_utf8_lossy(&top).trim_end().to_owned());
    if git(&top, &known).is_err() {
        return Err(unknown(revision, &top));
    }
    let inside = |path: &Path| inside(&top, path);
    let files = files.iter().map(|file| inside(file));
    let files = files.collect::<Result<Vec<_>, _>>()?;
    let beside = beside.iter().map(|directory| inside(directory));
    let beside = beside.collect::<Result<BTreeSet<_>, _>>()?;
    let place = tempfile::tempdir()
        .map_err(|error| Error::io("write to", &std::env::temp_dir(), &error))?;
    // The directory has the name of the revision, so that findings show it.
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
        .map(|file| match top.join(file).is_dir() {
            true => file.as_path(),
            false => file.parent().unwrap_or(Path::new("")),
        })
        .collect();
    for directory in directories {
        for path in listed(revision, &top, directory)? {
            let target = place.path().join(&folder).join(&path);
            let text = git(&top, &["show", &format!("{revision}:{path}")])?;
            let written = fs::create_dir_all(target.parent().unwrap_or(place.path()))
                .and_then(|()| fs::write(&target, text));
            written.map_err(|error| Error::io("write to", &target, &error))?;
        }
    }
    // The file may have had another form then.
    let old = |file: &PathBuf| {
        let mut forms = super::forms(&folder.join(file)).into_iter();
        forms.find(|path| place.path().join(path).exists())
    };
    let mut files: Vec<_> = files.iter().filter_map(old).collect();
    let others = beside
        .iter()
        .flat_map(|directory| interfaces_in(place.path(), &folder.join(directory)));
    for other in others {
        if !files.contains(&other) {
            files.push(other);
        }
    }
    if files.is_empty() {
        let error = Error::new(format!("none of the interface files existed in {revision}"));
        return Err(error.help("name files, or a directory of them, that were there then"));
    }
    Ok(Export { place, files })
}

/// The error for a revision that git does not know.
fn unknown(revision: &str, top: &Path) -> Error {
    let error = Error::new(format!("there is no revision `{revision}`"));
    let is_shallow = git(top, &["rev-parse", "--is-shallow-repository"])
        .is_ok_and(|answer| answer.starts_with(b"true"));
    match is_shallow {
        true => error.help(
            "this clone is shallow: `git fetch --unshallow` gets the rest (`fetch-depth: 0` in GitHub Actions)",
        ),
        false => error.help("name a commit, a branch or a tag"),
    }
}

/// `path` relative to the top of the repository.
fn inside(top: &Path, path: &Path) -> Result<PathBuf, Error> {
    let absolute = path::absolute(path).unwrap_or_else(|_| path.to_owned());
    // The file may be deleted, and its directory too.
    let existing = absolute.ancestors().find_map(|ancestor| {
        let rest = absolute.strip_prefix(ancestor).ok()?;
        Some(fs::canonicalize(ancestor).ok()?.join(rest))
    });
    let top = fs::canonicalize(top).unwrap_or_else(|_| top.to_owned());
    let inside = existing.and_then(|path| Some(path.strip_prefix(&top).ok()?.to_owned()));
    inside.ok_or_else(|| {
        let message = format!(
            "{} is not in the repository {}",
            path.display(),
            top.display()
        );
        Error::new(message).help("run the command inside of the repository of the files")
    })
}

/// The interface files below `directory` in a revision, relative to the top of the repository.
fn listed(revision: &str, top: &Path, directory: &Path) -> Result<Vec<String>, Error> {
    let mut arguments = vec!["ls-tree", "-r", "-z", "--name-only", revision];
    let below = format!("{}/", directory.to_string_lossy());
    if below != "/" {
        arguments.extend(["--", &below]);
    }
    let output = git(top, &arguments)?;
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

/// The output of git in a directory.
fn git(directory: &Path, arguments: &[&str]) -> Result<Vec<u8>, Error> {
    let output = Command::new("git")
        .arg("-C")
        .arg(directory)
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
