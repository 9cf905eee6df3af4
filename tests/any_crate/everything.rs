mod bindings { RUNTIME::include_idl!("everything"); }
use ::core::result::Result::{self, Err, Ok};
use ::std::string::String as Text;
use ::std::vec::Vec as List;
use ::core::option::Option as Maybe;
use RUNTIME as runtime;

struct Module;
pub struct Thing;
pub struct _Inner_;
pub struct Self_;

impl bindings::Everything for Module {
    fn drop_it(_: bindings::Send, _: Maybe<&str>, _: List<bindings::Option>, maybe: Maybe<bindings::Send>) -> Maybe<bindings::Send> { maybe }
    fn defaults(text: &str, _: Maybe<&str>, _: &[u8], _: List<Text>, _: runtime::Map<Text, i64>, _: runtime::BigInt, _: &::std::path::Path, _: Maybe<Maybe<u8>>) -> Result<List<Text>, Text> { Err(::std::borrow::ToOwned::to_owned(text)) }
    fn clone_it() -> impl ::core::iter::Iterator<Item = Result<Text, bindings::CloneItError>> + ::core::marker::Send + 'static { ::core::iter::empty() }
    fn value(_: List<Text>, _: runtime::Map<Text, i64>) -> Result<(), bindings::ValueError> { Ok(()) }
    fn fail(_: &::std::path::Path) -> Result<Text, bindings::Fails> { Err(bindings::Fails::Some) }
    fn match_up(_: bindings::UnionOfAll, _: bindings::Drop) -> Result<bindings::PathBuf, bindings::ToOwned> { Ok(bindings::PathBuf::None) }
    fn raise(_: runtime::Python<'_>, _: runtime::Callback<'_, (), u8>) -> runtime::Result<u8> { Ok(0) }
    fn raise_each(_: runtime::Python<'_>, _: runtime::Any<'_>) -> runtime::Result<impl ::core::iter::Iterator<Item = Result<u8, bindings::RaiseEachError>> + ::core::marker::Send + 'static> { Ok(::core::iter::empty()) }
    fn call<'py>(_: runtime::Python<'py>, _: runtime::Callback<'py, (Text,), Maybe<Text>>, any: runtime::Any<'py>) -> runtime::Result<List<runtime::Any<'py>>> { Ok(::std::vec![any]) }
    fn old() {}
    fn _under(_x: u8, y_: u8) -> Result<u8, bindings::_UnderError> { Ok(y_) }
    fn under_() -> Result<List<bindings::_Record>, bindings::UnderError_> { Ok(List::new()) }
    fn _record_(_: runtime::Python<'_>, _: bindings::_Either) -> runtime::Result<bindings::_Record> { ::core::unimplemented!() }
}
impl bindings::ThingClass for Thing {
    fn new(_: &str, _: Maybe<&str>) -> Result<Self, bindings::Exception> { Ok(Self) }
    fn send(&self) -> Maybe<Text> { Maybe::None }
    fn set_send(&mut self, _: Maybe<&str>) {}
    fn clone(&self) -> List<Thing> { List::new() }
    fn into(&mut self, _: &Self, _: Maybe<&Self>) -> Self { Self }
    fn drop(&mut self, text: &str, _: Maybe<&[u8]>) -> Text { ::std::borrow::ToOwned::to_owned(text) }
    fn from() -> Maybe<Thing> { Maybe::None }
    fn op_len(&self) -> u64 { 0 }
    fn op_next(&mut self) -> Maybe<Text> { Maybe::None }
    fn op_eq(&self, _: &Self) -> bool { true }
    fn op_add(&self, _: &str) -> Self { Self }
    fn op_getitem(&self, _: i64) -> Result<Text, runtime::exceptions::IndexError> { Ok(Text::new()) }
    fn op_str(&self) -> Text { Text::new() }
}
impl bindings::_InnerClass_ for _Inner_ {
    fn new(_x: u8) -> Result<Self, bindings::_InnerNewError_> { Ok(Self) }
    fn _x(&self) -> u8 { 0 }
    fn _set_x(&mut self, _: u8) {}
    fn x(&self) -> Result<u8, bindings::_InnerXError_> { Ok(0) }
    fn set_x(&mut self, _: u8) -> Result<(), bindings::_InnerXError_> { Ok(()) }
    fn _go(&mut self, _: &Self_) -> Result<(), bindings::__InnerGoError_> { Ok(()) }
    fn op_eq(&self, _: &Self) -> bool { true }
}
pub struct Drawer;
pub struct DrawerSize;
impl bindings::DrawerClass for Drawer {}
impl bindings::DrawerSizeClass for DrawerSize {}
impl bindings::SelfClass for Self_ {
    fn new() -> Self { Self }
    fn op_add(&self, _: &Self) -> Result<Self, bindings::SelfAddError> { Ok(Self) }
}
impl bindings::sender::Sender for Module { fn get(x: bindings::sender::String) -> Maybe<bindings::sender::String> { Maybe::Some(x) } }
impl bindings::std_::Std for Module { fn core_of(x: bindings::std_::Core) -> bindings::std_::Core { x } }
mod std_ { pub struct Vec; impl super::bindings::std_::VecClass for Vec { fn new() -> Self { Self } } }
impl bindings::core::Core for Module { fn std_of(x: bindings::std_::Core) -> List<bindings::std_::Core> { ::std::vec![x] } }
impl bindings::str_::Str for Module { fn str(x: &str) -> Text { ::std::borrow::ToOwned::to_owned(x) } }
impl bindings::u8_::U8 for Module { fn u8_of(x: ::core::primitive::u8) -> Maybe<::core::primitive::u8> { Maybe::Some(x) } }
impl bindings::f64_::F64 for Module { fn f64_of(x: ::core::primitive::f64) -> List<::core::primitive::f64> { ::std::vec![x] } }
mod diagnostic { pub struct Tool; impl super::bindings::diagnostic::ToolClass for Tool { fn new() -> Self { Self } } }
impl bindings::rt_::Rt for Module { fn rt<'py>(_: runtime::Python<'py>, x: runtime::Any<'py>) -> runtime::Result<runtime::Any<'py>> { Ok(x) } }
mod glue_ { pub struct Interface; impl super::bindings::glue_::InterfaceClass for Interface { fn new() -> Self { Self } } }
impl bindings::glue_::Glue for Module { fn glue(_: &glue_::Interface) -> glue_::Interface { glue_::Interface } }
impl bindings::export::Export for Module { fn export() {} }
impl bindings::bindings::Bindings for Module { fn bindings() {} }
impl bindings::pyidl_runtime::PyidlRuntime for Module { fn x() {} }
bindings::export!(Module);
