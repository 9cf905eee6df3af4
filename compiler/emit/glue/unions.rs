//! Unions in the glue.

use serde::Serialize;

use crate::emit::language::rust::layout::{self, Layout, spaces};
use crate::emit::language::rust::scope::Scope;
use crate::lower::instances::mentions_object;
use crate::lower::names::rust_type;
use crate::lower::recursion::holds_recursive;
use crate::lower::unions::{cases, members};
use crate::model::{AliasId, ItemId};

/// A union, with finished statements.
#[derive(Serialize)]
pub(crate) struct UnionView {
    /// The type parameter for the layout of objects.
    layout: String,
    from_header: String,
    members_header: String,
    into_header: String,
    /// A statement for each type, which returns the value if it has that type.
    attempts: Vec<String>,
    arms: Vec<String>,
    /// The match arms that visit values of recursive records and variants; empty without any.
    parts: Vec<String>,
    /// The head of the implementation that makes it a field type, unless it holds Python objects.
    normal_header: Option<String>,
    /// A statement for each type, which returns the object to keep if it has that type.
    normal: Vec<String>,
    err: String,
}

/// Where statements are placed.
const STATEMENT: usize = 8;

/// The unions of the module.
pub(super) fn views(scope: &Scope<'_>) -> Vec<UnionView> {
    let items = scope.interface[scope.module].items.iter();
    let views = items.filter_map(|item| match item {
        ItemId::Alias(id) => view(scope, *id),
        _ => None,
    });
    views.collect()
}

fn view(scope: &Scope<'_>, id: AliasId) -> Option<UnionView> {
    let alias = &scope.interface[id];
    let cases = cases(scope.interface, members(&alias.ty)?);
    let layout = &scope.names.layout_parameter;
    let ty = scope.own(&rust_type(&alias.name));
    let holds_objects = mentions_object(scope.interface, &alias.ty);
    let normal_header =
        (!holds_objects).then(|| layout::implementation("impl<'py> rt::Normalise<'py>", &ty));
    let [from, into] = match holds_objects {
        true => [format!("{ty}<'py>"), format!("{ty}<'_>")],
        false => [ty.clone(), ty],
    };
    let [some, ok] = ["Some", "Ok"].map(|name| scope.std(name));
    let attempt = |case: &String| {
        let value = Layout::call(format!("Self::{case}"), vec!["value".into()]);
        let result = Layout::call(ok.as_str(), vec![value]);
        let result = result.format(STATEMENT + 4, STATEMENT + 4 + "return ".len(), 1);
        let (inner, outer) = (spaces(STATEMENT + 4), spaces(STATEMENT));
        format!(
            "if let {some}(value) = union.member::<{layout}, _>(py)? {{\n{inner}return {result};\n{outer}}}"
        )
    };
    let normal = |case: &String| {
        let (inner, outer) = (spaces(STATEMENT + 4), spaces(STATEMENT));
        let normal = format!("union.normal::<{layout}, _, _>");
        let normal = Layout::try_call(normal, vec![format!("Self::{case}").into(), "py".into()]);
        let normal = layout::assignment("let normal", &normal, STATEMENT);
        format!(
            "{normal}\n{outer}if let {some}(object) = normal {{\n{inner}return {ok}(object);\n{outer}}}"
        )
    };
    let arm = |case: &String| {
        let value = format!("rt::IntoPython::into_python::<{layout}>(value, py)");
        layout::arm(&format!("Self::{case}(value)"), &value, STATEMENT + 4)
    };
    let part = |case: &String| {
        let value = "rt::IntoPython::dismantle(value, rest)";
        layout::arm(&format!("Self::{case}(value)"), value, STATEMENT + 4)
    };
    Some(UnionView {
        from_header: layout::implementation("impl<'py> rt::FromPython<'py>", &from),
        members_header: layout::implementation("impl<'py> rt::UnionMembers<'py>", &from),
        into_header: layout::implementation("impl rt::IntoPython", &into),
        attempts: cases.iter().map(attempt).collect(),
        arms: cases.iter().map(arm).collect(),
        parts: match holds_recursive(scope.interface, &alias.ty) {
            true => cases.iter().map(part).collect(),
            false => Vec::new(),
        },
        normal_header,
        normal: cases.iter().map(normal).collect(),
        err: scope.std("Err"),
        layout: layout.clone(),
    })
}
