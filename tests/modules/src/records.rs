//! Records: values with named fields.

mod bindings {
    pyidl_runtime::include_idl!("records");
}

use bindings::{Board, Nothing, Person, Pixel, Point, Records, Reserved, Segment, Spot, Tree};
use pyidl_runtime::{Map, Set};

struct Module;

impl Records for Module {
    fn midpoint(a: Point, b: Point) -> Point {
        Point {
            x: f64::midpoint(a.x, b.x),
            y: f64::midpoint(a.y, b.y),
        }
    }

    fn bounds(points: Vec<Point>) -> Option<Segment> {
        let first = *points.first()?;
        let (mut start, mut end) = (first, first);
        for point in points {
            start = Point {
                x: start.x.min(point.x),
                y: start.y.min(point.y),
            };
            end = Point {
                x: end.x.max(point.x),
                y: end.y.max(point.y),
            };
        }
        Some(Segment { start, end })
    }

    fn shift(at: Point, by: Point) -> Point {
        Point {
            x: at.x + by.x,
            y: at.y + by.y,
        }
    }

    fn grow(person: Person, years: u8) -> Person {
        Person {
            age: Some(person.age.unwrap_or(0).saturating_add(years)),
            ..person
        }
    }

    fn paint(pixels: Map<Pixel, String>) -> Map<Pixel, String> {
        pixels
    }

    fn distinct(pixels: Set<Pixel>) -> Set<Pixel> {
        pixels
    }

    fn same_board(value: Board) -> Board {
        value
    }

    fn sum(tree: Tree) -> u64 {
        let own: u64 = tree.numbers.into_iter().map(u64::from).sum();
        own + tree.branches.into_iter().map(Self::sum).sum::<u64>()
    }

    fn same_spot(value: Spot) -> Spot {
        value
    }

    fn same_nothing(value: Nothing) -> Nothing {
        value
    }

    fn same_reserved(value: Reserved) -> Reserved {
        value
    }
}

bindings::export!(Module);
