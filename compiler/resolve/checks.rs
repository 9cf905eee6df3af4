//! The fifth pass: checks that are possible only when all definitions are known.

use std::collections::HashSet;

use super::context::{Context, Typed};
use super::findings::Deferred;
use super::results::{Known, can_be_none};
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::model::{Builtin, ItemId, Type, View};
use crate::source::Span;

/// Runs the deferred checks. Returns the variants and enums that are used as errors: they become exceptions.
pub(super) fn deferred(cx: &mut Typed) -> HashSet<ItemId> {
    let mut errors = HashSet::new();
    let (names, types) = (cx.names, cx.types);
    let known = Known { names, types };
    for check in std::mem::take(&mut cx.findings.checks) {
        match check {
            Deferred::Optional(ty, span) => {
                if !cx.names.is_wit(span) && can_be_none(&known, &ty) {
                    let option = cx
                        .types
                        .table
                        .expanded(&ty)
                        .is_some_and(|ty| ty.is(Builtin::Option));
                    let (message, label) = match option {
                        true => ("an option inside an option", "this is optional already"),
                        false => (
                            "an option of what can be `none` already",
                            "its value can be `None` in Python",
                        ),
                    };
                    cx.report(Diagnostic::new(Code::NestedOption, span, message, label).help(
                            "Python cannot tell the two `None`s apart: use one `option`, or a record for the inner one",
                        ),
                    );
                }
            }
            Deferred::Hashable(ty, span, what) => check_key(cx, &ty, span, what),
            Deferred::Handle(ty, span, handle) => {
                let expanded = cx.types.table.expanded(&ty);
                if expanded.is_some_and(|ty| !matches!(ty, Type::Class(_))) {
                    let message = format!("`{handle}` takes a class, not `{}`", cx.names.show(&ty));
                    cx.report(
                        Diagnostic::new(Code::TypeArguments, span, message, "expected a class")
                            .help("other types need no handle: leave it out"),
                    );
                }
            }
            Deferred::Element(ty, span, view) => {
                let expanded = cx.types.table.expanded(&ty);
                if expanded.is_some_and(|ty| !is_element(ty, view)) {
                    let message = format!(
                        "`{view}` cannot have elements of type `{}`",
                        cx.names.show(&ty)
                    );
                    cx.report(Diagnostic::new(Code::TypeArguments, span, message, "").help("elements are bool, integers of up to 64 bits, f32, f64 and, in `ndarray`, complex"));
                }
            }
            Deferred::Union(members, spans) => check_union(cx, &members, &spans),
            Deferred::Error(error) => match cx.types.table.expanded(&error) {
                Some(Type::Variant(id)) => drop(errors.insert(ItemId::Variant(*id))),
                Some(Type::Enum(id)) => drop(errors.insert(ItemId::Enum(*id))),
                _ => {}
            },
        }
    }
    errors
}

/// Reports members of a union whose values all belong to an earlier member.
fn check_union(cx: &mut Typed, members: &[Type], spans: &[Span]) {
    for (index, later) in members.iter().enumerate() {
        let mut earlier = members[..index].iter();
        let Some(first) = earlier.position(|earlier| cx.types.includes(earlier, later, None))
        else {
            continue;
        };
        let message = match &members[first] == later {
            true => format!("`{}` is in this union twice", cx.names.show(later)),
            false => format!("a union never takes a value for `{}`", cx.names.show(later)),
        };
        let cause = format!("`{}` takes them all", cx.names.show(&members[first]));
        cx.report(
            Diagnostic::new(Code::BadUnion, spans[index], message, "")
                .cause(spans[first], cause)
                .help("the members are tried in this order: remove it, or move it to the front"),
        );
    }
}

fn check_key(cx: &mut Typed, ty: &Type, span: Span, what: &str) {
    if cx.names.is_wit(span) {
        if !is_key_in_wit(ty) {
            let message = format!("`{}` cannot be {what} in WIT", cx.names.show(ty));
            cx.report(
                Diagnostic::new(Code::Unhashable, span, message, "")
                    .help("keys are bool, char, string and the integers from u8 to s64"),
            );
        }
    } else if !cx.types.table.hashable(ty) {
        let message = format!("`{}` cannot be {what}", cx.names.show(ty));
        cx.report(Diagnostic::new(Code::Unhashable, span, message, "not hashable").help(
            "hashable are bool, integers, text, bytes, dates and times, decimals, enums, flags, frozensets, and what consists of these alone",
        ));
    }
}

/// Reports messages of variants and enums that are not exceptions: the messages would never be shown.
/// `messages` are the definitions with messages, and the messages' places.
pub(super) fn unused_messages(
    cx: &mut Context,
    messages: Vec<(ItemId, Span)>,
    errors: &HashSet<ItemId>,
) {
    // The function that fails with it may have been rejected.
    if cx.findings.diagnostics.count(Severity::Error) > 0 {
        return;
    }
    let mut reported = None;
    for (item, attribute) in messages {
        if errors.contains(&item) || reported == Some(item) {
            continue;
        }
        reported = Some(item);
        let name = cx.names.declared.name(item).text.clone();
        let message = format!("`@message` means nothing in `{name}`, which no function fails with");
        cx.report(
            Diagnostic::new(Code::MisplacedAttribute, attribute, message, "").help(format!(
                "let a function fail with it, `-> result<t, {name}>`, or delete the attribute"
            )),
        );
    }
}

/// Whether WIT allows `ty` as the key of a map.
fn is_key_in_wit(ty: &Type) -> bool {
    use Builtin::{Bool, Char, S8, S16, S32, S64, String, U8, U16, U32, U64};
    matches!(
        ty,
        Type::Builtin(
            Bool | U8 | U16 | U32 | U64 | S8 | S16 | S32 | S64 | Char | String,
            _
        )
    )
}

/// Whether `ty` can be the element type of a memory buffer.
fn is_element(ty: &Type, view: View) -> bool {
    use Builtin::{Bool, Complex, F32, F64, S8, S16, S32, S64, U8, U16, U32, U64};
    match ty {
        Type::Builtin(Bool | U8 | U16 | U32 | U64 | S8 | S16 | S32 | S64 | F32 | F64, _) => true,
        Type::Builtin(Complex, _) => view == View::Ndarray,
        _ => false,
    }
}
