//! Variants in the glue, and enums that are exceptions in Python.

use serde::Serialize;

use crate::emit::glue::fields::{DefaultView, Fields, Owner, initializer};
use crate::emit::glue::signature::{SignatureView, doc};
use crate::emit::glue::types::qualified_name;
use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::{self, Layout};
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::values::string;
use crate::lower::data::Data;
use crate::lower::family::{Case, Family, Shape};
use crate::model::Interface;

/// A variant, with finished literals and lists.
#[derive(Serialize)]
pub(crate) struct VariantView {
    ty: String,
    /// The type parameter for the layout of objects.
    layout: String,
    index: usize,
    name: String,
    doc: String,
    error: bool,
    /// Whether values can contain other values of this type.
    recursive: bool,
    /// The names of the definitions of the cases.
    definitions: String,
    /// The message of each case, if functions fail with it.
    messages: String,
    cases: Vec<CaseView>,
    /// Aliases for field types that are too long to be written inline.
    aliases: Vec<String>,
    defaults: Vec<DefaultView>,
    /// The name of the attachment token, where the fields are read.
    py: &'static str,
    /// `impl rt::IntoException for …`
    header: String,
    string: String,
    err: String,
}

/// One case.
#[derive(Serialize)]
struct CaseView {
    /// The name of the constant that defines it.
    definition: String,
    name: String,
    doc: String,
    signature: SignatureView,
    fields: String,
    acyclic: bool,
    /// The arm that creates the case from the fields of an object.
    from: String,
    /// The arm that creates the object.
    into: String,
    /// The arm that visits fields with values of the same type.
    parts: String,
}

/// Where the fields of a definition are placed.
const INDENT: usize = 4;
/// Where match arms are placed.
const ARM: usize = 12;

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
        name: qualified_name(scope, name, INDENT),
        doc: c_string::literal(&docstring::text(&lines), INDENT + 4, INDENT + 5, 1),
        error: family.error,
        recursive: family.is_recursive(),
        definitions: definitions.format(INDENT, INDENT + 7, 1),
        messages: messages(family).format(INDENT, INDENT + "messages: ".len(), 1),
        cases: Vec::new(),
        aliases: Vec::new(),
        defaults: Vec::new(),
        header: layout::implementation("impl rt::IntoException", &ty),
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
            name: qualified_name(scope, &case.data.head.python_name, INDENT),
            doc: c_string::literal(&doc, INDENT + 4, INDENT + 5, 1),
            signature,
            fields: Layout::slice(fields.entries).format(INDENT, INDENT + 8, 1),
            acyclic: case.data.is_acyclic(),
            from: from(scope, case, number),
            into: into(scope, case, number),
            parts: parts(case),
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
    let signature = initializer(&qualified, &init, constructor, INDENT + 4);
    (class, signature)
}

/// `Self::Arc { … }`, as an expression or a pattern with the variables `field_0`, …
fn construction(case: &Case) -> Layout {
    let path = format!("Self::{}", case.data.head.rust_name);
    let variables = (0..case.data.fields.len()).map(|index| format!("field_{index}").into());
    match case.shape {
        Shape::Unit => path.into(),
        Shape::Tuple => Layout::call(path, variables.collect()),
        Shape::Struct => {
            let names = case.data.fields.iter().map(|field| field.rust_name.clone());
            Layout::structure(path, names.zip(variables).collect())
        }
    }
}

/// The arm that creates a case from the fields of an object.
fn from(scope: &Scope<'_>, case: &Case, number: usize) -> String {
    let layout = &scope.names.layout_parameter;
    let result = Layout::call(scope.std("Ok"), vec![construction(case)]);
    if case.shape == Shape::Unit {
        return layout::arm(&number.to_string(), &result.one_line(), ARM);
    }
    let statements = (0..case.data.fields.len()).map(|index| {
        let value = format!("fields.get::<{layout}, _>(py, {index})?");
        layout::assignment(&format!("let field_{index}"), &value.into(), ARM + 4)
    });
    block(&number.to_string(), statements, &result)
}

/// The arm that creates the object of a case.
fn into(scope: &Scope<'_>, case: &Case, number: usize) -> String {
    let layout = &scope.names.layout_parameter;
    let count = case.data.fields.len();
    let variables = (0..count).map(|index| format!("field_{index}").into());
    let result = Layout::call(
        format!("rt::case_into_python::<{layout}, Self, {number}, {count}>"),
        vec!["py".into(), Layout::array(variables.collect())],
    );
    let pattern = construction(case);
    if case.shape == Shape::Unit {
        return layout::arm(&pattern.one_line(), &result.one_line(), ARM);
    }
    let statements = (0..count).map(|index| {
        let conversion = format!("rt::IntoPython::into_python::<{layout}>");
        let variable = format!("field_{index}");
        let call = Layout::try_call(conversion, vec![variable.as_str().into(), "py".into()]);
        layout::assignment(&format!("let {variable}"), &call, ARM + 4)
    });
    block(&pattern.format(ARM, ARM, 5), statements, &result)
}

/// The arm of a recursive variant that visits the fields of a case that can contain values of the variant.
fn parts(case: &Case) -> String {
    let path = format!("Self::{}", case.data.head.rust_name);
    if !case.data.is_recursive() {
        let rest = match case.shape {
            Shape::Unit => "",
            Shape::Tuple => "(..)",
            Shape::Struct => " { .. }",
        };
        return format!("{path}{rest} => {{}}");
    }
    let pattern = construction(case).format(ARM, ARM, 5);
    let statements = (0..case.data.fields.len())
        .map(|index| format!("rt::IntoPython::dismantle(field_{index}, rest);"));
    let (outer, inner) = (layout::spaces(ARM), layout::spaces(ARM + 4));
    let statements: String = statements
        .map(|statement| format!("{inner}{statement}\n"))
        .collect();
    format!("{pattern} => {{\n{statements}{outer}}}")
}

/// An arm with statements.
fn block(pattern: &str, statements: impl Iterator<Item = String>, result: &Layout) -> String {
    let (outer, inner) = (layout::spaces(ARM), layout::spaces(ARM + 4));
    let statements: String = statements
        .map(|statement| format!("{inner}{statement}\n"))
        .collect();
    let result = result.format(ARM + 4, ARM + 4, 0);
    format!("{pattern} => {{\n{statements}{inner}{result}\n{outer}}}")
}
