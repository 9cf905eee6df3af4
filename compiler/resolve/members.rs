//! Literals that name a member of an enum, flags, or a case of a variant.

use super::context::Context;
use super::findings::Findings;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{EnumId, FlagsId, Value};
use crate::source::Span;
use crate::syntax::ast::{Name, Path};

/// `metre`, `unit.metre`
pub(super) fn enum_value(
    cx: &mut Context,
    paths: &[Path],
    span: Span,
    id: EnumId,
) -> Option<Value> {
    let enumeration = &cx.names.declared[id];
    let [path] = paths else {
        let message = "members of an enum cannot be combined";
        cx.report(
            Diagnostic::new(Code::WrongValue, span, message, "one member is needed here")
                .help("write one of them; what can be combined are `flags`"),
        );
        return None;
    };
    let members = enumeration.ast.members.iter().map(|member| &member.name);
    let of = Named {
        kind: "enum",
        member: "member",
        name: &enumeration.ast.name,
        whole: enumeration.span,
    };
    let index = member_index(cx.findings, path, of, &members.collect::<Vec<_>>())?;
    Some(Value::Enum(id, index))
}

/// `bold | dashed`, `style.bold`
pub(super) fn flags_value(cx: &mut Context, paths: &[Path], id: FlagsId) -> Option<Value> {
    let flags = &cx.names.declared[id];
    let names: Vec<&Name> = flags.ast.members.iter().map(|flag| &flag.name).collect();
    let of = Named {
        kind: "flags",
        member: "flag",
        name: &flags.ast.name,
        whole: flags.span,
    };
    let mut set: Vec<usize> = Vec::new();
    let mut complete = true;
    for path in paths {
        match member_index(cx.findings, path, of, &names) {
            Some(index) if set.contains(&index) => {
                let message = format!("`{}` is given twice", names[index].text);
                cx.report(
                    Diagnostic::new(Code::DuplicateKey, path.span, message, "one too many")
                        .help("delete one of the two"),
                );
            }
            Some(index) => set.push(index),
            None => complete = false,
        }
    }
    set.sort_unstable();
    complete.then_some(Value::Flags(id, set))
}

/// The index of the member, flag or case that `path` names.
pub(super) fn member_index(
    findings: &mut Findings,
    path: &Path,
    of: Named<'_>,
    names: &[&Name],
) -> Option<usize> {
    let (qualifier, member) = match path.parts.as_slice() {
        [member] => (None, member),
        [qualifier, member] => (Some(qualifier), member),
        _ => {
            let message = format!("a {} of `{}` is needed here", of.member, of.name.text);
            let help = format!("write `{}.` and one of its {}s", of.name.text, of.member);
            findings.report(Diagnostic::new(Code::WrongValue, path.span, message, "").help(help));
            return None;
        }
    };
    if let Some(qualifier) = qualifier.filter(|name| name.text != of.name.text) {
        let message = format!(
            "expected a {} of `{}`, not of `{}`",
            of.member, of.name.text, qualifier.text
        );
        let (kind, name) = (of.name.text.as_str(), member.text.as_str());
        let known = names.iter().any(|known| known.text == member.text);
        let help = match known {
            true => format!("write `{kind}.{name}`, or `{name}`"),
            false => format!("write `{kind}.` and one of its {}s", of.member),
        };
        findings.report(Diagnostic::new(Code::WrongValue, qualifier.span, message, "").help(help));
        return None;
    }
    let position = names.iter().position(|name| name.text == member.text);
    if position.is_none() && !findings.is_damaged(of.whole) {
        let verb = if of.kind == "flags" { "have" } else { "has" };
        let message = format!(
            "the {} `{}` {verb} no {} `{}`",
            of.kind, of.name.text, of.member, member.text
        );
        let names = names.iter().map(|name| name.text.as_str()).collect();
        unknown_member(findings, member, message, names, of.name.span);
    }
    position
}

pub(super) fn unknown_member(
    findings: &mut Findings,
    name: &Name,
    message: String,
    candidates: Vec<&str>,
    declared: Span,
) {
    let diagnostic = Diagnostic::new(Code::UnknownMember, name.span, message, "")
        .cause(declared, "declared here");
    let nearest = match findings.is_full() {
        true => None,
        false => suggest::nearest(&name.text, candidates.iter().copied()),
    };
    let help = match nearest {
        Some(nearest) => Some(format!("did you mean `{nearest}`?")),
        None if (1..=8).contains(&candidates.len()) => {
            Some(format!("there are `{}`", candidates.join("`, `")))
        }
        None => None,
    };
    findings.report(help.into_iter().fold(diagnostic, Diagnostic::help));
}

/// A definition whose members are named by literals.
#[derive(Clone, Copy)]
pub(super) struct Named<'a> {
    /// `enum`
    pub(super) kind: &'static str,
    /// `member`
    pub(super) member: &'static str,
    pub(super) name: &'a Name,
    /// The whole definition.
    pub(super) whole: Span,
}
