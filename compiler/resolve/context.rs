//! What the passes hand to the functions that they consist of.

use std::collections::HashMap;
use std::ops::{Deref, DerefMut};

use super::findings::Findings;
use super::inheritance::{Exceptions, Inheritance};
use super::lookup::{Names, Where};
use super::table::Table;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ItemId, RecordId, Type, Value, VariantId};
use crate::source::{FileId, Span};
use crate::syntax::ast;

/// For the passes that collect names.
pub(super) struct Binder<'a> {
    pub(super) names: Names<'a>,
    pub(super) findings: Findings,
    /// The functions that worlds export and import directly, as items, by their places.
    pub(super) extern_functions: &'a HashMap<Span, ast::Function>,
}

impl Binder<'_> {
    /// The context of functions that read names.
    pub(super) fn context(&mut self) -> Context<'_> {
        Context {
            names: &self.names,
            findings: &mut self.findings,
        }
    }
}

/// For everything that reads names.
pub(super) struct Context<'t> {
    pub(super) names: &'t Names<'t>,
    pub(super) findings: &'t mut Findings,
}

impl<'t> Context<'t> {
    /// The same with types.
    pub(super) fn typed<'s>(&'s mut self, types: &'s Types) -> Typed<'s> {
        let context = Context {
            names: self.names,
            findings: self.findings,
        };
        Typed { context, types }
    }

    /// The names of types that can be used in `file`, for suggestions; none if no more findings are kept.
    pub(super) fn suggested(&self, at: Where, file: FileId) -> Vec<&'t str> {
        match self.findings.is_full() {
            true => Vec::new(),
            false => self.names.type_names(at, file),
        }
    }

    /// The names of exceptions that can be used in `file`, for suggestions; none if no more findings are kept.
    pub(super) fn suggested_exceptions(&self, at: Where, file: FileId) -> Vec<&'t str> {
        match self.findings.is_full() {
            true => Vec::new(),
            false => self.names.exception_names(at, file),
        }
    }

    /// Reports a finding.
    pub(super) fn report(&mut self, diagnostic: Diagnostic) {
        self.findings.report(diagnostic);
    }

    /// Reports a finding without help of its own.
    pub(super) fn error(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        label: impl Into<String>,
    ) {
        self.report(Diagnostic::new(code, span, message, label));
    }
}

/// The types of aliases, fields and payloads, and what exceptions, classes and protocols extend.
pub(super) struct Types {
    pub(super) table: Table,
    pub(super) exceptions: Exceptions,
    pub(super) inheritance: Inheritance,
}

impl Types {
    /// The types of the fields of a record or case.
    pub(super) fn of(&self, owner: Owner) -> &[Option<Type>] {
        match owner {
            Owner::Record(id) => self.table.fields(id),
            Owner::Case(id, case) => self.table.payload(id, case),
        }
    }
}

/// For everything that reads types.
pub(super) struct Typed<'t> {
    pub(super) context: Context<'t>,
    pub(super) types: &'t Types,
}

/// For the pass that makes definitions.
pub(super) struct Define<'t> {
    pub(super) typed: Typed<'t>,
    pub(super) defaults: Defaults,
    /// The last literal of a kind that its type does not accept.
    pub(super) mismatched: Option<Span>,
    /// The variants and enums whose cases have messages, and the messages' places.
    pub(super) messages: Vec<(ItemId, Span)>,
}

/// A context has everything that the one before it has.
macro_rules! extend {
    ($context:ident, $field:ident: $before:ident) => {
        impl<'t> Deref for $context<'t> {
            type Target = $before<'t>;

            fn deref(&self) -> &Self::Target {
                &self.$field
            }
        }

        impl DerefMut for $context<'_> {
            fn deref_mut(&mut self) -> &mut Self::Target {
                &mut self.$field
            }
        }
    };
}

extend!(Typed, context: Context);
extend!(Define, typed: Typed);

/// The defaults of fields, each computed once.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    pub(super) fields: HashMap<(Owner, usize), State>,
    /// How many nested defaults are being computed.
    pub(super) depth: usize,
}

/// A definition whose fields have defaults that a literal can omit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    Record(RecordId),
    /// The case of a variant with this index.
    Case(VariantId, usize),
}

#[derive(Debug)]
pub(super) enum State {
    Running,
    /// `None` if an error was already reported.
    Done(Option<Value>),
}
