//! The forms of interface files, determined by the file name extension.

use std::path::Path;

/// The form of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `.pyidl`, and its subset `.wit`.
    Pyidl,
    /// `.pyidl.toml`
    Toml,
}

/// The extensions of interface files.
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

/// Whether the name of a file has the extension of an interface file.
pub fn is_interface_file(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    ENDINGS
        .iter()
        .any(|ending| name.len() > ending.len() && name.ends_with(ending))
}

/// The name of a file without its extension, which is the default name of the module: `shapes` for `idl/shapes.pyidl.toml`.
pub fn stem(path: &Path) -> String {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Input that is not a file has such a name, for example standard input.
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
