//! Exceptions of the interface: their fields, their constructors, and how they extend one another.

use std::collections::BTreeSet;

use crate::lower::argument::Argument;
use crate::lower::data::{Field, argument};
use crate::lower::head::Head;
use crate::lower::names::{python_type, rust_type};
use crate::model::{
    self, Builtin, Default, Docs, ExceptionId, Interface, Name, Parameter, ParameterKind, Value,
};
use crate::names::{compound, pascal};

/// An exception of the interface.
pub(crate) struct Exception {
    pub(crate) id: ExceptionId,
    pub(crate) head: Head,
    /// The exception that it extends; none for Python's `Exception`.
    pub(crate) base: Option<ExceptionId>,
    /// The fields that it declares.
    pub(crate) own_fields: Vec<Field>,
    /// All fields, inherited ones first.
    pub(crate) fields: Vec<Field>,
    /// `OpenPath(message="", *, gap)`, which the runtime implements.
    pub(crate) constructor: Vec<Argument>,
    /// The exceptions that directly extend it, each with the variant that holds it in Rust. If there are any, its Rust type is an
    /// enum over itself and them.
    pub(crate) subclasses: Vec<(ExceptionId, String)>,
}

impl Exception {
    pub(crate) fn of(interface: &Interface, id: ExceptionId) -> Self {
        let exception = &interface[id];
        let deprecated = exception.deprecated.as_ref();
        let head = Head::new(&exception.name, &exception.docs, deprecated);
        let subclasses = subclasses(interface, id);
        let variants = exception_variants(interface, Some(&head.rust_name), &subclasses);
        Self {
            id,
            head,
            base: exception.base,
            own_fields: exception.fields.iter().map(Field::of).collect(),
            fields: exception_fields(interface, id),
            constructor: constructor(interface, id),
            subclasses: subclasses.into_iter().zip(variants).collect(),
        }
    }
}

/// The arguments of an exception's constructor, `OpenPath(message="", *, gap)`: inherited fields first.
fn constructor(interface: &Interface, id: ExceptionId) -> Vec<Argument> {
    let message = Parameter {
        name: Name {
            text: "message".to_owned(),
            ..Name::default()
        },
        docs: Docs::default(),
        kind: ParameterKind::Standard,
        ty: Builtin::String.into(),
        default: Some(Default::Value(Value::Str(String::new()))),
    };
    let mut arguments = vec![Argument::of(interface, &message)];
    let fields = model_fields(interface, id);
    arguments.extend(fields.map(|it| argument(interface, it, ParameterKind::KeywordOnly)));
    arguments
}

/// The fields of an exception, inherited ones first.
pub(crate) fn exception_fields(interface: &Interface, id: ExceptionId) -> Vec<Field> {
    model_fields(interface, id).map(Field::of).collect()
}

fn model_fields(interface: &Interface, id: ExceptionId) -> impl Iterator<Item = &model::Field> {
    let mut all: Vec<_> = std::iter::successors(Some(id), |id| interface[*id].base).collect();
    all.reverse();
    all.into_iter().flat_map(|id| &interface[id].fields)
}

/// The variants that hold exceptions, next to a variant `own`. They are named after the exceptions; if several have the same
/// name, all but one are qualified by their module.
pub(crate) fn exception_variants(
    interface: &Interface,
    own: Option<&str>,
    exceptions: &[ExceptionId],
) -> Vec<String> {
    let plain = |id: ExceptionId| match interface[id].builtin {
        true => python_type(&interface[id].name),
        false => rust_type(&interface[id].name),
    };
    let is_shared = |name: &str| {
        let same = exceptions.iter().filter(|id| plain(**id) == name);
        same.count() + usize::from(own == Some(name)) > 1
    };
    let mut taken: BTreeSet<String> = own.map(str::to_owned).into_iter().collect();
    let variant = |&id: &ExceptionId| {
        let (name, exception) = (plain(id), &interface[id]);
        let is_root = exception.module == Interface::ROOT && own.is_none();
        let long = match exception.builtin {
            _ if !is_shared(&name) => name,
            true => format!("Builtin{name}"),
            false if is_root => name,
            false => compound(
                &[&pascal(&interface[exception.module].name.text), &name],
                "",
            ),
        };
        let numbered = (2..).map(|number| compound(&[&long, &number.to_string()], ""));
        let mut names = std::iter::once(long.clone()).chain(numbered);
        let free = names.find(|name| taken.insert(name.clone()));
        free.unwrap_or(long)
    };
    exceptions.iter().map(variant).collect()
}

/// The exceptions of the interface that directly extend `id`.
pub(crate) fn subclasses(interface: &Interface, id: ExceptionId) -> Vec<ExceptionId> {
    let ids = (0..interface.exceptions.len()).map(|index| ExceptionId(index as u32));
    ids.filter(|&other| !interface[other].builtin && interface[other].base == Some(id))
        .collect()
}

/// An exception and all its descendants, with their distance.
pub(crate) fn descendants(interface: &Interface, id: ExceptionId) -> Vec<(usize, ExceptionId)> {
    let mut all = vec![(0, id)];
    for child in subclasses(interface, id) {
        let below = descendants(interface, child).into_iter();
        all.extend(below.map(|(depth, id)| (depth + 1, id)));
    }
    all
}
