//! Prints trees in canonical form: for `pyidl fmt`, `pyidl convert` and the help texts of diagnostics.
//!
//! [`Printer`] has a method for each node, in files that correspond to those of [`parse`](super::parse). It writes the tokens of
//! a tree one by one into a [`Document`](document::Document), and before each token the comments that the source has there, so
//! that none is lost. Details that the tree does not contain (the spelling of a string, whether a list spans several lines) are
//! taken from the source, if there is one. [`layout`] then decides on line breaks.

#[cfg(feature = "tools")]
mod class;
mod comments;
#[cfg(feature = "tools")]
mod data;
mod document;
mod function;
#[cfg(feature = "tools")]
mod item;
mod layout;
mod literal;
mod printer;
mod source;
mod translation;
mod ty;
#[cfg(feature = "tools")]
mod world;

use super::ast::{
    Attribute, AttributeArgument, File, Literal, Name, PackageName, Path, Signature, Type, UsePath,
};
use super::token::Tokens;
use printer::Printer;
use source::Source;

pub(crate) use translation::{signature_in_pyidl, type_in_pyidl};

/// The maximum width of a line.
pub const WIDTH: usize = 100;

#[cfg(feature = "tools")]
/// A file as canonical text. Its only comments are those in the tree: the documentation.
pub fn file_text(file: &File) -> String {
    printed(WIDTH, |printer| printer.file(file))
}

#[cfg(feature = "tools")]
/// The source of a file in canonical form: with its comments, and with the spelling of its names, numbers and strings. `None` if
/// `tokens` do not match `file`, which then has errors.
pub fn format(file: &File, text: &str, tokens: &Tokens) -> Option<String> {
    let mut printer = Printer::new(Some(Source::new(text, tokens)));
    printer.file(file);
    let text = layout::render(&printer.finish()?, WIDTH);
    Some(text)
}

/// A type on one line: `list<tuple<string, u64>>`.
pub fn type_text(ty: &Type) -> String {
    one_line(|printer| printer.ty(ty))
}

/// The part of a signature after a function's colon, without `;`: `mut func(word: string) raises value-error`. On one line,
/// unless a parameter has documentation.
pub fn signature_text(signature: &Signature) -> String {
    one_line(|printer| printer.signature(signature))
}

/// The same, on several lines if it is long.
pub fn wrapped_signature_text(signature: &Signature) -> String {
    printed(WIDTH, |printer| printer.signature(signature))
}

/// The signature of a constructor after the keyword: `(words: list<string> = [])`. Lines as in [`signature_text`].
pub fn constructor_text(signature: &Signature) -> String {
    one_line(|printer| printer.parameters_and_result(signature))
}

/// A value on one line: `{ x: 0.0, y: 0.0 }`.
pub fn literal_text(literal: &Literal) -> String {
    one_line(|printer| printer.literal(literal))
}

/// An attribute on one line: `@deprecated(version = 1.2.0)`.
pub fn attribute_text(attribute: &Attribute) -> String {
    one_line(|printer| printer.attribute(attribute))
}

/// The arguments of an attribute on one line, with parentheses: `(version = 1.2.0)`.
pub fn arguments_text(arguments: &[AttributeArgument]) -> String {
    one_line(|printer| printer.arguments(arguments))
}

/// A path with its dots: `command.close`.
pub fn path_text(path: &Path) -> String {
    one_line(|printer| printer.path(path))
}

/// The path to an interface: `wasi:io/streams@0.2.0`.
pub fn use_path_text(path: &UsePath) -> String {
    one_line(|printer| printer.use_path(path))
}

/// The name of a package: `acme:geometry@0.3.0`.
pub fn package_name_text(name: &PackageName) -> String {
    one_line(|printer| printer.package_name(name))
}

/// A name, with `%` if it is escaped.
pub fn name_text(name: &Name) -> String {
    one_line(|printer| printer.name(name))
}

fn one_line<'a>(print: impl FnOnce(&mut Printer<'a>)) -> String {
    printed(usize::MAX, print)
}

fn printed<'a>(width: usize, print: impl FnOnce(&mut Printer<'a>)) -> String {
    let mut printer = Printer::new(None);
    print(&mut printer);
    let document = printer.finish().unwrap_or_default();
    layout::render(&document, width)
}
