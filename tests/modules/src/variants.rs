//! Variants: a sealed class with a class for each case.

mod bindings {
    pyidl_runtime::include_idl!("variants");
}

use bindings::{CanvasClass, Command, Drawing, Json, Key, Point, Reserved, Single, Variants};
use pyidl_runtime::exceptions::IndexError;
use pyidl_runtime::{Callback, Map, Python, Result, Set};

struct Module;

pub struct Canvas {
    commands: Vec<Command>,
}

fn mirrored(command: Command) -> Command {
    let mirror = |point: Point| Point {
        x: -point.x,
        ..point
    };
    match command {
        Command::Close => Command::Close,
        Command::LineTo(end) => Command::LineTo(mirror(end)),
        Command::Curve(end, bend) => Command::Curve(mirror(end), -bend),
        Command::Arc {
            centre,
            radius,
            sweep,
            pen,
        } => Command::Arc {
            centre: mirror(centre),
            radius,
            sweep: -sweep,
            pen,
        },
    }
}

impl Variants for Module {
    fn same(command: Command) -> Command {
        command
    }

    fn mirror(commands: Vec<Command>) -> Vec<Command> {
        commands.into_iter().map(mirrored).collect()
    }

    fn next(after: Option<Command>, otherwise: Command) -> Option<Command> {
        match after {
            None => Some(otherwise),
            Some(Command::Close) => None,
            Some(_) => Some(Command::Close),
        }
    }

    fn by_name(
        commands: Map<String, Vec<(Command, Option<Command>)>>,
    ) -> Map<String, Vec<(Command, Option<Command>)>> {
        commands
    }

    fn redraw(drawing: Drawing) -> Drawing {
        Drawing {
            last: drawing.commands.last().copied(),
            ..drawing
        }
    }

    fn map_each<'py>(
        _py: Python<'py>,
        commands: Vec<Command>,
        change: Callback<'py, (Command,), Command>,
    ) -> Result<Vec<Command>> {
        let changed = commands.into_iter().map(|command| change.call((command,)));
        changed.collect()
    }

    fn named(commands: Map<String, Command>) -> Map<String, Command> {
        commands
    }

    fn depth(value: Json) -> u64 {
        let deepest = match value {
            Json::Items(items) => items.into_iter().map(Self::depth).max(),
            Json::Members(members) => members.into_iter().map(|(_, it)| Self::depth(it)).max(),
            _ => return 0,
        };
        deepest.unwrap_or(0) + 1
    }

    fn same_json(value: Json) -> Json {
        value
    }

    fn count(keys: Vec<Key>) -> Map<Key, u64> {
        let mut counts = Map::default();
        for key in keys {
            *counts.entry(key).or_insert(0) += 1;
        }
        counts
    }

    fn distinct(keys: Set<Key>) -> Set<Key> {
        keys
    }

    fn same_single(value: Single) -> Single {
        value
    }

    fn same_reserved(value: Reserved) -> Reserved {
        value
    }

    fn show(command: Command) -> String {
        format!("{command:?}")
    }
}

impl CanvasClass for Canvas {
    fn new(commands: Vec<Command>) -> Self {
        Self { commands }
    }

    fn last(&self) -> Option<Command> {
        self.commands.last().copied()
    }

    fn set_last(&mut self, value: Option<Command>) {
        self.commands.pop();
        self.commands.extend(value);
    }

    fn draw(&mut self, command: Command) -> Self {
        self.commands.push(command);
        Self {
            commands: self.commands.clone(),
        }
    }

    fn commands(&self) -> impl Iterator<Item = Command> + Send + 'static {
        self.commands.clone().into_iter()
    }

    fn op_getitem(&self, index: i64) -> Result<Command, IndexError> {
        let found = usize::try_from(index)
            .ok()
            .and_then(|index| self.commands.get(index));
        found
            .copied()
            .ok_or_else(|| IndexError::new("no such command"))
    }

    fn op_contains(&self, command: Command) -> bool {
        self.commands.contains(&command)
    }
}

bindings::export!(Module);
