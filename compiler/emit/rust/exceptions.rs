//! Exceptions of the interface, and the enums over what one function raises.

use serde::Serialize;

use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::rust::{FieldView, docs, fields};
use crate::lower::bindings::Bindings;
use crate::lower::conversion::Side;
use crate::lower::exceptions::{Exception, exception_variants};
use crate::model::ExceptionId;
use crate::render::layout::{self, Layout};

/// An exception: a struct, or with subclasses an enum over itself and them.
#[derive(Serialize)]
pub(crate) struct ExceptionView {
    docs: Vec<String>,
    derives: String,
    name: String,
    string: String,
    into: String,
    from: String,
    fields: Vec<FieldView>,
    headers: HeaderView,
    /// The declaration of its constructor.
    new: String,
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
    /// The match arm for its message.
    arm: String,
}

/// A subclass, and the direct subclass that it derives from.
#[derive(Serialize)]
struct ConversionView {
    header: String,
    ty: String,
    variant: String,
    is_direct: bool,
}

/// `impl … for …` of an error type.
#[derive(Serialize)]
pub(crate) struct HeaderView {
    display: String,
    error: String,
}

impl HeaderView {
    pub(crate) fn new(name: &str) -> Self {
        Self {
            display: layout::implementation("impl ::core::fmt::Display", name),
            error: layout::empty_implementation("impl ::core::error::Error", name),
        }
    }
}

/// An enum over what one function raises.
#[derive(Serialize)]
pub(crate) struct FailureView {
    name: String,
    headers: HeaderView,
    variants: Vec<VariantView>,
    conversions: Vec<ConversionView>,
}

pub(crate) fn exception(scope: &Scope<'_>, exception: &Exception) -> ExceptionView {
    let is_enum = !exception.subclasses.is_empty();
    let (visibility, indent) = if is_enum { ("", 8) } else { ("pub ", 4) };
    let speller = Speller::plain(scope);
    let into = Layout::generic(scope.std("Into"), vec![scope.std("String").into()]);
    let mut parameters = vec![into.after("message: impl ")];
    parameters.extend(exception.fields.iter().map(|field| {
        let ty = speller.value(&field.ty, Side::Field);
        ty.after(field.rust_name.clone() + ": ")
    }));
    let name = exception.head.rust_name.clone();
    let subclasses = exception.subclasses.iter().map(|(id, variant)| {
        let arm = layout::arm(&format!("Self::{variant}(error)"), "error.message()", 12);
        VariantView {
            ty: scope.exception(*id),
            name: variant.clone(),
            arm,
        }
    });
    let subclasses = subclasses.collect();
    let conversions = exception.descendants.iter().map(|(index, descendant)| {
        let (child, variant) = &exception.subclasses[*index];
        let ty = scope.exception(*descendant);
        conversion(scope, &name, ty, variant.clone(), child == descendant)
    });
    let conversions: Vec<_> = conversions.collect();
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
        from: conversion_trait(scope, &conversions),
        headers: HeaderView::new(&name),
        fields: fields(scope, &exception.fields, visibility, indent),
        new: layout::function("pub fn new", &parameters, Some(&"Self".into()), " {", 4),
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
    let variants = exceptions.iter().zip(names).map(|(&id, name)| {
        let pattern = format!("Self::{name}(error)");
        let arm = layout::arm(&pattern, "::core::fmt::Display::fmt(error, f)", 12);
        VariantView {
            name,
            ty: scope.exception(id),
            arm,
        }
    });
    let variants: Vec<_> = variants.collect();
    let conversions = variants
        .iter()
        .map(|variant| conversion(scope, name, variant.ty.clone(), variant.name.clone(), true));
    FailureView {
        name: name.to_owned(),
        headers: HeaderView::new(name),
        conversions: conversions.collect(),
        variants,
    }
}

/// The `From` implementations, if any type is converted.
fn conversion_trait(scope: &Scope<'_>, conversions: &[ConversionView]) -> String {
    match conversions.iter().any(|it| !it.is_direct) {
        true => scope.std("From"),
        false => String::new(),
    }
}

fn conversion(
    scope: &Scope<'_>,
    into: &str,
    ty: String,
    variant: String,
    is_direct: bool,
) -> ConversionView {
    let header = layout::implementation(&format!("impl {}<{ty}>", scope.std("From")), into);
    ConversionView {
        header,
        ty,
        variant,
        is_direct,
    }
}
