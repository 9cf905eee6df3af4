//! Attributes: which exist, where they are allowed, and what they mean.

use super::Resolver;
use super::attribute_arguments::Given;
use super::context::Where;
use super::messages::Written;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{Deprecation, RecordStyle};
use crate::source::Span;
use crate::syntax::ast;

/// The kind of item that an attribute precedes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Site {
    Package,
    Interface,
    World,
    Extern,
    Include,
    Use,
    Import,
    Record,
    Variant,
    Enum,
    Flags,
    Exception,
    Protocol,
    Alias,
    Const,
    Class,
    Function,
    Method,
    Constructor,
    Property,
    Operator,
    /// An alternative of an overload.
    Alternative,
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
            Self::World => "a world",
            Self::Extern => "an export or import",
            Self::Include => "`include`",
            Self::Use => "`use`",
            Self::Import => "an import",
            Self::Record => "a record",
            Self::Variant => "a variant",
            Self::Enum => "an enum",
            Self::Flags => "flags",
            Self::Exception => "an exception",
            Self::Protocol => "a protocol",
            Self::Alias => "a type alias",
            Self::Const => "a constant",
            Self::Class => "a class",
            Self::Function => "a function",
            Self::Method => "a method",
            Self::Constructor => "a constructor",
            Self::Property => "a property",
            Self::Operator => "an operator",
            Self::Alternative => "an alternative of an overload",
            Self::Field => "a field",
            Self::Case => "a case of a variant",
            Self::Flag => "a flag",
            Self::Member => "a member of an enum",
            Self::Parameter => "a parameter",
        }
    }
}

/// The naming convention in Python for functions, methods, properties, parameters and fields.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum NameCase {
    /// `by_title`
    #[default]
    Snake,
    /// `byTitle`
    Camel,
}

/// The contents of the attributes before an item.
#[derive(Clone, Debug, Default)]
pub(super) struct Attributes {
    /// `@py.name("…")`
    pub(super) python: Option<String>,
    /// `@py.names(…)`, and its place.
    pub(super) names: Option<(NameCase, Span)>,
    /// `@deprecated`
    pub(super) deprecated: Option<Deprecation>,
    /// The place of `@gil(release)`.
    pub(super) detached: Option<Span>,
    /// Whether `@open` is present.
    pub(super) open: bool,
    /// Whether `@weakref` is present.
    pub(super) weakref: bool,
    /// Whether `@dict` is present.
    pub(super) dict: bool,
    /// The place of `@pickle`.
    pub(super) pickle: Option<Span>,
    /// The method that `@context-manager` names.
    pub(super) context_manager: Option<ast::Name>,
    /// `@py.record(…)`
    pub(super) style: RecordStyle,
    /// `@message("…")`
    pub(super) message: Option<Written>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Known {
    PythonName,
    PythonNames,
    RecordStyle,
    Deprecated,
    Message,
    Gil,
    Open,
    Weakref,
    Dict,
    Pickle,
    ContextManager,
    /// `@since`, `@unstable`: WIT's gates, which say when an item became available. Every item that gets this far is available.
    Gate,
    ExternalId,
    LintAllow,
}

/// All attributes, with an example of each.
const KNOWN: &[(&str, Known, &str)] = &[
    ("py.name", Known::PythonName, "@py.name(\"…\")"),
    ("py.names", Known::PythonNames, "@py.names(camel-case)"),
    ("py.record", Known::RecordStyle, "@py.record(named-tuple)"),
    (
        "deprecated",
        Known::Deprecated,
        "@deprecated(version = 1.2.0, message = \"…\")",
    ),
    ("message", Known::Message, "@message(\"…\")"),
    ("gil", Known::Gil, "@gil(release)"),
    ("open", Known::Open, "@open"),
    ("weakref", Known::Weakref, "@weakref"),
    ("dict", Known::Dict, "@dict"),
    ("pickle", Known::Pickle, "@pickle"),
    (
        "context-manager",
        Known::ContextManager,
        "@context-manager(close)",
    ),
    ("since", Known::Gate, "@since(version = 1.2.0)"),
    ("unstable", Known::Gate, "@unstable(feature = name)"),
    ("external-id", Known::ExternalId, "@external-id(\"…\")"),
    ("lint.allow", Known::LintAllow, "@lint.allow(missing-docs)"),
];

impl Known {
    /// Whether it controls how Rust code is exported to Python.
    fn is_for_exports(self) -> bool {
        matches!(
            self,
            Self::Gil
                | Self::Message
                | Self::Open
                | Self::Weakref
                | Self::Dict
                | Self::Pickle
                | Self::ContextManager
        )
    }

    /// The items that an attribute may precede, in words.
    fn sites(self) -> &'static str {
        match self {
            Self::PythonName => "what has a name in Python of its own",
            Self::PythonNames => "packages, interfaces, worlds and imports of Python modules",
            Self::RecordStyle => "records",
            Self::Deprecated => "everything but packages and parameters",
            Self::Message => "cases of variants and enums that functions fail with",
            Self::Gil => "functions, methods, constructors and operators",
            Self::Open | Self::Weakref | Self::Dict | Self::Pickle | Self::ContextManager => {
                "classes"
            }
            Self::ExternalId => "what an interface declares",
            Self::Gate | Self::LintAllow => "everything",
        }
    }

    /// The help for `@name` on `site`, where it has no meaning.
    fn instead(self, name: &str, site: Site) -> String {
        match (self, site) {
            (Self::Message, Site::Exception) => {
                "delete it: an exception is given its message when it is made, as the first argument of `new` in Rust".to_owned()
            }
            (Self::Message, Site::Variant | Site::Enum) => {
                "write it before a case: each has a message of its own".to_owned()
            }
            _ => format!("delete it: `@{name}` stands before {}", self.sites()),
        }
    }

    /// Whether an attribute has a meaning on `site`.
    fn fits(self, site: Site) -> bool {
        use Site::{
            Alternative, Case, Class, Constructor, Function, Import, Include, Interface, Member,
            Method, Operator, Package, Parameter, Record, World,
        };
        match self {
            Self::PythonName => !matches!(site, Constructor | Operator | Alternative),
            Self::PythonNames => matches!(site, Package | Interface | World | Import),
            Self::RecordStyle => site == Record,
            Self::Deprecated => !matches!(site, Package | Parameter),
            Self::Message => matches!(site, Case | Member),
            Self::Gil => {
                matches!(
                    site,
                    Function | Method | Constructor | Operator | Alternative
                )
            }
            Self::Open | Self::Weakref | Self::Dict | Self::Pickle | Self::ContextManager => {
                site == Class
            }
            Self::ExternalId => !matches!(site, Interface | World | Include | Package),
            Self::Gate | Self::LintAllow => true,
        }
    }
}

impl Resolver<'_, '_> {
    /// Reads and checks the attributes before an item.
    pub(super) fn attributes(&mut self, at: Where, meta: &ast::Meta, site: Site) -> Attributes {
        let mut attributes = Attributes::default();
        let mut seen: Vec<(String, Span)> = Vec::new();
        for attribute in &meta.attributes {
            let parts = attribute.path.parts.iter().map(|part| part.text.as_str());
            let name = parts.collect::<Vec<_>>().join(".");
            let Some((_, known, form)) = KNOWN.iter().find(|(text, ..)| *text == name) else {
                self.unknown_attribute(attribute, &name);
                continue;
            };
            if !known.fits(site) {
                let message = format!("`@{name}` means nothing on {}", site.describe());
                let span = attribute.span;
                self.report(
                    Diagnostic::new(Code::MisplacedAttribute, span, message, "")
                        .help(known.instead(&name, site)),
                );
                continue;
            }
            if known.is_for_exports() && self.is_python(at.module) {
                self.exported_only(&name, attribute.span);
                continue;
            }
            // Several lists of lints are merged.
            let once = *known != Known::LintAllow;
            if let Some((_, first)) = seen.iter().find(|(other, _)| once && *other == name) {
                let message = format!("`@{name}` is given twice");
                self.report(
                    Diagnostic::new(Code::DuplicateName, attribute.span, message, "")
                        .cause(*first, "first here")
                        .help("delete one of the two"),
                );
                continue;
            }
            let given = Given { attribute, form };
            match known {
                Known::PythonName => {
                    let text = self.string_argument(given);
                    attributes.python = text.and_then(|(text, span)| self.python_name(text, span));
                }
                Known::PythonNames => {
                    let case = self.name_case(given);
                    attributes.names = case.map(|case| (case, attribute.span));
                }
                Known::RecordStyle => attributes.style = self.record_style(given),
                Known::Deprecated => attributes.deprecated = Some(self.deprecation(attribute)),
                Known::Message => {
                    let text = self.string_argument(given);
                    attributes.message = text.map(|(text, string)| Written {
                        text: text.to_owned(),
                        string,
                        attribute: attribute.span,
                    });
                }
                Known::Gil => {
                    let release = self.word_argument(given, &["release"]);
                    attributes.detached = release.map(|_| attribute.span);
                }
                Known::Open => attributes.open = self.no_arguments(given),
                Known::Weakref => attributes.weakref = self.no_arguments(given),
                Known::Dict => attributes.dict = self.no_arguments(given),
                Known::Pickle => {
                    self.no_arguments(given);
                    attributes.pickle = Some(attribute.span);
                }
                Known::ContextManager => {
                    attributes.context_manager = self.word_argument(given, &[]).cloned();
                }
                Known::Gate => self.gate(given, &name),
                Known::ExternalId => {
                    self.string_argument(given);
                }
                Known::LintAllow => self.lints(given),
            }
            seen.push((name, attribute.span));
        }
        attributes
    }

    fn unknown_attribute(&mut self, attribute: &ast::Attribute, name: &str) {
        let message = format!("there is no attribute `@{name}`");
        let diagnostic = Diagnostic::new(
            Code::UnknownAttribute,
            attribute.path.span,
            message,
            "unknown attribute",
        );
        let known = KNOWN.iter().map(|(text, ..)| *text);
        let foreign = suggest::foreign_attribute(name).filter(|_| name != "builtin");
        let help = match (foreign, suggest::nearest(name, known.clone())) {
            (Some(help), _) => help.to_owned(),
            (_, Some(nearest)) => format!("did you mean `@{nearest}`?"),
            _ if name == "builtin" => "only the prelude has builtin types".to_owned(),
            _ => format!("there are `@{}`", known.collect::<Vec<_>>().join("`, `@")),
        };
        self.report(diagnostic.help(help));
    }
}
