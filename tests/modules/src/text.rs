//! Text, bytes and paths.

mod bindings {
    pyidl_runtime::include_idl!("text");
}

use std::fs;
use std::path::{Path, PathBuf};

use bindings::Text;
use pyidl_runtime::exceptions::OSError;

struct Module;

impl Text for Module {
    fn echo(text: &str) -> String {
        text.to_owned()
    }

    fn length(text: &str) -> u64 {
        text.chars().count() as u64
    }

    fn greet(name: &str) -> String {
        format!("Hello, {name}!")
    }

    fn maybe(text: Option<&str>) -> Option<String> {
        text.map(str::to_owned)
    }

    fn join(parts: Vec<String>, separator: &str) -> String {
        parts.join(separator)
    }

    fn split(text: &str) -> Vec<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    fn repeat(text: &str, times: u32) -> String {
        text.repeat(times as usize)
    }

    fn joined(parts: Vec<String>) -> String {
        parts.concat()
    }

    fn echo_bytes(data: &[u8]) -> Vec<u8> {
        data.to_vec()
    }

    fn maybe_bytes(data: Option<&[u8]>) -> Option<Vec<u8>> {
        data.map(<[u8]>::to_vec)
    }

    fn total_length(parts: Vec<Vec<u8>>) -> u64 {
        parts.iter().map(|part| part.len() as u64).sum()
    }

    fn reverse_each(mut parts: Vec<Vec<u8>>) -> Vec<Vec<u8>> {
        for part in &mut parts {
            part.reverse();
        }
        parts
    }

    fn echo_path(path: &Path) -> PathBuf {
        path.to_owned()
    }

    fn maybe_path(path: Option<&Path>) -> Option<PathBuf> {
        path.map(Path::to_owned)
    }

    fn parents(paths: Vec<PathBuf>) -> Vec<PathBuf> {
        paths
            .iter()
            .filter_map(|path| path.parent())
            .map(Path::to_owned)
            .collect()
    }

    fn read_file(path: &Path) -> Result<String, OSError> {
        Ok(fs::read_to_string(path)?)
    }
}

bindings::export!(Module);
