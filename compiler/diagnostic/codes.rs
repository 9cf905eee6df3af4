//! The stable codes of all findings, one line each.
//!
//! E01 characters and tokens, E02 syntax, E03 names and types, E04 rules of the language, E05 files and packages, E06 the TOML
//! form, E07 breaking changes, E09 not generated yet, W01 warnings, W02 advice of `pyidl lint`, W03 harmless changes. Each has a
//! page in `explanations/`, which `pyidl explain` shows.

use super::Severity;

macro_rules! codes {
    ($( $name:ident = $text:literal, $title:literal; )*) => {
        /// A kind of finding.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $( #[doc = $title] $name, )*
        }

        impl Code {
            /// Every code, in order.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The code as displayed: `E0301`.
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$name => $text, )* }
            }

            /// A short description of the kind of finding.
            pub fn title(self) -> &'static str {
                match self { $( Self::$name => $title, )* }
            }

            /// The explanation, with reasons and examples: the text of its file in `explanations/`.
            #[cfg(feature = "tools")]
            pub(super) fn page(self) -> &'static str {
                match self {
                    $( Self::$name => include_str!(concat!("explanations/", $text, ".md")), )*
                }
            }
        }
    };
}

codes! {
    UnexpectedCharacter = "E0101", "a character that no token starts with";
    UnfinishedToken = "E0102", "a string or comment without an end";
    BadEscape = "E0103", "an escape that strings do not have";
    BadNumber = "E0104", "a malformed number";
    ForbiddenCharacter = "E0105", "an invisible or misleading character";
    UnexpectedToken = "E0201", "something else was expected here";
    MissingSeparator = "E0202", "a semicolon or comma is missing";
    WrongSeparator = "E0203", "a semicolon or comma in the wrong place";
    Unclosed = "E0204", "a bracket that is never closed";
    ForeignSyntax = "E0205", "the syntax of another language";
    MisspeltKeyword = "E0206", "a word that is nearly a keyword";
    NameForm = "E0207", "a name that is neither in kebab-case nor in snake_case";
    KeywordAsName = "E0208", "a keyword or builtin type used as a name";
    Misplaced = "E0209", "something that does not belong here";
    TooDeep = "E0210", "too many levels of nesting";
    MissingToken = "E0211", "a sign or keyword is missing";
    ForeignFile = "E0212", "a file in another language";
    MergeConflict = "E0213", "a merge conflict that is not resolved";
    UnknownName = "E0301", "a name that is not declared";
    NotAType = "E0302", "a name that is not a type";
    TypeArguments = "E0303", "wrong type arguments";
    NotAnException = "E0304", "a name that is not an exception";
    UnknownAttribute = "E0305", "an attribute that does not exist";
    AttributeArgument = "E0306", "wrong arguments of an attribute";
    MisplacedAttribute = "E0307", "an attribute that does not apply here";
    UnknownOperator = "E0308", "an operator that does not exist";
    SelfOutsideClass = "E0309", "`self` outside of a class";
    UnknownModule = "E0310", "a package, interface, world or file that does not exist";
    NotAnInterface = "E0311", "a world where an interface is needed, or the other way round";
    Hidden = "E0312", "an item whose feature is disabled";
    DuplicateName = "E0401", "a name declared twice";
    ReservedName = "E0402", "a name that is reserved in Rust or Python";
    PythonName = "E0403", "a name that is invalid in Python";
    NestedOption = "E0405", "an option inside an option";
    RecursiveType = "E0406", "a type that contains itself";
    InheritanceCycle = "E0407", "a definition that is its own base";
    Unhashable = "E0408", "a key that cannot be hashed";
    MisplacedIterator = "E0409", "an iterator inside another type";
    WrongValue = "E0410", "a value of the wrong type";
    ValueOutOfRange = "E0411", "a value outside of the range of its type";
    UnknownMember = "E0412", "a member or field that does not exist";
    MissingField = "E0413", "a record without the value of a field";
    DuplicateKey = "E0414", "a key or field given twice";
    RecursiveDefault = "E0415", "a default that contains itself";
    ParameterOrder = "E0420", "parameters in an order that Python does not have";
    MisplacedReceiver = "E0421", "`mut`, `static` or `class` where it is not allowed";
    WrongSignature = "E0422", "a signature that such a function cannot have";
    GilRelease = "E0424", "Python objects in a function that runs without the GIL";
    EnumValues = "E0425", "values that an enum cannot have";
    EmptyEnum = "E0426", "an enum without members";
    MisplacedBorrow = "E0427", "a borrowed instance where it would have to be kept";
    BadUnion = "E0428", "an invalid union";
    UnreachableOverload = "E0429", "an alternative of an overload that is never called";
    NotABase = "E0430", "something that cannot be extended or implemented";
    WrongOverride = "E0431", "a member that is incompatible with the one that it overrides";
    MissingMember = "E0432", "a class without a member that its protocol asks for";
    UnfitClass = "E0433", "a class that lacks what its attribute needs";
    Gate = "E0440", "a gate that does not fit its package or the gates beside it";
    ExternConflict = "E0441", "two exports or imports of one name";
    UnknownExtern = "E0442", "a renaming of a name that the world does not have";
    BadAccessor = "E0444", "an invalid getter or setter";
    AmbiguousResult = "E0445", "a result whose value looks like its error";
    IncompatibleExports = "E0443", "an interface that a world would need both exported and imported";
    UnknownSetting = "E0501", "a setting of pyidl.toml that does not exist";
    InvalidSetting = "E0502", "a setting of pyidl.toml with a value that it cannot have";
    Unreadable = "E0503", "a file that cannot be read as text";
    TooLarge = "E0504", "a file that is too large";
    DuplicateModule = "E0505", "two interface files for one module";
    UseCycle = "E0506", "an interface or package that uses itself through others";
    PackageMismatch = "E0507", "files of one directory with different packages";
    DuplicatePackage = "E0508", "a package that is declared twice";
    MissingPackage = "E0509", "a WIT package without a name";
    TomlSyntax = "E0601", "a file that is not valid TOML";
    UnknownTomlKey = "E0602", "a key that the TOML form does not have";
    WrongTomlType = "E0603", "a key of the TOML form with a value of the wrong type";
    MissingTomlKey = "E0604", "a table of the TOML form that lacks a key";
    RemovedItem = "E0701", "a definition that was removed";
    ChangedKind = "E0702", "a name that refers to another kind of definition now";
    RenamedInPython = "E0703", "a name that has changed in Python";
    RemovedParameter = "E0704", "a parameter that was removed";
    RequiredParameter = "E0705", "an argument that is required now";
    ParameterPassing = "E0706", "a parameter that cannot be passed as before";
    NarrowedParameter = "E0707", "a parameter that accepts less than before";
    ChangedResult = "E0708", "a result or property with new values";
    ChangedField = "E0709", "a field that was removed, added, moved or given another type";
    ChangedValue = "E0710", "a member or constant with another value or type";
    ChangedBase = "E0711", "a class or exception that no longer has its base";
    ReadonlyProperty = "E0712", "a property that can no longer be written";
    LessOfAClass = "E0713", "a class that can no longer be created, extended or used as before";
    ChangedCall = "E0714", "a function that is called in another way";
    NewRequirement = "E0751", "a definition that has to be implemented now";
    ChangedRustSignature = "E0752", "a signature or type that has changed in Rust";
    NewCase = "E0753", "a new case or member, which a `match` does not handle";
    NewException = "E0754", "an exception that was not raised before";
    NotGeneratedYet = "E0902", "a construct that cannot be generated yet";
    StrayDocumentation = "W0101", "documentation without an item";
    MissingDocs = "W0201", "a public definition without documentation";
    BoolPositional = "W0202", "a `bool` that can be passed by position";
    ShadowsBuiltin = "W0203", "a name that hides one of Python's builtins";
    ShadowsPrelude = "W0204", "a definition that hides a builtin type or exception";
    UnusedUse = "W0205", "a name that is imported and not used";
    WideAny = "W0206", "a type that does not describe its values";
    MixedNaming = "W0207", "names in two spellings in one file";
    ChangedDefault = "W0701", "a default or constant with another value";
}

impl Code {
    /// Whether the syntax tree may lack something of the source if the parser reported this code. For other codes the parser knew
    /// what was meant.
    pub fn leaves_gaps(self) -> bool {
        use Code::{
            ForeignFile, Misplaced, MissingTomlKey, TomlSyntax, TooDeep, Unclosed,
            UnexpectedCharacter, UnexpectedToken, UnfinishedToken, UnknownTomlKey, WrongTomlType,
        };
        matches!(
            self,
            ForeignFile
                | Misplaced
                | MissingTomlKey
                | TomlSyntax
                | TooDeep
                | Unclosed
                | UnexpectedCharacter
                | UnexpectedToken
                | UnfinishedToken
                | UnknownTomlKey
                | WrongTomlType
        )
    }

    /// Errors start with E, warnings with W.
    pub fn severity(self) -> Severity {
        if self.as_str().starts_with('E') {
            Severity::Error
        } else {
            Severity::Warning
        }
    }
}
