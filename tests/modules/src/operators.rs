//! Every operator that a class can have.

mod bindings {
    pyidl_runtime::include_idl!("operators");
}

use std::collections::HashMap;

use bindings::{
    AmountClass, CountdownClass, HashedClass, Operators, RankClass, RightClass, StubbornClass,
    TableClass, VectorClass, WornClass,
};
use pyidl_runtime as rt;
use rt::exceptions::{IndexError, ValueError};

struct Module;

impl Operators for Module {}

pub struct Vector {
    items: Vec<f64>,
}

impl Vector {
    fn place(&self, index: i64) -> Result<usize, IndexError> {
        let length = self.items.len() as i64;
        let place = if index < 0 { index + length } else { index };
        if (0..length).contains(&place) {
            Ok(place as usize)
        } else {
            Err(IndexError::new(format!("{index} is out of range")))
        }
    }

    fn map(&self, f: impl Fn(f64) -> f64) -> Self {
        Self {
            items: self.items.iter().map(|item| f(*item)).collect(),
        }
    }

    fn zip(&self, other: &Self, f: impl Fn(f64, f64) -> f64) -> Result<Self, ValueError> {
        if self.items.len() != other.items.len() {
            return Err(ValueError::new("different lengths"));
        }
        Ok(Self {
            items: self
                .items
                .iter()
                .zip(&other.items)
                .map(|(a, b)| f(*a, *b))
                .collect(),
        })
    }
}

impl VectorClass for Vector {
    fn new(items: Vec<f64>) -> Self {
        Self { items }
    }

    fn items(&self) -> Vec<f64> {
        self.items.clone()
    }

    fn op_len(&self) -> u64 {
        self.items.len() as u64
    }

    fn op_bool(&self) -> bool {
        self.items.iter().any(|item| *item != 0.0)
    }

    fn op_getitem(&self, index: i64) -> Result<f64, IndexError> {
        Ok(self.items[self.place(index)?])
    }

    fn op_setitem(&mut self, index: i64, value: f64) -> Result<(), IndexError> {
        let place = self.place(index)?;
        self.items[place] = value;
        Ok(())
    }

    fn op_contains(&self, item: f64) -> bool {
        self.items.contains(&item)
    }

    fn op_iter(&self) -> impl Iterator<Item = f64> + Send + 'static {
        self.items.clone().into_iter()
    }

    fn op_repr(&self) -> String {
        format!("Vector({:?})", self.items)
    }

    fn op_str(&self) -> String {
        format!("{:?}", self.items)
    }

    fn op_eq(&self, other: &Self) -> bool {
        self.items == other.items
    }

    fn op_lt(&self, other: &Self) -> bool {
        self.items < other.items
    }

    fn op_le(&self, other: &Self) -> bool {
        self.items <= other.items
    }

    fn op_gt(&self, other: &Self) -> bool {
        self.items > other.items
    }

    fn op_ge(&self, other: &Self) -> bool {
        self.items >= other.items
    }

    fn op_hash(&self) -> u64 {
        self.items
            .iter()
            .fold(17, |hash, item| hash.wrapping_mul(31) ^ item.to_bits())
    }

    fn op_call(&self, scale: f64, offset: f64) -> Vec<f64> {
        self.map(|item| item * scale + offset).items
    }

    fn op_add(&self, other: &Self) -> Result<Self, ValueError> {
        self.zip(other, |a, b| a + b)
    }

    fn op_sub(&self, other: &Self) -> Result<Self, ValueError> {
        self.zip(other, |a, b| a - b)
    }

    fn op_mul(&self, factor: f64) -> Self {
        self.map(|item| item * factor)
    }

    fn op_radd(&self, other: f64) -> Self {
        self.map(|item| other + item)
    }

    fn op_rsub(&self, other: f64) -> Self {
        self.map(|item| other - item)
    }

    fn op_rmul(&self, factor: f64) -> Self {
        self.map(|item| factor * item)
    }
}

pub struct Countdown {
    left: u32,
}

impl CountdownClass for Countdown {
    fn new(start: u32) -> Self {
        Self { left: start }
    }

    fn op_next(&mut self) -> Option<u32> {
        let next = self.left.checked_sub(1)?;
        self.left = next;
        Some(next)
    }
}

pub struct Table {
    values: HashMap<String, i64>,
}

impl TableClass for Table {
    fn new() -> Self {
        Self {
            values: HashMap::new(),
        }
    }

    fn op_len(&self) -> u64 {
        self.values.len() as u64
    }

    fn op_getitem<'py>(&self, py: rt::Python<'py>, key: &str) -> rt::Result<rt::Any<'py>> {
        match self.values.get(key) {
            Some(value) => py.object(*value),
            None => Err(rt::exceptions::KeyError::new(key).into()),
        }
    }

    fn op_setitem(&mut self, key: &str, value: i64) {
        self.values.insert(key.to_owned(), value);
    }

    fn op_contains(&self, key: &str) -> bool {
        self.values.contains_key(key)
    }
}

pub struct Amount {
    value: i64,
}

impl AmountClass for Amount {
    fn new(value: i64) -> Self {
        Self { value }
    }

    fn op_eq(&self, other: &Self) -> bool {
        self.value == other.value
    }
}

pub struct Rank {
    value: i64,
}

impl RankClass for Rank {
    fn new(value: i64) -> Self {
        Self { value }
    }

    fn op_lt(&self, other: &Self) -> bool {
        self.value < other.value
    }
}

pub struct Right {
    value: i64,
}

impl RightClass for Right {
    fn new(value: i64) -> Self {
        Self { value }
    }

    fn op_radd(&self, other: i64) -> i64 {
        other + self.value
    }

    fn op_rsub(&self, other: i64) -> i64 {
        other - self.value
    }

    fn op_rmul(&self, other: i64) -> i64 {
        other * self.value
    }
}

pub struct Hashed {
    value: i64,
}

impl HashedClass for Hashed {
    fn new(value: i64) -> Self {
        Self { value }
    }

    fn op_hash(&self) -> i64 {
        self.value
    }
}

pub struct Stubborn;

fn refuse<T>() -> Result<T, ValueError> {
    Err(ValueError::new("no"))
}

impl StubbornClass for Stubborn {
    fn new() -> Self {
        Self
    }

    fn op_len(&self) -> Result<u64, ValueError> {
        refuse()
    }

    fn op_bool(&self) -> Result<bool, ValueError> {
        refuse()
    }

    fn op_getitem(&self, _index: i64) -> Result<i64, ValueError> {
        refuse()
    }

    fn op_setitem(&mut self, _index: i64, _value: i64) -> Result<(), ValueError> {
        refuse()
    }

    fn op_contains(&self, _item: i64) -> Result<bool, ValueError> {
        refuse()
    }

    fn op_iter(&self) -> impl Iterator<Item = Result<i64, ValueError>> + Send + 'static {
        std::iter::once(refuse())
    }

    fn op_repr(&self) -> Result<String, ValueError> {
        refuse()
    }

    fn op_eq(&self, _other: &Self) -> Result<bool, ValueError> {
        refuse()
    }

    fn op_hash(&self) -> Result<u64, ValueError> {
        refuse()
    }

    fn op_call(&self) -> Result<(), ValueError> {
        refuse()
    }

    fn op_add(&self, _other: i64) -> Result<i64, ValueError> {
        refuse()
    }
}

pub struct Worn;

impl WornClass for Worn {
    fn new() -> Self {
        Self
    }

    fn op_len(&self) -> u64 {
        1
    }

    fn op_bool(&self) -> bool {
        true
    }

    fn op_getitem(&self, index: i64) -> i64 {
        index
    }

    fn op_setitem(&mut self, _index: i64, _value: i64) {}

    fn op_contains(&self, _item: i64) -> bool {
        true
    }

    fn op_iter(&self) -> impl Iterator<Item = i64> + Send + 'static {
        std::iter::empty()
    }

    fn op_repr(&self) -> String {
        "worn".to_owned()
    }

    fn op_str(&self) -> String {
        "worn".to_owned()
    }

    fn op_eq(&self, _other: &Self) -> bool {
        true
    }

    fn op_lt(&self, _other: &Self) -> bool {
        true
    }

    fn op_hash(&self) -> u64 {
        1
    }

    fn op_call(&self) -> i64 {
        1
    }

    fn op_add(&self, other: i64) -> i64 {
        other
    }

    fn op_radd(&self, other: i64) -> i64 {
        other
    }
}

bindings::export!(Module);
