//! Everything that Python can call, as a function of a Rust trait.

use crate::model::{
    self, Class, ClassId, ClassItem, Default, Docs, ExceptionId, Function, Interface, ItemId,
    ModuleId, Name, OperatorKind, Parameter, ParameterKind, Property, Receiver, Type,
};
use crate::names::{pascal, rust_identifier, snake};
use crate::target::cases::Cases;
use crate::target::layout::Layout;
use crate::target::names::{RustNames, first_free, rust_type, rust_value};
use crate::target::rust::scope::Scope;
use crate::target::rust::spelling::{Side, Speller, expand, mentions_object};

/// What a callable is to Python.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    Function,
    Constructor,
    Method,
    Getter,
    Setter,
    Operator(OperatorKind),
}

/// One function of a trait.
#[derive(Clone, Debug)]
pub(crate) struct Callable {
    /// The class it belongs to; none for functions of the module.
    pub(crate) owner: Option<ClassId>,
    pub(crate) role: Role,
    /// Its name in the trait.
    pub(crate) rust_name: String,
    /// Its signature; for properties that of the getter or setter.
    pub(crate) function: Function,
    /// What its `Err` is; none if it raises nothing.
    pub(crate) error: Option<Failure>,
    /// Whether its signature mentions Python objects.
    pub(crate) needs_python: bool,
}

/// The error type of a callable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The one exception.
    One(ExceptionId),
    /// A generated enum of this name over the exceptions.
    Several(String, Vec<ExceptionId>),
    /// A variant or an enum, whose cases are exceptions in Python.
    Cases(Type),
    /// A value, which becomes the argument of a RuntimeError.
    Value(Type),
    /// Nothing: a RuntimeError without arguments.
    Unit,
}

/// All callables of a module, and the names in its generated Rust.
pub(crate) struct Surface {
    pub(crate) names: RustNames,
    pub(crate) functions: Vec<Callable>,
    /// By class, in the order written; in each the constructor first.
    pub(crate) classes: Vec<(ClassId, Vec<Callable>)>,
}

impl Surface {
    pub(crate) fn new(interface: &Interface, module: ModuleId) -> Self {
        let mut names = RustNames::new(interface, module);
        let items = &interface[module].items;
        let mut functions = Vec::new();
        for item in items {
            if let ItemId::Function(id) = item {
                let function = &interface[*id];
                let subject = pascal(&function.name.text);
                functions.push(Callable {
                    owner: None,
                    role: Role::Function,
                    rust_name: rust_value(&function.name),
                    error: failure(
                        interface,
                        &mut names,
                        subject,
                        &function.raises,
                        function.error.as_ref(),
                    ),
                    needs_python: needs_python(interface, function),
                    function: function.clone(),
                });
            }
        }
        let classes = items.iter().filter_map(|item| {
            let ItemId::Class(id) = *item else {
                return None;
            };
            let callables = ClassCallables {
                interface,
                names: &mut names,
                id,
                class: &interface[id],
            };
            Some((id, callables.collect()))
        });
        let classes = classes.collect();
        Self {
            names,
            functions,
            classes,
        }
    }

    /// Every callable: the module's, then each class's.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Callable> {
        let classes = self.classes.iter().flat_map(|(_, callables)| callables);
        self.functions.iter().chain(classes)
    }
}

/// Collects the callables of one class.
struct ClassCallables<'a> {
    interface: &'a Interface,
    names: &'a mut RustNames,
    id: ClassId,
    class: &'a Class,
}

impl ClassCallables<'_> {
    fn collect(mut self) -> Vec<Callable> {
        let class = self.class;
        // Names that the user chose win over those that are made up.
        let mut taken = class.items.iter().filter_map(declared_member).collect();
        let mut made_up = |name: String| {
            let name = first_free(&taken, &[name]);
            taken.insert(name.clone());
            name
        };
        let mut callables = Vec::new();
        if let Some(constructor) = &class.constructor {
            let error = self.failure("new", &constructor.raises, constructor.error.as_ref());
            callables.push(self.callable(
                Role::Constructor,
                made_up("new".into()),
                constructor.clone(),
                error,
            ));
        }
        for item in &class.items {
            match item {
                ClassItem::Const(_) => {}
                ClassItem::Method(method) => {
                    let error =
                        self.failure(&method.name.text, &method.raises, method.error.as_ref());
                    let name = rust_value(&method.name);
                    callables.push(self.callable(Role::Method, name, method.clone(), error));
                }
                ClassItem::Operator(operator) => {
                    let word = operator.kind.word();
                    let function = operator.function.clone();
                    let error = self.failure(word, &function.raises, function.error.as_ref());
                    let name = made_up(format!("op_{word}"));
                    callables.push(self.callable(
                        Role::Operator(operator.kind),
                        name,
                        function,
                        error,
                    ));
                }
                ClassItem::Property(property) => {
                    let error = self.failure(&property.name.text, &property.raises, None);
                    let name = rust_value(&property.name);
                    callables.push(self.callable(
                        Role::Getter,
                        name,
                        getter(property),
                        error.clone(),
                    ));
                    if !property.readonly {
                        let name = made_up(format!("set_{}", snake(&property.name.text)));
                        callables.push(self.callable(Role::Setter, name, setter(property), error));
                    }
                }
            }
        }
        callables
    }

    fn failure(
        &mut self,
        member: &str,
        raises: &[ExceptionId],
        error: Option<&model::Failure>,
    ) -> Option<Failure> {
        let subject = rust_type(&self.class.name) + &pascal(member);
        failure(self.interface, self.names, subject, raises, error)
    }

    fn callable(
        &self,
        role: Role,
        rust_name: String,
        function: Function,
        error: Option<Failure>,
    ) -> Callable {
        let needs_python = needs_python(self.interface, &function);
        Callable {
            owner: Some(self.id),
            role,
            rust_name,
            function,
            error,
            needs_python,
        }
    }
}

/// The name in the class's trait of something that the user named.
fn declared_member(item: &ClassItem) -> Option<String> {
    match item {
        ClassItem::Method(method) => Some(rust_value(&method.name)),
        ClassItem::Property(property) => Some(rust_value(&property.name)),
        ClassItem::Const(_) | ClassItem::Operator(_) => None,
    }
}

fn failure(
    interface: &Interface,
    names: &mut RustNames,
    subject: String,
    raises: &[ExceptionId],
    error: Option<&model::Failure>,
) -> Option<Failure> {
    match raises {
        [] => error.map(|error| match error {
            model::Failure::Unit => Failure::Unit,
            model::Failure::Value(ty) => match Cases::of(interface, expand(interface, ty)) {
                Some(_) => Failure::Cases(ty.clone()),
                None => Failure::Value(ty.clone()),
            },
        }),
        [one] => Some(Failure::One(*one)),
        several => {
            let candidates = [format!("{subject}Error"), format!("{subject}Raises")];
            Some(Failure::Several(
                names.reserve(&candidates),
                several.to_vec(),
            ))
        }
    }
}

fn needs_python(interface: &Interface, function: &Function) -> bool {
    // An iterator that Rust returns is no Python object yet.
    let result = function
        .result
        .iter()
        .flat_map(|ty| match expand(interface, ty) {
            Type::Builtin { name, arguments } if name == "iterator" => arguments.as_slice(),
            ty => std::slice::from_ref(ty),
        });
    let parameters = function.parameters.iter().map(|parameter| &parameter.ty);
    parameters
        .chain(result)
        .any(|ty| mentions_object(interface, ty))
}

fn getter(property: &Property) -> Function {
    Function {
        name: property.name.clone(),
        docs: property.docs.clone(),
        receiver: Receiver::Shared,
        parameters: Vec::new(),
        result: Some(property.ty.clone()),
        raises: property.raises.clone(),
        detached: false,
        error: None,
        is_async: false,
        accessor: None,
        overload: Vec::new(),
        deprecated: property.deprecated.clone(),
    }
}

fn setter(property: &Property) -> Function {
    let value = Parameter {
        name: Name {
            text: "value".to_owned(),
            ..Name::default()
        },
        docs: Docs::default(),
        kind: ParameterKind::PositionalOnly,
        ty: property.ty.clone(),
        default: None,
    };
    Function {
        docs: Docs::default(),
        receiver: Receiver::Mut,
        parameters: vec![value],
        result: None,
        ..getter(property)
    }
}

/// What a function takes and returns, in Rust.
pub(crate) struct RustSignature {
    /// `fn name` or `fn name<'py>`.
    pub(crate) head: String,
    pub(crate) parameters: Vec<Layout>,
    pub(crate) result: Option<Layout>,
}

impl Callable {
    /// The declaration in the trait.
    pub(crate) fn signature(&self, scope: &Scope<'_>) -> RustSignature {
        let speller = Speller {
            scope,
            own: self.owner.map(|id| (id, "Self")),
            lifetime: if self.needs_python { "'py" } else { "'_" },
        };
        let function = &self.function;
        let mut parameters = Vec::new();
        match function.receiver {
            Receiver::Shared => parameters.push("&self".into()),
            Receiver::Mut => parameters.push("&mut self".into()),
            Receiver::Static | Receiver::Class => {}
        }
        let mut head = format!("fn {}", self.rust_name);
        if self.needs_python {
            head += "<'py>";
            let clash = function
                .parameters
                .iter()
                .any(|parameter| rust_value(&parameter.name) == "py");
            let name = if clash { "__pyidl_py" } else { "py" };
            parameters.push(Layout::Text(format!("{name}: rt::Python<'py>")));
        }
        for parameter in &function.parameters {
            let ty = parameter_type(&speller, parameter);
            parameters.push(ty.after(rust_value(&parameter.name) + ": "));
        }
        RustSignature {
            head,
            parameters,
            result: self.result(&speller),
        }
    }

    fn result(&self, speller: &Speller<'_>) -> Option<Layout> {
        let scope = speller.scope;
        let failing = |ty: Layout| match &self.error {
            _ if self.needs_python => Layout::generic("rt::Result", vec![ty]),
            None => ty,
            Some(failure) => Layout::generic(scope.std("Result"), vec![ty, failure.ty(speller)]),
        };
        let Some(ty) = &self.function.result else {
            if self.role == Role::Constructor {
                return Some(failing("Self".into()));
            }
            let fails = self.needs_python || self.error.is_some();
            return fails.then(|| failing("()".into()));
        };
        if let Some(item) = self.yields(scope) {
            let mut item = speller.value(item, Side::IntoPython);
            if let Some(failure) = &self.error {
                item = Layout::generic(scope.std("Result"), vec![item, failure.ty(speller)]);
            }
            let iterator = Layout::iterator(item);
            return Some(match self.needs_python {
                true => Layout::generic("rt::Result", vec![iterator]),
                false => iterator,
            });
        }
        Some(failing(speller.value(ty, Side::IntoPython)))
    }

    /// The items, where the callable returns an iterator. Then what it raises is raised by the items.
    pub(crate) fn yields<'t>(&'t self, scope: &'t Scope<'t>) -> Option<&'t Type> {
        Speller::plain(scope).iterator_item(self.function.result.as_ref()?)
    }

    /// Whether what the trait's function fails with is no exception, but has to be made the argument of one.
    pub(crate) fn fails_with_value(&self) -> bool {
        // With Python at hand the user's function makes the exception itself.
        !self.needs_python && matches!(self.error, Some(Failure::Value(_) | Failure::Unit))
    }

    /// Whether the trait's function returns a `Result`.
    pub(crate) fn is_fallible(&self, scope: &Scope<'_>) -> bool {
        self.needs_python || (self.error.is_some() && self.yields(scope).is_none())
    }
}

impl Failure {
    /// Its type in Rust.
    fn ty(&self, speller: &Speller<'_>) -> Layout {
        match self {
            Self::One(id) => speller.scope.exception(*id).into(),
            Self::Several(name, _) => rust_identifier(name.clone()).into(),
            Self::Cases(ty) | Self::Value(ty) => speller.value(ty, Side::IntoPython),
            Self::Unit => "()".into(),
        }
    }
}

/// The type of a parameter of the user's function.
fn parameter_type(speller: &Speller<'_>, parameter: &Parameter) -> Layout {
    let value = || speller.value(&parameter.ty, Side::FromPython);
    match (parameter.kind, &parameter.default) {
        (ParameterKind::VarArgs, _) => Layout::generic(speller.scope.std("Vec"), vec![value()]),
        (ParameterKind::VarKeywords, _) => {
            Layout::generic("rt::Map", vec![speller.scope.std("String").into(), value()])
        }
        (_, Some(Default::Computed)) => Layout::generic(
            speller.scope.std("Option"),
            vec![speller.argument(&parameter.ty)],
        ),
        _ => speller.argument(&parameter.ty),
    }
}
