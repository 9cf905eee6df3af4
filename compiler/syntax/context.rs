//! Where items stand, and which are allowed there.

use super::token::Keyword;

/// The construct that contains an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Context {
    /// At the top level.
    File,
    /// `package a:b { … }`
    Package,
    /// `interface a { … }`
    Interface,
    /// `import a from "a" { … }`
    Import,
    /// `world a { … }`
    World,
    /// `class a { … }`
    Class,
    /// `protocol a { … }`
    Protocol,
    /// `overload { … }` of methods
    MethodOverload,
    /// `overload { … }` of functions
    Overload,
}

impl Context {
    /// As in "… cannot stand in a class".
    pub(crate) fn describe(self) -> &'static str {
        match self {
            Self::File => "a file",
            Self::Package => "a package",
            Self::Interface => "an interface",
            Self::Import => "an import",
            Self::World => "a world",
            Self::Class => "a class",
            Self::Protocol => "a protocol",
            Self::MethodOverload | Self::Overload => "an overload",
        }
    }

    /// The keywords of the items that are allowed here.
    pub(crate) fn keywords(self) -> impl Iterator<Item = Keyword> {
        Keyword::ALL
            .iter()
            .copied()
            .filter(move |&keyword| self.allows(keyword))
    }

    /// Whether an item that starts with `keyword` is allowed here.
    pub(crate) fn allows(self, keyword: Keyword) -> bool {
        use Keyword::{
            Const, Constructor, Export, Import, Include, Interface, Operator, Package, Property,
            Readonly, Use, World,
        };
        let is_type = keyword.declares_type();
        match self {
            Self::File => {
                is_type || matches!(keyword, Const | Use | Interface | World | Import | Package)
            }
            Self::Package => matches!(keyword, Use | Interface | World),
            Self::Interface | Self::Import => is_type || matches!(keyword, Const | Use),
            Self::World => is_type || matches!(keyword, Const | Use | Import | Export | Include),
            Self::MethodOverload | Self::Overload => false,
            Self::Class | Self::Protocol => {
                matches!(
                    keyword,
                    Const | Constructor | Property | Readonly | Operator
                )
            }
        }
    }

    /// Whether functions are allowed here.
    pub(crate) fn allows_functions(self) -> bool {
        !matches!(self, Self::Package | Self::World)
    }

    /// Whether functions here are methods.
    pub(crate) fn has_methods(self) -> bool {
        matches!(self, Self::Class | Self::Protocol | Self::MethodOverload)
    }
}
