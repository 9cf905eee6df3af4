//! Classes, and how they are lowered.

use std::collections::BTreeSet;

use crate::lower::binding::{Binding, Failure, Role};
use crate::lower::constant::Constant;
use crate::lower::function::{Context, binding, unique};
use crate::lower::head::Head;
use crate::lower::messages::warning;
use crate::lower::names::{python_type, python_value, rust_value};
use crate::model::{
    self, Class, ClassId, ClassItem, Docs, ExceptionId, Function, Name, OperatorKind, Parameter,
    ParameterKind, Type,
};
use crate::names::{compound, pascal, snake};

/// A class.
pub(crate) struct ClassBindings {
    pub(crate) id: ClassId,
    pub(crate) head: Head,
    /// Whether Python can derive classes from it.
    pub(crate) is_open: bool,
    /// Whether a member changes its instance.
    pub(crate) is_mutable: bool,
    pub(crate) constructor: Option<Binding>,
    /// In source order.
    pub(crate) members: Vec<Member>,
}

/// A member of a class.
pub(crate) enum Member {
    Constant(Box<Constant>),
    Property(Box<Property>),
    Method(Box<Binding>),
    Operator(OperatorKind, Box<Binding>),
}

/// A property.
pub(crate) struct Property {
    pub(crate) ty: Type,
    pub(crate) getter: Binding,
    /// None if Python can only read it.
    pub(crate) setter: Option<Binding>,
}

impl ClassBindings {
    pub(crate) fn new(context: &mut Context<'_, '_>, id: ClassId) -> Self {
        let class = &context.analysis.interface[id];
        let taken = declared_members(class);
        let mut lowering = Lowering {
            context,
            id,
            class,
            taken,
        };
        lowering.class()
    }

    /// Every binding: the constructor, then the members in source order; a setter follows its getter.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Binding> {
        let members = self.members.iter().flat_map(|member| match member {
            Member::Constant(_) => Vec::new(),
            Member::Property(property) => {
                let getter = std::iter::once(&property.getter);
                getter.chain(&property.setter).collect()
            }
            Member::Method(binding) | Member::Operator(_, binding) => vec![&**binding],
        });
        self.constructor.iter().chain(members)
    }

    pub(crate) fn constants(&self) -> impl Iterator<Item = &Constant> {
        self.members.iter().filter_map(|member| match member {
            Member::Constant(constant) => Some(&**constant),
            _ => None,
        })
    }

    /// The operator of this kind, if the class has it.
    pub(crate) fn operator(&self, kind: OperatorKind) -> Option<&Binding> {
        self.members.iter().find_map(|member| match member {
            Member::Operator(own, binding) if *own == kind => Some(&**binding),
            _ => None,
        })
    }
}

/// Lowers one class.
struct Lowering<'a, 'c, 'i> {
    context: &'a mut Context<'c, 'i>,
    id: ClassId,
    class: &'i Class,
    /// The names in its trait. Those from the interface take precedence over made-up ones.
    taken: BTreeSet<String>,
}

impl Lowering<'_, '_, '_> {
    fn class(&mut self) -> ClassBindings {
        let class = self.class;
        let constructor = class.constructor.as_ref().map(|constructor| {
            let error = self.failure("new", &constructor.raises, constructor.error.as_ref());
            let name = self.made_up("new".to_owned());
            let mut binding = self.member(Role::Constructor, name, constructor, error);
            let class_name = python_type(&class.name);
            let deprecated = class
                .deprecated
                .as_ref()
                .or(constructor.deprecated.as_ref());
            binding.warning = warning(deprecated, &class_name);
            binding
        });
        ClassBindings {
            id: self.id,
            head: Head::new(&class.name, &class.docs, class.deprecated.as_ref()),
            is_open: class.open,
            is_mutable: class.is_mutable(),
            constructor,
            members: class.items.iter().map(|item| self.item(item)).collect(),
        }
    }

    fn item(&mut self, item: &ClassItem) -> Member {
        match item {
            ClassItem::Const(constant) => Member::Constant(Box::new(Constant::of_class(
                self.context.analysis,
                self.id,
                constant,
                &mut self.context.constant_functions,
            ))),
            ClassItem::Method(method) => {
                let error = self.failure(&method.name.text, &method.raises, method.error.as_ref());
                let name = rust_value(&method.name);
                Member::Method(Box::new(self.member(Role::Method, name, method, error)))
            }
            ClassItem::Operator(operator) => {
                let (kind, function) = (operator.kind, &operator.function);
                let error = self.failure(kind.word(), &function.raises, function.error.as_ref());
                let name = self.made_up(format!("op_{}", kind.word()));
                let binding = self.member(Role::Operator(kind), name, function, error);
                Member::Operator(kind, Box::new(binding))
            }
            ClassItem::Property(property) => Member::Property(Box::new(self.property(property))),
        }
    }

    fn property(&mut self, property: &model::Property) -> Property {
        let error = self.failure(&property.name.text, &property.raises, None);
        let name = rust_value(&property.name);
        let getter = self.member(Role::Getter, name, &getter(property), error.clone());
        let setter = (!property.readonly).then(|| {
            let name = compound(&["set", &snake(&property.name.text)], "_");
            let name = self.made_up(name);
            self.member(Role::Setter, name, &setter(property), error)
        });
        Property {
            ty: property.ty.clone(),
            getter,
            setter,
        }
    }

    fn made_up(&mut self, name: String) -> String {
        unique(&mut self.taken, name)
    }

    fn failure(
        &mut self,
        member: &str,
        raises: &[ExceptionId],
        error: Option<&model::Failure>,
    ) -> Option<Failure> {
        let subject = [&*pascal(&self.class.name.text), &pascal(member)];
        self.context.failure(&subject, raises, error)
    }

    fn member(
        &mut self,
        role: Role,
        rust_name: String,
        function: &Function,
        error: Option<Failure>,
    ) -> Binding {
        let word = match role {
            Role::Getter => "Get",
            Role::Setter => "Set",
            Role::Function | Role::Constructor | Role::Method | Role::Operator(_) => "",
        };
        let member = match role {
            Role::Setter => &function.name.text,
            _ => rust_name.trim_start_matches("r#"),
        };
        let shim = compound(&[&pascal(&self.class.name.text), word, &pascal(member)], "");
        let class = python_type(&self.class.name);
        let python_name = match role {
            Role::Constructor => "__init__".to_owned(),
            Role::Operator(kind) => kind.python_name().to_owned(),
            _ => python_value(&function.name),
        };
        let subject = format!("{class}.{}", python_value(&function.name));
        Binding {
            owner: Some(self.id),
            shim: unique(&mut self.context.shims, shim),
            rust_name,
            qualified_name: format!("{class}.{python_name}"),
            python_name,
            warning: warning(function.deprecated.as_ref(), &subject),
            ..binding(self.context.analysis, role, function, error)
        }
    }
}

/// The names in the class's trait of the members that the user named.
fn declared_members(class: &Class) -> BTreeSet<String> {
    let name = |item: &ClassItem| match item {
        ClassItem::Method(method) => Some(rust_value(&method.name)),
        ClassItem::Property(property) => Some(rust_value(&property.name)),
        ClassItem::Const(_) | ClassItem::Operator(_) => None,
    };
    class.items.iter().filter_map(name).collect()
}

fn getter(property: &model::Property) -> Function {
    Function {
        name: property.name.clone(),
        docs: property.docs.clone(),
        receiver: model::Receiver::Shared,
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

fn setter(property: &model::Property) -> Function {
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
        receiver: model::Receiver::Mut,
        parameters: vec![value],
        result: None,
        ..getter(property)
    }
}
