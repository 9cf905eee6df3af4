//! What other languages write where the grammar has nothing, or something else or shorter: it is reported and skipped.

use super::quoted;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::syntax::cursor::{Cursor, Matched};

/// Where a habit is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// After the name of an alias.
    Alias,
    /// In place of `->`.
    Arrow,
    /// After `->`.
    ArrowEnd,
    /// Before an attribute's argument without parentheses.
    AttributeValue,
    /// In place of the brace of a body.
    BlockColon,
    /// Before the brace of a body.
    Body,
    /// Before the name of a case or member.
    Case,
    /// After `constructor`.
    Constructor,
    /// In place of `=` before a default.
    Default,
    /// Before the name of an enum.
    Enum,
    /// In place of `extends`.
    Extends,
    /// Before the name of a parameter or field.
    Field,
    /// In place of `func`.
    Func,
    /// After `func`.
    FuncEnd,
    /// After a base.
    FurtherBase,
    /// In place of an item.
    Item,
    /// In place of `extends`, after `implements`.
    LateExtends,
    /// After the name of a member.
    MemberEnd,
    /// In place of the name of a member.
    MemberName,
    /// Before an item.
    Modifier,
    /// After the name of a parameter or field.
    NameEnd,
    /// In place of an item with a name before a colon.
    NamedItem,
    /// In place of a parameter.
    NoParameter,
    /// In place of `: func` after the name of an operator.
    OperatorFunc,
    /// Between the parts of a package's name.
    Package,
    /// In place of the colon between a field and its value.
    Pair,
    /// Between the parts of a path to an interface.
    Path,
    /// After the name of a case.
    Payload,
    /// In place of a name before a colon.
    QuotedName,
    /// In place of `raises`.
    Raises,
    /// After an exception.
    RaisesEnd,
    /// Before the first exception.
    RaisesStart,
    /// After `readonly`, in place of `property`.
    Readonly,
    /// In place of a record's body.
    RecordBody,
    /// Before a record's value.
    RecordValue,
    /// Before the type of an enum's values.
    Repr,
    /// In place of a list.
    Set,
    /// Before a value.
    Value,
}

/// What is written, what is wrong about it, and what to write instead.
struct Habit {
    /// The next tokens, as [`Cursor::matched`] has them.
    written: &'static str,
    code: Code,
    message: &'static str,
    label: &'static str,
    /// As the message, this is a text with gaps; see [`filled`].
    help: &'static str,
}

/// What is said of a word that belongs elsewhere.
const LEAVE_OUT: &str = "leave it out";
const KEYWORD: &str = "another language's keyword";
const SYNTAX: &str = "another language's syntax";

macro_rules! habits {
    ($( $place:ident { $( $([$code:ident])? $written:literal, $message:expr, $label:expr, $help:expr; )* } )*) => {
        &[$((Place::$place, &[$( Habit {
            written: $written,
            code: habits!(@ $($code)?),
            message: $message,
            label: $label,
            help: $help,
        }, )*]), )*]
    };
    (@ $code:ident) => { Code::$code };
    (@) => { Code::ForeignSyntax };
}

/// A finding with [`Code::MissingToken`] is about the gap before the tokens.
const HABITS: &[(Place, &[Habit])] = habits! {
    Alias {
        ": ^ =", "a type's name is followed by `=`", "a colon", "write `=`";
        ":", "a type's name is followed by `=`", "a colon", "write `=`";
        [MissingToken] "^ !$ _", "`=` is missing", "expected `=` here", "write `type name = …;`";
    }
    Arrow {
        ": ^ _|(", "the result comes after `->`", "a colon", "write `->`";
        "=> ^ _|(|&", "the result comes after `->`", "`=>`", "write `->`";
        "-|> ^ _|(|&", "the result comes after `->`", "half of it", "write `->`";
        "- > ^ _|(|&", "the result comes after `->`", "with a blank in it", "write `->`";
        "-|>|=> -|>|=>|-> ^ _|(|&", "the result comes after `->`", "another arrow", "write `->`";
        "-|>|=> -|>|=>|-> -|>|=>|-> ^ _|(|&", "the result comes after `->`", "another arrow", "write `->`";
        // `returns (stream Point)`
        "returns|return ^^ ( stream ^ _", "the result comes after `->`", KEYWORD, "write `->`";
        "returns|return ^^ ( ^ _ )", "the result comes after `->`", KEYWORD, "write `->`";
        "returns|return ^ _|(", "the result comes after `->`", KEYWORD, "write `->`";
        [MissingToken] "^ !$ %", "`->` is missing", "expected `->` here", "write `-> {0}`";
    }
    ArrowEnd {
        [UnexpectedToken] ">|->|- ^ _|(|&", "one arrow is enough", "too much", "delete it";
        [UnexpectedToken] ">|->|- >|->|- ^ _|(|&", "one arrow is enough", "too much", "delete it";
        // A type may be called `raises`: `-> raises raises error`.
        [UnexpectedToken] "^ raises !raises _",
            "no type stands between `->` and `raises`", "a type belongs before it",
            "leave out `->`, or write what is returned after it";
    }
    AttributeValue {
        "^ % = …", "arguments of an attribute are written in parentheses", "no parentheses", "write `({*})`";
        "= ^ %|#", "arguments of an attribute are written in parentheses", "no parentheses", "write `({1})`";
        "^ #", "arguments of an attribute are written in parentheses", "no parentheses", "write `({0})`";
    }
    BlockColon {
        ": ^ $", "a body stands between `{` and `}`", "starts a block in Python", "write `{`, and `}` at its end";
    }
    Body {
        "= ^ {", "no `=` stands before a body", "`=`", LEAVE_OUT;
    }
    Case {
        "case ^ _", "nothing stands before the name here", KEYWORD, LEAVE_OUT;
        "|", "nothing stands before the name here", KEYWORD, LEAVE_OUT;
    }
    Constructor {
        ": ^^ func", "a constructor has no `: func`", "a colon", "write `constructor(…);`";
        ":", "a constructor has no `: func`", "a colon", "write `constructor(…);`";
    }
    Default {
        ": =", "a default comes after `=`", "another language's sign", "write `=`";
    }
    Enum {
        "class|struct ^ _", "an enum has no other word before its name", KEYWORD, LEAVE_OUT;
    }
    Extends {
        [MisspeltKeyword] "~extends ^ _", "`{0}` is not a keyword of interface files", "misspelt?", "write `extends`";
        "inherits ^ _", "a base comes after `extends`", KEYWORD, "write `extends {1~}`";
        ": ^ _", "a base comes after `extends`", "a colon", "write `extends {1~}`";
        "= ^ _", "a base comes after `extends`", "`=`", "write `extends {1~}`";
        "( ^ _ )", "a base comes after `extends`", "in parentheses", "write `extends {1~}`";
    }
    Field {
        "1 :", "fields and parameters have no numbers", "a number", "leave it out, and the colon after it";
        "optional ^ _ :|?|<|*|&|_", "`{0}` cannot stand before a name here", KEYWORD,
            "leave it out and write the type as `option<…>`";
        "repeated ^ _ :|?|<|*|&|_", "`{0}` cannot stand before a name here", KEYWORD,
            "leave it out and write the type as `list<…>`";
        "mut|ref|const|readonly|let|var|val|pub|public|private|protected|final|in|out|inout|required|static|struct|unsigned \
            ^ _ :|?|<|*|&|_", "`{0}` cannot stand before a name here", KEYWORD, LEAVE_OUT;
    }
    Func {
        "get|set ^ (", "a getter or setter is never asynchronous", "after `async`", "leave `async` out";
        "def|fn|fun|function|sub|method|procedure|proc|rpc|lambda ^ (", "a function type starts with `func`", KEYWORD,
            "write `func`";
        [MisspeltKeyword] "~func ^ (", "`{0}` is not a keyword of interface files", "misspelt?", "write `func`";
    }
    FuncEnd {
        [Misplaced] "mut|static|class|async ^ (", "`{0}` comes before `func`", "too late", "write `{0} func(…)`";
    }
    FurtherBase {
        ",|extends ^^ _*", "there can be only one base", "a second base",
            "leave out all but one; use `implements` for protocols";
    }
    Item {
        "[ …)", "attributes do not stand in brackets", "another language's attribute",
            "write `@name(…)`; exceptions come after `raises` at the end of a function";
        "impl ^^ …{}", "an interface file has no implementations", "Rust's word",
            "leave it out: Rust implements what is declared here; methods stand in `class name { … }`";
        "extern ^^ …{}", "an interface file has no foreign functions", KEYWORD,
            "leave it out: Rust implements what is declared here; methods stand in `class name { … }`";
        "from ^^ typing|__future__|dataclasses|enum|abc|collections …", "names are not imported as in Python",
            "an import of Python", "leave it out: builtin types need no import";
        "from ^^ _|. …", "names are not imported as in Python", "an import of Python",
            "write `use interface.{name};` for another interface's types, `import json from \"json\" { … }` for a module";
        "typedef ^^ _ != …", "`typedef` is written `type`", KEYWORD, "write `type name = …;`";
        "overload ^^ { …)", "an overload has a name", "has none",
            "write `name: overload { … }`, where `name` is what Python calls";
    }
    LateExtends {
        [Misplaced] "extends", "`extends` comes before `implements`", "too late", "write `extends … implements …`";
    }
    MemberEnd {
        "( ^^ #|- …)", "a member's value comes after `=`", "in parentheses",
            "write `= {1}`, and the type of the values after the enum's name";
        "(|{ ^^ …)", "members of an enum carry nothing", "contents", "write `variant` in place of `enum`";
    }
    MemberName {
        "\"", "the members of an enum are words", "a string", "write `{0~}`";
    }
    Modifier {
        "open ^ _", "`open` is not a keyword of interface files", KEYWORD, "write `@open` before the class";
        "export ^ _", "`export` does not stand before a declaration", KEYWORD,
            "leave it out: everything in an interface file is public";
        "default ^ _", "`default` does not stand before a declaration", KEYWORD, LEAVE_OUT;
        "pub|public ^ _", "`{0}` is not a keyword of interface files", KEYWORD,
            "leave it out: everything in an interface file is public";
        "pub ^^ ( …) ^ _", "`pub` is not a keyword of interface files", KEYWORD,
            "leave it out: everything in an interface file is public";
        "extern ^^ \" ^ _", "`extern` is not a keyword of interface files", KEYWORD, LEAVE_OUT;
        "private|protected|internal|abstract|sealed|inline|virtual|override|unsafe|extern|declare|partial ^ _",
            "`{0}` is not a keyword of interface files", KEYWORD, LEAVE_OUT;
    }
    NameEnd {
        "? ^ : _ !<", "`{-1}` is not made optional by a `?`", "`?`", "write `{-1}: option<{2}> = none`";
        "?", "`{-1}` is not made optional by a `?`", "`?`", "write `{-1}: option<…> = none`";
    }
    NamedItem {
        "_ : record|variant|enum|flags|class|resource|exception|protocol|interface|world|type ^^ { …)",
            "the keyword comes before the name", "name before keyword", "write `{2} {0~} { … }`";
    }
    NoParameter {
        "void ^ )", "a function without parameters has nothing between the parentheses", SYNTAX, "write `()`";
        "... ^ )", "further arguments have a name and a type", SYNTAX,
            "write `*args: any`, or the type that each must have";
        "mut self|this ^ ,|)", "`{1}` is not written among the parameters", "every method has it",
            "leave it out; a method that changes its object is a `mut func(…)`";
        "& mut self|this ^ ,|)", "`{2}` is not written among the parameters", "every method has it",
            "leave it out; a method that changes its object is a `mut func(…)`";
        "& self|this ^ ,|)", "`{1}` is not written among the parameters", "every method has it", LEAVE_OUT;
        "cls ^ ,|)", "`cls` is not written among the parameters", "every method has it",
            "leave it out; a method of the class itself is a `class func(…)`";
        "self|this ^ ,|)", "`{0}` is not written among the parameters", "every method has it", LEAVE_OUT;
    }
    OperatorFunc {
        [MissingToken] "^ ( …", "`: func` is missing", "expected `: func` here", "write `operator {-1}: func{*};`";
    }
    Package {
        ". ^ _", "the parts of a package's name are separated by colons", "a dot", "write `:`";
        ": : ^ _", "packages are not named as in Rust", "`::`", "write `namespace:package/interface`";
    }
    Pair {
        "=", "a colon stands between a field and its value", "`=`", "write `:`";
    }
    Path {
        ": : ^ _", "packages are not named as in Rust", "`::`", "write `namespace:package/interface`";
    }
    Payload {
        "( )", "a case that carries nothing has no parentheses", "nothing in them", "leave them out";
        "^ ( _ : …)", "the fields of a case stand between `{` and `}`", "in parentheses", "write `{-1} { {()} }`";
        "^ =", "the cases of a variant have no values", "a value", "leave it out, or write an `enum`";
    }
    QuotedName {
        "\" ^ :", "names have no quotes", "a string", "write `{0~}`";
    }
    Raises {
        [MisspeltKeyword] "~raises ^ _|(", "`{0}` is not a keyword of interface files", "misspelt?", "write `raises`";
        "throws|throw|rethrows|errors|except|raising ^ _|(", "exceptions come after `raises`", KEYWORD, "write `raises`";
    }
    RaisesEnd {
        [WrongSeparator] "| ^ ;|,|)|}|]", "nothing stands after this `|`", "one too many",
            "delete it, or name another exception after it";
    }
    RaisesStart {
        [WrongSeparator] "| ^ _", "nothing stands before this `|`", "one too many", "delete it";
    }
    Readonly {
        [MissingToken] "^ % : _ ;", "`property` is missing", "expected `property` here",
            "write `readonly property {0}: {2};`";
        [MissingToken] "^ % :", "`property` is missing", "expected `property` here", "write `readonly property {0}: …;`";
        [MisspeltKeyword] "~property ^ _", "`{0}` is not a keyword of interface files", "misspelt?", "write `property`";
        "% ^ _", "a property is introduced by `property`", "another word", "write `property`";
    }
    RecordBody {
        ";", "a record has a body, even if it is empty", "no body", "write `record {-1~} {}`";
        "( ^^ & …)", "the fields of a record have names", "without names", "write `record {-1~} { name: type, … }`";
        "( ^^ _ ,|)|< …)", "the fields of a record have names", "without names",
            "write `record {-1~} { name: type, … }`";
    }
    RecordValue {
        "^ !$ {", "a record's value has no name before it", "after a name", "leave out the name";
    }
    Repr {
        "( ^ _ )", "the type of the values comes after a colon", "in parentheses", "write `: {1}`";
    }
    Set {
        "^ { # ,|} …) ^^", "lists and sets stand between `[` and `]`", "in braces", "write `[{()}]`";
    }
    Value {
        "+ ^ 1|1.0", "a number has no `+` before it", "`+`", LEAVE_OUT;
        "b|r|f|u|br|rb|c ^ '\"", "strings have no prefix", "a prefix", "write `{1}`";
    }
};

/// Skips a habit of `place`, which is reported; `None` if there is none.
pub(crate) fn skipped<'t>(place: Place) -> impl Fn(Cursor<'t>) -> Option<Cursor<'t>> {
    move |input| {
        let (_, habits) = HABITS.iter().find(|(other, _)| *other == place)?;
        let mut habits = habits.iter();
        let (habit, matched) =
            habits.find_map(|habit| Some((habit, input.matched(habit.written)?)))?;
        let span = match habit.code {
            Code::MissingToken => input.gap(),
            _ if matched.told.offset() == input.offset() => input.span(),
            _ => matched.told.span_since(input),
        };
        let message = filled(habit.message, input, &matched);
        let help = filled(habit.help, input, &matched);
        input.report(Diagnostic::new(habit.code, span, message, habit.label).help(help));
        Some(matched.rest)
    }
}

/// Does the same as [`skipped`], or nothing.
pub(crate) fn skip<'t>(place: Place) -> impl Fn(Cursor<'t>) -> Cursor<'t> {
    move |input| skipped(place)(input).unwrap_or(input)
}

/// `text` with its gaps filled: `{0}` is the first token, `{-1}` the one before it, `{*}` all that was matched, `{()}` what is
/// between the brackets, and `{0~}` a token in kebab-case.
fn filled(text: &str, input: Cursor<'_>, matched: &Matched<'_>) -> String {
    let value = |gap: &str| {
        let (gap, is_kebab) = match gap.strip_suffix('~') {
            Some(gap) => (gap, true),
            None => (gap, false),
        };
        let written = match gap {
            "*" => input.text_until(matched.end).trim_end_matches([';', ' ']),
            "()" => inner(input.text_until(matched.end)),
            "-1" => input.previous_text()?,
            _ => input.nth_text(gap.parse().ok()?),
        };
        Some(match is_kebab {
            true => suggest::kebab_case(quoted(written)),
            false => written.to_owned(),
        })
    };
    let mut parts = text.split('{');
    let mut filled = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let gap = part.split_once('}');
        match gap.and_then(|(gap, after)| Some((value(gap)?, after))) {
            Some((value, after)) => filled.extend([value.as_str(), after]),
            None => filled.extend(["{", part]),
        }
    }
    filled
}

/// What is between brackets, if it is short.
fn inner(text: &str) -> &str {
    /// The longest text that is shown.
    const SHOWN: usize = 60;
    let text = text.strip_prefix(['(', '[', '{']).unwrap_or(text);
    let text = text.strip_suffix([')', ']', '}']).unwrap_or(text).trim();
    if text.len() > SHOWN { "…" } else { text }
}
