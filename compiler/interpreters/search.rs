//! Searches for interpreters.

use std::collections::HashSet;
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::thread;

use serde::Serialize;

use super::{Interpreter, Unusable};

/// A file that may be an interpreter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// The file.
    pub path: PathBuf,
    /// Where it was found.
    pub origin: Origin,
}

/// Where an interpreter was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Listed in `PYIDL_PYTHONS`.
    Listed,
    /// The virtual environment named by `VIRTUAL_ENV`.
    VirtualEnvironment,
    /// A directory of `PATH`.
    Path,
    /// A version that pyenv installed.
    Pyenv,
    /// A version that uv installed.
    Uv,
    /// A conda environment.
    Conda,
    /// A place where operating systems put interpreters.
    System,
}

impl Origin {
    /// The origin in one or two words.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Listed => "PYIDL_PYTHONS",
            Self::VirtualEnvironment => "active venv",
            Self::Path => "PATH",
            Self::Pyenv => "pyenv",
            Self::Uv => "uv",
            Self::Conda => "conda",
            Self::System => "system",
        }
    }
}

/// The interpreter that a script would run with: that of the active virtual environment (`VIRTUAL_ENV`), else the first `python3`
/// or `python` on `PATH` that modules can run on.
///
/// # Errors
///
/// The files that were tried, in order, with the reasons for their rejection; empty if there were none.
pub fn active() -> Result<(Interpreter, Origin), Vec<Unusable>> {
    let mut refused = Vec::new();
    let on_path = ["python3", "python"].into_iter().flat_map(|name| {
        path_directories()
            .into_iter()
            .map(move |directory| Candidate {
                path: directory.join(format!("{name}{}", env::consts::EXE_SUFFIX)),
                origin: Origin::Path,
            })
    });
    for Candidate { path, origin } in virtual_environment().into_iter().chain(on_path) {
        // An active but broken virtual environment is reported; a directory of PATH without Python is not.
        if origin == Origin::Path && !path.is_file() {
            continue;
        }
        match Interpreter::ask(&path).and_then(Interpreter::usable) {
            Ok(interpreter) => return Ok((interpreter, origin)),
            Err(reason) => refused.push(reason),
        }
    }
    Err(refused)
}

/// Every interpreter that [`candidates`] finds on this machine, each once, including those that do not work.
pub fn installed() -> Vec<(Origin, Result<Interpreter, Unusable>)> {
    let candidates = candidates();
    let mut found: Vec<_> = thread::scope(|scope| {
        let asked: Vec<_> = candidates
            .iter()
            .map(|candidate| scope.spawn(|| (candidate.origin, Interpreter::ask(&candidate.path))))
            .collect();
        asked
            .into_iter()
            .filter_map(|thread| thread.join().ok())
            .collect()
    });
    // Wrappers and links may lead to the same interpreter. A virtual environment counts as an interpreter of its own.
    let mut seen = HashSet::new();
    found.retain(|(_, result)| match result {
        Ok(Interpreter { path, facts }) => {
            let program = facts.executable.as_ref().unwrap_or(path);
            seen.insert((
                fs::canonicalize(program).unwrap_or_else(|_| program.clone()),
                facts.prefix.clone(),
            ))
        }
        Err(Unusable { path, .. }) => seen.insert((path.clone(), PathBuf::new())),
    });
    found
}

/// The candidate files, in the order of [`Origin`]: those of `PYIDL_PYTHONS` (separated like `PATH` or by line ends), the active
/// virtual environment, `PATH`, the installations of pyenv, uv and conda, the system's directories.
pub fn candidates() -> Vec<Candidate> {
    let mut found = Vec::new();
    let listed = env::var("PYIDL_PYTHONS").unwrap_or_default();
    for path in listed.lines().flat_map(env::split_paths) {
        if !path.as_os_str().is_empty() {
            found.push(Candidate {
                path,
                origin: Origin::Listed,
            });
        }
    }
    found.extend(virtual_environment());
    let shims = pyenv_root().map(|root| root.join("shims"));
    for directory in path_directories() {
        // pyenv's wrappers fail unless their version is selected; the versions themselves are added below.
        if Some(&directory) != shims.as_ref() {
            found.extend(interpreters_in(&directory, Origin::Path));
        }
    }
    if let Some(root) = pyenv_root() {
        found.extend(one_per_entry(&root.join("versions"), Origin::Pyenv));
    }
    if let Some(directory) = uv_directory() {
        found.extend(one_per_entry(&directory, Origin::Uv));
    }
    for environment in conda_environments() {
        found.extend(python_of(&environment, Origin::Conda));
    }
    for directory in ["/usr/local/bin", "/usr/bin", "/opt/homebrew/bin"] {
        found.extend(interpreters_in(Path::new(directory), Origin::System));
    }
    found.extend(one_per_entry(
        Path::new("/Library/Frameworks/Python.framework/Versions"),
        Origin::System,
    ));
    if let Some(local) = env::var_os("LOCALAPPDATA").filter(|_| cfg!(windows)) {
        found.extend(one_per_entry(
            &Path::new(&local).join("Programs/Python"),
            Origin::System,
        ));
    }
    let mut seen = HashSet::new();
    found.retain(|candidate| seen.insert(candidate.path.clone()));
    found
}

fn virtual_environment() -> Option<Candidate> {
    let root = env::var_os("VIRTUAL_ENV").filter(|root| !root.is_empty())?;
    let program = if cfg!(windows) {
        "Scripts/python.exe"
    } else {
        "bin/python"
    };
    Some(Candidate {
        path: Path::new(&root).join(program),
        origin: Origin::VirtualEnvironment,
    })
}

fn path_directories() -> Vec<PathBuf> {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path)
        .filter(|directory| !directory.as_os_str().is_empty())
        .collect()
}

fn home() -> Option<PathBuf> {
    env::home_dir().filter(|home| !home.as_os_str().is_empty())
}

fn pyenv_root() -> Option<PathBuf> {
    env::var_os("PYENV_ROOT")
        .map(PathBuf::from)
        .or_else(|| Some(home()?.join(".pyenv")))
}

fn uv_directory() -> Option<PathBuf> {
    if let Some(directory) = env::var_os("UV_PYTHON_INSTALL_DIR") {
        return Some(directory.into());
    }
    if cfg!(windows) {
        return Some(Path::new(&env::var_os("APPDATA")?).join("uv/python"));
    }
    let data = env::var_os("XDG_DATA_HOME")
        .map(PathBuf::from)
        .or_else(|| Some(home()?.join(".local/share")))?;
    Some(data.join("uv/python"))
}

/// The active environment and those that conda lists in `~/.conda/environments.txt`.
fn conda_environments() -> Vec<PathBuf> {
    let mut environments: Vec<PathBuf> = env::var_os("CONDA_PREFIX")
        .into_iter()
        .map(PathBuf::from)
        .collect();
    if let Some(list) =
        home().and_then(|home| fs::read_to_string(home.join(".conda/environments.txt")).ok())
    {
        environments.extend(
            list.lines()
                .map(str::trim)
                .filter(|line| !line.is_empty())
                .map(PathBuf::from),
        );
    }
    environments
}

/// The interpreter of an installation or environment.
fn python_of(prefix: &Path, origin: Origin) -> Option<Candidate> {
    let programs: &[&str] = if cfg!(windows) {
        &["python.exe", "Scripts/python.exe"]
    } else {
        &["bin/python3", "bin/python"]
    };
    let path = programs
        .iter()
        .map(|program| prefix.join(program))
        .find(|path| path.is_file())?;
    Some(Candidate { path, origin })
}

/// The interpreters of the installations in `directory`.
fn one_per_entry(directory: &Path, origin: Origin) -> Vec<Candidate> {
    sorted_entries(directory)
        .iter()
        .filter_map(|prefix| python_of(prefix, origin))
        .collect()
}

/// The interpreters in a directory of programs.
fn interpreters_in(directory: &Path, origin: Origin) -> Vec<Candidate> {
    let mut found = sorted_entries(directory);
    found.retain(|path| {
        path.file_name()
            .and_then(|name| name.to_str())
            .is_some_and(is_interpreter_name)
    });
    found
        .into_iter()
        .map(|path| Candidate { path, origin })
        .collect()
}

fn sorted_entries(directory: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(directory) else {
        return Vec::new();
    };
    let mut paths: Vec<_> = entries.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    paths
}

/// `python`, `python3`, `python3.14t`, `python3.11-dbg`, `pypy3.9`; not `python3-config` or `python-argcomplete-tcsh`.
fn is_interpreter_name(name: &str) -> bool {
    let name = name.strip_suffix(env::consts::EXE_SUFFIX).unwrap_or(name);
    let Some(rest) = name
        .strip_prefix("python")
        .or_else(|| name.strip_prefix("pypy"))
    else {
        return false;
    };
    let build = rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    matches!(build, "" | "t" | "d" | "td" | "-dbg")
}

#[cfg(test)]
mod tests {
    use super::is_interpreter_name;

    #[test]
    fn names_of_interpreters() {
        for name in [
            "python",
            "python3",
            "python3.8",
            "python3.14t",
            "python3.11-dbg",
            "python3.11d",
            "pypy3.9",
        ] {
            assert!(is_interpreter_name(name), "{name}");
        }
        for name in [
            "python3-config",
            "python3.11-dbg-config",
            "python-argcomplete-tcsh",
            "pythonw",
            "ipython3",
            "pip",
        ] {
            assert!(!is_interpreter_name(name), "{name}");
        }
    }
}
