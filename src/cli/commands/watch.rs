//! `dibao watch`: ingests what changes, a line for each change; with alerts what is new to saved
//! searches. `dibao serve --watch` does so beside the server.

use std::any::Any;
use std::io::Write as _;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use super::new;
use crate::cli::ExitStatus;
use crate::cli::args::SearchFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::saving::NewOptions;
use crate::cli::args::timing::WatchTiming;
use crate::cli::args::watch::{WatchArgs, WatchFormat};
use crate::cli::output::console::Console;
use crate::cli::output::{failure, watched};
use crate::ingest::IngestPlan;
use crate::intake::{FollowLinks, OcrSetting};
use crate::present::{Lang, words};
use crate::watch::{self, Wake, WatchEvent, WatchPlan, WatchRun};
use crate::web::{WatchState, WatchedFileCounts, WatchedState, when_asked_to_stop};

const RESCAN: Duration = Duration::from_mins(10);
const SETTLE: Duration = Duration::from_secs(3);
/// How long to wait before what could not be told is tried again; twice as long each time.
const FIRST_PAUSE: Duration = Duration::from_secs(10);

pub(crate) fn run(
    folders: &Folders,
    args: &WatchArgs,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let mut plan = plan(folders, args.timing, args.ocr.ocr.clone(), Arc::default());
    if args.follow_links {
        plan.ingest.links = FollowLinks::Everywhere;
    }
    let alerts = args.alerts.then(|| NewOptions {
        names: Vec::new(),
        since: None,
        webhook: args.webhook.clone().map(|address| (address, args.allow_host.clone())),
        address: args.address.clone(),
        synonyms: None,
        format: match args.format {
            WatchFormat::Text => SearchFormat::Text,
            WatchFormat::Jsonl => SearchFormat::Jsonl,
        },
        is_quiet: true,
    });
    let wake = Wake::default();
    let asked = wake.clone();
    when_asked_to_stop(move || asked.stop())?;
    let longest = plan.rescan;
    let mut alerts = alerts.map(|options| Alerts::new(options, longest, wake.clone()));
    let mut broken = None;
    let watched = watch::run(&plan, &wake, &mut |event| {
        let mut told = watched::print(&event, args.format, console);
        if let (Ok(()), Some(alerts)) = (&told, &mut alerts) {
            told = alerts.follow(&event, folders, console);
        }
        // Nobody reads what is printed any more.
        if let Err(error) = told {
            broken = Some(error);
            wake.stop();
        }
    });
    watched?;
    broken.map_or(Ok(ExitStatus::Found), Err)
}

/// What is new to saved searches.
struct Alerts {
    options: NewOptions,
    /// Whether there may be something that was not told.
    is_due: bool,
    /// How often in a row it could not be told, and when it is tried again.
    failures: u32,
    next_try: Option<Instant>,
    /// The longest time before that.
    longest: Duration,
    /// Has the watch look at that time.
    wake: Wake,
}

impl Alerts {
    fn new(options: NewOptions, longest: Duration, wake: Wake) -> Self {
        Self { options, is_due: false, failures: 0, next_try: None, longest, wake }
    }

    /// Tells what is new after an ingest, and again later what could not be told.
    fn follow(
        &mut self,
        event: &WatchEvent<'_>,
        folders: &Folders,
        console: &mut Console,
    ) -> anyhow::Result<()> {
        match event {
            // What came before this process may not be told either.
            WatchEvent::Ingested(run) => self.is_due |= run.changes() > 0 || run.is_first,
            WatchEvent::Looked(_) => {}
            _ => return Ok(()),
        }
        if !self.is_due || self.next_try.is_some_and(|at| Instant::now() < at) {
            return Ok(());
        }
        match new::run(folders, &self.options, console) {
            Ok(status) => self.is_due = status == ExitStatus::Failed,
            Err(error) if crate::cli::is_closed_pipe(&error) => return Err(error),
            Err(error) => console.warn(failure::chain(console.lang, &error)),
        }
        self.failures = if self.is_due { self.failures + 1 } else { 0 };
        let pause = FIRST_PAUSE * (1 << self.failures.saturating_sub(1).min(16));
        self.next_try = self.is_due.then(|| Instant::now() + pause.min(self.longest));
        if let Some(time) = self.next_try {
            self.wake.look_at(time);
        }
        console.out.flush()?;
        Ok(())
    }
}

fn plan(
    folders: &Folders,
    timing: WatchTiming,
    ocr: Option<OcrSetting>,
    turn: Arc<Mutex<()>>,
) -> WatchPlan {
    let ingest = IngestPlan {
        curation: Some(folders.curation.clone()),
        ocr,
        ..IngestPlan::new(&folders.corpus, &folders.index)
    };
    WatchPlan {
        ingest,
        settle: timing.settle.unwrap_or(SETTLE),
        rescan: timing.rescan.unwrap_or(RESCAN),
        poll: timing.poll,
        turn,
    }
}

/// Watches beside a server until it is woken to stop: on one thread, so that searches stay quick. What
/// happens is logged and noted in `state`.
pub(super) fn beside_server(
    folders: &Folders,
    timing: WatchTiming,
    ocr: Option<OcrSetting>,
    turn: Arc<Mutex<()>>,
    wake: &Wake,
    state: WatchState,
    lang: Lang,
) -> thread::JoinHandle<()> {
    let mut plan = plan(folders, timing, ocr, turn);
    plan.ingest.threads = 1;
    let wake = wake.clone();
    thread::spawn(move || {
        let watch = || {
            watch::run(&plan, &wake, &mut |event| {
                note(&event, &state);
                match (watched::text(lang, &event), &event) {
                    (Some(said), WatchEvent::Failed(..)) => tracing::error!("{said}"),
                    (Some(said), WatchEvent::Waiting(_)) => tracing::warn!("{said}"),
                    (Some(said), _) => tracing::info!("{said}"),
                    (None, _) => {}
                }
                if let WatchEvent::Ingested(WatchRun { warnings, .. }) = event {
                    for (place, warning) in warnings {
                        let warning = words::file_warning(lang, warning);
                        tracing::warn!("{place}{}{warning}", lang.of("：", ": "));
                    }
                }
            })
        };
        let why = match catch_unwind(AssertUnwindSafe(watch)) {
            Ok(Ok(())) => return,
            Ok(Err(error)) => failure::of_ingest(lang, &error),
            Err(panic) => reason(panic.as_ref()),
        };
        state.looked(WatchedState::Failed);
        tracing::error!("{}{why}", lang.of("不再监视：", "no longer watching: "));
    })
}

/// What the program says where it failed.
fn reason(panic: &(dyn Any + Send)) -> String {
    let said = panic.downcast_ref::<&str>().map(|said| (*said).to_owned());
    said.or_else(|| panic.downcast_ref().cloned()).unwrap_or_default()
}

fn note(event: &WatchEvent<'_>, state: &WatchState) {
    match event {
        WatchEvent::Watching(_) => {}
        WatchEvent::Looked(standing) => state.stands(standing.pending, standing.failed),
        WatchEvent::Waiting(_) => state.looked(WatchedState::Waiting),
        WatchEvent::Failed(..) => state.looked(WatchedState::Failed),
        WatchEvent::Ingested(run) => state.ingested(WatchedFileCounts {
            added: run.summary.files_new,
            changed: run.changed(),
            removed: run.summary.files_removed,
            failed: run.failed,
        }),
    }
}
