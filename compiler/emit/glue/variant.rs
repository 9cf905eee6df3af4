//! Variants in the glue, and enums that are exceptions in Python.

use serde::Serialize;

use crate::emit::glue::fields::{
    AliasView, DefaultView, Fields, LetView, Owner, initializer, objects, variables,
};
use crate::emit::glue::signature::{SignatureView, doc};
use crate::emit::glue::types::qualified_name;
use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::values::string;
use crate::lower::data::Data;
use crate::lower::family::{Case, Family, Shape};
use crate::model::Interface;
use crate::render::layout::Layout;

/// A variant.
#[derive(Serialize)]
pub(crate) struct VariantView {
    ty: String,
    /// The type parameter for the layout of objects.
    layout: String,
    index: usize,
    name: Layout,
    doc: Layout,
    error: bool,
    /// Whether values can contain other values of this type.
    recursive: bool,
    /// The names of the definitions of the cases.
    definitions: Layout,
    /// The message of each case, if functions fail with it.
    messages: Layout,
    cases: Vec<CaseView>,
    /// Aliases for field types that are too long to be written inline.
    aliases: Vec<AliasView>,
    defaults: Vec<DefaultView>,
    /// The name of the attachment token, where the fields are read.
    py: &'static str,
    string: String,
    err: String,
}

/// One case.
#[derive(Serialize)]
struct CaseView {
    /// The name of the constant that defines it.
    definition: String,
    name: Layout,
    doc: Layout,
    signature: SignatureView,
    fields: Layout,
    acyclic: bool,
    conversions: ConversionsView,
}

/// The conversions of one case.
#[derive(Serialize)]
struct ConversionsView {
    number: usize,
    /// Whether it has no fields.
    is_unit: bool,
    /// The case as a pattern, and the expression that creates it from the variables of its fields.
    pattern: Layout,
    created: Layout,
    /// The conversions of the fields from and into objects.
    from: Vec<LetView>,
    into: Vec<LetView>,
    /// The expression that creates the object.
    object: Layout,
    /// The variables of its fields if they can contain values of the same type, and else a pattern without them.
    parts: Option<Vec<Layout>>,
    other: String,
}

/// The variant at `index`.
pub(super) fn view(scope: &Scope<'_>, family: &Family, index: usize) -> VariantView {
    let ty = scope.own(&family.head.rust_name);
    let name = &family.head.python_name;
    let lines = docstring::lines(&family.head.docs);
    let definition = |number: usize| format!("CASE_{index}_{number}");
    let numbers = 0..family.cases.len();
    let definitions = Layout::slice(numbers.map(|it| definition(it).into()).collect());
    let mut view = VariantView {
        layout: scope.names.layout_parameter.clone(),
        index,
        name: qualified_name(scope, name),
        doc: Layout::literal(docstring::text(&lines)),
        error: family.error,
        recursive: family.is_recursive(),
        definitions,
        messages: messages(family),
        cases: Vec::new(),
        aliases: Vec::new(),
        defaults: Vec::new(),
        string: scope.std("String"),
        err: scope.std("Err"),
        py: match family.cases.iter().all(|case| case.data.fields.is_empty()) {
            true => "_py",
            false => "py",
        },
        ty,
    };
    for (number, case) in family.cases.iter().enumerate() {
        let fields = Fields::of(scope, &Owner::Case { index, number }, &case.data.fields);
        view.aliases.extend(fields.aliases);
        view.defaults.extend(fields.defaults);
        let (doc, signature) = texts(scope.interface, name, &case.data, family.error);
        view.cases.push(CaseView {
            definition: definition(number),
            name: qualified_name(scope, &case.data.head.python_name),
            doc: Layout::literal(doc),
            signature,
            fields: Layout::slice(fields.entries),
            acyclic: case.data.is_acyclic(),
            conversions: conversions(scope, case, number),
        });
    }
    view
}

/// The message of each case, if functions fail with it.
fn messages(family: &Family) -> Layout {
    let cases = family.cases.iter().filter(|_| family.error);
    Layout::slice(cases.map(|case| string(&case.message).into()).collect())
}

/// The documentation of a case, and the signature of its constructor.
fn texts(interface: &Interface, family: &str, case: &Data, error: bool) -> (String, SignatureView) {
    let lines = docstring::lines(&case.head.docs);
    let constructor = &case.constructor;
    let name = &case.head.python_name;
    let qualified = format!("{family}.{name}");
    // Python creates the class of an exception, and expects the signature at `__init__`.
    let (class, init) = match error {
        true => (
            docstring::text(&lines),
            doc(interface, "__init__", First::Instance, constructor, &[]),
        ),
        false => (
            doc(interface, name, First::Nothing, constructor, &lines),
            String::new(),
        ),
    };
    let signature = initializer(&qualified, &init, constructor);
    (class, signature)
}

/// `Self::Arc { … }`, as an expression or a pattern with the variables `field_0`, …
fn construction(case: &Case) -> Layout {
    let path = format!("Self::{}", case.data.head.rust_name);
    let variables = variables(case.data.fields.len());
    match case.shape {
        Shape::Unit => path.into(),
        Shape::Tuple => Layout::call(path, variables),
        Shape::Struct => {
            let names = case.data.fields.iter().map(|field| field.rust_name.clone());
            Layout::structure(path, names.zip(variables).collect())
        }
    }
}

/// The conversions of a case.
fn conversions(scope: &Scope<'_>, case: &Case, number: usize) -> ConversionsView {
    let layout = &scope.names.layout_parameter;
    let count = case.data.fields.len();
    let from = (0..count).map(|index| LetView {
        name: format!("field_{index}"),
        value: format!("fields.get::<{layout}, _>(py, {index})?").into(),
    });
    let (into, objects) = objects(layout, &case.data.fields, |index, _| {
        format!("field_{index}")
    });
    let pattern = construction(case);
    let path = format!("Self::{}", case.data.head.rust_name);
    ConversionsView {
        number,
        is_unit: case.shape == Shape::Unit,
        created: Layout::call(scope.std("Ok"), vec![pattern.clone()]),
        pattern,
        from: from.collect(),
        into,
        object: Layout::call(
            format!("rt::case_into_python::<{layout}, Self, {number}, {count}>"),
            vec!["py".into(), Layout::array(objects)],
        ),
        parts: case.data.is_recursive().then(|| variables(count)),
        other: match case.shape {
            Shape::Unit => path,
            Shape::Tuple => path + "(..)",
            Shape::Struct => path + " { .. }",
        },
    }
}
