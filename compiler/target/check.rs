//! What an interface may say although nothing is generated from it yet.

mod results;

use super::cases::Cases;
use super::cases::named_like_unions;
use super::contents::AliasContents;
use super::modules::{home, is_exported};
use super::rust::instances::holds_instance;
use super::usage::Usage;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Class, ClassItem, Const, Default, Exception, Failure, Field, Function, Interface, ItemId, Name,
    OperatorKind, Origin, Payload, Property, RecordStyle, Type, Value,
};
use crate::resolve::prelude::prelude;

/// The runtime converts as many: a callback's arguments are a Rust tuple.
const MAXIMUM_CALLBACK_PARAMETERS: usize = 12;

/// The operators that the glue has shims for.
const GENERATED_OPERATORS: &[OperatorKind] = {
    use OperatorKind as K;
    &[
        K::Len,
        K::Getitem,
        K::Setitem,
        K::Contains,
        K::Iter,
        K::Next,
        K::Repr,
        K::Str,
        K::Eq,
        K::Lt,
        K::Le,
        K::Gt,
        K::Ge,
        K::Hash,
        K::Call,
        K::Bool,
        K::Add,
        K::Sub,
        K::Mul,
        K::Radd,
        K::Rsub,
        K::Rmul,
    ]
};
/// Rust's own traits end there.
const MAXIMUM_TUPLE_LENGTH: usize = 12;

/// Rust has them on the stack.
const MAXIMUM_ARRAY_LENGTH: u32 = 4096;

/// Reports what `interface` has that no target can handle yet, each at the name of the definition around it. Targets
/// may be asked for their texts only if nothing was reported.
pub fn check(interface: &Interface, diagnostics: &mut Diagnostics) {
    let mut check = Check {
        interface,
        aliases: AliasContents::new(interface),
        diagnostics,
    };
    if interface.is_world {
        check.refuse(&interface.root().name, "worlds are");
        return;
    }
    let root = &interface.root().name;
    if !root.python.as_ref().unwrap_or(&root.text).is_ascii() {
        // PEP 489 encodes such names in the initialisation function with Punycode.
        check.refuse(
            root,
            "modules with other than ASCII letters in their names are",
        );
    }
    for module in &interface.modules {
        match &module.origin {
            Origin::Imported { .. } => {
                check.refuse(&module.name, "imports of Python modules are");
            }
            // They are checked where they are from.
            Origin::Foreign { .. } => {}
            Origin::Exported => {
                for item in named_like_unions(interface, module) {
                    let name = home(interface, item).expect("a type").1;
                    check.refuse(name, "types named like a variant's union of cases are");
                }
                module.items.iter().for_each(|item| check.item(*item));
            }
        }
    }
}

struct Check<'a> {
    interface: &'a Interface,
    aliases: AliasContents,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    /// Reports `what`, such as "variants are".
    fn refuse(&mut self, name: &Name, what: &str) {
        let message = format!("{what} not generated yet");
        self.diagnostics.report(Diagnostic::new(
            Code::NotGeneratedYet,
            name.span,
            message,
            "",
        ));
    }

    fn item(&mut self, item: ItemId) {
        let interface = self.interface;
        match item {
            ItemId::Record(id) => {
                let record = &interface[id];
                match record.style {
                    RecordStyle::DataClass => {}
                    RecordStyle::NamedTuple => self.refuse(&record.name, "named tuples are"),
                    RecordStyle::TypedDict => self.refuse(&record.name, "typed dictionaries are"),
                }
                self.fields(&record.fields);
            }
            ItemId::Variant(id) => {
                for case in &interface[id].cases {
                    match &case.payload {
                        Payload::None => {}
                        Payload::Tuple(types) => {
                            for ty in types {
                                self.ty(&case.name, ty, Usage::Field);
                            }
                        }
                        Payload::Fields(fields) => self.fields(fields),
                    }
                }
            }
            ItemId::Enum(_) | ItemId::Flags(_) => {}
            ItemId::Exception(id) => self.exception(&interface[id]),
            ItemId::Class(id) => self.class(&interface[id]),
            ItemId::Protocol(id) => self.refuse(&interface[id].name, "protocols are"),
            ItemId::Alias(id) => {
                self.returned(&interface[id].name, &interface[id].ty, Usage::Alias);
            }
            ItemId::Function(id) => self.function(&interface[id]),
            ItemId::Const(id) => self.constant(&interface[id]),
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            self.ty(&field.name, &field.ty, Usage::Field);
        }
    }

    fn exception(&mut self, exception: &Exception) {
        let base = exception.base.map(|base| &self.interface[base]);
        if base.is_some_and(|base| !base.builtin && !is_exported(self.interface, base.module)) {
            // Over there nobody knows of the subclass.
            self.refuse(
                &exception.name,
                "exceptions that extend those of other modules are",
            );
        }
        if let Some(base) = base.filter(|base| base.builtin) {
            let known = prelude().exceptions.iter();
            let mut sealed = known.filter(|known| known.sealed && known.name == base.name.text);
            if sealed.next().is_some() {
                let what = format!("exceptions that extend `{}` are", base.name.text);
                self.refuse(&exception.name, &what);
            }
        }
        self.fields(&exception.fields);
    }

    fn constant(&mut self, constant: &Const) {
        if holds_instance(self.interface, &constant.ty) {
            let message = "constants that are or hold instances of classes are not generated yet";
            let span = constant.name.span;
            let diagnostic = Diagnostic::new(Code::NotGeneratedYet, span, message, "")
                .help("leave it out, or return the value from a function");
            return self.diagnostics.report(diagnostic);
        }
        self.ty(&constant.name, &constant.ty, Usage::Const);
    }

    fn class(&mut self, class: &Class) {
        let properties = [
            (class.base.is_some(), "base classes are"),
            (!class.implements.is_empty(), "`implements` is"),
            (class.weakref, "`@weakref` is"),
            (class.dict, "`@dict` is"),
            (class.pickle, "`@pickle` is"),
            (class.context_manager.is_some(), "`@context-manager` is"),
        ];
        for (_, what) in properties.iter().filter(|(has, _)| *has) {
            self.refuse(&class.name, what);
        }
        if let Some(constructor) = &class.constructor {
            self.function(constructor);
            if constructor.detached {
                self.refuse(&constructor.name, "`@gil` on a constructor is");
            }
        }
        for item in &class.items {
            match item {
                ClassItem::Const(constant) => self.constant(constant),
                ClassItem::Property(Property { name, ty, .. }) => {
                    self.ty(name, ty, Usage::Property);
                }
                ClassItem::Method(function) => self.function(function),
                ClassItem::Operator(operator) => {
                    if !GENERATED_OPERATORS.contains(&operator.kind) {
                        let what = format!("the operator `{}` is", operator.kind.word());
                        self.refuse(&operator.function.name, &what);
                    }
                    self.function(&operator.function);
                    if let Some(error) = &operator.function.error {
                        self.operator_error(&operator.function, error);
                    }
                    if operator.function.detached {
                        self.refuse(&operator.function.name, "`@gil` on an operator is");
                    }
                }
            }
        }
    }

    fn function(&mut self, function: &Function) {
        if !function.overload.is_empty() {
            return self.refuse(&function.name, "overloads are");
        }
        if function.is_async {
            self.refuse(&function.name, "`async func` is");
        }
        if function.accessor.is_some() {
            self.refuse(&function.name, "`get` and `set` are");
        }
        if let Some(error) = &function.error {
            self.error(function, error);
        }
        for parameter in &function.parameters {
            self.ty(&parameter.name, &parameter.ty, Usage::Parameter);
            if let Some(Default::Value(value)) = &parameter.default
                && self.is_object(value, &parameter.ty)
            {
                self.refuse(&parameter.name, "values of type `any` are");
            }
        }
        if let Some(ty) = &function.result {
            match self.expanded(ty) {
                Type::Builtin { name, arguments } if name == "iterator" => {
                    self.ty(&function.name, &arguments[0].clone(), Usage::Produced);
                }
                _ => self.ty(&function.name, ty, Usage::Result),
            }
        }
    }

    /// Operators have no call that could make an exception of a value.
    fn operator_error(&mut self, function: &Function, error: &Failure) {
        let is_exception = match error {
            Failure::Unit => false,
            Failure::Value(ty) => Cases::of(self.interface, self.expanded(ty)).is_some(),
        };
        if !is_exception {
            self.refuse(&function.name, "operators that fail with a value are");
        }
    }

    /// What a function fails with where that is no exception.
    fn error(&mut self, function: &Function, error: &Failure) {
        if !function.raises.is_empty() {
            self.refuse(&function.name, "`raises` together with `result` is");
        }
        let is_exception = match error {
            Failure::Unit => false,
            Failure::Value(ty) => {
                self.ty(&function.name, ty, Usage::Error);
                Cases::of(self.interface, self.expanded(ty)).is_some()
            }
        };
        let is_iterator = function.result.iter().any(
            |ty| matches!(self.expanded(ty), Type::Builtin { name, .. } if name == "iterator"),
        );
        if is_iterator && !is_exception {
            self.refuse(&function.name, "iterators that fail with a value are");
        }
    }

    /// Whether `value` is a Python object that Rust would have to make.
    fn is_object(&self, value: &Value, ty: &Type) -> bool {
        let ty = self.expanded(ty);
        let Type::Builtin { name, arguments } = ty else {
            return false;
        };
        match value {
            Value::None => name != "option",
            Value::List(values) => values.iter().any(|value| {
                let item = arguments.first();
                item.is_none_or(|item| self.is_object(value, item))
            }),
            Value::Tuple(values) => {
                let mut items = values.iter().zip(arguments);
                arguments.is_empty() || items.any(|(value, ty)| self.is_object(value, ty))
            }
            Value::Map(pairs) => match arguments.as_slice() {
                [key, of] => pairs
                    .iter()
                    .any(|(k, value)| self.is_object(k, key) || self.is_object(value, of)),
                _ => true,
            },
            Value::Member(index, value) => self.is_object(value, &arguments[*index]),
            _ => match name.as_str() {
                "any" | "object" => true,
                "option" => self.is_object(value, &arguments[0]),
                _ => false,
            },
        }
    }

    fn expanded<'t>(&'t self, mut ty: &'t Type) -> &'t Type {
        while let Type::Alias(id) = ty {
            ty = &self.interface[*id].ty;
        }
        ty
    }

    /// Reports at `name` what its type has that cannot be generated for `usage`.
    fn ty(&mut self, name: &Name, ty: &Type, usage: Usage) {
        let contents = self.aliases.contents(ty);
        if let Some(what) = usage.refuses(contents) {
            return self.refuse(name, &format!("{what} as {} are", usage.describe()));
        }
        self.part(name, ty);
    }

    /// Reports at `name` what its type has that cannot be generated anywhere.
    fn part(&mut self, name: &Name, ty: &Type) {
        if self.refuses_result(name, ty) {
            return;
        }
        match ty {
            Type::Builtin {
                name: builtin,
                arguments,
            } => {
                if super::types::row(builtin).is_none() {
                    return self.refuse(name, &format!("`{builtin}` is"));
                }
                if builtin == "option" && self.refuses_option(name, &arguments[0]) {
                    return;
                }
                if builtin == "tuple" && arguments.len() > MAXIMUM_TUPLE_LENGTH {
                    let what = format!("tuples of more than {MAXIMUM_TUPLE_LENGTH} values are");
                    return self.refuse(name, &what);
                }
                arguments.iter().for_each(|ty| self.part(name, ty));
            }
            Type::Callback {
                parameters,
                result,
                is_async,
                raises,
            } => {
                if *is_async {
                    self.refuse(name, "asynchronous callbacks are");
                }
                if !raises.is_empty() {
                    self.refuse(name, "`raises` on a callback is");
                }
                if parameters.len() > MAXIMUM_CALLBACK_PARAMETERS {
                    let what = format!(
                        "callbacks with more than {MAXIMUM_CALLBACK_PARAMETERS} parameters are"
                    );
                    self.refuse(name, &what);
                }
                for ty in parameters {
                    self.ty(name, ty, Usage::CallbackParameter);
                }
                if let Some(ty) = result {
                    self.returned(name, ty, Usage::CallbackResult);
                }
            }
            Type::Array { item, length } => {
                if *length > MAXIMUM_ARRAY_LENGTH {
                    let what = format!(
                        "lists of fixed length with more than {MAXIMUM_ARRAY_LENGTH} items are"
                    );
                    self.refuse(name, &what);
                }
                self.part(name, item);
            }
            Type::Result { .. } => ty.parts().into_iter().for_each(|ty| self.part(name, ty)),
            Type::View { name: view, .. } => self.refuse(name, &format!("`{view}` is")),
            // Definitions are checked where they stand.
            Type::Record(_)
            | Type::Variant(_)
            | Type::Enum(_)
            | Type::Flags(_)
            | Type::Class(_)
            | Type::Protocol(_)
            | Type::Exception(_)
            | Type::Alias(_) => {}
        }
    }
}
