//! The faults of PyPy that idl/README.md lists are PyPy's own: a C extension shows each of them.

use std::fs;
use std::process::Command;

use pyidl_test_support::{notice, output_of, pythons, repository, skipped, work_directory};

/// The functions of `tests/pypy/faults.py`.
const FAULTS: [&str; 3] = [
    "released_memoryview",
    "error_at_the_end_of_the_stack",
    "thread_before_any_of_python",
];

/// The newest release in which all of them were seen.
const SEEN_IN: (u32, u32) = (3, 9);

#[test]
fn faults_of_pypy_itself() {
    let Some(pypy) = pythons().iter().find(|python| !python.is_cpython()) else {
        return skipped("faults of PyPy's own", "there is no PyPy");
    };
    let directory = work_directory();
    fs::create_dir_all(&directory)
        .unwrap_or_else(|error| panic!("{}: {error}", directory.display()));
    let module = directory.join("faults.so");
    let compiler = std::env::var("CC").unwrap_or_else(|_| "cc".to_owned());
    let mut compile = Command::new(compiler);
    compile
        .args(["-shared", "-fPIC", "-o"])
        .arg(&module)
        .arg(repository().join("tests/pypy/faults.c"))
        .arg("-lpthread");
    if Command::new(compile.get_program())
        .arg("--version")
        .output()
        .is_err()
    {
        return skipped("faults of PyPy's own", "there is no C compiler");
    }
    output_of(&mut compile);
    for fault in FAULTS {
        let mut command = Command::new(&pypy.path);
        command
            .arg(repository().join("tests/pypy/faults.py"))
            .arg(&module)
            .arg(fault);
        let output = command
            .output()
            .unwrap_or_else(|error| panic!("cannot run {command:?}: {error}"));
        if output.status.success() {
            assert!(
                (3, pypy.facts.minor) > SEEN_IN,
                "{fault}: {} has this fault no longer: take it from idl/README.md",
                pypy.description()
            );
        } else {
            // It ends by a signal instead of an exception.
            assert_eq!(output.status.code(), None, "{fault}: {output:?}");
        }
        notice(&format!(
            "{}: {fault}: {}",
            pypy.description(),
            output.status
        ));
    }
}
