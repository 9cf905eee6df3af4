//! Literals of enums, flags, variants and records, and the defaults for omitted fields.

use std::collections::HashMap;

use super::Resolver;
use super::context::Where;
use crate::diagnostic::{Code, Diagnostic, suggest};
use crate::model::{EnumId, FlagsId, RecordId, Value, VariantId};
use crate::source::Span;
use crate::syntax::ast::{Field, Literal, LiteralKind, Name, Path, Payload};

/// The defaults of fields, each computed once.
#[derive(Debug, Default)]
pub(super) struct Defaults {
    fields: HashMap<(Owner, usize), State>,
    /// How many nested defaults are being computed.
    depth: usize,
}

/// A definition whose fields have defaults that a literal can omit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Owner {
    Record(RecordId),
    /// The case of a variant with this index.
    Case(VariantId, usize),
}

#[derive(Debug)]
enum State {
    Running,
    /// `None` if an error was already reported.
    Done(Option<Value>),
}

/// The limits on depth and size of nested defaults. Their text could require exponentially more.
const MAXIMUM_DEPTH: usize = 32;
const MAXIMUM_SIZE: usize = 10_000;

impl Resolver<'_, '_> {
    /// `metre`, `unit.metre`
    pub(super) fn enum_value(&mut self, paths: &[Path], span: Span, id: EnumId) -> Option<Value> {
        let enumeration = &self.declared[id];
        let [path] = paths else {
            let message = "members of an enum cannot be combined";
            self.report(
                Diagnostic::new(Code::WrongValue, span, message, "one member is needed here")
                    .help("write one of them; what can be combined are `flags`"),
            );
            return None;
        };
        let members = enumeration.ast.members.iter().map(|member| &member.name);
        let of = Named {
            kind: "enum",
            member: "member",
            name: &enumeration.ast.name,
            whole: enumeration.span,
        };
        let index = self.member_index(path, of, &members.collect::<Vec<_>>())?;
        Some(Value::Enum(id, index))
    }

    /// `bold | dashed`, `style.bold`
    pub(super) fn flags_value(&mut self, paths: &[Path], id: FlagsId) -> Option<Value> {
        let flags = &self.declared[id];
        let names: Vec<&Name> = flags.ast.members.iter().map(|flag| &flag.name).collect();
        let of = Named {
            kind: "flags",
            member: "flag",
            name: &flags.ast.name,
            whole: flags.span,
        };
        let mut set: Vec<usize> = Vec::new();
        let mut complete = true;
        for path in paths {
            match self.member_index(path, of, &names) {
                Some(index) if set.contains(&index) => {
                    let message = format!("`{}` is given twice", names[index].text);
                    self.report(
                        Diagnostic::new(Code::DuplicateKey, path.span, message, "one too many")
                            .help("delete one of the two"),
                    );
                }
                Some(index) => set.push(index),
                None => complete = false,
            }
        }
        set.sort_unstable();
        complete.then_some(Value::Flags(id, set))
    }

    /// `close`, `command.close`: a case without a payload, or whose fields all have defaults.
    pub(super) fn case_value(
        &mut self,
        paths: &[Path],
        span: Span,
        id: VariantId,
    ) -> Option<Value> {
        let variant = &self.declared[id];
        let (ast, whole) = (variant.ast, variant.span);
        let [path] = paths else {
            let message = "cases of a variant cannot be combined";
            self.report(
                Diagnostic::new(Code::WrongValue, span, message, "one case is needed here")
                    .help("write one of them"),
            );
            return None;
        };
        let names: Vec<&Name> = ast.cases.iter().map(|case| &case.name).collect();
        let of = Named {
            kind: "variant",
            member: "case",
            name: &ast.name,
            whole,
        };
        let index = self.member_index(path, of, &names)?;
        let fields: &[Field] = match &ast.cases[index].payload {
            Payload::None => &[],
            Payload::Fields(fields) if fields.iter().all(|field| field.default.is_some()) => fields,
            Payload::Tuple(_) | Payload::Fields(_) => {
                let message = format!(
                    "`{}` carries values that cannot be written here",
                    names[index].text
                );
                self.report(
                    Diagnostic::new(Code::WrongValue, span, message, "")
                        .cause(names[index].span, "this case")
                        .help("name a case that carries nothing, or let Rust choose with `= ...`"),
                );
                return None;
            }
        };
        let values: Vec<_> = (0..fields.len())
            .map(|field| self.field_default(Owner::Case(id, index), field, span))
            .collect();
        let values = values.into_iter().collect::<Option<_>>()?;
        Some(Value::Case(id, index, values))
    }

    /// The index of the member, flag or case that `path` names.
    fn member_index(&mut self, path: &Path, of: Named<'_>, names: &[&Name]) -> Option<usize> {
        let (qualifier, member) = match path.parts.as_slice() {
            [member] => (None, member),
            [qualifier, member] => (Some(qualifier), member),
            _ => {
                let message = format!("a {} of `{}` is needed here", of.member, of.name.text);
                let help = format!("write `{}.` and one of its {}s", of.name.text, of.member);
                self.report(Diagnostic::new(Code::WrongValue, path.span, message, "").help(help));
                return None;
            }
        };
        if let Some(qualifier) = qualifier.filter(|name| name.text != of.name.text) {
            let message = format!(
                "expected a {} of `{}`, not of `{}`",
                of.member, of.name.text, qualifier.text
            );
            let (kind, name) = (of.name.text.as_str(), member.text.as_str());
            let known = names.iter().any(|known| known.text == member.text);
            let help = match known {
                true => format!("write `{kind}.{name}`, or `{name}`"),
                false => format!("write `{kind}.` and one of its {}s", of.member),
            };
            self.report(Diagnostic::new(Code::WrongValue, qualifier.span, message, "").help(help));
            return None;
        }
        let position = names.iter().position(|name| name.text == member.text);
        if position.is_none() && !self.is_damaged(of.whole) {
            let verb = if of.kind == "flags" { "have" } else { "has" };
            let message = format!(
                "the {} `{}` {verb} no {} `{}`",
                of.kind, of.name.text, of.member, member.text
            );
            let names = names.iter().map(|name| name.text.as_str()).collect();
            self.unknown_member(member, message, names, of.name.span);
        }
        position
    }

    fn unknown_member(
        &mut self,
        name: &Name,
        message: String,
        candidates: Vec<&str>,
        declared: Span,
    ) {
        let diagnostic = Diagnostic::new(Code::UnknownMember, name.span, message, "")
            .cause(declared, "declared here");
        let nearest = match self.is_full() {
            true => None,
            false => suggest::nearest(&name.text, candidates.iter().copied()),
        };
        let help = match nearest {
            Some(nearest) => Some(format!("did you mean `{nearest}`?")),
            None if (1..=8).contains(&candidates.len()) => {
                Some(format!("there are `{}`", candidates.join("`, `")))
            }
            None => None,
        };
        self.report(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    /// `{ x: 0.0, y: 0.0 }`
    pub(super) fn record_value(
        &mut self,
        at: Where,
        pairs: &[(Literal, Literal)],
        span: Span,
        id: RecordId,
    ) -> Option<Value> {
        let record = self.declared[id].ast;
        let mut values: Vec<Option<Option<Value>>> = vec![None; record.fields.len()];
        let mut places = vec![None; record.fields.len()];
        let mut complete = true;
        for (key, literal) in pairs {
            let Some(name) = field_name(key) else {
                let message = format!(
                    "the name of a field of `{}` is needed here",
                    record.name.text
                );
                self.error(Code::WrongValue, key.span, message, "expected a name");
                complete = false;
                continue;
            };
            let Some(index) = record
                .fields
                .iter()
                .position(|field| field.name.text == name.text)
            else {
                if !self.is_damaged(self.declared[id].span) {
                    let names = record.fields.iter().map(|field| field.name.text.as_str());
                    let message = format!(
                        "the record `{}` has no field `{}`",
                        record.name.text, name.text
                    );
                    self.unknown_member(name, message, names.collect(), record.name.span);
                }
                complete = false;
                continue;
            };
            let value = match self.table.fields(id)[index].clone() {
                Some(ty) => self.value(at, literal, &ty),
                None => None,
            };
            values[index] = Some(value);
            if let Some(first) = places[index].replace(key.span) {
                let message = format!("the field `{}` is given twice", name.text);
                self.report(
                    Diagnostic::new(Code::DuplicateKey, key.span, message, "")
                        .cause(first, "given before"),
                );
            }
        }
        let mut missing = Vec::new();
        for (index, value) in values
            .iter_mut()
            .enumerate()
            .filter(|(_, value)| value.is_none())
        {
            match record.fields[index].default {
                Some(_) => *value = Some(self.field_default(Owner::Record(id), index, span)),
                None => missing.push(record.fields[index].name.text.as_str()),
            }
        }
        if !missing.is_empty() && complete && !self.is_damaged(self.declared[id].span) {
            let (fields, are) = if missing.len() == 1 {
                ("field", "is")
            } else {
                ("fields", "are")
            };
            let message = format!(
                "the {fields} `{}` of `{}` {are} missing",
                missing.join("`, `"),
                record.name.text
            );
            let help = format!("add `{}: …`", missing[0]);
            self.report(
                Diagnostic::new(Code::MissingField, span, message, "")
                    .cause(record.name.span, "declared here")
                    .help(help),
            );
        }
        let values: Option<Vec<Value>> = values.into_iter().map(Option::flatten).collect();
        values
            .filter(|_| complete)
            .map(|values| Value::Record(id, values))
    }

    /// The default of a field, for an omission at `place`. `None` if there is none or an error was already reported.
    pub(super) fn field_default(
        &mut self,
        owner: Owner,
        index: usize,
        place: Span,
    ) -> Option<Value> {
        let (fields, module): (&[Field], _) = match owner {
            Owner::Record(id) => (&self.declared[id].ast.fields, self.declared[id].module),
            Owner::Case(id, case) => match &self.declared[id].ast.cases[case].payload {
                Payload::Fields(fields) => (fields, self.declared[id].module),
                Payload::None | Payload::Tuple(_) => return None,
            },
        };
        let at = Where::module(module);
        let field = fields.get(index)?;
        match self.defaults.fields.get(&(owner, index)) {
            Some(State::Done(value)) => return value.clone(),
            None if self.defaults.depth < MAXIMUM_DEPTH => {}
            stopped => {
                let message = match stopped {
                    Some(_) => format!("the default of `{}` contains itself", field.name.text),
                    None => format!("the default of `{}` is nested too deeply", field.name.text),
                };
                let diagnostic =
                    Diagnostic::new(Code::RecursiveDefault, place, message, "filled in here");
                self.report(diagnostic.cause(field.name.span, "this field"));
                return None;
            }
        }
        self.defaults.fields.insert((owner, index), State::Running);
        self.defaults.depth += 1;
        let value = match (&field.default, self.types_of(owner)[index].clone()) {
            (Some(literal), Some(ty)) => self.value(at, literal, &ty),
            _ => None,
        };
        self.defaults.depth -= 1;
        let value = match value {
            Some(value) if size(&value) > MAXIMUM_SIZE => {
                let message = format!(
                    "the default of `{}` is too large with all defaults filled in",
                    field.name.text
                );
                self.error(Code::RecursiveDefault, field.name.span, message, "");
                None
            }
            value => value,
        };
        self.defaults
            .fields
            .insert((owner, index), State::Done(value.clone()));
        value
    }
}

/// A definition whose members are named by literals.
#[derive(Clone, Copy)]
struct Named<'a> {
    /// `enum`
    kind: &'static str,
    /// `member`
    member: &'static str,
    name: &'a Name,
    /// The whole definition.
    whole: Span,
}

fn field_name(key: &Literal) -> Option<&Name> {
    match &key.kind {
        LiteralKind::Case(paths) => match paths.as_slice() {
            [path] if path.parts.len() == 1 => Some(&path.parts[0]),
            _ => None,
        },
        _ => None,
    }
}

/// The number of values in `value`, itself included.
fn size(value: &Value) -> usize {
    1 + match value {
        Value::List(values)
        | Value::Tuple(values)
        | Value::Record(_, values)
        | Value::Case(_, _, values) => values.iter().map(size).sum(),
        Value::Map(pairs) => pairs
            .iter()
            .map(|(key, value)| size(key) + size(value))
            .sum(),
        Value::Member(_, value) => size(value),
        _ => 0,
    }
}
