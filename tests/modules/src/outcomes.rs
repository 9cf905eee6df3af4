//! `result<t, e>` as a value: what is inside, or an exception in its place.

mod bindings {
    pyidl_runtime::include_idl!("outcomes");
}

use bindings::{
    Broken, Entry, Errno, Flat, GaugeClass, Lost, Outcome, Outcomes, Place, Problem, Read, Reading,
    Refused, Step, Trial,
};
use pyidl_runtime::exceptions::{LookupError, OSError};
use pyidl_runtime::{Any, Callback, Iter, Map, Python, Ref};
use std::fmt::Debug;

struct Module;

pub struct Gauge {
    values: Vec<Reading>,
}

fn seen<T: Debug>(value: T) -> (T, String) {
    let text = format!("{value:?}");
    (value, text)
}

fn parse(text: &str) -> Reading {
    match text.parse() {
        Ok(number) => Ok(number),
        Err(_) if text.is_empty() => Err(Problem::Empty),
        Err(_) => Err(Problem::At(1)),
    }
}

impl Outcomes for Module {
    fn text(value: Result<u8, String>) -> (Result<u8, String>, String) {
        seen(value)
    }

    fn bare(value: Result<u8, ()>) -> (Result<u8, ()>, String) {
        seen(value)
    }

    fn empty(value: Result<(), String>) -> (Result<(), String>, String) {
        seen(value)
    }

    fn nothing(value: Result<(), ()>) -> (Result<(), ()>, String) {
        seen(value)
    }

    fn code(value: Result<u8, Errno>) -> (Result<u8, Errno>, String) {
        seen(value)
    }

    fn problem_of(value: Reading) -> (Reading, String) {
        seen(value)
    }

    fn record_of(value: Result<Place, Place>) -> (Result<Place, Place>, String) {
        seen(value)
    }

    fn lists(value: Result<Vec<u8>, Vec<String>>) -> (Result<Vec<u8>, Vec<String>>, String) {
        seen(value)
    }

    fn tuples(value: Result<String, (u8, u8)>) -> (Result<String, (u8, u8)>, String) {
        seen(value)
    }

    fn optional(value: Result<Option<u8>, Option<u8>>) -> (Result<Option<u8>, Option<u8>>, String) {
        seen(value)
    }

    fn nested(
        value: Result<Result<u8, Errno>, String>,
    ) -> (Result<Result<u8, Errno>, String>, String) {
        seen(value)
    }

    fn deep(
        value: Option<Result<Result<u8, Problem>, Errno>>,
    ) -> (Option<Result<Result<u8, Problem>, Errno>>, String) {
        seen(value)
    }

    fn lost_of<'py>(
        _py: Python<'py>,
        value: Result<u8, Lost>,
    ) -> pyidl_runtime::Result<(Result<u8, Lost>, String)> {
        let text = match &value {
            Ok(number) => format!("{number}"),
            Err(lost) => format!("{:?} {:?} {}", lost.message, lost.place, lost.by.is_some()),
        };
        Ok((value, text))
    }

    fn refused_of(value: Result<u8, Refused>) -> (Result<u8, Refused>, String) {
        seen(value)
    }

    fn python_of(value: Result<u8, LookupError>) -> (Result<u8, LookupError>, String) {
        seen(value)
    }

    fn system_of(value: Read) -> (Read, String) {
        seen(value)
    }

    fn three<'py>(
        _py: Python<'py>,
        value: Result<Result<Result<u8, Lost>, Refused>, String>,
    ) -> pyidl_runtime::Result<(Result<Result<Result<u8, Lost>, Refused>, String>, String)> {
        let text = match &value {
            Ok(Ok(Ok(number))) => format!("{number}"),
            Ok(Ok(Err(lost))) => lost.message.clone(),
            Ok(Err(refused)) => refused.to_string(),
            Err(text) => text.clone(),
        };
        Ok((value, text))
    }

    fn trials<'py>(_py: Python<'py>, values: Vec<Trial>) -> pyidl_runtime::Result<Vec<Trial>> {
        Ok(values)
    }

    fn read_file(path: &str) -> Result<String, OSError> {
        Ok(std::fs::read_to_string(path)?)
    }

    fn each(values: Vec<Result<u8, String>>) -> Vec<Result<u8, String>> {
        values
    }

    fn by_name(values: Map<String, Result<u8, Errno>>) -> Map<String, Result<u8, Errno>> {
        values
    }

    fn pair(values: [Outcome; 2]) -> [Outcome; 2] {
        values
    }

    fn sum<'py>(
        _py: Python<'py>,
        values: Iter<'py, Result<u8, String>>,
    ) -> pyidl_runtime::Result<u32> {
        let mut sum = 0;
        for value in values {
            match value? {
                Ok(number) => sum += u32::from(number),
                Err(text) => sum += u32::try_from(text.len()).unwrap_or(u32::MAX),
            }
        }
        Ok(sum)
    }

    fn count(end: u8) -> impl Iterator<Item = Result<u8, Errno>> + Send + 'static {
        (0..end).map(|number| match number % 2 {
            0 => Ok(number),
            _ => Err(Errno::Denied),
        })
    }

    fn entries(values: Vec<Entry>) -> Vec<Entry> {
        values
    }

    fn steps(values: Vec<Step>) -> Vec<Step> {
        values
    }

    fn flatten(value: Flat) -> Flat {
        // It is `Copy`, since all of it is.
        let again = value;
        assert_eq!(value, again);
        again
    }

    fn blame<'py>(py: Python<'py>, value: Result<u8, Any<'py>>) -> pyidl_runtime::Result<Any<'py>> {
        match value {
            Ok(_) => Ok(py.none()),
            Err(object) => Ok(object),
        }
    }

    fn maybe(value: Option<Outcome>) -> Option<Outcome> {
        value
    }

    fn computed(value: Option<Outcome>) -> (Outcome,) {
        (value.unwrap_or_else(|| Err("computed".to_owned())),)
    }

    fn detached(value: Outcome) -> Vec<Outcome> {
        vec![value]
    }

    fn last_of(value: Result<Ref<'_, Gauge>, Errno>) -> Vec<Reading> {
        match value {
            Ok(gauge) => vec![gauge.last()],
            Err(_) => Vec::new(),
        }
    }

    fn gauges(count: u32) -> Vec<Result<Gauge, Errno>> {
        let gauge = |number| match number % 2 {
            0 => Ok(Gauge {
                values: vec![Ok(f64::from(number))],
            }),
            _ => Err(Errno::NotFound),
        };
        (0..count).map(gauge).collect()
    }

    fn measure(text: &str) -> Result<f64, Problem> {
        parse(text)
    }

    fn twice(number: u8) -> Result<Result<u8, String>, Errno> {
        match number {
            0 => Err(Errno::NotFound),
            1 => Ok(Err("one".to_owned())),
            more => Ok(Ok(more)),
        }
    }

    fn both_text(number: u8) -> Result<Result<u8, String>, String> {
        match number {
            0 => Err("raised".to_owned()),
            1 => Ok(Err("returned".to_owned())),
            more => Ok(Ok(more)),
        }
    }

    fn all_of(number: u8) -> Result<Vec<Outcome>, Problem> {
        match number {
            0 => Err(Problem::Empty),
            more => Ok((0..more)
                .map(|number| match number {
                    0 => Ok("zero".to_owned()),
                    other => Err(other.to_string()),
                })
                .collect()),
        }
    }

    fn fails(code: Result<u8, Errno>) -> Result<(), Broken> {
        Err(Broken::new("it is", code))
    }

    fn attempt<'py>(
        _py: Python<'py>,
        run: Callback<'py, (u32,), Result<u32, Problem>>,
    ) -> pyidl_runtime::Result<String> {
        Ok(format!("{:?}", run.call((7,))?))
    }

    fn attempt_text<'py>(
        _py: Python<'py>,
        run: Callback<'py, (u32,), Outcome>,
    ) -> pyidl_runtime::Result<String> {
        Ok(format!("{:?}", run.call((7,))?))
    }

    fn attempt_nothing<'py>(
        _py: Python<'py>,
        run: Callback<'py, (), Result<(), Errno>>,
    ) -> pyidl_runtime::Result<String> {
        Ok(format!("{:?}", run.call(())?))
    }

    fn attempt_refused<'py>(
        _py: Python<'py>,
        run: Callback<'py, (), Result<u8, Refused>>,
    ) -> pyidl_runtime::Result<String> {
        Ok(format!("{:?}", run.call(())?))
    }

    fn attempt_system<'py>(
        _py: Python<'py>,
        run: Callback<'py, (), Read>,
    ) -> pyidl_runtime::Result<String> {
        Ok(format!("{:?}", run.call(())?))
    }

    fn attempt_bare<'py>(
        _py: Python<'py>,
        run: Callback<'py, (), Result<(), ()>>,
    ) -> pyidl_runtime::Result<String> {
        Ok(format!("{:?}", run.call(())?))
    }

    fn tell<'py>(
        _py: Python<'py>,
        watch: Callback<'py, (Result<u8, Errno>, Outcome), String>,
    ) -> pyidl_runtime::Result<Vec<String>> {
        Ok(vec![
            watch.call((Ok(1), Err("x".to_owned())))?,
            watch.call((Err(Errno::Denied), Ok("y".to_owned())))?,
        ])
    }
}

impl GaugeClass for Gauge {
    fn new(last: Reading) -> Self {
        Self { values: vec![last] }
    }

    fn last(&self) -> Reading {
        self.values.last().cloned().unwrap_or(Err(Problem::Empty))
    }

    fn set_last(&mut self, value: Reading) {
        self.values.pop();
        self.values.push(value);
    }

    fn all(&self) -> Vec<Reading> {
        self.values.clone()
    }

    fn add(&mut self, values: Vec<Reading>) {
        self.values.extend(values);
    }

    fn keep(&mut self, values: Map<String, Outcome>) -> Map<String, Outcome> {
        values
    }

    fn op_getitem(&self, index: u32) -> Option<Reading> {
        self.values.get(usize::try_from(index).ok()?).cloned()
    }

    fn op_setitem(&mut self, index: u32, value: Reading) {
        let place = usize::try_from(index).ok();
        if let Some(place) = place.and_then(|index| self.values.get_mut(index)) {
            *place = value;
        }
    }

    fn op_iter(&self) -> impl Iterator<Item = Reading> + Send + 'static {
        self.values.clone().into_iter()
    }
}

bindings::export!(Module);
