//! Parcels on their way: a module with modules in it.

pub mod bindings {
    pyidl_runtime::include_idl!("parcels");
}

use bindings::{Parcels, Place};

struct Module;

impl Parcels for Module {
    fn distance(places: Vec<Place>) -> f64 {
        places.iter().map(|place| place.distance).sum()
    }

    fn heaviest(boxes: bindings::store::Items) -> Option<bindings::store::Item> {
        boxes
            .into_iter()
            .max_by(|a, b| a.weight.total_cmp(&b.weight))
    }
}

mod store {
    use super::bindings::store::{
        ByName, FindError, Item, Items, Missing, ShelfClass, Store, largest,
    };
    use super::bindings::{Place, Speed, Undeliverable};
    use pyidl_runtime::{Callback, Iter, Python, Result};

    impl Store for super::Module {
        const OPENED: u32 = 1871;

        fn pack(to: Place, weight: f64, speed: Speed) -> Item {
            Item {
                to,
                weight,
                speed,
                price: None,
            }
        }

        fn find(items: Items, name: &str) -> std::result::Result<Item, FindError> {
            let far = items
                .iter()
                .find(|item| item.to.distance > largest().to.distance);
            if let Some(item) = far {
                return Err(Undeliverable::new("too far", item.to.clone()).into());
            }
            let found = items.into_iter().find(|item| item.to.name == name);
            Ok(found.ok_or_else(|| {
                let depot = super::bindings::depot();
                Missing::new("no parcel", depot, name.to_owned(), Speed::Fast)
            })?)
        }

        fn choose<'py>(
            _py: Python<'py>,
            items: Items,
            wanted: Callback<'py, (Item,), bool>,
        ) -> Result<Items> {
            let mut chosen = Vec::new();
            for item in items {
                if wanted.call((item.clone(),))? {
                    chosen.push(item);
                }
            }
            Ok(chosen)
        }

        fn each<'py>(
            _py: Python<'py>,
            items: Iter<'py, Item>,
        ) -> Result<impl Iterator<Item = Place> + Send + 'static> {
            let places: Vec<_> = items.map(|item| Ok(item?.to)).collect::<Result<_>>()?;
            Ok(places.into_iter())
        }
    }

    /// Parcels, in the order in which they came.
    #[derive(Clone)]
    pub struct Shelf {
        items: Items,
        speed: Speed,
    }

    impl ShelfClass for Shelf {
        fn new(items: Vec<Item>, speed: Speed) -> Self {
            Self { items, speed }
        }

        fn items(&self) -> Items {
            self.items.clone()
        }

        fn put(&mut self, item: Item) -> u64 {
            let speed = self.speed;
            self.items.push(Item { speed, ..item });
            self.items.len() as u64
        }

        fn take(&mut self, to: Place) -> std::result::Result<Item, Missing> {
            match self.items.iter().position(|item| item.to == to) {
                Some(index) => Ok(self.items.remove(index)),
                None => {
                    let wanted = to.name.clone();
                    Err(Missing::new("not here", to, wanted, self.speed))
                }
            }
        }

        fn sorted(&self) -> ByName {
            let mut sorted = ByName::default();
            for item in &self.items {
                let name = item.to.name.clone();
                sorted.entry(name).or_default().push(item.clone());
            }
            sorted
        }

        fn merge(&self, other: &Self) -> Self {
            let mut both = self.clone();
            both.items.extend(other.items());
            both
        }

        fn op_len(&self) -> u64 {
            self.items.len() as u64
        }

        fn op_iter(&self) -> impl Iterator<Item = Item> + Send + 'static {
            self.items().into_iter()
        }
    }
}

mod routes {
    use super::bindings::routes::{Item, Routes, ShelfClass, TruckClass};
    use super::bindings::store::{Item as Parcel, Missing, ShelfClass as _};
    use super::bindings::{Place, Places, Speed};
    use super::store::Shelf as StoreShelf;

    impl Routes for super::Module {
        fn plan(places: Places, speed: Speed) -> Vec<Item> {
            let minutes = match speed {
                Speed::Slow => 10,
                Speed::Fast => 5,
            };
            places
                .into_iter()
                .map(|place| Item { place, minutes })
                .collect()
        }

        fn follow(
            stops: Vec<Item>,
            shelf: &Shelf,
        ) -> impl Iterator<Item = (Place, u32)> + Send + 'static {
            let free = shelf.free();
            stops
                .into_iter()
                .take(free as usize)
                .map(|stop| (stop.place, stop.minutes))
        }
    }

    /// Room for some parcels.
    pub struct Shelf {
        free: u32,
    }

    impl ShelfClass for Shelf {
        fn new(room: u32) -> Self {
            Self { free: room }
        }

        fn free(&self) -> u32 {
            self.free
        }

        fn set_free(&mut self, value: u32) {
            self.free = value;
        }
    }

    /// Where it stops.
    #[derive(Clone, PartialEq)]
    pub struct Truck {
        stops: Vec<Item>,
        parcels: Vec<Parcel>,
    }

    impl TruckClass for Truck {
        fn new(stops: Vec<Item>) -> Self {
            Self {
                stops,
                parcels: Vec::new(),
            }
        }

        fn stops(&self) -> Vec<Item> {
            self.stops.clone()
        }

        fn parcels(&self) -> Vec<Parcel> {
            self.parcels.clone()
        }

        fn fill(&mut self, shelf: &StoreShelf, to: Place) -> Result<(), Missing> {
            let fitting: Vec<_> = shelf.op_iter().filter(|item| item.to == to).collect();
            if fitting.is_empty() {
                let wanted = to.name.clone();
                return Err(Missing::new("nothing for it", to, wanted, Speed::Slow));
            }
            self.parcels.extend(fitting);
            Ok(())
        }

        fn unload(&mut self) -> StoreShelf {
            StoreShelf::new(std::mem::take(&mut self.parcels), Speed::Slow)
        }

        fn twin(&self) -> Self {
            self.clone()
        }

        fn op_eq(&self, other: &Self) -> bool {
            self == other
        }
    }
}

impl bindings::tariff::Tariff for Module {
    fn cost(distance: f64, speed: bindings::Speed) -> bindings::tariff::Price {
        let rate = match speed {
            bindings::Speed::Slow => 1.0,
            bindings::Speed::Fast => 2.0,
        };
        // Distances on earth.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let amount = (distance * rate).round() as u64;
        (amount, "EUR".to_owned())
    }
}

impl bindings::import::Import for Module {
    fn first() -> bindings::import::Kind {
        bindings::import::Kind::One
    }
}

bindings::export!(Module);
