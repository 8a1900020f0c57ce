//! When a folder that is watched is looked at: for `dibao watch` and `dibao serve --watch`.

use std::time::Duration;

use clap::Args;
use thiserror::Error;

use crate::present::Lang;

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

/// A value that is no time.
#[derive(Debug, Clone, Copy, Error)]
#[error("{}", Self::shown(Lang::En))]
pub(crate) struct IntervalError;

impl IntervalError {
    pub(crate) fn shown(lang: Lang) -> &'static str {
        lang.of(
            "请写时间和单位，如 30s、10m、2h，最长 7 天",
            "write a time with its unit, as in 30s, 10m or 2h, up to 7 days",
        )
    }
}

/// Shorter times would only cost time.
const MIN_INTERVAL: Duration = Duration::from_millis(50);
const MAX_INTERVAL: Duration = Duration::from_hours(24 * 7);

/// `30s`, `10m`, `1h 30m`.
fn interval(typed: &str) -> Result<Duration, IntervalError> {
    let parsed: Option<jiff::SignedDuration> = typed.trim().parse().ok();
    let duration = parsed.and_then(|parsed| Duration::try_from(parsed).ok());
    duration
        .filter(|duration| (MIN_INTERVAL..=MAX_INTERVAL).contains(duration))
        .ok_or(IntervalError)
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
