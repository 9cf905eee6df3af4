//! Collects everything in a module that Python can call.

use std::collections::BTreeSet;

use crate::lower::binding::{Callable, Failure, Role};
use crate::lower::cases::Cases;
use crate::lower::constructors::exception_fields;
use crate::lower::instances::{mentions_object, shares_instances};
use crate::lower::names::{RustNames, first_free, glue_type, rust_value};
use crate::model::{
    self, Builtin, Class, ClassId, ClassItem, Docs, ExceptionId, Function, Interface, ItemId,
    ModuleId, Name, Parameter, ParameterKind, Property, Receiver, Type,
};
use crate::names::{compound, pascal, snake};

/// All callables of a module, and the names in its generated Rust.
pub(crate) struct Surface {
    pub(crate) names: RustNames,
    pub(crate) functions: Vec<Callable>,
    /// The callables by class, in source order; in each class the constructor comes first.
    pub(crate) classes: Vec<(ClassId, Vec<Callable>)>,
}

impl Surface {
    pub(crate) fn new(interface: &Interface, module: ModuleId) -> Self {
        let mut names = RustNames::new(interface, module);
        let items = &interface[module].items;
        let mut functions = Vec::new();
        let mut shims = taken_in_glue(interface, module);
        for item in items {
            if let ItemId::Function(id) = item {
                let function = &interface[*id];
                let subject = pascal(&function.name.text);
                functions.push(Callable {
                    owner: None,
                    role: Role::Function,
                    rust_name: rust_value(&function.name),
                    shim: shim(&mut shims, compound(&["Function", &subject], "")),
                    error: failure(
                        interface,
                        &mut names,
                        &[&subject],
                        &function.raises,
                        function.error.as_ref(),
                    ),
                    needs_python: needs_python(interface, function),
                    mentions_objects: mentions_objects(interface, function),
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
                shims: &mut shims,
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
    shims: &'a mut BTreeSet<String>,
    id: ClassId,
    class: &'a Class,
}

impl ClassCallables<'_> {
    fn collect(mut self) -> Vec<Callable> {
        let class = self.class;
        // Names from the interface take precedence over made-up ones.
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
                        let name = compound(&["set", &snake(&property.name.text)], "_");
                        let name = made_up(name);
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
        let subject = [&*pascal(&self.class.name.text), &pascal(member)];
        failure(self.interface, self.names, &subject, raises, error)
    }

    fn callable(
        &mut self,
        role: Role,
        rust_name: String,
        function: Function,
        error: Option<Failure>,
    ) -> Callable {
        let word = match role {
            Role::Getter => "Get",
            Role::Setter => "Set",
            Role::Function | Role::Constructor | Role::Method | Role::Operator(_) => "",
        };
        let member = match role {
            Role::Setter => &function.name.text,
            _ => rust_name.trim_start_matches("r#"),
        };
        let name = compound(&[&pascal(&self.class.name.text), word, &pascal(member)], "");
        Callable {
            owner: Some(self.id),
            role,
            shim: shim(self.shims, name),
            rust_name,
            error,
            needs_python: needs_python(self.interface, &function),
            mentions_objects: mentions_objects(self.interface, &function),
            function,
        }
    }
}

/// The name in the class's trait of a member that the user named.
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
    subject: &[&str],
    raises: &[ExceptionId],
    error: Option<&model::Failure>,
) -> Option<Failure> {
    match raises {
        [] => error.map(|error| match error {
            model::Failure::Unit => Failure::Unit,
            model::Failure::Value(ty) => match Cases::of(interface, ty) {
                Some(_) => Failure::Cases(ty.clone()),
                None => Failure::Value(ty.clone()),
            },
        }),
        [one] => Some(Failure::One(*one)),
        several => {
            let candidates =
                ["Error", "Raises"].map(|word| compound(&[subject, &[word][..]].concat(), ""));
            Some(Failure::Several(
                names.reserve(&candidates),
                several.to_vec(),
            ))
        }
    }
}

/// The names in the glue of the types of a definition's fields.
fn aliases(name: &Name, fields: usize) -> impl Iterator<Item = String> {
    (0..fields).map(|index| glue_type(name, &format!("Field{index}")))
}

/// The names of other items in the glue.
fn taken_in_glue(interface: &Interface, module: ModuleId) -> BTreeSet<String> {
    let mut taken = BTreeSet::from(["Module".to_owned()]);
    for item in &interface[module].items {
        match item {
            ItemId::Record(id) => {
                taken.extend(aliases(&interface[*id].name, interface[*id].fields.len()));
            }
            ItemId::Exception(id) => {
                let name = &interface[*id].name;
                taken.extend(aliases(name, exception_fields(interface, *id).len()));
                taken.insert(glue_type(name, "Itself"));
            }
            ItemId::Class(id) => {
                taken.insert(glue_type(&interface[*id].name, "Compare"));
            }
            _ => {}
        }
    }
    taken
}

/// A unique name for a shim.
fn shim(taken: &mut BTreeSet<String>, name: String) -> String {
    let name = first_free(taken, &[name]);
    taken.insert(name.clone());
    name
}

fn needs_python(interface: &Interface, function: &Function) -> bool {
    let mut parameters = function.parameters.iter();
    mentions_objects(interface, function)
        || parameters.any(|it| shares_instances(interface, &it.ty))
}

fn mentions_objects(interface: &Interface, function: &Function) -> bool {
    // An iterator that Rust returns is not a Python object yet.
    let result = function
        .result
        .iter()
        .flat_map(|ty| match interface.expanded(ty) {
            Type::Builtin(Builtin::Iterator, arguments) => arguments.as_slice(),
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
