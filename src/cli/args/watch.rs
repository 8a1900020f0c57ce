//! The arguments of `dibao watch`, and those that `dibao serve --watch` shares with it.

use std::time::Duration;

use clap::{Args, ValueEnum, ValueHint};

use super::serve::{ServeArgError, public_url};

/// Watch the corpus folder and ingest what changes, until it is stopped
#[derive(Debug, Args)]
#[command(after_help = "\
A file is read when it has stood still for a while. Nothing is removed from the index because the
folder is missing or empty: that is waited for. corpus.toml, splitter.tsv and corrections count as
in `dibao ingest`. `dibao serve --watch` does the same beside the server.
Examples:
  dibao watch                                  a line for each change
  dibao watch --poll 30s                       a folder that lies on a server
  dibao watch --alerts --webhook http://127.0.0.1:9000/dibao
Exit codes: 0 stopped by Ctrl-C or SIGTERM, 2 error.")]
pub(crate) struct WatchArgs {
    #[command(flatten)]
    pub timing: WatchTiming,
    /// Follow links that lead out of the corpus folder, too; files behind them become readable to all
    /// who can search
    #[arg(long)]
    pub follow_links: bool,
    /// After each ingest list the articles that are new to saved searches, as `dibao new` does
    #[arg(long)]
    pub alerts: bool,
    /// Address that the new articles are sent to as well
    #[arg(long, value_name = "URL", requires = "alerts")]
    pub webhook: Option<String>,
    /// Host other than this machine that --webhook may send to
    #[arg(long, value_name = "HOST", requires = "webhook", value_hint = ValueHint::Hostname)]
    pub allow_host: Vec<String>,
    /// Address at which the archive is served, for links to the articles
    #[arg(long, value_name = "URL", value_parser = public_url, requires = "alerts")]
    pub address: Option<String>,
    /// Output format; jsonl is one object per line
    #[arg(long, value_enum, default_value_t)]
    pub format: WatchFormat,
}

/// When is it looked.
#[derive(Debug, Clone, Copy, Default, Args)]
pub(crate) struct WatchTiming {
    /// Look at the whole folder this often, whatever the system tells [default: 10m]
    #[arg(long, value_name = "TIME", value_parser = interval)]
    pub rescan: Option<Duration>,
    /// Look this often instead of having the system tell of changes [default: on network file systems
    /// 1m]
    #[arg(long, value_name = "TIME", value_parser = interval)]
    pub poll: Option<Duration>,
    /// Read a file when it has not changed for this long [default: 3s]
    #[arg(long, value_name = "TIME", value_parser = interval)]
    pub settle: Option<Duration>,
}

impl WatchTiming {
    /// Whether any of it was given.
    pub(crate) fn is_given(self) -> bool {
        [self.rescan, self.poll, self.settle].iter().any(Option::is_some)
    }
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum WatchFormat {
    #[default]
    Text,
    Jsonl,
}

/// Shorter times would only cost time.
const MIN_INTERVAL: Duration = Duration::from_millis(50);
const MAX_INTERVAL: Duration = Duration::from_hours(24 * 7);

/// `30s`, `10m`, `1h 30m`.
fn interval(typed: &str) -> Result<Duration, ServeArgError> {
    let parsed: Option<jiff::SignedDuration> = typed.trim().parse().ok();
    let duration = parsed.and_then(|parsed| Duration::try_from(parsed).ok());
    duration
        .filter(|duration| (MIN_INTERVAL..=MAX_INTERVAL).contains(duration))
        .ok_or(ServeArgError::Interval)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_units_and_bounds() {
        for (typed, seconds) in [("30s", 30), ("10m", 600), ("1h 30m", 5400), ("2h", 7200)] {
            let read = interval(typed).map(|duration| duration.as_secs());
            assert_eq!(read.ok(), Some(seconds), "{typed}");
        }
        for typed in ["", "30", "0s", "-3s", "1ms", "900h", "soon"] {
            assert!(interval(typed).is_err(), "{typed}");
        }
    }
}
