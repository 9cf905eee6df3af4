//! Runs the stages in order.

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::thread;

use crate::diagnostic::render::{self, Format};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Error;
#[cfg(feature = "tools")]
use crate::lint;
use crate::load::{self, Gathering, Library, Origin, ParsedFile, Plan};
use crate::model::Interface;
use crate::render::Files;
use crate::resolve::{self, Features, Resolved};
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::ast;
use crate::{emit, input, lower};

/// Interface files, each compiled as far as its errors allow.
///
/// ```
/// let mut compilation = pyidl::unstable::Compilation::default();
/// compilation.add("idl/greeting.pyidl", "greet: func(name: string) -> string;");
/// assert!(!compilation.diagnostics.has_errors());
///
/// let files = compilation.generate();
/// assert!(files.get("greeting.rs").unwrap().contains("fn greet(name: &str) -> String;"));
/// ```
#[derive(Clone, Debug, Default)]
pub struct Compilation {
    /// The texts, under the paths that the user gave.
    pub sources: SourceMap,
    /// All findings in them.
    pub diagnostics: Diagnostics,
    /// The extension modules: one for each file or directory, or for each of its worlds, in the order in which they were added.
    pub units: Vec<Unit>,
    /// Further extension modules whose types these use.
    pub used: Vec<Unit>,
    /// The features that are on. Must be set before files are added.
    pub features: Features,
    library: Library,
    /// Where the modules are declared, by their names.
    modules: HashMap<String, Span>,
}

/// One extension module.
#[derive(Clone, Debug)]
pub struct Unit {
    /// The files that declare it, by their indices in [`Compilation::sources`]; at least one.
    pub files: Vec<FileId>,
    /// Its name in generated files: the path of its file or directory within the enclosing package.
    pub source: String,
    /// Its interface; none if there are errors.
    pub interface: Option<Interface>,
}

impl Compilation {
    /// Reads and compiles `path`, a file or a directory, which is relative to `root` and displayed as given.
    ///
    /// # Errors
    ///
    /// If something cannot be read. Errors in the text are added to the diagnostics, and so are files that are not text.
    pub fn read(&mut self, root: &Path, path: &Path) -> Result<(), Error> {
        self.read_all(root, &[path.to_owned()])
    }

    /// Does the same as [`Compilation::read`], for several files and directories that may use each other.
    ///
    /// # Errors
    ///
    /// See [`Compilation::read`].
    pub fn read_all(&mut self, root: &Path, paths: &[PathBuf]) -> Result<(), Error> {
        let (paths, homes) = load::homes(root, paths);
        for inputs in homes {
            let mut gathering = Gathering::new(
                &mut self.library,
                &mut self.sources,
                &mut self.diagnostics,
                Origin::Disk(root),
                &paths,
            );
            for path in inputs {
                gathering.input(&path)?;
            }
            gathering.needed()?;
            if let Some((plan, found)) = gathering.finish() {
                self.resolve(plan, found, |path| input::path_in_package(root, path));
            }
        }
        Ok(())
    }

    /// From now on uses `bytes` as the contents of the file at `path`, which need not exist: for files with unsaved changes. The
    /// file is not compiled before it is read.
    #[cfg(feature = "cli")]
    pub(crate) fn give(&mut self, path: &Path, bytes: Vec<u8>) {
        self.library.give(path, bytes);
    }

    /// Compiles `text`; diagnostics and generated files call it `path`, whose stem names the module if the text declares no
    /// package. It can use files that were added before.
    #[cfg(feature = "unstable")]
    pub fn add(&mut self, path: impl AsRef<Path>, text: impl Into<String>) {
        let file = self.sources.add(path.as_ref(), text);
        let index = self.library.parse(file, &self.sources);
        let mut gathering = Gathering::new(
            &mut self.library,
            &mut self.sources,
            &mut self.diagnostics,
            Origin::Memory,
            &[],
        );
        gathering.text(index);
        let found = gathering.needed();
        debug_assert!(found.is_ok(), "nothing is read from the disk");
        if let Some((plan, found)) = gathering.finish() {
            self.resolve(plan, found, input::with_slashes);
        }
    }

    fn resolve(&mut self, plan: Plan, mut found: Diagnostics, shown: impl Fn(&Path) -> String) {
        let workspace = plan.workspace(&self.library, &self.features);
        let resolved = resolve::resolve(&workspace, &self.sources, &mut found);
        self.diagnostics.extend(found);
        for Resolved {
            files,
            interface,
            is_input,
        } in resolved
        {
            let path = self.sources.path(files[0]);
            let path = match path.parent() {
                Some(directory) if files.len() > 1 => directory,
                _ => path,
            };
            let unit = Unit {
                source: shown(path),
                files,
                interface,
            };
            if is_input {
                self.used.retain(|used| !used.is_same_as(&unit));
                self.refuse_second_module(&unit);
                self.units.push(unit);
            } else if !self.generated().any(|known| known.is_same_as(&unit)) {
                self.used.push(unit);
            }
        }
    }

    /// All interface files that were read, including those that others use.
    pub fn files(&self) -> &[ParsedFile] {
        &self.library.files
    }

    /// The syntax tree of a file that was read; `None` for any other file.
    #[cfg(feature = "unstable")]
    pub fn tree(&self, file: FileId) -> Option<&ast::File> {
        let files = self.library.files.iter();
        let mut found = files.filter(|parsed| parsed.file == file);
        found.next().map(|parsed| &parsed.tree)
    }

    /// The inputs of the result: all files that were read, and the directories that were listed.
    pub fn inputs(&self) -> Vec<PathBuf> {
        let files = self.sources.iter().map(|(_, file)| file.path.clone());
        files
            .chain(self.library.directories.iter().cloned())
            .collect()
    }

    #[cfg(feature = "tools")]
    /// Adds the findings of the lint rules that are switched on to the diagnostics.
    pub fn lint(&mut self, switches: &lint::Switches) {
        for parsed in self.library.files.iter().filter(|file| file.is_input) {
            lint::lint(&parsed.tree, switches, &mut self.diagnostics);
        }
    }

    /// All extension modules that files are generated for.
    pub(crate) fn generated(&self) -> impl Iterator<Item = &Unit> {
        self.units.iter().chain(&self.used)
    }

    /// Adds declarations that cannot be generated yet to the diagnostics. Required before [`Compilation::generate`]; not needed
    /// for a mere check.
    pub fn check_targets(&mut self) {
        for unit in &self.units {
            if let Some(interface) = &unit.interface {
                emit::check(interface, &mut self.diagnostics);
            }
        }
        for unit in std::mem::take(&mut self.used) {
            if let Some(interface) = &unit.interface {
                emit::check(interface, &mut self.diagnostics);
            }
            self.refuse_second_module(&unit);
            self.used.push(unit);
        }
    }

    /// The files of all modules without errors: for each module `<module>.rs`, to be read and implemented, `<module>.glue.rs`
    /// behind it, and `<module>.pyi`. An `interface` inside adds `<module>/<interface>.rs` and `<module>/<interface>.glue.rs`,
    /// and the stubs become a package: `<module>/__init__.pyi` and `<module>/<interface>.pyi`.
    pub fn generate(&self) -> Files {
        let mut files = Files::default();
        for unit in self.generated() {
            let Some(interface) = unit.generable() else {
                continue;
            };
            let options = unit.options();
            let options = &options;
            let lowered = &lower::lower(interface);
            // The targets are independent, and the glue takes as long as the others together.
            let (rust, glue, python) = thread::scope(|scope| {
                let glue = scope.spawn(|| emit::glue::generate(lowered, options));
                let rust = emit::rust::generate(lowered, options);
                let python = emit::python::generate(lowered, options);
                let glue = glue.join();
                (
                    rust,
                    glue.unwrap_or_else(|panic| resume_unwind(panic)),
                    python,
                )
            });
            files.extend(rust);
            files.extend(glue);
            files.extend(python);
            // A renamed or removed interface leaves files behind, and the stubs have two forms.
            let module = emit::module_name(interface);
            files.supersede(format!("{module}.pyi"));
            files.supersede(module);
        }
        files
    }

    /// All findings as text, sorted by place.
    pub fn findings(&self, format: Format, colour: bool) -> String {
        render::findings(
            format,
            &self.diagnostics.clone().sorted(),
            &self.sources,
            colour,
        )
    }

    /// Two modules of the same name would overwrite each other's files.
    fn refuse_second_module(&mut self, unit: &Unit) {
        let Some(interface) = &unit.interface else {
            return;
        };
        let mut inner = HashMap::new();
        for (name, span) in emit::submodule_names(interface) {
            // Each module has files in the directory of the extension module.
            if let Some((other, first)) = inner.insert(name.to_lowercase(), (name.clone(), span)) {
                let message =
                    format!("the modules `{other}` and `{name}` would have the same files");
                self.diagnostics.report(
                    Diagnostic::new(
                        Code::DuplicateModule,
                        span,
                        message,
                        "differs by capitals only",
                    )
                    .cause(first, "the first one")
                    .help("give one of them another name: some file systems see no difference"),
                );
            }
        }
        let module = emit::module_name(interface);
        let span = interface.root().name.span;
        // Some file systems ignore case.
        match self.modules.entry(module.to_lowercase()) {
            Entry::Vacant(free) => {
                free.insert(span);
            }
            Entry::Occupied(first) => {
                let message = format!("a second interface for the module `{module}`");
                self.diagnostics.report(
                    Diagnostic::new(Code::DuplicateModule, span, message, "")
                        .cause(*first.get(), "the first one"),
                );
            }
        }
    }
}

impl Unit {
    /// Whether the two are the same extension module, reached in two ways. A file may declare several packages.
    fn is_same_as(&self, other: &Self) -> bool {
        let name = |unit: &Self| Some(unit.interface.as_ref()?.root().name.clone());
        self.files == other.files && name(self) == name(other)
    }

    /// The interface, if it exists and can be generated completely.
    pub(crate) fn generable(&self) -> Option<&Interface> {
        let interface = self.interface.as_ref()?;
        let mut refused = Diagnostics::default();
        emit::check(interface, &mut refused);
        (!refused.has_errors()).then_some(interface)
    }

    /// The other inputs of generated text, besides the interface.
    pub fn options(&self) -> emit::Options {
        emit::Options {
            source: self.source.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packages_whose_types_are_used_are_generated_too() {
        let mut compilation = Compilation::default();
        compilation.add(
            "root.wit",
            "package a:root;\n\
             package a:other { interface shared { record point { x: f64 } } }\n\
             interface lines { use a:other/shared.{point}; length: func(line: list<point>) -> f64; }",
        );
        compilation.check_targets();
        assert_eq!(compilation.findings(Format::Short, false), "");
        let files = compilation.generate();
        for path in ["root.rs", "root/lines.rs", "other.rs", "other/shared.rs"] {
            assert!(files.get(path).is_some(), "{path}");
        }
        let stub = files.get("root/lines.pyi").expect("it has a stub");
        assert!(stub.contains("from other.shared import Point as Point"));
    }
}
