//! The shims of operators.

use crate::emit::glue::arguments::{Arguments, INDENT};
use crate::emit::glue::shim::{Frame, Parameter, ShimResult, ShimView, Writer};
use crate::emit::language::rust::layout::spaces;
use crate::emit::language::rust::scope::Scope;
use crate::lower::binding::Binding;
use crate::lower::class::{ClassBindings, Member};
use crate::lower::names::glue_type;
use crate::model::{Builtin, Nature, OperatorKind, Type};

/// The shims of a class's operators, and how they are listed in its definition.
#[derive(Default)]
pub(crate) struct Operators {
    pub(crate) shims: Vec<ShimView>,
    /// `rt::operators::length::<CounterOpLen<C>>()`
    pub(crate) entries: Vec<String>,
}

/// The comparisons, with their names in the runtime.
const COMPARISONS: &[(OperatorKind, &str)] = &[
    (OperatorKind::Eq, "Eq"),
    (OperatorKind::Lt, "Lt"),
    (OperatorKind::Le, "Le"),
    (OperatorKind::Gt, "Gt"),
    (OperatorKind::Ge, "Ge"),
];

/// The arithmetic operators, forward and reflected.
const ARITHMETIC: &[(OperatorKind, OperatorKind, &str)] = &[
    (OperatorKind::Add, OperatorKind::Radd, "add"),
    (OperatorKind::Sub, OperatorKind::Rsub, "sub"),
    (OperatorKind::Mul, OperatorKind::Rmul, "mul"),
];

impl Operators {
    /// The operators of one class.
    pub(crate) fn of(scope: &Scope<'_>, bindings: &ClassBindings) -> Self {
        let class = &scope.names.class_parameter;
        let find = |kind| bindings.operator(kind);
        let mut operators = Self::default();
        for member in &bindings.members {
            let Member::Operator(kind, binding) = member else {
                continue;
            };
            let Some((function, parameters)) = entry(*kind, binding) else {
                continue;
            };
            let shim = &binding.shim;
            operators.entries.push(format!(
                "rt::operators::{function}::<{shim}<{class}>{parameters}>"
            ));
            operators
                .shims
                .push(single(&Writer::new(scope, binding), *kind));
        }
        if find(OperatorKind::Next).is_some() && find(OperatorKind::Iter).is_none() {
            operators
                .entries
                .push(format!("rt::operators::iter_self::<{class}>"));
        }
        let comparisons: Vec<_> = COMPARISONS
            .iter()
            .filter_map(|&(kind, variant)| Some((find(kind)?, kind, variant)))
            .collect();
        if let Some(shim) = compare(scope, &comparisons) {
            operators.entries.push(format!(
                "rt::operators::compare::<{}<{class}>>",
                shim.name()
            ));
            operators.shims.push(shim);
        }
        for &(forward, reflected, function) in ARITHMETIC {
            let forms = [find(forward), find(reflected)];
            if forms.iter().all(Option::is_none) {
                continue;
            }
            let [forward, reflected] = forms.map(|form| match form {
                Some(binding) => format!("{}<{class}>", binding.shim),
                None => format!("rt::Absent<{class}>"),
            });
            let shims = forms.into_iter().flatten();
            operators
                .shims
                .extend(shims.map(|binding| binary(&Writer::new(scope, binding))));
            operators.entries.push(format!(
                "rt::operators::{function}::<{forward}, {reflected}>"
            ));
        }
        operators
    }
}

/// The runtime function that takes the operator's shim, and its further parameters; none for operators that share a function.
fn entry(kind: OperatorKind, binding: &Binding) -> Option<(&'static str, String)> {
    Some(match kind {
        OperatorKind::Len => ("length", String::new()),
        OperatorKind::Getitem => ("getitem", String::new()),
        OperatorKind::Setitem => ("setitem", String::new()),
        OperatorKind::Contains => ("contains", String::new()),
        OperatorKind::Iter => ("iter", String::new()),
        OperatorKind::Next => ("next", String::new()),
        OperatorKind::Repr => ("repr", String::new()),
        OperatorKind::Str => ("str", String::new()),
        OperatorKind::Hash => ("hash", String::new()),
        OperatorKind::Bool => ("truth", String::new()),
        OperatorKind::Call => ("call", format!(", {}", binding.named_arguments())),
        _ => return None,
    })
}

/// The shim of an operator that has one of its own.
fn single(writer: &Writer<'_>, kind: OperatorKind) -> ShimView {
    let ok = writer.scope.std("Ok");
    match kind {
        OperatorKind::Call => writer.function(),
        OperatorKind::Iter | OperatorKind::Repr | OperatorKind::Str => {
            shim(writer, "Unary", &[], ShimResult::Object, writer.unary())
        }
        OperatorKind::Len => plain(writer, "Length", &[], "u64"),
        OperatorKind::Bool => plain(writer, "Truth", &[], "bool"),
        OperatorKind::Contains => plain(writer, "Contains", &["item"], "bool"),
        OperatorKind::Setitem => plain(writer, "SetItem", &["key", "value"], "()"),
        OperatorKind::Hash => {
            let mut statements = value(writer, &[]);
            let cast = if returns(writer, Builtin::U64) {
                ".cast_signed()"
            } else {
                ""
            };
            statements.push(format!("{ok}({}{cast})", writer.value()));
            shim(writer, "Hash", &[], ShimResult::Value("i64"), statements)
        }
        OperatorKind::Next => {
            let [some, none] = ["Some", "None"].map(|name| writer.scope.std(name));
            let (layout, py) = (&writer.scope.names.layout_parameter, &writer.locals.py);
            let mut statements = vec![writer.token()];
            statements.extend(writer.access());
            statements.extend(writer.call(Vec::new(), INDENT));
            let (inner, outer) = (spaces(INDENT + 4), spaces(INDENT));
            statements.push(format!(
                "match {} {{\n\
                 {inner}{some}(value) => rt::IntoPython::into_python::<{layout}>(value, {py}).map({some}),\n\
                 {inner}{none} => {ok}({none}),\n\
                 {outer}}}",
                writer.value()
            ));
            shim(writer, "Next", &[], ShimResult::OptionalObject, statements)
        }
        OperatorKind::Getitem => {
            let mut statements = vec![writer.token()];
            statements.extend(value_with(writer, &["key"]));
            statements.push(writer.conversion());
            let mut view = shim(writer, "GetItem", &["key"], ShimResult::Object, statements);
            let key = writer.binding.arguments.first();
            if key.is_some_and(|key| is_integer(writer.scope, &key.ty)) {
                view.add_constant("const INTEGER_KEY: bool = true;".to_owned());
            }
            view
        }
        _ => unreachable!("{kind:?} shares its shim with others"),
    }
}

/// The shim of an operator whose result is a Rust value.
fn plain(
    writer: &Writer<'_>,
    operator: &str,
    operands: &[&'static str],
    result: &'static str,
) -> ShimView {
    let mut statements = value(writer, operands);
    statements.push(writer.outcome());
    shim(
        writer,
        operator,
        operands,
        ShimResult::Value(result),
        statements,
    )
}

/// One form of an arithmetic operator.
fn binary(writer: &Writer<'_>) -> ShimView {
    let some = writer.scope.std("Some");
    let mut arguments = Arguments::at(INDENT);
    arguments.add_operand(
        &writer.speller(),
        &writer.binding.arguments[0],
        &writer.locals.operand,
    );
    let mut statements = vec![writer.token()];
    statements.extend(arguments.statements);
    statements.extend(writer.access());
    statements.extend(writer.call(arguments.passed, INDENT));
    statements.push(format!("{}.map({some})", writer.conversion()));
    let operands = vec![writer.locals.operand.clone()];
    shim_with(
        writer,
        "Binary",
        operands,
        ShimResult::OptionalObject,
        statements,
    )
}

/// All comparisons of a class in one shim.
fn compare(scope: &Scope<'_>, comparisons: &[(&Binding, OperatorKind, &str)]) -> Option<ShimView> {
    let (first, _, _) = *comparisons.first()?;
    let [some, none, ok] = ["Some", "None", "Ok"].map(|name| scope.std(name));
    let arms = INDENT + 4;
    let mut text = "match operator {".to_owned();
    for &(binding, _, variant) in comparisons {
        let mut writer = Writer::new(scope, binding);
        writer.locals.operand = "operand".to_owned();
        writer.locals.this = "this".to_owned();
        let mut arguments = Arguments::at(arms + 4);
        arguments.add_operand(&writer.speller(), &binding.arguments[0], "operand");
        let mut statements = Vec::new();
        if binding.needs.token {
            statements.push(writer.token());
        }
        statements.extend(arguments.statements);
        statements.extend(writer.access());
        statements.extend(writer.call(arguments.passed, arms + 4));
        statements.push(format!("{ok}({some}({}))", writer.value()));
        let (inner, outer) = (spaces(arms + 4), spaces(arms));
        text += &format!("\n{outer}rt::CompareOp::{variant} => {{");
        for statement in statements {
            text += &format!("\n{inner}{statement}");
        }
        text += &format!("\n{outer}}}");
    }
    if comparisons.len() < COMPARISONS.len() {
        text += &format!("\n{}_ => {ok}({none}),", spaces(arms));
    }
    text += &format!("\n{}}}", spaces(INDENT));
    let has_equality = comparisons
        .iter()
        .any(|(_, kind, _)| *kind == OperatorKind::Eq);
    let writer = Writer::new(scope, first);
    let name = first
        .owner
        .map(|id| glue_type(&scope.interface[id].name, "Compare"));
    let frame = Frame {
        name,
        implements: "rt::operators::Compare".to_owned(),
        signature: None,
        constants: vec![format!("const EQUALITY: bool = {has_equality};")],
        function: "call",
        parameters: vec![
            Parameter::Receiver,
            Parameter::Operand("operand".to_owned()),
            Parameter::Comparison("operator"),
        ],
        result: ShimResult::OptionalBool,
    };
    Some(writer.shim(frame, vec![text]))
}

/// The statements up to the user's result.
fn value(writer: &Writer<'_>, operands: &[&'static str]) -> Vec<String> {
    let mut statements = Vec::new();
    if writer.binding.needs.token {
        statements.push(writer.token());
    }
    statements.extend(value_with(writer, operands));
    statements
}

fn value_with(writer: &Writer<'_>, operands: &[&'static str]) -> Vec<String> {
    let mut arguments = Arguments::at(INDENT);
    for (argument, what) in writer.binding.arguments.iter().zip(operands) {
        arguments.add(&writer.speller(), argument, &operand(writer, what), what);
    }
    let mut statements = arguments.statements;
    statements.extend(writer.access());
    statements.extend(writer.call(arguments.passed, INDENT));
    statements
}

fn shim(
    writer: &Writer<'_>,
    operator: &str,
    operands: &[&str],
    result: ShimResult,
    statements: Vec<String>,
) -> ShimView {
    let operands = operands.iter().map(|what| operand(writer, what)).collect();
    shim_with(writer, operator, operands, result, statements)
}

fn shim_with(
    writer: &Writer<'_>,
    operator: &str,
    operands: Vec<String>,
    result: ShimResult,
    statements: Vec<String>,
) -> ShimView {
    let mut parameters = vec![Parameter::Receiver];
    parameters.extend(operands.into_iter().map(Parameter::Operand));
    let frame = Frame {
        name: None,
        implements: format!("rt::operators::{operator}"),
        signature: None,
        constants: Vec::new(),
        function: "call",
        parameters,
        result,
    };
    writer.shim(frame, statements)
}

/// The local name of an operand before it is converted; it differs from the user's parameters.
fn operand(writer: &Writer<'_>, what: &str) -> String {
    format!("{}_{what}", writer.locals.operand)
}

fn returns(writer: &Writer<'_>, builtin: Builtin) -> bool {
    let result = writer.binding.outcome.returned.rust_type();
    result.is_some_and(|ty| writer.scope.interface.expanded(ty).is(builtin))
}

fn is_integer(scope: &Scope<'_>, ty: &Type) -> bool {
    match scope.interface.expanded(ty) {
        Type::Builtin(builtin, _) => builtin.nature() == Nature::Integer,
        _ => false,
    }
}
