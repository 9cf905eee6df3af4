//! The glue: thin shims between Python and the traits that users implement, and the definition of the module as data.

mod arguments;
mod body;
mod c_string;
mod class;
mod constants;
mod enumeration;
mod exception;
mod fields;
mod function;
mod locals;
mod operators;
mod property;
mod record;
mod shim;
mod signature;
mod types;

use serde::Serialize;

use crate::model::{ClassId, Interface, ItemId};
use crate::render::Templates;
use crate::target::layout::{Layout, width};
use crate::target::names::python_type;
use crate::target::python::annotations::{Annotator, Direction};
use crate::target::python::docstring;
use crate::target::rust::callable::{Callable, Failure, Surface};
use crate::target::rust::exceptions::exception_variant;
use crate::target::rust::scope::{Place, Scope};
use crate::target::{Options, layout, module_name};
use class::ClassView;
use constants::ConstantView;
use enumeration::EnumView;
use exception::ExceptionView;
use function::{is_hot, named_parameters};
use record::RecordView;
use shim::{ShimView, Writer, name};
use types::Types;

static TEMPLATES: Templates = Templates::new(&[
    ("module", include_str!("../../../templates/glue/module.hbs")),
    ("shim", include_str!("../../../templates/glue/shim.hbs")),
    ("class", include_str!("../../../templates/glue/class.hbs")),
    ("record", include_str!("../../../templates/glue/record.hbs")),
    ("enum", include_str!("../../../templates/glue/enum.hbs")),
    (
        "exception",
        include_str!("../../../templates/glue/exception.hbs"),
    ),
    (
        "constant",
        include_str!("../../../templates/glue/constant.hbs"),
    ),
]);

/// The glue file, which the readable file includes.
pub fn generate(interface: &Interface, options: &Options) -> String {
    let surface = Surface::new(interface);
    let scope = Scope::new(interface, &surface.names, Place::Glue);
    TEMPLATES.render("module", &FileView::new(&scope, &surface, options))
}

#[derive(Serialize)]
struct FileView {
    version: &'static str,
    source: String,
    name: String,
    doc: String,
    /// The type parameter that stands for the user's type, and its bound.
    parameter: String,
    bound: String,
    functions: String,
    types: String,
    constants: String,
    aliases: String,
    uses: String,
    submodules: String,
    requires: String,
    constant_functions: Vec<ConstantView>,
    shims: Vec<ShimView>,
    classes: Vec<ClassView>,
    records: Vec<RecordView>,
    enums: Vec<EnumView>,
    exceptions: Vec<ExceptionView>,
    failures: Vec<FailureView>,
}

/// An enum over what one function raises.
#[derive(Serialize)]
struct FailureView {
    name: String,
    header: String,
    variants: Vec<String>,
}

/// Where the fields of the module's definition stand.
const INDENT: usize = 8;

impl FileView {
    fn new(scope: &Scope<'_>, surface: &Surface, options: &Options) -> Self {
        let interface = scope.interface;
        let module = module_name(interface);
        let types = Types::new(interface, &module);
        let functions = surface
            .functions
            .iter()
            .map(|callable| entry(scope, callable));
        let constant_functions = constants::of_module(scope);
        let constants = constant_functions.iter().map(ConstantView::entry).collect();
        let docs = docstring::text(&docstring::lines(&interface.root().docs));
        let list = |name: &str, items: Vec<Layout>| {
            Layout::slice(items).format(INDENT, INDENT + width(name) + 2, 1)
        };
        let classes = surface
            .classes
            .iter()
            .enumerate()
            .map(|(index, callables)| {
                let id = ClassId(u32::try_from(index).expect("ids are u32"));
                ClassView::new(
                    scope,
                    &module,
                    id,
                    callables,
                    types.index(ItemId::Class(id)),
                )
            });
        Self {
            version: env!("CARGO_PKG_VERSION"),
            source: options.source_line(),
            name: c_string::literal(&module, INDENT + 4, INDENT + 6, 1),
            doc: c_string::literal(&docs, INDENT + 4, INDENT + 5, 1),
            parameter: scope.names.module_parameter.clone(),
            bound: scope.names.module_trait.clone(),
            functions: list("functions", functions.collect()),
            types: list("types", types.entries(scope)),
            constants: list("constants", constants),
            aliases: list("aliases", aliases(interface)),
            uses: list("uses", Vec::new()),
            submodules: list("submodules", Vec::new()),
            requires: list("requires", Vec::new()),
            constant_functions,
            shims: surface
                .functions
                .iter()
                .map(|it| Writer::new(scope, it).function())
                .collect(),
            classes: classes.collect(),
            records: types.records(scope),
            enums: types.enums(scope),
            exceptions: types.exceptions(scope),
            failures: failures(scope, surface),
        }
    }
}

fn entry(scope: &Scope<'_>, callable: &Callable) -> Layout {
    let shared = if is_hot(scope, callable) {
        ""
    } else {
        "shared_"
    };
    let count = named_parameters(&callable.function);
    let shim = name(scope, callable);
    let parameter = &scope.names.module_parameter;
    Layout::call(
        format!("rt::{shared}function::<{shim}<{parameter}>, {count}>"),
        vec![],
    )
}

/// The type aliases, as parameters have them.
fn aliases(interface: &Interface) -> Vec<Layout> {
    let annotator = Annotator {
        interface,
        scope: None,
    };
    let entry = |item: &ItemId| {
        let ItemId::Alias(id) = item else { return None };
        let alias = &interface[*id];
        let value = annotator.annotation(&alias.ty, Direction::FromPython);
        let [name, value] = [python_type(&alias.name), value]
            .map(|text| Layout::Text(c_string::literal(&text, 20, 20, 1)));
        Some(Layout::call("rt::alias", vec![name, value]))
    };
    interface.root().items.iter().filter_map(entry).collect()
}

fn failures(scope: &Scope<'_>, surface: &Surface) -> Vec<FailureView> {
    let mut views: Vec<FailureView> = Vec::new();
    for callable in surface.all() {
        let Some(Failure::Several(name, exceptions)) = &callable.error else {
            continue;
        };
        // The getter and the setter of a property share one.
        if views.last().is_some_and(|view| view.name == *name) {
            continue;
        }
        let variants = exceptions
            .iter()
            .map(|&id| exception::conversion_arm(&exception_variant(scope.interface, id)));
        views.push(FailureView {
            name: name.clone(),
            header: layout::implementation("impl rt::IntoException", name),
            variants: variants.collect(),
        });
    }
    views
}
