//! Attributes: which exist, where they are allowed, and what they mean.

use super::attribute_arguments::{self, Given};
use super::context::Context;
use super::declarations::{Attributes, Written};
use super::findings::Findings;
use super::identifiers;
use super::lookup::Where;
use crate::diagnostic::{Code, Diagnostic, suggest};
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

/// Reads and checks the attributes before an item.
pub(super) fn read(cx: &mut Context, at: Where, meta: &ast::Meta, site: Site) -> Attributes {
    let mut attributes = Attributes::default();
    let mut seen: Vec<(String, Span)> = Vec::new();
    for attribute in &meta.attributes {
        let parts = attribute.path.parts.iter().map(|part| part.text.as_str());
        let name = parts.collect::<Vec<_>>().join(".");
        let Some((_, known, form)) = KNOWN.iter().find(|(text, ..)| *text == name) else {
            unknown_attribute(cx.findings, attribute, &name);
            continue;
        };
        if !known.fits(site) {
            let message = format!("`@{name}` means nothing on {}", site.describe());
            let span = attribute.span;
            cx.report(
                Diagnostic::new(Code::MisplacedAttribute, span, message, "")
                    .help(known.instead(&name, site)),
            );
            continue;
        }
        if known.is_for_exports() && cx.names.is_python(at.module) {
            exported_only(cx.findings, &name, attribute.span);
            continue;
        }
        // Several lists of lints are merged.
        let once = *known != Known::LintAllow;
        if let Some((_, first)) = seen.iter().find(|(other, _)| once && *other == name) {
            let message = format!("`@{name}` is given twice");
            cx.report(
                Diagnostic::new(Code::DuplicateName, attribute.span, message, "")
                    .cause(*first, "first here")
                    .help("delete one of the two"),
            );
            continue;
        }
        let given = Given { attribute, form };
        match known {
            Known::PythonName => {
                let text = attribute_arguments::string_argument(cx.findings, given);
                attributes.python =
                    text.and_then(|(text, span)| identifiers::python_name(cx.findings, text, span));
            }
            Known::PythonNames => {
                let case = attribute_arguments::name_case(cx.findings, given);
                attributes.names = case.map(|case| (case, attribute.span));
            }
            Known::RecordStyle => {
                attributes.style = attribute_arguments::record_style(cx.findings, given)
            }
            Known::Deprecated => {
                attributes.deprecated =
                    Some(attribute_arguments::deprecation(cx.findings, attribute))
            }
            Known::Message => {
                let text = attribute_arguments::string_argument(cx.findings, given);
                attributes.message = text.map(|(text, string)| Written {
                    text: text.to_owned(),
                    string,
                    attribute: attribute.span,
                });
            }
            Known::Gil => {
                let release = attribute_arguments::word_argument(cx.findings, given, &["release"]);
                attributes.detached = release.map(|_| attribute.span);
            }
            Known::Open => attributes.open = attribute_arguments::no_arguments(cx.findings, given),
            Known::Weakref => {
                attributes.weakref = attribute_arguments::no_arguments(cx.findings, given)
            }
            Known::Dict => attributes.dict = attribute_arguments::no_arguments(cx.findings, given),
            Known::Pickle => {
                attribute_arguments::no_arguments(cx.findings, given);
                attributes.pickle = Some(attribute.span);
            }
            Known::ContextManager => {
                attributes.context_manager =
                    attribute_arguments::word_argument(cx.findings, given, &[]).cloned();
            }
            Known::Gate => attribute_arguments::gate(cx.findings, given, &name),
            Known::ExternalId => {
                attribute_arguments::string_argument(cx.findings, given);
            }
            Known::LintAllow => attribute_arguments::lints(cx.findings, given),
        }
        seen.push((name, attribute.span));
    }
    attributes
}

fn unknown_attribute(findings: &mut Findings, attribute: &ast::Attribute, name: &str) {
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
    findings.report(diagnostic.help(help));
}

/// Reports an attribute that controls the export of Rust code, on an item that is implemented in Python.
fn exported_only(findings: &mut Findings, name: &str, span: Span) {
    let message = format!("`@{name}` means nothing in an import");
    let diagnostic = Diagnostic::new(Code::MisplacedAttribute, span, message, "remove it");
    findings.report(match name {
        "gil" => diagnostic.help("code in Python cannot run without the GIL"),
        _ => diagnostic.help(
            "an imported definition is implemented in Python, so this attribute cannot change it",
        ),
    });
}
