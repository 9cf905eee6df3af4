//! What names mean at a place in generated Rust, and which of them it must import.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ExceptionId, Interface};
use crate::target::layout;
use crate::target::names::{RustNames, python_type, rust_type};

/// Items of the standard library that generated code names, and whether Rust's prelude has them.
const STD: &[(&str, &str, bool)] = &[
    ("Err", "::std::result::Result", true),
    ("From", "::std::convert", true),
    ("Into", "::std::convert", true),
    ("Iterator", "::std::iter", true),
    ("None", "::std::option::Option", true),
    ("Ok", "::std::result::Result", true),
    ("Option", "::std::option", true),
    ("Path", "::std::path", false),
    ("PathBuf", "::std::path", false),
    ("LazyLock", "::std::sync", false),
    ("Result", "::std::result", true),
    ("Send", "::std::marker", true),
    ("Sized", "::std::marker", true),
    ("Some", "::std::option::Option", true),
    ("String", "::std::string", true),
    ("Sync", "::std::marker", true),
    ("Vec", "::std::vec", true),
];

/// The two files of Rust that an interface gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The file to read. It imports what it names.
    Readable,
    /// The glue. It sees the names of the readable file and writes out paths to everything else.
    Glue,
}

/// The scope of one generated Rust file.
pub(crate) struct Scope<'a> {
    pub(crate) interface: &'a Interface,
    pub(crate) names: &'a RustNames,
    place: Place,
    imports: RefCell<BTreeMap<&'static str, BTreeSet<String>>>,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(interface: &'a Interface, names: &'a RustNames, place: Place) -> Self {
        Self {
            interface,
            names,
            place,
            imports: RefCell::default(),
        }
    }

    /// An item of the standard library: its name alone, unless the interface declares a type of that name.
    ///
    /// # Panics
    ///
    /// If the item is not in the table of this module.
    pub(crate) fn std(&self, name: &'static str) -> String {
        let row = STD.iter().find(|row| row.0 == name);
        let &(_, module, in_prelude) = row.unwrap_or_else(|| panic!("`{name}` is not listed"));
        if self.is_hidden(name) || (!in_prelude && self.place == Place::Glue) {
            return format!("{module}::{name}");
        }
        if !in_prelude {
            self.import(module.trim_start_matches("::"), name.to_owned());
        }
        name.to_owned()
    }

    /// An item that the runtime has for generated code only.
    pub(crate) fn glue(&self, name: &str) -> String {
        match self.place {
            Place::Readable => format!("rt::glue::{name}"),
            Place::Glue => format!("rt::{name}"),
        }
    }

    /// Replaces what the type table says of a type by what it is called here.
    pub(crate) fn builtin(&self, rust: &str) -> String {
        let word = rust.trim_start_matches('&');
        let prefix = &rust[..rust.len() - word.len()];
        let head = word
            .split(|c: char| !c.is_alphanumeric())
            .next()
            .unwrap_or_default();
        match STD.iter().find(|row| row.0 == head) {
            Some(row) => format!("{prefix}{}{}", self.std(row.0), &word[head.len()..]),
            None => rust.to_owned(),
        }
    }

    /// An exception class.
    pub(crate) fn exception(&self, id: ExceptionId) -> String {
        let exception = &self.interface[id];
        if !exception.builtin {
            return rust_type(&exception.name);
        }
        let name = python_type(&exception.name);
        if self.is_hidden(&name) || self.place == Place::Glue {
            return format!("rt::exceptions::{name}");
        }
        self.import("rt::exceptions", name.clone());
        name
    }

    /// The `use` lines for everything that was named so far, those of one crate in a group of their own.
    pub(crate) fn imports(&self) -> String {
        let mut groups = ["std", "rt"].map(|_| Vec::new());
        for (path, names) in self.imports.borrow().iter() {
            let names: Vec<_> = names.iter().cloned().collect();
            let group = usize::from(!path.starts_with("std"));
            groups[group].push(layout::import(path, &names));
        }
        let [std, mut rt] = groups;
        rt.insert(0, "use ::pyidl_runtime as rt;".to_owned());
        let classes = self
            .interface
            .classes
            .iter()
            .map(|class| rust_type(&class.name));
        let classes: Vec<_> = classes.collect();
        if !classes.is_empty() {
            rt.insert(0, layout::import("super::super", &classes));
        }
        let groups = [std, rt].into_iter().filter(|group| !group.is_empty());
        groups
            .map(|group| group.join("\n"))
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.names.declared.contains(name)
            || self.names.module_trait == name
            || self
                .interface
                .classes
                .iter()
                .any(|class| rust_type(&class.name) == name)
    }

    fn import(&self, path: &'static str, name: String) {
        self.imports
            .borrow_mut()
            .entry(path)
            .or_default()
            .insert(name);
    }
}
