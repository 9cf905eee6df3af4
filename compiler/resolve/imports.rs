//! Modules that are implemented in Python: `import json from "json" { … }`.

use super::Resolver;
use super::declarations::ModuleKind;
use super::identifiers::is_identifier;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ModuleId;
use crate::names;
use crate::source::Span;
use crate::syntax::ast;

impl Resolver<'_, '_> {
    /// Whether the items of `module` are implemented in Python.
    pub(super) fn is_python(&self, module: ModuleId) -> bool {
        matches!(self.declared[module].kind, ModuleKind::Import(_))
    }

    /// Checks the Python name of an imported module.
    pub(super) fn check_python_module(&mut self, module: &ast::Text) {
        let text = module.value.as_str();
        let wrong = text
            .split('.')
            .find(|part| !is_identifier(part) || names::python_keyword(part));
        let Some(part) = wrong else {
            return;
        };
        let message = match part {
            _ if text.starts_with('.') => {
                format!("{text:?} is relative, and there is nothing that it could be relative to")
            }
            _ if part == text => format!("{text:?} cannot be the name of a module of Python"),
            _ => format!("{text:?} cannot be the name of a module of Python, because of {part:?}"),
        };
        self.report(
            Diagnostic::new(Code::PythonName, module.span, message, "")
                .help("write the name as after Python's `import`: \"package.module\""),
        );
    }

    /// Reports an attribute that controls the export of Rust code, on an item that is implemented in Python.
    pub(super) fn exported_only(&mut self, name: &str, span: Span) {
        let message = format!("`@{name}` means nothing in an import");
        let diagnostic = Diagnostic::new(Code::MisplacedAttribute, span, message, "remove it");
        self.report(match name {
            "gil" => diagnostic.help("code in Python cannot run without the GIL"),
            _ => diagnostic.help("what is imported is as Python has made it"),
        });
    }
}
