//! Builtin types and exceptions, read from `idl/prelude.pyidl` with the ordinary parser.

use std::collections::HashMap;
use std::ops::RangeInclusive;
use std::sync::OnceLock;

use super::docs::docs;
use super::integer::Integer;
use crate::diagnostic::Diagnostics;
use crate::model::{Builtin, Docs, View};
use crate::names;
use crate::source::SourceMap;
use crate::syntax::ast::{self, AttributeValue, ItemKind, LiteralKind};

/// The meaning of a prelude type in the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One of the builtin types.
    Builtin(Builtin),
    /// `result`, which has its own case in the model.
    Result,
    /// `buffer`, `ndarray`
    View(View),
    /// `own`: the class, passed with ownership.
    Own,
    /// `borrow`: the class, borrowed for the call.
    Borrow,
}

impl Form {
    fn named(name: &str) -> Option<Self> {
        match name {
            "result" => Some(Self::Result),
            "own" => Some(Self::Own),
            "borrow" => Some(Self::Borrow),
            _ => Builtin::named(name)
                .map(Self::Builtin)
                .or_else(|| View::named(name).map(Self::View)),
        }
    }
}

/// A type that the prelude declares.
#[derive(Debug)]
pub struct BuiltinType {
    /// `list`
    pub name: String,
    /// Its meaning.
    pub form: Form,
    /// Its documentation.
    #[cfg(feature = "unstable")]
    pub docs: Docs,
    /// The number of its type arguments.
    pub arguments: RangeInclusive<usize>,
    /// Its literals.
    pub values: Values,
    /// Whether it can be a key, provided that its type arguments can.
    pub hashable: bool,
    /// Whether WIT reserves the name: then no definition can shadow it, and the prelude escapes it with `%`.
    pub(super) reserved: bool,
}

impl BuiltinType {
    /// Whether WIT has it, too.
    pub(super) fn is_of_wit(&self) -> bool {
        // WIT does not reserve this name.
        self.reserved || self.form == Form::Builtin(Builtin::Map)
    }
}

/// The literals of a builtin type.
#[derive(Clone, Debug, PartialEq)]
pub enum Values {
    /// None.
    None,
    /// `true` and `false`.
    Boolean,
    /// Integers between the bounds, as far as there are any.
    Integer(Option<Integer>, Option<Integer>),
    /// Numbers, of 32 or 64 bits.
    Float {
        /// 32 bits rather than 64.
        single: bool,
    },
    /// Strings of one character.
    Character,
    /// Strings.
    Text,
    /// Strings that stand for their UTF-8 bytes.
    Bytes,
    /// `[a, b]`
    List,
    /// `(a, b)`
    Tuple,
    /// `{ a: b }`
    Map,
    /// `none` or a literal of the type argument.
    Option,
    /// Those of any other type.
    Any,
    /// Those of any of the type arguments.
    Union,
    /// Numbers, or strings of digits.
    Decimal,
    /// Numbers.
    Complex,
    /// Strings of hexadecimal digits in the usual groups.
    Uuid,
}

/// A builtin exception of Python.
#[derive(Debug)]
pub struct BuiltinException {
    /// `value-error`
    pub name: String,
    /// `ValueError`
    pub python: String,
    /// Its documentation.
    pub docs: Docs,
    /// Index of its base class in [`Prelude::exceptions`]; none for `BaseException`.
    pub base: Option<usize>,
    /// Names that its instances have in Python, besides those of its bases.
    pub attributes: Vec<String>,
    /// Whether its constructor requires more than a message.
    pub sealed: bool,
}

/// The meaning of a name of the prelude: an index into one of its lists.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PreludeName {
    Type(usize),
    Exception(usize),
}

/// All builtin definitions.
#[derive(Debug, Default)]
pub struct Prelude {
    /// Builtin types in the prelude's order.
    pub types: Vec<BuiltinType>,
    /// Builtin exceptions, bases first.
    pub exceptions: Vec<BuiltinException>,
    names: HashMap<String, PreludeName>,
    /// The index in `types` of each builtin type of the model.
    positions: HashMap<Builtin, usize>,
}

/// The prelude, read once.
pub fn prelude() -> &'static Prelude {
    static PRELUDE: OnceLock<Prelude> = OnceLock::new();
    PRELUDE.get_or_init(|| {
        let mut sources = SourceMap::default();
        let id = sources.add("prelude.pyidl", include_str!("../../idl/prelude.pyidl"));
        let mut diagnostics = Diagnostics::default();
        let file = crate::syntax::parse(id, &sources, &mut diagnostics);
        debug_assert!(!diagnostics.has_errors(), "the prelude: {diagnostics:#?}");
        Prelude::read(&file)
    })
}

impl Prelude {
    pub(super) fn lookup(&self, name: &str) -> Option<PreludeName> {
        self.names.get(name).copied()
    }

    /// Whether there is a type or an exception called `name`.
    pub fn declares(&self, name: &str) -> bool {
        self.names.contains_key(name)
    }

    /// The declaration of a builtin type.
    ///
    /// # Panics
    ///
    /// If there is none; a test ensures that all are declared.
    pub fn of(&self, builtin: Builtin) -> &BuiltinType {
        &self.types[self.positions[&builtin]]
    }

    /// Whether there is a type called `name`.
    pub(super) fn declares_type(&self, name: &str) -> bool {
        matches!(self.lookup(name), Some(PreludeName::Type(_)))
    }

    /// The index of the exception called `name`.
    pub(super) fn exception(&self, name: &str) -> Option<usize> {
        match self.lookup(name)? {
            PreludeName::Exception(index) => Some(index),
            PreludeName::Type(_) => None,
        }
    }

    /// The names of all definitions for which `wanted` holds.
    pub(super) fn names(&self, wanted: impl Fn(PreludeName) -> bool) -> impl Iterator<Item = &str> {
        self.names
            .iter()
            .filter(move |(_, name)| wanted(**name))
            .map(|(text, _)| text.as_str())
    }

    fn read(file: &ast::File) -> Self {
        let mut prelude = Self::default();
        for item in &file.items {
            let docs = docs(&item.meta);
            let properties = Properties::of(&item.meta);
            match &item.kind {
                ItemKind::Class(class) => {
                    let name = class.name.text.clone();
                    let form = Form::named(&name).unwrap_or_else(|| {
                        panic!("`{name}` is declared, and is no `model::Builtin`")
                    });
                    let index = prelude.types.len();
                    prelude.names.insert(name.clone(), PreludeName::Type(index));
                    if let Form::Builtin(builtin) = form {
                        prelude.positions.insert(builtin, index);
                    }
                    prelude.types.push(BuiltinType {
                        name,
                        form,
                        #[cfg(feature = "unstable")]
                        docs,
                        arguments: properties.arguments(),
                        values: properties.values(),
                        hashable: properties.has("hashable"),
                        reserved: class.name.escaped,
                    });
                }
                ItemKind::Exception(exception) => {
                    let base = exception.base.as_ref().and_then(|path| {
                        match prelude.lookup(&path.parts[0].text) {
                            Some(PreludeName::Exception(index)) => Some(index),
                            _ => None,
                        }
                    });
                    let name = exception.name.text.clone();
                    prelude.names.insert(
                        name.clone(),
                        PreludeName::Exception(prelude.exceptions.len()),
                    );
                    prelude.exceptions.push(BuiltinException {
                        python: python_name(&item.meta).unwrap_or_else(|| names::pascal(&name)),
                        name,
                        docs,
                        base,
                        attributes: properties
                            .strings("attributes")
                            .iter()
                            .map(|name| names::snake(name))
                            .collect(),
                        sealed: properties.has("sealed"),
                    });
                }
                _ => debug_assert!(false, "the prelude declares types and exceptions only"),
            }
        }
        prelude
    }
}

fn python_name(meta: &ast::Meta) -> Option<String> {
    let attribute = meta
        .attributes
        .iter()
        .find(|attribute| attribute.path.parts.len() == 2)?;
    match &attribute.arguments.first()?.value {
        AttributeValue::Literal(literal) => string(literal),
        AttributeValue::Version(_) => None,
    }
}

fn string(literal: &ast::Literal) -> Option<String> {
    match &literal.kind {
        LiteralKind::String(text) => Some(text.clone()),
        _ => None,
    }
}

/// The arguments of `@builtin`.
struct Properties<'a>(&'a [ast::AttributeArgument]);

impl<'a> Properties<'a> {
    fn of(meta: &'a ast::Meta) -> Self {
        let builtin = meta
            .attributes
            .iter()
            .find(|attribute| attribute.path.parts[0].text == "builtin");
        Self(builtin.map_or(&[], |attribute| &attribute.arguments))
    }

    /// The literal after `name =`.
    fn get(&self, name: &str) -> Option<&'a LiteralKind> {
        let named = |argument: &&ast::AttributeArgument| {
            argument.name.as_ref().is_some_and(|n| n.text == name)
        };
        match &self.0.iter().find(named)?.value {
            AttributeValue::Literal(literal) => Some(&literal.kind),
            AttributeValue::Version(_) => None,
        }
    }

    /// Whether `word` is one of the arguments, without a value.
    fn has(&self, word: &str) -> bool {
        self.0.iter().any(|argument| match &argument.value {
            AttributeValue::Literal(literal) if argument.name.is_none() => {
                case(&literal.kind) == Some(word)
            }
            _ => false,
        })
    }

    fn integer(&self, name: &str) -> Option<Integer> {
        match self.get(name)? {
            LiteralKind::Integer(text) => Integer::parse(text),
            _ => None,
        }
    }

    fn count(&self, name: &str) -> Option<usize> {
        self.integer(name)?.to_string().parse().ok()
    }

    fn arguments(&self) -> RangeInclusive<usize> {
        let exact = self.count("arguments").unwrap_or(0);
        match self.count("minimum-arguments") {
            Some(minimum) => minimum..=self.count("maximum-arguments").unwrap_or(usize::MAX),
            None => exact..=self.count("maximum-arguments").unwrap_or(exact),
        }
    }

    fn values(&self) -> Values {
        match self.get("values").and_then(case) {
            Some("boolean") => Values::Boolean,
            Some("integer") => Values::Integer(self.integer("minimum"), self.integer("maximum")),
            Some("float") => Values::Float {
                single: self.count("bits") == Some(32),
            },
            Some("character") => Values::Character,
            Some("text") => Values::Text,
            Some("bytes") => Values::Bytes,
            Some("list") => Values::List,
            Some("tuple") => Values::Tuple,
            Some("map") => Values::Map,
            Some("option") => Values::Option,
            Some("any") => Values::Any,
            Some("union") => Values::Union,
            Some("decimal") => Values::Decimal,
            Some("complex") => Values::Complex,
            Some("uuid") => Values::Uuid,
            _ => Values::None,
        }
    }

    fn strings(&self, name: &str) -> Vec<String> {
        match self.get(name) {
            Some(LiteralKind::List(items)) => items.iter().filter_map(string).collect(),
            _ => Vec::new(),
        }
    }
}

/// The only word of a literal that is a name.
fn case(literal: &LiteralKind) -> Option<&str> {
    match literal {
        LiteralKind::Case(paths) => Some(paths.first()?.parts.first()?.text.as_str()),
        _ => None,
    }
}
