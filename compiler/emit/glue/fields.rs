//! The fields of records and exceptions.

use serde::Serialize;

use crate::emit::glue::c_string;
use crate::emit::glue::signature::{Heading, SignatureView};
use crate::emit::layout::{self, Layout, width};
use crate::emit::names::{python_value, rust_type, rust_value};
use crate::emit::python::annotations::{Annotator, Direction};
use crate::emit::python::docstring;
use crate::emit::python::signature::First;
use crate::emit::rust::scope::Scope;
use crate::emit::rust::spelling::{Side, Speller};
use crate::emit::rust::values::{Form, expression};
use crate::model::{Field, Function, Name};
use crate::names::snake;

/// A function that makes a default of a field.
#[derive(Serialize)]
pub(crate) struct DefaultView {
    /// `fn name(py: …) -> … {`
    head: String,
    /// `let value: type = …;`
    body: String,
}

/// Where the fields of a definition stand.
pub(crate) const INDENT: usize = 8;
/// Types up to this width are written where they are needed.
const TYPE_WIDTH: usize = 30;

/// The fields of a record or exception in its definition.
#[derive(Default)]
pub(crate) struct Fields {
    /// The types of fields that are too long to be written where they are needed.
    pub(crate) aliases: Vec<String>,
    /// The fields in the definition.
    pub(crate) entries: Vec<Layout>,
    pub(crate) defaults: Vec<DefaultView>,
}

/// What the names of the types and functions in the glue start with that belong to fields.
pub(crate) struct Owner {
    alias: String,
    default: String,
}

impl Owner {
    /// A record or exception.
    pub(crate) fn of_type(name: &Name) -> Self {
        Self {
            alias: format!("{}Field", rust_type(name)),
            default: format!("default_of_{}", snake(&name.text)),
        }
    }

    /// A case: that of this number in the type at `index`.
    pub(crate) fn of_case(index: usize, number: usize) -> Self {
        Self {
            alias: format!("Case{index}Number{number}Part"),
            default: format!("case_default_{index}_{number}"),
        }
    }
}

impl Fields {
    pub(crate) fn of(scope: &Scope<'_>, owner: &Owner, fields: &[Field]) -> Self {
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
                let alias = format!("{}{index}", owner.alias);
                all.aliases
                    .push(layout::assignment(&format!("type {alias}"), &ty, 0));
                ty = alias.into();
            }
            let text = |text: &str| Layout::Text(c_string::literal(text, 20, 20, 1));
            let mut arguments = vec![
                text(&python_value(&field.name)),
                text(&docstring::text(&docstring::lines(&field.docs))),
                text(&annotator.annotation(&field.ty, Direction::IntoPython)),
            ];
            let mut function = "field";
            if let Some(value) = &field.default {
                function = "field_with_default";
                let name = format!("{}_{index}", owner.default);
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

/// Statements that make objects of fields, and the list of the objects.
pub(crate) fn objects(layout: &str, fields: &[Field]) -> (Vec<String>, Vec<Layout>) {
    let statements = fields.iter().enumerate().map(|(index, field)| {
        let value = format!("self.{}", rust_value(&field.name));
        let conversion = format!("rt::IntoPython::into_python::<{layout}>");
        let call = Layout::try_call(conversion, vec![value.into(), "py".into()]);
        layout::assignment(&format!("let field_{index}"), &call, 8)
    });
    let names = (0..fields.len()).map(|index| format!("field_{index}").into());
    (statements.collect(), names.collect())
}

/// The signature of the constructor of the class `name`, whose fields stand at `indent`.
pub(crate) fn initializer(
    name: &str,
    doc: &str,
    constructor: &Function,
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
