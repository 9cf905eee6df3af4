//! The declarations of a file that others can use, and its references to other files.

use crate::syntax::ast;

/// A reference of a path to something outside its file.
pub(super) enum Need {
    /// A package, with the version if one is given.
    Package(String, Option<String>),
    /// An interface of the same package, or a file.
    Near(String),
}

/// The packages that a file declares, nested ones included.
pub(super) fn package_names(tree: &ast::File) -> impl Iterator<Item = &ast::PackageName> {
    let own = tree.package.iter().map(|package| &package.name);
    let nested = tree.items.iter().filter_map(|item| match &item.kind {
        ast::ItemKind::NestedPackage(package) => Some(&package.name),
        _ => None,
    });
    own.chain(nested)
}

/// `acme:geometry`
pub(super) fn path_of(name: &ast::PackageName) -> String {
    joined(&name.namespaces, &name.names)
}

fn joined(namespaces: &[ast::Name], names: &[ast::Name]) -> String {
    let parts = namespaces.iter().chain(names.first());
    let parts: Vec<_> = parts.map(|name| name.text.as_str()).collect();
    parts.join(":")
}

/// Whether the items declare an interface or world of this name, also inside nested packages.
pub(super) fn declares(items: &[ast::Item], name: &str) -> bool {
    items.iter().any(|item| match &item.kind {
        ast::ItemKind::NestedPackage(package) => declares(&package.items, name),
        ast::ItemKind::Interface(interface) => interface.name.text == name,
        ast::ItemKind::World(world) => world.name.text == name,
        ast::ItemKind::ImportBlock(import) => import.name.text == name,
        _ => false,
    })
}

pub(super) fn collect_needs(items: &[ast::Item], needs: &mut Vec<Need>) {
    for item in items {
        let path = match &item.kind {
            ast::ItemKind::Use(used) => &used.path,
            ast::ItemKind::UseNames(used) => &used.path,
            ast::ItemKind::Include(include) => &include.path,
            ast::ItemKind::Extern(ast::Extern {
                kind: ast::ExternKind::Path(path),
                ..
            }) => path,
            kind => {
                collect_needs(kind.items(), needs);
                continue;
            }
        };
        needs.push(match path.names.first() {
            Some(name) if path.namespaces.is_empty() => Need::Near(name.text.clone()),
            _ => Need::Package(
                joined(&path.namespaces, &path.names),
                path.version.as_ref().map(|version| version.text.clone()),
            ),
        });
    }
}
