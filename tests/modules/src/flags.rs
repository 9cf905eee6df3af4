//! Flags: `enum.IntFlag`.

mod bindings {
    pyidl_runtime::include_idl!("flags");
}

use bindings::{Brush, Change, Flags, PenClass, Single, Style, Wide, Widest};
use pyidl_runtime::{Callback, Map, Python, Result, Set};

struct Module;

pub struct Pen {
    style: Style,
}

impl Flags for Module {
    fn same(style: Style) -> Style {
        style
    }

    fn same_wide(wide: Wide) -> Wide {
        wide
    }

    fn same_widest(widest: Widest) -> Widest {
        widest
    }

    fn same_single(single: Single) -> Single {
        single
    }

    fn every() -> Style {
        Style::all()
    }

    fn union(styles: Vec<Style>) -> Style {
        let mut all = Style::empty();
        for style in styles {
            all |= style;
        }
        all
    }

    fn without(style: Style, other: Style) -> Style {
        style & !other
    }

    fn maybe(style: Option<Style>) -> Option<Style> {
        style.filter(|style| !style.is_empty())
    }

    fn count(styles: Vec<Style>) -> Map<Style, u64> {
        let mut counts = Map::default();
        for style in styles {
            *counts.entry(style).or_insert(0) += 1;
        }
        counts
    }

    fn distinct(styles: Set<Style>) -> Set<Style> {
        styles
    }

    fn paint(brush: Brush, change: Change) -> Brush {
        let style = match change {
            Change::Add(style) => brush.style | style,
            Change::Remove { styles } => styles.into_iter().fold(brush.style, |all, it| all - it),
        };
        Brush { style, ..brush }
    }

    fn apply<'py>(
        _py: Python<'py>,
        style: Style,
        change: Callback<'py, (Style,), Style>,
    ) -> Result<Style> {
        change.call((style,))
    }

    fn show(style: Style) -> String {
        format!("{style:?} {:#x}", style.bits())
    }
}

impl PenClass for Pen {
    fn new(style: Style) -> Self {
        Self { style }
    }

    fn style(&self) -> Style {
        self.style
    }

    fn set_style(&mut self, value: Style) {
        self.style = value;
    }

    fn op_contains(&self, style: Style) -> bool {
        self.style.contains(style)
    }
}

bindings::export!(Module);
