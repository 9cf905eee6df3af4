//! Function declarations in the syntax of other languages.

use super::body::quiet_type_parameters;
use super::function::FUNCTION_WORDS;
use super::ty::translate_signature;
use super::{foreign, is_one_of};
use crate::diagnostic::{Diagnostic, suggest};
use crate::syntax::ast::{self, FunctionBody, ItemKind, Receiver, TypeKind};
use crate::syntax::context::Context;
use crate::syntax::cursor::{Cursor, Parsed, Stuck};
use crate::syntax::parse::recovery::semicolon;
use crate::syntax::parse::{function, name, ty};
use crate::syntax::print;
use crate::syntax::token::{Keyword, Kind};

/// `def name(…) -> …:`, `fn name(…) -> … { … }`, `name(…)`, `int name(…)`: a function that starts at `input` and whose
/// name is at `name`.
pub(super) fn function_item<'t>(
    input: Cursor<'t>,
    name: Cursor<'t>,
    context: Context,
) -> Parsed<'t, Option<ItemKind>> {
    let (rest, (function_name, mut signature)) = quiet_function(input, name)?;
    if !context.has_methods() || context == Context::Protocol {
        signature.receiver = Receiver::None;
    }
    let right = print::signature_in_pyidl(&signature);
    let rest = after_function(rest)?;
    if function_name.text == "__len__" {
        // Python's `int` means this type here.
        let result = signature.result.as_mut().map(|ty| &mut ty.kind);
        if let Some(TypeKind::Name(path)) = result {
            path.parts
                .iter_mut()
                .for_each(|part| part.text = "u64".to_owned());
        }
    }
    let body = FunctionBody::Signature(signature);
    if name::is_special(&function_name.text) {
        let (diagnostic, kind) = special_method(function_name, body, context);
        input.report_apart(diagnostic);
        return Ok((rest, kind));
    }
    let is_class = function_name
        .text
        .starts_with(|c: char| c.is_ascii_uppercase());
    if context == Context::Class && is_class && name.offset() == input.offset() {
        if input.follows("~") {
            return Ok((rest, None));
        }
        let help = format!("write `constructor{};`", right.trim_start_matches("func"));
        let message = "a constructor is declared by `constructor`";
        input.report_apart(foreign(input.span(), message, "the name of a class", help));
        let constructor = ItemKind::Constructor(ast::Constructor { body });
        return Ok((rest, Some(constructor)));
    }
    let has_capitals = function_name
        .text
        .contains(|c: char| c.is_ascii_uppercase());
    let text = match has_capitals {
        true => suggest::kebab_case(&function_name.text),
        false => function_name.text.clone(),
    };
    let message = "a function is declared by its name, a colon and `func`";
    let span = name.bump().span_since(input);
    let help = format!("write `{text}: {right};`");
    input.report_apart(foreign(span, message, "another language's syntax", help));
    let item = ItemKind::Function(ast::Function {
        name: function_name,
        body,
    });
    Ok((rest, context.allows_functions().then_some(item)))
}

/// Name and signature, in pyidl form, of a function that starts at `input` and whose name is at `name`.
pub(super) fn quiet_function<'t>(
    input: Cursor<'t>,
    name: Cursor<'t>,
) -> Parsed<'t, (ast::Name, ast::Signature)> {
    let (rest, function_name) = name::word(name)?;
    let rest = quiet_type_parameters(rest);
    let (rest, mut signature) = quiet_signature(input, name, rest)?;
    translate_signature(&mut signature);
    Ok((rest, (function_name, signature)))
}

/// Parameters and result of a function whose complete rewriting is shown, so that its parts need no findings.
fn quiet_signature<'t>(
    input: Cursor<'t>,
    name: Cursor<'t>,
    rest: Cursor<'t>,
) -> Parsed<'t, ast::Signature> {
    let _rewriting = input.rewriting();
    let is_mutable =
        rest.nth(1).kind == Kind::Ampersand && rest.nth(2).kind == Kind::Keyword(Keyword::Mut);
    let (start, receiver, is_async) = leading_words(input, is_mutable);
    let mut words = (0..name.offset() - input.offset()).map(|n| input.nth_text(n as usize));
    let type_first =
        name.offset() > start.offset() && !words.any(|word| is_one_of(word, FUNCTION_WORDS));
    let (rest, parameters) = function::parameters(rest)?;
    let (rest, (mut result, raises)) = function::result(rest)?;
    if result.is_none() && type_first && !suggest::is_nothing(start.text()) {
        result = ty::ty(start).ok().map(|(_, ty)| ty);
    }
    if is_async {
        result = result.and_then(awaited);
    }
    let signature = ast::Signature {
        receiver,
        is_async,
        accessor: None,
        parameters,
        result,
        raises,
        span: rest.span_since(name),
    };
    Ok((rest, signature))
}

/// Skips `static`, `async` and the like before a function; returns their meaning, and whether the function is asynchronous.
fn leading_words(input: Cursor<'_>, is_mutable: bool) -> (Cursor<'_>, Receiver, bool) {
    let mut receiver = match is_mutable {
        true => Receiver::Mut,
        false => Receiver::None,
    };
    let (mut rest, mut is_async) = (input, false);
    loop {
        match rest.kind() {
            Kind::Keyword(Keyword::Static) => receiver = Receiver::Static,
            Kind::Keyword(Keyword::Class) => receiver = Receiver::Class,
            Kind::Keyword(Keyword::Mut) => receiver = Receiver::Mut,
            Kind::Keyword(Keyword::Async) => is_async = true,
            _ => return (rest, receiver, is_async),
        }
        rest = rest.bump();
    }
}

/// An `async` function declares the awaited type, without `Promise<…>`.
fn awaited(ty: ast::Type) -> Option<ast::Type> {
    const FUTURES: &[&str] = &["Promise", "Future", "Awaitable", "Task", "future"];
    let TypeKind::Generic { name, arguments } = &ty.kind else {
        return Some(ty);
    };
    match arguments.as_slice() {
        [ast::TypeArgument::Type(inner)] if FUTURES.contains(&name.text.as_str()) => {
            let is_nothing = matches!(&inner.kind, TypeKind::Name(path)
                if path.parts.iter().any(|part| suggest::is_nothing(&part.text)));
            (!is_nothing).then(|| inner.clone())
        }
        _ => Some(ty),
    }
}

/// Skips the end of a function in other languages: `;`, `{ … }`, `: ...`, or lines that are indented deeper.
pub(super) fn after_function(rest: Cursor<'_>) -> Result<Cursor<'_>, nom::Err<Stuck>> {
    let mut rest = rest;
    if rest.text() == "where" {
        // `where T: Clone`
        while !matches!(rest.kind(), Kind::OpenBrace | Kind::Semicolon | Kind::End) {
            rest = rest.bump();
        }
    }
    let rest = match rest.kind() {
        Kind::OpenBrace => rest.skip_group(),
        Kind::Colon if rest.at_block_colon() => rest.bump().skip_indented(rest.indentation()),
        Kind::Colon => {
            let rest = rest.bump();
            if rest.at(Kind::Ellipsis) || rest.text() == "pass" {
                rest.bump()
            } else {
                rest
            }
        }
        _ if rest.is_first_on_line() || rest.kind().is_closer() || rest.at(Kind::End) => rest,
        _ => return Ok(semicolon(rest)?.0),
    };
    Ok(rest.bump_if(Kind::Semicolon))
}

/// A method with a Python name such as `__len__`, as the corresponding operator. Reports the spelling of the operator; `None`
/// outside classes.
pub(crate) fn special_method(
    name: ast::Name,
    body: FunctionBody,
    context: Context,
) -> (Diagnostic, Option<ItemKind>) {
    let operator = name.text.trim_matches('_').to_owned();
    let is_constructor = matches!(operator.as_str(), "init" | "new");
    let help = match operator.as_str() {
        _ if !context.has_methods() => {
            "choose another name; special methods stand in a `class`, as in `operator len: func() -> u64;`".to_owned()
        }
        "del" => "leave it out: Rust drops the object".to_owned(),
        "all" | "annotations" | "class" | "dict" | "doc" | "init-subclass" | "init_subclass"
        | "match_args" | "module" | "name" | "slots" | "version" | "weakref" => {
            "choose another name: Python gives this one a meaning of its own".to_owned()
        }
        "enter" | "exit" => "write `@context-manager(close)` before the class".to_owned(),
        _ => match &body {
            FunctionBody::Signature(signature) if is_constructor => {
                let signature = ast::Signature {
                    result: None,
                    ..signature.clone()
                };
                let right = print::signature_in_pyidl(&signature);
                format!("write `constructor{};`", right.trim_start_matches("func"))
            }
            _ if is_constructor => "write `constructor: overload { … }`".to_owned(),
            FunctionBody::Signature(signature) => {
                let right = print::signature_in_pyidl(signature);
                format!("write `operator {operator}: {right};`")
            }
            FunctionBody::Overload(_) => format!("write `operator {operator}: overload {{ … }}`"),
        },
    };
    let message = format!("`{}` is not declared by its Python name", name.text);
    let diagnostic = foreign(name.span, message, "a special method", help);
    let kind = match is_constructor {
        true => ItemKind::Constructor(ast::Constructor { body }),
        false => ItemKind::Operator(ast::Operator {
            name: ast::Name {
                text: operator,
                ..name
            },
            body,
        }),
    };
    (diagnostic, context.has_methods().then_some(kind))
}
