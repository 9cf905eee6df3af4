//! The shims of properties.

use crate::emit::glue::arguments::{Arguments, INDENT};
use crate::emit::glue::shim::{Frame, Parameter, ShimResult, ShimView, Writer};
use crate::emit::language::python::docstring;
use crate::emit::language::rust::{c_string, layout};

impl Writer<'_> {
    /// The shim that reads a property.
    pub(crate) fn getter(&self) -> ShimView {
        let docs = docstring::function_lines(self.binding);
        let constants = [
            ("NAME", self.binding.python_name.clone()),
            ("DOC", docstring::text(&docs)),
        ];
        let constants = constants.map(|(name, text)| {
            let head = format!("const {name}: &'static ::core::ffi::CStr = ");
            let literal = c_string::literal(&text, 8, 4 + layout::width(&head), 1);
            format!("{head}{literal};")
        });
        let frame = Frame {
            name: None,
            implements: "rt::Getter".to_owned(),
            signature: None,
            constants: constants.to_vec(),
            function: "get",
            parameters: vec![Parameter::Receiver],
            result: ShimResult::Object,
        };
        self.shim(frame, self.unary())
    }

    /// The shim that writes a property.
    pub(crate) fn setter(&self) -> ShimView {
        let value = &self.locals.operand;
        let mut arguments = Arguments::at(INDENT);
        arguments.add(&self.speller(), &self.binding.arguments[0], value, "value");
        let mut statements = self.warning(&format!("{}.object().py()", self.locals.this));
        if self.binding.needs.token {
            statements.push(self.token());
        }
        statements.extend(arguments.statements);
        statements.extend(self.access());
        statements.extend(self.call(arguments.passed, INDENT));
        statements.push(self.outcome());
        let frame = Frame {
            name: None,
            implements: "rt::Setter".to_owned(),
            signature: None,
            constants: Vec::new(),
            function: "set",
            parameters: vec![Parameter::Receiver, Parameter::Operand(value.clone())],
            result: ShimResult::Value("()"),
        };
        self.shim(frame, statements)
    }
}
