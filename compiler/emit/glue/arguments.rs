//! How the glue takes the arguments of a call and passes them on.

use serde::Serialize;

use crate::emit::glue::locals::Locals;
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::language::rust::values::{Cost, Form, cost, expression};
use crate::lower::argument::{Argument, Held, Pass};
use crate::lower::binding::Binding;
use crate::lower::types::Holder;
use crate::model::{Default, ParameterKind, Value};
use crate::render::layout::Layout;

/// The statements that take the arguments, and what is passed for each parameter.
#[derive(Clone, Debug, Default)]
pub(crate) struct Arguments {
    pub(crate) statements: Vec<LetView>,
    pub(crate) operand: Option<OperandView>,
    pub(crate) passed: Vec<Passed>,
}

/// `let name: type = value;`
#[derive(Clone, Debug, Serialize)]
pub(crate) struct LetView {
    name: String,
    annotation: Layout,
    value: Layout,
}

/// The statement that takes the other operand of an operator; the operator returns `NotImplemented` if it has another type.
#[derive(Clone, Debug, Serialize)]
pub(crate) struct OperandView {
    /// `let Some(name) = … else {`
    binding: Layout,
    ok: String,
    none: String,
}

/// A local variable that is passed to the user's function.
#[derive(Clone, Debug)]
pub(crate) struct Passed {
    name: String,
    pass: Pass,
}

impl Arguments {
    /// The arguments of a call.
    pub(crate) fn of_call(speller: &Speller<'_>, binding: &Binding, locals: &Locals) -> Self {
        let mut arguments = Self::default();
        let layout = &speller.scope.names.layout_parameter;
        let call = &locals.call;
        let mut index = 0;
        for argument in &binding.arguments {
            let value = || speller.holder(argument);
            match argument.kind {
                ParameterKind::VarArgs => {
                    let ty = Layout::generic(speller.scope.std("Vec"), vec![value()]);
                    let links = [format!("var_args::<{layout}, _>()?")];
                    arguments.bind(argument, ty, call, links);
                    arguments.pass(argument, Pass::Value);
                }
                ParameterKind::VarKeywords => {
                    let key = speller.scope.std("String").into();
                    let ty = Layout::generic("rt::Map", vec![key, value()]);
                    let links = [format!("var_keywords::<{layout}, _>()?")];
                    arguments.bind(argument, ty, call, links);
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
        self.bind(argument, speller.holder(argument), object, links);
        self.pass(argument, argument.passing.pass());
    }

    /// Adds the other operand of an operator.
    pub(crate) fn add_operand(&mut self, speller: &Speller<'_>, argument: &Argument, object: &str) {
        let scope = speller.scope;
        let name = &argument.rust_name;
        let ty = speller.holder(argument);
        let [some, none, ok] = ["Some", "None", "Ok"].map(|name| scope.std(name));
        let layout = &scope.names.layout_parameter;
        let held = Layout::generic(scope.std("Option"), vec![ty.clone()]);
        let links = [format!("operand::<{layout}, _>()?")];
        let separate = LetView::new(argument, held, Layout::chain(object, links));
        let ty = ty.one_line();
        self.operand = Some(OperandView {
            binding: Layout::either(
                format!("let {some}({name}) = {object}.operand::<{layout}, {ty}>()? else {{"),
                vec![
                    separate.line(),
                    Layout::row([format!("let {some}({name}) = {name} else {{").into()]),
                ],
            ),
            ok,
            none,
        });
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
                self.bind(argument, ty, call, links);
                self.pass(argument, pass);
            }
            Some(Default::Computed) => {
                self.bind(argument, wrapped(ty), call, [optional]);
                match pass {
                    Pass::Value => self.pass(argument, Pass::Value),
                    Pass::Reference => self.pass(argument, Pass::OptionalReference),
                    // Both the argument and its value are optional.
                    Pass::OptionalReference => {
                        let links =
                            ["as_ref()", "map(|value| value.as_deref())"].map(str::to_owned);
                        let name = &argument.rust_name;
                        self.statements
                            .push(LetView::plain(name, Layout::chain(name, links)));
                        self.pass(argument, Pass::Value);
                    }
                }
            }
            Some(Default::Value(Value::None)) => {
                let links = [optional, "flatten()".to_owned()];
                self.bind(argument, ty, call, links);
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
                        Some(fallback) => self.bind(argument, ty, call, [optional, fallback]),
                        None => {
                            let optional = format!("{call}.{optional}");
                            let value = choice(scope, optional, "value", value);
                            self.statements.push(LetView::new(argument, ty, value));
                        }
                    }
                    self.pass(argument, pass);
                }
                DefaultForm::Passed => {
                    let value = expression(scope, &argument.ty, default, Form::Borrowed);
                    self.bind(argument, wrapped(ty), call, [optional]);
                    self.borrow(speller, argument, value);
                }
            },
        }
    }

    /// Replaces a held optional argument by a reference to it or to its default.
    fn borrow(&mut self, speller: &Speller<'_>, argument: &Argument, value: Layout) {
        let ty = speller.argument(argument);
        let result = match argument.passing.pass() {
            Pass::OptionalReference => "value.as_deref()",
            Pass::Reference | Pass::Value => "value",
        };
        let held = format!("&{}", argument.rust_name);
        let value = choice(speller.scope, held, result, value);
        self.statements.push(LetView::new(argument, ty, value));
        self.pass(argument, Pass::Value);
    }

    /// `let name: ty = receiver.links;`
    fn bind<const N: usize>(
        &mut self,
        argument: &Argument,
        ty: Layout,
        receiver: &str,
        links: [String; N],
    ) {
        let value = Layout::chain(receiver, links);
        self.statements.push(LetView::new(argument, ty, value));
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
            let value = match pass {
                Pass::Value => continue,
                Pass::Reference => format!("&*{name}"),
                Pass::OptionalReference => format!("{name}.as_deref()"),
            };
            self.statements.push(LetView::plain(name, value.into()));
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

/// `match optional { Some(value) => given, None => default }`
fn choice(scope: &Scope<'_>, optional: String, given: &str, default: Layout) -> Layout {
    let [some, none] = ["Some", "None"].map(|name| scope.std(name));
    let given = (format!("{some}(value)"), given.into());
    Layout::Match(optional, vec![given, (none, default)])
}

impl LetView {
    fn new(argument: &Argument, ty: Layout, value: Layout) -> Self {
        Self {
            name: argument.rust_name.clone(),
            annotation: match argument.passing.held {
                // A reference to a held instance does not tell what holds it.
                Held::Instance(_) => ty.after(": "),
                _ => ty.annotation(),
            },
            value,
        }
    }

    fn plain(name: &str, value: Layout) -> Self {
        Self {
            name: name.to_owned(),
            annotation: "".into(),
            value,
        }
    }

    fn line(self) -> Layout {
        let name = format!("let {}", self.name);
        Layout::row([
            name.into(),
            self.annotation,
            " = ".into(),
            self.value,
            ";".into(),
        ])
    }
}
