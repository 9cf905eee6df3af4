//! `use` lines.

use std::cmp::Ordering;

use super::{TAB, fill};

/// `use path::{names};`, with braces where there are several.
pub(crate) fn import(path: &str, names: &[String]) -> String {
    if let [name] = names {
        return format!("use {path}::{name};");
    }
    let mut names = names.to_vec();
    names.sort_by(|a, b| version_order(a, b));
    format!("use {path}::{{{}}};", names.join(", "))
}

/// `use path::{names};` over several lines.
pub(super) fn broken(path: &str, names: &str) -> String {
    let names: Vec<_> = names.split(", ").collect();
    format!("use {path}::{{\n{}\n}};", fill(&names, TAB, 1))
}

/// rustfmt's order of names: runs of digits count as numbers, an underscore comes before everything else.
fn version_order(a: &str, b: &str) -> Ordering {
    let key = |name: &str| {
        let mut chunks: Vec<(String, u128)> = vec![(String::new(), 0)];
        let mut in_digits = false;
        for letter in name.chars() {
            match letter.to_digit(10) {
                Some(digit) => {
                    let number = &mut chunks.last_mut().expect("never empty").1;
                    *number = number.saturating_mul(10).saturating_add(u128::from(digit));
                    in_digits = true;
                }
                None => {
                    if std::mem::take(&mut in_digits) {
                        chunks.push((String::new(), 0));
                    }
                    let letter = if letter == '_' { '\0' } else { letter };
                    chunks.last_mut().expect("never empty").0.push(letter);
                }
            }
        }
        chunks
    };
    key(a).cmp(&key(b)).then_with(|| a.cmp(b))
}
