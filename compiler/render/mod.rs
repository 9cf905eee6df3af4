//! From views to text, and from text to files.

mod files;
pub(crate) mod layout;
mod markers;

use std::fmt;
use std::sync::OnceLock;

use handlebars::Handlebars;
use serde::Serialize;

use layout::Layout;
use markers::formatted;

pub use files::{Change, Files};

/// The templates of one target, compiled on first use.
///
/// Nothing is escaped, and a name that a view lacks is an error. Lines that contain only a block tag produce no output. Layouts
/// in a view are formatted where the template inserts them.
pub struct Templates {
    /// Names and texts. A template may include another of the same set as a partial.
    sources: &'static [(&'static str, &'static str)],
    /// Whether the texts are Rust.
    is_rust: bool,
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
    /// Templates of Rust with these names and texts.
    pub const fn rust(sources: &'static [(&'static str, &'static str)]) -> Self {
        Self {
            sources,
            is_rust: true,
            registry: OnceLock::new(),
        }
    }

    /// Templates of Python with these names and texts.
    pub const fn python(sources: &'static [(&'static str, &'static str)]) -> Self {
        Self {
            sources,
            is_rust: false,
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
        formatted(self.is_rust, || {
            let text = registry.render(name, view);
            text.unwrap_or_else(|error| panic!("template {name}: {error}"))
        })
    }

    /// Returns the texts of the template `name`, rendered from each of `views`, without their final line breaks: parts that
    /// another template assembles. A large file is rendered in parts, since a template's view is held twice.
    pub(crate) fn render_each<V: Serialize>(
        &self,
        name: &str,
        views: impl IntoIterator<Item = V>,
    ) -> Vec<Layout> {
        let part = |view: V| {
            let mut text = self.render(name, &view);
            text.truncate(text.trim_end_matches('\n').len());
            Layout::Finished(text)
        };
        views.into_iter().map(part).collect()
    }
}
