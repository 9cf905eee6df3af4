//! Templates with layouts: each is formatted where it stands.

use crate::render::Templates;
use crate::render::layout::Layout;

static TEMPLATES: Templates = Templates::rust(&[
    ("field", "    {{name}}: {{value}},\n"),
    ("two", "    {{#each this}}{{this}} + {{/each}}0\n"),
    ("let", "        let {{name}}{{annotation}} = {{value}};\n"),
    (
        "function",
        "    fn f<{{name}}>{{annotation}} -> {{value}} {\n",
    ),
    ("impl", "impl {{name}} for {{value}} {\n"),
    ("block", "def f():\n    {{this}}\n    pass\n"),
    ("outer", "{{#each this}}\n    {{> field}}\n{{/each}}\n"),
    ("parts", "{{#each this}}\n{{this}}\n{{/each}}\n"),
]);

/// A view of the templates above.
#[derive(serde::Serialize)]
struct View {
    name: String,
    annotation: Layout,
    value: Layout,
}

fn view(name: &str, annotation: Layout, value: Layout) -> View {
    View {
        name: name.to_owned(),
        annotation,
        value,
    }
}

fn call(arguments: usize) -> Layout {
    Layout::call("call", vec!["an_argument".into(); arguments])
}

#[test]
fn a_layout_breaks_by_its_column_and_what_follows() {
    let fit = |name: usize| {
        let call = Layout::call("c".repeat(40), vec!["a".repeat(40).into()]);
        let view = view(&"n".repeat(name), "".into(), call);
        TEMPLATES.render("field", &view).lines().count()
    };
    // 4 columns before the name, `: `, the call and its parentheses, a comma.
    assert_eq!([fit(11), fit(12)], [1, 3]);
}

#[test]
fn several_layouts_stand_on_one_line() {
    let text = TEMPLATES.render("two", &[call(1), call(1)]);
    assert_eq!(text, "    call(an_argument) + call(an_argument) + 0\n");
    let text = TEMPLATES.render("two", &[call(9)]);
    let lines: Vec<_> = text.lines().collect();
    assert_eq!(lines[..2], ["    call(", "        an_argument,"]);
    assert_eq!(lines.last(), Some(&"    ) + 0"));
}

#[test]
fn a_line_is_broken_by_what_it_declares() {
    let long = "x".repeat(85);
    let text = TEMPLATES.render("impl", &view("Trait", "".into(), long.as_str().into()));
    assert_eq!(text, format!("impl Trait\n    for {long}\n{{\n"));
    let parameters = Layout::Parameters(vec!["a: u8".into(), "b: u8".into()]);
    let text = TEMPLATES.render("function", &view("L", parameters.clone(), "bool".into()));
    assert_eq!(text, "    fn f<L>(a: u8, b: u8) -> bool {\n");
    let text = TEMPLATES.render("function", &view("L", parameters, long.as_str().into()));
    assert_eq!(text.lines().count(), 4, "{text}");
}

#[test]
fn a_long_type_of_a_variable_is_left_out() {
    let with = |ty: &str| {
        let annotation = Layout::from(ty).annotation();
        TEMPLATES.render("let", &view("a", annotation, call(1)))
    };
    assert_eq!(with("u8"), "        let a: u8 = call(an_argument);\n");
    assert_eq!(
        with(&"T".repeat(61)),
        "        let a = call(an_argument);\n"
    );
}

#[test]
fn lines_are_indented_like_the_first() {
    let lines = ["\"\"\"One.", "", "Two.", "\"\"\""].map(str::to_owned);
    let text = TEMPLATES.render("block", &Layout::Lines(lines.into()));
    let expected = "def f():\n    \"\"\"One.\n\n    Two.\n    \"\"\"\n    pass\n";
    assert_eq!(text, expected);
    let text = TEMPLATES.render("block", &Layout::Lines(Vec::new()));
    assert_eq!(text, "def f():\n    pass\n");
}

#[test]
fn a_partial_is_indented_before_its_layouts_are_formatted() {
    let call = Layout::call("c".repeat(40), vec!["a".repeat(40).into()]);
    let views = [
        view("nnnnnnn", "".into(), call.clone()),
        view("n", "".into(), call),
    ];
    let text = TEMPLATES.render("outer", &views);
    assert!(text.starts_with("        nnnnnnn: ccc"), "{text}");
    assert_eq!(text.lines().count(), 2, "{text}");
    let mut views = views;
    views[0].name.push('n');
    let text = TEMPLATES.render("outer", &views);
    assert_eq!(text.lines().count(), 4, "{text}");
    assert!(text.contains("(\n            aaa"), "{text}");
}

#[test]
fn finished_parts_stay_as_they_are() {
    let long = format!("use {}::{{a, b}};", "x".repeat(100));
    let parts = [long.as_str(), "b"].map(|part| Layout::Finished(part.to_owned()));
    assert_eq!(TEMPLATES.render("parts", &parts), format!("{long}\nb\n"));
}
