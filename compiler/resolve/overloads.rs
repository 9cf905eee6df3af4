//! Functions with one signature or several.

use super::Resolver;
use super::attributes::{Attributes, Site};
use super::context::Where;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Function, Name, Receiver};
use crate::syntax::ast::{self, FunctionBody};

impl Resolver<'_, '_> {
    /// A function, method, constructor or operator.
    pub(super) fn callable(
        &mut self,
        at: Where,
        name: Name,
        meta: &ast::Meta,
        attributes: Attributes,
        body: &FunctionBody,
        site: Site,
    ) -> Option<Function> {
        match body {
            FunctionBody::Signature(signature) => {
                self.function(at, name, meta, attributes, signature, site)
            }
            FunctionBody::Overload(alternatives) => {
                self.overload(at, name, meta, attributes, alternatives, site)
            }
        }
    }

    fn overload(
        &mut self,
        at: Where,
        name: Name,
        meta: &ast::Meta,
        attributes: Attributes,
        written: &[ast::Alternative],
        site: Site,
    ) -> Option<Function> {
        let mut alternatives = Vec::new();
        for alternative in written {
            let mut inner = self.attributes(at, &alternative.meta, Site::Alternative);
            inner.detached = inner.detached.or(attributes.detached);
            let name = self.name(&alternative.name, &inner);
            let signature = &alternative.signature;
            alternatives.push(self.function(at, name, &alternative.meta, inner, signature, site));
        }
        if let [only] = written {
            self.report(
                Diagnostic::new(
                    Code::WrongSignature,
                    only.name.span,
                    "an overload of one alternative",
                    "",
                )
                .help("write it without `overload { … }`, or add another"),
            );
        }
        let overload: Vec<Function> = alternatives.into_iter().collect::<Option<_>>()?;
        let first = overload.first()?;
        let (receiver, bound, place) = (first.receiver, binding(first.receiver), first.name.span);
        for other in &overload[1..] {
            if binding(other.receiver) != bound {
                let message = format!(
                    "`{}` is {}, other alternatives are {bound}",
                    other.name.text,
                    binding(other.receiver)
                );
                self.report(
                    Diagnostic::new(Code::WrongSignature, other.name.span, message, "")
                        .cause(place, "the first alternative")
                        .help("in Python they are one function, so all are bound alike"),
                );
            }
        }
        self.unreachable(&overload);
        Some(Function {
            name,
            docs: super::docs(meta),
            receiver,
            parameters: Vec::new(),
            result: None,
            raises: Vec::new(),
            error: None,
            is_async: false,
            accessor: None,
            detached: false,
            deprecated: attributes.deprecated,
            overload,
        })
    }

    /// Reports alternatives that are unreachable because an earlier one accepts every call.
    fn unreachable(&mut self, overload: &[Function]) {
        for (index, later) in overload.iter().enumerate() {
            let mut earlier = overload[..index].iter();
            if let Some(first) = earlier.find(|earlier| self.takes_all_calls(earlier, later, None))
            {
                let message = format!("`{}` is never called", later.name.text);
                let help = match self.takes_all_calls(later, first, None) {
                    true => "remove one of the two: they take the same arguments".to_owned(),
                    false => format!("move it before `{}`, or remove it", first.name.text),
                };
                self.report(
                    Diagnostic::new(
                        Code::UnreachableOverload,
                        later.name.span,
                        message,
                        "the alternatives are tried in this order",
                    )
                    .cause(
                        first.name.span,
                        format!("`{}` takes all its calls", first.name.text),
                    )
                    .help(help),
                );
            }
        }
    }
}

/// The binding of a function, in Python's terms.
fn binding(receiver: Receiver) -> &'static str {
    match receiver {
        Receiver::Shared | Receiver::Mut => "bound to an instance",
        Receiver::Static => "static",
        Receiver::Class => "bound to the class",
    }
}
