//! The Rust that users read and implement: traits, and the types of the interface.

pub(crate) mod callable;
pub(crate) mod docs;
pub(crate) mod exceptions;
pub(crate) mod scope;
pub(crate) mod spelling;
mod traits;
pub(crate) mod values;

use serde::Serialize;

use crate::model::{Const, Enumeration, Field, Interface, ItemId, Record};
use crate::render::Templates;
use crate::target::layout::{self, Layout};
use crate::target::names::{python_value, rust_constant, rust_type, rust_value};
use crate::target::types::Builtin;
use crate::target::{Options, module_name};
use callable::Surface;
use exceptions::{ExceptionView, FailureView};
use scope::{Place, Scope};
use spelling::{Side, Speller, UserConstant, alias_side, has, mentions_object};
use traits::TraitView;
use values::Form;

static TEMPLATES: Templates = Templates::new(&[
    ("module", include_str!("../../../templates/rust/module.hbs")),
    ("trait", include_str!("../../../templates/rust/trait.hbs")),
    ("types", include_str!("../../../templates/rust/types.hbs")),
    (
        "exceptions",
        include_str!("../../../templates/rust/exceptions.hbs"),
    ),
]);

/// The readable file.
pub fn generate(interface: &Interface, options: &Options) -> String {
    let surface = Surface::new(interface);
    let scope = Scope::new(interface, &surface.names, Place::Readable);
    let file = FileView::new(&scope, &surface, options);
    TEMPLATES.render("module", &file)
}

#[derive(Serialize)]
struct FileView {
    version: &'static str,
    source: String,
    imports: String,
    /// What Python imports.
    module: String,
    traits: Vec<TraitView>,
    records: Vec<RecordView>,
    enums: Vec<EnumView>,
    exceptions: Vec<ExceptionView>,
    failures: Vec<FailureView>,
    aliases: Vec<AliasView>,
    constants: Vec<ConstantView>,
}

#[derive(Serialize)]
struct RecordView {
    docs: Vec<String>,
    derives: String,
    name: String,
    fields: Vec<FieldView>,
}

#[derive(Serialize)]
pub(crate) struct FieldView {
    docs: Vec<String>,
    /// `name: type,`
    text: String,
}

#[derive(Serialize)]
struct EnumView {
    docs: Vec<String>,
    name: String,
    members: Vec<FieldView>,
}

#[derive(Serialize)]
struct AliasView {
    docs: Vec<String>,
    text: String,
}

#[derive(Serialize)]
struct ConstantView {
    docs: Vec<String>,
    /// The class with an associated constant; none for those of the module.
    class: Option<String>,
    text: String,
}

impl FileView {
    fn new(scope: &Scope<'_>, surface: &Surface, options: &Options) -> Self {
        let interface = scope.interface;
        let mut traits = vec![traits::module(scope, surface)];
        traits.extend(traits::classes(scope, surface, &options.source_line()));
        let mut file = Self {
            version: env!("CARGO_PKG_VERSION"),
            source: options.source_line(),
            imports: String::new(),
            module: module_name(interface),
            traits,
            records: Vec::new(),
            enums: Vec::new(),
            exceptions: Vec::new(),
            failures: exceptions::failures(scope, surface),
            aliases: Vec::new(),
            constants: Vec::new(),
        };
        for &item in &interface.root().items {
            match item {
                ItemId::Record(id) => file.records.push(record(scope, &interface[id])),
                ItemId::Enum(id) => file.enums.push(enumeration(&interface[id])),
                ItemId::Exception(id) => file.exceptions.push(exceptions::exception(scope, id)),
                ItemId::Alias(id) => {
                    let alias = &interface[id];
                    let lifetime = mentions_object(interface, &alias.ty).then(|| "'py".into());
                    let head =
                        Layout::generic(rust_type(&alias.name), lifetime.into_iter().collect());
                    let head = format!("pub type {}", head.one_line());
                    let ty = Speller::plain(scope).value(&alias.ty, alias_side(interface, id));
                    let text = layout::assignment(&head, &ty, 0);
                    file.aliases.push(AliasView {
                        docs: docs::lines(&alias.docs),
                        text,
                    });
                }
                ItemId::Const(id) => file.constants.extend(constant(scope, &interface[id], None)),
                ItemId::Class(id) => {
                    let class = &interface[id];
                    let name = rust_type(&class.name);
                    let constants = class.constants();
                    file.constants
                        .extend(constants.filter_map(|it| constant(scope, it, Some(&name))));
                }
                ItemId::Function(_) => {}
                ItemId::Variant(_) | ItemId::Flags(_) | ItemId::Protocol(_) => {
                    crate::target::refused()
                }
            }
        }
        // Last, because everything above adds to them.
        file.imports = scope.imports();
        file
    }
}

fn record(scope: &Scope<'_>, record: &Record) -> RecordView {
    let all = |property: fn(&Builtin) -> _| {
        record
            .fields
            .iter()
            .all(|field| has(scope.interface, &field.ty, property))
    };
    let copy = if all(|row| row.copy) { "Copy, " } else { "" };
    let eq = if all(|row| row.eq) { ", Eq" } else { "" };
    let hash = if all(|row| row.eq) && all(|row| row.hash) {
        ", Hash"
    } else {
        ""
    };
    RecordView {
        docs: docs::lines(&record.docs),
        derives: format!("Clone, {copy}Debug, PartialEq{eq}{hash}"),
        name: rust_type(&record.name),
        fields: fields(scope, &record.fields, "pub ", 4),
    }
}

/// The fields of a struct or of a variant of an enum.
fn fields(scope: &Scope<'_>, fields: &[Field], visibility: &str, indent: usize) -> Vec<FieldView> {
    let speller = Speller::plain(scope);
    let view = |field: &Field| {
        let ty = speller.value(&field.ty, Side::IntoPython);
        let name = format!("{visibility}{}", rust_value(&field.name));
        FieldView {
            docs: docs::lines(&field.docs),
            text: layout::field(&name, &ty, indent),
        }
    };
    fields.iter().map(view).collect()
}

fn enumeration(enumeration: &Enumeration) -> EnumView {
    let members = enumeration.members.iter().map(|member| FieldView {
        docs: docs::lines(&member.docs),
        text: rust_type(&member.name) + ",",
    });
    EnumView {
        docs: docs::lines(&enumeration.docs),
        name: rust_type(&enumeration.name),
        members: members.collect(),
    }
}

/// A constant whose value the interface gives.
fn constant(scope: &Scope<'_>, constant: &Const, class: Option<&str>) -> Option<ConstantView> {
    let value = constant.value.as_ref()?;
    let docs = docs::lines(&constant.docs);
    let speller = Speller::plain(scope);
    if let UserConstant::Value(ty) | UserConstant::Slice(ty) = speller.user_constant(&constant.ty) {
        let indent = if class.is_some() { 4 } else { 0 };
        let mut ty = ty.one_line();
        if class.is_none() {
            // Implied there; in an associated constant it has to be written.
            ty = ty.replace("&'static ", "&");
        }
        let head = format!("pub const {}: {ty}", rust_constant(&constant.name));
        let value = values::expression(scope, &constant.ty, value, Form::Borrowed);
        let text = layout::assignment(&head, &value, indent);
        return Some(ConstantView {
            docs,
            class: class.map(str::to_owned),
            text,
        });
    }
    // What lives on the heap is made by a function.
    let head = format!("pub fn {}", constant_function(constant, class));
    let ty = speller.value(&constant.ty, Side::IntoPython);
    let head = layout::function(&head, &[], Some(&ty), " {", 0);
    let value = values::expression(scope, &constant.ty, value, Form::Owned).format(4, 4, 0);
    Some(ConstantView {
        docs,
        class: None,
        text: format!("{head}\n    {value}\n}}"),
    })
}

/// The function that computes a constant.
pub(crate) fn constant_function(constant: &Const, class: Option<&str>) -> String {
    let name = python_value(&crate::model::Name {
        python: None,
        ..constant.name.clone()
    });
    match class {
        Some(class) => format!("{}_{name}", crate::names::snake(class)),
        None => crate::names::rust_identifier(name),
    }
}
