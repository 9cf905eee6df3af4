//! The stub: what type checkers and editors know of the module.

mod class;
mod item;
mod modules;
mod variant;

use std::collections::BTreeSet;

use serde::Serialize;

use crate::emit::Options;
use crate::emit::language::python::annotations::Annotator;
use crate::emit::language::python::docstring;
use crate::emit::language::python::scope::Scope;
use crate::emit::language::python::signature::{self, First};
use crate::emit::language::python::values::{self, exact, literal};
use crate::lower::alias::Alias;
use crate::lower::argument::Argument;
use crate::lower::binding::Binding;
use crate::lower::bindings::Bindings;
use crate::lower::constant::Constant;
use crate::lower::conversion::Side;
use crate::lower::data::{Data, Field};
use crate::lower::enumerations::{Enumeration, Flags};
use crate::lower::exceptions::{Base, Exception};
use crate::lower::modules::{dotted_name, members, submodules, uses};
use crate::lower::types::{Literal, row};
use crate::lower::{Lowered, bindings};
use crate::model::{Builtin, Deprecation, Docs, EnumRepr, Interface, ItemId, ModuleId, Type};
use crate::render::layout::Layout;
use crate::render::{Files, Templates};

use item::{Body, Item};

static TEMPLATES: Templates = Templates::python(&[
    (
        "module",
        include_str!("../../../templates/python/module.hbs"),
    ),
    ("item", include_str!("../../../templates/python/item.hbs")),
]);

/// The stubs: one file, or a package with a file for each module if the extension module contains modules.
pub fn generate(lowered: &Lowered<'_>, options: &Options) -> Files {
    let interface = lowered.interface;
    let mut files = Files::default();
    for (module, bindings) in lowered.modules() {
        let stub = stub(interface, module, bindings, options);
        files.add(path(interface, module), stub);
    }
    files
}

/// The path of a module's stub.
fn path(interface: &Interface, module: ModuleId) -> String {
    let is_package = module == Interface::ROOT && submodules(interface).next().is_some();
    let end = if is_package { "/__init__.pyi" } else { ".pyi" };
    dotted_name(interface, module).replace('.', "/") + end
}

fn stub(interface: &Interface, module: ModuleId, bindings: &Bindings, options: &Options) -> String {
    let uses = uses(interface, module);
    let mut members = members(interface, module);
    members.extend(uses.iter().map(|used| used.here.clone()));
    let scope = Scope::new(members);
    let stub = Stub {
        annotator: Annotator {
            interface,
            module,
            uses: &uses,
            scope: Some(&scope),
        },
        scope: &scope,
    };
    let items = bindings.items.iter();
    let mut items: Vec<_> = items.flat_map(|item| stub.items(item)).collect();
    item::space(&mut items);
    items.iter_mut().for_each(|item| item.place(0));
    let has_string_enums = bindings
        .items
        .iter()
        .any(|item| matches!(item, bindings::Item::Enumeration(it) if it.repr == EnumRepr::Str));
    let string_enum = has_string_enums.then(|| StringEnumView {
        name: scope.hidden("StrEnum"),
        sys: scope.sys(),
        self_type: scope.sys().is_none().then(|| scope.name("Self")),
        enumeration: scope.name("enum"),
        str: scope.name("str"),
    });
    let mut imports = scope.imports();
    imports.extend(modules::imports(interface, module, &uses, &scope));
    let view = FileView {
        version: env!("CARGO_PKG_VERSION"),
        source: options.source_line(),
        docstring: docstring::source(&docstring::lines(&bindings.docs), 0),
        imports,
        string_enum,
        items: TEMPLATES.render_each("item", items),
    };
    TEMPLATES.render("module", &view)
}

#[derive(Serialize)]
struct FileView {
    version: &'static str,
    source: String,
    docstring: Option<String>,
    imports: Vec<String>,
    /// The base class for enums of strings, if there are any.
    string_enum: Option<StringEnumView>,
    /// The finished source of the items.
    items: Vec<Layout>,
}

/// The base class for enums of strings and its own bases, by their names in the stub.
#[derive(Serialize)]
struct StringEnumView {
    name: String,
    /// The base for stubs that can test the Python version.
    sys: Option<String>,
    /// The base for stubs that cannot.
    self_type: Option<String>,
    enumeration: String,
    str: String,
}

/// The stub that is being written.
#[derive(Clone, Copy)]
struct Stub<'a> {
    annotator: Annotator<'a>,
    scope: &'a Scope,
}

impl Stub<'_> {
    fn items(&self, item: &bindings::Item) -> Vec<Item> {
        vec![match item {
            bindings::Item::Function(it) => self.function(it, vec![], 0),
            bindings::Item::Constant(it) => self.constant(it, 0),
            bindings::Item::Class(it) => class::item(self, it),
            bindings::Item::Record(_, it) => self.record(it),
            bindings::Item::Family(it) => return variant::items(self, it),
            bindings::Item::Enumeration(it) => self.enumeration(it),
            bindings::Item::Flags(it) => self.flags(it),
            bindings::Item::Exception(it) => self.exception(it),
            bindings::Item::Alias(it) => self.alias(it),
        }]
    }

    /// A function or method at `indent`.
    fn function(&self, binding: &Binding, mut decorators: Vec<String>, indent: usize) -> Item {
        let lines = docstring::function_lines(binding);
        let docstring = docstring::source(&lines, indent + 4);
        let end = if docstring.is_some() { "" } else { " ..." };
        if let Some(deprecation) = &binding.deprecated {
            decorators.push(self.deprecated(deprecation.message.as_deref()));
        }
        let result = match binding.outcome.returned.python_type() {
            Some(ty) => self.annotator.annotation(ty, Side::IntoPython),
            None => "None".to_owned(),
        };
        let head = (binding.python_name.as_str(), First::from(binding.receiver));
        let arguments = &binding.arguments;
        let header = signature::annotated(&self.annotator, head, arguments, &result, end, indent);
        Item::new(decorators, header, Body::Docstring(docstring))
    }

    /// `@deprecated("…")`, if the item is deprecated.
    fn decorators(&self, deprecation: Option<&Deprecation>) -> Vec<String> {
        let deprecation = deprecation.into_iter();
        deprecation
            .map(|deprecation| self.deprecated(deprecation.message.as_deref()))
            .collect()
    }

    fn deprecated(&self, message: Option<&str>) -> String {
        let name = self.scope.name("deprecated");
        format!(
            "@{name}({})",
            values::string(message.unwrap_or("deprecated"))
        )
    }

    /// A constant at `indent`.
    fn constant(&self, constant: &Constant, indent: usize) -> Item {
        let interface = self.annotator.interface;
        let scope = self.scope;
        let name = &constant.python_name;
        // For these types a literal is the value itself.
        let is_literal = |ty: &Type| match interface.expanded(ty) {
            Type::Builtin(builtin, arguments) => {
                arguments.is_empty() && row(*builtin).literal == Literal::Value
            }
            _ => false,
        };
        let value = constant.value.as_ref();
        let value = value.and_then(|value| exact(interface, &constant.ty, value));
        let value = value.filter(|_| is_literal(&constant.ty));
        let qualifier = scope.name("Final");
        let header = match value {
            Some(value) => format!("{name}: {qualifier} = {value}"),
            None => {
                let ty = self.annotator.annotation(&constant.ty, Side::IntoPython);
                format!("{name}: {qualifier}[{ty}]")
            }
        };
        self.variable(header, &constant.docs, indent)
    }

    fn alias(&self, alias: &Alias) -> Item {
        let ty = self.annotator.annotation(&alias.ty, Side::FromPython);
        let qualifier = self.scope.name("TypeAlias");
        self.variable(
            format!("{}: {qualifier} = {ty}", alias.head.python_name),
            &alias.head.docs,
            0,
        )
    }

    fn variable(&self, header: String, docs: &Docs, indent: usize) -> Item {
        Item::new(
            Vec::new(),
            header,
            Body::Note(docstring::source(&docstring::lines(docs), indent)),
        )
    }

    fn enumeration(&self, enumeration: &Enumeration) -> Item {
        let interface = self.annotator.interface;
        let scope = self.scope;
        let enum_module = scope.name("enum");
        let base = match enumeration.repr {
            EnumRepr::Plain => format!("{enum_module}.Enum"),
            EnumRepr::Int => format!("{enum_module}.IntEnum"),
            EnumRepr::Str => scope.hidden("StrEnum"),
        };
        let string = Type::from(Builtin::String);
        let members = enumeration.members.iter().map(|member| {
            let value = literal(interface, &string, &member.value);
            let header = format!("{} = {value}", member.python_name);
            let note = docstring::source(&docstring::lines(&member.docs), 4);
            Item::new(Vec::new(), header, Body::Note(note))
        });
        let header = format!("class {}({base})", enumeration.head.python_name);
        let docs = docstring::lines(&enumeration.head.docs);
        let decorators = self.decorators(enumeration.head.deprecated.as_ref());
        Item::class(decorators, header, &docs, members.collect(), 0)
    }

    fn flags(&self, flags: &Flags) -> Item {
        let members = flags.flags.iter().map(|flag| {
            let header = format!("{} = {}", flag.python_name, flag.value);
            let note = docstring::source(&docstring::lines(&flag.docs), 4);
            Item::new(Vec::new(), header, Body::Note(note))
        });
        let base = self.scope.name("enum");
        let header = format!("class {}({base}.IntFlag)", flags.head.python_name);
        let docs = docstring::lines(&flags.head.docs);
        let decorators = self.decorators(flags.head.deprecated.as_ref());
        Item::class(decorators, header, &docs, members.collect(), 0)
    }

    fn record(&self, data: &Data) -> Item {
        let header = format!("class {}", data.head.python_name);
        self.data_class(header, &data.head.python_name, data, 0)
    }

    /// A frozen data class at `indent`, with the fields and the documentation of `data`. `name` is its qualified name.
    fn data_class(&self, header: String, name: &str, data: &Data, indent: usize) -> Item {
        let scope = self.scope;
        let [last, dataclass] = ["final", "dataclass"].map(|name| scope.name(name));
        // The class is created in `__new__`, whose parameters accept more types than the fields have.
        let mut decorators = self.decorators(data.head.deprecated.as_ref());
        decorators.push(format!("@{last}"));
        decorators.push(format!("@{dataclass}(frozen=True, init=False)"));
        scope.enter(
            data.fields
                .iter()
                .map(|field| field.python_name.clone())
                .collect(),
        );
        let inner = indent + 4;
        let mut members: Vec<_> = data
            .fields
            .iter()
            .map(|field| self.field(field, inner))
            .collect();
        if !data.fields.is_empty() {
            members.push(self.maker(name, &data.constructor, None, inner));
        }
        members.push(self.replacer(name, inner));
        scope.enter(BTreeSet::new());
        let docs = docstring::lines(&data.head.docs);
        Item::class(decorators, header, &docs, members, indent)
    }

    /// `__replace__`, which type checkers derive for data classes only since the Python version that has it.
    fn replacer(&self, class: &str, indent: usize) -> Item {
        let object = self.scope.name("object");
        let method = format!("def __replace__(self, /, **changes: {object}) -> {class}: ...");
        let header = match self.scope.sys() {
            Some(sys) => {
                let inner = " ".repeat(indent + 4);
                format!("if {sys}.version_info < (3, 13):\n{inner}{method}")
            }
            None => method,
        };
        Item::new(Vec::new(), header, Body::Docstring(None))
    }

    fn exception(&self, exception: &Exception) -> Item {
        let scope = self.scope;
        let base = match &exception.base {
            Base::Builtin(name) => scope.name(name),
            Base::Declared(base) => self.annotator.name_of(ItemId::Exception(*base)),
        };
        let fields = &exception.own_fields;
        let names = fields.iter().map(|field| field.python_name.clone());
        scope.enter(names.collect());
        let mut members: Vec<_> = fields.iter().map(|field| self.field(field, 4)).collect();
        // A class without fields of its own uses the base's constructor, unless the base is one of Python's.
        let is_inherited = fields.is_empty() && matches!(exception.base, Base::Declared(_));
        if !is_inherited {
            members.push(self.initializer(&exception.constructor, None, 4));
        }
        scope.enter(BTreeSet::new());
        let header = format!("class {}({base})", exception.head.python_name);
        let docs = docstring::lines(&exception.head.docs);
        Item::class(
            self.decorators(exception.head.deprecated.as_ref()),
            header,
            &docs,
            members,
            0,
        )
    }

    fn field(&self, field: &Field, indent: usize) -> Item {
        let ty = self.annotator.annotation(&field.ty, Side::IntoPython);
        let header = format!("{}: {ty}", field.python_name);
        let note = docstring::source(&docstring::lines(&field.docs), indent);
        Item::new(Vec::new(), header, Body::Note(note))
    }

    /// `__init__`. Its documentation is part of the class's docstring.
    fn initializer(
        &self,
        arguments: &[Argument],
        deprecated: Option<&Deprecation>,
        indent: usize,
    ) -> Item {
        let head = ("__init__", First::Instance);
        self.constructor(head, arguments, "None", deprecated, indent)
    }

    /// `__new__` of a class that cannot be subclassed.
    fn maker(
        &self,
        class: &str,
        arguments: &[Argument],
        deprecated: Option<&Deprecation>,
        indent: usize,
    ) -> Item {
        let head = ("__new__", First::Class);
        self.constructor(head, arguments, class, deprecated, indent)
    }

    fn constructor(
        &self,
        head: (&str, First),
        arguments: &[Argument],
        result: &str,
        deprecated: Option<&Deprecation>,
        indent: usize,
    ) -> Item {
        let header = signature::annotated(&self.annotator, head, arguments, result, " ...", indent);
        Item::new(self.decorators(deprecated), header, Body::Docstring(None))
    }
}
