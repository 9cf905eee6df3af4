//! Values of one of several types.

mod bindings {
    pyidl_runtime::include_idl!("unions");
}

use bindings::{
    Around, Coarse, Key, Labelled, Lists, Loose, Lost, Maybe, Measured, Mirrored, Nested, Number,
    Place, Precise, Rows, Same, Shape, Small, Source, TagClass, Tagged, Tight, Unions,
};
use pyidl_runtime::{Any, Callback, FrozenSet, Instance, Map, Python, Result};

struct Module;

#[derive(Debug)]
struct Tag {
    text: String,
}

impl TagClass for Tag {
    fn new(text: &str) -> Self {
        let text = text.to_owned();
        Tag { text }
    }

    fn text(&self) -> String {
        self.text.clone()
    }
}

impl Unions for Module {
    fn text_of(py: Python<'_>, value: Tagged) -> Result<String> {
        Ok(match value {
            Tagged::Tag(tag) => tag.get(py)?.text.clone(),
            Tagged::String(text) => text,
            Tagged::ListTag(tags) => {
                let texts = tags.iter().map(|tag| Ok(tag.get(py)?.text.clone()));
                texts.collect::<Result<Vec<_>>>()?.join(" ")
            }
        })
    }

    fn all_tags(_py: Python<'_>, values: Vec<Tagged>) -> Result<Vec<Tagged>> {
        Ok(values)
    }

    fn new_tag(text: &str) -> Tagged {
        Tagged::Tag(Instance::new(Tag::new(text)))
    }

    fn kind_of(value: Number) -> String {
        let kind = match value {
            Number::S64(_) => "integer",
            Number::F64(_) => "float",
            Number::String(_) => "name",
        };
        kind.to_owned()
    }

    fn twice(value: Number) -> Number {
        match value {
            Number::S64(value) => Number::S64(2 * value),
            Number::F64(value) => Number::F64(2.0 * value),
            Number::String(name) => Number::String(name.repeat(2)),
        }
    }

    fn again(value: Same) -> Option<Same> {
        (value != Number::S64(0)).then_some(value)
    }

    fn smallest(value: Small) -> Small {
        value
    }

    fn places(place: Place) -> Vec<Place> {
        match place {
            Place::ListCity(cities) => cities.into_iter().map(Place::City).collect(),
            other => vec![other],
        }
    }

    fn look_up(mut index: Map<Key, Number>, key: Key) -> Option<Number> {
        index.swap_remove(&key)
    }

    fn same_keys(keys: FrozenSet<Key>) -> FrozenSet<Key> {
        keys
    }

    fn same_lists(value: Lists) -> Lists {
        value
    }

    fn same_nested(value: Nested) -> Nested {
        value
    }

    fn same_maybe(value: Maybe) -> Maybe {
        value
    }

    fn tightly(value: Tight) -> Tight {
        value
    }

    fn relabel(record: Labelled, label: Number) -> Labelled {
        Labelled { label, ..record }
    }

    fn same_shape(shape: Shape) -> Shape {
        shape
    }

    fn lose(place: Place) -> std::result::Result<(), Lost> {
        Err(Lost::new("lost", place))
    }

    fn same_precise(value: Precise) -> Precise {
        value
    }

    fn all_precise(
        mut values: Vec<Option<Precise>>,
        named: Map<String, Precise>,
    ) -> Vec<Option<Precise>> {
        values.extend(named.into_values().map(Some));
        values
    }

    fn same_coarse(value: Coarse) -> Coarse {
        value
    }

    fn same_around(value: Around) -> Around {
        value
    }

    fn same_mirrored(value: Mirrored) -> Mirrored {
        value
    }

    fn same_rows(value: Rows) -> Rows {
        value
    }

    fn same_measured(value: Measured) -> Measured {
        value
    }

    fn read<'py>(_py: Python<'py>, source: Source<'py>, count: u32) -> Result<Vec<Number>> {
        match source {
            Source::String(line) => Ok(vec![Number::String(line)]),
            Source::Callback(call) => (0..count)
                .map(|line| call.call((format!("line {line}"),)))
                .collect(),
            Source::ListAny(values) => values.iter().map(Any::extract).collect(),
        }
    }

    fn any_of<'py>(_py: Python<'py>, value: Loose<'py>) -> Result<Loose<'py>> {
        Ok(value)
    }

    fn each<'py>(
        _py: Python<'py>,
        values: Vec<Number>,
        call: Callback<'py, (Number,), Small>,
    ) -> Result<Vec<Small>> {
        let values = values.into_iter();
        values.map(|value| call.call((value,))).collect()
    }

    fn walk(values: Vec<Number>) -> impl Iterator<Item = Number> + Send + 'static {
        values.into_iter()
    }

    fn fails(value: Number) -> std::result::Result<Number, Number> {
        match value {
            Number::String(_) => Err(value),
            number => Ok(number),
        }
    }
}

bindings::export!(Module);
