//! How a stub imports what is in others.

use std::collections::BTreeMap;

use crate::model::{Interface, ModuleId};
use crate::target::modules::{Use, dotted_name, is_exported, submodules};
use crate::target::names::python_value;

/// The import lines for the modules in `module` and for the types of others. The form `Name as Name` says that they are
/// attributes of this module too (<https://typing.python.org/en/latest/spec/distributing.html#import-conventions>).
pub(super) fn imports(interface: &Interface, module: ModuleId, uses: &[Use]) -> Vec<String> {
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if module == Interface::ROOT {
        for submodule in submodules(interface) {
            let name = python_value(&interface[submodule].name);
            let names = lines.entry(".".to_owned()).or_default();
            names.push(format!("{name} as {name}"));
        }
    }
    for used in uses {
        let names = lines.entry(place(interface, used.home)).or_default();
        names.push(format!("{} as {}", used.there, used.here));
        if let Some(union) = &used.union {
            names.push(format!("{} as {}", union.there, union.here));
        }
    }
    let line = |(place, mut names): (String, Vec<String>)| {
        names.sort();
        format!("from {place} import {}", names.join(", "))
    };
    lines.into_iter().map(line).collect()
}

/// What `from` is followed by.
fn place(interface: &Interface, module: ModuleId) -> String {
    match module {
        Interface::ROOT => ".".to_owned(),
        _ if !is_exported(interface, module) => dotted_name(interface, module),
        _ => format!(".{}", python_value(&interface[module].name)),
    }
}
