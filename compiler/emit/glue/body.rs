//! What a shim does between taking its parameters and returning.

use serde::Serialize;

use crate::emit::glue::arguments::{Arguments, LetView, OperandView, Passed};
use crate::emit::glue::shim::Writer;
use crate::emit::glue::user_path;
use crate::lower::binding::{Failure, Lock, Outcome, Returned, Role};
use crate::model::OperatorKind;
use crate::render::layout::Layout;

/// The statements of a shim: they take the arguments, lock the instance, call the user's function and return its result.
#[derive(Debug, Serialize)]
pub(crate) struct BodyView {
    /// The call that warns of a deprecated function.
    warning: Option<Layout>,
    /// Whether the token that proves that the thread is attached is a variable.
    has_token: bool,
    py: String,
    instance: String,
    /// The type parameter for the layout of objects.
    layout: String,
    operand: Option<OperandView>,
    arguments: Vec<LetView>,
    lock: Option<LockView>,
    is_detached: bool,
    target: String,
    call: Layout,
    /// Whether the shim returns what the user's function returns.
    ends_with_call: bool,
    /// What the result is bound to, and its name.
    binding: String,
    result: String,
    /// The result with another error.
    failure: Option<Layout>,
    /// What the shim returns.
    value: Layout,
}

/// How the value of the instance is accessed.
#[derive(Debug, Serialize)]
struct LockView {
    mutable: &'static str,
    method: &'static str,
    /// A reference to the value.
    reference: String,
}

impl Writer<'_> {
    /// The body of a shim that takes these arguments and returns `value`.
    pub(crate) fn body(&self, arguments: Arguments, value: Layout) -> BodyView {
        let locals = &self.locals;
        let lock = self.lock();
        let call = self.call(arguments.passed, lock.as_ref());
        BodyView {
            warning: self.warning(),
            has_token: self.has_token(),
            py: locals.py.clone(),
            instance: locals.this.clone(),
            layout: self.scope.names.layout_parameter.clone(),
            operand: arguments.operand,
            arguments: arguments.statements,
            lock,
            is_detached: self.binding.needs.detached,
            target: locals.target.clone(),
            ends_with_call: self.ends_with_call(),
            call: match self.binding.needs.detached {
                true => call.detached(&locals.call),
                false => call,
            },
            binding: match self.binding.is_unit() {
                true => "()".to_owned(),
                false => locals.result.clone(),
            },
            result: locals.result.clone(),
            failure: self.binding.fails_with_value().then(|| self.failure()),
            value,
        }
    }

    /// The body of a shim that takes only the instance and returns a Python object.
    pub(crate) fn unary(&self) -> BodyView {
        self.body(Arguments::default(), self.conversion().into())
    }

    fn lock(&self) -> Option<LockView> {
        let this = &self.locals.this;
        Some(match self.binding.lock()? {
            Lock::Exclusive => LockView {
                mutable: "mut ",
                method: "exclusive",
                reference: format!("&mut *{this}"),
            },
            Lock::Shared => LockView {
                mutable: "",
                method: "shared",
                reference: format!("&*{this}"),
            },
        })
    }

    /// The call of the user's function.
    fn call(&self, passed: Vec<Passed>, lock: Option<&LockView>) -> Layout {
        let mut arguments: Vec<Layout> = Vec::new();
        arguments.extend(lock.map(|lock| match self.binding.needs.detached {
            true => self.locals.target.as_str().into(),
            false => lock.reference.as_str().into(),
        }));
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
        Layout::call(format!("{path}::{}", self.binding.rust_name), arguments)
    }

    /// The result of the user's function with the runtime's error.
    fn failure(&self) -> Layout {
        let py = self.python();
        let conversion = match self.binding.outcome.error {
            Some(Failure::Unit) => format!("|()| rt::failure_without_value({py})"),
            _ => format!("|error| rt::failure({py}, error)"),
        };
        Layout::chain(&self.locals.result, [format!("map_err({conversion})")])
    }

    /// Whether a statement needs the token, and no call has it.
    fn has_token(&self) -> bool {
        match self.binding.role {
            _ if self.is_call() => false,
            Role::Getter => true,
            Role::Operator(kind) => self.binding.needs.token || returns_object(kind),
            _ => self.binding.needs.token,
        }
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

    /// The call that warns of a deprecated function.
    fn warning(&self) -> Option<Layout> {
        let message = Layout::literal(self.binding.warning.as_ref()?);
        let py = match self.is_call() {
            true => format!("{}.py()", self.locals.call),
            false => format!("{}.object().py()", self.locals.this),
        };
        Some(Layout::call(
            "rt::warn_deprecated",
            vec![py.into(), message],
        ))
    }

    fn is_call(&self) -> bool {
        match self.binding.role {
            Role::Function | Role::Constructor | Role::Method => true,
            Role::Operator(kind) => kind == OperatorKind::Call,
            Role::Getter | Role::Setter => false,
        }
    }
}

/// Whether the shim of an operator converts the result to a Python object.
fn returns_object(kind: OperatorKind) -> bool {
    use OperatorKind::{Bool, Contains, Hash, Len, Setitem};
    !kind.is_comparison() && !matches!(kind, Bool | Contains | Hash | Len | Setitem)
}
