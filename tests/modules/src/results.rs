//! WIT's `result<t, e>`: a case is raised, or a `RuntimeError` with the value.

mod bindings {
    pyidl_runtime::include_idl!("results");
}

use bindings::{
    Errno, NoStore, OpenError, Place, Results, StoreClass, StoreError, SyntaxProblem, Weather,
};
use pyidl_runtime::{Callback, Map, Python};

struct Module;

pub struct Store {
    limit: u64,
    values: Map<String, String>,
}

impl Results for Module {
    fn parse(text: &str) -> Result<i64, String> {
        text.parse().map_err(|_| format!("{text:?} is no number"))
    }

    fn measure(text: &str) -> Result<f64, (String, u32)> {
        let length = u32::try_from(text.len()).unwrap_or(u32::MAX);
        text.parse().map_err(|_| (text.to_owned(), length))
    }

    fn check(text: &str) -> Result<(), ()> {
        if text.is_empty() { Err(()) } else { Ok(()) }
    }

    fn find(text: &str) -> Result<Option<u32>, ()> {
        match text {
            "" => Err(()),
            "-" => Ok(None),
            _ => Ok(Some(7)),
        }
    }

    fn locate(text: &str) -> Result<(), Place> {
        match text.find('!') {
            Some(at) => Err(Place {
                line: 1,
                column: u32::try_from(at).unwrap_or(u32::MAX),
            }),
            None => Ok(()),
        }
    }

    fn ask(number: u32) -> Result<u32, Errno> {
        match number {
            0 => Err(Errno::NotFound),
            1 => Err(Errno::Denied),
            more => Ok(more),
        }
    }

    fn compile(text: &str) -> Result<u32, SyntaxProblem> {
        let problems: Vec<_> = (0..)
            .zip(text.chars())
            .filter(|(_, letter)| !letter.is_alphanumeric())
            .map(|(column, letter)| SyntaxProblem::Unexpected {
                found: Some(letter),
                place: Place { line: 1, column },
            })
            .collect();
        match problems.len() {
            0 if text.is_empty() => Err(SyntaxProblem::Unexpected {
                found: None,
                place: Place { line: 0, column: 0 },
            }),
            0 => Ok(1),
            _ => Err(SyntaxProblem::Nested(problems)),
        }
    }

    fn connect(store: &str) -> Result<String, NoStore> {
        match store {
            "none" => Err(NoStore::new("there is none", store.to_owned())),
            _ => Ok(store.to_owned()),
        }
    }

    fn compute(number: u32) -> Result<u32, Errno> {
        Self::ask(number)
    }

    fn slow(number: u32) -> Result<u32, Vec<u32>> {
        match number {
            ..3 => Err((0..number).collect()),
            more => Ok(more),
        }
    }

    fn chain<'py>(
        _py: Python<'py>,
        store: &Store,
        key: &str,
        also: Callback<'py, (String,), String>,
    ) -> pyidl_runtime::Result<String> {
        let value = store.get(key)?;
        if value.is_empty() {
            return Err(StoreError::Closed.into());
        }
        also.call((value,))
    }

    fn open_file(error: Option<OpenError>) -> Result<(), OpenError> {
        error.map_or(Ok(()), Err)
    }

    fn forecast(weather: Weather) -> Result<(), Weather> {
        Err(weather)
    }

    fn explain(error: StoreError, code: Errno) -> String {
        format!("{error}, {code:?}")
    }

    fn errors() -> Vec<StoreError> {
        vec![
            StoreError::NoSuchKey("k".to_owned()),
            StoreError::Closed,
            StoreError::Full { size: 1, limit: 2 },
            StoreError::Both("b".to_owned(), 3),
        ]
    }

    fn codes(codes: Vec<Errno>) -> Vec<Errno> {
        codes
    }

    fn last_error(error: Option<StoreError>) -> Option<StoreError> {
        error
    }
}

impl StoreClass for Store {
    fn new(limit: u64) -> Result<Self, StoreError> {
        match limit {
            0 => Err(StoreError::Full { size: 0, limit }),
            _ => Ok(Self {
                limit,
                values: Map::default(),
            }),
        }
    }

    fn get(&self, key: &str) -> Result<String, StoreError> {
        let missing = || StoreError::NoSuchKey(key.to_owned());
        self.values.get(key).cloned().ok_or_else(missing)
    }

    fn put(&mut self, key: &str, value: &str) -> Result<(), StoreError> {
        let size = self.values.len() as u64;
        if size >= self.limit {
            return Err(StoreError::Full {
                size,
                limit: self.limit,
            });
        }
        self.values.insert(key.to_owned(), value.to_owned());
        Ok(())
    }

    fn keys(&self) -> impl Iterator<Item = Result<String, StoreError>> + Send + 'static {
        let keys: Vec<_> = self.values.keys().cloned().collect();
        let keys = keys.into_iter().map(Ok);
        keys.chain(std::iter::once(Err(StoreError::Closed)))
    }

    fn op_len(&self) -> Result<u64, Errno> {
        match self.values.len() as u64 {
            13 => Err(Errno::Denied),
            length => Ok(length),
        }
    }

    fn op_getitem(&self, key: &str) -> Result<String, StoreError> {
        self.get(key)
    }

    fn open(path: &str) -> Result<Self, Errno> {
        match path {
            "" => Err(Errno::NotFound),
            _ => Ok(Self {
                limit: 1,
                values: Map::default(),
            }),
        }
    }
}

bindings::export!(Module);
