//! Exceptions of the interface, and the enums over what one function raises.

use serde::Serialize;

use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::rust::{FieldView, docs, fields};
use crate::lower::bindings::Bindings;
use crate::lower::conversion::Side;
use crate::lower::exceptions::{Exception, exception_variants};
use crate::model::ExceptionId;
use crate::render::layout::Layout;

/// An exception: a struct, or with subclasses an enum over itself and them.
#[derive(Serialize)]
pub(crate) struct ExceptionView {
    docs: Layout,
    derives: String,
    name: String,
    string: String,
    into: String,
    from: String,
    fields: Vec<FieldView>,
    /// The parameters of its constructor.
    parameters: Layout,
    /// The names of the fields besides the message.
    field_names: Vec<String>,
    /// Direct subclasses; if there are any, this is an enum.
    subclasses: Vec<VariantView>,
    /// All types that it can be converted from.
    conversions: Vec<ConversionView>,
}

/// A variant that holds another exception.
#[derive(Serialize)]
struct VariantView {
    name: String,
    ty: String,
}

/// A subclass, and the direct subclass that it derives from.
#[derive(Serialize)]
struct ConversionView {
    ty: String,
    variant: String,
    is_direct: bool,
}

/// An enum over what one function raises.
#[derive(Serialize)]
pub(crate) struct FailureView {
    name: String,
    from: String,
    variants: Vec<VariantView>,
    conversions: Vec<ConversionView>,
}

pub(crate) fn exception(scope: &Scope<'_>, exception: &Exception) -> ExceptionView {
    let speller = Speller::plain(scope);
    let into = Layout::generic(scope.std("Into"), vec![scope.std("String").into()]);
    let mut parameters = vec![into.after("message: impl ")];
    parameters.extend(exception.fields.iter().map(|field| {
        let ty = speller.value(&field.ty, Side::Field);
        ty.after(field.rust_name.clone() + ": ")
    }));
    let name = exception.head.rust_name.clone();
    let subclasses = exception.subclasses.iter();
    let subclasses = subclasses.map(|(id, variant)| VariantView {
        ty: scope.exception(*id),
        name: variant.clone(),
    });
    let subclasses = subclasses.collect();
    let conversions = exception.descendants.iter().map(|(index, descendant)| {
        let (child, variant) = &exception.subclasses[*index];
        ConversionView {
            ty: scope.exception(*descendant),
            variant: variant.clone(),
            is_direct: child == descendant,
        }
    });
    let conversions = conversions.collect();
    let names = exception.fields.iter();
    ExceptionView {
        docs: docs::lines(&exception.head.docs),
        // It holds its fields, and those of its subclasses.
        derives: match exception.contents.instance {
            true => scope.derive(&["Clone", "Debug"]),
            false => scope.derive(&["Clone", "Debug", "PartialEq"]),
        },
        string: scope.std("String"),
        into: scope.std("Into"),
        from: scope.std("From"),
        fields: fields(scope, &exception.fields),
        parameters: Layout::Parameters(parameters),
        field_names: names.map(|field| field.rust_name.clone()).collect(),
        subclasses,
        conversions,
        name,
    }
}

/// The enums that functions with several exceptions return, in the order of the functions.
pub(crate) fn failures(scope: &Scope<'_>, bindings: &Bindings) -> Vec<FailureView> {
    let failures = bindings.failures();
    failures
        .map(|(name, exceptions)| failure(scope, name, exceptions))
        .collect()
}

fn failure(scope: &Scope<'_>, name: &str, exceptions: &[ExceptionId]) -> FailureView {
    let names = exception_variants(scope.interface, None, exceptions);
    let variants = exceptions.iter().zip(names);
    let variants = variants.map(|(&id, name)| VariantView {
        name,
        ty: scope.exception(id),
    });
    let variants: Vec<_> = variants.collect();
    let conversions = variants.iter().map(|variant| ConversionView {
        ty: variant.ty.clone(),
        variant: variant.name.clone(),
        is_direct: true,
    });
    FailureView {
        name: name.to_owned(),
        from: scope.std("From"),
        conversions: conversions.collect(),
        variants,
    }
}
