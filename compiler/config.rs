//! `pyidl.toml`, beside `Cargo.toml`: the defaults of the command line and the build script.
//!
//! ```toml
//! interfaces = ["idl/wordcount.pyidl"]  # what `pyidl build` and `pyidl check` work on; default: all in idl/
//! features = ["curves"]                 # which features of `@unstable(feature = …)` are on; default: none
//! out = "generated"                     # where `pyidl build` writes
//! mirror = true                         # whether build scripts copy their output to target/pyidl/<crate>/
//!
//! [run]
//! python = ".venv/bin/python"           # what `pyidl run` runs scripts with; default: the active Python
//! profile = "release"                   # or "debug": how `pyidl run` builds the extension
//!
//! [lint]
//! missing-docs = false                  # a rule that `pyidl lint` leaves out; it has all the others
//! ```
//!
//! Every setting is optional; paths are relative to the file. An unknown setting is an error.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use toml::de::{DeTable, DeValue};

use crate::advice::{Rule, Switches};
use crate::diagnostic::suggest::nearest;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::error::Error;
use crate::input;
use crate::resolve::Features;
use crate::source::{FileId, SourceMap, Span};

/// The name of the file.
pub(crate) const FILE_NAME: &str = "pyidl.toml";

/// The settings of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Config {
    /// The interface files; `None`: all of `idl/`.
    pub(crate) interfaces: Option<Vec<PathBuf>>,
    /// The features that are on.
    pub(crate) features: Vec<String>,
    /// The output directory of `pyidl build`.
    pub(crate) out: PathBuf,
    /// Whether build scripts copy their output to `target/pyidl/<crate>/`.
    pub(crate) mirror: bool,
    /// Settings of `pyidl run`.
    pub(crate) run: Run,
    /// The rules that `pyidl lint` applies.
    pub(crate) lint: Switches,
}

/// Settings of `pyidl run`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Run {
    /// The interpreter; `None`: the active one.
    pub(crate) python: Option<PathBuf>,
    /// How the extension is built.
    pub(crate) profile: Profile,
}

/// One of cargo's two built-in profiles.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Profile {
    /// Optimised.
    #[default]
    Release,
    /// Fast to build, with checks.
    Debug,
}

/// The known settings: the table (empty: the top level) and its keys.
const SETTINGS: &[(&str, &[&str])] = &[
    (
        "",
        &["interfaces", "features", "out", "mirror", "run", "lint"],
    ),
    ("run", &["python", "profile"]),
    ("lint", &Rule::NAMES),
];

impl Default for Config {
    fn default() -> Self {
        Self {
            interfaces: None,
            features: Vec::new(),
            out: "generated".into(),
            mirror: true,
            run: Run::default(),
            lint: Switches::default(),
        }
    }
}

impl Config {
    /// Reads `pyidl.toml` in `root`; without the file, all settings have their defaults. Findings go to `diagnostics`, the text
    /// of the file to `sources`.
    ///
    /// # Errors
    ///
    /// If the file exists but cannot be read as text.
    pub(crate) fn load(
        root: &Path,
        sources: &mut SourceMap,
        diagnostics: &mut Diagnostics,
    ) -> Result<Self, Error> {
        let path = root.join(FILE_NAME);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::default()),
            Err(error) => return Err(Error::io("read", &path, &error)),
        };
        match input::add(sources, path, bytes) {
            Ok(file) => Ok(Self::parse(file, sources, diagnostics)),
            Err(finding) => {
                diagnostics.report(*finding);
                Ok(Self::default())
            }
        }
    }

    /// The features that are on.
    pub(crate) fn features(&self) -> Features {
        Features {
            all: false,
            names: self.features.iter().cloned().collect(),
        }
    }

    fn parse(file: FileId, sources: &SourceMap, diagnostics: &mut Diagnostics) -> Self {
        let text = &sources.file(file).text;
        let table = match DeTable::parse(text) {
            Ok(table) => table.into_inner(),
            Err(error) => {
                let range = error.span().unwrap_or_default();
                let span = Span::new(file, range.start as u32, range.end as u32);
                let finding = Diagnostic::new(Code::InvalidSetting, span, error.message(), "");
                diagnostics.report(finding);
                return Self::default();
            }
        };
        check_settings("", &table, file, diagnostics);
        let mut config = Self::default();
        if !diagnostics.has_errors() {
            config.read("", &table);
        }
        config
    }

    /// Takes the settings of a table in which [`check_settings`] finds nothing.
    fn read(&mut self, name: &str, table: &DeTable<'_>) {
        for (key, value) in table {
            let (key, value) = (key.get_ref().as_ref(), value.get_ref());
            let text = || value.as_str().unwrap_or_default();
            let texts = || value.as_array().into_iter().flatten();
            let texts = || texts().filter_map(|text| text.get_ref().as_str());
            match (name, key) {
                ("", "interfaces") => self.interfaces = Some(texts().map(PathBuf::from).collect()),
                ("", "features") => self.features = texts().map(str::to_owned).collect(),
                ("", "out") => self.out = text().into(),
                ("", "mirror") => self.mirror = value.as_bool().unwrap_or_default(),
                ("run", "python") => self.run.python = Some(text().into()),
                ("run", "profile") if text() == "debug" => self.run.profile = Profile::Debug,
                ("lint", _) => {
                    let switch = Rule::named(key).zip(value.as_bool());
                    self.lint.extend(switch);
                }
                _ => value
                    .as_table()
                    .into_iter()
                    .for_each(|table| self.read(key, table)),
            }
        }
    }
}

/// Reports unknown settings and invalid values.
fn check_settings(name: &str, table: &DeTable<'_>, file: FileId, diagnostics: &mut Diagnostics) {
    let Some((_, known)) = SETTINGS.iter().find(|(table, _)| *table == name) else {
        return;
    };
    for (key, value) in table {
        let text: &str = key.get_ref();
        if !known.contains(&text) {
            let range = key.span();
            let span = Span::new(file, range.start as u32, range.end as u32);
            let message = format!("there is no setting `{text}`");
            diagnostics.report(suggest(
                Diagnostic::new(Code::UnknownSetting, span, message, ""),
                text,
                known,
            ));
        } else if let Some(expected) = wrong_value(name, text, value.get_ref()) {
            let range = value.span();
            let span = Span::new(file, range.start as u32, range.end as u32);
            let message = format!("`{text}` cannot have this value");
            diagnostics.report(
                Diagnostic::new(Code::InvalidSetting, span, message, "")
                    .help(format!("write {expected}")),
            );
        } else if let DeValue::Table(table) = value.get_ref() {
            check_settings(text, table, file, diagnostics);
        }
    }
}

/// The help for the setting `key` of a table, if `value` is invalid.
fn wrong_value(table: &str, key: &str, value: &DeValue<'_>) -> Option<String> {
    let is_text = |value: &DeValue<'_>| matches!(value, DeValue::String(_));
    let (is_right, example) = match (table, key) {
        ("", "run" | "lint") => {
            return match value {
                DeValue::Table(_) => None,
                _ => Some(format!("its settings below a line `[{key}]`")),
            };
        }
        ("", "interfaces" | "features") => (
            matches!(value, DeValue::Array(items) if items.iter().all(|it| is_text(it.get_ref()))),
            "[\"…\", \"…\"]",
        ),
        ("", "mirror") | ("lint", _) => (
            matches!(value, DeValue::Boolean(_)),
            match value {
                DeValue::String(text) if !matches!(text.as_ref(), "true" | "yes" | "on") => "false",
                _ => "true",
            },
        ),
        ("run", "profile") => (
            matches!(value, DeValue::String(name) if matches!(name.as_ref(), "release" | "debug")),
            "\"release\"` or `profile = \"debug\"",
        ),
        _ => (is_text(value), "\"…\""),
    };
    (!is_right).then(|| format!("`{key} = {example}`"))
}

fn suggest(diagnostic: Diagnostic, text: &str, known: &[&str]) -> Diagnostic {
    match nearest(text, known.iter().copied()) {
        Some(meant) => diagnostic.help(format!("did you mean `{meant}`?")),
        None => diagnostic.help(format!("the settings here are `{}`", known.join("`, `"))),
    }
}
