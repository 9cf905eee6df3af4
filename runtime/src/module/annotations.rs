//! Type aliases and annotations: expressions of Python that are evaluated when all types of a module are there.
//!
//! They are evaluated in names of their own, not in those of the module, where a function may be called `list` or `typing`. So
//! classes have annotations that are types, not strings, which mean the same wherever somebody looks at them.
//!
//! Not by `eval`: names, attributes and subscripts are all that there is in them, and Python's compiler costs as much as the
//! rest of an import. (Up to 3.13 at least it also crashes where memory lacks.)
//!
//! `typing` takes longer to import than everything else here, and is needed only where Python's own types cannot say the same:
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

/// A type alias. `expression` consists of names, attributes, subscripts, lists, `...` and `()`, and may use the builtins, `typing`,
/// `datetime`, `decimal`, `pathlib`, `uuid`, `__pyidl_buffer__` and `__pyidl_path__` (what such parameters take),
/// `__pyidl_root__` (the extension module) and `__pyidl_required__` (those that it requires).
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

/// What stands for names of `typing` from 3.9 on: the types that print as people write them today.
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

/// Evaluates expressions, each once.
pub(crate) struct Annotations<'py> {
    root: Object<'py>,
    submodules: Vec<(&'static CStr, Object<'py>)>,
    values: HashMap<&'static CStr, Object<'py>>,
}

impl<'py> Annotations<'py> {
    /// For the extension module `root` and the modules in it.
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

    /// The value of an expression.
    ///
    /// # Errors
    /// What looking up a name or asking for an item raises.
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

    /// The expressions before a bracket, and that.
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

    /// What `Union` and `Optional` stand for, with what is in the brackets behind them.
    fn union(&self, is_optional: bool, source: &mut Source<'_>) -> Returned<'py> {
        let py = self.root.py();
        source.expect("[")?;
        let mut types = self.until("]", source)?;
        if is_optional {
            types.push(py.none());
        }
        union(py, types)
    }

    /// What the extension module has: also the modules in it, which are not its attributes yet.
    fn own(&self, name: &str) -> Returned<'py> {
        let submodules = self.submodules.iter();
        let mut submodules = submodules.filter(|(own, _)| own.to_bytes() == name.as_bytes());
        match submodules.next() {
            Some((_, module)) => Ok(module.clone()),
            None => self.root.getattr(name),
        }
    }

    /// The module that the extension module requires, by its number.
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

    /// The annotations of a class with these fields.
    ///
    /// # Errors
    /// What an expression raises.
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
    /// As above.
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

/// Whether annotations have the names of `typing`: before 3.9 Python's own types take no arguments.
fn has_typing_names() -> bool {
    host().version < Version::new(3, 9)
}

/// What stands for a name of `typing`.
fn typing<'py>(py: Python<'py>, name: &str) -> Returned<'py> {
    let modern = MODERN.iter().find(|(own, _, _)| *own == name);
    match modern.filter(|_| !has_typing_names()) {
        Some((_, module, name)) => py.import(module)?.getattr(name),
        None => py.import("typing")?.getattr(name),
    }
}

fn builtin<'py>(py: Python<'py>, name: &str) -> Returned<'py> {
    py.import("builtins")?.getattr(name)
}

/// The union of types.
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

/// What parameters of bytes take.
fn buffer(py: Python<'_>) -> Returned<'_> {
    if host().version >= Version::new(3, 12) {
        return py.import("collections.abc")?.getattr("Buffer");
    }
    let names = ["bytes", "bytearray", "memoryview"];
    let types: Result<_> = names.iter().map(|name| builtin(py, name)).collect();
    union(py, types?)
}

/// What parameters of paths take.
fn path(py: Python<'_>) -> Returned<'_> {
    let text = builtin(py, "str")?;
    let object = match has_typing_names() {
        true => py.object("os.PathLike[str]")?,
        false => item(&py.import("os")?.getattr("PathLike")?, &text)?,
    };
    union(py, vec![text, object])
}

/// `object[index]`
fn item<'py>(object: &Object<'py>, index: &Object<'_>) -> Returned<'py> {
    // SAFETY: alive and attached.
    unsafe {
        let item = api::PyObject_GetItem(object.as_raw(), index.as_raw());
        Object::from_owned(object.py(), item)
    }
}

/// What is left of an expression.
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

    /// A name or number.
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
