//! Exceptions of the interface in the glue.

use serde::Serialize;

use crate::emit::glue::fields::{
    AliasView, DefaultView, Fields, LetView, Owner, initializer, objects,
};
use crate::emit::glue::signature::{SignatureView, doc};
use crate::emit::glue::types::qualified_name;
use crate::emit::language::python::docstring;
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::language::rust::values::string;
use crate::lower::conversion::Side;
use crate::lower::exceptions::{Base, Exception};
use crate::lower::names::{glue_type, rust_type};
use crate::model::{ExceptionId, Interface};
use crate::render::layout::Layout;

/// An exception.
#[derive(Serialize)]
pub(crate) struct ExceptionView {
    /// The type that is raised as exactly this exception and no subclass: the exception's own type, or a struct of the glue.
    own: String,
    /// The exception's own type.
    ty: String,
    /// The visibility of the struct in the glue.
    visibility: &'static str,
    index: usize,
    name: Layout,
    doc: Layout,
    base: Layout,
    signature: SignatureView,
    aliases: Vec<AliasView>,
    fields: Layout,
    defaults: Vec<DefaultView>,
    /// The fields as objects, and their list.
    into: Vec<LetView>,
    objects: Layout,
    string: String,
    vec: String,
    /// The type parameter for the layout of objects.
    layout: String,
    /// The call that finds the object, and the expression that creates the exception from it.
    search: Layout,
    from: Layout,
    /// The name of the token that proves that the thread is attached.
    py: &'static str,
    into_py: &'static str,
    /// The subclasses. Without any, the fields below are unused.
    subclasses: Vec<SubclassView>,
    some: String,
    own_fields: Vec<FieldView>,
    pattern: Layout,
    construction: Layout,
}

/// A subclass.
#[derive(Serialize)]
struct SubclassView {
    variant: String,
    /// The call that finds an object of it, and the result from that.
    search: Layout,
    result: Layout,
}

/// A field of the struct in the glue.
#[derive(Serialize)]
struct FieldView {
    name: String,
    ty: Layout,
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
    let (into, objects) = objects("rt::Probed", all, |_, field| {
        format!("self.{}", field.rust_name)
    });
    let objects = match all.is_empty() {
        true => format!("{}::new()", scope.std("Vec")).into(),
        false => Layout::vec(objects),
    };
    let mut names = vec![Layout::from("message")];
    names.extend(all.iter().map(|field| field.rust_name.as_str().into()));
    let speller = Speller::plain(scope);
    let own_fields = all.iter().map(|field| FieldView {
        name: field.rust_name.clone(),
        ty: speller.value(&field.ty, Side::Field),
    });
    let text = doc(
        scope.interface,
        "__init__",
        First::Instance,
        constructor,
        &[],
    );
    let subclasses = exception.subclasses.iter();
    let subclasses = subclasses.map(|(id, variant)| subclass(scope, *id, variant));
    let subclasses: Vec<_> = subclasses.collect();
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
        into_py: if all.is_empty() { "_py" } else { "py" },
        py: match all.is_empty() && exception.subclasses.is_empty() {
            true => "_py",
            false => "py",
        },
        search,
        from,
        index,
        name: qualified_name(scope, name),
        doc: Layout::literal(docstring::text(&lines)),
        base: base(scope, &exception.base),
        signature: initializer(name, &text, constructor),
        aliases: fields.aliases,
        fields: Layout::slice(fields.entries),
        defaults: fields.defaults,
        into,
        objects: Layout::call(scope.std("Ok"), vec![objects]),
        string: scope.std("String"),
        vec: scope.std("Vec"),
        some: match subclasses.is_empty() {
            true => String::new(),
            false => scope.std("Some"),
        },
        subclasses,
        own_fields: own_fields.collect(),
        pattern: Layout::shorthand(format!("Self::{variant}"), names.clone()),
        construction: Layout::shorthand(own.clone(), names),
        own,
        ty,
        visibility: match scope.module {
            Interface::ROOT => "pub(super)",
            _ => "pub(crate)",
        },
    }
}

fn base(scope: &Scope<'_>, base: &Base) -> Layout {
    match base {
        Base::Declared(base) => {
            let head = format!("rt::exception_base::<{}>", scope.exception(*base));
            Layout::call(head, vec![])
        }
        Base::Builtin(name) => format!("rt::ExceptionBase::Builtin({})", string(name)).into(),
    }
}

/// The subclass `id`, which `variant` holds.
fn subclass(scope: &Scope<'_>, id: ExceptionId, variant: &str) -> SubclassView {
    let (layout, ty) = (&scope.names.layout_parameter, scope.exception(id));
    let search = format!("rt::exception_of::<{layout}, {ty}>");
    let created = Layout::call(format!("Self::{variant}"), vec!["error".into()]);
    SubclassView {
        variant: variant.to_owned(),
        search: Layout::try_call(search, vec!["object".into(), "py".into()]),
        result: Layout::call(scope.std("Ok"), vec![created]),
    }
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
