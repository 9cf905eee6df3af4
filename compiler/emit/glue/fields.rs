//! The fields of records and exceptions.

use serde::Serialize;

use crate::emit::glue::signature::{Heading, SignatureView};
use crate::emit::language::python::annotations::Annotator;
use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::{self, Layout, width};
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::language::rust::values::{Form, expression};
use crate::lower::argument::Argument;
use crate::lower::conversion::Side;
use crate::lower::data::Field;
use crate::lower::names::glue_type;
use crate::model::Name;
use crate::names::{compound, snake};

/// A function that creates the default of a field.
#[derive(Serialize)]
pub(crate) struct DefaultView {
    /// `fn name(py: …) -> … {`
    head: String,
    /// `let value: type = …;`
    body: String,
}

/// Where the fields of a definition are placed.
pub(crate) const INDENT: usize = 8;
/// Types up to this width are written inline.
const TYPE_WIDTH: usize = 30;

/// The fields of a record or exception in its definition.
#[derive(Default)]
pub(crate) struct Fields {
    /// Aliases for field types that are too long to be written inline.
    pub(crate) aliases: Vec<String>,
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
            if width(&ty.one_line()) > TYPE_WIDTH {
                let alias = owner.alias(index);
                all.aliases
                    .push(layout::assignment(&format!("type {alias}"), &ty, 0));
                ty = alias.into();
            }
            let text = |text: &str| Layout::Text(c_string::literal(text, 20, 20, 1));
            let mut arguments = vec![
                text(&field.python_name),
                text(&docstring::text(&docstring::lines(&field.docs))),
                text(&annotator.annotation(&field.ty, Side::IntoPython)),
            ];
            let mut function = "field";
            if let Some(value) = &field.default {
                function = "field_with_default";
                let name = owner.default(index);
                let value = expression(scope, &field.ty, value, Form::Owned);
                let head = format!("let value: {}", ty.one_line());
                let body = layout::assignment(&head, &value, 4);
                let parameters = ["py: rt::Python<'_>".into()];
                let result = Layout::from("rt::Returned<'_>");
                let head = format!("fn {name}");
                let head = layout::function(&head, &parameters, Some(&result), " {", 0);
                arguments.push(name.into());
                all.defaults.push(DefaultView { head, body });
            }
            all.entries.push(Layout::call(
                format!("rt::{function}::<{}>", ty.one_line()),
                arguments,
            ));
        }
        all
    }
}

/// Statements that create objects from fields, and the list of the objects.
pub(crate) fn objects(layout: &str, fields: &[Field]) -> (Vec<String>, Vec<Layout>) {
    let statements = fields.iter().enumerate().map(|(index, field)| {
        let value = format!("self.{}", field.rust_name);
        let conversion = format!("rt::IntoPython::into_python::<{layout}>");
        let call = Layout::try_call(conversion, vec![value.into(), "py".into()]);
        layout::assignment(&format!("let field_{index}"), &call, 8)
    });
    let names = (0..fields.len()).map(|index| format!("field_{index}").into());
    (statements.collect(), names.collect())
}

/// The signature of the constructor of the class `name`, with its fields indented by `indent`.
pub(crate) fn initializer(
    name: &str,
    doc: &str,
    constructor: &[Argument],
    indent: usize,
) -> SignatureView {
    let heading = Heading {
        name: "__init__",
        qualified_name: &format!("{name}.__init__"),
        doc,
        first: First::Instance,
    };
    SignatureView::new(constructor, &heading, indent)
}
