//! Whether the values of one type are all values of another, and whether one function can replace another.

use super::context::Types;
use super::prelude::{Values, prelude};
use crate::model::{Builtin, ClassId, Function, Parameter, ParameterKind, ProtocolId, Type};
use crate::names;

/// The maximum number of steps of a comparison: nested aliases could require exponentially many.
const MAXIMUM_STEPS: u32 = 10_000;

/// A class that is compared with a protocol; `self` means the respective one on each side.
pub(super) type Same = Option<(ProtocolId, ClassId)>;

impl Types {
    /// Whether every Python value that `narrow` accepts is accepted by `wide`. False if unknown.
    pub(super) fn includes(&self, wide: &Type, narrow: &Type, same: Same) -> bool {
        let mut steps = MAXIMUM_STEPS;
        self.covers(wide, narrow, same, &mut steps)
    }

    fn covers(&self, wide: &Type, narrow: &Type, same: Same, steps: &mut u32) -> bool {
        if wide == narrow {
            return true;
        }
        *steps = steps.saturating_sub(1);
        let (Some(wide), Some(narrow)) = (self.table.expanded(wide), self.table.expanded(narrow))
        else {
            // An error was already reported.
            return true;
        };
        if wide == narrow {
            return true;
        }
        if *steps == 0 {
            return false;
        }
        use Builtin::{
            Any, Bytes, Char, Date, Datetime, Frozenset, Iterable, Iterator, List, Object, Option,
            Path, Set, String, Union,
        };
        match (wide, narrow) {
            (Type::Builtin(Any | Object, _), _) => true,
            (Type::Builtin(builtin, arguments), Type::Builtin(other, others)) => {
                match (builtin, other) {
                    (Option, Option) => self.all_cover(arguments, others, same, steps),
                    (_, Union) => others
                        .iter()
                        .all(|member| self.covers(wide, member, same, steps)),
                    (Option, _) => self.covers(&arguments[0], narrow, same, steps),
                    (Union, _) => arguments
                        .iter()
                        .any(|member| self.covers(member, narrow, same, steps)),
                    (Iterable, List | Set | Frozenset | Iterator)
                    | (Set, Frozenset)
                    | (Frozenset, Set) => self.all_cover(arguments, others, same, steps),
                    // A list of bytes is `bytes`.
                    (Bytes, List) => self.table.is_byte(&others[0]),
                    (List, Bytes) => self.table.is_byte(&arguments[0]),
                    // Python's `datetime` is a subclass of `date`.
                    (Date, Datetime) => true,
                    (Path, String) | (String, Char) | (Path, Char) => true,
                    _ if builtin == other => self.all_cover(arguments, others, same, steps),
                    _ => holds_numbers(*builtin, *other),
                }
            }
            (Type::Builtin(Option | Union, arguments), _) => arguments
                .iter()
                .any(|member| self.covers(member, narrow, same, steps)),
            (Type::Builtin(List | Iterable, arguments), Type::Array { item, .. }) => {
                self.covers(&arguments[0], item, same, steps)
            }
            (Type::Class(base), Type::Class(derived)) => self
                .inheritance
                .lineage(*derived)
                .any(|class| class == *base),
            (Type::Class(class), Type::Protocol(protocol)) => same == Some((*protocol, *class)),
            (Type::Protocol(protocol), Type::Class(class)) => {
                same == Some((*protocol, *class))
                    || self.inheritance.has_protocol(*class, *protocol)
            }
            (Type::Protocol(base), Type::Protocol(derived)) => {
                self.inheritance.extends_protocol(*derived, *base)
            }
            _ => false,
        }
    }

    fn all_cover(&self, wide: &[Type], narrow: &[Type], same: Same, steps: &mut u32) -> bool {
        let mut pairs = wide.iter().zip(narrow);
        wide.len() == narrow.len()
            && pairs.all(|(wide, narrow)| self.covers(wide, narrow, same, steps))
    }

    /// Whether every call that `narrow` accepts is accepted by `wide`. False if unknown.
    pub(super) fn takes_all_calls(&self, wide: &Function, narrow: &Function, same: Same) -> bool {
        let includes =
            |wide: &Parameter, narrow: &Parameter| self.includes(&wide.ty, &narrow.ty, same);
        let wide = Calls::of(wide);
        let narrow = Calls::of(narrow);
        // Every argument that is passed by position.
        for (position, given) in narrow.positional.iter().enumerate() {
            let taken = wide.positional.get(position).or(wide.args.as_ref());
            if !taken.is_some_and(|taken| includes(taken, given)) {
                return false;
            }
        }
        if let Some(given) = narrow.args {
            let rest = wide.positional.iter().skip(narrow.positional.len());
            let all = rest
                .chain(wide.args.as_ref())
                .all(|taken| includes(taken, given));
            if wide.args.is_none() || !all {
                return false;
            }
        }
        // Every argument that is passed by name.
        for given in narrow.named() {
            let name = python_name(given);
            let taken = wide.named().find(|taken| python_name(taken) == name);
            if !taken
                .or(wide.kwargs)
                .is_some_and(|taken| includes(taken, given))
            {
                return false;
            }
        }
        if let Some(given) = narrow.kwargs
            && !wide.kwargs.is_some_and(|taken| includes(taken, given))
        {
            return false;
        }
        // Required parameters of `wide` must always be passed.
        let given_always = |needed: &Parameter| {
            let position = wide
                .positional
                .iter()
                .position(|other| std::ptr::eq(*other, needed));
            let by_position = position.and_then(|position| narrow.positional.get(position));
            let by_name = narrow
                .named()
                .find(|given| python_name(given) == python_name(needed));
            let required = |given: &&Parameter| given.default.is_none();
            // By name, an argument may reach another parameter than by position.
            let never_named = |given: &&Parameter| given.kind == ParameterKind::PositionalOnly;
            let never_placed = |given: &&Parameter| given.kind == ParameterKind::KeywordOnly;
            let by_position = by_position.copied().filter(required);
            let by_name = by_name.filter(required);
            let either_way = by_position
                .zip(by_name)
                .is_some_and(|(placed, named)| std::ptr::eq(placed, named));
            match needed.kind {
                ParameterKind::PositionalOnly => by_position.as_ref().is_some_and(never_named),
                ParameterKind::KeywordOnly => by_name.as_ref().is_some_and(never_placed),
                _ => {
                    either_way
                        || by_position.as_ref().is_some_and(never_named)
                        || by_name.as_ref().is_some_and(never_placed)
                }
            }
        };
        let needed = wide.positional.iter().chain(&wide.keywords);
        needed
            .filter(|parameter| parameter.default.is_none())
            .all(|parameter| given_always(parameter))
    }
}

/// Whether every number of the builtin type `narrow` is a number of `wide`.
fn holds_numbers(wide: Builtin, narrow: Builtin) -> bool {
    let values = |builtin| &prelude().of(builtin).values;
    match (values(wide), values(narrow)) {
        (Values::Integer(least, most), Values::Integer(lower, upper)) => {
            let below = match (least, lower) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(least), Some(lower)) => least <= lower,
            };
            let above = match (most, upper) {
                (None, _) => true,
                (Some(_), None) => false,
                (Some(most), Some(upper)) => most >= upper,
            };
            below && above
        }
        (Values::Complex, Values::Integer(Some(_), Some(_))) => true,
        (Values::Complex, Values::Float { .. } | Values::Boolean) => true,
        // Python's `bool` is a subclass of `int`.
        (Values::Integer(..) | Values::Float { .. }, Values::Boolean) => true,
        // A float parameter accepts integers, and every 32-bit float is a 64-bit float.
        (Values::Float { single }, Values::Integer(Some(_), Some(most))) => {
            !single && most.to_string().len() <= 20
        }
        (Values::Float { single: false }, Values::Float { .. }) => true,
        _ => false,
    }
}

/// The parameters of a function by how they are passed.
struct Calls<'a> {
    positional: Vec<&'a Parameter>,
    args: Option<&'a Parameter>,
    /// Keyword-only parameters.
    keywords: Vec<&'a Parameter>,
    kwargs: Option<&'a Parameter>,
}

impl<'a> Calls<'a> {
    fn of(function: &'a Function) -> Self {
        let mut calls = Self {
            positional: Vec::new(),
            args: None,
            keywords: Vec::new(),
            kwargs: None,
        };
        for parameter in &function.parameters {
            match parameter.kind {
                ParameterKind::PositionalOnly | ParameterKind::Standard => {
                    calls.positional.push(parameter);
                }
                ParameterKind::VarArgs => calls.args = Some(parameter),
                ParameterKind::KeywordOnly => calls.keywords.push(parameter),
                ParameterKind::VarKeywords => calls.kwargs = Some(parameter),
            }
        }
        calls
    }

    /// The parameters that can be passed by name.
    fn named(&self) -> impl Iterator<Item = &'a Parameter> {
        let standard = self.positional.iter();
        let standard = standard.filter(|it| it.kind == ParameterKind::Standard);
        standard.chain(&self.keywords).copied()
    }
}

fn python_name(parameter: &Parameter) -> String {
    let name = &parameter.name;
    let given = name.python.clone();
    given.unwrap_or_else(|| names::python_identifier(names::snake(&name.text)))
}
