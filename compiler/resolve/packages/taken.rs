//! Extracts the contents of an extension module from the arenas that all packages share, with new indices.
//!
//! A world may export an interface that it also imports. Then each of the two has its own copy of the interface's types, so
//! definitions are identified by the [`Instance`] of their module.

use std::collections::{BTreeSet, HashMap};

use super::tables::PackageId;
use crate::model::renumber::{Numbers, Renumber};
use crate::model::{
    Alias, AliasId, Class, ClassId, Const, ConstId, EnumId, Enumeration, Exception, ExceptionId,
    Flags, FlagsId, Function, FunctionId, Interface, ItemId, Module, ModuleId, Name, Origin,
    Protocol, ProtocolId, Record, RecordId, Variant, VariantId,
};
use crate::resolve::define::Definitions;
use crate::resolve::lookup::Names;

/// An instance of a module in the extension module: the declared module, on the export or import side.
pub(super) type Instance = u32;

/// How a module belongs to the extension module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Side {
    Exported,
    Imported,
    Foreign,
}

/// An extension module under construction.
pub(super) struct Taken<'r> {
    names: &'r Names<'r>,
    definitions: &'r Definitions,
    pub(super) modules: Vec<Module>,
    /// The declared module and the side of each instance.
    instances: Vec<(ModuleId, Side)>,
    pub(super) by_module: HashMap<(ModuleId, Side), Instance>,
    /// The instance of the current definition.
    current: Instance,
    numbers: HashMap<(Instance, ItemId), ItemId>,
    queue: Vec<(Instance, ItemId)>,
    /// Items that a world includes under another name.
    renamed: HashMap<ItemId, Name>,
    /// The module of the functions that a world imports directly. Its types are those of the world.
    pub(super) functions: Option<Instance>,
    /// The other packages whose types are used.
    used: BTreeSet<PackageId>,
    arenas: Arenas,
}

macro_rules! arenas {
    ($( $kind:ident($id:ident) => $field:ident: $def:ident, )*) => {
        /// The definitions extracted so far, each with its original.
        #[derive(Default)]
        struct Arenas {
            $( $field: Vec<((Instance, ItemId), Option<$def>)>, )*
        }

        impl Arenas {
            /// The index of the definition that is being extracted.
            fn reserve(&mut self, key: (Instance, ItemId)) -> ItemId {
                match key.1 {
                    $( ItemId::$kind(_) => {
                        self.$field.push((key, None));
                        ItemId::$kind($id(self.$field.len() as u32 - 1))
                    } )*
                }
            }
        }

        impl Taken<'_> {
            /// Extracts the definition of `item`. `None` if an error was already reported.
            fn fill(&mut self, number: ItemId, item: ItemId) -> Option<()> {
                match (number, item) {
                    $( (ItemId::$kind(number), ItemId::$kind(id)) => {
                        let mut taken = self.definitions.$field.get(id.0 as usize)?.clone()?;
                        self.settle(&mut taken);
                        if let Some(name) = self.renamed.remove(&ItemId::$kind(number)) {
                            taken.name = name;
                        }
                        taken.renumber(self);
                        self.arenas.$field[number.0 as usize].1 = Some(taken);
                    } )*
                    _ => {}
                }
                Some(())
            }

            /// Sorts the arenas: the extension module's own definitions, then those of others, then builtin ones.
            fn sorted(&mut self) -> Final {
                let mut moved = Final::default();
                $(
                    let mut arena = std::mem::take(&mut self.arenas.$field);
                    let mut order: Vec<usize> = (0..arena.len()).collect();
                    order.sort_by_cached_key(|index| self.rank(arena[*index].0));
                    let mut numbers = vec![0; arena.len()];
                    for (new, old) in order.iter().enumerate() {
                        numbers[*old] = new as u32;
                    }
                    moved.$field = numbers;
                    arena.sort_by_cached_key(|(key, _)| self.rank(*key));
                    self.arenas.$field = arena;
                )*
                moved
            }
        }

        /// The new index of each definition in its arena, by its old index.
        #[derive(Default)]
        struct Final {
            $( $field: Vec<u32>, )*
        }

        impl Numbers for Final {
            fn number(&mut self, item: ItemId) -> ItemId {
                match item {
                    $( ItemId::$kind(id) => ItemId::$kind($id(self.$field[id.0 as usize])), )*
                }
            }
        }

        impl Arenas {
            /// Assigns all final indices.
            fn finish(mut self, numbers: &mut Final, mut interface: Interface) -> Option<Interface> {
                $(
                    for (_, definition) in &mut self.$field {
                        definition.renumber(numbers);
                    }
                    let definitions = self.$field.into_iter().map(|(_, definition)| definition);
                    interface.$field = definitions.collect::<Option<_>>()?;
                )*
                Some(interface)
            }
        }
    };
}

arenas! {
    Record(RecordId) => records: Record,
    Variant(VariantId) => variants: Variant,
    Enum(EnumId) => enums: Enumeration,
    Flags(FlagsId) => flags: Flags,
    Exception(ExceptionId) => exceptions: Exception,
    Class(ClassId) => classes: Class,
    Protocol(ProtocolId) => protocols: Protocol,
    Alias(AliasId) => aliases: Alias,
    Function(FunctionId) => functions: Function,
    Const(ConstId) => consts: Const,
}

/// The parts of a definition that an extension module must set.
trait Settle {
    fn settle(&mut self, module: ModuleId, is_foreign: bool);
}

macro_rules! settle {
    ($( $def:ident, )*) => { $(
        impl Settle for $def {
            fn settle(&mut self, module: ModuleId, _: bool) {
                self.module = module;
            }
        }
    )* };
}

settle! { Record, Variant, Enumeration, Flags, Protocol, Alias, }

impl Settle for Exception {
    fn settle(&mut self, module: ModuleId, _: bool) {
        self.module = if self.builtin {
            Interface::ROOT
        } else {
            module
        };
    }
}

impl Settle for Class {
    fn settle(&mut self, module: ModuleId, is_foreign: bool) {
        self.module = module;
        if is_foreign {
            // Its instances are passed on, not accessed.
            self.constructor = None;
            self.items.clear();
        }
    }
}

impl Settle for Function {
    fn settle(&mut self, _: ModuleId, _: bool) {}
}

impl Settle for Const {
    fn settle(&mut self, _: ModuleId, _: bool) {}
}

impl Numbers for Taken<'_> {
    fn number(&mut self, item: ItemId) -> ItemId {
        let instance = match self.names.declared.home(item) {
            Some(module) => self.instance(module),
            None => 0,
        };
        self.take(instance, item)
    }
}

impl<'r> Taken<'r> {
    pub(super) fn new(names: &'r Names<'r>, definitions: &'r Definitions) -> Self {
        Self {
            names,
            definitions,
            modules: Vec::new(),
            instances: Vec::new(),
            by_module: HashMap::new(),
            current: 0,
            numbers: HashMap::new(),
            queue: Vec::new(),
            renamed: HashMap::new(),
            functions: None,
            used: BTreeSet::new(),
            arenas: Arenas::default(),
        }
    }

    /// Adds a module, with all its items if it is part of the extension module.
    pub(super) fn module(
        &mut self,
        declared: ModuleId,
        side: Side,
        name: Name,
        origin: Origin,
    ) -> Instance {
        let instance = self.modules.len() as Instance;
        let module = &self.names.declared[declared];
        let has_parent = side != Side::Foreign && instance > 0;
        self.modules.push(Module {
            name,
            docs: module.docs.clone(),
            parent: has_parent.then_some(Interface::ROOT),
            origin,
            items: Vec::new(),
        });
        self.instances.push((declared, side));
        self.by_module.entry((declared, side)).or_insert(instance);
        instance
    }

    /// Extracts all items of a module.
    pub(super) fn items(&mut self, instance: Instance) {
        let (declared, _) = self.instances[instance as usize];
        for &item in &self.names.declared[declared].items {
            let item = self.take(instance, item);
            self.modules[instance as usize].items.push(item);
        }
    }

    /// The index of a definition in `instance`.
    pub(super) fn take(&mut self, instance: Instance, item: ItemId) -> ItemId {
        if let Some(number) = self.numbers.get(&(instance, item)) {
            return *number;
        }
        let number = self.arenas.reserve((instance, item));
        self.numbers.insert((instance, item), number);
        self.queue.push((instance, item));
        if self.instances[instance as usize].1 == Side::Foreign {
            self.modules[instance as usize].items.push(number);
        }
        number
    }

    /// The instance of `module` that the current definition refers to.
    fn instance(&mut self, module: ModuleId) -> Instance {
        let (here, side) = self.instances[self.current as usize];
        if here == module {
            return self.current;
        }
        // The types of a world are those on the import side.
        let first = if self.current == 0 {
            Side::Imported
        } else {
            side
        };
        let sides = [first, Side::Imported, Side::Exported, Side::Foreign];
        let known = sides
            .iter()
            .filter(|other| !(side == Side::Imported && **other == Side::Exported))
            .find_map(|side| self.by_module.get(&(module, *side)));
        if let Some(known) = known {
            return *known;
        }
        let declared = &self.names.declared[module];
        self.used.insert(declared.package);
        let package = &self.names.packages.list[declared.package];
        let extension = &self.names.declared[package.root].name;
        let origin = Origin::Foreign {
            package: package
                .path
                .clone()
                .unwrap_or_else(|| extension.text.clone()),
            extension: (module != package.root).then(|| extension.clone()),
        };
        let name = declared.name.clone();
        self.module(module, Side::Foreign, name, origin)
    }

    /// Records that a world has a definition named `name`.
    pub(super) fn rename(&mut self, number: ItemId, declared: &Name, name: Option<&Name>) {
        if let Some(name) = name.filter(|name| name.text != declared.text) {
            self.renamed.insert(number, name.clone());
        }
    }

    fn settle(&self, definition: &mut impl Settle) {
        let is_foreign = self.instances[self.current as usize].1 == Side::Foreign;
        definition.settle(ModuleId(self.current), is_foreign);
    }

    fn rank(&self, (instance, item): (Instance, ItemId)) -> (u8, ItemId, Instance) {
        let rank = match self.instances[instance as usize].1 {
            _ if self.names.declared.home(item).is_none() => 2,
            Side::Foreign => 1,
            Side::Exported | Side::Imported => 0,
        };
        (rank, item, instance)
    }

    /// The extension module with everything that its items refer to.
    pub(super) fn finish(
        mut self,
        mut interface: Interface,
        used: &mut BTreeSet<PackageId>,
    ) -> Option<Interface> {
        while let Some((instance, item)) = self.queue.pop() {
            self.current = if self.functions == Some(instance) {
                0
            } else {
                instance
            };
            let number = self.numbers[&(instance, item)];
            self.fill(number, item)?;
        }
        used.append(&mut self.used);
        let mut numbers = self.sorted();
        for module in &mut self.modules {
            for item in &mut module.items {
                *item = numbers.number(*item);
            }
            if matches!(module.origin, Origin::Foreign { .. }) {
                module.items.sort();
            }
        }
        interface.modules = self.modules;
        self.arenas.finish(&mut numbers, interface)
    }
}
