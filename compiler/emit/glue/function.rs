//! The shims of functions, methods and constructors.

use crate::emit::glue::arguments::Arguments;
use crate::emit::glue::shim::{Frame, Parameter, ShimResult, ShimView, Writer};
use crate::emit::glue::signature::{Heading, SignatureView, doc};
use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::First;
use crate::lower::binding::{Outcome, Returned, Role};

impl Writer<'_> {
    /// The shim of a function, method or constructor.
    pub(crate) fn function(&self) -> ShimView {
        let arguments = Arguments::of_call(&self.speller(), self.binding, &self.locals);
        let named = self.binding.named_arguments();
        let call = Parameter::Call {
            named,
            is_used: self.uses_call(),
        };
        let (implements, parameters, result) = match self.binding.role {
            Role::Constructor => ("Constructor", vec![call], ShimResult::Instance),
            _ if self.binding.lock().is_some() => (
                "Method",
                vec![Parameter::Receiver, call],
                ShimResult::Object,
            ),
            _ => ("Function", vec![call], ShimResult::Object),
        };
        let (call, value) = (&self.locals.call, self.value());
        let value = match self.binding.role {
            Role::Constructor => self.outcome(),
            _ => format!("{call}.{}({value})", self.returns()),
        };
        let frame = Frame {
            implements: format!("rt::{implements}<{named}>"),
            function: "call",
            parameters,
            result,
        };
        let body = self.body(arguments, value.into());
        self.shim(frame, Some(body))
            .with_signature(self.signature())
    }

    /// Whether a statement of the shim names the call.
    fn uses_call(&self) -> bool {
        let binding = self.binding;
        binding.role != Role::Constructor
            || !binding.arguments.is_empty()
            || binding.warning.is_some()
            || binding.needs.token
            || binding.fails_with_value()
    }

    fn signature(&self) -> SignatureView {
        let (interface, binding) = (self.scope.interface, self.binding);
        let first = match binding.role {
            Role::Constructor => First::Instance,
            _ => First::from(binding.receiver),
        };
        let (name, arguments) = (&binding.python_name, &binding.arguments);
        let doc = match binding.role {
            // It is that of the class.
            Role::Constructor => String::new(),
            _ => {
                let lines = docstring::function_lines(binding);
                doc(interface, name, first, arguments, &lines)
            }
        };
        let heading = Heading {
            name,
            qualified_name: &binding.qualified_name,
            doc: &doc,
            first,
        };
        SignatureView::new(arguments, &heading)
    }

    /// The method of the call that converts the result.
    fn returns(&self) -> String {
        let layout = &self.scope.names.layout_parameter;
        let Outcome { returned, error } = &self.binding.outcome;
        match (returned, error) {
            (Returned::Iterator { .. }, None) => format!("returns_iterator::<{layout}, _>"),
            (Returned::Iterator { .. }, Some(_)) => {
                format!("returns_try_iterator::<{layout}, _, _, _>")
            }
            _ => format!("returns::<{layout}, _>"),
        }
    }
}
