//! Default labels and help, for findings without their own. Text that is specific to a finding is written where it is reported.

use super::{Code, Diagnostic};

/// Gives a finding the default label and help of its code if it has none.
pub(super) fn complete(diagnostic: &mut Diagnostic) {
    let Some((_, label, help)) = TABLE.iter().find(|(code, ..)| *code == diagnostic.code) else {
        return;
    };
    if diagnostic.primary.text.is_empty() {
        diagnostic.primary.text = (*label).to_owned();
    }
    if diagnostic.help.is_empty() && !help.is_empty() {
        diagnostic.help.push((*help).to_owned());
    }
}

/// The default label and help of each code.
const TABLE: &[(Code, &str, &str)] = &[
    (Code::ForbiddenCharacter, "stands here", "delete it"),
    (
        Code::UnexpectedToken,
        "not expected",
        "delete it, or write what is expected before it",
    ),
    (Code::Misplaced, "does not belong here", "delete it"),
    (
        Code::UnknownName,
        "not declared",
        "declare it, or correct the name",
    ),
    (
        Code::NotAType,
        "not a type",
        "a type is a builtin one, such as `u32`, or declared by `type`, `record`, `enum`, `class` and the like",
    ),
    (
        Code::TypeArguments,
        "wrong type arguments",
        "type arguments are written as in `list<string>`, `map<string, u32>` or `tuple<u32, f64>`",
    ),
    (
        Code::NotAnException,
        "not an exception",
        "declare one with `exception name;`",
    ),
    (
        Code::AttributeArgument,
        "wrong arguments",
        "`pyidl explain E0306` shows what attributes take",
    ),
    (
        Code::MisplacedAttribute,
        "means nothing here",
        "delete it, or put it before what it is for",
    ),
    (
        Code::UnknownOperator,
        "unknown operator",
        "operators are named after Python's special methods, without underscores: `len`, `getitem`, `add`, `eq`, `repr` and so on",
    ),
    (
        Code::SelfOutsideClass,
        "not in a class",
        "write the name of the type that is meant",
    ),
    (
        Code::UnknownModule,
        "not found",
        "correct the name, or add the file that declares it",
    ),
    (
        Code::NotAnInterface,
        "the wrong kind",
        "name an interface of that package or file instead",
    ),
    (Code::Hidden, "switched off", "switch the feature on"),
    (
        Code::DuplicateName,
        "taken already",
        "give one of them another name, or delete it",
    ),
    (
        Code::ReservedName,
        "reserved",
        "choose another name, or another one in Python only with `@py.name(\"…\")`",
    ),
    (
        Code::PythonName,
        "no name in Python",
        "write letters, digits and `_`, with no digit at the start",
    ),
    (
        Code::RecursiveType,
        "leads back to itself",
        "define one of them by another type",
    ),
    (
        Code::InheritanceCycle,
        "leads back to itself",
        "let one of them extend something else, or nothing",
    ),
    (
        Code::Unhashable,
        "cannot be hashed",
        "use a type that can be hashed, such as `string`, a number or an enum",
    ),
    (
        Code::MisplacedIterator,
        "cannot stand here",
        "write `list<…>`",
    ),
    (
        Code::WrongValue,
        "not such a value",
        "write a value of the type that is asked for",
    ),
    (
        Code::ValueOutOfRange,
        "out of range",
        "write a number in that range, or choose a larger type",
    ),
    (
        Code::UnknownMember,
        "not declared",
        "name one that is declared",
    ),
    (
        Code::MissingField,
        "incomplete",
        "give every field that has no default a value",
    ),
    (Code::DuplicateKey, "given again", "delete one of the two"),
    (
        Code::RecursiveDefault,
        "contains itself",
        "give the field another default, or none",
    ),
    (
        Code::ParameterOrder,
        "at this place",
        "the order is that of Python: parameters, those with defaults, `*` or `*args`, those by keyword only, `**kwargs`",
    ),
    (
        Code::MisplacedReceiver,
        "means nothing here",
        "leave it out",
    ),
    (Code::WrongSignature, "does not fit", ""),
    (
        Code::GilRelease,
        "is Python's",
        "leave out `@gil(release)`, or use types that hold no Python objects",
    ),
    (
        Code::EnumValues,
        "cannot have this value",
        "give each a value of its own, of the type after the name",
    ),
    (Code::EmptyEnum, "nothing in it", "add a member"),
    (Code::BadUnion, "cannot be told apart", "leave it out"),
    (
        Code::UnreachableOverload,
        "never called",
        "put it before the one that takes its calls, or delete it",
    ),
    (
        Code::NotABase,
        "cannot be a base",
        "extend a definition of the same kind: classes extend classes, protocols protocols, exceptions exceptions",
    ),
    (
        Code::WrongOverride,
        "does not fit",
        "make it fit, or give it another name",
    ),
    (
        Code::MissingMember,
        "incomplete",
        "declare the member here, too",
    ),
    (
        Code::UnfitClass,
        "not possible",
        "add what is missing, or leave out the attribute",
    ),
    (
        Code::Gate,
        "does not fit",
        "`pyidl explain E0440` shows how gates are written",
    ),
    (
        Code::ExternConflict,
        "taken already",
        "delete one of them, or give it another name",
    ),
    (
        Code::IncompatibleExports,
        "needed twice",
        "import or export what it depends on in one way only",
    ),
    (
        Code::UseCycle,
        "leads back to itself",
        "move what they share into an interface of its own",
    ),
    (
        Code::DuplicatePackage,
        "declared again",
        "give one of them another name",
    ),
    (
        Code::MissingPackage,
        "no `package` line",
        "write `package namespace:name;` at the top of one file",
    ),
    (
        Code::TomlSyntax,
        "not TOML",
        "write a table for the inner part",
    ),
    (
        Code::WrongTomlType,
        "the wrong type",
        "idl/TOML.md shows how each part is written",
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_stand_once_and_in_order() {
        assert!(TABLE.is_sorted_by(|a, b| a.0 < b.0));
    }
}
