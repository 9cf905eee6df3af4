//! The constructors of records and exceptions, as functions of the model.

use crate::model::{
    Builtin, Default, Docs, ExceptionId, Field, Function, Interface, Name, Parameter,
    ParameterKind, Receiver, Record, Value,
};

/// `Point(x, y=0.0)`
pub(crate) fn of_record(record: &Record) -> Function {
    let parameters = record
        .fields
        .iter()
        .map(|field| parameter(field, ParameterKind::Standard));
    function(&record.name, parameters.collect())
}

/// `OpenPath(message="", *, gap)`, inherited fields first.
pub(crate) fn of_exception(interface: &Interface, id: ExceptionId) -> Function {
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
    let mut parameters = vec![message];
    let fields = exception_fields(interface, id);
    parameters.extend(
        fields
            .iter()
            .map(|field| parameter(field, ParameterKind::KeywordOnly)),
    );
    function(&interface[id].name, parameters)
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

fn parameter(field: &Field, kind: ParameterKind) -> Parameter {
    Parameter {
        name: field.name.clone(),
        docs: field.docs.clone(),
        kind,
        ty: field.ty.clone(),
        default: field.default.clone().map(Default::Value),
    }
}

fn function(name: &Name, parameters: Vec<Parameter>) -> Function {
    Function {
        name: name.clone(),
        docs: Docs::default(),
        receiver: Receiver::Static,
        parameters,
        result: None,
        raises: Vec::new(),
        detached: false,
        error: None,
        is_async: false,
        accessor: None,
        overload: Vec::new(),
        deprecated: None,
    }
}
