//! Records, and the fields of records, cases and exceptions.

use super::attributes::Site;
use super::context::Where;
use super::namespaces::{Casing, Distinct};
use super::values::Owner;
use super::{Resolver, docs, docs_with};
use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Docs, Field, Name, Record, RecordId, RecordStyle, Type, Value};
use crate::syntax::ast;

impl Resolver<'_, '_> {
    /// A record with its fields; none if an error was already reported.
    pub(super) fn record(&mut self, id: RecordId) -> Option<Record> {
        let record = &self.declared[id];
        let (ast, name, meta) = (record.ast, record.name.clone(), record.meta);
        let (module, style) = (record.module, record.attributes.style);
        let deprecated = record.attributes.deprecated.clone();
        let at = Where::module(module);
        let fields = self.fields(at, Owner::Record(id), &ast.fields)?;
        if style == RecordStyle::NamedTuple {
            self.named_tuple(&fields);
        }
        Some(Record {
            name,
            module,
            docs: docs(meta),
            deprecated,
            style,
            fields,
        })
    }

    /// Reports fields that `collections.namedtuple` rejects, or that shadow attributes of tuples.
    fn named_tuple(&mut self, fields: &[Field]) {
        for Field { name, .. } in fields {
            let python = Casing::VALUE.python(name);
            let label = match python.as_str() {
                "count" | "index" => "tuples have a method of this name",
                _ if python.starts_with('_') => "these names begin with a letter",
                _ => continue,
            };
            let message = format!("a field of a named tuple cannot be called `{python}` in Python");
            self.report(
                Diagnostic::new(Code::ReservedName, name.span, message, label)
                    .help("choose another name, here or for Python with `@py.name(\"…\")`"),
            );
        }
    }

    /// The fields of a record or case; none if an error was already reported.
    pub(super) fn fields(
        &mut self,
        at: Where,
        owner: Owner,
        written: &[ast::Field],
    ) -> Option<Vec<Field>> {
        let mut names = Distinct::default();
        let mut defaulted: Option<&ast::Field> = None;
        let mut fields = Vec::new();
        for (index, field) in written.iter().enumerate() {
            let (name, docs) = self.field_name(at, field, &mut names);
            match (&field.default, defaulted) {
                (Some(_), _) => defaulted = defaulted.or(Some(field)),
                // A field without a type is incomplete.
                (None, Some(before)) if field.ty.is_some() => {
                    let message = format!(
                        "`{}` needs a default, as a field before it has one",
                        field.name.text
                    );
                    self.report(
                        Diagnostic::new(Code::ParameterOrder, field.name.span, message, "")
                            .cause(before.name.span, "this has a default")
                            .help("give it a default, or move it to the front"),
                    );
                }
                (None, _) => {}
            }
            let place = field
                .default
                .as_ref()
                .map_or(field.name.span, |literal| literal.span);
            let default = self.field_default(owner, index, place);
            let ty = self.types_of(owner)[index].clone();
            fields.push(complete_field(name, docs, ty, field, default));
        }
        fields.into_iter().collect()
    }

    /// Name and documentation of a field, checked against the other fields' names.
    pub(super) fn field_name(
        &mut self,
        at: Where,
        field: &ast::Field,
        names: &mut Distinct,
    ) -> (Name, Docs) {
        let attributes = self.attributes(at, &field.meta, Site::Field);
        let name = self.value_name(at, &field.name, &attributes);
        self.claim(names, &name, Casing::VALUE);
        (name, docs_with(&field.meta, attributes.deprecated.as_ref()))
    }

    /// The types of the fields of a record or case.
    pub(super) fn types_of(&self, owner: Owner) -> &[Option<Type>] {
        match owner {
            Owner::Record(id) => self.table.fields(id),
            Owner::Case(id, case) => self.table.payload(id, case),
        }
    }
}

/// A field; none if its type or its default was already reported.
pub(super) fn complete_field(
    name: Name,
    docs: Docs,
    ty: Option<Type>,
    field: &ast::Field,
    default: Option<Value>,
) -> Option<Field> {
    let missing = field.default.is_some() && default.is_none();
    Some(Field {
        name,
        docs,
        ty: ty?,
        default,
    })
    .filter(|_| !missing)
}
