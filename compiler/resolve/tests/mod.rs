//! Models of small files, and bounds on time and memory. Errors are tested with files in `tests/diagnostics`.

mod limits;

use super::prelude::prelude;
use crate::diagnostic::{Code, Diagnostics};
use crate::driver::Compilation;
use crate::model::{
    Builtin, ClassItem, Default, EnumRepr, ExceptionId, Interface, ItemId, OperatorKind,
    ParameterKind, Receiver, Type, Value,
};
use crate::syntax;

fn run(text: &str) -> (Option<Interface>, Diagnostics) {
    let mut compilation = Compilation::default();
    compilation.add("example.pyidl", text);
    let Compilation {
        units, diagnostics, ..
    } = compilation;
    let interface = units.into_iter().next().and_then(|unit| unit.interface);
    assert_eq!(interface.is_none(), diagnostics.has_errors());
    (interface, diagnostics)
}

fn model(text: &str) -> Interface {
    let (interface, diagnostics) = run(text);
    interface.unwrap_or_else(|| panic!("{diagnostics:#?}"))
}

fn codes(text: &str) -> Vec<Code> {
    run(text).1.iter().map(|found| found.code).collect()
}

#[test]
fn the_prelude_is_complete() {
    let prelude = prelude();
    assert_eq!(prelude.exceptions.len(), 64);
    for exception in &prelude.exceptions {
        assert!(!exception.docs.0.is_empty(), "{}", exception.name);
        assert_eq!(
            exception.base.is_none(),
            exception.name == "base-exception",
            "{}",
            exception.name
        );
    }
    for builtin in &prelude.types {
        assert!(!builtin.docs.0.is_empty(), "{}", builtin.name);
        assert_eq!(
            builtin.reserved,
            syntax::RESERVED_TYPES.contains(&builtin.name.as_str()),
            "{}",
            builtin.name
        );
    }
    for name in syntax::RESERVED_TYPES {
        assert!(prelude.declares_type(name), "{name}");
    }
    for &builtin in Builtin::ALL {
        assert!(prelude.declares_type(builtin.name()), "{builtin}");
    }
    assert_eq!(prelude.of(Builtin::Tuple).arguments, 1..=usize::MAX);
}

#[test]
fn modules_are_named_after_package_or_file() {
    let interface = model("f: func();");
    assert_eq!(
        (
            interface.package.as_ref(),
            interface.root().name.text.as_str()
        ),
        (None, "example")
    );
    let interface = model("/// About it.\n@py.name(\"_geometry\")\npackage acme:geometry@1.2.3;");
    let package = interface.package.as_ref().unwrap();
    assert_eq!(
        (package.name.as_str(), package.version.as_deref()),
        ("acme:geometry", Some("1.2.3"))
    );
    assert_eq!(interface.root().name.python.as_deref(), Some("_geometry"));
    assert_eq!(interface.root().docs.0, ["About it."]);
}

#[test]
fn parameters_have_the_kinds_of_python() {
    let interface = model(
        "f: func(a: u8, /, b: u8 = 1, *c: u8, d: u8, e: option<u8> = none, f: u8 = ..., **g: u8);",
    );
    let parameters = &interface.functions[0].parameters;
    use ParameterKind::{KeywordOnly, PositionalOnly, Standard, VarArgs, VarKeywords};
    let kinds: Vec<_> = parameters.iter().map(|parameter| parameter.kind).collect();
    assert_eq!(
        kinds,
        [
            PositionalOnly,
            Standard,
            VarArgs,
            KeywordOnly,
            KeywordOnly,
            KeywordOnly,
            VarKeywords
        ]
    );
    let defaults: Vec<_> = parameters
        .iter()
        .map(|parameter| parameter.default.clone())
        .collect();
    let one = Some(Default::Value(Value::Int("1".to_owned())));
    let none = Some(Default::Value(Value::None));
    assert_eq!(
        defaults,
        [None, one, None, None, none, Some(Default::Computed), None]
    );
    assert_eq!(interface.functions[0].receiver, Receiver::Static);
}

#[test]
fn definitions_shadow_the_prelude_unless_wit_reserves_the_name() {
    let interface = model(
        "record path { x: %string }\nrecord %string { y: string }\nf: func(a: path, b: string, c: %string);",
    );
    let types: Vec<_> = interface.functions[0]
        .parameters
        .iter()
        .map(|parameter| &parameter.ty)
        .collect();
    assert!(matches!(types[0], Type::Record(id) if interface[*id].name.text == "path"));
    assert_eq!(*types[1], Type::from(Builtin::String));
    assert!(matches!(types[2], Type::Record(id) if interface[*id].name.text == "string"));
    assert_eq!(
        interface.records[1].fields[0].ty,
        Type::from(Builtin::String)
    );
}

#[test]
fn builtin_exceptions_come_with_their_bases_when_they_are_used() {
    let interface =
        model("exception mine extends file-not-found-error;\nf: func() raises mine | key-error;");
    let chain = |mut id: ExceptionId| {
        let mut names = vec![interface[id].name.text.as_str()];
        while let Some(base) = interface[id].base {
            names.push(&interface[base].name.text);
            id = base;
        }
        names
    };
    assert_eq!(
        chain(ExceptionId(0)),
        [
            "mine",
            "file-not-found-error",
            "os-error",
            "exception",
            "base-exception"
        ]
    );
    assert_eq!(
        chain(interface.functions[0].raises[1]),
        ["key-error", "lookup-error", "exception", "base-exception"]
    );
    assert_eq!(interface.exceptions.len(), 7);
    assert_eq!(
        interface.root().items,
        [
            ItemId::Exception(ExceptionId(0)),
            ItemId::Function(crate::model::FunctionId(0))
        ]
    );
}

#[test]
fn values_have_one_form() {
    let value = |text: &str| model(text).consts[0].value.clone().unwrap();
    let int = |text: &str| Value::Int(text.to_owned());
    let float = |text: &str| Value::Float(text.to_owned());
    assert_eq!(value("const x: u16 = 0xFF_FF;"), int("65535"));
    assert_eq!(
        value("const x: s128 = -170141183460469231731687303715884105728;"),
        int("-170141183460469231731687303715884105728")
    );
    assert_eq!(value("const x: f64 = 1;"), float("1.0"));
    assert_eq!(value("const x: f64 = 1_000.50;"), float("1000.5"));
    assert_eq!(value("const x: f32 = 0.100000001;"), float("0.1"));
    assert_eq!(value("const x: f64 = 1e300;"), float("1e300"));
    assert_eq!(value("const x: f32 = inf;"), float("inf"));
    assert_eq!(value("const x: f64 = -inf;"), float("-inf"));
    assert_eq!(value("const x: option<f64> = nan;"), float("nan"));
    assert_eq!(
        value("const x: bytes = \"é\";"),
        Value::Bytes("é".as_bytes().to_vec())
    );
    assert_eq!(value("const x: option<u8> = 5;"), int("5"));
    assert_eq!(
        value("const x: map<string, list<u8>> = { \"a\": [1] };"),
        Value::Map(vec![(
            Value::Str("a".to_owned()),
            Value::List(vec![int("1")]),
        )])
    );
}

#[test]
fn defaults_of_records_are_filled_in() {
    let interface = model(
        "record size { w: u8 = 1, h: u8 = 2 }\nrecord box { inner: size = { h: 9 }, outer: size = {} }\nconst all: box = {};",
    );
    let size = |w: &str, h: &str| {
        Value::Record(
            crate::model::RecordId(0),
            vec![Value::Int(w.to_owned()), Value::Int(h.to_owned())],
        )
    };
    let expected = Value::Record(
        crate::model::RecordId(1),
        vec![size("1", "9"), size("1", "2")],
    );
    assert_eq!(interface.consts[0].value, Some(expected));
}

#[test]
fn members_of_enums_without_values_are_counted() {
    let interface = model(
        "enum a { x, y-z }\nenum b: string { x, y-z }\nenum c: u8 { x, y-z }\nenum d: s8 { x = -1 }",
    );
    let values: Vec<Vec<_>> = interface
        .enums
        .iter()
        .map(|enumeration| {
            enumeration
                .members
                .iter()
                .map(|member| member.value.clone())
                .collect()
        })
        .collect();
    let int = |text: &str| Value::Int(text.to_owned());
    let text = |text: &str| Value::Str(text.to_owned());
    assert_eq!(values[0], [int("1"), int("2")]);
    assert_eq!(values[1], [text("x"), text("y_z")]);
    assert_eq!(values[2], [int("0"), int("1")]);
    assert_eq!(values[3], [int("-1")]);
    let reprs: Vec<_> = interface
        .enums
        .iter()
        .map(|enumeration| enumeration.repr)
        .collect();
    assert_eq!(
        reprs,
        [EnumRepr::Plain, EnumRepr::Str, EnumRepr::Int, EnumRepr::Int]
    );
}

#[test]
fn interfaces_are_modules_in_the_module() {
    let interface = model(
        "record point { x: f64 }\n\
         far: func(p: shapes.line) -> shapes.failed;\n\
         /// Two of them.\n\
         interface shapes {\n\
             type failed = bool;\n\
             record line { a: point, b: point }\n\
             record text {}\n\
             draw: func(l: line) raises broken;\n\
             exception broken extends other.wrong;\n\
         }\n\
         interface other { exception wrong; record line {} f: func() -> line; }",
    );
    let modules: Vec<_> = interface
        .modules
        .iter()
        .map(|module| (module.name.text.as_str(), module.parent.map(|id| id.0)))
        .collect();
    assert_eq!(
        modules,
        [("example", None), ("shapes", Some(0)), ("other", Some(0))]
    );
    assert_eq!(interface.modules[1].docs.0, ["Two of them."]);
    let homes: Vec<_> = interface
        .records
        .iter()
        .map(|record| (record.name.text.as_str(), record.module.0))
        .collect();
    assert_eq!(homes, [("point", 0), ("line", 1), ("text", 1), ("line", 2)]);
    let result = |name: &str| {
        let functions = interface.functions.iter();
        let mut named = functions.filter(|function| function.name.text == name);
        named.next().unwrap().result.clone()
    };
    assert_eq!(result("f"), Some(Type::Record(crate::model::RecordId(3))));
    assert_eq!(result("far"), Some(Type::Alias(crate::model::AliasId(0))));
}

#[test]
fn names_of_modules_are_names() {
    let text = "interface a { x: func() -> b.none; } a: func(); \
                interface b { record r {} } f: func() -> b.r.s; interface b {} g: func() -> c.d;";
    assert_eq!(
        codes(text),
        [
            Code::DuplicateName,
            Code::DuplicateName,
            Code::UnknownName,
            Code::UnknownName,
            Code::UnknownName
        ]
    );
}

#[test]
fn operators_are_written_as_their_help_says() {
    for (kind, word, python) in OperatorKind::ALL {
        assert_eq!(*python, format!("__{word}__"));
        // The placeholder in the form for a type of the user's choice.
        let form = kind
            .form()
            .replace("(…) -> …", "(a: u8, *, b: u8 = 1) -> u8");
        let text = format!(
            "type k = string; type v = u8; type t = u8; class c {{ operator {word}: {form}; }}"
        );
        let interface = model(&text);
        let ClassItem::Operator(operator) = &interface.classes[0].items[0] else {
            panic!("{word} is no operator");
        };
        assert_eq!(operator.kind, *kind);
    }
}

#[test]
fn packages_can_have_paths() {
    let packages = "package acme:outer/inner { interface shapes { record p { x: u8 } } }
                    package acme:outer { interface shapes { record q { x: u8 } } }";
    let uses = |paths: &str| {
        let interface = format!("interface all {{ {paths} f: func(a: p) -> q; }}");
        codes(&format!("package acme:main; {interface} {packages}"))
    };
    assert_eq!(
        uses("use acme:outer/inner/shapes.{p}; use acme:outer/shapes.{q};"),
        []
    );
    assert_eq!(
        uses("use acme:outer/iner/shapes.{p}; use acme:outer/inner/shape.{q};"),
        [Code::UnknownModule, Code::UnknownModule]
    );
}

#[test]
fn a_literal_fits_a_union_whatever_member_was_tried_first() {
    let interface = model("type x = union<string, u32>; f: func(a: list<x> = [1, 2, \"b\"]);");
    let default = &interface.functions[0].parameters[0].default;
    let Some(Default::Value(Value::List(items))) = default else {
        panic!("{default:?}");
    };
    let members = items.iter().map(|item| match item {
        Value::Member(index, _) => *index,
        other => panic!("{other:?}"),
    });
    assert_eq!(members.collect::<Vec<_>>(), [1, 1, 0]);
}
