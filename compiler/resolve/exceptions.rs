//! Exceptions: their bases and fields.

use super::context::{Context, Define, Typed};
use super::docs::docs_with;
use super::graph::{components, is_cycle};
use super::inheritance::Exceptions;
use super::lookup::{Names, Where};
use super::namespaces::{Casing, Distinct};
use super::prelude::{BuiltinException, prelude};
use super::records::{self, complete_field};
use super::{bases, literals, paths};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Exception, ExceptionId, Interface, Name, Type};
use crate::names;
use crate::source::Span;

/// Resolves the bases of all declared exceptions, and the types of their fields.
pub(super) fn resolve(cx: &mut Context) -> Exceptions {
    let mut exceptions = Exceptions::default();
    for exception in &cx.names.declared.exceptions {
        let ast = exception.ast;
        let at = Where::module(exception.module);
        let base = match &ast.base {
            Some(path) => paths::exception(cx, at, path, "extends"),
            None => prelude()
                .exception("exception")
                .map(|index| cx.names.builtin_exception(index)),
        };
        exceptions.bases.push(base);
        let types = records::field_types(cx, at, &ast.fields);
        exceptions.fields.push(types);
        let names = ast.fields.iter();
        let names = names.map(|field| names::snake(&field.name.text));
        exceptions.attributes.push(names.collect());
    }
    refuse_cycles(cx, &mut exceptions);
    exceptions
}

/// Reports exceptions that extend themselves.
fn refuse_cycles(cx: &mut Context, exceptions: &mut Exceptions) {
    let declared = &cx.names.declared.exceptions;
    let index = |id: &ExceptionId| Some(id.0 as usize).filter(|index| *index < declared.len());
    let bases = exceptions.bases.iter();
    let edges: Vec<Vec<usize>> = bases
        .map(|base| base.iter().filter_map(index).collect())
        .collect();
    for cycle in components(&edges) {
        if is_cycle(&cycle, &edges) {
            let places = cycle.iter().map(|&index| {
                let exception = &declared[index];
                (&exception.name, exception.ast.base.as_ref())
            });
            bases::report_cycle(cx, "exception", places.collect());
            for index in cycle {
                exceptions.bases[index] = None;
            }
        }
    }
}

/// All builtin exceptions, in the order of their ids.
pub(super) fn builtin_exceptions(names: &Names) -> Vec<Exception> {
    let exception = |builtin: &BuiltinException| Exception {
        name: Name {
            text: builtin.name.clone(),
            python: Some(builtin.python.clone()),
            span: Span::default(),
        },
        module: Interface::ROOT,
        deprecated: None,
        docs: builtin.docs.clone(),
        builtin: true,
        base: builtin.base.map(|base| names.builtin_exception(base)),
        fields: Vec::new(),
    };
    prelude().exceptions.iter().map(exception).collect()
}

/// A declared exception with its fields; none if an error was already reported.
pub(super) fn exception(cx: &mut Define, id: ExceptionId) -> Option<Exception> {
    let index = id.0 as usize;
    let exception = &cx.names.declared.exceptions[index];
    let at = Where::module(exception.module);
    let mut names = Distinct::default();
    let mut fields = Vec::new();
    for (position, field) in exception.ast.fields.iter().enumerate() {
        let (name, docs) = records::field_name(cx, at, field, &mut names);
        let spellings = [Casing::VALUE.python(&name), names::snake(&field.name.text)];
        if let Some((taken, owner)) = spellings
            .iter()
            .find_map(|name| Some((name, inherited(cx, id, name)?)))
        {
            let message = format!("`{taken}` is an attribute of {owner} already");
            cx.error(
                Code::ReservedName,
                name.span,
                message,
                "choose another name",
            );
        }
        let ty = cx.types.exceptions.fields[index][position].clone();
        let default = match (&field.default, &ty) {
            (Some(literal), Some(ty)) => literals::value_of(cx, at, literal, ty),
            _ => None,
        };
        fields.push(complete_field(name, docs, ty, field, default));
    }
    let deprecated = exception.attributes.deprecated.clone();
    Some(Exception {
        name: exception.name.clone(),
        module: exception.module,
        docs: docs_with(exception.meta, deprecated.as_ref()),
        deprecated,
        builtin: false,
        base: Some(cx.types.exceptions.base(id)?),
        fields: fields.into_iter().collect::<Option<_>>()?,
    })
}

/// The exception from which `id` inherits an attribute `name` that the interface does not declare.
fn inherited(cx: &Define, id: ExceptionId, name: &str) -> Option<String> {
    if name == "message" {
        return Some("all exceptions".to_owned());
    }
    let declared = cx.names.declared.exceptions.len();
    let mut base = cx.types.exceptions.base(id);
    while let Some(id) = base {
        let index = id.0 as usize;
        if let Some(builtin) = index.checked_sub(declared) {
            return builtin_attribute(builtin, name);
        }
        if cx.types.exceptions.attributes[index]
            .iter()
            .any(|attribute| attribute == name)
        {
            return Some(format!(
                "`{}`",
                cx.names.declared.exceptions[index].name.text
            ));
        }
        base = cx.types.exceptions.base(id);
    }
    None
}

/// The exception of the prelude, `index` or one of its bases, whose Python class has an attribute `name`.
fn builtin_attribute(index: usize, name: &str) -> Option<String> {
    let mut next = Some(index);
    while let Some(index) = next {
        let exception = &prelude().exceptions[index];
        if exception
            .attributes
            .iter()
            .any(|attribute| attribute == name)
        {
            return Some(format!("`{}`", exception.name));
        }
        next = exception.base;
    }
    None
}

/// Reports exceptions that contain themselves: as the error of a result in a field.
pub(super) fn refuse_in_themselves(cx: &mut Typed) {
    let declared = cx.names.declared.exceptions.len();
    if declared == 0 {
        return;
    }
    let held = |ty: Option<&Type>, nodes: &mut Vec<usize>| {
        let mut open: Vec<&Type> = ty.into_iter().collect();
        while let Some(ty) = open.pop() {
            nodes.extend(match ty {
                Type::Exception(id) => Some(id.0 as usize).filter(|id| *id < declared),
                _ => cx.types.table.node(ty).map(|node| declared + node),
            });
            open.extend(ty.parts());
        }
    };
    let mut edges: Vec<Vec<usize>> = vec![Vec::new(); declared + cx.types.table.nodes()];
    for index in 0..declared {
        let mut ancestor = Some(ExceptionId(index as u32));
        // Fields are inherited, and in Rust an exception with subclasses is an enum of them.
        while let Some(id) = ancestor.filter(|id| (id.0 as usize) < declared) {
            let fields = &cx.types.exceptions.fields[id.0 as usize];
            fields
                .iter()
                .for_each(|ty| held(ty.as_ref(), &mut edges[index]));
            ancestor = cx.types.exceptions.base(id);
        }
        let base = cx.types.exceptions.base(ExceptionId(index as u32));
        if let Some(base) = base.filter(|base| (base.0 as usize) < declared) {
            edges[base.0 as usize].push(index);
        }
    }
    for node in 0..cx.types.table.nodes() {
        let parts = cx.types.table.types(node);
        parts.for_each(|ty| held(ty, &mut edges[declared + node]));
    }
    let cycles = components(&edges);
    for cycle in cycles.into_iter().filter(|cycle| is_cycle(cycle, &edges)) {
        let Some(first) = cycle.iter().copied().filter(|node| *node < declared).min() else {
            continue;
        };
        let name = &cx.names.declared.exceptions[first].name;
        let message = format!("the exception `{}` contains itself", name.text);
        let label = "one of its fields holds a `result` that fails with it";
        cx.report(
            Diagnostic::new(Code::RecursiveType, name.span, message, label)
                .help("keep what the other one says instead, such as its message: `string`"),
        );
    }
}
