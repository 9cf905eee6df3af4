//! Classes in the stub.

use std::collections::BTreeSet;

use crate::emit::language::python::annotations::Direction;
use crate::emit::language::python::docstring::{self, class_docs};
use crate::emit::language::python::signature::First;
use crate::emit::python::Stub;
use crate::emit::python::item::{Body, Item};
use crate::lower::names::{python_constant, python_type, python_value};
use crate::lower::types::option_of;
use crate::model::{
    Class, ClassItem, Function, Operator, OperatorKind, Parameter, ParameterKind, Property,
    Receiver, Type,
};

/// The class.
pub(super) fn item(stub: &Stub<'_>, class: &Class) -> Item {
    let scope = stub.scope;
    let name = python_type(&class.name);
    let mut decorators = Vec::new();
    if let Some(deprecation) = &class.deprecated {
        decorators.push(stub.deprecated(deprecation.message.as_deref()));
    }
    decorators.push(match class.open {
        // No class can derive from two such classes; see PEP 800.
        true => format!("@{}", scope.name("disjoint_base")),
        false => format!("@{}", scope.name("final")),
    });
    scope.enter(members(class));
    let mut items = Vec::new();
    let mut constructor = class
        .constructor
        .as_ref()
        .map(|constructor| match class.open {
            true => stub.initializer(constructor),
            false => stub.maker(&name, constructor, 4),
        });
    for item in &class.items {
        // Constants come first, as is usual in classes.
        if !matches!(item, ClassItem::Const(_)) {
            items.extend(constructor.take());
        }
        match item {
            ClassItem::Const(constant) => items.push(stub.constant(constant, 4)),
            ClassItem::Property(it) => property(stub, it, &mut items),
            ClassItem::Method(it) => items.push(method(stub, it)),
            ClassItem::Operator(it) => items.push(operator(stub, it)),
        }
    }
    items.extend(constructor.take());
    items.extend(implied(stub, class, &name));
    scope.enter(BTreeSet::new());
    let docs = class_docs(stub.annotator.interface, class);
    Item::class(decorators, format!("class {name}"), &docs, items, 0)
}

/// The methods that Python derives from others of the class.
fn implied(stub: &Stub<'_>, class: &Class, name: &str) -> Vec<Item> {
    let scope = stub.scope;
    let mut items = Vec::new();
    let has = |kind| operators(class).any(|operator| operator.kind == kind);
    if has(OperatorKind::Next) && !has(OperatorKind::Iter) {
        items.push(plain(format!("def __iter__(self) -> {name}: ...")));
    }
    if has(OperatorKind::Eq) && !has(OperatorKind::Hash) {
        let class_var = scope.name("ClassVar");
        items.push(plain(format!(
            "__hash__: {class_var}[None]  # type: ignore[assignment]"
        )));
    }
    let mut present: BTreeSet<_> = operators(class).map(|operator| operator.kind).collect();
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
    let name = python_value(&property.name);
    let interface = stub.annotator.interface;
    let lines = docstring::with_sections(
        docstring::lines(&property.docs),
        &property.name,
        &[],
        &docstring::raised(interface, &property.raises, None),
    );
    let docstring = docstring::source(&lines, 8);
    let end = if docstring.is_some() { "" } else { " ..." };
    let into = stub
        .annotator
        .annotation(&property.ty, Direction::IntoPython);
    let mut decorators = vec![format!("@{}", stub.scope.name("property"))];
    if let Some(deprecation) = &property.deprecated {
        decorators.push(stub.deprecated(deprecation.message.as_deref()));
    }
    let header = format!("def {name}(self) -> {into}:{end}");
    items.push(Item::new(decorators, header, Body::Docstring(docstring)));
    if !property.readonly {
        let from = stub
            .annotator
            .annotation(&property.ty, Direction::FromPython);
        let header = format!("def {name}(self, value: {from}, /) -> None: ...");
        items.push(Item::new(
            vec![format!("@{name}.setter")],
            header,
            Body::Docstring(None),
        ));
    }
}

fn method(stub: &Stub<'_>, method: &Function) -> Item {
    let scope = stub.scope;
    let (first, decorators) = match method.receiver {
        Receiver::Shared | Receiver::Mut => (First::Instance, vec![]),
        Receiver::Static => (
            First::Nothing,
            vec![format!("@{}", scope.name("staticmethod"))],
        ),
        Receiver::Class => (
            First::Class,
            vec![format!("@{}", scope.name("classmethod"))],
        ),
    };
    let mut item = stub.function(&python_value(&method.name), first, method, decorators, 4);
    let parameter = method.parameters.first().map(|it| python_value(&it.name));
    if method.receiver == Receiver::Static
        && parameter.is_some_and(|name| matches!(name.as_str(), "self" | "cls"))
    {
        item.ignore("reportSelfClsParameterName");
    }
    item
}

fn operator(stub: &Stub<'_>, operator: &Operator) -> Item {
    let function = signature(stub, operator);
    let name = operator.kind.python_name();
    if operator.kind == OperatorKind::Eq {
        // Any object can be compared; type checkers require `object`.
        let docs = docstring::function_lines(stub.annotator.interface, &function);
        let docstring = docstring::source(&docs, 8);
        let end = if docstring.is_some() { "" } else { " ..." };
        let [object, bool] = ["object", "bool"].map(|name| stub.scope.name(name));
        let header = format!("def {name}(self, other: {object}, /) -> {bool}:{end}");
        return Item::new(Vec::new(), header, Body::Docstring(docstring));
    }
    stub.function(name, First::Instance, &function, vec![], 4)
}

/// The signature of an operator in Python: only calls take keywords, and the end of an iteration is not a value.
fn signature(stub: &Stub<'_>, operator: &Operator) -> Function {
    let mut function = operator.function.clone();
    if operator.kind != OperatorKind::Call {
        let by_position = |parameter| Parameter {
            kind: ParameterKind::PositionalOnly,
            ..parameter
        };
        function.parameters = function.parameters.into_iter().map(by_position).collect();
    }
    if operator.kind == OperatorKind::Next {
        let item: Option<&Type> = function
            .result
            .as_ref()
            .and_then(|ty| option_of(stub.annotator.interface, ty));
        function.result = item.map(|ty| stub.annotator.interface.expanded(ty).clone());
    }
    function
}

fn plain(header: String) -> Item {
    Item::new(Vec::new(), header, Body::Docstring(None))
}

fn operators(class: &Class) -> impl Iterator<Item = &Operator> {
    class.items.iter().filter_map(|item| match item {
        ClassItem::Operator(operator) => Some(operator),
        _ => None,
    })
}

/// The names that the class defines.
fn members(class: &Class) -> BTreeSet<String> {
    let name = |item: &ClassItem| match item {
        ClassItem::Const(constant) => python_constant(&constant.name),
        ClassItem::Property(property) => python_value(&property.name),
        ClassItem::Method(method) => python_value(&method.name),
        ClassItem::Operator(operator) => operator.kind.python_name().to_owned(),
    };
    class.items.iter().map(name).collect()
}
