//! The functions by which Python finds a module in a file.

/// Exports a module: `PyInit_<name>` for every Python, `PyModExport_<name>` for 3.15 and later.
///
/// Both pass the address that they were called from, by which the Python that imports is found (a process may have several):
/// therefore they are written in assembly, which jumps to the common code with that address as the argument.
#[doc(hidden)]
#[macro_export]
macro_rules! __export {
    ($init:ident, $export:ident, $definition:expr) => {
        const _: () = {
            enum Exported {}

            impl $crate::glue::ExportedModule for Exported {
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
