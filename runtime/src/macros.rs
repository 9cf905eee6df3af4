//! The macro with which a crate takes in what its build script wrote.

/// Includes the Rust that the build script made from the interface file of `module`.
///
/// Goes into a module of its own; the class types that the interface names are found in the module around it:
///
/// ```text
/// mod bindings {
///     pyidl_runtime::include_idl!("wordcount");
/// }
/// ```
///
/// `module` is the name that Python imports, which is also the stem of the generated file
/// (`$OUT_DIR/pyidl/wordcount.rs`).
///
/// What is included names this crate by the path by which the macro was called. So a crate may have it under another name,
/// `rt::include_idl!`, or from a third one, `framework::__private::pyidl_runtime::include_idl!`; there is nothing to set.
///
/// # Errors
///
/// A crate without a build script does not compile, nor does one whose build script makes no module of this name; the error names
/// those that it makes.
#[macro_export]
macro_rules! include_idl {
    ($module:literal) => {
        // A module of its own, with the crate that this macro is from: by whatever path the user's crate has it. What it has is
        // there by the other module, so that lints about documentation leave out what the interface file leaves out.
        #[doc(hidden)]
        #[allow(unreachable_pub)]
        #[cfg_attr(
            clippy,
            allow(forbidden_lint_groups, clippy::all, clippy::pedantic, clippy::nursery)
        )]
        mod interface {
            use $crate::__runtime as rt;

            // Which modules there are; an error says so.
            ::core::include!(::core::concat!(
                ::core::env!(
                    "OUT_DIR",
                    "include_idl! needs a build script that calls `pyidl::build`"
                ),
                "/pyidl/modules.index.rs"
            ));
            __pyidl_module! { $module }

            ::core::include!(::core::concat!(
                ::core::env!("OUT_DIR"),
                "/pyidl/",
                $module,
                ".rs"
            ));
        }
        pub use self::interface::*;
    };
}
