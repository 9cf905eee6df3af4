//! From views to text, and from text to files.

mod files;

use std::fmt;
use std::sync::OnceLock;

use handlebars::Handlebars;
use serde::Serialize;

pub use files::{Change, Files};

/// The templates of one target, compiled on first use.
///
/// A template inserts finished strings, so nothing is escaped, and a name that its view lacks is an error. Lines that contain
/// only a block tag produce no output.
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

    /// Returns the text of the template `name`, rendered from `view`.
    ///
    /// # Panics
    ///
    /// If there is no such template, or template and view do not match: templates are part of this crate, and the tests render
    /// every one of them.
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

    /// Returns the texts of the template `name`, rendered from each of `views`, without their final line breaks: parts that
    /// another template assembles. A large file is rendered in parts, since a template's view is held twice.
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
