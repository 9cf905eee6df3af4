//! Classes: constructors, properties, methods and subclasses.

mod bindings {
    pyidl_runtime::include_idl!("classes");
}

use std::ptr;
use std::sync::atomic::{AtomicI64, Ordering};

use bindings::{AnimalClass, Classes, CounterClass, FrozenClass, TokenClass, TrackedClass};
use pyidl_runtime::Ref;
use pyidl_runtime::exceptions::{OverflowError, ValueError};

struct Module;

impl Classes for Module {
    fn issue(text: &str) -> Token {
        Token {
            text: text.to_owned(),
        }
    }

    fn redeem(token: &Token) -> String {
        token.text.clone()
    }

    fn maybe_issue(text: Option<&str>) -> Option<Token> {
        text.map(Self::issue)
    }

    fn introduce(animal: &Animal) -> String {
        format!("{} says {}", animal.name, animal.speak())
    }

    fn alive() -> i64 {
        ALIVE.load(Ordering::SeqCst)
    }
}

#[derive(Clone)]
pub struct Counter {
    value: i64,
    step: i64,
    label: Option<String>,
}

impl CounterClass for Counter {
    fn new(start: i64, step: i64) -> Self {
        Self {
            value: start,
            step,
            label: None,
        }
    }

    fn parse(text: &str) -> Result<Self, ValueError> {
        let value = text
            .parse()
            .map_err(|error| ValueError::new(format!("{text:?}: {error}")))?;
        Ok(Self::new(value, 1))
    }

    fn larger(a: &Self, b: &Self) -> i64 {
        a.value.max(b.value)
    }

    fn value(&self) -> i64 {
        self.value
    }

    fn set_value(&mut self, value: i64) {
        self.value = value;
    }

    fn label(&self) -> Option<String> {
        self.label.clone()
    }

    fn set_label(&mut self, value: Option<&str>) {
        self.label = value.map(str::to_owned);
    }

    fn even(&self) -> Result<i64, ValueError> {
        if self.value % 2 == 0 {
            Ok(self.value)
        } else {
            Err(ValueError::new("it is odd"))
        }
    }

    fn set_even(&mut self, value: i64) -> Result<(), ValueError> {
        if value % 2 != 0 {
            return Err(ValueError::new(format!("{value} is odd")));
        }
        self.value = value;
        Ok(())
    }

    fn step(&self) -> i64 {
        self.step
    }

    fn increment(&mut self) -> i64 {
        self.value += self.step;
        self.value
    }

    fn add(&mut self, number: i64, times: u32) -> Result<(), OverflowError> {
        let sum = number
            .checked_mul(i64::from(times))
            .and_then(|n| n.checked_add(self.value));
        self.value = sum.ok_or_else(|| OverflowError::new("too large"))?;
        Ok(())
    }

    fn plus(&self, other: Option<&Self>) -> i64 {
        self.value + other.map_or(0, |other| other.value)
    }

    fn sum(&self, others: Vec<Ref<'_, Self>>) -> i64 {
        self.value + others.iter().map(|other| other.value).sum::<i64>()
    }

    fn absorb(&mut self, other: &Self) -> i64 {
        self.value += other.value;
        self.value
    }

    fn absorb_all(&mut self, others: Vec<Ref<'_, Self>>) -> i64 {
        self.value += others.iter().map(|other| other.value).sum::<i64>();
        self.value
    }

    fn copy(&self) -> Self {
        self.clone()
    }

    fn split(&self) -> Vec<Self> {
        let half = Self {
            value: self.value / 2,
            ..self.clone()
        };
        let rest = Self {
            value: self.value - half.value,
            ..self.clone()
        };
        vec![half, rest]
    }

    fn same(&self, other: &Self) -> bool {
        ptr::eq(self, other)
    }
}

pub struct Token {
    text: String,
}

impl TokenClass for Token {
    fn text(&self) -> String {
        self.text.clone()
    }
}

pub struct Animal {
    name: String,
    legs: u32,
}

impl AnimalClass for Animal {
    fn new(name: &str, legs: u32) -> Self {
        Self {
            name: name.to_owned(),
            legs,
        }
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn legs(&self) -> u32 {
        self.legs
    }

    fn speak(&self) -> String {
        "nothing".to_owned()
    }

    fn rename(&mut self, name: &str) {
        name.clone_into(&mut self.name);
    }

    fn twin(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            legs: 4,
        }
    }
}

pub struct Frozen {
    text: String,
}

impl FrozenClass for Frozen {
    fn new(text: &str) -> Result<Self, ValueError> {
        if text.is_empty() {
            return Err(ValueError::new("no text"));
        }
        Ok(Self {
            text: text.to_owned(),
        })
    }

    fn text(&self) -> String {
        self.text.clone()
    }

    fn length(&self) -> u64 {
        self.text.len() as u64
    }

    fn number(&self) -> Result<i64, ValueError> {
        self.text
            .parse()
            .map_err(|_| ValueError::new(format!("no number: {}", self.text)))
    }
}

static ALIVE: AtomicI64 = AtomicI64::new(0);

pub struct Tracked;

impl TrackedClass for Tracked {
    fn new() -> Self {
        ALIVE.fetch_add(1, Ordering::SeqCst);
        Self
    }
}

impl Drop for Tracked {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::SeqCst);
    }
}

bindings::export!(Module);
