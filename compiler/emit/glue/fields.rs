//! The fields of records and exceptions.

use serde::Serialize;

use crate::emit::glue::signature::{Heading, SignatureView};
use crate::emit::language::python::annotations::Annotator;
use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::language::rust::values::{Form, expression};
use crate::lower::argument::Argument;
use crate::lower::conversion::Side;
use crate::lower::data::Field;
use crate::lower::names::glue_type;
use crate::model::Name;
use crate::names::{compound, snake};
use crate::render::layout::Layout;

/// An alias for a type.
#[derive(Serialize)]
pub(crate) struct AliasView {
    name: String,
    ty: Layout,
}

/// A function that creates the default of a field.
#[derive(Serialize)]
pub(crate) struct DefaultView {
    function: String,
    parameters: Layout,
    ty: String,
    value: Layout,
}

/// Types up to this width are written inline.
const TYPE_WIDTH: usize = 30;

/// The fields of a record or exception in its definition.
#[derive(Default)]
pub(crate) struct Fields {
    /// Aliases for field types that are too long to be written inline.
    pub(crate) aliases: Vec<AliasView>,
    /// The fields in the definition.
    pub(crate) entries: Vec<Layout>,
    pub(crate) defaults: Vec<DefaultView>,
}

/// The definition that names the types and functions in the glue that belong to fields.
pub(crate) enum Owner<'a> {
    /// A record or exception.
    Type(&'a Name),
    /// The case of this number in the type at `index`.
    Case { index: usize, number: usize },
}

impl Owner<'_> {
    /// The type of a field.
    fn alias(&self, field: usize) -> String {
        match self {
            Self::Type(name) => glue_type(name, &format!("Field{field}")),
            Self::Case { index, number } => format!("Case{index}Number{number}Part{field}"),
        }
    }

    /// The function that makes the default of a field.
    fn default(&self, field: usize) -> String {
        match self {
            Self::Type(name) => {
                let words = ["default_of", &snake(&name.text), &field.to_string()];
                compound(&words, "_")
            }
            Self::Case { index, number } => format!("case_default_{index}_{number}_{field}"),
        }
    }
}

impl Fields {
    pub(crate) fn of(scope: &Scope<'_>, owner: &Owner<'_>, fields: &[Field]) -> Self {
        let annotator = Annotator {
            interface: scope.interface,
            module: scope.module,
            uses: scope.uses(),
            scope: None,
        };
        let mut all = Self::default();
        for (index, field) in fields.iter().enumerate() {
            let mut ty = Speller::plain(scope).value(&field.ty, Side::Field);
            if ty.width() > TYPE_WIDTH {
                let name = owner.alias(index);
                let alias = Layout::Text(name.clone());
                all.aliases.push(AliasView { name, ty });
                ty = alias;
            }
            let ty = ty.one_line();
            let mut arguments = vec![
                Layout::item_literal(&field.python_name),
                Layout::item_literal(&docstring::text(&docstring::lines(&field.docs))),
                Layout::item_literal(&annotator.annotation(&field.ty, Side::IntoPython)),
            ];
            let mut function = "field";
            if let Some(value) = &field.default {
                function = "field_with_default";
                let name = owner.default(index);
                arguments.push(name.as_str().into());
                all.defaults.push(DefaultView {
                    function: name,
                    parameters: Layout::Parameters(vec!["py: rt::Python<'_>".into()]),
                    ty: ty.clone(),
                    value: expression(scope, &field.ty, value, Form::Owned),
                });
            }
            let head = format!("rt::{function}::<{ty}>");
            all.entries.push(Layout::call(head, arguments));
        }
        all
    }
}

/// `let name = value;`
#[derive(Serialize)]
pub(crate) struct LetView {
    pub(crate) name: String,
    pub(crate) value: Layout,
}

/// The conversions of fields to objects, and the list of the objects. `value` is the expression of a field.
pub(crate) fn objects(
    layout: &str,
    fields: &[Field],
    value: impl Fn(usize, &Field) -> String,
) -> (Vec<LetView>, Vec<Layout>) {
    let conversions = fields.iter().enumerate().map(|(index, field)| {
        let conversion = format!("rt::IntoPython::into_python::<{layout}>");
        LetView {
            name: format!("field_{index}"),
            value: Layout::try_call(conversion, vec![value(index, field).into(), "py".into()]),
        }
    });
    (conversions.collect(), variables(fields.len()))
}

/// `field_0`, `field_1`, …
pub(crate) fn variables(count: usize) -> Vec<Layout> {
    let names = (0..count).map(|index| format!("field_{index}").into());
    names.collect()
}

/// The signature of the constructor of the class `name`.
pub(crate) fn initializer(name: &str, doc: &str, constructor: &[Argument]) -> SignatureView {
    let heading = Heading {
        name: "__init__",
        qualified_name: &format!("{name}.__init__"),
        doc,
        first: First::Instance,
    };
    SignatureView::new(constructor, &heading)
}
