//! Types of the model as annotations in a stub.

use std::slice;

use crate::emit::language::python::scope::Scope;
use crate::lower::callback::Callback;
use crate::lower::conversion::Side;
use crate::lower::family::FamilyId;
use crate::lower::modules::{Use, extension, is_extension, required};
use crate::lower::names::{python_type, python_union, python_value};
use crate::lower::refused;
use crate::lower::types::{normalised, row, row_and_arguments};
use crate::model::spelling::Spelling;
use crate::model::{
    AliasId, Builtin, Dimension, ExceptionId, Interface, ItemId, ModuleId, Type, View,
};

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
    /// The annotation of a value. Python may pass any `Sequence`, but receives a `list`.
    pub(crate) fn annotation(&self, ty: &Type, side: Side) -> String {
        let annotator = self;
        Members { annotator, side }.annotation(ty)
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
    pub(crate) fn union(&self, cases: FamilyId) -> String {
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
    pub(crate) fn cases(&self, cases: FamilyId) -> Vec<String> {
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

/// The spelling of annotations as unions: a list of their members.
struct Members<'a, 'i> {
    annotator: &'a Annotator<'i>,
    side: Side,
}

impl Members<'_, '_> {
    fn annotation(&self, ty: &Type) -> String {
        self.spell(ty).join(" | ")
    }

    fn alias(&self, id: AliasId) -> Vec<String> {
        let alias = &self.annotator.interface[id];
        // An alias is declared in its parameter form. Expressions do not rely on aliases.
        let is_declared =
            self.side == Side::FromPython || self.annotator.is_the_same_both_ways(&alias.ty);
        match self.annotator.scope {
            Some(_) if is_declared => vec![self.annotator.name_of(ItemId::Alias(id))],
            _ => self.spell(&alias.ty),
        }
    }
}

impl Spelling for Members<'_, '_> {
    type Text = Vec<String>;

    fn builtin(&self, builtin: Builtin, arguments: &[Type]) -> Vec<String> {
        let (builtin, arguments) = normalised(self.annotator.interface, builtin, arguments);
        let row = row(builtin);
        let annotation = match self.side {
            Side::FromPython => row.parameter,
            Side::IntoPython | Side::Field => row.result,
        };
        let fill = |template: &str| {
            let arguments = arguments.iter().map(|ty| self.annotation(ty));
            let arguments: Vec<_> = arguments.collect();
            let text = template.replace("{*}", &arguments.join(", "));
            let numbered = arguments.iter().enumerate();
            numbered.fold(text, |text, (index, argument)| {
                text.replace(&format!("{{{index}}}"), argument)
            })
        };
        let Some(scope) = self.annotator.scope else {
            return vec![fill(annotation.evaluated)];
        };
        let template = scope.annotation(annotation.stub);
        let members = template.split(" | ").flat_map(|member| match member {
            "{|}" => arguments.iter().flat_map(|ty| self.spell(ty)).collect(),
            "{0}" => self.spell(&arguments[0]),
            member => vec![fill(member)],
        });
        distinct(members)
    }

    fn array(&self, item: &Type, _length: u32) -> Vec<String> {
        self.builtin(Builtin::List, slice::from_ref(item))
    }

    fn result(&self, ok: Option<&Type>, error: Option<&Type>) -> Vec<String> {
        let Annotator {
            interface, scope, ..
        } = *self.annotator;
        let ok = ok.map_or_else(|| vec![self.annotator.known("None")], |ty| self.spell(ty));
        let error = error.map(|ty| interface.expanded(ty));
        let cases = error.and_then(|ty| FamilyId::of(interface, ty));
        let error = match (error, cases) {
            (Some(Type::Exception(id)), _) => self.annotator.exception(*id),
            (_, Some(cases)) => self.annotator.union(cases),
            _ => self.annotator.known("RuntimeError"),
        };
        match scope {
            Some(_) => distinct(ok.into_iter().chain([error])),
            None => vec![format!("typing.Union[{}, {error}]", ok.join(" | "))],
        }
    }

    fn callback(
        &self,
        parameters: &[Type],
        result: Option<&Type>,
        _is_async: bool,
        _raises: &[ExceptionId],
    ) -> Vec<String> {
        let Annotator {
            interface, scope, ..
        } = *self.annotator;
        let callback = Callback::new(interface, parameters, result);
        let passed = self.side.reversed();
        let arguments = callback.arguments.iter();
        let arguments = arguments.map(|ty| self.annotator.annotation(ty, passed));
        let arguments = arguments.collect::<Vec<_>>().join(", ");
        let result = match callback.python_result {
            Some(ty) => self.annotation(ty),
            None => self.annotator.known("object"),
        };
        let callable = match scope {
            Some(scope) => scope.name("Callable"),
            None => "typing.Callable".to_owned(),
        };
        vec![format!("{callable}[[{arguments}], {result}]")]
    }

    fn view(&self, _: View, _: &Type, _: Option<&[Dimension]>, _: bool) -> Vec<String> {
        refused()
    }

    fn definition(&self, item: ItemId) -> Vec<String> {
        let cases = FamilyId::of_item(self.annotator.interface, item);
        vec![match (item, cases) {
            (_, Some(cases)) => self.annotator.union(cases),
            (ItemId::Alias(id), _) => return self.alias(id),
            (ItemId::Exception(id), _) => self.annotator.exception(id),
            (ItemId::Protocol(_), _) => refused(),
            (item, _) => self.annotator.name_of(item),
        }]
    }
}

/// The members of a union, each once: several Rust types may be one Python type, as `string` and `char` are.
fn distinct(members: impl Iterator<Item = String>) -> Vec<String> {
    let mut seen = Vec::new();
    for member in members {
        if !seen.contains(&member) {
            seen.push(member);
        }
    }
    seen
}
