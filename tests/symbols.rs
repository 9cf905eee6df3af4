//! The built files can be loaded without Python: they refer to none of its symbols and libraries.

use std::fs;

use object::elf::DT_NEEDED;
use object::read::elf::{Dyn as _, ElfFile64, FileHeader as _, SectionHeader as _};
use object::{Object as _, ObjectSymbol as _};
use pyidl_test_support::{Stage, notice, skipped};

#[test]
fn no_python_symbol_is_undefined() {
    for module in &Stage::get().modules {
        let data =
            fs::read(&module.library).unwrap_or_else(|error| panic!("{}: {error}", module.name));
        let file =
            object::File::parse(&*data).unwrap_or_else(|error| panic!("{}: {error}", module.name));
        let undefined: Vec<_> = file
            .dynamic_symbols()
            .filter(|symbol| symbol.is_undefined())
            .filter_map(|symbol| symbol.name().ok())
            .filter(|name| name.trim_start_matches('_').starts_with("Py"))
            .collect();
        assert!(undefined.is_empty(), "{} needs {undefined:?}", module.name);
    }
}

#[test]
fn only_the_module_functions_are_exported() {
    let names: Vec<&str> = Stage::get()
        .modules
        .iter()
        .map(|module| module.name.as_str())
        .collect();
    for module in &Stage::get().modules {
        let data =
            fs::read(&module.library).unwrap_or_else(|error| panic!("{}: {error}", module.name));
        let file =
            object::File::parse(&*data).unwrap_or_else(|error| panic!("{}: {error}", module.name));
        let exported: Vec<String> = file
            .exports()
            .unwrap_or_else(|error| panic!("{}: {error}", module.name))
            .iter()
            .map(|export| {
                String::from_utf8_lossy(export.name())
                    .trim_start_matches('_')
                    .to_owned()
            })
            .collect();
        for wanted in [
            format!("PyInit_{}", module.name),
            format!("PyModExport_{}", module.name),
        ] {
            assert!(
                exported.contains(&wanted),
                "{} does not export {wanted}",
                module.name
            );
        }
        for export in &exported {
            let known = ["PyInit_", "PyModExport_"].iter().any(|prefix| {
                export
                    .strip_prefix(prefix)
                    .is_some_and(|name| names.contains(&name))
            });
            assert!(known, "{} exports {export}", module.name);
        }
    }
}

#[test]
fn no_python_library_is_needed() {
    if !cfg!(all(target_os = "linux", target_pointer_width = "64")) {
        return skipped("needed libraries", "only 64-bit ELF files are read");
    }
    for module in &Stage::get().modules {
        let data =
            fs::read(&module.library).unwrap_or_else(|error| panic!("{}: {error}", module.name));
        let needed = needed_libraries(&data)
            .unwrap_or_else(|error| panic!("{} is no ELF file: {error}", module.name));
        assert!(
            !needed.is_empty(),
            "{}: no list of needed libraries",
            module.name
        );
        for library in &needed {
            assert!(
                !library.contains("python"),
                "{} needs {library}",
                module.name
            );
        }
    }
    notice("no module needs a symbol or a library of Python");
}

/// What `ldd` starts from: the names in the dynamic section.
fn needed_libraries(data: &[u8]) -> object::Result<Vec<String>> {
    let file = ElfFile64::<object::Endianness>::parse(data)?;
    let endian = file.endian();
    let sections = file.elf_header().sections(endian, data)?;
    let mut needed = Vec::new();
    for section in sections.iter() {
        let Some((entries, link)) = section.dynamic(endian, data)? else {
            continue;
        };
        let strings = sections.strings(endian, data, link)?;
        for entry in entries {
            if entry.tag(endian) == DT_NEEDED {
                let name = entry.string(endian, strings)?;
                needed.push(String::from_utf8_lossy(name).into_owned());
            }
        }
    }
    Ok(needed)
}
