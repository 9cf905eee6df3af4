//! Names that are neither in kebab-case nor in snake_case.

use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::names::{camel, pascal, python_keyword, snake, upper_snake};
use crate::source::Span;
use crate::syntax::ast;

/// A declared name in a form that the language does not have.
#[derive(Clone, Debug)]
pub(crate) struct WrongName {
    span: Span,
    text: String,
    /// What it names: "the record".
    what: &'static str,
}

impl WrongName {
    /// The error in the name of `what`. Words in capitals only are valid in kebab-case, as in WIT: `parse-XML`.
    pub(crate) fn of(name: &ast::Name, what: &'static str) -> Option<Self> {
        let text = &name.text;
        let has_capitals = |part: &str| part.contains(|c: char| c.is_ascii_uppercase());
        let is_mixed =
            |part: &str| has_capitals(part) && part.contains(|c: char| c.is_ascii_lowercase());
        let is_part = |part: &str| !(part.is_empty() || is_mixed(part));
        // Leading and trailing underscores have a meaning in Python.
        let core = text.strip_prefix('_').unwrap_or(text);
        let core = core.strip_suffix('_').unwrap_or(core);
        let is_right =
            core.split(['-', '_']).all(is_part) && !(has_capitals(core) && core.contains('_'));
        // The lexer reports other alphabets.
        (text.is_ascii() && !is_right).then(|| Self {
            span: name.span,
            text: text.clone(),
            what,
        })
    }

    /// Its place.
    pub(crate) fn span(&self) -> Span {
        self.span
    }
}

/// The errors in the names of one list: a single finding for all, since their common cause is a habit.
pub(crate) fn wrong_names(names: &[WrongName], is_wit: bool) -> Option<Diagnostic> {
    const LABEL: &str = "each target language re-cases names by itself";
    let (first, others) = names.split_first()?;
    let message = format!(
        "{} neither in kebab-case nor in snake_case",
        subject(first, others)
    );
    let mut diagnostic = Diagnostic::new(Code::NameForm, first.span, message, LABEL);
    for other in others {
        diagnostic = diagnostic.cause(other.span, "and this one");
    }
    let spellings: Vec<_> = names
        .iter()
        .map(|name| suggest::kebab_case(&name.text))
        .filter(|right| !right.is_empty())
        .map(|right| format!("`{right}`"))
        .collect();
    let diagnostic = match spellings.as_slice() {
        [] => diagnostic.help("write a name of letters and digits, with `-` or `_` between words"),
        [one] => diagnostic.help(format!("write {one}")),
        [all @ .., last] => diagnostic.help(format!("write {} and {last}", all.join(", "))),
    };
    Some(match in_python(names) {
        Some(help) if !is_wit => diagnostic.help(help),
        _ => diagnostic,
    })
}

/// How to keep a name as written in Python, if the right name would not become it anyway.
fn in_python(names: &[WrongName]) -> Option<String> {
    let (kept, is_camel) = names.iter().find_map(|name| {
        let right = suggest::kebab_case(&name.text);
        let recased = match name.what.strip_prefix("the ")? {
            "record" | "enum" | "exception" | "class" | "variant" | "flags" | "type"
            | "protocol" | "case" => pascal(&right),
            "constant" | "member" => upper_snake(&right),
            _ => snake(&right),
        };
        let is_value = recased == snake(&right);
        let is_name = is_python_name(&name.text) && !right.is_empty() && recased != name.text;
        is_name.then(|| (name, is_value && camel(&right) == name.text))
    })?;
    let one = format!(
        "to keep this name in Python, write `@py.name(\"{}\")` before it",
        kept.text
    );
    Some(match is_camel {
        true => format!(
            "{one}, or for all such names `@py.names(camel-case)` before the line `package …;`"
        ),
        false => one,
    })
}

/// Whether `@py.name` accepts a text, which is ASCII.
fn is_python_name(text: &str) -> bool {
    let is_letter = |c: char| c == '_' || c.is_ascii_alphanumeric();
    text.chars().all(is_letter)
        && !text.starts_with(|c: char| c.is_ascii_digit())
        && !python_keyword(text)
}

/// The names as the start of a sentence.
fn subject(first: &WrongName, others: &[WrongName]) -> String {
    let quoted = |name: &WrongName| format!("`{}`", name.text);
    match others {
        [] => format!("{} is", quoted(first)),
        [other] => format!("{} and {} are", quoted(first), quoted(other)),
        _ => {
            let is_same = others.iter().all(|other| other.what == first.what);
            let kind = match first.what.strip_prefix("the ") {
                Some(kind) if is_same => kind,
                _ => "name",
            };
            let count = others.len();
            format!("the {kind} {} and {count} more {kind}s are", quoted(first))
        }
    }
}
