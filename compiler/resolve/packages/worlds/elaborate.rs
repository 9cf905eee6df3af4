//! The implicit imports of a world: the interfaces whose types its imports and exports use.

use std::collections::BTreeSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::ModuleId;
use crate::resolve::Resolver;
use crate::resolve::declarations::ModuleKind;
use crate::resolve::packages::externs::{Extern, Externs, What};
use crate::source::Span;

impl Resolver<'_, '_> {
    /// Adds the interfaces to the imports whose types other imports or exports use. An interface that an export uses is imported
    /// too, unless it is itself exported; then no import may depend on it.
    pub(super) fn elaborate(&mut self, index: usize, imports: &mut Externs, exports: &Externs) {
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

    /// `modules` and all modules whose types they use, directly or indirectly, by position in the order.
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
        // The interface on the path that is not exported, and so must be imported.
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
