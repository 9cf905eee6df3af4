//! The arguments of the constructors of records and exceptions. The runtime implements these constructors.

use crate::lower::argument::Argument;
use crate::model::{
    Builtin, Default, Docs, ExceptionId, Field, Interface, Name, Parameter, ParameterKind, Record,
    Value,
};

/// `Point(x, y=0.0)`
pub(crate) fn of_record(interface: &Interface, record: &Record) -> Vec<Argument> {
    let fields = record.fields.iter();
    let arguments = fields.map(|field| argument(interface, field, ParameterKind::Standard));
    arguments.collect()
}

/// `OpenPath(message="", *, gap)`, inherited fields first.
pub(crate) fn of_exception(interface: &Interface, id: ExceptionId) -> Vec<Argument> {
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
    let fields = exception_fields(interface, id);
    arguments.extend(
        fields
            .iter()
            .map(|field| argument(interface, field, ParameterKind::KeywordOnly)),
    );
    arguments
}

/// The fields of an exception, inherited ones first.
pub(crate) fn exception_fields(interface: &Interface, id: ExceptionId) -> Vec<Field> {
    let exception = &interface[id];
    let mut fields = exception
        .base
        .map_or_else(Vec::new, |base| exception_fields(interface, base));
    fields.extend(exception.fields.iter().cloned());
    fields
}

fn argument(interface: &Interface, field: &Field, kind: ParameterKind) -> Argument {
    let parameter = Parameter {
        name: field.name.clone(),
        docs: field.docs.clone(),
        kind,
        ty: field.ty.clone(),
        default: field.default.clone().map(Default::Value),
    };
    Argument::of(interface, &parameter)
}
