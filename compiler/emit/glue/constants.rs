//! Constants in the glue: each has a function that creates the Python object.

use serde::Serialize;

use crate::emit::glue::{bound, user_path};
use crate::emit::language::rust::scope::Scope;
use crate::lower::bindings::Bindings;
use crate::lower::class::ClassBindings;
use crate::lower::constant::{Constant, Form};
use crate::names::{compound, snake};
use crate::render::layout::Layout;

/// A function that creates the value of a constant.
#[derive(Serialize)]
pub(crate) struct ConstantView {
    function: String,
    /// `<T: Trait>`, unless the interface gives the value.
    generics: String,
    parameters: Layout,
    /// The expression.
    body: Layout,
    /// Its entry in the list of constants.
    #[serde(skip)]
    entry: Layout,
}

/// Where Rust finds the constants.
struct Home<'a> {
    /// The prefix of the functions' names: the number of a class keeps its constants apart from others.
    prefix: String,
    /// The type parameter with the user's associated constants, its bound, and its name as their owner.
    parameter: &'a str,
    bound: String,
    owner: String,
    /// The owner of the constants whose values the interface gives.
    values: String,
}

/// The constants of the module.
pub(crate) fn of_module(scope: &Scope<'_>, bindings: &Bindings) -> Vec<ConstantView> {
    let home = Home {
        prefix: "constant".to_owned(),
        parameter: &scope.names.module_parameter,
        bound: bound(scope),
        owner: user_path(scope),
        values: "super".to_owned(),
    };
    bindings.constants().map(|it| home.view(it)).collect()
}

/// The constants of a class.
pub(crate) fn of_class(scope: &Scope<'_>, class: &ClassBindings) -> Vec<ConstantView> {
    let parameter = &scope.names.class_parameter;
    let class_trait = scope.class_trait(class.id);
    let home = Home {
        prefix: format!("constant_{}", class.id.0),
        parameter,
        bound: format!("{class_trait} + rt::Class"),
        owner: format!("<{parameter} as {class_trait}>"),
        values: scope.own(&class.head.rust_name),
    };
    class.constants().map(|it| home.view(it)).collect()
}

impl ConstantView {
    pub(crate) fn entry(&self) -> Layout {
        self.entry.clone()
    }
}

impl Home<'_> {
    fn view(&self, constant: &Constant) -> ConstantView {
        let function = compound(&[&self.prefix, &snake(&constant.name.text)], "_");
        let (generics, path) = match constant.value {
            Some(_) => (String::new(), function.clone()),
            None => (
                format!("<{}: {}>", self.parameter, self.bound),
                format!("{function}::<{}>", self.parameter),
            ),
        };
        let name = Layout::literal(&constant.python_name);
        let conversion = "rt::IntoPython::into_python::<rt::Probed>";
        ConstantView {
            function,
            generics,
            parameters: Layout::Parameters(vec!["py: rt::Python<'_>".into()]),
            body: Layout::call(conversion, vec![self.value(constant), "py".into()]),
            entry: Layout::call("rt::constant", vec![name, path.into()]),
        }
    }

    fn value(&self, constant: &Constant) -> Layout {
        let is_given = constant.value.is_some();
        let (name, function) = (&constant.rust_name, &constant.function);
        let owner = if is_given { &self.values } else { &self.owner };
        match constant.form {
            Form::Constant => format!("{owner}::{name}").into(),
            Form::Slice => format!("{owner}::{name}.to_vec()").into(),
            Form::Function if is_given => Layout::call(format!("super::{function}"), vec![]),
            Form::Function => Layout::call(format!("{owner}::{function}"), vec![]),
        }
    }
}
