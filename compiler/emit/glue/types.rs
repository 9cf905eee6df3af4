//! The list of an extension module's types.

use crate::emit::glue::exception::exception_type;
use crate::emit::language::rust::scope::Scope;
use crate::lower::modules::{dotted_name, submodules};
use crate::lower::order::Order;
use crate::model::ItemId;
use crate::render::layout::Layout;

/// The list: a call for each type and for each case.
pub(crate) fn entries(scope: &Scope<'_>, order: &Order<'_>) -> Vec<Layout> {
    let interface = scope.interface;
    let entry = |&item: &ItemId| {
        let (home, name) = interface.home(item).expect("a type");
        let path = || scope.ty(home, name);
        let cases = order.cases(item);
        let (kind, name) = match item {
            ItemId::Record(_) => ("record", path()),
            ItemId::Variant(_) => ("variant", path()),
            ItemId::Enum(_) if cases > 0 => ("variant", path()),
            ItemId::Enum(_) => ("enum", path()),
            ItemId::Flags(_) => ("flags", path()),
            ItemId::Exception(id) => {
                let name = exception_type(scope, id, order.is_extended(id));
                ("exception", name)
            }
            ItemId::Class(_) => ("class", path()),
            _ => unreachable!("no type"),
        };
        let own = format!("rt::type_of_{kind}::<{name}>");
        let cases = (0..cases).map(|case| format!("rt::type_of_case::<{name}, {case}>"));
        let submodule = submodules(interface).position(|module| module == home);
        let heads = std::iter::once(own).chain(cases);
        let calls = heads.map(|head| match submodule {
            None => Layout::call(head, vec![]),
            Some(index) => Layout::call(
                format!("rt::in_submodule::<{index}>"),
                vec![Layout::call(head, vec![])],
            ),
        });
        calls.collect::<Vec<_>>()
    };
    order.types().iter().flat_map(entry).collect()
}

/// `c"module.Name"`, for a type of this module.
pub(crate) fn qualified_name(scope: &Scope<'_>, name: &str) -> Layout {
    let module = dotted_name(scope.interface, scope.module);
    Layout::literal(format!("{module}.{name}"))
}
