//! Classes in the stub.

use std::collections::BTreeSet;

use crate::emit::language::python::docstring::{self, class_docs};
use crate::emit::python::Stub;
use crate::emit::python::item::{Body, Item};
use crate::lower::binding::{Binding, Receiver};
use crate::lower::class::{ClassBindings, Member, Property};
use crate::lower::conversion::Side;
use crate::model::OperatorKind;

/// The class.
pub(super) fn item(stub: &Stub<'_>, class: &ClassBindings) -> Item {
    let (scope, name) = (stub.scope, &class.head.python_name);
    let mut decorators = Vec::new();
    if let Some(deprecation) = &class.head.deprecated {
        decorators.push(stub.deprecated(deprecation.message.as_deref()));
    }
    decorators.push(match class.is_open {
        // No class can derive from two such classes; see PEP 800.
        true => format!("@{}", scope.name("disjoint_base")),
        false => format!("@{}", scope.name("final")),
    });
    scope.enter(members(class));
    let mut items = Vec::new();
    let mut constructor = class.constructor.as_ref().map(|constructor| {
        let (arguments, deprecated) = (&constructor.arguments, constructor.deprecated.as_ref());
        match class.is_open {
            true => stub.initializer(arguments, deprecated, 4),
            false => stub.maker(name, arguments, deprecated, 4),
        }
    });
    for member in &class.members {
        // Constants come first, as is usual in classes.
        if !matches!(member, Member::Constant(_)) {
            items.extend(constructor.take());
        }
        match member {
            Member::Constant(constant) => items.push(stub.constant(constant, 4)),
            Member::Property(it) => property(stub, it, &mut items),
            Member::Method(it) => items.push(method(stub, it)),
            Member::Operator(kind, it) => items.push(operator(stub, *kind, it)),
        }
    }
    items.extend(constructor.take());
    items.extend(implied(stub, class, name));
    scope.enter(BTreeSet::new());
    let docs = class_docs(class);
    Item::class(decorators, format!("class {name}"), &docs, items, 0)
}

/// The methods that Python derives from others of the class.
fn implied(stub: &Stub<'_>, class: &ClassBindings, name: &str) -> Vec<Item> {
    let scope = stub.scope;
    let mut items = Vec::new();
    let has = |kind| class.operator(kind).is_some();
    if has(OperatorKind::Next) && !has(OperatorKind::Iter) {
        items.push(plain(format!("def __iter__(self) -> {name}: ...")));
    }
    if has(OperatorKind::Eq) && !has(OperatorKind::Hash) {
        let class_var = scope.name("ClassVar");
        items.push(plain(format!(
            "__hash__: {class_var}[None]  # type: ignore[assignment]"
        )));
    }
    let mut present: BTreeSet<_> = operators(class).collect();
    loop {
        let missing = COUNTERPARTS.iter().find(|(given, implied)| {
            given.iter().all(|kind| present.contains(kind)) && !present.contains(implied)
        });
        let Some(&(_, kind)) = missing else { break };
        present.insert(kind);
        // The method exists, but returns `NotImplemented` for every operand.
        let [never, bool] = ["Never", "bool"].map(|name| scope.name(name));
        let result = if kind.is_comparison() {
            bool
        } else {
            never.clone()
        };
        let method = kind.python_name();
        items.push(plain(format!(
            "def {method}(self, other: {never}, /) -> {result}: ..."
        )));
    }
    items
}

/// Operators that Python derives from others of the class.
const COUNTERPARTS: &[(&[OperatorKind], OperatorKind)] = &[
    (&[OperatorKind::Add], OperatorKind::Radd),
    (&[OperatorKind::Radd], OperatorKind::Add),
    (&[OperatorKind::Sub], OperatorKind::Rsub),
    (&[OperatorKind::Rsub], OperatorKind::Sub),
    (&[OperatorKind::Mul], OperatorKind::Rmul),
    (&[OperatorKind::Rmul], OperatorKind::Mul),
    (&[OperatorKind::Lt], OperatorKind::Gt),
    (&[OperatorKind::Gt], OperatorKind::Lt),
    (&[OperatorKind::Le], OperatorKind::Ge),
    (&[OperatorKind::Ge], OperatorKind::Le),
    (&[OperatorKind::Eq, OperatorKind::Lt], OperatorKind::Le),
    (&[OperatorKind::Eq, OperatorKind::Gt], OperatorKind::Ge),
];

fn property(stub: &Stub<'_>, property: &Property, items: &mut Vec<Item>) {
    let (annotator, getter) = (&stub.annotator, &property.getter);
    let name = &getter.python_name;
    let lines = docstring::function_lines(getter);
    let docstring = docstring::source(&lines, 8);
    let end = if docstring.is_some() { "" } else { " ..." };
    let into = annotator.annotation(&property.ty, Side::IntoPython);
    let mut decorators = vec![format!("@{}", stub.scope.name("property"))];
    decorators.extend(stub.decorators(getter.deprecated.as_ref()));
    let header = format!("def {name}(self) -> {into}:{end}");
    items.push(Item::new(decorators, header, Body::Docstring(docstring)));
    if property.setter.is_some() {
        let from = annotator.annotation(&property.ty, Side::FromPython);
        let header = format!("def {name}(self, value: {from}, /) -> None: ...");
        items.push(Item::new(
            vec![format!("@{name}.setter")],
            header,
            Body::Docstring(None),
        ));
    }
}

fn method(stub: &Stub<'_>, method: &Binding) -> Item {
    let decorator = match method.receiver {
        Receiver::Nothing => Some("staticmethod"),
        Receiver::Class => Some("classmethod"),
        Receiver::Module | Receiver::Instance(_) => None,
    };
    let decorator = decorator.map(|name| format!("@{}", stub.scope.name(name)));
    let mut item = stub.function(method, decorator.into_iter().collect(), 4);
    let argument = method.arguments.first().map(|it| it.python_name.as_str());
    if method.receiver == Receiver::Nothing && matches!(argument, Some("self" | "cls")) {
        item.ignore("reportSelfClsParameterName");
    }
    item
}

fn operator(stub: &Stub<'_>, kind: OperatorKind, binding: &Binding) -> Item {
    if kind == OperatorKind::Eq {
        // Any object can be compared; type checkers require `object`.
        let docs = docstring::function_lines(binding);
        let docstring = docstring::source(&docs, 8);
        let end = if docstring.is_some() { "" } else { " ..." };
        let [object, bool] = ["object", "bool"].map(|name| stub.scope.name(name));
        let name = &binding.python_name;
        let header = format!("def {name}(self, other: {object}, /) -> {bool}:{end}");
        return Item::new(Vec::new(), header, Body::Docstring(docstring));
    }
    stub.function(binding, vec![], 4)
}

fn plain(header: String) -> Item {
    Item::new(Vec::new(), header, Body::Docstring(None))
}

fn operators(class: &ClassBindings) -> impl Iterator<Item = OperatorKind> {
    class.members.iter().filter_map(|member| match member {
        Member::Operator(kind, _) => Some(*kind),
        _ => None,
    })
}

/// The names that the class defines.
fn members(class: &ClassBindings) -> BTreeSet<String> {
    let name = |member: &Member| match member {
        Member::Constant(constant) => constant.python_name.clone(),
        Member::Property(property) => property.getter.python_name.clone(),
        Member::Method(binding) | Member::Operator(_, binding) => binding.python_name.clone(),
    };
    class.members.iter().map(name).collect()
}
