//! The class of the module.

use pyidl_runtime as rt;
use rt::exceptions::{KeyError, TypeError};
use rt::{Map, Python, Ref, Set};

use super::bindings::{
    ByStyle, CanvasClass, CanvasSetitemError, Drawing, MaybePlace, Misplaced, Mixed, Place, Places,
    Style, Visitor, Weight,
};
use super::{Module, checked};

#[derive(Clone, PartialEq)]
pub struct Canvas {
    pub(super) places: Places,
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
