//! Guesses what was meant: nearest spellings, other cases, other languages' types.

use crate::names;

/// The candidate that `word` is most likely a misspelling of. If several are equally near, the first is chosen.
///
/// Case and the choice between `-` and `_` do not count; a third of the letters may be wrong, and one in short words.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let word_as_typed = word;
    let word = fold(word);
    let limit = (word.len() / 3).clamp(1, 3);
    candidates
        .into_iter()
        .filter_map(|candidate| {
            let folded = fold(candidate);
            let near =
                folded.len().abs_diff(word.len()) <= limit && !(word.len() <= 2 && folded != word);
            let distance = if near {
                distance(&word, &folded)
            } else {
                usize::MAX
            };
            (distance <= limit && candidate != word_as_typed).then_some((distance, candidate))
        })
        // Candidates can be in any order. If two are equally near, the shorter one is suggested.
        .min_by_key(|&(distance, candidate)| (distance, candidate.len(), candidate))
        .map(|(_, candidate)| candidate)
}

fn fold(word: &str) -> Vec<char> {
    // Longer words are not compared: the time grows with the product of the lengths.
    word.chars()
        .take(64)
        .map(|c| {
            if c == '_' {
                '-'
            } else {
                c.to_ascii_lowercase()
            }
        })
        .collect()
}

/// The number of insertions, deletions, replacements and swaps of neighbours that turn `a` into `b` (optimal string alignment).
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before = vec![0; b.len() + 1];
    let mut above: Vec<usize> = (0..=b.len()).collect();
    for i in 1..=a.len() {
        let mut row = vec![i; b.len() + 1];
        for j in 1..=b.len() {
            let same = usize::from(a[i - 1] != b[j - 1]);
            row[j] = (above[j] + 1).min(row[j - 1] + 1).min(above[j - 1] + same);
            if i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        before = std::mem::replace(&mut above, row);
    }
    above[b.len()]
}

/// The words of a name in any case, in kebab-case: `HTTPServer` and `http_server` are `http-server`.
pub fn kebab_case(name: &str) -> String {
    names::kebab(name)
}

/// Whether `name` denotes the absence of a value in another language: `None`, `void`. In pyidl a result is left out.
pub fn is_nothing(name: &str) -> bool {
    matches!(
        name,
        "None" | "NoneType" | "NoReturn" | "void" | "Void" | "unit" | "Unit" | "nil" | "null"
    )
}

/// The pyidl type that corresponds to another language's type, with parameters: `Vec` is `list<…>`. `None` for unknown names.
pub fn foreign_type(name: &str) -> Option<&'static str> {
    let pyidl = match name {
        "str" | "String" | "Str" | "Text" | "text" | "unicode" | "AnyStr" | "LiteralString"
        | "cstring" | "varchar" => "string",
        "boolean" | "Bool" | "Boolean" | "bool_" => "bool",
        "int8" | "i8" | "int8_t" | "sbyte" | "Int8" => "s8",
        "int16" | "i16" | "int16_t" | "short" | "Int16" => "s16",
        "int32" | "i32" | "int32_t" | "Int32" | "int4" => "s32",
        "int64" | "i64" | "int64_t" | "isize" | "long" | "ssize_t" | "Int64" => "s64",
        "int128" | "i128" | "Int128" => "s128",
        "byte" | "uint8" | "uint8_t" | "uchar" | "UInt8" => "u8",
        "uint16" | "uint16_t" | "ushort" | "UInt16" => "u16",
        "uint" | "uint32" | "uint32_t" | "UInt32" | "unsigned" => "u32",
        "uint64" | "uint64_t" | "usize" | "ulong" | "size_t" | "UInt64" => "u64",
        "uint128" | "UInt128" => "u128",
        "Int" | "integer" | "Integer" | "bigint" | "BigInt" | "Long" => "int",
        "float32" | "f16" | "single" | "Float32" => "f32",
        "float" | "float64" | "double" | "Float" | "Float64" | "Double" | "number" | "Number" => {
            "f64"
        }
        "Char" | "rune" => "char",
        "Bytes" | "bytearray" | "ByteString" | "Buffer" | "blob" | "memoryview" => "bytes",
        "Path" | "PathBuf" | "PathLike" | "OsStr" | "OsString" => "path",
        "Vec" | "List" | "Sequence" | "MutableSequence" | "Array" | "array" | "vec" | "vector"
        | "sequence" | "Slice" | "VecDeque" | "Collection" => "list<…>",
        "Optional" | "optional" | "Option" | "Maybe" | "maybe" | "Nullable" | "nullable" => {
            "option<…>"
        }
        "Tuple" | "Pair" | "pair" => "tuple<…>",
        "Dict" | "dict" | "HashMap" | "BTreeMap" | "IndexMap" | "Mapping" | "MutableMapping"
        | "Map" | "hashmap" | "dictionary" | "DefaultDict" | "OrderedDict" => "map<…, …>",
        "Set" | "HashSet" | "BTreeSet" | "FrozenSet" | "AbstractSet" | "MutableSet"
        | "IndexSet" => "set<…>",
        "Result" | "PyResult" | "Expected" | "expected" | "Either" => "result<…, …>",
        "Callable" | "callable" | "Fn" | "FnMut" | "FnOnce" | "Function" | "function" | "fn"
        | "callback" => "func(…) -> …",
        "Iterator" | "Iter" | "Generator" => "iterator<…>",
        "Iterable" | "IntoIterator" => "iterable<…>",
        "AsyncIterator" | "AsyncIterable" | "AsyncGenerator" | "Stream" => "stream<…>",
        "Awaitable" | "Coroutine" | "Future" | "Promise" => "future<…>",
        "Any" | "object" | "Object" | "PyObject" | "PyAny" | "Py" | "dynamic" | "unknown" => "any",
        "Union" => "union<…>",
        "Decimal" => "decimal",
        "UUID" | "Uuid" => "uuid",
        "DateTime" | "timestamp" | "Timestamp" => "datetime",
        "Duration" | "timedelta" | "TimeDelta" => "duration",
        "Self" => "self",
        _ => return None,
    };
    Some(pyidl)
}

/// The replacement for an attribute or decorator of another language.
pub fn foreign_attribute(name: &str) -> Option<&'static str> {
    Some(match name {
        "final" | "sealed" => "leave it out: Python can extend only classes with `@open`",
        "subclass" | "subclassable" | "inheritable" | "virtual" => "write `@open`",
        "staticmethod" | "static" => "write `name: static func(…);` in a class",
        "classmethod" => "write `name: class func(…);` in a class",
        "property" | "cached_property" | "getter" | "get" | "setter" | "deleter" | "set" => {
            "write `property name: type;` or `readonly property name: type;` in a class"
        }
        "new" | "init" | "constructor" => "write `constructor(…);` in a class",
        "dataclass" | "frozen" | "immutable" => "leave it out: a record is a frozen data class",
        "namedtuple" | "NamedTuple" => "write `@py.record(named-tuple)`",
        "typeddict" | "TypedDict" => "write `@py.record(typed-dict)`",
        "overload" => "write `name: overload { a: func(…); b: func(…); }`",
        "override" => "leave it out: a method of the same name overrides the other",
        "total_ordering" => "write `operator lt: func(…) -> bool;` and the like in the class",
        "unique" => "leave it out",
        "abstractmethod" | "abstract" | "runtime_checkable" => {
            "declare a `protocol` for what others implement"
        }
        "throws" | "raises" | "throw" => "write `raises value-error` after the result",
        "async" | "coroutine" => "write `async func`",
        "contextmanager" | "context_manager" => "write `@context-manager(close)`",
        "nogil" | "allow_threads" | "detach" => "write `@gil(release)`",
        "name" | "rename" | "pyo3.name" | "python.name" => "write `@py.name(\"…\")`",
        "doc" | "docs" | "description" => "write documentation after `///`",
        "error" | "display" | "msg" => "write `@message(\"…\")` before the case",
        "optional" | "nullable" => "write `option<…>` as the type",
        "default" => "write `= …` after the type",
        "pyclass" | "pyfunction" | "pymethods" | "export" | "wasm_bindgen" => {
            "leave it out: all that the file declares is exported"
        }
        _ => return None,
    })
}

/// Does the same as [`foreign_type`], except for words that are also common names for user-defined types, such as `text`.
pub fn certainly_foreign_type(name: &str) -> Option<&'static str> {
    const WORDS: &[&str] = &[
        "array",
        "blob",
        "byte",
        "callback",
        "dictionary",
        "expected",
        "function",
        "hashmap",
        "maybe",
        "number",
        "pair",
        "rune",
        "sequence",
        "single",
        "text",
        "timestamp",
        "unknown",
        "vec",
        "vector",
    ];
    foreign_type(name).filter(|_| !WORDS.contains(&name))
}

/// Whether `name` is another language's generic type that says how a value is kept, not what it is.
pub fn is_wrapper(name: &str) -> bool {
    const WRAPPERS: &str = "Annotated Arc Box Bound ClassVar Final Mutex NotRequired Partial PyRef PyRefMut Rc \
        ReadOnly Readonly RefCell Required RwLock";
    WRAPPERS.split(' ').any(|wrapper| wrapper == name)
}

/// Whether only other languages have a generic type of this name.
pub fn is_foreign_generic(name: &str) -> bool {
    is_wrapper(name) || certainly_foreign_type(name).is_some()
}

/// The replacement for the type name `name`, if it is another language's type or one of `known` (the names in scope) in another
/// case: `list<…>` for `Vec`, `value-error` for `ValueError`.
pub fn type_spelling<'k>(name: &str, known: impl IntoIterator<Item = &'k str>) -> Option<String> {
    let mut near = None;
    let kebab = kebab_case(name);
    for candidate in known {
        if kebab_case(candidate) == kebab && candidate != name {
            near = Some(candidate.to_owned());
        }
    }
    let foreign = foreign_type(name).map(str::to_owned);
    match (near, foreign) {
        // The same, with type arguments.
        (Some(near), Some(foreign)) if foreign.starts_with(&near) => Some(foreign),
        (near, foreign) => near.or(foreign),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearest_spellings() {
        let keywords = ["record", "variant", "resource", "func"];
        assert_eq!(nearest("recrod", keywords), Some("record"));
        assert_eq!(nearest("Record", keywords), Some("record"));
        assert_eq!(nearest("fucn", keywords), Some("func"));
        assert_eq!(nearest("banana", keywords), None);
        assert_eq!(nearest("min_lenght", ["min-length"]), Some("min-length"));
        assert_eq!(nearest("x", ["y", "z"]), None);
        assert_eq!(nearest("", ["y"]), None);
    }

    #[test]
    fn cases() {
        for (name, kebab) in [
            ("minLength", "min-length"),
            ("HTTPServer", "http-server"),
            ("MAX_SIZE", "max-size"),
            ("__len__", "len"),
            ("type_", "type"),
            ("snake_case", "snake-case"),
            ("ValueError", "value-error"),
            ("", ""),
        ] {
            assert_eq!(kebab_case(name), kebab, "{name}");
        }
    }

    #[test]
    fn types_of_other_languages() {
        assert_eq!(foreign_type("str"), Some("string"));
        assert_eq!(foreign_type("point"), None);
        assert_eq!(
            type_spelling("ValueError", ["value-error"]).as_deref(),
            Some("value-error")
        );
        assert_eq!(
            type_spelling("Vec", ["value-error"]).as_deref(),
            Some("list<…>")
        );
    }
}
