//! Types of the model as annotations in a stub.

use crate::emit::language::python::scope::Scope;
use crate::lower::callback::Callback;
use crate::lower::cases::Cases;
use crate::lower::modules::{Use, definition, extension, is_extension, required};
use crate::lower::names::{python_type, python_union, python_value};
use crate::lower::types::row_and_arguments;
use crate::model::{Builtin, ExceptionId, Interface, ItemId, ModuleId, Type};

/// The direction of a value: Python may pass any `Sequence`, but receives a `list`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Direction {
    /// A parameter.
    FromPython,
    /// A result.
    IntoPython,
}

impl Direction {
    fn reversed(self) -> Self {
        match self {
            Self::FromPython => Self::IntoPython,
            Self::IntoPython => Self::FromPython,
        }
    }
}

/// Spells annotations.
#[derive(Clone, Copy)]
pub(crate) struct Annotator<'a> {
    pub(crate) interface: &'a Interface,
    /// The module that contains them.
    pub(crate) module: ModuleId,
    /// The types of other modules in it.
    pub(crate) uses: &'a [Use],
    /// The stub that they are written for. Without one, they are expressions that every Python version can evaluate.
    pub(crate) scope: Option<&'a Scope>,
}

impl Annotator<'_> {
    /// The annotation of a value in this direction.
    pub(crate) fn annotation(&self, ty: &Type, direction: Direction) -> String {
        let each = |types: &[Type], direction: Direction| -> Vec<String> {
            types
                .iter()
                .map(|ty| self.annotation(ty, direction))
                .collect()
        };
        match ty {
            Type::Variant(id) => self.union(Cases::Variant(*id)),
            Type::Enum(id) if self.interface[*id].error => self.union(Cases::Enum(*id)),
            Type::Record(_) | Type::Enum(_) | Type::Flags(_) | Type::Class(_) => {
                self.definition(ty)
            }
            Type::Array { item, .. } => {
                let list = Type::Builtin(Builtin::List, vec![(**item).clone()]);
                self.annotation(&list, direction)
            }
            Type::Result { ok, error } => self.result(ok.as_deref(), error.as_deref(), direction),
            Type::Exception(id) => self.exception(*id),
            Type::Protocol(_) | Type::View { .. } => crate::lower::refused(),
            Type::Alias(id) => {
                let alias = &self.interface[*id];
                // An alias is declared in its parameter form. Expressions do not rely on aliases.
                let is_declared =
                    direction == Direction::FromPython || self.is_the_same_both_ways(&alias.ty);
                match self.scope {
                    Some(_) if is_declared => self.definition(ty),
                    _ => self.annotation(&alias.ty, direction),
                }
            }
            Type::Callback { .. } => {
                let callback = Callback::of(self.interface, ty).expect("a callback");
                self.callback(&callback, direction)
            }
            Type::Builtin(..) => {
                let (row, arguments) =
                    row_and_arguments(self.interface, ty).expect("a builtin type");
                let annotation = match direction {
                    Direction::FromPython => row.parameter,
                    Direction::IntoPython => row.result,
                };
                let template = match self.scope {
                    Some(scope) => scope.annotation(annotation.stub),
                    None => annotation.evaluated.to_owned(),
                };
                let arguments = each(arguments, direction);
                let mut text = template.replace("{*}", &arguments.join(", "));
                text = text.replace("{|}", &arguments.join(" | "));
                for (index, argument) in arguments.iter().enumerate() {
                    text = text.replace(&format!("{{{index}}}"), argument);
                }
                match self.scope {
                    Some(_) => without_repeats(&text),
                    None => text,
                }
            }
        }
    }

    fn callback(&self, callback: &Callback<'_>, direction: Direction) -> String {
        let arguments = callback.arguments.iter();
        let arguments = arguments.map(|ty| self.annotation(ty, direction.reversed()));
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        let result = match callback.python_result {
            Some(ty) => self.annotation(ty, direction),
            None => self.known("object"),
        };
        let callable = match self.scope {
            Some(scope) => scope.name("Callable"),
            None => "typing.Callable".to_owned(),
        };
        format!("{callable}[[{arguments}], {result}]")
    }

    /// The annotation of a result that is a value.
    fn result(&self, ok: Option<&Type>, error: Option<&Type>, direction: Direction) -> String {
        let none = || self.known("None");
        let ok = ok.map_or_else(none, |ty| self.annotation(ty, direction));
        let error = error.map(|ty| self.interface.expanded(ty));
        let cases = error.and_then(|ty| Cases::of(self.interface, ty));
        let error = match (error, cases) {
            (Some(Type::Exception(id)), _) => self.exception(*id),
            (_, Some(cases)) => self.union(cases),
            _ => self.known("RuntimeError"),
        };
        match self.scope {
            Some(_) => without_repeats(&format!("{ok} | {error}")),
            None => format!("typing.Union[{ok}, {error}]"),
        }
    }

    fn exception(&self, id: ExceptionId) -> String {
        match self.interface[id].builtin {
            true => self.known(&python_type(&self.interface[id].name)),
            false => self.name_of(ItemId::Exception(id)),
        }
    }

    /// Whether the type has the same annotation as a parameter and as a result.
    fn is_the_same_both_ways(&self, ty: &Type) -> bool {
        let of_parts = || {
            let mut parts = ty.parts().into_iter();
            parts.all(|ty| self.is_the_same_both_ways(ty))
        };
        match ty {
            Type::Alias(id) => self.is_the_same_both_ways(&self.interface[*id].ty),
            // A parameter may be any sequence.
            Type::Array { .. } => false,
            Type::Builtin(..) => {
                let (row, _) = row_and_arguments(self.interface, ty).expect("a builtin type");
                row.parameter.stub == row.result.stub && of_parts()
            }
            _ => of_parts(),
        }
    }

    /// The name of a type of the interface.
    fn definition(&self, ty: &Type) -> String {
        self.name_of(definition(ty).expect("a definition"))
    }

    /// The same, for exceptions too.
    pub(crate) fn name_of(&self, item: ItemId) -> String {
        let (home, name) = self.interface.home(item).expect("a type");
        let Some(scope) = self.scope else {
            return expression(self.interface, home, &python_type(name));
        };
        if home == self.module {
            return python_type(name);
        }
        let used = self.uses.iter().find(|used| used.item == item);
        used.map_or_else(|| python_type(name), |used| scope.mention(&used.here))
    }

    /// The union of the cases, by its name in a stub.
    pub(crate) fn union(&self, cases: Cases) -> String {
        if let Some(scope) = self.scope {
            let used = self.uses.iter().find(|used| used.item == cases.item());
            let here = used.and_then(|used| used.union.as_ref());
            let own = || python_union(cases.name(self.interface));
            return here.map_or_else(own, |union| scope.mention(&union.here));
        }
        match self.cases(cases).as_slice() {
            [only] => only.clone(),
            several => format!("typing.Union[{}]", several.join(", ")),
        }
    }

    /// The classes of the cases: `Command.Close`.
    pub(crate) fn cases(&self, cases: Cases) -> Vec<String> {
        let family = self.name_of(cases.item());
        let names = cases.case_names(self.interface).into_iter();
        names
            .map(|name| format!("{family}.{}", python_type(name)))
            .collect()
    }

    /// A name that Python defines.
    fn known(&self, name: &str) -> String {
        self.scope
            .map_or_else(|| name.to_owned(), |scope| scope.name(name))
    }
}

/// A type of another module as a Python expression, with the runtime's entry for it.
fn expression(interface: &Interface, module: ModuleId, name: &str) -> String {
    format!("{}.{name}", module_expression(interface, module))
}

fn module_expression(interface: &Interface, module: ModuleId) -> String {
    let own = python_value(&interface[module].name);
    if let Some(extension) = extension(&interface[module]) {
        let required = required(interface).into_iter();
        let mut required = required.filter(|required| required.ty.is_some());
        let index = required.position(|required| required.name == extension);
        let root = format!("__pyidl_required__[{}]", index.unwrap_or_default());
        return match is_extension(&interface[module]) {
            true => root,
            false => format!("{root}.{own}"),
        };
    }
    match module {
        Interface::ROOT => "__pyidl_root__".to_owned(),
        _ => format!("__pyidl_root__.{own}"),
    }
}

/// A union that lists each type once: several Rust types may be one Python type, as `string` and `char` are.
fn without_repeats(union: &str) -> String {
    let mut types: Vec<&str> = Vec::new();
    let (mut depth, mut start) = (0_usize, 0);
    for (at, letter) in union.char_indices() {
        match letter {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            '|' if depth == 0 => {
                types.push(union[start..at].trim());
                start = at + 1;
            }
            _ => {}
        }
    }
    types.push(union[start..].trim());
    let mut seen = Vec::new();
    for ty in types {
        if !seen.contains(&ty) {
            seen.push(ty);
        }
    }
    seen.join(" | ")
}

#[cfg(test)]
mod tests {
    use super::without_repeats;

    #[test]
    fn each_type_stands_once() {
        for (union, expected) in [
            ("str | int | str", "str | int"),
            ("str | None | str", "str | None"),
            (
                "list[str | int] | list[str | int] | str",
                "list[str | int] | str",
            ),
            (
                "Callable[[int | str], int] | int",
                "Callable[[int | str], int] | int",
            ),
            ("int", "int"),
        ] {
            assert_eq!(without_repeats(union), expected);
        }
    }
}
