//! How a module in the glue refers to others.

use crate::emit::language::python::annotations::Annotator;
use crate::emit::language::rust::scope::Scope;
use crate::lower::conversion::Side;
use crate::lower::family::FamilyId;
use crate::lower::modules::{Required, required, submodules};
use crate::lower::names::{python_type, python_union, python_value};
use crate::model::{Interface, ItemId};
use crate::render::layout::Layout;

/// The lists in the definition of a module that name other modules and their items.
pub(crate) struct Modules {
    /// The type aliases, in the form for parameters, those of other modules included.
    pub(crate) aliases: Vec<Layout>,
    /// The types of other modules.
    pub(crate) uses: Vec<Layout>,
    /// The modules in it.
    pub(crate) submodules: Vec<Layout>,
    /// The extension modules that must be imported before it.
    pub(crate) requires: Vec<Layout>,
}

impl Modules {
    pub(crate) fn of(scope: &Scope<'_>) -> Self {
        let interface = scope.interface;
        let uses = scope.uses();
        let annotator = Annotator {
            interface,
            module: scope.module,
            uses,
            scope: None,
        };
        let mut lists = Self {
            aliases: Vec::new(),
            uses: Vec::new(),
            submodules: Vec::new(),
            requires: Vec::new(),
        };
        for item in &interface[scope.module].items {
            if let ItemId::Alias(id) = item {
                let alias = &interface[*id];
                let value = annotator.annotation(&alias.ty, Side::FromPython);
                lists.add_alias(&python_type(&alias.name), &value);
            }
            if let Some(cases) = FamilyId::of_item(interface, *item) {
                let union = python_union(cases.name(interface));
                lists.add_alias(&union, &annotator.union(cases));
            }
        }
        for used in uses {
            if let ItemId::Alias(id) = used.item {
                // This does not require the other module to be importable.
                let value = annotator.annotation(&interface[id].ty, Side::FromPython);
                lists.add_alias(&used.here, &value);
            } else {
                let head = format!("rt::type_of_use::<{}>", type_path(scope, used.item));
                lists
                    .uses
                    .push(Layout::call(head, vec![Layout::item_literal(&used.here)]));
            }
            if let Some(union) = &used.union
                && let Some(cases) = FamilyId::of_item(interface, used.item)
            {
                lists.add_alias(&union.here, &annotator.union(cases));
            }
        }
        if scope.module == Interface::ROOT {
            let parameter = &scope.names.module_parameter;
            let definition = |id| {
                let path = scope.path_to(id);
                Layout::Text(format!("&{path}glue::Module::<{parameter}>::DEFINITION"))
            };
            lists.submodules = submodules(interface).map(definition).collect();
            for Required { name, ty } in required(interface) {
                if let Some(ty) = ty {
                    let head = format!("rt::requirement::<{}>", type_path(scope, ty));
                    let name = Layout::item_literal(&python_value(name));
                    lists.requires.push(Layout::call(head, vec![name]));
                }
            }
        }
        lists
    }

    fn add_alias(&mut self, name: &str, value: &str) {
        let texts = [name, value].map(Layout::item_literal);
        self.aliases.push(Layout::call("rt::alias", texts.into()));
    }
}

/// The Rust type of an item.
fn type_path(scope: &Scope<'_>, item: ItemId) -> String {
    let (module, name) = scope.interface.home(item).expect("a type");
    scope.ty(module, name)
}
