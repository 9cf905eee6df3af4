//! What generated code promises to this crate, and the functions by which Python finds a module in a file.
//!
//! These macros expand to code that the lint `unsafe_code` would refuse. It does not look into macros of other crates, so that
//! crates may forbid it; each macro wants the word `unsafe` from its caller instead.

/// Implements an unsafe trait of [`glue`](crate::glue).
#[doc(hidden)]
#[macro_export]
macro_rules! __unsafe_impl {
    (unsafe impl $trait:ident for $ty:ty { $($items:tt)* }) => {
        // SAFETY: as promised by `unsafe`.
        unsafe impl $crate::glue::$trait for $ty { $($items)* }
    };
}

/// A [`Promise`](crate::glue::Promise).
#[doc(hidden)]
#[macro_export]
macro_rules! __promise {
    (unsafe) => {
        // SAFETY: as promised by `unsafe`.
        unsafe { $crate::glue::Promise::new() }
    };
}

/// Exports a module: `PyInit_<name>` for every Python, `PyModExport_<name>` for 3.15 and later.
///
/// Both pass the address that they were called from, by which the Python that imports is found (a process may have several):
/// therefore they are written in assembly, which jumps to the common code with that address as the argument.
///
/// With `unsafe` one promises that no other module has the definition, and that nothing else in the program has the names.
#[doc(hidden)]
#[macro_export]
macro_rules! __export {
    (unsafe $init:ident, $export:ident, $definition:expr) => {
        const _: () = {
            enum Exported {}

            // SAFETY: as promised by `unsafe`.
            unsafe impl $crate::glue::ExportedModule for Exported {
                const DEFINITION: &'static $crate::glue::ModuleDefinition = $definition;
            }

            $crate::__export_function! { $init, *mut $crate::glue::PyObject, $crate::glue::init::<Exported> }
            $crate::__export_function! { $export, *mut ::core::ffi::c_void, $crate::glue::export::<Exported> }
        };
    };
}

/// A function that jumps to another, with its own return address as the argument.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_function {
    ($name:ident, $result:ty, $target:path) => {
        #[doc(hidden)]
        #[unsafe(naked)]
        #[unsafe(no_mangle)]
        #[allow(non_snake_case)]
        pub unsafe extern "C" fn $name() -> $result {
            #[cfg(all(target_arch = "x86_64", not(windows)))]
            ::core::arch::naked_asm!("mov rdi, [rsp]", "jmp {target}", target = sym $target);
            #[cfg(all(target_arch = "x86_64", windows))]
            ::core::arch::naked_asm!("mov rcx, [rsp]", "jmp {target}", target = sym $target);
            #[cfg(target_arch = "aarch64")]
            ::core::arch::naked_asm!("mov x0, x30", "b {target}", target = sym $target);
            #[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
            ::core::compile_error!("pyidl modules can be built for x86-64 and aarch64");
        }
    };
}
