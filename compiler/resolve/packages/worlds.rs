//! The sixth pass: what each world exports and imports, including other worlds and the imports that its exports need.

use std::collections::{BTreeSet, HashMap};

use super::find::{self, Wanted};
use super::order::{Link, Order};
use super::tables::{Extern, Externs, Statement, What, World};
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{ModuleId, Name};
use crate::resolve::accessors::no_getter;
use crate::resolve::context::{Binder, Context};
use crate::resolve::declarations::ModuleKind;
use crate::resolve::identifiers::plain_name;
use crate::resolve::lookup::Names;
use crate::source::Span;
use crate::syntax::ast::{self, Accessor, Direction, FunctionBody};

/// Resolves the paths in worlds.
pub(super) fn find_externs(cx: &mut Binder, links: &mut Vec<Link>) {
    for index in 0..cx.names.packages.worlds.len() {
        let from = cx.names.packages.worlds[index].module;
        let mut statements = std::mem::take(&mut cx.names.packages.worlds[index].statements);
        for statement in &mut statements {
            let (path, found) = match statement {
                Statement::Extern {
                    path: Some(path),
                    what,
                    ..
                } => {
                    let found = find::find(&mut cx.context(), path, from, Wanted::Interface);
                    *what = found.map_or(What::Nothing, What::Module);
                    (*path, found)
                }
                Statement::Extern { .. } => continue,
                Statement::Include { include, world } => {
                    let found = find::find(&mut cx.context(), &include.path, from, Wanted::World);
                    *world = found.and_then(|module| match cx.names.declared[module].kind {
                        ModuleKind::World(index) => Some(index),
                        _ => None,
                    });
                    (&include.path, found)
                }
            };
            if let Some(to) = found {
                links.push(Link {
                    from,
                    to,
                    span: path.span,
                    is_type: false,
                });
            }
        }
        cx.names.packages.worlds[index].statements = statements;
    }
}

/// What a world exports and imports.
#[derive(Debug, Default)]
pub(crate) struct Sides {
    pub(super) imports: Externs,
    pub(super) exports: Externs,
}

/// Determines the exports and imports of each world.
pub(crate) fn connect(cx: &mut Context, order: &Order) -> Vec<Sides> {
    let worlds = &cx.names.packages.worlds;
    let mut connected: Vec<Sides> = worlds.iter().map(|_| Sides::default()).collect();
    // Included worlds come first.
    for module in &order.modules {
        if let ModuleKind::World(index) = cx.names.declared[*module].kind {
            let world = &worlds[index];
            let mut sides = world_types(cx.names, world);
            add_statements(cx, world, &mut sides);
            for statement in &world.statements {
                if let Statement::Include {
                    include,
                    world: Some(other),
                } = statement
                {
                    add_included(cx, include, &connected[*other], &mut sides);
                }
            }
            let Sides { imports, exports } = &sides;
            for (name, span) in imports.lonely_setters().chain(exports.lonely_setters()) {
                cx.report(no_getter(&name.text, span));
            }
            elaborate(cx, order, world.module, &mut sides);
            connected[index] = sides;
        }
    }
    connected
}

/// Adds what the statements of a world export and import themselves.
fn add_statements(cx: &mut Context, world: &World<'_>, sides: &mut Sides) {
    for statement in &world.statements {
        let Statement::Extern {
            direction,
            what,
            name,
            python,
            span,
            ..
        } = statement
        else {
            continue;
        };
        let (externs, verb) = match direction {
            Direction::Import => (&mut sides.imports, "imported"),
            Direction::Export => (&mut sides.exports, "exported"),
        };
        let new = Extern {
            name: name.map(plain_name),
            what: *what,
            python: python.clone(),
            span: *span,
            accessor: accessor_of(cx.names, *what),
        };
        if *what != What::Nothing
            && let Some(first) = externs.add(new)
        {
            cx.report(twice_in_world(cx.names, *span, first, verb));
        }
    }
}

/// The half of a property that a function is, if any.
fn accessor_of(names: &Names, what: What) -> Option<Accessor> {
    let What::Function(id) = what else {
        return None;
    };
    match &names.declared[id].ast.body {
        FunctionBody::Signature(signature) => signature.accessor,
        FunctionBody::Overload(_) => None,
    }
}

fn twice_in_world(names: &Names, span: Span, first: &Extern, verb: &str) -> Diagnostic {
    let text = names.sources.slice(span);
    let what = match first.what {
        What::Type(_) | What::Used => "is the name of a type already".to_owned(),
        _ => format!("is {verb} already"),
    };
    Diagnostic::new(Code::ExternConflict, span, format!("`{text}` {what}"), "")
        .cause(first.span, "first here")
}

/// The types of a world share a namespace with its imports.
fn world_types(names: &Names, world: &World<'_>) -> Sides {
    let mut imports = Externs::default();
    let module = &names.declared[world.module];
    for &item in &module.items {
        let name = names.declared.name(item);
        imports.add(Extern {
            name: Some(name.clone()),
            what: What::Type(item),
            python: None,
            span: name.span,
            accessor: None,
        });
    }
    for (text, span) in module.scope.places() {
        if imports.named(text).is_none() {
            imports.add(Extern {
                name: Some(Name {
                    text: text.to_owned(),
                    python: None,
                    span,
                }),
                what: What::Used,
                python: None,
                span,
                accessor: None,
            });
        }
    }
    Sides {
        imports,
        exports: Externs::default(),
    }
}

/// `include`: adds the exports and imports of the world `other`.
fn add_included(cx: &mut Context, include: &ast::Include, other: &Sides, to: &mut Sides) {
    let sides = [
        (other.imports.list.clone(), "imported"),
        (other.exports.list.clone(), "exported"),
    ];
    let mut renamed = HashMap::new();
    for renaming in &include.renamings {
        let name = &renaming.name;
        let known: Vec<&str> = sides
            .iter()
            .flat_map(|(list, _)| list)
            .filter_map(|known| Some(known.name.as_ref()?.text.as_str()))
            .collect();
        let Some(alias) = &renaming.alias else {
            continue;
        };
        if known.contains(&name.text.as_str()) {
            renamed.insert(name.text.as_str(), alias);
            continue;
        }
        let message = format!("the world has nothing called `{}`", name.text);
        let mut diagnostic =
            Diagnostic::new(Code::UnknownExtern, name.span, message, "nothing to rename")
                .cause(include.path.span, "this world");
        diagnostic = match suggest::nearest(&name.text, known) {
            Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
            None => diagnostic.help("interfaces go by the name of their package, which stays"),
        };
        cx.report(diagnostic);
    }
    let mut conflicts = Vec::new();
    for ((list, verb), externs) in sides.into_iter().zip([&mut to.imports, &mut to.exports]) {
        for mut new in list {
            let old = new.name.as_ref().map(|name| name.text.clone());
            if let Some(name) = &mut new.name
                && let Some(alias) = renamed.get(name.text.as_str())
            {
                name.text = alias.text.clone();
                name.span = alias.span;
            }
            let text = new.name.as_ref().map(|name| name.text.clone());
            let origin = new.span;
            if let (Some(first), Some(old), Some(text)) = (externs.add(new), old, text) {
                conflicts.push((old, text, origin, first.span, verb));
            }
        }
    }
    for (old, text, origin, first, verb) in conflicts {
        let message = match old == text {
            true => format!("`{text}` of the included world is {verb} here already"),
            false => format!(
                "`{old}` of the included world becomes `{text}`, which is {verb} here already"
            ),
        };
        let diagnostic = Diagnostic::new(Code::ExternConflict, include.path.span, message, "")
            .cause(origin, "what is included")
            .cause(first, "what is here")
            .help(format!("write `include … with {{ {old} as other-name }}`"));
        cx.report(diagnostic);
    }
}

/// Adds the interfaces to the imports whose types other imports or exports use. An interface that an export uses is imported
/// too, unless it is itself exported; then no import may depend on it.
fn elaborate(cx: &mut Context, order: &Order, world: ModuleId, sides: &mut Sides) {
    let Sides { imports, exports } = sides;
    let module_of = |external: &Extern| match external.what {
        What::Module(module) => Some(module),
        _ => None,
    };
    let own = imports.list.iter().filter_map(module_of).chain([world]);
    let imported = dependencies(
        cx.names,
        order,
        own.flat_map(|module| order.uses(module)).collect(),
    );
    let needed = exports.list.iter().filter_map(module_of);
    let needed = needed.flat_map(|module| order.uses(module));
    let needed = dependencies(
        cx.names,
        order,
        needed.filter(|module| !exports.has(*module)).collect(),
    );
    for export in &exports.list {
        if export.name.is_none()
            && let What::Module(module) = export.what
            && needed.contains(&order.position(module))
        {
            let export = (module, export.span);
            cx.report(needed_both_ways(cx.names, order, world, export, exports));
            break;
        }
    }
    let span = cx.names.declared[world].name.span;
    for position in imported.union(&needed) {
        let module = order.modules[*position];
        imports.add(Extern {
            name: None,
            what: What::Module(module),
            python: None,
            span,
            accessor: None,
        });
    }
}

/// `modules` and all modules whose types they use, directly or indirectly, by position in the order.
fn dependencies(names: &Names, order: &Order, mut modules: Vec<ModuleId>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    while let Some(module) = modules.pop() {
        let is_interface = names.declared[module].kind == ModuleKind::Interface;
        if is_interface && found.insert(order.position(module)) {
            modules.extend(order.uses(module));
        }
    }
    found
}

fn needed_both_ways(
    names: &Names,
    order: &Order,
    world: ModuleId,
    (module, export): (ModuleId, Span),
    exports: &Externs,
) -> Diagnostic {
    let name = &names.declared[module].name.text;
    let message = format!(
        "the world `{}` would need `{name}` twice: exported, and imported",
        names.declared[world].name.text
    );
    let mut diagnostic = Diagnostic::new(
        Code::IncompatibleExports,
        names.declared[world].name.span,
        message,
        "",
    )
    .cause(export, "exported here");
    // The interface on the path that is not exported, and so must be imported.
    let between = exports
        .list
        .iter()
        .filter_map(|export| match export.what {
            What::Module(module) => Some(module),
            _ => None,
        })
        .flat_map(|export| order.uses(export))
        .find(|between| {
            !exports.has(*between)
                && dependencies(names, order, vec![*between]).contains(&order.position(module))
        });
    if let Some(between) = between {
        let between = &names.declared[between].name;
        diagnostic = diagnostic
            .cause(
                between.span,
                format!("imported for an export, and uses `{name}`"),
            )
            .help(format!("export it too: `export {};`", between.text));
    }
    diagnostic
}
