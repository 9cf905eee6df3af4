//! Type aliases and annotations: expressions of Python that are evaluated when all types of a module are there.
//!
//! They are evaluated in names of their own, not in those of the module, where a function may be called `list` or `typing`. So
//! classes have annotations that are types, not strings, which mean the same wherever somebody looks at them.
//!
//! `typing` takes longer to import than everything else here, and is needed only where Python's own types cannot say the same:
//! before 3.10, and for `Any`.

use super::ModuleDefinition;
use super::init::{add, required_by};
use crate::call::Returned;
use crate::convert;
use crate::dynamic::{attribute, call, dict, imported, text, tuple};
use crate::error::Error;
use crate::field::Field;
use crate::host::{Version, host};
use crate::object::Object;
use crate::python::Python;
use crate::type_object::last_part;
use crate::{Result, api};
use std::collections::HashMap;
use std::ffi::CStr;

/// A type alias of a module.
#[derive(Clone, Copy)]
pub struct Alias {
    name: &'static CStr,
    expression: &'static CStr,
}

/// A type alias. `expression` is Python 3.8 and may use the builtins, `typing`, `collections.abc`, `datetime`, `decimal`, `os`,
/// `pathlib`, `uuid`, `__pyidl_root__` (the extension module) and `__pyidl_required__` (those that it requires).
pub const fn alias(name: &'static CStr, expression: &'static CStr) -> Alias {
    Alias { name, expression }
}

/// Modules that expressions can use, besides `typing`.
const MODULES: [(&CStr, &str); 5] = [
    (c"datetime", "datetime."),
    (c"decimal", "decimal."),
    (c"os", "os."),
    (c"pathlib", "pathlib."),
    (c"uuid", "uuid."),
];

/// What stands for `typing` from 3.9 on: the types that print as people write them today. `typing` itself is asked for what else
/// is in it.
const MODERN: &str = "type('typing', (), dict(\
    List=list, Dict=dict, Set=set, FrozenSet=frozenset, Tuple=tuple, \
    AbstractSet=abc.Set, Sequence=abc.Sequence, Mapping=abc.Mapping, \
    Iterator=abc.Iterator, Iterable=abc.Iterable, Callable=abc.Callable, \
    Optional=type('Optional', (), dict(__class_getitem__=classmethod(lambda _, one: either([one, None])))), \
    Union=type('Union', (), dict(__class_getitem__=classmethod(\
        lambda _, all: either(all if isinstance(all, tuple) else [all])))), \
    __getattr__=lambda _, name: getattr(__import__('typing'), name)))()";

/// The union of types.
const UNION: &str = "lambda types: __import__('typing').Union[tuple(types)]";

/// The same from 3.10 on, by the types' own operator.
const EITHER: &str = "lambda types: __import__('functools').reduce(lambda a, b: a | b, \
    [type(None) if one is None else one for one in types])";

/// Evaluates expressions, each once.
pub(crate) struct Annotations<'py> {
    py: Python<'py>,
    names: Object<'py>,
    eval: Object<'py>,
    values: HashMap<&'static CStr, Object<'py>>,
}

impl<'py> Annotations<'py> {
    /// For the extension module `root` and the modules in it.
    ///
    /// # Errors
    /// ImportError, MemoryError.
    pub(super) fn new<'a>(
        root: &Object<'py>,
        definition: &'static ModuleDefinition,
        submodules: impl Iterator<Item = &'a Object<'py>>,
    ) -> Result<Self>
    where
        'py: 'a,
    {
        let py = root.py();
        // The modules in it are not yet its attributes.
        let own = call(
            &imported(py, "builtins", c"dict")?,
            [attribute(root, c"__dict__")?],
            [],
        )?;
        for (submodule, definition) in submodules.zip(definition.submodules) {
            let name = text(py, last_part(definition.name))?;
            set_item(&own, &name, submodule)?;
        }
        let names = dict(py, [])?;
        let required = required_by(root.as_argument()).iter();
        // SAFETY: kept alive by the module that requires them; attached.
        let required = required.map(|module| unsafe { Object::from_borrowed(py, *module) });
        py.import("collections.abc")?;
        let annotations = Self {
            py,
            eval: imported(py, "builtins", c"eval")?,
            names,
            values: HashMap::new(),
        };
        annotations.define(c"__builtins__", &py.import("builtins")?)?;
        annotations.define(c"__pyidl_required__", &tuple(py, required)?)?;
        annotations.define(c"__pyidl_own__", &own)?;
        annotations.define(c"collections", &py.import("collections")?)?;
        let root = annotations.run("__import__('types').SimpleNamespace(**__pyidl_own__)")?;
        annotations.define(c"__pyidl_root__", &root)?;
        Ok(annotations)
    }

    fn define(&self, name: &CStr, value: &Object<'py>) -> Result<()> {
        set_item(&self.names, &text(self.py, name)?, value)
    }

    fn run(&self, expression: &str) -> Returned<'py> {
        let expression = convert::string::from_str(self.py, expression)?;
        call(&self.eval, [expression, self.names.clone()], [])
    }

    /// The value of an expression.
    ///
    /// # Errors
    /// What it raises.
    pub(crate) fn evaluate(&mut self, expression: &'static CStr) -> Returned<'py> {
        if let Some(value) = self.values.get(expression) {
            return Ok(value.clone());
        }
        let source = expression.to_string_lossy();
        for (name, mention) in MODULES {
            if source.contains(mention) {
                self.define(name, &self.py.import(&name.to_string_lossy())?)?;
            }
        }
        if source.contains("typing.") {
            self.define_typing()?;
        }
        let value = self.run(&source)?;
        self.values.insert(expression, value.clone());
        Ok(value)
    }

    fn define_typing(&mut self) -> Result<()> {
        const NAME: &CStr = c"typing";
        if self.values.contains_key(NAME) {
            return Ok(());
        }
        let typing = match host().version < Version::new(3, 9) {
            true => self.py.import("typing")?,
            false => {
                self.define(c"abc", &self.py.import("collections.abc")?)?;
                let has_operator = host().version >= Version::new(3, 10);
                let either = self.run(if has_operator { EITHER } else { UNION })?;
                self.define(c"either", &either)?;
                self.run(MODERN)?
            }
        };
        self.define(NAME, &typing)?;
        self.values.insert(NAME, typing);
        Ok(())
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
        dict(self.py, all)
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
            add(self.py, module.as_raw(), alias.name, value.as_raw())?;
        }
        Ok(())
    }
}

fn set_item(dict: &Object<'_>, name: &Object<'_>, value: &Object<'_>) -> Result<()> {
    // SAFETY: live objects, which are borrowed; attached.
    match unsafe { api::PyDict_SetItem(dict.as_raw(), name.as_raw(), value.as_raw()) } {
        0 => Ok(()),
        _ => Err(Error::fetch(dict.py())),
    }
}
