//! How exceptions of the interface extend one another.

use std::collections::BTreeSet;

use crate::lower::names::{python_type, rust_type};
use crate::model::{ExceptionId, Interface};
use crate::names::{compound, pascal};

/// The variants that hold exceptions, next to a variant `own`. They are named after the exceptions; if several have the same
/// name, all but one are qualified by their module.
pub(crate) fn exception_variants(
    interface: &Interface,
    own: Option<&str>,
    exceptions: &[ExceptionId],
) -> Vec<String> {
    let plain = |id: ExceptionId| match interface[id].builtin {
        true => python_type(&interface[id].name),
        false => rust_type(&interface[id].name),
    };
    let is_shared = |name: &str| {
        let same = exceptions.iter().filter(|id| plain(**id) == name);
        same.count() + usize::from(own == Some(name)) > 1
    };
    let mut taken: BTreeSet<String> = own.map(str::to_owned).into_iter().collect();
    let variant = |&id: &ExceptionId| {
        let (name, exception) = (plain(id), &interface[id]);
        let is_root = exception.module == Interface::ROOT && own.is_none();
        let long = match exception.builtin {
            _ if !is_shared(&name) => name,
            true => format!("Builtin{name}"),
            false if is_root => name,
            false => compound(
                &[&pascal(&interface[exception.module].name.text), &name],
                "",
            ),
        };
        let numbered = (2..).map(|number| compound(&[&long, &number.to_string()], ""));
        let mut names = std::iter::once(long.clone()).chain(numbered);
        let free = names.find(|name| taken.insert(name.clone()));
        free.unwrap_or(long)
    };
    exceptions.iter().map(variant).collect()
}

/// The exceptions of the interface that directly extend `id`.
pub(crate) fn subclasses(interface: &Interface, id: ExceptionId) -> Vec<ExceptionId> {
    let ids = (0..interface.exceptions.len()).map(|index| ExceptionId(index as u32));
    ids.filter(|&other| !interface[other].builtin && interface[other].base == Some(id))
        .collect()
}

/// An exception and all its descendants, with their distance.
pub(crate) fn descendants(interface: &Interface, id: ExceptionId) -> Vec<(usize, ExceptionId)> {
    let mut all = vec![(0, id)];
    for child in subclasses(interface, id) {
        let below = descendants(interface, child).into_iter();
        all.extend(below.map(|(depth, id)| (depth + 1, id)));
    }
    all
}
