//! Classes in the glue: the definition and its shims.

use serde::Serialize;

use crate::emit::glue::TEMPLATES;
use crate::emit::glue::constants::{self, ConstantView};
use crate::emit::glue::operators::Operators;
use crate::emit::glue::shim::{ShimView, Writer};
use crate::emit::glue::signature::doc;
use crate::emit::language::python::docstring::{self, class_docs};
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::{self, Layout, width};
use crate::emit::language::rust::scope::Scope;
use crate::lower::binding::{Binding, Compilation, Receiver, Role};
use crate::lower::class::{ClassBindings, Member, Property};
use crate::model::OperatorKind;
use crate::names::{compound, snake};

/// A class, with finished literals and lists.
#[derive(Serialize)]
pub(crate) struct ClassView {
    /// The Rust type.
    pub(crate) ty: String,
    /// The bound of the class's type parameter.
    parameter: String,
    layout: String,
    /// Its index among the module's types.
    index: usize,
    is_mutable: bool,
    name: String,
    doc: String,
    is_open: bool,
    constructor: String,
    methods: String,
    properties: String,
    operators: String,
    constants: String,
    /// The finished source of the items that the definition refers to.
    items: Vec<String>,
    /// The head of the function that returns the definition.
    function: String,
    /// The constant that holds it.
    definition: String,
}

/// Where the fields of a definition are placed.
const INDENT: usize = 12;

impl ClassView {
    pub(crate) fn new(
        scope: &Scope<'_>,
        module: &str,
        bindings: &ClassBindings,
        index: usize,
    ) -> Self {
        let id = bindings.id;
        let python_name = &bindings.head.python_name;
        let constructor = bindings.constructor.as_ref();
        let lines = class_docs(bindings);
        let docs = match constructor {
            Some(constructor) => {
                let arguments = &constructor.arguments;
                doc(
                    scope.interface,
                    python_name,
                    First::Nothing,
                    arguments,
                    &lines,
                )
            }
            None => docstring::text(&lines),
        };
        let operators = Operators::of(scope, bindings);
        let lists = Lists::of(scope, bindings);
        let constant_functions = constants::of_class(scope, bindings);
        let constants = constant_functions.iter().map(ConstantView::entry).collect();
        let mut shims: Vec<_> = bindings.all().flat_map(|it| shim(scope, it)).collect();
        shims.extend(operators.shims);
        let field = |name: &str, items: Vec<Layout>| {
            let column = INDENT + width(name) + 2;
            Layout::slice(items).format(INDENT, column, 1)
        };
        let calls = |heads: Vec<String>| {
            heads
                .into_iter()
                .map(|head| Layout::call(head, vec![]))
                .collect()
        };
        let none = scope.std("None");
        let ty = scope.own(&bindings.head.rust_name);
        let parameter = &scope.names.class_parameter;
        let bound = format!("{} + rt::Class", scope.class_trait(id));
        let definition = Layout::Text(format!("&'static rt::ClassDefinition<{parameter}>"));
        let function = compound(&[&snake(&bindings.head.name.text), "definition"], "_");
        let head = format!("const fn {function}");
        let bound = format!("{parameter}: {bound}");
        let own = "const DEFINITION: &'static rt::ClassDefinition<Self>";
        let call = Layout::call(function, vec![]);
        Self {
            ty,
            function: layout::generic_function(&head, &bound, &definition),
            definition: layout::assignment(own, &call, 8),
            parameter: scope.names.class_parameter.clone(),
            layout: scope.names.layout_parameter.clone(),
            index,
            is_mutable: bindings.is_mutable,
            name: c_string::literal(&format!("{module}.{python_name}"), INDENT, INDENT + 6, 1),
            doc: c_string::literal(&docs, INDENT + 4, INDENT + 5, 1),
            is_open: bindings.is_open,
            constructor: lists.constructor.map_or(none, |constructor| {
                let constructor = Layout::call(constructor, vec![]);
                Layout::call(scope.std("Some"), vec![constructor]).format(INDENT, INDENT + 13, 1)
            }),
            methods: field("methods", lists.methods),
            properties: field("properties", calls(lists.properties)),
            operators: field("operators", calls(operators.entries)),
            constants: field("constants", constants),
            items: [
                TEMPLATES.render_each("constant", constant_functions),
                TEMPLATES.render_each("shim", shims),
            ]
            .concat(),
        }
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
