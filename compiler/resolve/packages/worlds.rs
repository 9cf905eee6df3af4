//! Worlds: what each exports and imports, what it includes of others, and what its exports need besides.

use std::collections::{BTreeSet, HashMap};

use super::externs::{Extern, Externs, What};
use super::find::Wanted;
use super::order::Link;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{FunctionId, ModuleId, Name};
use crate::resolve::Resolver;
use crate::resolve::accessors::no_getter;
use crate::resolve::attributes::Site;
use crate::resolve::declarations::{Declared, ModuleKind};
use crate::source::Span;
use crate::syntax::ast::{
    self, Accessor, AttributeValue, Direction, ExternKind, FunctionBody, ItemKind, LiteralKind,
};

/// A world.
#[derive(Debug)]
pub(in crate::resolve) struct World<'a> {
    /// Its types are items of this.
    pub(super) module: ModuleId,
    statements: Vec<Statement<'a>>,
    pub(super) imports: Externs,
    pub(super) exports: Externs,
}

/// What stands in a world, besides types.
#[derive(Clone, Debug)]
enum Statement<'a> {
    Extern {
        direction: Direction,
        what: What,
        name: Option<&'a ast::Name>,
        path: Option<&'a ast::UsePath>,
        python: Option<String>,
        span: Span,
    },
    Include {
        include: &'a ast::Include,
        /// None: reported.
        world: Option<usize>,
    },
}

impl<'a> Resolver<'a, '_> {
    /// Declares a world and what is in it.
    pub(super) fn declare_world(&mut self, world: &'a ast::World, item: &'a ast::Item) {
        let outer = self.current;
        let index = self.packages.worlds.len();
        let kind = ModuleKind::World(index);
        let module = self.declare_named(&world.name, item, kind, Site::World);
        self.packages.worlds.push(World {
            module,
            statements: Vec::new(),
            imports: Externs::default(),
            exports: Externs::default(),
        });
        if self.declared[module].hidden.is_none() {
            for item in &world.items {
                self.current = module;
                if let Some(statement) = self.declare_statement(item) {
                    self.packages.worlds[index].statements.push(statement);
                }
            }
        }
        self.current = outer;
    }

    fn declare_statement(&mut self, item: &'a ast::Item) -> Option<Statement<'a>> {
        match &item.kind {
            ItemKind::Extern(external) => self.declare_extern(external, item),
            ItemKind::Include(include) => {
                self.attributes(&item.meta, Site::Include);
                self.hidden(&item.meta, include.path.span)
                    .is_none()
                    .then_some(Statement::Include {
                        include,
                        world: None,
                    })
            }
            _ => {
                self.declare(std::slice::from_ref(item));
                None
            }
        }
    }

    fn declare_extern(
        &mut self,
        external: &'a ast::Extern,
        item: &'a ast::Item,
    ) -> Option<Statement<'a>> {
        // What is exported is called as Python calls it; what is imported by whatever name it has.
        let python = match external.direction {
            Direction::Export => string_argument(&item.meta, &["py.name"]),
            Direction::Import => string_argument(&item.meta, &["py.name", "external-id"]),
        };
        let name = external.name.as_ref();
        let (what, path) = match (&external.kind, name) {
            (ExternKind::Path(path), _) => {
                self.attributes(&item.meta, Site::Extern);
                if self.hidden(&item.meta, path.span).is_some() {
                    return None;
                }
                (What::Nothing, Some(path))
            }
            (ExternKind::Interface(items), Some(name)) => {
                let module = self.declare_inner(name, item, ModuleKind::Inline, Site::Extern);
                if self.declared[module].hidden.is_some() {
                    return None;
                }
                self.current = module;
                self.declare(items);
                (What::Module(module), None)
            }
            (ExternKind::Function(_), Some(name)) => {
                if self.hidden(&item.meta, name.span).is_some() {
                    return None;
                }
                let function = self.extern_functions.get(&item.span)?;
                let attributes = self.attributes(&item.meta, Site::Extern);
                let name = self.name(name, &attributes);
                self.declared.functions.push(Declared {
                    name,
                    module: self.current,
                    meta: &item.meta,
                    attributes,
                    ast: function,
                    span: item.span,
                });
                let id = FunctionId(self.declared.functions.len() as u32 - 1);
                (What::Function(id), None)
            }
            (ExternKind::Interface(_) | ExternKind::Function(_), None) => return None,
        };
        let span = match (name, path) {
            (Some(name), _) => name.span,
            (None, Some(path)) => path.span,
            (None, None) => item.span,
        };
        Some(Statement::Extern {
            direction: external.direction,
            what,
            name,
            path,
            python,
            span,
        })
    }

    /// Finds what the paths in worlds lead to.
    pub(super) fn find_externs(&mut self, links: &mut Vec<Link>) {
        for index in 0..self.packages.worlds.len() {
            let from = self.packages.worlds[index].module;
            let mut statements = std::mem::take(&mut self.packages.worlds[index].statements);
            for statement in &mut statements {
                let (path, found) = match statement {
                    Statement::Extern {
                        path: Some(path),
                        what,
                        ..
                    } => {
                        let found = self.find(path, from, Wanted::Interface);
                        *what = found.map_or(What::Nothing, What::Module);
                        (*path, found)
                    }
                    Statement::Extern { .. } => continue,
                    Statement::Include { include, world } => {
                        let found = self.find(&include.path, from, Wanted::World);
                        *world = found.and_then(|module| match self.declared[module].kind {
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
            self.packages.worlds[index].statements = statements;
        }
    }

    /// Works out what each world exports and imports, those that others include first.
    pub(in crate::resolve) fn connect_worlds(&mut self) {
        let order: Vec<usize> = self
            .order
            .modules
            .iter()
            .filter_map(|module| match self.declared[*module].kind {
                ModuleKind::World(index) => Some(index),
                _ => None,
            })
            .collect();
        for &index in &order {
            let statements = std::mem::take(&mut self.packages.worlds[index].statements);
            let (mut imports, mut exports) = (Externs::default(), Externs::default());
            self.world_types(index, &mut imports);
            for statement in &statements {
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
                    Direction::Import => (&mut imports, "imported"),
                    Direction::Export => (&mut exports, "exported"),
                };
                let new = Extern {
                    name: name.map(|name| Name {
                        text: name.text.clone(),
                        python: None,
                        span: name.span,
                    }),
                    what: *what,
                    python: python.clone(),
                    span: *span,
                    accessor: self.accessor_of(*what),
                };
                if *what != What::Nothing
                    && let Some(first) = externs.add(new)
                {
                    let diagnostic = self.twice_in_world(*span, first, verb);
                    self.report(diagnostic);
                }
            }
            for statement in &statements {
                if let Statement::Include {
                    include,
                    world: Some(other),
                } = statement
                {
                    self.include(include, *other, &mut imports, &mut exports);
                }
            }
            let lonely = imports.lonely_setters().chain(exports.lonely_setters());
            let lonely: Vec<_> = lonely
                .map(|(name, span)| no_getter(&name.text, span))
                .collect();
            lonely.into_iter().for_each(|finding| self.report(finding));
            self.elaborate(index, &mut imports, &exports);
            let world = &mut self.packages.worlds[index];
            world.imports = imports;
            world.exports = exports;
        }
    }

    /// Which half of a property a function is, if it is one.
    fn accessor_of(&self, what: What) -> Option<Accessor> {
        let What::Function(id) = what else {
            return None;
        };
        match &self.declared.functions[id.0 as usize].ast.body {
            FunctionBody::Signature(signature) => signature.accessor,
            FunctionBody::Overload(_) => None,
        }
    }

    fn twice_in_world(&self, span: Span, first: &Extern, verb: &str) -> Diagnostic {
        let text = self.sources.slice(span);
        let what = match first.what {
            What::Type(_) | What::Used => "is the name of a type already".to_owned(),
            _ => format!("is {verb} already"),
        };
        Diagnostic::new(Code::ExternConflict, span, format!("`{text}` {what}"), "")
            .cause(first.span, "first here")
    }

    /// The types of a world share their names with what it imports.
    fn world_types(&self, index: usize, imports: &mut Externs) {
        let module = &self.declared[self.packages.worlds[index].module];
        for &item in &module.items {
            let name = self.declared.name(item);
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
    }

    /// Adds what the world `other` exports and imports.
    fn include(
        &mut self,
        include: &ast::Include,
        other: usize,
        imports: &mut Externs,
        exports: &mut Externs,
    ) {
        let other = &self.packages.worlds[other];
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
            self.report(diagnostic);
        }
        let mut conflicts = Vec::new();
        for ((list, verb), externs) in sides.into_iter().zip([imports, exports]) {
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
            self.report(diagnostic);
        }
    }

    /// Adds the interfaces to the imports whose types the others use. Those that exports use are imported too, unless they
    /// are exports themselves; then nothing that is imported may use them.
    fn elaborate(&mut self, index: usize, imports: &mut Externs, exports: &Externs) {
        let module_of = |external: &Extern| match external.what {
            What::Module(module) => Some(module),
            _ => None,
        };
        let world = self.packages.worlds[index].module;
        let own = imports.list.iter().filter_map(module_of).chain([world]);
        let imported = self.dependencies(own.flat_map(|module| self.direct(module)).collect());
        let needed = exports.list.iter().filter_map(module_of);
        let needed = needed.flat_map(|module| self.direct(module));
        let needed = self.dependencies(needed.filter(|module| !exports.has(*module)).collect());
        for export in &exports.list {
            if export.name.is_none()
                && let What::Module(module) = export.what
                && needed.contains(&self.order.position(module))
            {
                let diagnostic = self.needed_both_ways(world, module, export.span, exports);
                self.report(diagnostic);
                break;
            }
        }
        let span = self.declared[world].name.span;
        for position in imported.union(&needed) {
            let module = self.order.modules[*position];
            imports.add(Extern {
                name: None,
                what: What::Module(module),
                python: None,
                span,
                accessor: None,
            });
        }
    }

    /// The interfaces whose types `module` uses.
    fn direct(&self, module: ModuleId) -> impl Iterator<Item = ModuleId> {
        self.order.dependencies[module.0 as usize].iter().copied()
    }

    /// `modules` and all whose types they use, by their position in the order.
    fn dependencies(&self, mut modules: Vec<ModuleId>) -> BTreeSet<usize> {
        let mut found = BTreeSet::new();
        while let Some(module) = modules.pop() {
            let is_interface = self.declared[module].kind == ModuleKind::Interface;
            if is_interface && found.insert(self.order.position(module)) {
                modules.extend(self.direct(module));
            }
        }
        found
    }

    fn needed_both_ways(
        &self,
        world: ModuleId,
        module: ModuleId,
        export: Span,
        exports: &Externs,
    ) -> Diagnostic {
        let name = &self.declared[module].name.text;
        let message = format!(
            "the world `{}` would need `{name}` twice: exported, and imported",
            self.declared[world].name.text
        );
        let mut diagnostic = Diagnostic::new(
            Code::IncompatibleExports,
            self.declared[world].name.span,
            message,
            "",
        )
        .cause(export, "exported here");
        // The interface on the way that is not exported, and so has to be imported.
        let between = exports
            .list
            .iter()
            .filter_map(|export| match export.what {
                What::Module(module) => Some(module),
                _ => None,
            })
            .flat_map(|export| self.direct(export))
            .find(|between| {
                !exports.has(*between)
                    && self
                        .dependencies(vec![*between])
                        .contains(&self.order.position(module))
            });
        if let Some(between) = between {
            let between = &self.declared[between].name;
            diagnostic = diagnostic
                .cause(
                    between.span,
                    format!("imported for an export, and uses `{name}`"),
                )
                .help(format!("export it too: `export {};`", between.text));
        }
        diagnostic
    }
}

/// The string after the first attribute of `meta` that is one of `names`.
pub(super) fn string_argument(meta: &ast::Meta, names: &[&str]) -> Option<String> {
    let named = |attribute: &&ast::Attribute| {
        let parts: Vec<&str> = attribute
            .path
            .parts
            .iter()
            .map(|part| part.text.as_str())
            .collect();
        names.contains(&parts.join(".").as_str())
    };
    let attribute = meta.attributes.iter().find(named)?;
    match &attribute.arguments.first()?.value {
        AttributeValue::Literal(ast::Literal {
            kind: LiteralKind::String(text),
            ..
        }) => Some(text.clone()),
        _ => None,
    }
}
