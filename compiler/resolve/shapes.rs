//! The second stage: resolves the targets of aliases and the contents of records, variants and exceptions.

use std::collections::HashSet;

use super::Resolver;
use super::context::Where;
use super::table::{Compound, Cycles, MOST_LEVELS, MOST_PARTS, Table};
use super::usage::Usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AliasId, ItemId, RecordId, Type, VariantId};
use crate::source::Span;
use crate::syntax::ast;

impl Resolver<'_, '_> {
    /// Resolves the types of all aliases and fields, and rejects those that contain themselves.
    pub(super) fn shapes(&mut self) {
        let mut borrowing = HashSet::new();
        let aliases: Vec<_> = self
            .declared
            .aliases
            .iter()
            .map(|alias| (alias.module, alias.ast.ty.as_ref()))
            .collect();
        let types: Vec<_> = (0..)
            .zip(&aliases)
            .map(|(id, (module, ty))| {
                let at = Where::module(*module);
                let ty = ty.and_then(|ty| self.ty(at, ty));
                self.note_borrow(ItemId::Alias(AliasId(id)), &mut borrowing);
                ty
            })
            .collect();
        let records: Vec<_> = self
            .declared
            .records
            .iter()
            .map(|record| (record.module, &record.ast.fields))
            .collect();
        let fields: Vec<Vec<_>> = (0..)
            .zip(&records)
            .map(|(id, (module, fields))| {
                let at = Where::module(*module);
                let types = self.field_types(at, fields);
                self.note_borrow(ItemId::Record(RecordId(id)), &mut borrowing);
                types
            })
            .collect();
        let cases: Vec<_> = self
            .declared
            .variants
            .iter()
            .map(|variant| (variant.module, &variant.ast.cases))
            .collect();
        let payloads: Vec<Vec<Vec<_>>> = (0..)
            .zip(&cases)
            .map(|(id, (module, cases))| {
                let at = Where::module(*module);
                let types = cases
                    .iter()
                    .map(|case| self.payload_types(at, &case.payload));
                let types = types.collect();
                self.note_borrow(ItemId::Variant(VariantId(id)), &mut borrowing);
                types
            })
            .collect();
        let (table, cycles) = Table::new(
            types.clone(),
            fields.clone(),
            payloads.clone(),
            &borrowing,
            self.prelude,
            |item| self.is_wit(self.declared.name(item).span),
        );
        self.table = table;
        self.cycles(cycles);
        for (index, ((_, ast), ty)) in aliases.into_iter().zip(types).enumerate() {
            if let (Some(ast), Some(ty)) = (ast, ty)
                && !self.check_usage(ast, &ty, Usage::Alias)
            {
                self.table.refuse(AliasId(index as u32));
            }
        }
        for ((_, fields), types) in records.into_iter().zip(fields) {
            self.check_fields(fields, &types);
        }
        for ((_, cases), payloads) in cases.into_iter().zip(payloads) {
            for (case, types) in cases.iter().zip(payloads) {
                self.check_payload(&case.payload, &types);
            }
        }
        self.bases();
        self.inherit();
    }

    /// Records whether the types that were resolved for `item` contain `borrow`.
    fn note_borrow(&mut self, item: ItemId, borrowing: &mut HashSet<ItemId>) {
        if self.borrowed.take().is_some() {
            borrowing.insert(item);
        }
    }

    /// The types of fields; none if an error was already reported.
    pub(super) fn field_types(&mut self, at: Where, fields: &[ast::Field]) -> Vec<Option<Type>> {
        fields
            .iter()
            .map(|field| field.ty.as_ref().and_then(|ty| self.ty(at, ty)))
            .collect()
    }

    /// Checks that the types of fields are valid for fields.
    pub(super) fn check_fields(&mut self, fields: &[ast::Field], types: &[Option<Type>]) {
        for (field, ty) in fields.iter().zip(types) {
            if let (Some(ast), Some(ty)) = (&field.ty, ty) {
                self.check_usage(ast, ty, Usage::Field);
            }
        }
    }

    fn cycles(&mut self, cycles: Cycles) {
        for cycle in cycles.aliases {
            let Some((first, rest)) = cycle.split_first() else {
                continue;
            };
            let first = &self.declared[*first].name;
            let message = format!("the type `{}` is defined by itself", first.text);
            let mut diagnostic = Diagnostic::new(Code::RecursiveType, first.span, message, "");
            for alias in rest {
                let name = &self.declared[*alias].name;
                diagnostic = diagnostic.cause(name.span, format!("by way of `{}`", name.text));
            }
            let name = &first.text;
            let hidden = self.hidden_builtin(name).filter(|_| rest.is_empty());
            self.report(diagnostic.help(match rest.is_empty() {
                true if hidden.is_some() => hidden.unwrap_or_default(),
                true => format!(
                    "an alias is no type of its own: declare `record {name} {{ … }}` or `variant {name} {{ … }}`, which can hold lists of themselves"
                ),
                false => "define one of them by another type".to_owned(),
            }));
        }
        for alias in cycles.large {
            let name = &self.declared[alias].name;
            let message = format!("the type `{}` stands for too much", name.text);
            let label = format!(
                "more than {MOST_PARTS} types, or {MOST_LEVELS} inside each other, those of other aliases included"
            );
            let diagnostic = Diagnostic::new(Code::TooDeep, name.span, message, label);
            self.report(diagnostic.help("a `record` instead of an alias has a name of its own"));
        }
        for cycle in cycles.compounds {
            let Some(((compound, part), rest)) = cycle.split_first() else {
                continue;
            };
            let (what, name) = self.compound_name(*compound);
            let message = format!("the {what} `{name}` contains itself");
            let label = "a value would hold itself, without end";
            let span = self.part_span(*compound, *part);
            let help = match self.is_wit(span) {
                true => "WIT has no recursive types".to_owned(),
                false => format!("a list can hold it: `list<{name}>`, which is empty or not"),
            };
            let mut diagnostic = Diagnostic::new(Code::RecursiveType, span, message, label);
            for (compound, part) in rest {
                let (_, name) = self.compound_name(*compound);
                diagnostic = diagnostic.cause(
                    self.part_span(*compound, *part),
                    format!("by way of `{name}`"),
                );
            }
            self.report(diagnostic.help(help));
        }
    }

    fn compound_name(&self, compound: Compound) -> (&'static str, &str) {
        match compound {
            Compound::Record(id) => ("record", &self.declared[id].name.text),
            Compound::Variant(id) => ("variant", &self.declared[id].name.text),
        }
    }

    /// The place of the type with the index `part`, counted across all cases of a variant.
    fn part_span(&self, compound: Compound, part: usize) -> Span {
        let of_field = |field: &ast::Field| field.ty.as_ref().map_or(field.name.span, |ty| ty.span);
        let (places, name): (Vec<Span>, _) = match compound {
            Compound::Record(id) => {
                let record = self.declared[id].ast;
                (record.fields.iter().map(of_field).collect(), &record.name)
            }
            Compound::Variant(id) => {
                let variant = self.declared[id].ast;
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
}
