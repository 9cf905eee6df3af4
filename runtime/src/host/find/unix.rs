//! Unix: `dladdr` finds the object that contains an address; how the loaded objects are listed depends on the system.

use libloading::os::unix::Library;
use std::ffi::{CStr, CString, OsStr, c_void};
use std::mem::ManuallyDrop;
use std::os::unix::ffi::OsStrExt;

/// A loaded object that this crate never unloads.
pub(super) type Handle = ManuallyDrop<Library>;

pub(super) fn symbol(handle: &Handle, name: &str) -> *mut c_void {
    // SAFETY: the address is only passed on; no type is assumed here.
    unsafe { handle.get::<*mut c_void>(name) }
        .map_or(std::ptr::null_mut(), |symbol| symbol.into_raw())
}

pub(super) fn object_of(address: *const c_void) -> Option<Handle> {
    if address.is_null() {
        return None;
    }
    // SAFETY: Dl_info is plain data; if dladdr returns non-zero it has filled it, with a name that lives as long as the object.
    let name = unsafe {
        let mut info: libc::Dl_info = std::mem::zeroed();
        if libc::dladdr(address, &mut info) == 0 || info.dli_fname.is_null() {
            return None;
        }
        CStr::from_ptr(info.dli_fname)
    };
    already_loaded(name)
}

pub(super) fn process() -> Handle {
    ManuallyDrop::new(Library::this())
}

pub(super) fn first_loaded<T>(mut accept: impl FnMut(Handle) -> Option<T>) -> Option<T> {
    loaded_names()
        .iter()
        .find_map(|name| accept(already_loaded(name)?))
}

/// Returns the names of all loaded objects. They are collected first: objects must not be opened while the loader's list is
/// walked under its lock.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
fn loaded_names() -> Vec<CString> {
    unsafe extern "C" fn collect(
        info: *mut libc::dl_phdr_info,
        _size: usize,
        names: *mut c_void,
    ) -> std::ffi::c_int {
        // SAFETY: dl_iterate_phdr passes a valid entry, and `names` is the vector given below.
        unsafe {
            let names = &mut *names.cast::<Vec<CString>>();
            let name = (*info).dlpi_name;
            if !name.is_null() && *name != 0 {
                names.push(CStr::from_ptr(name).to_owned());
            }
        }
        0
    }
    let mut names = Vec::new();
    // SAFETY: the callback matches, and the vector outlives the call.
    unsafe { libc::dl_iterate_phdr(Some(collect), (&raw mut names).cast()) };
    names
}

#[cfg(target_os = "macos")]
#[allow(
    deprecated,
    reason = "libc points to another crate for the functions of dyld"
)]
fn loaded_names() -> Vec<CString> {
    // SAFETY: the count is only a bound; the name of an image that was unloaded meanwhile is null, others are NUL-terminated.
    unsafe {
        (0..libc::_dyld_image_count())
            .map(|index| libc::_dyld_get_image_name(index))
            .filter(|name| !name.is_null())
            .map(|name| CStr::from_ptr(name).to_owned())
            .collect()
    }
}

#[cfg(not(any(
    target_os = "linux",
    target_os = "android",
    target_os = "freebsd",
    target_os = "macos"
)))]
fn loaded_names() -> Vec<CString> {
    Vec::new()
}

fn already_loaded(name: &CStr) -> Option<Handle> {
    let name = OsStr::from_bytes(name.to_bytes());
    // SAFETY: with RTLD_NOLOAD no initialiser runs: the object is already loaded.
    unsafe { Library::open(Some(name), libc::RTLD_LAZY | libc::RTLD_NOLOAD) }
        .ok()
        .map(ManuallyDrop::new)
}
