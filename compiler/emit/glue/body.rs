//! The statements of shims, except those that take arguments.

use crate::emit::glue::arguments::INDENT;
use crate::emit::glue::shim::Writer;
use crate::emit::glue::user_path;
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::{self, Layout};
use crate::lower::binding::{Failure, Role};
use crate::lower::names::{python_type, python_value};
use crate::model::{Deprecation, OperatorKind, Receiver};

impl Writer<'_> {
    /// The statements of a shim that takes only the instance and returns a Python object.
    pub(crate) fn unary(&self) -> Vec<String> {
        let mut statements = self.warning(&format!("{}.object().py()", self.locals.this));
        statements.push(self.token());
        statements.extend(self.access());
        statements.extend(self.call(Vec::new(), INDENT));
        statements.push(self.conversion());
        statements
    }

    /// `let py = …;`
    pub(crate) fn token(&self) -> String {
        format!(
            "let {} = {}.object().py();",
            self.locals.py, self.locals.this
        )
    }

    /// The statement that accesses the value of the instance.
    pub(crate) fn access(&self) -> Option<String> {
        if !self.has_receiver() {
            return None;
        }
        let (this, layout) = (&self.locals.this, &self.scope.names.layout_parameter);
        Some(match self.model().receiver {
            Receiver::Mut => format!("let mut {this} = {this}.exclusive::<{layout}>()?;"),
            _ => format!("let {this} = {this}.shared::<{layout}>()?;"),
        })
    }

    /// The call of the user's function, and the end of the access to the value.
    pub(crate) fn call(&self, passed: Vec<Layout>, indent: usize) -> Vec<String> {
        let mut arguments: Vec<Layout> = Vec::new();
        let target = &self.locals.target;
        let mut statements = Vec::new();
        if self.has_receiver() {
            let reference = match self.model().receiver {
                Receiver::Mut => format!("&mut *{}", self.locals.this),
                _ => format!("&*{}", self.locals.this),
            };
            if self.model().detached {
                statements.push(format!("let {target} = {reference};"));
                arguments.push(target.as_str().into());
            } else {
                arguments.push(reference.into());
            }
        }
        if self.callable.needs_python {
            arguments.push(self.python().into());
        }
        arguments.extend(passed);
        let path = match self.callable.owner {
            None => user_path(self.scope),
            Some(class) => {
                let parameter = &self.scope.names.class_parameter;
                format!("<{parameter} as {}>", self.scope.class_trait(class))
            }
        };
        let call = Layout::call(format!("{path}::{}", self.callable.rust_name), arguments);
        if self.ends_with_call() {
            statements.push(call.format(indent, indent, 0));
            return statements;
        }
        let head = match self.is_unit() {
            true => "let ()".to_owned(),
            false => format!("let {}", self.locals.result),
        };
        statements.push(match self.model().detached {
            true => layout::detached(&head, &self.locals.call, &call, indent),
            false => layout::assignment(&head, &call, indent),
        });
        if self.has_receiver() {
            statements.push(format!("::core::mem::drop({});", self.locals.this));
        }
        if self.callable.fails_with_value() {
            let (result, py) = (&self.locals.result, self.python());
            let conversion = match self.callable.error {
                Some(Failure::Unit) => format!("|()| rt::failure_without_value({py})"),
                _ => format!("|error| rt::failure({py}, error)"),
            };
            let link = format!("map_err({conversion})");
            let head = format!("let {result}");
            statements.push(layout::chain(&head, result, &[link], indent));
        }
        statements
    }

    /// The token that proves that the thread is attached.
    fn python(&self) -> String {
        match self.is_call() {
            true => format!("{}.py()", self.locals.call),
            false => self.locals.py.clone(),
        }
    }

    /// Whether the shim returns the result of the user's function unchanged.
    pub(crate) fn ends_with_call(&self) -> bool {
        self.callable.role == Role::Constructor
            && self.callable.needs_python
            && !self.callable.fails_with_value()
    }

    /// Whether the user's function returns nothing.
    fn is_unit(&self) -> bool {
        let is_made = self.callable.role == Role::Constructor;
        self.model().result.is_none()
            && !is_made
            && !self.callable.is_fallible(self.scope.interface)
    }

    /// The result of the user's function, unless it failed.
    pub(crate) fn value(&self) -> String {
        let result = &self.locals.result;
        if self.is_unit() {
            "()".to_owned()
        } else if self.callable.is_fallible(self.scope.interface) {
            format!("{result}?")
        } else {
            result.clone()
        }
    }

    /// The result of the user's function, as the last expression of a function whose error type is the runtime's.
    pub(crate) fn outcome(&self) -> String {
        // A user's function that gets the `Python` token has the same error type.
        match self.callable.needs_python {
            true => self.locals.result.clone(),
            false => format!("{}({})", self.scope.std("Ok"), self.value()),
        }
    }

    /// The conversion of the result, if no method of the call does it.
    pub(crate) fn conversion(&self) -> String {
        let layout = &self.scope.names.layout_parameter;
        let (value, py) = (self.value(), &self.locals.py);
        match (
            self.callable.yields(self.scope.interface),
            &self.callable.error,
        ) {
            (None, _) => format!("rt::IntoPython::into_python::<{layout}>({value}, {py})"),
            (Some(_), None) => format!("rt::iterator_into_python({value}, {py})"),
            (Some(_), Some(_)) => format!("rt::try_iterator_into_python({value}, {py})"),
        }
    }

    /// The statement that warns of a deprecated function.
    pub(crate) fn warning(&self, py: &str) -> Vec<String> {
        let interface = self.scope.interface;
        let class = self.callable.owner.map(|id| &interface[id]);
        let own = &self.model().deprecated;
        let deprecation = match (self.callable.role, class) {
            (Role::Constructor, Some(class)) if class.deprecated.is_some() => &class.deprecated,
            _ => own,
        };
        let Some(deprecation) = deprecation else {
            return Vec::new();
        };
        let class = class.map(|class| python_type(&class.name));
        let subject = match (class, self.callable.role) {
            (Some(class), Role::Constructor) => class,
            (Some(class), _) => format!("{class}.{}", python_value(&self.model().name)),
            (None, _) => python_value(&self.model().name),
        };
        let message = deprecation_text(&subject, deprecation);
        let message = c_string::literal(&message, INDENT + 4, INDENT + 4, 1);
        vec![
            Layout::call("rt::warn_deprecated", vec![py.into(), message.into()])
                .format(INDENT, INDENT, 2)
                + "?;",
        ]
    }

    fn is_call(&self) -> bool {
        match self.callable.role {
            Role::Function | Role::Constructor | Role::Method => true,
            Role::Operator(kind) => kind == OperatorKind::Call,
            Role::Getter | Role::Setter => false,
        }
    }
}

/// The deprecation warning for `subject`.
pub(super) fn deprecation_text(subject: &str, deprecation: &Deprecation) -> String {
    match &deprecation.message {
        Some(message) => format!("{subject} is deprecated: {message}"),
        None => format!("{subject} is deprecated"),
    }
}
