//! The requested files and directories, each once, regardless of spelling.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};

use super::place;
use crate::{input, syntax};

/// All requested files and directories, grouped by the directories that contain them, which are compiled together.
///
/// A file that is requested twice, by several spellings or links, counts once, under its first name; so does a file in a
/// directory that is also requested. All files of one directory get the same spelling of it.
pub(crate) fn homes(root: &Path, named: &[PathBuf]) -> (Vec<PathBuf>, Vec<Vec<PathBuf>>) {
    let is_directory = |path: &Path| root.join(path).is_dir();
    let directories: HashSet<PathBuf> = named
        .iter()
        .filter(|path| is_directory(path))
        .map(|path| place(root, path))
        .collect();
    let is_in_directory = |place: &Path| {
        let is_read = syntax::is_interface_file(place)
            && place
                .file_name()
                .is_some_and(|name| !input::is_hidden(name));
        let directory = place.parent();
        is_read && directory.is_some_and(|directory| directories.contains(directory))
    };
    let mut seen = HashSet::new();
    let mut spellings: HashMap<PathBuf, (usize, PathBuf)> = HashMap::new();
    let mut all = Vec::new();
    let mut homes: Vec<Vec<PathBuf>> = Vec::new();
    for path in named {
        let is_directory = is_directory(path);
        let place_of_path = place(root, path);
        let is_known = !is_directory && is_in_directory(&place_of_path);
        if is_known || !seen.insert(place_of_path) {
            continue;
        }
        let home = match is_directory {
            true => path.clone(),
            false => path.parent().map_or_else(PathBuf::new, PathBuf::from),
        };
        let (index, spelling) = spellings.entry(place(root, &home)).or_insert_with(|| {
            homes.push(Vec::new());
            (homes.len() - 1, home)
        });
        let path = match path.file_name() {
            Some(name) if !is_directory => spelling.join(name),
            _ => spelling.clone(),
        };
        homes[*index].push(path.clone());
        all.push(path);
    }
    (all, homes)
}
