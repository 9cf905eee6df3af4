//! Lists, tuples, maps, sets and options, also in each other.

mod bindings {
    pyidl_runtime::include_idl!("containers");
}

use bindings::{Album, Containers};
use pyidl_runtime::{FrozenSet, Iter, Iterable, Map, Python, Result, Set};

type Lookup = Map<String, Option<Vec<(String, f64)>>>;

struct Module;

impl Containers for Module {
    fn numbers(values: Vec<i64>) -> Vec<i64> {
        values
    }

    fn floats(values: Vec<f64>) -> Vec<f64> {
        values
    }

    fn half(value: f64) -> f64 {
        value / 2.0
    }

    fn strings(values: Vec<String>) -> Vec<String> {
        values
    }

    fn octets(value: &[u8], names: Set<Vec<u8>>) -> Vec<u8> {
        if names.contains(value) {
            return Vec::new();
        }
        value.to_vec()
    }

    fn gathered<'py>(_py: Python<'py>, values: Iterable<'py, String>) -> Result<Vec<String>> {
        values.into_vec()
    }

    fn remaining<'py>(_py: Python<'py>, values: Iter<'py, String>) -> Result<Vec<String>> {
        values.into_vec()
    }

    fn truths(values: Vec<bool>) -> Vec<bool> {
        values
    }

    fn unsigned(values: &[u8], wide: Vec<u32>) -> (Vec<u8>, Vec<u32>) {
        (values.to_vec(), wide)
    }

    fn options(values: Vec<Option<i64>>) -> Vec<Option<i64>> {
        values
    }

    fn vector(value: [f64; 3]) -> [f64; 3] {
        value
    }

    fn digest(value: [u8; 4]) -> [u8; 4] {
        value
    }

    fn words(value: Option<[String; 2]>, other: [String; 2]) -> Option<[String; 2]> {
        value.filter(|value| *value != other)
    }

    fn grid(value: [[(i64, bool); 2]; 3]) -> [[(i64, bool); 2]; 3] {
        value
    }

    fn corners(value: Map<String, [f64; 2]>) -> Map<String, [f64; 2]> {
        value
    }

    fn rows(values: Vec<Vec<f64>>) -> Vec<Vec<f64>> {
        values
    }

    fn maybe_list(values: Option<Vec<i64>>) -> Option<Vec<i64>> {
        values
    }

    fn counting(stop: u32) -> Vec<u32> {
        (0..stop).collect()
    }

    fn single(value: (i64,)) -> (i64,) {
        value
    }

    fn pair(value: (i64, String)) -> (i64, String) {
        value
    }

    fn triple(value: (bool, f64, Option<String>)) -> (bool, f64, Option<String>) {
        value
    }

    fn deep(value: ((i64, f64), Vec<String>)) -> ((i64, f64), Vec<String>) {
        value
    }

    fn table(value: Map<String, i64>) -> Map<String, i64> {
        value
    }

    fn by_number(value: Map<i64, String>) -> Map<i64, String> {
        value
    }

    fn by_digest(value: Map<[u8; 2], Set<Vec<u8>>>) -> Map<[u8; 2], Set<Vec<u8>>> {
        value
    }

    fn by_pair(value: Map<(i64, String), Vec<f64>>) -> Map<(i64, String), Vec<f64>> {
        value
    }

    fn lookup(value: Lookup) -> Lookup {
        value
    }

    fn unique(values: Set<i64>) -> Set<i64> {
        values
    }

    fn names(values: Set<String>) -> Set<String> {
        values
    }

    fn pairs(values: Set<(i64, bool)>) -> Set<(i64, bool)> {
        values
    }

    fn frozen(values: FrozenSet<i64>) -> FrozenSet<i64> {
        values
    }

    fn frozen_keys(
        values: Map<FrozenSet<String>, Set<FrozenSet<u8>>>,
    ) -> Map<FrozenSet<String>, Set<FrozenSet<u8>>> {
        values
    }

    fn genres_of(albums: Set<Album>) -> FrozenSet<Option<FrozenSet<String>>> {
        let genres = |album: Album| (!album.genres.is_empty()).then_some(album.genres);
        albums.into_iter().map(genres).collect()
    }

    fn sum_rows(rows: Vec<Map<String, f64>>) -> f64 {
        rows.iter().flat_map(|row| row.values()).sum()
    }

    fn sum(values: Vec<f64>) -> f64 {
        values.iter().sum()
    }

    fn sum_all(values: Vec<Vec<f64>>, named: Map<String, Map<String, f64>>) -> f64 {
        let listed: f64 = values.iter().flatten().sum();
        let by_name: f64 = named.values().flat_map(|table| table.values()).sum();
        listed + by_name
    }
}

bindings::export!(Module);
