//! Functions: signatures, parameters, results.

use super::super::ast::{self, Accessor, FunctionBody, ItemKind, ParameterKind, Receiver};
use super::super::context::Context;
use super::super::cursor::{Cursor, Expected, Parsed, expect, keyword};
use super::super::token::{Keyword, Kind};
use super::block::semicolon;
use super::list::{list, required_list};
use super::{foreign, literal, meta, name, ty};
use crate::diagnostic::{Code, Diagnostic};

/// `function ::= id ':' ( overload | func-type ';' )`, and `method` in classes.
///
/// The next two tokens are a word and a colon.
pub(super) fn item(input: Cursor<'_>, context: Context) -> Parsed<'_, Option<ItemKind>> {
    let after_colon = input.bump().bump();
    if let Some((rest, kind)) = foreign::value_item(input, after_colon, context)? {
        return Ok((rest, kind));
    }
    let (_, name) = match foreign::is_dunder(input.text()) {
        true => name::word(input)?,
        false => name::declared("the function")(input)?,
    };
    let (rest, body) = body(context.has_methods())(after_colon)?;
    if foreign::is_dunder(&name.text) {
        let (diagnostic, kind) = foreign::special_method(name, body, context);
        input.report_apart(diagnostic);
        return Ok((rest, kind));
    }
    if !context.allows_functions() {
        let diagnostic = Diagnostic::new(
            Code::Misplaced,
            input.span(),
            format!("a function cannot stand in {}", context.describe()),
            "does not belong here",
        );
        input.report_misplaced(match context {
            Context::World => diagnostic.help(format!(
                "write `export {}: func…` or `import {0}: func…`",
                name.text
            )),
            _ => diagnostic.help("move it into an `interface`"),
        });
        return Ok((rest, None));
    }
    Ok((rest, Some(ItemKind::Function(ast::Function { name, body }))))
}

/// `overload | func-type ';'`; `methods`: whether `static`, `class` and `mut` are allowed.
pub(super) fn body<'t>(methods: bool) -> impl Fn(Cursor<'t>) -> Parsed<'t, FunctionBody> {
    move |input| {
        if input.at_keyword(Keyword::Overload) {
            return overload(methods)(input);
        }
        let (rest, signature) = signature(methods)(input)?;
        let (rest, ()) = semicolon(rest)?;
        Ok((rest, FunctionBody::Signature(signature)))
    }
}

/// `overload ::= 'overload' '{' ( meta id ':' method-type ';' )+ '}'`
fn overload<'t>(methods: bool) -> impl Fn(Cursor<'t>) -> Parsed<'t, FunctionBody> {
    move |input| {
        let (rest, _) = keyword(Keyword::Overload)(input)?;
        alternatives(input, rest, methods)
    }
}

/// The contents of the braces at `block`; `overload` is the word before.
pub(super) fn alternatives<'t>(
    overload: Cursor<'t>,
    block: Cursor<'t>,
    methods: bool,
) -> Parsed<'t, FunctionBody> {
    let (rest, items) = super::block::block(if methods {
        Context::MethodOverload
    } else {
        Context::Overload
    })(block)?;
    let is_empty = block.nth(1).kind == Kind::CloseBrace;
    let alternatives: Vec<_> = items
        .into_iter()
        .filter_map(|item| alternative(overload, item))
        .collect();
    if is_empty {
        overload.report(
            Diagnostic::new(
                Code::UnexpectedToken,
                overload.span(),
                "an overload without alternatives",
                "nothing in it",
            )
            .help("write each alternative as `name: func(…) -> …;`"),
        );
    }
    Ok((rest, FunctionBody::Overload(alternatives)))
}

/// An item of an overload as an alternative; reports items that cannot be one.
fn alternative(input: Cursor<'_>, item: ast::Item) -> Option<ast::Alternative> {
    if let ItemKind::Function(ast::Function {
        name,
        body: FunctionBody::Signature(signature),
    }) = item.kind
    {
        return Some(ast::Alternative {
            meta: item.meta,
            name,
            signature,
        });
    }
    input.report_apart(
        Diagnostic::new(
            Code::Misplaced,
            item.span,
            "only functions can be alternatives of an overload",
            "not a function",
        )
        .help("write each alternative as `name: func(…) -> …;`"),
    );
    None
}

/// `method-type ::= ( 'static' | 'class' | 'mut' )? func-type`,
/// `func-type ::= ( 'async'? 'func' | 'get' | 'set' ) params result?`
pub(super) fn signature<'t>(methods: bool) -> impl Fn(Cursor<'t>) -> Parsed<'t, ast::Signature> {
    move |input| {
        let (rest, (receiver, is_async)) = leading_words(input, methods)?;
        let accessor = accessor(rest).filter(|_| !is_async);
        let rest = match rest.at_keyword(Keyword::Func) || accessor.is_some() {
            true => rest.bump(),
            false => foreign::func(rest)?,
        };
        let rest = foreign::late_words(rest, input);
        let (rest, parameters) = parameters(rest)?;
        let (rest, (result, raises)) = result(foreign::extra_closer(rest))?;
        let span = rest.span_since(input);
        Ok((
            rest,
            ast::Signature {
                receiver,
                is_async,
                accessor,
                parameters,
                result,
                raises,
                span,
            },
        ))
    }
}

/// `get` or `set` before parentheses, in the place of `func`.
pub(super) fn accessor(input: Cursor<'_>) -> Option<Accessor> {
    let accessors = [Accessor::Get, Accessor::Set];
    let is_call = input.kind() == Kind::Name && input.nth(1).kind == Kind::OpenParen;
    let mut accessors = accessors.into_iter().filter(|_| is_call);
    accessors.find(|accessor| input.text() == accessor.word())
}

/// The modifiers before `func`, in any order; all but the right one are reported.
fn leading_words(input: Cursor<'_>, methods: bool) -> Parsed<'_, (Receiver, bool)> {
    let (mut rest, mut receiver, mut is_async) = (input, Receiver::None, false);
    loop {
        let word = match rest.kind() {
            Kind::Keyword(Keyword::Static) => Receiver::Static,
            Kind::Keyword(Keyword::Class) => Receiver::Class,
            Kind::Keyword(Keyword::Mut) => Receiver::Mut,
            Kind::Keyword(Keyword::Async) if rest.nth(1).kind.is_word() => {
                is_async = true;
                rest = rest.bump();
                continue;
            }
            _ => match foreign::leading_word(rest) {
                Some(Keyword::Static) => Receiver::Static,
                Some(Keyword::Class) => Receiver::Class,
                Some(Keyword::Mut) => Receiver::Mut,
                Some(_) => {
                    is_async = true;
                    rest = rest.bump();
                    continue;
                }
                None => return Ok((rest, (receiver, is_async))),
            },
        };
        let text = rest.text();
        let wrong = |message: String, label: &str, help: String| {
            rest.report_misplaced(
                Diagnostic::new(Code::Misplaced, rest.span(), message, label).help(help),
            );
        };
        if !methods {
            let help = match word {
                Receiver::Mut => "leave it out: outside of classes there is no `self` to change",
                _ => "leave it out",
            };
            wrong(
                format!("`{text}` belongs to methods of a class"),
                "not in a class",
                help.to_owned(),
            );
        } else if receiver != Receiver::None {
            wrong(
                format!("`{text}` after another such word"),
                "one too many",
                "a method has one of `static`, `class`, `mut`".into(),
            );
        } else if is_async {
            receiver = word;
            wrong(
                format!("`{text}` comes before `async`"),
                "too late",
                format!("write `{text} async func`"),
            );
        } else {
            receiver = word;
        }
        rest = rest.bump();
    }
}

/// `params ::= '(' ( param ( ',' param )* ','? )? ')'`
pub(super) fn parameters(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Parameter>> {
    if let Some((open, close)) = foreign::other_brackets(input, "parameters stand", Kind::OpenParen)
    {
        let (rest, parameters) = list(open, close, parameter)(input)?;
        return Ok((rest, parameters.into_iter().flatten().collect()));
    }
    let (rest, parameters) = required_list(Kind::OpenParen, Kind::CloseParen, parameter)(input)?;
    Ok((rest, parameters.into_iter().flatten().collect()))
}

/// `param ::= '/' | '*' '*' id ':' ty | '*' id ':' ty | '*' | meta id ':' ty default?`; `None` for `self`, which is
/// reported.
fn parameter(input: Cursor<'_>) -> Parsed<'_, Option<ast::Parameter>> {
    let (start, meta) = meta::meta(input)?;
    let (rest, kind) = match start.kind() {
        Kind::Slash => (start.bump(), ParameterKind::Slash),
        Kind::Star if start.nth(1).kind == Kind::Star => {
            let (rest, (name, ty)) = collector(
                start.bump().bump(),
                "**",
                "the parameter for further keywords",
            )?;
            (rest, ParameterKind::VarKeywords { name, ty })
        }
        Kind::Star if start.nth(1).kind.is_word() || start.nth(1).kind == Kind::Colon => {
            let (rest, (name, ty)) =
                collector(start.bump(), "*", "the parameter for further arguments")?;
            (rest, ParameterKind::VarArgs { name, ty })
        }
        Kind::Star => (start.bump(), ParameterKind::Star),
        _ => {
            if let Some(rest) = foreign::receiver(start).or_else(|| foreign::void(start)) {
                return Ok((rest, None));
            }
            let (rest, (name, ty, default)) = typed_name("the parameter")(start)?;
            (rest, ParameterKind::Named { name, ty, default })
        }
    };
    Ok((
        rest,
        Some(ast::Parameter {
            meta,
            kind,
            span: rest.span_since(start),
        }),
    ))
}

/// `id ':' ty` after the stars.
fn collector<'t>(
    input: Cursor<'t>,
    stars: &str,
    what: &'static str,
) -> Parsed<'t, (ast::Name, Option<ast::Type>)> {
    if let Some(parsed) = foreign::collector_without_name(input, stars) {
        return parsed;
    }
    let (rest, name) = name::declared(what)(input)?;
    if !rest.at(Kind::Colon) {
        foreign::collector_without_type(input, rest, stars);
        return Ok((rest, (name, None)));
    }
    let (rest, ty) = expect(ty::ty)(rest.bump())?;
    let (rest, default) = literal::default(rest)?;
    if let Some(default) = default {
        let message = format!("`{stars}{}` cannot have a default", name.text);
        rest.report_apart(
            Diagnostic::new(Code::ParameterOrder, default.span, message, "")
                .help("leave it out: where nothing is left to collect, it is empty"),
        );
    }
    Ok((rest, (name, ty)))
}

/// A name with its type and default: a parameter or field.
pub(super) type TypedName = (ast::Name, Option<ast::Type>, Option<ast::Literal>);

/// `id ':' ty default?`
pub(super) fn typed_name<'t>(what: &'static str) -> impl Fn(Cursor<'t>) -> Parsed<'t, TypedName> {
    move |input| {
        let input = foreign::parameter_modifiers(foreign::numbered(input));
        if let Some(parsed) = foreign::type_first(input, what).or_else(|| foreign::nameless(input))
        {
            return parsed;
        }
        let (rest, name) = match foreign::quoted_name(input) {
            Some(quoted) => quoted,
            None => name::declared(what)(input)?,
        };
        let rest = foreign::optional_mark(input, rest);
        if let Some(parsed) = foreign::type_after_equals(input, rest) {
            let (rest, ty) = parsed?;
            return Ok((rest, (name, Some(ty), None)));
        }
        let (rest, early) = foreign::early_default(input, rest)?;
        let rest = match rest.kind() {
            Kind::Colon => rest.bump(),
            _ if early.is_some() => return Ok((rest, (name, None, early))),
            _ => match foreign::missing_colon(input, rest) {
                true => rest,
                false => return Ok((rest, (name, None, None))),
            },
        };
        let (rest, ty) = expect(ty::ty)(rest)?;
        let is_reported = matches!(rest.kind(), Kind::Integer | Kind::Float | Kind::String)
            && ty.is_some()
            && !rest.is_first_on_line();
        if is_reported {
            foreign::missing_equals(rest);
            let (rest, value) = literal::literal(rest)?;
            return Ok((rest, (name, ty, Some(value))));
        }
        let (rest, default) = literal::default(rest)?;
        Ok((rest, (name, ty, default.or(early))))
    }
}

/// The text after the parameters.
pub(super) type Outcome = (Option<ast::Type>, Vec<ast::Path>);

/// `result ::= '->' ty raises? | raises`, or nothing.
pub(super) fn result(input: Cursor<'_>) -> Parsed<'_, Outcome> {
    let (rest, ty) = match input.kind() {
        Kind::Arrow => {
            let rest = foreign::extra_arrow(input.bump());
            match foreign::is_nothing(rest).or_else(|| foreign::arrow_without_type(rest)) {
                Some(rest) => (rest, None),
                None => expect(ty::ty)(rest)?,
            }
        }
        _ => foreign::result(input)?,
    };
    let (rest, raises) = raises(rest)?;
    if ty.is_none() && !raises.is_empty() {
        let (rest, ty) = foreign::late_result(rest)?;
        return Ok((rest, (ty, raises)));
    }
    Ok((rest, (ty, raises)))
}

/// `raises ::= 'raises' name ( '|' name )*`, or nothing.
pub(super) fn raises(input: Cursor<'_>) -> Parsed<'_, Vec<ast::Path>> {
    if let Some(parsed) = foreign::raises_in_parentheses(input) {
        return parsed;
    }
    let rest = match input.at_keyword(Keyword::Raises) {
        true => input.bump(),
        false => match foreign::raises(input) {
            Some(rest) => rest,
            None => return Ok((input, Vec::new())),
        },
    };
    let mut names = Vec::new();
    let mut rest = foreign::leading_pipe(rest);
    loop {
        let (after, name) = expect(name::type_path(Expected::Name("an exception")))(rest)?;
        names.extend(name);
        rest = foreign::trailing_pipe(after);
        if !rest.at(Kind::Pipe) {
            break;
        }
        rest = rest.bump();
    }
    let (rest, more) = foreign::further_exceptions(rest)?;
    names.extend(more);
    Ok((rest, names))
}
