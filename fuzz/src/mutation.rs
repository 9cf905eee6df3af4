//! What libFuzzer does to bytes, done to tokens: most texts that come out are wrong in one place rather than everywhere,
//! and so get further than the lexer.

use std::ops::Range;

use pyidl::unstable::diagnostic::Diagnostics;
use pyidl::unstable::source::FileId;
use pyidl::unstable::syntax;

/// What `fuzz_mutator!` is to do: half of the time libFuzzer's own mutation of the bytes, else [`of_tokens`].
pub fn mutate(data: &mut [u8], size: usize, max_size: usize, seed: u32) -> usize {
    let text = match std::str::from_utf8(&data[..size]) {
        Ok(text) if seed % 2 == 0 => of_tokens(text, seed),
        _ => return libfuzzer_sys::fuzzer_mutate(data, size, max_size),
    };
    let mut length = text.len().min(max_size);
    while !text.is_char_boundary(length) {
        length -= 1;
    }
    data[..length].copy_from_slice(&text.as_bytes()[..length]);
    length
}

/// Deletes, doubles, swaps, copies or cuts off some tokens of `text`; which ones `seed` decides.
pub fn of_tokens(text: &str, seed: u32) -> String {
    let mut random = Random(u64::from(seed) + 1);
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        let tokens = tokens(&text);
        if tokens.is_empty() {
            break;
        }
        text = mutated(&text, &tokens, &mut random);
    }
    text
}

fn mutated(text: &str, tokens: &[Range<usize>], random: &mut Random) -> String {
    let chosen = tokens[random.below(tokens.len())].clone();
    // A run of tokens from anywhere.
    let first = random.below(tokens.len());
    let last = (first + random.below(12)).min(tokens.len() - 1);
    let run = &text[tokens[first].start..tokens[last].end];
    let (before, token, after) = (
        &text[..chosen.start],
        &text[chosen.clone()],
        &text[chosen.end..],
    );
    match random.below(6) {
        0 => [before, after].concat(),
        1 => [before, token, " ", token, after].concat(),
        2 => [before, run, after].concat(),
        3 => [before, " ", run, " ", token, after].concat(),
        4 => [&text[..tokens[first].start], &text[tokens[last].end..]].concat(),
        _ => match tokens.iter().find(|next| next.start >= chosen.end) {
            Some(next) => [
                before,
                &text[next.clone()],
                &text[chosen.end..next.start],
                token,
                &text[next.end..],
            ]
            .concat(),
            None => before.to_owned(),
        },
    }
}

/// Where the tokens and comments of `text` are.
fn tokens(text: &str) -> Vec<Range<usize>> {
    let tokens = syntax::tokenize(text, FileId::default(), &mut Diagnostics::default());
    let words = tokens.tokens().iter().map(|token| token.start..token.end);
    let comments = tokens
        .comments()
        .iter()
        .map(|comment| comment.start..comment.end);
    let ranges = words
        .chain(comments)
        .map(|range| range.start as usize..range.end as usize);
    let mut ranges: Vec<_> = ranges.filter(|range| !range.is_empty()).collect();
    ranges.sort_by_key(|range| range.start);
    ranges
}

/// SplitMix64: libFuzzer wants the same text for the same seed.
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut value = self.0;
        value = (value ^ (value >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        value = (value ^ (value >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((value ^ (value >> 31)) % limit.max(1) as u64) as usize
    }
}
