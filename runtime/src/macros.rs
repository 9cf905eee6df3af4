//! The macro with which a crate takes in what its build script wrote.

/// Includes the Rust that the build script made from the interface file of `module`.
///
/// Goes into a module of its own; the class types that the interface names are found in the module around it:
///
/// ```ignore
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
/// A crate without a build script, or one whose interface has another name, does not compile.
#[macro_export]
macro_rules! include_idl {
    ($module:tt) => {
        // A module of its own, with the crate that this macro is from: by whatever path the user's crate has it.
        #[allow(dead_code, missing_docs, unreachable_pub, unused_imports)]
        #[allow(
            clippy::approx_constant,
            clippy::enum_variant_names,
            clippy::excessive_precision,
            clippy::large_enum_variant,
            clippy::len_without_is_empty,
            clippy::new_ret_no_self,
            clippy::pedantic,
            clippy::result_large_err,
            clippy::should_implement_trait,
            clippy::too_many_arguments,
            clippy::type_complexity,
            clippy::upper_case_acronyms,
            clippy::wrong_self_convention
        )]
        mod interface {
            use $crate as rt;

            ::core::include!(::core::concat!(
                ::core::env!(
                    "OUT_DIR",
                    "include_idl! needs a build script that calls `pyidl::build`"
                ),
                "/pyidl/",
                $module,
                ".rs"
            ));
        }
        pub use self::interface::*;
    };
}
