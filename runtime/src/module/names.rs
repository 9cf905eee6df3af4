//! Names of modules and types.
//!
//! A definition calls its types `geometry.Point`. A module may be imported under another name, such as `shop._native.geometry` if
//! the file is in a package. Its types must then have that name, or they cannot be pickled.

use crate::fork::Mutex;
use crate::type_object::module_and_name;
use std::ffi::{CStr, CString};

/// The names that are not in the definitions. Type objects point to them, so they are never freed. There is one for each type and
/// each name under which its module is imported.
static NAMES: Mutex<Vec<&'static CStr>> = Mutex::new(Vec::new());

/// Returns the name of the definition's type `name` qualified with `module`, or `name` itself if no other is needed.
pub(super) fn qualified_name(module: &str, name: &'static CStr) -> &'static CStr {
    let (defined, short) = module_and_name(name);
    if module.is_empty() || module == defined {
        return name;
    }
    kept(format!("{module}.{short}")).unwrap_or(name)
}

/// Returns the full name of a nested type: `geometry.Command.Arc`, where `name` is `geometry.Arc`.
pub(crate) fn nested_name(name: &'static CStr, qualified_name: &str) -> &'static CStr {
    let (module, _) = module_and_name(name);
    kept(format!("{module}.{qualified_name}")).unwrap_or(name)
}

/// Returns a name that lives forever; `None` if it contains NUL, which a module's name does only if somebody sets it so.
fn kept(wanted: String) -> Option<&'static CStr> {
    let mut all = NAMES.lock();
    if let Some(known) = all
        .iter()
        .find(|known| known.to_bytes() == wanted.as_bytes())
    {
        return Some(known);
    }
    let wanted: &'static CStr = Box::leak(CString::new(wanted).ok()?.into_boxed_c_str());
    all.push(wanted);
    Some(wanted)
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
        let nested = nested_name(other, "Command.Point");
        assert_eq!(nested, c"shop.geometry.Command.Point");
        assert!(std::ptr::eq(nested_name(other, "Command.Point"), nested));
    }
}
