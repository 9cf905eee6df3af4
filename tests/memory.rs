//! Nothing leaks, and no invalid memory is accessed.
//!
//! `cargo test` runs every test a few times and looks for lost references. Tests that take minutes are ignored unless requested:
//! `cargo test --test memory -- --ignored`.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use pyidl::unstable::interpreters::Interpreter;
use pyidl_test_support::{Report, Runner, notice, pythons, repository, skipped, work_directory};

/// How often every test is repeated if `cargo test` counts references: enough to detect a reference that every second call loses.
const FEW: usize = 20;

/// The same on a debug build, which counts every reference and is slow.
const FEWEST: usize = 5;

/// How often it is repeated on every ordinary build.
const MANY: usize = 200;

/// The number of repetitions on one build of each kind: enough to detect a loss in one of ten calls.
const MOST: usize = 1000;

/// Splits the test files among as many processes as there are processors.
fn run_in_parts(python: &Interpreter, configure: &(dyn Fn(Runner) -> Runner + Sync)) -> Report {
    let files = pyidl_test_support::test_files();
    let names: Vec<String> = files
        .iter()
        .filter_map(|file| Some(file.file_name()?.to_str()?.to_owned()))
        .collect();
    let parts = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(names.len());
    let mut whole = Report::default();
    thread::scope(|scope| {
        let runs: Vec<_> = (0..parts)
            .map(|part| {
                let names: Vec<&str> = names
                    .iter()
                    .skip(part)
                    .step_by(parts)
                    .map(String::as_str)
                    .collect();
                scope.spawn(move || configure(Runner::new(python).files(&names)).run())
            })
            .collect();
        for run in runs {
            let report = run.join().unwrap_or_else(|_| panic!("a run panicked"));
            whole.passed += report.passed;
            whole.failed.extend(report.failed);
            whole.skipped.extend(report.skipped);
            whole.stderr.push_str(&report.stderr);
            whole.duration = whole.duration.max(report.duration);
        }
    });
    whole
}

fn check(what: &str, python: &Interpreter, report: &Report) {
    let failed = report.failed.len();
    notice(&format!(
        "{what}: {}: {} tests passed, {failed} failed, {:.0} s",
        python.description(),
        report.passed,
        report.duration.as_secs_f64()
    ));
    if let Some(failures) = report.failures() {
        panic!("{what}: {}:\n{failures}", python.description());
    }
}

fn leak_test(python: &Interpreter, rounds: usize) {
    let report = run_in_parts(python, &|runner| {
        runner
            .argument("--leaks")
            .argument(&rounds.to_string())
            // A test may take as long as its rounds do.
            .argument("--timeout")
            .argument("1500")
    });
    check(&format!("leaks, {rounds} rounds"), python, &report);
}

/// Ordinary builds of CPython, the oldest first.
fn ordinary() -> Vec<&'static Interpreter> {
    let pythons = pythons().iter();
    pythons
        .filter(|python| python.is_cpython() && !python.facts.free_threaded && !python.facts.debug)
        .collect()
}

/// A debug build counts all references, and so detects every lost one.
fn debug_build() -> Option<&'static Interpreter> {
    let mut pythons = pythons().iter();
    pythons.find(|python| python.is_cpython() && python.facts.debug)
}

#[test]
fn nothing_is_lost_in_a_few_rounds() {
    let newest = ordinary().pop().map(|python| (python, FEW));
    let debug = || debug_build().map(|python| (python, FEWEST));
    match newest.or_else(debug) {
        Some((python, rounds)) => leak_test(python, rounds),
        None => skipped("leaks", "there is no CPython with the GIL"),
    }
}

#[test]
fn what_is_lost_is_found() {
    let builds: Vec<_> = debug_build().into_iter().chain(ordinary().pop()).collect();
    if builds.is_empty() {
        skipped("losses", "there is no CPython with the GIL");
    }
    for python in builds {
        let report = Runner::new(python)
            .file(repository().join("tests/leaks/test_losses.py"))
            .argument("--leaks")
            .argument(&FEW.to_string())
            .run();
        let lost = [
            ("test_lost_in_every_round", 20, 20),
            ("test_lost_in_the_only_round", 1, 1),
            ("test_lost_in_one_of_ten_rounds", 2, 20),
        ];
        assert_eq!(report.failed.len(), lost.len(), "{report:#?}");
        for ((test, found), (name, count, rounds)) in report.failed.iter().zip(lost) {
            let end =
                format!("{count} more references to the module's objects after {rounds} rounds");
            assert!(
                test.ends_with(name) && found.trim_end().ends_with(&end),
                "{}: {test}: {found}",
                python.description()
            );
        }
        assert_eq!(report.passed, 3, "{}", python.description());
        assert_eq!(report.skipped.len(), 1, "{}", python.description());
    }
}

#[test]
#[ignore = "takes minutes"]
fn no_reference_is_lost_on_a_debug_build() {
    match debug_build() {
        Some(python) => leak_test(python, MOST),
        None => skipped("reference counts", "there is no debug build of Python"),
    }
}

#[test]
#[ignore = "takes minutes"]
fn nothing_leaks_on_a_free_threaded_build() {
    // The oldest, which is final: release candidates may leak on their own.
    let found = pythons().iter().find(|python| {
        python.facts.free_threaded && !python.facts.debug && python.facts.minor >= 14
    });
    match found {
        Some(python) => leak_test(python, MOST),
        None => skipped(
            "leaks without the GIL",
            "there is no free-threaded Python from 3.14 on",
        ),
    }
}

#[test]
#[ignore = "takes minutes"]
fn nothing_leaks_on_ordinary_builds() {
    let mut builds = ordinary();
    match builds.pop() {
        Some(newest) => leak_test(newest, MOST),
        None => skipped("leaks", "there is no ordinary build of CPython"),
    }
    for python in builds {
        leak_test(python, MANY);
    }
}

#[test]
#[ignore = "takes minutes"]
fn guarded_allocations() {
    // PYTHONMALLOC=debug puts guards around every block and checks which allocator frees it. Free-threaded builds
    // allow no other allocator than theirs.
    let mut tried = 0;
    for python in pythons() {
        if python.is_cpython() && !python.facts.free_threaded {
            tried += 1;
            let report = Runner::new(python)
                .environment("PYTHONMALLOC", "debug")
                .run();
            check("PYTHONMALLOC=debug", python, &report);
        }
    }
    if tried == 0 {
        skipped("PYTHONMALLOC=debug", "there is no CPython with the GIL");
    }
}

#[test]
#[ignore = "takes minutes"]
fn valgrind_finds_nothing() {
    if Command::new("valgrind").arg("--version").output().is_err() {
        return skipped("memcheck", "valgrind is not installed");
    }
    let Some(python) = quiet_interpreter() else {
        return skipped(
            "memcheck",
            "there is no CPython with the GIL of which valgrind has nothing to say by itself",
        );
    };
    let logs = work_directory().join("valgrind");
    let _ = fs::remove_dir_all(&logs);
    fs::create_dir_all(&logs).unwrap_or_else(|error| panic!("{}: {error}", logs.display()));
    let wrapper = valgrind(&logs);
    let report = run_in_parts(python, &|runner| {
        runner
            // `PYTHONMALLOC=malloc` makes each object an allocation of its own, so that valgrind sees every block.
            .environment("PYTHONMALLOC", "malloc")
            .argument("--timeout")
            .argument("1500")
            .wrapped_in(&wrapper)
    });
    check("memcheck", python, &report);
    let errors = complaints(&logs);
    assert!(
        errors.is_empty(),
        "memcheck, {}:\n{errors}",
        python.description()
    );
}

/// The first interpreter of which memcheck has nothing to say when it runs without any module of ours: so hardly anything
/// has to be suppressed, and nothing can be hidden.
fn quiet_interpreter() -> Option<&'static Interpreter> {
    // Some builds read memory that they have not written, and from 3.12 on most lose track of interned strings.
    let order = [10, 9, 8, 14, 11, 15, 12, 13];
    let mut candidates: Vec<_> = pythons()
        .iter()
        .filter(|python| python.is_cpython() && !python.facts.free_threaded && !python.facts.debug)
        .collect();
    candidates.sort_by_key(|python| order.iter().position(|minor| *minor == python.facts.minor));
    candidates.into_iter().find(|python| {
        let logs = work_directory().join(format!("valgrind-baseline-{}", python.facts.release));
        let _ = fs::remove_dir_all(&logs);
        fs::create_dir_all(&logs).unwrap_or_else(|error| panic!("{}: {error}", logs.display()));
        let words = valgrind(&logs);
        let ran = Command::new(&words[0])
            .args(&words[1..])
            .arg(&python.path)
            .arg("-B")
            .arg(repository().join("tests/valgrind/baseline.py"))
            .env("PYTHONMALLOC", "malloc")
            .output();
        ran.is_ok_and(|output| output.status.success()) && complaints(&logs).is_empty()
    })
}

fn valgrind(logs: &Path) -> Vec<String> {
    vec![
        "valgrind".to_owned(),
        "--tool=memcheck".to_owned(),
        "--error-limit=no".to_owned(),
        "--num-callers=25".to_owned(),
        "--leak-check=full".to_owned(),
        "--show-leak-kinds=definite".to_owned(),
        "--errors-for-leak-kinds=definite".to_owned(),
        format!(
            "--suppressions={}",
            repository().join("tests/valgrind/cpython.supp").display()
        ),
        format!("--log-file={}/%p.log", logs.display()),
    ]
}

/// The errors of all logs.
fn complaints(logs: &Path) -> String {
    let mut found = String::new();
    let entries = fs::read_dir(logs).unwrap_or_else(|error| panic!("{}: {error}", logs.display()));
    for entry in entries.flatten() {
        let log = fs::read_to_string(entry.path()).unwrap_or_default();
        // Children that become another program before they end have no summary.
        if log.contains("ERROR SUMMARY: ") && !log.contains("ERROR SUMMARY: 0 errors") {
            found.push_str(&log);
        }
    }
    found
}
