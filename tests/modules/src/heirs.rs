//! Classes over classes: what interface files cannot say yet. The glue is written by hand, and so is the stub, `heirs.pyi`.
//!
//! Each class has a number of its own, which its constructor takes, a property that returns it and a method that adds to it.

use std::ffi::CStr;
use std::sync::atomic::{AtomicI64, Ordering};

use crate::classes::Animal;
use pyidl_runtime::glue as rt;

static INTERPRETERS: rt::Interpreters = rt::Interpreters::new();

static DEFINITION: rt::ModuleDefinition = rt::ModuleDefinition {
    // SAFETY: each type is at the index that its `Exported` names.
    promise: rt::promise!(unsafe),
    name: c"heirs",
    doc: c"Classes over classes.",
    interpreters: &INTERPRETERS,
    functions: &[
        rt::shared_function::<Alive, 0>(),
        rt::shared_function::<OfNode, 1>(),
        rt::shared_function::<OfNodes, 1>(),
        rt::shared_function::<NewTable, 1>(),
        rt::shared_function::<SameTables, 1>(),
    ],
    types: &[
        rt::type_of_class::<Node>(),
        rt::type_of_class::<Branch>(),
        rt::type_of_class::<Leaf>(),
        rt::type_of_class::<Pet>(),
        rt::type_of_class::<Table>(),
        rt::type_of_class::<Index>(),
        rt::type_of_class::<Queue>(),
        rt::type_of_class::<Failure>(),
        rt::type_of_class::<Remark>(),
    ],
    constants: &[],
    aliases: &[],
    uses: &[],
    submodules: &[],
    requires: &[rt::requirement::<Animal>(c"classes")],
};

pyidl_runtime::__export! {
    // SAFETY: no other module has the definition or the names.
    unsafe PyInit_heirs, PyModExport_heirs, &DEFINITION
}

static ALIVE: AtomicI64 = AtomicI64::new(0);

/// A value that has to be dropped exactly once.
struct Number(Box<i64>);

impl Number {
    fn new(number: i64) -> Self {
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Self(Box::new(number))
    }
}

impl Drop for Number {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

const fn text(text: &'static str) -> &'static CStr {
    match CStr::from_bytes_with_nul(text.as_bytes()) {
        Ok(text) => text,
        Err(_) => panic!("it ends with NUL"),
    }
}

const fn signature(
    name: &'static CStr,
    qualified_name: &'static str,
    doc: &'static CStr,
    parameters: &'static [rt::Parameter],
    receiver: bool,
) -> rt::Signature {
    rt::Signature {
        name,
        qualified_name,
        doc,
        parameters,
        positional_only: 0,
        positional: parameters.len(),
        var_args: false,
        var_keywords: false,
        receiver,
    }
}

/// Defines a class: its index in the module, its name, whether it is open, its base, the names of its property and its method, and
/// attributes of the Rust type.
macro_rules! heir {
    ($index:literal, $name:ident, $open:literal, $base:expr, $property:literal, $method:literal $(, #[$attribute:meta])?) => {
        $(#[$attribute])?
        pub struct $name(Number);

        rt::unsafe_impl! {
            // SAFETY: this is the index of the type in the definition.
            unsafe impl Exported for $name {
                const INTERPRETERS: &'static rt::Interpreters = &INTERPRETERS;
                const INDEX: usize = $index;
            }
        }

        rt::unsafe_impl! {
            // SAFETY: `type_of_class` makes the type at this index. A `ForeignType` is a type of Python that can be extended.
            unsafe impl Class for $name {
                const MUTABLE: bool = true;
                const BASE: rt::Base = $base;
                const DEFINITION: &'static rt::ClassDefinition<Self> = &rt::ClassDefinition {
                    name: text(concat!("heirs.", stringify!($name), "\0")),
                    doc: text(concat!(stringify!($name), "(", $property, "=0)\n--\n\n\0")),
                    open: $open,
                    constructor: Some(rt::constructor::<$name, 1>()),
                    methods: &[rt::method::<$name, 1>()],
                    properties: &[rt::property::<$name>()],
                    operators: &[],
                    constants: &[],
                };
            }
        }

        impl rt::IntoPython for $name {
            fn into_python<'py, L: rt::Layout>(self, py: rt::Python<'py>) -> rt::Returned<'py> {
                rt::class_into_python::<L, Self>(self, py)
            }
        }

        impl rt::Constructor<1> for $name {
            type Class = Self;
            const SIGNATURE: &'static rt::Signature = &signature(
                c"__init__",
                concat!(stringify!($name), ".__init__"),
                c"",
                &[rt::Parameter::optional($property)],
                true,
            );
            fn call<L: rt::Layout>(call: &rt::Call<'_, 1>) -> rt::Result<Self> {
                let number: i64 = call.optional::<L, _>(0)?.unwrap_or(0);
                Ok(Self(Number::new(number)))
            }
        }

        impl rt::Getter for $name {
            type Class = Self;
            const NAME: &'static CStr = text(concat!($property, "\0"));
            const DOC: &'static CStr = c"";
            fn get<'py, L: rt::Layout>(this: rt::Receiver<'py, Self>) -> rt::Returned<'py> {
                let number = *this.shared::<L>()?.0.0;
                rt::IntoPython::into_python::<L>(number, this.object().py())
            }
        }

        impl rt::Method<1> for $name {
            type Class = Self;
            const SIGNATURE: &'static rt::Signature = &signature(
                text(concat!($method, "\0")),
                concat!(stringify!($name), ".", $method),
                text(concat!($method, "($self, by)\n--\n\n\0")),
                &[rt::Parameter::required("by")],
                true,
            );
            fn call<'py, L: rt::Layout>(
                this: rt::Receiver<'py, Self>,
                call: &rt::Call<'py, 1>,
            ) -> rt::Returned<'py> {
                let by: i64 = call.required::<L, _>(0)?;
                *this.exclusive::<L>()?.0.0 += by;
                call.returns::<L, _>(())
            }
        }
    };
}

static DICT: rt::ForeignType = rt::ForeignType::new("builtins", c"dict");
static LIST: rt::ForeignType = rt::ForeignType::new("builtins", c"list");
static EXCEPTION: rt::ForeignType = rt::ForeignType::new("builtins", c"Exception");
static WARNING: rt::ForeignType = rt::ForeignType::new("builtins", c"UserWarning");

heir!(0, Node, true, rt::Base::OBJECT, "node", "add_to_node");
heir!(1, Branch, true, rt::Base::of_class::<Node>(), "branch", "add_to_branch", #[repr(align(64))]);
heir!(
    2,
    Leaf,
    false,
    rt::Base::of_class::<Branch>(),
    "leaf",
    "add_to_leaf"
);
heir!(
    3,
    Pet,
    true,
    rt::Base::of_class::<Animal>(),
    "pet",
    "add_to_pet"
);
heir!(4, Table, true, rt::Base::of_type(&DICT), "table", "add_to_table", #[repr(align(64))]);
heir!(
    5,
    Index,
    true,
    rt::Base::of_class::<Table>(),
    "index_",
    "add_to_index"
);
heir!(
    6,
    Queue,
    false,
    rt::Base::of_type(&LIST),
    "queue",
    "add_to_queue"
);
heir!(
    7,
    Failure,
    true,
    rt::Base::of_type(&EXCEPTION),
    "failure",
    "add_to_failure"
);
heir!(
    8,
    Remark,
    false,
    rt::Base::of_type(&WARNING),
    "remark",
    "add_to_remark"
);

/// Defines a function: its name in Rust and Python, its parameters and what it returns.
macro_rules! function {
    ($name:ident, $count:literal, $python:literal, $parameters:literal, $names:expr, $call:ident, $result:expr) => {
        struct $name;

        impl rt::Function<$count> for $name {
            const SIGNATURE: &'static rt::Signature = &signature(
                text(concat!($python, "\0")),
                $python,
                text(concat!($python, "($module", $parameters, ")\n--\n\n\0")),
                $names,
                false,
            );
            fn call<'py, L: rt::Layout>($call: &rt::Call<'py, $count>) -> rt::Returned<'py> {
                let result = $result;
                $call.returns::<L, _>(result)
            }
        }
    };
}

function!(
    Alive,
    0,
    "alive",
    "",
    &[],
    call,
    ALIVE.load(Ordering::SeqCst)
);
function!(
    OfNode,
    1,
    "of_node",
    ", node",
    &[rt::Parameter::required("node")],
    call,
    {
        let node: rt::ArgumentRef<'_, Node> = call.required::<L, _>(0)?;
        *node.0.0
    }
);
function!(
    OfNodes,
    1,
    "of_nodes",
    ", nodes",
    &[rt::Parameter::required("nodes")],
    call,
    {
        let nodes: Vec<rt::Ref<'_, Node>> = call.required::<L, _>(0)?;
        nodes.iter().map(|node| *node.0.0).sum::<i64>()
    }
);
function!(
    NewTable,
    1,
    "new_table",
    ", table",
    &[rt::Parameter::required("table")],
    call,
    { Table(Number::new(call.required::<L, _>(0)?)) }
);
function!(
    SameTables,
    1,
    "same_tables",
    ", table",
    &[rt::Parameter::required("table")],
    call,
    {
        let table = rt::Instance::new(Table(Number::new(call.required::<L, _>(0)?)));
        (table.clone(), table)
    }
);
