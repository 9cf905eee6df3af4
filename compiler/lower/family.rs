//! The cases of variants, and of enums that are exception classes in Python, as records.

use std::collections::HashSet;

use crate::lower::analysis::{Analysis, Contents};
use crate::lower::data::Data;
use crate::lower::head::Head;
use crate::lower::messages;
use crate::lower::names::{python_type, python_union};
use crate::model::{
    Docs, EnumId, Field, Interface, ItemId, Message, Module, Name, Payload, Type, VariantId,
};
use crate::names;

/// A type that Python sees as a sealed base class with a class for each case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FamilyId {
    /// A variant.
    Variant(VariantId),
    /// An enum that functions fail with; Python sees it as an exception class.
    Enum(EnumId),
}

/// A definition with cases, of either kind.
pub(crate) struct Family {
    pub(crate) id: FamilyId,
    pub(crate) head: Head,
    /// The union of its cases in Python.
    pub(crate) union: String,
    /// Whether functions fail with it, which makes it an exception class.
    pub(crate) error: bool,
    pub(crate) cases: Vec<Case>,
}

/// A case.
pub(crate) struct Case {
    pub(crate) data: Data,
    pub(crate) shape: Shape,
    /// The result of `str()` if functions fail with it. Fields are written `{0}`, `{1}`, …; literal braces are doubled.
    pub(crate) message: String,
}

/// How Rust spells the content of a case.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `Close`
    Unit,
    /// `LineTo(Point)`
    Tuple,
    /// `Arc { centre: Point }`
    Struct,
}

/// The types of a module whose Python name is also that of a union of cases, such as `CommandCase`.
pub(crate) fn named_like_unions(interface: &Interface, module: &Module) -> Vec<ItemId> {
    let items = || module.items.iter().copied();
    let unions = items().filter_map(|item| FamilyId::of_item(interface, item));
    let unions: HashSet<_> = unions
        .map(|cases| python_union(cases.name(interface)))
        .collect();
    let is_taken = |item: &ItemId| {
        interface
            .home(*item)
            .is_some_and(|(_, name)| unions.contains(&python_type(name)))
    };
    items().filter(is_taken).collect()
}

impl FamilyId {
    /// The definition with cases that `ty` is, directly or through an alias.
    pub(crate) fn of(interface: &Interface, ty: &Type) -> Option<Self> {
        match interface.expanded(ty) {
            Type::Variant(id) => Some(Self::Variant(*id)),
            Type::Enum(id) if interface[*id].error => Some(Self::Enum(*id)),
            _ => None,
        }
    }

    /// The definition with cases that `item` is.
    pub(crate) fn of_item(interface: &Interface, item: ItemId) -> Option<Self> {
        match item {
            ItemId::Variant(id) => Some(Self::Variant(id)),
            ItemId::Enum(id) if interface[id].error => Some(Self::Enum(id)),
            _ => None,
        }
    }

    pub(crate) fn item(self) -> ItemId {
        match self {
            Self::Variant(id) => ItemId::Variant(id),
            Self::Enum(id) => ItemId::Enum(id),
        }
    }

    pub(crate) fn name(self, interface: &Interface) -> &Name {
        match self {
            Self::Variant(id) => &interface[id].name,
            Self::Enum(id) => &interface[id].name,
        }
    }

    /// The names of the cases.
    pub(crate) fn case_names(self, interface: &Interface) -> Vec<&Name> {
        match self {
            Self::Variant(id) => interface[id].cases.iter().map(|case| &case.name).collect(),
            Self::Enum(id) => interface[id].members.iter().map(|it| &it.name).collect(),
        }
    }
}

impl Family {
    pub(crate) fn of_enum(analysis: &Analysis<'_>, id: EnumId) -> Self {
        let (enumeration, owner) = (&analysis.interface[id], Type::Enum(id));
        let cases = enumeration.members.iter().map(|member| {
            let head = Head::new(&member.name, &member.docs, None);
            let data = Data::new(analysis, head, &[], &owner);
            Case::new(data, Shape::Unit, member.message.as_ref())
        });
        Self {
            id: FamilyId::Enum(id),
            head: Head::new(
                &enumeration.name,
                &enumeration.docs,
                enumeration.deprecated.as_ref(),
            ),
            union: python_union(&enumeration.name),
            error: enumeration.error,
            cases: cases.collect(),
        }
    }

    pub(crate) fn of_variant(analysis: &Analysis<'_>, id: VariantId) -> Self {
        let (variant, owner) = (&analysis.interface[id], Type::Variant(id));
        let cases = variant.cases.iter().map(|case| {
            let shape = match case.payload {
                Payload::None => Shape::Unit,
                Payload::Tuple(_) => Shape::Tuple,
                Payload::Fields(_) => Shape::Struct,
            };
            let head = Head::new(&case.name, &case.docs, None);
            let data = Data::new(analysis, head, &fields(&case.payload), &owner);
            Case::new(data, shape, case.message.as_ref())
        });
        Self {
            id: FamilyId::Variant(id),
            head: Head::new(&variant.name, &variant.docs, variant.deprecated.as_ref()),
            union: python_union(&variant.name),
            error: variant.error,
            cases: cases.collect(),
        }
    }

    /// What values can contain.
    pub(crate) fn contents(&self) -> Contents {
        Contents::all(self.cases.iter().map(|case| case.data.contents))
    }

    /// Whether values can contain others of it.
    pub(crate) fn is_recursive(&self) -> bool {
        self.cases.iter().any(|case| case.data.is_recursive())
    }
}

impl Case {
    fn new(data: Data, shape: Shape, message: Option<&Message>) -> Self {
        Self {
            message: match message {
                Some(message) => messages::given(message),
                None => default_message(&data, shape),
            },
            data,
            shape,
        }
    }
}

/// The message if the interface gives none: the name of the case in words and its fields. It has no other braces.
fn default_message(data: &Data, shape: Shape) -> String {
    let words = names::words(&data.head.name.text).join(" ");
    let contents = data.fields.iter().enumerate();
    let contents = contents.map(|(index, field)| match shape {
        Shape::Struct => format!("{}={{{index}}}", field.python_name),
        Shape::Unit | Shape::Tuple => format!("{{{index}}}"),
    });
    let contents = contents.collect::<Vec<_>>().join(", ");
    match contents.is_empty() {
        true => words,
        false => format!("{words}: {contents}"),
    }
}

/// The fields of a case by their Python names: `value`, or `value0`, `value1`, …
fn fields(payload: &Payload) -> Vec<Field> {
    let unnamed = |name: String, ty: &Type| Field {
        name: Name {
            text: name,
            ..Name::default()
        },
        docs: Docs::default(),
        ty: ty.clone(),
        default: None,
    };
    match payload {
        Payload::None => Vec::new(),
        Payload::Tuple(types) => match types.as_slice() {
            [only] => vec![unnamed("value".to_owned(), only)],
            several => several
                .iter()
                .enumerate()
                .map(|(index, ty)| unnamed(format!("value{index}"), ty))
                .collect(),
        },
        Payload::Fields(fields) => fields.clone(),
    }
}
