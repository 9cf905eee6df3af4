//! Creates an exception class from its definition.

use std::any::TypeId;
use std::ffi::{CStr, CString, c_void};

use super::equality::{EQUAL_DOC, add_hash, equal_with_fields};
use super::kept::Kept;
use super::methods::{init, reduce, restore, show};
use super::{Exception, ExceptionBase, ExceptionDefinition};
use crate::call::{Returned, Signature};
use crate::convert::string;
use crate::dynamic::{call, dict, imported, new_function, set_attribute, text, tuple};
use crate::ffi::{FastFunction, METH_FASTCALL, METH_KEYWORDS, MethodDef};
use crate::field::Field;
use crate::fork::Mutex;
use crate::host::host;
use crate::module::{Annotations, Module, TypeEntry};
use crate::object::Object;
use crate::type_object::{check_index, module_and_name, short_name};
use crate::{Result, api};

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

/// The contents of a `class` statement for an exception.
pub(crate) struct ClassStatement {
    /// `module.Name`
    pub(crate) name: &'static CStr,
    /// Its qualified name in its module, with any enclosing classes.
    pub(crate) qualified_name: &'static str,
    pub(crate) doc: &'static CStr,
    /// The signature of its own `__init__`, if there is one.
    pub(crate) signature: Option<&'static Signature>,
}

impl ClassStatement {
    /// Creates the class.
    ///
    /// # Errors
    /// MemoryError, or the exception that the base's `__init_subclass__` raises.
    pub(crate) fn execute<'py>(&self, module: &Module<'py>, base: Object<'py>) -> Returned<'py> {
        let py = module.py;
        let (module, name) = module_and_name(module.qualified(self.name));
        let contents = [
            (c"__module__", string::from_str(py, module)?),
            (c"__qualname__", string::from_str(py, self.qualified_name)?),
            (c"__doc__", string::from_str(py, &self.with_signature())?),
        ];
        // SAFETY: `type` is alive as long as the interpreter; attached.
        let metaclass = unsafe { Object::from_borrowed(py, api::PyType_Type()) };
        let arguments = [
            string::from_str(py, name)?,
            tuple(py, [base])?,
            dict(py, contents)?,
        ];
        let class = call(&metaclass, arguments, [])?;
        // The class keeps the original documentation for `__text_signature__`.
        set_attribute(&class, c"__doc__", &text(py, self.doc)?)?;
        Ok(class)
    }

    /// Returns the documentation after the signature of the constructor (`OpenPath(message='', *, gap)`).
    fn with_signature(&self) -> String {
        let doc = self.doc.to_string_lossy();
        let init = self
            .signature
            .map(|signature| signature.doc.to_string_lossy());
        let parameters = init
            .as_ref()
            .and_then(|init| init.strip_prefix("__init__($self"))
            .and_then(|rest| rest.split_once("\n--\n"));
        match parameters {
            Some((parameters, _)) => {
                let parameters = parameters.strip_prefix(", ").unwrap_or(parameters);
                let name = short_name(self.name);
                format!("{name}({parameters}\n--\n\n{doc}")
            }
            None => doc.into_owned(),
        }
    }
}

/// Adds a method to the class. It is an `instancemethod`, which `inspect.signature` treats as a method, unlike a
/// `method_descriptor` of an exception. The instance is its first argument, and may be any object.
pub(crate) fn add_method(class: &Object<'_>, method: &'static MethodDef) -> Result<()> {
    let py = class.py();
    let function = new_function(py, method, None, None)?;
    // SAFETY: alive and attached; the method's name ends with NUL.
    unsafe {
        let method_object = Object::from_owned(py, api::PyInstanceMethod_New(function.as_raw()))?;
        set_attribute(class, CStr::from_ptr(method.name), &method_object)
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
