//! Data: what records and cases consist of. The runtime implements their constructors.

use crate::lower::analysis::{Analysis, Contents};
use crate::lower::argument::Argument;
use crate::lower::head::Head;
use crate::lower::messages::warning;
use crate::lower::names::{python_type, python_value, rust_value};
use crate::model::{
    self, Default, Docs, Interface, Parameter, ParameterKind, RecordId, Type, Value,
};

/// A record, or a case of a variant or of an enum that is an exception class.
#[derive(Clone, Debug)]
pub(crate) struct Data {
    pub(crate) head: Head,
    /// The message of the warning that its constructor gives.
    pub(crate) warning: Option<String>,
    pub(crate) fields: Vec<Field>,
    /// `Point(x, y=0.0)`
    pub(crate) constructor: Vec<Argument>,
    /// What values can contain.
    pub(crate) contents: Contents,
}

/// A field.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) rust_name: String,
    pub(crate) python_name: String,
    pub(crate) docs: Docs,
    pub(crate) ty: Type,
    pub(crate) default: Option<Value>,
    /// Whether its value can contain a value of the record or variant that it belongs to.
    pub(crate) is_recursive: bool,
}

impl Data {
    pub(crate) fn of_record(analysis: &Analysis<'_>, id: RecordId) -> Self {
        let (record, owner) = (&analysis.interface[id], Type::Record(id));
        Self {
            warning: warning(record.deprecated.as_ref(), &python_type(&record.name)),
            ..Self::new(
                analysis,
                Head::new(&record.name, &record.docs, record.deprecated.as_ref()),
                &record.fields,
                &owner,
            )
        }
    }

    /// The data in `fields`, which belong to the record or variant `owner`.
    pub(crate) fn new(
        analysis: &Analysis<'_>,
        head: Head,
        fields: &[model::Field],
        owner: &Type,
    ) -> Self {
        let field = |field: &model::Field| Field {
            is_recursive: analysis.leads_back(&field.ty, owner),
            ..Field::of(field)
        };
        let arguments = fields.iter();
        let arguments =
            arguments.map(|it| argument(analysis.interface, it, ParameterKind::Standard));
        let contents = fields.iter().map(|it| analysis.contents(&it.ty));
        Self {
            head,
            warning: None,
            constructor: arguments.collect(),
            contents: Contents::all(contents),
            fields: fields.iter().map(field).collect(),
        }
    }

    /// Whether nothing that can be reached from a value can be changed by Python code.
    pub(crate) fn is_acyclic(&self) -> bool {
        !self.contents.mutable
    }

    /// Whether values can contain others of the record or variant that it belongs to.
    pub(crate) fn is_recursive(&self) -> bool {
        self.fields.iter().any(|field| field.is_recursive)
    }
}

impl Field {
    pub(crate) fn of(field: &model::Field) -> Self {
        Self {
            rust_name: rust_value(&field.name),
            python_name: python_value(&field.name),
            docs: field.docs.clone(),
            ty: field.ty.clone(),
            default: field.default.clone(),
            is_recursive: false,
        }
    }
}

/// The argument that gives a field its value.
pub(crate) fn argument(
    interface: &Interface,
    field: &model::Field,
    kind: ParameterKind,
) -> Argument {
    let parameter = Parameter {
        name: field.name.clone(),
        docs: field.docs.clone(),
        kind,
        ty: field.ty.clone(),
        default: field.default.clone().map(Default::Value),
    };
    Argument::of(interface, &parameter)
}
