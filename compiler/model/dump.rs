//! Dumps a model as text, complete and in order, for people and for snapshots.

mod types;

use std::fmt::{Display, Write};

use super::spelling::Speller;
use super::{
    Class, ClassItem, Const, Default, Deprecation, Docs, EnumRepr, Enumeration, Exception,
    ExceptionId, Failure, Field, Flags, Function, Interface, ItemId, Message, MessagePart,
    ModuleId, Name, Origin, ParameterKind, Payload, Property, Protocol, ProtocolId, Receiver, Type,
    Variant,
};

impl Interface {
    /// The interface as indented lines: each definition with its documentation after `|`, then its parts.
    pub fn dump(&self) -> String {
        let mut dump = Dump {
            interface: self,
            text: String::new(),
            depth: 0,
        };
        if let Some(package) = &self.package {
            let version = package
                .version
                .as_ref()
                .map(|version| format!("@{version}"));
            dump.line(format_args!(
                "package {}{}",
                package.name,
                version.unwrap_or_default()
            ));
        }
        dump.module(Self::ROOT);
        for (id, module) in (0..).map(ModuleId).zip(&self.modules).skip(1) {
            if module.parent.is_none() {
                dump.module(id);
            }
        }
        self.exceptions
            .iter()
            .filter(|exception| exception.builtin)
            .for_each(|exception| dump.exception(exception));
        dump.text
    }
}

struct Dump<'a> {
    interface: &'a Interface,
    text: String,
    depth: usize,
}

impl Dump<'_> {
    fn line(&mut self, text: impl Display) {
        // Writing to a string cannot fail.
        let _ = writeln!(self.text, "{:1$}{text}", "", 2 * self.depth);
    }

    /// Writes a line for a named item (`what` may be empty), with its documentation and `parts` below it.
    fn define(
        &mut self,
        what: &str,
        name: &Name,
        tail: &str,
        docs: &Docs,
        parts: impl FnOnce(&mut Self),
    ) {
        let python = name
            .python
            .as_ref()
            .map(|python| format!(" ({python} in Python)"));
        let head = format!("{what} {}{}{tail}", name.text, python.unwrap_or_default());
        self.line(head.trim_start());
        self.depth += 1;
        for line in &docs.0 {
            self.line(format!("| {line}").trim_end());
        }
        parts(self);
        self.depth -= 1;
    }

    /// The same for an item with a type and possibly a value.
    fn define_typed(
        &mut self,
        what: &str,
        name: &Name,
        ty: &Type,
        value: Option<String>,
        docs: &Docs,
    ) {
        let value = value.map(|value| format!(" = {value}"));
        let tail = format!(": {}{}", self.spelt(ty), value.unwrap_or_default());
        self.define(what, name, &tail, docs, |_| {});
    }

    /// A module and its submodules.
    fn module(&mut self, id: ModuleId) {
        let interface = self.interface;
        let module = &interface[id];
        let (what, origin) = match &module.origin {
            Origin::Exported if id != Interface::ROOT => ("submodule", String::new()),
            Origin::Exported if interface.is_world => ("world", String::new()),
            Origin::Exported => ("module", String::new()),
            Origin::Foreign { package, .. } => ("foreign module", format!(" of {package}")),
            Origin::Imported { python: None } => ("imported module", String::new()),
            Origin::Imported {
                python: Some(python),
            } => ("imported module", format!(" from {python:?}")),
        };
        self.define(what, &module.name, &origin, &module.docs, |dump| {
            module.items.iter().for_each(|item| dump.item(*item));
            for (inner, module) in (0..).map(ModuleId).zip(&interface.modules) {
                if module.parent == Some(id) {
                    dump.module(inner);
                }
            }
        });
    }

    fn item(&mut self, item: ItemId) {
        let interface = self.interface;
        match item {
            ItemId::Record(id) => {
                let record = &interface[id];
                self.define("record", &record.name, "", &record.docs, |dump| {
                    dump.deprecated(record.deprecated.as_ref());
                    dump.fields(&record.fields)
                });
            }
            ItemId::Variant(id) => self.variant(&interface[id]),
            ItemId::Enum(id) => self.enumeration(&interface[id]),
            ItemId::Flags(id) => self.flags(&interface[id]),
            ItemId::Protocol(id) => self.protocol(&interface[id]),
            ItemId::Exception(id) => self.exception(&interface[id]),
            ItemId::Class(id) => self.class(&interface[id]),
            ItemId::Alias(id) => {
                let alias = &interface[id];
                self.define_typed("alias", &alias.name, &alias.ty, None, &alias.docs);
            }
            ItemId::Function(id) => self.function("function", &interface[id]),
            ItemId::Const(id) => self.constant(&interface[id]),
        }
    }

    fn variant(&mut self, variant: &Variant) {
        let error = if variant.error { ", error" } else { "" };
        self.define("variant", &variant.name, error, &variant.docs, |dump| {
            dump.deprecated(variant.deprecated.as_ref());
            for case in &variant.cases {
                let payload = match &case.payload {
                    Payload::None | Payload::Fields(_) => String::new(),
                    Payload::Tuple(types) => format!("({})", joined(types, |ty| dump.spelt(ty))),
                };
                dump.define("case", &case.name, &payload, &case.docs, |dump| {
                    dump.message(case.message.as_ref());
                    if let Payload::Fields(fields) = &case.payload {
                        dump.fields(fields);
                    }
                });
            }
        });
    }

    fn flags(&mut self, flags: &Flags) {
        self.define("flags", &flags.name, "", &flags.docs, |dump| {
            dump.deprecated(flags.deprecated.as_ref());
            for flag in &flags.flags {
                let value = format!(" = {}", flag.value);
                dump.define("flag", &flag.name, &value, &flag.docs, |_| {});
            }
        });
    }

    fn protocol(&mut self, protocol: &Protocol) {
        let name = |base: &ProtocolId| self.interface[*base].name.text.clone();
        let bases = match protocol.bases.as_slice() {
            [] => String::new(),
            bases => format!(" extends {}", joined(bases, name)),
        };
        self.define("protocol", &protocol.name, &bases, &protocol.docs, |dump| {
            dump.class_items(&protocol.items);
        });
    }

    fn enumeration(&mut self, enumeration: &Enumeration) {
        let what = match enumeration.repr {
            EnumRepr::Plain => "enum",
            EnumRepr::Int => "integer enum",
            EnumRepr::Str => "string enum",
        };
        let error = if enumeration.error { ", error" } else { "" };
        self.define(what, &enumeration.name, error, &enumeration.docs, |dump| {
            dump.deprecated(enumeration.deprecated.as_ref());
            for member in &enumeration.members {
                let value = format!(" = {}", dump.value(&member.value));
                dump.define("member", &member.name, &value, &member.docs, |dump| {
                    dump.message(member.message.as_ref());
                });
            }
        });
    }

    /// The message of a case: text in quotes, payload values by index.
    fn message(&mut self, message: Option<&Message>) {
        if let Some(Message(parts)) = message {
            let parts = joined(parts, |part| match part {
                MessagePart::Text(text) => format!("{text:?}"),
                MessagePart::Field(index) => index.to_string(),
            });
            self.line(format_args!("message {parts}"));
        }
    }

    fn exception(&mut self, exception: &Exception) {
        let base = exception
            .base
            .map(|base| format!(" extends {}", self.interface[base].name.text));
        let (what, docs) = match exception.builtin {
            true => ("builtin exception", &Docs::default()),
            false => ("exception", &exception.docs),
        };
        self.define(
            what,
            &exception.name,
            &base.unwrap_or_default(),
            docs,
            |dump| {
                dump.deprecated(exception.deprecated.as_ref());
                dump.fields(&exception.fields);
            },
        );
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            let default = field.default.as_ref().map(|default| self.value(default));
            self.define_typed("field", &field.name, &field.ty, default, &field.docs);
        }
    }

    fn class(&mut self, class: &Class) {
        let base = class
            .base
            .map(|base| format!(" extends {}", self.interface[base].name.text));
        let open = if class.open { ", open" } else { "" };
        let tail = base.unwrap_or_default() + open;
        self.define("class", &class.name, &tail, &class.docs, |dump| {
            for id in &class.implements {
                dump.line(format_args!("implements {}", dump.interface[*id].name.text));
            }
            let properties = [
                (class.weakref, "weak references"),
                (class.dict, "attributes of its own"),
                (class.pickle, "can be pickled"),
            ];
            for (_, text) in properties.iter().filter(|(has, _)| *has) {
                dump.line(text);
            }
            if let Some(close) = &class.context_manager {
                dump.line(format_args!("context manager, {} at its end", close.text));
            }
            dump.deprecated(class.deprecated.as_ref());
            if let Some(constructor) = &class.constructor {
                dump.function("", constructor);
            }
            dump.class_items(&class.items);
        });
    }

    fn class_items(&mut self, items: &[ClassItem]) {
        for item in items {
            match item {
                ClassItem::Const(constant) => self.constant(constant),
                ClassItem::Property(property) => self.property(property),
                ClassItem::Method(function) => self.function("method", function),
                ClassItem::Operator(operator) => self.function("operator", &operator.function),
            }
        }
    }

    fn constant(&mut self, constant: &Const) {
        let value = constant.value.as_ref().map(|value| self.value(value));
        self.define_typed("const", &constant.name, &constant.ty, value, &constant.docs);
    }

    fn property(&mut self, property: &Property) {
        let what = if property.readonly {
            "readonly property"
        } else {
            "property"
        };
        let ty = format!(": {}", self.spelt(&property.ty));
        self.define(what, &property.name, &ty, &property.docs, |dump| {
            dump.raises(&property.raises);
            dump.deprecated(property.deprecated.as_ref());
        });
    }

    fn function(&mut self, what: &str, function: &Function) {
        self.define(what, &function.name, "", &function.docs, |dump| {
            match function.receiver {
                Receiver::Shared => dump.line("&self"),
                Receiver::Mut => dump.line("&mut self"),
                Receiver::Class => dump.line("the class itself"),
                Receiver::Static => {}
            }
            for parameter in &function.parameters {
                let what = match parameter.kind {
                    ParameterKind::PositionalOnly => "positional-only parameter",
                    ParameterKind::Standard => "parameter",
                    ParameterKind::VarArgs => "variable arguments",
                    ParameterKind::KeywordOnly => "keyword-only parameter",
                    ParameterKind::VarKeywords => "variable keyword arguments",
                };
                let default = parameter.default.as_ref().map(|default| match default {
                    Default::Computed => "...".to_owned(),
                    Default::Value(value) => dump.value(value),
                });
                dump.define_typed(
                    what,
                    &parameter.name,
                    &parameter.ty,
                    default,
                    &parameter.docs,
                );
            }
            for alternative in &function.overload {
                dump.function("alternative", alternative);
            }
            if function.is_async {
                dump.line("async");
            }
            match function.accessor {
                Some(super::Accessor::Get) => dump.line("getter"),
                Some(super::Accessor::Set) => dump.line("setter"),
                None => {}
            }
            if let Some(result) = &function.result {
                dump.line(format_args!("returns {}", dump.spelt(result)));
            }
            dump.raises(&function.raises);
            match &function.error {
                Some(Failure::Unit) => dump.line("fails"),
                Some(Failure::Value(ty)) => {
                    dump.line(format_args!("fails with {}", dump.spelt(ty)));
                }
                None => {}
            }
            if function.detached {
                dump.line("detached");
            }
            dump.deprecated(function.deprecated.as_ref());
        });
    }

    fn raises(&mut self, raises: &[ExceptionId]) {
        let names: Vec<_> = raises
            .iter()
            .map(|id| self.interface[*id].name.text.as_str())
            .collect();
        if !names.is_empty() {
            self.line(format_args!("raises {}", names.join(" | ")));
        }
    }

    fn deprecated(&mut self, deprecated: Option<&Deprecation>) {
        if let Some(Deprecation { version, message }) = deprecated {
            let parts = [
                version.clone(),
                message.as_ref().map(|message| format!("{message:?}")),
            ];
            let parts: String = parts
                .into_iter()
                .flatten()
                .map(|part| format!(" {part}"))
                .collect();
            self.line(format_args!("deprecated{parts}"));
        }
    }
}

fn joined<T>(parts: &[T], shown: impl Fn(&T) -> String) -> String {
    parts.iter().map(shown).collect::<Vec<_>>().join(", ")
}
