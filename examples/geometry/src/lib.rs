//! Plane geometry.

mod bindings {
    pyidl_runtime::include_idl!("geometry");
}
mod polyline;
mod svg;

use bindings::{Geometry, GeometryError, Point, Unit};
use polyline::Polyline;

struct Module;

impl Geometry for Module {
    fn distance(a: Point, b: Point, squared: bool) -> f64 {
        let square = (b.x - a.x).powi(2) + (b.y - a.y).powi(2);
        if squared { square } else { square.sqrt() }
    }

    fn regular_polygon(sides: u32, radius: f64, centre: Point) -> Result<Polyline, GeometryError> {
        if sides < 3 {
            return Err(GeometryError::new(format!(
                "a polygon has 3 sides or more, not {sides}"
            )));
        }
        let corner = |i: u32| {
            let angle = std::f64::consts::TAU * f64::from(i) / f64::from(sides);
            Point {
                x: centre.x + radius * angle.cos(),
                y: centre.y + radius * angle.sin(),
            }
        };
        // The last point is the first one exactly, which its sine would miss by a rounding error.
        let points = (0..sides).chain([0]).map(corner).collect();
        Ok(Polyline::of_points(points))
    }

    fn bounds(points: Vec<Point>) -> Option<(Point, Point)> {
        let first = *points.first()?;
        let smallest = |a: Point, b: &Point| Point {
            x: a.x.min(b.x),
            y: a.y.min(b.y),
        };
        let largest = |a: Point, b: &Point| Point {
            x: a.x.max(b.x),
            y: a.y.max(b.y),
        };
        Some((
            points.iter().fold(first, smallest),
            points.iter().fold(first, largest),
        ))
    }

    fn to_metres(length: f64, unit: Unit) -> f64 {
        match unit {
            Unit::Metre => length,
            Unit::Foot => length * 0.3048,
            Unit::Inch => length * 0.0254,
        }
    }
}

bindings::export!(Module);
