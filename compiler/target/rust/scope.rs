//! What names mean at a place in generated Rust, and which of them it must import.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ExceptionId, Interface, ModuleId, Name};
use crate::target::layout;
use crate::target::modules::{Use, uses};
use crate::target::modules::{extension, is_extension, submodules};
use crate::target::names::{RustNames, python_type, rust_module, rust_type};

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

    /// A type of the interface: its name alone, unless it is another module's and the name means something else here.
    pub(crate) fn ty(&self, home: ModuleId, name: &Name) -> String {
        let name = rust_type(name);
        if home == self.module {
            return name;
        }
        let is_free = !self.is_hidden(&name)
            && !self.names.is_taken(&name)
            && !is_known(self.interface, &name);
        let mut siblings = self.siblings.borrow_mut();
        if self.place == Place::Readable
            && is_free
            && *siblings.entry(name.clone()).or_insert(home) == home
        {
            return name;
        }
        format!("{}{name}", self.path_to(home))
    }

    /// What comes before the name of an item in the generated Rust of another module: `super::shapes::`.
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

    /// What the bindings of another extension module are called in those of this one.
    pub(crate) fn bindings(&self, extension: &Name) -> String {
        let name = rust_module(extension);
        let mut own = submodules(self.interface).map(|id| rust_module(&self.interface[id].name));
        match own.any(|own| own == name) {
            true => name + "_",
            false => name,
        }
    }

    /// Where the user's type for a class of this module is.
    pub(crate) fn implementation(&self, class: &Name) -> String {
        let class = rust_type(class);
        match self.module {
            Interface::ROOT => format!("super::super::{class}"),
            module => {
                let module = rust_module(&self.interface[module].name);
                format!("super::super::super::{module}::{class}")
            }
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
            return self.ty(exception.module, &exception.name);
        }
        let name = python_type(&exception.name);
        if self.is_hidden(&name) || self.place == Place::Glue {
            return format!("rt::exceptions::{name}");
        }
        self.import("rt::exceptions", name.clone());
        name
    }

    /// The `use` lines for everything that was named so far: the standard library, the modules beside this one, the runtime.
    pub(crate) fn imports(&self) -> String {
        let mut groups = ["std", "siblings", "rt"].map(|_| Vec::new());
        for (path, names) in self.imports.borrow().iter() {
            let names: Vec<_> = names.iter().cloned().collect();
            let group = if path.starts_with("std") { 0 } else { 2 };
            groups[group].push(layout::import(path, &names));
        }
        let mut modules: BTreeMap<_, Vec<String>> = BTreeMap::new();
        for (name, home) in self.siblings.borrow().iter() {
            let path = self.path_to(*home);
            modules.entry(path).or_default().push(name.clone());
        }
        let mut modules: Vec<_> = modules.into_iter().collect();
        // rustfmt's order: by the letters, and braces after all of them.
        modules.sort_by_cached_key(|(path, names)| match names.as_slice() {
            [name] => format!("{path}{name}"),
            _ => format!("{path}~"),
        });
        for (path, names) in modules {
            groups[1].push(layout::import(path.trim_end_matches(':'), &names));
        }
        groups[2].insert(0, "use ::pyidl_runtime as rt;".to_owned());
        let groups = groups.into_iter().filter(|group| !group.is_empty());
        groups
            .map(|group| group.join("\n"))
            .collect::<Vec<_>>()
            .join("\n\n")
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.names.declared.contains(name) || self.names.module_trait == name
    }

    fn import(&self, path: &'static str, name: String) {
        self.imports
            .borrow_mut()
            .entry(path)
            .or_default()
            .insert(name);
    }
}

/// Whether a name is one of the standard library, or of an exception that Python has.
fn is_known(interface: &Interface, name: &str) -> bool {
    let mut builtin = interface.exceptions.iter().filter(|it| it.builtin);
    STD.iter().any(|row| row.0 == name) || builtin.any(|it| python_type(&it.name) == name)
}
