//! Objects and values that refer to further ones, in chains of any length.

mod bindings {
    pyidl_runtime::include_idl!("chains");
}

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, Ordering};
use std::{iter, thread};

use bindings::{Chains, Grasp, Grip, Link, NodeClass, OpenNodeClass};
use pyidl_runtime as rt;
use rt::{Any, Handle, Instance, Python};

struct Module;

static ALIVE: AtomicI64 = AtomicI64::new(0);

pub struct Node {
    grip: Grip,
    kept: Mutex<(Option<Handle>, Option<Grasp>)>,
}

impl Node {
    fn of(grip: Grip) -> Self {
        ALIVE.fetch_add(1, Ordering::Relaxed);
        Self {
            grip,
            kept: Mutex::default(),
        }
    }

    fn before(node: Option<Instance<Self>>) -> Self {
        Self::of(Grip {
            node,
            others: Vec::new(),
        })
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        ALIVE.fetch_sub(1, Ordering::Relaxed);
    }
}

impl NodeClass for Node {
    fn new(_py: Python<'_>, grip: Grip) -> rt::Result<Self> {
        Ok(Self::of(grip))
    }

    fn keep<'py>(&self, _py: Python<'py>, object: Any<'py>) -> rt::Result<()> {
        self.kept.lock().unwrap().0 = Some(Handle::new(object));
        Ok(())
    }

    fn grasp(&self, _py: Python<'_>, grasp: Grasp) -> rt::Result<()> {
        self.kept.lock().unwrap().1 = Some(grasp);
        Ok(())
    }

    fn grip(&self) -> Grip {
        self.grip.clone()
    }
}

pub struct OpenNode {
    _next: Option<Handle>,
}

impl OpenNodeClass for OpenNode {
    fn new<'py>(_py: Python<'py>, next: Option<Any<'py>>) -> rt::Result<Self> {
        Ok(Self {
            _next: next.map(Handle::new),
        })
    }
}

/// A chain of values.
fn chain(length: u64) -> Option<Instance<Node>> {
    (0..length).fold(None, |first, _| Some(Instance::new(Node::before(first))))
}

/// A chain of values, of which Python has seen every so-manieth.
fn chain_seen(py: Python<'_>, length: u64, every: u64) -> Option<Instance<Node>> {
    (0..length).fold(None, |first, number| {
        let node = Instance::new(Node::before(first));
        if number % every == 0 {
            drop(py.object(node.clone()).unwrap());
        }
        Some(node)
    })
}

/// Keeps an object until it is dropped.
struct Held {
    _object: Handle,
}

impl Iterator for Held {
    type Item = u8;

    fn next(&mut self) -> Option<u8> {
        None
    }
}

impl Chains for Module {
    fn alive() -> i64 {
        ALIVE.load(Ordering::Relaxed)
    }

    fn make(length: u64) -> Node {
        Node::before(chain(length.saturating_sub(1)))
    }

    fn drop_chains(length: u64, stack: u64) {
        let in_thread = |work: Box<dyn FnOnce() + Send>| {
            let thread = thread::Builder::new().stack_size(stack as usize);
            thread.spawn(work).unwrap().join().unwrap();
        };
        let wait = || {
            in_thread(Box::new(move || drop(chain(length))));
            in_thread(Box::new(move || {
                drop(Python::attach(|py| chain_seen(py, length, 3)));
            }));
            in_thread(Box::new(move || {
                Python::attach(|py| drop(chain_seen(py, length, 2)));
            }));
        };
        Python::attach(|py| py.detach(wait));
    }

    fn hold<'py>(
        _py: Python<'py>,
        object: Any<'py>,
    ) -> rt::Result<impl Iterator<Item = u8> + Send + 'static> {
        Ok(Held {
            _object: Handle::new(object),
        })
    }

    fn depth(link: Link) -> u64 {
        iter::successors(Some(&link), |link| link.next.first()).count() as u64
    }
}

bindings::export!(Module);
