//! The second stage: what aliases stand for, and what records and exceptions consist of.

use super::Resolver;
use super::table::{Cycles, Table};
use super::usage::Usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AliasId, RecordId, Type};
use crate::syntax::ast;

impl Resolver<'_, '_> {
    /// Resolves the types of all aliases and fields, and refuses those that contain themselves.
    pub(super) fn shapes(&mut self) {
        let aliases: Vec<_> = self
            .declared
            .aliases
            .iter()
            .map(|alias| (alias.module, alias.ast.ty.as_ref()))
            .collect();
        let types: Vec<_> = aliases
            .iter()
            .map(|(module, ty)| {
                self.current = *module;
                ty.and_then(|ty| self.ty(ty, None))
            })
            .collect();
        let records: Vec<_> = self
            .declared
            .records
            .iter()
            .map(|record| (record.module, &record.ast.fields))
            .collect();
        let fields: Vec<Vec<_>> = records
            .iter()
            .map(|(module, fields)| {
                self.current = *module;
                self.field_types(fields)
            })
            .collect();
        let (table, cycles) = Table::new(types.clone(), fields.clone(), self.prelude);
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
        self.bases();
    }

    /// The types of fields; none where that was reported.
    pub(super) fn field_types(&mut self, fields: &[ast::Field]) -> Vec<Option<Type>> {
        fields
            .iter()
            .map(|field| field.ty.as_ref().and_then(|ty| self.ty(ty, None)))
            .collect()
    }

    /// Checks that the types of fields can be types of fields.
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
            self.report(diagnostic);
        }
        for cycle in cycles.records {
            let Some(((record, field), rest)) = cycle.split_first() else {
                continue;
            };
            let name = &self.declared[*record].name.text;
            let span = self.field_type_span(*record, *field);
            let message = format!("the record `{name}` contains itself");
            let mut diagnostic = Diagnostic::new(
                Code::RecursiveType,
                span,
                message,
                "no value could ever be complete",
            );
            for (record, field) in rest {
                let name = &self.declared[*record].name.text;
                diagnostic = diagnostic.cause(
                    self.field_type_span(*record, *field),
                    format!("by way of `{name}`"),
                );
            }
            self.report(diagnostic.help(format!(
                "a list can hold it: `list<{name}>`, which is empty or not"
            )));
        }
    }

    fn field_type_span(&self, record: RecordId, field: usize) -> crate::source::Span {
        let record = self.declared[record].ast;
        record.fields.get(field).map_or(record.name.span, |field| {
            field.ty.as_ref().map_or(field.name.span, |ty| ty.span)
        })
    }
}
