//! What parcels cost: an extension module that uses the types of another one.

mod bindings {
    pyidl_runtime::include_idl!("invoices");
}

use crate::parcels::bindings as parcels;
use bindings::{Invoices, Line, Lines};
use parcels::store::{Item, Shelf, ShelfClass as _};
use parcels::{Places, Speed, Undeliverable};
use pyidl_runtime::{Callback, Python, Ref, Result};

struct Module;

fn cents(item: &Item) -> u64 {
    // Weights of parcels.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let cents = (item.weight * 100.0) as u64;
    cents
}

impl Invoices for Module {
    fn charge(item: Item, speed: Speed) -> std::result::Result<Line, Undeliverable> {
        if item.to.distance > 1000.0 {
            return Err(Undeliverable::new("too far", item.to));
        }
        let cents = cents(&item);
        Ok(Line { item, speed, cents })
    }

    fn bill(shelf: &Shelf, route: Places) -> (Lines, Shelf) {
        let (fits, others): (Vec<_>, Vec<_>) = shelf
            .items()
            .into_iter()
            .partition(|item| route.contains(&item.to));
        let lines = fits.into_iter().map(|item| Line {
            speed: item.speed,
            cents: cents(&item),
            item,
        });
        (lines.collect(), Shelf::new(others, Speed::Slow))
    }

    fn spare(shelf: Option<&Shelf>) -> Option<Shelf> {
        shelf.cloned()
    }

    fn last(shelves: Vec<Ref<'_, Shelf>>) -> Vec<Shelf> {
        shelves
            .last()
            .map(|shelf| Shelf::clone(shelf))
            .into_iter()
            .collect()
    }

    fn map_items<'py>(
        _py: Python<'py>,
        items: Vec<Item>,
        change: Callback<'py, (Item, Speed), Item>,
    ) -> Result<Vec<Item>> {
        items
            .into_iter()
            .map(|item| change.call((item, Speed::Fast)))
            .collect()
    }
}

mod refunds {
    use super::bindings::refunds::{AccountClass, AccountGiveBackError};
    use super::parcels::store::{Missing, Shelf, ShelfClass as _};
    use super::parcels::{Place, Speed};
    use pyidl_runtime::exceptions::KeyError;

    pub struct Account {
        places: Vec<Place>,
    }

    impl AccountClass for Account {
        fn new(shelf: Option<&Shelf>) -> Self {
            let items = shelf.map(Shelf::items).unwrap_or_default();
            Self {
                places: items.into_iter().map(|item| item.to).collect(),
            }
        }

        fn places(&self) -> Vec<Place> {
            self.places.clone()
        }

        fn give_back(&mut self, shelf: &Shelf) -> Result<u64, AccountGiveBackError> {
            let Some(item) = shelf.items().into_iter().next() else {
                return Err(KeyError::new("an empty shelf").into());
            };
            let known = self.places.iter().position(|place| *place == item.to);
            let Some(index) = known else {
                let wanted = item.to.name.clone();
                return Err(Missing::new("never sold", item.to, wanted, Speed::Slow).into());
            };
            self.places.remove(index);
            Ok(self.places.len() as u64)
        }
    }
}

bindings::export!(Module);
