//! Fallible allocation for data from Python, which can be of any size: a failed allocation is a MemoryError.
//!
//! The usual functions of Rust's collections would end the process.

use crate::Result;
use crate::error::Error;
use crate::map::Map;
use crate::set::Set;
use std::alloc::Layout;
use std::hash::Hash;

/// Copies bytes.
#[inline]
pub(crate) fn copy_of(bytes: &[u8]) -> Result<Vec<u8>> {
    let length = bytes.len();
    if length == 0 {
        return Ok(Vec::new());
    }
    let Ok(layout) = Layout::array::<u8>(length) else {
        return Err(Error::out_of_memory());
    };
    // SAFETY: the layout is not empty. The allocated memory has room for the bytes, is written completely, and has the allocator
    // and layout with which `Vec` frees it.
    unsafe {
        let data = std::alloc::alloc(layout);
        if data.is_null() {
            return Err(Error::out_of_memory());
        }
        data.copy_from_nonoverlapping(bytes.as_ptr(), length);
        Ok(Vec::from_raw_parts(data, length, length))
    }
}

/// Copies text.
#[inline]
pub(crate) fn copy_of_text(text: &str) -> Result<String> {
    let bytes = copy_of(text.as_bytes())?;
    // SAFETY: the bytes are those of a valid text.
    Ok(unsafe { String::from_utf8_unchecked(bytes) })
}

/// Checks that there is memory for one more value behind an [`Arc`](std::sync::Arc), which ends the process if there is none. The
/// allocator gives its caller the same place again.
///
/// # Errors
/// MemoryError.
pub(crate) fn room_for_shared<T>() -> Result<()> {
    let layout = Layout::new::<([usize; 2], T)>();
    // SAFETY: the layout is not empty, and the place is freed with the layout that it was allocated with.
    unsafe {
        let place = std::hint::black_box(std::alloc::alloc(layout));
        if place.is_null() {
            return Err(Error::out_of_memory());
        }
        std::alloc::dealloc(place, layout);
    }
    Ok(())
}

/// Creates a vector with room for this many values.
#[inline]
pub(crate) fn vector<T>(room: usize) -> Result<Vec<T>> {
    let mut values = Vec::new();
    reserve_exact(&mut values, room)?;
    Ok(values)
}

/// Reserves room for exactly this many additional values.
#[inline]
pub(crate) fn reserve_exact<T>(values: &mut Vec<T>, more: usize) -> Result<()> {
    values
        .try_reserve_exact(more)
        .map_err(|_| Error::out_of_memory())
}

/// Adds a value.
#[inline]
pub(crate) fn push<T>(values: &mut Vec<T>, value: T) -> Result<()> {
    if values.len() == values.capacity() {
        grow(values)?;
    }
    values.push(value);
    Ok(())
}

#[cold]
#[inline(never)]
fn grow<T>(values: &mut Vec<T>) -> Result<()> {
    values.try_reserve(1).map_err(|_| Error::out_of_memory())
}

/// Adds an entry.
#[inline]
pub(crate) fn insert<K: Hash + Eq, V>(map: &mut Map<K, V>, key: K, value: V) -> Result<()> {
    if map.len() == map.capacity() {
        map.try_reserve(1)?;
    }
    map.insert(key, value);
    Ok(())
}

/// Adds an item.
#[inline]
pub(crate) fn insert_item<T: Hash + Eq>(set: &mut Set<T>, item: T) -> Result<()> {
    if set.len() == set.capacity() {
        set.try_reserve(1)?;
    }
    set.insert(item);
    Ok(())
}
