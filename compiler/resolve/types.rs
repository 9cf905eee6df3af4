//! Resolves type expressions. [`super::generics`] handles type arguments; [`super::usage`] checks what a type may be used for.

use super::Resolver;
use super::context::{Around, Where};
use super::prelude::Form;
use super::scope::Entity;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::spelling::Speller;
use crate::model::{ItemId, Type};
use crate::source::Span;
use crate::syntax::ast::{self, TypeKind};

impl Resolver<'_, '_> {
    /// Resolves a type expression.
    pub(super) fn ty(&mut self, at: Where, ty: &ast::Type) -> Option<Type> {
        match &ty.kind {
            TypeKind::Name(path) => self.named(at, path),
            TypeKind::Generic { name, arguments } => self.generic(at, name, arguments, ty.span),
            TypeKind::Function {
                is_async,
                parameters,
                result,
                raises,
            } => {
                let outside = self.borrowed.take();
                let parameters: Vec<_> = parameters
                    .iter()
                    .map(|parameter| self.ty(at, &parameter.ty))
                    .collect();
                let result = result.as_ref().map(|result| self.ty(at, result));
                let raises = self.raises(at, raises);
                self.borrowed = outside;
                let parameters = parameters.into_iter().collect::<Option<_>>()?;
                let result = match result {
                    Some(result) => Some(Box::new(result?)),
                    None => None,
                };
                Some(Type::Callback {
                    parameters,
                    result,
                    is_async: *is_async,
                    raises: raises?,
                })
            }
        }
    }

    /// The type that a path names, or `self`.
    fn named(&mut self, at: Where, path: &ast::Path) -> Option<Type> {
        let name = path.parts.first()?;
        if path.parts.len() > 1 {
            let (entity, name) = self.dotted(at, path)?;
            return self.entity_type(at, entity, name, path.span);
        }
        if name.text == "self" && !name.escaped && !name.builtin {
            if at.class.is_none() {
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
            return at.class.map(Around::ty);
        }
        match self.lookup(at, name) {
            Some(entity) => self.entity_type(at, entity, name, path.span),
            None => {
                self.unknown_type(at, name);
                None
            }
        }
    }

    /// The type that `entity`, called `name`, is; reported if it is not a type.
    fn entity_type(
        &mut self,
        at: Where,
        entity: Entity,
        name: &ast::Name,
        span: Span,
    ) -> Option<Type> {
        match self.expect_type(entity, name)? {
            Entity::Builtin(index) => {
                let builtin = &self.prelude.types[index];
                if *builtin.arguments.start() > 0 {
                    self.argument_count(at, name, index, &[], span);
                    return None;
                }
                match builtin.form {
                    Form::Builtin(builtin) => Some(builtin.into()),
                    Form::Result => Some(Type::Result {
                        ok: None,
                        error: None,
                    }),
                    Form::View(_) | Form::Own | Form::Borrow => None,
                }
            }
            Entity::Item(item) => self.item_type(item),
            Entity::BuiltinException(_) | Entity::Unsupported | Entity::Hidden(_) => None,
        }
    }

    /// The meaning of a name in a type; reported if it is not a type.
    pub(super) fn type_entity(&mut self, at: Where, name: &ast::Name) -> Option<Entity> {
        match self.lookup(at, name) {
            Some(entity) => self.expect_type(entity, name),
            None => {
                self.unknown_type(at, name);
                None
            }
        }
    }

    /// Returns `entity`, called `name`; reports it if it is not a type.
    fn expect_type(&mut self, entity: Entity, name: &ast::Name) -> Option<Entity> {
        let found = match entity {
            Entity::Unsupported => return None,
            Entity::Hidden(feature) => {
                self.refuse_hidden_entity(name, feature);
                return None;
            }
            Entity::BuiltinException(_) | Entity::Item(ItemId::Exception(_)) => "an exception",
            Entity::Item(ItemId::Function(_)) => "a function",
            Entity::Item(ItemId::Const(_)) => "a constant",
            Entity::Builtin(_) | Entity::Item(_) => return Some(entity),
        };
        let message = format!("`{}` is {found}, not a type", name.text);
        let mut diagnostic = Diagnostic::new(Code::NotAType, name.span, message, "expected a type");
        match self.hidden_builtin(&name.text) {
            Some(help)
                if matches!(entity, Entity::Item(_)) && self.prelude.declares_type(&name.text) =>
            {
                diagnostic = diagnostic.help(help);
            }
            _ if found == "an exception" => {
                diagnostic = diagnostic.help("exceptions are named after `raises` and `extends`");
            }
            _ => {}
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

    fn unknown_type(&mut self, at: Where, name: &ast::Name) {
        if name.builtin {
            self.unknown_builtin(at, name, "type");
            return;
        }
        let mut diagnostic = Diagnostic::new(
            Code::UnknownName,
            name.span,
            format!("there is no type `{}`", name.text),
            "not declared",
        );
        let names = self.type_names(at, name.span.file);
        let spelling = suggest::type_spelling(&name.text, names.iter().copied());
        let nearest = suggest::nearest(&name.text, names);
        let is_near = spelling.is_some() || nearest.is_some();
        if let Some(help) = self.not_of_wit(name) {
            diagnostic = diagnostic.help(help);
        } else if let Some(text) = spelling {
            diagnostic = diagnostic.help(format!("write `{text}`"));
        } else if let Some(nearest) = nearest {
            diagnostic = diagnostic.help(format!("did you mean `{nearest}`?"));
        } else if suggest::is_nothing(&name.text) || matches!(name.text.as_str(), "null" | "none") {
            let help =
                "nothing has no type: leave it out, or write `option<…>` for what may be missing";
            diagnostic = diagnostic.help(help);
        } else {
            let name = suggest::kebab_case(&name.text);
            let help = format!(
                "declare it, as in `record {name} {{ … }}`, or use it from another interface: `use interface.{{{name}}};`"
            );
            diagnostic = diagnostic.help(help);
        }
        self.report_unknown(name, is_near, diagnostic);
    }

    /// Reports that there is no builtin `what`, a type or an exception, called `name`.
    pub(super) fn unknown_builtin(&mut self, at: Where, name: &ast::Name, what: &str) {
        let message = format!("there is no builtin {what} `{}`", name.text);
        let diagnostic = Diagnostic::new(Code::UnknownName, name.span, message, "not builtin");
        let names = self.prelude.names(|_| true);
        let help = if self.is_wit(name.span) {
            "WIT has no `builtin.`: it is there in files whose names end with `.pyidl`".to_owned()
        } else if self
            .visible(at, name.span.file)
            .any(|scope| scope.module("builtin").is_some())
        {
            format!(
                "for the module `builtin` of this file write `%builtin.{}`",
                name.text
            )
        } else if let Some(right) = suggest::foreign_type(&name.text) {
            format!("write `builtin.{right}`")
        } else if let Some(nearest) = suggest::nearest(&name.text, names) {
            format!("did you mean `builtin.{nearest}`?")
        } else {
            format!("for what is declared write `{}`", name.text)
        };
        self.report(diagnostic.help(help));
    }

    /// The source of a type.
    pub(super) fn show(&self, ty: &Type) -> String {
        self.spelt(ty)
    }
}

impl Speller for Resolver<'_, '_> {
    fn definition(&self, item: ItemId) -> String {
        match item {
            ItemId::Exception(id) => self.exception_name(id).to_owned(),
            _ => self.declared.name(item).text.clone(),
        }
    }

    /// Messages mention one part of a type, and are short.
    fn is_brief(&self) -> bool {
        true
    }
}
