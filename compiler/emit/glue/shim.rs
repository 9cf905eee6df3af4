//! Shims: types of the glue with one function each, which takes arguments from Python, calls one function of the user, and
//! returns its result.

use serde::Serialize;

use crate::emit::glue::body::BodyView;
use crate::emit::glue::bound;
use crate::emit::glue::locals::Locals;
use crate::emit::glue::signature::SignatureView;
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::lower::binding::{Binding, Role};
use crate::render::layout::Layout;

/// A type with one function that Python calls.
#[derive(Debug, Serialize)]
pub(crate) struct ShimView {
    /// Its name.
    name: String,
    /// The type that implements the module's trait, or the class, and its bound.
    parameter: String,
    bound: String,
    /// The trait of the runtime.
    implements: String,
    /// The class that it belongs to.
    class: Option<String>,
    signature: Option<SignatureView>,
    /// Further associated constants.
    constants: Vec<ConstantView>,
    function: &'static str,
    /// The lifetime that it declares.
    lifetime: &'static str,
    /// The type parameter for the layout of objects.
    layout: String,
    parameters: Layout,
    result: String,
    /// The statements; for comparisons, those of each.
    body: Option<BodyView>,
    comparisons: Option<ComparisonsView>,
}

/// An associated constant of a shim.
#[derive(Debug, Serialize)]
pub(crate) struct ConstantView {
    pub(crate) name: &'static str,
    pub(crate) ty: &'static str,
    pub(crate) value: Layout,
}

/// The comparisons of a class.
#[derive(Debug, Serialize)]
pub(crate) struct ComparisonsView {
    pub(crate) arms: Vec<ComparisonView>,
    /// The result of other comparisons.
    pub(crate) others: Option<String>,
}

#[derive(Debug, Serialize)]
pub(crate) struct ComparisonView {
    pub(crate) operator: &'static str,
    pub(crate) body: BodyView,
}

impl ShimView {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Adds an associated constant.
    pub(crate) fn with(mut self, name: &'static str, ty: &'static str, value: Layout) -> Self {
        self.constants.push(ConstantView { name, ty, value });
        self
    }

    pub(crate) fn with_signature(mut self, signature: SignatureView) -> Self {
        self.signature = Some(signature);
        self
    }

    /// The shim of several comparisons.
    pub(crate) fn comparing(mut self, name: String, comparisons: ComparisonsView) -> Self {
        self.name = name;
        self.comparisons = Some(comparisons);
        self
    }
}

/// The description of a shim, besides its statements.
pub(crate) struct Frame {
    /// The trait of the runtime.
    pub(crate) implements: String,
    pub(crate) function: &'static str,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) result: ShimResult,
}

/// A parameter of a shim.
pub(crate) enum Parameter {
    /// The instance.
    Receiver,
    /// The arguments of a call.
    Call {
        /// How many have names.
        named: usize,
        /// Whether a statement names it.
        is_used: bool,
    },
    /// One object, under this name.
    Operand(String),
    /// Which comparison it is, under this name.
    Comparison(&'static str),
}

/// What a shim returns if it succeeds.
#[derive(Clone, Copy)]
pub(crate) enum ShimResult {
    /// A Python object.
    Object,
    /// A Python object or nothing.
    OptionalObject,
    /// A Rust value of this type.
    Value(&'static str),
    /// A boolean or nothing.
    OptionalBool,
    /// The value of a new instance.
    Instance,
}

impl Frame {
    /// How many types of its header have the lifetime of the attached thread.
    fn lifetimes(&self) -> usize {
        let has_one = |parameter: &&Parameter| !matches!(parameter, Parameter::Comparison(_));
        let in_result = matches!(self.result, ShimResult::Object | ShimResult::OptionalObject);
        self.parameters.iter().filter(has_one).count() + usize::from(in_result)
    }
}

/// Writes the shim of one binding.
pub(crate) struct Writer<'s> {
    pub(crate) scope: &'s Scope<'s>,
    pub(crate) binding: &'s Binding,
    pub(crate) locals: Locals,
}

impl<'s> Writer<'s> {
    pub(crate) fn new(scope: &'s Scope<'s>, binding: &'s Binding) -> Self {
        Self {
            scope,
            binding,
            locals: Locals::of(&binding.arguments),
        }
    }

    pub(crate) fn speller(&self) -> Speller<'s> {
        Speller {
            scope: self.scope,
            own: self
                .binding
                .owner
                .map(|id| (id, self.scope.names.class_parameter.as_str())),
            lifetime: "'_",
        }
    }

    /// `this: rt::Receiver<'py, C>`
    fn parameter(&self, parameter: &Parameter, lifetime: &str) -> String {
        match parameter {
            Parameter::Receiver => {
                let class = &self.scope.names.class_parameter;
                format!("{}: rt::Receiver<{lifetime}, {class}>", self.locals.this)
            }
            Parameter::Call { named, is_used } => {
                let unused = if *is_used { "" } else { "_" };
                format!(
                    "{unused}{}: &rt::Call<{lifetime}, {named}>",
                    self.locals.call
                )
            }
            Parameter::Operand(name) => format!("{name}: rt::Argument<{lifetime}>"),
            Parameter::Comparison(name) => format!("{name}: rt::CompareOp"),
        }
    }

    /// `rt::Returned<'py>`
    fn result(&self, result: ShimResult, lifetime: &str) -> String {
        let optional = |value: &str| format!("rt::Result<{}<{value}>>", self.scope.std("Option"));
        match result {
            ShimResult::Object => format!("rt::Returned<{lifetime}>"),
            ShimResult::OptionalObject => optional(&format!("rt::Object<{lifetime}>")),
            ShimResult::Value(value) => format!("rt::Result<{value}>"),
            ShimResult::OptionalBool => optional("bool"),
            ShimResult::Instance => format!("rt::Result<{}>", self.scope.names.class_parameter),
        }
    }

    pub(crate) fn shim(&self, frame: Frame, body: Option<BodyView>) -> ShimView {
        let names = &self.scope.names;
        let (parameter, bound) = match self.binding.owner {
            None => (&names.module_parameter, bound(self.scope)),
            Some(class) => (
                &names.class_parameter,
                format!("{} + rt::Class", self.scope.class_trait(class)),
            ),
        };
        // A lifetime that is used once is elided.
        let (declared, lifetime) = match frame.lifetimes() {
            0 | 1 => ("", "'_"),
            _ => ("'py, ", "'py"),
        };
        let parameters = frame.parameters.iter();
        let parameters = parameters.map(|it| self.parameter(it, lifetime).into());
        // Functions of a class that take no instance are treated like functions of the module.
        let has_class = self.binding.lock().is_some() || self.binding.role == Role::Constructor;
        ShimView {
            name: self.binding.shim.clone(),
            parameter: parameter.clone(),
            bound,
            implements: frame.implements,
            class: has_class.then(|| names.class_parameter.clone()),
            signature: None,
            constants: Vec::new(),
            function: frame.function,
            lifetime: declared,
            layout: names.layout_parameter.clone(),
            parameters: Layout::Parameters(parameters.collect()),
            result: self.result(frame.result, lifetime),
            body,
            comparisons: None,
        }
    }
}
