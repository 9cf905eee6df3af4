//! Unions in the glue.

use serde::Serialize;

use crate::emit::language::rust::layout::{self, Layout, spaces};
use crate::emit::language::rust::scope::Scope;
use crate::lower::alias::Alias;

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

/// The conversions of a union; none for other aliases.
pub(super) fn view(scope: &Scope<'_>, alias: &Alias) -> Option<UnionView> {
    let union = alias.union.as_ref()?;
    let layout = &scope.names.layout_parameter;
    let ty = scope.own(&alias.head.rust_name);
    let normal_header =
        (!alias.has_objects).then(|| layout::implementation("impl<'py> rt::Normalise<'py>", &ty));
    let [from, into] = match alias.has_objects {
        true => [format!("{ty}<'py>"), format!("{ty}<'_>")],
        false => [ty.clone(), ty],
    };
    let [some, ok] = ["Some", "Ok"].map(|name| scope.std(name));
    let attempt = |case: &str| {
        let value = Layout::call(format!("Self::{case}"), vec!["value".into()]);
        let result = Layout::call(ok.as_str(), vec![value]);
        let result = result.format(STATEMENT + 4, STATEMENT + 4 + "return ".len(), 1);
        let (inner, outer) = (spaces(STATEMENT + 4), spaces(STATEMENT));
        format!(
            "if let {some}(value) = union.member::<{layout}, _>(py)? {{\n{inner}return {result};\n{outer}}}"
        )
    };
    let normal = |case: &str| {
        let (inner, outer) = (spaces(STATEMENT + 4), spaces(STATEMENT));
        let normal = format!("union.normal::<{layout}, _, _>");
        let normal = Layout::try_call(normal, vec![format!("Self::{case}").into(), "py".into()]);
        let normal = layout::assignment("let normal", &normal, STATEMENT);
        format!(
            "{normal}\n{outer}if let {some}(object) = normal {{\n{inner}return {ok}(object);\n{outer}}}"
        )
    };
    let arm = |case: &str| {
        let value = format!("rt::IntoPython::into_python::<{layout}>(value, py)");
        layout::arm(&format!("Self::{case}(value)"), &value, STATEMENT + 4)
    };
    let part = |case: &str| {
        let value = "rt::IntoPython::dismantle(value, rest)";
        layout::arm(&format!("Self::{case}(value)"), value, STATEMENT + 4)
    };
    let cases = || union.cases.iter().map(|(name, _)| name.as_str());
    Some(UnionView {
        from_header: layout::implementation("impl<'py> rt::FromPython<'py>", &from),
        members_header: layout::implementation("impl<'py> rt::UnionMembers<'py>", &from),
        into_header: layout::implementation("impl rt::IntoPython", &into),
        attempts: cases().map(attempt).collect(),
        arms: cases().map(arm).collect(),
        parts: match union.holds_recursive {
            true => cases().map(part).collect(),
            false => Vec::new(),
        },
        normal_header,
        normal: cases().map(normal).collect(),
        err: scope.std("Err"),
        layout: layout.clone(),
    })
}
