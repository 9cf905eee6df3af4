//! The id of the current thread, as cheaply as the platform allows, and whether the thread that a word identifies still exists.
//!
//! After `fork()` only the thread that called it exists in the child process. Locks that other threads held are never released
//! there, and a new thread may have the address of one of them. The highest bits of an id therefore contain the generation of the
//! process, which counts the forks that led to it.

use std::sync::atomic::{AtomicU64, Ordering};

/// The lowest bit of the generation, above the bits of every thread's address.
const GENERATION: u64 = 1 << 48;
/// The last generation. Counting stops here, so that a word of this process never looks like one of a former process.
const LAST: u64 = 0x7fff * GENERATION;

/// The generation of this process. Written only by [`forked`], in a process that has one thread.
static mut CURRENT: u64 = 0;
/// The generation combined with the mark of a writer, which saves the instruction that would add it.
static mut CURRENT_EXCLUSIVE: u64 = super::EXCLUSIVE;
/// The address of the thread that survived the last fork.
static SURVIVOR: AtomicU64 = AtomicU64::new(0);
/// The first generation in which [`SURVIVOR`] existed.
static SINCE: AtomicU64 = AtomicU64::new(0);

/// Returns a number that differs from that of every other live thread, and of the threads that were left behind by a fork. It is
/// never 0, and its three lowest bits are 0.
#[inline(always)]
pub(super) fn id() -> u64 {
    address() + generation()
}

/// Returns the id combined with the mark of a writer.
#[inline(always)]
pub(super) fn exclusive() -> u64 {
    // SAFETY: written only while there is no other thread. It is not atomic, since that would take one more instruction.
    address() + unsafe { CURRENT_EXCLUSIVE }
}

/// Returns the generation of this process, in the bits where a word has it.
#[inline(always)]
pub(super) fn generation() -> u64 {
    // SAFETY: as above.
    unsafe { CURRENT }
}

/// Returns whether a word that is not free was written in a process from which this one was forked.
///
/// Never true for a word of this process, even if addresses are larger than expected: these only increase the number in the
/// highest bits.
#[inline]
pub(super) fn is_former(word: u64) -> bool {
    word / GENERATION < generation() / GENERATION
}

/// Returns the id in this process of the thread that had `id` in a former one, or `None` if it no longer exists.
pub(super) fn survivor(id: u64) -> Option<u64> {
    let address = SURVIVOR.load(Ordering::Relaxed);
    let is_there = id % GENERATION == address % GENERATION
        && id - id % GENERATION >= SINCE.load(Ordering::Relaxed);
    is_there.then(|| address + generation())
}

/// Begins the next generation.
///
/// # Safety
/// Must be called in the child process, by its only thread.
pub(super) unsafe fn forked() {
    let former = generation();
    let own = address();
    if SURVIVOR.swap(own, Ordering::Relaxed) != own {
        SINCE.store(former, Ordering::Relaxed);
    }
    let next = (former + GENERATION).min(LAST);
    // SAFETY: this process has one thread (caller).
    unsafe {
        CURRENT = next;
        CURRENT_EXCLUSIVE = next | super::EXCLUSIVE;
    }
}

/// Returns an address that belongs to the thread.
///
/// It is the address of the thread control block, where the ABI keeps it in a register (on x86-64, glibc and musl store it at
/// `fs:0`, as the ELF TLS specification says; on AArch64 it is in `tpidr_el0`; Windows keeps the TEB's own address at `gs:0x30`).
#[inline(always)]
fn address() -> u64 {
    #[cfg(all(target_arch = "x86_64", target_os = "linux", not(miri)))]
    {
        let id: u64;
        // SAFETY: reads the word that the x86-64 TLS ABI puts at the start of each thread's control block: its own address.
        unsafe {
            core::arch::asm!("mov {}, fs:0", out(reg) id, options(nostack, readonly, preserves_flags))
        };
        id
    }
    #[cfg(all(target_arch = "x86_64", target_os = "windows", not(miri)))]
    {
        let id: u64;
        // SAFETY: reads NT_TIB.Self, the address of this thread's environment block.
        unsafe {
            core::arch::asm!("mov {}, gs:0x30", out(reg) id, options(nostack, readonly, preserves_flags))
        };
        id
    }
    #[cfg(all(
        target_arch = "aarch64",
        any(target_os = "linux", target_os = "macos"),
        not(miri)
    ))]
    {
        let id: u64;
        // SAFETY: reads a register that user code may read. macOS keeps the number of the processor in its low bits.
        unsafe {
            #[cfg(target_os = "linux")]
            core::arch::asm!("mrs {}, tpidr_el0", out(reg) id, options(nomem, nostack, preserves_flags));
            #[cfg(target_os = "macos")]
            core::arch::asm!("mrs {}, tpidrro_el0", out(reg) id, options(nomem, nostack, preserves_flags));
        }
        id & !7
    }
    #[cfg(not(any(
        all(
            target_arch = "x86_64",
            any(target_os = "linux", target_os = "windows"),
            not(miri)
        ),
        all(
            target_arch = "aarch64",
            any(target_os = "linux", target_os = "macos"),
            not(miri)
        ),
    )))]
    {
        thread_local! { static HERE: u64 = const { 0 } }
        HERE.with(|here| std::ptr::from_ref(here) as u64 % GENERATION)
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn ids_differ_between_threads_and_leave_the_low_bits_free() {
        let here = super::id();
        let there = std::thread::spawn(super::id).join().unwrap();
        assert_eq!(here, super::id());
        assert_ne!(here, there);
        assert_ne!(here, 0);
        assert_eq!(here & 7, 0);
    }
}
