//! Data: what records, exceptions and cases consist of. The runtime implements their constructors.

use crate::lower::argument::Argument;
use crate::lower::names::{python_type, python_value, rust_type, rust_value};
use crate::model::{
    Builtin, Default, Deprecation, Docs, ExceptionId, Interface, Name, Parameter, ParameterKind,
    Record, Type, Value,
};

/// A record, or a case of a variant or of an enum that is an exception class.
#[derive(Clone, Debug)]
pub(crate) struct Data {
    /// Its name in the interface; that of a case alone.
    pub(crate) name: Name,
    pub(crate) rust_name: String,
    pub(crate) python_name: String,
    pub(crate) docs: Docs,
    pub(crate) deprecated: Option<Deprecation>,
    pub(crate) fields: Vec<Field>,
    /// `Point(x, y=0.0)`
    pub(crate) constructor: Vec<Argument>,
}

/// A field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) rust_name: String,
    pub(crate) python_name: String,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    pub(crate) default: Option<Value>,
}

impl Data {
    pub(crate) fn of_record(interface: &Interface, record: &Record) -> Self {
        Self {
            deprecated: record.deprecated.clone(),
            ..Self::new(interface, &record.name, &record.docs, &record.fields)
        }
    }

    pub(crate) fn new(
        interface: &Interface,
        name: &Name,
        docs: &Docs,
        fields: &[crate::model::Field],
    ) -> Self {
        let arguments = fields.iter();
        let arguments = arguments.map(|it| argument(interface, it, ParameterKind::Standard));
        Self {
            name: name.clone(),
            rust_name: rust_type(name),
            python_name: python_type(name),
            docs: docs.clone(),
            deprecated: None,
            constructor: arguments.collect(),
            fields: fields.iter().map(Field::of).collect(),
        }
    }
}

impl Field {
    pub(crate) fn of(field: &crate::model::Field) -> Self {
        Self {
            rust_name: rust_value(&field.name),
            python_name: python_value(&field.name),
            docs: field.docs.clone(),
            ty: field.ty.clone(),
            default: field.default.clone(),
        }
    }
}

/// The arguments of an exception's constructor, `OpenPath(message="", *, gap)`: inherited fields first.
pub(crate) fn exception_constructor(interface: &Interface, id: ExceptionId) -> Vec<Argument> {
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
    let fields = lineage(interface, id).into_iter();
    let fields = fields.flat_map(|id| &interface[id].fields);
    arguments.extend(fields.map(|it| argument(interface, it, ParameterKind::KeywordOnly)));
    arguments
}

/// The fields of an exception, inherited ones first.
pub(crate) fn exception_fields(interface: &Interface, id: ExceptionId) -> Vec<Field> {
    let fields = lineage(interface, id).into_iter();
    let fields = fields.flat_map(|id| &interface[id].fields);
    fields.map(Field::of).collect()
}

/// An exception after those that it extends.
fn lineage(interface: &Interface, id: ExceptionId) -> Vec<ExceptionId> {
    let mut all: Vec<_> = std::iter::successors(Some(id), |id| interface[*id].base).collect();
    all.reverse();
    all
}

fn argument(interface: &Interface, field: &crate::model::Field, kind: ParameterKind) -> Argument {
    let parameter = Parameter {
        name: field.name.clone(),
        docs: field.docs.clone(),
        kind,
        ty: field.ty.clone(),
        default: field.default.clone().map(Default::Value),
    };
    Argument::of(interface, &parameter)
}
