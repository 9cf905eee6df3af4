//! Bytes, and objects that export a buffer (<https://docs.python.org/3/c-api/buffer.html>).

use super::memory::{copy_of, reserve_exact};
use super::{FromArgument, IntoPython, list};
use crate::call::Returned;
use crate::error::Error;
use crate::exceptions::BufferError;
use crate::ffi::Buffer;
use crate::layout::{Layout, read};
use crate::object::{Any, Argument};
use crate::python::Python;
use crate::{Result, api, callback};
use std::ffi::c_char;
use std::mem::MaybeUninit;
use std::ops::Deref;

/// The bytes of an argument: borrowed from a `bytes` object, which is immutable, or copied from any other object that has a
/// C-contiguous buffer.
#[derive(Debug)]
pub enum BytesArgument<'py> {
    /// The bytes of a `bytes` object.
    Borrowed(&'py [u8]),
    /// The bytes of an object that other code may write to meanwhile.
    Copied(Vec<u8>),
}

impl Deref for BytesArgument<'_> {
    type Target = [u8];

    #[inline]
    fn deref(&self) -> &[u8] {
        match self {
            BytesArgument::Borrowed(bytes) => bytes,
            BytesArgument::Copied(bytes) => bytes,
        }
    }
}

impl<'py> FromArgument<'py> for BytesArgument<'py> {
    #[inline]
    fn from_argument<L: Layout>(argument: Argument<'py>) -> Result<BytesArgument<'py>> {
        let facts = L::facts();
        if facts.bytes_data != 0 && argument.is_exactly::<L>(api::PyBytes_Type()) {
            // SAFETY: an exact bytes object; its fields are where the probe found them, and it is immutable.
            return Ok(BytesArgument::Borrowed(unsafe {
                let length = read::<usize>(argument.as_raw(), facts.header);
                std::slice::from_raw_parts(
                    argument.as_raw().cast::<u8>().add(facts.bytes_data),
                    length,
                )
            }));
        }
        bytes_by_api(argument)
    }
}

impl<'py> FromArgument<'py> for Option<BytesArgument<'py>> {
    fn from_argument<L: Layout>(argument: Argument<'py>) -> Result<Option<BytesArgument<'py>>> {
        if argument.is_none() {
            return Ok(None);
        }
        BytesArgument::from_argument::<L>(argument)
            .map(Some)
            .map_err(Error::or_none)
    }
}

#[inline(never)]
fn bytes_by_api(object: Argument<'_>) -> Result<BytesArgument<'_>> {
    if object.is_instance(api::PyBytes_Type()) {
        // SAFETY: a bytes object, alive for 'py and immutable.
        return Ok(BytesArgument::Borrowed(unsafe {
            let data = api::PyBytes_AsString(object.as_raw()).cast::<u8>();
            std::slice::from_raw_parts(data, api::PyBytes_Size(object.as_raw()) as usize)
        }));
    }
    copy_of_buffer(object).map(BytesArgument::Copied)
}

/// Returns the bytes of a `bytes` object or of any other object with a C-contiguous buffer.
pub(crate) fn to_vec(object: Argument<'_>) -> Result<Vec<u8>> {
    match bytes_by_api(object)? {
        BytesArgument::Borrowed(bytes) => copy_of(bytes),
        BytesArgument::Copied(bytes) => Ok(bytes),
    }
}

fn copy_of_buffer(object: Argument<'_>) -> Result<Vec<u8>> {
    const SIMPLE: std::ffi::c_int = 0;
    let mut view = MaybeUninit::<Buffer>::zeroed();
    let _nested = callback::nest()?;
    // SAFETY: alive and attached; the structure has room for what every Python version writes.
    if unsafe { api::PyObject_GetBuffer(object.as_raw(), view.as_mut_ptr(), SIMPLE) } < 0 {
        return Err(no_buffer(object));
    }
    // SAFETY: filled by the call; `length` bytes stay valid until the buffer is released.
    unsafe {
        let contiguous = is_contiguous(&*view.as_ptr());
        let mut bytes: Vec<u8> = Vec::new();
        let mut done = Ok(());
        if contiguous {
            let length = (*view.as_ptr()).length as usize;
            done = reserve_exact(&mut bytes, length);
            if length > 0 && done.is_ok() {
                done = copy(object, view.as_mut_ptr(), bytes.as_mut_ptr());
                bytes.set_len(if done.is_ok() { length } else { 0 });
            }
        }
        api::PyBuffer_Release(view.as_mut_ptr());
        done?;
        if contiguous {
            Ok(bytes)
        } else {
            Err(BufferError::new("the buffer is not C-contiguous").into())
        }
    }
}

/// Copies all bytes of a contiguous buffer of `object`.
///
/// # Safety
/// `view` was filled by `PyObject_GetBuffer` of this object, is not released and not empty. There is room for its `length` at
/// `to`.
unsafe fn copy(object: Argument<'_>, view: *mut Buffer, to: *mut u8) -> Result<()> {
    // On free-threaded builds another thread may write to the bytes meanwhile. Objects that protect their bytes, as a bytearray
    // does, use a critical section. The bytes of other objects, such as a memoryview, cannot be locked: the interpreter copies
    // them, as for `bytes(object)`, so that no Rust code reads memory that others may write.
    let by_interpreter = api::PyCriticalSection_Begin().and_then(|_| api::PyBuffer_ToContiguous());
    // SAFETY: as promised by the caller; attached.
    let status = list::in_critical_section(object, || unsafe {
        let length = (*view).length;
        if let Some(copy) = by_interpreter {
            return copy(to.cast(), view, length, b'C' as c_char);
        }
        to.copy_from_nonoverlapping((*view).data.cast(), length as usize);
        0
    });
    if status < 0 {
        return Err(Error::fetch(object.py()));
    }
    Ok(())
}

/// Returns whether the bytes of a filled buffer are contiguous. Exporters should return only such buffers if no shape is
/// requested, and without a shape; PyPy returns any buffer, with its shape.
///
/// # Safety
/// `view` was filled by `PyObject_GetBuffer` and not released: `shape` and `strides` are null or have a number for each
/// dimension.
unsafe fn is_contiguous(view: &Buffer) -> bool {
    if view.shape.is_null() || view.strides.is_null() {
        return true;
    }
    let dimensions = usize::try_from(view.dimensions).unwrap_or(0);
    let mut expected = view.item_size;
    for dimension in (0..dimensions).rev() {
        // SAFETY: both have as many numbers as there are dimensions (caller).
        let (size, stride) = unsafe { (*view.shape.add(dimension), *view.strides.add(dimension)) };
        if size != 1 && stride != expected {
            return false;
        }
        expected = expected.saturating_mul(size);
    }
    // For some views PyPy counts each row as one item.
    view.suboffsets.is_null() && expected == view.length
}

/// Returns the error for an object without a usable buffer. A raised TypeError means that it has no buffer; another exception,
/// that the buffer is not available in this form.
#[cold]
fn no_buffer(object: Argument<'_>) -> Error {
    let raised = Error::fetch(object.py());
    if raised.is_instance_of(object.py(), api::PyExc_TypeError) {
        Error::expected("bytes", object)
    } else {
        raised
    }
}

/// Creates a bytes object.
pub(crate) fn from_slice<'py>(py: Python<'py>, bytes: &[u8]) -> Returned<'py> {
    // SAFETY: attached; the slice has that many bytes.
    unsafe {
        Any::from_owned(
            py,
            api::PyBytes_FromStringAndSize(bytes.as_ptr().cast(), bytes.len() as isize),
        )
    }
}

impl IntoPython for &[u8] {
    fn into_python<'py, L: Layout>(self, py: Python<'py>) -> Returned<'py> {
        from_slice(py, self)
    }
}
