//! Source texts and places in them.

use std::ops::Range;
use std::path::{Path, PathBuf};

use codespan_reporting::files::{self, Files};
use serde::Serialize;

/// Index of a file in its [`SourceMap`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct FileId(u32);

/// A range of bytes in one file.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize)]
pub struct Span {
    /// The file.
    pub file: FileId,
    /// Offset of the first byte.
    pub start: u32,
    /// Offset after the last byte.
    pub end: u32,
}

impl Span {
    /// The bytes from `start` to `end` of `file`.
    pub fn new(file: FileId, start: u32, end: u32) -> Self {
        Self { file, start, end }
    }

    /// The range from the start of `self` to the end of `other`, which comes later in the same file.
    pub fn to(self, other: Self) -> Self {
        Self {
            end: other.end.max(self.end),
            ..self
        }
    }

    /// The byte range.
    pub fn range(self) -> Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A text and the starts of its lines.
#[derive(Clone, Debug)]
pub struct SourceFile {
    /// The path as the user gave it, which is shown in diagnostics.
    pub path: PathBuf,
    /// The whole text.
    pub text: String,
    kind: SourceKind,
    line_starts: Vec<usize>,
}

impl SourceFile {
    /// The rules for reading it, determined by the file name extension.
    pub fn kind(&self) -> SourceKind {
        self.kind
    }
}

/// The rules for reading a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SourceKind {
    /// `.pyidl` and its TOML form: the whole language; declarations that Python cannot represent are rejected.
    Pyidl,
    /// `.wit`: standard WIT. Every valid WIT file is accepted.
    Wit,
}

impl SourceKind {
    fn of(path: &Path) -> Self {
        let is_wit = path
            .extension()
            .is_some_and(|extension| extension.eq_ignore_ascii_case("wit"));
        if is_wit { Self::Wit } else { Self::Pyidl }
    }
}

/// A line and a column in it, both counted from one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The column, in characters.
    pub column: usize,
}

/// All files read in one run. A [`Span`] is meaningful only together with its map.
#[derive(Clone, Debug, Default)]
pub struct SourceMap {
    files: Vec<SourceFile>,
}

impl SourceMap {
    /// Adds a text with the path that it was read from.
    pub fn add(&mut self, path: impl Into<PathBuf>, text: impl Into<String>) -> FileId {
        let text = text.into();
        let line_starts = files::line_starts(&text).collect();
        let path = path.into();
        self.files.push(SourceFile {
            kind: SourceKind::of(&path),
            path,
            text,
            line_starts,
        });
        FileId(u32::try_from(self.files.len() - 1).expect("fewer than 2^32 files"))
    }

    /// The line and column of the byte at `offset`. Offsets behind the end count as the end.
    pub fn place(&self, id: FileId, offset: u32) -> Place {
        let file = self.file(id);
        let mut offset = file.text.len().min(offset as usize);
        while !file.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = file
            .line_starts
            .partition_point(|&start| start <= offset)
            .max(1);
        let before = &file.text[file.line_starts[line - 1]..offset];
        Place {
            line,
            column: before.chars().count() + 1,
        }
    }

    /// The file with the index `id`.
    pub fn file(&self, id: FileId) -> &SourceFile {
        &self.files[id.0 as usize]
    }

    /// The text that `span` covers.
    pub fn slice(&self, span: Span) -> &str {
        &self.file(span.file).text[span.range()]
    }

    /// The path of `id`, as given.
    pub fn path(&self, id: FileId) -> &Path {
        &self.file(id).path
    }

    /// All files in the order in which they were added.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &SourceFile)> {
        self.files
            .iter()
            .enumerate()
            .map(|(i, file)| (FileId(i as u32), file))
    }
}

impl<'a> Files<'a> for SourceMap {
    type FileId = FileId;
    type Name = std::path::Display<'a>;
    type Source = &'a str;

    fn name(&'a self, id: FileId) -> Result<Self::Name, files::Error> {
        Ok(self.get(id)?.path.display())
    }

    fn source(&'a self, id: FileId) -> Result<&'a str, files::Error> {
        Ok(&self.get(id)?.text)
    }

    fn line_index(&'a self, id: FileId, byte_index: usize) -> Result<usize, files::Error> {
        let starts = &self.get(id)?.line_starts;
        Ok(starts
            .binary_search(&byte_index)
            .unwrap_or_else(|next| next - 1))
    }

    fn line_range(&'a self, id: FileId, line_index: usize) -> Result<Range<usize>, files::Error> {
        let file = self.get(id)?;
        let bound = |line: usize| match file.line_starts.get(line) {
            Some(&start) => Ok(start),
            None if line == file.line_starts.len() => Ok(file.text.len()),
            None => Err(files::Error::LineTooLarge {
                given: line,
                max: file.line_starts.len() - 1,
            }),
        };
        Ok(bound(line_index)?..bound(line_index + 1)?)
    }
}

impl SourceMap {
    fn get(&self, id: FileId) -> Result<&SourceFile, files::Error> {
        self.files
            .get(id.0 as usize)
            .ok_or(files::Error::FileMissing)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_characters_from_one() {
        let mut sources = SourceMap::default();
        let file = sources.add("x", "aé\nb");
        let places = [
            (0, 1, 1),
            (1, 1, 2),
            (2, 1, 2),
            (3, 1, 3),
            (4, 2, 1),
            (5, 2, 2),
            (99, 2, 2),
        ];
        for (offset, line, column) in places {
            assert_eq!(
                sources.place(file, offset),
                Place { line, column },
                "{offset}"
            );
        }
        let empty = sources.add("y", "");
        assert_eq!(sources.place(empty, 0), Place { line: 1, column: 1 });
    }
}
