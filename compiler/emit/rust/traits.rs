//! The traits that users implement: one for the module, one for each class.

use serde::Serialize;

use crate::emit::language::rust::layout;
use crate::emit::language::rust::scope::Scope;
use crate::emit::language::rust::types::{Speller, UserConstant};
use crate::emit::rust::docs;
use crate::emit::rust::signature::signature;
use crate::lower::binding::Callable;
use crate::lower::conversion::Side;
use crate::lower::modules::{has_trait, submodules};
use crate::lower::names::{RustNames, constant_function, rust_constant};
use crate::lower::surface::Surface;
use crate::model::{Const, Interface, ItemId};

#[derive(Serialize)]
pub(crate) struct TraitView {
    docs: Vec<String>,
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
    docs: Vec<String>,
    text: String,
}

/// The trait with the module's functions.
pub(crate) fn module(scope: &Scope<'_>, surface: &Surface) -> TraitView {
    let interface = scope.interface;
    let module = &interface[scope.module];
    let constants = module.items.iter().filter_map(|item| match item {
        ItemId::Const(id) => Some(&interface[*id]),
        _ => None,
    });
    let mut members: Vec<_> = constants
        .filter_map(|constant| associated_constant(scope, constant))
        .collect();
    members.extend(
        surface
            .functions
            .iter()
            .map(|callable| member(scope, callable)),
    );
    let is_root = scope.module == Interface::ROOT;
    let submodules = submodules(interface).filter(|id| is_root && has_trait(interface, *id));
    let supertraits: Vec<_> = submodules
        .map(|id| {
            let names = RustNames::new(interface, id);
            format!("{}{}", scope.path_to(id), names.module_trait)
        })
        .collect();
    TraitView {
        docs: docs::lines(&module.docs),
        name: scope.names.module_trait.clone(),
        bounds: format!("{} + 'static", scope.std("Sized")),
        has_body: !members.is_empty() || !supertraits.is_empty(),
        members: spaced(members),
        supertraits,
    }
}

/// The trait of each class.
pub(crate) fn classes<'v>(
    scope: &'v Scope<'_>,
    surface: &'v Surface,
) -> impl Iterator<Item = TraitView> + 'v {
    surface.classes.iter().map(move |(id, callables)| {
        let id = *id;
        let class = &scope.interface[id];
        let name = scope.names.class_trait(id).to_owned();
        let constants = class
            .constants()
            .filter_map(|it| associated_constant(scope, it));
        let functions = callables.iter().map(|callable| member(scope, callable));
        let members: Vec<_> = constants.chain(functions).collect();
        let [sized, send, sync] = ["Sized", "Send", "Sync"].map(|bound| scope.std(bound));
        TraitView {
            docs: docs::lines(&class.docs),
            name,
            bounds: format!("{sized} + {send} + {sync} + 'static"),
            has_body: !members.is_empty(),
            members: spaced(members),
            supertraits: Vec::new(),
        }
    })
}

fn member(scope: &Scope<'_>, callable: &Callable) -> MemberView {
    let signature = signature(scope, callable);
    let (parameters, result) = (&signature.parameters, signature.result.as_ref());
    let function = &callable.function;
    MemberView {
        gap: false,
        docs: docs::function_lines(
            &function.docs,
            &function.parameters,
            function.deprecated.as_ref(),
        ),
        text: layout::function(&signature.head, parameters, result, ";", 4),
    }
}

/// A constant that the user sets; a function if it must be computed.
fn associated_constant(scope: &Scope<'_>, constant: &Const) -> Option<MemberView> {
    if constant.value.is_some() {
        return None;
    }
    let speller = Speller::plain(scope);
    let text = match speller.user_constant(&constant.ty) {
        UserConstant::Value(ty) | UserConstant::Slice(ty) => {
            format!(
                "const {}: {};",
                rust_constant(&constant.name),
                ty.one_line()
            )
        }
        UserConstant::Computed => {
            let head = format!("fn {}", constant_function(constant));
            let ty = speller.value(&constant.ty, Side::IntoPython);
            layout::function(&head, &[], Some(&ty), ";", 4)
        }
    };
    Some(MemberView {
        gap: false,
        docs: docs::lines(&constant.docs),
        text,
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
