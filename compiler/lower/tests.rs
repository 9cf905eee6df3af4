//! What functions, members and constants are lowered to.

use super::analysis::Analysis;
use super::argument::{Held, Pass};
use super::binding::{Binding, Compilation, Failure, Lock, Receiver, Returned};
use super::bindings::Bindings;
use super::callback::Callback;
use super::class::Member;
use super::constant::Form;
use crate::model::{Builtin, Interface, Type};

/// The bindings of the module that `text` declares.
fn lowered(text: &str) -> Bindings {
    let mut compilation = crate::driver::Compilation::default();
    compilation.add("sample.pyidl", text);
    let interface = compilation.units.remove(0).interface.expect("no errors");
    Bindings::new(&Analysis::new(&interface), Interface::ROOT)
}

fn function(bindings: &Bindings) -> &Binding {
    bindings.functions().next().expect("there is one")
}

#[test]
fn the_type_of_an_argument_says_what_is_held_and_passed() {
    let bindings = lowered(
        "class track; type label = string;\n\
         f: func(a: u32, b: label, c: option<string>, d: bytes, e: option<path>, f: track, g: list<string>);",
    );
    let arguments = &function(&bindings).arguments;
    let passes: Vec<_> = arguments.iter().map(|it| it.passing.pass()).collect();
    assert_eq!(
        passes,
        [
            Pass::Value,
            // A `&str` is a reference already, and so is one in an option.
            Pass::Value,
            Pass::Value,
            Pass::Reference,
            Pass::OptionalReference,
            Pass::Reference,
            Pass::Value,
        ]
    );
    assert!(matches!(arguments[1].passing.held, Held::Borrowed(_)));
    assert!(matches!(arguments[5].passing.held, Held::Instance(_)));
    assert!(matches!(arguments[6].passing.held, Held::Owned));
}

#[test]
fn values_of_variadic_arguments_are_owned() {
    let bindings = lowered("f: func(a: u8, *b: string, **c: string);");
    let binding = function(&bindings);
    assert_eq!(binding.named_arguments(), 1);
    let mut held = binding.arguments.iter().map(|it| it.passing.held);
    assert!(held.all(|held| matches!(held, Held::Owned)));
    assert_eq!(binding.compilation, Compilation::Shared);
}

#[test]
fn functions_of_large_modules_are_compact() {
    let compilation = |count: usize| {
        let functions = (0..count).map(|index| format!("f{index}: func(a: u8) -> u8;"));
        function(&lowered(&functions.collect::<String>())).compilation
    };
    assert_eq!(compilation(1), Compilation::PerLayout);
    assert_eq!(compilation(99), Compilation::PerLayout);
    assert_eq!(compilation(100), Compilation::Compact);
}

#[test]
fn objects_need_the_token() {
    let needs = |text: &str| function(&lowered(text)).needs;
    let plain = needs("f: func(a: u8) -> string;");
    assert!(!plain.token && !plain.lifetime && !plain.detached);
    let object = needs("f: func(a: any);");
    assert!(object.token && object.lifetime);
    // The record is read with the token; its Rust type has no lifetime.
    let record = needs("class track; record pair { left: track } f: func(a: pair);");
    assert!(record.token && !record.lifetime);
    // Rust makes the items without an interpreter.
    assert!(!needs("f: func() -> iterator<u8>;").token);
    assert!(needs("@gil(release) f: func();").detached);
}

#[test]
fn outcomes_differ_by_role() {
    let bindings = lowered(
        "class counter {\n\
             constructor(start: u8) raises value-error;\n\
             operator next: mut func() -> option<u8>;\n\
             walk: func() -> iterator<u8> raises value-error;\n\
             reset: mut func();\n\
         }",
    );
    let class = bindings.classes().next().expect("there is one");
    let constructor = class.constructor.as_ref().expect("there is one");
    assert!(matches!(constructor.outcome.returned, Returned::Instance));
    assert!(matches!(constructor.outcome.error, Some(Failure::One(_))));
    assert_eq!(constructor.python_name, "__init__");
    assert!(constructor.is_fallible());
    let all: Vec<_> = class.all().skip(1).collect();
    let [next, walk, reset] = all[..] else {
        panic!("{} members", all.len());
    };
    assert_eq!(next.qualified_name, "Counter.__next__");
    let python = next.outcome.returned.python_type();
    assert_eq!(python, Some(&Builtin::U8.into()));
    // The items raise the error, not the call.
    assert!(!walk.is_fallible());
    assert!(reset.is_unit());
    assert_eq!(reset.receiver, Receiver::Instance(Lock::Exclusive));
}

#[test]
fn the_error_of_a_callback_is_raised() {
    let mut compilation = crate::driver::Compilation::default();
    let text = "type ask = func(a: u8, b: string) -> result<u8, string>; type tell = func();";
    compilation.add("sample.pyidl", text);
    let interface = compilation.units.remove(0).interface.expect("no errors");
    let [ask, tell] = [0, 1].map(|index| {
        let ty = &interface.aliases[index].ty;
        let Type::Callback {
            parameters, result, ..
        } = ty
        else {
            panic!("{ty:?} is no callback");
        };
        Callback::new(&interface, parameters, result.as_deref())
    });
    assert_eq!(ask.arguments, [Builtin::U8.into(), Builtin::String.into()]);
    assert_eq!(ask.python_result, Some(&Builtin::U8.into()));
    assert!(matches!(ask.rust_result, Some(Type::Result { .. })));
    assert!(tell.rust_result.is_none() && tell.python_result.is_none());
}

#[test]
fn constants_are_what_rust_can_make_them() {
    let bindings = lowered(
        "const A: u8; const B: string; const C: bytes; const D: list<string>; const E: list<list<u8>>;\n\
         const F: option<list<u16>>; const G: map<u8, u8>; const H: tuple<u8, bytes>; const I: int;",
    );
    let forms: Vec<_> = bindings.constants().map(|it| it.form).collect();
    let expected = [
        Form::Constant,
        Form::Constant,
        Form::Constant,
        Form::Slice,
        Form::Slice,
        Form::Function,
        Form::Function,
        Form::Constant,
        Form::Function,
    ];
    assert_eq!(forms, expected);
}

#[test]
fn constants_of_classes_have_functions_beside_those_of_the_module() {
    let bindings = lowered(
        "class a { const B-C: int = 1; } class a-b { const C: int = 2; } const A-B-C: int = 3;",
    );
    let members = bindings.classes().flat_map(|class| &class.members);
    let functions = members.filter_map(|member| match member {
        Member::Constant(constant) => Some(constant.function.as_str()),
        _ => None,
    });
    assert_eq!(functions.collect::<Vec<_>>(), ["a_b_c_", "a_b_c__"]);
}
