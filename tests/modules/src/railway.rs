//! Trains and their ways: instances of classes in the fields of records, variants and exceptions.

mod bindings {
    pyidl_runtime::include_idl!("railway");
}

use crate::parcels::bindings as parcels;
use bindings::{
    Cancelled, Derailed, Journey, Leg, Place, Railway, Refusal, StationClass, Step, Ticket,
    TimetableClass, TrainClass,
};
use parcels::store::Shelf;
use pyidl_runtime as rt;
use rt::exceptions::IndexError;
use rt::{Callback, Instance, Iter, Map, Python, Ref, Result};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::{Mutex, PoisonError};

struct Module;

/// What `keep` was given last.
static KEPT: Mutex<Option<Leg>> = Mutex::new(None);

fn straight(name: &str) -> Leg {
    Leg {
        from: Station::new(name).into(),
        to: Station::new("end").into(),
        via: Vec::new(),
        by: None,
    }
}

fn stations(leg: &Leg) -> impl Iterator<Item = &Instance<Station>> {
    [&leg.from, &leg.to].into_iter().chain(&leg.via)
}

fn names(py: Python<'_>, legs: &[Leg]) -> Result<Vec<String>> {
    let stations = legs.iter().flat_map(stations);
    stations
        .map(|station| Ok(station.get(py)?.name.clone()))
        .collect()
}

impl Railway for Module {
    fn same(_py: Python<'_>, leg: Leg) -> Result<Leg> {
        Ok(leg)
    }

    fn punch(_py: Python<'_>, ticket: Ticket) -> Result<Ticket> {
        let to = match (&ticket.seat, ticket.to) {
            (Ok(leg), _) => Place::Station(leg.to.clone()),
            (Err(_), to) => to,
        };
        Ok(Ticket { to, ..ticket })
    }

    fn plan(names: Vec<String>, number: Option<u32>) -> Leg {
        let mut stations = names.into_iter().map(|name| Station { name }.into());
        let (first, last) = (stations.next(), stations.next_back());
        Leg {
            via: stations.collect(),
            from: first.unwrap_or_else(|| Station::new("here").into()),
            to: last.unwrap_or_else(|| Station::new("there").into()),
            by: number.map(|number| Train { number }.into()),
        }
    }

    fn circle(name: &str, cargo: Option<&Shelf>) -> Journey {
        let station = Instance::new(Station::new(name));
        let leg = Leg {
            from: station.clone(),
            to: station.clone(),
            via: vec![station.clone()],
            by: None,
        };
        Journey {
            legs: vec![leg],
            ends: (station.clone(), station.clone()),
            stops: vec![station.clone(); 2],
            names: Map::from_iter([(name.to_owned(), station)]),
            cargo: cargo.cloned().map(Into::into),
            rate: 0.5,
        }
    }

    fn names(py: Python<'_>, journey: Journey) -> Result<Vec<String>> {
        names(py, &journey.legs)
    }

    fn first(_py: Python<'_>, legs: Vec<Leg>, named: Map<String, Leg>) -> Result<Option<Leg>> {
        Ok(legs.into_iter().chain(named.into_values()).next())
    }

    fn reverse(_py: Python<'_>, mut steps: Vec<Step>) -> Result<Vec<Step>> {
        steps.reverse();
        Ok(steps)
    }

    fn shared(_py: Python<'_>, a: Leg, b: Leg) -> Result<u32> {
        let both = stations(&a).filter(|one| stations(&b).any(|other| one.is(other)));
        Ok(u32::try_from(both.count())?)
    }

    fn rename<'py>(
        py: Python<'py>,
        stations: Vec<Ref<'py, Station>>,
        leg: Leg,
        visitor: Callback<'py, (Leg, String), Option<Leg>>,
    ) -> Result<Option<Leg>> {
        let via = stations.into_iter().map(Instance::from).collect();
        let name = leg.from.get(py)?.name.clone();
        visitor.call((Leg { via, ..leg }, name))
    }

    fn plans(names: Vec<String>) -> impl Iterator<Item = Leg> + Send + 'static {
        names.into_iter().map(|name| straight(&name))
    }

    fn count<'py>(_py: Python<'py>, legs: Iter<'py, Leg>, by: Option<Leg>) -> Result<u32> {
        let mut count = 0;
        for leg in legs {
            let leg = leg?;
            count += u32::from(by.as_ref().is_none_or(|by| by.from.is(&leg.from)));
        }
        Ok(count)
    }

    fn straight(name: &str) -> Leg {
        straight(name)
    }

    fn cancel(_py: Python<'_>, leg: Leg, at: Option<&Station>) -> Result<()> {
        let Some(train) = leg.by.clone() else {
            return Ok(());
        };
        Err(match at {
            None => Cancelled::new("no train", train, Some(leg)).into(),
            Some(at) => Derailed::new("off", train, None, vec![at.clone().into()]).into(),
        })
    }

    fn reserve(number: u32) -> std::result::Result<Leg, Refusal> {
        let train = || Instance::new(Train { number });
        match number {
            0 => Err(Refusal::Unknown),
            1..10 => Err(Refusal::Full(train())),
            10..20 => Err(Refusal::Closed {
                at: Station::new("shut").into(),
                until: number,
            }),
            _ => Ok(Leg {
                by: Some(train()),
                ..straight("start")
            }),
        }
    }

    fn board(py: Python<'_>, leg: Leg) -> Result<Train> {
        match leg.by {
            Some(train) if train.get(py)?.number == 13 => Err(Refusal::Full(train).into()),
            Some(train) => Ok(Train {
                number: train.get(py)?.number + 1,
            }),
            None => Err(Refusal::Closed {
                at: leg.from,
                until: 7,
            }
            .into()),
        }
    }

    fn keep(_py: Python<'_>, leg: Option<Leg>) -> Result<Option<Leg>> {
        let mut kept = KEPT.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(std::mem::replace(&mut *kept, leg))
    }
}

/// A place where trains stop.
#[derive(Clone)]
pub struct Station {
    name: String,
}

impl StationClass for Station {
    fn new(name: &str) -> Self {
        Self {
            name: name.to_owned(),
        }
    }

    fn name(&self) -> String {
        self.name.clone()
    }

    fn set_name(&mut self, value: &str) {
        value.clone_into(&mut self.name);
    }

    fn op_eq(&self, other: &Self) -> bool {
        self.name == other.name
    }

    fn op_hash(&self) -> u64 {
        let mut hasher = DefaultHasher::new();
        self.name.hash(&mut hasher);
        hasher.finish()
    }
}

pub struct Train {
    number: u32,
}

impl TrainClass for Train {
    fn new(number: u32) -> Self {
        Self { number }
    }

    fn number(&self) -> u32 {
        self.number
    }
}

/// Keeps legs.
pub struct Timetable {
    legs: Vec<Leg>,
}

/// Runs `work` on a thread that Python does not know.
fn elsewhere<T: Send>(py: Python<'_>, work: impl FnOnce() -> T + Send) -> T {
    py.detach(|| {
        std::thread::scope(|scope| match scope.spawn(work).join() {
            Ok(value) => value,
            Err(panic) => std::panic::resume_unwind(panic),
        })
    })
}

impl TimetableClass for Timetable {
    fn new(_py: Python<'_>, legs: Vec<Leg>) -> Result<Self> {
        Ok(Self { legs })
    }

    fn first(&self) -> Option<Leg> {
        self.legs.first().cloned()
    }

    fn set_first(&mut self, _py: Python<'_>, value: Option<Leg>) -> Result<()> {
        match (value, self.legs.first_mut()) {
            (Some(leg), Some(first)) => *first = leg,
            (Some(leg), None) => self.legs.push(leg),
            (None, _) => self.legs.clear(),
        }
        Ok(())
    }

    fn legs(&self) -> Vec<Leg> {
        self.legs.clone()
    }

    fn add(&mut self, _py: Python<'_>, leg: Leg) -> Result<u64> {
        self.legs.push(leg);
        Ok(self.legs.len() as u64)
    }

    fn add_new(&mut self, name: &str) {
        self.legs.push(straight(name));
    }

    fn names(&self) -> Vec<String> {
        match Python::attach(|py| names(py, &self.legs)) {
            Some(Ok(names)) => names,
            _ => Vec::new(),
        }
    }

    fn names_elsewhere(&self) -> Vec<String> {
        Python::attach(|py| elsewhere(py, || self.names())).unwrap_or_default()
    }

    fn clear_elsewhere(&mut self) {
        let legs = std::mem::take(&mut self.legs);
        Python::attach(|py| elsewhere(py, || drop(legs)));
    }

    fn op_len(&self) -> u64 {
        self.legs.len() as u64
    }

    fn op_getitem(&self, index: u64) -> std::result::Result<Leg, IndexError> {
        let leg = self.legs.get(index as usize).cloned();
        leg.ok_or_else(|| IndexError::new("no such leg"))
    }

    fn op_setitem(&mut self, _py: Python<'_>, index: u64, leg: Leg) -> Result<()> {
        let place = self.legs.get_mut(index as usize);
        *place.ok_or_else(|| IndexError::new("no such leg"))? = leg;
        Ok(())
    }

    fn op_contains(&self, _py: Python<'_>, leg: Leg) -> Result<bool> {
        Ok(self.legs.iter().any(|own| own.from.is(&leg.from)))
    }

    fn op_iter(&self) -> impl Iterator<Item = Leg> + Send + 'static {
        self.legs.clone().into_iter()
    }

    fn op_call(&self, _py: Python<'_>, leg: Leg) -> Result<Leg> {
        Ok(Leg {
            from: leg.to,
            to: leg.from,
            ..leg
        })
    }

    fn op_add(&self, _py: Python<'_>, leg: Leg) -> Result<Self> {
        let mut legs = self.legs.clone();
        legs.push(leg);
        Ok(Self { legs })
    }
}

mod yard {
    use super::bindings::yard::{Blocked, ShedClass, Shunting, Yard};
    use super::{Instance, Python, Result, Train};

    /// Where trains sleep.
    pub struct Shed;

    impl ShedClass for Shed {
        fn new() -> Self {
            Self
        }
    }

    impl Yard for super::Module {
        fn shunt(py: Python<'_>, train: &Train, by: Option<Shunting>) -> Result<Shunting> {
            let number = train.number;
            match by {
                Some(by) if by.train.get(py)?.number == number => {
                    Err(Blocked::new("in the way", by).into())
                }
                by => Ok(Shunting {
                    train: Instance::new(Train { number }),
                    into: Shed.into(),
                    leg: by.and_then(|by| by.leg),
                    past: Vec::new(),
                }),
            }
        }
    }
}

bindings::export!(Module);
