//! The third pass: what aliases stand for, what records, variants and exceptions consist of, and what definitions extend.

use std::collections::HashSet;

use super::context::{Context, Typed, Types};
use super::inheritance::Inheritance;
use super::lookup::{Names, Where};
use super::table::{Compound, Cycles, MOST_LEVELS, MOST_PARTS, Table};
use super::usage::{self, Usage};
use super::{bases, exceptions, records, types};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AliasId, ItemId, RecordId, Type, VariantId};
use crate::source::Span;
use crate::syntax::ast;

/// Resolves the types of all aliases and fields, rejects those that contain themselves, and resolves what definitions extend.
pub(super) fn resolve(cx: &mut Context) -> Types {
    let declared = &cx.names.declared;
    let mut borrowing = HashSet::new();
    let mut aliases = Vec::new();
    for (id, alias) in (0..).map(AliasId).zip(&declared.aliases) {
        let at = Where::module(alias.module);
        let written = alias.ast.ty.as_ref();
        aliases.push(written.and_then(|ty| types::resolve(cx, at, ty)));
        if written.is_some_and(|ty| usage::lent(cx.names, at, ty).is_some()) {
            borrowing.insert(ItemId::Alias(id));
        }
    }
    let mut fields = Vec::new();
    for (id, record) in (0..).map(RecordId).zip(&declared.records) {
        let at = Where::module(record.module);
        fields.push(records::field_types(cx, at, &record.ast.fields));
        if records::lends(cx.names, at, &record.ast.fields) {
            borrowing.insert(ItemId::Record(id));
        }
    }
    let mut payloads = Vec::new();
    for (id, variant) in (0..).map(VariantId).zip(&declared.variants) {
        let at = Where::module(variant.module);
        let cases = &variant.ast.cases;
        let types = cases
            .iter()
            .map(|case| records::payload_types(cx, at, &case.payload));
        payloads.push(types.collect::<Vec<_>>());
        if cases
            .iter()
            .any(|case| records::payload_lends(cx.names, at, &case.payload))
        {
            borrowing.insert(ItemId::Variant(id));
        }
    }
    let (table, cycles) = Table::new(
        aliases.clone(),
        fields.clone(),
        payloads.clone(),
        &borrowing,
        |item| cx.names.is_wit(declared.name(item).span),
    );
    report_cycles(cx, cycles);
    let mut types = Types {
        table,
        exceptions: exceptions::resolve(cx),
        inheritance: Inheritance::default(),
    };
    for ((id, alias), ty) in (0..).map(AliasId).zip(&declared.aliases).zip(aliases) {
        if let (Some(ast), Some(ty)) = (&alias.ast.ty, ty)
            && !usage::check(&mut cx.typed(&types), ast, &ty, Usage::Alias)
        {
            types.table.refuse(id);
        }
    }
    let typed = &mut cx.typed(&types);
    check_fields(typed, &fields, &payloads);
    exceptions::refuse_in_themselves(typed);
    types.inheritance = bases::resolve(&types.table, cx);
    types
}

/// Checks that the types of the fields of records, variants and exceptions are valid for fields.
fn check_fields(cx: &mut Typed, fields: &[Vec<Option<Type>>], payloads: &[Vec<Vec<Option<Type>>>]) {
    let declared = &cx.names.declared;
    for (record, fields) in declared.records.iter().zip(fields) {
        records::check_fields(cx, &record.ast.fields, fields);
    }
    for (variant, payloads) in declared.variants.iter().zip(payloads) {
        for (case, payload) in variant.ast.cases.iter().zip(payloads) {
            records::check_payload(cx, &case.payload, payload);
        }
    }
    for (exception, fields) in declared.exceptions.iter().zip(&cx.types.exceptions.fields) {
        records::check_fields(cx, &exception.ast.fields, fields);
    }
}

fn report_cycles(cx: &mut Context, cycles: Cycles) {
    for cycle in cycles.aliases {
        let Some((first, rest)) = cycle.split_first() else {
            continue;
        };
        let first = &cx.names.declared[*first].name;
        let message = format!("the type `{}` is defined by itself", first.text);
        let mut diagnostic = Diagnostic::new(Code::RecursiveType, first.span, message, "");
        for alias in rest {
            let name = &cx.names.declared[*alias].name;
            diagnostic = diagnostic.cause(name.span, format!("by way of `{}`", name.text));
        }
        let name = &first.text;
        let hidden = cx.names.hidden_builtin(name).filter(|_| rest.is_empty());
        cx.report(diagnostic.help(match rest.is_empty() {
            true if hidden.is_some() => hidden.unwrap_or_default(),
            true => format!(
                "an alias is not a type of its own: declare `record {name} {{ … }}` or `variant {name} {{ … }}`, which can hold lists of themselves"
            ),
            false => "define one of them by another type".to_owned(),
        }));
    }
    for alias in cycles.large {
        let name = &cx.names.declared[alias].name;
        let message = format!("the type `{}` is too large", name.text);
        let label = format!(
            "more than {MOST_PARTS} types, or {MOST_LEVELS} inside each other, those of other aliases included"
        );
        let diagnostic = Diagnostic::new(Code::TooDeep, name.span, message, label);
        cx.report(diagnostic.help("a `record` instead of an alias has a name of its own"));
    }
    for cycle in cycles.compounds {
        let Some(((compound, part), rest)) = cycle.split_first() else {
            continue;
        };
        let (what, name) = compound_name(cx.names, *compound);
        let message = format!("the {what} `{name}` contains itself");
        let label = "a value would hold itself, without end";
        let span = part_span(cx.names, *compound, *part);
        let help = match cx.names.is_wit(span) {
            true => "WIT has no recursive types".to_owned(),
            false => format!("a list can hold it: `list<{name}>`, which is empty or not"),
        };
        let mut diagnostic = Diagnostic::new(Code::RecursiveType, span, message, label);
        for (compound, part) in rest {
            let (_, name) = compound_name(cx.names, *compound);
            diagnostic = diagnostic.cause(
                part_span(cx.names, *compound, *part),
                format!("by way of `{name}`"),
            );
        }
        cx.report(diagnostic.help(help));
    }
}

fn compound_name<'n>(names: &'n Names<'_>, compound: Compound) -> (&'static str, &'n str) {
    match compound {
        Compound::Record(id) => ("record", &names.declared[id].name.text),
        Compound::Variant(id) => ("variant", &names.declared[id].name.text),
    }
}

/// The place of the type with the index `part`, counted across all cases of a variant.
fn part_span(names: &Names, compound: Compound, part: usize) -> Span {
    let of_field = |field: &ast::Field| field.ty.as_ref().map_or(field.name.span, |ty| ty.span);
    let (places, name): (Vec<Span>, _) = match compound {
        Compound::Record(id) => {
            let record = names.declared[id].ast;
            (record.fields.iter().map(of_field).collect(), &record.name)
        }
        Compound::Variant(id) => {
            let variant = names.declared[id].ast;
            let places = variant.cases.iter().flat_map(|case| match &case.payload {
                ast::Payload::None => Vec::new(),
                ast::Payload::Tuple(types) => types.iter().map(|ty| ty.span).collect(),
                ast::Payload::Fields(fields) => fields.iter().map(of_field).collect(),
            });
            (places.collect(), &variant.name)
        }
    };
    places.get(part).copied().unwrap_or(name.span)
}
