//! Plain WIT: nothing in it knows of Python.

mod bindings {
    pyidl_runtime::include_idl!("vault");
}

use bindings::Vault;
use bindings::types::{Entry, Error, Level, Pair, Rights};

struct Module;

impl Vault for Module {}

mod store {
    use super::bindings::store::{BucketClass, Store};
    use super::{Entry, Error, Rights};
    use pyidl_runtime::Ref;
    use std::sync::{Mutex, MutexGuard, PoisonError};

    /// WIT's methods take `&self`: what changes is behind a lock.
    pub struct Bucket {
        pub name: String,
        pub rights: Rights,
        entries: Mutex<Vec<Entry>>,
    }

    impl Bucket {
        pub fn entries(&self) -> MutexGuard<'_, Vec<Entry>> {
            self.entries.lock().unwrap_or_else(PoisonError::into_inner)
        }

        fn check(&self, needed: Rights) -> Result<(), Error> {
            match self.rights.contains(needed) {
                true => Ok(()),
                false => Err(Error::Denied(needed)),
            }
        }

        fn with(name: &str, rights: Rights, entries: Vec<Entry>) -> Self {
            Self {
                name: name.to_owned(),
                rights,
                entries: Mutex::new(entries),
            }
        }
    }

    impl BucketClass for Bucket {
        fn new(name: &str, rights: Rights) -> Self {
            Self::with(name, rights, Vec::new())
        }

        fn get(&self, key: &str) -> Result<Entry, Error> {
            self.check(Rights::READ)?;
            let entries = self.entries();
            let found = entries.iter().find(|entry| entry.key == key);
            found
                .cloned()
                .ok_or_else(|| Error::NoSuchKey(key.to_owned()))
        }

        fn set(&self, entry: Entry) -> Result<u32, Error> {
            self.check(Rights::WRITE)?;
            let mut entries = self.entries();
            if entries.len() == 3 {
                return Err(Error::Full);
            }
            entries.push(entry);
            Ok(entries.iter().map(|_| 1).sum())
        }

        fn keys(&self) -> Vec<String> {
            let entries = self.entries();
            entries.iter().map(|entry| entry.key.clone()).collect()
        }

        fn absorb(&self, other: &Self) -> Result<(), Error> {
            let others = other.entries().clone();
            for entry in others {
                self.set(entry)?;
            }
            Ok(())
        }

        fn merge(one: &Self, other: &Self) -> Self {
            let mut entries = one.entries().clone();
            entries.extend(other.entries().iter().cloned());
            Self::with(&one.name, one.rights, entries)
        }

        fn open(name: &str) -> Result<Option<Self>, String> {
            match name {
                "" => Err("a bucket has a name".to_owned()),
                "none" => Ok(None),
                _ => Ok(Some(Self::new(name, Rights::all()))),
            }
        }
    }

    impl Store for super::Module {
        fn count(buckets: Vec<Ref<'_, Bucket>>) -> u64 {
            buckets
                .iter()
                .map(|bucket| bucket.entries().len() as u64)
                .sum()
        }

        fn newest() -> Option<Bucket> {
            Some(Bucket::new("newest", Rights::READ))
        }

        fn clear(bucket: &Bucket) -> Result<(), ()> {
            bucket.check(Rights::DELETE).map_err(drop)?;
            bucket.entries().clear();
            Ok(())
        }
    }
}

impl bindings::audit::Audit for Module {
    fn log(event: bindings::audit::Event) -> String {
        use bindings::audit::Event;

        match event {
            Event::Opened => "opened".to_owned(),
            Event::Changed((key, count)) => format!("{key} {count}"),
            Event::Checked(None) => "unknown".to_owned(),
            Event::Checked(Some(Level::Low)) => "low".to_owned(),
            Event::Checked(Some(Level::High)) => "high".to_owned(),
        }
    }

    fn summary(bucket: &store::Bucket) -> (Rights, Vec<Pair>) {
        let entries = bucket.entries();
        let pairs = entries
            .iter()
            .map(|entry| (entry.key.clone(), entry.value.len() as u64));
        (bucket.rights, pairs.collect())
    }
}

bindings::export!(Module);
