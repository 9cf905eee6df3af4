//! The traits that users implement: one for the module, one for each class.

use serde::Serialize;

use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::Speller;
use crate::emit::rust::docs;
use crate::emit::rust::signature::signature;
use crate::lower::binding::Binding;
use crate::lower::bindings::Bindings;
use crate::lower::class::ClassBindings;
use crate::lower::constant::{Constant, Form};
use crate::lower::conversion::Side;
use crate::lower::modules::{has_trait, submodules};
use crate::lower::names::RustNames;
use crate::model::Interface;
use crate::render::layout::Layout;

#[derive(Serialize)]
pub(crate) struct TraitView {
    docs: Layout,
    name: String,
    bounds: String,
    members: Vec<MemberView>,
    /// The supertraits.
    supertraits: Vec<String>,
    /// Whether it has members.
    has_body: bool,
}

#[derive(Serialize)]
struct MemberView {
    /// Whether a blank line comes before it.
    gap: bool,
    docs: Layout,
    name: String,
    /// The type of a constant; none for a function.
    ty: Option<String>,
    lifetime: &'static str,
    parameters: Layout,
    result: Option<Layout>,
}

/// The trait with the module's functions.
pub(crate) fn module(scope: &Scope<'_>, bindings: &Bindings) -> TraitView {
    let interface = scope.interface;
    let constants = bindings.constants();
    let constants = constants.filter_map(|constant| associated_constant(scope, constant));
    let functions = bindings.functions();
    let functions = functions.map(|binding| member(scope, binding));
    let members: Vec<_> = constants.chain(functions).collect();
    let is_root = scope.module == Interface::ROOT;
    let submodules = submodules(interface).filter(|id| is_root && has_trait(interface, *id));
    let supertraits: Vec<_> = submodules
        .map(|id| {
            let names = RustNames::new(interface, id);
            format!("{}{}", scope.path_to(id), names.module_trait)
        })
        .collect();
    TraitView {
        docs: docs::lines(&bindings.docs),
        name: scope.names.module_trait.clone(),
        bounds: format!("{} + 'static", scope.std("Sized")),
        has_body: !members.is_empty() || !supertraits.is_empty(),
        members: spaced(members),
        supertraits,
    }
}

/// The trait of a class.
pub(crate) fn class(scope: &Scope<'_>, class: &ClassBindings) -> TraitView {
    let constants = class.constants();
    let constants = constants.filter_map(|constant| associated_constant(scope, constant));
    let functions = class.all().map(|binding| member(scope, binding));
    let members: Vec<_> = constants.chain(functions).collect();
    let [sized, send, sync] = ["Sized", "Send", "Sync"].map(|bound| scope.std(bound));
    TraitView {
        docs: docs::lines(&class.head.docs),
        name: scope.names.class_trait(class.id).to_owned(),
        bounds: format!("{sized} + {send} + {sync} + 'static"),
        has_body: !members.is_empty(),
        members: spaced(members),
        supertraits: Vec::new(),
    }
}

fn member(scope: &Scope<'_>, binding: &Binding) -> MemberView {
    let signature = signature(scope, binding);
    MemberView {
        gap: false,
        docs: docs::function_lines(binding),
        name: binding.rust_name.clone(),
        ty: None,
        lifetime: if binding.needs.lifetime { "<'py>" } else { "" },
        parameters: Layout::Parameters(signature.parameters),
        result: signature.result,
    }
}

/// A constant that the user sets; a function if that is what it is in Rust.
fn associated_constant(scope: &Scope<'_>, constant: &Constant) -> Option<MemberView> {
    if constant.value.is_some() {
        return None;
    }
    let speller = Speller::plain(scope);
    let is_function = constant.form == Form::Function;
    Some(MemberView {
        gap: false,
        docs: docs::lines(&constant.docs),
        name: match is_function {
            true => constant.function.clone(),
            false => constant.rust_name.clone(),
        },
        ty: (!is_function).then(|| {
            let ty = speller.constant(&constant.ty, Some("'static"));
            ty.one_line()
        }),
        lifetime: "",
        parameters: Layout::Parameters(Vec::new()),
        result: is_function.then(|| speller.value(&constant.ty, Side::IntoPython)),
    })
}

/// Separates members with documentation from their neighbours.
fn spaced(mut members: Vec<MemberView>) -> Vec<MemberView> {
    let mut after_docs = None;
    for member in &mut members {
        let has_docs = !member.docs.is_empty();
        member.gap = after_docs.is_some_and(|before| before || has_docs);
        after_docs = Some(has_docs);
    }
    members
}
