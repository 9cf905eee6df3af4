//! Constants in the glue: each has a function that creates the Python object.

use serde::Serialize;

use crate::emit::glue::{bound, user_path};
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::{self, Layout};
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::{Speller, UserConstant};
use crate::lower::names::{constant_function, python_constant, rust_constant, rust_type};
use crate::model::{ClassId, Const, ItemId};
use crate::names::{compound, snake};

/// A function that creates the value of a constant.
#[derive(Serialize)]
pub(crate) struct ConstantView {
    /// `fn function(py: …) -> … {`
    head: String,
    /// The expression.
    body: String,
    /// Its entry in the list of constants.
    #[serde(skip)]
    entry: Layout,
}

/// Where Rust finds the constants.
struct Home<'a> {
    scope: &'a Scope<'a>,
    /// The prefix of the functions' names: the number of a class keeps its constants apart from others.
    prefix: String,
    /// The type parameter with the user's associated constants, its bound, and its name as their owner.
    parameter: &'a str,
    bound: String,
    owner: String,
    /// The owner of the constants whose values the interface gives.
    values: String,
    /// The class that owns the constants, if any.
    class: Option<ClassId>,
}

/// The constants of the module.
pub(crate) fn of_module(scope: &Scope<'_>) -> Vec<ConstantView> {
    let home = Home {
        scope,
        prefix: "constant".to_owned(),
        parameter: &scope.names.module_parameter,
        bound: bound(scope),
        owner: user_path(scope),
        values: "super".to_owned(),
        class: None,
    };
    let constants = scope.interface[scope.module]
        .items
        .iter()
        .filter_map(|item| match item {
            ItemId::Const(id) => Some(&scope.interface[*id]),
            _ => None,
        });
    constants.map(|constant| home.view(constant)).collect()
}

/// The constants of a class.
pub(crate) fn of_class(scope: &Scope<'_>, class: ClassId) -> Vec<ConstantView> {
    let parameter = &scope.names.class_parameter;
    let class_trait = scope.class_trait(class);
    let name = rust_type(&scope.interface[class].name);
    let home = Home {
        scope,
        prefix: format!("constant_{}", class.0),
        parameter,
        bound: format!("{class_trait} + rt::Class"),
        owner: format!("<{parameter} as {class_trait}>"),
        values: scope.own(&name),
        class: Some(class),
    };
    scope.interface[class]
        .constants()
        .map(|constant| home.view(constant))
        .collect()
}

impl ConstantView {
    pub(crate) fn entry(&self) -> Layout {
        self.entry.clone()
    }
}

impl Home<'_> {
    fn view(&self, constant: &Const) -> ConstantView {
        let mut function = compound(&[&self.prefix, &snake(&constant.name.text)], "_");
        let mut head = format!("fn {function}");
        if constant.value.is_none() {
            head += &format!("<{}: {}>", self.parameter, self.bound);
            function += &format!("::<{}>", self.parameter);
        }
        let name = c_string::literal(&python_constant(&constant.name), 0, 0, 0);
        let result = Layout::from("rt::Returned<'_>");
        let conversion = "rt::IntoPython::into_python::<rt::Probed>";
        let body = Layout::call(conversion, vec![self.value(constant), "py".into()]);
        ConstantView {
            head: layout::function(
                &head,
                &["py: rt::Python<'_>".into()],
                Some(&result),
                " {",
                0,
            ),
            body: body.format(4, 4, 0),
            entry: Layout::call("rt::constant", vec![name.into(), function.into()]),
        }
    }

    fn value(&self, constant: &Const) -> Layout {
        let name = rust_constant(&constant.name);
        let is_given = constant.value.is_some();
        let owner = if is_given { &self.values } else { &self.owner };
        match Speller::plain(self.scope).user_constant(&constant.ty) {
            UserConstant::Value(_) => format!("{owner}::{name}").into(),
            UserConstant::Slice(_) => format!("{owner}::{name}.to_vec()").into(),
            UserConstant::Computed if is_given => {
                let function = match self.class {
                    None => constant_function(constant),
                    Some(class) => self.scope.names.class_constant(class, constant).to_owned(),
                };
                Layout::call(format!("super::{function}"), vec![])
            }
            UserConstant::Computed => {
                Layout::call(format!("{owner}::{}", constant_function(constant)), vec![])
            }
        }
    }
}
