//! Classes and protocols.

use super::printer::Printer;
use crate::syntax::ast::{Class, Constructor, FunctionBody, Property, Protocol};

impl<'a> Printer<'a> {
    pub(super) fn class(&mut self, class: &'a Class) {
        self.token(&class.keyword);
        self.space();
        self.name(&class.name);
        self.extends(class.base.as_slice());
        self.bases("implements", &class.implements, Self::ty);
        if class.items.is_empty() && self.source_is_at("{") != Some(true) {
            self.separator(";");
        } else {
            self.items(&class.items);
        }
    }

    pub(super) fn protocol(&mut self, protocol: &'a Protocol) {
        self.token("protocol");
        self.space();
        self.name(&protocol.name);
        self.extends(&protocol.bases);
        if self.source_is_at(";") == Some(true) {
            self.separator(";");
        } else {
            self.items(&protocol.items);
        }
    }

    pub(super) fn constructor(&mut self, constructor: &'a Constructor) {
        self.token("constructor");
        match &constructor.body {
            FunctionBody::Signature(signature) => {
                self.parameters_and_result(signature);
                self.separator(";");
            }
            FunctionBody::Overload(_) => self.function_body(&constructor.body),
        }
    }

    pub(super) fn property(&mut self, property: &'a Property) {
        if property.readonly {
            self.token("readonly");
            self.space();
        }
        self.token("property");
        self.space();
        self.typed_name(&property.name, property.ty.as_ref());
        self.raises(&property.raises);
        self.separator(";");
    }
}
