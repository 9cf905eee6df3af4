//! The shims of functions, methods and constructors.

use crate::emit::glue::arguments::{Arguments, INDENT};
use crate::emit::glue::shim::{Frame, ShimView, Writer};
use crate::emit::glue::signature::{Heading, SignatureView, doc};
use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::scope::Scope;
use crate::lower::binding::{Callable, Role};
use crate::lower::names::{python_type, python_value};
use crate::lower::types::row_and_arguments;
use crate::model::{Function, ParameterKind, Receiver};

impl Writer<'_> {
    /// The shim of a function, method or constructor.
    pub(crate) fn function(&self) -> ShimView {
        let arguments = Arguments::of_call(&self.speller(), self.model(), &self.locals);
        let count = named_parameters(self.model());
        let call = format!("{}: &rt::Call<'py, {count}>", self.locals.call);
        let has_receiver = self.has_receiver();
        let (implements, parameters, result) = match self.callable.role {
            Role::Constructor => {
                let class = &self.scope.names.class_parameter;
                (
                    format!("rt::Constructor<{count}>"),
                    vec![call],
                    format!("rt::Result<{class}>"),
                )
            }
            _ if has_receiver => {
                let result = "rt::Returned<'py>".to_owned();
                (
                    format!("rt::Method<{count}>"),
                    vec![self.this(), call],
                    result,
                )
            }
            _ => (
                format!("rt::Function<{count}>"),
                vec![call],
                "rt::Returned<'py>".to_owned(),
            ),
        };
        let mut statements = self.warning(&format!("{}.py()", self.locals.call));
        statements.extend(arguments.statements);
        statements.extend(self.access());
        statements.extend(self.call(arguments.passed, INDENT));
        let (call, value) = (&self.locals.call, self.value());
        if !self.ends_with_call() {
            statements.push(match self.callable.role {
                Role::Constructor => self.outcome(),
                _ => format!("{call}.{}({value})", self.returns()),
            });
        }
        let frame = Frame {
            name: None,
            implements,
            signature: Some(self.signature()),
            constants: Vec::new(),
            function: "call",
            parameters,
            result,
        };
        self.shim(frame, statements)
    }

    fn signature(&self) -> SignatureView {
        let (interface, model) = (self.scope.interface, self.model());
        let class = self
            .callable
            .owner
            .map(|id| python_type(&interface[id].name));
        let qualified = |name: &str| match &class {
            Some(class) => format!("{class}.{name}"),
            None => name.to_owned(),
        };
        let (name, first) = match self.callable.role {
            Role::Constructor => ("__init__".to_owned(), First::Instance),
            Role::Operator(kind) => (kind.python_name().to_owned(), First::Instance),
            _ => (
                python_value(&model.name),
                match model.receiver {
                    _ if class.is_none() => First::Module,
                    Receiver::Static => First::Nothing,
                    Receiver::Class => First::Class,
                    Receiver::Shared | Receiver::Mut => First::Instance,
                },
            ),
        };
        let is_shown = self.callable.role != Role::Constructor;
        let docs = docstring::function_lines(interface, model);
        let doc = if is_shown {
            doc(interface, &name, first, model, &docs)
        } else {
            String::new()
        };
        let heading = Heading {
            name: &name,
            qualified_name: &qualified(&name),
            doc: &doc,
            first,
        };
        SignatureView::new(model, &heading, 8)
    }

    /// The method of the call that converts the result.
    fn returns(&self) -> String {
        let layout = &self.scope.names.layout_parameter;
        match (
            self.callable.yields(self.scope.interface),
            &self.callable.error,
        ) {
            (None, _) => format!("returns::<{layout}, _>"),
            (Some(_), None) => format!("returns_iterator::<{layout}, _>"),
            (Some(_), Some(_)) => format!("returns_try_iterator::<{layout}, _, _, _>"),
        }
    }
}

/// Returns how many parameters have names; `*args` and `**kwargs` do not count.
pub(crate) fn named_parameters(function: &Function) -> usize {
    let variadic = |kind| matches!(kind, ParameterKind::VarArgs | ParameterKind::VarKeywords);
    function
        .parameters
        .iter()
        .filter(|parameter| !variadic(parameter.kind))
        .count()
}

/// Whether a callable takes and returns only scalars and strings, so that its conversions are compiled for each object layout.
pub(crate) fn is_hot(scope: &Scope<'_>, callable: &Callable) -> bool {
    let interface = scope.interface;
    let function = &callable.function;
    let mut types = function
        .parameters
        .iter()
        .map(|parameter| &parameter.ty)
        .chain(&function.result);
    let is_plain = named_parameters(function) == function.parameters.len();
    is_plain
        && types
            .all(|ty| row_and_arguments(interface.expanded(ty)).is_some_and(|(row, _)| row.is_hot))
}
