//! Races between threads, as ThreadSanitizer sees them: a free-threaded CPython and the test modules are both built with it.
//!
//! ```console
//! $ PYIDL_PYTHONS=…/python3 cargo test --test thread_sanitizer -- --ignored
//! ```
//!
//! takes a CPython that was configured with `--disable-gil --with-thread-sanitizer` and built by GCC, on Linux for x86-64. Rust
//! has its instrumentation behind a flag that is not stable; `RUSTC_BOOTSTRAP=1`, which the test sets, allows it. The standard
//! library is built the same way, for which its source has to be there (`rustup component add rust-src`).
//!
//! CPython races with itself, too: what counts is whether one of the two accesses is in Rust code. Deep chains of objects are
//! not among the tests: with so much stack taken by instrumentation, threads of such a CPython keep what is nested in their
//! objects (also of lists in lists) until they end.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use pyidl_test_support::{
    Runner, Stage, notice, output_of, race_detector, repository, work_directory,
};

/// The files whose tests start threads.
const FILES: [&str; 4] = [
    "test_threads.py",
    "test_interpreters.py",
    "test_railway.py",
    "test_panics.py",
];

#[test]
#[ignore = "takes minutes, and a CPython that is built with ThreadSanitizer"]
fn no_race_in_the_modules() {
    // Hardly any machine has all of it, so this does not fail even with `PYIDL_TEST_EVERYTHING`.
    let Some(python) = race_detector() else {
        return notice("skipped: races: no Python in PYIDL_PYTHONS is built with ThreadSanitizer");
    };
    if !standard_library().is_dir() {
        return notice("skipped: races: the source of Rust's standard library is not installed");
    }
    let stage = Stage::with_thread_sanitizer();
    let directory = work_directory().join("thread-sanitizer");
    let logs = directory.join("logs");
    let _ = fs::remove_dir_all(&logs);
    fs::create_dir_all(&logs).unwrap_or_else(|error| panic!("{}: {error}", logs.display()));
    let log = logs.join("log");
    let options = format!(
        "log_path={} exitcode=0 report_thread_leaks=0 history_size=7",
        log.display()
    );
    let run = Runner::new(python)
        .files(&FILES)
        .stage(stage)
        .environment("TSAN_OPTIONS", &options)
        .environment("LD_PRELOAD", &memory_functions(&directory))
        .argument("--timeout")
        .argument("1500")
        .run();

    let mut ours = Vec::new();
    let mut of_python = 0;
    let entries = fs::read_dir(&logs).unwrap_or_else(|error| panic!("{}: {error}", logs.display()));
    for entry in entries.flatten() {
        let log = fs::read_to_string(entry.path()).unwrap_or_default();
        for report in log.split("==================") {
            if report.contains("WARNING: ThreadSanitizer") {
                match is_ours(report, stage) {
                    true => ours.push(report.to_owned()),
                    false => of_python += 1,
                }
            }
        }
    }
    notice(&format!(
        "ThreadSanitizer: {}: {} tests passed, {} reports of Rust code, {of_python} of CPython's own",
        python.description(),
        run.passed,
        ours.len()
    ));
    assert!(ours.is_empty(), "{}", ours.join("\n"));
    if let Some(failures) = run.failures() {
        panic!("{}:\n{failures}", python.description());
    }
    assert!(run.passed > 50, "{} tests", run.passed);
}

/// Whether a report is of Rust code: one of the accesses is in it, or it is of locks and threads that are used wrongly.
fn is_ours(report: &str, stage: &Stage) -> bool {
    let in_rust = |frame: &str| {
        frame.contains(".rs:")
            || stage
                .modules
                .iter()
                .any(|module| frame.contains(&format!("({}.so+", module.name)))
    };
    let mut lines = report.lines();
    let mut accesses = 0;
    while let Some(line) = lines.next() {
        let line = line.to_lowercase();
        if !line.contains("write of size") && !line.contains("read of size") {
            continue;
        }
        accesses += 1;
        // A function such as `memcpy`, which the sanitizer watches, accesses memory for its caller.
        let frame = lines
            .by_ref()
            .take_while(|line| line.trim_start().starts_with('#'))
            .find(|frame| !frame.contains("(libtsan.") && !frame.contains(MEMORY_FUNCTIONS));
        if frame.is_some_and(in_rust) {
            return true;
        }
    }
    accesses == 0 && report.lines().any(in_rust)
}

const MEMORY_FUNCTIONS: &str = "memory-functions.so";

/// Builds the library that the interpreter has to load first; returns its path.
fn memory_functions(directory: &Path) -> String {
    let library = directory.join(MEMORY_FUNCTIONS);
    output_of(
        Command::new("cc")
            .args(["-O1", "-fno-builtin", "-shared", "-fPIC", "-o"])
            .arg(&library)
            .arg(repository().join("tests/thread_sanitizer/memory.c")),
    );
    library.display().to_string()
}

fn standard_library() -> PathBuf {
    let root = output_of(Command::new("rustc").args(["--print", "sysroot"]));
    Path::new(root.trim()).join("lib/rustlib/src/rust/library/std")
}
