//! Functions: parameters in Python's order, results, exceptions, attributes.

use super::Resolver;
use super::attributes::{Attributes, Site};
use super::context::{Around, Where};
use super::namespaces::{Casing, Distinct, same_name};
use super::usage::Usage;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Builtin, Default, Function, Name, Parameter, ParameterKind, Receiver, Type};
use crate::source::Span;
use crate::syntax::ast;

impl Resolver<'_, '_> {
    /// A function, method, constructor or operator, as `site` says, with its signature.
    pub(super) fn function(
        &mut self,
        at: Where,
        name: Name,
        meta: &ast::Meta,
        attributes: Attributes,
        signature: &ast::Signature,
        site: Site,
    ) -> Option<Function> {
        let receiver = self.receiver(at, signature, site);
        let accessor = self.accessor(at, &name, signature)?;
        let parameters = self.parameters(at, &signature.parameters);
        if site == Site::Method && receiver != Receiver::Static {
            self.refuse_second_self(&signature.parameters);
        }
        let outcome = self.outcome(at, signature, site);
        let raises = self.raises(at, &signature.raises);
        if let Some(attribute) = attributes.detached {
            self.detached(
                attribute,
                signature,
                parameters.as_deref().unwrap_or_default(),
                outcome.as_ref().and_then(|it| it.result.as_ref()),
            );
        }
        let outcome = outcome?;
        let mut raises = raises?;
        raises.extend(outcome.raises);
        Some(Function {
            name,
            docs: super::docs(meta),
            receiver,
            parameters: parameters?,
            result: outcome.result,
            raises,
            detached: attributes.detached.is_some(),
            error: outcome.error,
            is_async: signature.is_async,
            accessor,
            overload: Vec::new(),
            deprecated: attributes.deprecated,
        })
    }

    fn receiver(&mut self, at: Where, signature: &ast::Signature, site: Site) -> Receiver {
        let (receiver, word) = match signature.receiver {
            ast::Receiver::None if matches!(site, Site::Function | Site::Constructor) => {
                return Receiver::Static;
            }
            ast::Receiver::None => return Receiver::Shared,
            ast::Receiver::Mut => (Receiver::Mut, "mut"),
            ast::Receiver::Static => (Receiver::Static, "static"),
            ast::Receiver::Class => (Receiver::Class, "class"),
        };
        let span = Span {
            end: signature.span.start + word.len() as u32,
            ..signature.span
        };
        match site {
            Site::Function => {
                let message = format!("`{word} func` outside of a class");
                self.report(
                    Diagnostic::new(Code::MisplacedReceiver, span, message, "")
                        .help("a function of a module is a plain `func`"),
                );
                Receiver::Static
            }
            _ if receiver == Receiver::Mut && self.is_implemented_in_python(at) => {
                let place = match at.class {
                    Some(Around::Protocol(_)) => "a protocol",
                    _ => "an import",
                };
                let message = format!("`mut func` in {place}");
                self.report(
                    Diagnostic::new(Code::MisplacedReceiver, span, message, "")
                        .help("Python implements it, so write a plain `func`"),
                );
                Receiver::Shared
            }
            Site::Operator if receiver != Receiver::Mut => {
                let message = format!("an operator cannot be a `{word} func`");
                self.report(
                    Diagnostic::new(Code::MisplacedReceiver, span, message, "")
                        .help("an operator is a `func` or `mut func`"),
                );
                Receiver::Shared
            }
            _ => receiver,
        }
    }

    fn is_implemented_in_python(&self, at: Where) -> bool {
        match at.class {
            Some(Around::Protocol(_)) => true,
            Some(Around::Class(_)) => self.is_python(at.module),
            None => false,
        }
    }

    /// A method in WIT has an implicit parameter `self`.
    fn refuse_second_self(&mut self, parameters: &[ast::Parameter]) {
        for parameter in parameters {
            if let ast::ParameterKind::Named { name, .. } = &parameter.kind
                && same_name(&name.text) == "self"
                && self.is_wit(name.span)
            {
                let message = "a method has a parameter `self` already";
                self.report(
                    Diagnostic::new(Code::DuplicateName, name.span, message, "")
                        .help("choose another name"),
                );
            }
        }
    }

    /// Parameters with their kinds; none if an error was already reported.
    fn parameters(&mut self, at: Where, written: &[ast::Parameter]) -> Option<Vec<Parameter>> {
        let kinds = self.kinds(written);
        let mut names = Distinct::default();
        let mut parameters = Vec::new();
        let mut complete = true;
        for (written, kind) in written.iter().zip(kinds) {
            let Some(kind) = kind else { continue };
            let (name, ast, default) = match &written.kind {
                ast::ParameterKind::Named { name, ty, default } => (name, ty, default.as_ref()),
                ast::ParameterKind::VarArgs { name, ty }
                | ast::ParameterKind::VarKeywords { name, ty } => (name, ty, None),
                ast::ParameterKind::Slash | ast::ParameterKind::Star => continue,
            };
            let attributes = self.attributes(at, &written.meta, Site::Parameter);
            let name = self.value_name(at, name, &attributes);
            self.claim(&mut names, &name, Casing::VALUE);
            let ty = ast.as_ref().and_then(|ast| {
                let ty = self.ty(at, ast)?;
                let variadic = matches!(kind, ParameterKind::VarArgs | ParameterKind::VarKeywords);
                let usage = if variadic {
                    Usage::Variadic
                } else {
                    Usage::Parameter
                };
                self.check_usage(ast, &ty, usage).then_some(ty)
            });
            let default = match (default, &ty) {
                (None, _) => Some(None),
                (
                    Some(ast::Literal {
                        kind: ast::LiteralKind::Computed,
                        ..
                    }),
                    _,
                ) => Some(Some(Default::Computed)),
                (Some(literal), Some(ty)) => self
                    .value(at, literal, ty)
                    .map(|value| Some(Default::Value(value))),
                (Some(_), None) => None,
            };
            let (Some(ty), Some(default)) = (ty, default) else {
                complete = false;
                continue;
            };
            parameters.push(Parameter {
                name,
                docs: super::docs(&written.meta),
                kind,
                ty,
                default,
            });
        }
        complete.then_some(parameters)
    }

    /// The kind of each parameter, none for the markers, by the ordering rules of Python's grammar.
    fn kinds(&mut self, written: &[ast::Parameter]) -> Vec<Option<ParameterKind>> {
        let slash = written
            .iter()
            .position(|parameter| parameter.kind == ast::ParameterKind::Slash);
        let mut star: Option<Span> = None;
        let mut keywords: Option<Span> = None;
        let mut defaulted: Option<Span> = None;
        let mut kinds = Vec::new();
        for (position, parameter) in written.iter().enumerate() {
            let error =
                |message: &str| Diagnostic::new(Code::ParameterOrder, parameter.span, message, "");
            if let Some(keywords) = keywords {
                self.report(
                    error("nothing can follow `**`")
                        .cause(keywords, "this takes all that is left")
                        .help("move it before `**`"),
                );
            }
            kinds.push(match &parameter.kind {
                ast::ParameterKind::Slash => {
                    if position == 0 {
                        self.report(error("`/` needs a parameter before it").help("what stands before `/` is given by position only"));
                    } else if slash.is_some_and(|first| first < position) {
                        self.report(error("`/` stands here twice").help("delete one of the two"));
                    } else if let Some(star) = star {
                        self.report(error("`/` comes before `*`").cause(star, "`*` is here").help("move it before the `*`"));
                    }
                    None
                }
                ast::ParameterKind::Star => {
                    // The second `*`, after this one, is the error.
                    let named = |next: &ast::Parameter| {
                        !matches!(
                            next.kind,
                            ast::ParameterKind::Slash | ast::ParameterKind::VarKeywords { .. }
                        )
                    };
                    if let Some(star) = star {
                        let help = "delete it: what follows the first `*` is given by name only already";
                        self.report(error("`*` stands here twice").cause(star, "first here").help(help));
                    } else if !written.get(position + 1).is_some_and(named) {
                        self.report(error("`*` needs a named parameter after it").help("what stands after `*` is given by name only"));
                    }
                    star = star.or(Some(parameter.span));
                    None
                }
                ast::ParameterKind::VarArgs { .. } => {
                    if let Some(star) = star {
                        let help = "write one of the two: `*name: t` takes what is left, and what follows is given by name only";
                        self.report(error("`*` stands here twice").cause(star, "first here").help(help));
                    }
                    star = star.or(Some(parameter.span));
                    Some(ParameterKind::VarArgs)
                }
                ast::ParameterKind::VarKeywords { .. } => {
                    keywords = keywords.or(Some(parameter.span));
                    Some(ParameterKind::VarKeywords)
                }
                ast::ParameterKind::Named { .. } if star.is_some() => Some(ParameterKind::KeywordOnly),
                ast::ParameterKind::Named { name, default, .. } => {
                    match (default, defaulted) {
                        (Some(_), _) => defaulted = defaulted.or(Some(parameter.span)),
                        (None, Some(before)) => {
                            let message = format!("`{}` needs a default, as a parameter before it has one", name.text);
                            self.report(
                                Diagnostic::new(Code::ParameterOrder, name.span, message, "")
                                    .cause(before, "this has a default")
                                    .help("give it a default, move it to the front, or put `*` before it"),
                            );
                        }
                        (None, None) => {}
                    }
                    let positional = slash.is_some_and(|slash| position < slash);
                    Some(if positional { ParameterKind::PositionalOnly } else { ParameterKind::Standard })
                }
            });
        }
        kinds
    }

    /// `@gil(release)`: while the function runs, no Python object and no reference count may be accessed.
    fn detached(
        &mut self,
        attribute: Span,
        signature: &ast::Signature,
        parameters: &[Parameter],
        result: Option<&Type>,
    ) {
        let mut places = Vec::new();
        let written = signature
            .parameters
            .iter()
            .filter_map(|parameter| match &parameter.kind {
                ast::ParameterKind::Named { name, ty, .. }
                | ast::ParameterKind::VarArgs { name, ty }
                | ast::ParameterKind::VarKeywords { name, ty } => {
                    Some((name.span, ty.as_ref()?.span))
                }
                _ => None,
            });
        for (name, span) in written {
            let Some(parameter) = parameters
                .iter()
                .find(|parameter| parameter.name.span == name)
            else {
                continue;
            };
            let contents = self.table.contents(&parameter.ty);
            let variadic = matches!(
                parameter.kind,
                ParameterKind::VarArgs | ParameterKind::VarKeywords
            );
            if contents.is_python() {
                places.push((span, "Python objects"));
            } else if contents.class && (variadic || !self.is_borrowed(&parameter.ty)) {
                places.push((span, "collections of instances of classes"));
            }
        }
        if let (Some(result), Some(ast)) = (result, &signature.result)
            && self.table.contents(result).any
        {
            places.push((ast.span, "Python objects"));
        }
        // One finding for all places: either the attribute or the signature is wrong.
        let Some(((first, what), others)) = places.split_first() else {
            return;
        };
        let message = format!("{what} in a function that runs without the GIL");
        let mut diagnostic = Diagnostic::new(Code::GilRelease, *first, message, "")
            .cause(attribute, "it runs without the GIL because of this");
        for (span, _) in others {
            diagnostic = diagnostic.cause(*span, "here, too");
        }
        self.report(diagnostic.help("leave out `@gil(release)`, or use other types"));
    }

    /// Whether a parameter of type `ty` lends Rust an instance of a class for the call.
    fn is_borrowed(&self, ty: &Type) -> bool {
        match self.table.expanded(ty) {
            Some(Type::Class(_)) => true,
            Some(Type::Builtin(Builtin::Option, arguments)) => arguments
                .iter()
                .all(|ty| matches!(self.table.expanded(ty), Some(Type::Class(_)))),
            _ => false,
        }
    }
}
