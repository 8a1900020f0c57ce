//! Progress of an ingest: a bar on a terminal, an occasional line elsewhere.

use std::io::{self, IsTerminal, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use serde::Serialize;

use super::facts::{articles, counted, number};
use crate::ingest::{Event, FileOutcome, Progress};
use crate::model::{FileWarning, Worded};
use crate::present::Lang;

/// Between two lines where there is no terminal.
const EVERY: Duration = Duration::from_secs(5);

/// Watches an ingest and keeps its warnings.
#[derive(Debug)]
pub(crate) struct ProgressReporter {
    lang: Lang,
    /// `None` where stderr is no terminal.
    bar: Option<ProgressBar>,
    state: Mutex<State>,
}

/// A warning and what it is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Message {
    /// The file, folder or name.
    pub(crate) place: String,
    #[serde(flatten)]
    pub(crate) warning: Worded<FileWarning>,
}

#[derive(Debug)]
struct State {
    files: u64,
    files_done: u64,
    bytes: u64,
    bytes_done: u64,
    articles: u64,
    /// Articles of the parts of a file that is not done.
    articles_of_file: u64,
    /// About how many bytes of that file are done; never more than it has.
    bytes_of_file: u64,
    messages: Vec<Message>,
    said: Instant,
    started: Instant,
}

impl ProgressReporter {
    pub(crate) fn new(lang: Lang) -> Self {
        let now = Instant::now();
        let bar = io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::with_draw_target(None, ProgressDrawTarget::stderr());
            let style = ProgressStyle::with_template(lang.of(
                "{bar:24} {percent:>3} %  {msg}  {decimal_bytes_per_sec}  剩余 {eta}",
                "{bar:24} {percent:>3} %  {msg}  {decimal_bytes_per_sec}  {eta} left",
            ));
            bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
        });
        let state = State {
            files: 0,
            files_done: 0,
            bytes: 0,
            bytes_done: 0,
            articles: 0,
            articles_of_file: 0,
            bytes_of_file: 0,
            messages: Vec::new(),
            said: now,
            started: now,
        };
        Self { lang, bar, state: Mutex::new(state) }
    }

    /// Removes the bar and prints the messages.
    pub(crate) fn finish(self) -> Vec<Message> {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
        self.state.into_inner().unwrap_or_else(PoisonError::into_inner).messages
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Shows how far it is.
    fn show(&self, state: &mut State, at_once: bool) {
        match &self.bar {
            Some(bar) => {
                bar.set_position(state.bytes_done + state.bytes_of_file);
                bar.set_message(state.shown(self.lang));
            }
            None if at_once || state.said.elapsed() >= EVERY => {
                state.said = Instant::now();
                let bytes = state.bytes_done + state.bytes_of_file;
                let rate = megabytes(bytes) / state.started.elapsed().as_secs_f64();
                say(&format!("{}, {rate:.1} MB/s", state.shown(self.lang)));
            }
            None => {}
        }
    }
}

impl Progress for ProgressReporter {
    fn event(&self, event: Event<'_>) {
        let mut state = self.state();
        match event {
            Event::Found { files, bytes } => {
                state.files = files;
                state.bytes = bytes;
                if let Some(bar) = &self.bar {
                    bar.set_length(bytes);
                } else {
                    let files = counted(self.lang, files, "个文件", ("file", "files"));
                    let megabytes = megabytes(bytes);
                    say(&self.lang.of(
                        format!("找到 {files}，{megabytes:.1} MB"),
                        format!("{files} found, {megabytes:.1} MB"),
                    ));
                }
            }
            Event::Warning { place, warning } => state.add(place, std::slice::from_ref(warning)),
            Event::Part { articles, bytes, of } => {
                state.articles += articles;
                state.articles_of_file += articles;
                state.bytes_of_file = state.bytes_of_file.saturating_add(bytes).min(of);
                self.show(&mut state, false);
            }
            Event::File { source, bytes, outcome, .. } => {
                match outcome {
                    FileOutcome::Taken { report, .. } => {
                        let counted_before = std::mem::take(&mut state.articles_of_file);
                        state.articles += report.articles.saturating_sub(counted_before);
                        state.add(source, &report.warnings);
                    }
                    FileOutcome::Failed(warnings) => {
                        state.add(source, warnings);
                    }
                    FileOutcome::Unchanged => {}
                    // It was not among the files found.
                    FileOutcome::Removed => return,
                }
                state.files_done += 1;
                state.bytes_done += bytes;
                state.bytes_of_file = 0;
                self.show(&mut state, false);
            }
            Event::Committed => {}
            Event::Finishing => self.show(&mut state, true),
        }
    }
}

impl State {
    fn add(&mut self, place: &str, warnings: &[FileWarning]) {
        let message = |warning: &FileWarning| Message {
            place: place.to_owned(),
            warning: Worded::from(warning.clone()),
        };
        self.messages.extend(warnings.iter().map(message));
    }

    fn shown(&self, lang: Lang) -> String {
        let (done, files) = (number(self.files_done), number(self.files));
        let articles = articles(lang, self.articles);
        let of_files = if self.files == 1 { "file" } else { "files" };
        let (read, bytes) =
            (megabytes(self.bytes_done + self.bytes_of_file), megabytes(self.bytes));
        lang.of(
            format!("文件 {done}/{files}，{read:.1}/{bytes:.1} MB，文章 {articles}"),
            format!("{done} of {files} {of_files}, {read:.1} of {bytes:.1} MB, {articles}"),
        )
    }
}

fn megabytes(bytes: u64) -> f64 {
    bytes as f64 / 1e6
}

/// That a message cannot be written is nobody's concern.
fn say(line: &str) {
    let _ = writeln!(io::stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn progress_moves_within_a_large_file_and_never_beyond_it() {
        let progress = ProgressReporter::new(Lang::En);
        progress.event(Event::Found { files: 2, bytes: 10_000_000 });
        let shown = || progress.state().shown(Lang::En);
        progress.event(Event::Part { articles: 3, bytes: 4_000_000, of: 8_000_000 });
        assert_eq!(shown(), "0 of 2 files, 4.0 of 10.0 MB, 3 articles");
        // The text of a compressed file is larger than the file.
        progress.event(Event::Part { articles: 2, bytes: 9_000_000, of: 8_000_000 });
        assert_eq!(shown(), "0 of 2 files, 8.0 of 10.0 MB, 5 articles");
        let warnings = [];
        progress.event(Event::File {
            path: "a.jsonl.zst".as_ref(),
            source: "a.jsonl.zst",
            bytes: 8_000_000,
            outcome: FileOutcome::Failed(&warnings),
        });
        assert_eq!(shown(), "1 of 2 files, 8.0 of 10.0 MB, 5 articles");
    }
}
