//! Creates an exception class from its definition.

use std::any::TypeId;
use std::ffi::{CStr, CString, c_void};

use super::class_statement::{ClassStatement, add_method};
use super::equality::{EQUAL_DOC, add_hash, equal_with_fields};
use super::kept::Kept;
use super::methods::{init, reduce, restore, show};
use super::{Exception, ExceptionBase, ExceptionDefinition};
use crate::Result;
use crate::call::Returned;
use crate::dynamic::{imported, set_attribute, text};
use crate::ffi::{FastFunction, METH_FASTCALL, METH_KEYWORDS, MethodDef};
use crate::field::Field;
use crate::fork::Mutex;
use crate::host::host;
use crate::module::{Annotations, Module, TypeEntry};
use crate::object::Object;
use crate::type_object::{check_index, short_name};

/// Returns the entry of an exception for the definition of a module.
pub const fn type_of_exception<E: Exception>() -> TypeEntry {
    TypeEntry::new(E::DEFINITION.name, create::<E>).annotated(annotate::<E>)
}

fn annotate<'py, E: Exception>(
    class: &Object<'py>,
    annotations: &mut Annotations<'py>,
) -> Result<()> {
    annotate_exception(class, annotations, E::DEFINITION.fields)
}

/// Adds the annotations to an exception class with these fields.
pub(crate) fn annotate_exception<'py>(
    class: &Object<'py>,
    annotations: &mut Annotations<'py>,
    fields: &[Field],
) -> Result<()> {
    set_attribute(class, c"__annotations__", &annotations.of_fields(fields)?)
}

fn create<'py, E: Exception>(module: &Module<'py>, index: usize) -> Returned<'py> {
    check_index::<E>(module, index)?;
    let (py, definition) = (module.py, E::DEFINITION);
    let (base, base_init) = base(module, definition)?;
    let statement = ClassStatement {
        name: definition.name,
        qualified_name: short_name(definition.name),
        doc: definition.doc,
        signature: Some(definition.signature),
    };
    let class = statement.execute(module, base)?;
    let methods = Methods::of::<E>();
    add_method(&class, methods.init)?;
    add_method(&class, methods.reduce)?;
    add_method(&class, methods.equal)?;
    add_hash(&class)?;
    if host().pypy {
        // PyPy's own method stores everything in the instance's dictionary, even `args`.
        add_method(&class, methods.restore)?;
    }
    // KeyError's `str` is the `repr` of its argument; an exception of an interface file shows its message.
    let plain = imported(py, "builtins", c"BaseException")?;
    if class.attribute(c"__str__")?.as_raw() != plain.attribute(c"__str__")?.as_raw() {
        add_method(&class, methods.show)?;
    }
    let names = definition.fields.iter().map(|field| text(py, field.name));
    let new = class.attribute(c"__new__")?;
    Kept::keep(module, new, base_init, names.collect::<Result<_>>()?);
    Ok(class)
}

/// The built-in exceptions whose `__init__` only sets `args`, as `BaseException`'s does.
const PLAIN: &[&str] = &[
    "ArithmeticError",
    "AssertionError",
    "BaseException",
    "BufferError",
    "EOFError",
    "Exception",
    "FloatingPointError",
    "IndexError",
    "KeyError",
    "LookupError",
    "NotImplementedError",
    "OverflowError",
    "RecursionError",
    "ReferenceError",
    "RuntimeError",
    "TypeError",
    "ValueError",
    "Warning",
    "ZeroDivisionError",
];

/// Returns the base class, and `__init__` of the built-in exception that it is derived from, if it must be called.
fn base<'py>(
    module: &Module<'py>,
    definition: &ExceptionDefinition,
) -> Result<(Object<'py>, Object<'py>)> {
    let py = module.py;
    match definition.base {
        ExceptionBase::Builtin(name) => {
            let base = imported(py, "builtins", &CString::new(name).unwrap_or_default())?;
            let plain = PLAIN.contains(&name);
            let init = if plain {
                py.none()
            } else {
                base.attribute(c"__init__")?
            };
            Ok((base, init))
        }
        ExceptionBase::Exported(interpreters, index) => {
            let kept = Kept::at(py, interpreters, index)?;
            let base = interpreters.class(py, index)?;
            Ok((base, kept.base_init().unwrap_or_else(|| py.none())))
        }
    }
}

/// The definitions of the methods, to which descriptors point. They are made once per process and never freed.
#[derive(Clone, Copy)]
struct Methods {
    init: &'static MethodDef,
    reduce: &'static MethodDef,
    equal: &'static MethodDef,
    restore: &'static MethodDef,
    show: &'static MethodDef,
}

// SAFETY: the definitions do not change.
unsafe impl Send for Methods {}

static METHODS: Mutex<Vec<(TypeId, Methods)>> = Mutex::new(Vec::new());

impl Methods {
    fn of<E: Exception>() -> Methods {
        let mut all = METHODS.lock();
        let id = TypeId::of::<E>();
        if let Some((_, methods)) = all.iter().find(|(other, _)| *other == id) {
            return *methods;
        }
        let method = |name: &'static CStr, function: FastFunction, doc: &'static CStr| {
            let flags = METH_FASTCALL | METH_KEYWORDS;
            let function = function as *const c_void;
            &*Box::leak(Box::new(MethodDef {
                name: name.as_ptr(),
                function,
                flags,
                doc: doc.as_ptr(),
            }))
        };
        let doc = E::DEFINITION.signature.doc;
        let methods = Methods {
            init: method(c"__init__", init::<E>, doc),
            reduce: method(
                c"__reduce__",
                reduce,
                c"__reduce__($self, /)\n--\n\nFor pickling and copying.",
            ),
            equal: method(c"__eq__", equal_with_fields::<E>, EQUAL_DOC),
            restore: method(
                c"__setstate__",
                restore,
                c"__setstate__($self, state, /)\n--\n\nFor pickling and copying.",
            ),
            show: method(c"__str__", show, c"__str__($self, /)\n--\n\nThe message."),
        };
        all.push((id, methods));
        methods
    }
}
