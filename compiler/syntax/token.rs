//! Tokens and comments, the output of the lexer.

/// The kind of a token. Its text is looked up in the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A word that is not a keyword: `min-length`. Names of builtin types are included.
    Name,
    /// `%record`: always a name.
    Escaped,
    /// A word with a special meaning in some positions; elsewhere an ordinary name.
    Keyword(Keyword),
    /// `12`, `0xff`, `1_000`
    Integer,
    /// `1.5`, `1e-3`
    Float,
    /// `1.2.0-rc.1`
    Version,
    /// `"text"`, quotes included, escapes unresolved.
    String,
    /// `_`
    Underscore,
    /// `@`
    At,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// `.`
    Dot,
    /// `...`
    Ellipsis,
    /// `=`
    Equals,
    /// `|`
    Pipe,
    /// `/`
    Slash,
    /// `*`
    Star,
    /// `-`
    Minus,
    /// `+`: not part of the language, but the name of an operator in other languages.
    Plus,
    /// `->`
    Arrow,
    /// `=>`: not part of the language, but common enough in place of `->` to be understood.
    FatArrow,
    /// `&`: not part of the language either.
    Ampersand,
    /// `?`: not part of the language either.
    Question,
    /// `(`
    OpenParen,
    /// `)`
    CloseParen,
    /// `{`
    OpenBrace,
    /// `}`
    CloseBrace,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
    /// `<`
    Less,
    /// `>`
    Greater,
    /// The end of the text; always present, empty.
    End,
}

impl Kind {
    /// Whether it is a word, escaped or not.
    pub fn is_word(self) -> bool {
        matches!(self, Self::Name | Self::Escaped | Self::Keyword(_))
    }

    /// The closing bracket of an opening one. `<` is excluded: it is a bracket in types only.
    pub fn closer(self) -> Option<Self> {
        match self {
            Self::OpenParen => Some(Self::CloseParen),
            Self::OpenBrace => Some(Self::CloseBrace),
            Self::OpenBracket => Some(Self::CloseBracket),
            _ => None,
        }
    }

    /// Whether it is a closing bracket according to [`Kind::closer`].
    pub fn is_closer(self) -> bool {
        matches!(
            self,
            Self::CloseParen | Self::CloseBrace | Self::CloseBracket
        )
    }

    /// The text of a token with a fixed text; a description of others.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Name | Self::Escaped => "a name",
            Self::Keyword(keyword) => keyword.as_str(),
            Self::Integer => "an integer",
            Self::Float => "a number",
            Self::Version => "a version",
            Self::String => "a string",
            Self::Underscore => "_",
            Self::At => "@",
            Self::Comma => ",",
            Self::Colon => ":",
            Self::Semicolon => ";",
            Self::Dot => ".",
            Self::Ellipsis => "...",
            Self::Equals => "=",
            Self::Pipe => "|",
            Self::Slash => "/",
            Self::Star => "*",
            Self::Minus => "-",
            Self::Plus => "+",
            Self::Arrow => "->",
            Self::FatArrow => "=>",
            Self::Ampersand => "&",
            Self::Question => "?",
            Self::OpenParen => "(",
            Self::CloseParen => ")",
            Self::OpenBrace => "{",
            Self::CloseBrace => "}",
            Self::OpenBracket => "[",
            Self::CloseBracket => "]",
            Self::Less => "<",
            Self::Greater => ">",
            Self::End => "the end of the file",
        }
    }

    /// As in a sentence: `` `;` ``, "a string".
    pub fn describe(self) -> String {
        match self {
            Self::Name
            | Self::Escaped
            | Self::Integer
            | Self::Float
            | Self::Version
            | Self::String
            | Self::End => self.as_str().to_owned(),
            _ => format!("`{}`", self.as_str()),
        }
    }
}

macro_rules! keywords {
    ($( $name:ident = $text:literal, )*) => {
        /// A word with a special meaning in some positions.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Keyword {
            $( #[doc = concat!("`", $text, "`")] $name, )*
        }

        impl Keyword {
            /// All of them.
            pub const ALL: &'static [Self] = &[$( Self::$name, )*];

            /// The keyword as written.
            pub fn as_str(self) -> &'static str {
                match self { $( Self::$name => $text, )* }
            }

            /// The keyword spelled `word`.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $( $text => Some(Self::$name), )* _ => None }
            }
        }
    };
}

keywords! {
    Package = "package",
    Use = "use",
    As = "as",
    Interface = "interface",
    World = "world",
    Import = "import",
    Export = "export",
    Include = "include",
    With = "with",
    From = "from",
    Type = "type",
    Record = "record",
    Variant = "variant",
    Enum = "enum",
    Flags = "flags",
    Const = "const",
    Exception = "exception",
    Extends = "extends",
    Implements = "implements",
    Protocol = "protocol",
    Class = "class",
    Resource = "resource",
    Constructor = "constructor",
    Readonly = "readonly",
    Property = "property",
    Operator = "operator",
    Overload = "overload",
    Static = "static",
    Mut = "mut",
    Async = "async",
    Func = "func",
    Raises = "raises",
}

impl Keyword {
    /// Whether the name of a type or exception follows.
    pub(crate) fn declares_type(self) -> bool {
        matches!(
            self,
            Self::Type
                | Self::Record
                | Self::Variant
                | Self::Enum
                | Self::Flags
                | Self::Exception
                | Self::Protocol
                | Self::Class
                | Self::Resource
        )
    }
}

/// The types that WIT reserves. A declaration of such a name needs `%`; all other type names can be shadowed.
pub const RESERVED_TYPES: &[&str] = &[
    "bool",
    "borrow",
    "char",
    "error-context",
    "f32",
    "f64",
    "future",
    "list",
    "option",
    "own",
    "result",
    "s16",
    "s32",
    "s64",
    "s8",
    "stream",
    "string",
    "tuple",
    "u16",
    "u32",
    "u64",
    "u8",
];

/// One token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its kind.
    pub kind: Kind,
    /// Offset of its first byte.
    pub start: u32,
    /// Offset after its last byte.
    pub end: u32,
    /// Whether a line ends between the previous token and this one; true for the first token.
    pub first_on_line: bool,
    /// Number of comments before it in the file.
    comments: u32,
}

/// The kind of a comment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CommentKind {
    /// `// text`
    Line,
    /// `/* text */`
    Block,
    /// `/// text`: documents the next item.
    DocLine,
    /// `/** text */`: likewise.
    DocBlock,
    /// `//! text`: documents the file.
    InnerDocLine,
}

/// A comment. Comments are not tokens: WIT allows even documentation anywhere.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Comment {
    /// Its kind.
    pub kind: CommentKind,
    /// Offset of its first byte.
    pub start: u32,
    /// Offset after its last byte; the line break is excluded.
    pub end: u32,
    /// Whether a line ends between the preceding text and this comment.
    pub first_on_line: bool,
}

/// The tokens of a text, with all comments between them.
#[derive(Clone, Debug, Default)]
pub struct Tokens {
    tokens: Vec<Token>,
    comments: Vec<Comment>,
}

impl Tokens {
    /// The tokens; the last one is [`Kind::End`].
    pub fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// All comments in order.
    pub fn comments(&self) -> &[Comment] {
        &self.comments
    }

    /// Indices of the comments between the token with index `index` and the previous one.
    pub fn comments_before(&self, index: usize) -> std::ops::Range<usize> {
        let first = match index.checked_sub(1) {
            Some(before) => self.tokens[before].comments,
            None => 0,
        };
        first as usize..self.tokens[index].comments as usize
    }

    /// Whether more braces are opened than closed.
    pub(super) fn lack_braces(&self) -> bool {
        let count = |wanted| {
            self.tokens
                .iter()
                .filter(|token| token.kind == wanted)
                .count()
        };
        count(Kind::OpenBrace) > count(Kind::CloseBrace)
    }

    pub(super) fn push_token(&mut self, kind: Kind, start: u32, end: u32, first_on_line: bool) {
        let comments = self.comments.len() as u32;
        self.tokens.push(Token {
            kind,
            start,
            end,
            first_on_line,
            comments,
        });
    }

    pub(super) fn push_comment(&mut self, comment: Comment) {
        self.comments.push(comment);
    }
}
