//! The promises that generated code makes to this crate, and the functions by which Python finds a module in a file.
//!
//! These macros expand to code that the lint `unsafe_code` would reject. The lint does not check macros of other crates, so
//! crates may forbid unsafe code; instead each macro requires the word `unsafe` from its caller.

/// Implements an unsafe trait of [`glue`](crate::glue).
#[doc(hidden)]
#[macro_export]
macro_rules! __unsafe_impl {
    (unsafe impl $trait:ident for $ty:ty { $($items:tt)* }) => {
        // SAFETY: as promised by `unsafe`.
        unsafe impl $crate::glue::$trait for $ty { $($items)* }
    };
}

/// Creates a [`Promise`](crate::glue::Promise).
#[doc(hidden)]
#[macro_export]
macro_rules! __promise {
    (unsafe) => {
        // SAFETY: as promised by `unsafe`.
        unsafe { $crate::glue::Promise::new() }
    };
}

/// Defines `export!` for a module, in the Rust module that contains its generated code. `$missing` is the message of rustc if
/// `export!` is not called.
#[doc(hidden)]
#[macro_export]
macro_rules! __define_export {
    (unsafe $missing:ident, $init:ident, $export:ident, $key:literal) => {
        $crate::__define_export! { @with ($) $missing, $init, $export, $key }
    };
    (@with ($dollar:tt) $missing:ident, $init:ident, $export:ident, $key:literal) => {
        /// Exports the module as this type implements it.
        macro_rules! $missing {
            ($dollar module:ty $dollar(,)?) => {
                $crate::__export! {
                    // SAFETY: as promised by `unsafe`.
                    unsafe $init,
                    $export,
                    <$crate::glue::Implementation<$dollar module, $key> as $crate::glue::Implements<_>>::DEFINITION
                }
            };
        }
        pub(crate) use $missing as export;
    };
}

/// Lets `export!` find the generated code of a module, by the user's type and by `$key`, which stands for the module's name. It
/// does not know the path of the generated code in the crate.
///
/// The private trait `Exportable` is in between, so that the module's trait and the types in it keep the visibility that the user
/// chose: for rustc, a public trait for a public type would require everything in its bounds to be public.
#[doc(hidden)]
#[macro_export]
macro_rules! __implement {
    ($trait:path, $module:ident, $key:literal) => {
        pub(crate) enum Tag {}

        trait Exportable {
            const DEFINITION: &'static $crate::glue::ModuleDefinition;
        }

        impl<M: $trait> Exportable for M {
            const DEFINITION: &'static $crate::glue::ModuleDefinition = &$module::<M>::DEFINITION;
        }

        impl<M: Exportable> $crate::glue::Implements<Tag>
            for $crate::glue::Implementation<M, $key>
        {
            const DEFINITION: &'static $crate::glue::ModuleDefinition =
                <M as Exportable>::DEFINITION;
        }
    };
}

/// Exports a module: `PyInit_<name>` for every Python, `PyModExport_<name>` for 3.15 and later.
///
/// Both functions pass on the address that they were called from, by which the importing Python is found (a process may have
/// several). They are therefore written in assembly, and jump to the common code with that address as the argument.
///
/// With `unsafe` the caller promises that no other module has the definition, and that nothing else in the program has the names.
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

/// Defines a function that jumps to another one, with its own return address as the argument.
#[doc(hidden)]
#[macro_export]
macro_rules! __export_function {
    ($name:ident, $result:ty, $target:path) => {
        #[doc(hidden)]
        #[unsafe(naked)]
        #[unsafe(no_mangle)]
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
