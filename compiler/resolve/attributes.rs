//! Attributes: which there are, where they may stand, and what their arguments mean.

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::Deprecation;
use crate::syntax::ast::{self, AttributeValue, LiteralKind};

/// What an attribute stands before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    Package,
    Interface,
    Record,
    Variant,
    Enum,
    Flags,
    Exception,
    Alias,
    Const,
    Class,
    Function,
    Method,
    Constructor,
    Property,
    Operator,
    Field,
    Case,
    Member,
    Flag,
    Parameter,
}

impl Site {
    /// As in "means nothing on …".
    fn describe(self) -> &'static str {
        match self {
            Self::Package => "a package",
            Self::Interface => "an interface",
            Self::Record => "a record",
            Self::Variant => "a variant",
            Self::Enum => "an enum",
            Self::Flags => "flags",
            Self::Exception => "an exception",
            Self::Alias => "a type alias",
            Self::Const => "a constant",
            Self::Class => "a class",
            Self::Function => "a function",
            Self::Method => "a method",
            Self::Constructor => "a constructor",
            Self::Property => "a property",
            Self::Operator => "an operator",
            Self::Field => "a field",
            Self::Case => "a case of a variant",
            Self::Flag => "a flag",
            Self::Member => "a member of an enum",
            Self::Parameter => "a parameter",
        }
    }
}

/// What the attributes before an item say.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    /// `@py.name("…")`
    pub(super) python: Option<String>,
    /// `@deprecated`
    pub(super) deprecated: Option<Deprecation>,
    /// Whether `@gil(release)` stands there.
    pub(super) detached: bool,
    /// Whether `@open` stands there.
    pub(super) open: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    PythonName,
    Deprecated,
    Gil,
    Open,
    /// Gates of WIT: they say since when something is there. All of it is.
    Gate,
    /// Part of the language, but not of this version.
    Later,
}

const KNOWN: &[(&str, Known)] = &[
    ("py.name", Known::PythonName),
    ("deprecated", Known::Deprecated),
    ("gil", Known::Gil),
    ("open", Known::Open),
    ("since", Known::Gate),
    ("unstable", Known::Gate),
    ("context-manager", Known::Later),
    ("dict", Known::Later),
    ("external-id", Known::Later),
    ("lint.allow", Known::Later),
    ("pickle", Known::Later),
    ("py.record", Known::Later),
    ("weakref", Known::Later),
];

/// Whether an attribute can stand somewhere.
enum Fit {
    Yes,
    /// It has a meaning there that this version cannot handle.
    Later,
    No,
}

impl Known {
    fn fits(self, site: Site) -> Fit {
        use Site::{Class, Constructor, Function, Method, Operator, Package, Parameter, Property};
        match (self, site) {
            (Self::PythonName, Constructor | Operator) => Fit::No,
            (Self::PythonName | Self::Gate, _) => Fit::Yes,
            (Self::Deprecated, Class | Function | Method | Property) => Fit::Yes,
            (Self::Deprecated, Package | Parameter) => Fit::No,
            (Self::Deprecated, _) => Fit::Later,
            (Self::Gil, Function | Method) => Fit::Yes,
            (Self::Gil, Constructor | Operator | Property | Class) => Fit::Later,
            (Self::Gil, _) => Fit::No,
            (Self::Open, Class) => Fit::Yes,
            (Self::Open, _) => Fit::No,
            (Self::Later, _) => Fit::Later,
        }
    }
}

impl Resolver<'_, '_> {
    /// Reads and checks the attributes before an item.
    pub(super) fn attributes(&mut self, meta: &ast::Meta, site: Site) -> Attributes {
        let mut attributes = Attributes::default();
        let mut seen: Vec<(String, &ast::Attribute)> = Vec::new();
        for attribute in &meta.attributes {
            let parts: Vec<&str> = attribute
                .path
                .parts
                .iter()
                .map(|part| part.text.as_str())
                .collect();
            let name = parts.join(".");
            let Some((_, known)) = KNOWN.iter().find(|(text, _)| *text == name) else {
                self.unknown_attribute(attribute, &name);
                continue;
            };
            match known.fits(site) {
                Fit::Yes => {}
                Fit::Later if *known == Known::Later => {
                    self.unsupported(attribute.span, &format!("`@{name}` is"));
                    continue;
                }
                Fit::Later => {
                    self.unsupported(
                        attribute.span,
                        &format!("`@{name}` on {} is", site.describe()),
                    );
                    continue;
                }
                Fit::No => {
                    let message = format!("`@{name}` means nothing on {}", site.describe());
                    self.error(
                        Code::MisplacedAttribute,
                        attribute.span,
                        message,
                        "remove it",
                    );
                    continue;
                }
            }
            if let Some((_, first)) = seen
                .iter()
                .find(|(other, _)| *other == name && *known != Known::Gate)
            {
                let message = format!("`@{name}` is given twice");
                let first = first.span;
                self.report(
                    Diagnostic::new(Code::DuplicateName, attribute.span, message, "")
                        .cause(first, "first here"),
                );
                continue;
            }
            match known {
                Known::PythonName => attributes.python = self.python_name_argument(attribute),
                Known::Deprecated => attributes.deprecated = Some(self.deprecation(attribute)),
                Known::Gil => attributes.detached = self.gil(attribute),
                Known::Open => {
                    self.no_arguments(attribute, "@open");
                    attributes.open = true;
                }
                Known::Gate | Known::Later => {}
            }
            seen.push((name, attribute));
        }
        attributes
    }

    fn unknown_attribute(&mut self, attribute: &ast::Attribute, name: &str) {
        let message = format!("there is no attribute `@{name}`");
        let mut diagnostic = Diagnostic::new(
            Code::UnknownAttribute,
            attribute.path.span,
            message,
            "unknown attribute",
        );
        let known = KNOWN.iter().map(|(text, _)| *text);
        diagnostic = diagnostic.help(match suggest::nearest(name, known) {
            Some(nearest) => format!("did you mean `@{nearest}`?"),
            None => "there are `@py.name`, `@deprecated`, `@gil` and `@open`".to_owned(),
        });
        self.report(diagnostic);
    }

    fn argument_error(&mut self, argument: &ast::AttributeArgument, message: &str, help: &str) {
        self.report(
            Diagnostic::new(Code::AttributeArgument, argument.span, message, "").help(help),
        );
    }

    fn missing_argument(&mut self, attribute: &ast::Attribute, form: &str) {
        let message = "this attribute needs an argument";
        self.report(
            Diagnostic::new(Code::AttributeArgument, attribute.span, message, "")
                .help(format!("write `{form}`")),
        );
    }

    fn no_arguments(&mut self, attribute: &ast::Attribute, form: &str) {
        if let Some(argument) = attribute.arguments.first() {
            self.argument_error(
                argument,
                "this attribute takes no arguments",
                &format!("write `{form}`"),
            );
        }
    }

    fn python_name_argument(&mut self, attribute: &ast::Attribute) -> Option<String> {
        const FORM: &str = "@py.name(\"…\")";
        let Some((argument, rest)) = attribute.arguments.split_first() else {
            self.missing_argument(attribute, FORM);
            return None;
        };
        match (&argument.name, string(&argument.value)) {
            (None, Some(text)) => {
                if let Some(argument) = rest.first() {
                    self.argument_error(
                        argument,
                        "`@py.name` takes one argument",
                        &format!("write `{FORM}`"),
                    );
                }
                self.python_name(text, argument.span)
            }
            _ => {
                self.argument_error(
                    argument,
                    "`@py.name` takes a string",
                    &format!("write `{FORM}`"),
                );
                None
            }
        }
    }

    fn deprecation(&mut self, attribute: &ast::Attribute) -> Deprecation {
        const HELP: &str =
            "write `@deprecated(version = 1.2.0, message = \"…\")`, or leave out one or both";
        let mut deprecation = Deprecation::default();
        for argument in &attribute.arguments {
            match (
                argument.name.as_ref().map(|name| name.text.as_str()),
                &argument.value,
            ) {
                (Some("version"), AttributeValue::Version(version)) => {
                    deprecation.version = Some(version.text.clone())
                }
                (Some("version"), value) => match string(value) {
                    Some(text) => deprecation.version = Some(text.to_owned()),
                    None => self.argument_error(argument, "a version has three numbers", HELP),
                },
                (Some("message"), value) => match string(value) {
                    Some(text) => deprecation.message = Some(text.to_owned()),
                    None => self.argument_error(argument, "the message must be a string", HELP),
                },
                (Some(name), _) => {
                    let message = format!("`@deprecated` has no argument `{name}`");
                    match suggest::nearest(name, ["version", "message"]) {
                        Some(nearest) => self.argument_error(
                            argument,
                            &message,
                            &format!("did you mean `{nearest}`?"),
                        ),
                        None => self.argument_error(argument, &message, HELP),
                    }
                }
                (None, _) => {
                    self.argument_error(argument, "arguments of `@deprecated` have names", HELP)
                }
            }
        }
        deprecation
    }

    fn gil(&mut self, attribute: &ast::Attribute) -> bool {
        const FORM: &str = "@gil(release)";
        match attribute.arguments.as_slice() {
            [] => self.missing_argument(attribute, FORM),
            [argument] if argument.name.is_none() && word(&argument.value) == Some("release") => {
                return true;
            }
            [argument] => self.argument_error(
                argument,
                "`@gil` can only `release`",
                &format!("write `{FORM}`"),
            ),
            [_, argument, ..] => {
                self.argument_error(
                    argument,
                    "`@gil` takes one argument",
                    &format!("write `{FORM}`"),
                );
            }
        }
        false
    }
}

fn string(value: &AttributeValue) -> Option<&str> {
    match value {
        AttributeValue::Literal(ast::Literal {
            kind: LiteralKind::String(text),
            ..
        }) => Some(text),
        _ => None,
    }
}

fn word(value: &AttributeValue) -> Option<&str> {
    match value {
        AttributeValue::Literal(ast::Literal {
            kind: LiteralKind::Case(paths),
            ..
        }) => match paths.as_slice() {
            [path] if path.parts.len() == 1 => Some(&path.parts[0].text),
            _ => None,
        },
        _ => None,
    }
}
