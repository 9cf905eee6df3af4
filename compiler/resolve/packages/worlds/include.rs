//! `include`: adds the exports and imports of one world to another.

use std::collections::HashMap;

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::resolve::Resolver;
use crate::resolve::packages::externs::Externs;
use crate::syntax::ast;

impl Resolver<'_, '_> {
    /// Adds the exports and imports of the world `other`.
    pub(super) fn include(
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
}
