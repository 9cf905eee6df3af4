//! `unused-use`

use std::collections::HashSet;

use super::Rule;
use super::context::Linter;
use crate::syntax::ast::{
    self, ExternKind, FunctionBody, Item, ItemKind, ParameterKind, Path, Payload, Signature, Type,
    TypeArgument, TypeKind,
};

/// Every name that a `use` imports should be mentioned in its scope, or imported from there by another `use`.
pub(super) fn check(linter: &mut Linter<'_, '_>, file: &ast::File) {
    let mut used_on = HashSet::new();
    collect_used_on(&file.items, &mut used_on);
    check_items(linter, &file.items, None, &used_on);
}

/// The names that are used from each interface: (interface, name).
fn collect_used_on<'a>(items: &'a [Item], used_on: &mut HashSet<(&'a str, &'a str)>) {
    for item in items {
        if let ItemKind::UseNames(used) = &item.kind
            && let Some(interface) = used.path.names.last()
        {
            used_on.extend(
                used.names
                    .iter()
                    .map(|it| (interface.text.as_str(), it.name.text.as_str())),
            );
        }
        if let Some((_, items)) = inner_items(item) {
            collect_used_on(items, used_on);
        }
    }
}

fn check_items(
    linter: &mut Linter<'_, '_>,
    items: &[Item],
    interface: Option<&str>,
    used_on: &HashSet<(&str, &str)>,
) {
    let mut mentioned = Mentioned::default();
    if items
        .iter()
        .any(|item| matches!(item.kind, ItemKind::Use(_) | ItemKind::UseNames(_)))
    {
        mentioned.items(items);
    }
    for item in items {
        linter.within(&item.meta, |linter| {
            match &item.kind {
                ItemKind::UseNames(used) => {
                    for renaming in &used.names {
                        let name = renaming.alias.as_ref().unwrap_or(&renaming.name);
                        let passed_on =
                            interface.is_some_and(|it| used_on.contains(&(it, name.text.as_str())));
                        if !passed_on && !mentioned.0.contains(name.text.as_str()) {
                            unused(linter, name);
                        }
                    }
                }
                ItemKind::Use(used) => {
                    let name = used.alias.as_ref().or(used.path.names.last());
                    if let Some(name) =
                        name.filter(|name| !mentioned.0.contains(name.text.as_str()))
                    {
                        unused(linter, name);
                    }
                }
                _ => {}
            }
            if let Some((name, items)) = inner_items(item) {
                check_items(linter, items, name, used_on);
            }
        });
    }
}

fn unused(linter: &mut Linter<'_, '_>, name: &ast::Name) {
    linter.report(
        Rule::UnusedUse,
        name.span,
        format!("`{}` is imported and not used", name.text),
        "",
        "remove it from the `use`",
    );
}

/// The items of a module inside another, and its name.
fn inner_items(item: &Item) -> Option<(Option<&str>, &[Item])> {
    match &item.kind {
        ItemKind::Interface(interface) => Some((Some(&interface.name.text), &interface.items)),
        // Items in these are members.
        ItemKind::Class(_) | ItemKind::Protocol(_) => None,
        kind => Some((None, kind.items())),
    }
}

/// The words that refer to other declarations.
#[derive(Default)]
struct Mentioned<'a>(HashSet<&'a str>);

impl<'a> Mentioned<'a> {
    fn items(&mut self, items: &'a [Item]) {
        for item in items {
            self.item(item);
        }
    }

    fn item(&mut self, item: &'a Item) {
        match &item.kind {
            ItemKind::Use(_) => {}
            ItemKind::UseNames(used) => self.use_path(&used.path),
            ItemKind::Include(include) => self.use_path(&include.path),
            ItemKind::NestedPackage(package) => self.items(&package.items),
            ItemKind::Interface(interface) => self.items(&interface.items),
            ItemKind::World(world) => self.items(&world.items),
            ItemKind::ImportBlock(import) => self.items(&import.items),
            ItemKind::Extern(external) => match &external.kind {
                ExternKind::Path(path) => self.use_path(path),
                ExternKind::Interface(items) => self.items(items),
                ExternKind::Function(signature) => self.signature(signature),
            },
            ItemKind::Alias(alias) => self.optional_ty(alias.ty.as_ref()),
            ItemKind::Record(record) => self.fields(&record.fields),
            ItemKind::Variant(variant) => {
                for case in &variant.cases {
                    match &case.payload {
                        Payload::None => {}
                        Payload::Tuple(types) => types.iter().for_each(|ty| self.ty(ty)),
                        Payload::Fields(fields) => self.fields(fields),
                    }
                }
            }
            ItemKind::Enum(enumeration) | ItemKind::Flags(enumeration) => {
                self.optional_ty(enumeration.repr.as_ref());
            }
            ItemKind::Const(constant) => self.optional_ty(constant.ty.as_ref()),
            ItemKind::Exception(exception) => {
                self.paths(&exception.base);
                self.fields(&exception.fields);
            }
            ItemKind::Class(class) => {
                self.paths(&class.base);
                class.implements.iter().for_each(|ty| self.ty(ty));
                self.items(&class.items);
            }
            ItemKind::Protocol(protocol) => {
                self.paths(&protocol.bases);
                self.items(&protocol.items);
            }
            ItemKind::Property(property) => {
                self.optional_ty(property.ty.as_ref());
                self.paths(&property.raises);
            }
            ItemKind::Function(ast::Function { body, .. })
            | ItemKind::Constructor(ast::Constructor { body })
            | ItemKind::Operator(ast::Operator { body, .. }) => match body {
                FunctionBody::Signature(signature) => self.signature(signature),
                FunctionBody::Overload(alternatives) => {
                    alternatives
                        .iter()
                        .for_each(|it| self.signature(&it.signature));
                }
            },
        }
    }

    fn use_path(&mut self, path: &'a ast::UsePath) {
        if path.namespaces.is_empty() {
            self.0
                .extend(path.names.iter().map(|name| name.text.as_str()));
        }
    }

    fn paths(&mut self, paths: impl IntoIterator<Item = &'a Path>) {
        for path in paths {
            let first = path.parts.first().filter(|name| !name.builtin);
            self.0.extend(first.map(|name| name.text.as_str()));
        }
    }

    fn fields(&mut self, fields: &'a [ast::Field]) {
        fields
            .iter()
            .for_each(|field| self.optional_ty(field.ty.as_ref()));
    }

    fn signature(&mut self, signature: &'a Signature) {
        for parameter in &signature.parameters {
            match &parameter.kind {
                ParameterKind::Named { ty, .. }
                | ParameterKind::VarArgs { ty, .. }
                | ParameterKind::VarKeywords { ty, .. } => self.optional_ty(ty.as_ref()),
                ParameterKind::Slash | ParameterKind::Star => {}
            }
        }
        self.optional_ty(signature.result.as_ref());
        self.paths(&signature.raises);
    }

    fn optional_ty(&mut self, ty: Option<&'a Type>) {
        ty.into_iter().for_each(|ty| self.ty(ty));
    }

    fn ty(&mut self, ty: &'a Type) {
        match &ty.kind {
            TypeKind::Name(path) => self.paths([path]),
            TypeKind::Generic { name, arguments } => {
                if !name.builtin {
                    self.0.insert(&name.text);
                }
                for argument in arguments {
                    if let TypeArgument::Type(ty) = argument {
                        self.ty(ty);
                    }
                }
            }
            TypeKind::Function {
                parameters,
                result,
                raises,
                ..
            } => {
                parameters
                    .iter()
                    .for_each(|parameter| self.ty(&parameter.ty));
                self.optional_ty(result.as_deref());
                self.paths(raises);
            }
        }
    }
}
