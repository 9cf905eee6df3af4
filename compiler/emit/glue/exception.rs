//! Exceptions of the interface in the glue.

use serde::Serialize;

use crate::emit::glue::fields::{DefaultView, Fields, INDENT, Owner, initializer, objects};
use crate::emit::glue::signature::{SignatureView, doc};
use crate::emit::glue::types::qualified_name;
use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::{self, Layout};
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::language::rust::values::string;
use crate::lower::conversion::Side;
use crate::lower::exceptions::{Base, Exception};
use crate::lower::names::{glue_type, rust_type};
use crate::model::{ExceptionId, Interface};

/// An exception, with finished literals and lists.
#[derive(Serialize)]
pub(crate) struct ExceptionView {
    /// The type that is raised as exactly this exception and no subclass: the exception's own type, or a struct of the glue.
    own: String,
    /// The exception's own type.
    ty: String,
    /// The visibility of the struct in the glue.
    visibility: &'static str,
    index: usize,
    name: String,
    doc: String,
    base: String,
    signature: SignatureView,
    aliases: Vec<String>,
    fields: String,
    defaults: Vec<DefaultView>,
    /// The fields as objects, one statement each, and their list.
    into: Vec<String>,
    objects: String,
    string: String,
    vec: String,
    /// The type parameter for the layout of objects.
    layout: String,
    /// The statements that create it from an object: first for each subclass, then for any other object.
    cases: Vec<String>,
    search: String,
    from: String,
    /// The name of the token that proves that the thread is attached.
    py: &'static str,
    into_py: &'static str,
    /// The match arms for subclasses. Without any, the fields below are unused.
    variants: Vec<String>,
    header: String,
    own_fields: Vec<String>,
    pattern: String,
    construction: String,
}

/// The exception at `index`.
pub(super) fn view(scope: &Scope<'_>, exception: &Exception, index: usize) -> ExceptionView {
    let (name, variant) = (&exception.head.python_name, &exception.head.rust_name);
    let (constructor, all) = (&exception.constructor, &exception.fields);
    let declared = &exception.head.name;
    let lines = docstring::lines(&exception.head.docs);
    let ty = scope.own(variant);
    let own = exception_type(scope, exception.id, !exception.subclasses.is_empty());
    let fields = Fields::of(scope, &Owner::Type(declared), all);
    let (into, objects) = objects("rt::Probed", all);
    let objects = match all.is_empty() {
        true => format!("{}::new()", scope.std("Vec")).into(),
        false => Layout::vec(objects),
    };
    let mut names = vec![Layout::from("message")];
    names.extend(all.iter().map(|field| field.rust_name.as_str().into()));
    let speller = Speller::plain(scope);
    let own_fields = all.iter().map(|field| {
        let ty = speller.value(&field.ty, Side::Field);
        layout::field(&field.rust_name, &ty, 4)
    });
    let text = doc(
        scope.interface,
        "__init__",
        First::Instance,
        constructor,
        &[],
    );
    let subclasses = exception.subclasses.iter();
    let cases = subclasses.clone();
    let cases = cases.map(|(id, variant)| case(scope, *id, variant));
    let variants = subclasses.map(|(_, variant)| conversion_arm(variant));
    let layout = &scope.names.layout_parameter;
    let get = |index| {
        let value = format!("fields.get::<{layout}, _>(py, {index})?");
        Layout::from(value)
    };
    let mut parts = vec!["fields.message()?".into()];
    parts.extend((0..all.len()).map(get));
    let search = format!("rt::exception_from_python::<{own}>");
    let search = Layout::try_call(search, vec!["object".into()]);
    let from = Layout::call(scope.std("Ok"), vec![Layout::call("Self::new", parts)]);
    ExceptionView {
        layout: layout.clone(),
        cases: cases.collect(),
        into_py: if all.is_empty() { "_py" } else { "py" },
        py: match all.is_empty() && exception.subclasses.is_empty() {
            true => "_py",
            false => "py",
        },
        search: layout::assignment("let fields", &search, 8),
        from: from.format(8, 8, 0),
        index,
        name: qualified_name(scope, name, INDENT),
        doc: c_string::literal(&docstring::text(&lines), INDENT + 4, INDENT + 5, 1),
        base: base(scope, &exception.base),
        signature: initializer(name, &text, constructor, INDENT + 4),
        aliases: fields.aliases,
        fields: Layout::slice(fields.entries).format(INDENT, INDENT + 8, 1),
        defaults: fields.defaults,
        into,
        objects: Layout::call(scope.std("Ok"), vec![objects]).format(8, 8, 0),
        string: scope.std("String"),
        vec: scope.std("Vec"),
        variants: variants.collect(),
        header: layout::implementation("impl rt::IntoException", &ty),
        own_fields: own_fields.collect(),
        pattern: Layout::shorthand(format!("Self::{variant}"), names.clone()).format(12, 12, 5),
        construction: Layout::shorthand(own.clone(), names).format(16, 28, 1),
        own,
        ty,
        visibility: match scope.module {
            Interface::ROOT => "pub(super)",
            _ => "pub(crate)",
        },
    }
}

fn base(scope: &Scope<'_>, base: &Base) -> String {
    match base {
        Base::Declared(base) => {
            let head = format!("rt::exception_base::<{}>", scope.exception(*base));
            Layout::call(head, vec![]).format(INDENT, INDENT + 6, 1)
        }
        Base::Builtin(name) => format!("rt::ExceptionBase::Builtin({})", string(name)),
    }
}

/// The statements that create an exception from an object of its subclass `id`, which `variant` holds.
fn case(scope: &Scope<'_>, id: ExceptionId, variant: &str) -> String {
    let layout = &scope.names.layout_parameter;
    let ty = scope.exception(id);
    let search = format!("rt::exception_of::<{layout}, {ty}>");
    let search = Layout::try_call(search, vec!["object".into(), "py".into()]);
    let search = layout::assignment("let case", &search, 8);
    let variant = Layout::call(format!("Self::{variant}"), vec!["error".into()]);
    let result = Layout::call(scope.std("Ok"), vec![variant]).format(12, 19, 1);
    let (some, inner, outer) = (scope.std("Some"), layout::spaces(12), layout::spaces(8));
    format!("{search}\n{outer}if let {some}(error) = case {{\n{inner}return {result};\n{outer}}}")
}

/// The arm that raises the exception in a variant.
pub(crate) fn conversion_arm(variant: &str) -> String {
    let conversion = "rt::IntoException::into_exception(error, py)";
    layout::arm(&format!("Self::{variant}(error)"), conversion, 12)
}

/// The type that represents the exception itself, without its subclasses.
pub(super) fn exception_type(scope: &Scope<'_>, id: ExceptionId, is_extended: bool) -> String {
    let exception = &scope.interface[id];
    let home = exception.module;
    let ty = rust_type(&exception.name);
    let itself = glue_type(&exception.name, "Itself");
    match (home == scope.module, is_extended) {
        (true, false) => scope.own(&ty),
        (true, true) => itself,
        (false, false) => scope.ty(home, &exception.name),
        (false, true) => format!("{}glue::{itself}", scope.path_to(home)),
    }
}
