//! Variants as enums.

use serde::Serialize;

use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::rust::exceptions::HeaderView;
use crate::emit::rust::{FieldView, derives, docs, fields};
use crate::lower::conversion::Side;
use crate::lower::family::{Case, Family, Shape};
use crate::render::layout::{self, width};

/// A variant: an enum whose cases may have payloads.
#[derive(Serialize)]
pub(crate) struct VariantView {
    docs: Vec<String>,
    /// Whether the sizes of cases may differ.
    uneven: bool,
    derives: String,
    name: String,
    cases: Vec<CaseView>,
    /// Set if functions fail with it.
    headers: Option<HeaderView>,
}

#[derive(Serialize)]
struct CaseView {
    docs: Vec<String>,
    /// `Close,`, `LineTo(Point),`, or the name of a case whose fields follow on separate lines.
    text: String,
    fields: Vec<FieldView>,
}

/// rustfmt's `struct_variant_width`: the maximum width of a case's fields on one line.
const FIELDS_WIDTH: usize = 35;
/// Where cases are declared.
const INDENT: usize = 4;

pub(crate) fn variant(scope: &Scope<'_>, family: &Family) -> VariantView {
    let cases = family.cases.iter();
    let mut cases: Vec<_> = cases.map(|case| case_view(scope, case)).collect();
    // rustfmt puts either all cases with fields on one line each or none.
    let on_one_line = cases
        .iter()
        .all(|case| case.docs.is_empty() && !case.text.contains('\n') && line(case).is_some());
    if on_one_line {
        for case in &mut cases {
            case.text = line(case).expect("just seen");
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
        headers: family
            .error
            .then(|| HeaderView::new(&family.head.rust_name)),
        name: family.head.rust_name.clone(),
        cases,
    }
}

fn case_view(scope: &Scope<'_>, case: &Case) -> CaseView {
    let speller = Speller::plain(scope);
    let name = &case.data.head.rust_name;
    let (text, fields) = match case.shape {
        Shape::Unit => (format!("{name},"), Vec::new()),
        Shape::Tuple => {
            let types = case.data.fields.iter();
            let types = types.map(|field| speller.value(&field.ty, Side::Field));
            let types: Vec<_> = types.collect();
            (layout::tuple_case(name, &types, INDENT), Vec::new())
        }
        Shape::Struct => {
            let fields = fields(scope, &case.data.fields, "", INDENT + 4);
            (name.clone(), fields)
        }
    };
    CaseView {
        docs: docs::lines(&case.data.head.docs),
        text,
        fields,
    }
}

/// The case on one line, if it fits: `Arc { centre: Point },`.
fn line(case: &CaseView) -> Option<String> {
    if case.fields.is_empty() {
        return Some(case.text.clone());
    }
    let all: Vec<_> = case
        .fields
        .iter()
        .map(|field| field.text.as_str())
        .collect();
    let list = all.join(" ");
    let list = list.trim_end_matches(',');
    let has_docs = case.fields.iter().any(|field| !field.docs.is_empty());
    let line = format!("{} {{ {list} }},", case.text);
    (!has_docs && width(list) <= FIELDS_WIDTH && layout::fits(&line, INDENT)).then_some(line)
}
