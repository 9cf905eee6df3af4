//! Trees as text, and the formatter: `pyidl::syntax::print`.

#[path = "fmt/tree.rs"]
mod tree;

use std::fs;
use std::path::{Path, PathBuf};

use pyidl::syntax::ast::{FunctionBody, ItemKind};
use pyidl::syntax::print;
use tree::Parsed;

fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Every interface file of the repository without errors.
fn interface_files() -> Vec<(PathBuf, Parsed)> {
    let mut folders: Vec<_> = ["idl", "tests", "examples", "bench"]
        .map(|folder| repository().join(folder))
        .into();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).expect("the folder can be listed") {
            let path = entry.expect("the folder can be listed").path();
            let is_interface = path
                .extension()
                .is_some_and(|extension| extension == "pyidl" || extension == "wit");
            if path.is_dir() {
                folders.push(path);
            } else if is_interface {
                files.push(path);
            }
        }
    }
    files.sort();
    let parsed = files.into_iter().filter_map(|path| {
        let text = fs::read(&path).expect("the file can be read");
        let parsed = Parsed::new(&String::from_utf8(text).ok()?);
        (!parsed.has_errors()).then_some((path, parsed))
    });
    parsed.collect()
}

#[test]
fn trees_as_text_are_read_as_the_same_trees() {
    let files = interface_files();
    assert!(files.len() > 20, "{} files", files.len());
    for (path, parsed) in files {
        let text = print::file_text(&parsed.tree);
        let again = Parsed::new(&text);
        let path = path.display();
        assert_eq!(again.report(), "", "{path}\n{text}");
        assert_eq!(again.dump(), parsed.dump(), "{path}\n{text}");
        assert_eq!(print::file_text(&again.tree), text, "{path}");
    }
}

#[test]
fn parts_on_one_line() {
    let text = "@deprecated(version = 1.2.0, message = \"a \\\"b\\\"\\n\\7f\")\n\
        type a = map<string,ndarray<f64,[rows,_,3],mutable=true>>;\n\
        type b = async func(%type:u8,list<u8,4>)->future raises a.b|c;\n\
        const c: d = {x:-1_000,y:[(0xff,1.5e3),bold|unit.dashed,...]};\n\
        f: func(a:u8,/,b:u8=1,*c:d,**e:f)->g raises h;\n\
        class i { g: static async func(\n/// First.\n\n/// Second.\n@j a:u8,*,b:u8); constructor(@j(1) a:u8,/); }\n\
        use wasi:io/streams@0.2.0.{a};";
    let parsed = Parsed::new(text);
    assert!(!parsed.has_errors(), "{}", parsed.report());
    let mut lines = Vec::new();
    for item in &parsed.tree.items {
        lines.extend(item.meta.attributes.iter().map(print::attribute_text));
        lines.extend(
            item.meta
                .attributes
                .iter()
                .map(|a| print::arguments_text(&a.arguments)),
        );
        let items = match &item.kind {
            ItemKind::Class(class) => class.items.iter().collect(),
            _ => vec![item],
        };
        for item in items {
            lines.extend(match &item.kind {
                ItemKind::Alias(alias) => alias.ty.as_ref().map(print::type_text),
                ItemKind::Const(item) => item.value.as_ref().map(print::literal_text),
                ItemKind::UseNames(names) => Some(print::use_path_text(&names.path)),
                ItemKind::Function(function) => match &function.body {
                    FunctionBody::Signature(signature) => Some(print::signature_text(signature)),
                    FunctionBody::Overload(_) => None,
                },
                ItemKind::Constructor(constructor) => match &constructor.body {
                    FunctionBody::Signature(signature) => Some(print::constructor_text(signature)),
                    FunctionBody::Overload(_) => None,
                },
                _ => None,
            });
        }
    }
    insta::assert_snapshot!(lines.join("\n"), @r#"
    @deprecated(version = 1.2.0, message = "a \"b\"\n\u{7f}")
    (version = 1.2.0, message = "a \"b\"\n\u{7f}")
    map<string, ndarray<f64, [rows, _, 3], mutable = true>>
    async func(%type: u8, list<u8, 4>) -> future raises a.b | c
    { x: -1_000, y: [(0xff, 1.5e3), bold | unit.dashed, ...] }
    func(a: u8, /, b: u8 = 1, *c: d, **e: f) -> g raises h
    static async func(
        /// First.
        /// Second.
        @j a: u8,
        *,
        b: u8,
    )
    (@j(1) a: u8, /)
    wasi:io/streams@0.2.0
    "#);
}

/// What every formatted text must hold; returns it.
fn formatted(parsed: &Parsed) -> String {
    let text = print::format(&parsed.tree, &parsed.text, &parsed.tokens)
        .unwrap_or_else(|| panic!("cannot be formatted:\n{}", parsed.text));
    let again = Parsed::new(&text);
    let both = || format!("{}\n=====\n{text}", parsed.text);
    assert!(!again.has_errors(), "{}\n{}", again.report(), both());
    assert_eq!(again.dump(), parsed.dump(), "{}", both());
    let twice = print::format(&again.tree, &again.text, &again.tokens);
    assert_eq!(twice.as_ref(), Some(&text), "{}", both());
    text
}

#[test]
fn all_interface_files_can_be_formatted() {
    for (_, parsed) in interface_files() {
        formatted(&parsed);
    }
}
