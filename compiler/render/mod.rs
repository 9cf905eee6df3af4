//! From views to text, and from text to files.

mod files;

use std::fmt;
use std::sync::OnceLock;

use handlebars::Handlebars;
use serde::Serialize;

pub use files::{Change, Files};

/// The templates of one target, compiled when they are first used.
///
/// A template fills in strings that are already finished, so nothing is escaped, and a name that its view does not have
/// is an error. Lines that hold only a block tag leave nothing behind.
pub struct Templates {
    /// Names and texts. A template may include another of the same set as a partial.
    sources: &'static [(&'static str, &'static str)],
    registry: OnceLock<Handlebars<'static>>,
}

impl fmt::Debug for Templates {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list()
            .entries(self.sources.iter().map(|(name, _)| name))
            .finish()
    }
}

impl Templates {
    /// The templates with these names and texts.
    pub const fn new(sources: &'static [(&'static str, &'static str)]) -> Self {
        Self {
            sources,
            registry: OnceLock::new(),
        }
    }

    /// The text of template `name` filled in from `view`.
    ///
    /// # Panics
    ///
    /// If there is no such template, or template and view do not fit: templates are part of this crate, and every one
    /// of them is rendered by the tests.
    pub fn render(&self, name: &str, view: &impl Serialize) -> String {
        let registry = self.registry.get_or_init(|| {
            let mut registry = Handlebars::new();
            registry.register_escape_fn(handlebars::no_escape);
            registry.set_strict_mode(true);
            for (name, text) in self.sources {
                let added = registry.register_template_string(name, text);
                added.unwrap_or_else(|error| panic!("template {name}: {error}"));
            }
            registry
        });
        registry
            .render(name, view)
            .unwrap_or_else(|error| panic!("template {name}: {error}"))
    }

    /// The texts of template `name` filled in from each of `views`, without the line breaks at their ends: parts for
    /// another template to put together. A large file is rendered in such parts, since a template's view is held twice.
    pub fn render_each<V: Serialize>(
        &self,
        name: &str,
        views: impl IntoIterator<Item = V>,
    ) -> Vec<String> {
        let part = |view: V| {
            let mut text = self.render(name, &view);
            text.truncate(text.trim_end_matches('\n').len());
            text
        };
        views.into_iter().map(part).collect()
    }
}
