//! Shims: types of the glue with one function each, which takes arguments from Python, calls one function of the user, and
//! returns its result.

use serde::Serialize;

use crate::emit::glue::bound;
use crate::emit::glue::locals::Locals;
use crate::emit::glue::signature::SignatureView;
use crate::emit::language::rust::layout;
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::lower::binding::{Binding, Role};

/// A type with one function that Python calls.
#[derive(Debug, Serialize)]
pub(crate) struct ShimView {
    /// Its name.
    name: String,
    /// Its declaration. The type parameter is the type that implements the module's trait, or the class.
    declaration: String,
    /// `impl … {`
    header: String,
    /// The class that it belongs to.
    class: Option<String>,
    signature: Option<SignatureView>,
    /// Further associated constants.
    constants: Vec<String>,
    /// `fn call<…>(…) -> … {`
    function: String,
    statements: Vec<String>,
}

impl ShimView {
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    /// Adds an associated constant.
    pub(crate) fn add_constant(&mut self, constant: String) {
        self.constants.push(constant);
    }
}

/// The description of a shim, besides its statements.
pub(crate) struct Frame<'a> {
    /// Its name, where it differs from the binding's.
    pub(crate) name: Option<String>,
    /// The trait of the runtime.
    pub(crate) implements: String,
    pub(crate) signature: Option<SignatureView>,
    pub(crate) constants: Vec<String>,
    /// `fn call`
    pub(crate) function: &'a str,
    pub(crate) parameters: Vec<String>,
    pub(crate) result: String,
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

    /// `this: rt::Receiver<'py, C>`
    pub(crate) fn this(&self) -> String {
        let class = &self.scope.names.class_parameter;
        format!("{}: rt::Receiver<'py, {class}>", self.locals.this)
    }

    pub(crate) fn speller(&self) -> Speller<'s> {
        Speller {
            scope: self.scope,
            own: self
                .binding
                .owner
                .map(|id| (id, self.scope.names.class_parameter.as_str())),
            lifetime: "'py",
        }
    }

    pub(crate) fn shim(&self, frame: Frame<'_>, statements: Vec<String>) -> ShimView {
        let names = &self.scope.names;
        let (parameter, bound) = match self.binding.owner {
            None => (&names.module_parameter, bound(self.scope)),
            Some(class) => (
                &names.class_parameter,
                format!("{} + rt::Class", self.scope.class_trait(class)),
            ),
        };
        let name = frame.name.unwrap_or_else(|| self.binding.shim.clone());
        let before = format!("impl<{parameter}: {bound}> {}", frame.implements);
        // A lifetime that is used once is elided.
        let texts = frame.parameters.iter().chain([&frame.result]);
        let uses: usize = texts.map(|text| text.matches("'py").count()).sum();
        let is_named = uses > 1 || statements.iter().any(|it| it.contains("'py"));
        let lifetime = if is_named { "'py, " } else { "" };
        let head = format!(
            "fn {}<{lifetime}{}: rt::Layout>",
            frame.function, names.layout_parameter
        );
        let anonymous = |text: String| match is_named {
            true => text,
            false => text.replace("'py", "'_"),
        };
        let parameters = frame.parameters.into_iter();
        let parameters: Vec<_> = parameters.map(|it| anonymous(it).into()).collect();
        // Functions of a class that take no instance are treated like functions of the module.
        let has_class = self.binding.lock().is_some() || self.binding.role == Role::Constructor;
        ShimView {
            header: layout::implementation(&before, &format!("{name}<{parameter}>")),
            declaration: layout::tuple_struct(
                &format!("struct {name}<{parameter}>"),
                &format!("rt::PhantomData<{parameter}>"),
            ),
            name,
            class: has_class.then(|| names.class_parameter.clone()),
            signature: frame.signature,
            constants: frame.constants,
            function: layout::function(&head, &parameters, Some(&frame.result.into()), " {", 4),
            statements,
        }
    }
}
