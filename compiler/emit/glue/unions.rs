//! Unions in the glue.

use serde::Serialize;

use crate::emit::language::rust::scope::Scope;
use crate::lower::alias::Alias;
use crate::render::layout::Layout;

/// A union.
#[derive(Serialize)]
pub(crate) struct UnionView {
    /// The type parameter for the layout of objects.
    layout: String,
    /// Its type with the lifetime of the thread, and with an elided one.
    ty: String,
    elided: String,
    cases: Vec<CaseView>,
    /// Whether it contains values of recursive records and variants.
    is_recursive: bool,
    /// Whether it can be the type of a field: it holds no Python objects.
    is_plain: bool,
    err: String,
}

/// A case, with the expressions that create it from an object, and convert an object for it.
#[derive(Serialize)]
struct CaseView {
    name: String,
    created: Layout,
    normal: Layout,
    ok: String,
    some: String,
}

/// The conversions of a union; none for other aliases.
pub(super) fn view(scope: &Scope<'_>, alias: &Alias) -> Option<UnionView> {
    let union = alias.union.as_ref()?;
    let layout = &scope.names.layout_parameter;
    let ty = scope.own(&alias.head.rust_name);
    let [some, ok] = ["Some", "Ok"].map(|name| scope.std(name));
    let case = |name: &String| {
        let case = format!("Self::{name}");
        let value = Layout::call(case.as_str(), vec!["value".into()]);
        let normal = format!("union.normal::<{layout}, _, _>");
        CaseView {
            name: name.clone(),
            created: Layout::call(ok.as_str(), vec![value]),
            normal: Layout::try_call(normal, vec![case.into(), "py".into()]),
            ok: ok.clone(),
            some: some.clone(),
        }
    };
    let with = |lifetime: &str| match alias.has_objects {
        true => format!("{ty}<{lifetime}>"),
        false => ty.clone(),
    };
    Some(UnionView {
        layout: layout.clone(),
        ty: with("'py"),
        elided: with("'_"),
        cases: union.cases.iter().map(|(name, _)| case(name)).collect(),
        is_recursive: union.holds_recursive,
        is_plain: !alias.has_objects,
        err: scope.std("Err"),
    })
}
