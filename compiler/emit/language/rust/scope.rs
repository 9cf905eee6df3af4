//! What names mean at a place in generated Rust, and which of them it must import.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::lower::modules::{Use, extension, is_extension, submodules, uses};
use crate::lower::names::{RustNames, python_type, rust_module, rust_type};
use crate::model::{ClassId, ExceptionId, Interface, ModuleId, Name};
use crate::render::layout::{self, Layout};

/// Items of the standard library that generated code names, Rust's prelude included: the user's crate may have no prelude. They
/// are imported by absolute paths, which nothing around the file can shadow.
const STD: &[(&str, &str)] = &[
    ("Clone", "::core::clone"),
    ("Copy", "::core::marker"),
    ("Debug", "::core::fmt"),
    ("Default", "::core::default"),
    ("Eq", "::core::cmp"),
    ("Err", "::core::result::Result"),
    ("From", "::core::convert"),
    ("Hash", "::core::hash"),
    ("Into", "::core::convert"),
    ("Iterator", "::core::iter"),
    ("None", "::core::option::Option"),
    ("Ok", "::core::result::Result"),
    ("Option", "::core::option"),
    ("Ord", "::core::cmp"),
    ("PartialEq", "::core::cmp"),
    ("PartialOrd", "::core::cmp"),
    ("Path", "::std::path"),
    ("PathBuf", "::std::path"),
    ("Result", "::core::result"),
    ("Send", "::core::marker"),
    ("Sized", "::core::marker"),
    ("Some", "::core::option::Option"),
    ("String", "::std::string"),
    ("Sync", "::core::marker"),
    ("Vec", "::std::vec"),
];

/// The runtime's module with Python's exceptions.
const EXCEPTIONS: &str = "exceptions";

/// The two Rust files that are generated for a module.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// The readable file.
    Readable,
    /// The glue. It refers to the interface's items by path only: `super::Point`.
    Glue,
}

/// The scope of one generated Rust file.
pub(crate) struct Scope<'a> {
    pub(crate) interface: &'a Interface,
    /// The module whose file it is.
    pub(crate) module: ModuleId,
    pub(crate) names: &'a RustNames,
    place: Place,
    uses: OnceCell<Vec<Use>>,
    imports: RefCell<BTreeMap<&'static str, BTreeSet<String>>>,
    /// Types of other modules that are imported: their names, and the modules.
    siblings: RefCell<BTreeMap<String, ModuleId>>,
}

impl<'a> Scope<'a> {
    pub(crate) fn new(
        interface: &'a Interface,
        module: ModuleId,
        names: &'a RustNames,
        place: Place,
    ) -> Self {
        Self {
            interface,
            module,
            names,
            place,
            uses: OnceCell::new(),
            imports: RefCell::default(),
            siblings: RefCell::default(),
        }
    }

    /// The types of other modules that the module mentions.
    pub(crate) fn uses(&self) -> &[Use] {
        self.uses.get_or_init(|| uses(self.interface, self.module))
    }

    /// A type of the interface: its name alone, unless it belongs to another module and the name means something else here.
    pub(crate) fn ty(&self, home: ModuleId, name: &Name) -> String {
        let name = rust_type(name);
        if home == self.module {
            return self.own(&name);
        }
        let is_free = !self.is_hidden(&name) && !is_known(self.interface, &name);
        let mut siblings = self.siblings.borrow_mut();
        if self.place == Place::Readable
            && is_free
            && *siblings.entry(name.clone()).or_insert(home) == home
        {
            return name;
        }
        format!("{}{name}", self.path_to(home))
    }

    /// An item of this module's readable file.
    pub(crate) fn own(&self, name: &str) -> String {
        match self.place {
            Place::Readable => name.to_owned(),
            Place::Glue => format!("super::{name}"),
        }
    }

    /// The trait of a class of this module.
    pub(crate) fn class_trait(&self, class: ClassId) -> String {
        self.own(self.names.class_trait(class))
    }

    /// The path before the name of an item in the generated Rust of another module: `super::shapes::`.
    pub(crate) fn path_to(&self, home: ModuleId) -> String {
        let own_depth = usize::from(self.module != Interface::ROOT);
        let to_root = "super::".repeat(own_depth + usize::from(self.place == Place::Glue));
        let module = &self.interface[home];
        let own = rust_module(&module.name);
        match extension(module) {
            _ if home == Interface::ROOT => to_root,
            Some(name) if is_extension(module) => format!("{to_root}{}::", self.bindings(name)),
            Some(name) => format!("{to_root}{}::{own}::", self.bindings(name)),
            None => format!("{to_root}{own}::"),
        }
    }

    /// The name of another extension module's bindings in those of this one.
    pub(crate) fn bindings(&self, extension: &Name) -> String {
        let name = rust_module(extension);
        let mut own = submodules(self.interface).map(|id| rust_module(&self.interface[id].name));
        match own.any(|own| own == name) {
            true => name + "_",
            false => name,
        }
    }

    /// The path of the user's type for a class of this module.
    pub(crate) fn implementation(&self, class: &str) -> String {
        match self.module {
            Interface::ROOT => format!("super::super::{class}"),
            module => {
                let module = rust_module(&self.interface[module].name);
                format!("super::super::super::{module}::{class}")
            }
        }
    }

    /// An item of the standard library: its name alone, which is imported, unless the interface declares a type of that name.
    ///
    /// # Panics
    ///
    /// If the item is not in the table of this module.
    pub(crate) fn std(&self, name: &'static str) -> String {
        let row = STD.iter().find(|row| row.0 == name);
        let &(_, module) = row.unwrap_or_else(|| panic!("`{name}` is not listed"));
        if self.is_hidden(name) {
            return format!("{module}::{name}");
        }
        self.import(module, name.to_owned());
        name.to_owned()
    }

    /// `impl Iterator<Item = item> + Send + 'static`
    pub(crate) fn iterator(&self, item: Layout) -> Layout {
        Layout::iterator(&self.std("Iterator"), &self.std("Send"), item)
    }

    /// The attribute that derives these traits.
    pub(crate) fn derive(&self, traits: &[&'static str]) -> String {
        let traits: Vec<_> = traits.iter().map(|name| self.std(name)).collect();
        format!("#[derive({})]", traits.join(", "))
    }

    /// An item of the runtime that only generated code uses.
    pub(crate) fn glue(&self, name: &str) -> String {
        match self.place {
            Place::Readable => format!("rt::glue::{name}"),
            Place::Glue => format!("rt::{name}"),
        }
    }

    /// Replaces the names in an entry of the type table by their names here.
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
            return self.ty(exception.module, &exception.name);
        }
        let name = python_type(&exception.name);
        if self.is_hidden(&name) || self.place == Place::Glue {
            return format!("rt::exceptions::{name}");
        }
        self.import(EXCEPTIONS, name.clone());
        name
    }

    /// The `use` lines for all names used so far that occur in `items`, the finished parts of the file: the standard library,
    /// sibling modules, the runtime.
    ///
    /// `include_idl!` declares `rt` in the module that includes the extension module's file. The path starts at that module,
    /// since a crate may have the same name.
    pub(crate) fn imports(&self, items: &[Layout]) -> String {
        let items = items.iter();
        let named: HashSet<_> = items.flat_map(|item| words(item.finished())).collect();
        let mut groups = ["std", "siblings", "rt"].map(|_| Vec::new());
        let rt = match (self.place, self.module) {
            (Place::Readable, Interface::ROOT) => "self::rt",
            (Place::Readable, _) => {
                groups[2].push("use super::rt;".to_owned());
                "super::rt"
            }
            (Place::Glue, _) => {
                groups[2].push("use super::rt::glue as rt;".to_owned());
                "super::rt"
            }
        };
        for (path, names) in self.imports.borrow().iter() {
            let is_named = |name: &&String| named.contains(name.as_str());
            let names: Vec<_> = names.iter().filter(is_named).cloned().collect();
            if names.is_empty() {
                continue;
            }
            match *path {
                EXCEPTIONS => groups[2].push(layout::import(&format!("{rt}::{path}"), &names)),
                path => groups[0].push(layout::import(path, &names)),
            }
        }
        let mut modules: BTreeMap<_, Vec<String>> = BTreeMap::new();
        let siblings = self.siblings.borrow();
        for (name, home) in siblings.iter().filter(|it| named.contains(it.0.as_str())) {
            let path = self.path_to(*home);
            modules.entry(path).or_default().push(name.clone());
        }
        let mut modules: Vec<_> = modules.into_iter().collect();
        // rustfmt's order: alphabetical, with braces last.
        modules.sort_by_cached_key(|(path, names)| match names.as_slice() {
            [name] => format!("{path}{name}"),
            _ => format!("{path}~"),
        });
        for (path, names) in modules {
            groups[1].push(layout::import(path.trim_end_matches(':'), &names));
        }
        let groups = groups.into_iter().filter(|group| !group.is_empty());
        groups
            .map(|group| group.join("\n"))
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.place == Place::Readable && self.names.is_taken(name)
    }

    fn import(&self, path: &'static str, name: String) {
        self.imports
            .borrow_mut()
            .entry(path)
            .or_default()
            .insert(name);
    }
}

/// The names in Rust source that start a path; comments and literals contain none.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let bytes = text.as_bytes();
    // Letters beyond ASCII consist of such bytes.
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || !byte.is_ascii();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let start = at;
            match bytes[at] {
                b'/' if bytes[at..].starts_with(b"//") => {
                    at = text[at..]
                        .find('\n')
                        .map_or(bytes.len(), |length| at + length);
                }
                b'"' => {
                    at += 1;
                    while at < bytes.len() && bytes[at] != b'"' {
                        at += if bytes[at] == b'\\' { 2 } else { 1 };
                    }
                    at += 1;
                }
                byte if is_name(byte) => {
                    while at < bytes.len() && is_name(bytes[at]) {
                        at += 1;
                    }
                    if !bytes[..start].ends_with(b"::") {
                        return Some(&text[start..at]);
                    }
                }
                _ => at += 1,
            }
        }
        None
    })
}

/// Whether a name belongs to the standard library or to one of Python's exceptions.
fn is_known(interface: &Interface, name: &str) -> bool {
    let mut builtin = interface.exceptions.iter().filter(|it| it.builtin);
    STD.iter().any(|row| row.0 == name) || builtin.any(|it| python_type(&it.name) == name)
}
