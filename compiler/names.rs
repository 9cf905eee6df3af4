//! Splits names into words, and spells them as Rust and Python do.
//!
//! A name is split into words at `-`, at `_`, and where a capital follows a small letter or digit. Leading and trailing
//! underscores are kept, so that `_private` and `type_` keep their meaning in Python.

/// The words of `name` in lower case: `min-length`, `min_length` and `minLength` are all `["min", "length"]`.
pub(crate) fn words(name: &str) -> Vec<String> {
    split(name).map(str::to_lowercase).collect()
}

/// The words of `name` as they are spelled in it.
fn split(name: &str) -> impl Iterator<Item = &str> {
    let mut rest = name;
    std::iter::from_fn(move || {
        rest = rest.trim_start_matches(['-', '_']);
        let (word, after) = rest.split_at(end_of_word(rest));
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

/// The length in bytes of the first word of `text`.
fn end_of_word(text: &str) -> usize {
    // Most names consist of small letters, where only a separator ends a word.
    let is_small = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let small = text.bytes().take_while(is_small).count();
    if matches!(text.as_bytes().get(small), None | Some(b'-' | b'_')) {
        return small;
    }
    let mut letters = text.char_indices().peekable();
    let mut before: Option<char> = None;
    while let Some((at, letter)) = letters.next() {
        if matches!(letter, '-' | '_') {
            return at;
        }
        if let Some(before) = before.filter(|_| letter.is_uppercase()) {
            let next = letters.peek().map(|(_, next)| *next);
            if !before.is_uppercase() || next.is_some_and(char::is_lowercase) {
                return at;
            }
        }
        before = Some(letter);
    }
    text.len()
}

/// `min_length`: Rust functions, Python functions, parameters and fields.
pub(crate) fn snake(name: &str) -> String {
    recase(name, "_", push_lower)
}

/// `min-length`: the common form of all spellings of a name.
pub(crate) fn kebab(name: &str) -> String {
    recase(name.trim_matches('_'), "-", push_lower)
}

/// `MIN_LENGTH`: constants, members of enums in Python.
pub(crate) fn upper_snake(name: &str) -> String {
    snake(name).to_uppercase()
}

/// `MinLength`: types, and members of enums in Rust.
pub(crate) fn pascal(name: &str) -> String {
    recase(name, "", push_capitalised)
}

/// `minLength`: Python functions, parameters and fields, if a package asks for it.
pub(crate) fn camel(name: &str) -> String {
    recase(name, "", |recased, word| {
        if recased.trim_start_matches('_').is_empty() {
            push_lower(recased, word);
        } else {
            push_capitalised(recased, word);
        }
    })
}

fn push_capitalised(text: &mut String, word: &str) {
    let mut letters = word.chars();
    text.extend(letters.next().into_iter().flat_map(char::to_uppercase));
    push_lower(text, letters.as_str());
}

fn push_lower(text: &mut String, word: &str) {
    if word.is_ascii() {
        let start = text.len();
        text.push_str(word);
        text[start..].make_ascii_lowercase();
    } else {
        text.push_str(&word.to_lowercase());
    }
}

/// The words of `name`, each written by `push`, with the leading and trailing underscores of `name`.
fn recase(name: &str, separator: &str, push: impl Fn(&mut String, &str)) -> String {
    let core = name.trim_matches('_');
    let before = name.len() - name.trim_start_matches('_').len();
    let after = if core.is_empty() {
        0
    } else {
        name.len() - before - core.len()
    };
    let mut recased = String::with_capacity(name.len() + 4);
    recased.push_str(&name[..before]);
    for (index, word) in split(core).enumerate() {
        if index > 0 {
            recased.push_str(separator);
        }
        push(&mut recased, word);
    }
    recased.push_str(&name[name.len() - after..]);
    recased
}

/// One name of several parts: `FunctionGreet`. Underscores around a part are put around the whole, `_FunctionGreet`: rustc's
/// lints would object to them in the middle, and without them `greet` and `_greet` would be the same.
pub(crate) fn compound(parts: &[&str], separator: &str) -> String {
    let core = |part: &&str| part.trim_matches('_').to_owned();
    let cores: Vec<_> = parts.iter().map(core).collect();
    let mut around = [0, 0];
    for part in parts {
        around[0] += part.len() - part.trim_start_matches('_').len();
        around[1] += part.len() - part.trim_end_matches('_').len();
    }
    let [before, after] = around.map(|length| "_".repeat(length));
    before + &cores.join(separator) + &after
}

/// Python's name for the union of the cases of the variant `name`: `CommandCase`.
pub(crate) fn python_union(name: &str) -> String {
    format!("{name}Case")
}

/// Whether Python reserves `word` (`keyword.kwlist`; soft keywords such as `match` are ordinary names).
pub(crate) fn python_keyword(word: &str) -> bool {
    PYTHON_KEYWORDS.contains(&word)
}

/// Whether Rust reserves `word` in some edition.
pub(crate) fn rust_keyword(word: &str) -> bool {
    RUST_KEYWORDS.contains(&word)
}

/// `word` as a name in Python: an underscore is appended to a keyword, as PEP 8 recommends.
pub(crate) fn python_identifier(word: String) -> String {
    if python_keyword(&word) {
        word + "_"
    } else {
        word
    }
}

/// `word` as a name in Rust: a keyword becomes a raw identifier, or gets an underscore if Rust has no raw form of it.
pub(crate) fn rust_identifier(word: String) -> String {
    match word.as_str() {
        "self" | "Self" | "super" | "crate" | "_" => word + "_",
        _ if rust_keyword(&word) => format!("r#{word}"),
        _ => word,
    }
}

const PYTHON_KEYWORDS: &[&str] = &[
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue",
    "def", "del", "elif", "else", "except", "finally", "for", "from", "global", "if", "import",
    "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try", "while",
    "with", "yield",
];

const RUST_KEYWORDS: &[&str] = &[
    "Self", "abstract", "as", "async", "await", "become", "box", "break", "const", "continue",
    "crate", "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if",
    "impl", "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub",
    "ref", "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// What WIT compares names by: their letters, whatever their case and hyphens.
pub(crate) fn wit_key(name: &str) -> String {
    name.chars()
        .filter(|letter| !matches!(letter, '-' | '_'))
        .flat_map(char::to_lowercase)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn splits_into_words() {
        for name in [
            "min-length",
            "min_length",
            "minLength",
            "MinLength",
            "MIN-length",
            "_min__length_",
        ] {
            assert_eq!(words(name), ["min", "length"], "{name}");
        }
        assert_eq!(words("XMLParser"), ["xml", "parser"]);
        assert_eq!(words("utf8-text"), ["utf8", "text"]);
        assert_eq!(words("sha256Sum"), ["sha256", "sum"]);
        assert!(words("").is_empty() && words("__").is_empty());
    }

    #[test]
    fn underscores_go_around_names_of_several_parts() {
        assert_eq!(compound(&["Function", "Greet"], ""), "FunctionGreet");
        assert_eq!(compound(&["Function", "_Greet"], ""), "_FunctionGreet");
        assert_eq!(compound(&["Inner_", "Class"], ""), "InnerClass_");
        assert_eq!(compound(&["set", "_left_"], "_"), "_set_left_");
    }

    #[test]
    fn recases() {
        assert_eq!(snake("line-to"), "line_to");
        assert_eq!(pascal("line-to"), "LineTo");
        assert_eq!(upper_snake("line-to"), "LINE_TO");
        assert_eq!(snake("_private-part"), "_private_part");
        assert_eq!(camel("line-to"), "lineTo");
        assert_eq!(camel("HTTP-server-2"), "httpServer2");
        assert_eq!(camel("_private-part_"), "_privatePart_");
        assert_eq!((camel("line"), camel("__")), ("line".into(), "__".into()));
        assert_eq!(snake("type_"), "type_");
        assert_eq!(snake("__"), "__");
    }

    #[test]
    fn escapes_keywords() {
        assert_eq!(python_identifier(snake("lambda")), "lambda_");
        assert_eq!(python_identifier(pascal("none")), "None_");
        assert_eq!(python_identifier(snake("match")), "match");
        assert_eq!(rust_identifier(snake("type")), "r#type");
        assert_eq!(rust_identifier(snake("self")), "self_");
        assert_eq!(rust_identifier(pascal("self")), "Self_");
    }
}
