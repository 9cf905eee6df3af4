//! What follows from all definitions together: what values of each type can contain, and which exceptions extend which. It is
//! computed once for an interface, since the definitions may form long chains.

use crate::lower::types::{Has, builtin_of, row_of};
use crate::model::{
    AliasId, Builtin, ExceptionId, Field, Interface, Payload, RecordId, Type, VariantId,
};
use crate::resolve::graph::{components, is_cycle};

/// An interface, and what follows from its definitions.
pub(crate) struct Analysis<'i> {
    pub(crate) interface: &'i Interface,
    /// For each exception, those of the interface that directly extend it.
    subclasses: Vec<Vec<ExceptionId>>,
    /// For each node, what its values can contain.
    contents: Vec<Contents>,
    /// For each node, the number of its strongly connected component. Nodes of one component contain each other.
    components: Vec<usize>,
}

/// What values of a type can contain, at any depth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Contents {
    /// Instances of classes.
    pub(crate) instance: bool,
    /// Instances in a record, variant or union, which Rust can only read with the interpreter's help.
    pub(crate) shared_instance: bool,
    /// Records or variants that can contain others of the same type.
    pub(crate) recursive: bool,
    /// Something that Python code can change, and thus make part of a cycle of objects.
    pub(crate) mutable: bool,
    /// Something that is not `Copy` in Rust.
    pub(crate) not_copy: bool,
    /// Something that is not `Eq` in Rust.
    pub(crate) not_eq: bool,
    /// Something that is not `Hash` in Rust.
    pub(crate) not_hash: bool,
}

/// Python objects of whose contents nothing is known.
const OPAQUE: Contents = Contents {
    instance: false,
    shared_instance: false,
    recursive: false,
    mutable: true,
    not_copy: true,
    not_eq: true,
    not_hash: true,
};

/// A definition, or one direction from an exception: what it inherits, or what those that extend it add.
#[derive(Clone, Copy)]
enum Node {
    Record(RecordId),
    Variant(VariantId),
    Alias(AliasId),
    Inherited(ExceptionId),
    Extended(ExceptionId),
}

impl Contents {
    pub(crate) fn and(self, other: Self) -> Self {
        Self {
            instance: self.instance || other.instance,
            shared_instance: self.shared_instance || other.shared_instance,
            recursive: self.recursive || other.recursive,
            mutable: self.mutable || other.mutable,
            not_copy: self.not_copy || other.not_copy,
            not_eq: self.not_eq || other.not_eq,
            not_hash: self.not_hash || other.not_hash,
        }
    }

    /// That of several values together.
    pub(crate) fn all(each: impl IntoIterator<Item = Self>) -> Self {
        each.into_iter().fold(Self::default(), Self::and)
    }
}

impl<'i> Analysis<'i> {
    pub(crate) fn new(interface: &'i Interface) -> Self {
        let nodes = nodes(interface);
        let mut all = Self {
            interface,
            subclasses: subclasses(interface),
            contents: vec![Contents::default(); nodes.len()],
            components: vec![0; nodes.len()],
        };
        let edges = nodes.iter().map(|&node| all.edges(node));
        let edges: Vec<_> = edges.collect();
        for (number, component) in components(&edges).into_iter().enumerate() {
            let inside = component.iter().map(|&index| all.inside(nodes[index]));
            let contents = Contents {
                recursive: is_cycle(&component, &edges),
                ..Contents::default()
            };
            let contents = contents.and(Contents::all(inside));
            for index in component {
                all.contents[index] = contents;
                all.components[index] = number;
            }
        }
        all
    }

    /// The exceptions of the interface that directly extend `id`.
    pub(crate) fn subclasses(&self, id: ExceptionId) -> &[ExceptionId] {
        &self.subclasses[id.0 as usize]
    }

    /// An exception and all that extend it, directly or not; each comes before those that extend it.
    pub(crate) fn descendants(&self, id: ExceptionId) -> Vec<ExceptionId> {
        let mut all = Vec::new();
        let mut open = vec![id];
        while let Some(id) = open.pop() {
            all.push(id);
            open.extend(self.subclasses(id).iter().rev());
        }
        all
    }

    /// Whether values of `ty`, the type of a field of the record or variant `owner`, can contain values of `owner`.
    pub(crate) fn leads_back(&self, ty: &Type, owner: &Type) -> bool {
        let component = |node| self.components[index(self.interface, node)];
        let owners = nodes_in(owner);
        let mut inside = nodes_in(ty).into_iter();
        inside.any(|node| owners.iter().any(|&own| component(own) == component(node)))
    }

    /// What values of `ty` can contain.
    pub(crate) fn contents(&self, ty: &Type) -> Contents {
        match ty {
            Type::Record(id) => compound(self.known(Node::Record(*id))),
            Type::Variant(id) => compound(self.known(Node::Variant(*id))),
            Type::Alias(id) => self.known(Node::Alias(*id)),
            // Python code can assign any attribute of an exception.
            Type::Enum(id) => Contents {
                mutable: self.interface[*id].error,
                ..Contents::default()
            },
            Type::Flags(_) => Contents::default(),
            Type::Class(_) => Contents {
                instance: true,
                ..OPAQUE
            },
            Type::Exception(id) => compound(Contents {
                instance: self.known(Node::Inherited(*id)).instance
                    || self.known(Node::Extended(*id)).instance,
                ..OPAQUE
            }),
            // What it is called with is not part of it.
            Type::Callback { .. } => Contents {
                recursive: self.parts(ty.parts()).recursive,
                ..OPAQUE
            },
            Type::Array { item, .. } => Contents {
                // `list<u8>` is immutable `bytes`; any other list is a Python `list`.
                mutable: !self.interface.is_byte(item),
                ..self.parts(ty.parts())
            },
            Type::Result { .. } => Contents {
                mutable: true,
                ..self.parts(ty.parts())
            },
            Type::View { .. } | Type::Protocol(_) => OPAQUE.and(self.parts(ty.parts())),
            Type::Builtin(builtin, _) => {
                let contents = self.builtin(ty);
                match builtin {
                    Builtin::Union => compound(contents),
                    _ => contents,
                }
            }
        }
    }

    fn builtin(&self, ty: &Type) -> Contents {
        // `check` asks about types that it is going to reject, which have no row.
        let found = builtin_of(self.interface, ty);
        let Some((Some(row), arguments)) = found.map(|(it, arguments)| (row_of(it), arguments))
        else {
            return OPAQUE.and(self.parts(ty.parts()));
        };
        let own = Contents {
            mutable: row.is_object || row.is_mutable,
            not_copy: row.copy == Has::Never,
            not_eq: row.eq == Has::Never,
            not_hash: row.hash == Has::Never,
            ..Contents::default()
        };
        own.and(self.parts(arguments))
    }

    fn parts<'t>(&self, types: impl IntoIterator<Item = &'t Type>) -> Contents {
        Contents::all(types.into_iter().map(|ty| self.contents(ty)))
    }

    fn known(&self, node: Node) -> Contents {
        self.contents[index(self.interface, node)]
    }

    /// What values of a node can contain, as far as that is known of the nodes that it leads to.
    fn inside(&self, node: Node) -> Contents {
        let beyond = self.beyond(node).into_iter().map(|node| self.known(node));
        let own = Contents {
            mutable: matches!(node, Node::Variant(id) if self.interface[id].error),
            ..Contents::all(beyond)
        };
        own.and(self.parts(types(self.interface, node)))
    }

    /// The exceptions next to a node, in its direction.
    fn beyond(&self, node: Node) -> Vec<Node> {
        match node {
            Node::Inherited(id) => {
                let base = self.interface[id].base;
                base.map(Node::Inherited).into_iter().collect()
            }
            Node::Extended(id) => {
                let subclasses = self.subclasses(id).iter();
                subclasses.map(|&id| Node::Extended(id)).collect()
            }
            Node::Record(_) | Node::Variant(_) | Node::Alias(_) => Vec::new(),
        }
    }

    fn edges(&self, node: Node) -> Vec<usize> {
        let inside = types(self.interface, node).into_iter().flat_map(nodes_in);
        let all = inside.chain(self.beyond(node));
        all.map(|node| index(self.interface, node)).collect()
    }
}

/// The types that a node directly consists of.
fn types(interface: &Interface, node: Node) -> Vec<&Type> {
    fn fields(fields: &[Field]) -> Vec<&Type> {
        fields.iter().map(|field| &field.ty).collect()
    }
    match node {
        Node::Record(id) => fields(&interface[id].fields),
        Node::Variant(id) => {
            let payloads = interface[id].cases.iter().map(|case| match &case.payload {
                Payload::None => Vec::new(),
                Payload::Tuple(types) => types.iter().collect(),
                Payload::Fields(all) => fields(all),
            });
            payloads.flatten().collect()
        }
        Node::Alias(id) => vec![&interface[id].ty],
        Node::Inherited(id) | Node::Extended(id) => fields(&interface[id].fields),
    }
}

/// Records, variants, exceptions and unions share the instances in them.
fn compound(contents: Contents) -> Contents {
    Contents {
        shared_instance: contents.instance,
        ..contents
    }
}

fn nodes(interface: &Interface) -> Vec<Node> {
    let exceptions = 0..interface.exceptions.len() as u32;
    let records = (0..interface.records.len() as u32).map(|id| Node::Record(RecordId(id)));
    records
        .chain((0..interface.variants.len() as u32).map(|id| Node::Variant(VariantId(id))))
        .chain((0..interface.aliases.len() as u32).map(|id| Node::Alias(AliasId(id))))
        .chain(
            exceptions
                .clone()
                .map(|id| Node::Inherited(ExceptionId(id))),
        )
        .chain(exceptions.map(|id| Node::Extended(ExceptionId(id))))
        .collect()
}

/// The index of a node in [`nodes`].
fn index(interface: &Interface, node: Node) -> usize {
    let variants = interface.records.len();
    let aliases = variants + interface.variants.len();
    let inherited = aliases + interface.aliases.len();
    match node {
        Node::Record(id) => id.0 as usize,
        Node::Variant(id) => variants + id.0 as usize,
        Node::Alias(id) => aliases + id.0 as usize,
        Node::Inherited(id) => inherited + id.0 as usize,
        Node::Extended(id) => inherited + interface.exceptions.len() + id.0 as usize,
    }
}

/// The nodes that a type names.
fn nodes_in(ty: &Type) -> Vec<Node> {
    match ty {
        Type::Record(id) => vec![Node::Record(*id)],
        Type::Variant(id) => vec![Node::Variant(*id)],
        Type::Alias(id) => vec![Node::Alias(*id)],
        Type::Exception(id) => vec![Node::Inherited(*id), Node::Extended(*id)],
        _ => ty.parts().into_iter().flat_map(nodes_in).collect(),
    }
}

fn subclasses(interface: &Interface) -> Vec<Vec<ExceptionId>> {
    let mut all = vec![Vec::new(); interface.exceptions.len()];
    for (id, exception) in (0..).map(ExceptionId).zip(&interface.exceptions) {
        if let Some(base) = exception.base.filter(|_| !exception.builtin) {
            all[base.0 as usize].push(id);
        }
    }
    all
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::*;
    use crate::model::ItemId;

    fn interface(text: &str) -> Interface {
        let mut compilation = crate::driver::Compilation::default();
        compilation.add("sample.pyidl", text);
        compilation.units.remove(0).interface.expect("no errors")
    }

    #[test]
    fn contents_are_those_of_everything_that_can_be_reached() {
        let interface = interface(
            "class track; record leaf { x: f64 } record lap { on: track } type laps = list<lap>;\n\
             variant tree { end, node(list<tree>) } record forest { trees: tree, first: leaf }\n\
             exception lost { x: u8 } exception found extends lost { lap: lap }\n\
             type outcome = result<u8, lost>;",
        );
        let analysis = Analysis::new(&interface);
        let of = |name: &str| {
            let items = interface.root().items.iter();
            let mut named = items.filter(|&&item| {
                let home = interface.home(item);
                home.is_some_and(|(_, own)| own.text == name)
            });
            analysis.contents(&match named.next().expect("it is declared") {
                ItemId::Record(id) => Type::Record(*id),
                ItemId::Alias(id) => Type::Alias(*id),
                item => unreachable!("{item:?}"),
            })
        };
        let not_eq = Contents {
            not_eq: true,
            not_hash: true,
            ..Contents::default()
        };
        assert_eq!(of("leaf"), not_eq);
        let instances = Contents {
            instance: true,
            shared_instance: true,
            ..OPAQUE
        };
        assert_eq!(of("lap"), instances);
        assert_eq!(of("laps"), instances);
        let recursive = Contents {
            recursive: true,
            mutable: true,
            not_copy: true,
            ..not_eq
        };
        assert_eq!(of("forest"), recursive);
        // An exception that extends `lost` holds a lap.
        assert_eq!(of("outcome"), instances);
    }

    #[test]
    fn only_fields_that_lead_back_are_recursive() {
        let interface = interface(
            "record a { b: option<list<b>>, c: c } record b { a: list<a> } record c { x: u8 }",
        );
        let analysis = Analysis::new(&interface);
        let fields = &interface.records[0].fields;
        let owner = Type::Record(RecordId(0));
        assert!(analysis.leads_back(&fields[0].ty, &owner));
        assert!(!analysis.leads_back(&fields[1].ty, &owner));
    }

    #[test]
    fn long_chains_are_followed_once() {
        let length = 5_000;
        let mut text = "exception e0 { x: list<u32> } record r0 { x: list<u32> }".to_owned();
        for number in 1..length {
            let last = number - 1;
            let exception = format!("exception e{number} extends e{last} {{}}");
            writeln!(text, "{exception} record r{number} {{ next: r{last} }}").expect("a string");
        }
        let interface = interface(&text);
        let analysis = Analysis::new(&interface);
        let last = Type::Record(RecordId(length - 1));
        assert!(analysis.contents(&last).mutable);
        assert_eq!(analysis.descendants(ExceptionId(0)).len(), length as usize);
    }
}
