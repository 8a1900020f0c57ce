//! Runs a program on some bytes, for a time and with an output that are bounded.

use std::io::{self, Read, Write};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Seconds that a page may take.
pub const MAX_SECONDS: u64 = 300;

/// Bytes that a program may print.
const MAX_OUTPUT: u64 = 64 << 20;

/// Bytes of its messages that are kept.
const MAX_MESSAGES: u64 = 4096;

/// What a program did.
#[derive(Debug)]
pub(super) struct ProgramRun {
    pub(super) status: ExitStatus,
    pub(super) output: Vec<u8>,
    pub(super) messages: String,
}

/// Why a program gave nothing.
#[derive(Debug)]
pub(super) enum RunFailure {
    /// It took too long, and was stopped.
    TooLong,
    /// It printed too much, and was stopped.
    TooMuch,
    /// It could not be started, or not be waited for.
    System(io::Error),
}

/// Runs a program with these bytes as its input. It is gone afterwards, whatever it did.
pub(super) fn run(
    command: &mut Command,
    input: Vec<u8>,
    longest: Duration,
) -> Result<ProgramRun, RunFailure> {
    let deadline = Instant::now() + longest;
    let streams = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = Running(streams.spawn().map_err(RunFailure::System)?);
    let (output_sender, output) = channel();
    let (message_sender, messages) = channel();
    // These threads end when the program does and are not waited for: one that the program started
    // itself could keep the streams open.
    if let Some(mut stdin) = child.0.stdin.take() {
        thread::spawn(move || stdin.write_all(&input));
    }
    if let Some(stdout) = child.0.stdout.take() {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.take(MAX_OUTPUT + 1).read_to_end(&mut bytes);
            output_sender.send(read.map(|_| bytes))
        });
    }
    if let Some(mut stderr) = child.0.stderr.take() {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = (&mut stderr).take(MAX_MESSAGES).read_to_end(&mut bytes);
            // A program whose messages nobody takes would stand still.
            let rest = io::copy(&mut stderr, &mut io::sink());
            message_sender.send(String::from_utf8_lossy(&bytes).into_owned()).is_ok()
                && read.is_ok()
                && rest.is_ok()
        });
    }
    let left = || deadline.saturating_duration_since(Instant::now());
    let output = match output.recv_timeout(left()) {
        Ok(read) => read.map_err(RunFailure::System)?,
        Err(RecvTimeoutError::Timeout) => return Err(RunFailure::TooLong),
        Err(RecvTimeoutError::Disconnected) => Vec::new(),
    };
    if output.len() as u64 > MAX_OUTPUT {
        return Err(RunFailure::TooMuch);
    }
    let status = loop {
        match child.0.try_wait().map_err(RunFailure::System)? {
            Some(status) => break status,
            None if left().is_zero() => return Err(RunFailure::TooLong),
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    let messages = messages.recv_timeout(Duration::from_millis(200)).unwrap_or_default();
    Ok(ProgramRun { status, output, messages })
}

/// A program that ends with this value.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        // One that has ended already is none to stop, and is not waited for twice.
        if !matches!(self.0.try_wait(), Ok(Some(_))) {
            let _ = self.0.kill();
            let _ = self.0.wait();
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("sh");
        command.args(["-c", script]);
        command
    }

    #[test]
    fn a_program_gets_its_input_and_is_heard() {
        let input = vec![b'a'; 1 << 20];
        let longest = Duration::from_mins(1);
        let run = run(&mut shell("wc -c; echo done >&2; exit 3"), input, longest).expect("it ran");
        assert_eq!(String::from_utf8_lossy(&run.output).trim(), "1048576");
        assert_eq!((run.status.code(), run.messages.as_str()), (Some(3), "done\n"));
    }

    #[test]
    fn one_that_takes_too_long_is_stopped_and_leaves_nothing() {
        let started = Instant::now();
        let outcome = run(&mut shell("exec sleep 60"), Vec::new(), Duration::from_millis(200));
        assert!(matches!(outcome, Err(RunFailure::TooLong)), "{outcome:?}");
        let outcome =
            run(&mut shell("exec >&-; exec sleep 60"), Vec::new(), Duration::from_millis(200));
        assert!(matches!(outcome, Err(RunFailure::TooLong)), "it has closed its output");
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn one_that_never_stops_printing_is_stopped() {
        let outcome = run(&mut shell("exec yes"), Vec::new(), Duration::from_mins(1));
        assert!(matches!(outcome, Err(RunFailure::TooMuch)), "{outcome:?}");
    }

    #[test]
    fn one_that_reads_nothing_is_no_error() {
        let input = vec![0; 1 << 20];
        let run = run(&mut shell("exit 0"), input, Duration::from_mins(1)).expect("it ran");
        assert!(run.status.success() && run.output.is_empty());
    }

    #[test]
    fn one_that_is_not_there_cannot_be_started() {
        let outcome = run(&mut Command::new("no-such-program"), Vec::new(), Duration::from_secs(1));
        assert!(matches!(outcome, Err(RunFailure::System(_))), "{outcome:?}");
    }
}
