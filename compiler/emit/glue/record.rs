//! Records in the glue.

use serde::Serialize;

use crate::emit::glue::fields::{
    AliasView, DefaultView, Fields, LetView, Owner, initializer, objects,
};
use crate::emit::glue::signature::{SignatureView, doc};
use crate::emit::glue::types::qualified_name;
use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::scope::Scope;
use crate::lower::data::{Data, Field};
use crate::render::layout::Layout;

/// A record.
#[derive(Serialize)]
pub(crate) struct RecordView {
    ty: String,
    /// The type parameter for the layout of objects.
    layout: String,
    index: usize,
    name: Layout,
    doc: Layout,
    signature: SignatureView,
    /// Aliases for field types that are too long to be written inline.
    aliases: Vec<AliasView>,
    fields: Layout,
    defaults: Vec<DefaultView>,
    acyclic: bool,
    /// `Some(c"… is deprecated")`, if it is.
    deprecated: Option<Layout>,
    /// Whether values can contain other values of this type.
    recursive: bool,
    /// The fields with such values.
    parts: Vec<String>,
    /// The names of the attachment token and of the fields.
    py: &'static str,
    fields_name: &'static str,
    /// `Ok(Point { … })`
    from: Layout,
    /// The fields as objects.
    into: Vec<LetView>,
    result: Layout,
}

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
    let layout = &scope.names.layout_parameter;
    let get = |(index, field): (usize, &Field)| {
        (
            field.rust_name.clone(),
            format!("fields.get::<{layout}, _>(py, {index})?").into(),
        )
    };
    let from = data.fields.iter().enumerate().map(get).collect();
    let from = Layout::call(scope.std("Ok"), vec![Layout::structure("Self", from)]);
    let (into, objects) = objects(layout, &data.fields, |_, field| {
        format!("self.{}", field.rust_name)
    });
    let count = data.fields.len();
    let result = format!("rt::record_into_python::<{layout}, Self, {count}>");
    RecordView {
        layout: layout.clone(),
        index,
        name: qualified_name(scope, name),
        doc: Layout::literal(text),
        signature: initializer(name, "", &data.constructor),
        aliases: fields.aliases,
        fields: Layout::slice(fields.entries),
        defaults: fields.defaults,
        acyclic: data.is_acyclic(),
        deprecated: data
            .warning
            .as_ref()
            .map(|warning| Layout::call(scope.std("Some"), vec![Layout::literal(warning)])),
        recursive: data.is_recursive(),
        parts: data
            .fields
            .iter()
            .filter(|field| field.is_recursive)
            .map(|field| field.rust_name.clone())
            .collect(),
        py: if count == 0 { "_py" } else { "py" },
        fields_name: if count == 0 { "_fields" } else { "fields" },
        from,
        into,
        result: Layout::call(result, vec!["py".into(), Layout::array(objects)]),
        ty,
    }
}
