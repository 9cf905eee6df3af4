//! Types of every kind in every position.

mod bindings {
    pyidl_runtime::include_idl!("positions");
}

use std::path::{Path, PathBuf};

use bindings::{
    AnyOf, Broken, Code, Colour, Everything, HolderClass, Point, Positions, Problem, Shape, Style,
};
use pyidl_runtime::{BigInt, Callback, Map, Python, Set};

struct Module;

pub struct Holder {
    all: Everything,
}

/// What the traits have for a type: functions and how each takes its argument.
macro_rules! functions {
    ($( $same:ident $each:ident $call:ident $try:ident: $ty:ty, $borrowed:ty, $own:expr, $error:ty, $err:expr; )*) => { $(
        fn $same(value: $borrowed) -> $ty {
            $own(value)
        }

        fn $each(
            values: Vec<$ty>,
            named: Map<String, $ty>,
        ) -> impl Iterator<Item = $ty> + Send + 'static {
            values.into_iter().chain(named.into_iter().map(|(_, value)| value))
        }

        fn $call<'py>(
            _py: Python<'py>,
            value: $borrowed,
            change: Callback<'py, ($ty,), $ty>,
        ) -> pyidl_runtime::Result<$ty> {
            change.call(($own(value),))
        }

        fn $try(value: $borrowed, fail: bool) -> Result<$ty, $error> {
            if fail { Err($err($own(value))) } else { Ok($own(value)) }
        }
    )* };
}

/// The properties of the class.
macro_rules! properties {
    ($( $get:ident $set:ident: $ty:ty, $borrowed:ty, $own:expr; )*) => { $(
        fn $get(&self) -> $ty {
            self.all.$get.clone()
        }

        fn $set(&mut self, value: $borrowed) {
            self.all.$get = $own(value);
        }
    )* };
}

fn same<T>(value: T) -> T {
    value
}

impl Positions for Module {
    functions! {
        same_truth each_truth call_truth try_truth: bool, bool, same, bool, same;
        same_byte each_byte call_byte try_byte: u8, u8, same, u8, same;
        same_large each_large call_large try_large: u128, u128, same, u128, same;
        same_signed each_signed call_signed try_signed: i64, i64, same, i64, same;
        same_whole each_whole call_whole try_whole: BigInt, BigInt, same, BigInt, same;
        same_real each_real call_real try_real: f64, f64, same, f64, same;
        same_letter each_letter call_letter try_letter: char, char, same, char, same;
        same_text each_text call_text try_text: String, &str, str::to_owned, String, same;
        same_data each_data call_data try_data: Vec<u8>, &[u8], <[u8]>::to_vec, Vec<u8>, same;
        same_file each_file call_file try_file: PathBuf, &Path, Path::to_path_buf, PathBuf, same;
        same_numbers each_numbers call_numbers try_numbers: Vec<i64>, Vec<i64>, same, Vec<i64>, same;
        same_names each_names call_names try_names: Vec<String>, Vec<String>, same, Vec<String>, same;
        same_maybe each_maybe call_maybe try_maybe: Option<String>, Option<&str>, (|text: Option<&str>| text.map(str::to_owned)), Option<String>, same;
        same_pair each_pair call_pair try_pair: (u8, String), (u8, String), same, (u8, String), same;
        same_table each_table call_table try_table: Map<String, Vec<f64>>, Map<String, Vec<f64>>, same, Map<String, Vec<f64>>, same;
        same_unique each_unique call_unique try_unique: Set<char>, Set<char>, same, Set<char>, same;
        same_vector each_vector call_vector try_vector: [f64; 3], [f64; 3], same, [f64; 3], same;
        same_digest each_digest call_digest try_digest: [u8; 4], [u8; 4], same, [u8; 4], same;
        same_place each_place call_place try_place: Point, Point, same, Point, same;
        same_figure each_figure call_figure try_figure: Shape, Shape, same, Option<Shape>, Some;
        same_hue each_hue call_hue try_hue: Colour, Colour, same, Option<Colour>, Some;
        same_look each_look call_look try_look: Style, Style, same, Style, same;
        same_trouble each_trouble call_trouble try_trouble: Problem, Problem, same, Problem, same;
        same_status each_status call_status try_status: Code, Code, same, Code, same;
        same_figures each_figures call_figures try_figures: Vec<Option<Shape>>, Vec<Option<Shape>>, same, Vec<Option<Shape>>, same;
        same_looks each_looks call_looks try_looks: Map<Style, (Colour, Point)>, Map<Style, (Colour, Point)>, same, Map<Style, (Colour, Point)>, same;
        same_troubles each_troubles call_troubles try_troubles: Option<Vec<Problem>>, Option<Vec<Problem>>, same, Option<Vec<Problem>>, same;
        same_deep each_deep call_deep try_deep: Vec<Map<u8, Vec<Option<(Shape, [u8; 4])>>>>, Vec<Map<u8, Vec<Option<(Shape, [u8; 4])>>>>, same, Vec<Map<u8, Vec<Option<(Shape, [u8; 4])>>>>, same;
    }

    fn same_everything(value: Everything) -> Everything {
        value
    }

    fn same_any_of(value: AnyOf) -> AnyOf {
        value
    }

    fn fail(all: Everything) -> Result<(), Broken> {
        Err(Broken::new(
            "broken",
            all.truth,
            all.byte,
            all.large,
            all.signed,
            all.whole,
            all.real,
            all.letter,
            all.text,
            all.data,
            all.file,
            all.numbers,
            all.names,
            all.maybe,
            all.pair,
            all.table,
            all.unique,
            all.vector,
            all.digest,
            all.place,
            all.figure,
            all.hue,
            all.look,
            all.trouble,
            all.status,
            all.figures,
            all.looks,
            all.troubles,
            all.deep,
        ))
    }
}

impl HolderClass for Holder {
    fn new(all: Everything) -> Self {
        Self { all }
    }

    properties! {
        truth set_truth: bool, bool, same;
        byte set_byte: u8, u8, same;
        large set_large: u128, u128, same;
        signed set_signed: i64, i64, same;
        whole set_whole: BigInt, BigInt, same;
        real set_real: f64, f64, same;
        letter set_letter: char, char, same;
        text set_text: String, &str, str::to_owned;
        data set_data: Vec<u8>, &[u8], <[u8]>::to_vec;
        file set_file: PathBuf, &Path, Path::to_path_buf;
        numbers set_numbers: Vec<i64>, Vec<i64>, same;
        names set_names: Vec<String>, Vec<String>, same;
        maybe set_maybe: Option<String>, Option<&str>, (|text: Option<&str>| text.map(str::to_owned));
        pair set_pair: (u8, String), (u8, String), same;
        table set_table: Map<String, Vec<f64>>, Map<String, Vec<f64>>, same;
        unique set_unique: Set<char>, Set<char>, same;
        vector set_vector: [f64; 3], [f64; 3], same;
        digest set_digest: [u8; 4], [u8; 4], same;
        place set_place: Point, Point, same;
        figure set_figure: Shape, Shape, same;
        hue set_hue: Colour, Colour, same;
        look set_look: Style, Style, same;
        trouble set_trouble: Problem, Problem, same;
        status set_status: Code, Code, same;
        figures set_figures: Vec<Option<Shape>>, Vec<Option<Shape>>, same;
        looks set_looks: Map<Style, (Colour, Point)>, Map<Style, (Colour, Point)>, same;
        troubles set_troubles: Option<Vec<Problem>>, Option<Vec<Problem>>, same;
        deep set_deep: Vec<Map<u8, Vec<Option<(Shape, [u8; 4])>>>>, Vec<Map<u8, Vec<Option<(Shape, [u8; 4])>>>>, same;
    }
}

bindings::export!(Module);
