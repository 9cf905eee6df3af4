//! The shims of operators.

use crate::emit::glue::arguments::Arguments;
use crate::emit::glue::shim::{
    ComparisonView, ComparisonsView, Frame, Parameter, ShimResult, ShimView, Writer,
};
use crate::emit::language::rust::scope::Scope;
use crate::lower::binding::Binding;
use crate::lower::class::{ClassBindings, Member};
use crate::lower::names::glue_type;
use crate::model::{Builtin, Nature, OperatorKind, Type};
use crate::render::layout::Layout;

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
        OperatorKind::Iter | OperatorKind::Repr | OperatorKind::Str => shim(
            writer,
            "Unary",
            &[],
            ShimResult::Object,
            writer.conversion(),
        ),
        OperatorKind::Len => plain(writer, "Length", &[], "u64"),
        OperatorKind::Bool => plain(writer, "Truth", &[], "bool"),
        OperatorKind::Contains => plain(writer, "Contains", &["item"], "bool"),
        OperatorKind::Setitem => plain(writer, "SetItem", &["key", "value"], "()"),
        OperatorKind::Hash => {
            let cast = if returns(writer, Builtin::U64) {
                ".cast_signed()"
            } else {
                ""
            };
            let value = format!("{ok}({}{cast})", writer.value());
            shim(writer, "Hash", &[], ShimResult::Value("i64"), value)
        }
        OperatorKind::Next => {
            let [some, none] = ["Some", "None"].map(|name| writer.scope.std(name));
            let (layout, py) = (&writer.scope.names.layout_parameter, &writer.locals.py);
            let conversion = format!("rt::IntoPython::into_python::<{layout}>(value, {py})");
            let arms = vec![
                (
                    format!("{some}(value)"),
                    format!("{conversion}.map({some})").into(),
                ),
                (none.clone(), format!("{ok}({none})").into()),
            ];
            let value = Layout::Match(writer.value(), arms);
            shim(writer, "Next", &[], ShimResult::OptionalObject, value)
        }
        OperatorKind::Getitem => {
            let value = writer.conversion();
            let view = shim(writer, "GetItem", &["key"], ShimResult::Object, value);
            match writer.binding.arguments.first() {
                Some(key) if is_integer(writer.scope, &key.ty) => {
                    view.with("INTEGER_KEY", "bool", "true".into())
                }
                _ => view,
            }
        }
        _ => unreachable!("{kind:?} shares its shim with others"),
    }
}

/// The shim of an operator whose result is a Rust value.
fn plain(writer: &Writer<'_>, operator: &str, operands: &[&str], result: &'static str) -> ShimView {
    let result = ShimResult::Value(result);
    shim(writer, operator, operands, result, writer.outcome())
}

/// One form of an arithmetic operator.
fn binary(writer: &Writer<'_>) -> ShimView {
    let operand = &writer.locals.operand;
    let mut arguments = Arguments::default();
    arguments.add_operand(&writer.speller(), &writer.binding.arguments[0], operand);
    let value = format!("{}.map({})", writer.conversion(), writer.scope.std("Some"));
    let frame = Frame {
        implements: "rt::operators::Binary".to_owned(),
        function: "call",
        parameters: vec![Parameter::Receiver, Parameter::Operand(operand.clone())],
        result: ShimResult::OptionalObject,
    };
    writer.shim(frame, Some(writer.body(arguments, value.into())))
}

/// All comparisons of a class in one shim.
fn compare(
    scope: &Scope<'_>,
    comparisons: &[(&Binding, OperatorKind, &'static str)],
) -> Option<ShimView> {
    let (first, _, _) = *comparisons.first()?;
    let [some, none, ok] = ["Some", "None", "Ok"].map(|name| scope.std(name));
    let arms = comparisons.iter().map(|&(binding, _, operator)| {
        let mut writer = Writer::new(scope, binding);
        writer.locals.operand = "operand".to_owned();
        writer.locals.this = "this".to_owned();
        let mut arguments = Arguments::default();
        arguments.add_operand(&writer.speller(), &binding.arguments[0], "operand");
        let value = format!("{ok}({some}({}))", writer.value());
        let body = writer.body(arguments, value.into());
        ComparisonView { operator, body }
    });
    let arms = arms.collect();
    let is_partial = comparisons.len() < COMPARISONS.len();
    let others = is_partial.then(|| format!("{ok}({none})"));
    let mut kinds = comparisons.iter().map(|(_, kind, _)| *kind);
    let has_equality = kinds.any(|kind| kind == OperatorKind::Eq);
    let class = first.owner.expect("operators belong to a class");
    let name = glue_type(&scope.interface[class].name, "Compare");
    let frame = Frame {
        implements: "rt::operators::Compare".to_owned(),
        function: "call",
        parameters: vec![
            Parameter::Receiver,
            Parameter::Operand("operand".to_owned()),
            Parameter::Comparison("operator"),
        ],
        result: ShimResult::OptionalBool,
    };
    let view = Writer::new(scope, first).shim(frame, None);
    let view = view.with("EQUALITY", "bool", has_equality.to_string().into());
    Some(view.comparing(name, ComparisonsView { arms, others }))
}

fn shim(
    writer: &Writer<'_>,
    operator: &str,
    operands: &[&str],
    result: ShimResult,
    value: impl Into<Layout>,
) -> ShimView {
    let mut arguments = Arguments::default();
    for (argument, what) in writer.binding.arguments.iter().zip(operands) {
        arguments.add(&writer.speller(), argument, &operand(writer, what), what);
    }
    let operands = operands.iter();
    let operands = operands.map(|what| Parameter::Operand(operand(writer, what)));
    let frame = Frame {
        implements: format!("rt::operators::{operator}"),
        function: "call",
        parameters: std::iter::once(Parameter::Receiver)
            .chain(operands)
            .collect(),
        result,
    };
    writer.shim(frame, Some(writer.body(arguments, value.into())))
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
