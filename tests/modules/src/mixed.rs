//! Types within types, in every place where a type can stand.

mod bindings {
    pyidl_runtime::include_idl!("mixed");
}

use std::path::PathBuf;

use bindings::{
    ByStyle, CanvasClass, CanvasSetitemError, Code, Drawing, MaybePlace, Misplaced, Mixed,
    NestedAlias, PickError, Place, Places, Style, Visitor, Weight,
};
use pyidl_runtime as rt;
use rt::exceptions::{IndexError, KeyError, TypeError};
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

#[derive(Clone, PartialEq)]
pub struct Canvas {
    places: Places,
    style: Style,
    corner: MaybePlace,
    index: Map<String, Places>,
}

impl CanvasClass for Canvas {
    fn new(places: Places, style: Style, corner: MaybePlace) -> Self {
        Self {
            places,
            style,
            corner,
            index: Map::default(),
        }
    }

    fn style(&self) -> Style {
        self.style
    }

    fn set_style(&mut self, value: Style) {
        self.style = value;
    }

    fn corner(&self) -> Option<Place> {
        self.corner
    }

    fn set_corner(&mut self, value: Option<Place>) {
        self.corner = value;
    }

    fn index(&self) -> Map<String, Places> {
        self.index.clone()
    }

    fn set_index(&mut self, value: Map<String, Places>) {
        self.index = value;
    }

    fn places(&self) -> Places {
        self.places.clone()
    }

    fn drawing(&self) -> Result<Drawing, Misplaced> {
        for place in &self.places {
            checked(*place)?;
        }
        Ok(Drawing {
            name: "canvas".to_owned(),
            style: self.style,
            places: self.places(),
            index: Map::from_iter([("first".to_owned(), Self::ORIGIN)]),
            weights: Set::from_iter([Weight::Heavy]),
            corner: self.corner,
            pair: (Self::ORIGIN, Self::DEFAULT_STYLE),
            ratio: 0.25,
            initial: 'ß',
            big: u128::MAX,
            nested: vec![vec![None, Some(-1)]],
        })
    }

    fn add(&mut self, places: Vec<Place>, options: Map<String, Style>) -> u64 {
        self.places.extend(places);
        if let Some(style) = options.get("style") {
            self.style = *style;
        }
        self.places.len() as u64
    }

    fn merge(&mut self, others: Vec<Ref<'_, Canvas>>, more: Option<&Self>) {
        for other in &others {
            self.places.extend(&other.places);
        }
        if let Some(other) = more {
            self.places.extend(&other.places);
        }
    }

    fn twin(&self) -> (Self, Place) {
        (self.clone(), Self::ORIGIN)
    }

    fn twins(&self, count: u32) -> Vec<Self> {
        vec![self.clone(); count as usize]
    }

    fn named_twins(&self, names: Vec<String>) -> Map<String, Self> {
        names.into_iter().map(|name| (name, self.clone())).collect()
    }

    fn maybe_twin(&self, really: bool) -> Option<Self> {
        really.then(|| self.clone())
    }

    fn same(&self, other: Option<&Self>) -> bool {
        other.is_none_or(|other| std::ptr::eq(self, other))
    }

    fn each_twin(&self, count: u32) -> impl Iterator<Item = Self> + Send + 'static {
        std::iter::repeat_n(self.clone(), count as usize)
    }

    fn visit<'py>(&self, py: Python<'py>, visitor: Visitor<'py>) -> rt::Result<Vec<MaybePlace>> {
        Module::visit(py, self.places(), visitor)
    }

    fn change<'py>(&mut self, _py: Python<'py>, visitor: Visitor<'py>) -> rt::Result<()> {
        for place in &mut self.places {
            if let Some(other) = visitor.call((*place, self.style))? {
                *place = checked(other)?;
            }
        }
        Ok(())
    }

    fn collect(canvases: Map<String, Ref<'_, Canvas>>) -> Vec<Place> {
        canvases
            .values()
            .flat_map(|canvas| canvas.places())
            .collect()
    }

    fn of(places: Places) -> Result<Self, Misplaced> {
        let places = places.into_iter().map(checked).collect::<Result<_, _>>()?;
        Ok(Self::new(places, Style::Plain, None))
    }

    fn find(&self, at: Place) -> Option<u64> {
        self.places
            .iter()
            .position(|place| *place == at)
            .map(|index| index as u64)
    }

    fn op_len(&self) -> u64 {
        self.places.len() as u64
    }

    fn op_contains(&self, place: Place) -> bool {
        self.places.contains(&place)
    }

    fn op_getitem(&self, index: (i32, i32)) -> Result<Place, KeyError> {
        let wanted = Place {
            x: index.0,
            y: index.1,
        };
        let found = self.places.iter().find(|place| **place == wanted);
        found
            .copied()
            .ok_or_else(|| KeyError::new(format!("{wanted:?}")))
    }

    fn op_setitem(&mut self, style: Style, place: Place) -> Result<(), CanvasSetitemError> {
        if style == Style::Plain {
            return Err(TypeError::new("not plain").into());
        }
        self.places.push(checked(place)?);
        Ok(())
    }

    fn op_iter(&self) -> impl Iterator<Item = Place> + Send + 'static {
        self.places().into_iter()
    }

    fn op_call(&self, style: Style, places: Vec<Place>) -> ByStyle {
        Map::from_iter([(style, places)])
    }

    fn op_add(&self, other: Place) -> Self {
        let mut sum = self.clone();
        sum.places.push(other);
        sum
    }

    fn op_radd(&self, other: Place) -> Places {
        std::iter::once(other).chain(self.places()).collect()
    }

    fn op_mul(&self, other: &Self) -> Vec<(Place, Place)> {
        let mut pairs = Vec::new();
        for a in &self.places {
            pairs.extend(other.places.iter().map(|b| (*a, *b)));
        }
        pairs
    }

    fn op_eq(&self, other: &Self) -> bool {
        self == other
    }

    fn op_lt(&self, other: &Self) -> bool {
        self.places.len() < other.places.len()
    }
}

bindings::export!(Module);
