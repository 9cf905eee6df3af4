//! The TOML value of an item, field, case, member or alternative.

use super::WIDTH;
use super::value::{attributes, docs, inline_table, is_bare, key, lines, literal, string};
use crate::syntax::ast::{
    Alternative, Case, Const, Enumeration, Field, FunctionBody, Include, Literal, Member, Meta,
    Path, Payload, Property, Renaming, Signature, Type, UseInterface, UseNames,
};
use crate::syntax::print;

/// A definition: its keys with their values, or a single value if that suffices.
#[derive(Debug)]
pub(super) struct Definition<'a> {
    pub(super) meta: &'a Meta,
    /// Keys and values except documentation and attributes.
    pub(super) keys: Vec<(&'static str, String)>,
    /// The short form of a table with `keys`.
    pub(super) short: Option<String>,
}

/// An entry of a table of fields, cases, members or alternatives.
#[derive(Debug)]
pub(super) struct Row<'a> {
    /// Its start in the source.
    pub(super) start: u32,
    pub(super) key: String,
    pub(super) definition: Definition<'a>,
    /// The rows of a nested table: the fields of a case.
    pub(super) rows: Vec<Row<'a>>,
    /// The starts of its parts that are on its line.
    pub(super) parts: Vec<u32>,
}

impl<'a> Definition<'a> {
    /// With the keys `keys`, for which `short` is the short form.
    fn new(meta: &'a Meta, keys: Vec<(&'static str, String)>, short: Option<String>) -> Self {
        Self { meta, keys, short }
    }

    /// Without keys.
    pub(super) fn bare(meta: &'a Meta) -> Self {
        Self::new(meta, Vec::new(), None)
    }

    /// After `=`.
    pub(super) fn inline(&self) -> String {
        if let (Some(short), true) = (&self.short, is_bare(self.meta)) {
            return short.clone();
        }
        let keys = self.keys.iter();
        let mut entries: Vec<_> = keys
            .map(|(key, value)| ((*key).to_owned(), value.clone()))
            .collect();
        // Documentation may have several lines and comes last.
        entries.extend(attributes(&self.meta.attributes).map(|value| ("attrs".to_owned(), value)));
        entries.extend(docs(&self.meta.docs).map(|value| ("doc".to_owned(), value)));
        inline_table(&entries)
    }

    /// Below a header.
    pub(super) fn lines(&self) -> Vec<(&'static str, String)> {
        let mut lines = Vec::new();
        lines.extend(docs(&self.meta.docs).map(|value| ("doc", value)));
        lines.extend(self.keys.iter().cloned());
        lines.extend(attributes(&self.meta.attributes).map(|value| ("attrs", value)));
        lines
    }

    /// One string under `name`, which suffices without documentation and attributes.
    pub(super) fn string(meta: &'a Meta, name: &'static str, text: &str) -> Self {
        let value = lines(text);
        Self::new(meta, vec![(name, value.clone())], Some(value))
    }

    pub(super) fn signature(meta: &'a Meta, signature: &Signature) -> Self {
        let line = print::signature_text(signature);
        let text = match fits(&line) {
            true => line,
            false => print::wrapped_signature_text(signature),
        };
        Self::string(meta, "sig", &text)
    }

    pub(super) fn constructor(meta: &'a Meta, signature: &Signature) -> Self {
        Self::string(meta, "sig", &print::constructor_text(signature))
    }

    pub(super) fn ty(meta: &'a Meta, ty: Option<&Type>) -> Self {
        Self::string(meta, "type", &type_text(ty))
    }

    pub(super) fn constant(meta: &'a Meta, item: &Const) -> Self {
        Self::typed_value(meta, item.ty.as_ref(), "value", item.value.as_ref())
    }

    fn typed_value(
        meta: &'a Meta,
        ty: Option<&Type>,
        name: &'static str,
        value: Option<&Literal>,
    ) -> Self {
        let ty = type_text(ty);
        let mut short = ty.clone();
        let mut keys = vec![("type", string(&ty))];
        if let Some(value) = value {
            short = format!("{ty} = {}", print::literal_text(value));
            keys.push((name, literal(value)));
        }
        Self::new(meta, keys, Some(string(&short)))
    }

    pub(super) fn property(meta: &'a Meta, property: &Property) -> Self {
        let ty = type_text(property.ty.as_ref());
        let mut keys = vec![("type", string(&ty))];
        if property.readonly {
            keys.push(("readonly", "true".to_owned()));
        }
        let mut short = ty;
        if !property.raises.is_empty() {
            keys.push(("raises", paths(&property.raises)));
            let raises: Vec<_> = property.raises.iter().map(print::path_text).collect();
            short = format!("{short} raises {}", raises.join(" | "));
        }
        let short = (!property.readonly).then(|| string(&short));
        Self::new(meta, keys, short)
    }

    fn member(member: &'a Member) -> Self {
        match &member.value {
            Some(value) => {
                let value = literal(value);
                Self::new(&member.meta, vec![("value", value.clone())], Some(value))
            }
            None => Self::bare(&member.meta),
        }
    }

    fn case(case: &'a Case) -> Self {
        match &case.payload {
            Payload::None => Self::bare(&case.meta),
            Payload::Fields(fields) if has_meta(fields) => Self::bare(&case.meta),
            payload => Self::string(&case.meta, "payload", &payload_text(payload)),
        }
    }
}

/// The rows of fields.
pub(super) fn field_rows(fields: &[Field]) -> Vec<Row<'_>> {
    let rows = fields.iter().map(|field| {
        let (ty, default) = (field.ty.as_ref(), field.default.as_ref());
        let definition = Definition::typed_value(&field.meta, ty, "default", default);
        let start = field.name.span.start;
        row(start, print::name_text(&field.name), definition)
    });
    rows.collect()
}

pub(super) fn case_rows(cases: &[Case]) -> Vec<Row<'_>> {
    let rows = cases.iter().map(|case| {
        let name = print::name_text(&case.name);
        let mut row = row(case.name.span.start, name, Definition::case(case));
        if let Payload::Fields(fields) = &case.payload {
            row.parts = fields.iter().map(|field| field.name.span.start).collect();
            if has_meta(fields) {
                row.rows = field_rows(fields);
            }
        }
        row
    });
    rows.collect()
}

pub(super) fn member_rows(members: &[Member]) -> Vec<Row<'_>> {
    let rows = members.iter().map(|member| {
        let name = print::name_text(&member.name);
        row(member.name.span.start, name, Definition::member(member))
    });
    rows.collect()
}

pub(super) fn alternative_rows(alternatives: &[Alternative]) -> Vec<Row<'_>> {
    let rows = alternatives.iter().map(|alternative| {
        let definition = Definition::signature(&alternative.meta, &alternative.signature);
        let name = print::name_text(&alternative.name);
        row(alternative.name.span.start, name, definition)
    });
    rows.collect()
}

fn row(start: u32, name: String, definition: Definition<'_>) -> Row<'_> {
    Row {
        start,
        key: key(&name),
        definition,
        rows: Vec::new(),
        parts: Vec::new(),
    }
}

/// Cases as strings, if none needs a table.
pub(super) fn case_strings(cases: &[Case]) -> Option<Vec<String>> {
    let text = |case: &Case| {
        let has_fields = matches!(&case.payload, Payload::Fields(fields) if has_meta(fields));
        let blank = if matches!(case.payload, Payload::Fields(_)) {
            " "
        } else {
            ""
        };
        let text = format!(
            "{}{blank}{}",
            print::name_text(&case.name),
            payload_text(&case.payload)
        );
        (is_bare(&case.meta) && !has_fields).then(|| string(&text))
    };
    cases.iter().map(text).collect()
}

/// Members as strings, if none needs a table.
pub(super) fn member_strings(members: &Enumeration) -> Option<Vec<String>> {
    let text = |member: &Member| {
        let name = print::name_text(&member.name);
        let text = match &member.value {
            Some(value) => format!("{name} = {}", print::literal_text(value)),
            None => name,
        };
        is_bare(&member.meta).then(|| string(&text))
    };
    members.members.iter().map(text).collect()
}

fn has_meta(fields: &[Field]) -> bool {
    fields.iter().any(|field| !is_bare(&field.meta))
}

fn payload_text(payload: &Payload) -> String {
    match payload {
        Payload::None => String::new(),
        Payload::Tuple(types) => {
            let types: Vec<_> = types.iter().map(print::type_text).collect();
            format!("({})", types.join(", "))
        }
        Payload::Fields(fields) if fields.is_empty() => "{}".to_owned(),
        Payload::Fields(fields) => {
            let fields: Vec<_> = fields
                .iter()
                .map(|field| {
                    let name = print::name_text(&field.name);
                    let ty = type_text(field.ty.as_ref());
                    match &field.default {
                        Some(value) => format!("{name}: {ty} = {}", print::literal_text(value)),
                        None => format!("{name}: {ty}"),
                    }
                })
                .collect();
            format!("{{ {} }}", fields.join(", "))
        }
    }
}

/// A type that was parsed without errors.
pub(super) fn type_text(ty: Option<&Type>) -> String {
    ty.map(print::type_text).unwrap_or_default()
}

/// `["value-error", "os-error"]`
pub(super) fn paths(paths: &[Path]) -> String {
    let paths: Vec<_> = paths
        .iter()
        .map(|path| string(&print::path_text(path)))
        .collect();
    format!("[{}]", paths.join(", "))
}

pub(super) fn use_text(item: &UseInterface) -> String {
    let path = print::use_path_text(&item.path);
    match &item.alias {
        Some(alias) => format!("{path} as {}", print::name_text(alias)),
        None => path,
    }
}

pub(super) fn use_names_text(item: &UseNames) -> String {
    let path = print::use_path_text(&item.path);
    format!("{path}.{{{}}}", renamings(&item.names))
}

pub(super) fn include_text(include: &Include) -> String {
    let path = print::use_path_text(&include.path);
    match include.renamings.is_empty() {
        true => path,
        false => format!("{path} with {{ {} }}", renamings(&include.renamings)),
    }
}

fn renamings(names: &[Renaming]) -> String {
    let names: Vec<_> = names
        .iter()
        .map(|renaming| {
            let name = print::name_text(&renaming.name);
            match &renaming.alias {
                Some(alias) => format!("{name} as {}", print::name_text(alias)),
                None => name,
            }
        })
        .collect();
    names.join(", ")
}

/// The rows of an overload; none for a single signature.
pub(super) fn overload(body: &FunctionBody) -> Option<Vec<Row<'_>>> {
    match body {
        FunctionBody::Overload(alternatives) => Some(alternative_rows(alternatives)),
        FunctionBody::Signature(_) => None,
    }
}

/// Whether a text fits on a line after a short key.
fn fits(text: &str) -> bool {
    text.chars().count() + "sig = \"\"".len() <= WIDTH
}
