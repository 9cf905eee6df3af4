//! Which types can be used where.
//!
//! An iterator is made once and used up, so it stands alone as a parameter or result; callbacks only come in; records
//! and exceptions are plain data without Python objects.

use super::Resolver;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::Type;
use crate::source::Span;
use crate::syntax::ast::{self, TypeArgument, TypeKind};

/// What a type is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Usage {
    /// What an alias stands for; its use decides the rest.
    Alias,
    /// A parameter of a function.
    Parameter,
    /// Each of `*args` or `**kwargs`.
    Variadic,
    /// The result of a function.
    Result,
    /// A property that can only be read.
    Readonly,
    /// A property that can be read and written.
    Property,
    /// A field of a record or exception.
    Field,
    /// A constant.
    Const,
    /// A parameter of a callback.
    CallbackParameter,
    /// The result of a callback.
    CallbackResult,
    /// The values of an iterator that is a result. Rust makes them when no interpreter is at hand.
    Produced,
}

impl Usage {
    /// As in "… cannot be …".
    fn describe(self) -> &'static str {
        match self {
            Self::Alias => "types",
            Self::Parameter => "parameters",
            Self::Variadic => "variable arguments",
            Self::Result => "results",
            Self::Readonly | Self::Property => "properties",
            Self::Field => "fields of records and exceptions",
            Self::Const => "constants",
            Self::CallbackParameter => "parameters of a callback",
            Self::CallbackResult => "results of a callback",
            Self::Produced => "values of an iterator that is a result",
        }
    }
}

impl Resolver<'_, '_> {
    /// Checks that the type written as `ast`, resolved as `ty`, can be used for `usage`. Findings are reported.
    pub(super) fn check_usage(&mut self, ast: &ast::Type, ty: &Type, usage: Usage) -> bool {
        let iterates = matches!(usage, Usage::Alias | Usage::Parameter | Usage::Result);
        if let (true, Some(Type::Builtin { name, arguments })) = (iterates, self.table.expanded(ty))
            && name == "iterator"
        {
            let item = arguments[0].clone();
            let usage = if usage == Usage::Result {
                Usage::Produced
            } else {
                usage
            };
            return match &ast.kind {
                TypeKind::Generic { arguments, .. } => match arguments.first() {
                    Some(TypeArgument::Type(ast)) => self.check_parts(ast, &item, usage),
                    _ => true,
                },
                _ => self.check_word(ast.span, &item, usage),
            };
        }
        self.check_parts(ast, ty, usage)
    }

    /// Checks a type that is no iterator on its own, part by part, so that each finding has its place.
    fn check_parts(&mut self, ast: &ast::Type, ty: &Type, usage: Usage) -> bool {
        let mut fits = true;
        match (&ast.kind, ty) {
            (
                TypeKind::Generic {
                    arguments: parts, ..
                },
                Type::Builtin { name, arguments },
            ) if name != "iterator" => {
                for (part, ty) in parts.iter().zip(arguments) {
                    if let TypeArgument::Type(ast) = part {
                        fits &= self.check_parts(ast, ty, usage);
                    }
                }
            }
            (
                TypeKind::Function {
                    parameters, result, ..
                },
                Type::Callback {
                    parameters: types,
                    result: returned,
                    ..
                },
            ) => {
                fits &= self.callback(ast.span, usage);
                for (parameter, ty) in parameters.iter().zip(types) {
                    fits &= self.check_parts(&parameter.ty, ty, Usage::CallbackParameter);
                }
                if let (Some(ast), Some(ty)) = (result, returned) {
                    fits &= self.check_parts(ast, ty, Usage::CallbackResult);
                }
            }
            _ => fits &= self.check_word(ast.span, ty, usage),
        }
        fits
    }

    /// Checks a type that is written as one word. An alias stands for all that it contains.
    fn check_word(&mut self, span: Span, ty: &Type, usage: Usage) -> bool {
        let contents = self.table.contents(ty);
        if contents.iterator {
            let message = match usage {
                Usage::Alias | Usage::Parameter | Usage::Result => {
                    "an iterator cannot be part of another type".to_owned()
                }
                _ => format!("{} cannot be iterators", usage.describe()),
            };
            self.report(
                Diagnostic::new(Code::MisplacedIterator, span, message, "")
                    .help("`iterator` is for the whole type of a parameter or result; use `list` elsewhere"),
            );
            return false;
        }
        if contents.callback && !self.callback(span, usage) {
            return false;
        }
        if matches!(usage, Usage::Field | Usage::Const) && (contents.any || contents.class) {
            let what = if contents.class {
                "classes"
            } else {
                "Python objects"
            };
            self.unsupported(span, &format!("{what} as {} are", usage.describe()));
            return false;
        }
        if usage == Usage::Produced && contents.any {
            self.unsupported(span, &format!("Python objects as {} are", usage.describe()));
            return false;
        }
        true
    }

    /// Whether a callback can be used for `usage`; reported where not.
    fn callback(&mut self, span: Span, usage: Usage) -> bool {
        if matches!(usage, Usage::Alias | Usage::Parameter | Usage::Variadic) {
            return true;
        }
        self.unsupported(span, &format!("callbacks as {} are", usage.describe()));
        false
    }
}
