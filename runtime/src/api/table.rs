//! Defines the table and its functions from the lists.

macro_rules! api {
    (
        at_load { $( fn $load:ident($($load_arg:ident: $load_type:ty),* $(,)?) $(-> $load_result:ty)?; )* }
        where_present_at_load { $( fn $maybe:ident($($maybe_type:ty),* $(,)?) $(-> $maybe_result:ty)?; )* }
        at_first_use { $( $(#[$late_condition:meta])* fn $late:ident($($late_arg:ident: $late_type:ty),* $(,)?) $(-> $late_result:ty)?; )* }
        where_present { $( fn $late_maybe:ident($($late_maybe_type:ty),* $(,)?) $(-> $late_maybe_result:ty)?; )* }
        objects { $( $object:ident, )* }
        exceptions { $( $exception:ident, )* }
    ) => {
        struct Table {
            $( $load: unsafe extern "C-unwind" fn($($load_type),*) $(-> $load_result)?, )*
            $( $maybe: Option<unsafe extern "C-unwind" fn($($maybe_type),*) $(-> $maybe_result)?>, )*
            $( $object: Raw, )*
        }

        static mut TABLE: Table = Table {
            // SAFETY: pointers to functions have one representation, and the stub neither returns nor reads an argument.
            $( $load: unsafe { std::mem::transmute::<unsafe extern "C-unwind" fn() -> !, unsafe extern "C-unwind" fn($($load_type),*) $(-> $load_result)?>(crate::api::address::unresolved) }, )*
            $( $maybe: None, )*
            $( $object: std::ptr::null_mut(), )*
        };

        /// Fills the table. Fails with the name of the first symbol that every supported Python has but this one lacks.
        ///
        /// # Safety
        /// `lookup` must return addresses of the Python C API, and no other thread may use the table meanwhile.
        pub(crate) unsafe fn resolve(lookup: &dyn Fn(&str) -> *mut c_void) -> Result<(), &'static str> {
            $(
                let address = lookup(concat!(stringify!($load), "\0"));
                if address.is_null() {
                    return Err(stringify!($load));
                }
                // SAFETY: the symbol of this name is a function of this signature; no other thread uses the table (caller).
                unsafe { TABLE.$load = std::mem::transmute::<*mut c_void, unsafe extern "C-unwind" fn($($load_type),*) $(-> $load_result)?>(address) };
            )*
            $(
                let address = lookup(concat!(stringify!($maybe), "\0"));
                // SAFETY: as above; a null address is `None`.
                unsafe { TABLE.$maybe = std::mem::transmute::<*mut c_void, Option<unsafe extern "C-unwind" fn($($maybe_type),*) $(-> $maybe_result)?>>(address) };
            )*
            $(
                let address = lookup(concat!(stringify!($object), "\0"));
                if address.is_null() {
                    return Err(stringify!($object));
                }
                // SAFETY: no other thread uses the table (caller).
                unsafe { TABLE.$object = address.cast::<PyObject>() };
            )*
            Ok(())
        }

        $(
            #[inline(always)]
            pub(crate) unsafe fn $load($($load_arg: $load_type),*) $(-> $load_result)? {
                // SAFETY: the table is not written after `resolve`; the caller keeps the function's own rules.
                unsafe { crate::api::address::until_thread_exits(|| (TABLE.$load)($($load_arg),*)) }
            }
        )*
        $(
            #[inline(always)]
            pub(crate) fn $maybe() -> Option<unsafe extern "C-unwind" fn($($maybe_type),*) $(-> $maybe_result)?> {
                // SAFETY: the table is not written after `resolve`.
                unsafe { TABLE.$maybe }
            }
        )*
        $(
            $(#[$late_condition])*
            #[inline]
            pub(crate) unsafe fn $late($($late_arg: $late_type),*) $(-> $late_result)? {
                static ADDRESS: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
                let address = crate::api::address::late_address(&ADDRESS, concat!(stringify!($late), "\0"));
                // SAFETY: the symbol of this name is a function of this signature; the caller keeps the function's own rules.
                unsafe {
                    let function = std::mem::transmute::<*mut c_void, unsafe extern "C-unwind" fn($($late_type),*) $(-> $late_result)?>(address);
                    crate::api::address::until_thread_exits(|| function($($late_arg),*))
                }
            }
        )*
        $(
            pub(crate) fn $late_maybe() -> Option<unsafe extern "C-unwind" fn($($late_maybe_type),*) $(-> $late_maybe_result)?> {
                static ADDRESS: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
                let address = crate::api::address::late_address_where_present(&ADDRESS, concat!(stringify!($late_maybe), "\0"));
                // SAFETY: the symbol of this name is a function of this signature; a null address is `None`.
                unsafe { std::mem::transmute::<*mut c_void, Option<unsafe extern "C-unwind" fn($($late_maybe_type),*) $(-> $late_maybe_result)?>>(address) }
            }
        )*
        $(
            #[inline(always)]
            pub(crate) fn $object() -> Raw {
                // SAFETY: the table is not written after `resolve`.
                unsafe { TABLE.$object }
            }
        )*
        $(
            pub(crate) fn $exception() -> Raw {
                static ADDRESS: AtomicPtr<c_void> = AtomicPtr::new(std::ptr::null_mut());
                let address = crate::api::address::late_address(&ADDRESS, concat!(stringify!($exception), "\0"));
                // SAFETY: the symbol is a variable that holds a pointer to the exception type, set once Python has started.
                unsafe { *address.cast::<Raw>() }
            }
        )*
    };
}

pub(super) use api;
