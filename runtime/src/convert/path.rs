//! Paths: `str` and `os.PathLike` are accepted, `pathlib.Path` is returned.

use super::{FromPython, IntoPython};
use crate::call::Returned;
use crate::callback;
use crate::error::Error;
use crate::layout::Layout;
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};

impl FromPython<'_> for PathBuf {
    fn from_python<L: Layout>(object: Argument<'_>, _py: Python<'_>) -> Result<PathBuf> {
        path(object)
    }
}

#[inline(never)]
fn path(object: Argument<'_>) -> Result<PathBuf> {
    if object.is_instance(api::PyUnicode_Type()) {
        return text(object).map(PathBuf::from);
    }
    let class = object.class();
    let method = class.as_argument().optional_attribute(c"__fspath__")?;
    if method.is_none() {
        return Err(Error::expected("str or os.PathLike", object));
    }
    let _nested = callback::nest()?;
    // SAFETY: alive and attached; the function returns a str or bytes.
    let text_or_bytes = unsafe { Any::from_owned(object.py(), api::PyOS_FSPath(object.as_raw()))? };
    if !text_or_bytes
        .as_argument()
        .is_instance(api::PyUnicode_Type())
    {
        return Err(Error::expected(
            "str or os.PathLike[str]",
            text_or_bytes.as_argument(),
        ));
    }
    text(text_or_bytes.as_argument()).map(PathBuf::from)
}

/// Encodes as `os.fsencode` does: lone surrogates in the str, which stand for undecodable bytes, become these bytes again.
#[cfg(unix)]
fn text(object: Argument<'_>) -> Result<OsString> {
    use std::os::unix::ffi::OsStringExt;
    if let Some(text) = super::string::utf8::<crate::layout::Probed>(object)? {
        return super::memory::copy_of_text(text).map(OsString::from);
    }
    // SAFETY: a str, alive and attached.
    let bytes =
        unsafe { Any::from_owned(object.py(), api::PyUnicode_EncodeFSDefault(object.as_raw()))? };
    super::bytes::to_vec(bytes.as_argument()).map(OsString::from_vec)
}

/// Windows keeps names as UTF-16, where lone surrogates are allowed.
#[cfg(windows)]
fn text(object: Argument<'_>) -> Result<OsString> {
    let mut length = 0;
    // SAFETY: a str, alive and attached; the function returns a buffer of this many units, which is freed below.
    unsafe {
        let units = api::PyUnicode_AsWideCharString(object.as_raw(), &mut length);
        if units.is_null() {
            return Err(Error::fetch(object.py()));
        }
        let text = from_wide(std::slice::from_raw_parts(units, length as usize));
        api::PyMem_Free(units.cast());
        text
    }
}

/// Decodes as the standard library does, but in pieces, for which memory is reserved fallibly.
#[cfg(windows)]
fn from_wide(units: &[u16]) -> Result<OsString> {
    use std::os::windows::ffi::OsStringExt;
    // A UTF-16 unit takes at most three bytes.
    const LARGEST: usize = 3;
    let mut text = OsString::new();
    text.try_reserve_exact(LARGEST * units.len())
        .map_err(|_| Error::out_of_memory())?;
    for piece in units.chunks(1024) {
        // Surrogate pairs that are split between two pieces are joined again.
        text.push(OsString::from_wide(piece));
    }
    Ok(text)
}

/// Creates a str as `os.fsdecode` does.
#[cfg(unix)]
pub(crate) fn from_os_str<'py>(py: Python<'py>, text: &OsStr) -> Returned<'py> {
    use std::os::unix::ffi::OsStrExt;
    if let Some(text) = text.to_str() {
        return super::string::from_str(py, text);
    }
    let bytes = text.as_bytes();
    // SAFETY: attached; the path has that many bytes.
    unsafe {
        Any::from_owned(
            py,
            api::PyUnicode_DecodeFSDefaultAndSize(bytes.as_ptr().cast(), bytes.len() as isize),
        )
    }
}

/// Creates a str as `os.fsdecode` does.
#[cfg(windows)]
pub(crate) fn from_os_str<'py>(py: Python<'py>, text: &OsStr) -> Returned<'py> {
    use std::os::windows::ffi::OsStrExt;
    // There are at most as many units as bytes.
    let mut units: Vec<u16> = super::memory::vector(text.len())?;
    units.extend(text.encode_wide());
    // SAFETY: attached; the buffer has that many units.
    unsafe {
        Any::from_owned(
            py,
            api::PyUnicode_FromWideChar(units.as_ptr(), units.len() as isize),
        )
    }
}

impl IntoPython for &Path {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        let class = py.import("pathlib")?.attribute(c"Path")?;
        callback::call(class.as_raw(), &[from_os_str(py, self.as_os_str())?], py)
    }
}

impl IntoPython for PathBuf {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        self.as_path().into_python::<L>(py)
    }
}
