//! The statements of shims, except those that take arguments.

use crate::emit::glue::arguments::{INDENT, Passed};
use crate::emit::glue::shim::Writer;
use crate::emit::glue::user_path;
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::{self, Layout};
use crate::lower::binding::{Failure, Lock, Outcome, Returned, Role};
use crate::model::OperatorKind;

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
        let (this, layout) = (&self.locals.this, &self.scope.names.layout_parameter);
        Some(match self.binding.lock()? {
            Lock::Exclusive => format!("let mut {this} = {this}.exclusive::<{layout}>()?;"),
            Lock::Shared => format!("let {this} = {this}.shared::<{layout}>()?;"),
        })
    }

    /// The call of the user's function, and the end of the access to the value.
    pub(crate) fn call(&self, passed: Vec<Passed>, indent: usize) -> Vec<String> {
        let mut arguments: Vec<Layout> = Vec::new();
        let target = &self.locals.target;
        let mut statements = Vec::new();
        if let Some(lock) = self.binding.lock() {
            let reference = match lock {
                Lock::Exclusive => format!("&mut *{}", self.locals.this),
                Lock::Shared => format!("&*{}", self.locals.this),
            };
            if self.binding.needs.detached {
                statements.push(format!("let {target} = {reference};"));
                arguments.push(target.as_str().into());
            } else {
                arguments.push(reference.into());
            }
        }
        if self.binding.needs.token {
            arguments.push(self.python().into());
        }
        arguments.extend(passed.into_iter().map(Layout::from));
        let path = match self.binding.owner {
            None => user_path(self.scope),
            Some(class) => {
                let parameter = &self.scope.names.class_parameter;
                format!("<{parameter} as {}>", self.scope.class_trait(class))
            }
        };
        let call = Layout::call(format!("{path}::{}", self.binding.rust_name), arguments);
        if self.ends_with_call() {
            statements.push(call.format(indent, indent, 0));
            return statements;
        }
        let head = match self.binding.is_unit() {
            true => "let ()".to_owned(),
            false => format!("let {}", self.locals.result),
        };
        statements.push(match self.binding.needs.detached {
            true => layout::detached(&head, &self.locals.call, &call, indent),
            false => layout::assignment(&head, &call, indent),
        });
        if self.binding.lock().is_some() {
            statements.push(format!("::core::mem::drop({});", self.locals.this));
        }
        if self.binding.fails_with_value() {
            let (result, py) = (&self.locals.result, self.python());
            let conversion = match self.binding.outcome.error {
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
        self.binding.role == Role::Constructor
            && self.binding.needs.token
            && !self.binding.fails_with_value()
    }

    /// The result of the user's function, unless it failed.
    pub(crate) fn value(&self) -> String {
        let result = &self.locals.result;
        if self.binding.is_unit() {
            "()".to_owned()
        } else if self.binding.is_fallible() {
            format!("{result}?")
        } else {
            result.clone()
        }
    }

    /// The result of the user's function, as the last expression of a function whose error type is the runtime's.
    pub(crate) fn outcome(&self) -> String {
        // A user's function that gets the `Python` token has the same error type.
        match self.binding.needs.token {
            true => self.locals.result.clone(),
            false => format!("{}({})", self.scope.std("Ok"), self.value()),
        }
    }

    /// The conversion of the result, if no method of the call does it.
    pub(crate) fn conversion(&self) -> String {
        let layout = &self.scope.names.layout_parameter;
        let (value, py) = (self.value(), &self.locals.py);
        let Outcome { returned, error } = &self.binding.outcome;
        match (returned, error) {
            (Returned::Iterator { .. }, None) => format!("rt::iterator_into_python({value}, {py})"),
            (Returned::Iterator { .. }, Some(_)) => {
                format!("rt::try_iterator_into_python({value}, {py})")
            }
            _ => format!("rt::IntoPython::into_python::<{layout}>({value}, {py})"),
        }
    }

    /// The statement that warns of a deprecated function.
    pub(crate) fn warning(&self, py: &str) -> Vec<String> {
        let Some(message) = &self.binding.warning else {
            return Vec::new();
        };
        let message = c_string::literal(message, INDENT + 4, INDENT + 4, 1);
        vec![
            Layout::call("rt::warn_deprecated", vec![py.into(), message.into()])
                .format(INDENT, INDENT, 2)
                + "?;",
        ]
    }

    fn is_call(&self) -> bool {
        match self.binding.role {
            Role::Function | Role::Constructor | Role::Method => true,
            Role::Operator(kind) => kind == OperatorKind::Call,
            Role::Getter | Role::Setter => false,
        }
    }
}
