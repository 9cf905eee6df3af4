//! Fuzzing of the compiler. README.md says how to run it.

pub mod invariants;
pub mod mutation;

/// A fuzz target that tries `$invariant` on texts.
#[macro_export]
macro_rules! target {
    ($invariant:expr) => {
        libfuzzer_sys::fuzz_target!(|data: &[u8]| -> libfuzzer_sys::Corpus {
            let Ok(text) = std::str::from_utf8(data) else {
                return libfuzzer_sys::Corpus::Reject;
            };
            $invariant(text);
            libfuzzer_sys::Corpus::Keep
        });

        libfuzzer_sys::fuzz_mutator!(|data: &mut [u8], size: usize, max_size: usize, seed: u32| {
            $crate::mutation::mutate(data, size, max_size, seed)
        });
    };
}
