//! How the glue takes the arguments of a call and passes them on.

use crate::emit::glue::locals::Locals;
use crate::emit::language::rust::layout::{self, Layout, spaces, width};
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::language::rust::values::{Cost, Form, cost, expression};
use crate::lower::argument::{Argument, Held, Pass};
use crate::lower::binding::Binding;
use crate::lower::types::Holder;
use crate::model::{Default, ParameterKind, Value};

/// The statements that take the arguments, and what is passed for each parameter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) statements: Vec<String>,
    pub(crate) passed: Vec<Passed>,
    /// Where the statements are placed.
    indent: usize,
}

/// A local variable that is passed to the user's function.
#[derive(Clone, Debug)]
pub(crate) struct Passed {
    name: String,
    pass: Pass,
}

/// Where the statements of a glue function are placed.
pub(crate) const INDENT: usize = 8;
/// Types up to this width are written out; longer ones are inferred from the user's function.
const ANNOTATION_WIDTH: usize = 60;

impl Arguments {
    /// The arguments of a call.
    pub(crate) fn of_call(speller: &Speller<'_>, binding: &Binding, locals: &Locals) -> Self {
        let mut arguments = Self::at(INDENT);
        let layout = &speller.scope.names.layout_parameter;
        let call = &locals.call;
        let mut index = 0;
        for argument in &binding.arguments {
            let value = || speller.holder(argument);
            match argument.kind {
                ParameterKind::VarArgs => {
                    let ty = Layout::generic(speller.scope.std("Vec"), vec![value()]);
                    let links = [format!("var_args::<{layout}, _>()?")];
                    arguments.bind(argument, &ty, call, &links);
                    arguments.pass(argument, Pass::Value);
                }
                ParameterKind::VarKeywords => {
                    let key = speller.scope.std("String").into();
                    let ty = Layout::generic("rt::Map", vec![key, value()]);
                    let links = [format!("var_keywords::<{layout}, _>()?")];
                    arguments.bind(argument, &ty, call, &links);
                    arguments.pass(argument, Pass::Value);
                }
                _ => {
                    arguments.named(speller, argument, call, index);
                    index += 1;
                }
            }
        }
        if binding.needs.detached {
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
        argument: &Argument,
        object: &str,
        what: &str,
    ) {
        let layout = &speller.scope.names.layout_parameter;
        let links = [format!("named::<{layout}, _>(\"{what}\")?")];
        self.bind(argument, &speller.holder(argument), object, &links);
        self.pass(argument, argument.passing.pass());
    }

    /// Adds the other operand of an operator; the operator returns `NotImplemented` if the operand has another type.
    pub(crate) fn add_operand(&mut self, speller: &Speller<'_>, argument: &Argument, object: &str) {
        let scope = speller.scope;
        let name = &argument.rust_name;
        let ty = speller.holder(argument);
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
            let links = [format!("operand::<{layout}, _>()?")];
            self.bind(argument, &ty, object, &links);
            layout::let_else(&format!("{some}({name})"), name, self.indent)
        };
        let (inner, outer) = (spaces(self.indent + 4), spaces(self.indent));
        self.statements
            .push(format!("{line}\n{inner}return {ok}({none});\n{outer}}};"));
        self.pass(argument, argument.passing.pass());
    }

    fn named(&mut self, speller: &Speller<'_>, argument: &Argument, call: &str, index: usize) {
        let scope = speller.scope;
        let pass = argument.passing.pass();
        let ty = speller.holder(argument);
        let layout = &scope.names.layout_parameter;
        let optional = format!("optional::<{layout}, _>({index})?");
        let wrapped = |ty: Layout| Layout::generic(scope.std("Option"), vec![ty]);
        match &argument.default {
            None => {
                let links = [format!("required::<{layout}, _>({index})?")];
                self.bind(argument, &ty, call, &links);
                self.pass(argument, pass);
            }
            Some(Default::Computed) => {
                self.bind(argument, &wrapped(ty), call, &[optional]);
                match pass {
                    Pass::Value => self.pass(argument, Pass::Value),
                    Pass::Reference => self.pass(argument, Pass::OptionalReference),
                    // Both the argument and its value are optional.
                    Pass::OptionalReference => {
                        let links =
                            ["as_ref()", "map(|value| value.as_deref())"].map(str::to_owned);
                        let name = &argument.rust_name;
                        let head = format!("let {name}");
                        self.statements
                            .push(layout::chain(&head, name, &links, self.indent));
                        self.pass(argument, Pass::Value);
                    }
                }
            }
            Some(Default::Value(Value::None)) => {
                let links = [optional, "flatten()".to_owned()];
                self.bind(argument, &ty, call, &links);
                self.pass(argument, pass);
            }
            Some(Default::Value(default)) => match default_form(argument) {
                DefaultForm::Held(form) => {
                    let value = expression(scope, &argument.ty, default, form);
                    let fallback = match cost(scope.interface, &argument.ty, default, form) {
                        Cost::Default => Some("unwrap_or_default()".to_owned()),
                        Cost::Constant => Some(format!("unwrap_or({})", value.one_line())),
                        Cost::Computed => None,
                    };
                    match fallback {
                        Some(fallback) => self.bind(argument, &ty, call, &[optional, fallback]),
                        None => {
                            let optional = format!("{call}.{optional}");
                            self.bind_match(scope, argument, &ty, &optional, &value);
                        }
                    }
                    self.pass(argument, pass);
                }
                DefaultForm::Passed => {
                    let value = expression(scope, &argument.ty, default, Form::Borrowed);
                    self.bind(argument, &wrapped(ty), call, &[optional]);
                    self.borrow(speller, argument, &value);
                }
            },
        }
    }

    /// Replaces a held optional argument by a reference to it or to its default.
    fn borrow(&mut self, speller: &Speller<'_>, argument: &Argument, value: &Layout) {
        let ty = speller.argument(argument);
        let [some, none] = ["Some", "None"].map(|name| speller.scope.std(name));
        let result = match argument.passing.pass() {
            Pass::OptionalReference => "value.as_deref()",
            Pass::Reference | Pass::Value => "value",
        };
        let arms = |indent: usize| {
            let column = indent + width(&format!("{none} => "));
            [
                format!("{some}(value) => {result}"),
                format!("{none} => {}", value.format(indent, column, 1)),
            ]
        };
        let head = binding(argument, &ty, self.indent);
        let held = format!("&{}", argument.rust_name);
        self.statements
            .push(layout::match_binding(&head, &held, arms, self.indent));
        self.pass(argument, Pass::Value);
    }

    /// `let name: ty = receiver.links;`
    fn bind(&mut self, argument: &Argument, ty: &Layout, receiver: &str, links: &[String]) {
        let head = binding(argument, ty, self.indent);
        self.statements
            .push(layout::chain(&head, receiver, links, self.indent));
    }

    /// Binds an optional argument or its default, on a line of its own.
    fn bind_match(
        &mut self,
        scope: &Scope<'_>,
        argument: &Argument,
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
        let head = binding(argument, ty, self.indent);
        self.statements
            .push(layout::match_binding(&head, optional, arms, self.indent));
    }

    fn pass(&mut self, argument: &Argument, pass: Pass) {
        self.passed.push(Passed {
            name: argument.rust_name.clone(),
            pass,
        });
    }

    /// Takes references to arguments that are passed by reference; the holders stay on this thread.
    fn dereference(&mut self) {
        for Passed { name, pass } in &mut self.passed {
            self.statements.push(match pass {
                Pass::Value => continue,
                Pass::Reference => format!("let {name} = &*{name};"),
                Pass::OptionalReference => format!("let {name} = {name}.as_deref();"),
            });
            *pass = Pass::Value;
        }
    }
}

impl From<Passed> for Layout {
    /// The expression in the call of the user's function.
    fn from(Passed { name, pass }: Passed) -> Self {
        Self::Text(match pass {
            Pass::Value => name,
            Pass::Reference => format!("&{name}"),
            Pass::OptionalReference => format!("{name}.as_deref()"),
        })
    }
}

/// How a default is created.
enum DefaultForm {
    /// It replaces the held value.
    Held(Form),
    /// The holder cannot be made from a value, so the default replaces the reference.
    Passed,
}

fn default_form(argument: &Argument) -> DefaultForm {
    match argument.passing.held {
        Held::Owned | Held::Instance(_) => DefaultForm::Held(Form::Owned),
        Held::Borrowed(borrowed) => match borrowed.kind {
            Holder::Reference => DefaultForm::Held(Form::Borrowed),
            Holder::Value => DefaultForm::Held(Form::Owned),
            Holder::Argument => DefaultForm::Passed,
        },
    }
}

/// `let name: ty`, without the type if that would exceed the line.
fn binding(argument: &Argument, ty: &Layout, indent: usize) -> String {
    let (name, ty) = (&argument.rust_name, ty.one_line());
    let line = format!("let {name}: {ty}");
    let is_short = width(&ty) <= ANNOTATION_WIDTH && layout::fits(&format!("{line} ="), indent);
    // A reference to a held instance does not tell what holds it.
    let is_instance = matches!(argument.passing.held, Held::Instance(_));
    if is_short || is_instance {
        return line;
    }
    format!("let {name}")
}
