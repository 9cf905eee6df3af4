//! Reads interface files, with an error message for everything that can be wrong with a path or with a file's bytes.

use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{ErrorKind, Read};
use std::path::{Path, PathBuf};

use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic};
use crate::error::Error;
use crate::source::{FileId, SourceMap, Span};
use crate::syntax;

/// The maximum length of a file, in bytes.
pub(crate) const MAX_FILE_SIZE: usize = 16 << 20;

/// Reads `path`, which is relative to `root`, up to slightly more than the maximum size. Errors show the path as the user gave
/// it.
pub(crate) fn read(root: &Path, path: &Path) -> Result<Vec<u8>, Error> {
    let place = root.join(path);
    let mut bytes = Vec::new();
    // The length of devices and pipes is not known in advance.
    File::open(&place)
        .and_then(|file| file.take(MAX_FILE_SIZE as u64 + 1).read_to_end(&mut bytes))
        .map_err(|error| match error.kind() {
            ErrorKind::NotFound => missing(root, path),
            _ => Error::io("read", path, &error),
        })?;
    Ok(bytes)
}

/// Adds the bytes read from `path` to the texts.
///
/// # Errors
/// A finding if the file is longer than [`MAX_FILE_SIZE`] or not UTF-8. The file is added nevertheless, as far as it can be
/// displayed.
pub(crate) fn add(
    sources: &mut SourceMap,
    path: impl Into<PathBuf>,
    bytes: Vec<u8>,
) -> Result<FileId, Box<Diagnostic>> {
    if bytes.len() > MAX_FILE_SIZE {
        let file = sources.add(path, "");
        let message = format!("the file is larger than {} MiB", MAX_FILE_SIZE >> 20);
        let diagnostic = Diagnostic::new(Code::TooLarge, Span::new(file, 0, 0), message, "");
        return Err(Box::new(diagnostic.help("divide it into several files")));
    }
    let error = match String::from_utf8(bytes) {
        Ok(text) => return Ok(sources.add(path, text)),
        Err(error) => error,
    };
    let start = error.utf8_error().valid_up_to();
    let is_utf16 = matches!(error.as_bytes(), [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    let file = sources.add(path, String::from_utf8_lossy(error.as_bytes()));
    let replaced = char::REPLACEMENT_CHARACTER.len_utf8();
    let span = Span::new(file, start as u32, (start + replaced) as u32);
    let message = "the file is not encoded as UTF-8";
    let label = format!("byte {start} of the file belongs to no character");
    let help = match is_utf16 {
        true => "it looks like UTF-16: save it as UTF-8",
        false => "save it as UTF-8",
    };
    Err(Box::new(
        Diagnostic::new(Code::Unreadable, span, message, label).help(help),
    ))
}

/// The nearest directory at or above `directory`, an absolute path, that contains a `Cargo.toml`.
pub(crate) fn package_around(directory: &Path) -> Option<&Path> {
    directory
        .ancestors()
        .find(|directory| directory.join("Cargo.toml").is_file())
}

/// `path` (relative to `root`) relative to its package: the same on every machine. Outside any package, the path itself, or the
/// file's name if it is absolute.
pub(crate) fn path_in_package(root: &Path, path: &Path) -> String {
    let place = std::path::absolute(root.join(path)).unwrap_or_else(|_| path.to_owned());
    let package = place.parent().and_then(package_around);
    match package.and_then(|package| place.strip_prefix(package).ok()) {
        Some(inside) => with_slashes(inside),
        None if path.is_absolute() => with_slashes(Path::new(path.file_name().unwrap_or_default())),
        None => with_slashes(path),
    }
}

/// `path` with the separators of generated files, on Windows too.
pub(crate) fn with_slashes(path: &Path) -> String {
    path.to_string_lossy()
        .replace(std::path::MAIN_SEPARATOR, "/")
}

/// The interface files of a directory, sorted, in any form, as `directory/name.pyidl`; none if it cannot be listed.
pub(crate) fn interfaces_in(root: &Path, directory: &Path) -> Vec<PathBuf> {
    interfaces_in_directory(root, directory).unwrap_or_default()
}

/// Does the same as [`interfaces_in`], with an error if the directory cannot be listed.
pub(crate) fn interfaces_in_directory(
    root: &Path,
    directory: &Path,
) -> Result<Vec<PathBuf>, Error> {
    let mut found = entries(root, directory)?;
    found.retain(|path| syntax::is_interface_file(path) && !root.join(path).is_dir());
    Ok(found)
}

/// The entries of a directory, sorted, as `directory/name`, except for hidden ones, which belong to tools. (Emacs keeps a
/// dangling link, `.#music.pyidl`, beside a file that is being edited.)
pub(crate) fn entries(root: &Path, directory: &Path) -> Result<Vec<PathBuf>, Error> {
    let place = match root.join(directory) {
        place if place.as_os_str().is_empty() => PathBuf::from("."),
        place => place,
    };
    let entries = fs::read_dir(place)
        .and_then(|entries| entries.collect::<Result<Vec<_>, _>>())
        .map_err(|error| Error::io("list", directory, &error))?;
    let names = entries.into_iter().map(|entry| entry.file_name());
    let mut found: Vec<_> = names
        .filter(|name| !is_hidden(name))
        .map(|name| directory.join(name))
        .collect();
    found.sort();
    Ok(found)
}

/// Whether a file or directory of this name belongs to a tool.
pub(crate) fn is_hidden(name: &OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The error for a directory without interface files.
pub(crate) fn empty_directory(root: &Path, directory: &Path) -> Error {
    let error = Error::new(format!("{} has no interface files", directory.display()));
    let inside = entries(root, directory).unwrap_or_default();
    let with_files = inside
        .into_iter()
        .find(|path| !interfaces_in(root, path).is_empty());
    match with_files {
        Some(inner) => error.help(format!("there are some in {}", inner.display())),
        None => error.help(format!(
            "interface files end in {}",
            syntax::ENDINGS.join(", ")
        )),
    }
}

fn missing(root: &Path, path: &Path) -> Error {
    if let Ok(target) = fs::read_link(root.join(path)) {
        let message = format!("{} is a link that leads nowhere", path.display());
        return Error::new(message).help(format!("there is no {}", target.display()));
    }
    let error = Error::new(format!("there is no file {}", path.display()));
    let directory = path.parent().unwrap_or(Path::new(""));
    let others = interfaces_in(root, directory);
    let name_of = |path: &'_ Path| {
        path.file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    };
    let names: Vec<_> = others.iter().map(|path| name_of(path)).collect();
    let in_idl = interfaces_in(root, &directory.join("idl"))
        .into_iter()
        .find(|other| other.file_name() == path.file_name());
    if let Some(meant) = in_idl {
        error.help(format!("did you mean {}?", meant.display()))
    } else if let Some(meant) = nearest(&name_of(path), names.iter().map(String::as_str)) {
        error.help(format!("did you mean {}?", directory.join(meant).display()))
    } else if !others.is_empty() {
        error.help(format!("there is {}", listed(&others)))
    } else if !root.join(directory).is_dir() {
        error.help(format!("there is no directory {}", directory.display()))
    } else {
        error.help("no interface files are beside it; they end in .pyidl, .pyidl.toml or .wit")
    }
}

fn listed(paths: &[PathBuf]) -> String {
    const SHOWN: usize = 5;
    let mut text = paths
        .iter()
        .take(SHOWN)
        .map(|path| path.display().to_string())
        .collect::<Vec<_>>()
        .join(", ");
    if paths.len() > SHOWN {
        text.push_str(", …");
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finding(bytes: Vec<u8>) -> Diagnostic {
        *add(&mut SourceMap::default(), "x", bytes).expect_err("it cannot be used")
    }

    #[test]
    fn files_that_are_no_text() {
        let wrong = finding(b"ab\xffc".to_vec());
        assert_eq!(
            (wrong.code, wrong.primary.span.range()),
            (Code::Unreadable, 2..5)
        );
        let wide = finding(b"\xff\xfea\0".to_vec());
        assert!(wide.help[0].contains("UTF-16"), "{wide:?}");
    }

    #[test]
    fn files_that_are_too_large() {
        let longest = vec![b' '; MAX_FILE_SIZE];
        assert!(add(&mut SourceMap::default(), "x", longest).is_ok());
        assert_eq!(finding(vec![b' '; MAX_FILE_SIZE + 1]).code, Code::TooLarge);
    }
}
