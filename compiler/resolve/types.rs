//! Type expressions: names looked up, arguments counted. What a type may be used for is checked in [`super::usage`].

use super::Resolver;
use super::scope::Entity;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{ClassId, ItemId, Type};
use crate::source::Span;
use crate::syntax::ast::{self, TypeArgument, TypeKind};

/// A check of a type that has to wait until all aliases and records are known.
#[derive(Debug)]
pub(super) enum Deferred {
    /// The argument of an option: no option itself.
    Optional(Type, Span),
    /// The key of a map or an item of a set.
    Hashable(Type, Span, &'static str),
}

/// The runtime converts as many: a callback's arguments are a Rust tuple.
const MAXIMUM_CALLBACK_PARAMETERS: usize = 12;

impl Resolver<'_, '_> {
    /// Resolves a type expression. `class` is what `self` stands for.
    pub(super) fn ty(&mut self, ty: &ast::Type, class: Option<ClassId>) -> Option<Type> {
        match &ty.kind {
            TypeKind::Name(path) => self.named(path, class),
            TypeKind::Generic { name, arguments } => self.generic(name, arguments, ty.span, class),
            TypeKind::Function {
                is_async,
                parameters,
                result,
                raises,
            } => {
                let mut complete = true;
                if *is_async {
                    self.unsupported(ty.span, "asynchronous callbacks are");
                    complete = false;
                }
                if parameters.len() > MAXIMUM_CALLBACK_PARAMETERS {
                    let what = format!(
                        "callbacks with more than {MAXIMUM_CALLBACK_PARAMETERS} parameters are"
                    );
                    self.unsupported(ty.span, &what);
                    complete = false;
                }
                for path in raises {
                    self.unsupported(path.span, "`raises` on a callback is");
                    complete = false;
                }
                let parameters: Vec<_> = parameters
                    .iter()
                    .map(|parameter| self.ty(&parameter.ty, class))
                    .collect();
                let result = result.as_ref().map(|result| self.ty(result, class));
                let parameters = parameters.into_iter().collect::<Option<_>>()?;
                let result = match result {
                    Some(result) => Some(Box::new(result?)),
                    None => None,
                };
                complete.then_some(Type::Callback {
                    parameters,
                    result,
                    is_async: *is_async,
                    raises: Vec::new(),
                })
            }
        }
    }

    /// The type that a path names; `self` included.
    fn named(&mut self, path: &ast::Path, class: Option<ClassId>) -> Option<Type> {
        let name = path.parts.first()?;
        if path.parts.len() > 1 {
            let (entity, name) = self.dotted(path)?;
            return self.entity_type(entity, name, path.span);
        }
        if name.text == "self" && !name.escaped {
            if class.is_none() {
                self.report(
                    Diagnostic::new(
                        Code::SelfOutsideClass,
                        name.span,
                        "`self` is used outside of a class",
                        "",
                    )
                    .help("write the name of the class"),
                );
            }
            return class.map(Type::Class);
        }
        match self.lookup(name) {
            Some(entity) => self.entity_type(entity, name, path.span),
            None => {
                self.unknown_type(name);
                None
            }
        }
    }

    /// The type that `entity`, called `name`, is; reported where it is none.
    fn entity_type(&mut self, entity: Entity, name: &ast::Name, span: Span) -> Option<Type> {
        match self.expect_type(entity, name)? {
            Entity::Builtin(index) => {
                let builtin = &self.prelude.types[index];
                if !builtin.supported {
                    self.unsupported(name.span, &format!("`{}` is", builtin.name));
                    return None;
                }
                if *builtin.arguments.start() > 0 {
                    self.argument_count(name, index, 0, span);
                    return None;
                }
                Some(Type::Builtin {
                    name: builtin.name.clone(),
                    arguments: Vec::new(),
                })
            }
            Entity::Item(item) => self.item_type(item),
            Entity::BuiltinException(_) | Entity::Unsupported => None,
        }
    }

    /// What a name in a type stands for, reported where it stands for no type.
    fn type_entity(&mut self, name: &ast::Name) -> Option<Entity> {
        match self.lookup(name) {
            Some(entity) => self.expect_type(entity, name),
            None => {
                self.unknown_type(name);
                None
            }
        }
    }

    /// `entity`, called `name`, reported where it is no type.
    fn expect_type(&mut self, entity: Entity, name: &ast::Name) -> Option<Entity> {
        let found = match entity {
            Entity::Unsupported => return None,
            Entity::BuiltinException(_) | Entity::Item(ItemId::Exception(_)) => "an exception",
            Entity::Item(ItemId::Function(_)) => "a function",
            Entity::Item(ItemId::Const(_)) => "a constant",
            Entity::Builtin(_) | Entity::Item(_) => return Some(entity),
        };
        let message = format!("`{}` is {found}, not a type", name.text);
        let mut diagnostic = Diagnostic::new(Code::NotAType, name.span, message, "expected a type");
        if found == "an exception" {
            diagnostic = diagnostic.help("exceptions are named after `raises` and `extends`");
        }
        if let Some(place) = self.declaration(entity) {
            diagnostic = diagnostic.cause(place, "declared here");
        }
        self.report(diagnostic);
        None
    }

    fn item_type(&self, item: ItemId) -> Option<Type> {
        match item {
            ItemId::Record(id) => Some(Type::Record(id)),
            ItemId::Enum(id) => Some(Type::Enum(id)),
            ItemId::Variant(id) => Some(Type::Variant(id)),
            ItemId::Flags(id) => Some(Type::Flags(id)),
            ItemId::Protocol(id) => Some(Type::Protocol(id)),
            ItemId::Class(id) => Some(Type::Class(id)),
            ItemId::Alias(id) => Some(Type::Alias(id)),
            ItemId::Exception(_) | ItemId::Function(_) | ItemId::Const(_) => None,
        }
    }

    fn unknown_type(&mut self, name: &ast::Name) {
        if self.may_be_declared(name) {
            return;
        }
        let mut diagnostic = Diagnostic::new(
            Code::UnknownName,
            name.span,
            format!("there is no type `{}`", name.text),
            "not declared",
        );
        let names = self.type_names();
        if let Some(text) = suggest::type_spelling(&name.text, names.iter().copied()) {
            diagnostic = diagnostic.help(format!("write `{text}`"));
        } else if let Some(nearest) = suggest::nearest(&name.text, names) {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        }
        self.report(diagnostic);
    }

    fn generic(
        &mut self,
        name: &ast::Name,
        arguments: &[TypeArgument],
        span: Span,
        class: Option<ClassId>,
    ) -> Option<Type> {
        let entity = self.type_entity(name);
        let Some(Entity::Builtin(index)) = entity else {
            if entity.is_some() {
                let message = format!("`{}` takes no type arguments", name.text);
                self.report(
                    Diagnostic::new(Code::TypeArguments, span, message, "")
                        .help(format!("write `{}`", name.text)),
                );
            }
            self.only_types(arguments, class, false);
            return None;
        };
        let builtin = &self.prelude.types[index];
        if !builtin.supported {
            self.unsupported(name.span, &format!("`{}` is", builtin.name));
            self.only_types(arguments, class, false);
            return None;
        }
        if let ("list", [TypeArgument::Type(_), TypeArgument::Integer(length)]) =
            (builtin.name.as_str(), arguments)
        {
            self.unsupported(length.span, "lists of fixed length are");
            self.only_types(&arguments[..1], class, false);
            return None;
        }
        let types = self.only_types(arguments, class, true);
        if !builtin.arguments.contains(&arguments.len()) {
            self.argument_count(name, index, arguments.len(), span);
            return None;
        }
        let spans: Vec<Span> = arguments.iter().map(argument_span).collect();
        for (position, ty) in types.iter().enumerate() {
            if let Some(check) = ty
                .as_ref()
                .and_then(|ty| check(&builtin.name, position, ty, spans[position]))
            {
                self.checks.push(check);
            }
        }
        let arguments = types.into_iter().collect::<Option<_>>()?;
        Some(Type::Builtin {
            name: builtin.name.clone(),
            arguments,
        })
    }

    /// Resolves type arguments. What is no type is reported where `strict`: the types that are not supported yet take
    /// more than types.
    fn only_types(
        &mut self,
        arguments: &[TypeArgument],
        class: Option<ClassId>,
        strict: bool,
    ) -> Vec<Option<Type>> {
        let mut types = Vec::new();
        for argument in arguments {
            types.push(match argument {
                TypeArgument::Type(ty) => self.ty(ty, class),
                _ => {
                    if strict {
                        self.error(
                            Code::TypeArguments,
                            argument_span(argument),
                            "a type is needed here",
                            "expected a type",
                        );
                    }
                    None
                }
            });
        }
        types
    }

    fn argument_count(&mut self, name: &ast::Name, index: usize, given: usize, span: Span) {
        let builtin = &self.prelude.types[index];
        let (least, most) = (*builtin.arguments.start(), *builtin.arguments.end());
        let needed = match (least, most) {
            (_, 0) => "no type arguments".to_owned(),
            (1, 1) => "1 type argument".to_owned(),
            _ if least == most => format!("{least} type arguments"),
            _ => format!("{least} to {most} type arguments"),
        };
        let message = format!("`{}` takes {needed}, not {given}", name.text);
        let form = match most {
            0 => name.text.clone(),
            1 => format!("{}<…>", name.text),
            _ => format!("{}<…, …>", name.text),
        };
        self.report(
            Diagnostic::new(Code::TypeArguments, span, message, "").help(format!("write `{form}`")),
        );
    }

    /// Runs the checks that had to wait.
    pub(super) fn deferred_checks(&mut self) {
        for check in std::mem::take(&mut self.checks) {
            match check {
                Deferred::Optional(ty, span) => {
                    if self
                        .table
                        .expanded(&ty)
                        .is_some_and(|inner| is_builtin(inner, "option"))
                    {
                        let message = "an option inside an option";
                        self.report(
                            Diagnostic::new(Code::NestedOption, span, message, "this is optional already").help(
                                "Python cannot tell the two `None`s apart: use one `option`, or a record for the inner one",
                            ),
                        );
                    }
                }
                Deferred::Hashable(ty, span, what) => {
                    if !self.table.hashable(&ty, self.prelude) {
                        let message = format!("`{}` cannot be {what}", self.show(&ty));
                        self.report(Diagnostic::new(Code::Unhashable, span, message, "not hashable").help(
                            "hashable are bool, integers, char, string, bytes, path, enums, and options, tuples and records of these",
                        ));
                    }
                }
            }
        }
    }

    /// A type as one would write it.
    pub(super) fn show(&self, ty: &Type) -> String {
        let list = |types: &[Type]| {
            types
                .iter()
                .map(|ty| self.show(ty))
                .collect::<Vec<_>>()
                .join(", ")
        };
        match ty {
            Type::Builtin { name, arguments } if arguments.is_empty() => name.clone(),
            Type::Builtin { name, arguments } => format!("{name}<{}>", list(arguments)),
            Type::Callback {
                parameters,
                result: None,
                ..
            } => format!("func({})", list(parameters)),
            Type::Callback {
                parameters,
                result: Some(result),
                ..
            } => {
                format!("func({}) -> {}", list(parameters), self.show(result))
            }
            Type::Array { item, length } => format!("list<{}, {length}>", self.show(item)),
            Type::Result { ok, error } => {
                let part = |ty: &Option<Box<Type>>| {
                    ty.as_ref()
                        .map_or_else(|| "_".to_owned(), |ty| self.show(ty))
                };
                format!("result<{}, {}>", part(ok), part(error))
            }
            Type::View { name, item, .. } => format!("{name}<{}>", self.show(item)),
            Type::Variant(id) => self.declared[*id].name.text.clone(),
            Type::Flags(id) => self.declared[*id].name.text.clone(),
            Type::Protocol(id) => self.declared[*id].name.text.clone(),
            Type::Record(id) => self.declared[*id].name.text.clone(),
            Type::Enum(id) => self.declared[*id].name.text.clone(),
            Type::Class(id) => self.declared[*id].name.text.clone(),
            Type::Alias(id) => self.declared[*id].name.text.clone(),
        }
    }
}

/// Whether `ty` is the builtin type `name`.
pub(super) fn is_builtin(ty: &Type, name: &str) -> bool {
    matches!(ty, Type::Builtin { name: builtin, .. } if builtin == name)
}

/// What is still to be checked of an argument of a builtin type.
fn check(builtin: &str, position: usize, ty: &Type, span: Span) -> Option<Deferred> {
    match (builtin, position) {
        ("option", _) => Some(Deferred::Optional(ty.clone(), span)),
        ("map", 0) => Some(Deferred::Hashable(ty.clone(), span, "the key of a map")),
        ("set", _) => Some(Deferred::Hashable(ty.clone(), span, "an item of a set")),
        _ => None,
    }
}

fn argument_span(argument: &TypeArgument) -> Span {
    match argument {
        TypeArgument::Type(ty) => ty.span,
        TypeArgument::Underscore(span) | TypeArgument::Shape(_, span) => *span,
        TypeArgument::Integer(literal) => literal.span,
        TypeArgument::Option(name, literal) => name.span.to(literal.span),
    }
}
