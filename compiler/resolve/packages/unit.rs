//! Extension modules: what belongs to each is taken out of the arenas that all packages share.
//!
//! A world may export an interface that it also imports. Then each of the two has its own copy of the interface's types,
//! so definitions are found by the [`Instance`] of the module that they stand in.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::PackageId;
use super::externs::{Extern, What};
use crate::model::renumber::{Numbers, Renumber};
use crate::model::{
    self, Alias, AliasId, Class, ClassId, Const, ConstId, EnumId, Enumeration, Exception,
    ExceptionId, Flags, FlagsId, Function, FunctionId, Interface, ItemId, Module, ModuleId, Name,
    Origin, Protocol, ProtocolId, Record, RecordId, Variant, VariantId,
};
use crate::names;
use crate::resolve::Resolver;
use crate::resolve::declarations::ModuleKind;
use crate::source::FileId;

/// All definitions of all packages. None: reported.
#[derive(Debug, Default)]
pub(in crate::resolve) struct Definitions {
    pub(in crate::resolve) records: Vec<Option<Record>>,
    pub(in crate::resolve) variants: Vec<Option<Variant>>,
    pub(in crate::resolve) enums: Vec<Option<Enumeration>>,
    pub(in crate::resolve) flags: Vec<Option<Flags>>,
    pub(in crate::resolve) exceptions: Vec<Option<Exception>>,
    pub(in crate::resolve) classes: Vec<Option<Class>>,
    pub(in crate::resolve) protocols: Vec<Option<Protocol>>,
    pub(in crate::resolve) aliases: Vec<Option<Alias>>,
    pub(in crate::resolve) functions: Vec<Option<Function>>,
    pub(in crate::resolve) consts: Vec<Option<Const>>,
}

/// An extension module.
#[derive(Debug)]
pub struct Resolved {
    /// The files that it was declared in; at least one.
    pub files: Vec<FileId>,
    /// What it is; none if there are errors.
    pub interface: Option<Interface>,
    /// Whether it was asked for. The others are there because types of theirs are used.
    pub is_input: bool,
}

/// A module of the extension module: one that was declared, on one of the sides that it can be on.
type Instance = u32;

/// How a module belongs to the extension module.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Side {
    Exported,
    Imported,
    Foreign,
}

/// An extension module in the making.
struct Taken<'r, 'a, 'd> {
    resolver: &'r Resolver<'a, 'd>,
    definitions: &'r Definitions,
    modules: Vec<Module>,
    /// The declared module and the side of each instance.
    instances: Vec<(ModuleId, Side)>,
    by_module: HashMap<(ModuleId, Side), Instance>,
    /// The instance that the definition at hand stands in.
    current: Instance,
    numbers: HashMap<(Instance, ItemId), ItemId>,
    queue: Vec<(Instance, ItemId)>,
    /// What a world includes under another name.
    renamed: HashMap<ItemId, Name>,
    /// The module of the functions that a world imports by themselves. They mean the types of the world.
    functions: Option<Instance>,
    /// The other packages that types were taken from.
    used: BTreeSet<PackageId>,
    arenas: Arenas,
}

macro_rules! arenas {
    ($( $kind:ident($id:ident) => $field:ident: $def:ident, )*) => {
        /// The definitions taken so far, each with what it is in all packages.
        #[derive(Default)]
        struct Arenas {
            $( $field: Vec<((Instance, ItemId), Option<$def>)>, )*
        }

        impl Arenas {
            /// The number of a definition that is taken now.
            fn reserve(&mut self, key: (Instance, ItemId)) -> ItemId {
                match key.1 {
                    $( ItemId::$kind(_) => {
                        self.$field.push((key, None));
                        ItemId::$kind($id(self.$field.len() as u32 - 1))
                    } )*
                }
            }
        }

        impl Taken<'_, '_, '_> {
            /// Takes what `item` is. None where something was reported.
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

            /// Puts the arenas in order: what the extension module has itself, then what others have, then what is builtin.
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

        /// The number of each definition in its arena, by the number that it had before.
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
            /// Gives everything its number in the end.
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

/// What has to be set in a definition when an extension module takes it.
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
            // Its instances are handed on, not looked into.
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

impl Numbers for Taken<'_, '_, '_> {
    fn number(&mut self, item: ItemId) -> ItemId {
        let instance = match self.resolver.home(item) {
            Some(module) => self.instance(module),
            None => 0,
        };
        self.take(instance, item)
    }
}

impl<'r, 'a, 'd> Taken<'r, 'a, 'd> {
    fn new(resolver: &'r Resolver<'a, 'd>, definitions: &'r Definitions) -> Self {
        Self {
            resolver,
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

    /// Adds a module, and all its items if they are part of the extension module.
    fn module(&mut self, declared: ModuleId, side: Side, name: Name, origin: Origin) -> Instance {
        let instance = self.modules.len() as Instance;
        let module = &self.resolver.declared[declared];
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

    /// Takes all items of a module.
    fn items(&mut self, instance: Instance) {
        let (declared, _) = self.instances[instance as usize];
        for &item in &self.resolver.declared[declared].items {
            let item = self.take(instance, item);
            self.modules[instance as usize].items.push(item);
        }
    }

    /// The number of a definition in `instance`.
    fn take(&mut self, instance: Instance, item: ItemId) -> ItemId {
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

    /// What the definition at hand means by `module`.
    fn instance(&mut self, module: ModuleId) -> Instance {
        let (here, side) = self.instances[self.current as usize];
        if here == module {
            return self.current;
        }
        // The types of a world are those that it imports.
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
        let declared = &self.resolver.declared[module];
        self.used.insert(declared.package);
        let package = &self.resolver.packages.list[declared.package];
        let extension = &self.resolver.declared[package.root].name;
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

    /// Notes that a world has a definition under `name`.
    fn rename(&mut self, number: ItemId, declared: &Name, name: Option<&Name>) {
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
            _ if self.resolver.home(item).is_none() => 2,
            Side::Foreign => 1,
            Side::Exported | Side::Imported => 0,
        };
        (rank, item, instance)
    }

    /// The extension module with all that its items refer to.
    fn finish(
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

impl Resolver<'_, '_> {
    /// The module that declares `item`; none of what is builtin.
    fn home(&self, item: ItemId) -> Option<ModuleId> {
        let declared = &self.declared;
        Some(match item {
            ItemId::Record(id) => declared[id].module,
            ItemId::Variant(id) => declared[id].module,
            ItemId::Enum(id) => declared[id].module,
            ItemId::Flags(id) => declared[id].module,
            ItemId::Exception(id) => declared.exceptions.get(id.0 as usize)?.module,
            ItemId::Class(id) => declared[id].module,
            ItemId::Protocol(id) => declared[id].module,
            ItemId::Alias(id) => declared[id].module,
            ItemId::Function(id) => declared.functions[id.0 as usize].module,
            ItemId::Const(id) => declared.consts[id.0 as usize].module,
        })
    }

    /// All extension modules of the packages that were asked for, and those that they use types of.
    pub(in crate::resolve) fn units(&mut self, definitions: &Definitions) -> Vec<Resolved> {
        let mut units = Vec::new();
        let mut used = BTreeSet::new();
        let mut done = BTreeSet::new();
        for package in 0..self.packages.list.len() {
            if !self.packages.list[package].is_unit {
                continue;
            }
            let worlds: Vec<usize> = (0..self.packages.worlds.len())
                .filter(|world| {
                    let module = &self.declared[self.packages.worlds[*world].module];
                    module.package == package && module.hidden.is_none()
                })
                .collect();
            let root = self.packages.list[package].root;
            if worlds.is_empty() || !self.declared[root].items.is_empty() {
                done.insert(package);
                units.push(self.unit(package, None, definitions, &mut used));
            }
            for world in worlds {
                units.push(self.unit(package, Some(world), definitions, &mut used));
            }
        }
        while let Some(package) = used.difference(&done).next().copied() {
            done.insert(package);
            let unit = self.unit(package, None, definitions, &mut used);
            units.push(Resolved {
                is_input: false,
                ..unit
            });
        }
        units
    }

    /// A package, or one of its worlds. The packages that it uses types of are added to `used`.
    fn unit(
        &mut self,
        package: PackageId,
        world: Option<usize>,
        definitions: &Definitions,
        used: &mut BTreeSet<PackageId>,
    ) -> Resolved {
        let is_named = world.is_some() || self.check_module_name(package);
        let is_right = is_named && !self.diagnostics.has_errors();
        let interface = match world {
            _ if !is_right => None,
            Some(world) => self.world_unit(world, definitions, used),
            None => self.package_unit(package, definitions, used),
        };
        let files = self.packages.list[package].files.iter();
        Resolved {
            files: files.map(|file| file.span.file).collect(),
            interface,
            is_input: true,
        }
    }

    fn interface(&self, package: PackageId, is_world: bool) -> Interface {
        let package = &self.packages.list[package];
        let version = package.name.and_then(|name| name.version.as_ref());
        Interface {
            package: package.path.clone().map(|name| model::Package {
                name,
                version: version.map(|version| version.text.clone()),
            }),
            is_world,
            modules: Vec::new(),
            records: Vec::new(),
            variants: Vec::new(),
            enums: Vec::new(),
            flags: Vec::new(),
            exceptions: Vec::new(),
            classes: Vec::new(),
            protocols: Vec::new(),
            aliases: Vec::new(),
            functions: Vec::new(),
            consts: Vec::new(),
        }
    }

    /// A package without worlds: its top-level items, and its interfaces as submodules.
    fn package_unit(
        &self,
        package: PackageId,
        definitions: &Definitions,
        used: &mut BTreeSet<PackageId>,
    ) -> Option<Interface> {
        let root = self.packages.list[package].root;
        let mut taken = Taken::new(self, definitions);
        let name = self.declared[root].name.clone();
        taken.module(root, Side::Exported, name, Origin::Exported);
        for (id, module) in (0..).map(ModuleId).zip(&self.declared.modules) {
            if module.outer != Some(root) || module.hidden.is_some() {
                continue;
            }
            let (side, origin) = match &module.kind {
                ModuleKind::Interface => (Side::Exported, Origin::Exported),
                ModuleKind::Import(python) => {
                    let python = Some(python.clone());
                    (Side::Imported, Origin::Imported { python })
                }
                ModuleKind::Root | ModuleKind::World(_) | ModuleKind::Inline => continue,
            };
            taken.module(id, side, module.name.clone(), origin);
        }
        for instance in 0..taken.modules.len() {
            taken.items(instance as Instance);
        }
        taken.finish(self.interface(package, false), used)
    }

    /// A world: its types and exported functions, its exports as submodules, and what it imports.
    fn world_unit(
        &self,
        world: usize,
        definitions: &Definitions,
        used: &mut BTreeSet<PackageId>,
    ) -> Option<Interface> {
        let world = &self.packages.worlds[world];
        let declared = &self.declared[world.module];
        let mut taken = Taken::new(self, definitions);
        let root = taken.module(
            world.module,
            Side::Exported,
            declared.name.clone(),
            Origin::Exported,
        );
        taken.by_module.insert((world.module, Side::Imported), root);
        let sides = [
            (Side::Imported, &world.imports.list),
            (Side::Exported, &world.exports.list),
        ];
        let mut seen = HashSet::new();
        let mut instances = Vec::new();
        let mut functions = Vec::new();
        for (side, externs) in sides {
            for external in externs {
                match external.what {
                    What::Module(module) => {
                        let name = self.extern_name(external, module, side, &mut seen);
                        let origin = self.extern_origin(external, module, side);
                        instances.push(taken.module(module, side, name, origin));
                    }
                    What::Type(item) => {
                        let name = external.name.as_ref();
                        let module = self.home(item).unwrap_or(world.module);
                        for side in [Side::Exported, Side::Imported] {
                            taken.by_module.insert((module, side), root);
                        }
                        let number = taken.take(root, item);
                        taken.modules[root as usize].items.push(number);
                        taken.rename(number, self.declared.name(item), name);
                    }
                    What::Function(id) => functions.push((side, id, external)),
                    What::Used | What::Nothing => {}
                }
            }
        }
        for (side, id, external) in functions {
            let instance = match side {
                Side::Imported => match taken.functions {
                    Some(instance) => instance,
                    None => {
                        let name = declared.name.clone();
                        let origin = Origin::Imported { python: None };
                        let instance = taken.module(world.module, side, name, origin);
                        taken.functions = Some(instance);
                        instance
                    }
                },
                _ => root,
            };
            let number = taken.take(instance, ItemId::Function(id));
            taken.modules[instance as usize].items.push(number);
            let declared = &self.declared.functions[id.0 as usize].name;
            taken.rename(number, declared, external.name.as_ref());
        }
        for instance in instances {
            taken.items(instance);
        }
        taken.finish(self.interface(declared.package, true), used)
    }

    /// What the module of an import or export is called: two of one name get that of their package too.
    fn extern_name(
        &self,
        external: &Extern,
        module: ModuleId,
        side: Side,
        seen: &mut HashSet<(Side, String)>,
    ) -> Name {
        let mut name = match &external.name {
            Some(name) => name.clone(),
            None => self.declared[module].name.clone(),
        };
        if side == Side::Exported && external.python.is_some() {
            name.python = external.python.clone();
        }
        let package = &self.packages.list[self.declared[module].package];
        let prefix = package.name.and_then(|package| package.names.first());
        let long = prefix.map(|prefix| format!("{}-{}", prefix.text, name.text));
        let long = long.unwrap_or_else(|| format!("other-{}", name.text));
        let numbered = (2..).map(|number| format!("{long}-{number}"));
        let mut texts = [name.text.clone(), long.clone()]
            .into_iter()
            .chain(numbered);
        let free = texts.find(|text| seen.insert((side, names::snake(text))));
        name.text = free.unwrap_or(long);
        name
    }

    fn extern_origin(&self, external: &Extern, module: ModuleId, side: Side) -> Origin {
        if side == Side::Exported {
            return Origin::Exported;
        }
        let declared = &self.declared[module].name;
        let python = external.python.clone().or_else(|| {
            let name = external.name.as_ref().unwrap_or(declared);
            let python = declared.python.clone().or_else(|| name.python.clone());
            python.or_else(|| Some(names::snake(&name.text)))
        });
        Origin::Imported { python }
    }
}
