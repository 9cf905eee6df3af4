//! The parser accepts what `grammar.ebnf` says and nothing else.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::*;

/// The right side of a rule.
enum Part {
    /// `'record'`
    Token(String),
    /// `id`, `STRING`
    Name(String),
    Sequence(Vec<Part>),
    Choice(Vec<Part>),
    /// `( … )?`, `( … )*`, `( … )+`: whether it may be missing, and whether it may be repeated.
    Repeated(Box<Part>, bool, bool),
}

struct Grammar(HashMap<String, Part>);

impl Grammar {
    fn new(text: &str) -> Self {
        let rules = text.lines().filter_map(|line| line.split_once("::="));
        let rules = rules.map(|(name, rule)| {
            let words: Vec<_> = rule.split_whitespace().collect();
            let (part, rest) = choice(&words);
            assert!(rest.is_empty(), "{name}: {rest:?}");
            (name.trim().to_owned(), part)
        });
        Self(rules.collect())
    }

    /// Where `part` can end that starts at token `at`.
    fn ends<'g>(&'g self, part: &'g Part, at: usize, text: &mut Text<'_, 'g>) -> Places {
        match part {
            Part::Token(token) => text.behind(at, |_, written| written == token),
            Part::Name(name) => {
                let Some(rule) = self.0.get(name) else {
                    return text.terminal(name, at);
                };
                if let Some(known) = text.known.get(&(name, at)) {
                    return *known;
                }
                let ends = self.ends(rule, at, text);
                text.known.insert((name, at), ends);
                ends
            }
            Part::Sequence(parts) => parts.iter().fold(1 << at, |starts, part| {
                places(starts).fold(0, |ends, at| ends | self.ends(part, at, text))
            }),
            Part::Choice(parts) => {
                let ends = parts.iter().map(|part| self.ends(part, at, text));
                ends.fold(0, |all, ends| all | ends)
            }
            Part::Repeated(part, optional, repeated) => {
                let (mut ends, mut new) = (0, self.ends(part, at, text));
                while new & !ends != 0 {
                    let starts = places(new & !ends);
                    ends |= new;
                    if *repeated {
                        new = starts.fold(0, |new, at| new | self.ends(part, at, text));
                    }
                }
                ends | u128::from(*optional) << at
            }
        }
    }

    fn accepts(&self, text: &str, tokens: &[Token]) -> bool {
        assert!(tokens.len() < 127, "too long: {text}");
        let known = HashMap::new();
        let mut text = Text {
            text,
            tokens,
            known,
        };
        self.ends(&self.0["file"], 0, &mut text) != 0
    }
}

/// A set of places between tokens: bit n is the place before token n.
type Places = u128;

fn places(set: Places) -> impl Iterator<Item = usize> {
    (0..127).filter(move |at| set & (1 << at) != 0)
}

fn choice<'w>(words: &'w [&'w str]) -> (Part, &'w [&'w str]) {
    let mut choices = Vec::new();
    let (mut parts, mut rest) = (Vec::new(), words);
    while let [word, after @ ..] = rest {
        rest = after;
        let (word, inner) = match *word {
            "|" => {
                choices.push(Part::Sequence(std::mem::take(&mut parts)));
                continue;
            }
            "(" => {
                let (part, after) = choice(after);
                rest = &after[1..];
                (after[0], Some(part))
            }
            word if word.starts_with(')') => {
                rest = words_from(words, rest.len() + 1);
                break;
            }
            word => (word, None),
        };
        let (name, sign) = match word.chars().last() {
            Some(sign @ ('?' | '*' | '+')) => (&word[..word.len() - 1], sign),
            _ => (word, ' '),
        };
        let part = inner.unwrap_or_else(|| match name.trim_matches('\'') {
            token if token.len() < name.len() => Part::Token(token.to_owned()),
            name => Part::Name(name.to_owned()),
        });
        parts.push(match sign {
            ' ' => part,
            _ => Part::Repeated(Box::new(part), sign != '+', sign != '?'),
        });
    }
    choices.push(Part::Sequence(parts));
    (Part::Choice(choices), rest)
}

/// The last `count` words.
fn words_from<'w>(words: &'w [&'w str], count: usize) -> &'w [&'w str] {
    &words[words.len() - count..]
}

/// A text, and what is known of it.
struct Text<'t, 'g> {
    text: &'t str,
    tokens: &'t [Token],
    known: HashMap<(&'g str, usize), Places>,
}

impl Text<'_, '_> {
    fn behind(&self, at: usize, fits: impl Fn(Kind, &str) -> bool) -> Places {
        let is_there = self.tokens.get(at).is_some_and(|token| {
            fits(
                token.kind,
                &self.text[token.start as usize..token.end as usize],
            )
        });
        Places::from(is_there) << (at + 1)
    }

    fn terminal(&self, name: &str, at: usize) -> Places {
        // Comments are no tokens.
        if matches!(name, "DOC" | "INNER-DOC") {
            return 0;
        }
        self.behind(at, |kind, written| match name {
            "ID" => matches!(kind, Kind::Name | Kind::Escaped),
            "builtin" => kind == Kind::Name,
            "keyword" | "contextual" => matches!(kind, Kind::Keyword(_)),
            "INT" => kind == Kind::Integer,
            "FLOAT" => kind == Kind::Float,
            "STRING" => kind == Kind::String,
            "VERSION" => kind == Kind::Version,
            "INFINITY" => kind == Kind::Name && written.parse::<f64>().is_ok(),
            "EOF" => kind == Kind::End,
            _ => panic!("no rule `{name}`"),
        })
    }
}

/// Whether the parser finds no mistake.
fn is_parsed(text: &str) -> bool {
    let mut sources = SourceMap::default();
    let mut diagnostics = Diagnostics::default();
    let file = sources.add("x", text);
    parse(file, &sources, &mut diagnostics);
    !diagnostics.has_errors()
}

/// Items of every kind.
const ITEMS: &str = r#"
package a:b/c@1.2.0;
package a:b { use c; world w {} }
@a @b.c(1, x = "s") use a:b/c@1.2.0 as d;
use a.{b, c as d};
interface i { use a.{b}; f: func(); }
world w { export a:b/c; import i; type t = u32; }
world w { export f: func(); import g: interface { } }
world w { use a.{b}; include a:b/c with { d as e, f as g } }
import m from "m" { f: func(); }
type t = ndarray<f64, [_, 3, n], 2, _, order = 1>;
type t = func(a: u32, string) -> u32 raises e;
type t = option<builtin.string>;
record r { @a x: u32 = 1, y: a.b, }
variant v { a, b(u32, string), c { x: u32 } }
enum e: u8 { a = 1, b }
flags f { a, b }
const c: f64 = -inf;
const c: t = [1, -2.5, ("a", x.y | z), { "k": 1 }, ...];
exception e extends f { x: u32 }
protocol p extends a, b { f: func(); }
class c extends b implements p, q { f: mut func(); }
class c { constructor: overload { a: func(); } const k: u8 = 1; }
class c { constructor(x: u32) raises e; operator len: func(); }
class c { readonly property p: u32; property q: u8 raises e; }
class c { operator add: overload { a: func(); } h: class func(); }
f: async func(a: u32 = 1, @b /, *, c: u8, **d: any) -> string raises e | f;
f: get(*args: u32);
f: overload { a: func(); b: set(x: u8); }
"#;

/// What takes the place of tokens in them.
const TOKENS: &[&str] = &[
    "", ";", "x", "1", ",", ":", "{", ")", ">", "*", "=", "record",
];

/// Keywords and builtin types that could be names by the grammar alone, but are not.
const NO_NAMES: &[&str] = &["func ;", "interface ;", "constructor :", "enum u8"];

#[test]
fn the_parser_accepts_what_the_grammar_says() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("compiler/syntax/parse/grammar.ebnf");
    let grammar = Grammar::new(&fs::read_to_string(path).expect("a file of text"));
    let mut faults = Vec::new();
    let mut compare = |text: &str| {
        let mut found = Diagnostics::default();
        let tokens = tokenize(text, FileId::default(), &mut found);
        let (said, done) = (grammar.accepts(text, tokens.tokens()), is_parsed(text));
        let words: Vec<_> = text.split_whitespace().collect();
        let words = words.join(" ");
        let is_no_name = !done && NO_NAMES.iter().any(|part| words.contains(part));
        if said != done && !found.has_errors() && !is_no_name {
            faults.push(format!("{text}   the grammar: {said}, the parser: {done}"));
        }
    };
    for item in ITEMS.trim().lines() {
        compare(item);
        let tokens = tokenize(item, FileId::default(), &mut Diagnostics::default());
        for (n, first) in tokens.tokens().iter().enumerate() {
            let mut replace = |last: &Token, others: &[&str]| {
                for other in others {
                    let (before, after) =
                        (&item[..first.start as usize], &item[last.end as usize..]);
                    compare(&format!("{before} {other} {after}"));
                }
            };
            replace(first, TOKENS);
            // Several are left out, or a semicolon replaces a body.
            for last in tokens.tokens()[n..].iter().take(9).skip(1).step_by(4) {
                replace(last, &TOKENS[..2]);
            }
        }
    }
    assert!(
        faults.is_empty(),
        "{}\n{} faults",
        faults.join("\n"),
        faults.len()
    );
}
