//! Flags and their bits.

use std::collections::HashMap;

use super::attributes::Site;
use super::context::Where;
use super::integer::Integer;
use super::namespaces::{Casing, Distinct};
use super::prelude::Values;
use super::{Resolver, docs_with};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Flag, Flags, FlagsId, Type};
use crate::source::Span;
use crate::syntax::ast::{self, Literal, LiteralKind};

/// The number of bits of the widest integer type.
const MAXIMUM_BITS: u32 = u128::BITS;

/// The maximum number of flags in a WIT type.
const MAXIMUM_IN_WIT: usize = 32;

impl Resolver<'_, '_> {
    /// Flags with their values; none if an error was already reported.
    pub(super) fn flags(&mut self, id: FlagsId) -> Option<Flags> {
        let flags = &self.declared[id];
        let (ast, name, meta, span) = (flags.ast, flags.name.clone(), flags.meta, flags.span);
        let module = flags.module;
        let deprecated = flags.attributes.deprecated.clone();
        let at = Where::module(module);
        let damaged = self.is_damaged(span);
        if ast.members.is_empty() && !damaged {
            let message = format!("the flags `{}` have no members", name.text);
            self.report(
                Diagnostic::new(Code::EmptyEnum, name.span, message, "")
                    .help("flags need one member at least"),
            );
        }
        if let Some(member) = ast.members.get(MAXIMUM_IN_WIT)
            && self.is_wit(member.name.span)
        {
            let message = format!("WIT has no more than {MAXIMUM_IN_WIT} flags in one type");
            self.report(
                Diagnostic::new(Code::EnumValues, member.name.span, message, "one too many")
                    .help("divide them into several types"),
            );
        }
        let bits = match &ast.repr {
            Some(repr) => self.bits(at, repr),
            None => Some(MAXIMUM_BITS),
        };
        let mut names = Distinct::default();
        let mut values = Bits::default();
        let mut members = Vec::new();
        for member in &ast.members {
            let attributes = self.attributes(at, &member.meta, Site::Flag);
            let name = self.name(&member.name, &attributes);
            self.claim(&mut names, &name, Casing::CONST);
            self.member_name(&name);
            let value = bits.and_then(|bits| self.flag_value(member, bits, &values));
            if let Some(value) = value {
                let place = member.value.as_ref().map_or(member.name.span, |it| it.span);
                if let Some(first) = values.places.insert(value, place) {
                    let message = format!("`{}` has the value of another flag", member.name.text);
                    self.report(
                        Diagnostic::new(Code::EnumValues, place, message, "values must differ")
                            .cause(first, "the same value"),
                    );
                }
                values.all |= value;
                if value.is_power_of_two() {
                    values.single |= value;
                }
                values.named.push((&member.name.text, value));
            }
            members.push(value.map(|value| Flag {
                name,
                docs: docs_with(&member.meta, attributes.deprecated.as_ref()),
                value,
            }));
        }
        if !damaged && members.iter().all(Option::is_some) {
            self.covered(ast, &values);
        }
        Some(Flags {
            name,
            module,
            docs: docs_with(meta, deprecated.as_ref()),
            deprecated,
            flags: members.into_iter().collect::<Option<_>>()?,
        })
    }

    /// The number of bits of the type after the colon.
    fn bits(&mut self, at: Where, repr: &ast::Type) -> Option<u32> {
        let ty = self.ty(at, repr)?;
        let values = match self.table.expanded(&ty)? {
            Type::Builtin(builtin, _) => Some(&self.prelude.of(*builtin).values),
            _ => None,
        };
        if let Some(Values::Integer(Some(least), Some(most))) = values
            && least.to_string() == "0"
            && let Ok(most) = most.to_string().parse::<u128>()
        {
            return Some(most.trailing_ones());
        }
        let message = format!("flags cannot be of type `{}`", self.show(&ty));
        self.report(
            Diagnostic::new(Code::EnumValues, repr.span, message, "")
                .help("write an integer type without a sign, such as `u32`, or leave it out"),
        );
        None
    }

    /// The value of a flag: the written one, or the bit after the highest so far.
    fn flag_value(&mut self, flag: &ast::Member, bits: u32, before: &Bits<'_>) -> Option<u128> {
        let Some(literal) = &flag.value else {
            let next = u128::BITS - before.all.leading_zeros();
            if next < bits {
                return Some(1 << next);
            }
            let message = format!("`{}` is one flag too many", flag.name.text);
            let help = match bits < MAXIMUM_BITS {
                true => "choose a wider type after the colon, or leave it out",
                false => "divide them into several types",
            };
            let label = format!("there are {bits} bits");
            let diagnostic = Diagnostic::new(Code::EnumValues, flag.name.span, message, label);
            self.report(diagnostic.help(help));
            return None;
        };
        match &literal.kind {
            LiteralKind::Integer(text) => self.flag_number(text, literal.span, bits),
            LiteralKind::Case(paths) => {
                let mut value = 0;
                for path in paths {
                    value |= self.earlier_flag(path, before)?;
                }
                Some(value)
            }
            _ => {
                self.report(
                    Diagnostic::new(
                        Code::EnumValues,
                        literal.span,
                        "a flag is a whole number or made of other flags",
                        "",
                    )
                    .help("write it like `0x04` or `read | write`"),
                );
                None
            }
        }
    }

    fn flag_number(&mut self, text: &str, span: Span, bits: u32) -> Option<u128> {
        let most = u128::MAX >> (MAXIMUM_BITS - bits);
        let value = Integer::parse(text).and_then(|integer| integer.to_string().parse().ok());
        let value = value.filter(|value| *value <= most);
        if value.is_none() {
            let message = format!("{text} is no value that flags of {bits} bits can have");
            self.error(
                Code::ValueOutOfRange,
                span,
                message,
                format!("from 0 to {most}"),
            );
        }
        value
    }

    /// The value of the flag that `path` names, which must be declared earlier.
    fn earlier_flag(&mut self, path: &ast::Path, before: &Bits<'_>) -> Option<u128> {
        let name = path.parts.last()?;
        let known = before.named.iter();
        if let Some((_, value)) = known.clone().find(|(text, _)| *text == name.text)
            && path.parts.len() == 1
        {
            return Some(*value);
        }
        let text = path.parts.iter().map(|part| part.text.as_str());
        let text = text.collect::<Vec<_>>().join(".");
        let message = format!("there is no flag `{text}` above this one");
        let diagnostic = Diagnostic::new(Code::UnknownMember, path.span, message, "");
        let nearest = crate::diagnostic::suggest::nearest(&name.text, known.map(|(text, _)| *text));
        self.report(match nearest {
            Some(nearest) => diagnostic.help(format!("did you mean `{nearest}`?")),
            None => diagnostic,
        });
        None
    }

    /// A value of several bits is a combination of flags, so each bit must be a flag.
    fn covered(&mut self, ast: &ast::Enumeration, values: &Bits<'_>) {
        for (member, (_, value)) in ast.members.iter().zip(&values.named) {
            let Some(Literal { span, .. }) = member.value else {
                continue;
            };
            let nameless = value & !values.single;
            if !value.is_power_of_two() && nameless != 0 {
                let message = format!(
                    "`{}` has a bit of its own that no flag stands for",
                    member.name.text
                );
                self.report(
                    Diagnostic::new(Code::EnumValues, span, message, "")
                        .help(format!(
                            "a flag is one bit, or several flags together: add one with the value {:#x}",
                            1u128 << nameless.trailing_zeros()
                        )),
                );
            }
        }
    }
}

/// The flags declared so far.
#[derive(Default)]
struct Bits<'a> {
    named: Vec<(&'a str, u128)>,
    places: HashMap<u128, Span>,
    /// The bits that any flag has.
    all: u128,
    /// The bits that are single flags.
    single: u128,
}
