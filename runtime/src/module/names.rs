//! Names of modules and types.
//!
//! A definition calls its types `geometry.Point`. A module may be imported under another name (`shop._native.geometry`,
//! where somebody has put the file into a package), and then its types must say so, or they cannot be pickled.

use crate::type_object::module_and_name;
use std::ffi::{CStr, CString};
use std::sync::{Mutex, PoisonError};

/// The names that differ from those of the definitions. Type objects point to them, so they are never freed; there is one
/// for each type and name under which somebody imports its module.
static NAMES: Mutex<Vec<&'static CStr>> = Mutex::new(Vec::new());

/// The type `name` of a definition as one of `module`, where there is one.
pub(super) fn qualified_name(module: &str, name: &'static CStr) -> &'static CStr {
    let (defined, short) = module_and_name(name);
    if module.is_empty() || module == defined {
        return name;
    }
    let wanted = format!("{module}.{short}");
    let mut all = NAMES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = all
        .iter()
        .find(|known| known.to_bytes() == wanted.as_bytes())
    {
        return known;
    }
    // A module whose name has a NUL in it can only have been made on purpose.
    let Ok(wanted) = CString::new(wanted) else {
        return name;
    };
    let wanted: &'static CStr = Box::leak(wanted.into_boxed_c_str());
    all.push(wanted);
    wanted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_made_once() {
        let name = c"geometry.Point";
        assert!(std::ptr::eq(qualified_name("geometry", name), name));
        assert!(std::ptr::eq(qualified_name("", name), name));
        let other = qualified_name("shop.geometry", name);
        assert_eq!(other, c"shop.geometry.Point");
        assert!(std::ptr::eq(qualified_name("shop.geometry", name), other));
    }
}
