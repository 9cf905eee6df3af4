//! Every interface file of the repository, as TOML and back: the same tree, the same comments; and what `pyidl convert`
//! says.

use std::fs;
use std::path::{Path, PathBuf};

use pyidl::unstable::diagnostic::render::{self, Format};
use pyidl::unstable::diagnostic::{Code, Diagnostics, Severity};
use pyidl::unstable::source::{FileId, SourceMap};
use pyidl::unstable::syntax::{self, CommentKind, Form, ast};
use pyidl::unstable::{Compilation, convert, without_places};

/// All files below `directory` with the extension of an interface file.
fn interface_files(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() {
            interface_files(&path, found);
        } else if syntax::is_interface_file(&path) {
            found.push(path);
        }
    }
}

fn all_interface_files() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = Vec::new();
    for directory in ["idl", "examples", "tests"] {
        interface_files(&root.join(directory), &mut found);
    }
    found.sort();
    found
}

/// The tree of a text; `None` if it has errors.
fn tree(name: &str, text: &str) -> Option<ast::File> {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add(name, text);
    let tree = syntax::parse(file, &sources, &mut diagnostics);
    (!diagnostics.has_errors()).then_some(tree)
}

/// The model of a text, as text; `None` if it has errors.
fn model(name: &str, text: &str) -> Option<String> {
    let mut compilation = Compilation::default();
    compilation.add(name, text);
    let found = compilation.diagnostics.has_errors();
    let units = compilation.units.iter();
    let models: Option<Vec<_>> = units
        .map(|unit| Some(unit.interface.as_ref()?.dump()))
        .collect();
    models.filter(|_| !found).map(|models| models.join("\n"))
}

/// `text` in the form `to`, or the findings.
fn converted(name: &str, text: &str, to: Form) -> Result<String, Diagnostics> {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add(name, text);
    convert(file, to, &sources, &mut diagnostics).ok_or(diagnostics)
}

/// The words of all comments, sorted: they are kept, but line breaks may change.
fn comment_words(text: &str, form: Form) -> Vec<String> {
    let mut comments = Vec::new();
    match form {
        Form::Pyidl => {
            let file = FileId::default();
            let tokens = syntax::tokenize(text, file, &mut Diagnostics::default());
            for comment in tokens.comments() {
                let is_plain = matches!(comment.kind, CommentKind::Line | CommentKind::Block);
                if is_plain {
                    comments.push(&text[comment.start as usize..comment.end as usize]);
                }
            }
        }
        // None of the files contains a `#` in a string.
        Form::Toml => comments.extend(
            text.lines()
                .filter_map(|line| line.split_once('#')?.1.into()),
        ),
    }
    let words = comments
        .iter()
        .flat_map(|comment| comment.split_whitespace());
    let markers = ['/', '*'];
    let mut words: Vec<_> = words
        .map(|word| word.trim_matches(markers).to_owned())
        .filter(|word| !word.is_empty())
        .collect();
    words.sort();
    words
}

#[test]
fn trees_survive_both_ways() {
    let (mut checked, mut models) = (0, 0);
    for path in all_interface_files() {
        let text = fs::read_to_string(&path).unwrap_or_default();
        let name = path.file_name().unwrap().to_string_lossy();
        let Some(first) = tree(&name, &text) else {
            continue;
        };
        let form = Form::of(&path);
        let (other, toml, pyidl) = match form {
            Form::Pyidl => (Form::Toml, "x.pyidl.toml", "x.pyidl"),
            Form::Toml => (Form::Pyidl, "x.pyidl", "x.pyidl.toml"),
        };
        let there = match converted(&name, &text, other) {
            Ok(there) => there,
            Err(found) => {
                // TOML has each key once. Nothing else may be in the way.
                assert!(
                    found
                        .iter()
                        .filter(|finding| finding.severity() == Severity::Error)
                        .all(|finding| finding.code == Code::DuplicateName),
                    "{}: {:?}",
                    path.display(),
                    found.sorted()
                );
                continue;
            }
        };
        let shown = path.display();
        let second = tree(toml, &there).unwrap_or_else(|| panic!("{shown}:\n{there}"));
        assert_eq!(without_places(&first), without_places(&second), "{shown}");
        let back = converted(toml, &there, form).unwrap_or_else(|_| panic!("{shown}"));
        let third = tree(pyidl, &back).unwrap_or_else(|| panic!("{shown}:\n{back}"));
        assert_eq!(without_places(&first), without_places(&third), "{shown}");
        // The name of the file may be that of the module.
        let forms = match form {
            Form::Pyidl => [("x.pyidl", &text), ("x.pyidl.toml", &there)],
            Form::Toml => [("x.pyidl.toml", &text), ("x.pyidl", &there)],
        };
        let [one, other_one] = forms.map(|(name, text)| model(name, text));
        assert_eq!(one, other_one, "{shown}");
        models += usize::from(one.is_some());
        let again = converted(pyidl, &back, other).unwrap_or_else(|_| panic!("{shown}"));
        assert_eq!(there, again, "{shown}: converted twice is converted once");
        let comments = comment_words(&text, form);
        assert_eq!(comments, comment_words(&there, other), "{shown}:\n{there}");
        assert_eq!(comments, comment_words(&back, form), "{shown}:\n{back}");
        checked += 1;
    }
    assert!(
        checked >= 40 && models >= 30,
        "only {checked} files, {models} of them right"
    );
}

#[test]
fn examples_as_toml() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("../snapshots/convert");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        insta::glob!("convert/*.pyidl", |path| {
            let text = fs::read_to_string(path).unwrap();
            let name = path.file_name().unwrap().to_string_lossy();
            let toml = converted(&name, &text, Form::Toml).unwrap_or_else(|found| {
                let sources = SourceMap::default();
                render::findings(Format::Human, &found.sorted(), &sources, false)
            });
            let back = converted("x.pyidl.toml", &toml, Form::Pyidl).expect("it is right");
            insta::assert_snapshot!("both", format!("{toml}\n----\n{back}"));
        });
    });
}
