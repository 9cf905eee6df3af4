//! Lowers a module: collects its bindings and constants.

use std::collections::BTreeSet;

use crate::lower::alias::Alias;
use crate::lower::argument::Argument;
use crate::lower::binding::{Binding, Failure, Lock, Needs, Outcome, Receiver, Returned, Role};
use crate::lower::cases::{Cases, Family};
use crate::lower::constant::{Constant, FunctionNames};
use crate::lower::data::Data;
use crate::lower::enumerations::{Enumeration, Flags};
use crate::lower::exceptions::{Exception, exception_fields};
use crate::lower::instances::{mentions_object, shares_instances};
use crate::lower::names::{
    RustNames, first_free, glue_type, python_type, python_value, rust_value,
};
use crate::lower::order::Order;
use crate::lower::refused;
use crate::lower::types::{iterator_item, option_of, row_and_arguments};
use crate::model::{
    self, Builtin, Class, ClassId, ClassItem, Deprecation, Docs, ExceptionId, Function, Interface,
    ItemId, ModuleId, Name, OperatorKind, Parameter, ParameterKind, RecordId, Type,
};
use crate::names::{compound, pascal, snake};

/// Everything in a module that crosses the border between Python and Rust, and the names in its generated Rust.
pub(crate) struct Bindings {
    pub(crate) names: RustNames,
    /// In source order.
    pub(crate) items: Vec<Item>,
}

/// An item of a module.
pub(crate) enum Item {
    Function(Box<Binding>),
    Constant(Box<Constant>),
    Class(Box<ClassBindings>),
    Record(RecordId, Box<Data>),
    /// A variant, or an enum that functions fail with.
    Family(Box<Family>),
    Enumeration(Box<Enumeration>),
    Flags(Box<Flags>),
    Exception(Box<Exception>),
    Alias(Box<Alias>),
}

impl Item {
    /// The type that it is in the extension module's list; none for items that are not in it.
    fn listed(&self) -> Option<ItemId> {
        Some(match self {
            Self::Class(class) => ItemId::Class(class.id),
            Self::Record(id, _) => ItemId::Record(*id),
            Self::Family(family) => family.id.item(),
            Self::Enumeration(enumeration) => ItemId::Enum(enumeration.id),
            Self::Flags(flags) => ItemId::Flags(flags.id),
            Self::Exception(exception) => ItemId::Exception(exception.id),
            Self::Function(_) | Self::Constant(_) | Self::Alias(_) => return None,
        })
    }
}

/// A class.
pub(crate) struct ClassBindings {
    pub(crate) id: ClassId,
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

impl Bindings {
    pub(crate) fn new(interface: &Interface, module: ModuleId) -> Self {
        let mut names = RustNames::new(interface, module);
        let mut shims = taken_in_glue(interface, module);
        let mut constant_functions = FunctionNames::new(interface, module);
        let items = interface[module].items.iter();
        // Functions choose names before classes do.
        let functions = items.clone().filter_map(|item| match item {
            ItemId::Function(id) => {
                let own = &interface[*id];
                Some(function(interface, &mut names, &mut shims, own))
            }
            _ => None,
        });
        let mut functions = functions.collect::<Vec<_>>().into_iter();
        let items = items.map(|item| match item {
            ItemId::Function(_) => {
                let binding = functions.next().expect("one for each function");
                Item::Function(Box::new(binding))
            }
            ItemId::Const(id) => {
                let constant = Constant::of_module(interface, &interface[*id]);
                Item::Constant(Box::new(constant))
            }
            ItemId::Class(id) => {
                let mut lowering = ClassLowering {
                    interface,
                    names: &mut names,
                    shims: &mut shims,
                    constant_functions: &mut constant_functions,
                    id: *id,
                    class: &interface[*id],
                    taken: declared_members(&interface[*id]),
                };
                Item::Class(Box::new(lowering.class()))
            }
            ItemId::Record(id) => {
                let data = Data::of_record(interface, *id);
                Item::Record(*id, Box::new(data))
            }
            ItemId::Enum(id) if !interface[*id].error => {
                Item::Enumeration(Box::new(Enumeration::of(interface, *id)))
            }
            ItemId::Enum(id) => Item::Family(Box::new(Cases::Enum(*id).family(interface))),
            ItemId::Variant(id) => Item::Family(Box::new(Cases::Variant(*id).family(interface))),
            ItemId::Flags(id) => Item::Flags(Box::new(Flags::of(interface, *id))),
            ItemId::Exception(id) => Item::Exception(Box::new(Exception::of(interface, *id))),
            ItemId::Alias(id) => Item::Alias(Box::new(Alias::of(interface, *id))),
            ItemId::Protocol(_) => refused(),
        });
        Self {
            items: items.collect(),
            names,
        }
    }

    pub(crate) fn functions(&self) -> impl Iterator<Item = &Binding> {
        self.items.iter().filter_map(|item| match item {
            Item::Function(binding) => Some(&**binding),
            _ => None,
        })
    }

    /// The constants of the module, without those of classes.
    pub(crate) fn constants(&self) -> impl Iterator<Item = &Constant> {
        self.items.iter().filter_map(|item| match item {
            Item::Constant(constant) => Some(&**constant),
            _ => None,
        })
    }

    pub(crate) fn classes(&self) -> impl Iterator<Item = &ClassBindings> {
        self.items.iter().filter_map(|item| match item {
            Item::Class(class) => Some(&**class),
            _ => None,
        })
    }

    pub(crate) fn aliases(&self) -> impl Iterator<Item = &Alias> {
        self.items.iter().filter_map(|item| match item {
            Item::Alias(alias) => Some(&**alias),
            _ => None,
        })
    }

    /// The types in the extension module's list, each at its index, in the order of that list.
    pub(crate) fn types(&self, order: &Order<'_>) -> Vec<(usize, &Item)> {
        let items = self.items.iter();
        let types = items.filter_map(|item| Some((order.index(item.listed()?), item)));
        let mut types: Vec<_> = types.collect();
        types.sort_by_key(|(index, _)| *index);
        types
    }

    /// Every binding: the module's functions, then the members of each class.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Binding> {
        self.functions()
            .chain(self.classes().flat_map(ClassBindings::all))
    }

    /// The enums over what one function raises, each with its name. The getter and the setter of a property share one.
    pub(crate) fn failures(&self) -> impl Iterator<Item = (&str, &[ExceptionId])> {
        let all = self.all().filter(|binding| binding.role != Role::Setter);
        all.filter_map(|binding| match &binding.outcome.error {
            Some(Failure::Several(name, exceptions)) => Some((name.as_str(), &exceptions[..])),
            _ => None,
        })
    }
}

impl ClassBindings {
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

/// A function of the module.
fn function(
    interface: &Interface,
    names: &mut RustNames,
    shims: &mut BTreeSet<String>,
    function: &Function,
) -> Binding {
    let subject = pascal(&function.name.text);
    let error = failure(
        interface,
        names,
        &[&subject],
        &function.raises,
        function.error.as_ref(),
    );
    let python_name = python_value(&function.name);
    Binding {
        shim: unique(shims, compound(&["Function", &subject], "")),
        receiver: Receiver::Module,
        qualified_name: python_name.clone(),
        warning: warning(function.deprecated.as_ref(), &python_name),
        ..binding(interface, Role::Function, function, error)
    }
}

/// What follows from the signature of a function alone.
fn binding(
    interface: &Interface,
    role: Role,
    function: &Function,
    error: Option<Failure>,
) -> Binding {
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
        outcome: Outcome {
            returned: returned(interface, role, function.result.as_ref()),
            error,
        },
        needs: Needs {
            token: has_objects || parameters.any(|it| shares_instances(interface, &it.ty)),
            lifetime: has_objects,
            detached: function.detached,
        },
        is_hot: is_hot(interface, &arguments, function.result.as_ref()),
        arguments,
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

fn is_hot(interface: &Interface, arguments: &[Argument], result: Option<&Type>) -> bool {
    let mut types = arguments.iter().map(|argument| &argument.ty).chain(result);
    arguments.iter().all(Argument::is_named)
        && types.all(|ty| {
            row_and_arguments(interface, interface.expanded(ty)).is_some_and(|(row, _)| row.is_hot)
        })
}

/// The warning that `subject` is deprecated.
pub(crate) fn warning(deprecation: Option<&Deprecation>, subject: &str) -> Option<String> {
    Some(match &deprecation?.message {
        Some(message) => format!("{subject} is deprecated: {message}"),
        None => format!("{subject} is deprecated"),
    })
}

/// Lowers one class.
struct ClassLowering<'a> {
    interface: &'a Interface,
    names: &'a mut RustNames,
    shims: &'a mut BTreeSet<String>,
    constant_functions: &'a mut FunctionNames,
    id: ClassId,
    class: &'a Class,
    /// The names in its trait. Those from the interface take precedence over made-up ones.
    taken: BTreeSet<String>,
}

impl ClassLowering<'_> {
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
            constructor,
            members: class.items.iter().map(|item| self.item(item)).collect(),
        }
    }

    fn item(&mut self, item: &ClassItem) -> Member {
        match item {
            ClassItem::Const(constant) => Member::Constant(Box::new(Constant::of_class(
                self.interface,
                self.id,
                constant,
                self.constant_functions,
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
        failure(self.interface, self.names, &subject, raises, error)
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
            shim: unique(self.shims, shim),
            rust_name,
            qualified_name: format!("{class}.{python_name}"),
            python_name,
            warning: warning(function.deprecated.as_ref(), &subject),
            ..binding(self.interface, role, function, error)
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

/// `name`, or if that is taken a name like it.
fn unique(taken: &mut BTreeSet<String>, name: String) -> String {
    let name = first_free(taken, &[name]);
    taken.insert(name.clone());
    name
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
