//! How the names of an interface are spelled in each language, and the names that exist only in generated code.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{ClassId, Const, Interface, ItemId, ModuleId, Name};
use crate::names::{compound, pascal, python_identifier, rust_identifier, snake, upper_snake};

/// A type in Rust: `MinLength`.
pub(crate) fn rust_type(name: &Name) -> String {
    rust_identifier(pascal(&name.text))
}

/// A function, parameter or field in Rust: `min_length`.
pub(crate) fn rust_value(name: &Name) -> String {
    rust_identifier(snake(&name.text))
}

/// A constant in Rust: `MIN_LENGTH`.
pub(crate) fn rust_constant(name: &Name) -> String {
    rust_identifier(upper_snake(&name.text))
}

/// The function that computes a constant: `min_length`.
pub(crate) fn constant_function(constant: &Const) -> String {
    rust_value(&constant.name)
}

/// A module in Rust: `min_length`. Names are avoided that would shadow the modules or primitive types that generated code uses.
pub(crate) fn rust_module(name: &Name) -> String {
    const TAKEN: &[&str] = &[
        "bool",
        "char",
        "f32",
        "f64",
        "glue",
        "i128",
        "i16",
        "i32",
        "i64",
        "i8",
        "interface",
        "isize",
        "rt",
        "std",
        "str",
        "u128",
        "u16",
        "u32",
        "u64",
        "u8",
        "usize",
    ];
    match rust_value(name) {
        taken if TAKEN.contains(&taken.as_str()) => taken + "_",
        free => free,
    }
}

/// A type of the glue that belongs to one of the interface: `PointField0`.
pub(crate) fn glue_type(name: &Name, what: &str) -> String {
    compound(&[&pascal(&name.text), what], "")
}

/// A class, record, enum, exception or alias in Python: `MinLength`.
pub(crate) fn python_type(name: &Name) -> String {
    python_name(name, pascal)
}

/// A function, method, property, parameter or field in Python: `min_length`.
pub(crate) fn python_value(name: &Name) -> String {
    python_name(name, snake)
}

/// The union of the cases of a variant in Python: `CommandCase`.
pub(crate) fn python_union(name: &Name) -> String {
    crate::names::python_union(&python_type(name))
}

/// A constant or the member of an enum in Python: `MIN_LENGTH`.
pub(crate) fn python_constant(name: &Name) -> String {
    python_name(name, upper_snake)
}

fn python_name(name: &Name, recase: fn(&str) -> String) -> String {
    match &name.python {
        Some(given) => given.clone(),
        None => python_identifier(recase(&name.text)),
    }
}

/// The names in the generated Rust of one module that do not follow directly from the interface, chosen so that none clashes with
/// it.
#[derive(Clone, Debug)]
pub(crate) struct RustNames {
    /// The trait with the module's functions.
    pub(crate) module_trait: String,
    /// The trait of each class.
    class_traits: BTreeMap<ClassId, String>,
    /// The glue's type parameter for the type that implements the module's trait.
    pub(crate) module_parameter: String,
    /// The glue's type parameter for a class.
    pub(crate) class_parameter: String,
    /// The glue's type parameter for the layout of objects.
    pub(crate) layout_parameter: String,
    /// Other names in the generated file.
    taken: BTreeSet<String>,
}

impl RustNames {
    pub(crate) fn new(interface: &Interface, module: ModuleId) -> Self {
        let items = &interface[module].items;
        let declared: BTreeSet<String> = items
            .iter()
            .filter_map(|&item| interface.home(item))
            .map(|(_, name)| rust_type(name))
            .collect();
        let mut taken = declared.clone();
        let mut free = |candidates: &[String]| {
            let name = first_free(&taken, candidates);
            taken.insert(name.clone());
            name
        };
        let class_traits = items.iter().filter_map(|item| {
            let ItemId::Class(id) = item else { return None };
            let class = pascal(&interface[*id].name.text);
            let name = ["Class", "ClassTrait"].map(|word| compound(&[&class, word], ""));
            let name = free(&name);
            Some((*id, name))
        });
        let class_traits = class_traits.collect();
        let name = &interface[module].name;
        let long = compound(&[&pascal(&name.text), "Module"], "");
        let module_trait = free(&[rust_type(name), long]);
        let [module_parameter, class_parameter, layout_parameter] =
            ["M", "C", "L"].map(|letter| free(&[letter.to_owned()]));
        Self {
            module_trait,
            class_traits,
            module_parameter,
            class_parameter,
            layout_parameter,
            taken,
        }
    }

    /// The trait of a class.
    pub(crate) fn class_trait(&self, class: ClassId) -> &str {
        &self.class_traits[&class]
    }

    /// Whether an item of the module has the name.
    pub(crate) fn is_taken(&self, name: &str) -> bool {
        self.taken.contains(name)
    }

    /// Reserves a free name: the first candidate that is not in use. The next call with the same candidates returns another name.
    pub(crate) fn reserve(&mut self, candidates: &[String]) -> String {
        let name = first_free(&self.taken, candidates);
        self.taken.insert(name.clone());
        name
    }
}

/// Returns the first candidate that is not taken, or the last one with underscores appended.
pub(crate) fn first_free(taken: &BTreeSet<String>, candidates: &[String]) -> String {
    if let Some(free) = candidates.iter().find(|name| !taken.contains(*name)) {
        return free.clone();
    }
    let mut name = candidates.last().cloned().unwrap_or_default();
    while taken.contains(&name) {
        name.push('_');
    }
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(text: &str) -> Name {
        Name {
            text: text.to_owned(),
            ..Name::default()
        }
    }

    #[test]
    fn keywords_are_escaped_only_where_they_are_keywords() {
        assert_eq!(
            (rust_value(&name("type")), python_value(&name("type"))),
            ("r#type".into(), "type".into())
        );
        assert_eq!(
            (rust_value(&name("lambda")), python_value(&name("lambda"))),
            ("lambda".into(), "lambda_".into())
        );
        assert_eq!(
            (rust_type(&name("self")), python_type(&name("none"))),
            ("Self_".into(), "None_".into())
        );
    }

    #[test]
    fn generated_names_give_way_to_declared_ones() {
        let mut compilation = crate::driver::Compilation::default();
        compilation.add("counter.pyidl", "class counter; record m { x: u8 }");
        let interface = compilation.units.remove(0).interface.expect("no errors");
        let names = RustNames::new(&interface, Interface::ROOT);
        assert_eq!(names.module_trait, "CounterModule");
        assert_eq!(names.class_trait(ClassId(0)), "CounterClass");
        assert_eq!(names.module_parameter, "M_");
    }
}
