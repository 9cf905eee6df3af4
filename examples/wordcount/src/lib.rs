//! Counting words.

mod bindings {
    pyidl_runtime::include_idl!("wordcount");
}

use std::cmp::Reverse;
use std::collections::HashMap;
use std::fs;
use std::path::Path;

use bindings::{CounterClass, Wordcount};
use pyidl_runtime::exceptions::{OSError, ValueError};

struct Module;

impl Wordcount for Module {
    fn words(text: &str, min_length: u32) -> Vec<String> {
        // An apostrophe inside a word belongs to it, a quotation mark around it does not.
        text.split(|c: char| !c.is_alphanumeric() && !is_apostrophe(c))
            .map(|word| word.trim_matches(is_apostrophe))
            .filter(|word| !word.is_empty() && word.chars().count() >= min_length as usize)
            .map(str::to_lowercase)
            .collect()
    }

    fn count_file(path: &Path) -> Result<Counter, OSError> {
        let bytes = fs::read(path)?;
        Ok(Counter::new(Self::words(
            &String::from_utf8_lossy(&bytes),
            1,
        )))
    }
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’')
}

/// How often each word occurred.
pub struct Counter {
    counts: HashMap<String, u64>,
}

impl CounterClass for Counter {
    fn new(words: Vec<String>) -> Self {
        let mut counts = HashMap::new();
        for word in words {
            *counts.entry(word).or_default() += 1;
        }
        Self { counts }
    }

    fn total(&self) -> u64 {
        self.counts
            .values()
            .fold(0, |total, count| total.saturating_add(*count))
    }

    fn add(&mut self, word: &str, times: u64) -> Result<(), ValueError> {
        if word.is_empty() {
            return Err(ValueError::new("a word cannot be empty"));
        }
        let count = self.counts.entry(word.to_owned()).or_default();
        *count = count.saturating_add(times);
        Ok(())
    }

    fn most_common(&self, n: Option<u32>) -> Vec<(String, u64)> {
        let mut ranked: Vec<_> = self.counts.iter().collect();
        ranked.sort_unstable_by_key(|&(word, count)| (Reverse(*count), word));
        ranked.truncate(n.map_or(usize::MAX, |n| n as usize));
        ranked
            .into_iter()
            .map(|(word, count)| (word.clone(), *count))
            .collect()
    }

    fn op_getitem(&self, word: &str) -> u64 {
        self.counts.get(word).copied().unwrap_or(0)
    }

    fn op_len(&self) -> u64 {
        self.counts.len() as u64
    }
}

bindings::export!(Module);
