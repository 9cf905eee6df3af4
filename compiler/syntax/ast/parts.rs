//! The parts of an item that can have documentation of their own.

use super::{
    Alternative, Case, Enumeration, Extern, ExternKind, Field, FunctionBody, Item, ItemKind, Member,
};

macro_rules! parts {
    ($part:ident, $method:ident, $iter:ident, $( $mutable:tt )?) => {
        /// A part of an item that can have documentation of its own.
        #[derive(Debug)]
        pub enum $part<'a> {
            /// An item of a module, class or protocol.
            Item(&'a $( $mutable )? Item),
            /// A field of a record or exception.
            Field(&'a $( $mutable )? Field),
            /// A case of a variant. It may have fields.
            Case(&'a $( $mutable )? Case),
            /// A member of an enum, or a flag.
            Member(&'a $( $mutable )? Member),
            /// An alternative of an overload.
            Alternative(&'a $( $mutable )? Alternative),
        }

        impl ItemKind {
            /// The parts of this item, in source order.
            pub fn $method(&$( $mutable )? self) -> Vec<$part<'_>> {
                match self {
                    Self::NestedPackage(super::NestedPackage { items, .. })
                    | Self::Interface(super::Interface { items, .. })
                    | Self::World(super::World { items, .. })
                    | Self::ImportBlock(super::ImportBlock { items, .. })
                    | Self::Class(super::Class { items, .. })
                    | Self::Protocol(super::Protocol { items, .. })
                    | Self::Extern(Extern {
                        kind: ExternKind::Interface(items),
                        ..
                    }) => items.$iter().map($part::Item).collect(),
                    Self::Record(super::Record { fields, .. })
                    | Self::Exception(super::Exception { fields, .. }) => {
                        fields.$iter().map($part::Field).collect()
                    }
                    Self::Variant(super::Variant { cases, .. }) => {
                        cases.$iter().map($part::Case).collect()
                    }
                    Self::Enum(Enumeration { members, .. })
                    | Self::Flags(Enumeration { members, .. }) => {
                        members.$iter().map($part::Member).collect()
                    }
                    Self::Function(super::Function { body, .. })
                    | Self::Operator(super::Operator { body, .. })
                    | Self::Constructor(super::Constructor { body }) => match body {
                        FunctionBody::Overload(alternatives) => {
                            alternatives.$iter().map($part::Alternative).collect()
                        }
                        FunctionBody::Signature(_) => Vec::new(),
                    },
                    Self::Extern(_)
                    | Self::Use(_)
                    | Self::UseNames(_)
                    | Self::Include(_)
                    | Self::Alias(_)
                    | Self::Const(_)
                    | Self::Property(_) => Vec::new(),
                }
            }
        }
    };
}

parts!(Part, parts, iter,);
parts!(PartMut, parts_mut, iter_mut, mut);
