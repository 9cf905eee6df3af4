//! Extension modules: one for each package, or for each of its worlds, with their submodules.

use std::collections::{BTreeSet, HashSet};

use super::PackageId;
use super::externs::{Extern, What};
use super::taken::{Instance, Side, Taken};
use crate::model::{
    self, Alias, Class, Const, Enumeration, Exception, Flags, Function, Interface, ItemId,
    ModuleId, Name, Origin, Protocol, Record, Variant,
};
use crate::names;
use crate::resolve::Resolver;
use crate::resolve::declarations::ModuleKind;
use crate::source::FileId;

/// All definitions of all packages. `None` if an error was already reported.
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
    /// Its interface; none if there are errors.
    pub interface: Option<Interface>,
    /// Whether it was requested. Others are included because their types are used.
    pub is_input: bool,
}

impl Resolver<'_, '_> {
    /// All extension modules of the requested packages, and those whose types they use.
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

    /// A package, or one of its worlds. Adds the packages whose types it uses to `used`.
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

    /// The name of the module of an import or export: two of the same name are qualified by their packages.
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
