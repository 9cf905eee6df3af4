//! Classes and their members.

use super::Check;
use crate::emit::check::usage::Usage;
use crate::model::{Class, ClassItem, OperatorKind, Property};

/// The operators that the glue has shims for.
const GENERATED_OPERATORS: &[OperatorKind] = {
    use OperatorKind as K;
    &[
        K::Len,
        K::Getitem,
        K::Setitem,
        K::Contains,
        K::Iter,
        K::Next,
        K::Repr,
        K::Str,
        K::Eq,
        K::Lt,
        K::Le,
        K::Gt,
        K::Ge,
        K::Hash,
        K::Call,
        K::Bool,
        K::Add,
        K::Sub,
        K::Mul,
        K::Radd,
        K::Rsub,
        K::Rmul,
    ]
};

impl Check<'_> {
    pub(super) fn class(&mut self, class: &Class) {
        let properties = [
            (class.base.is_some(), "base classes are"),
            (!class.implements.is_empty(), "`implements` is"),
            (class.weakref, "`@weakref` is"),
            (class.dict, "`@dict` is"),
            (class.pickle, "`@pickle` is"),
            (class.context_manager.is_some(), "`@context-manager` is"),
        ];
        for (_, what) in properties.iter().filter(|(has, _)| *has) {
            self.refuse(&class.name, what, "leave it out");
        }
        if let Some(constructor) = &class.constructor {
            self.function(constructor);
            if constructor.detached {
                self.refuse(
                    &constructor.name,
                    "`@gil` on a constructor is",
                    "leave it out",
                );
            }
        }
        for item in &class.items {
            match item {
                ClassItem::Const(constant) => self.constant(constant),
                ClassItem::Property(Property { name, ty, .. }) => {
                    self.ty(name, ty, Usage::Property);
                }
                ClassItem::Method(function) => self.function(function),
                ClassItem::Operator(operator) => {
                    if !GENERATED_OPERATORS.contains(&operator.kind) {
                        let what = format!("the operator `{}` is", operator.kind.word());
                        self.refuse(
                            &operator.function.name,
                            &what,
                            "write a method instead: `name: func(…);`",
                        );
                    }
                    self.function(&operator.function);
                    if let Some(error) = &operator.function.error {
                        self.operator_error(&operator.function, error);
                    }
                    if operator.function.detached {
                        self.refuse(
                            &operator.function.name,
                            "`@gil` on an operator is",
                            "leave it out",
                        );
                    }
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::GENERATED_OPERATORS;

    #[test]
    fn the_reference_lists_the_operators() {
        let page = include_str!("../../../idl/README.md");
        let listed = page.split_once("\npyidl generates `").expect("the list").1;
        let listed = listed.split_once(';').expect("its end").0;
        let mut listed: Vec<_> = listed
            .split(['`', ',', ' ', '\n'])
            .filter(|word| !word.is_empty() && *word != "and")
            .collect();
        let mut generated: Vec<_> = GENERATED_OPERATORS.iter().map(|it| it.word()).collect();
        listed.sort_unstable();
        generated.sort_unstable();
        assert_eq!(listed, generated);
    }
}
