//! The stages in order, nothing else.

use std::path::Path;

use crate::diagnostic::render::Format;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Error;
use crate::model::Interface;
use crate::render::Files;
use crate::source::{FileId, SourceMap, Span};
use crate::syntax::{self, ast};
use crate::{input, lint, resolve, target};

/// Interface files, compiled as far as each goes.
///
/// ```
/// let mut compilation = pyidl::Compilation::default();
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
    /// Everything that was found in them.
    pub diagnostics: Diagnostics,
    /// One for each file, in the order in which they were added.
    pub units: Vec<Unit>,
}

/// One interface file.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Its number in [`Compilation::sources`].
    pub file: FileId,
    /// What generated files call it: its path in the package around it.
    pub source: String,
    /// The syntax tree; it has gaps where there were errors.
    pub tree: ast::File,
    /// What it means; none if there are errors.
    pub interface: Option<Interface>,
}

impl Compilation {
    /// Reads and compiles `path`, which is relative to `root` and shown as given.
    ///
    /// # Errors
    ///
    /// If the file cannot be read. Mistakes in the text are added to the diagnostics, and so is a file that is no text.
    pub fn read(&mut self, root: &Path, path: &Path) -> Result<(), Error> {
        match self.sources.add_bytes(path, input::read(root, path)?) {
            Ok(file) => self.compile(file, input::path_in_package(root, path)),
            Err(finding) => self.diagnostics.report(*finding),
        }
        Ok(())
    }

    /// Compiles `text`; `path` is what diagnostics and generated files call it, and its stem names the module if no
    /// package does.
    pub fn add(&mut self, path: impl AsRef<Path>, text: impl Into<String>) {
        let file = self.sources.add(path.as_ref(), text);
        self.compile(file, input::with_slashes(path.as_ref()));
    }

    fn compile(&mut self, file: FileId, source: String) {
        let mut diagnostics = Diagnostics::default();
        let tree = syntax::parse(file, &self.sources, &mut diagnostics);
        let interface = resolve::resolve(&tree, file, &self.sources, &mut diagnostics);
        self.diagnostics.extend(diagnostics);
        let unit = Unit {
            file,
            source,
            tree,
            interface,
        };
        self.refuse_second_module(&unit);
        self.units.push(unit);
    }

    /// Adds to the diagnostics what could be better in the files, by the rules that are switched on.
    pub fn lint(&mut self, switches: &lint::Switches) {
        for unit in &self.units {
            lint::lint(&unit.tree, switches, &mut self.diagnostics);
        }
    }

    /// Adds to the diagnostics what stands in the interfaces although nothing can be generated from it yet. To be
    /// called before [`Compilation::generate`] by everyone who wants the files; who only checks does not care.
    pub fn check_targets(&mut self) {
        for unit in &self.units {
            if let Some(interface) = &unit.interface {
                target::check(interface, &mut self.diagnostics);
            }
        }
    }

    /// The files of all modules without errors: for each `<module>.rs` to read and implement, `<module>_glue.rs` behind
    /// it, and `<module>.pyi`. An `interface` in it adds `<module>/<interface>.rs` and `<module>/glue/<interface>.rs`, and
    /// the stubs are a package then: `<module>/__init__.pyi` and `<module>/<interface>.pyi`.
    pub fn generate(&self) -> Files {
        let mut files = Files::default();
        for unit in &self.units {
            let Some(interface) = unit.generable() else {
                continue;
            };
            let options = unit.options();
            files.extend(target::rust::generate(interface, &options));
            files.extend(target::glue::generate(interface, &options));
            files.extend(target::python::generate(interface, &options));
        }
        files
    }

    /// Everything that was found, in the order of the places, as text.
    pub fn findings(&self, format: Format, colour: bool) -> String {
        format.render(&self.diagnostics.clone().sorted(), &self.sources, colour)
    }

    /// Two modules of one name would overwrite each other's files.
    fn refuse_second_module(&mut self, unit: &Unit) {
        let place = |unit: &Unit| {
            let interface = unit.interface.as_ref()?;
            let span = Span {
                file: unit.file,
                ..interface.root().name.span
            };
            Some((target::module_name(interface), span))
        };
        let Some((module, span)) = place(unit) else {
            return;
        };
        if let Some((_, first)) = self
            .units
            .iter()
            .filter_map(place)
            .find(|(known, _)| *known == module)
        {
            let message = format!("a second interface file for the module `{module}`");
            self.diagnostics.report(
                Diagnostic::new(Code::DuplicateModule, span, message, "")
                    .cause(first, "the first one"),
            );
        }
    }
}

impl Unit {
    /// The interface, if there is one and all of it can be generated.
    fn generable(&self) -> Option<&Interface> {
        let interface = self.interface.as_ref()?;
        let mut refused = Diagnostics::default();
        target::check(interface, &mut refused);
        (!refused.has_errors()).then_some(interface)
    }

    /// What generated text depends on besides the interface.
    pub fn options(&self) -> target::Options {
        target::Options {
            source: self.source.clone(),
        }
    }
}
