//! Compiles every interface file in `idl/`, and that of the language reference, and lists the modules that implement
//! them, and the one that has none.

#[expect(
    dead_code,
    reason = "the tests of the reference read more of its blocks"
)]
mod fences;

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let root = env::var("CARGO_MANIFEST_DIR").map_err(io::Error::other)?;
    let out_dir = env::var("OUT_DIR").map_err(io::Error::other)?;
    let mut names = Vec::new();
    for entry in fs::read_dir(Path::new(&root).join("idl"))? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "pyidl" || extension == "wit")
        {
            pyidl::build(&path);
            names.extend(
                path.file_stem()
                    .map(|stem| stem.to_string_lossy().into_owned()),
            );
        }
    }
    names.sort();

    let reference = Path::new(&root).join("../../idl/README.md");
    println!("cargo::rerun-if-changed={}", reference.display());
    let music = Path::new(&out_dir).join("music.pyidl");
    fs::write(&music, fences::interface(&fs::read_to_string(&reference)?))?;
    // Cargo watches this file too, and a file that is younger than the build script's last run has it run again.
    fs::File::options()
        .append(true)
        .open(&music)?
        .set_modified(fs::metadata(&reference)?.modified()?)?;
    pyidl::build(music);
    names.push("music".to_owned());

    // Its glue is written by hand.
    let stub = Path::new(&root).join("src/heirs.pyi");
    println!("cargo::rerun-if-changed={}", stub.display());
    fs::copy(stub, Path::new(&out_dir).join("pyidl/heirs.pyi"))?;
    names.push("heirs".to_owned());

    let mut modules = String::new();
    for name in &names {
        writeln!(
            modules,
            "#[path = {:?}]\nmod {name};",
            format!("{root}/src/{name}.rs")
        )
        .map_err(io::Error::other)?;
    }
    fs::write(Path::new(&out_dir).join("modules.rs"), modules)?;
    println!("cargo::rerun-if-changed=idl");
    Ok(())
}
