//! The modules of an interface: their names, their files, and the types of other modules that each mentions.

use std::collections::{BTreeSet, HashSet};

use crate::lower::family::FamilyId;
use crate::lower::names::{first_free, python_constant, python_type, python_union, python_value};
use crate::model::{
    Class, ClassItem, Const, Failure, Field, Function, Interface, ItemId, Module, ModuleId, Name,
    Origin, Payload, Type,
};

/// The Rust modules inside an extension module, besides the extension module itself.
pub(crate) fn submodules(interface: &Interface) -> impl Iterator<Item = ModuleId> {
    let exported = interface.exported().map(|(id, _)| id);
    exported.filter(|id| *id != Interface::ROOT)
}

/// Whether Rust implements the module here.
pub(crate) fn is_exported(interface: &Interface, module: ModuleId) -> bool {
    interface[module].origin == Origin::Exported
}

/// Another extension module, whose types are used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Required<'a> {
    pub(crate) name: &'a Name,
    /// A type of it; none if only aliases are used, since those do not require the module.
    pub(crate) ty: Option<ItemId>,
}

/// The extension modules whose types are used, in the order of the modules.
pub(crate) fn required(interface: &Interface) -> Vec<Required<'_>> {
    let mut required: Vec<Required<'_>> = Vec::new();
    for module in &interface.modules {
        let Some(name) = extension(module) else {
            continue;
        };
        let mut types = module.items.iter().copied();
        let ty = types.find(|item| !matches!(item, ItemId::Alias(_)));
        match required.iter_mut().find(|known| known.name == name) {
            Some(known) => known.ty = known.ty.or(ty),
            None => required.push(Required { name, ty }),
        }
    }
    required
}

/// The extension module that contains a module of another extension, or that module itself; none for modules of this extension.
pub(crate) fn extension(module: &Module) -> Option<&Name> {
    match &module.origin {
        Origin::Foreign { extension, .. } => Some(extension.as_ref().unwrap_or(&module.name)),
        Origin::Exported | Origin::Imported { .. } => None,
    }
}

/// Whether a module of another extension is the extension module itself.
pub(crate) fn is_extension(module: &Module) -> bool {
    matches!(&module.origin, Origin::Foreign { extension, .. } if extension.is_none())
}

/// The module's name in Python, after that of the extension module: `geometry.shapes`.
pub(crate) fn dotted_name(interface: &Interface, module: ModuleId) -> String {
    let own = python_value(&interface[module].name);
    match &interface[module].origin {
        _ if module == Interface::ROOT => module_name(interface),
        Origin::Foreign { extension, .. } => match extension {
            Some(extension) => format!("{}.{own}", python_value(extension)),
            None => own,
        },
        _ => format!("{}.{own}", module_name(interface)),
    }
}

/// The name that Python imports, and the stem of the generated files.
pub fn module_name(interface: &Interface) -> String {
    python_value(&interface.root().name)
}

/// The path of a module's glue. No module has this name, because names have no dots.
pub(crate) fn glue_path(interface: &Interface, module: ModuleId) -> String {
    match dotted_name(interface, module).split_once('.') {
        None => module_name(interface) + ".glue.rs",
        Some((package, module)) => format!("{package}/{module}.glue.rs"),
    }
}

/// A number derived from the name of the extension module. `export!` finds the items of the glue by this number and the user's
/// type, because it does not know the glue's path in the crate.
pub(crate) fn export_key(interface: &Interface) -> u64 {
    // FNV-1a with 64 bits.
    module_name(interface)
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        })
}

/// Whether the module's trait has any members.
pub(crate) fn has_trait(interface: &Interface, module: ModuleId) -> bool {
    let items = &interface[module].items;
    module == Interface::ROOT
        || items.iter().any(|item| match item {
            ItemId::Function(_) => true,
            ItemId::Const(id) => interface[*id].value.is_none(),
            _ => false,
        })
}

/// The names that a module defines in Python, submodules included.
pub(crate) fn members(interface: &Interface, module: ModuleId) -> BTreeSet<String> {
    let name = |item: &ItemId| match *item {
        ItemId::Function(id) => python_value(&interface[id].name),
        ItemId::Const(id) => python_constant(&interface[id].name),
        item => interface
            .home(item)
            .map_or_else(String::new, |(_, name)| python_type(name)),
    };
    let items = &interface[module].items;
    let mut members: BTreeSet<_> = items.iter().map(name).collect();
    let families = items
        .iter()
        .filter_map(|&item| FamilyId::of_item(interface, item));
    members.extend(families.map(|cases| python_union(cases.name(interface))));
    if module == Interface::ROOT {
        members.extend(submodules(interface).map(|id| python_value(&interface[id].name)));
    }
    members
}

/// A type of another module that a module mentions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Use {
    pub(crate) item: ItemId,
    /// The other module.
    pub(crate) home: ModuleId,
    /// The Python name of the type there and here. The two differ where this module already uses the name.
    pub(crate) there: String,
    pub(crate) here: String,
    /// The same for the union of its cases, if it has cases.
    pub(crate) union: Option<Names>,
}

/// The names of an item in two modules.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Names {
    pub(crate) there: String,
    pub(crate) here: String,
}

/// The types of other modules that `module` mentions, in order of mention. In Python they are attributes of this module too,
/// since WIT's `use` makes them part of the interface.
pub(crate) fn uses(interface: &Interface, module: ModuleId) -> Vec<Use> {
    let mut mentions = Mentions {
        interface,
        module,
        found: Vec::new(),
        seen: HashSet::new(),
    };
    for &item in &interface[module].items {
        mentions.item(item);
    }
    let mut taken = members(interface, module);
    let found = mentions.found.into_iter().filter_map(|item| {
        let (home, name) = interface.home(item)?;
        let mut names = |there: String| {
            let prefixed = format!("_{}_{there}", python_value(&interface[home].name));
            let here = first_free(&taken, &[there.clone(), prefixed]);
            taken.insert(here.clone());
            Names { there, here }
        };
        let Names { there, here } = names(python_type(name));
        let union = FamilyId::of_item(interface, item).map(|_| names(python_union(name)));
        Some(Use {
            item,
            home,
            there,
            here,
            union,
        })
    });
    found.collect()
}

/// Collects the types of other modules.
struct Mentions<'a> {
    interface: &'a Interface,
    module: ModuleId,
    found: Vec<ItemId>,
    seen: HashSet<ItemId>,
}

impl Mentions<'_> {
    fn add(&mut self, item: ItemId) {
        let is_builtin = matches!(item, ItemId::Exception(id) if self.interface[id].builtin);
        let home = self.interface.home(item).map(|(home, _)| home);
        if self.seen.insert(item) && home != Some(self.module) && !is_builtin {
            self.found.push(item);
        }
    }

    fn item(&mut self, item: ItemId) {
        let interface = self.interface;
        match item {
            ItemId::Record(id) => self.fields(&interface[id].fields),
            ItemId::Variant(id) => {
                for case in &interface[id].cases {
                    match &case.payload {
                        Payload::None => {}
                        Payload::Tuple(types) => types.iter().for_each(|ty| self.ty(ty)),
                        Payload::Fields(fields) => self.fields(fields),
                    }
                }
            }
            ItemId::Exception(id) => {
                let base = interface[id].base;
                base.into_iter()
                    .for_each(|base| self.add(ItemId::Exception(base)));
                self.fields(&interface[id].fields);
            }
            ItemId::Class(id) => self.class(&interface[id]),
            ItemId::Protocol(id) => {
                let protocol = &interface[id];
                let bases = protocol.bases.iter();
                bases.for_each(|base| self.add(ItemId::Protocol(*base)));
                protocol.items.iter().for_each(|item| self.class_item(item));
            }
            ItemId::Alias(id) => self.ty(&interface[id].ty),
            ItemId::Function(id) => self.function(&interface[id]),
            ItemId::Const(id) => self.constant(&interface[id]),
            ItemId::Enum(_) | ItemId::Flags(_) => {}
        }
    }

    fn class(&mut self, class: &Class) {
        let base = class.base.into_iter();
        base.for_each(|base| self.add(ItemId::Class(base)));
        let protocols = class.implements.iter();
        protocols.for_each(|protocol| self.add(ItemId::Protocol(*protocol)));
        class.constructor.iter().for_each(|it| self.function(it));
        class.items.iter().for_each(|item| self.class_item(item));
    }

    fn class_item(&mut self, item: &ClassItem) {
        match item {
            ClassItem::Const(constant) => self.constant(constant),
            ClassItem::Property(property) => {
                self.ty(&property.ty);
                let raises = property.raises.iter();
                raises.for_each(|id| self.add(ItemId::Exception(*id)));
            }
            ClassItem::Method(function) => self.function(function),
            ClassItem::Operator(operator) => self.function(&operator.function),
        }
    }

    fn constant(&mut self, constant: &Const) {
        self.ty(&constant.ty);
    }

    fn fields(&mut self, fields: &[Field]) {
        fields.iter().for_each(|field| self.ty(&field.ty));
    }

    fn function(&mut self, function: &Function) {
        let parameters = function.parameters.iter().map(|parameter| &parameter.ty);
        parameters
            .chain(&function.result)
            .for_each(|ty| self.ty(ty));
        if let Some(Failure::Value(ty)) = &function.error {
            self.ty(ty);
        }
        let raises = function.raises.iter();
        raises.for_each(|id| self.add(ItemId::Exception(*id)));
        function.overload.iter().for_each(|it| self.function(it));
    }

    fn ty(&mut self, ty: &Type) {
        let Some(item) = ty.definition() else {
            return self.parts(ty);
        };
        let is_new = !self.seen.contains(&item);
        self.add(item);
        // If an alias means something else here than where it is declared, its target is written instead.
        if let (ItemId::Alias(id), true) = (item, is_new) {
            self.ty(&self.interface[id].ty);
        }
    }

    /// The mentions in a type that is not a definition.
    fn parts(&mut self, ty: &Type) {
        match ty {
            Type::Builtin(_, arguments) => arguments.iter().for_each(|ty| self.ty(ty)),
            Type::Callback {
                parameters,
                result,
                raises,
                ..
            } => {
                parameters.iter().for_each(|ty| self.ty(ty));
                result.iter().for_each(|ty| self.ty(ty));
                raises
                    .iter()
                    .for_each(|id| self.add(ItemId::Exception(*id)));
            }
            Type::Array { item, .. } | Type::View { item, .. } => self.ty(item),
            Type::Result { ok, error } => {
                ok.iter().chain(error).for_each(|ty| self.ty(ty));
            }
            _ => {}
        }
    }
}
