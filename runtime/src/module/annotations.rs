//! Type aliases and annotations: Python expressions that are evaluated once all types of a module exist.
//!
//! They are evaluated in a namespace of their own, not in that of the module, where a function may be called `list` or `typing`.
//! The resulting annotations are types, not strings, so they mean the same wherever they are inspected.
//!
//! `eval` is not used: the expressions consist of names, attributes and subscripts only, and running Python's compiler would cost
//! as much as the rest of an import. (Up to 3.13 at least, it also crashes when memory is exhausted.)
//!
//! `typing` takes longer to import than everything else here. It is imported only where Python's own types are not sufficient:
//! before 3.10, and for `Any`.

use super::ModuleDefinition;
use super::init::{add, required_by};
use crate::Result;
use crate::api;
use crate::call::Returned;
use crate::convert::into_list;
use crate::dynamic::{dict, tuple};
use crate::error::Error;
use crate::field::Field;
use crate::host::{Version, host};
use crate::layout::Probed;
use crate::object::Object;
use crate::python::Python;
use crate::type_object::last_part;
use std::collections::HashMap;
use std::ffi::CStr;

/// A type alias of a module.
#[derive(Clone, Copy)]
pub struct Alias {
    name: &'static CStr,
    expression: &'static CStr,
}

/// Returns a type alias. `expression` consists of names, attributes, subscripts, lists, `...` and `()`, and may use the builtins,
/// `typing`, `datetime`, `decimal`, `pathlib`, `uuid`, `__pyidl_buffer__` and `__pyidl_path__` (the types that such parameters
/// accept), `__pyidl_root__` (the extension module) and `__pyidl_required__` (the modules that it requires).
pub const fn alias(name: &'static CStr, expression: &'static CStr) -> Alias {
    Alias { name, expression }
}

/// Modules that expressions can use, besides `typing`.
const MODULES: [&str; 6] = [
    "collections.abc",
    "datetime",
    "decimal",
    "os",
    "pathlib",
    "uuid",
];

/// Replacements for names of `typing` from 3.9 on: the types in the notation that is usual today.
const MODERN: [(&str, &str, &str); 11] = [
    ("List", "builtins", "list"),
    ("Dict", "builtins", "dict"),
    ("Set", "builtins", "set"),
    ("FrozenSet", "builtins", "frozenset"),
    ("Tuple", "builtins", "tuple"),
    ("AbstractSet", "collections.abc", "Set"),
    ("Sequence", "collections.abc", "Sequence"),
    ("Mapping", "collections.abc", "Mapping"),
    ("Iterator", "collections.abc", "Iterator"),
    ("Iterable", "collections.abc", "Iterable"),
    ("Callable", "collections.abc", "Callable"),
];

/// Evaluates expressions, each of them once.
pub(crate) struct Annotations<'py> {
    root: Object<'py>,
    submodules: Vec<(&'static CStr, Object<'py>)>,
    values: HashMap<&'static CStr, Object<'py>>,
}

impl<'py> Annotations<'py> {
    /// Creates the evaluator for the extension module `root` and its submodules.
    pub(super) fn new<'a>(
        root: &Object<'py>,
        definition: &'static ModuleDefinition,
        submodules: impl Iterator<Item = &'a Object<'py>>,
    ) -> Self
    where
        'py: 'a,
    {
        let names = definition.submodules.iter().map(|it| last_part(it.name));
        Self {
            root: root.clone(),
            submodules: names.zip(submodules.cloned()).collect(),
            values: HashMap::new(),
        }
    }

    /// Returns the value of an expression.
    ///
    /// # Errors
    /// Returns the exceptions that looking up a name or subscripting raises.
    pub(crate) fn evaluate(&mut self, expression: &'static CStr) -> Returned<'py> {
        if let Some(value) = self.values.get(expression) {
            return Ok(value.clone());
        }
        let mut source = Source(expression.to_str().unwrap_or_default());
        let value = self.expression(&mut source)?;
        if !source.0.is_empty() {
            return Err(source.unexpected());
        }
        self.values.insert(expression, value.clone());
        Ok(value)
    }

    fn expression(&self, source: &mut Source<'_>) -> Returned<'py> {
        let py = self.root.py();
        if source.skip("[") {
            return into_list::<Probed, _>(self.until("]", source)?, py);
        }
        if source.skip("...") {
            return py.import("builtins")?.getattr("Ellipsis");
        }
        if source.skip("(") {
            return tuple(py, self.until(")", source)?);
        }
        let mut value = match source.name()? {
            "None" => py.none(),
            "typing" => {
                source.expect(".")?;
                match source.name()? {
                    name @ ("Union" | "Optional") if !has_typing_names() => {
                        return self.union(name == "Optional", source);
                    }
                    name => typing(py, name)?,
                }
            }
            "__pyidl_root__" => {
                source.expect(".")?;
                self.own(source.name()?)?
            }
            "__pyidl_required__" => {
                source.expect("[")?;
                let module = self.required(source.name()?)?;
                source.expect("]")?;
                module
            }
            "__pyidl_buffer__" => buffer(py)?,
            "__pyidl_path__" => path(py)?,
            name if MODULES.contains(&name) => py.import(name)?,
            name => builtin(py, name)?,
        };
        loop {
            if source.skip(".") {
                value = value.getattr(source.name()?)?;
            } else if source.skip("[") {
                let mut items = self.until("]", source)?;
                let index = match items.len() {
                    1 => items.remove(0),
                    _ => tuple(py, items)?,
                };
                value = item(&value, &index)?;
            } else {
                return Ok(value);
            }
        }
    }

    /// Evaluates the expressions up to a bracket, and consumes the bracket.
    fn until(&self, end: &str, source: &mut Source<'_>) -> Result<Vec<Object<'py>>> {
        let mut items = Vec::new();
        while !source.skip(end) {
            if !items.is_empty() {
                source.expect(", ")?;
            }
            items.push(self.expression(source)?);
        }
        Ok(items)
    }

    /// Evaluates `Union` or `Optional` with the arguments in the brackets that follow.
    fn union(&self, is_optional: bool, source: &mut Source<'_>) -> Returned<'py> {
        let py = self.root.py();
        source.expect("[")?;
        let mut types = self.until("]", source)?;
        if is_optional {
            types.push(py.none());
        }
        union(py, types)
    }

    /// Returns an attribute of the extension module, or one of its submodules, which are not its attributes yet.
    fn own(&self, name: &str) -> Returned<'py> {
        let submodules = self.submodules.iter();
        let mut submodules = submodules.filter(|(own, _)| own.to_bytes() == name.as_bytes());
        match submodules.next() {
            Some((_, module)) => Ok(module.clone()),
            None => self.root.getattr(name),
        }
    }

    /// Returns the module with this index among those that the extension module requires.
    fn required(&self, index: &str) -> Returned<'py> {
        let required = required_by(self.root.as_argument());
        let module = index
            .parse()
            .ok()
            .and_then(|index: usize| required.get(index));
        match module {
            // SAFETY: kept alive by the module that requires it; attached.
            Some(module) => Ok(unsafe { Object::from_borrowed(self.root.py(), *module) }),
            None => Err(Error::import_error(
                "an annotation names no module that is required",
            )),
        }
    }

    /// Returns the annotations of a class with these fields.
    ///
    /// # Errors
    /// Returns the exception that evaluating an expression raises.
    pub(crate) fn of_fields(&mut self, fields: &[Field]) -> Returned<'py> {
        let mut all = Vec::with_capacity(fields.len());
        for field in fields {
            all.push((field.name, self.evaluate(field.annotation)?));
        }
        dict(self.root.py(), all)
    }

    /// Adds the type aliases to a module.
    ///
    /// # Errors
    /// As for [`evaluate`](Self::evaluate).
    pub(super) fn add_aliases(
        &mut self,
        module: &Object<'py>,
        aliases: &'static [Alias],
    ) -> Result<()> {
        for alias in aliases {
            let value = self.evaluate(alias.expression)?;
            add(self.root.py(), module.as_raw(), alias.name, value.as_raw())?;
        }
        Ok(())
    }
}

/// Returns whether annotations use the names of `typing`. Before 3.9 Python's own types cannot be subscripted.
fn has_typing_names() -> bool {
    host().version < Version::new(3, 9)
}

/// Returns the object that a name of `typing` stands for.
fn typing<'py>(py: Python<'py>, name: &str) -> Returned<'py> {
    let modern = MODERN.iter().find(|(own, _, _)| *own == name);
    match modern.filter(|_| !has_typing_names()) {
        Some((_, module, name)) => py.import(module)?.getattr(*name),
        None => py.import("typing")?.getattr(name),
    }
}

fn builtin<'py>(py: Python<'py>, name: &str) -> Returned<'py> {
    py.import("builtins")?.getattr(name)
}

/// Returns the union of types.
fn union<'py>(py: Python<'py>, types: Vec<Object<'py>>) -> Returned<'py> {
    if host().version < Version::new(3, 10) {
        let types = tuple(py, types)?;
        return item(&typing(py, "Union")?, &types);
    }
    let mut types = types.into_iter().map(|ty| match ty.is_none() {
        true => ty.getattr("__class__"),
        false => Ok(ty),
    });
    let nothing = || Err(Error::import_error("an annotation is a union of nothing"));
    let first = types.next().unwrap_or_else(nothing)?;
    types.try_fold(first, |union, ty| {
        // SAFETY: alive and attached.
        unsafe { Object::from_owned(py, api::PyNumber_Or(union.as_raw(), ty?.as_raw())) }
    })
}

/// Returns the type that parameters of bytes accept.
fn buffer(py: Python<'_>) -> Returned<'_> {
    if host().version >= Version::new(3, 12) {
        return py.import("collections.abc")?.getattr("Buffer");
    }
    let names = ["bytes", "bytearray", "memoryview"];
    let types: Result<_> = names.iter().map(|name| builtin(py, name)).collect();
    union(py, types?)
}

/// Returns the type that parameters of paths accept.
fn path(py: Python<'_>) -> Returned<'_> {
    let text = builtin(py, "str")?;
    let object = match has_typing_names() {
        true => py.object("os.PathLike[str]")?,
        false => item(&py.import("os")?.getattr("PathLike")?, &text)?,
    };
    union(py, vec![text, object])
}

/// Returns `object[index]`.
fn item<'py>(object: &Object<'py>, index: &Object<'_>) -> Returned<'py> {
    // SAFETY: alive and attached.
    unsafe {
        let item = api::PyObject_GetItem(object.as_raw(), index.as_raw());
        Object::from_owned(object.py(), item)
    }
}

/// The part of an expression that has not been read yet.
struct Source<'a>(&'a str);

impl<'a> Source<'a> {
    fn skip(&mut self, text: &str) -> bool {
        let rest = self.0.strip_prefix(text);
        self.0 = rest.unwrap_or(self.0);
        rest.is_some()
    }

    fn expect(&mut self, text: &str) -> Result<()> {
        match self.skip(text) {
            true => Ok(()),
            false => Err(self.unexpected()),
        }
    }

    /// Reads a name or number.
    fn name(&mut self) -> Result<&'a str> {
        let is_part = |character: char| character.is_alphanumeric() || character == '_';
        let end = self.0.find(|character| !is_part(character));
        let (name, rest) = self.0.split_at(end.unwrap_or(self.0.len()));
        self.0 = rest;
        match name.is_empty() {
            true => Err(self.unexpected()),
            false => Ok(name),
        }
    }

    #[cold]
    fn unexpected(&self) -> Error {
        Error::import_error(format!("an annotation cannot be read from {:?} on", self.0))
    }
}
