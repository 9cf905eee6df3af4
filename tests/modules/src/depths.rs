//! Values that contain others of their kind, however deep.

mod bindings {
    pyidl_runtime::include_idl!("depths");
}

use bindings::{Depths, Knot, Nest, Tree, Twisted, Wide};
use pyidl_runtime::{Any, Callback, Complex, Iterable, Map, Python, Result, Set};
use std::path::{Path, PathBuf};

struct Module;

/// `first` inside others, so many of them.
fn nested<T>(depth: u32, first: T, outer: impl Fn(T) -> T) -> T {
    (0..depth).fold(first, |inner, _| outer(inner))
}

fn tree(depth: u32) -> Tree {
    let outer = |inner| Tree {
        label: 1,
        children: vec![inner],
    };
    let first = Tree {
        label: 0,
        children: Vec::new(),
    };
    nested(depth, first, outer)
}

impl Depths for Module {
    fn new_tree(depth: u32) -> Tree {
        tree(depth)
    }

    fn new_bush(depth: u32) -> Vec<Tree> {
        vec![tree(depth), tree(depth)]
    }

    fn new_wide(depth: u32, first: Wide) -> Wide {
        let outer = |inner| Wide {
            inner: vec![inner],
            ..first.clone()
        };
        nested(depth, first.clone(), outer)
    }

    fn new_nest(depth: u32) -> Nest {
        let outer = |inner| match inner {
            Nest::Inner(_) => Nest::Pair {
                left: vec![inner],
                right: vec![Nest::Leaf],
            },
            inner => Nest::Inner([("in".to_owned(), inner)].into_iter().collect()),
        };
        nested(depth, Nest::Leaf, outer)
    }

    fn new_twisted(depth: u32) -> Twisted {
        let mut even = false;
        let mut outer = |inner| {
            even = !even;
            let inner = match even {
                true => Ok(inner),
                false => Err(Knot::Tied(vec![inner])),
            };
            let inside = [("in".to_owned(), Some(vec![(1, vec![inner])]))];
            Twisted {
                inside: inside.into_iter().collect(),
            }
        };
        let first = Twisted { inside: Map::new() };
        (0..depth).fold(first, |inner, _| outer(inner))
    }

    fn same_tree(value: Tree) -> Tree {
        value
    }

    fn same_wide(value: Wide) -> Wide {
        value
    }

    fn same_nest(value: Nest) -> Nest {
        value
    }

    fn same_twisted(value: Twisted) -> Twisted {
        value
    }

    fn index(value: u64) -> u64 {
        value
    }

    fn real(value: f64) -> f64 {
        value
    }

    fn imaginary(value: Complex) -> Complex {
        value
    }

    fn items(value: Map<String, u64>) -> u64 {
        value.into_values().sum()
    }

    fn sequence(value: Vec<u64>) -> u64 {
        value.into_iter().sum()
    }

    fn iterate<'py>(_py: Python<'py>, value: Iterable<'py, u64>) -> Result<u64> {
        value.sum()
    }

    fn file(value: &Path) -> PathBuf {
        value.to_owned()
    }

    fn unique(value: Set<u64>) -> u64 {
        value.into_iter().sum()
    }

    fn callback<'py>(_py: Python<'py>, value: Callback<'py, (), ()>) -> Result<u64> {
        value.call(()).map(|()| 1)
    }

    fn text<'py>(_py: Python<'py>, value: Any<'py>) -> Result<String> {
        Ok(value.to_string())
    }

    fn key(value: Map<u64, u64>) -> Map<u64, u64> {
        value
    }
}

bindings::export!(Module);
