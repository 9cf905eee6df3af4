//! Documentation as Rust doc comments.

use crate::model::{Docs, Parameter};
use crate::target::names::rust_value;

/// What follows `///` on each line, the blank included.
pub(crate) fn lines(docs: &Docs) -> Vec<String> {
    let mut blocks = CodeBlocks::default();
    let mut lines: Vec<_> = docs.0.iter().flat_map(|line| blocks.next(line)).collect();
    lines.extend(blocks.end());
    lines.iter().map(|line| comment(line)).collect()
}

/// The lines of a function, with its parameters' documentation as a list.
pub(crate) fn function_lines(docs: &Docs, parameters: &[Parameter]) -> Vec<String> {
    let mut lines = lines(docs);
    let documented = parameters
        .iter()
        .filter(|parameter| !parameter.docs.0.is_empty());
    for (index, parameter) in documented.enumerate() {
        if index == 0 && !lines.is_empty() {
            lines.push(String::new());
        }
        let name = rust_value(&parameter.name);
        lines.push(comment(&format!("* `{name}`: {}", parameter.docs.0[0])));
        let more = parameter.docs.0[1..].iter();
        lines.extend(more.map(|line| comment(format!("  {line}").trim_end())));
    }
    lines
}

/// A line without the characters that Rust refuses in comments.
fn comment(line: &str) -> String {
    let line = line.replace(|c: char| c.is_control() && c != '\t', "\u{fffd}");
    if line.trim().is_empty() {
        String::new()
    } else {
        format!(" {}", line.trim_end())
    }
}

/// Keeps rustdoc from running code blocks as Rust, which it does where they have no language: in interface files they are
/// more likely Python.
#[derive(Default)]
struct CodeBlocks {
    /// Between lines of three backticks.
    in_fence: bool,
    /// In a block that is one because it is indented.
    in_indented: bool,
    /// In a list, where indented lines are no code.
    in_list: bool,
    /// After a line with text.
    in_paragraph: bool,
}

impl CodeBlocks {
    /// What becomes of the next line.
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

    /// What closes a block at the end.
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
        assert_eq!(lines(&text), expected);
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
        assert_eq!(lines(&text), expected);
    }

    #[test]
    fn odd_characters_stay_in_the_comment() {
        assert_eq!(
            lines(&docs("a */ b \"\"\" \\ c\u{0}")),
            [" a */ b \"\"\" \\ c\u{fffd}"]
        );
        assert_eq!(lines(&docs("/ slash")), [" / slash"]);
    }
}
