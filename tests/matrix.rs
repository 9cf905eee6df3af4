//! One built file, every interpreter: all of them import the same bytes and pass the same tests.
//!
//! `PYIDL_PYTHONS` says which interpreters; without it, every one that is found.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use pyidl::unstable::interpreters::Interpreter;
use pyidl_test_support::{Report, Runner, Stage, notice, pythons};

#[test]
fn every_interpreter_passes_with_the_same_file() {
    Stage::get();
    let reports = in_every_interpreter(&|python| Runner::new(python).run());
    all_passed(&reports);
    same_file_everywhere(&reports);
}

#[test]
#[ignore = "takes minutes"]
fn every_interpreter_passes_with_modules_built_for_debugging() {
    let stage = Stage::for_debugging();
    all_passed(&in_every_interpreter(&|python| {
        Runner::new(python).stage(stage).run()
    }));
}

fn all_passed(reports: &[(Interpreter, Report)]) {
    let mut text = String::new();
    for (python, report) in reports {
        if let Some(failures) = report.failures() {
            text.push_str(&format!(
                "{} ({}):\n{failures}\n",
                python.description(),
                python.path.display()
            ));
        }
    }
    assert!(text.is_empty(), "{text}");
}

/// Runs something in every interpreter, several at a time, and prints what each passed.
fn in_every_interpreter(
    run: &(dyn Fn(&Interpreter) -> Report + Sync),
) -> Vec<(Interpreter, Report)> {
    let pythons = pythons();
    let next = AtomicUsize::new(0);
    let reports = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(python) = pythons.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let report = run(python);
                    notice(&line(python, &report));
                    if let Ok(mut reports) = reports.lock() {
                        reports.push((python.clone(), report));
                    }
                }
            });
        }
    });
    reports
        .into_inner()
        .unwrap_or_else(|_| panic!("a run panicked"))
}

fn line(python: &Interpreter, report: &Report) -> String {
    let failed = match report.failed.len() {
        0 => String::new(),
        count => format!(", {count} FAILED"),
    };
    format!(
        "{:<34} {} modules {}, {} tests passed{failed}, {} skipped, {:.1} s  ({})",
        python.description(),
        report.modules.len(),
        report.loads,
        report.passed,
        report.skipped.len(),
        report.duration.as_secs_f64(),
        python.path.display(),
    )
}

/// Every interpreter must have read the same bytes of every module.
fn same_file_everywhere(reports: &[(Interpreter, Report)]) {
    let mut files: BTreeSet<(&str, Vec<&str>)> = BTreeSet::new();
    for module in &Stage::get().modules {
        let name = module.name.as_str();
        let digests: BTreeSet<&str> = reports
            .iter()
            .filter_map(|(_, report)| report.modules.get(name).map(String::as_str))
            .collect();
        assert!(!digests.is_empty(), "no test imports {name}");
        assert_eq!(
            digests.len(),
            1,
            "{name} was not the same file everywhere: {digests:?}"
        );
        let digest = digests.into_iter().next().unwrap_or_default();
        files.insert((digest, vec![name]));
    }
    notice(&format!(
        "the same files in all {} interpreters, by SHA-256:",
        reports.len()
    ));
    let mut seen = "";
    let mut names: Vec<&str> = Vec::new();
    for (digest, modules) in files {
        if digest != seen && !names.is_empty() {
            notice(&format!("  {seen}  {}", names.join(" ")));
            names.clear();
        }
        seen = digest;
        names.extend(modules);
    }
    notice(&format!("  {seen}  {}", names.join(" ")));
}
