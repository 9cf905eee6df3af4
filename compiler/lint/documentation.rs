//! `missing-docs`

use super::Rule;
use super::context::{Container, Linter, item_name};
use crate::source::Span;
use crate::syntax::ast::{self, Item, ItemKind};

/// A module needs documentation if it has names of its own.
pub(super) fn check_module(linter: &mut Linter<'_, '_>, file: &ast::File) {
    let own = |item: &&Item| {
        !matches!(
            item.kind,
            ItemKind::NestedPackage(_)
                | ItemKind::Use(_)
                | ItemKind::UseNames(_)
                | ItemKind::Interface(_)
                | ItemKind::World(_)
                | ItemKind::ImportBlock(_)
        )
    };
    let on_package = |package: &ast::Package| !package.meta.docs.is_empty();
    let Some(first) = file.items.iter().find(own) else {
        return;
    };
    if !file.docs.is_empty() || file.package.as_ref().is_some_and(on_package) {
        return;
    }
    let span = match &file.package {
        Some(package) => package.name.span,
        None => Span {
            end: first.span.start,
            ..first.span
        },
    };
    linter.report(
        Rule::MissingDocs,
        span,
        "the module has no documentation",
        "",
        "say what it is for in the first lines: `//! …`",
    );
}

/// Definitions and methods need documentation. The class explains constructors and operators.
pub(super) fn check_item(linter: &mut Linter<'_, '_>, item: &Item, container: Container) {
    if container == Container::Import || !item.meta.docs.is_empty() {
        return;
    }
    let what = match &item.kind {
        ItemKind::Interface(_) => "interface",
        ItemKind::World(_) => "world",
        ItemKind::Alias(_) => "type",
        ItemKind::Record(_) => "record",
        ItemKind::Variant(_) => "variant",
        ItemKind::Enum(_) => "enum",
        ItemKind::Flags(_) => "flags",
        ItemKind::Const(_) => "constant",
        ItemKind::Exception(_) => "exception",
        ItemKind::Class(_) => "class",
        ItemKind::Protocol(_) => "protocol",
        ItemKind::Function(_) if container == Container::Class => "method",
        ItemKind::Function(_) => "function",
        ItemKind::Property(_) => "property",
        _ => return,
    };
    if let Some((name, _)) = item_name(item) {
        let have = if what == "flags" { "have" } else { "has" };
        linter.report(
            Rule::MissingDocs,
            name.span,
            format!("the {what} `{}` {have} no documentation", name.text),
            "",
            "write `/// …` in the line above",
        );
    }
}
