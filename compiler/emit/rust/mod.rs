//! The Rust that users read and implement: traits, and the types of the interface.

mod docs;
mod exceptions;
mod flags;
mod signature;
mod traits;
mod unions;
mod variants;

use serde::Serialize;

use crate::emit::Options;
use crate::emit::language::rust::scope::{Place, Scope};
use crate::emit::language::rust::types::Speller;
use crate::emit::language::rust::values::{self, Form, hexadecimal};
use crate::lower::alias::Alias;
use crate::lower::analysis::Contents;
use crate::lower::bindings::{Bindings, Item};
use crate::lower::class::ClassBindings;
use crate::lower::constant::Constant;
use crate::lower::conversion::Side;
use crate::lower::data::{Data, Field};
use crate::lower::enumerations::Enumeration;
use crate::lower::family::{Family, FamilyId};
use crate::lower::modules::{
    Required, dotted_name, export_key, glue_path, has_trait, module_name, required, submodules,
};
use crate::lower::names::{python_value, rust_module, rust_type};
use crate::lower::{Lowered, constant};
use crate::model::{Docs, Interface, ModuleId};
use crate::render::layout::{Layout, nested_macro};
use crate::render::{Files, Templates};

static TEMPLATES: Templates = Templates::rust(&[
    ("module", include_str!("../../../templates/rust/module.hbs")),
    ("trait", include_str!("../../../templates/rust/trait.hbs")),
    ("record", include_str!("../../../templates/rust/record.hbs")),
    (
        "variant",
        include_str!("../../../templates/rust/variant.hbs"),
    ),
    ("enum", include_str!("../../../templates/rust/enum.hbs")),
    ("error", include_str!("../../../templates/rust/error.hbs")),
    ("flags", include_str!("../../../templates/rust/flags.hbs")),
    ("union", include_str!("../../../templates/rust/union.hbs")),
    ("alias", include_str!("../../../templates/rust/alias.hbs")),
    (
        "constant",
        include_str!("../../../templates/rust/constant.hbs"),
    ),
    (
        "exception",
        include_str!("../../../templates/rust/exception.hbs"),
    ),
    (
        "failure",
        include_str!("../../../templates/rust/failure.hbs"),
    ),
]);

/// The readable files: one for each module that Rust implements, the extension module's first.
pub fn generate(lowered: &Lowered<'_>, options: &Options) -> Files {
    let interface = lowered.interface;
    let mut files = Files::default();
    for (module, bindings) in lowered.modules() {
        let scope = Scope::new(interface, module, &bindings.names, Place::Readable);
        let file = FileView::new(&scope, bindings, options);
        files.add(path(interface, module), TEMPLATES.render("module", &file));
    }
    files
}

/// The path of a module's readable file.
fn path(interface: &Interface, module: ModuleId) -> String {
    dotted_name(interface, module).replace('.', "/") + ".rs"
}

/// The macro call that includes another generated file in a module.
fn include(path: &str) -> Layout {
    let path = values::string(&format!("/pyidl/{path}"));
    let parts = ["::core::env!(\"OUT_DIR\")", &path];
    nested_macro("::core::include!", "::core::concat!", &parts)
}

#[derive(Serialize)]
struct FileView {
    version: &'static str,
    source: String,
    is_root: bool,
    /// The bindings of other extension modules.
    others: Vec<OtherView>,
    imports: String,
    /// The user's types for the classes.
    classes: Vec<ClassView>,
    /// The finished source of the traits and of the interface's declarations.
    items: Vec<Layout>,
    submodules: Vec<SubmoduleView>,
    glue: GlueView,
    /// The functions by which Python finds the extension module; none for a module inside it.
    export: Option<ExportView>,
}

/// A module in the extension module.
#[derive(Serialize)]
struct SubmoduleView {
    docs: Layout,
    name: String,
    include: Layout,
}

/// The user's type for a class.
#[derive(Serialize)]
struct ClassView {
    name: String,
    path: String,
    /// Where it is declared, for the comment that rustc shows if it is missing.
    place: String,
}

/// The bindings of another extension module; they are looked up in the parent of the including module.
#[derive(Serialize)]
struct OtherView {
    python: String,
    name: String,
}

/// The module with the glue.
#[derive(Serialize)]
struct GlueView {
    visibility: &'static str,
    include: Layout,
}

#[derive(Serialize)]
struct ExportView {
    /// What Python imports.
    module: String,
    /// The name of the macro, which rustc mentions if nobody calls it.
    missing: String,
    /// The key by which the definition in the glue is found.
    key: String,
}

#[derive(Serialize)]
struct RecordView {
    docs: Layout,
    derives: String,
    name: String,
    fields: Vec<FieldView>,
}

#[derive(Serialize)]
pub(crate) struct FieldView {
    docs: Layout,
    name: String,
    ty: Layout,
}

#[derive(Serialize)]
struct EnumView {
    docs: Layout,
    derives: String,
    name: String,
    members: Vec<MemberView>,
    /// Whether functions fail with it.
    fails: bool,
}

#[derive(Serialize)]
struct MemberView {
    docs: Layout,
    name: String,
}

#[derive(Serialize)]
struct AliasView {
    docs: Layout,
    name: String,
    ty: Layout,
}

#[derive(Serialize)]
struct ConstantView {
    docs: Layout,
    /// The class with an associated constant; none for those of the module.
    class: Option<String>,
    /// Whether it is a function, since its value is none that Rust's constants have.
    is_function: bool,
    name: String,
    parameters: Layout,
    ty: Layout,
    value: Layout,
}

impl FileView {
    fn new(scope: &Scope<'_>, bindings: &Bindings, options: &Options) -> Self {
        let interface = scope.interface;
        let is_root = scope.module == Interface::ROOT;
        let classes = classes(scope, bindings);
        let items = items(scope, bindings);
        Self {
            version: env!("CARGO_PKG_VERSION"),
            source: options.source_line(),
            is_root,
            // All generated items add to them.
            others: if is_root { others(scope) } else { Vec::new() },
            imports: scope.imports(&items),
            classes,
            items,
            submodules: if is_root {
                submodule_views(interface)
            } else {
                Vec::new()
            },
            glue: GlueView {
                // The extension module's definition refers to those of its submodules.
                visibility: if is_root { "" } else { "pub(super) " },
                include: include(&glue_path(interface, scope.module)),
            },
            export: is_root.then(|| ExportView {
                module: module_name(interface),
                missing: format!(
                    "the_module_{}_is_not_exported",
                    module_name(interface).to_lowercase()
                ),
                key: hexadecimal(export_key(interface).into()),
            }),
        }
    }
}

/// The traits and the interface's declarations, grouped by kind.
fn items(scope: &Scope<'_>, bindings: &Bindings) -> Vec<Layout> {
    let module = has_trait(scope.interface, scope.module).then(|| traits::module(scope, bindings));
    let classes = bindings.classes().map(|class| traits::class(scope, class));
    let (mut records, mut variants, mut enums) = (Vec::new(), Vec::new(), Vec::new());
    let (mut flags, mut exceptions) = (Vec::new(), Vec::new());
    let (mut unions, mut aliases) = (Vec::new(), Vec::new());
    for item in &bindings.items {
        match item {
            Item::Record(_, data) => records.push(record(scope, data)),
            Item::Family(family) => match family.id {
                FamilyId::Variant(_) => variants.push(variants::variant(scope, family)),
                FamilyId::Enum(_) => enums.push(failing_enumeration(scope, family)),
            },
            Item::Enumeration(it) => enums.push(enumeration(scope, it)),
            Item::Flags(it) => flags.push(flags::flags(scope, it)),
            Item::Alias(it) => match &it.union {
                Some(union) => unions.push(unions::union(scope, it, union)),
                None => aliases.push(alias(scope, it)),
            },
            Item::Exception(it) => exceptions.push(exceptions::exception(scope, it)),
            Item::Function(_) | Item::Constant(_) | Item::Class(_) => {}
        }
    }
    [
        TEMPLATES.render_each("trait", module.into_iter().chain(classes)),
        TEMPLATES.render_each("record", records),
        TEMPLATES.render_each("variant", variants),
        TEMPLATES.render_each("enum", enums),
        TEMPLATES.render_each("flags", flags),
        TEMPLATES.render_each("union", unions),
        TEMPLATES.render_each("alias", aliases),
        TEMPLATES.render_each("constant", constants(scope, bindings)),
        TEMPLATES.render_each("exception", exceptions),
        TEMPLATES.render_each("failure", exceptions::failures(scope, bindings)),
    ]
    .concat()
}

/// The constants in source order, those of classes included.
fn constants(scope: &Scope<'_>, bindings: &Bindings) -> Vec<ConstantView> {
    let constants = bindings.items.iter().flat_map(|item| match item {
        Item::Constant(constant) => vec![&**constant],
        Item::Class(class) => class.constants().collect(),
        _ => Vec::new(),
    });
    constants.filter_map(|it| constant(scope, it)).collect()
}

fn others(scope: &Scope<'_>) -> Vec<OtherView> {
    let view = |required: Required<'_>| OtherView {
        python: python_value(required.name),
        name: scope.bindings(required.name),
    };
    required(scope.interface).into_iter().map(view).collect()
}

fn submodule_views(interface: &Interface) -> Vec<SubmoduleView> {
    let view = |id: ModuleId| SubmoduleView {
        docs: docs::lines(&interface[id].docs),
        name: rust_module(&interface[id].name),
        include: include(&path(interface, id)),
    };
    submodules(interface).map(view).collect()
}

/// The user's type for each class; it is looked up in the parent of the including module.
fn classes(scope: &Scope<'_>, bindings: &Bindings) -> Vec<ClassView> {
    let view = |class: &ClassBindings| ClassView {
        name: class.head.rust_name.clone(),
        path: scope.implementation(&class.head.rust_name),
        place: match scope.module {
            Interface::ROOT => "beside `mod bindings`".to_owned(),
            module => {
                let module = rust_module(&scope.interface[module].name);
                format!("in `mod {module}` beside `mod bindings`")
            }
        },
    };
    bindings.classes().map(view).collect()
}

fn record(scope: &Scope<'_>, data: &Data) -> RecordView {
    RecordView {
        docs: docs::lines(&data.head.docs),
        derives: derives(scope, data.contents),
        fields: fields(scope, &data.fields),
        name: data.head.rust_name.clone(),
    }
}

/// The traits that a record, variant or union with these contents derives.
fn derives(scope: &Scope<'_>, contents: Contents) -> String {
    let traits = [
        ("Clone", true),
        ("Copy", !contents.not_copy),
        ("Debug", true),
        // Only the class can decide through Python whether instances are equal.
        ("PartialEq", !contents.instance),
        ("Eq", !contents.not_eq),
        ("Hash", !contents.not_eq && !contents.not_hash),
    ];
    let traits = traits.iter().filter(|(_, derived)| *derived);
    scope.derive(&traits.map(|(name, _)| *name).collect::<Vec<_>>())
}

/// The fields of a struct or of a variant of an enum.
fn fields(scope: &Scope<'_>, fields: &[Field]) -> Vec<FieldView> {
    let speller = Speller::plain(scope);
    let view = |field: &Field| FieldView {
        docs: docs::lines(&field.docs),
        name: field.rust_name.clone(),
        ty: speller.value(&field.ty, Side::Field),
    };
    fields.iter().map(view).collect()
}

fn alias(scope: &Scope<'_>, alias: &Alias) -> AliasView {
    let ty = Speller::plain(scope).value(&alias.ty, alias.side);
    AliasView {
        docs: docs::lines(&alias.head.docs),
        name: declared(alias),
        ty,
    }
}

/// The name of an alias where it is declared, with the lifetime of the objects in it.
fn declared(alias: &Alias) -> String {
    let lifetime = alias.has_objects.then(|| "'py".into());
    Layout::generic(
        alias.head.rust_name.as_str(),
        lifetime.into_iter().collect(),
    )
    .one_line()
}

fn enumeration(scope: &Scope<'_>, enumeration: &Enumeration) -> EnumView {
    let members = enumeration.members.iter();
    EnumView {
        docs: docs::lines(&enumeration.head.docs),
        derives: scope.derive(ENUM_TRAITS),
        fails: false,
        name: enumeration.head.rust_name.clone(),
        members: members.map(|it| member(&it.docs, &it.rust_name)).collect(),
    }
}

/// An enum that functions fail with.
fn failing_enumeration(scope: &Scope<'_>, family: &Family) -> EnumView {
    let cases = family.cases.iter().map(|case| &case.data);
    EnumView {
        docs: docs::lines(&family.head.docs),
        derives: scope.derive(ENUM_TRAITS),
        fails: true,
        name: family.head.rust_name.clone(),
        members: cases
            .map(|it| member(&it.head.docs, &it.head.rust_name))
            .collect(),
    }
}

/// The traits that enums derive.
const ENUM_TRAITS: &[&str] = &[
    "Clone",
    "Copy",
    "Debug",
    "PartialEq",
    "Eq",
    "Hash",
    "PartialOrd",
    "Ord",
];

fn member(docs: &Docs, name: &str) -> MemberView {
    MemberView {
        docs: docs::lines(docs),
        name: name.to_owned(),
    }
}

/// A constant whose value the interface gives.
fn constant(scope: &Scope<'_>, constant: &Constant) -> Option<ConstantView> {
    let value = constant.value.as_ref()?;
    let speller = Speller::plain(scope);
    let is_function = constant.form == constant::Form::Function;
    let class = constant.owner.filter(|_| !is_function);
    let (name, ty, form) = match is_function {
        true => {
            let ty = speller.value(&constant.ty, Side::IntoPython);
            (&constant.function, ty, Form::Owned)
        }
        false => {
            // Elsewhere it is implied; in an associated constant it must be written.
            let lifetime = class.map(|_| "'static");
            let ty = speller.constant(&constant.ty, lifetime);
            (&constant.rust_name, ty.one_line().into(), Form::Borrowed)
        }
    };
    Some(ConstantView {
        docs: docs::lines(&constant.docs),
        class: class.map(|id| rust_type(&scope.interface[id].name)),
        is_function,
        name: name.clone(),
        parameters: Layout::Parameters(Vec::new()),
        ty,
        value: values::expression(scope, &constant.ty, value, form),
    })
}
