//! Types within types, in every place where a type can stand.

#[path = "mixed/canvas.rs"]
mod canvas;

mod bindings {
    pyidl_runtime::include_idl!("mixed");
}

use std::path::PathBuf;

use bindings::{
    ByStyle, Code, Drawing, MaybePlace, Misplaced, Mixed, NestedAlias, PickError, Place, Places,
    Style, Visitor, Weight,
};
use canvas::Canvas;
use pyidl_runtime as rt;
use rt::exceptions::IndexError;
use rt::{Any, BigInt, Callback, Iter, Map, Python, Ref, Set};

type Deep = Map<String, Vec<Option<(i64, Map<i64, Set<String>>)>>>;

struct Module;

fn moved(place: Place, dx: i32, dy: i32) -> Place {
    Place {
        x: place.x + dx,
        y: place.y + dy,
    }
}

fn checked(place: Place) -> Result<Place, Misplaced> {
    if place.x < 0 {
        let others = vec![place, Place { x: 0, y: place.y }];
        return Err(Misplaced::new(
            "left of everything",
            place,
            Style::Bold,
            others,
        ));
    }
    Ok(place)
}

impl Mixed for Module {
    fn move_by(place: Place, dx: i32, dy: i32) -> Place {
        moved(place, dx, dy)
    }

    fn move_all(places: Places, by: Place) -> Places {
        places
            .into_iter()
            .map(|place| moved(place, by.x, by.y))
            .collect()
    }

    fn first(places: Places) -> MaybePlace {
        places.into_iter().next()
    }

    fn group(pairs: Vec<(Style, Place)>) -> ByStyle {
        let mut groups = ByStyle::default();
        for (style, place) in pairs {
            groups.entry(style).or_default().push(place);
        }
        groups
    }

    fn flatten(groups: NestedAlias) -> Vec<Place> {
        groups
            .into_iter()
            .flat_map(Map::into_values)
            .flatten()
            .collect()
    }

    fn redraw(drawing: Drawing, style: Style) -> Drawing {
        Drawing { style, ..drawing }
    }

    fn swap(pair: (Place, Style)) -> (Style, Place) {
        (pair.1, pair.0)
    }

    fn lookup(index: Map<Place, Style>, at: Place) -> Option<Style> {
        index.get(&at).copied()
    }

    fn unique(values: Set<(Place, Style)>) -> Set<(Place, Style)> {
        values
    }

    fn codes(codes: Vec<Code>, named: Map<String, Weight>) -> (Vec<Code>, Map<String, Weight>) {
        (codes, named)
    }

    fn positions(places: Vec<Place>, named: Map<String, Places>) -> Vec<Place> {
        places
            .into_iter()
            .chain(named.into_values().flatten())
            .collect()
    }

    fn walk(places: Places) -> impl Iterator<Item = Place> + Send + 'static {
        places.into_iter()
    }

    fn walk_pairs(places: Places) -> impl Iterator<Item = (u64, Option<Place>)> + Send + 'static {
        (0..).zip(
            places
                .into_iter()
                .map(|place| (place.x >= 0).then_some(place)),
        )
    }

    fn check(place: Place) -> Result<Place, Misplaced> {
        checked(place)
    }

    fn check_each(
        places: Places,
    ) -> impl Iterator<Item = Result<Place, Misplaced>> + Send + 'static {
        places.into_iter().map(checked)
    }

    fn visit<'py>(
        _py: Python<'py>,
        places: Places,
        visitor: Visitor<'py>,
    ) -> rt::Result<Vec<MaybePlace>> {
        places
            .into_iter()
            .map(|place| visitor.call((place, Style::Bold)))
            .collect()
    }

    fn sort<'py>(
        _py: Python<'py>,
        places: Iter<'py, Place>,
        key: Callback<'py, (Place,), i64>,
    ) -> rt::Result<Vec<Place>> {
        let mut keyed = Vec::new();
        for place in places {
            let place = place?;
            keyed.push((key.call((place,))?, place));
        }
        keyed.sort_by_key(|(key, _)| *key);
        Ok(keyed.into_iter().map(|(_, place)| place).collect())
    }

    fn fold<'py>(
        _py: Python<'py>,
        values: Vec<Any<'py>>,
        function: Callback<'py, (Any<'py>, Place), Any<'py>>,
        start: Any<'py>,
    ) -> rt::Result<Any<'py>> {
        let mut result = start;
        for (number, _) in (0..).zip(values) {
            result = function.call((result, Place { x: number, y: 0 }))?;
        }
        Ok(result)
    }

    fn describe<'py>(
        _py: Python<'py>,
        value: Any<'py>,
        styles: Vec<Style>,
        table: Map<String, Any<'py>>,
    ) -> rt::Result<(Any<'py>, String)> {
        Ok((value, format!("{styles:?} {}", table.len())))
    }

    fn keep<'py>(
        _py: Python<'py>,
        values: Vec<Option<Any<'py>>>,
    ) -> rt::Result<Vec<(Any<'py>, u64)>> {
        Ok(values.into_iter().flatten().zip(0..).collect())
    }

    fn total(drawing: Drawing, by: Option<ByStyle>) -> i64 {
        let grouped = by.into_iter().flat_map(Map::into_values).flatten();
        drawing
            .places
            .into_iter()
            .chain(grouped)
            .map(|place| i64::from(place.x))
            .sum()
    }

    fn deep(value: Deep) -> Deep {
        value
    }

    fn paths(table: Map<String, PathBuf>, more: Vec<Vec<u8>>) -> (Vec<PathBuf>, Vec<u8>) {
        (table.into_values().collect(), more.concat())
    }

    fn bigs(values: Map<String, BigInt>) -> Vec<BigInt> {
        values.into_values().collect()
    }

    fn canvases(canvases: Vec<Ref<'_, Canvas>>) -> Vec<Canvas> {
        canvases
            .iter()
            .map(|canvas| Canvas::clone(canvas))
            .collect()
    }

    fn pick(canvas: &Canvas, fallback: Option<&Canvas>) -> Result<Place, PickError> {
        let place = canvas.places.first().or_else(|| fallback?.places.first());
        let place = place.ok_or_else(|| IndexError::new("no place"))?;
        Ok(checked(*place)?)
    }
}
bindings::export!(Module);
