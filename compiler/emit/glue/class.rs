//! Classes in the glue: the definition and its shims.

use serde::Serialize;

use crate::emit::glue::TEMPLATES;
use crate::emit::glue::constants::{self, ConstantView};
use crate::emit::glue::function::{is_hot, named_parameters};
use crate::emit::glue::operators::Operators;
use crate::emit::glue::shim::{ShimView, Writer};
use crate::emit::glue::signature::doc;
use crate::emit::language::python::docstring::{self, class_docs};
use crate::emit::language::python::signature::First;
use crate::emit::language::rust::c_string;
use crate::emit::language::rust::layout::{self, Layout, width};
use crate::emit::language::rust::scope::Scope;
use crate::lower::binding::{Callable, Role};
use crate::lower::names::{python_type, rust_type};
use crate::model::{ClassId, OperatorKind, Receiver};
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
        id: ClassId,
        callables: &[Callable],
        index: usize,
    ) -> Self {
        let class = &scope.interface[id];
        let python_name = python_type(&class.name);
        let mut docs = docstring::text(&class_docs(scope.interface, class));
        if let Some(constructor) = &class.constructor {
            let lines = class_docs(scope.interface, class);
            docs = doc(
                scope.interface,
                &python_name,
                First::Nothing,
                constructor,
                &lines,
            );
        }
        let operators = Operators::of(scope, callables);
        let lists = Lists::of(scope, callables);
        let constant_functions = constants::of_class(scope, id);
        let constants = constant_functions.iter().map(ConstantView::entry).collect();
        let mut shims: Vec<_> = callables.iter().flat_map(|it| shim(scope, it)).collect();
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
        let ty = scope.own(&rust_type(&class.name));
        let parameter = &scope.names.class_parameter;
        let bound = format!("{} + rt::Class", scope.class_trait(id));
        let definition = Layout::Text(format!("&'static rt::ClassDefinition<{parameter}>"));
        let function = compound(&[&snake(&class.name.text), "definition"], "_");
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
            is_mutable: class.is_mutable(),
            name: c_string::literal(&format!("{module}.{python_name}"), INDENT, INDENT + 6, 1),
            doc: c_string::literal(&docs, INDENT + 4, INDENT + 5, 1),
            is_open: class.open,
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

/// The shim of a callable that is not an operator.
fn shim(scope: &Scope<'_>, callable: &Callable) -> Option<ShimView> {
    let writer = Writer::new(scope, callable);
    match callable.role {
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
    fn of(scope: &Scope<'_>, callables: &[Callable]) -> Self {
        let class = &scope.names.class_parameter;
        let mut lists = Self::default();
        for (index, callable) in callables.iter().enumerate() {
            let count = named_parameters(&callable.function);
            let shim = format!("{}<{class}>", callable.shim);
            let shared = if is_hot(scope, callable) {
                ""
            } else {
                "shared_"
            };
            match (callable.role, callable.function.receiver) {
                (Role::Constructor, _) => {
                    lists.constructor = Some(format!("rt::{shared}constructor::<{shim}, {count}>"));
                }
                (Role::Method, Receiver::Static) => {
                    let entry = format!("rt::static_method::<{shim}, {count}, {class}>");
                    lists.methods.push(Layout::call(entry, vec![]));
                }
                (Role::Method, Receiver::Class) => {
                    let entry = format!("rt::class_method::<{shim}, {count}, {class}>");
                    lists.methods.push(Layout::call(entry, vec![]));
                }
                (Role::Method, _) => {
                    let entry = format!("rt::{shared}method::<{shim}, {count}>");
                    lists.methods.push(Layout::call(entry, vec![]));
                }
                (Role::Getter, _) => {
                    // A setter directly follows its getter.
                    let setter = callables
                        .get(index + 1)
                        .filter(|next| next.role == Role::Setter);
                    lists.properties.push(match setter {
                        Some(setter) => {
                            let setter = format!("{}<{class}>", setter.shim);
                            format!("rt::{shared}property_with_setter::<{shim}, {setter}>")
                        }
                        None => format!("rt::{shared}property::<{shim}>"),
                    });
                }
                (Role::Operator(OperatorKind::Call), _) => {
                    let entry = format!("rt::call_method::<{shim}, {count}>");
                    lists.methods.push(Layout::call(entry, vec![]));
                }
                (Role::Setter | Role::Operator(_) | Role::Function, _) => {}
            }
        }
        lists
    }
}
