//! Unions: enums in Rust, with a case for each member type.

use std::collections::BTreeSet;
use std::iter;

use crate::model::{AliasId, Builtin, Interface, Type};
use crate::names::{compound, pascal, rust_identifier};

/// The alias that names a union, and its member types; none if `ty` is not a union.
pub(crate) fn union_of<'t>(
    interface: &'t Interface,
    ty: &'t Type,
) -> Option<(AliasId, &'t [Type])> {
    let &Type::Alias(mut id) = ty else {
        return None;
    };
    loop {
        match &interface[id].ty {
            Type::Alias(next) => id = *next,
            ty => return members(ty).map(|members| (id, members)),
        }
    }
}

/// The member types, if `ty` itself is a union and not an alias of one.
pub(crate) fn members(ty: &Type) -> Option<&[Type]> {
    match ty {
        Type::Builtin(Builtin::Union, arguments) => Some(arguments),
        _ => None,
    }
}

/// The Rust names of the cases of a union of these types: `ListF64` for `list<f64>`.
pub(crate) fn cases(interface: &Interface, members: &[Type]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut free = |name: String| {
        let numbered = (2..).map(|number| compound(&[&name, &number.to_string()], ""));
        let mut names = iter::once(name.clone()).chain(numbered);
        names.find(|name| taken.insert(name.clone()))
    };
    let name = |ty| {
        let name = rust_identifier(words(interface, ty));
        free(name).expect("there is always another number")
    };
    members.iter().map(name).collect()
}

fn words(interface: &Interface, ty: &Type) -> String {
    let compound = |words: &[String]| {
        let words: Vec<_> = words.iter().map(String::as_str).collect();
        compound(&words, "")
    };
    let own = |ty: &Type| words(interface, ty);
    match ty {
        Type::Builtin(builtin, arguments) => {
            let arguments = arguments.iter().map(own);
            compound(
                &iter::once(pascal(builtin.name()))
                    .chain(arguments)
                    .collect::<Vec<_>>(),
            )
        }
        Type::Array { item, length } => {
            compound(&["List".to_owned(), own(item), format!("x{length}")])
        }
        Type::Callback { .. } => "Callback".to_owned(),
        Type::Result { ok, error } => {
            let parts = [ok, error].into_iter().flatten().map(|ty| own(ty));
            compound(
                &iter::once("Result".to_owned())
                    .chain(parts)
                    .collect::<Vec<_>>(),
            )
        }
        _ => {
            let item = ty.definition().unwrap_or_else(|| crate::lower::refused());
            let (_, name) = interface.home(item).expect("a type");
            pascal(&name.text)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_have_the_names_of_their_types() {
        let mut compilation = crate::driver::Compilation::default();
        let text = "record line-end {}\n\
            type key = union<u8, list<map<string, f64>>, list<u8, 4>, line-end, func(), func() -> u8>;";
        compilation.add("key.pyidl", text);
        let interface = compilation.units.remove(0).interface.expect("no errors");
        let members = members(&interface.aliases[0].ty).expect("a union");
        assert_eq!(
            cases(&interface, members),
            [
                "U8",
                "ListMapStringF64",
                "ListU8x4",
                "LineEnd",
                "Callback",
                "Callback2"
            ]
        );
    }
}
