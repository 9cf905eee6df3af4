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
const INTERFACE: &str = include_str!("any_crate/everything.pyidl");

/// The implementation of [`INTERFACE`], in a crate whose prelude is empty.
const IMPLEMENTATION: &str = include_str!("any_crate/everything.rs");

/// Definitions around generated code that could shadow the names that it uses: macros in scope as well as types.
const SHADOWS: &str = include_str!("any_crate/shadows.rs");

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

/// Markdown that rustdoc would compile as a test, and text that could end the comment around it.
const HOSTILE: &str = include_str!("any_crate/hostile.txt");

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
