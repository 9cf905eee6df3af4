//! Variants that are errors of functions: exception classes.

use std::any::TypeId;
use std::ffi::{CStr, c_void};

use super::{Variant, VariantDefinition, text as shown};
use crate::Result;
use crate::call::{Given, Returned, bind_keywords};
use crate::dynamic::{imported, set_attribute, text, tuple};
use crate::error::Error;
use crate::exception::{
    ClassStatement, Kept, add_equality, add_method, method, new_instance, set_fields,
};
use crate::ffi::{FastFunction, METH_FASTCALL, METH_KEYWORDS, MethodDef, Raw};
use crate::fork::Mutex;
use crate::module::Module;
use crate::object::{Argument, Object};
use crate::python::Python;
use crate::record::Record;
use crate::type_object::{set_class_attribute, short_name};

/// Creates the base class of all cases.
pub(super) fn create_variant<'py>(
    module: &Module<'py>,
    definition: &'static VariantDefinition,
) -> Returned<'py> {
    let statement = ClassStatement {
        name: definition.name,
        qualified_name: short_name(definition.name),
        doc: definition.doc,
        signature: None,
    };
    let base = imported(module.py, "builtins", c"Exception")?;
    let class = statement.execute(module, base)?;
    // The contents of a case are its `args`.
    add_equality(&class)?;
    Ok(class)
}

/// Creates the class of a case.
pub(super) fn create_case<'py, R: Record>(
    module: &Module<'py>,
    variant: &Object<'py>,
) -> Returned<'py> {
    let (py, definition) = (module.py, R::DEFINITION);
    let statement = ClassStatement {
        name: definition.name,
        qualified_name: definition.qualified_name(),
        doc: definition.doc,
        signature: Some(definition.signature),
    };
    let class = statement.execute(module, variant.clone())?;
    let methods = Methods::of::<R>();
    for method in [methods.init, methods.repr, methods.str] {
        add_method(&class, method)?;
    }
    let names = || definition.fields.iter().map(|field| text(py, field.name));
    let match_args = tuple(py, names().collect::<Result<Vec<_>>>()?)?;
    set_class_attribute(&class, c"__match_args__", &match_args)?;
    let new = class.attribute(c"__new__")?;
    let names = names().collect::<Result<_>>()?;
    // `Exception.__init__` only sets `args`, so it need not be called.
    Kept::keep(module, new, py.none(), names);
    Ok(class)
}

/// The definitions of the methods of a case, to which descriptors point. They are made once per process and never freed.
#[derive(Clone, Copy)]
struct Methods {
    init: &'static MethodDef,
    repr: &'static MethodDef,
    str: &'static MethodDef,
}

// SAFETY: the definitions do not change.
unsafe impl Send for Methods {}

static METHODS: Mutex<Vec<(TypeId, Methods)>> = Mutex::new(Vec::new());

impl Methods {
    fn of<R: Record>() -> Methods {
        let mut all = METHODS.lock();
        let id = TypeId::of::<R>();
        if let Some((_, methods)) = all.iter().find(|(other, _)| *other == id) {
            return *methods;
        }
        let method = |name: &'static CStr, function: FastFunction, doc: &'static CStr| {
            &*Box::leak(Box::new(MethodDef {
                name: name.as_ptr(),
                function: function as *const c_void,
                flags: METH_FASTCALL | METH_KEYWORDS,
                doc: doc.as_ptr(),
            }))
        };
        let methods = Methods {
            init: method(c"__init__", init::<R>, R::DEFINITION.signature.doc),
            repr: method(c"__repr__", shown::repr::<R>, c"__repr__($self, /)\n--\n\n"),
            str: method(c"__str__", shown::str::<R>, c"__str__($self, /)\n--\n\n"),
        };
        all.push((id, methods));
        methods
    }
}

/// `__init__(self, …)`, with the fields of the case.
unsafe extern "C" fn init<R: Record>(
    _: Raw,
    arguments: *const Raw,
    count: isize,
    names: Raw,
) -> Raw {
    // SAFETY: Python calls it on an attached thread, with arguments that are alive for the time of the call.
    unsafe { method(arguments, count, names, initialise::<R>) }
}

fn initialise<'py, R: Record>(this: Object<'py>, given: Given) -> Returned<'py> {
    let py = this.py();
    let definition = R::DEFINITION;
    let mut arguments = vec![std::ptr::null_mut(); definition.fields.len()];
    // SAFETY: the arguments are those that Python passed to a METH_FASTCALL | METH_KEYWORDS function; there is one entry per
    // parameter.
    unsafe { bind_keywords(py, definition.signature, &mut arguments, given)? };
    let mut values = Vec::with_capacity(arguments.len());
    for (index, (field, argument)) in definition.fields.iter().zip(arguments).enumerate() {
        values.push(match (argument.is_null(), field.default) {
            (true, Some(default)) => default(py)?,
            // Binding has rejected calls without this argument.
            (true, None) => return Err(Error::type_error("a field has no value")),
            // SAFETY: bound arguments are alive for the call.
            (false, _) => (field.normalise)(unsafe { Argument::from_raw(argument) })
                .map_err(|error| definition.signature.name_argument(index, error))?,
        });
    }
    set_attribute(&this, c"args", &tuple(py, values.clone())?)?;
    set_fields(&this, Kept::of::<R>(py)?, values)?;
    Ok(py.none())
}

/// Creates the exception object for a Rust value without calling the constructor.
pub(super) fn into_exception<'py, R: Record>(
    py: Python<'py>,
    values: Vec<Object<'py>>,
) -> Returned<'py> {
    let class = R::INTERPRETERS.class(py, R::INDEX)?;
    let kept = Kept::of::<R>(py)?;
    let exception = new_instance(kept, class, values.clone())?;
    set_fields(&exception, kept, values)?;
    Ok(exception)
}

/// Returns a field of an exception: an attribute, which Python code can set and delete.
pub(super) fn field_of<'py, V: Variant>(
    object: Argument<'py>,
    case: usize,
    field: usize,
) -> Returned<'py> {
    let py = object.py();
    let name = Kept::at(py, V::INTERPRETERS, V::INDEX + 1 + case)?.field_name(field);
    object.getattr(&name)
}
