//! Variants in the stub, and enums that are exceptions in Python.

use std::collections::BTreeSet;

use crate::emit::language::python::docstring;
use crate::emit::python::Stub;
use crate::emit::python::item::{Body, Item};
use crate::lower::data::Data;
use crate::lower::family::Family;

/// Where cases are declared.
const INDENT: usize = 4;

/// The class with its cases, and their union, which lets type checkers verify that a `match` is exhaustive.
pub(super) fn items(stub: &Stub<'_>, family: &Family) -> Vec<Item> {
    let name = &family.head.python_name;
    let header = match family.error {
        true => format!("class {name}({})", stub.scope.name("Exception")),
        false => format!("class {name}"),
    };
    // Inside the class, a case of the same name shadows it.
    let is_hidden = family
        .cases
        .iter()
        .any(|case| case.data.head.python_name == *name);
    let base = match is_hidden {
        true => stub.scope.private(name),
        false => name.clone(),
    };
    let members = members(stub, family, name, &base);
    let docs = docstring::lines(&family.head.docs);
    let decorators = stub.decorators(family.head.deprecated.as_ref());
    let class = Item::class(decorators, header, &docs, members, 0);
    let union = stub.annotator.cases(family.id).join(" | ");
    let alias = stub.scope.name("TypeAlias");
    let variable = |name: &str, value: &str| {
        let header = format!("{name}: {alias} = {value}");
        Item::new(Vec::new(), header, Body::Note(None))
    };
    let mut items = vec![class];
    items.extend(is_hidden.then(|| variable(&base, name)));
    items.push(variable(&family.union, &union));
    items
}

/// The cases, which derive from `base`, the class's name at this place.
fn members(stub: &Stub<'_>, family: &Family, name: &str, base: &str) -> Vec<Item> {
    let cases = family.cases.iter().enumerate();
    let cases = cases.map(|(index, case)| {
        let (case, class) = (&case.data, &case.data.head.python_name);
        let header = format!("class {class}({base})");
        let item = match family.error {
            true => exception(stub, header, case),
            false => stub.data_class(header, &format!("{name}.{class}"), case, INDENT),
        };
        match index {
            0 => item,
            _ => item.apart(),
        }
    });
    cases.collect()
}

/// A case that is an exception.
fn exception(stub: &Stub<'_>, header: String, case: &Data) -> Item {
    let scope = stub.scope;
    let names: Vec<_> = case
        .fields
        .iter()
        .map(|field| field.python_name.clone())
        .collect();
    scope.enter(names.iter().cloned().collect());
    let mut members: Vec<_> = case
        .fields
        .iter()
        .map(|field| stub.field(field, INDENT + 4))
        .collect();
    let names: String = names.iter().map(|name| format!("\"{name}\", ")).collect();
    let qualifier = scope.name("Final");
    let match_args = format!("__match_args__: {qualifier} = ({})", names.trim_end());
    members.push(Item::new(Vec::new(), match_args, Body::Note(None)));
    members.push(stub.initializer(&case.constructor, None, INDENT + 4));
    scope.enter(BTreeSet::new());
    let docs = docstring::lines(&case.head.docs);
    Item::class(Vec::new(), header, &docs, members, INDENT)
}
