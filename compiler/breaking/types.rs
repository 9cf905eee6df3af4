//! Types of two interfaces: whether they are the same in Rust, and whether one accepts all values of the other.

use crate::model::spelling::Speller;
use crate::model::{
    Builtin, ClassId, Dimension, ExceptionId, Interface, ItemId, ModuleId, Name, Type,
};
use crate::names;
use crate::resolve::prelude::{Values, prelude};

/// The module and the name of a definition, in words.
pub(super) fn qualified(interface: &Interface, module: ModuleId, name: &Name) -> String {
    let mut path = vec![super::key(name)];
    let mut home = Some(module);
    while let Some(id) = home.filter(|id| *id != Interface::ROOT) {
        path.push(super::key(&interface[id].name));
        home = interface[id].parent;
    }
    path.reverse();
    path.join(".")
}

/// Writes types with aliases expanded, except for those of unions, which are enums in Rust with the name of the alias.
struct Words<'i> {
    interface: &'i Interface,
    /// A canonical spelling, if there are several.
    canonical: bool,
}

impl Speller for Words<'_> {
    /// In brackets, so that no builtin type has the same spelling.
    fn definition(&self, item: ItemId) -> String {
        match (item, self.interface.home(item)) {
            (ItemId::Exception(id), _) if self.interface[id].builtin => {
                self.interface[id].name.text.clone()
            }
            (_, Some((module, name))) => format!("[{}]", qualified(self.interface, module, name)),
            (_, None) => String::new(),
        }
    }

    fn word(&self, ty: &Type) -> Option<String> {
        match ty {
            Type::Alias(id) => {
                let aliased = &self.interface[*id].ty;
                (!aliased.is(Builtin::Union)).then(|| self.spelt(aliased))
            }
            _ if self.canonical && is_bytes(self.interface, ty) => Some("bytes".to_owned()),
            _ => None,
        }
    }

    fn shape(&self, shape: &[Dimension]) -> String {
        format!(", of {} dimensions", shape.len())
    }
}

fn words(interface: &Interface, canonical: bool) -> Words<'_> {
    Words {
        interface,
        canonical,
    }
}

/// The canonical spelling of a type, independent of its names in the interface: equal if the Rust types are.
pub(super) fn canonical(interface: &Interface, ty: &Type) -> String {
    words(interface, true).spelt(ty)
}

/// The spelling of a type for people.
pub(super) fn shown(interface: &Interface, ty: &Type) -> String {
    words(interface, false).spelt(ty).replace(['[', ']'], "")
}

/// The spelling of an exception: its name.
pub(super) fn exception(interface: &Interface, id: ExceptionId) -> String {
    words(interface, true).raised(id)
}

/// Whether a type is `bytes`, or `list<u8>`, which is the same in both languages.
fn is_bytes(interface: &Interface, ty: &Type) -> bool {
    match interface.expanded(ty) {
        Type::Builtin(Builtin::List, arguments) => interface.is_byte(&arguments[0]),
        ty => ty.is(Builtin::Bytes),
    }
}

/// The origin of a value: Python's values are converted, Rust's are not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Flow {
    /// Python passes it: a float parameter accepts integers too.
    FromPython,
    /// Rust passes it.
    IntoPython,
}

impl Flow {
    fn reversed(self) -> Self {
        match self {
            Self::FromPython => Self::IntoPython,
            Self::IntoPython => Self::FromPython,
        }
    }
}

/// Whether every value of type `ty` of `from` is also one of type `other` of `to`.
pub(super) fn fits(
    (from, ty): (&Interface, &Type),
    (to, other): (&Interface, &Type),
    flow: Flow,
) -> bool {
    let (ty, other) = (from.expanded(ty), to.expanded(other));
    match (ty, other) {
        (_, Type::Builtin(Builtin::Any | Builtin::Object, _)) => true,
        _ if is_bytes(from, ty) && is_bytes(to, other) => true,
        (Type::Builtin(Builtin::Union, arguments), _) => arguments
            .iter()
            .all(|member| fits((from, member), (to, other), flow)),
        (_, Type::Builtin(Builtin::Union, arguments)) => arguments
            .iter()
            .any(|member| fits((from, ty), (to, member), flow)),
        (Type::Builtin(builtin, arguments), Type::Builtin(wider, others))
            if builtin == wider
                && arguments.len() == others.len()
                && !is_bytes(from, ty)
                && !is_bytes(to, other) =>
        {
            arguments
                .iter()
                .zip(others)
                .all(|(ty, other)| fits((from, ty), (to, other), flow))
        }
        (Type::Builtin(builtin, arguments), Type::Builtin(wider, others))
            if flow == Flow::FromPython && is_taken_for(*builtin, *wider) =>
        {
            fits((from, &arguments[0]), (to, &others[0]), flow)
        }
        (_, Type::Builtin(Builtin::Option, arguments)) => {
            fits((from, ty), (to, &arguments[0]), flow)
        }
        (Type::Builtin(builtin, _), Type::Builtin(wider, _)) => {
            builtin_fits(*builtin, *wider, flow)
        }
        (
            Type::Array { item, length },
            Type::Array {
                item: other,
                length: wider,
            },
        ) => length == wider && fits((from, item), (to, other), flow),
        (Type::Array { item, .. }, Type::Builtin(Builtin::List, arguments)) => {
            fits((from, item), (to, &arguments[0]), flow)
        }
        (
            Type::Callback {
                parameters,
                result,
                is_async,
                ..
            },
            Type::Callback {
                parameters: others,
                result: wider,
                is_async: other_async,
                ..
            },
        ) => {
            is_async == other_async
                && parameters.len() == others.len()
                && parameters
                    .iter()
                    .zip(others)
                    .all(|(ty, other)| fits((to, other), (from, ty), flow.reversed()))
                && match (result, wider) {
                    (Some(ty), Some(other)) => fits((from, ty), (to, other), flow),
                    // The result of such a callback is ignored.
                    (_, None) => true,
                    (None, Some(_)) => false,
                }
        }
        (Type::Class(id), Type::Class(_)) => {
            bases(from, *id).any(|base| canonical(from, &Type::Class(base)) == canonical(to, other))
        }
        _ => canonical(from, ty) == canonical(to, other),
    }
}

/// A class and its ancestors.
fn bases(interface: &Interface, class: ClassId) -> impl Iterator<Item = ClassId> {
    std::iter::successors(Some(class), |id| interface[*id].base)
}

/// Whether a parameter of the container type `wider` accepts the values of `builtin`, provided that it accepts the items.
fn is_taken_for(builtin: Builtin, wider: Builtin) -> bool {
    use Builtin::{Frozenset, Iterable, Iterator, List, Set};
    matches!(
        (builtin, wider),
        (Set, Frozenset) | (Frozenset, Set) | (List | Set | Frozenset | Iterator, Iterable)
    )
}

/// Whether all values of one builtin type are values of another.
fn builtin_fits(builtin: Builtin, wider: Builtin, flow: Flow) -> bool {
    let values = |builtin| &prelude().of(builtin).values;
    let from_python = flow == Flow::FromPython;
    match (values(builtin), values(wider)) {
        // Both are the same type in Python.
        (Values::Integer(..), Values::Integer(..))
        | (Values::Float { .. }, Values::Float { .. })
            if !from_python =>
        {
            true
        }
        (Values::Integer(least, most), Values::Integer(lower, upper)) => {
            let above = match (least, lower) {
                (_, None) => true,
                (Some(least), Some(lower)) => least >= lower,
                (None, Some(_)) => false,
            };
            let below = match (most, upper) {
                (_, None) => true,
                (Some(most), Some(upper)) => most <= upper,
                (None, Some(_)) => false,
            };
            above && below
        }
        (Values::Integer(..), Values::Float { .. }) => from_python,
        (Values::Float { single }, Values::Float { single: narrow }) => *single || !narrow,
        (Values::Character, Values::Text) => true,
        (Values::Text, Values::Text) => {
            from_python && (builtin, wider) == (Builtin::String, Builtin::Path)
        }
        _ => false,
    }
}

/// The words of a Python name, for comparison.
pub(super) fn python(name: &Name, recased: fn(&str) -> String) -> String {
    name.python
        .clone()
        .unwrap_or_else(|| names::python_identifier(recased(&name.text)))
}
