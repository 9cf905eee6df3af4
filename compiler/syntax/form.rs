//! The forms in which an interface file can be written, told by the end of its name.

use std::path::Path;

/// In which form a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `.pyidl`, and `.wit`, which is a part of it.
    Pyidl,
    /// `.pyidl.toml`
    Toml,
}

/// How the names of interface files end.
pub const ENDINGS: &[&str] = &[".pyidl", ".pyidl.toml", ".wit"];

impl Form {
    /// The form of the file at `path`.
    pub fn of(path: &Path) -> Self {
        let is_toml = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("toml"));
        if is_toml { Self::Toml } else { Self::Pyidl }
    }
}

/// Whether the name of a file says that it is an interface file.
pub fn is_interface_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    ENDINGS
        .iter()
        .any(|ending| name.len() > ending.len() && name.ends_with(ending))
}

/// The name of a file without its ending, which names the module if nothing else does: `shapes` of
/// `idl/shapes.pyidl.toml`.
pub fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // What is no file has such a name, as standard input does.
    if let Some(inner) = name.strip_prefix('<').and_then(|it| it.strip_suffix('>')) {
        return inner.to_owned();
    }
    let known = ENDINGS
        .iter()
        .filter_map(|ending| name.strip_suffix(ending));
    match known
        .filter(|stem| !stem.is_empty())
        .min_by_key(|stem| stem.len())
    {
        Some(stem) => stem.to_owned(),
        None => path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files() {
        for (path, form, is_interface, module) in [
            ("idl/a.pyidl", Form::Pyidl, true, "a"),
            ("idl/a.wit", Form::Pyidl, true, "a"),
            ("idl/a.pyidl.toml", Form::Toml, true, "a"),
            ("a.b.pyidl", Form::Pyidl, true, "a.b"),
            ("a.toml", Form::Toml, false, "a"),
            ("pyidl.toml", Form::Toml, false, "pyidl"),
            (".pyidl", Form::Pyidl, false, ".pyidl"),
            ("a.txt", Form::Pyidl, false, "a"),
            ("", Form::Pyidl, false, ""),
        ] {
            let path = Path::new(path);
            assert_eq!(Form::of(path), form, "{path:?}");
            assert_eq!(is_interface_file(path), is_interface, "{path:?}");
            assert_eq!(stem(path), module, "{path:?}");
        }
    }
}
