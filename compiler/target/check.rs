//! What an interface may say although nothing is generated from it yet.

use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::model::{
    Class, ClassItem, Field, Function, Interface, ItemId, Name, Origin, Property, Type,
};

/// Reports what `interface` has that no target can handle yet, each at the name of the definition around it. Targets
/// may be asked for their texts only if nothing was reported.
pub fn check(interface: &Interface, diagnostics: &mut Diagnostics) {
    let mut check = Check {
        interface,
        diagnostics,
    };
    if interface.is_world {
        check.refuse(&interface.root().name, "worlds are");
        return;
    }
    for module in &interface.modules {
        match &module.origin {
            Origin::Imported { .. } => {
                check.refuse(&module.name, "imports of Python modules are");
            }
            Origin::Foreign { .. } => check.refuse(&module.name, "types of other modules are"),
            Origin::Exported if module.parent.is_some() => {
                check.refuse(&module.name, "interfaces inside a module are");
            }
            Origin::Exported => module.items.iter().for_each(|item| check.item(*item)),
        }
    }
}

struct Check<'a> {
    interface: &'a Interface,
    diagnostics: &'a mut Diagnostics,
}

impl Check<'_> {
    /// Reports `what`, such as "variants are".
    fn refuse(&mut self, name: &Name, what: &str) {
        let message = format!("{what} not generated yet");
        self.diagnostics.report(Diagnostic::new(
            Code::NotGeneratedYet,
            name.span,
            message,
            "",
        ));
    }

    fn item(&mut self, item: ItemId) {
        let interface = self.interface;
        match item {
            ItemId::Record(id) => self.fields(&interface[id].fields),
            ItemId::Variant(id) => self.refuse(&interface[id].name, "variants are"),
            ItemId::Enum(id) if interface[id].error => {
                self.refuse(&interface[id].name, "enums as errors are");
            }
            ItemId::Enum(_) => {}
            ItemId::Flags(id) => self.refuse(&interface[id].name, "flags are"),
            ItemId::Exception(id) => self.fields(&interface[id].fields),
            ItemId::Class(id) => self.class(&interface[id]),
            ItemId::Protocol(id) => self.refuse(&interface[id].name, "protocols are"),
            ItemId::Alias(id) => self.ty(&interface[id].name, &interface[id].ty),
            ItemId::Function(id) => self.function(&interface[id]),
            ItemId::Const(id) => self.ty(&interface[id].name, &interface[id].ty),
        }
    }

    fn fields(&mut self, fields: &[Field]) {
        for field in fields {
            self.ty(&field.name, &field.ty);
        }
    }

    fn class(&mut self, class: &Class) {
        let properties = [
            (class.base.is_some(), "base classes are"),
            (!class.implements.is_empty(), "`implements` is"),
            (class.weakref, "`@weakref` is"),
            (class.dict, "`@dict` is"),
            (class.pickle, "`@pickle` is"),
            (class.context_manager.is_some(), "`@context-manager` is"),
        ];
        for (_, what) in properties.iter().filter(|(has, _)| *has) {
            self.refuse(&class.name, what);
        }
        class.constructor.iter().for_each(|it| self.function(it));
        for item in &class.items {
            match item {
                ClassItem::Const(constant) => self.ty(&constant.name, &constant.ty),
                ClassItem::Property(Property { name, ty, .. }) => self.ty(name, ty),
                ClassItem::Method(function) => self.function(function),
                ClassItem::Operator(operator) => self.function(&operator.function),
            }
        }
    }

    fn function(&mut self, function: &Function) {
        if !function.overload.is_empty() {
            return self.refuse(&function.name, "overloads are");
        }
        if function.is_async {
            self.refuse(&function.name, "`async func` is");
        }
        if function.error.is_some() {
            self.refuse(&function.name, "`result` is");
        }
        for parameter in &function.parameters {
            self.ty(&parameter.name, &parameter.ty);
        }
        if let Some(ty) = &function.result {
            self.ty(&function.name, ty);
        }
    }

    /// Reports at `name` what its type has.
    fn ty(&mut self, name: &Name, ty: &Type) {
        match ty {
            Type::Builtin {
                name: builtin,
                arguments,
            } => {
                if super::types::row(builtin).is_none() {
                    return self.refuse(name, &format!("`{builtin}` is"));
                }
                arguments.iter().for_each(|ty| self.ty(name, ty));
            }
            Type::Callback {
                parameters,
                result,
                is_async,
                raises,
            } => {
                if *is_async {
                    self.refuse(name, "asynchronous callbacks are");
                }
                if !raises.is_empty() {
                    self.refuse(name, "`raises` on a callback is");
                }
                parameters.iter().for_each(|ty| self.ty(name, ty));
                result.iter().for_each(|ty| self.ty(name, ty));
            }
            Type::Array { .. } => self.refuse(name, "lists of fixed length are"),
            Type::Result { .. } => self.refuse(name, "`result` in other places than results is"),
            Type::View { name: view, .. } => self.refuse(name, &format!("`{view}` is")),
            // Definitions are checked where they stand.
            Type::Record(_)
            | Type::Variant(_)
            | Type::Enum(_)
            | Type::Flags(_)
            | Type::Class(_)
            | Type::Protocol(_)
            | Type::Alias(_) => {}
        }
    }
}
