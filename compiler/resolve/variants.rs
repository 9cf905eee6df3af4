//! Variants: their cases and payloads.

use super::attributes::Site;
use super::context::Where;
use super::namespaces::{Casing, Distinct};
use super::usage::Usage;
use super::values::Owner;
use super::{Resolver, docs_with};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Case, ItemId, Payload, Type, Variant, VariantId};
use crate::syntax::ast;

impl Resolver<'_, '_> {
    /// The types of a case's payload, in order; none if an error was already reported.
    pub(super) fn payload_types(&mut self, at: Where, payload: &ast::Payload) -> Vec<Option<Type>> {
        match payload {
            ast::Payload::None => Vec::new(),
            ast::Payload::Tuple(types) => types.iter().map(|ty| self.ty(at, ty)).collect(),
            ast::Payload::Fields(fields) => self.field_types(at, fields),
        }
    }

    /// Checks that the types of a case are valid for fields.
    pub(super) fn check_payload(&mut self, payload: &ast::Payload, types: &[Option<Type>]) {
        match payload {
            ast::Payload::None => {}
            ast::Payload::Tuple(asts) => {
                for (ast, ty) in asts.iter().zip(types) {
                    if let Some(ty) = ty {
                        self.check_usage(ast, ty, Usage::Field);
                    }
                }
            }
            ast::Payload::Fields(fields) => self.check_fields(fields, types),
        }
    }

    /// A variant with its cases; none if an error was already reported.
    pub(super) fn variant(&mut self, id: VariantId) -> Option<Variant> {
        let variant = &self.declared[id];
        let (ast, name, meta) = (variant.ast, variant.name.clone(), variant.meta);
        let module = variant.module;
        let deprecated = variant.attributes.deprecated.clone();
        let at = Where::module(module);
        if ast.cases.is_empty() && !self.is_damaged(self.declared[id].span) {
            self.report(
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
        for (index, case) in ast.cases.iter().enumerate() {
            let attributes = self.attributes(at, &case.meta, Site::Case);
            let name = self.name(&case.name, &attributes);
            self.claim(&mut names, &name, Casing::TYPE);
            let message = self.message(
                attributes.message.as_ref(),
                ItemId::Variant(id),
                &case.name,
                &case.payload,
            );
            let payload = self.payload(at, id, index, &case.payload);
            cases.push(payload.map(|payload| Case {
                name,
                docs: docs_with(&case.meta, attributes.deprecated.as_ref()),
                message,
                payload,
            }));
        }
        Some(Variant {
            name,
            module,
            docs: docs_with(meta, deprecated.as_ref()),
            deprecated,
            error: false,
            cases: cases.into_iter().collect::<Option<_>>()?,
        })
    }

    fn payload(
        &mut self,
        at: Where,
        id: VariantId,
        case: usize,
        payload: &ast::Payload,
    ) -> Option<Payload> {
        match payload {
            ast::Payload::None => Some(Payload::None),
            ast::Payload::Tuple(_) => {
                let types = self.table.payload(id, case).iter().cloned();
                Some(Payload::Tuple(types.collect::<Option<_>>()?))
            }
            ast::Payload::Fields(fields) => {
                let fields = self.fields(at, Owner::Case(id, case), fields)?;
                // `point {}` has no payload.
                Some(match fields.is_empty() {
                    true => Payload::None,
                    false => Payload::Fields(fields),
                })
            }
        }
    }
}
