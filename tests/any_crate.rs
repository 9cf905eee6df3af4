//! Generated Rust compiles in any crate, whatever names, lints and dependencies the crate has.

#[path = "modules/fences.rs"]
#[expect(
    dead_code,
    reason = "the tests of the reference read more of its blocks"
)]
mod fences;

use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use pyidl_test_support::{Message, Scratch, messages, repository, skipped};

/// An interface that makes generated code use all of its names, and that contains names of every allowed form.
const INTERFACE: &str = r#"
/// All of it.
package test:everything;

record send { %option: option<string> = none, items: list<string> = [], file: path = "a" }
record %option { some: u8 = 1 }
record %result { ok: map<string, s64> = {}, err: set<string> = ["a"] }
record %string { text: string = "a", big: int = 5 }
record vec { items: list<vec> = [] }
record some { x: u8 }
record none { x: u8 }
record ok { x: u8 }
record err { x: u8 }
record default { x: u8 }
record copy { x: u8 }
record debug { x: u8 }
record partial-eq { x: u8 }
record eq { x: u8 }
record hash { x: u8 }
record ord { x: u8 }
record sized { x: u8 }
record sync { x: u8 }
record into { x: u8 }
record from { x: u8 }
record box { x: u8 }
record module { x: u8 }
variant path-buf { none, some(u8), ok(string) }
enum partial-ord { less, send }
enum fails { send, some }
flags drop { send, sync }
type union-of-all = union<s64, string, send>;
type clone = list<send>;
exception %exception extends value-error { send: send }
exception to-owned extends %exception;
const text: string = "a";
const texts: list<string> = ["a"];
const numbers: map<string, s64> = { "a": 1 };
const maybe: option<u8> = 1;
const file: path = "a";

drop-it: func(send: send, option: option<string>, rest: list<%option>, maybe: option<send> = none) -> option<send>;
defaults: func(
    text: string = "a",
    maybe: option<string> = "b",
    data: bytes = "x",
    names: list<string> = ["a"],
    table: map<string, s64> = { "a": 1 },
    big: int = 12,
    file: path = "a",
    computed: option<u8> = ...,
) -> result<list<string>, string>;
clone-it: func() -> iterator<string> raises value-error | key-error;
value: func(*args: string, **kwargs: s64) raises key-error | index-error;
fail: func(path: path) -> result<string, fails>;
match-up: func(union: union-of-all, fails: drop) -> path-buf raises to-owned;
call: func(f: func(string) -> option<string>, any: any) -> list<any>;
@deprecated
old: func();

class thing {
    constructor(text: string = "a", other: option<string> = none) raises %exception;
    const vec: list<string> = ["a"];
    property send: option<string>;
    readonly property clone: list<thing>;
    into: mut func(other: thing, default: option<thing> = none) -> self;
    @gil(release)
    drop: mut func(text: string, data: option<bytes> = none) -> string;
    from: static func() -> option<thing>;
    operator len: func() -> u64;
    operator next: mut func() -> option<string>;
    operator eq: func(other: thing) -> bool;
    operator add: func(other: string) -> self;
    operator getitem: func(index: s64) -> string raises index-error;
    operator str: func() -> string;
}

_under: func(_x: u8, y_: u8) -> u8 raises value-error | key-error;
under_: func() -> list<_record> raises _lost | lost_;
_record_: func(x: _either) -> _record;
record _record { _x: u8, names_: list<string> = ["a"], table: map<string, map<string, list<_record>>> = {} }
type _either = union<list<_record>, map<string, _record>, tuple<%self, _record>, _record>;
exception _lost extends value-error { _names: list<string> = ["a"] }
exception lost_ extends _lost;
variant _way { _a(u8), b_ { _x: list<string> = ["a"] } }
const _names: list<string> = ["a"];
class _inner_ {
    constructor(_x: u8) raises _lost | key-error;
    const _names: list<string> = ["a"];
    const names_: list<string> = ["b"];
    property _x: u8;
    property x: u8 raises _lost | key-error;
    _go: mut func(x: %self) raises value-error | key-error;
    operator eq: func(other: _inner_) -> bool;
}
class %self { constructor(); operator add: func(other: %self) -> %self raises _lost | key-error; }

const drawer-size-most: map<string, s64> = { "a": 1 };
class drawer { const size-most: map<string, s64> = { "a": 2 }; const name: int = 1; }
class drawer-size { const most: map<string, s64> = { "a": 3 }; }
const drawer-name: int = 2;

interface sender { record %string { x: u8 } get: func(x: %string) -> option<%string>; }
interface std { record core { x: u8 } class %vec { constructor(); } core-of: func(x: core) -> core; }
interface core { use std.{core}; std-of: func(x: core) -> list<core>; }
interface str { str: func(str: string) -> string; }
interface u8 { u8-of: func(x: u8) -> option<u8>; }
interface f64 { f64-of: func(x: f64) -> list<f64>; const most: f64 = 1.5; }
interface diagnostic { class tool { constructor(); } }
interface rt { rt: func(x: any) -> any; }
interface glue { class %interface { constructor(); } glue: func(x: %interface) -> %interface; }
interface %export { export: func(); }
interface bindings { bindings: func(); }
interface pyidl-runtime { x: func(); }
"#;

/// The implementation of [`INTERFACE`], in a crate whose prelude is empty.
const IMPLEMENTATION: &str = r#"
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
"#;

/// Definitions around generated code that could shadow the names that it uses: macros in scope as well as types.
const SHADOWS: &str = r#"
#![no_implicit_prelude]
#![allow(unused_macros, dead_code)]
macro_rules! vec { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! env { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! concat { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! include { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! format { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! matches { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! assert { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! derive { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
macro_rules! export { ($($x:tt)*) => { ::core::compile_error!("the user's macro") } }
struct Option; struct Vec; struct String; struct Box;
trait Clone {} trait Send {} trait Sized {} trait From {} trait Into {}
mod core {} mod std {} mod alloc {} mod interface {} mod rt {}
"#;

fn everything(scratch: &Scratch) {
    scratch.file("everything.pyidl", INTERFACE);
    scratch.generate(&["everything.pyidl"]);
}

fn shown(messages: &[Message]) -> String {
    let mut text = String::new();
    for message in messages {
        let _ = writeln!(text, "{}", message.rendered);
    }
    text
}

#[track_caller]
fn compiles(messages: &[Message]) {
    assert!(messages.is_empty(), "{}", shown(messages));
}

#[test]
fn names_of_the_prelude_and_of_the_crate_change_nothing() {
    let scratch = Scratch::new("prelude");
    everything(&scratch);
    let source = IMPLEMENTATION.replace("RUNTIME", "::pyidl_runtime");
    compiles(&scratch.check(&format!("{SHADOWS}{source}"), &[]));
}

#[test]
fn the_edition_can_be_2021() {
    let scratch = Scratch::new("edition").edition("2021");
    everything(&scratch);
    let source = IMPLEMENTATION.replace("RUNTIME", "::pyidl_runtime");
    compiles(&scratch.check(&format!("{SHADOWS}{source}"), &[]));
}

#[test]
fn the_runtime_can_have_another_name() {
    // Generated code also uses the name `rt`.
    for name in ["rt", "interface", "glue"] {
        let scratch = Scratch::new("renamed").runtime(Some(name));
        everything(&scratch);
        let source = IMPLEMENTATION.replace("RUNTIME", &format!("::{name}"));
        compiles(&scratch.check(&source, &[]));
    }
}

#[test]
fn the_runtime_can_come_from_another_crate() {
    let scratch = Scratch::new("exported").dependency(
        "mylib",
        "#[doc(hidden)] pub mod __private { pub use pyidl_runtime; }
         #[macro_export] macro_rules! bindings { ($name:literal) => { $crate::__private::pyidl_runtime::include_idl!($name); } }",
    );
    let scratch = scratch.runtime(None);
    everything(&scratch);
    let path = "::mylib::__private::pyidl_runtime";
    let source = IMPLEMENTATION.replace("RUNTIME", path);
    compiles(&scratch.check(&source, &[]));
    let source = source.replace(&format!("{path}::include_idl!"), "::mylib::bindings!");
    compiles(&scratch.check(&source, &[]));
}

/// An option for each lint of rustc.
fn every_lint(level: &str) -> Vec<String> {
    let output = Command::new("rustc")
        .args(["-W", "help"])
        .output()
        .expect("rustc runs");
    let help = String::from_utf8_lossy(&output.stdout).into_owned();
    let lints = help.lines().filter_map(|line| {
        let mut words = line.split_whitespace();
        let (name, default) = (words.next()?, words.next()?);
        matches!(default, "allow" | "warn" | "deny").then(|| format!("{level}{name}"))
    });
    lints.collect()
}

/// The test modules and the module of the reference: all kinds of generated code, with implementations.
fn all_modules(scratch: &Scratch) -> PathBuf {
    let root = repository().join("tests/modules");
    let entries = fs::read_dir(root.join("idl")).expect("the folder is there");
    let mut files: Vec<_> = entries
        .map(|entry| entry.expect("it can be read").path())
        .collect();
    let page = fs::read_to_string(repository().join("idl/README.md")).expect("it is text");
    files.push(scratch.file("music.pyidl", &fences::interface(&page)));
    let mut modules = String::new();
    for file in &files {
        let stem = file.file_stem().expect("a file").to_string_lossy();
        let source = root.join(format!("src/{stem}.rs"));
        let _ = writeln!(modules, "#[path = {source:?}]\nmod {stem};");
    }
    scratch.file("out/modules.rs", &modules);
    let files: Vec<_> = files
        .iter()
        .map(|file| file.to_str().expect("plain names"))
        .collect();
    scratch.generate(&files);
    root.join("src/lib.rs")
}

/// The compiler's messages about generated code, or about a lint that a crate forbids and generated code allows.
fn about_generated(messages: Vec<Message>) -> Vec<Message> {
    let is_overruled = |message: &Message| message.code.as_deref() == Some("E0453");
    messages
        .into_iter()
        .filter(|message| message.is_generated() || is_overruled(message))
        .collect()
}

#[test]
fn no_lint_of_rustc_has_anything_to_say() {
    let scratch = Scratch::new("lints");
    let source = all_modules(&scratch);
    let lints = every_lint("-W");
    let lints: Vec<&str> = lints.iter().map(String::as_str).collect();
    compiles(&about_generated(scratch.check_file(&source, &lints)));
}

/// These can be forbidden only if the crate allows them around `mod bindings`, as the reference says.
const ALLOWED: &[&str] = &["unreachable-pub", "variant-size-differences"];

#[test]
fn every_lint_of_rustc_can_be_forbidden() {
    for visibility in ["", "pub "] {
        let scratch = Scratch::new("forbidden");
        everything(&scratch);
        let source = IMPLEMENTATION
            .replace("RUNTIME", "::pyidl_runtime")
            .replace("\nmod bindings", &format!("\n{visibility}mod bindings"))
            .replace("\nstruct Module", &format!("\n{visibility}struct Module"));
        let lints = every_lint("-F");
        let lints = lints.iter().map(String::as_str);
        let lints = lints.filter(|lint| !ALLOWED.contains(&&lint[2..]));
        let said = scratch.check(&source, &lints.collect::<Vec<_>>());
        compiles(&about_generated(said));
    }
}

#[test]
fn clippy_has_nothing_to_say() {
    let scratch = Scratch::new("clippy");
    everything(&scratch);
    let source = IMPLEMENTATION.replace("RUNTIME", "::pyidl_runtime");
    let source = scratch.file("lib.rs", &source);
    for level in ["-W", "-F"] {
        let groups = ["clippy::all", "clippy::pedantic", "clippy::nursery"];
        let groups = groups.map(|group| format!("{level}{group}"));
        let groups = groups.each_ref().map(String::as_str);
        if Command::new("clippy-driver")
            .arg("--version")
            .output()
            .is_err()
        {
            return skipped("clippy", "it is not installed");
        }
        let clippy = scratch.compiler("clippy-driver", &source, &groups);
        compiles(&about_generated(messages(clippy)));
    }
}

/// Markdown that rustdoc would take for Rust to be tested, and text that could end the comment that it stands in.
const HOSTILE: &str = r####"
//! ```
//! first()
//! ```

/// Fences:
///
/// ```
/// fence()
/// ```
///
/// ~~~
/// tildes()
/// ~~~
///
/// ````rust,should_panic
/// four()
/// ````
///
///     indented()
///
/// > ```
/// > quoted()
/// > ```
///
/// > quote
/// >
/// >     indented_in_quote()
///
/// * a list
///
///   ```
///   in_list()
///   ```
///
///       indented_in_list()
///
/// 1. numbered
///
///    ~~~
///    in_numbers()
///    ~~~
///	tab()
///
/// A `*/`, a `"#`, a ]]>, a \ and a {{brace}}, {{{three}}}, ${x}, #[doc = "x"] */ "###
f: func(
    /// ```
    /// parameter()
    /// ```
    a: u8,
    /// Two lines:
    ///
    ///   indented_after_all()
    b: u8 = 1,
);

/// ~~~
/// open()
record r {
    ///     field()
    x: u8,
    /// ```rust
    /// field_in_rust()
    /// ```
    y: u8,
}

/// ```rust,no_run
/// class()
/// ```
class c {
    /// ```edition2021
    /// constructor()
    /// ```
    constructor();
}

enum e { /** ```
member()
``` */ a }
variant v { /// - ```
    /// case()
    a(u8) }
flags g { ///     flag()
    a }
/// ```
/// constant()
/// ```
const k: u8 = 1;
/// ```
/// alias()
/// ```
type t = list<u8>;
exception x extends value-error {
    /// ```
    /// inside()
    /// ```
    a: u8
}
"####;

#[test]
fn documentation_is_no_test() {
    let scratch = Scratch::new("documentation");
    scratch.file("hostile.pyidl", HOSTILE);
    scratch.generate(&["hostile.pyidl"]);
    let source = scratch.file(
        "lib.rs",
        "
        //! ```
        //! assert!(true);
        //! ```
        pub mod bindings { pyidl_runtime::include_idl!(\"hostile\"); }
        pub struct C;
        impl bindings::CClass for C { fn new() -> Self { Self } }
        pub struct Module;
        impl bindings::Hostile for Module { fn f(_: u8, _: u8) {} }
        bindings::export!(Module);
        ",
    );
    compiles(&scratch.check_file(&source, &[]));
    let output = scratch
        .rustdoc(&source, &["--test"])
        .output()
        .expect("rustdoc runs");
    let said = String::from_utf8_lossy(&output.stdout);
    // The one of the crate itself.
    assert!(said.contains("running 1 test\n"), "{said}");

    // People see all of it.
    let output = scratch
        .rustdoc(&source, &[])
        .output()
        .expect("rustdoc runs");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    let page = scratch.read("doc/scratch/bindings/trait.Hostile.html");
    for word in [
        "fence()",
        "tildes()",
        "indented_in_list()",
        "parameter()",
        "]]&gt;",
        "{{{three}}}",
    ] {
        assert!(page.contains(word), "{word}");
    }
    assert!(
        scratch
            .read("doc/scratch/bindings/struct.R.html")
            .contains("field()")
    );
}

const GREETING: &str = "greet: func(name: string) -> string;\nclass greeter { constructor(); }\n";

const GREETER: &str = "
    mod bindings { pyidl_runtime::include_idl!(\"greeting\"); }
    pub struct Greeter;
    impl bindings::GreeterClass for Greeter { fn new() -> Self { Self } }
    struct Module;
    impl bindings::Greeting for Module { fn greet(name: &str) -> String { name.to_owned() } }
    bindings::export!(Module);
";

/// The messages of rustc for the module `greeting` with this implementation.
fn greeting(name: &str, source: &str) -> Vec<Message> {
    let scratch = Scratch::new(name);
    scratch.file("greeting.pyidl", GREETING);
    scratch.generate(&["greeting.pyidl"]);
    scratch.check(source, &[])
}

#[test]
fn a_module_that_is_not_exported_is_a_warning() {
    compiles(&greeting("exported_greeting", GREETER));
    let said = greeting(
        "not_exported",
        &GREETER.replace("bindings::export!(Module);", ""),
    );
    let texts: Vec<_> = said.iter().map(|message| message.text.as_str()).collect();
    let expected = "unused macro definition: `the_module_greeting_is_not_exported`";
    assert!(texts.contains(&expected), "{}", shown(&said));
    assert!(
        shown(&said).contains("bindings::export!(Module);"),
        "{}",
        shown(&said)
    );
}

#[test]
fn what_is_missing_is_said_by_name() {
    let without = |line: &str| {
        assert!(GREETER.contains(line));
        shown(&greeting("missing", &GREETER.replace(line, "")))
    };
    let said = without(
        "impl bindings::Greeting for Module { fn greet(name: &str) -> String { name.to_owned() } }",
    );
    assert!(
        said.contains("`Module: Greeting` is not satisfied"),
        "{said}"
    );
    let said = without("impl bindings::GreeterClass for Greeter { fn new() -> Self { Self } }");
    assert!(
        said.contains("`Greeter: GreeterClass` is not satisfied"),
        "{said}"
    );
    let said = without("pub struct Greeter;");
    assert!(
        said.contains("// Write `pub struct Greeter` beside `mod bindings`."),
        "{said}"
    );
}
