//! Lowers functions.

use std::collections::BTreeSet;

use crate::lower::analysis::Analysis;
use crate::lower::argument::Argument;
use crate::lower::binding::{
    Binding, Compilation, Failure, Lock, Needs, Outcome, Receiver, Returned, Role,
};
use crate::lower::constant::FunctionNames;
use crate::lower::family::FamilyId;
use crate::lower::instances::mentions_object;
use crate::lower::messages::warning;
use crate::lower::names::{RustNames, first_free, python_type, python_value, rust_value};
use crate::lower::types::{iterator_item, option_of, row_and_arguments};
use crate::model::{
    self, Builtin, ExceptionId, Function, Interface, OperatorKind, ParameterKind, Type,
};
use crate::names::{compound, pascal};

/// What lowering the functions and classes of one module shares: the names that are taken.
pub(crate) struct Context<'a, 'i> {
    pub(crate) analysis: &'a Analysis<'i>,
    pub(crate) names: RustNames,
    /// The names of types in the glue.
    pub(crate) shims: BTreeSet<String>,
    pub(crate) constant_functions: FunctionNames,
}

impl Context<'_, '_> {
    /// A function of the module.
    pub(crate) fn function(&mut self, function: &Function) -> Binding {
        let subject = pascal(&function.name.text);
        let error = self.failure(&[&subject], &function.raises, function.error.as_ref());
        let python_name = python_value(&function.name);
        Binding {
            shim: unique(&mut self.shims, compound(&["Function", &subject], "")),
            receiver: Receiver::Module,
            qualified_name: python_name.clone(),
            warning: warning(function.deprecated.as_ref(), &python_name),
            ..binding(self.analysis, Role::Function, function, error)
        }
    }

    /// What a function can raise; `subject` is the words of its name.
    pub(crate) fn failure(
        &mut self,
        subject: &[&str],
        raises: &[ExceptionId],
        error: Option<&model::Failure>,
    ) -> Option<Failure> {
        match raises {
            [] => error.map(|error| match error {
                model::Failure::Unit => Failure::Unit,
                model::Failure::Value(ty) => match FamilyId::of(self.analysis.interface, ty) {
                    Some(_) => Failure::Cases(ty.clone()),
                    None => Failure::Value(ty.clone()),
                },
            }),
            [one] => Some(Failure::One(*one)),
            several => {
                let candidates =
                    ["Error", "Raises"].map(|word| compound(&[subject, &[word][..]].concat(), ""));
                let name = self.names.reserve(&candidates);
                Some(Failure::Several(name, several.to_vec()))
            }
        }
    }
}

/// What follows from the signature of a function alone.
pub(crate) fn binding(
    analysis: &Analysis<'_>,
    role: Role,
    function: &Function,
    error: Option<Failure>,
) -> Binding {
    let interface = analysis.interface;
    let arguments = function.parameters.iter();
    let mut arguments: Vec<_> = arguments.map(|it| Argument::of(interface, it)).collect();
    if let Role::Operator(kind) = role
        && kind != OperatorKind::Call
    {
        // Only calls take keywords.
        for argument in &mut arguments {
            argument.kind = ParameterKind::PositionalOnly;
        }
    }
    let has_objects = mentions_objects(interface, function);
    let mut parameters = function.parameters.iter();
    Binding {
        owner: None,
        role,
        name: function.name.clone(),
        rust_name: rust_value(&function.name),
        python_name: python_value(&function.name),
        qualified_name: String::new(),
        shim: String::new(),
        docs: function.docs.clone(),
        deprecated: function.deprecated.clone(),
        warning: None,
        receiver: match function.receiver {
            model::Receiver::Shared => Receiver::Instance(Lock::Shared),
            model::Receiver::Mut => Receiver::Instance(Lock::Exclusive),
            model::Receiver::Class => Receiver::Class,
            model::Receiver::Static => Receiver::Nothing,
        },
        raised: raised(interface, error.as_ref()),
        outcome: Outcome {
            returned: returned(interface, role, function.result.as_ref()),
            error,
        },
        needs: Needs {
            token: has_objects || parameters.any(|it| analysis.contents(&it.ty).shared_instance),
            lifetime: has_objects,
            detached: function.detached,
        },
        compilation: compilation(interface, &arguments, function.result.as_ref()),
        arguments,
    }
}

fn raised(interface: &Interface, error: Option<&Failure>) -> Vec<String> {
    let name = |id: &ExceptionId| python_type(&interface[*id].name);
    match error {
        None => Vec::new(),
        Some(Failure::One(id)) => vec![name(id)],
        Some(Failure::Several(_, ids)) => ids.iter().map(name).collect(),
        Some(Failure::Cases(ty)) => {
            let family = FamilyId::of(interface, ty).into_iter();
            family.map(|id| python_type(id.name(interface))).collect()
        }
        Some(Failure::Value(_) | Failure::Unit) => vec!["RuntimeError".to_owned()],
    }
}

fn returned(interface: &Interface, role: Role, result: Option<&Type>) -> Returned {
    let Some(ty) = result else {
        return match role {
            Role::Constructor => Returned::Instance,
            _ => Returned::Nothing,
        };
    };
    if let Some(item) = iterator_item(interface, ty) {
        return Returned::Iterator {
            ty: ty.clone(),
            item: item.clone(),
        };
    }
    match (role, option_of(interface, ty)) {
        (Role::Operator(OperatorKind::Next), Some(item)) => Returned::Next {
            ty: ty.clone(),
            item: interface.expanded(item).clone(),
        },
        _ => Returned::Value(ty.clone()),
    }
}

/// From this many functions on, with methods, those of a module are compact.
const MANY: usize = 100;

fn compilation(
    interface: &Interface,
    arguments: &[Argument],
    result: Option<&Type>,
) -> Compilation {
    if interface.functions.len() >= MANY {
        return Compilation::Compact;
    }
    let mut types = arguments.iter().map(|argument| &argument.ty).chain(result);
    let is_hot = |ty: &Type| {
        row_and_arguments(interface, interface.expanded(ty)).is_some_and(|(row, _)| row.is_hot)
    };
    match arguments.iter().all(Argument::is_named) && types.all(is_hot) {
        true => Compilation::PerLayout,
        false => Compilation::Shared,
    }
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

/// `name`, or if that is taken a name like it.
pub(crate) fn unique(taken: &mut BTreeSet<String>, name: String) -> String {
    let name = first_free(taken, &[name]);
    taken.insert(name.clone());
    name
}
