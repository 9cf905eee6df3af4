//! Constants: how Rust states them.

use std::collections::BTreeSet;

use crate::lower::analysis::Analysis;
use crate::lower::names::{
    constant_function, first_free, python_constant, rust_constant, rust_value,
};
use crate::lower::types::{self, row_and_arguments};
use crate::lower::unions::union_of;
use crate::model::{ClassId, Const, Docs, Interface, ItemId, ModuleId, Name, Type, Value};
use crate::names::{compound, rust_identifier, snake};

/// A constant.
#[derive(Clone, Debug)]
pub(crate) struct Constant {
    /// The class that it belongs to; none for those of the module.
    pub(crate) owner: Option<ClassId>,
    /// Its name in the interface.
    pub(crate) name: Name,
    pub(crate) rust_name: String,
    pub(crate) python_name: String,
    /// The Rust function that makes its value, if `form` says so.
    pub(crate) function: String,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    /// Its value; none if the user's Rust gives it.
    pub(crate) value: Option<Value>,
    pub(crate) form: Form,
}

/// What a constant is in Rust.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Form {
    /// A constant.
    Constant,
    /// A constant slice, which is copied into a list.
    Slice,
    /// A function: the value lives on the heap.
    Function,
}

/// Names the functions that make constants of classes; they are beside those of the module.
///
/// The class `a` with a constant `b-c`, the class `a-b` with a constant `c`, and the constant `a-b-c`: three names.
pub(crate) struct FunctionNames(BTreeSet<String>);

impl FunctionNames {
    pub(crate) fn new(interface: &Interface, module: ModuleId) -> Self {
        let items = interface[module].items.iter();
        let functions = items.filter_map(|item| match item {
            ItemId::Const(id) => Some(constant_function(&interface[*id])),
            _ => None,
        });
        Self(functions.collect())
    }

    fn of(&mut self, class: &Name, constant: &Name) -> String {
        let words = [&*snake(&class.text), &snake(&constant.text)];
        let function = first_free(&self.0, &[rust_identifier(compound(&words, "_"))]);
        self.0.insert(function.clone());
        function
    }
}

impl Constant {
    /// A constant of the module.
    pub(crate) fn of_module(analysis: &Analysis<'_>, constant: &Const) -> Self {
        Self {
            owner: None,
            name: constant.name.clone(),
            rust_name: rust_constant(&constant.name),
            python_name: python_constant(&constant.name),
            function: rust_value(&constant.name),
            docs: constant.docs.clone(),
            ty: constant.ty.clone(),
            value: constant.value.clone(),
            form: form(analysis, &constant.ty),
        }
    }

    /// A constant of a class.
    pub(crate) fn of_class(
        analysis: &Analysis<'_>,
        class: ClassId,
        constant: &Const,
        names: &mut FunctionNames,
    ) -> Self {
        let mut own = Self::of_module(analysis, constant);
        own.owner = Some(class);
        let function = names.of(&analysis.interface[class].name, &constant.name);
        if constant.value.is_some() {
            own.function = function;
        }
        own
    }
}

fn form(analysis: &Analysis<'_>, ty: &Type) -> Form {
    let interface = analysis.interface;
    let is_slice = row_and_arguments(interface, interface.expanded(ty))
        .is_some_and(|(row, _)| row.constant == types::Constant::Slice);
    match slices(analysis, ty) {
        Some(0) => Form::Constant,
        Some(1) if is_slice => Form::Slice,
        // Inside other values, a slice would not be converted to a list.
        Some(_) | None => Form::Function,
    }
}

/// How many slices are in a constant of the type, those of bytes excepted; none if it cannot be a constant.
fn slices(analysis: &Analysis<'_>, ty: &Type) -> Option<usize> {
    let interface = analysis.interface;
    if union_of(interface, ty).is_some() {
        return (!analysis.contents(ty).not_copy).then_some(0);
    }
    let ty = interface.expanded(ty);
    if let Type::Array { item, .. } = ty {
        return slices(analysis, item);
    }
    let Some((row, arguments)) = row_and_arguments(interface, ty) else {
        return is_plain(analysis, ty).then_some(0);
    };
    let within: Option<usize> = arguments.iter().map(|ty| slices(analysis, ty)).sum();
    match row.constant {
        types::Constant::Reference(_) => Some(0),
        types::Constant::No => None,
        types::Constant::Owned => within,
        types::Constant::Slice => within.map(|within| within + 1),
    }
}

/// Whether a value of the type can be a Rust constant as it is, without borrowing any part.
fn is_plain(analysis: &Analysis<'_>, ty: &Type) -> bool {
    match ty {
        Type::Enum(_) | Type::Flags(_) => true,
        Type::Record(_) | Type::Variant(_) => !analysis.contents(ty).not_copy,
        _ => false,
    }
}
