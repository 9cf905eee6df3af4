//! Constructs of the language that this version cannot handle. Each is reported once, where it stands, and its names
//! are declared, so that their uses are no errors of their own.

use super::Resolver;
use super::scope::Entity;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{self, ItemKind};

impl Resolver<'_, '_> {
    /// Reports `what`, such as "variants are" or "`async func` is".
    pub(super) fn unsupported(&mut self, span: Span, what: &str) {
        self.report(unsupported(span, what));
    }

    /// Reports an item and declares its names.
    pub(super) fn declare_unsupported<'a>(&mut self, item: &'a ast::Item) {
        let one = |name: &'a ast::Name| (vec![name], Some(name.span));
        let (what, (names, head)): (_, (Vec<&ast::Name>, _)) = match &item.kind {
            ItemKind::NestedPackage(package) => {
                ("nested packages are", (vec![], Some(package.name.span)))
            }
            ItemKind::Use(used) => {
                let name = used
                    .alias
                    .iter()
                    .chain(used.path.names.last())
                    .take(1)
                    .collect();
                ("`use` is", (name, Some(used.path.span)))
            }
            ItemKind::UseNames(used) => {
                let names = used
                    .names
                    .iter()
                    .map(|name| name.alias.as_ref().unwrap_or(&name.name));
                ("`use` is", (names.collect(), Some(used.path.span)))
            }
            ItemKind::World(world) => ("worlds are", one(&world.name)),
            ItemKind::ImportBlock(import) => ("imports of Python modules are", one(&import.name)),
            ItemKind::Extern(_) => ("exports and imports are", (vec![], None)),
            ItemKind::Include(include) => ("`include` is", (vec![], Some(include.path.span))),
            ItemKind::Constructor(_) | ItemKind::Property(_) | ItemKind::Operator(_) => {
                let message = "constructors, properties and operators belong into a class";
                self.error(Code::Misplaced, item.span, message, "");
                return;
            }
            ItemKind::Alias(_)
            | ItemKind::Record(_)
            | ItemKind::Variant(_)
            | ItemKind::Enum(_)
            | ItemKind::Flags(_)
            | ItemKind::Class(_)
            | ItemKind::Protocol(_)
            | ItemKind::Const(_)
            | ItemKind::Exception(_)
            | ItemKind::Function(_)
            | ItemKind::Interface(_) => return,
        };
        // Up to the name, so that the label does not cover all lines of the item.
        let end = head.map_or(item.span.end, |span| span.end);
        self.report(unsupported(Span { end, ..item.span }, what));
        for name in names {
            let module = self.current;
            self.declared[module]
                .scope
                .declare(name, Entity::Unsupported);
        }
    }
}

/// The finding that `what` cannot be handled yet.
pub(super) fn unsupported(span: Span, what: &str) -> Diagnostic {
    Diagnostic::new(
        Code::NotSupportedYet,
        span,
        format!("{what} not supported yet"),
        "",
    )
}
