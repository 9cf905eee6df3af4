use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Barrier, Mutex, MutexGuard};
use std::thread;
use std::time::{Duration, Instant};

use super::*;

/// Waits as a thread without a GIL does: there is nothing to detach from.
struct Free;

impl Waiting for Free {
    type Error = ();
    fn detached(&mut self, sleep: &mut dyn FnMut()) {
        sleep();
    }
    fn interrupted(&mut self) -> Result<(), ()> {
        Ok(())
    }
}

/// Waits as a thread with a GIL does: threads take turns.
struct WithGil<'a> {
    gil: &'a Mutex<()>,
    attached: &'a mut Option<MutexGuard<'static, ()>>,
}

impl Waiting for WithGil<'_> {
    type Error = ();
    fn detached(&mut self, sleep: &mut dyn FnMut()) {
        *self.attached = None;
        sleep();
        // SAFETY: the test's threads are joined before its mutex goes away.
        *self.attached = Some(unsafe {
            std::mem::transmute::<MutexGuard<'_, ()>, MutexGuard<'static, ()>>(
                self.gil.lock().unwrap(),
            )
        });
    }
    fn interrupted(&mut self) -> Result<(), ()> {
        Ok(())
    }
}

struct Shared<T>(UnsafeCell<T>);
// SAFETY: the tests access the value only under the lock that they test.
unsafe impl<T> Sync for Shared<T> {}

#[test]
fn one_thread_reads_twice_but_writes_once() {
    for parallel in [false, true] {
        let lock = Lock::new();
        lock.shared(parallel, Free).unwrap();
        assert_eq!(lock.exclusive(parallel, Free), Err(Refused::InUse));
        lock.shared(parallel, Free).unwrap();
        assert_eq!(lock.exclusive(parallel, Free), Err(Refused::InUse));
        lock.release_shared(parallel);
        lock.release_shared(parallel);
        lock.exclusive(parallel, Free).unwrap();
        assert_eq!(lock.exclusive(parallel, Free), Err(Refused::InUse));
        assert_eq!(lock.shared(parallel, Free), Err(Refused::InUse));
        lock.release_exclusive(parallel);
        lock.shared(parallel, Free).unwrap();
        assert_eq!(lock.exclusive(parallel, Free), Err(Refused::InUse));
        lock.shared(parallel, Free).unwrap();
        lock.release_shared(parallel);
        assert_eq!(lock.exclusive(parallel, Free), Err(Refused::InUse));
        lock.release_shared(parallel);
        lock.exclusive(parallel, Free).unwrap();
        lock.release_exclusive(parallel);
        assert_eq!(lock.state.load(Ordering::Relaxed), 0);
    }
}

#[test]
fn parallel_writers_exclude_one_another_and_readers() {
    let lock = Lock::new();
    let value = Shared(UnsafeCell::new([0_u64; 2]));
    let value = &value;
    thread::scope(|scope| {
        for writer in [true, true, true, false, false] {
            let lock = &lock;
            scope.spawn(move || {
                for _ in 0..20_000 {
                    if writer {
                        lock.exclusive(true, Free).unwrap();
                        // SAFETY: this is what the test verifies: no other thread has the value now.
                        let value = unsafe { &mut *value.0.get() };
                        value[0] += 1;
                        value[1] += 1;
                        lock.release_exclusive(true);
                    } else {
                        lock.shared(true, Free).unwrap();
                        // SAFETY: as above; no thread writes now.
                        let value = unsafe { &*value.0.get() };
                        assert_eq!(value[0], value[1]);
                        lock.release_shared(true);
                    }
                }
            });
        }
    });
    // SAFETY: all threads have ended.
    assert_eq!(unsafe { *value.0.get() }, [60_000; 2]);
    assert_eq!(lock.state.load(Ordering::Relaxed) & !WAITERS, 0);
}

#[test]
fn with_a_gil_the_waiting_thread_lets_the_holder_finish() {
    let gil: &'static Mutex<()> = Box::leak(Box::default());
    let lock = Lock::new();
    let done = AtomicBool::new(false);
    let start = Barrier::new(2);
    thread::scope(|scope| {
        let (lock, done, start) = (&lock, &done, &start);
        scope.spawn(move || {
            let attached = gil.lock().unwrap();
            lock.exclusive(false, Free).unwrap();
            drop(attached);
            start.wait();
            thread::sleep(Duration::from_millis(20));
            let attached = gil.lock().unwrap();
            done.store(true, Ordering::Relaxed);
            lock.release_exclusive(false);
            drop(attached);
        });
        scope.spawn(move || {
            start.wait();
            let mut attached = Some(gil.lock().unwrap());
            lock.exclusive(
                false,
                WithGil {
                    gil,
                    attached: &mut attached,
                },
            )
            .unwrap();
            assert!(done.load(Ordering::Relaxed));
            lock.release_exclusive(false);
        });
    });
    assert_eq!(lock.state.load(Ordering::Relaxed), 0);
}

/// Runs threads that each read the next one's lock and want their own exclusively. Returns how many were refused.
fn circle(threads: usize) -> usize {
    let locks: Vec<Lock> = (0..threads).map(|_| Lock::new()).collect();
    let start = Barrier::new(threads);
    let refused = AtomicUsize::new(0);
    thread::scope(|scope| {
        for index in 0..threads {
            let (locks, start, refused) = (&locks, &start, &refused);
            scope.spawn(move || {
                let (mine, next) = (&locks[index], &locks[(index + 1) % threads]);
                next.shared(true, Free).unwrap();
                start.wait();
                match mine.exclusive(true, Free) {
                    Ok(()) => mine.release_exclusive(true),
                    Err(error) => {
                        assert_eq!(error, Refused::Deadlock);
                        refused.fetch_add(1, Ordering::Relaxed);
                    }
                }
                next.release_shared(true);
            });
        }
    });
    refused.into_inner()
}

#[test]
fn a_circle_of_waiting_threads_is_broken_once() {
    for threads in 2..6 {
        for _ in 0..20 {
            assert_eq!(circle(threads), 1, "{threads} threads");
        }
    }
}

#[test]
fn arguments_that_nobody_looked_at_are_given_up() {
    for threads in 2..6 {
        let locks: Vec<Lock> = (0..threads).map(|_| Lock::new()).collect();
        let start = Barrier::new(threads);
        let waiting = Barrier::new(threads);
        thread::scope(|scope| {
            for index in 0..threads {
                let (locks, start, waiting) = (&locks, &start, &waiting);
                scope.spawn(move || {
                    let (mine, next) = (&locks[index], &locks[(index + 1) % threads]);
                    for round in 0..500 {
                        let argument = next.shared_argument(true, Free).unwrap();
                        if round == 0 {
                            start.wait();
                        }
                        mine.exclusive(true, Free).unwrap();
                        argument.look_at();
                        assert!(held::contains(next));
                        mine.release_exclusive(true);
                        next.release_argument(&argument, true);
                        assert!(!held::contains(next));
                    }
                    waiting.wait();
                });
            }
        });
        assert!(
            locks
                .iter()
                .all(|lock| lock.state.load(Ordering::Relaxed) & !WAITERS == 0)
        );
    }
}

#[test]
fn with_a_gil_arguments_are_given_up_too() {
    let gil: &'static Mutex<()> = Box::leak(Box::default());
    let locks = [Lock::new(), Lock::new(), Lock::new()];
    thread::scope(|scope| {
        for index in 0..3 {
            let locks = &locks;
            scope.spawn(move || {
                let (mine, next) = (&locks[index], &locks[(index + 1) % 3]);
                for _ in 0..300 {
                    let mut attached = Some(gil.lock().unwrap());
                    let waiting = WithGil {
                        gil,
                        attached: &mut attached,
                    };
                    let argument = next.shared_argument(false, waiting).unwrap();
                    // Another argument is converted by Python code.
                    drop(attached.take());
                    thread::yield_now();
                    attached = Some(gil.lock().unwrap());
                    let waiting = WithGil {
                        gil,
                        attached: &mut attached,
                    };
                    mine.exclusive(false, waiting).unwrap();
                    argument.look_at();
                    mine.release_exclusive(false);
                    next.release_argument(&argument, false);
                }
            });
        }
    });
    assert!(
        locks
            .iter()
            .all(|lock| lock.state.load(Ordering::Relaxed) & !WAITERS == 0)
    );
}

#[test]
fn a_lost_argument_does_not_release_its_lock_twice() {
    let (outer, inner, other) = (Lock::new(), Lock::new(), Lock::new());
    let start = Barrier::new(2);
    thread::scope(|scope| {
        scope.spawn(|| {
            inner.exclusive(true, Free).unwrap();
            start.wait();
            // Waits until the other thread has been refused.
            outer.exclusive(true, Free).unwrap();
            outer.release_exclusive(true);
            inner.release_exclusive(true);
        });
        outer.shared(true, Free).unwrap();
        start.wait();
        thread::sleep(Duration::from_millis(20));
        let argument = other.shared_argument(true, Free).unwrap();
        assert_eq!(inner.exclusive(true, Free), Err(Refused::Deadlock));
        assert_eq!(other.state.load(Ordering::Relaxed), 0);
        other.release_argument(&argument, true);
        assert_eq!(other.state.load(Ordering::Relaxed), 0);
        outer.release_shared(true);
    });
}

#[test]
fn a_writer_gets_in_between_overlapping_readers() {
    let lock = Lock::new();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let (lock, stop) = (&lock, &stop);
        for reader in 0..3 {
            scope.spawn(move || {
                thread::sleep(Duration::from_millis(reader));
                while !stop.load(Ordering::Relaxed) {
                    lock.shared(true, Free).unwrap();
                    thread::sleep(Duration::from_micros(1500));
                    lock.release_shared(true);
                }
            });
        }
        thread::sleep(Duration::from_millis(10));
        // Without precedence the writer would wait forever: there is always a reader.
        lock.exclusive(true, Free).unwrap();
        lock.release_exclusive(true);
        stop.store(true, Ordering::Relaxed);
    });
}

/// Waits for a minute if no other thread wakes it.
#[test]
fn a_wake_up_ends_the_sleep() {
    const MINUTE: Duration = Duration::from_secs(60);
    let lock = Lock::new();
    let address = lock.address();
    for _ in 0..100 {
        let generation = parking::generation(address);
        let begin = Instant::now();
        thread::scope(|scope| {
            scope.spawn(|| parking::sleep(address, generation, MINUTE));
            parking::wake(address);
        });
        assert!(begin.elapsed() < MINUTE, "woken, not timed out");
    }
}

#[test]
fn a_signal_ends_the_wait() {
    struct Interrupted;
    impl Waiting for Interrupted {
        type Error = &'static str;
        fn detached(&mut self, sleep: &mut dyn FnMut()) {
            sleep();
        }
        fn interrupted(&mut self) -> Result<(), &'static str> {
            Err("KeyboardInterrupt")
        }
    }
    let lock = Lock::new();
    thread::scope(|scope| {
        scope
            .spawn(|| lock.exclusive(true, Free).unwrap())
            .join()
            .unwrap();
        assert_eq!(
            lock.exclusive(true, Interrupted),
            Err(Refused::Interrupted("KeyboardInterrupt"))
        );
    });
}

/// A reader that is alone is identified by the word, one that another joins by the table, and one that joins by its own note.
#[test]
fn every_reader_is_known_to_read() {
    for parallel in [false, true] {
        let lock = Lock::new();
        let turns = Barrier::new(2);
        thread::scope(|scope| {
            let (lock, turns) = (&lock, &turns);
            let is_refused =
                move || assert_eq!(lock.exclusive(parallel, Free), Err(Refused::InUse));
            scope.spawn(move || {
                lock.shared(parallel, Free).unwrap();
                is_refused();
                turns.wait();
                // The other thread joins.
                turns.wait();
                assert!(deadlock::is_promoted(lock));
                is_refused();
                lock.shared(parallel, Free).unwrap();
                is_refused();
                lock.release_shared(parallel);
                is_refused();
                turns.wait();
                // The other thread leaves.
                turns.wait();
                is_refused();
                lock.release_shared(parallel);
                assert!(!deadlock::is_promoted(lock));
            });
            turns.wait();
            lock.shared(parallel, Free).unwrap();
            assert!(held::contains(lock));
            turns.wait();
            turns.wait();
            is_refused();
            lock.release_shared(parallel);
            assert!(!held::contains(lock));
            turns.wait();
        });
        assert_eq!(lock.state.load(Ordering::Relaxed) & !WAITERS, 0);
    }
}

/// Detects a cycle through readers that became known to others while they slept.
#[test]
fn a_reader_that_is_joined_in_its_sleep_is_in_the_circle() {
    let (a, b) = (Lock::new(), Lock::new());
    let (start, asleep) = (Barrier::new(2), AtomicBool::new(false));
    thread::scope(|scope| {
        let (a, b, start, asleep) = (&a, &b, &start, &asleep);
        scope.spawn(move || {
            a.shared(true, Free).unwrap();
            start.wait();
            asleep.store(true, Ordering::Relaxed);
            b.exclusive(true, Free).unwrap();
            b.release_exclusive(true);
            a.release_shared(true);
        });
        b.shared(true, Free).unwrap();
        start.wait();
        while !asleep.load(Ordering::Relaxed) {
            thread::yield_now();
        }
        thread::sleep(Duration::from_millis(20));
        let joined = a.shared_argument(true, Free).unwrap();
        joined.look_at();
        a.release_argument(&joined, true);
        assert_eq!(a.exclusive(true, Free), Err(Refused::Deadlock));
        b.release_shared(true);
    });
}

/// Runs `body` in a child process, whose only thread is a copy of this one. `body` returns whether the test passes.
#[cfg(unix)]
fn in_a_child(body: impl FnOnce() -> bool) {
    crate::fork::watch();
    // SAFETY: the child runs code that allocates, which the C library allows, and ends without unwinding.
    unsafe {
        let child = libc::fork();
        if child == 0 {
            libc::alarm(10);
            libc::_exit(i32::from(!body()));
        }
        let mut status = 0;
        assert_eq!(libc::waitpid(child, &mut status, 0), child);
        assert_eq!(status, 0, "14: the child hung");
    }
}

#[cfg(unix)]
#[cfg_attr(miri, ignore = "Miri knows no fork")]
#[test]
fn a_child_process_does_not_wait_for_threads_of_its_parent() {
    for parallel in [false, true] {
        let locks: Vec<Lock> = (0..6).map(|_| Lock::new()).collect();
        let [read, joined, counted, written, own, fresh] = &locks[..] else {
            unreachable!("six locks")
        };
        let turns = Barrier::new(2);
        thread::scope(|scope| {
            let turns = &turns;
            scope.spawn(move || {
                read.shared(parallel, Free).unwrap();
                joined.shared(parallel, Free).unwrap();
                counted.shared(parallel, Free).unwrap();
                counted.shared(parallel, Free).unwrap();
                written.exclusive(parallel, Free).unwrap();
                turns.wait();
                turns.wait();
                written.release_exclusive(parallel);
                counted.release_shared(parallel);
                counted.release_shared(parallel);
                joined.release_shared(parallel);
                read.release_shared(parallel);
            });
            turns.wait();
            joined.shared(parallel, Free).unwrap();
            own.exclusive(parallel, Free).unwrap();
            in_a_child(|| {
                // The instance that the other thread read is unlocked.
                let all = read.exclusive(parallel, Free) == Ok(())
                    && counted.exclusive(parallel, Free) == Ok(())
                // The instance that it was changing cannot be used any more.
                    && written.exclusive(parallel, Free) == Err(Refused::Lost)
                    && written.shared(parallel, Free) == Err(Refused::Lost)
                    && written.is_exclusive()
                // This thread still has its own locks.
                    && own.exclusive(parallel, Free) == Err(Refused::InUse)
                    && own.shared(parallel, Free) == Err(Refused::InUse)
                    && joined.exclusive(parallel, Free) == Err(Refused::InUse);
                // Another thread, which may have the address of the former one, waits for it.
                let waits = thread::scope(|scope| {
                    let waiter = scope.spawn(|| {
                        own.shared(parallel, Free).unwrap();
                        own.release_shared(parallel);
                        fresh.exclusive(parallel, Free).unwrap();
                        let mut found = false;
                        // SAFETY: as in `in_a_child`; this is the only thread here.
                        unsafe {
                            let child = libc::fork();
                            if child == 0 {
                                // The surviving thread is a different one now.
                                let lost = own.exclusive(parallel, Free) == Ok(())
                                    && fresh.shared(parallel, Free) == Err(Refused::InUse)
                                    && read.shared(parallel, Free) == Err(Refused::Lost);
                                libc::_exit(i32::from(!lost));
                            }
                            let mut status = 0;
                            found |= libc::waitpid(child, &mut status, 0) == child && status == 0;
                        }
                        fresh.release_exclusive(parallel);
                        found
                    });
                    thread::sleep(Duration::from_millis(20));
                    own.release_exclusive(parallel);
                    joined.release_shared(parallel);
                    waiter.join().unwrap()
                });
                all && waits
                    && joined.exclusive(parallel, Free) == Ok(())
                    && own.exclusive(parallel, Free) == Ok(())
            });
            own.release_exclusive(parallel);
            joined.release_shared(parallel);
            turns.wait();
        });
        assert!(
            locks
                .iter()
                .all(|lock| lock.state.load(Ordering::Relaxed) & !WAITERS == 0)
        );
    }
}

/// Forks while other threads use everything that all threads share.
#[cfg(unix)]
#[cfg_attr(miri, ignore = "Miri knows no fork")]
#[test]
fn forks_in_the_middle_of_everything_leave_nothing_locked() {
    let locks: Vec<Lock> = (0..3).map(|_| Lock::new()).collect();
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let (locks, stop) = (&locks, &stop);
        for thread in 0..4 {
            scope.spawn(move || {
                let mut turn = thread;
                while !stop.load(Ordering::Relaxed) {
                    let (one, other) = (&locks[turn % 3], &locks[(turn + 1 + thread) % 3]);
                    turn += 1;
                    if one.shared(true, Free).is_err() {
                        continue;
                    }
                    if other.exclusive(true, Free).is_ok() {
                        other.release_exclusive(true);
                    }
                    one.release_shared(true);
                }
            });
        }
        for _ in 0..200 {
            in_a_child(|| {
                locks.iter().all(|lock| match lock.exclusive(true, Free) {
                    Ok(()) => {
                        lock.release_exclusive(true);
                        lock.shared(true, Free) == Ok(())
                    }
                    Err(refused) => refused == Refused::Lost,
                })
            });
        }
        stop.store(true, Ordering::Relaxed);
    });
}
