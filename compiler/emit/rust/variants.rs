//! Variants as enums.

use serde::Serialize;

use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::rust::{FieldView, derives, docs, fields};
use crate::lower::conversion::Side;
use crate::lower::family::{Case, Family, Shape};
use crate::render::layout::{Layout, is_short_case, short_case};

/// A variant: an enum whose cases may have payloads.
#[derive(Serialize)]
pub(crate) struct VariantView {
    docs: Layout,
    /// Whether the sizes of cases may differ.
    uneven: bool,
    derives: String,
    name: String,
    cases: Vec<CaseView>,
    /// Whether functions fail with it.
    fails: bool,
}

#[derive(Serialize)]
struct CaseView {
    docs: Layout,
    /// `Close`, `LineTo(Point)`, or the name of a case whose fields follow on separate lines.
    case: Layout,
    fields: Vec<FieldView>,
}

pub(crate) fn variant(scope: &Scope<'_>, family: &Family) -> VariantView {
    let cases = family.cases.iter();
    let mut cases: Vec<_> = cases.map(|case| case_view(scope, case)).collect();
    // rustfmt puts either all cases with fields on one line each or none.
    let on_one_line = cases
        .iter()
        .all(|case| case.docs.is_empty() && line(case).is_some());
    if on_one_line {
        for case in &mut cases {
            case.case = line(case).expect("just seen");
            case.fields.clear();
        }
    }
    VariantView {
        docs: docs::lines(&family.head.docs),
        uneven: {
            let is_full = |case: &&Case| case.shape != Shape::Unit;
            family.cases.iter().filter(is_full).count() > 1
        },
        derives: derives(scope, family.contents()),
        fails: family.error,
        name: family.head.rust_name.clone(),
        cases,
    }
}

fn case_view(scope: &Scope<'_>, case: &Case) -> CaseView {
    let speller = Speller::plain(scope);
    let name = &case.data.head.rust_name;
    let (case_text, fields) = match case.shape {
        Shape::Unit => (name.as_str().into(), Vec::new()),
        Shape::Tuple => {
            let types = case.data.fields.iter();
            let types = types.map(|field| speller.value(&field.ty, Side::Field));
            (Layout::case(name, types.collect()), Vec::new())
        }
        Shape::Struct => {
            let fields = fields(scope, &case.data.fields);
            (name.as_str().into(), fields)
        }
    };
    CaseView {
        docs: docs::lines(&case.data.head.docs),
        case: case_text,
        fields,
    }
}

/// The case on one line, if it fits: `Arc { centre: Point }`.
fn line(view: &CaseView) -> Option<Layout> {
    if view.fields.is_empty() {
        return is_short_case(&view.case).then(|| view.case.clone());
    }
    let has_docs = view.fields.iter().any(|field| !field.docs.is_empty());
    let fields = view
        .fields
        .iter()
        .map(|field| (field.name.as_str(), &field.ty));
    short_case(&view.case, fields).filter(|_| !has_docs)
}
