//! The explanation of a code, for `pyidl explain`.
//!
//! The pages are Markdown files in `explanations/`, a file for each code: paragraphs, then examples between fences. Words after
//! the fence define the kind of example:
//!
//! * ` ```pyidl fail ` fails with this code, ` ```pyidl ` is valid, ` ```pyidl both ` belongs to both inputs.
//! * ` ```toml file=pyidl.toml fail ` has a name. If several files are needed, each has a fence of its own.
//! * ` ```console ` has the command that reports the code, if that is not `pyidl check`: `$ pyidl lint`.

use std::fmt;

use super::{Code, suggest};

/// The page of a code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Explanation {
    /// The code.
    pub code: Code,
    /// The explanation, in Markdown.
    pub text: String,
    /// The files that fail with the code, and the files that do not.
    pub examples: Vec<Example>,
    /// The command that reports it in the examples: the words after `pyidl`.
    pub command: Vec<String>,
}

/// A file of an example.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Example {
    /// Whether it is part of the invalid input.
    pub fails: bool,
    /// Whether it is part of the valid input.
    pub works: bool,
    /// Its path.
    pub file: Option<String>,
    /// Its contents.
    pub text: String,
}

impl Explanation {
    /// The page of `code`.
    pub fn of(code: Code) -> Self {
        let mut page = Self {
            code,
            text: String::new(),
            examples: Vec::new(),
            command: vec!["check".to_owned()],
        };
        let mut lines = code.page().lines();
        while let Some(line) = lines.next() {
            let Some(fence) = line.strip_prefix("```") else {
                page.text.push_str(line);
                page.text.push('\n');
                continue;
            };
            let text = lines.by_ref().take_while(|line| *line != "```");
            page.example(fence, text.map(|line| format!("{line}\n")).collect());
        }
        page.text = page.text.trim_end().to_owned();
        page
    }

    fn example(&mut self, fence: &str, text: String) {
        let words: Vec<_> = fence.split(' ').collect();
        if words[0] == "console" {
            let command = text.split_whitespace().skip_while(|word| *word != "pyidl");
            self.command = command.skip(1).map(str::to_owned).collect();
            return;
        }
        let fails = words.contains(&"fail");
        let file = words.iter().find_map(|word| word.strip_prefix("file="));
        self.examples.push(Example {
            fails: fails || words.contains(&"both"),
            works: !fails,
            file: file.map(str::to_owned),
            text,
        });
    }
}

/// The page for a terminal: with headings, and the examples indented.
impl fmt::Display for Explanation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (code, title) = (self.code.as_str(), self.code.title());
        writeln!(f, "{code}: {title}\n\n{}", self.text)?;
        for (heading, fails, works) in [
            ("This fails:", true, false),
            ("This is right:", false, true),
            ("Both have:", true, true),
        ] {
            let belongs = |example: &&Example| (example.fails, example.works) == (fails, works);
            for (n, example) in self.examples.iter().filter(belongs).enumerate() {
                if n == 0 {
                    writeln!(f, "\n{heading}")?;
                }
                example.fmt(f)?;
            }
        }
        if self.command != ["check"] {
            writeln!(f, "\nFound by `pyidl {}`.", self.command.join(" "))?;
        }
        Ok(())
    }
}

impl fmt::Display for Example {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f)?;
        if let Some(file) = &self.file {
            writeln!(f, "    -- {file}")?;
        }
        for line in self.text.lines() {
            writeln!(f, "{}", format!("    {line}").trim_end())?;
        }
        Ok(())
    }
}

/// The code that `text` names: `E0301`, `e0301`, or `301` if only one code ends so.
///
/// # Errors
/// The nearest code, if there is one.
pub fn find(text: &str) -> Result<Code, Option<Code>> {
    let wanted = text.trim().to_ascii_uppercase();
    let named = |code: &&Code| code.as_str() == wanted;
    if let Some(code) = Code::ALL.iter().find(named) {
        return Ok(*code);
    }
    let number = |text: &str| {
        let digits = text.trim_start_matches(|c: char| c.is_ascii_alphabetic());
        (!digits.is_empty()).then(|| digits.trim_start_matches('0').to_owned())
    };
    let letter = wanted.chars().next().filter(char::is_ascii_alphabetic);
    let mut alike = Code::ALL.iter().filter(|code| {
        letter.is_none_or(|letter| code.as_str().starts_with(letter))
            && number(code.as_str()) == number(&wanted)
    });
    if let (Some(code), None) = (alike.next(), alike.next()) {
        return Ok(*code);
    }
    let codes = Code::ALL.iter().map(|code| code.as_str());
    let nearest = suggest::nearest(&wanted, codes);
    Err(Code::ALL
        .iter()
        .copied()
        .find(|code| Some(code.as_str()) == nearest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_found_as_people_type_them() {
        for text in ["E0301", "e0301", "301", "E301", " e0301"] {
            assert_eq!(find(text), Ok(Code::UnknownName), "{text}");
        }
        // Errors and warnings are numbered separately.
        assert_eq!(find("w101"), Ok(Code::StrayDocumentation));
        assert!(find("101").is_err());
        assert_eq!(find("E0399").map_err(|near| near.is_some()), Err(true));
        for text in ["", "x", "error", "é"] {
            assert_eq!(find(text), Err(None), "{text}");
        }
    }
}
