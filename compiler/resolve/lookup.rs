//! What names stand for.
//!
//! A name is looked up in the module in which it occurs, then in the enclosing modules, then among the builtin types and
//! exceptions.

use std::collections::HashSet;
use std::path::PathBuf;

use super::declarations::{Declarations, ModuleKind};
use super::packages::tables::Packages;
use super::packages::workspace::Features;
use super::prelude::{BuiltinException, Form, PreludeName, prelude};
use super::scope::{Entity, Scope};
use crate::model::spelling::Speller;
use crate::model::{ClassId, ExceptionId, ItemId, ModuleId, ProtocolId, Type};
use crate::source::{FileId, SourceKind, SourceMap, Span};
use crate::syntax::ast::{self, TypeKind};

/// Where something is written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Where {
    /// The module around it: names are looked up from here.
    pub(super) module: ModuleId,
    /// The class or protocol around it, which `self` stands for.
    pub(super) class: Option<Around>,
}

impl Where {
    /// In a module, outside of any class.
    pub(super) fn module(module: ModuleId) -> Self {
        let class = None;
        Self { module, class }
    }
}

/// The class or protocol around a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Around {
    Class(ClassId),
    Protocol(ProtocolId),
}

impl Around {
    /// The type of `self`.
    pub(super) fn ty(self) -> Type {
        match self {
            Self::Class(id) => Type::Class(id),
            Self::Protocol(id) => Type::Protocol(id),
        }
    }
}

/// Everything that has a name. The passes `declare` and `bind` build it; the others read it.
pub(super) struct Names<'a> {
    pub(super) sources: &'a SourceMap,
    /// The features that are on: they decide what there is.
    pub(super) features: &'a Features,
    /// The directories that were searched for packages.
    pub(super) searched: &'a [PathBuf],
    pub(super) declared: Declarations<'a>,
    pub(super) packages: Packages<'a>,
}

impl Names<'_> {
    /// The id of a builtin exception: builtin ones follow the declared ones.
    pub(super) fn builtin_exception(&self, index: usize) -> ExceptionId {
        ExceptionId((self.declared.exceptions.len() + index) as u32)
    }

    /// The builtin exception with an id.
    pub(super) fn builtin_of(&self, id: ExceptionId) -> Option<&'static BuiltinException> {
        let index = (id.0 as usize).checked_sub(self.declared.exceptions.len())?;
        Some(&prelude().exceptions[index])
    }

    /// Whether `ty` is `own` or `borrow`, or an alias of one.
    pub(super) fn is_handle(&self, at: Where, ty: &ast::Type) -> bool {
        matches!(&self.unaliased(at, ty).kind, ast::TypeKind::Generic { name, .. } if matches!(self.form(at, name), Some(Form::Own | Form::Borrow)))
    }

    /// What `ty` is if it is not an alias, as far as its module can tell.
    pub(super) fn unaliased<'t>(&'t self, at: Where, ty: &'t ast::Type) -> &'t ast::Type {
        let mut ty = ty;
        let mut seen = HashSet::new();
        while let ast::TypeKind::Name(path) = &ty.kind
            && let Some(Entity::Item(ItemId::Alias(id))) = self.lookup(at, &path.parts[0])
            && let Some(aliased) = &self.declared[id].ast.ty
            && seen.insert(id)
        {
            ty = aliased;
        }
        ty
    }

    /// Whether the items of `module` are implemented in Python.
    pub(super) fn is_python(&self, module: ModuleId) -> bool {
        matches!(self.declared[module].kind, ModuleKind::Import(_))
    }

    /// The path to an exception in the position of a type.
    pub(super) fn exception_path<'a>(&self, at: Where, ty: &'a ast::Type) -> Option<&'a ast::Path> {
        let TypeKind::Name(path) = &ty.kind else {
            return None;
        };
        let is_exception = matches!(
            self.lookup(at, path.parts.first()?),
            Some(Entity::BuiltinException(_) | Entity::Item(ItemId::Exception(_)))
        );
        is_exception.then_some(path)
    }

    /// The declared name of an exception.
    pub(super) fn exception_name(&self, id: ExceptionId) -> &str {
        match self.builtin_of(id) {
            Some(builtin) => &builtin.name,
            None => &self.declared.name(ItemId::Exception(id)).text,
        }
    }

    /// The scopes that are visible in `file`, innermost first: the declarations of the module and then of its parents, each after the
    /// uses of the file.
    pub(super) fn visible(&self, at: Where, file: FileId) -> impl Iterator<Item = &Scope> {
        let modules = std::iter::successors(Some(at.module), |module| self.declared[*module].outer);
        modules.flat_map(move |module| {
            let module = &self.declared[module];
            module.files.get(&file).into_iter().chain([&module.scope])
        })
    }

    /// The meaning of `name`: an item of the module around it or of an enclosing module, else of the prelude. Reserved names
    /// always refer to the prelude unless they are escaped with `%`, and so do names after `builtin.`. WIT knows no other names
    /// of the prelude.
    pub(super) fn lookup(&self, at: Where, name: &ast::Name) -> Option<Entity> {
        let builtin = prelude().lookup(&name.text).map(|found| match found {
            PreludeName::Type(index) => Entity::Builtin(index),
            PreludeName::Exception(index) => Entity::BuiltinException(index),
        });
        if name.builtin {
            return builtin.filter(|_| !self.is_wit(name.span));
        }
        let plain = match builtin {
            Some(Entity::Builtin(index)) if !name.escaped => Some(&prelude().types[index]),
            _ => None,
        };
        if plain.is_some_and(|ty| ty.reserved) {
            return builtin;
        }
        let file = name.span.file;
        let declared = self
            .visible(at, file)
            .find_map(|scope| scope.entity(&name.text));
        let is_of_wit = plain.is_some_and(|ty| ty.is_of_wit());
        let builtin = builtin.filter(|_| is_of_wit || !self.is_wit(name.span));
        let respelt = || {
            let mut scopes = self.visible(at, file);
            scopes.find_map(|scope| scope.respelt.get(&name.text).copied())
        };
        declared.or(builtin).or_else(respelt)
    }

    /// The meaning of `name` in the model, if it refers to a type of the prelude.
    pub(super) fn form(&self, at: Where, name: &ast::Name) -> Option<Form> {
        match self.lookup(at, name)? {
            Entity::Builtin(index) => Some(prelude().types[index].form),
            _ => None,
        }
    }

    /// The spelling of the builtin type or exception that a definition of `name` shadows.
    pub(super) fn hidden_builtin(&self, name: &str) -> Option<String> {
        Some(match prelude().lookup(name)? {
            PreludeName::Type(index) if prelude().types[index].reserved => {
                format!("for the builtin type write `{name}`, without `%`")
            }
            PreludeName::Type(_) => format!("for the builtin type write `builtin.{name}`"),
            PreludeName::Exception(_) => {
                format!("for the builtin exception write `builtin.{name}`")
            }
        })
    }

    /// The spelling of the file's declaration whose name is that of a builtin type which cannot be shadowed.
    pub(super) fn hidden_by_builtin(&self, at: Where, name: &ast::Name) -> Option<String> {
        let mut scopes = self.visible(at, name.span.file);
        let is_declared = scopes.any(|scope| scope.entity(&name.text).is_some());
        let is_plain = !name.escaped && !name.builtin;
        (is_plain && is_declared)
            .then(|| format!("for what is declared here write `%{}`", name.text))
    }

    /// Whether WIT has a builtin type of this name.
    fn is_of_wit(&self, name: &str) -> bool {
        match prelude().lookup(name) {
            Some(PreludeName::Type(index)) => prelude().types[index].is_of_wit(),
            _ => false,
        }
    }

    /// The help for a WIT file that uses a name which only `.pyidl` files know.
    pub(super) fn not_of_wit(&self, name: &ast::Name) -> Option<String> {
        let is_known = prelude().lookup(&name.text).is_some();
        (is_known && self.is_wit(name.span)).then(|| {
            format!(
                "WIT has no `{}`: it is there in files whose names end with `.pyidl`",
                name.text
            )
        })
    }

    /// Whether `span` is in a file that is WIT.
    pub(super) fn is_wit(&self, span: Span) -> bool {
        self.sources.file(span.file).kind() == SourceKind::Wit
    }

    /// The declaration of `entity`; none for builtin entities.
    pub(super) fn declaration(&self, entity: Entity) -> Option<Span> {
        match entity {
            Entity::Item(item) => Some(self.declared.name(item).span),
            Entity::Unsupported
            | Entity::Hidden(_)
            | Entity::Builtin(_)
            | Entity::BuiltinException(_) => None,
        }
    }

    /// The module called `name`, if one is visible; the inner `None` means that an error was already reported.
    pub(super) fn module_called(&self, at: Where, name: &ast::Name) -> Option<Option<ModuleId>> {
        let mut scopes = self.visible(at, name.span.file);
        scopes.find_map(|scope| scope.module(&name.text))
    }

    /// All names of types that can be used in `file`.
    pub(super) fn type_names(&self, at: Where, file: FileId) -> Vec<&str> {
        let is_type = |item| {
            !matches!(
                item,
                ItemId::Exception(_) | ItemId::Function(_) | ItemId::Const(_)
            )
        };
        let builtin = |builtin| matches!(builtin, PreludeName::Type(_));
        self.names(at, file, is_type, builtin)
    }

    /// All names of exceptions that can be used in `file`.
    pub(super) fn exception_names(&self, at: Where, file: FileId) -> Vec<&str> {
        let is_exception = |item| matches!(item, ItemId::Exception(_));
        let builtin = |builtin| matches!(builtin, PreludeName::Exception(_));
        self.names(at, file, is_exception, builtin)
    }

    fn names(
        &self,
        at: Where,
        file: FileId,
        item: impl Fn(ItemId) -> bool,
        builtin: impl Fn(PreludeName) -> bool,
    ) -> Vec<&str> {
        let declared = self
            .visible(at, file)
            .flat_map(|scope| &scope.names)
            .filter_map(|(name, (entity, _))| match *entity {
                Entity::Item(id) if item(id) => Some(name.as_str()),
                _ => None,
            });
        let is_wit = self.sources.file(file).kind() == SourceKind::Wit;
        let known = prelude()
            .names(builtin)
            .filter(|name| !is_wit || self.is_of_wit(name));
        let mut names: Vec<&str> = declared.chain(known).collect();
        names.sort_unstable();
        names.dedup();
        names
    }

    /// The source of a type.
    pub(super) fn show(&self, ty: &Type) -> String {
        self.spelt(ty)
    }
}

impl Speller for Names<'_> {
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
