//! The last pass: extension modules, one for each package or for each of its worlds, with their submodules.

use std::collections::{BTreeSet, HashSet};

use super::tables::{Extern, Package, PackageId, What, World};
use super::taken::{Instance, Side, Taken};
use super::worlds::Sides;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{self, Interface, ItemId, ModuleId, Name, Origin};
use crate::names;
use crate::resolve::context::Context;
use crate::resolve::declarations::ModuleKind;
use crate::resolve::define::Definitions;
use crate::resolve::identifiers::is_identifier;
use crate::resolve::lookup::Names;
use crate::source::FileId;

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

/// Checks that the root of a package can be a Python module.
fn check_module_name(cx: &mut Context, package: &Package<'_>) {
    let name = &cx.names.declared[package.root].name;
    let text = &name.text;
    let is_name = is_identifier(&names::snake(text)) && text.is_ascii();
    // `@py.name` of a declared package was checked like the names of all items.
    if !is_name && package.name.is_none() {
        let message =
            format!("the name of this file or directory, {text:?}, cannot be the name of a module");
        cx.report(
            Diagnostic::new(Code::PythonName, name.span, message, "")
                .help("name the module in the first line: `package name;`"),
        );
    }
}

/// All extension modules of the requested packages, and those whose types they use.
pub(crate) fn units(
    cx: &mut Context,
    definitions: &Definitions,
    worlds: &[Sides],
) -> Vec<Resolved> {
    let names = cx.names;
    let mut units = Vec::new();
    let mut used = BTreeSet::new();
    let mut done = BTreeSet::new();
    for (id, package) in names.packages.list.iter().enumerate() {
        if !package.is_unit {
            continue;
        }
        let own = names.packages.worlds.iter().zip(worlds);
        let own = own.filter(|(world, _)| {
            let module = &names.declared[world.module];
            module.package == id && module.hidden.is_none()
        });
        let own: Vec<_> = own.collect();
        if own.is_empty() || !names.declared[package.root].items.is_empty() {
            done.insert(id);
            check_module_name(cx, package);
            units.push(unit(cx, package, || {
                package_unit(names, id, definitions, &mut used)
            }));
        }
        for (world, sides) in own {
            units.push(unit(cx, package, || {
                world_unit(names, world, sides, definitions, &mut used)
            }));
        }
    }
    while let Some(id) = used.difference(&done).next().copied() {
        done.insert(id);
        let package = &names.packages.list[id];
        check_module_name(cx, package);
        let unit = unit(cx, package, || {
            package_unit(names, id, definitions, &mut used)
        });
        units.push(Resolved {
            is_input: false,
            ..unit
        });
    }
    units
}

/// An extension module of `package`, with an interface if there are no errors.
fn unit(
    cx: &Context,
    package: &Package<'_>,
    interface: impl FnOnce() -> Option<Interface>,
) -> Resolved {
    let is_right = !cx.findings.diagnostics.has_errors();
    let files = package.files.iter();
    Resolved {
        files: files.map(|file| file.span.file).collect(),
        interface: is_right.then(interface).flatten(),
        is_input: true,
    }
}

fn interface(names: &Names, package: PackageId, is_world: bool) -> Interface {
    let package = &names.packages.list[package];
    let version = package.name.and_then(|name| name.version.as_ref());
    Interface {
        package: package.path.clone().map(|name| model::Package {
            name,
            version: version.map(|version| version.text.clone()),
        }),
        is_world,
        ..Interface::default()
    }
}

/// A package without worlds: its top-level items, and its interfaces as submodules.
fn package_unit(
    names: &Names,
    package: PackageId,
    definitions: &Definitions,
    used: &mut BTreeSet<PackageId>,
) -> Option<Interface> {
    let root = names.packages.list[package].root;
    let mut taken = Taken::new(names, definitions);
    let name = names.declared[root].name.clone();
    taken.module(root, Side::Exported, name, Origin::Exported);
    for (id, module) in (0..).map(ModuleId).zip(&names.declared.modules) {
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
    taken.finish(interface(names, package, false), used)
}

/// A world: its types and exported functions, its exports as submodules, and what it imports.
fn world_unit(
    names: &Names,
    world: &World<'_>,
    sides: &Sides,
    definitions: &Definitions,
    used: &mut BTreeSet<PackageId>,
) -> Option<Interface> {
    let declared = &names.declared[world.module];
    let mut taken = Taken::new(names, definitions);
    let root = taken.module(
        world.module,
        Side::Exported,
        declared.name.clone(),
        Origin::Exported,
    );
    taken.by_module.insert((world.module, Side::Imported), root);
    let sides = [
        (Side::Imported, &sides.imports.list),
        (Side::Exported, &sides.exports.list),
    ];
    let mut seen = HashSet::new();
    let mut instances = Vec::new();
    let mut functions = Vec::new();
    for (side, externs) in sides {
        for external in externs {
            match external.what {
                What::Module(module) => {
                    let name = extern_name(names, external, module, side, &mut seen);
                    let origin = extern_origin(names, external, module, side);
                    instances.push(taken.module(module, side, name, origin));
                }
                What::Type(item) => {
                    let name = external.name.as_ref();
                    let module = names.declared.home(item).unwrap_or(world.module);
                    for side in [Side::Exported, Side::Imported] {
                        taken.by_module.insert((module, side), root);
                    }
                    let number = taken.take(root, item);
                    taken.modules[root as usize].items.push(number);
                    taken.rename(number, names.declared.name(item), name);
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
        let declared = &names.declared[id].name;
        taken.rename(number, declared, external.name.as_ref());
    }
    for instance in instances {
        taken.items(instance);
    }
    taken.finish(interface(names, declared.package, true), used)
}

/// The name of the module of an import or export: two of the same name are qualified by their packages.
fn extern_name(
    names: &Names,
    external: &Extern,
    module: ModuleId,
    side: Side,
    seen: &mut HashSet<(Side, String)>,
) -> Name {
    let mut name = match &external.name {
        Some(name) => name.clone(),
        None => names.declared[module].name.clone(),
    };
    if side == Side::Exported && external.python.is_some() {
        name.python = external.python.clone();
    }
    let package = &names.packages.list[names.declared[module].package];
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

fn extern_origin(names: &Names, external: &Extern, module: ModuleId, side: Side) -> Origin {
    if side == Side::Exported {
        return Origin::Exported;
    }
    let declared = &names.declared[module].name;
    let python = external.python.clone().or_else(|| {
        let name = external.name.as_ref().unwrap_or(declared);
        let python = declared.python.clone().or_else(|| name.python.clone());
        python.or_else(|| Some(names::snake(&name.text)))
    });
    Origin::Imported { python }
}
