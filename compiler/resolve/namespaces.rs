//! Names that must differ: as they are written, in Python, and in Rust. Names that exist only in generated Rust avoid them; the
//! targets ensure that.

use std::collections::{HashMap, HashSet};

use super::accessors::Accessors;
use super::context::Context;
use super::declarations::ModuleKind;
use super::findings::Findings;
use super::identifiers::plain_name;
use super::lookup::Names;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{ItemId, Name};
use crate::names;
use crate::source::Span;
use crate::syntax::ast::{self, Accessor, FunctionBody};

/// The names in one scope.
#[derive(Debug, Default)]
pub(super) struct Distinct {
    /// The owner of each name, as an index into `owners`.
    taken: HashMap<(Side, String), usize>,
    /// A list for the case of few names, as in nearly all lists of parameters.
    few: Vec<((Side, String), usize)>,
    owners: Vec<Owner>,
}

/// Up to this many names, a linear search is faster than hashing.
const FEW: usize = 24;

/// Where names must differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
enum Side {
    /// In the interface file: by their words.
    Words,
    /// In a WIT file: by their letters, regardless of hyphens and case.
    Wit,
    /// WIT's setters, which share the names of their getters.
    Setter,
    Python,
    /// Rust functions, parameters, fields.
    RustValue,
    RustType,
    RustConst,
}

/// The owner of a name.
#[derive(Clone, Debug)]
struct Owner {
    text: String,
    span: Span,
    /// Where the signature of a function stands.
    signature: Option<Span>,
}

/// A name that is already taken.
#[derive(Debug)]
struct Clash {
    /// Its owner, as an index into the owners.
    first: usize,
    diagnostic: Diagnostic,
}

/// How names of one kind are converted to a convention.
#[derive(Clone, Copy, Debug)]
pub(super) struct Casing {
    python: fn(&str) -> String,
    rust: fn(&str) -> String,
    side: Side,
}

impl Casing {
    /// Functions, methods, properties, parameters, fields.
    pub(super) const VALUE: Self = Self {
        python: names::snake,
        rust: names::snake,
        side: Side::RustValue,
    };
    /// Members of enums.
    pub(super) const MEMBER: Self = Self {
        python: names::upper_snake,
        rust: names::pascal,
        side: Side::RustType,
    };
    /// Definitions and cases of variants.
    pub(super) const TYPE: Self = Self {
        python: names::pascal,
        rust: names::pascal,
        side: Side::RustType,
    };
    /// Constants and flags.
    pub(super) const CONST: Self = Self {
        python: names::upper_snake,
        rust: names::upper_snake,
        side: Side::RustConst,
    };

    /// The name in Python.
    pub(super) fn python(self, name: &Name) -> String {
        name.python
            .clone()
            .unwrap_or_else(|| names::python_identifier((self.python)(&name.text)))
    }
}

impl Distinct {
    /// Adds a name on these sides. Returns the clash if it is already taken.
    fn add(&mut self, name: &Name, casing: Casing, sides: &[Side]) -> Option<Clash> {
        let owner = self.owners.len();
        self.owners.push(Owner {
            text: name.text.clone(),
            span: name.span,
            signature: None,
        });
        for side in sides {
            let text = match side {
                // `type` and `type_` have the same words but are different names.
                Side::Words if name.text.trim_matches('_') != name.text => continue,
                Side::Words => names::kebab(&name.text),
                Side::Wit | Side::Setter => names::wit_key(&name.text),
                Side::Python => casing.python(name),
                Side::RustValue | Side::RustType | Side::RustConst => {
                    names::rust_identifier((casing.rust)(&name.text))
                }
            };
            let key = (*side, text);
            if let Some(first) = self.owner(&key) {
                let diagnostic = clash(name, &key, &self.owners[first]);
                return Some(Clash { first, diagnostic });
            }
            self.insert(key, owner);
        }
        None
    }

    fn owner(&self, key: &(Side, String)) -> Option<usize> {
        match self.taken.is_empty() {
            true => self.few.iter().find(|(few, _)| few == key).map(|it| it.1),
            false => self.taken.get(key).copied(),
        }
    }

    fn insert(&mut self, key: (Side, String), owner: usize) {
        if self.taken.is_empty() && self.few.len() < FEW {
            self.few.push((key, owner));
        } else {
            self.taken.extend(self.few.drain(..));
            self.taken.insert(key, owner);
        }
    }
}

/// Adds a name; reports it if it is already taken.
pub(super) fn claim(cx: &mut Context, names: &mut Distinct, name: &Name, casing: Casing) {
    let sides = [words(cx.names, name), Side::Python, casing.side];
    if let Some(clash) = names.add(name, casing, &sides) {
        cx.report(clash.diagnostic);
    }
}

/// Whether two signatures, or the bodies of two overloads, are spelled differently.
pub(super) fn differ(names: &Names, first: Span, second: Span) -> bool {
    names.sources.slice(first) != names.sources.slice(second)
}

fn words(names: &Names, name: &Name) -> Side {
    match names.is_wit(name.span) {
        true => Side::Wit,
        false => Side::Words,
    }
}

/// Adds the name of a function with one signature.
fn claim_signature(cx: &mut Context, names: &mut Distinct, name: &Name, signature: Span) {
    let casing = Casing::VALUE;
    let sides = [words(cx.names, name), Side::Python, casing.side];
    let Some(Clash { first, diagnostic }) = names.add(name, casing, &sides) else {
        names.owners.last_mut().expect("just added").signature = Some(signature);
        return;
    };
    let first = &names.owners[first];
    let differ = |first| differ(cx.names, first, signature);
    let is_overload = first.text == name.text && first.signature.is_some_and(differ);
    cx.report(match is_overload && !cx.names.is_wit(name.span) {
        true => diagnostic.help(format!(
            "give one of them another name, or {}",
            overload_help(&name.text)
        )),
        false => diagnostic,
    });
}

/// Adds the names of a function. Python knows an overload by its own name, Rust by the names of its alternatives.
pub(super) fn claim_function(
    cx: &mut Context,
    names: &mut Distinct,
    name: &Name,
    body: &FunctionBody,
) {
    match body {
        // The getter owns the name; another check ensures that each setter has a getter.
        FunctionBody::Signature(signature) if signature.accessor == Some(Accessor::Set) => {
            if let Some(clash) = names.add(name, Casing::VALUE, &[Side::Setter]) {
                cx.report(clash.diagnostic);
            }
        }
        FunctionBody::Signature(signature) => {
            claim_signature(cx, names, name, signature.span);
        }
        FunctionBody::Overload(alternatives) => {
            if let Some(clash) = names.add(name, Casing::VALUE, &[Side::Words, Side::Python]) {
                cx.report(clash.diagnostic);
            }
            claim_alternatives(cx.findings, names, alternatives);
        }
    }
}

pub(super) fn claim_alternatives(
    findings: &mut Findings,
    names: &mut Distinct,
    alternatives: &[ast::Alternative],
) {
    for ast::Alternative { name, .. } in alternatives {
        let name = plain_name(name);
        if let Some(clash) = names.add(&name, Casing::VALUE, &[Side::RustValue]) {
            findings.report(
                clash
                    .diagnostic
                    .help("choose another name: each alternative is a Rust function of its own"),
            );
        }
    }
}

/// Checks the names of the items of all modules, and of their submodules.
pub(super) fn module_names(cx: &mut Context) {
    let declared = &cx.names.declared;
    let modules = declared.modules.iter();
    let mut names: Vec<_> = modules.map(|_| Distinct::default()).collect();
    for (module, names) in declared.modules.iter().zip(&mut names) {
        let mut accessors = Accessors::default();
        for &item in &module.items {
            let name = declared.name(item);
            match item {
                ItemId::Function(id) => {
                    let body = &declared[id].ast.body;
                    accessors.add(name, body);
                    claim_function(cx, names, name, body);
                }
                ItemId::Const(_) => claim(cx, names, name, Casing::CONST),
                _ => claim(cx, names, name, Casing::TYPE),
            }
        }
        for finding in accessors.findings() {
            cx.report(finding);
        }
    }
    for module in &declared.modules {
        let is_submodule = matches!(module.kind, ModuleKind::Interface | ModuleKind::Import(_));
        if let Some(parent) = module.outer.filter(|_| is_submodule) {
            let casing = Casing::VALUE;
            // WIT allows interfaces whose names differ only in hyphens.
            let sides = [Side::Words, Side::Python, casing.side];
            if let Some(clash) = names[parent.0 as usize].add(&module.name, casing, &sides) {
                cx.report(clash.diagnostic);
            }
        }
    }
}

/// Checks that no type has the name of a union of cases, which Python gets for each variant and each enum that functions fail
/// with.
pub(super) fn generated_names(cx: &mut Context, errors: &HashSet<ItemId>) {
    let declared = &cx.names.declared;
    let items = || {
        let modules = declared.modules.iter().enumerate();
        modules.flat_map(|(index, module)| module.items.iter().map(move |item| (index, *item)))
    };
    let mut unions: HashMap<(usize, String), &Name> = HashMap::new();
    for (module, item) in items() {
        let has_cases = match item {
            ItemId::Variant(_) => true,
            ItemId::Enum(_) => errors.contains(&item),
            _ => false,
        };
        if has_cases {
            let name = declared.name(item);
            let union = names::python_union(&Casing::TYPE.python(name));
            unions.insert((module, union), name);
        }
    }
    if unions.is_empty() {
        return;
    }
    for (module, item) in items() {
        if matches!(item, ItemId::Function(_) | ItemId::Const(_)) {
            continue;
        }
        let name = declared.name(item);
        // WIT has no such union, so its files may use the name; the targets report the clash.
        if cx.names.is_wit(name.span) {
            continue;
        }
        let python = Casing::TYPE.python(name);
        if let Some(family) = unions.get(&(module, python.clone())) {
            let message = format!(
                "`{}` is `{python}` in Python, and so is the union of the cases of `{}`",
                name.text, family.text
            );
            cx.report(
                Diagnostic::new(Code::DuplicateName, name.span, message, "taken already")
                    .cause(family.span, "has cases")
                    .help("choose another name, here or for Python with `@py.name(\"…\")`"),
            );
        }
    }
}

/// The suggestion for `what` that is declared with several signatures.
pub(super) fn overload_help(what: &str) -> String {
    format!("write `{what}: overload {{ … }}` with each as an alternative `name: func(…);`")
}

fn clash(name: &Name, (side, key): &(Side, String), first: &Owner) -> Diagnostic {
    let text = &name.text;
    let message = if *text == first.text {
        format!("`{text}` is declared twice")
    } else {
        match side {
            Side::Words | Side::Wit | Side::Setter => {
                format!("`{text}` and `{}` are the same name", first.text)
            }
            Side::Python => format!("`{text}` and `{}` are both `{key}` in Python", first.text),
            Side::RustValue | Side::RustType | Side::RustConst => {
                format!("`{text}` and `{}` are both `{key}` in Rust", first.text)
            }
        }
    };
    Diagnostic::new(Code::DuplicateName, name.span, message, "")
        .cause(first.span, "first declared here")
}
