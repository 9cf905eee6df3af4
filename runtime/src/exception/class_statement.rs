//! Creates exception classes as a `class` statement does, and adds methods to them.

use std::ffi::CStr;

use crate::call::{Returned, Signature};
use crate::convert::string;
use crate::dynamic::{call, dict, new_function, set_attribute, text, tuple};
use crate::ffi::MethodDef;
use crate::module::Module;
use crate::object::Object;
use crate::type_object::{module_and_name, short_name};
use crate::{Result, api};

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
