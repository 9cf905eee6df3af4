//! A model as text, complete and in order, for people and for snapshots.

use std::fmt::{Display, Write};

use super::{
    Class, ClassItem, Const, Default, Deprecation, Docs, EnumRepr, Enumeration, Exception,
    ExceptionId, Field, Function, Interface, ItemId, Name, ParameterKind, Property, Receiver, Type,
    Value,
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
        dump.define("module", &self.module.name, "", &self.module.docs, |dump| {
            self.module.items.iter().for_each(|item| dump.item(*item));
        });
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

    /// A line for something with a name (`what` may be empty), its documentation and `parts` below it.
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

    /// The same for something with a type and perhaps a value.
    fn define_typed(
        &mut self,
        what: &str,
        name: &Name,
        ty: &Type,
        value: Option<String>,
        docs: &Docs,
    ) {
        let value = value.map(|value| format!(" = {value}"));
        let tail = format!(": {}{}", self.ty(ty), value.unwrap_or_default());
        self.define(what, name, &tail, docs, |_| {});
    }

    fn item(&mut self, item: ItemId) {
        let interface = self.interface;
        match item {
            ItemId::Record(id) => {
                let record = &interface[id];
                self.define("record", &record.name, "", &record.docs, |dump| {
                    dump.fields(&record.fields)
                });
            }
            ItemId::Enum(id) => self.enumeration(&interface[id]),
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

    fn enumeration(&mut self, enumeration: &Enumeration) {
        let what = match enumeration.repr {
            EnumRepr::Plain => "enum",
            EnumRepr::Int => "integer enum",
            EnumRepr::Str => "string enum",
        };
        self.define(what, &enumeration.name, "", &enumeration.docs, |dump| {
            for member in &enumeration.members {
                let value = format!(" = {}", dump.value(&member.value));
                dump.define("member", &member.name, &value, &member.docs, |_| {});
            }
        });
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
            |dump| dump.fields(&exception.fields),
        );
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            let default = field.default.as_ref().map(|default| self.value(default));
            self.define_typed("field", &field.name, &field.ty, default, &field.docs);
        }
    }

    fn class(&mut self, class: &Class) {
        let open = if class.open { ", open" } else { "" };
        self.define("class", &class.name, open, &class.docs, |dump| {
            dump.deprecated(class.deprecated.as_ref());
            if let Some(constructor) = &class.constructor {
                dump.function("", constructor);
            }
            for item in &class.items {
                match item {
                    ClassItem::Const(constant) => dump.constant(constant),
                    ClassItem::Property(property) => dump.property(property),
                    ClassItem::Method(function) => dump.function("method", function),
                    ClassItem::Operator(operator) => dump.function("operator", &operator.function),
                }
            }
        });
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
        let ty = format!(": {}", self.ty(&property.ty));
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
            if let Some(result) = &function.result {
                dump.line(format_args!("returns {}", dump.ty(result)));
            }
            dump.raises(&function.raises);
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

    fn ty(&self, ty: &Type) -> String {
        let interface = self.interface;
        match ty {
            Type::Builtin { name, arguments } if arguments.is_empty() => name.clone(),
            Type::Builtin { name, arguments } => {
                format!("{name}<{}>", joined(arguments, |ty| self.ty(ty)))
            }
            Type::Callback { parameters, result } => {
                let result = result
                    .as_ref()
                    .map(|result| format!(" -> {}", self.ty(result)));
                format!(
                    "func({}){}",
                    joined(parameters, |ty| self.ty(ty)),
                    result.unwrap_or_default()
                )
            }
            // What kind of definition it is tells it from a builtin type of the same name.
            Type::Record(id) => format!("record {}", interface[*id].name.text),
            Type::Enum(id) => format!("enum {}", interface[*id].name.text),
            Type::Class(id) => format!("class {}", interface[*id].name.text),
            Type::Alias(id) => format!("alias {}", interface[*id].name.text),
        }
    }

    fn value(&self, value: &Value) -> String {
        let list = |values: &[Value]| joined(values, |value| self.value(value));
        match value {
            Value::None => "none".to_owned(),
            Value::Bool(value) => value.to_string(),
            Value::Int(text) | Value::Float(text) => text.clone(),
            Value::Str(text) => format!("{text:?}"),
            Value::Bytes(bytes) => format!("b\"{}\"", bytes.escape_ascii()),
            Value::List(values) => format!("[{}]", list(values)),
            Value::Tuple(values) => format!("({})", list(values)),
            Value::Map(pairs) => {
                let pair = |(key, value): &(Value, Value)| {
                    format!("{}: {}", self.value(key), self.value(value))
                };
                format!("{{{}}}", joined(pairs, pair))
            }
            Value::Record(id, values) => {
                let record = &self.interface[*id];
                let fields: Vec<_> = record.fields.iter().zip(values).collect();
                let field = |(field, value): &(&Field, &Value)| {
                    format!("{}: {}", field.name.text, self.value(value))
                };
                format!("{} {{{}}}", record.name.text, joined(&fields, field))
            }
            Value::Enum(id, member) => {
                let enumeration = &self.interface[*id];
                format!(
                    "{}.{}",
                    enumeration.name.text, enumeration.members[*member].name.text
                )
            }
        }
    }
}

fn joined<T>(parts: &[T], shown: impl Fn(&T) -> String) -> String {
    parts.iter().map(shown).collect::<Vec<_>>().join(", ")
}
