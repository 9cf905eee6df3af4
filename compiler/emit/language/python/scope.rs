//! What names mean at a place in a stub, and which of them it must import.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};

use crate::lower::names::first_free;

/// Names that stubs use, with their module and their name in it. Type checkers know `typing_extensions` even if it is not
/// installed.
const KNOWN: &[(&str, &str, &str)] = &[
    ("AbstractSet", "collections.abc", "Set"),
    ("Any", "typing", "Any"),
    ("Buffer", "typing_extensions", "Buffer"),
    ("Callable", "collections.abc", "Callable"),
    ("ClassVar", "typing", "ClassVar"),
    ("Final", "typing", "Final"),
    ("Iterable", "collections.abc", "Iterable"),
    ("Iterator", "collections.abc", "Iterator"),
    ("Mapping", "collections.abc", "Mapping"),
    ("Never", "typing_extensions", "Never"),
    ("Self", "typing_extensions", "Self"),
    ("Sequence", "collections.abc", "Sequence"),
    ("TypeAlias", "typing_extensions", "TypeAlias"),
    ("dataclass", "dataclasses", "dataclass"),
    ("deprecated", "typing_extensions", "deprecated"),
    ("disjoint_base", "typing_extensions", "disjoint_base"),
    ("final", "typing", "final"),
];

/// Modules that stubs refer to by attribute access.
pub(crate) const MODULES: &[&str] = &[
    "datetime", "decimal", "enum", "os", "pathlib", "sys", "uuid",
];

/// The scope of one stub: the module, and the class that is being written.
#[derive(Default)]
pub(crate) struct Scope {
    module: BTreeSet<String>,
    class: RefCell<BTreeSet<String>>,
    modules: RefCell<BTreeSet<String>>,
    names: RefCell<BTreeMap<&'static str, BTreeSet<String>>>,
    mentioned: RefCell<BTreeSet<String>>,
}

impl Scope {
    /// The scope of a module that defines these names.
    pub(crate) fn new(module: BTreeSet<String>) -> Self {
        Self {
            module,
            ..Self::default()
        }
    }

    /// Enters a class that defines these names; an empty set leaves it.
    pub(crate) fn enter(&self, members: BTreeSet<String>) {
        *self.class.borrow_mut() = members;
    }

    /// Replaces the names in an annotation by their names here, and records the imports that they need.
    ///
    /// A name that the module or the class redefines, such as `list` in a class with a method `list`, is reached by a private
    /// name.
    pub(crate) fn annotation(&self, text: &str) -> String {
        let mut spelled = String::new();
        let mut rest = text;
        while let Some(start) = rest.find(is_name) {
            let length = rest[start..]
                .find(|c| !is_name(c))
                .unwrap_or(rest.len() - start);
            let (before, word) = (&rest[..start], &rest[start..start + length]);
            spelled += before;
            // Attributes, and the numbers of placeholders.
            if before.ends_with(['.', '{']) {
                spelled += word;
            } else {
                spelled += &self.name(word);
            }
            rest = &rest[start + length..];
        }
        spelled + rest
    }

    /// One name; see [`Scope::annotation`].
    pub(crate) fn name(&self, name: &str) -> String {
        let is_hidden = self.is_hidden(name);
        let here = if is_hidden {
            self.hidden(name)
        } else {
            name.to_owned()
        };
        let import = |there: &str| match here == there {
            true => here.clone(),
            false => format!("{there} as {here}"),
        };
        if let Some(&(_, module, there)) = KNOWN.iter().find(|known| known.0 == name) {
            self.names
                .borrow_mut()
                .entry(module)
                .or_default()
                .insert(import(there));
        } else if MODULES.contains(&name) {
            self.modules.borrow_mut().insert(import(name));
        } else if is_hidden && name != "None" {
            let builtins = self.hidden("builtins");
            self.modules
                .borrow_mut()
                .insert(format!("builtins as {builtins}"));
            return format!("{builtins}.{name}");
        }
        here
    }

    /// `sys`, if that name is free: type checkers recognise `sys.version_info` only by this name.
    pub(crate) fn sys(&self) -> Option<String> {
        (!self.is_hidden("sys")).then(|| self.name("sys"))
    }

    fn is_hidden(&self, name: &str) -> bool {
        self.module.contains(name) || self.class.borrow().contains(name)
    }

    /// The private name for one of Python's names that is redefined here: `_list`.
    pub(crate) fn hidden(&self, name: &str) -> String {
        let mut taken = self.module.clone();
        taken.extend(self.class.borrow().iter().cloned());
        first_free(&taken, &[format!("_{name}")])
    }

    /// Returns the name for an item of another module and records that it is used.
    pub(crate) fn mention(&self, name: &str) -> String {
        self.mentioned.borrow_mut().insert(name.to_owned());
        name.to_owned()
    }

    /// Whether a name from another module has been used so far.
    pub(crate) fn mentions(&self, name: &str) -> bool {
        self.mentioned.borrow().contains(name)
    }

    /// A private name for the module's `name`, for a place where `name` means something else.
    pub(crate) fn private(&self, name: &str) -> String {
        first_free(&self.module, &[format!("_{name}Base")])
    }

    /// The import lines for all names used so far.
    pub(crate) fn imports(&self) -> Vec<String> {
        let modules = self.modules.borrow();
        let mut lines: Vec<_> = modules
            .iter()
            .map(|module| format!("import {module}"))
            .collect();
        for (module, names) in self.names.borrow().iter() {
            let names: Vec<_> = names.iter().map(String::as_str).collect();
            lines.push(format!("from {module} import {}", names.join(", ")));
        }
        lines
    }
}

fn is_name(letter: char) -> bool {
    letter.is_alphanumeric() || letter == '_'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lower::types::row_of;
    use crate::model::Builtin;

    fn set(names: &[&str]) -> BTreeSet<String> {
        names.iter().map(|&name| name.to_owned()).collect()
    }

    #[test]
    fn names_are_imported() {
        let scope = Scope::default();
        let annotation = "Sequence[os.PathLike[{0}]] | AbstractSet[str] | None";
        assert_eq!(scope.annotation(annotation), annotation);
        let imports = [
            "import os",
            "from collections.abc import Sequence, Set as AbstractSet",
        ];
        assert_eq!(scope.imports(), imports);
    }

    #[test]
    fn private_names_can_be_hidden_too() {
        let scope = Scope::new(set(&["int", "sys", "_sys", "_builtins", "_builtins_"]));
        scope.enter(set(&["_sys_"]));
        assert_eq!(scope.name("sys"), "_sys__");
        assert_eq!(scope.name("int"), "_builtins__.int");
        let imports = ["import builtins as _builtins__", "import sys as _sys__"];
        assert_eq!(scope.imports(), imports);
    }

    #[test]
    fn hidden_names_are_reached_by_private_ones() {
        let scope = Scope::new(set(&["Sequence", "os"]));
        scope.enter(set(&["list"]));
        let annotation = scope.annotation("Sequence[list[os.PathLike[str]]]");
        assert_eq!(annotation, "_Sequence[_builtins.list[_os.PathLike[str]]]");
        scope.enter(set(&[]));
        assert_eq!(scope.annotation("list[str]"), "list[str]");
        let imports = [
            "import builtins as _builtins",
            "import os as _os",
            "from collections.abc import Sequence as _Sequence",
        ];
        assert_eq!(scope.imports(), imports);
    }

    #[test]
    fn annotations_take_types_from_modules_that_are_known() {
        for row in Builtin::ALL.iter().filter_map(|builtin| row_of(*builtin)) {
            for annotation in [row.parameter, row.result] {
                let dotted = [annotation.stub, annotation.evaluated].join(" ");
                let parts: Vec<_> = dotted.split('.').collect();
                for before in &parts[..parts.len() - 1] {
                    let module = before
                        .rsplit(|c: char| !c.is_alphanumeric())
                        .next()
                        .unwrap();
                    assert!(module == "typing" || MODULES.contains(&module), "{dotted}");
                }
            }
        }
    }
}
