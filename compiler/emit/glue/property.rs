//! The shims of properties.

use crate::emit::glue::arguments::Arguments;
use crate::emit::glue::shim::{Frame, Parameter, ShimResult, ShimView, Writer};
use crate::emit::language::python::docstring;
use crate::render::layout::Layout;

impl Writer<'_> {
    /// The shim that reads a property.
    pub(crate) fn getter(&self) -> ShimView {
        const TEXT: &str = "&'static ::core::ffi::CStr";
        let docs = docstring::function_lines(self.binding);
        let frame = Frame {
            implements: "rt::Getter".to_owned(),
            function: "get",
            parameters: vec![Parameter::Receiver],
            result: ShimResult::Object,
        };
        self.shim(frame, Some(self.unary()))
            .with("NAME", TEXT, Layout::literal(&self.binding.python_name))
            .with("DOC", TEXT, Layout::literal(docstring::text(&docs)))
    }

    /// The shim that writes a property.
    pub(crate) fn setter(&self) -> ShimView {
        let value = &self.locals.operand;
        let mut arguments = Arguments::default();
        arguments.add(&self.speller(), &self.binding.arguments[0], value, "value");
        let frame = Frame {
            implements: "rt::Setter".to_owned(),
            function: "set",
            parameters: vec![Parameter::Receiver, Parameter::Operand(value.clone())],
            result: ShimResult::Value("()"),
        };
        self.shim(frame, Some(self.body(arguments, self.outcome().into())))
    }
}
