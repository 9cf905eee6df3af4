//! Trees as text, and the formatter: `pyidl::unstable::syntax::print`.
//!
//! To add a case, add a file (`.pyidl` or `.wit`) to `tests/fmt` and run the tests with `INSTA_UPDATE=always`.

#[path = "fmt/tree.rs"]
mod tree;
#[path = "fmt/variations.rs"]
mod variations;

use std::fs;
use std::path::{Path, PathBuf};

use pyidl::unstable::syntax::ast::{FunctionBody, ItemKind};
use pyidl::unstable::syntax::print;
use tree::Parsed;
use variations::{COMMENTS, Random};

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

/// Checks the properties of every formatted text; returns it.
fn formatted(parsed: &Parsed) -> String {
    let text = parsed.formatted();
    let again = Parsed::new(&text);
    let both = || format!("{}\n=====\n{text}", parsed.text);
    assert!(!again.has_errors(), "{}\n{}", again.report(), both());
    // The first test shows that trees with the same text are the same.
    let trees = [&again, parsed].map(|parsed| print::file_text(&parsed.tree));
    assert_eq!(trees[0], trees[1], "{}", both());
    assert_eq!(again.comments(), parsed.comments(), "{}", both());
    let twice = again.formatted();
    if let Some((once, twice)) = text
        .lines()
        .zip(twice.lines())
        .find(|(once, twice)| once != twice)
    {
        panic!("once: {once}\ntwice: {twice}\n{}", both());
    }
    assert_eq!(twice, text, "{}", both());
    assert!(text.is_empty() || text.ends_with('\n'), "{}", both());
    assert!(!text.contains("\n\n\n"), "{}", both());
    check_lines(&again, &both);
    text
}

/// No line ends with a blank, and lines that are too long cannot be broken: their code, without comments, has no possible line
/// break.
fn check_lines(formatted: &Parsed, both: &dyn Fn() -> String) {
    let mut start = 0;
    for line in formatted.text.split_inclusive('\n') {
        let range = start..start + line.len();
        start = range.end;
        let is_comment = |place: usize| {
            let comments = formatted.tokens.comments();
            let at = comments.partition_point(|comment| comment.start as usize <= place);
            at > 0 && comments[at - 1].end as usize > place
        };
        let code = line
            .char_indices()
            .filter(|(at, _)| !is_comment(range.start + at));
        let code: String = code.map(|(_, c)| c).collect();
        let line = line.trim_end_matches('\n');
        assert_eq!(line, line.trim_end(), "{}", both());
        if code.trim_end().chars().count() > print::WIDTH {
            let code = code.replace("()", "");
            let inside = code.trim_end().trim_end_matches([',', '(']);
            assert!(
                !inside.contains([',', '(']) || code.contains('"'),
                "{line}\n{}",
                both()
            );
        }
    }
}

#[test]
fn ugly_files() {
    insta::with_settings!({
        snapshot_path => "../snapshots/fmt",
        prepend_module_to_snapshot => false,
        omit_expression => true,
    }, {
        insta::glob!("fmt/*.{pyidl,wit}", |path| {
            let parsed = Parsed::new(&fs::read_to_string(path).expect("the file can be read"));
            assert!(!parsed.has_errors(), "{}\n{}", path.display(), parsed.report());
            insta::assert_snapshot!("formatted", formatted(&parsed));
        });
    });
}

#[test]
fn all_interface_files_can_be_formatted() {
    for (_, parsed) in interface_files() {
        formatted(&parsed);
    }
}

/// Formats and checks the variations without errors, and counts them.
#[derive(Default)]
struct Count {
    valid: usize,
    all: usize,
    /// The errors of the first variation that has any.
    report: String,
}

impl Count {
    fn check(&mut self, text: &str) {
        self.all += 1;
        let parsed = Parsed::new(text);
        if parsed.has_errors() {
            if self.report.is_empty() {
                self.report = parsed.report();
            }
            return;
        }
        self.valid += 1;
        formatted(&parsed);
    }

    /// Fails if more than a hundredth has errors: few messages depend on the text between tokens.
    fn finish(self) {
        let Self { valid, all, report } = self;
        assert!(all > 100, "{all}");
        assert!(
            valid * 100 >= all * 99,
            "{valid} of {all} are valid; {report}"
        );
    }
}

#[test]
fn blanks_do_not_matter() {
    let mut random = Random::new(1);
    let mut count = Count::default();
    for (_, parsed) in interface_files() {
        count.check(&variations::shaken(&parsed, &mut random, 0));
    }
    count.finish();
}

#[test]
fn comments_are_kept_everywhere() {
    let mut random = Random::new(2);
    let mut count = Count::default();
    let shares = [3, 20, 100].into_iter().cycle();
    for ((_, parsed), share) in interface_files().iter().zip(shares) {
        count.check(&variations::shaken(parsed, &mut random, share));
    }
    count.finish();
}

/// Each kind of comment before each token, a few tokens from the next one.
#[test]
fn each_comment_in_each_place() {
    const DISTANCE: usize = 3;
    let mut count = Count::default();
    for name in [
        "geometry",
        "types_and_values",
        "packages_and_worlds",
        "functions",
    ] {
        let path = repository().join("tests/syntax").join(name);
        let text = fs::read_to_string(path.with_extension("pyidl")).expect("the file can be read");
        let parsed = Parsed::new(&text);
        let tokens = parsed.tokens.tokens();
        for first in 0..DISTANCE {
            for comment in COMMENTS {
                count.check(&variations::variation(&parsed, |number, gap| {
                    let is_wanted =
                        number % DISTANCE == first && variations::may_break(tokens, number);
                    is_wanted
                        .then(|| format!("{gap} {}", comment.replace('#', &number.to_string())))
                }));
            }
        }
    }
    count.finish();
}
