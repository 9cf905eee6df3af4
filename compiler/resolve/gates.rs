//! Gates: `@since`, `@unstable` and `@deprecated` define from which version on, and with which feature, an item is available.

use super::context::Context;
use super::findings::Findings;
use super::identifiers::member_place;
use super::lookup::Where;
use super::packages::version::Version;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{SourceKind, Span};
use crate::syntax::ast::{self, AttributeValue, ItemKind, LiteralKind};

/// The feature that is off and hides the item of `meta`; `place` is the item's name. Invalid gates are reported.
pub(in crate::resolve) fn hidden(
    cx: &mut Context,
    at: Where,
    meta: &ast::Meta,
    place: Span,
) -> Option<String> {
    let named = |name: &str| {
        let gate = |attribute: &&ast::Attribute| matches!(attribute.path.parts.as_slice(), [part] if part.text == name);
        meta.attributes.iter().filter(gate).collect::<Vec<_>>()
    };
    let since = named("since");
    let unstable = named("unstable");
    let deprecated = named("deprecated");
    let is_wit = cx.names.sources.file(place.file).kind() == SourceKind::Wit;
    for gates in [&since, &unstable] {
        if let [first, second, ..] = gates.as_slice() {
            let message = format!("`@{}` is given twice", first.path.parts[0].text);
            cx.report(
                Diagnostic::new(Code::Gate, second.span, message, "")
                    .cause(first.span, "first here")
                    .help("remove one of the two"),
            );
        }
    }
    if let ([since, ..], [unstable, ..]) = (since.as_slice(), unstable.as_slice()) {
        let message = "an item has either `@since` or `@unstable`, not both";
        cx.report(
            Diagnostic::new(Code::Gate, unstable.span, message, "")
                .cause(since.span, "`@since` is here")
                .help("remove one of the two"),
        );
    }
    if let ([deprecated], true, true) = (
        deprecated.as_slice(),
        is_wit,
        since.is_empty() && unstable.is_empty(),
    ) {
        let message = "WIT has `@deprecated` only together with `@since` or `@unstable`";
        cx.report(
            Diagnostic::new(Code::Gate, deprecated.span, message, "")
                .help("write `@since(version = …)` before it"),
        );
    }
    if let (Some(deprecated), true) = (deprecated.first(), is_wit)
        && deprecated.arguments.is_empty()
    {
        argument_needed(cx.findings, deprecated, "@deprecated(version = 1.2.0)");
    }
    for gate in &since {
        check_since(cx, at, gate);
    }
    let feature = unstable.iter().find_map(|gate| feature(gate))?;
    (!cx.names.features.has(&feature)).then_some(feature)
}

/// WIT requires a gate before each type of an interface that has a gate itself. The first type without one is reported.
pub(super) fn refuse_types_always_there(
    cx: &mut Context,
    at: Where,
    outer: &ast::Name,
    items: &[ast::Item],
    feature: &str,
) {
    if !cx.names.is_wit(outer.span) {
        return;
    }
    for item in items {
        let place = match &item.kind {
            ItemKind::UseNames(used) => used.path.span,
            ItemKind::Function(_) => continue,
            kind => kind.name().map_or(item.span, |name| name.span),
        };
        if hidden(cx, at, &item.meta, place).is_none() {
            return refuse_always_there(cx.findings, place, outer, feature);
        }
        if let ItemKind::Class(class) = &item.kind {
            refuse_members_always_there(cx, at, class, feature);
        }
    }
}

/// Like [`refuse_types_always_there`], for the members of a resource.
pub(super) fn refuse_members_always_there(
    cx: &mut Context,
    at: Where,
    class: &ast::Class,
    feature: &str,
) {
    if !cx.names.is_wit(class.name.span) {
        return;
    }
    for item in &class.items {
        let place = member_place(item);
        if hidden(cx, at, &item.meta, place).is_none() {
            return refuse_always_there(cx.findings, place, &class.name, feature);
        }
    }
}

fn refuse_always_there(findings: &mut Findings, place: Span, outer: &ast::Name, feature: &str) {
    let message = format!("this has no gate, and `{}` around it has one", outer.text);
    findings.report(
        Diagnostic::new(Code::Gate, place, message, "")
            .cause(
                outer.span,
                format!("available only with the feature `{feature}`, which is off"),
            )
            .help(format!(
                "write `@unstable(feature = {feature})` before it too"
            )),
    );
}

/// Reports that `name` refers to the `hidden`th hidden item.
pub(in crate::resolve) fn refuse_hidden_entity(cx: &mut Context, name: &ast::Name, hidden: usize) {
    let feature = cx.names.packages.hidden[hidden].clone();
    refuse_hidden(cx.findings, &name.text, name.span, &feature);
}

/// Checks the version of `@since(version = 1.2.0)`: it must not be later than the package's.
fn check_since(cx: &mut Context, at: Where, gate: &ast::Attribute) {
    // Other arguments are reported when the attributes are read.
    let [argument] = gate.arguments.as_slice() else {
        return;
    };
    let AttributeValue::Version(version) = &argument.value else {
        return;
    };
    if argument.name.is_none() {
        return;
    }
    let package = &cx.names.packages.list[cx.names.declared[at.module].package];
    let Some(declared) = package.name.and_then(|name| name.version.as_ref()) else {
        let message = "`@since` in a package without a version";
        let name = package.name.map(|name| cx.names.sources.slice(name.span));
        if name.is_some_and(|name| name.contains('@')) {
            // The package's version is invalid.
            return;
        }
        let help = format!(
            "write `package {}@{};`",
            name.unwrap_or("namespace:name"),
            version.text
        );
        cx.report(Diagnostic::new(Code::Gate, version.span, message, "").help(help));
        return;
    };
    let current = package.version.as_ref();
    if let (Some(since), Some(current)) = (Version::parse(&version.text), current)
        && since > *current
    {
        let message = format!(
            "version {} is later than that of the package, {}",
            version.text, declared.text
        );
        let diagnostic = Diagnostic::new(Code::Gate, version.span, message, "")
            .cause(declared.span, "the version of the package")
            .help("raise the version of the package, or write `@unstable(feature = …)`");
        cx.report(diagnostic);
    }
}

/// The feature of `@unstable(feature = x)`.
fn feature(gate: &ast::Attribute) -> Option<String> {
    if let [argument] = gate.arguments.as_slice()
        && argument
            .name
            .as_ref()
            .is_some_and(|name| name.text == "feature")
        && let AttributeValue::Literal(ast::Literal {
            kind: LiteralKind::Case(paths),
            ..
        }) = &argument.value
        && let [path] = paths.as_slice()
        && let [word] = path.parts.as_slice()
    {
        return Some(word.text.clone());
    }
    None
}

fn argument_needed(findings: &mut Findings, gate: &ast::Attribute, form: &str) {
    let name = &gate.path.parts[0].text;
    let message = format!("these are not the arguments of `@{name}`");
    findings.report(
        Diagnostic::new(Code::AttributeArgument, gate.span, message, "")
            .help(format!("write `{form}`")),
    );
}

/// Reports that `name` is hidden because a feature is off.
pub(super) fn refuse_hidden(findings: &mut Findings, name: &str, span: Span, feature: &str) {
    let message = format!("`{name}` is available only with the feature `{feature}`, which is off");
    findings.report(Diagnostic::new(Code::Hidden, span, message, "").help(format!(
            "write `@unstable(feature = {feature})` before what uses it, or switch the feature on: `features = [\"{feature}\"]` in pyidl.toml, `--features {feature}`"
        )));
}
