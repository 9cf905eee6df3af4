//! Exceptions of the interface: their fields, their constructors, and how they extend one another.

use std::collections::{BTreeSet, HashMap};

use crate::lower::analysis::{Analysis, Contents};
use crate::lower::argument::Argument;
use crate::lower::data::{Field, argument};
use crate::lower::head::Head;
use crate::lower::names::{python_type, rust_type};
use crate::model::{
    self, Builtin, Default, Docs, ExceptionId, Interface, Name, Parameter, ParameterKind, Type,
    Value,
};
use crate::names::{compound, pascal};

/// An exception of the interface.
pub(crate) struct Exception {
    pub(crate) id: ExceptionId,
    pub(crate) head: Head,
    pub(crate) base: Base,
    /// The fields that it declares.
    pub(crate) own_fields: Vec<Field>,
    /// All fields, inherited ones first.
    pub(crate) fields: Vec<Field>,
    /// `OpenPath(message="", *, gap)`, which the runtime implements.
    pub(crate) constructor: Vec<Argument>,
    /// The exceptions that directly extend it, each with the variant that holds it in Rust. If there are any, its Rust type is an
    /// enum over itself and them.
    pub(crate) subclasses: Vec<(ExceptionId, String)>,
    /// All exceptions that extend it, directly or not; each with the index in `subclasses` of the one that it is or extends.
    pub(crate) descendants: Vec<(usize, ExceptionId)>,
    /// What its fields can contain, and those of its subclasses.
    pub(crate) contents: Contents,
}

/// What an exception extends.
pub(crate) enum Base {
    /// One of Python's exceptions, by its name.
    Builtin(String),
    /// Another exception of the interface.
    Declared(ExceptionId),
}

impl Base {
    fn of(interface: &Interface, id: Option<ExceptionId>) -> Self {
        match id {
            None => Self::Builtin("Exception".to_owned()),
            Some(id) if interface[id].builtin => Self::Builtin(python_type(&interface[id].name)),
            Some(id) => Self::Declared(id),
        }
    }
}

impl Exception {
    pub(crate) fn of(analysis: &Analysis<'_>, id: ExceptionId) -> Self {
        let interface = analysis.interface;
        let exception = &interface[id];
        let deprecated = exception.deprecated.as_ref();
        let head = Head::new(&exception.name, &exception.docs, deprecated);
        let subclasses = analysis.subclasses(id);
        let variants = exception_variants(interface, Some(&head.rust_name), subclasses);
        let descendants = subclasses.iter().enumerate().flat_map(|(index, &child)| {
            let all = analysis.descendants(child).into_iter();
            all.map(move |descendant| (index, descendant))
        });
        Self {
            id,
            head,
            base: Base::of(interface, exception.base),
            own_fields: exception.fields.iter().map(Field::of).collect(),
            fields: fields_of(interface, id).map(Field::of).collect(),
            constructor: constructor(interface, id),
            descendants: descendants.collect(),
            contents: analysis.contents(&Type::Exception(id)),
            subclasses: subclasses.iter().copied().zip(variants).collect(),
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
    let fields = fields_of(interface, id);
    arguments.extend(fields.map(|it| argument(interface, it, ParameterKind::KeywordOnly)));
    arguments
}

/// The fields of an exception, inherited ones first.
pub(crate) fn fields_of(
    interface: &Interface,
    id: ExceptionId,
) -> impl Iterator<Item = &model::Field> {
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
    let mut counts: HashMap<_, usize> = own.map(|own| (own.to_owned(), 1)).into_iter().collect();
    for &id in exceptions {
        *counts.entry(plain(id)).or_default() += 1;
    }
    let mut taken: BTreeSet<String> = own.map(str::to_owned).into_iter().collect();
    let variant = |&id: &ExceptionId| {
        let (name, exception) = (plain(id), &interface[id]);
        let is_root = exception.module == Interface::ROOT && own.is_none();
        let long = match exception.builtin {
            _ if counts[&name] == 1 => name,
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
