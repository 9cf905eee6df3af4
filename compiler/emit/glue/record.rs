//! Records in the glue.

use serde::Serialize;

use crate::emit::glue::fields::{DefaultView, Fields, Owner, initializer, objects};
use crate::emit::glue::signature::{SignatureView, doc};
use crate::emit::glue::types::qualified_name;
use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::Layout;
use crate::emit::language::rust::scope::Scope;
use crate::lower::data::{Data, Field};

/// A record, with finished literals and lists.
#[derive(Serialize)]
pub(crate) struct RecordView {
    ty: String,
    /// The type parameter for the layout of objects.
    layout: String,
    index: usize,
    name: String,
    doc: String,
    signature: SignatureView,
    /// Aliases for field types that are too long to be written inline.
    aliases: Vec<String>,
    fields: String,
    defaults: Vec<DefaultView>,
    acyclic: bool,
    /// `const DEPRECATED: rt::Deprecated = Some(c"… is deprecated");`, if it is.
    deprecated: Option<String>,
    /// Whether values can contain other values of this type.
    recursive: bool,
    /// Statements that visit the fields with such values.
    parts: Vec<String>,
    count: usize,
    /// The names of the attachment token and of the fields.
    py: &'static str,
    fields_name: &'static str,
    /// `Ok(Point { … })`
    from: String,
    /// The fields as objects, one statement each.
    into: Vec<String>,
    result: String,
}

/// Where the fields of the definition are placed.
const INDENT: usize = 4;

/// The record at `index`.
pub(super) fn view(scope: &Scope<'_>, data: &Data, index: usize) -> RecordView {
    let ty = scope.own(&data.head.rust_name);
    let lines = docstring::lines(&data.head.docs);
    let name = &data.head.python_name;
    let text = doc(
        scope.interface,
        name,
        First::Nothing,
        &data.constructor,
        &lines,
    );
    let fields = Fields::of(scope, &Owner::Type(&data.head.name), &data.fields);
    let get = |(index, field): (usize, &Field)| {
        let layout = &scope.names.layout_parameter;
        (
            field.rust_name.clone(),
            format!("fields.get::<{layout}, _>(py, {index})?").into(),
        )
    };
    let from = data.fields.iter().enumerate().map(get).collect();
    let from = Layout::call(scope.std("Ok"), vec![Layout::structure("Self", from)]);
    let (into, objects) = objects(&scope.names.layout_parameter, &data.fields);
    let count = data.fields.len();
    let layout = &scope.names.layout_parameter;
    let result = format!("rt::record_into_python::<{layout}, Self, {count}>");
    RecordView {
        layout: layout.clone(),
        index,
        name: qualified_name(scope, name, INDENT),
        doc: c_string::literal(&text, INDENT + 4, INDENT + 5, 1),
        signature: initializer(name, "", &data.constructor, INDENT + 4),
        aliases: fields.aliases,
        fields: Layout::slice(fields.entries).format(INDENT, INDENT + 8, 1),
        defaults: fields.defaults,
        acyclic: data.is_acyclic(),
        deprecated: data.warning.as_deref().map(|it| deprecated(scope, it)),
        recursive: data.is_recursive(),
        parts: data
            .fields
            .iter()
            .filter(|field| field.is_recursive)
            .map(|field| {
                let value = &field.rust_name;
                format!("rt::IntoPython::dismantle(self.{value}, rest);")
            })
            .collect(),
        count,
        py: if count == 0 { "_py" } else { "py" },
        fields_name: if count == 0 { "_fields" } else { "fields" },
        from: from.format(8, 8, 0),
        into,
        result: Layout::call(result, vec!["py".into(), Layout::array(objects)]).format(8, 8, 0),
        ty,
    }
}

/// The constant with the deprecation warning.
fn deprecated(scope: &Scope<'_>, text: &str) -> String {
    const WIDTH: usize = 100;
    let head = "const DEPRECATED: rt::Deprecated =";
    let some = scope.std("Some");
    let literal = c_string::literal(text, 8, 8 + head.len() + some.len() + 2, 2);
    let on_one_line = format!("{head} {some}({literal});");
    match !literal.contains('\n') && on_one_line.len() + 8 <= WIDTH {
        true => on_one_line,
        false => {
            let literal = c_string::literal(text, 12, 12 + some.len() + 1, 2);
            format!("{head}\n            {some}({literal});")
        }
    }
}
