//! The class `Polyline`.

use pyidl_runtime::exceptions::IndexError;

use crate::bindings::{Geometry, GeometryError, OpenPath, Point, PolylineClass};
use crate::{Module, svg};

/// Points joined by straight lines.
pub(crate) struct Polyline {
    points: Vec<Point>,
    name: Option<String>,
}

impl Polyline {
    pub(crate) fn of_points(points: Vec<Point>) -> Self {
        Self { points, name: None }
    }
}

impl PolylineClass for Polyline {
    fn new(points: Vec<Point>, name: Option<&str>) -> Self {
        Self {
            points,
            name: name.map(str::to_owned),
        }
    }

    fn from_svg(d: &str) -> Result<Self, GeometryError> {
        svg::points(d)
            .map(Self::of_points)
            .map_err(GeometryError::new)
    }

    fn name(&self) -> Option<String> {
        self.name.clone()
    }

    fn set_name(&mut self, value: Option<&str>) {
        self.name = value.map(str::to_owned);
    }

    fn length(&self) -> f64 {
        self.points
            .windows(2)
            .map(|ends| Module::distance(ends[0], ends[1], false))
            .sum()
    }

    fn push(&mut self, p: Point) {
        self.points.push(p);
    }

    fn area(&self) -> Result<f64, OpenPath> {
        let (Some(first), Some(last)) = (self.points.first(), self.points.last()) else {
            return Ok(0.0);
        };
        if first != last {
            let gap = Module::distance(*first, *last, false);
            return Err(OpenPath {
                message: format!("the ends are {gap} apart"),
                gap,
            });
        }
        // The shoelace formula.
        let twice: f64 = self
            .points
            .windows(2)
            .map(|ends| ends[0].x * ends[1].y - ends[1].x * ends[0].y)
            .sum();
        Ok(twice.abs() / 2.0)
    }

    fn scale(&self, factor: f64) -> Self {
        let points = self
            .points
            .iter()
            .map(|p| Point {
                x: p.x * factor,
                y: p.y * factor,
            })
            .collect();
        Self {
            points,
            name: self.name.clone(),
        }
    }

    fn op_len(&self) -> u64 {
        self.points.len() as u64
    }

    fn op_getitem(&self, index: i64) -> Result<Point, IndexError> {
        let length = self.points.len() as i64;
        let from_start = if index < 0 {
            index.saturating_add(length)
        } else {
            index
        };
        usize::try_from(from_start)
            .ok()
            .and_then(|index| self.points.get(index))
            .copied()
            .ok_or_else(|| IndexError::new("polyline index out of range"))
    }

    fn op_contains(&self, p: Point) -> bool {
        self.points.contains(&p)
    }

    fn op_iter(&self) -> impl Iterator<Item = Point> + Send + 'static {
        self.points.clone().into_iter()
    }

    fn op_add(&self, other: &Self) -> Self {
        Self::of_points([self.points.as_slice(), &other.points].concat())
    }

    fn op_eq(&self, other: &Self) -> bool {
        self.points == other.points
    }

    fn op_repr(&self) -> String {
        let points = self
            .points
            .iter()
            .map(|p| format!("Point(x={:?}, y={:?})", p.x, p.y));
        format!("Polyline([{}])", points.collect::<Vec<_>>().join(", "))
    }
}
