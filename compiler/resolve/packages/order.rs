//! Orders modules by their dependencies, and rejects cycles.

use std::collections::{HashMap, HashSet, VecDeque};

use crate::diagnostic::{Code, Diagnostic};
use crate::model::ModuleId;
use crate::resolve::context::Context;
use crate::resolve::declarations::ModuleKind;
use crate::resolve::graph::{components, is_cycle};
use crate::source::Span;

/// A reference from one module to another.
#[derive(Clone, Copy, Debug)]
pub(super) struct Link {
    pub(super) from: ModuleId,
    pub(super) to: ModuleId,
    /// The path that names it.
    pub(super) span: Span,
    /// Whether it uses the other module's types.
    pub(super) is_type: bool,
}

/// The modules, dependencies first.
#[derive(Debug, Default)]
pub(crate) struct Order {
    /// All of them in order.
    pub(super) modules: Vec<ModuleId>,
    position: Vec<usize>,
    /// For each module, the cycle that it is part of, if any.
    cycles: Vec<Option<usize>>,
    /// For each module, the modules whose types it uses.
    dependencies: Vec<Vec<ModuleId>>,
}

impl Order {
    /// The position of `module` in the order.
    pub(super) fn position(&self, module: ModuleId) -> usize {
        self.position[module.0 as usize]
    }

    /// The modules whose types `module` uses.
    pub(super) fn uses(&self, module: ModuleId) -> impl Iterator<Item = ModuleId> {
        self.dependencies[module.0 as usize].iter().copied()
    }

    /// Whether `a` and `b` depend on each other.
    pub(super) fn is_cyclic(&self, a: ModuleId, b: ModuleId) -> bool {
        let cycle = |module: ModuleId| self.cycles[module.0 as usize];
        cycle(a).is_some() && cycle(a) == cycle(b)
    }
}

/// Orders the modules. Cycles are reported.
pub(super) fn arrange(cx: &mut Context, links: Vec<Link>) -> Order {
    let count = cx.names.declared.modules.len();
    let mut edges = vec![Vec::new(); count];
    let mut order = Order {
        position: vec![0; count],
        cycles: vec![None; count],
        dependencies: vec![Vec::new(); count],
        ..Order::default()
    };
    let mut spans = HashMap::new();
    let mut dependencies = HashSet::new();
    for link in &links {
        let (from, to) = (link.from.0 as usize, link.to.0 as usize);
        // The files of a directory are one module.
        if from == to && cx.names.declared[link.from].outer.is_none() {
            continue;
        }
        edges[from].push(to);
        spans.entry((from, to)).or_insert(link.span);
        if link.is_type && dependencies.insert((from, to)) {
            order.dependencies[from].push(link.to);
        }
    }
    for (index, component) in components(&edges).into_iter().enumerate() {
        if is_cycle(&component, &edges) {
            use_cycle(cx, &component, &edges, &spans);
            for &node in &component {
                order.cycles[node] = Some(index);
            }
        }
        for node in component {
            order.position[node] = order.modules.len();
            order.modules.push(ModuleId(node as u32));
        }
    }
    package_cycles(cx, &links);
    order
}

fn use_cycle(
    cx: &mut Context,
    component: &[usize],
    edges: &[Vec<usize>],
    spans: &HashMap<(usize, usize), Span>,
) {
    let name = |node: usize| cx.names.declared.modules[node].name.text.as_str();
    let (what, help) = match cx.names.declared.modules[component[0]].kind {
        ModuleKind::World(_) => ("world", "leave one of these out"),
        ModuleKind::Root => (
            "module",
            "move what both need into a file that uses neither",
        ),
        _ => (
            "interface",
            "move what both need into an interface that uses neither",
        ),
    };
    let path = shortest_cycle(component[0], component, edges);
    let message = match path.as_slice() {
        [only] => format!("the {what} `{}` uses itself", name(*only)),
        _ => {
            let names: Vec<_> = path
                .iter()
                .chain(&path[..1])
                .map(|node| name(*node))
                .collect();
            format!(
                "the {what} `{}` uses itself: {}",
                name(path[0]),
                names.join(" -> ")
            )
        }
    };
    let steps = path.iter().zip(path.iter().cycle().skip(1));
    let mut places = steps.filter_map(|(from, to)| Some((spans.get(&(*from, *to))?, *to)));
    let Some((first, _)) = places.next() else {
        return;
    };
    let mut diagnostic = Diagnostic::new(Code::UseCycle, *first, message, "");
    for (span, to) in places {
        diagnostic = diagnostic.cause(*span, format!("which uses `{}`", name(to)));
    }
    cx.report(diagnostic.help(help));
}

/// Cycles between packages are rejected even if they go through different interfaces.
fn package_cycles(cx: &mut Context, links: &[Link]) {
    let count = cx.names.packages.list.len();
    let mut edges = vec![Vec::new(); count];
    let mut spans = HashMap::new();
    for link in links {
        let from = cx.names.declared[link.from].package;
        let to = cx.names.declared[link.to].package;
        if from != to {
            edges[from].push(to);
            spans.entry((from, to)).or_insert(link.span);
        }
    }
    for component in components(&edges) {
        if !is_cycle(&component, &edges) {
            continue;
        }
        let path = shortest_cycle(component[0], &component, &edges);
        let name = |package: usize| {
            let package = &cx.names.packages.list[package];
            match &package.path {
                Some(path) => path.clone(),
                None => cx.names.declared[package.root].name.text.clone(),
            }
        };
        let names: Vec<_> = path.iter().chain(&path[..1]).map(|id| name(*id)).collect();
        let message = format!(
            "the package `{}` uses itself: {}",
            names[0],
            names.join(" -> ")
        );
        let steps = path.iter().zip(path.iter().cycle().skip(1));
        let mut places = steps.filter_map(|(from, to)| Some((*spans.get(&(*from, *to))?, *to)));
        let Some((first, _)) = places.next() else {
            continue;
        };
        let mut diagnostic = Diagnostic::new(Code::UseCycle, first, message, "");
        for (span, to) in places {
            diagnostic = diagnostic.cause(span, format!("which uses `{}`", name(to)));
        }
        cx.report(diagnostic.help("move what both need into a package that uses neither"));
    }
}

/// The shortest cycle through `start` in its component.
fn shortest_cycle(start: usize, component: &[usize], edges: &[Vec<usize>]) -> Vec<usize> {
    let mut before: HashMap<usize, usize> = HashMap::new();
    let mut queue = VecDeque::from([start]);
    while let Some(node) = queue.pop_front() {
        for &next in &edges[node] {
            if next == start {
                let mut path = vec![node];
                while let Some(&previous) = before.get(path.last().unwrap_or(&start)) {
                    path.push(previous);
                }
                path.reverse();
                return path;
            }
            if component.binary_search(&next).is_ok() && !before.contains_key(&next) {
                before.insert(next, node);
                queue.push_back(next);
            }
        }
    }
    vec![start]
}
