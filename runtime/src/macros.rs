//! The macro by which a crate includes the output of its build script.

/// Includes the Rust code that the build script generated from the interface file of `module`.
///
/// Must be used in a module of its own. The class types that the interface names are looked up in the enclosing module:
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
/// The included code refers to this crate by the path by which the macro was called. A crate may therefore use it under another
/// name, `rt::include_idl!`, or through a third crate, `framework::__private::pyidl_runtime::include_idl!`; no setting is needed.
///
/// # Errors
///
/// A crate without a build script does not compile. Nor does one whose build script generates no module of this name; the error
/// names those that it generates.
#[macro_export]
macro_rules! include_idl {
    ($module:literal) => {
        // The separate module makes `rt` the crate of this macro, by whatever path the user's crate refers to it. Its items are
        // used through the enclosing module, so that lints about documentation ignore those without documentation in the
        // interface file.
        #[doc(hidden)]
        #[allow(unreachable_pub)]
        #[cfg_attr(
            clippy,
            allow(forbidden_lint_groups, clippy::all, clippy::pedantic, clippy::nursery)
        )]
        mod interface {
            use $crate::__runtime as rt;

            // The index defines which modules exist; the error for an unknown one lists them.
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
