//! Runs programs of the machine, for a time and with an output that are bounded; none outlives this one.

use std::env;
use std::io::{self, Read};
#[cfg(unix)]
use std::net::Shutdown;
#[cfg(unix)]
use std::os::fd::OwnedFd;
#[cfg(unix)]
use std::os::unix::net::UnixStream;
#[cfg(unix)]
use std::os::unix::process::{CommandExt, ExitStatusExt};
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};

/// Bytes that a program may print.
const MAX_OUTPUT: u64 = 64 << 20;

/// Bytes of its messages that are kept.
const MAX_MESSAGES: u64 = 4096;

/// What a program did.
#[derive(Debug)]
pub struct ProgramRun {
    /// How it ended.
    pub status: ExitStatus,
    /// What it printed.
    pub output: Vec<u8>,
    /// What it said on its stream of messages.
    pub messages: String,
}

impl ProgramRun {
    /// Why it failed: its last message, else how it ended.
    #[must_use]
    pub fn reason(&self) -> String {
        let said = self.messages.lines().rfind(|line| !line.trim().is_empty());
        said.map_or_else(|| self.status.to_string(), |line| line.trim().to_owned())
    }
}

/// Why a program gave nothing.
#[derive(Debug)]
pub enum RunFailure {
    /// It took too long, and was stopped.
    TooLong,
    /// It printed too much, and was stopped.
    TooMuch,
    /// It could not be started, or not be waited for.
    System(io::Error),
}

/// A program on the path of this process.
#[must_use]
pub fn on_path(name: &str) -> Option<PathBuf> {
    let folders = env::var_os("PATH")?;
    env::split_paths(&folders)
        .filter(|folder| folder.is_absolute())
        .flat_map(|folder| [folder.join(name), folder.join(format!("{name}.exe"))])
        .find(|path| path.is_file())
}

/// Runs a program, which gets no input. It is gone afterwards with all that it began and that stayed in its group
/// of processes, and also if this process ends before.
///
/// # Errors
/// When it could not be started, or had to be stopped.
pub fn run(command: &Command, longest: Duration) -> Result<ProgramRun, RunFailure> {
    if longest.is_zero() {
        return Err(RunFailure::TooLong);
    }
    let deadline = Instant::now() + longest;
    let mut running = Running::start(command).map_err(RunFailure::System)?;
    let (output_sender, output) = channel();
    let (message_sender, messages) = channel();
    // These threads end when the program does and are not waited for.
    if let Some(stdout) = running.child.stdout.take() {
        thread::spawn(move || {
            let mut bytes = Vec::new();
            let read = stdout.take(MAX_OUTPUT + 1).read_to_end(&mut bytes);
            output_sender.send(read.map(|_| bytes))
        });
    }
    if let Some(mut stderr) = running.child.stderr.take() {
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
        match running.child.try_wait().map_err(RunFailure::System)? {
            Some(ended) => break running.status(ended),
            None if left().is_zero() => return Err(RunFailure::TooLong),
            None => thread::sleep(Duration::from_millis(5)),
        }
    };
    let messages = messages.recv_timeout(Duration::from_millis(200)).unwrap_or_default();
    Ok(ProgramRun { status, output, messages })
}

/// Runs what follows, without input. Its own input is a socket that nothing is written to: where that is closed, be
/// it that the other end died, the whole group of processes is killed. So it is when the program has ended, after how
/// it ended was written to the socket. Whoever kills a child waits for it, as process 1 may wait for none.
#[cfg(unix)]
const TIED: &str = r#"exec 3<&0
{ read -r end; kill -KILL 0; } <&3 >/dev/null 2>&1 3<&- &
guard=$!
"$@" </dev/null 3<&- &
program=$!
wait "$program"
status=$?
exec >/dev/null 2>&1
trap '' PIPE
kill -KILL "$guard"
wait "$guard"
echo "$status" >&3
kill -KILL 0"#;

/// The command as one of a group that ends with this process.
#[cfg(unix)]
fn tied(command: &Command) -> Command {
    let mut tied = Command::new("/bin/sh");
    tied.process_group(0)
        .args(["-c", TIED, "sh"])
        .arg(command.get_program())
        .args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => tied.env(name, value),
            None => tied.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        tied.current_dir(folder);
    }
    tied
}

#[cfg(not(unix))]
fn tied(command: &Command) -> Command {
    let mut same = Command::new(command.get_program());
    same.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => same.env(name, value),
            None => same.env_remove(name),
        };
    }
    if let Some(folder) = command.get_current_dir() {
        same.current_dir(folder);
    }
    same
}

/// A program that ends with this value.
struct Running {
    child: Child,
    /// The other end of its input.
    #[cfg(unix)]
    tie: UnixStream,
}

impl Running {
    #[cfg(unix)]
    fn start(command: &Command) -> io::Result<Self> {
        let (tie, input) = UnixStream::pair()?;
        tie.set_nonblocking(true)?;
        let mut tied = tied(command);
        let streams = tied.stdin(OwnedFd::from(input)).stdout(Stdio::piped());
        Ok(Self { child: streams.stderr(Stdio::piped()).spawn()?, tie })
    }

    #[cfg(not(unix))]
    fn start(command: &Command) -> io::Result<Self> {
        let mut tied = tied(command);
        let streams = tied.stdin(Stdio::null()).stdout(Stdio::piped());
        Ok(Self { child: streams.stderr(Stdio::piped()).spawn()? })
    }

    /// How the program ended, as the shell that has `ended` has written.
    #[cfg(unix)]
    fn status(&mut self, ended: ExitStatus) -> ExitStatus {
        let mut written = [0; 8];
        let length = self.tie.read(&mut written).unwrap_or_default();
        let code = String::from_utf8_lossy(&written[..length]).trim().parse::<u8>();
        code.map_or(ended, |code| ExitStatus::from_raw(i32::from(code) << 8))
    }

    #[cfg(not(unix))]
    fn status(&mut self, ended: ExitStatus) -> ExitStatus {
        ended
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // What it began ends with its input, whether itself has ended or not.
        #[cfg(unix)]
        let _ = self.tie.shutdown(Shutdown::Both);
        // One that has ended already is none to stop, and is not waited for twice.
        if !matches!(self.child.try_wait(), Ok(Some(_))) {
            let _ = self.child.kill();
            let _ = self.child.wait();
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn shell(script: &str) -> Command {
        let mut command = Command::new("/bin/sh");
        command.args(["-c", script]);
        command
    }

    const LONG: Duration = Duration::from_mins(1);

    #[test]
    fn a_program_is_heard_and_has_no_input() {
        let mut command = shell("wc -c; pwd; echo $LIMIT; echo done >&2; exit 3");
        let run = run(command.current_dir("/").env("LIMIT", "1"), LONG).expect("it ran");
        let said = String::from_utf8_lossy(&run.output);
        assert_eq!(said.split_whitespace().collect::<Vec<_>>(), ["0", "/", "1"]);
        assert_eq!((run.status.code(), run.messages.as_str()), (Some(3), "done\n"));
        assert_eq!(run.reason(), "done");
    }

    #[test]
    fn one_that_takes_too_long_is_stopped_with_what_it_began() {
        let folder = tempfile::tempdir().expect("a folder");
        let sign = folder.path().join("sign");
        let script = format!("(sleep 3; touch {}) & exec sleep 60", sign.display());
        let started = Instant::now();
        for script in [script.as_str(), "exec >&-; exec sleep 60"] {
            let outcome = run(&shell(script), Duration::from_millis(500));
            assert!(matches!(outcome, Err(RunFailure::TooLong)), "{outcome:?}");
        }
        let no_time = run(&shell(&format!("touch {}", sign.display())), Duration::ZERO);
        assert!(matches!(no_time, Err(RunFailure::TooLong)), "{no_time:?}");
        assert!(started.elapsed() < Duration::from_secs(30));
        thread::sleep(Duration::from_secs(4));
        assert!(!sign.exists());
    }

    #[test]
    fn what_one_began_does_not_outlive_it() {
        let folder = tempfile::tempdir().expect("a folder");
        let sign = folder.path().join("sign");
        let started = Instant::now();
        for streams in ["", ">/dev/null 2>&1"] {
            let script = format!("(sleep 3; touch {}) {streams} & echo ok; exit 4", sign.display());
            let run = run(&shell(&script), LONG).expect("it ran");
            assert_eq!((run.status.code(), run.output.as_slice()), (Some(4), &b"ok\n"[..]));
        }
        assert!(started.elapsed() < Duration::from_secs(3), "it is not waited for");
        thread::sleep(Duration::from_secs(4));
        assert!(!sign.exists());
    }

    #[test]
    fn one_whose_caller_dies_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let sign = folder.path().join("sign");
        let script = format!("echo begun; sleep 2; touch {}", sign.display());
        let mut caller = tied(&shell(&script));
        let mut caller =
            caller.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it runs");
        let mut begun = [0; 5];
        caller.stdout.as_mut().expect("its output").read_exact(&mut begun).expect("begun");
        // As the system does when this process is killed.
        drop(caller.stdin.take());
        assert!(!caller.wait().expect("ended").success());
        thread::sleep(Duration::from_secs(3));
        assert!(!sign.exists());
    }

    #[test]
    fn one_that_never_stops_printing_is_stopped() {
        let outcome = run(&shell("exec yes"), LONG);
        assert!(matches!(outcome, Err(RunFailure::TooMuch)), "{outcome:?}");
    }

    #[test]
    fn one_that_is_not_there_fails_and_is_not_found() {
        let run = run(&Command::new("/no/such/program"), LONG).expect("the shell ran");
        assert!(!run.status.success() && run.reason().contains("no/such"), "{run:?}");
        assert_eq!(on_path("no-such-program"), None);
        assert!(on_path("sh").is_some_and(|path| path.is_absolute()));
    }
}
