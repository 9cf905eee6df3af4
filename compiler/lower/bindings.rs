//! Lowers a module: everything that it contains.

use std::collections::BTreeSet;

use crate::lower::alias::Alias;
use crate::lower::analysis::Analysis;
use crate::lower::binding::{Binding, Failure, Returned, Role};
use crate::lower::class::ClassBindings;
use crate::lower::constant::{Constant, FunctionNames};
use crate::lower::data::Data;
use crate::lower::enumerations::{Enumeration, Flags};
use crate::lower::exceptions::{Exception, fields_of};
use crate::lower::family::Family;
use crate::lower::function::Context;
use crate::lower::names::{RustNames, glue_type};
use crate::lower::order::Order;
use crate::lower::refused;
use crate::model::{Docs, ExceptionId, Interface, ItemId, ModuleId, Name, RecordId};

/// Everything in a module that crosses the border between Python and Rust, and the names in its generated Rust.
pub(crate) struct Bindings {
    pub(crate) names: RustNames,
    /// The documentation of the module.
    pub(crate) docs: Docs,
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

impl Bindings {
    pub(crate) fn new(analysis: &Analysis<'_>, module: ModuleId) -> Self {
        let interface = analysis.interface;
        let mut context = Context {
            analysis,
            names: RustNames::new(interface, module),
            shims: taken_in_glue(interface, module),
            constant_functions: FunctionNames::new(interface, module),
        };
        let items = interface[module].items.iter();
        // Functions choose names before classes do.
        let functions = items.clone().filter_map(|item| match item {
            ItemId::Function(id) => Some(context.function(&interface[*id])),
            _ => None,
        });
        let mut functions = functions.collect::<Vec<_>>().into_iter();
        let items = items.map(|item| match item {
            ItemId::Function(_) => {
                let binding = functions.next().expect("one for each function");
                Item::Function(Box::new(binding))
            }
            ItemId::Const(id) => {
                let constant = Constant::of_module(analysis, &interface[*id]);
                Item::Constant(Box::new(constant))
            }
            ItemId::Class(id) => Item::Class(Box::new(ClassBindings::new(&mut context, *id))),
            ItemId::Record(id) => {
                let data = Data::of_record(analysis, *id);
                Item::Record(*id, Box::new(data))
            }
            ItemId::Enum(id) if !interface[*id].error => {
                Item::Enumeration(Box::new(Enumeration::of(interface, *id)))
            }
            ItemId::Enum(id) => Item::Family(Box::new(Family::of_enum(analysis, *id))),
            ItemId::Variant(id) => Item::Family(Box::new(Family::of_variant(analysis, *id))),
            ItemId::Flags(id) => Item::Flags(Box::new(Flags::of(interface, *id))),
            ItemId::Exception(id) => Item::Exception(Box::new(Exception::of(analysis, *id))),
            ItemId::Alias(id) => Item::Alias(Box::new(Alias::of(analysis, *id))),
            ItemId::Protocol(_) => refused(),
        });
        Self {
            items: items.collect(),
            names: context.names,
            docs: interface[module].docs.clone(),
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
        // A function that gets the token returns the runtime's error instead, but the items of an iterator that it returns do not.
        let names_it = |binding: &Binding| {
            let is_iterator = matches!(binding.outcome.returned, Returned::Iterator { .. });
            is_iterator || !binding.needs.token
        };
        let all = self
            .all()
            .filter(move |it| it.role != Role::Setter && names_it(it));
        all.filter_map(|binding| match &binding.outcome.error {
            Some(Failure::Several(name, exceptions)) => Some((name.as_str(), &exceptions[..])),
            _ => None,
        })
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
                taken.extend(aliases(name, fields_of(interface, *id).count()));
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
