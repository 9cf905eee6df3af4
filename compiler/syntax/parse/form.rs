//! Names that are neither in kebab-case nor in snake_case.

use super::super::ast;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::source::Span;

/// A declared name in another form than the language has.
#[derive(Clone, Debug)]
pub(crate) struct WrongName {
    span: Span,
    text: String,
    /// Of what it is the name: "the record".
    what: &'static str,
}

impl WrongName {
    /// What is wrong with the name of `what`. Words of capitals only are fine in kebab-case, as in WIT: `parse-XML`.
    pub(super) fn of(name: &ast::Name, what: &'static str) -> Option<Self> {
        let text = &name.text;
        let has_capitals = |part: &str| part.contains(|c: char| c.is_ascii_uppercase());
        let is_mixed =
            |part: &str| has_capitals(part) && part.contains(|c: char| c.is_ascii_lowercase());
        let is_part = |part: &str| !(part.is_empty() || is_mixed(part));
        // Underscores at the ends have their meaning for Python.
        let core = text.strip_prefix('_').unwrap_or(text);
        let core = core.strip_suffix('_').unwrap_or(core);
        let is_right =
            core.split(['-', '_']).all(is_part) && !(has_capitals(core) && core.contains('_'));
        // Other alphabets are reported by the lexer.
        (text.is_ascii() && !is_right).then(|| Self {
            span: name.span,
            text: text.clone(),
            what,
        })
    }

    /// Where it stands.
    pub(crate) fn span(&self) -> Span {
        self.span
    }
}

/// What is wrong with the names of one list: one finding for all of them, since they have one cause, a habit.
pub(crate) fn wrong_names(names: &[WrongName]) -> Option<Diagnostic> {
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
    Some(match spellings.as_slice() {
        [] => diagnostic.help("write a name of letters and digits, with `-` or `_` between words"),
        [one] => diagnostic.help(format!("write {one}")),
        [all @ .., last] => diagnostic.help(format!("write {} and {last}", all.join(", "))),
    })
}

/// The names as the beginning of a sentence.
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
