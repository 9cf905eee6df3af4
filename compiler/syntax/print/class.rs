//! Classes and protocols.

use super::printer::Printer;
use crate::syntax::ast::{Class, Constructor, FunctionBody, Item, Name, Property, Protocol};

impl<'a> Printer<'a> {
    pub(super) fn class(&mut self, class: &'a Class) {
        let is_open = !class.items.is_empty();
        self.class_like(
            &class.keyword,
            &class.name,
            &class.items,
            is_open,
            |printer| {
                printer.bases("extends", class.base.as_slice(), Self::path);
                printer.bases("implements", &class.implements, Self::ty);
            },
        );
    }

    pub(super) fn protocol(&mut self, protocol: &'a Protocol) {
        self.class_like(
            "protocol",
            &protocol.name,
            &protocol.items,
            true,
            |printer| {
                printer.bases("extends", &protocol.bases, Self::path);
            },
        );
    }

    /// A keyword, a name, bases and a body, or `;` if the source has one; without source, `is_open` decides.
    fn class_like(
        &mut self,
        keyword: &'a str,
        name: &'a Name,
        items: &'a [Item],
        is_open: bool,
        bases: impl FnOnce(&mut Self),
    ) {
        let mut has_body = is_open;
        // If the bases are on lines of their own, so is the brace, which separates them from the items.
        self.closed_group(|printer| {
            printer.token(keyword);
            printer.space();
            printer.name(name);
            bases(printer);
            has_body = printer.source_is_at("{").unwrap_or(is_open);
            if has_body {
                printer.line_if_broken();
                printer.token("{");
            }
        });
        match has_body {
            true => self.block_body(items, Self::item),
            false => self.separator(";"),
        }
    }

    /// A keyword and names, on a line of their own if everything does not fit on one line.
    fn bases<T>(
        &mut self,
        keyword: &'static str,
        bases: &'a [T],
        mut base: impl FnMut(&mut Self, &'a T),
    ) {
        let Some((first, others)) = bases.split_first() else {
            return;
        };
        self.indented(|printer| {
            printer.line_if_broken();
            printer.token(keyword);
            printer.space();
            base(printer, first);
            printer.indented(|printer| {
                for each in others {
                    printer.separator(",");
                    printer.fill();
                    base(printer, each);
                }
            });
        });
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
