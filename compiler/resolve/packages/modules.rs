//! Gives interfaces, worlds and items their indices, and adds their names to the scope around them.

use std::collections::HashMap;

use super::tables::{PackageId, Statement, Use, UseKind, What, World};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    self, AliasId, ClassId, ConstId, EnumId, ExceptionId, FlagsId, FunctionId, ItemId, ModuleId,
    ProtocolId, RecordId, VariantId,
};
use crate::resolve::attributes::{self, Site};
use crate::resolve::context::Binder;
use crate::resolve::declarations::{Declared, DeclaredModule, ModuleKind, NameCase};
use crate::resolve::docs::docs_with;
use crate::resolve::findings::Findings;
use crate::resolve::lookup::{Names, Where};
use crate::resolve::scope::{Entity, Scope};
use crate::resolve::{gates, identifiers};
use crate::source::Span;
use crate::syntax::ast::{self, AttributeValue, Direction, ExternKind, ItemKind, LiteralKind};

/// Declares an item of a module. `None` if an error was already reported.
fn declare_item<'a>(
    cx: &mut Binder<'a>,
    at: Where,
    item: &'a ast::Item,
) -> Option<(&'a ast::Name, ItemId)> {
    let attributes =
        |cx: &mut Binder<'a>, site| attributes::read(&mut cx.context(), at, &item.meta, site);
    macro_rules! declare {
        ($site:ident, $ast:ident, $field:ident, $id:ident) => {{
            let attributes = attributes(cx, Site::$site);
            let name = match Site::$site {
                Site::Function => {
                    identifiers::value_name(&mut cx.context(), at, &$ast.name, &attributes)
                }
                _ => identifiers::declared_name(&mut cx.findings, &$ast.name, &attributes),
            };
            let items = &mut cx.names.declared.$field;
            items.push(Declared {
                name,
                module: at.module,
                meta: &item.meta,
                attributes,
                ast: $ast,
                span: item.span,
            });
            (&$ast.name, ItemId::$site($id(items.len() as u32 - 1)))
        }};
    }
    Some(match &item.kind {
        ItemKind::Alias(alias) => declare!(Alias, alias, aliases, AliasId),
        ItemKind::Record(record) => declare!(Record, record, records, RecordId),
        ItemKind::Enum(enumeration) => declare!(Enum, enumeration, enums, EnumId),
        ItemKind::Variant(variant) => declare!(Variant, variant, variants, VariantId),
        ItemKind::Flags(members) => declare!(Flags, members, flags, FlagsId),
        ItemKind::Exception(exception) => {
            declare!(Exception, exception, exceptions, ExceptionId)
        }
        ItemKind::Protocol(protocol) => declare!(Protocol, protocol, protocols, ProtocolId),
        ItemKind::Class(class) => declare!(Class, class, classes, ClassId),
        ItemKind::Function(function) => {
            declare!(Function, function, functions, FunctionId)
        }
        ItemKind::Const(constant) => declare!(Const, constant, consts, ConstId),
        ItemKind::Constructor(_) | ItemKind::Property(_) | ItemKind::Operator(_) => {
            let message = "constructors, properties and operators belong into a class";
            cx.findings.error(Code::Misplaced, item.span, message, "");
            return None;
        }
        ItemKind::Interface(_)
        | ItemKind::NestedPackage(_)
        | ItemKind::Use(_)
        | ItemKind::UseNames(_)
        | ItemKind::World(_)
        | ItemKind::ImportBlock(_)
        | ItemKind::Extern(_)
        | ItemKind::Include(_) => return None,
    })
}

/// A module without its contents.
pub(super) fn declare_module(
    names: &mut Names,
    name: model::Name,
    kind: ModuleKind,
    outer: Option<ModuleId>,
    package: PackageId,
) -> ModuleId {
    names.declared.modules.push(DeclaredModule {
        name,
        docs: model::Docs::default(),
        kind,
        outer,
        case: NameCase::default(),
        package,
        hidden: None,
        items: Vec::new(),
        scope: Scope::default(),
        files: Default::default(),
    });
    ModuleId(names.declared.modules.len() as u32 - 1)
}

/// Declares items of a module.
pub(super) fn declare<'a>(cx: &mut Binder<'a>, at: Where, items: &'a [ast::Item]) {
    for item in items {
        match &item.kind {
            ItemKind::NestedPackage(_) => {}
            ItemKind::Interface(interface) => {
                let kind = ModuleKind::Interface;
                declare_container(cx, at, &interface.name, item, kind, Site::Interface);
            }
            ItemKind::ImportBlock(import) => {
                identifiers::check_python_module(&mut cx.findings, &import.module);
                let kind = ModuleKind::Import(import.module.value.clone());
                declare_container(cx, at, &import.name, item, kind, Site::Import);
            }
            ItemKind::World(world) => declare_world(cx, at, world, item),
            ItemKind::Use(used) => {
                declare_use(cx, at, item, UseKind::Module(used), used.path.span);
            }
            ItemKind::UseNames(used) => {
                declare_use(cx, at, item, UseKind::Names(used), used.path.span);
            }
            _ => declare_here(cx, at, item),
        }
    }
}

/// Declares an item of a module unless a gate hides it.
fn declare_here<'a>(cx: &mut Binder<'a>, at: Where, item: &'a ast::Item) {
    let name = item.kind.name();
    let span = name.map_or(item.span, |name| name.span);
    if let Some(feature) = gates::hidden(&mut cx.context(), at, &item.meta, span) {
        if let ItemKind::Class(class) = &item.kind {
            gates::refuse_members_always_there(&mut cx.context(), at, class, &feature);
        }
        if let Some(name) = name {
            let entity = cx.names.packages.hide(feature);
            if let Some(first) = cx.names.declared[at.module].scope.declare(name, entity) {
                declared_twice(&mut cx.findings, name, first);
            }
        }
    } else if let Some((name, id)) = declare_item(cx, at, item) {
        let module = &mut cx.names.declared[at.module];
        let is_hidden = matches!(module.scope.entity(&name.text), Some(Entity::Hidden(_)));
        let first = module.scope.declare(name, Entity::Item(id));
        module.items.push(id);
        if let Some(first) = first.filter(|_| is_hidden) {
            declared_twice(&mut cx.findings, name, first);
        }
    }
}

fn declare_use<'a>(
    cx: &mut Binder<'a>,
    at: Where,
    item: &'a ast::Item,
    kind: UseKind<'a>,
    span: Span,
) {
    attributes::read(&mut cx.context(), at, &item.meta, Site::Use);
    let hidden = gates::hidden(&mut cx.context(), at, &item.meta, span);
    cx.names.packages.uses.push(Use {
        module: at.module,
        kind,
        hidden,
    });
}

/// Declares a module in another one, with its contents.
fn declare_container<'a>(
    cx: &mut Binder<'a>,
    at: Where,
    name: &'a ast::Name,
    item: &'a ast::Item,
    kind: ModuleKind,
    site: Site,
) {
    let module = declare_named(cx, at, name, item, kind, site);
    match cx.names.declared[module].hidden.clone() {
        Some(feature) => gates::refuse_types_always_there(
            &mut cx.context(),
            at,
            name,
            item.kind.items(),
            &feature,
        ),
        None => declare(cx, Where::module(module), item.kind.items()),
    }
}

/// A module in another one that others find by its name, without its contents.
fn declare_named<'a>(
    cx: &mut Binder<'a>,
    at: Where,
    name: &'a ast::Name,
    item: &'a ast::Item,
    kind: ModuleKind,
    site: Site,
) -> ModuleId {
    let module = declare_inner(cx, at, name, item, kind, site);
    let scope = &mut cx.names.declared[at.module].scope;
    if let Some(first) = scope.declare_module(name, module) {
        declared_twice(&mut cx.findings, name, first);
    }
    module
}

fn declared_twice(findings: &mut Findings, name: &ast::Name, first: Span) {
    let message = format!("`{}` is declared twice", name.text);
    findings.report(
        Diagnostic::new(Code::DuplicateName, name.span, message, "")
            .cause(first, "first declared here"),
    );
}

/// A module in another one, without its contents.
fn declare_inner<'a>(
    cx: &mut Binder<'a>,
    at: Where,
    name: &'a ast::Name,
    item: &'a ast::Item,
    kind: ModuleKind,
    site: Site,
) -> ModuleId {
    let attributes = attributes::read(&mut cx.context(), at, &item.meta, site);
    let hidden = gates::hidden(&mut cx.context(), at, &item.meta, name.span);
    let name = identifiers::declared_name(&mut cx.findings, name, &attributes);
    // The declarations of a world are not visible in the interfaces inside it.
    let outer = match cx.names.declared[at.module].kind {
        ModuleKind::World(_) => cx.names.declared[at.module].outer,
        _ => Some(at.module),
    };
    let package = cx.names.declared[at.module].package;
    // An imported module follows Python's own naming convention, whatever the convention around it.
    let around = match kind {
        ModuleKind::Import(_) => NameCase::default(),
        _ => cx.names.declared[at.module].case,
    };
    let module = declare_module(&mut cx.names, name, kind, outer, package);
    cx.names.declared[module].case = attributes.names.map_or(around, |(case, _)| case);
    cx.names.declared[module].docs = docs_with(&item.meta, attributes.deprecated.as_ref());
    cx.names.declared[module].hidden = hidden;
    module
}

/// Declares a world and its contents.
fn declare_world<'a>(cx: &mut Binder<'a>, at: Where, world: &'a ast::World, item: &'a ast::Item) {
    let index = cx.names.packages.worlds.len();
    let kind = ModuleKind::World(index);
    let module = declare_named(cx, at, &world.name, item, kind, Site::World);
    cx.names.packages.worlds.push(World {
        module,
        statements: Vec::new(),
    });
    if cx.names.declared[module].hidden.is_none() {
        let at = Where::module(module);
        for item in &world.items {
            if let Some(statement) = declare_statement(cx, at, item) {
                cx.names.packages.worlds[index].statements.push(statement);
            }
        }
    }
}

fn declare_statement<'a>(
    cx: &mut Binder<'a>,
    at: Where,
    item: &'a ast::Item,
) -> Option<Statement<'a>> {
    match &item.kind {
        ItemKind::Extern(external) => declare_extern(cx, at, external, item),
        ItemKind::Include(include) => {
            attributes::read(&mut cx.context(), at, &item.meta, Site::Include);
            gates::hidden(&mut cx.context(), at, &item.meta, include.path.span)
                .is_none()
                .then_some(Statement::Include {
                    include,
                    world: None,
                })
        }
        _ => {
            declare(cx, at, std::slice::from_ref(item));
            None
        }
    }
}

fn declare_extern<'a>(
    cx: &mut Binder<'a>,
    at: Where,
    external: &'a ast::Extern,
    item: &'a ast::Item,
) -> Option<Statement<'a>> {
    // Only `@py.name` can name an export; `@external-id` can name an import, too.
    let python = match external.direction {
        Direction::Export => string_argument(&item.meta, &["py.name"]),
        Direction::Import => string_argument(&item.meta, &["py.name", "external-id"]),
    };
    let name = external.name.as_ref();
    let (what, path) = match (&external.kind, name) {
        (ExternKind::Path(path), _) => {
            attributes::read(&mut cx.context(), at, &item.meta, Site::Extern);
            if gates::hidden(&mut cx.context(), at, &item.meta, path.span).is_some() {
                return None;
            }
            (What::Nothing, Some(path))
        }
        (ExternKind::Interface(items), Some(name)) => {
            let module = declare_inner(cx, at, name, item, ModuleKind::Inline, Site::Extern);
            if cx.names.declared[module].hidden.is_some() {
                return None;
            }
            declare(cx, Where::module(module), items);
            (What::Module(module), None)
        }
        (ExternKind::Function(_), Some(name)) => {
            if gates::hidden(&mut cx.context(), at, &item.meta, name.span).is_some() {
                return None;
            }
            let function = cx.extern_functions.get(&item.span)?;
            let attributes = attributes::read(&mut cx.context(), at, &item.meta, Site::Extern);
            let name = identifiers::value_name(&mut cx.context(), at, name, &attributes);
            cx.names.declared.functions.push(Declared {
                name,
                module: at.module,
                meta: &item.meta,
                attributes,
                ast: function,
                span: item.span,
            });
            let id = FunctionId(cx.names.declared.functions.len() as u32 - 1);
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

/// The functions that the worlds of `files` export and import directly, as items of their own.
pub(crate) fn extern_functions<'f>(
    files: impl Iterator<Item = &'f ast::File>,
) -> HashMap<Span, ast::Function> {
    let mut functions = HashMap::new();
    for file in files {
        collect_functions(&file.items, &mut functions);
    }
    functions
}

fn collect_functions(items: &[ast::Item], functions: &mut HashMap<Span, ast::Function>) {
    for item in items {
        match &item.kind {
            ItemKind::NestedPackage(_) | ItemKind::World(_) => {
                collect_functions(item.kind.items(), functions);
            }
            ItemKind::Extern(ast::Extern {
                name: Some(name),
                kind: ExternKind::Function(signature),
                ..
            }) => {
                let function = ast::Function {
                    name: name.clone(),
                    body: ast::FunctionBody::Signature(signature.clone()),
                };
                functions.insert(item.span, function);
            }
            _ => {}
        }
    }
}

/// The string in the first attribute of `meta` whose name is in `names`.
fn string_argument(meta: &ast::Meta, names: &[&str]) -> Option<String> {
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
