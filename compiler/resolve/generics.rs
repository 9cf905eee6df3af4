//! Types with arguments: their number, their kinds, and the special forms of builtin types.

use std::collections::HashSet;

use super::Resolver;
use super::context::Where;
use super::deferred::Deferred;
use super::integer::Integer;
use super::prelude::Form;
use super::scope::Entity;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Builtin, Dimension, ItemId, Type, View};
use crate::source::Span;
use crate::syntax::ast::{self, Literal, LiteralKind, TypeArgument};

impl Resolver<'_, '_> {
    /// Resolves `name<arguments>`.
    pub(super) fn generic(
        &mut self,
        at: Where,
        name: &ast::Name,
        arguments: &[TypeArgument],
        span: Span,
    ) -> Option<Type> {
        let entity = self.type_entity(at, name);
        let Some(Entity::Builtin(index)) = entity else {
            if entity.is_some() {
                let message = format!("`{}` takes no type arguments", name.text);
                let diagnostic = Diagnostic::new(Code::TypeArguments, span, message, "");
                let declared = entity.and_then(|entity| self.declaration(entity));
                let help = self.hidden_builtin(&name.text);
                self.report(match (help, declared) {
                    (Some(help), Some(place)) => {
                        diagnostic.cause(place, "declared here").help(help)
                    }
                    _ => diagnostic.help(format!("write `{}`", name.text)),
                });
            }
            self.arguments(at, arguments, false);
            return None;
        };
        let builtin = &self.prelude.types[index];
        if arguments.is_empty() && *builtin.arguments.start() == 0 {
            let message = "nothing stands between `<` and `>`";
            self.report(
                Diagnostic::new(Code::TypeArguments, span, message, "")
                    .help(format!("write `{}`", name.text)),
            );
            return None;
        }
        match (builtin.form, arguments) {
            (
                Form::Builtin(Builtin::List),
                [TypeArgument::Type(item), TypeArgument::Integer(length)],
            ) => self.array(at, item, length),
            (Form::Result, _) => self.result_type(at, index, name, arguments, span),
            (handle @ (Form::Own | Form::Borrow), [TypeArgument::Type(of)]) => {
                let ty = self.ty(at, of)?;
                if handle == Form::Borrow {
                    self.borrowed = self.borrowed.or(Some(span));
                }
                if self.is_wit(span) && self.is_handle(at, of) {
                    let message = format!(
                        "`{}` takes a resource, and this is a handle of one",
                        builtin.name
                    );
                    self.report(
                        Diagnostic::new(Code::TypeArguments, of.span, message, "")
                            .help("name the resource itself"),
                    );
                    return None;
                }
                let check = Deferred::Handle(ty.clone(), of.span, &builtin.name);
                self.checks.push(check);
                Some(ty)
            }
            (Form::View(view), [TypeArgument::Type(item), rest @ ..]) => {
                self.view(at, view, item, rest)
            }
            _ => self.plain_generic(at, index, name, arguments, span),
        }
    }

    /// A builtin type whose arguments are all types.
    fn plain_generic(
        &mut self,
        at: Where,
        index: usize,
        name: &ast::Name,
        arguments: &[TypeArgument],
        span: Span,
    ) -> Option<Type> {
        let types = self.arguments(at, arguments, true);
        let builtin = &self.prelude.types[index];
        if !builtin.arguments.contains(&arguments.len()) {
            self.argument_count(at, name, index, &types, span);
            return None;
        }
        // Arguments of other forms are not types; the parser reported them.
        let Form::Builtin(builtin) = builtin.form else {
            return None;
        };
        for (argument, (position, ty)) in arguments.iter().zip(types.iter().enumerate()) {
            if let Some(ty) = ty {
                let check = Deferred::of(builtin, position, ty, argument_span(argument));
                self.checks.extend(check);
            }
        }
        let types: Vec<Type> = types.into_iter().collect::<Option<_>>()?;
        if builtin == Builtin::Union {
            let spans = arguments.iter().map(argument_span).collect();
            self.checks.push(Deferred::Union(types.clone(), spans));
        }
        Some(Type::Builtin(builtin, types))
    }

    /// Whether `ty` is `own` or `borrow`, or an alias of one.
    fn is_handle(&self, at: Where, ty: &ast::Type) -> bool {
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

    /// `list<t, 4>`
    fn array(&mut self, at: Where, item: &ast::Type, length: &Literal) -> Option<Type> {
        let item = self.ty(at, item);
        let written = match &length.kind {
            LiteralKind::Integer(text) => Integer::parse(text),
            _ => None,
        };
        let number = written.and_then(|number| number.to_string().parse().ok());
        let Some(number) = number.filter(|number| *number > 0) else {
            let message = "a list cannot have this length";
            let label = format!("from 1 to {}", u32::MAX);
            let help = match &item {
                Some(item) => format!("write `list<{}>` for a list of any length", self.show(item)),
                None => "leave it out for a list of any length".to_owned(),
            };
            self.report(
                Diagnostic::new(Code::TypeArguments, length.span, message, label).help(help),
            );
            return None;
        };
        Some(Type::Array {
            item: Box::new(item?),
            length: number,
        })
    }

    /// `result<t>`, `result<_, e>`, `result<t, e>`
    fn result_type(
        &mut self,
        at: Where,
        index: usize,
        name: &ast::Name,
        arguments: &[TypeArgument],
        span: Span,
    ) -> Option<Type> {
        if !self.prelude.types[index]
            .arguments
            .contains(&arguments.len())
        {
            let types = self.arguments(at, arguments, false);
            self.argument_count(at, name, index, &types, span);
            return None;
        }
        let (ok, arguments) = match arguments {
            [TypeArgument::Underscore(_), error] => (None, std::slice::from_ref(error)),
            [ok, rest @ ..] => (
                Some(self.arguments(at, std::slice::from_ref(ok), true)),
                rest,
            ),
            [] => (None, arguments),
        };
        let exception = match arguments {
            [TypeArgument::Type(ty)] => self.exception_path(at, ty),
            _ => None,
        };
        let error = match exception {
            Some(path) => vec![self.exception(at, path, "result").map(Type::Exception)],
            None => self.arguments(at, arguments, true),
        };
        let one = |types: Vec<Option<Type>>| -> Option<Option<Box<Type>>> {
            match types.into_iter().next() {
                Some(ty) => Some(Some(Box::new(ty?))),
                None => Some(None),
            }
        };
        let ok = one(ok.unwrap_or_default());
        let error = one(error);
        let (ok, error) = (ok?, error?);
        if let Some(error) = &error {
            self.checks.push(Deferred::Error(Type::clone(error)));
        }
        Some(Type::Result { ok, error })
    }

    /// `buffer<u8>`, `ndarray<f64, [rows, _], mutable = true>`
    fn view(
        &mut self,
        at: Where,
        view: View,
        item: &ast::Type,
        rest: &[TypeArgument],
    ) -> Option<Type> {
        let ty = self.ty(at, item);
        let mut shape = None;
        let mut mutable: Option<bool> = None;
        let mut complete = true;
        for argument in rest {
            match argument {
                TypeArgument::Shape(dimensions, _) if view == View::Ndarray && shape.is_none() => {
                    shape = Some(self.dimensions(dimensions));
                }
                TypeArgument::Option(name, literal) if name.text == "mutable" => {
                    let value = match &literal.kind {
                        LiteralKind::Case(paths) => match paths.as_slice() {
                            [path] if path.parts.len() == 1 => path.parts[0].text.parse().ok(),
                            _ => None,
                        },
                        _ => None,
                    };
                    if value.is_none() || mutable.is_some() {
                        let message = match value {
                            Some(_) => "`mutable` is given twice",
                            None => "`mutable` is `true` or `false`",
                        };
                        let help = match value {
                            Some(_) => "delete one of the two",
                            None => "write `mutable = true`, or leave it out",
                        };
                        self.report(
                            Diagnostic::new(Code::TypeArguments, literal.span, message, "")
                                .help(help),
                        );
                        complete = false;
                    }
                    mutable = value;
                }
                _ => {
                    let form = match view {
                        View::Buffer => "buffer<u8, mutable = true>",
                        View::Ndarray => "ndarray<f64, [rows, _], mutable = true>",
                    };
                    let message = format!("`{view}` has no such argument");
                    self.report(
                        Diagnostic::new(Code::TypeArguments, argument_span(argument), message, "")
                            .help(format!("write it like `{form}`")),
                    );
                    complete = false;
                }
            }
        }
        let ty = ty?;
        self.checks
            .push(Deferred::Element(ty.clone(), item.span, view));
        let shape = match shape {
            Some(shape) => Some(shape?),
            None => None,
        };
        complete.then(|| Type::View {
            view,
            item: Box::new(ty),
            shape,
            mutable: mutable.unwrap_or_default(),
        })
    }

    fn dimensions(&mut self, written: &[ast::Dimension]) -> Option<Vec<Dimension>> {
        let mut dimensions = Vec::new();
        for dimension in written {
            dimensions.push(match dimension {
                ast::Dimension::Any(_) => Some(Dimension::Any),
                ast::Dimension::Name(name) => Some(Dimension::Named(name.text.clone())),
                ast::Dimension::Integer(literal) => {
                    let length = match &literal.kind {
                        LiteralKind::Integer(text) => Integer::parse(text),
                        _ => None,
                    };
                    let length = length.and_then(|length| length.to_string().parse().ok());
                    if length.is_none() {
                        let message = "a dimension cannot have this length";
                        self.report(
                            Diagnostic::new(Code::TypeArguments, literal.span, message, "")
                                .help("write a smaller number, `_` for any length, or a name for lengths that are the same"),
                        );
                    }
                    length.map(Dimension::Length)
                }
            });
        }
        dimensions.into_iter().collect()
    }

    /// Resolves type arguments. Arguments that are not types are reported if `strict`.
    fn arguments(
        &mut self,
        at: Where,
        arguments: &[TypeArgument],
        strict: bool,
    ) -> Vec<Option<Type>> {
        let mut types = Vec::new();
        for argument in arguments {
            types.push(match argument {
                TypeArgument::Type(ty) => self.ty(at, ty),
                _ => {
                    if strict {
                        let help = match argument {
                            TypeArgument::Underscore(_) => {
                                "write a type: `_` stands only for what a `result` leaves out"
                            }
                            TypeArgument::Integer(_) => {
                                "write a type: only `list<t, 4>` has a number, after its type"
                            }
                            TypeArgument::Shape(..) => {
                                "write a type: only `ndarray<t, [rows, _]>` has a shape"
                            }
                            _ => "write a type: only `buffer` and `ndarray` have options",
                        };
                        let span = argument_span(argument);
                        self.report(
                            Diagnostic::new(
                                Code::TypeArguments,
                                span,
                                "a type is needed here",
                                "expected a type",
                            )
                            .help(help),
                        );
                    }
                    None
                }
            });
        }
        types
    }

    pub(super) fn argument_count(
        &mut self,
        at: Where,
        name: &ast::Name,
        index: usize,
        types: &[Option<Type>],
        span: Span,
    ) {
        let given = types.len();
        let builtin = &self.prelude.types[index];
        let (least, most) = (*builtin.arguments.start(), *builtin.arguments.end());
        if given < least && self.is_damaged(span) {
            return;
        }
        let needed = match (least, most) {
            (_, 0) => "no type arguments".to_owned(),
            (1, 1) => "1 type argument".to_owned(),
            _ if least == most => format!("{least} type arguments"),
            (_, usize::MAX) => format!("{least} or more type arguments"),
            _ => format!("{least} to {most} type arguments"),
        };
        let message = format!("`{}` takes {needed}, not {given}", name.text);
        let form = self.filled(&name.text, types, least, most);
        let diagnostic =
            Diagnostic::new(Code::TypeArguments, span, message, "").help(format!("write `{form}`"));
        self.report(match self.hidden_by_builtin(at, name) {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// A generic type with the arguments that it takes, and placeholders for the missing ones.
    fn filled(&self, name: &str, types: &[Option<Type>], least: usize, most: usize) -> String {
        if most == 0 {
            return name.to_owned();
        }
        // A tuple takes any number of arguments.
        let count = types.len().clamp(least, most).max(1);
        let arguments: Vec<_> = (0..count)
            .map(|position| match types.get(position) {
                Some(Some(ty)) => self.show(ty),
                _ => "…".to_owned(),
            })
            .collect();
        format!("{name}<{}>", arguments.join(", "))
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
