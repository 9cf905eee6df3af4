//! How a stub imports from other stubs.

use std::collections::BTreeMap;
use std::iter;

use crate::emit::language::python::scope::Scope;
use crate::lower::modules::{Use, dotted_name, is_exported, submodules};
use crate::lower::names::python_value;
use crate::model::{Interface, ModuleId};

/// The import lines for the submodules of `module` and for the types of other modules. The form `Name as Name` re-exports a name
/// (<https://typing.python.org/en/latest/spec/distributing.html#import-conventions>). Private names are only used in annotations.
pub(super) fn imports(
    interface: &Interface,
    module: ModuleId,
    uses: &[Use],
    scope: &Scope,
) -> Vec<String> {
    let mut lines: BTreeMap<String, Vec<String>> = BTreeMap::new();
    if module == Interface::ROOT {
        for submodule in submodules(interface) {
            let name = python_value(&interface[submodule].name);
            let names = lines.entry(".".to_owned()).or_default();
            names.push(format!("{name} as {name}"));
        }
    }
    for used in uses {
        let union = used.union.iter().map(|union| (&union.there, &union.here));
        for (there, here) in iter::once((&used.there, &used.here)).chain(union) {
            if here == there || scope.mentions(here) {
                let names = lines.entry(place(interface, used.home)).or_default();
                names.push(format!("{there} as {here}"));
            }
        }
    }
    let line = |(place, mut names): (String, Vec<String>)| {
        names.sort();
        format!("from {place} import {}", names.join(", "))
    };
    lines.into_iter().map(line).collect()
}

/// The module path after `from`.
fn place(interface: &Interface, module: ModuleId) -> String {
    match module {
        Interface::ROOT => ".".to_owned(),
        _ if !is_exported(interface, module) => dotted_name(interface, module),
        _ => format!(".{}", python_value(&interface[module].name)),
    }
}
