//! Which parts of the compiler may import which: no target imports another, `language` imports no target, and `lower` and `render`
//! import neither.

use std::fs;
use std::path::{Path, PathBuf};

/// Parts of `compiler/emit` that are no targets.
const SHARED: &[&str] = &["check", "language"];

/// All Rust files below `folder`.
fn sources(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let files = paths.flat_map(|path| match path.is_dir() {
        true => sources(&path),
        false => vec![path],
    });
    files
        .filter(|path| path.extension().is_some_and(|it| it == "rs"))
        .collect()
}

/// Code on one line, without comments and spaces: thus a path is one word, however it is broken into lines.
fn joined(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.flat_map(|line| line.split_whitespace()).collect()
}

/// The files below `folder` that contain one of `paths`, each with it.
fn mentions(folder: &Path, paths: &[String]) -> Vec<String> {
    let mut found = Vec::new();
    for file in sources(folder) {
        let code = joined(&fs::read_to_string(&file).expect("the file is text"));
        let paths = paths.iter().filter(|path| code.contains(*path));
        found.extend(paths.map(|path| format!("{}: {path}", file.display())));
    }
    found
}

fn compiler() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("compiler")
}

/// The names of the targets: the other folders in `compiler/emit`.
fn targets() -> Vec<String> {
    let entries = fs::read_dir(compiler().join("emit")).expect("the folder is there");
    let paths = entries.map(|entry| entry.expect("it can be read").path());
    let folders = paths.filter(|path| path.is_dir());
    let names = folders.filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()));
    names
        .filter(|name| !SHARED.contains(&name.as_str()))
        .collect()
}

/// The ways to name these parts of `emit`.
fn paths_of(parts: &[String]) -> Vec<String> {
    let outer = ["emit", "super"];
    let paths = parts
        .iter()
        .flat_map(|part| outer.map(|outer| format!("{outer}::{part}")));
    // Groups and names for `emit` itself could hide a part.
    let hidden = [
        "emit::{",
        "emit::*",
        "emitas",
        "crate::{",
        "usesuper::super::{",
    ];
    paths.chain(hidden.map(str::to_owned)).collect()
}

#[test]
fn every_way_to_import_a_target_is_found() {
    let paths = paths_of(&["rust".to_owned()]);
    for import in [
        "use crate::emit::rust;",
        "use crate::emit::rust::docs;",
        "crate::emit::rust::docs::lines()",
        "use crate::emit::{\n    Options, rust,\n};",
        "use crate::emit::*;",
        "use crate::emit as all;",
        "use crate::{emit, names};",
        "use super::super::rust::docs;",
        "use super::super::{Options, rust};",
    ] {
        let code = joined(import);
        assert!(paths.iter().any(|path| code.contains(path)), "{import}");
    }
}

#[test]
fn targets_do_not_import_one_another() {
    let all = targets();
    assert!(all.len() >= 3, "{all:?}");
    for target in &all {
        let others: Vec<_> = all.iter().filter(|it| *it != target).cloned().collect();
        let found = mentions(&compiler().join("emit").join(target), &paths_of(&others));
        assert_eq!(found, [""; 0], "`{target}` imports another target");
    }
}

#[test]
fn what_targets_share_knows_of_no_target() {
    let emit = compiler().join("emit");
    let found = mentions(&emit.join("language"), &paths_of(&targets()));
    assert_eq!(found, [""; 0]);
    for folder in ["lower", "render"] {
        let found = mentions(&compiler().join(folder), &["emit::".to_owned()]);
        assert_eq!(found, [""; 0]);
    }
}
