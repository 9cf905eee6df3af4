//! Declared types without methods, and constants.

use super::literal::Owner;
use super::printer::{Breaks, List, Printer};
use crate::syntax::ast::{
    Alias, Case, Const, Enumeration, Exception, Field, Member, Payload, Record, Variant,
};

/// The body of a declaration.
const BODY: List = List {
    open: "{",
    close: "}",
    spaced: true,
    trailing_comma: true,
    breaks: Breaks::AsWritten,
    packed: false,
};

/// The fields of a case.
const CASE_FIELDS: List = List {
    breaks: Breaks::AsWrittenElseWhenLong,
    ..BODY
};

/// The payload of a case. WIT allows no comma before `)`.
const PAYLOAD: List = List {
    open: "(",
    close: ")",
    spaced: false,
    trailing_comma: false,
    breaks: Breaks::WhenLong,
    packed: false,
};

impl<'a> Printer<'a> {
    pub(super) fn alias(&mut self, alias: &'a Alias) {
        self.token("type");
        self.space();
        self.name(&alias.name);
        self.spaced("=");
        self.space();
        self.ty_or_gap(alias.ty.as_ref());
        self.separator(";");
    }

    pub(super) fn record(&mut self, record: &'a Record) {
        self.token("record");
        self.space();
        self.name(&record.name);
        self.space();
        self.list(BODY, &record.fields, Self::field);
    }

    fn field(&mut self, field: &'a Field) {
        self.meta(&field.meta, Owner::Part);
        self.typed_name(&field.name, field.ty.as_ref());
        self.default(field.default.as_ref());
    }

    pub(super) fn variant(&mut self, variant: &'a Variant) {
        self.token("variant");
        self.space();
        self.name(&variant.name);
        self.space();
        self.list(BODY, &variant.cases, Self::case);
    }

    fn case(&mut self, case: &'a Case) {
        self.meta(&case.meta, Owner::Part);
        self.name(&case.name);
        match &case.payload {
            Payload::None => {}
            Payload::Tuple(types) => self.list(PAYLOAD, types, Self::ty),
            Payload::Fields(fields) => {
                self.space();
                self.list(CASE_FIELDS, fields, Self::field);
            }
        }
    }

    pub(super) fn enumeration(&mut self, keyword: &'static str, item: &'a Enumeration) {
        self.token(keyword);
        self.space();
        self.name(&item.name);
        if let Some(repr) = &item.repr {
            self.token(":");
            self.space();
            self.ty(repr);
        }
        self.space();
        self.list(BODY, &item.members, Self::member);
    }

    fn member(&mut self, member: &'a Member) {
        self.meta(&member.meta, Owner::Part);
        self.name(&member.name);
        self.default(member.value.as_ref());
    }

    pub(super) fn constant(&mut self, item: &'a Const) {
        self.token("const");
        self.space();
        self.typed_name(&item.name, item.ty.as_ref());
        self.default(item.value.as_ref());
        self.separator(";");
    }

    pub(super) fn exception(&mut self, exception: &'a Exception) {
        self.token("exception");
        self.space();
        self.name(&exception.name);
        if let Some(base) = &exception.base {
            self.continued(|printer| {
                printer.token("extends");
                printer.space();
                printer.path(base);
            });
        }
        if exception.fields.is_empty() && self.source_is_at("{") != Some(true) {
            self.separator(";");
        } else {
            self.space();
            self.list(BODY, &exception.fields, Self::field);
        }
    }
}
