//! The same tokens with other blanks and comments between them.

use pyidl::unstable::syntax::{Kind, Token};

use crate::tree::Parsed;

/// Numbers that look random and are the same in every run (xorshift).
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % limit
    }
}

const BLANKS: &[&str] = &[
    " ",
    "  ",
    "\t",
    "\n",
    "\n\n\n",
    "\r\n",
    " \n\t ",
    "\n        ",
];

/// Comments with the blanks around them; `#` stands for a number that makes them distinct.
pub(crate) const COMMENTS: &[&str] = &[
    " // line #\n",
    "\n// own line #\n",
    "\n\n    // after an empty line #\n\n",
    "/* block # */",
    "\n/* block on a line # */\n",
    " /* block at the end # */\n",
    " /* two\n   lines # */ ",
    "\n    /*\n     * stars #\n     */\n",
    "\n/// doc #\n",
    " /// doc at the end #\n",
    " /** doc block # */ ",
    "\n//! inner #\n",
];

/// A variation in which boundary number `n`, before token number `n`, holds what `between` says; `None`: as it is.
pub(crate) fn variation(
    parsed: &Parsed,
    mut between: impl FnMut(usize, &str) -> Option<String>,
) -> String {
    let mut text = String::new();
    let mut end = 0;
    for (number, token) in parsed.tokens.tokens().iter().enumerate() {
        let gap = &parsed.text[end as usize..token.start as usize];
        match between(number, gap) {
            Some(gap) => text.push_str(&gap),
            None => text.push_str(gap),
        }
        text.push_str(&parsed.text[token.start as usize..token.end as usize]);
        end = token.end;
    }
    text
}

/// Whether a line may end before token number `number`: not between the `@` of an attribute and its name.
pub(crate) fn may_break(tokens: &[Token], number: usize) -> bool {
    let before = number.checked_sub(1).map(|before| tokens[before].kind);
    before != Some(Kind::At) || tokens[number].kind == Kind::Version
}

/// Other blanks at every boundary, and comments at `comments` of 100.
pub(crate) fn shaken(parsed: &Parsed, random: &mut Random, comments: usize) -> String {
    let tokens = parsed.tokens.tokens();
    variation(parsed, |number, gap| {
        if !may_break(tokens, number) {
            return None;
        }
        if gap.trim().is_empty() && random.below(100) < comments {
            let comment = COMMENTS[random.below(COMMENTS.len())];
            // A slash before it would make another comment of it.
            return Some(format!(" {}", comment.replace('#', &number.to_string())));
        }
        let is_needed = !gap.is_empty() || random.below(4) == 0;
        // Comments that are there stay.
        (is_needed && gap.trim().is_empty()).then(|| BLANKS[random.below(BLANKS.len())].to_owned())
    })
}
