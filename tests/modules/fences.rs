//! The fenced blocks of the language reference, `idl/README.md`. Its interface file is built as a module, and tested.
//!
//! Words after the language say what a block is:
//!
//! * ` ```pyidl ` is a part of `music.pyidl`, the file that all such blocks are together.
//! * ` ```pyidl alone ` is a file of its own. Rust and Python further down in its
//!   section belong to it.
//! * ` ```pyidl alone file=types.pyidl ` has a name, so that those after it in its section can use it.
//! * ` ```pyidl later ` could be a part of `music.pyidl`, but nothing is generated from it yet.
//! * ` ```pyidl later each ` is that for each line.
//! * ` ```pyidl fail E0401 ` has findings of these codes where it stands, and no others.
//! * ` ```wit ` is a file of its own, too.
//! * ` ```toml ` says what the block of `pyidl` before it says.
//! * ` ```rust ` are lines of what is generated, in that order; `…` stands for what was left out.
//! * ` ```rust section ` are lines of what is generated if its section is all there is.
//! * ` ```rust written ` are lines of the module's implementation.
//! * ` ```python ` are lines of the stub, ` ```pycon ` is run.
//! * ` ```text ` is what the compiler says of the block before it.

/// A fenced block.
#[derive(Clone, Debug)]
pub(crate) struct Fence {
    /// The word after the ticks.
    pub(crate) language: String,
    /// The words after that.
    pub(crate) marks: Vec<String>,
    /// What stands between the ticks.
    pub(crate) text: String,
    /// The line of the page on which the block starts.
    pub(crate) line: usize,
    /// The line of the heading above it.
    pub(crate) section: usize,
}

impl Fence {
    /// Whether the block is a part of the one interface file.
    pub(crate) fn is_part(&self) -> bool {
        self.language == "pyidl" && self.marks.is_empty()
    }
}

/// The blocks of a page, in order.
pub(crate) fn fences(page: &str) -> Vec<Fence> {
    let mut fences = Vec::new();
    let mut section = 0;
    let mut lines = page.lines().zip(1..);
    while let Some((line, number)) = lines.next() {
        if line.starts_with('#') {
            section = number;
        }
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let mut words = info.split_whitespace().map(str::to_owned);
        let text = lines.by_ref().take_while(|(line, _)| *line != "```");
        fences.push(Fence {
            language: words.next().unwrap_or_default(),
            marks: words.collect(),
            text: text.map(|(line, _)| format!("{line}\n")).collect(),
            line: number,
            section,
        });
    }
    fences
}

/// The interface file that the page describes part by part.
pub(crate) fn interface(page: &str) -> String {
    let parts = fences(page).into_iter().filter(Fence::is_part);
    let parts: Vec<_> = parts.map(|part| part.text).collect();
    parts.join("\n")
}
