//! The languages whose files are distinguished from interface files.

/// A language. Several patterns are separated by ` | `.
pub(super) struct Language {
    pub(super) name: &'static str,
    /// Starts that only its files have.
    pub(super) first: &'static str,
    /// Starts that only its lines have; see [`starts_with`](crate::syntax::cursor::starts_with).
    pub(super) lines: &'static str,
    /// The same as `lines`, for text that does not consist of tokens here.
    pub(super) prefixes: &'static str,
    /// Whether the parser understands its functions.
    pub(super) is_read: bool,
    /// The spelling of its declarations in this language.
    pub(super) help: &'static [&'static str],
}

/// The languages; if several match equally well, the first is chosen.
pub(super) const LANGUAGES: &[Language] = &[
    Language {
        name: "Protocol Buffers",
        first: "syntax = \" ; | edition = \" ;",
        lines: "message _ { | rpc _ ( | oneof _ { | repeated _ _ = 1 | optional _ _ = 1 | option _ =",
        prefixes: "",
        is_read: false,
        help: &[
            "`message entry { string key = 1; }` is `record entry { key: string }`, `oneof` is `variant`",
            "`repeated t` is `list<t>`, `optional t` is `option<t>`, `int32` is `s32`, `double` is `f64`",
            "`rpc Get(Request) returns (Entry);` in a `service` is `get: func(request: request) -> entry;` in an `interface`",
        ],
    },
    Language {
        name: "Thrift",
        first: "",
        lines: "namespace _ _ $ | namespace _ _ . _ | namespace * _ | include \" $ | 1 : _ _ | \
            1 : required _ | 1 : optional _ | 1 : list < _ | oneway void _ | service _ extends",
        prefixes: "",
        is_read: false,
        help: &[
            "`struct entry { 1: string key }` is `record entry { key: string }`, without numbers",
            "`entry get(1: string key) throws (…)` in a `service` is `get: func(key: string) -> entry raises …;` in an `interface`",
            "`i32` is `s32`, `double` is `f64`, `binary` is `bytes`, an `optional` field has the type `option<…>`",
        ],
    },
    Language {
        name: "Cap'n Proto",
        first: "@ 1 ;",
        lines: "_ @ 1 : | _ @ 1 (",
        prefixes: "",
        is_read: false,
        help: &[
            "`struct Person { name @0 :Text; }` is `record person { name: string }`",
            "`find @0 (name :Text) -> (person :Person);` is `find: func(name: string) -> person;`",
        ],
    },
    Language {
        name: "FlatBuffers",
        first: "",
        lines: "table _ { | root_type _ ; | file_identifier \" ; | rpc_service _ {",
        prefixes: "",
        is_read: false,
        help: &[
            "`table entry { key:string; }` is `record entry { key: string }`, `union` is `variant`",
            "`[t]` is `list<t>`, `int` is `s32`, `ulong` is `u64`, `ubyte` is `u8`",
        ],
    },
    Language {
        name: "Web IDL",
        first: "",
        lines: "dictionary _ { | namespace _ { | callback interface _ | readonly attribute _ | \
            attribute _ _ ; | interface mixin _ | required _ _ ; | typedef ( | \
            sequence < _ > _ ( | [ Throws = _ ] | [ Error ] | [ Enum ] | [ Custom ] | [ Async ] | \
            [ ByRef ] | [ Name = _ ] | [ Traits = ( | [ Exposed =",
        prefixes: "",
        is_read: false,
        help: &[
            "`interface` with methods is `class`, `dictionary` is `record`, `[Enum] interface` is `variant`",
            "`[Throws=E] u64 count(string text);` is `count: func(text: string) -> u64 raises e;`",
            "`sequence<t>` is `list<t>`, `t?` is `option<t>`, `attribute` is `property`, strings in an enum are words",
        ],
    },
    Language {
        name: "GraphQL",
        first: "",
        lines: "_ : ID | _ : String | _ : Int | _ : Boolean | type Query { | type Mutation { | \
            schema { | input _ { | scalar _ $",
        prefixes: "",
        is_read: false,
        help: &[
            "`type User { id: ID! name: String }` is `record user { id: string, name: option<string> }`",
            "`user(id: ID!): User` is `user: func(id: string) -> option<user>;`",
        ],
    },
    Language {
        name: "C or C++",
        first: "",
        lines: "typedef struct | typedef enum | typedef union | extern \" | static inline | \
            using namespace _ | template < | public : $ | private : $ | protected : $ | \
            virtual _ _ ( | explicit _ ( | std : :",
        prefixes: "#include | #ifndef | #ifdef | #define | #pragma | #if  | #endif",
        is_read: false,
        help: &[
            "`struct pair { int a; };` is `record pair { a: s32 }`, `const char *` is `string`, `double` is `f64`",
            "`int32_t add(int32_t a, int32_t b);` is `add: func(a: s32, b: s32) -> s32;`",
            "a pointer to a struct with functions is a `class` with methods",
        ],
    },
    Language {
        name: "Go",
        first: "package _ $",
        lines: "type _ struct { | type _ interface { | func ( _ | import ( $",
        prefixes: "",
        is_read: false,
        help: &[
            "`type Point struct { X float64 }` is `record point { x: f64 }`",
            "`func Open(path string) (*Store, error)` is `open: func(path: string) -> store raises os-error;`",
            "a type with methods is a `class`, one that others implement a `protocol`; `[]t` is `list<t>`",
        ],
    },
    Language {
        name: "Java or C#",
        first: "",
        lines: "import java . _ | import static _ | using System | public class _ | \
            public interface _ | public final class | public abstract class | public enum _ | \
            public record _ | public static _ | public async _ | public _ _ ( | public _ ( | \
            private final _ | private readonly _ | private _ _ ; | private static _ | \
            protected _ _ | @ Override",
        prefixes: "",
        is_read: false,
        help: &[
            "`byte[] get(String key) throws NotFound;` is `get: func(key: string) -> bytes raises not-found;`",
            "methods stand in a `class`, or in a `protocol` that Python implements; `List<T>` is `list<t>`",
        ],
    },
    Language {
        name: "Kotlin",
        first: "",
        lines: "data class _ | sealed class _ | fun _ ( | suspend fun _ | override fun _ | \
            companion object | val _ : | var _ : | enum class _",
        prefixes: "",
        is_read: false,
        help: &[
            "`data class Point(val x: Double)` is `record point { x: f64 }`, `t?` is `option<t>`",
            "`fun get(key: String): Item?` is `get: func(key: string) -> option<item>;`, `suspend fun` is `async func`",
        ],
    },
    Language {
        name: "Swift",
        first: "import Foundation",
        lines: "public func _ ( | public struct _ | func _ ( _ _ : | var _ : _ { | mutating func _ | \
            extension _  | indirect enum _",
        prefixes: "",
        is_read: false,
        help: &[
            "`struct Point { var x: Double }` is `record point { x: f64 }`, `T?` is `option<t>`, `[T]` is `list<t>`",
            "`func write(_ text: String) throws -> Bool` is `write: func(text: string) -> bool raises os-error;`",
        ],
    },
    Language {
        name: "TypeScript",
        first: "",
        lines: "export interface _ | export type _ | export class _ | export abstract _ | \
            export function _ | export async _ | export const _ | export enum _ | \
            export default _ | export declare _ | export * | export { | declare _ _ | import { | \
            import type { | import * as | import _ from \"",
        prefixes: "",
        is_read: true,
        help: &[
            "`interface Options { retries: number; }` is `record options { retries: u32 }`, one with methods a `class` or `protocol`",
            "`export function words(text: string): string[];` is `words: func(text: string) -> list<string>;`",
        ],
    },
    Language {
        name: "Rust",
        first: "",
        lines: "impl _ | impl < | let _ | Self { | Ok ( | Err ( | match _ { | if let _ | pub mod _ | \
            mod _ ; | extern crate _ | macro_rules",
        prefixes: "#![ | #[pymethods] | #[pymodule] | #[pyclass] | #[uniffi | #[cxx",
        is_read: true,
        help: &[
            "an interface file has only declarations; what is declared is implemented in Rust",
            "`struct` is `record`, or `class` if it has methods; `enum` with contents is `variant`; `String` is `string`, `Vec<T>` is `list<t>`",
        ],
    },
    Language {
        name: "Python",
        first: "",
        lines: "return _ | return self | self . _ | if _ | elif _ | else : $ | for _ in | while _ | \
            raise _ ( | print ( | try : $ | except _ | with _ ( | yield _ | assert _ | super (",
        prefixes: "#!/",
        is_read: true,
        help: &[
            "an interface file has only declarations; what is declared is implemented in Rust",
            "`class` with `def`s is `class` with functions, a data class is a `record`, `Enum` is `enum`; `str` is `string`, `list[T]` is `list<t>`",
        ],
    },
    Language {
        name: "TOML",
        first: "[ _ ] $ | [ _ . _ ] $",
        lines: "",
        prefixes: "",
        is_read: false,
        help: &["for the TOML form of interface files, let the file's name end in `.pyidl.toml`"],
    },
    Language {
        name: "JSON",
        first: "{ \" : | { } | [ {",
        lines: "",
        prefixes: "",
        is_read: false,
        help: &["declare the shape of the data: `record entry { key: string, value: u32 }`"],
    },
    Language {
        name: "YAML",
        first: "openapi : | swagger :",
        lines: "",
        prefixes: "--- | %YAML",
        is_read: false,
        help: &[
            "declare each schema as `record name { field: type }`, each operation as `name: func(…) -> …;`",
        ],
    },
    Language {
        name: "XML or HTML",
        first: "< _ > | < _ _ | < ! _ | < ? xml",
        lines: "",
        prefixes: "",
        is_read: false,
        help: &[
            "an interface file has declarations such as `name: func(…) -> …;` and `record name { … }`",
        ],
    },
];
