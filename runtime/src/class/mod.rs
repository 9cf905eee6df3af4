//! Classes whose instances live in Rust.
//!
//! The user's type becomes a Python class by [`Class`], which the generated code implements with data and thin shims. This is the
//! complete code for a class `Counter` of a module `wordcount` (`rt` is `pyidl_runtime::glue`):
//!
//! ```text
//! rt::unsafe_impl! {
//!     unsafe impl Exported for Counter {
//!         const INTERPRETERS: &'static rt::Interpreters = &INTERPRETERS;
//!         const INDEX: usize = 0; // in `ModuleDefinition::types`
//!     }
//! }
//! rt::unsafe_impl! {
//!     unsafe impl Class for Counter {
//!         const MUTABLE: bool = true; // something takes `&mut self`
//!         const DEFINITION: &'static rt::ClassDefinition<Self> = &rt::ClassDefinition {
//!             name: c"wordcount.Counter",
//!             doc: c"Counter(words=[])\n--\n\nA multiset of words.",
//!             open: false,
//!             constructor: Some(rt::constructor::<CounterNew, 1>()), // or shared_constructor
//!             methods: &[
//!                 rt::method::<CounterAdd, 2>(), // or shared_method: compiled once, not once for each layout
//!                 rt::static_method::<CounterMerge, 2, Self>(),
//!                 rt::class_method::<CounterFromText, 1, Self>(),
//!             ],
//!             properties: &[
//!                 rt::property::<CounterTotal>(), // or shared_property
//!                 rt::property_with_setter::<CounterLimit, CounterLimit>(),
//!             ],
//!             operators: &[
//!                 rt::operators::length::<CounterLen>(),
//!                 rt::operators::getitem::<CounterGetitem>(),
//!                 rt::operators::compare::<CounterCompare>(),
//!                 rt::operators::add::<CounterAddition, rt::Absent<Self>>(),
//!             ],
//!             constants: &[rt::constant(c"MAX", |py| rt::IntoPython::into_python::<rt::Probed>(10_u64, py))],
//!         };
//!     }
//! }
//! impl rt::IntoPython for Counter {
//!     fn into_python<'py, L: rt::Layout>(self, py: rt::Python<'py>) -> rt::Returned<'py> {
//!         rt::class_into_python::<L, Self>(self, py)
//!     }
//! }
//!
//! pub(super) struct CounterNew;
//! impl rt::Constructor<1> for CounterNew {
//!     type Class = Counter;
//!     // name c"__init__", qualified_name "Counter.__init__", receiver true; doc is not used
//!     const SIGNATURE: &'static rt::Signature = &NEW;
//!     fn call<'py, L: rt::Layout>(call: &rt::Call<'py, 1>) -> rt::Result<Counter> {
//!         let words: Vec<String> = call.optional::<L, _>(0)?.unwrap_or_default();
//!         Ok(CounterClass::new(words))
//!     }
//! }
//!
//! pub(super) struct CounterAdd;
//! impl rt::Method<2> for CounterAdd {
//!     type Class = Counter;
//!     const SIGNATURE: &'static rt::Signature = &ADD;
//!     fn call<'py, L: rt::Layout>(this: rt::Receiver<'py, Counter>, call: &rt::Call<'py, 2>) -> rt::Returned<'py> {
//!         let word: &str = call.required::<L, _>(0)?;
//!         let times: u64 = call.optional::<L, _>(1)?.unwrap_or(1);
//!         let mut this = this.exclusive::<L>()?;
//!         let result = CounterClass::add(&mut *this, word, times);
//!         drop(this);
//!         call.returns::<L, _>(result?)
//!     }
//! }
//!
//! pub(super) struct CounterTotal;
//! impl rt::Getter for CounterTotal {
//!     type Class = Counter;
//!     const NAME: &'static CStr = c"total";
//!     const DOC: &'static CStr = c"Number of words, with repeats.";
//!     fn get<'py, L: rt::Layout>(this: rt::Receiver<'py, Counter>) -> rt::Returned<'py> {
//!         let py = this.object().py();
//!         let this = this.shared::<L>()?;
//!         let result = CounterClass::total(&*this);
//!         drop(this);
//!         rt::IntoPython::into_python::<L>(result, py)
//!     }
//! }
//!
//! pub(super) struct CounterLen;
//! impl rt::operators::Length for CounterLen {
//!     type Class = Counter;
//!     fn call<'py, L: rt::Layout>(this: rt::Receiver<'py, Counter>) -> rt::Result<u64> {
//!         Ok(CounterClass::op_len(&*this.shared::<L>()?))
//!     }
//! }
//! ```
//!
//! A class with `open: true` can be subclassed like one written in Python: `__init__` creates the value, and a subclass may
//! override it and call it by `super()`. For other classes, `__new__` creates complete instances.
//!
//! A class can extend an open class, by `const BASE: rt::Base = rt::Base::of_class::<Other>()`, or a type whose size is known only
//! at run time, by `rt::Base::of_type(&DICT)`, where `static DICT: rt::ForeignType = rt::ForeignType::new("builtins", c"dict")`.
//! Each class in the chain has its own value in an instance, with its own lock. Its values come with `__init__`, as for an open
//! class; until the `__init__` of a class is called, its own methods raise RuntimeError. The compiler does not generate this yet.
//!
//! Python code can change open classes, and before 3.10 and on PyPy all classes. Instances of closed classes are created only by
//! functions of this crate: `tp_alloc`, which `object.__new__` would use, always fails. Instances of open classes record whether
//! they have a value (`instance`), and so do all instances on PyPy. PyPy also passes any object as `self`, so its type is checked
//! first there.
//!
//! Class arguments are passed as [`ArgumentRef`] (read-locked until it is dropped), and in containers as [`Ref`]:
//!
//! ```text
//! let other: rt::ArgumentRef<'_, Counter> = call.required::<L, _>(0)?;
//! let mut this = this.exclusive::<L>()?; // after the arguments: `c.merge(c)` raises here
//! CounterClass::merge(&mut *this, &other); // looks at the argument for the first time
//! ```
//!
//! In the fields of records and other types, instances are an [`Instance`], which may be kept.

mod base;
mod constructor;
mod conversion;
mod create;
mod dealloc;
mod definition;
mod foreign;
mod instance;
mod method;
mod open;
pub mod operators;
mod property;
mod receiver;
mod shared;

pub use base::Base;
pub use constructor::{Constructor, ConstructorDefinition, constructor, shared_constructor};
pub use conversion::{ArgumentRef, Ref, class_into_python};
pub use create::type_of_class;
pub use definition::{Class, ClassDefinition, Exported};
pub use foreign::ForeignType;
pub use method::{
    Method, MethodDefinition, call_method, class_method, compact_class_method, compact_method,
    compact_static_method, method, shared_method, static_method,
};
pub use operators::CompareOp;
pub use property::{
    Getter, PropertyDefinition, Setter, property, property_with_setter, shared_property,
    shared_property_with_setter,
};
pub use receiver::Receiver;
pub use shared::Instance;

pub(crate) use constructor::vectorcall_count;
