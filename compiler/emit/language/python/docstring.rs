//! Documentation as docstrings; the stub and the module have the same text.

use crate::lower::binding::Binding;
use crate::lower::class::ClassBindings;
use crate::model::{Docs, Name, ParameterKind};
use crate::names;

/// The lines of an item's docstring.
pub(crate) fn lines(docs: &Docs) -> Vec<String> {
    docs.0.iter().map(|line| clean(line)).collect()
}

/// The lines of a function's docstring.
pub(crate) fn function_lines(binding: &Binding) -> Vec<String> {
    with_sections(&binding.name, binding)
}

/// The docstring of a class: its own documentation and that of the constructor.
pub(crate) fn class_docs(class: &ClassBindings) -> Vec<String> {
    let mut docs = lines(&class.head.docs);
    if let Some(constructor) = &class.constructor {
        // The class's own documentation already is the first line.
        let mut more = with_sections(&class.head.name, constructor);
        if !docs.is_empty() && constructor.docs.0.is_empty() {
            more.drain(..more.len().min(2));
        }
        if !docs.is_empty() && !more.is_empty() {
            docs.push(String::new());
        }
        docs.extend(more);
    }
    docs
}

/// The documentation of a binding, followed by the sections `Args` and `Raises` of the [Google
/// style](https://google.github.io/styleguide/pyguide.html#383-functions-and-methods) if they have content. A docstring starts
/// with text: without documentation, with the name in words.
fn with_sections(name: &Name, binding: &Binding) -> Vec<String> {
    let mut docs = lines(&binding.docs);
    let mut arguments = Vec::new();
    for argument in &binding.arguments {
        if let Some((first, more)) = argument.docs.0.split_first() {
            let stars = match argument.kind {
                ParameterKind::VarArgs => "*",
                ParameterKind::VarKeywords => "**",
                _ => "",
            };
            let name = &argument.python_name;
            arguments.push(format!("    {stars}{name}: {}", clean(first)));
            arguments.extend(more.iter().map(|line| indented(&clean(line), 8)));
        }
    }
    let raises = binding.raised.iter().map(|name| format!("    {name}"));
    for (title, section) in [("Args:", arguments), ("Raises:", raises.collect())] {
        if section.is_empty() {
            continue;
        }
        if docs.is_empty() {
            docs.push(summary(name));
        }
        docs.push(String::new());
        docs.push(title.to_owned());
        docs.extend(section);
    }
    docs
}

/// `Move to.`
fn summary(name: &Name) -> String {
    let words = names::words(&name.text).join(" ");
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    format!("{first}{}.", letters.as_str())
}

/// The docstring as a string.
pub(crate) fn text(lines: &[String]) -> String {
    let text = lines.join("\n");
    if starts_below(lines) {
        format!("\n{text}")
    } else {
        text
    }
}

/// The docstring as Python source at `indent`; none without lines.
pub(crate) fn source(lines: &[String], indent: usize) -> Option<String> {
    let (first, more) = lines.split_first()?;
    let mut text = match starts_below(lines) {
        true => format!("\"\"\"\n{}", indented(&escape(first), indent)),
        false => format!("\"\"\"{}", escape(first)),
    };
    for line in more {
        text += &format!("\n{}", indented(&escape(line), indent));
    }
    if text.contains('\n') {
        return Some(format!("{text}\n{}\"\"\"", " ".repeat(indent)));
    }
    // A trailing quote would be read as one of the closing quotes.
    if let Some(before) = text[3..].strip_suffix('"') {
        let backslashes = before.len() - before.trim_end_matches('\\').len();
        if backslashes % 2 == 0 {
            text.insert(text.len() - 1, '\\');
        }
    }
    Some(text + "\"\"\"")
}

/// Whether the first line must be below the quotes: `inspect.cleandoc` removes the common indentation of all other lines, and
/// must remove nothing.
fn starts_below(lines: &[String]) -> bool {
    let mut more = lines
        .iter()
        .skip(1)
        .filter(|line| !line.is_empty())
        .peekable();
    more.peek().is_some() && more.all(|line| line.starts_with([' ', '\t']))
}

fn indented(line: &str, indent: usize) -> String {
    if line.is_empty() {
        String::new()
    } else {
        format!("{}{line}", " ".repeat(indent))
    }
}

fn escape(line: &str) -> String {
    line.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"")
}

/// A line without control characters, which neither a C string nor Python source can contain.
fn clean(line: &str) -> String {
    line.replace(|c: char| c.is_control() && c != '\t', "\u{fffd}")
        .trim_end()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn docstring(text: &str) -> String {
        let lines: Vec<_> = text.lines().map(str::to_owned).collect();
        source(&lines, 4).unwrap_or_default()
    }

    #[test]
    fn quotes_and_backslashes_are_escaped() {
        assert_eq!(
            docstring("Ends with a \"quote\""),
            r#""""Ends with a "quote\"""""#
        );
        assert_eq!(docstring(r#"a """ \n"#), r#""""a \"\"\" \\n""""#);
        assert_eq!(docstring("\""), r#""""\"""""#);
        assert_eq!(docstring(r#"""""#), r#""""\"\"\"""""#);
        assert_eq!(docstring(r"ends with \"), r#""""ends with \\""""#);
    }

    #[test]
    fn lines_are_indented() {
        assert_eq!(docstring("a\n\nb"), "\"\"\"a\n\n    b\n    \"\"\"");
        assert_eq!(
            docstring("Raises:\n    A"),
            "\"\"\"\n    Raises:\n        A\n    \"\"\""
        );
        assert_eq!(source(&[], 4), None);
    }
}
