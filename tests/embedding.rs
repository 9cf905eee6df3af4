//! Modules in programs that embed Python, and in programs without any.

use std::path::PathBuf;
use std::process::Command;
use std::sync::OnceLock;
use std::{fs, process};

use pyidl::unstable::interpreters::Interpreter;
use pyidl_test_support::{
    Stage, notice, output_of, pythons, repository, runnable_library, skipped, work_directory,
};

/// Uses all kinds of definitions. Only modules are included that need no shared library of the standard library: in a host that
/// loads libpython with `RTLD_LOCAL`, those of many distributions cannot be loaded at all.
const CODE: &str = "
import classes, containers, errors, objects, panics, params, scalars, text
counter = classes.Counter(3)
counter.increment()
assert counter.value == 4
assert [scalars.add(n, 1) for n in range(-10, 300)] == list(range(-9, 301))
assert text.greet('abc') == 'Hello, abc!' and text.greet('é') == 'Hello, é!'
assert params.everything(1, 2, 3, 4, d=5, x=6)[-1] == {'x': 6}
assert containers.sum([0.5] * 100) == 50.0
assert objects.apply(lambda x: x + 1, 1) == 2
assert list(objects.countdown(3)) == [2, 1, 0]
try: errors.close(1)
except errors.OpenPath as error: assert error.gap == 1.0
try: panics.crash('x')
except RuntimeError as error: assert 'x' in str(error)
";

/// The C program, compiled once; `None` if there is no C compiler.
fn host() -> Option<&'static PathBuf> {
    static HOST: OnceLock<Option<PathBuf>> = OnceLock::new();
    let host = HOST.get_or_init(|| {
        let directory = work_directory();
        fs::create_dir_all(&directory).ok()?;
        let host = directory.join("host");
        let new = directory.join(format!("host.{}", process::id()));
        let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
        let mut command = Command::new(compiler);
        command
            .arg("-o")
            .arg(&new)
            .arg(repository().join("tests/embedding/host.c"))
            .arg("-ldl");
        if command.output().ok()?.status.success() && fs::rename(new, &host).is_ok() {
            Some(host)
        } else {
            None
        }
    });
    if host.is_none() {
        skipped(
            "embedding",
            "there is no C compiler that makes Unix programs",
        );
    }
    host.as_ref()
}

/// Interpreters with a shared library.
fn embeddable() -> Vec<(&'static Interpreter, PathBuf)> {
    let found: Vec<_> = pythons()
        .iter()
        .filter(|python| python.is_cpython())
        .filter_map(|python| Some((python, runnable_library(python)?)))
        .collect();
    if found.is_empty() {
        skipped("embedding", "no interpreter has a shared library");
    }
    found
}

fn run_hosted(python: &Interpreter, library: &PathBuf, mode: &str, times: &str) {
    let Some(host) = host() else { return };
    let mut command = Command::new(host);
    command
        .args(["run", mode, times])
        .arg(library)
        .arg(CODE)
        .env("PYTHONHOME", &python.facts.prefix)
        .env("PYTHONPATH", &Stage::get().directory);
    output_of(&mut command);
}

#[test]
fn a_host_that_loads_python_locally() {
    for (python, library) in embeddable() {
        run_hosted(python, &library, "LOCAL", "1");
        notice(&format!("RTLD_LOCAL host: {}", python.description()));
    }
}

#[test]
fn initialised_and_finalised_five_times() {
    for (python, library) in embeddable() {
        run_hosted(python, &library, "GLOBAL", "5");
        notice(&format!(
            "five times in one process: {}",
            python.description()
        ));
    }
}

#[test]
fn two_pythons_in_one_process() {
    let Some(host) = host() else { return };
    // Any two of different versions; the table of functions can hold only one of them.
    let found = embeddable();
    let mut with_gil = found
        .iter()
        .filter(|(python, _)| !python.facts.free_threaded);
    let (Some(first), Some(second)) = (with_gil.next(), with_gil.next_back()) else {
        return skipped(
            "two Pythons in one process",
            "there is only one shared library",
        );
    };
    let code = "
import sys
try:
    import scalars
    print('imported', scalars.add(2, 3), flush=True)
except ImportError as error:
    print('ImportError:', error, flush=True)
";
    for (one, other) in [(first, second), (second, first)] {
        let mut command = Command::new(host);
        command
            .arg("two")
            .args([one.1.as_os_str(), one.0.facts.prefix.as_os_str()])
            .args([other.1.as_os_str(), other.0.facts.prefix.as_os_str()])
            .arg(code)
            .env("PYTHONPATH", &Stage::get().directory);
        let output = output_of(&mut command);
        let lines: Vec<_> = output.lines().collect();
        assert_eq!(lines.len(), 2, "{output}");
        assert_eq!(lines[0], "imported 5");
        assert!(
            lines[1].starts_with("ImportError: ") && lines[1].len() > 20,
            "{output}"
        );
        notice(&format!(
            "{} then {}: {}",
            one.0.facts.release, other.0.facts.release, lines[1]
        ));
    }
}

#[test]
fn a_process_without_python() {
    let Some(host) = host() else { return };
    let Some(module) = Stage::get().modules.first() else {
        panic!("no module")
    };
    let mut command = Command::new(host);
    command
        .arg("none")
        .arg(&module.library)
        .arg(format!("PyInit_{}", module.name))
        .arg(format!("PyModExport_{}", module.name));
    let output = output_of(&mut command);
    assert_eq!(output.matches("returned NULL").count(), 2, "{output}");
}
