//! Windows: `GetModuleHandleExW` finds the module that contains an address, `K32EnumProcessModules` lists all modules.

use libloading::os::windows::Library;
use std::ffi::c_void;
use std::mem::ManuallyDrop;

/// A loaded module that this crate never unloads.
pub(super) type Handle = ManuallyDrop<Library>;

type Module = *mut c_void;

#[link(name = "kernel32")]
unsafe extern "system" {
    fn GetModuleHandleExW(flags: u32, address: *const c_void, module: *mut Module) -> i32;
    fn GetModuleHandleW(name: *const u16) -> Module;
    fn GetCurrentProcess() -> *mut c_void;
    fn K32EnumProcessModules(
        process: *mut c_void,
        modules: *mut Module,
        size: u32,
        needed: *mut u32,
    ) -> i32;
}

const FROM_ADDRESS: u32 = 4;
const UNCHANGED_REFCOUNT: u32 = 2;

pub(super) fn symbol(handle: &Handle, name: &str) -> *mut c_void {
    // SAFETY: the address is only passed on; no type is assumed here.
    unsafe { handle.get::<*mut c_void>(name) }
        .map_or(std::ptr::null_mut(), |symbol| symbol.as_raw_ptr())
}

pub(super) fn object_of(address: *const c_void) -> Option<Handle> {
    let mut module = std::ptr::null_mut();
    // SAFETY: the function writes one handle; any address may be passed.
    let found =
        unsafe { GetModuleHandleExW(FROM_ADDRESS | UNCHANGED_REFCOUNT, address, &mut module) };
    (found != 0).then(|| keep(module))
}

pub(super) fn process() -> Handle {
    // SAFETY: a null name stands for the module of the program, which is always loaded.
    keep(unsafe { GetModuleHandleW(std::ptr::null()) })
}

pub(super) fn first_loaded<T>(accept: impl FnMut(Handle) -> Option<T>) -> Option<T> {
    let mut modules = vec![std::ptr::null_mut(); 1024];
    let mut needed = 0u32;
    // SAFETY: at most the given size is written; `needed` returns the full size.
    let listed = unsafe {
        K32EnumProcessModules(
            GetCurrentProcess(),
            modules.as_mut_ptr(),
            size_of_val(&modules[..]) as u32,
            &mut needed,
        )
    };
    if listed == 0 {
        return None;
    }
    modules.truncate(needed as usize / size_of::<Module>());
    modules.into_iter().map(keep).find_map(accept)
}

fn keep(module: Module) -> Handle {
    // SAFETY: a handle of a loaded module; ManuallyDrop prevents the module's count, which this crate does not own, from being
    // decremented.
    ManuallyDrop::new(unsafe { Library::from_raw(module as _) })
}
