//! Classes in the glue: the definition and its shims.

use serde::Serialize;

use crate::emit::glue::constants::{self, ConstantView};
use crate::emit::glue::operators::Operators;
use crate::emit::glue::shim::{ShimView, Writer};
use crate::emit::glue::signature::doc;
use crate::emit::language::python::docstring::{self, class_docs};
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::scope::Scope;
use crate::lower::binding::{Binding, Compilation, Receiver, Role};
use crate::lower::class::{ClassBindings, Member, Property};
use crate::model::OperatorKind;
use crate::names::{compound, snake};
use crate::render::layout::Layout;

/// A class.
#[derive(Serialize)]
pub(crate) struct ClassView {
    /// The Rust type.
    pub(crate) ty: String,
    /// The class's type parameter, and its bound.
    parameter: String,
    bound: String,
    layout: String,
    /// Its index among the module's types.
    index: usize,
    is_mutable: bool,
    name: Layout,
    doc: Layout,
    is_open: bool,
    constructor: Layout,
    methods: Layout,
    properties: Layout,
    operators: Layout,
    constants: Layout,
    /// What the definition refers to.
    constant_functions: Vec<ConstantView>,
    shims: Vec<ShimView>,
    /// The function that returns the definition, and its parameters: none.
    function: String,
    parameters: Layout,
}

impl ClassView {
    pub(crate) fn new(
        scope: &Scope<'_>,
        module: &str,
        bindings: &ClassBindings,
        index: usize,
    ) -> Self {
        let python_name = &bindings.head.python_name;
        let operators = Operators::of(scope, bindings);
        let lists = Lists::of(scope, bindings);
        let constant_functions = constants::of_class(scope, bindings);
        let constants = constant_functions.iter().map(ConstantView::entry).collect();
        let mut shims: Vec<_> = bindings.all().flat_map(|it| shim(scope, it)).collect();
        shims.extend(operators.shims);
        let calls = |heads: Vec<String>| {
            let calls = heads.into_iter().map(|head| Layout::call(head, vec![]));
            Layout::slice(calls.collect())
        };
        let function = compound(&[&snake(&bindings.head.name.text), "definition"], "_");
        Self {
            ty: scope.own(&bindings.head.rust_name),
            parameter: scope.names.class_parameter.clone(),
            bound: format!("{} + rt::Class", scope.class_trait(bindings.id)),
            layout: scope.names.layout_parameter.clone(),
            index,
            is_mutable: bindings.is_mutable,
            name: Layout::literal(format!("{module}.{python_name}")),
            doc: Layout::literal(docs(scope, bindings)),
            is_open: bindings.is_open,
            constructor: match lists.constructor {
                Some(constructor) => {
                    let constructor = Layout::call(constructor, vec![]);
                    Layout::call(scope.std("Some"), vec![constructor])
                }
                None => scope.std("None").into(),
            },
            methods: Layout::slice(lists.methods),
            properties: calls(lists.properties),
            operators: calls(operators.entries),
            constants: Layout::slice(constants),
            constant_functions,
            shims,
            function,
            parameters: Layout::Parameters(Vec::new()),
        }
    }
}

/// The docstring, with the constructor's signature if it has one.
fn docs(scope: &Scope<'_>, bindings: &ClassBindings) -> String {
    let (interface, name) = (scope.interface, &bindings.head.python_name);
    let lines = class_docs(bindings);
    match &bindings.constructor {
        Some(it) => doc(interface, name, First::Nothing, &it.arguments, &lines),
        None => docstring::text(&lines),
    }
}

/// The shim of a binding that is not an operator.
fn shim(scope: &Scope<'_>, binding: &Binding) -> Option<ShimView> {
    let writer = Writer::new(scope, binding);
    match binding.role {
        Role::Constructor | Role::Method | Role::Function => Some(writer.function()),
        Role::Getter => Some(writer.getter()),
        Role::Setter => Some(writer.setter()),
        Role::Operator(_) => None,
    }
}

/// How the shims of a class are listed in its definition.
#[derive(Default)]
struct Lists {
    constructor: Option<String>,
    methods: Vec<Layout>,
    properties: Vec<String>,
}

impl Lists {
    fn of(scope: &Scope<'_>, bindings: &ClassBindings) -> Self {
        let class = &scope.names.class_parameter;
        let constructor = bindings.constructor.as_ref().map(|constructor| {
            let (shared, shim) = (shared(constructor), &constructor.shim);
            let count = constructor.named_arguments();
            format!("rt::{shared}constructor::<{shim}<{class}>, {count}>")
        });
        let mut lists = Self {
            constructor,
            ..Self::default()
        };
        for member in &bindings.members {
            match member {
                Member::Constant(_) => {}
                Member::Method(binding) => lists.methods.push(method(class, binding)),
                Member::Property(it) => lists.properties.push(property(class, it)),
                Member::Operator(OperatorKind::Call, binding) => {
                    let (shim, count) = (&binding.shim, binding.named_arguments());
                    let entry = format!("rt::call_method::<{shim}<{class}>, {count}>");
                    lists.methods.push(Layout::call(entry, vec![]));
                }
                Member::Operator(..) => {}
            }
        }
        lists
    }
}

/// The entry of a method.
fn method(class: &str, binding: &Binding) -> Layout {
    let shim = format!("{}<{class}>", binding.shim);
    let count = binding.named_arguments();
    // Those that take no instance are compiled once in any case.
    let once = match binding.compilation {
        Compilation::Compact => "compact_",
        Compilation::PerLayout | Compilation::Shared => "",
    };
    let entry = match binding.receiver {
        Receiver::Module | Receiver::Nothing => {
            format!("rt::{once}static_method::<{shim}, {count}, {class}>")
        }
        Receiver::Class => format!("rt::{once}class_method::<{shim}, {count}, {class}>"),
        Receiver::Instance(_) => format!("rt::{}method::<{shim}, {count}>", compiled(binding)),
    };
    Layout::call(entry, vec![])
}

/// The entry of a property.
fn property(class: &str, property: &Property) -> String {
    let (shared, shim) = (shared(&property.getter), &property.getter.shim);
    match &property.setter {
        Some(setter) => {
            let setter = format!("{}<{class}>", setter.shim);
            format!("rt::{shared}property_with_setter::<{shim}<{class}>, {setter}>")
        }
        None => format!("rt::{shared}property::<{shim}<{class}>>"),
    }
}

/// The prefix of the runtime's functions and methods that compile a binding as it should be.
pub(crate) fn compiled(binding: &Binding) -> &'static str {
    match binding.compilation {
        Compilation::PerLayout => "",
        Compilation::Shared => "shared_",
        Compilation::Compact => "compact_",
    }
}

/// The same prefix for constructors and properties, which are not compact.
fn shared(binding: &Binding) -> &'static str {
    match binding.compilation {
        Compilation::PerLayout => "",
        Compilation::Shared | Compilation::Compact => "shared_",
    }
}
