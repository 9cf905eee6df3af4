//! Worlds, and what interfaces use from each other.

use super::printer::{Breaks, List, Printer};
use crate::syntax::ast::{
    Direction, Extern, ExternKind, ImportBlock, Include, Renaming, UseInterface, UseNames,
};

const NAMES: List = List {
    open: "{",
    close: "}",
    spaced: false,
    trailing_comma: true,
    breaks: Breaks::WhenLong,
    packed: false,
};

const RENAMINGS: List = List {
    spaced: true,
    ..NAMES
};

impl<'a> Printer<'a> {
    pub(super) fn use_interface(&mut self, item: &'a UseInterface) {
        self.token("use");
        self.space();
        self.use_path(&item.path);
        if let Some(alias) = &item.alias {
            self.spaced("as");
            self.space();
            self.name(alias);
        }
        self.separator(";");
    }

    pub(super) fn use_names(&mut self, item: &'a UseNames) {
        self.token("use");
        self.space();
        self.use_path(&item.path);
        self.token(".");
        self.list(NAMES, &item.names, Self::renaming);
        self.separator(";");
    }

    fn renaming(&mut self, renaming: &'a Renaming) {
        self.name(&renaming.name);
        if let Some(alias) = &renaming.alias {
            self.spaced("as");
            self.space();
            self.name(alias);
        }
    }

    pub(super) fn import_block(&mut self, import: &'a ImportBlock) {
        self.token("import");
        self.space();
        self.name(&import.name);
        self.spaced("from");
        self.space();
        self.text_token(&import.module);
        self.items(&import.items);
    }

    pub(super) fn external(&mut self, item: &'a Extern) {
        self.token(match item.direction {
            Direction::Export => "export",
            Direction::Import => "import",
        });
        self.space();
        if let Some(name) = &item.name {
            self.name(name);
            self.token(":");
            self.space();
        }
        match &item.kind {
            ExternKind::Path(path) => {
                self.use_path(path);
                self.separator(";");
            }
            ExternKind::Interface(items) => {
                self.token("interface");
                self.items(items);
            }
            ExternKind::Function(signature) => {
                self.signature(signature);
                self.separator(";");
            }
        }
    }

    pub(super) fn include(&mut self, include: &'a Include) {
        self.token("include");
        self.space();
        self.use_path(&include.path);
        let has_renamings = self.source_is_at("with");
        if has_renamings.unwrap_or(!include.renamings.is_empty()) {
            self.spaced("with");
            self.space();
            self.list(RENAMINGS, &include.renamings, Self::renaming);
            // It is optional here.
            if self.source_is_at(";") == Some(false) {
                return;
            }
        }
        self.separator(";");
    }
}
