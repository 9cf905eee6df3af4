//! The operators that a class can have. Each is a trait that the generated code implements and a function that adds the
//! implementation to the class's definition.
//!
//! All trampolines read layouts from the table: an operator's call goes through the interpreter's own dispatch anyway, so
//! specialised code would gain little.
//!
//! A single implementation serves all of `==`, `<`, `<=`, `>`, `>=` that the class has; `!=` is derived from `==`:
//!
//! ```text
//! pub(super) struct CounterCompare;
//! impl rt::operators::Compare for CounterCompare {
//!     type Class = Counter;
//!     const EQUALITY: bool = true; // `==` is among them, so that without `hash` instances cannot be hashed
//!     fn call<'py, L: rt::Layout>(this: rt::Receiver<'py, Counter>, other: rt::Argument<'py>, op: rt::CompareOp) -> rt::Result<Option<bool>> {
//!         match op {
//!             rt::CompareOp::Eq => {
//!                 let Some(other) = other.operand::<L, rt::ArgumentRef<'_, Counter>>()? else { return Ok(None) };
//!                 Ok(Some(CounterClass::op_eq(&*this.shared::<L>()?, &other)))
//!             }
//!             _ => Ok(None), // Python sees NotImplemented
//!         }
//!     }
//! }
//! ```
//!
//! `a + b` with both forms; `rt::Absent<Counter>` stands for a form that is missing:
//!
//! ```text
//! pub(super) struct CounterAddition;
//! impl rt::operators::Binary for CounterAddition {
//!     type Class = Counter;
//!     fn call<'py, L: rt::Layout>(this: rt::Receiver<'py, Counter>, other: rt::Argument<'py>) -> rt::Result<Option<rt::Object<'py>>> {
//!         let Some(other) = other.operand::<L, rt::ArgumentRef<'_, Counter>>()? else { return Ok(None) };
//!         let result = CounterClass::op_add(&*this.shared::<L>()?, &other);
//!         rt::IntoPython::into_python::<L>(result, other.py()).map(Some)
//!     }
//! }
//! // rt::operators::add::<CounterAddition, rt::Absent<Counter>>()
//! ```

mod binary;
mod container;
mod scalar;

use std::ffi::c_void;
use std::marker::PhantomData;

use super::{Class, Receiver};
use crate::Result;
use crate::call::Returned;
use crate::layout::Layout;
use crate::object::{Argument, Object};
use crate::type_object::TypeSlot;

pub use binary::{add, compare, mul, sub};
pub use container::{contains, getitem, iter, iter_self, length, next, setitem};
pub use scalar::{call, hash, repr, str, truth};

/// `__repr__`, `__str__`, `__iter__`: returns an object to Python.
pub trait Unary {
    /// The class.
    type Class: Class;
    /// Calls the implementation.
    fn call<'py, L: Layout>(this: Receiver<'py, Self::Class>) -> Returned<'py>;
}

/// `__next__`: `None` ends the iteration.
pub trait Next {
    /// The class.
    type Class: Class;
    /// Calls the implementation.
    fn call<'py, L: Layout>(this: Receiver<'py, Self::Class>) -> Result<Option<Object<'py>>>;
}

/// `__len__`. A length that exceeds Python's limit is an OverflowError.
pub trait Length {
    /// The class.
    type Class: Class;
    /// Calls the implementation.
    fn call<'py, L: Layout>(this: Receiver<'py, Self::Class>) -> Result<u64>;
}

/// `__bool__`
pub trait Truth {
    /// The class.
    type Class: Class;
    /// Calls the implementation.
    fn call<'py, L: Layout>(this: Receiver<'py, Self::Class>) -> Result<bool>;
}

/// `__hash__`. The value -1, which Python reserves for errors, becomes -2. An unsigned value is cast.
pub trait Hash {
    /// The class.
    type Class: Class;
    /// Calls the implementation.
    fn call<'py, L: Layout>(this: Receiver<'py, Self::Class>) -> Result<i64>;
}

/// `__contains__`
pub trait Contains {
    /// The class.
    type Class: Class;
    /// Calls the implementation.
    fn call<'py, L: Layout>(this: Receiver<'py, Self::Class>, item: Argument<'py>) -> Result<bool>;
}

/// `__getitem__`
pub trait GetItem {
    /// The class.
    type Class: Class;
    /// Whether keys are integers, so that `iter` and `reversed` call this with 0, 1, … until it raises IndexError, as they
    /// do for classes written in Python.
    const INTEGER_KEY: bool = false;
    /// Calls the implementation.
    fn call<'py, L: Layout>(this: Receiver<'py, Self::Class>, key: Argument<'py>) -> Returned<'py>;
}

/// `__setitem__`
pub trait SetItem {
    /// The class.
    type Class: Class;
    /// Calls the implementation.
    fn call<'py, L: Layout>(
        this: Receiver<'py, Self::Class>,
        key: Argument<'py>,
        value: Argument<'py>,
    ) -> Result<()>;
}

/// One form of an arithmetic operator: `this + other`, or for the reflected form `other + this`.
pub trait Binary {
    /// The class.
    type Class: Class;
    /// Whether the class has this form.
    #[doc(hidden)]
    const PRESENT: bool = true;
    /// Calls the implementation; `None` is `NotImplemented`.
    fn call<'py, L: Layout>(
        this: Receiver<'py, Self::Class>,
        other: Argument<'py>,
    ) -> Result<Option<Object<'py>>>;
}

/// A form of an arithmetic operator that the class does not have.
pub struct Absent<C>(PhantomData<C>);

impl<C: Class> Binary for Absent<C> {
    type Class = C;
    const PRESENT: bool = false;
    fn call<'py, L: Layout>(_: Receiver<'py, C>, _: Argument<'py>) -> Result<Option<Object<'py>>> {
        Ok(None)
    }
}

/// All comparisons of a class. A class has at most one implementation.
pub trait Compare {
    /// The class.
    type Class: Class;
    /// Whether `==` is among them. Without a `hash` operator, instances of the class are then unhashable.
    const EQUALITY: bool;
    /// Calls the implementation; `None` is `NotImplemented`.
    fn call<'py, L: Layout>(
        this: Receiver<'py, Self::Class>,
        other: Argument<'py>,
        operator: CompareOp,
    ) -> Result<Option<bool>>;
}

/// A comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompareOp {
    /// `<`
    Lt,
    /// `<=`
    Le,
    /// `==`
    Eq,
    /// `>`
    Gt,
    /// `>=`
    Ge,
}

/// An operator in the definition of the class `C`.
pub struct OperatorDefinition<C> {
    pub(super) slots: &'static [OperatorSlot],
    /// Whether this implements `==`.
    pub(super) equality: bool,
    class: PhantomData<fn() -> C>,
}

/// A function for a slot of the type object.
#[derive(Clone, Copy)]
pub(super) struct OperatorSlot {
    pub(super) slot: TypeSlot,
    pub(super) function: *const c_void,
}

impl<C> OperatorDefinition<C> {
    const fn new(slots: &'static [OperatorSlot]) -> Self {
        Self {
            slots,
            equality: false,
            class: PhantomData,
        }
    }
}
