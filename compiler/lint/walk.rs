//! Walks a tree and applies each rule to the nodes that it checks.

use super::context::{Container, Linter, item_name};
use super::{Rule, documentation, naming, shadowing, signatures};
use crate::syntax::ast::{
    self, ExternKind, FunctionBody, Item, ItemKind, Name, ParameterKind, Payload, Signature, Type,
    TypeArgument, TypeKind,
};

impl<'a> Linter<'a, '_> {
    pub(super) fn file(&mut self, file: &'a ast::File) {
        documentation::check_module(self, file);
        self.items(&file.items, Container::Module);
    }

    fn items(&mut self, items: &'a [Item], container: Container) {
        // Names of a module shadow those of the prelude in the whole module.
        let before = self.declared.len();
        self.declared.extend(items.iter().filter_map(|item| {
            item_name(item)?
                .1
                .then_some(item_name(item)?.0.text.as_str())
        }));
        for item in items {
            self.within(&item.meta, |linter| linter.item(item, container));
        }
        self.declared.truncate(before);
    }

    fn item(&mut self, item: &'a Item, container: Container) {
        documentation::check_item(self, item, container);
        shadowing::check(self, item, container);
        if let Some((name, _)) = item_name(item) {
            self.name(name);
        }
        match &item.kind {
            ItemKind::NestedPackage(package) => self.items(&package.items, Container::Module),
            ItemKind::Interface(interface) => self.items(&interface.items, Container::Module),
            ItemKind::World(world) => self.items(&world.items, Container::Module),
            ItemKind::ImportBlock(import) => self.items(&import.items, Container::Import),
            ItemKind::Extern(ast::Extern {
                direction, kind, ..
            }) => {
                let container = match direction {
                    ast::Direction::Export => Container::Module,
                    ast::Direction::Import => Container::Import,
                };
                match kind {
                    ExternKind::Path(_) => {}
                    ExternKind::Interface(items) => self.items(items, container),
                    ExternKind::Function(signature) => self.signature(signature, container),
                }
            }
            ItemKind::Alias(alias) => self.optional_ty(alias.ty.as_ref(), container),
            ItemKind::Record(record) => self.fields(&record.fields, container),
            ItemKind::Exception(exception) => self.fields(&exception.fields, container),
            ItemKind::Variant(variant) => {
                for case in &variant.cases {
                    self.within(&case.meta, |linter| {
                        linter.name(&case.name);
                        match &case.payload {
                            Payload::None => {}
                            Payload::Tuple(types) => {
                                types.iter().for_each(|ty| linter.ty(ty, container));
                            }
                            Payload::Fields(fields) => linter.fields(fields, container),
                        }
                    });
                }
            }
            ItemKind::Enum(enumeration) | ItemKind::Flags(enumeration) => {
                for member in &enumeration.members {
                    self.within(&member.meta, |linter| linter.name(&member.name));
                }
            }
            ItemKind::Const(constant) => self.optional_ty(constant.ty.as_ref(), container),
            ItemKind::Class(class) => self.items(&class.items, inner(container)),
            ItemKind::Protocol(protocol) => self.items(&protocol.items, inner(container)),
            ItemKind::Property(property) => self.optional_ty(property.ty.as_ref(), container),
            ItemKind::Function(ast::Function { body, .. })
            | ItemKind::Constructor(ast::Constructor { body }) => self.body(body, container, true),
            ItemKind::Operator(operator) => self.body(&operator.body, container, false),
            ItemKind::Use(_) | ItemKind::UseNames(_) | ItemKind::Include(_) => {}
        }
    }

    fn fields(&mut self, fields: &'a [ast::Field], container: Container) {
        for field in fields {
            self.within(&field.meta, |linter| {
                linter.name(&field.name);
                linter.optional_ty(field.ty.as_ref(), container);
            });
        }
    }

    /// The signatures of a function; `called`: it is called by its name, so arguments can be passed by keyword.
    fn body(&mut self, body: &'a FunctionBody, container: Container, called: bool) {
        match body {
            FunctionBody::Signature(signature) => {
                if called && container != Container::Import {
                    signatures::check(self, signature);
                }
                self.signature(signature, container);
            }
            FunctionBody::Overload(alternatives) => {
                for alternative in alternatives {
                    self.within(&alternative.meta, |linter| {
                        linter.name(&alternative.name);
                        if called && container != Container::Import {
                            signatures::check(linter, &alternative.signature);
                        }
                        linter.signature(&alternative.signature, container);
                    });
                }
            }
        }
    }

    fn signature(&mut self, signature: &'a Signature, container: Container) {
        for parameter in &signature.parameters {
            self.within(&parameter.meta, |linter| match &parameter.kind {
                ParameterKind::Named { name, ty, .. }
                | ParameterKind::VarArgs { name, ty }
                | ParameterKind::VarKeywords { name, ty } => {
                    linter.name(name);
                    linter.optional_ty(ty.as_ref(), container);
                }
                ParameterKind::Slash | ParameterKind::Star => {}
            });
        }
        self.optional_ty(signature.result.as_ref(), container);
    }

    fn optional_ty(&mut self, ty: Option<&'a Type>, container: Container) {
        ty.into_iter().for_each(|ty| self.ty(ty, container));
    }

    fn ty(&mut self, ty: &'a Type, container: Container) {
        if container != Container::Import {
            signatures::check_type(self, ty);
        }
        match &ty.kind {
            TypeKind::Name(_) => {}
            TypeKind::Generic { arguments, .. } => {
                for argument in arguments {
                    if let TypeArgument::Type(ty) = argument {
                        self.ty(ty, container);
                    }
                }
            }
            TypeKind::Function {
                parameters, result, ..
            } => {
                for parameter in parameters {
                    self.ty(&parameter.ty, container);
                }
                self.optional_ty(result.as_deref(), container);
            }
        }
    }

    fn name(&mut self, name: &'a Name) {
        if self.is_on(Rule::MixedNaming) && naming::has_several_words(name) {
            self.names.push(name);
        }
    }
}

/// The owner of the items of a class that is in `container`.
fn inner(container: Container) -> Container {
    match container {
        Container::Import => Container::Import,
        Container::Module | Container::Class => Container::Class,
    }
}
