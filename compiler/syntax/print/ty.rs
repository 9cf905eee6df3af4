//! Names, paths and types.

use super::printer::{Breaks, List, Printer};
use crate::syntax::ast::{
    Dimension, FunctionTypeParameter, Name, PackageName, Path, Type, TypeArgument, TypeKind,
    UsePath, Version,
};

/// WIT allows no comma before `>`.
const TYPE_ARGUMENTS: List = List {
    open: "<",
    close: ">",
    spaced: false,
    trailing_comma: false,
    breaks: Breaks::WhenLong,
    packed: false,
};

const SHAPE: List = List {
    open: "[",
    close: "]",
    ..TYPE_ARGUMENTS
};

const PARAMETER_TYPES: List = List {
    open: "(",
    close: ")",
    trailing_comma: true,
    ..TYPE_ARGUMENTS
};

impl<'a> Printer<'a> {
    pub(super) fn name(&mut self, name: &'a Name) {
        if name.builtin {
            self.token("builtin");
            self.token(".");
        }
        match name.escaped {
            true => self.token(format!("%{}", name.text)),
            false => self.token(&name.text),
        }
    }

    pub(super) fn path(&mut self, path: &'a Path) {
        self.separated(&path.parts, ".");
    }

    fn separated(&mut self, names: &'a [Name], separator: &'static str) {
        for (number, name) in names.iter().enumerate() {
            if number > 0 {
                self.token(separator);
            }
            self.name(name);
        }
    }

    pub(super) fn use_path(&mut self, path: &'a UsePath) {
        self.qualified(&path.namespaces, &path.names, path.version.as_ref());
    }

    pub(super) fn package_name(&mut self, name: &'a PackageName) {
        self.qualified(&name.namespaces, &name.names, name.version.as_ref());
    }

    fn qualified(
        &mut self,
        namespaces: &'a [Name],
        names: &'a [Name],
        version: Option<&'a Version>,
    ) {
        for name in namespaces {
            self.name(name);
            self.token(":");
        }
        self.separated(names, "/");
        if let Some(version) = version {
            self.token("@");
            self.token(&version.text);
        }
    }

    /// A type; `…` for one that could not be parsed.
    pub(super) fn ty_or_gap(&mut self, ty: Option<&'a Type>) {
        match ty {
            Some(ty) => self.ty(ty),
            None => self.token("…"),
        }
    }

    pub(super) fn ty(&mut self, ty: &'a Type) {
        match &ty.kind {
            TypeKind::Name(path) => self.path(path),
            TypeKind::Generic { name, arguments } => {
                self.name(name);
                self.list(TYPE_ARGUMENTS, arguments, Self::type_argument);
            }
            TypeKind::Function {
                is_async,
                parameters,
                result,
                raises,
            } => {
                if *is_async {
                    self.token("async");
                    self.space();
                }
                self.token("func");
                self.list(PARAMETER_TYPES, parameters, Self::parameter_type);
                self.result(result.as_deref(), raises);
            }
        }
    }

    fn parameter_type(&mut self, parameter: &'a FunctionTypeParameter) {
        if let Some(name) = &parameter.name {
            self.name(name);
            self.token(":");
            self.space();
        }
        self.ty(&parameter.ty);
    }

    fn type_argument(&mut self, argument: &'a TypeArgument) {
        match argument {
            TypeArgument::Type(ty) => self.ty(ty),
            TypeArgument::Underscore(_) => self.token("_"),
            TypeArgument::Shape(dimensions, _) => self.list(SHAPE, dimensions, Self::dimension),
            TypeArgument::Integer(literal) => self.literal(literal),
            TypeArgument::Option(name, value) => {
                self.name(name);
                self.spaced("=");
                self.space();
                self.literal(value);
            }
        }
    }

    fn dimension(&mut self, dimension: &'a Dimension) {
        match dimension {
            Dimension::Any(_) => self.token("_"),
            Dimension::Integer(literal) => self.literal(literal),
            Dimension::Name(name) => self.name(name),
        }
    }
}
