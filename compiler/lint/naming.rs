//! `mixed-naming`

use super::Rule;
use super::context::Linter;
use crate::syntax::ast::Name;

/// Whether the name has more than one word.
pub(super) fn has_several_words(name: &Name) -> bool {
    let core = name.text.trim_matches('_');
    core.contains(['-', '_'])
}

/// In a file with both spellings, the rarer one is reported; if they are equally common, the later one.
pub(super) fn check(linter: &mut Linter<'_, '_>) {
    let names = std::mem::take(&mut linter.names);
    let is_kebab = |name: &&&Name| name.text.contains('-');
    let kebab = names.iter().filter(is_kebab).count();
    let snake = names.len() - kebab;
    let first_is_kebab = names.first().is_some_and(|name| is_kebab(&name));
    let kebab_wins = kebab > snake || (kebab == snake && first_is_kebab);
    for name in &names {
        if is_kebab(&name) == kebab_wins {
            continue;
        }
        let (from, to) = if kebab_wins { ('_', '-') } else { ('-', '_') };
        let core = name.text.trim_matches('_');
        let other = name
            .text
            .replace(core, &core.replace(from, &to.to_string()));
        linter.report(
            Rule::MixedNaming,
            name.span,
            format!("most names of this file have `{to}` between their words"),
            "",
            format!("write `{other}`"),
        );
    }
}
