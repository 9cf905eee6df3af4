//! Which thread this is, as cheaply as the platform can tell.

/// A number that differs between threads alive at the same time. Never 0; its three lowest bits are 0.
///
/// Where the ABI keeps the thread control block's address in a register, that address (glibc and musl store it at `fs:0`
/// on x86-64 as the ELF TLS specification says; `tpidr_el0` holds it on AArch64; Windows keeps the TEB's own address at
/// `gs:0x30`).
#[inline(always)]
pub(super) fn id() -> usize {
    #[cfg(all(target_arch = "x86_64", target_os = "linux", not(miri)))]
    {
        let id: usize;
        // SAFETY: reads the word that the x86-64 TLS ABI puts at the start of each thread's control block: its own address.
        unsafe {
            core::arch::asm!("mov {}, fs:0", out(reg) id, options(nostack, readonly, preserves_flags))
        };
        id
    }
    #[cfg(all(target_arch = "x86_64", target_os = "windows", not(miri)))]
    {
        let id: usize;
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
        let id: usize;
        // SAFETY: reads a register that user code may read; macOS keeps the number of the processor in its low bits.
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
        HERE.with(|here| std::ptr::from_ref(here) as usize)
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
