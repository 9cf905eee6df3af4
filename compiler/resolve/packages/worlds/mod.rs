//! Worlds: their exports and imports, their includes, and the imports that their exports need.

mod declare;
mod elaborate;
mod include;

use super::externs::{Extern, Externs, What};
use super::find::Wanted;
use super::order::Link;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ModuleId, Name};
use crate::resolve::Resolver;
use crate::resolve::accessors::no_getter;
use crate::resolve::declarations::ModuleKind;
use crate::source::Span;
use crate::syntax::ast::{self, Accessor, AttributeValue, Direction, FunctionBody, LiteralKind};

/// A world.
#[derive(Debug)]
pub(in crate::resolve) struct World<'a> {
    /// The module that its types are items of.
    pub(super) module: ModuleId,
    statements: Vec<Statement<'a>>,
    pub(super) imports: Externs,
    pub(super) exports: Externs,
}

/// The contents of a world, besides types.
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
        /// `None` if an error was already reported.
        world: Option<usize>,
    },
}

impl Resolver<'_, '_> {
    /// Resolves the paths in worlds.
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

    /// Determines the exports and imports of each world, included worlds first.
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

    /// The half of a property that a function is, if any.
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

    /// The types of a world share a namespace with its imports.
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
}

/// The string in the first attribute of `meta` whose name is in `names`.
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
