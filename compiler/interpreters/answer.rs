//! The output of a program, if it ends soon: a path may lead to any program, and not all of them are interpreters.

use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::{Duration, Instant};

/// The time limit for a program. An interpreter needs less than a second even on a busy machine.
pub(super) const PATIENCE: Duration = Duration::from_secs(10);

/// The maximum number of bytes that are read from each output. An answer has a few hundred.
const MOST: u64 = 1 << 20;

/// How a program ended, and its output.
pub(super) struct Answer {
    pub(super) status: ExitStatus,
    pub(super) output: Vec<u8>,
    pub(super) errors: Vec<u8>,
}

/// Runs `program`.
///
/// # Errors
///
/// If it cannot be run, or has not ended within [`PATIENCE`] ([`io::ErrorKind::TimedOut`]); then it is killed.
pub(super) fn answer(program: &Path, arguments: &[&str]) -> io::Result<Answer> {
    answer_within(PATIENCE, program, arguments)
}

fn answer_within(patience: Duration, program: &Path, arguments: &[&str]) -> io::Result<Answer> {
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()?;
    let end = Instant::now() + patience;
    let output = read(child.stdout.take());
    let errors = read(child.stderr.take());
    let answered = (|| {
        let output = received(&output, end)?;
        let errors = received(&errors, end)?;
        let status = wait(&mut child, end)?;
        Ok(Answer {
            status,
            output,
            errors,
        })
    })();
    if answered.is_err() {
        // It may have ended by itself in the meantime.
        let _ = child.kill();
        let _ = child.wait();
    }
    answered
}

/// Reads a pipe on a thread of its own, which is abandoned if the pipe is never closed.
fn read(pipe: Option<impl Read + Send + 'static>) -> Receiver<Vec<u8>> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(pipe) = pipe {
            // The output before a read error is kept.
            let _ = pipe.take(MOST).read_to_end(&mut bytes);
        }
        // The receiver is gone if it took too long.
        let _ = sender.send(bytes);
    });
    receiver
}

fn received(pipe: &Receiver<Vec<u8>>, end: Instant) -> io::Result<Vec<u8>> {
    let left = end.saturating_duration_since(Instant::now());
    pipe.recv_timeout(left)
        .map_err(|_| io::ErrorKind::TimedOut.into())
}

/// Waits for a program that has closed its outputs; an interpreter ends within a moment.
fn wait(child: &mut Child, end: Instant) -> io::Result<ExitStatus> {
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(status);
        }
        if Instant::now() >= end {
            return Err(io::ErrorKind::TimedOut.into());
        }
        thread::sleep(Duration::from_millis(1));
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn of_shell(patience: Duration, commands: &str) -> io::Result<Answer> {
        answer_within(patience, Path::new("/bin/sh"), &["-c", commands])
    }

    #[test]
    fn programs_that_print_without_end_are_ended() {
        let answer = of_shell(PATIENCE, "exec yes").expect("it ends when nobody reads on");
        assert_eq!(answer.output.len() as u64, MOST);
        assert!(!answer.status.success());
    }

    #[test]
    fn programs_that_never_end_are_ended() {
        for commands in ["exec sleep 60", "exec sleep 60 >&- 2>&-", "sleep 60 &"] {
            let start = Instant::now();
            let error = of_shell(Duration::from_millis(200), commands).err();
            let kind = error.map(|error| error.kind());
            assert_eq!(kind, Some(io::ErrorKind::TimedOut), "{commands}");
            assert!(start.elapsed() < Duration::from_secs(30), "{commands}");
        }
    }
}
