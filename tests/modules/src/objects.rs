//! Python objects in Rust: any object, callbacks and iterators.

mod bindings {
    pyidl_runtime::include_idl!("objects");
}

use bindings::{Objects, Predicate, RegistryClass, Words};
use pyidl_runtime as rt;
use rt::exceptions::{IndexError, ValueError};
use rt::prelude::*;
use rt::{Argument, Iter, Layout};

struct Module;

impl Objects for Module {
    fn same<'py>(_py: Python<'py>, value: Any<'py>) -> rt::Result<Any<'py>> {
        Ok(value)
    }

    fn pick<'py>(_py: Python<'py>, values: Vec<Any<'py>>, index: u64) -> rt::Result<Any<'py>> {
        let length = values.len();
        let value = values.into_iter().nth(index as usize);
        value.ok_or_else(|| IndexError::new(format!("{index} of {length}")).into())
    }

    fn values<'py>(_py: Python<'py>, table: Map<String, Any<'py>>) -> rt::Result<Vec<Any<'py>>> {
        Ok(table.into_values().collect())
    }

    fn collect<'py>(
        _py: Python<'py>,
        args: Vec<Any<'py>>,
        options: Map<String, Any<'py>>,
    ) -> rt::Result<(Vec<Any<'py>>, Map<String, Any<'py>>)> {
        Ok((args, options))
    }

    fn maybe<'py>(py: Python<'py>, value: Option<Any<'py>>) -> rt::Result<Any<'py>> {
        match value {
            Some(value) => Ok(value),
            None => py.object("nothing"),
        }
    }

    fn operate<'py>(
        py: Python<'py>,
        name: &str,
        value: Any<'py>,
        operands: Vec<Any<'py>>,
    ) -> rt::Result<Any<'py>> {
        match &operands[..] {
            [] => operation(name, &value),
            [other] => operation_on_two(name, &value, other),
            [key, item] if name == "set_item" => {
                value.set_item(key, item).and_then(|()| py.object(()))
            }
            [attribute, new] => value.setattr(attribute, new).and_then(|()| py.object(())),
            _ => Err(ValueError::new("too many operands").into()),
        }
    }

    fn call_with<'py>(
        _py: Python<'py>,
        function: Any<'py>,
        args: Vec<Any<'py>>,
        form: &str,
        options: Map<String, Any<'py>>,
    ) -> rt::Result<Any<'py>> {
        match (form, &args[..]) {
            ("map", [a, b]) => function.call_with((a, b), options),
            ("map", _) => function.call_with((), options),
            ("none", [a]) => function.call_with((a,), ()),
            ("array", [a]) => function.call_with((a,), [("x", 1), ("y", 2)]),
            ("tuple", [a]) => function.call_with((a,), (("x", "one"), (c"y", 2.5))),
            ("twice", [a]) => function.call_with((), vec![("x", a), ("x", a)]),
            ("name", [a, name]) => function.call_with((), ((name, a),)),
            ("method", [a]) => function.call_method_with("method", (a,), (("x", a),)),
            _ => Err(ValueError::new(form).into()),
        }
    }

    fn further<'py>(py: Python<'py>, slices: Any<'py>) -> rt::Result<Any<'py>> {
        let mut spans: Vec<Span> = slices.extract()?;
        for span in &mut spans {
            span.start += 1;
            span.stop += 1;
        }
        py.object(spans)
    }

    fn levels<'py>(_py: Python<'py>, value: Any<'py>) -> rt::Result<u64> {
        value.extract().map(|Levels(levels)| levels)
    }

    fn dispatch<'py>(py: Python<'py>, value: Any<'py>) -> rt::Result<Any<'py>> {
        if let Some(number) = value.downcast::<u8>()? {
            return py.object(("u8", number));
        }
        if let Some(words) = value.downcast::<Vec<String>>()? {
            return py.object(("words", words));
        }
        if let Some(span) = value.downcast::<Span>()? {
            return py.object(("span", span));
        }
        if let Some(registry) = value.downcast::<rt::Ref<'py, Registry>>()? {
            return py.object(("registry", registry.names.clone()));
        }
        py.object((value.type_name()?, &value))
    }

    fn apply<'py>(
        _py: Python<'py>,
        function: Callback<'py, (i64,), i64>,
        value: i64,
    ) -> rt::Result<i64> {
        function.call((value,))
    }

    fn apply_to_any<'py>(
        _py: Python<'py>,
        function: Callback<'py, (Any<'py>,), Any<'py>>,
        value: Any<'py>,
    ) -> rt::Result<Any<'py>> {
        function.call((value,))
    }

    fn apply_to_two<'py>(
        _py: Python<'py>,
        function: Callback<'py, (String, f64), String>,
    ) -> rt::Result<String> {
        function.call(("zwölf".to_owned(), 0.5))
    }

    fn notify<'py>(
        _py: Python<'py>,
        function: Callback<'py, (), ()>,
        times: u32,
    ) -> rt::Result<u32> {
        for _ in 0..times {
            function.call(())?;
        }
        Ok(times)
    }

    fn transform<'py>(
        _py: Python<'py>,
        values: Vec<f64>,
        function: Callback<'py, (f64,), f64>,
    ) -> rt::Result<Vec<f64>> {
        values
            .into_iter()
            .map(|value| function.call((value,)))
            .collect()
    }

    fn maybe_apply<'py>(
        _py: Python<'py>,
        value: i64,
        function: Option<Callback<'py, (i64,), i64>>,
    ) -> rt::Result<i64> {
        function.map_or(Ok(value), |function| function.call((value,)))
    }

    fn keep<'py>(
        _py: Python<'py>,
        words: Vec<String>,
        test: Predicate<'py>,
    ) -> rt::Result<Vec<String>> {
        let mut kept = Vec::new();
        for word in words {
            if test.call((word.clone(),))? {
                kept.push(word);
            }
        }
        Ok(kept)
    }

    fn call_all<'py>(
        _py: Python<'py>,
        functions: Vec<Callback<'py, (u32,), String>>,
    ) -> rt::Result<Vec<String>> {
        (0..)
            .zip(functions)
            .map(|(number, function)| function.call((number,)))
            .collect()
    }

    fn forgive<'py>(_py: Python<'py>, function: Callback<'py, (), i64>) -> rt::Result<i64> {
        Ok(function.call(()).unwrap_or(0))
    }

    fn total<'py>(_py: Python<'py>, numbers: Iter<'py, i64>) -> rt::Result<i64> {
        let mut total = 0;
        for number in numbers {
            total += number?;
        }
        Ok(total)
    }

    fn first<'py>(_py: Python<'py>, numbers: Iter<'py, f64>, count: u32) -> rt::Result<Vec<f64>> {
        numbers.take(count as usize).collect()
    }

    fn sum_of<'py>(_py: Python<'py>, values: Iterable<'py, i64>) -> rt::Result<i64> {
        values.sum()
    }

    fn take<'py>(_py: Python<'py>, words: Words<'py>, count: u32) -> rt::Result<Vec<String>> {
        words.take(count as usize).collect()
    }

    fn countdown(start: u32) -> impl Iterator<Item = u32> + Send + 'static {
        (0..start).rev()
    }

    fn chunks(text: &str, size: u32) -> impl Iterator<Item = String> + Send + 'static {
        let mut rest: Vec<char> = text.chars().collect();
        std::iter::from_fn(move || {
            if rest.is_empty() {
                return None;
            }
            let tail = rest.split_off((size as usize).clamp(1, rest.len()));
            Some(std::mem::replace(&mut rest, tail).into_iter().collect())
        })
    }

    fn failing(good: u32) -> impl Iterator<Item = Result<u32, ValueError>> + Send + 'static {
        (0..).map(move |number| {
            if number < good {
                Ok(number)
            } else {
                Err(ValueError::new("no more"))
            }
        })
    }

    fn pairs(words: Vec<String>) -> impl Iterator<Item = (u64, String)> + Send + 'static {
        (0..).zip(words)
    }
}

/// A type that the interface file does not know: a `slice` in Python.
struct Span {
    start: i64,
    stop: i64,
}

impl<'py> FromPython<'py> for Span {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> rt::Result<Self> {
        let class = py.import("builtins")?.getattr(c"slice")?;
        if !object.is_exact_instance(&class) {
            return Err(rt::Error::expected("slice", object));
        }
        let part = |name| -> rt::Result<i64> {
            let value = object.getattr(name)?.extract();
            value.map_err(|error: rt::Error| error.in_field(name))
        };
        Ok(Self {
            start: part("start")?,
            stop: part("stop")?,
        })
    }
}

impl IntoPython for Span {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> rt::Result<Any<'py>> {
        let class = py.import("builtins")?.getattr(c"slice")?;
        class.call((self.start, self.stop))
    }
}

/// How deep an object is nested.
struct Levels(u64);

impl<'py> FromPython<'py> for Levels {
    fn from_python<L: Layout>(object: Argument<'_>, py: Python<'py>) -> rt::Result<Self> {
        let inner = match object.type_name()?.as_str() {
            "list" => Vec::<Levels>::from_python::<L>(object, py)?,
            "tuple" => <(Levels,)>::from_python::<L>(object, py).map(|(inner,)| vec![inner])?,
            "dict" => {
                let entries = rt::Map::<String, Levels>::from_python::<L>(object, py)?;
                entries.into_iter().map(|(_, inner)| inner).collect()
            }
            _ => return Ok(Levels(0)),
        };
        let deepest = inner.into_iter().map(|Levels(levels)| levels).max();
        Ok(Levels(deepest.unwrap_or_default() + 1))
    }
}

/// What an operation of a single object returns.
fn operation<'py>(name: &str, value: &Any<'py>) -> rt::Result<Any<'py>> {
    let py = value.py();
    match name {
        "bool" => py.object(value.is_truthy()?),
        "callable" => py.object(value.is_callable()),
        "class" => Ok(value.get_type()),
        "empty" => py.object(value.is_empty()?),
        "extract bool" => py.object(value.extract::<bool>()?),
        "format" => py.object(format!("{value} {value:?}")),
        "hash" => py.object(value.hash()?),
        "import" => py.import(&value.extract::<String>()?),
        "len" => py.object(value.len()?),
        "list" => py.object(value.iter()?.into_vec()?),
        "none" => py.object(value.is_none()),
        "repr" => py.object(value.repr()?),
        "str" => py.object(value.str()?),
        "type" => py.object(value.type_name()?),
        _ => Err(ValueError::new(name).into()),
    }
}

/// What an operation of two objects returns.
fn operation_on_two<'py>(name: &str, value: &Any<'py>, other: &Any<'py>) -> rt::Result<Any<'py>> {
    let py = value.py();
    match name {
        "del_item" => value.del_item(other).and_then(|()| py.object(())),
        "delattr" => value.delattr(other).and_then(|()| py.object(())),
        "get_item" => value.get_item(other),
        "getattr" => value.getattr(other),
        "getattr by text" => value.getattr(&other.extract::<String>()?),
        "getattr_opt" => py.object(value.getattr_opt(other)?),
        _ => py.object(question(name, value, other)?),
    }
}

/// Whether something is true of two objects.
fn question(name: &str, value: &Any<'_>, other: &Any<'_>) -> rt::Result<bool> {
    match name {
        "contains" => value.contains(other),
        "eq" => value.eq(other),
        "ge" => value.ge(other),
        "gt" => value.gt(other),
        "hasattr" => value.hasattr(other),
        "is" => Ok(value.is(other)),
        "is_exact_instance" => Ok(value.is_exact_instance(other)),
        "is_instance" => value.is_instance(other),
        "is_subclass" => value.is_subclass(other),
        "le" => value.le(other),
        "lt" => value.lt(other),
        "ne" => value.ne(other),
        _ => Err(ValueError::new(name).into()),
    }
}

pub struct Registry {
    names: Vec<String>,
}

impl RegistryClass for Registry {
    fn new() -> Self {
        Self { names: Vec::new() }
    }

    fn add(&mut self, name: &str) {
        self.names.push(name.to_owned());
    }

    fn each<'py>(
        &self,
        _py: Python<'py>,
        function: Callback<'py, (String,), ()>,
    ) -> rt::Result<u64> {
        for name in &self.names {
            function.call((name.clone(),))?;
        }
        Ok(self.names.len() as u64)
    }

    fn rename_all<'py>(
        &mut self,
        _py: Python<'py>,
        function: Callback<'py, (String,), String>,
    ) -> rt::Result<()> {
        for name in &mut self.names {
            *name = function.call((name.clone(),))?;
        }
        Ok(())
    }

    fn names(&self) -> Vec<String> {
        self.names.clone()
    }

    fn op_iter(&self) -> impl Iterator<Item = String> + Send + 'static {
        self.names.clone().into_iter()
    }
}

bindings::export!(Module);
