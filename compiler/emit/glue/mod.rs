//! The glue: thin shims between Python and the traits that users implement, and the definition of the module as data.

mod arguments;
mod body;
mod class;
mod constants;
mod enumeration;
mod exception;
mod fields;
mod flags;
mod function;
mod locals;
mod modules;
mod operators;
mod property;
mod record;
mod shim;
mod signature;
mod types;
mod unions;
mod variant;

use serde::Serialize;

use crate::emit::Options;
use crate::emit::language::python::docstring;
use crate::emit::language::rust::scope::{Place, Scope};
use crate::emit::language::rust::values::hexadecimal;
use crate::lower::Lowered;
use crate::lower::binding::Binding;
use crate::lower::bindings::{Bindings, Item};
use crate::lower::exceptions::exception_variants;
use crate::lower::modules::{dotted_name, export_key, glue_path, has_trait, submodules};
use crate::lower::order::Order;
use crate::model::{ExceptionId, Interface, ItemId};
use crate::render::layout::Layout;
use crate::render::{Files, Templates};
use class::{ClassView, compiled};
use constants::ConstantView;
use modules::Modules;
use shim::Writer;

static TEMPLATES: Templates = Templates::rust(&[
    ("module", include_str!("../../../templates/glue/module.hbs")),
    ("shim", include_str!("../../../templates/glue/shim.hbs")),
    ("body", include_str!("../../../templates/glue/body.hbs")),
    (
        "signature",
        include_str!("../../../templates/glue/signature.hbs"),
    ),
    ("class", include_str!("../../../templates/glue/class.hbs")),
    ("record", include_str!("../../../templates/glue/record.hbs")),
    (
        "variant",
        include_str!("../../../templates/glue/variant.hbs"),
    ),
    ("flags", include_str!("../../../templates/glue/flags.hbs")),
    ("union", include_str!("../../../templates/glue/union.hbs")),
    ("enum", include_str!("../../../templates/glue/enum.hbs")),
    (
        "exception",
        include_str!("../../../templates/glue/exception.hbs"),
    ),
    (
        "constant",
        include_str!("../../../templates/glue/constant.hbs"),
    ),
    (
        "failure",
        include_str!("../../../templates/glue/failure.hbs"),
    ),
]);

/// The glue files: one for each readable file, which includes it.
pub fn generate(lowered: &Lowered<'_>, options: &Options) -> Files {
    let interface = lowered.interface;
    let mut files = Files::default();
    for (module, bindings) in lowered.modules() {
        let scope = Scope::new(interface, module, &bindings.names, Place::Glue);
        let file = FileView::new(&scope, bindings, &lowered.order, options);
        files.add(
            glue_path(interface, module),
            TEMPLATES.render("module", &file),
        );
    }
    files
}

#[derive(Serialize)]
struct FileView {
    version: &'static str,
    source: String,
    name: Layout,
    doc: Layout,
    /// Whether this is the extension module, which holds the states of all modules.
    is_root: bool,
    has_submodules: bool,
    imports: String,
    /// The visibility of the items in the glue.
    visibility: &'static str,
    /// The type parameter for the user's type, and its bound.
    parameter: String,
    bound: String,
    functions: Layout,
    types: Layout,
    constants: Layout,
    aliases: Layout,
    /// The type aliases of the interface.
    aliases_used: Vec<String>,
    uses: Layout,
    submodules: Layout,
    requires: Layout,
    /// The finished source of everything else, in order.
    items: Vec<Layout>,
    /// The name by which the extension module is exported; none for a module inside it.
    key: Option<String>,
}

/// The aliases, whose types the glue mentions: rustc reports types that nothing uses.
fn aliases_used(scope: &Scope<'_>, bindings: &Bindings) -> Vec<String> {
    let used = bindings.aliases().map(|alias| {
        let lifetime = if alias.has_objects { "<'_>" } else { "" };
        scope.own(&alias.head.rust_name) + lifetime
    });
    used.collect()
}

/// An enum over what one function raises.
#[derive(Serialize)]
struct FailureView {
    ty: String,
    /// The variants, each with an exception.
    variants: Vec<String>,
}

impl FileView {
    fn new(scope: &Scope<'_>, bindings: &Bindings, order: &Order<'_>, options: &Options) -> Self {
        let interface = scope.interface;
        let is_root = scope.module == Interface::ROOT;
        let module = dotted_name(interface, scope.module);
        let modules = Modules::of(scope);
        let functions = bindings.functions().map(|binding| entry(scope, binding));
        let constant_functions = constants::of_module(scope, bindings);
        let constants = constant_functions.iter().map(ConstantView::entry).collect();
        let items = items(scope, bindings, order, &module, &constant_functions);
        let docs = docstring::text(&docstring::lines(&bindings.docs));
        Self {
            version: env!("CARGO_PKG_VERSION"),
            source: options.source_line(),
            name: Layout::literal(module),
            doc: Layout::literal(docs),
            parameter: scope.names.module_parameter.clone(),
            bound: bound(scope),
            key: is_root.then(|| hexadecimal(export_key(interface).into())),
            is_root,
            has_submodules: is_root && submodules(interface).next().is_some(),
            visibility: if is_root { "" } else { "pub(crate) " },
            functions: Layout::slice(functions.collect()),
            types: Layout::slice(if is_root {
                types::entries(scope, order)
            } else {
                Vec::new()
            }),
            constants: Layout::slice(constants),
            aliases: Layout::slice(modules.aliases),
            aliases_used: aliases_used(scope, bindings),
            uses: Layout::slice(modules.uses),
            submodules: Layout::slice(modules.submodules),
            requires: Layout::slice(modules.requires),
            imports: scope.imports(&items),
            items,
        }
    }
}

/// The items after the definition of the module: functions, shims, and the implementations for each type.
fn items(
    scope: &Scope<'_>,
    bindings: &Bindings,
    order: &Order<'_>,
    module: &str,
    constant_functions: &[ConstantView],
) -> Vec<Layout> {
    let shims = bindings.functions();
    let shims = shims.map(|binding| Writer::new(scope, binding).function());
    let classes = bindings.classes().map(|class| {
        let index = order.index(ItemId::Class(class.id));
        ClassView::new(scope, module, class, index)
    });
    let (mut records, mut variants, mut enums) = (Vec::new(), Vec::new(), Vec::new());
    let (mut flags, mut exceptions) = (Vec::new(), Vec::new());
    for (index, item) in bindings.types(order) {
        match item {
            Item::Record(_, it) => records.push(record::view(scope, it, index)),
            Item::Family(it) => variants.push(variant::view(scope, it, index)),
            Item::Enumeration(it) => enums.push(enumeration::view(scope, it, index)),
            Item::Flags(it) => flags.push(flags::view(scope, it, index)),
            Item::Exception(it) => exceptions.push(exception::view(scope, it, index)),
            Item::Function(_) | Item::Constant(_) | Item::Class(_) | Item::Alias(_) => {}
        }
    }
    let unions = bindings.aliases().filter_map(|it| unions::view(scope, it));
    [
        TEMPLATES.render_each("constant", constant_functions),
        TEMPLATES.render_each("shim", shims),
        TEMPLATES.render_each("class", classes),
        TEMPLATES.render_each("record", records),
        TEMPLATES.render_each("variant", variants),
        TEMPLATES.render_each("enum", enums),
        TEMPLATES.render_each("flags", flags),
        TEMPLATES.render_each("union", unions),
        TEMPLATES.render_each("exception", exceptions),
        TEMPLATES.render_each("failure", failures(scope, bindings)),
    ]
    .concat()
}

/// The entry of a function in the module's definition.
fn entry(scope: &Scope<'_>, binding: &Binding) -> Layout {
    let (compiled, count) = (compiled(binding), binding.named_arguments());
    let (shim, parameter) = (&binding.shim, &scope.names.module_parameter);
    Layout::call(
        format!("rt::{compiled}function::<{shim}<{parameter}>, {count}>"),
        vec![],
    )
}

/// The bounds on the user's type.
pub(crate) fn bound(scope: &Scope<'_>) -> String {
    match has_trait(scope.interface, scope.module) {
        true => scope.own(&scope.names.module_trait),
        false => "'static".to_owned(),
    }
}

/// The trait path that owns the functions and constants of the user's type; its other traits may have functions of the same
/// names.
pub(crate) fn user_path(scope: &Scope<'_>) -> String {
    let names = &scope.names;
    format!(
        "<{} as {}>",
        names.module_parameter,
        scope.own(&names.module_trait)
    )
}

fn failures(scope: &Scope<'_>, bindings: &Bindings) -> Vec<FailureView> {
    let view = |(name, exceptions): (&str, &[ExceptionId])| FailureView {
        ty: scope.own(name),
        variants: exception_variants(scope.interface, None, exceptions),
    };
    bindings.failures().map(view).collect()
}
