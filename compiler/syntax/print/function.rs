//! Functions.

use super::literal::Owner;
use super::printer::{Breaks, List, Printer};
use crate::syntax::ast::{
    Accessor, Alternative, FunctionBody, Name, Parameter, ParameterKind, Path, Receiver, Signature,
    Type,
};

const PARAMETERS: List = List {
    open: "(",
    close: ")",
    spaced: false,
    trailing_comma: true,
    breaks: Breaks::WhenLong,
    packed: false,
};

impl<'a> Printer<'a> {
    /// `name: type = default`, or a part of it.
    pub(super) fn typed_name(&mut self, name: &'a Name, ty: Option<&'a Type>) {
        self.name(name);
        self.token(":");
        self.space();
        self.ty_or_gap(ty);
    }

    /// The part of a function after the colon.
    pub(super) fn function_body(&mut self, body: &'a FunctionBody) {
        self.token(":");
        self.space();
        match body {
            FunctionBody::Signature(signature) => {
                self.signature(signature);
                self.separator(";");
            }
            FunctionBody::Overload(alternatives) => {
                self.token("overload");
                self.space();
                self.block(alternatives, Self::alternative);
            }
        }
    }

    fn alternative(&mut self, alternative: &'a Alternative, before: Option<&'a Alternative>) {
        let has_meta = |alternative: &Alternative| {
            !(alternative.meta.docs.is_empty() && alternative.meta.attributes.is_empty())
        };
        if !self.has_source()
            && before.is_some_and(|before| has_meta(before) || has_meta(alternative))
        {
            self.blank();
        }
        self.meta(&alternative.meta, Owner::Item);
        self.name(&alternative.name);
        self.token(":");
        self.space();
        self.signature(&alternative.signature);
        self.separator(";");
    }

    pub(super) fn signature(&mut self, signature: &'a Signature) {
        let receiver = match signature.receiver {
            Receiver::None => None,
            Receiver::Mut => Some("mut"),
            Receiver::Static => Some("static"),
            Receiver::Class => Some("class"),
        };
        for word in receiver
            .into_iter()
            .chain(signature.is_async.then_some("async"))
        {
            self.token(word);
            self.space();
        }
        self.token(signature.accessor.map_or("func", Accessor::word));
        self.parameters_and_result(signature);
    }

    /// A signature without the words before its parameters: that of a constructor.
    pub(super) fn parameters_and_result(&mut self, signature: &'a Signature) {
        self.list(PARAMETERS, &signature.parameters, Self::parameter);
        self.result(signature.result.as_ref(), &signature.raises);
    }

    fn parameter(&mut self, parameter: &'a Parameter) {
        self.meta(&parameter.meta, Owner::Parameter);
        match &parameter.kind {
            ParameterKind::Named { name, ty, default } => {
                self.typed_name(name, ty.as_ref());
                self.default(default.as_ref());
            }
            ParameterKind::Slash => self.token("/"),
            ParameterKind::Star => self.token("*"),
            ParameterKind::VarArgs { name, ty } => {
                self.token("*");
                self.typed_name(name, ty.as_ref());
            }
            ParameterKind::VarKeywords { name, ty } => {
                self.token("*");
                self.token("*");
                self.typed_name(name, ty.as_ref());
            }
        }
    }

    /// The text after the parameters. If a line gets too long, the parameters are broken before the result is.
    pub(super) fn result(&mut self, ty: Option<&'a Type>, raises: &'a [Path]) {
        if let Some(ty) = ty {
            self.spaced("->");
            self.space();
            self.stiff(|printer| printer.ty(ty));
        }
        self.raises(raises);
    }
}
