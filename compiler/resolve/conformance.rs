//! Checks that classes and protocols conform: to the members of bases and protocols, and to the requirements of attributes.

use std::collections::{HashMap, HashSet};

use super::context::{Typed, Types};
use super::findings::Findings;
use super::inclusion::Same;
use super::lookup::Names;
use super::namespaces::Casing;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{
    Class, ClassId, ClassItem, Function, Name, OperatorKind, ParameterKind, Property, Protocol,
    ProtocolId, Receiver,
};

/// All classes and protocols.
#[derive(Clone, Copy)]
struct Resolved<'r> {
    classes: &'r [Option<Class>],
    protocols: &'r [Option<Protocol>],
}

impl<'r> Resolved<'r> {
    fn class(self, id: ClassId) -> Option<&'r Class> {
        self.classes[id.0 as usize].as_ref()
    }

    fn protocol(self, id: ProtocolId) -> Option<&'r Protocol> {
        self.protocols[id.0 as usize].as_ref()
    }
}

/// The maximum number of missing members that a message lists.
const SHOWN: usize = 4;

/// The members of a class or protocol by their Python names.
type Members<'m> = HashMap<String, &'m ClassItem>;

/// Checks all classes and protocols. Those without a definition were already reported.
pub(super) fn check(cx: &mut Typed, classes: &[Option<Class>], protocols: &[Option<Protocol>]) {
    let resolved = Resolved { classes, protocols };
    for (index, class) in classes.iter().enumerate() {
        if let Some(class) = class {
            class_conformance(cx, resolved, ClassId(index as u32), class);
        }
    }
    for protocol in protocols.iter().flatten() {
        if protocol.bases.is_empty() {
            continue;
        }
        let own = members(&protocol.items);
        for base in cx
            .types
            .inheritance
            .all_bases(protocol.bases.iter().copied())
        {
            let Some(inherited) = resolved.protocol(base) else {
                continue;
            };
            let of = format!("the protocol `{}`", inherited.name.text);
            for item in &inherited.items {
                if let Some(own) = own.get(&key(item).0) {
                    check_member(cx, own, item, &of, None);
                }
            }
        }
    }
}

fn class_conformance(cx: &mut Typed, resolved: Resolved<'_>, id: ClassId, class: &Class) {
    let lineage: Vec<ClassId> = cx.types.inheritance.lineage(id).collect();
    let attributes = cx.names.declared[id].attributes.clone();
    if lineage.len() == 1
        && class.implements.is_empty()
        && attributes.context_manager.is_none()
        && attributes.pickle.is_none()
    {
        return;
    }
    let own = members(&class.items);
    // For each name, the nearest ancestor's member.
    let mut all = own.clone();
    let mut checked = HashSet::new();
    for base in &lineage[1..] {
        let Some(base) = resolved.class(*base) else {
            return;
        };
        let of = format!("the class `{}`", base.name.text);
        for item in &base.items {
            let (name, _) = key(item);
            match all.get(&name) {
                None => {
                    all.insert(name, item);
                }
                // Members that an ancestor overrides were checked at that ancestor.
                Some(nearest) => {
                    if own
                        .get(&name)
                        .is_some_and(|own| std::ptr::eq(*own, *nearest))
                        && checked.insert(name)
                    {
                        check_member(cx, nearest, item, &of, None);
                    }
                }
            }
        }
    }
    for protocol in cx
        .types
        .inheritance
        .all_bases(class.implements.iter().copied())
    {
        let Some(asked) = resolved.protocol(protocol) else {
            continue;
        };
        let of = format!("the protocol `{}`", asked.name.text);
        let mut missing = Vec::new();
        for item in &asked.items {
            let (name, place) = key(item);
            match all.get(&name) {
                Some(own) => check_member(cx, own, item, &of, Some((protocol, id))),
                None => missing.push((name, place.span, item)),
            }
        }
        if let Some((name, place, _)) = missing.first() {
            let names: Vec<_> = missing.iter().map(|(name, ..)| name.as_str()).collect();
            let message = format!("`{}` lacks `{}`", class.name.text, names.join("`, `"));
            let mut diagnostic = Diagnostic::new(
                Code::MissingMember,
                class.name.span,
                message,
                format!("{of} asks for it"),
            )
            .cause(*place, "declared here");
            if let Some(near) = suggest::nearest(name, all.keys().map(String::as_str)) {
                diagnostic = diagnostic.help(format!("is it `{near}`?"));
            }
            let members = missing
                .iter()
                .filter_map(|(.., item)| source_of(cx.names, item));
            for member in members.take(SHOWN) {
                diagnostic = diagnostic.help(format!("write `{member}`"));
            }
            cx.report(diagnostic);
        }
    }
    if let Some(method) = &attributes.context_manager {
        closing_method(cx.findings, &class.name, method, &all);
        made_by_context_manager(cx.findings, method, &own);
    }
    if let Some(span) = attributes.pickle {
        let constructor = class.constructor.as_ref();
        picklable(cx.types, cx.findings, &class.name, constructor, &all, span);
    }
}

/// The source of a member; `None` if it is long.
fn source_of(names: &Names, member: &ClassItem) -> Option<String> {
    match member {
        ClassItem::Property(property) => {
            let readonly = if property.readonly { "readonly " } else { "" };
            let ty = names.show(&property.ty);
            Some(format!("{readonly}property {}: {ty};", property.name.text))
        }
        ClassItem::Method(method) if method.overload.is_empty() => Some(format!(
            "{}: {};",
            method.name.text,
            signature_text(names, method)?
        )),
        ClassItem::Operator(operator) if operator.function.overload.is_empty() => {
            let signature = signature_text(names, &operator.function)?;
            Some(format!("operator {}: {signature};", operator.kind.word()))
        }
        _ => None,
    }
}

/// `func(a: u32) -> string`; `None` if the signature needs more than names and types.
fn signature_text(names: &Names, function: &Function) -> Option<String> {
    let is_plain = !function.is_async
        && function.error.is_none()
        && function.raises.is_empty()
        && matches!(function.receiver, Receiver::Shared);
    let parameters = function.parameters.iter().map(|parameter| {
        let is_plain = parameter.kind == ParameterKind::Standard && parameter.default.is_none();
        is_plain.then(|| format!("{}: {}", parameter.name.text, names.show(&parameter.ty)))
    });
    let parameters: Vec<_> = parameters.collect::<Option<_>>()?;
    let result = function.result.as_ref();
    let result = result.map_or_else(String::new, |ty| format!(" -> {}", names.show(ty)));
    is_plain.then(|| format!("func({}){result}", parameters.join(", ")))
}

/// Checks that `own` can override `base`, the member of `of` with the same name.
fn check_member(cx: &mut Typed, own: &ClassItem, base: &ClassItem, of: &str, same: Same) {
    let (name, span) = (key(own).0, key(own).1.span);
    let wrong = match (own, base) {
        (ClassItem::Method(own), ClassItem::Method(base)) => {
            unfit_function(cx.types, own, base, same)
        }
        (ClassItem::Operator(own), ClassItem::Operator(base)) => {
            unfit_function(cx.types, &own.function, &base.function, same)
        }
        (ClassItem::Property(own), ClassItem::Property(base)) => {
            unfit_property(cx.types, own, base, same)
        }
        (ClassItem::Const(own), ClassItem::Const(base)) => {
            (!cx.types.includes(&base.ty, &own.ty, same)).then_some("has another type")
        }
        _ => Some("is something else"),
    };
    if let Some(wrong) = wrong {
        cx.report(Diagnostic::new(
                Code::WrongOverride,
                span,
                format!("`{name}` {wrong} than in {of}"),
                "",
            )
            .cause(key(base).1.span, "declared here")
            .help("it overrides that one, so it must accept all calls that the other accepts, and return only values that the other could return"),
        );
    }
}

/// Why `own` cannot override `base`, as in "… than in …".
fn unfit_function(
    types: &Types,
    own: &Function,
    base: &Function,
    same: Same,
) -> Option<&'static str> {
    let of_instance = |it: &Function| matches!(it.receiver, Receiver::Shared | Receiver::Mut);
    let alternatives = |function: &'_ Function| match function.overload.is_empty() {
        true => vec![function.clone()],
        false => function.overload.clone(),
    };
    if of_instance(own) != of_instance(base) || !of_instance(own) && own.receiver != base.receiver {
        return Some("is bound in another way");
    }
    for base in alternatives(base) {
        let mut taking = alternatives(own)
            .into_iter()
            .filter(|own| types.takes_all_calls(own, &base, same))
            .peekable();
        if taking.peek().is_none() {
            return Some("takes other arguments");
        }
        let fits = |own: Function| {
            let result = match (&own.result, &base.result) {
                (Some(own), Some(base)) => types.includes(base, own, same),
                (None, None) => true,
                _ => false,
            };
            result && own.is_async == base.is_async
        };
        if !taking.any(fits) {
            return Some("returns something else");
        }
    }
    None
}

fn unfit_property(
    types: &Types,
    own: &Property,
    base: &Property,
    same: Same,
) -> Option<&'static str> {
    if own.readonly && !base.readonly {
        Some("is more restricted (`readonly`)")
    } else if !types.includes(&base.ty, &own.ty, same)
        || !base.readonly && !types.includes(&own.ty, &base.ty, same)
    {
        Some("has another type")
    } else {
        None
    }
}

/// Reports operators that `@context-manager` generates.
fn made_by_context_manager(
    findings: &mut Findings,
    method: &crate::syntax::ast::Name,
    own: &Members<'_>,
) {
    for operator in [OperatorKind::Enter, OperatorKind::Exit] {
        let Some(item) = own.get(operator.python_name()) else {
            continue;
        };
        let word = operator.word();
        let message = format!("the operator `{word}` is declared twice");
        findings.report(
            Diagnostic::new(Code::DuplicateName, key(item).1.span, message, "")
                .cause(method.span, "`@context-manager` makes it")
                .help("remove the attribute, or the operators `enter` and `exit`"),
        );
    }
}

/// `@context-manager(close)`: `with` calls the method without arguments.
fn closing_method(
    findings: &mut Findings,
    class: &Name,
    method: &crate::syntax::ast::Name,
    all: &Members<'_>,
) {
    let python = crate::names::snake(&method.text);
    let found = all.iter().find(|(_, item)| match item {
        ClassItem::Method(function) => crate::names::snake(&function.name.text) == python,
        _ => false,
    });
    let Some((_, ClassItem::Method(function))) = found else {
        let message = format!("`{}` has no method `{}`", class.text, method.text);
        let mut diagnostic = Diagnostic::new(Code::UnfitClass, method.span, message, "")
            .cause(class.span, "this class");
        let methods = all.values().filter_map(|item| match item {
            ClassItem::Method(function) => Some(function.name.text.as_str()),
            _ => None,
        });
        if let Some(nearest) = suggest::nearest(&method.text, methods) {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        }
        return findings.report(diagnostic);
    };
    let calls = match function.overload.is_empty() {
        true => std::slice::from_ref(function),
        false => function.overload.as_slice(),
    };
    let without_arguments = |function: &&Function| {
        let optional = |kind| matches!(kind, ParameterKind::VarArgs | ParameterKind::VarKeywords);
        let mut parameters = function.parameters.iter();
        parameters.all(|it| it.default.is_some() || optional(it.kind))
    };
    if !calls.iter().any(|call| without_arguments(&call)) {
        let message = format!("`{}` cannot be called without arguments", method.text);
        findings.report(
            Diagnostic::new(
                Code::UnfitClass,
                method.span,
                message,
                "called at the end of `with`",
            )
            .cause(function.name.span, "declared here"),
        );
    }
}

/// `@pickle`: an object is copied by calling the constructor with the values of the properties that have its parameters'
/// names.
fn picklable(
    types: &Types,
    findings: &mut Findings,
    class: &Name,
    constructor: Option<&Function>,
    all: &Members<'_>,
    span: crate::source::Span,
) {
    const HELP: &str = "a copy is made by calling the constructor with the values of the properties of the same names";
    let Some(constructor) = constructor.filter(|constructor| constructor.overload.is_empty())
    else {
        let message = format!(
            "`{}` cannot be pickled: it has no one constructor",
            class.text
        );
        let diagnostic = Diagnostic::new(Code::UnfitClass, span, message, "");
        return findings.report(diagnostic.cause(class.span, "this class").help(HELP));
    };
    for parameter in &constructor.parameters {
        let name = &parameter.name;
        let variadic = matches!(
            parameter.kind,
            ParameterKind::VarArgs | ParameterKind::VarKeywords
        );
        let fits = match all.get(&Casing::VALUE.python(name)) {
            Some(ClassItem::Property(property)) => {
                !variadic && types.includes(&parameter.ty, &property.ty, None)
            }
            _ => false,
        };
        if !fits {
            let message = format!(
                "`{}` cannot be pickled: no property has the value of `{}`",
                class.text, name.text
            );
            findings.report(
                Diagnostic::new(Code::UnfitClass, span, message, "")
                    .cause(name.span, "this parameter")
                    .help(HELP),
            );
        }
    }
}

/// The members by their Python names.
fn members(items: &[ClassItem]) -> Members<'_> {
    items.iter().map(|item| (key(item).0, item)).collect()
}

/// The Python name of a member, and its name in the interface.
fn key(item: &ClassItem) -> (String, &Name) {
    match item {
        ClassItem::Const(constant) => (Casing::CONST.python(&constant.name), &constant.name),
        ClassItem::Property(property) => (Casing::VALUE.python(&property.name), &property.name),
        ClassItem::Method(method) => (Casing::VALUE.python(&method.name), &method.name),
        ClassItem::Operator(operator) => {
            let name = operator.kind.python_name().to_owned();
            (name, &operator.function.name)
        }
    }
}
