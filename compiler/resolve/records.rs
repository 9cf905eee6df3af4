//! Records and variants, and the fields of records, cases and exceptions.

use super::attributes::{self, Site};
use super::context::{Context, Define, Owner, Typed};
use super::docs::{docs, docs_with};
use super::findings::Findings;
use super::lookup::{Names, Where};
use super::namespaces::{self, Casing, Distinct};
use super::usage::{self, Usage};
use super::{identifiers, literals, messages, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Case, Docs, Field, ItemId, Name, Payload, Record, RecordId, RecordStyle, Type, Value, Variant,
    VariantId,
};
use crate::syntax::ast;

/// A record with its fields; none if an error was already reported.
pub(super) fn record(cx: &mut Define, id: RecordId) -> Option<Record> {
    let record = &cx.names.declared[id];
    let style = record.attributes.style;
    let at = Where::module(record.module);
    let fields = complete_fields(cx, at, Owner::Record(id), &record.ast.fields)?;
    if style == RecordStyle::NamedTuple {
        named_tuple(cx.findings, &fields);
    }
    Some(Record {
        name: record.name.clone(),
        module: record.module,
        docs: docs(record.meta),
        deprecated: record.attributes.deprecated.clone(),
        style,
        fields,
    })
}

/// Reports fields that `collections.namedtuple` rejects, or that shadow attributes of tuples.
fn named_tuple(findings: &mut Findings, fields: &[Field]) {
    for Field { name, .. } in fields {
        let python = Casing::VALUE.python(name);
        let label = match python.as_str() {
            "count" | "index" => "tuples have a method of this name",
            _ if python.starts_with('_') => "these names begin with a letter",
            _ => continue,
        };
        let message = format!("a field of a named tuple cannot be called `{python}` in Python");
        findings.report(
            Diagnostic::new(Code::ReservedName, name.span, message, label)
                .help("choose another name, here or for Python with `@py.name(\"…\")`"),
        );
    }
}

/// The fields of a record or case; none if an error was already reported.
fn complete_fields(
    cx: &mut Define,
    at: Where,
    owner: Owner,
    written: &[ast::Field],
) -> Option<Vec<Field>> {
    let mut names = Distinct::default();
    let mut defaulted: Option<&ast::Field> = None;
    let mut fields = Vec::new();
    for (index, field) in written.iter().enumerate() {
        let (name, docs) = field_name(cx, at, field, &mut names);
        match (&field.default, defaulted) {
            (Some(_), _) => defaulted = defaulted.or(Some(field)),
            // A field without a type is incomplete.
            (None, Some(before)) if field.ty.is_some() => {
                let message = format!(
                    "`{}` needs a default, as a field before it has one",
                    field.name.text
                );
                cx.report(
                    Diagnostic::new(Code::ParameterOrder, field.name.span, message, "")
                        .cause(before.name.span, "this has a default")
                        .help("give it a default, or move it to the front"),
                );
            }
            (None, _) => {}
        }
        let place = field
            .default
            .as_ref()
            .map_or(field.name.span, |literal| literal.span);
        let default = literals::field_default(cx, owner, index, place);
        let ty = cx.types.of(owner)[index].clone();
        fields.push(complete_field(name, docs, ty, field, default));
    }
    fields.into_iter().collect()
}

/// Name and documentation of a field, checked against the other fields' names.
pub(super) fn field_name(
    cx: &mut Context,
    at: Where,
    field: &ast::Field,
    names: &mut Distinct,
) -> (Name, Docs) {
    let attributes = attributes::read(cx, at, &field.meta, Site::Field);
    let name = identifiers::value_name(cx, at, &field.name, &attributes);
    namespaces::claim(cx, names, &name, Casing::VALUE);
    (name, docs_with(&field.meta, attributes.deprecated.as_ref()))
}

/// The types of fields; none if an error was already reported.
pub(super) fn field_types(cx: &mut Context, at: Where, fields: &[ast::Field]) -> Vec<Option<Type>> {
    fields
        .iter()
        .map(|field| field.ty.as_ref().and_then(|ty| types::resolve(cx, at, ty)))
        .collect()
}

/// Checks that the types of fields are valid for fields.
pub(super) fn check_fields(cx: &mut Typed, fields: &[ast::Field], resolved: &[Option<Type>]) {
    for (field, ty) in fields.iter().zip(resolved) {
        if let (Some(ast), Some(ty)) = (&field.ty, ty) {
            usage::check(cx, ast, ty, Usage::Field);
        }
    }
}

/// The types of a case's payload, in order; none if an error was already reported.
pub(super) fn payload_types(
    cx: &mut Context,
    at: Where,
    payload: &ast::Payload,
) -> Vec<Option<Type>> {
    match payload {
        ast::Payload::None => Vec::new(),
        ast::Payload::Tuple(types) => types.iter().map(|ty| types::resolve(cx, at, ty)).collect(),
        ast::Payload::Fields(fields) => field_types(cx, at, fields),
    }
}

/// Checks that the types of a case are valid for fields.
pub(super) fn check_payload(cx: &mut Typed, payload: &ast::Payload, resolved: &[Option<Type>]) {
    match payload {
        ast::Payload::None => {}
        ast::Payload::Tuple(asts) => {
            for (ast, ty) in asts.iter().zip(resolved) {
                if let Some(ty) = ty {
                    usage::check(cx, ast, ty, Usage::Field);
                }
            }
        }
        ast::Payload::Fields(fields) => check_fields(cx, fields, resolved),
    }
}

/// A variant with its cases; none if an error was already reported.
pub(super) fn variant(cx: &mut Define, id: VariantId) -> Option<Variant> {
    let variant = &cx.names.declared[id];
    let (written, name) = (&variant.ast.cases, &variant.name);
    let at = Where::module(variant.module);
    if written.is_empty() && !cx.findings.is_damaged(variant.span) {
        cx.report(
            Diagnostic::new(
                Code::EmptyEnum,
                name.span,
                format!("the variant `{}` has no cases", name.text),
                "",
            )
            .help("a variant needs one case at least"),
        );
    }
    let mut names = Distinct::default();
    let mut cases = Vec::new();
    for (index, case) in written.iter().enumerate() {
        let attributes = attributes::read(cx, at, &case.meta, Site::Case);
        let name = identifiers::declared_name(cx.findings, &case.name, &attributes);
        namespaces::claim(cx, &mut names, &name, Casing::TYPE);
        let message = messages::message(
            cx,
            attributes.message.as_ref(),
            ItemId::Variant(id),
            &case.name,
            &case.payload,
        );
        let payload = payload_of(cx, at, id, index, &case.payload);
        cases.push(payload.map(|payload| Case {
            name,
            docs: docs_with(&case.meta, attributes.deprecated.as_ref()),
            message,
            payload,
        }));
    }
    let deprecated = variant.attributes.deprecated.clone();
    Some(Variant {
        name: name.clone(),
        module: variant.module,
        docs: docs_with(variant.meta, deprecated.as_ref()),
        deprecated,
        error: false,
        cases: cases.into_iter().collect::<Option<_>>()?,
    })
}

fn payload_of(
    cx: &mut Define,
    at: Where,
    id: VariantId,
    case: usize,
    payload: &ast::Payload,
) -> Option<Payload> {
    match payload {
        ast::Payload::None => Some(Payload::None),
        ast::Payload::Tuple(_) => {
            let types = cx.types.table.payload(id, case).iter().cloned();
            Some(Payload::Tuple(types.collect::<Option<_>>()?))
        }
        ast::Payload::Fields(fields) => {
            let fields = complete_fields(cx, at, Owner::Case(id, case), fields)?;
            // `point {}` has no payload.
            Some(match fields.is_empty() {
                true => Payload::None,
                false => Payload::Fields(fields),
            })
        }
    }
}

/// A field; none if its type or its default was already reported.
pub(super) fn complete_field(
    name: Name,
    docs: Docs,
    ty: Option<Type>,
    field: &ast::Field,
    default: Option<Value>,
) -> Option<Field> {
    let missing = field.default.is_some() && default.is_none();
    Some(Field {
        name,
        docs,
        ty: ty?,
        default,
    })
    .filter(|_| !missing)
}

/// Whether a field contains `borrow`.
pub(super) fn lends(names: &Names, at: Where, fields: &[ast::Field]) -> bool {
    let mut types = fields.iter().filter_map(|field| field.ty.as_ref());
    types.any(|ty| usage::lent(names, at, ty).is_some())
}

/// Whether the payload of a case contains `borrow`.
pub(super) fn payload_lends(names: &Names, at: Where, payload: &ast::Payload) -> bool {
    match payload {
        ast::Payload::None => false,
        ast::Payload::Tuple(types) => types.iter().any(|ty| usage::lent(names, at, ty).is_some()),
        ast::Payload::Fields(fields) => lends(names, at, fields),
    }
}
