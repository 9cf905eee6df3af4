//! Rejects what an interface may declare but no target can generate yet.

mod classes;
mod contents;
mod functions;
mod results;
mod types;
mod usage;

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lower::analysis::Analysis;
use crate::lower::family::named_like_unions;
use crate::lower::modules::is_exported;
use crate::model::{
    Const, Exception, Field, Interface, ItemId, Name, Origin, Payload, RecordStyle,
};
use crate::resolve::prelude::prelude;
use contents::AliasContents;
use usage::Usage;

/// Reports everything in `interface` that no target can generate yet, each at the name of the enclosing definition. Targets may
/// be asked for their output only if nothing was reported.
pub fn check(interface: &Interface, diagnostics: &mut Diagnostics) {
    let mut check = Check {
        interface,
        analysis: Analysis::new(interface),
        aliases: AliasContents::new(interface),
        diagnostics,
    };
    if interface.is_world {
        check.refuse(
            &interface.root().name,
            "worlds are",
            "declare what it exports outside of it, at the top of the file or in an `interface`",
        );
        return;
    }
    let root = &interface.root().name;
    if !root.python.as_ref().unwrap_or(&root.text).is_ascii() {
        // PEP 489 would encode a non-ASCII name with Punycode in the name of the initialisation function.
        check.refuse(
            root,
            "modules with other than ASCII letters in their names are",
            "give the file or package another name",
        );
    }
    for module in &interface.modules {
        match &module.origin {
            Origin::Imported { .. } => {
                check.refuse(
                    &module.name,
                    "imports of Python modules are",
                    "take what Rust calls as a parameter: a callback `func(…)`, or `any`",
                );
            }
            // They are checked in the module that declares them.
            Origin::Foreign { .. } => {}
            Origin::Exported => {
                for item in named_like_unions(interface, module) {
                    let name = interface.home(item).expect("a type").1;
                    check.refuse(
                        name,
                        "types named like a variant's union of cases are",
                        "give one of the two another name",
                    );
                }
                module.items.iter().for_each(|item| check.item(*item));
            }
        }
    }
}

/// The help for records in another style.
const DATA_CLASS: &str = "leave out `@py.record(…)`: Python gets a data class";

struct Check<'a> {
    interface: &'a Interface,
    analysis: Analysis<'a>,
    aliases: AliasContents,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    /// Reports that `what`, such as "variants are", cannot be generated; `help` suggests an alternative.
    fn refuse(&mut self, name: &Name, what: &str, help: &str) {
        let message = format!("{what} not generated yet");
        let label = "checked, but nothing is generated from it";
        let diagnostic = Diagnostic::new(Code::NotGeneratedYet, name.span, message, label);
        self.diagnostics.report(diagnostic.help(help));
    }

    fn item(&mut self, item: ItemId) {
        let interface = self.interface;
        match item {
            ItemId::Record(id) => {
                let record = &interface[id];
                match record.style {
                    RecordStyle::DataClass => {}
                    RecordStyle::NamedTuple => {
                        self.refuse(&record.name, "named tuples are", DATA_CLASS);
                    }
                    RecordStyle::TypedDict => {
                        self.refuse(&record.name, "typed dictionaries are", DATA_CLASS);
                    }
                }
                self.fields(&record.fields);
            }
            ItemId::Variant(id) => {
                for case in &interface[id].cases {
                    match &case.payload {
                        Payload::None => {}
                        Payload::Tuple(types) => {
                            for ty in types {
                                self.ty(&case.name, ty, Usage::Field);
                            }
                        }
                        Payload::Fields(fields) => self.fields(fields),
                    }
                }
            }
            ItemId::Enum(_) | ItemId::Flags(_) => {}
            ItemId::Exception(id) => self.exception(&interface[id]),
            ItemId::Class(id) => self.class(&interface[id]),
            ItemId::Protocol(id) => self.refuse(
                &interface[id].name,
                "protocols are",
                "take a callback `func(…)` for what Rust calls, or `any`",
            ),
            ItemId::Alias(id) => {
                self.returned(&interface[id].name, &interface[id].ty, Usage::Alias);
            }
            ItemId::Function(id) => self.function(&interface[id]),
            ItemId::Const(id) => self.constant(&interface[id]),
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            self.ty(&field.name, &field.ty, Usage::Field);
        }
    }

    fn exception(&mut self, exception: &Exception) {
        let base = exception.base.map(|base| &self.interface[base]);
        if base.is_some_and(|base| !base.builtin && !is_exported(self.interface, base.module)) {
            // The other extension module does not know of the subclass.
            self.refuse(
                &exception.name,
                "exceptions that extend those of other modules are",
                "extend a builtin one, or declare both in one module",
            );
        }
        if let Some(base) = base.filter(|base| base.builtin) {
            let known = prelude().exceptions.iter();
            let mut sealed = known.filter(|known| known.sealed && known.name == base.name.text);
            if sealed.next().is_some() {
                let what = format!("exceptions that extend `{}` are", base.name.text);
                self.refuse(
                    &exception.name,
                    &what,
                    "extend another one, such as `value-error`",
                );
            }
        }
        self.fields(&exception.fields);
    }

    fn constant(&mut self, constant: &Const) {
        if self.analysis.contents(&constant.ty).instance {
            return self.refuse(
                &constant.name,
                "constants that are or hold instances of classes are",
                "leave it out, or return the value from a function",
            );
        }
        self.ty(&constant.name, &constant.ty, Usage::Const);
    }
}
