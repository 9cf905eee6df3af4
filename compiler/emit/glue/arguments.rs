//! How the glue takes the arguments of a call and passes them on.

use crate::emit::glue::locals::Locals;
use crate::emit::language::rust::layout::{self, Layout, spaces, width};
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::{Holder, Pass, Speller};
use crate::emit::language::rust::values::{Form, expression};
use crate::lower::conversion::Side;
use crate::lower::names::rust_value;
use crate::lower::types::option_of;
use crate::model::{Default, Function, Parameter, ParameterKind, Type, Value};

/// The statements that take the arguments, and what is passed for each parameter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) statements: Vec<String>,
    pub(crate) passed: Vec<Layout>,
    /// Where the statements are placed.
    indent: usize,
}

/// Where the statements of a glue function are placed.
pub(crate) const INDENT: usize = 8;
/// Types up to this width are written out; longer ones are inferred from the user's function.
const ANNOTATION_WIDTH: usize = 60;

impl Arguments {
    /// The arguments of a call that was bound to the parameters of `function`.
    pub(crate) fn of_call(speller: &Speller<'_>, function: &Function, locals: &Locals) -> Self {
        let mut arguments = Self::at(INDENT);
        let mut index = 0;
        for parameter in &function.parameters {
            let name = rust_value(&parameter.name);
            let call = &locals.call;
            let layout = &speller.scope.names.layout_parameter;
            match parameter.kind {
                ParameterKind::VarArgs => {
                    let ty = Layout::generic(
                        speller.scope.std("Vec"),
                        vec![speller.value(&parameter.ty, Side::FromPython)],
                    );
                    arguments.bind(&name, &ty, call, &[format!("var_args::<{layout}, _>()?")]);
                    arguments.passed.push(name.into());
                }
                ParameterKind::VarKeywords => {
                    let key = speller.scope.std("String").into();
                    let value = speller.value(&parameter.ty, Side::FromPython);
                    let ty = Layout::generic("rt::Map", vec![key, value]);
                    arguments.bind(
                        &name,
                        &ty,
                        call,
                        &[format!("var_keywords::<{layout}, _>()?")],
                    );
                    arguments.passed.push(name.into());
                }
                _ => {
                    arguments.named(speller, parameter, call, index);
                    index += 1;
                }
            }
        }
        if function.detached {
            arguments.dereference();
        }
        arguments
    }

    /// Starts without arguments; statements are indented by `indent`.
    pub(crate) fn at(indent: usize) -> Self {
        Self {
            indent,
            ..Self::default()
        }
    }

    /// Adds the argument of a setter or an operator: the value of `object`, called `what` in errors.
    pub(crate) fn add(
        &mut self,
        speller: &Speller<'_>,
        parameter: &Parameter,
        object: &str,
        what: &str,
    ) {
        let name = rust_value(&parameter.name);
        let Holder { ty, pass } = speller.holder(&parameter.ty);
        let layout = &speller.scope.names.layout_parameter;
        self.bind(
            &name,
            &ty,
            object,
            &[format!("named::<{layout}, _>(\"{what}\")?")],
        );
        self.passed.push(passed(&name, pass).into());
    }

    /// Adds the other operand of an operator; the operator returns `NotImplemented` if the operand has another type.
    pub(crate) fn add_operand(
        &mut self,
        speller: &Speller<'_>,
        parameter: &Parameter,
        object: &str,
    ) {
        let scope = speller.scope;
        let name = rust_value(&parameter.name);
        let Holder { ty, pass } = speller.holder(&parameter.ty);
        let [some, none, ok] = ["Some", "None", "Ok"].map(|name| scope.std(name));
        let layout = &scope.names.layout_parameter;
        let line = format!(
            "let {some}({name}) = {object}.operand::<{layout}, {}>()? else {{",
            ty.one_line()
        );
        // rustfmt keeps two columns free after a `?`.
        let line = if layout::fits(&line, self.indent + 2) {
            line
        } else {
            let ty = Layout::generic(scope.std("Option"), vec![ty]);
            self.bind(&name, &ty, object, &[format!("operand::<{layout}, _>()?")]);
            layout::let_else(&format!("{some}({name})"), &name, self.indent)
        };
        let (inner, outer) = (spaces(self.indent + 4), spaces(self.indent));
        self.statements
            .push(format!("{line}\n{inner}return {ok}({none});\n{outer}}};"));
        self.passed.push(passed(&name, pass).into());
    }

    fn named(&mut self, speller: &Speller<'_>, parameter: &Parameter, call: &str, index: usize) {
        let scope = speller.scope;
        let name = rust_value(&parameter.name);
        let Holder { ty, pass } = speller.holder(&parameter.ty);
        let layout = &scope.names.layout_parameter;
        let optional = format!("optional::<{layout}, _>({index})?");
        let wrapped = |ty: Layout| Layout::generic(scope.std("Option"), vec![ty]);
        match &parameter.default {
            None => {
                self.bind(
                    &name,
                    &ty,
                    call,
                    &[format!("required::<{layout}, _>({index})?")],
                );
                self.passed.push(passed(&name, pass).into());
            }
            Some(Default::Computed) => {
                self.bind(&name, &wrapped(ty), call, &[optional]);
                self.passed.push(match pass {
                    Pass::Value => name.into(),
                    Pass::Reference => Layout::Text(format!("{name}.as_deref()")),
                    // Both the argument and its value are optional.
                    Pass::OptionalReference => {
                        let links =
                            ["as_ref()", "map(|value| value.as_deref())"].map(str::to_owned);
                        let head = format!("let {name}");
                        self.statements
                            .push(layout::chain(&head, &name, &links, self.indent));
                        name.into()
                    }
                });
            }
            Some(Default::Value(Value::None)) => {
                self.bind(&name, &ty, call, &[optional, "flatten()".to_owned()]);
                self.passed.push(passed(&name, pass).into());
            }
            Some(Default::Value(value)) => match default_form(speller, &parameter.ty) {
                DefaultForm::Held(form) => {
                    let value = expression(scope, &parameter.ty, value, form);
                    match fallback(&value) {
                        Some(fallback) => self.bind(&name, &ty, call, &[optional, fallback]),
                        None => self.bind_match(
                            scope,
                            &name,
                            &ty,
                            &format!("{call}.{optional}"),
                            &value,
                        ),
                    }
                    self.passed.push(passed(&name, pass).into());
                }
                DefaultForm::Passed => {
                    let value = expression(scope, &parameter.ty, value, Form::Borrowed);
                    self.bind(&name, &wrapped(ty), call, &[optional]);
                    self.borrow(speller, &name, &parameter.ty, pass, &value);
                }
            },
        }
    }

    /// Replaces a held optional argument by a reference to it or to its default.
    fn borrow(&mut self, speller: &Speller<'_>, name: &str, ty: &Type, pass: Pass, value: &Layout) {
        let ty = speller.argument(ty);
        let [some, none] = ["Some", "None"].map(|name| speller.scope.std(name));
        let result = if pass == Pass::OptionalReference {
            "value.as_deref()"
        } else {
            "value"
        };
        let arms = |indent: usize| {
            let column = indent + width(&format!("{none} => "));
            [
                format!("{some}(value) => {result}"),
                format!("{none} => {}", value.format(indent, column, 1)),
            ]
        };
        let held = format!("&{name}");
        self.statements.push(layout::match_binding(
            &binding(name, &ty, self.indent),
            &held,
            arms,
            self.indent,
        ));
        self.passed.push(name.into());
    }

    /// `let name: ty = receiver.links;`
    fn bind(&mut self, name: &str, ty: &Layout, receiver: &str, links: &[String]) {
        self.statements.push(layout::chain(
            &binding(name, ty, self.indent),
            receiver,
            links,
            self.indent,
        ));
    }

    /// Binds an optional argument or its default, on a line of its own.
    fn bind_match(
        &mut self,
        scope: &Scope<'_>,
        name: &str,
        ty: &Layout,
        optional: &str,
        default: &Layout,
    ) {
        let [some, none] = ["Some", "None"].map(|name| scope.std(name));
        let arms = |indent: usize| {
            let column = indent + width(&format!("{none} => "));
            [
                format!("{some}(value) => value"),
                format!("{none} => {}", default.format(indent, column, 1)),
            ]
        };
        self.statements.push(layout::match_binding(
            &binding(name, ty, self.indent),
            optional,
            arms,
            self.indent,
        ));
    }

    /// Takes references to arguments that are passed by reference; the holders stay on this thread.
    fn dereference(&mut self) {
        for passed in &mut self.passed {
            let text = passed.one_line();
            let statement = match (text.strip_prefix('&'), text.strip_suffix(".as_deref()")) {
                (Some(name), _) => format!("let {name} = &*{name};"),
                (_, Some(name)) => format!("let {name} = {text};"),
                _ => continue,
            };
            let name = text.trim_start_matches('&').trim_end_matches(".as_deref()");
            self.statements.push(statement);
            *passed = name.into();
        }
    }
}

/// How a default is created.
enum DefaultForm {
    /// It replaces the held value.
    Held(Form),
    /// The holder cannot be made from a value, so the default replaces the reference.
    Passed,
}

fn default_form(speller: &Speller<'_>, ty: &Type) -> DefaultForm {
    let interface = speller.scope.interface;
    let inner = option_of(interface, ty).unwrap_or(ty);
    match speller.holder(inner).ty.one_line() {
        holder if holder.starts_with("&") => DefaultForm::Held(Form::Borrowed),
        holder if holder.starts_with("rt::BytesArgument") => DefaultForm::Passed,
        _ => DefaultForm::Held(Form::Owned),
    }
}

/// `unwrap_or(value)`, for values that cost nothing to create.
fn fallback(value: &Layout) -> Option<String> {
    let text = value.one_line();
    if text.ends_with("::new()") || text.ends_with("::default()") {
        return Some("unwrap_or_default()".to_owned());
    }
    let inner = match value {
        Layout::List(_) => text.strip_prefix("Some(")?.strip_suffix(')')?,
        _ => &text,
    };
    let is_literal = inner.starts_with(['"', '\'']);
    let is_plain = !inner.contains(['(', '[', '{', '.']) || inner.parse::<f64>().is_ok();
    (is_literal || is_plain).then(|| format!("unwrap_or({text})"))
}

fn passed(name: &str, pass: Pass) -> String {
    match pass {
        Pass::Value => name.to_owned(),
        Pass::Reference => format!("&{name}"),
        Pass::OptionalReference => format!("{name}.as_deref()"),
    }
}

/// `let name: ty`, without the type if that would exceed the line.
fn binding(name: &str, ty: &Layout, indent: usize) -> String {
    let ty = ty.one_line();
    let line = format!("let {name}: {ty}");
    let is_short = width(&ty) <= ANNOTATION_WIDTH && layout::fits(&format!("{line} ="), indent);
    // A reference to a held value does not depend on the holder's type.
    if is_short || ty.contains("rt::ArgumentRef") {
        return line;
    }
    format!("let {name}")
}
