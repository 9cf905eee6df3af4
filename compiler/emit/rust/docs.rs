//! Documentation as Rust doc comments.
//!
//! rustdoc runs code in documentation as Rust unless it is marked as another language, and code in interface files is usually not
//! Rust. So text that Markdown could read as containing code becomes a `doc` attribute that is absent when rustdoc runs tests.
//! All other text becomes a comment, which is easier to read.

use crate::lower::binding::Binding;
use crate::model::Docs;
use crate::render::layout::{Layout, doc_attribute};

/// The lines that document an item.
pub(crate) fn lines(docs: &Docs) -> Layout {
    attributes(text(docs))
}

/// The text, line by line.
fn text(docs: &Docs) -> Vec<String> {
    let mut blocks = CodeBlocks::default();
    let mut lines: Vec<_> = docs.0.iter().flat_map(|line| blocks.next(line)).collect();
    lines.extend(blocks.end());
    lines.iter().map(|line| comment(line)).collect()
}

/// Whether the text may contain code: a fenced block, or lines indented by four columns more than the surrounding list or quote.
fn may_have_code(lines: &[String]) -> bool {
    let marks = ["```", "~~~", "    ", "\t"];
    lines
        .iter()
        // The blank after `///` does not count.
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .any(|line| marks.iter().any(|mark| line.contains(mark)))
}

/// Doc comments, or an attribute that is absent when rustdoc runs tests.
fn attributes(lines: Vec<String>) -> Layout {
    if !may_have_code(&lines) {
        let comments = lines.into_iter().map(|line| format!("///{line}"));
        return Layout::Lines(comments.collect());
    }
    let lines = lines.iter();
    let lines = lines.map(|line| line.strip_prefix(' ').unwrap_or(line));
    doc_attribute(&lines.collect::<Vec<_>>().join("\n"))
}

/// The lines of a function, with its arguments' documentation as a list.
///
/// Deprecation is mentioned here instead of by an attribute: implementations and generated code must use the function.
pub(crate) fn function_lines(binding: &Binding) -> Layout {
    let mut lines = text(&binding.docs);
    let arguments = binding.arguments.iter();
    let documented = arguments.filter(|argument| !argument.docs.0.is_empty());
    for (index, argument) in documented.enumerate() {
        if index == 0 && !lines.is_empty() {
            lines.push(String::new());
        }
        let name = &argument.rust_name;
        lines.push(comment(&format!("* `{name}`: {}", argument.docs.0[0])));
        let more = argument.docs.0[1..].iter();
        lines.extend(more.map(|line| comment(format!("  {line}").trim_end())));
    }
    if let Some(deprecation) = &binding.deprecated {
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.push(comment(&match &deprecation.message {
            Some(message) => format!("Deprecated: {message}"),
            None => "Deprecated.".to_owned(),
        }));
    }
    attributes(lines)
}

/// A line without the characters that Rust refuses in comments: line breaks and bidirectional control characters.
fn comment(line: &str) -> String {
    let is_refused = |c: char| {
        (c.is_control() && c != '\t')
            || matches!(c, '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    let line = line.replace(is_refused, "\u{fffd}");
    if line.trim().is_empty() {
        String::new()
    } else {
        format!(" {}", line.trim_end())
    }
}

/// Marks code blocks without a language as text: rustdoc would run them as Rust, but in interface files they are more likely
/// Python.
#[derive(Default)]
struct CodeBlocks {
    /// Between lines of three backticks.
    in_fence: bool,
    /// In an indented code block.
    in_indented: bool,
    /// In a list, where indented lines are not code.
    in_list: bool,
    /// After a line with text.
    in_paragraph: bool,
}

impl CodeBlocks {
    /// The treatment of the next line.
    fn next(&mut self, line: &str) -> Vec<String> {
        let text = line.trim();
        let is_indented = line.starts_with("    ") || line.starts_with('\t');
        if text.starts_with("```") {
            self.in_fence = !self.in_fence;
            let has_language = text.chars().any(|c| c != '`');
            let language = if self.in_fence && !has_language {
                "text"
            } else {
                ""
            };
            return vec![format!("{}{language}", line.trim_end())];
        }
        let mut lines = Vec::new();
        let starts = is_indented && !self.in_paragraph && !self.in_list && !self.in_fence;
        if starts && !self.in_indented {
            lines.push("```text".to_owned());
            self.in_indented = true;
        } else if self.in_indented && !is_indented && !text.is_empty() {
            lines.extend(self.end());
        }
        if !text.is_empty() {
            let is_item = text.starts_with(['*', '-', '+'])
                || text
                    .split_once(". ")
                    .is_some_and(|(number, _)| number.parse::<u32>().is_ok());
            self.in_list = is_item || (self.in_list && line.starts_with([' ', '\t']));
        }
        self.in_paragraph = !text.is_empty();
        lines.push(match self.in_indented {
            true => line
                .strip_prefix("    ")
                .or(line.strip_prefix('\t'))
                .unwrap_or(line)
                .to_owned(),
            false => line.to_owned(),
        });
        lines
    }

    /// Closes a block that is open at the end.
    fn end(&mut self) -> Option<String> {
        std::mem::take(&mut self.in_indented).then(|| "```".to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn docs(text: &str) -> Docs {
        Docs(text.lines().map(str::to_owned).collect())
    }

    #[test]
    fn code_blocks_are_not_run_as_rust() {
        let text = docs("Adds.\n\n```\nadd(1)\n```\n```python\nadd(2)\n```");
        let expected = [
            " Adds.",
            "",
            " ```text",
            " add(1)",
            " ```",
            " ```python",
            " add(2)",
            " ```",
        ];
        assert_eq!(super::text(&text), expected);
    }

    #[test]
    fn indented_code_is_not_run_either() {
        let text = docs(
            "Adds.\n\n    >>> add(1)\n    2\n\nMore.\n\n* a list\n\n    goes on\n\nThe end:\n\n    x",
        );
        let expected = [
            " Adds.",
            "",
            " ```text",
            " >>> add(1)",
            " 2",
            "",
            " ```",
            " More.",
            "",
            " * a list",
            "",
            "     goes on",
            "",
            " The end:",
            "",
            " ```text",
            " x",
            " ```",
        ];
        assert_eq!(super::text(&text), expected);
    }

    #[test]
    fn odd_characters_stay_in_the_comment() {
        assert_eq!(
            lines(&docs("a */ b \"\"\" \\ c\u{0}")),
            Layout::Lines(vec!["/// a */ b \"\"\" \\ c\u{fffd}".to_owned()])
        );
        assert_eq!(
            lines(&docs("/ slash")),
            Layout::Lines(vec!["/// / slash".to_owned()])
        );
    }
}
