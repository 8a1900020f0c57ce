//! `dibao new`: the articles that are new to saved searches. What was told is remembered only when it
//! was printed and taken by the webhook.

use std::io::{self, Write};
use std::ops::ControlFlow;

use anyhow::bail;
use serde::Serialize;

use super::opened::open;
use super::searches::{known, no_search, read, selected};
use crate::cli::ExitStatus;
use crate::cli::args::SearchFormat;
use crate::cli::args::folders::Folders;
use crate::cli::args::saving::NewOptions;
use crate::cli::output::console::Console;
use crate::cli::output::facts;
use crate::cli::output::failure;
use crate::cli::output::wrap::visible;
use crate::curation::{SavedSearch, Told, ToldArticle};
use crate::model::Record;
use crate::present::{FileTimes, NewSince, Selection};
use crate::search::Archive;
use crate::web::{MAX_WEBHOOK_ARTICLES, Webhook, WebhookArticle, WebhookMessage};

/// `--format jsonl`: a line.
#[derive(Serialize)]
struct NewArticle<'a> {
    search: &'a str,
    article: &'a Record,
}

/// `--format json`.
#[derive(Serialize)]
struct NewReport {
    searches: Vec<NewOfSearch>,
}

#[derive(Serialize)]
struct NewOfSearch {
    name: String,
    search: String,
    articles: Vec<Record>,
}

/// What is told of one search.
struct Telling<'a> {
    entry: &'a SavedSearch,
    format: SearchFormat,
    webhook: Option<WebhookQueue<'a>>,
    /// What waits to be taken by the webhook before it is told.
    waiting: Vec<(Record, ToldArticle)>,
    /// What was told, to be remembered.
    told: Vec<ToldArticle>,
    /// The articles, where they are printed together at the end.
    gathered: Vec<Record>,
    found: u64,
}

/// Articles on their way to a webhook.
struct WebhookQueue<'a> {
    webhook: &'a Webhook,
    address: Option<&'a str>,
    sent: u32,
}

pub(crate) fn run(
    folders: &Folders,
    options: &NewOptions,
    console: &mut Console,
) -> anyhow::Result<ExitStatus> {
    let lang = console.lang;
    let webhook = match &options.webhook {
        Some((address, allowed)) => Some(
            Webhook::new(address, allowed).map_err(|error| anyhow::anyhow!(error.shown(lang)))?,
        ),
        None => None,
    };
    let saved = read(folders, console)?;
    if let Some(unknown) = options.names.iter().find(|name| saved.get(name).is_none()) {
        bail!(no_search(lang, unknown, &saved));
    }
    let is_wanted = |name: &String| options.names.is_empty() || options.names.contains(name);
    let wanted: Vec<&SavedSearch> =
        saved.searches.iter().filter(|search| is_wanted(&search.name)).collect();
    if wanted.is_empty() {
        if options.is_quiet {
            return Ok(ExitStatus::Nothing);
        }
        console.tell(lang.of(
            "没有保存的检索；可用 `dibao saved add` 保存",
            "there are no saved searches; `dibao saved add` saves one",
        ));
        return Ok(ExitStatus::Nothing);
    }
    // Of two runs at once the second finds told what the first tells.
    let turn = Told::lock(&folders.curation)?;
    let archive = open(folders, console)?;
    let files = FileTimes::read(&archive)?;
    let (mut found, mut failed) = (0, false);
    let mut report = NewReport { searches: Vec::new() };
    let mut pending = Vec::new();
    for entry in wanted {
        let selection = match selected(entry, options.synonyms.as_ref(), folders, lang) {
            Ok(selection) => selection,
            Err(error) => {
                warn(console, entry, &error);
                failed = true;
                continue;
            }
        };
        let since = if let Some(moment) = options.since {
            NewSince::Moment(moment)
        } else if let Some(told) = Told::read(&folders.curation, entry)? {
            NewSince::Told(told)
        } else {
            // An entry that was written by hand.
            let known = known(&archive, &selection)?;
            Told::remember(&folders.curation, entry, &known, &turn)?;
            begun(console, entry, known.len() as u64);
            continue;
        };
        let queue = webhook.as_ref().map(|webhook| WebhookQueue {
            webhook,
            address: options.address.as_deref(),
            sent: 0,
        });
        let mut telling = Telling {
            entry,
            format: options.format,
            webhook: queue,
            waiting: Vec::new(),
            told: Vec::new(),
            gathered: Vec::new(),
            found: 0,
        };
        let told = telling.all(&archive, &files, &selection, &since, console);
        if let Err(error) = told {
            // Output that nobody reads is the end of the run; a receiver that does not answer is not.
            if error.is::<io::Error>() || error.is::<serde_json::Error>() {
                return Err(error);
            }
            // What it took before is told.
            warn(console, entry, &error);
            failed = true;
        }
        found += telling.found;
        let Telling { told, gathered, .. } = telling;
        if options.format == SearchFormat::Json {
            let (name, search) = (entry.name.clone(), entry.search.clone());
            report.searches.push(NewOfSearch { name, search, articles: gathered });
            pending.push((entry, told));
        } else if options.since.is_none() && !told.is_empty() {
            Told::remember(&folders.curation, entry, &told, &turn)?;
        }
    }
    if options.format == SearchFormat::Json {
        serde_json::to_writer_pretty(&mut console.out, &report)?;
        writeln!(console.out)?;
        console.out.flush()?;
        for (entry, told) in pending.iter().filter(|(_, told)| !told.is_empty()) {
            if options.since.is_none() {
                Told::remember(&folders.curation, entry, told, &turn)?;
            }
        }
    }
    if found == 0 && !failed && !options.is_quiet {
        console.tell(lang.of("没有新到", "nothing new"));
    }
    Ok(if failed { ExitStatus::Failed } else { ExitStatus::of(found) })
}

impl Telling<'_> {
    /// Tells all that is new: what `told` has was printed, but for `json`, and taken, also after an error.
    fn all(
        &mut self,
        archive: &Archive,
        files: &FileTimes,
        selection: &Selection,
        since: &NewSince,
        console: &mut Console,
    ) -> anyhow::Result<()> {
        let mut failed = None;
        files.for_each_new(
            archive,
            &selection.request,
            since,
            &mut |record, article| match self.one(record, article, console) {
                Ok(()) => ControlFlow::Continue(()),
                Err(error) => {
                    failed = Some(error);
                    ControlFlow::Break(())
                }
            },
        )?;
        if let Some(error) = failed {
            return Err(error);
        }
        self.send(true, console)?;
        console.out.flush()?;
        Ok(())
    }

    fn one(
        &mut self,
        record: Record,
        article: ToldArticle,
        console: &mut Console,
    ) -> anyhow::Result<()> {
        if self.webhook.is_none() {
            return self.tell(record, article, console);
        }
        // Which is the last message is known only when there is no further article.
        if self.waiting.len() >= MAX_WEBHOOK_ARTICLES {
            self.send(false, console)?;
        }
        self.waiting.push((record, article));
        Ok(())
    }

    /// Sends what waits, and tells it when it was taken.
    fn send(&mut self, last: bool, console: &mut Console) -> anyhow::Result<()> {
        let Some(queue) = self.webhook.as_mut().filter(|_| !self.waiting.is_empty()) else {
            return Ok(());
        };
        queue.sent += 1;
        let articles = self.waiting.iter();
        let articles =
            articles.map(|(record, _)| WebhookArticle::new(record, queue.address)).collect();
        let message =
            WebhookMessage::new(&self.entry.name, &self.entry.search, queue.sent, articles);
        let sent = queue.webhook.send(&WebhookMessage { last, ..message });
        sent.map_err(|error| anyhow::anyhow!(error.shown(console.lang)))?;
        for (record, article) in std::mem::take(&mut self.waiting) {
            self.tell(record, article, console)?;
        }
        Ok(())
    }

    fn tell(
        &mut self,
        record: Record,
        article: ToldArticle,
        console: &mut Console,
    ) -> anyhow::Result<()> {
        self.found += 1;
        self.told.push(article);
        match self.format {
            SearchFormat::Text => self.print(&record, console)?,
            SearchFormat::Jsonl => {
                let line = NewArticle { search: &self.entry.name, article: &record };
                serde_json::to_writer(&mut console.out, &line)?;
                writeln!(console.out)?;
            }
            SearchFormat::Json => self.gathered.push(record),
        }
        Ok(())
    }

    fn print(&self, record: &Record, console: &mut Console) -> io::Result<()> {
        let (paint, lang) = (console.paint, console.lang);
        let out = &mut console.out;
        if self.found == 1 {
            writeln!(out, "── {}", paint.strong(visible(&self.entry.name)))?;
        }
        writeln!(out, "{}", visible(&facts::name(record)))?;
        let known = [
            Some(facts::date(lang, &record.date)),
            record.about().next().map(|place| visible(&place.name)),
            record.outlet.as_deref().map(visible),
            record.publication.as_deref().map(visible),
            Some(paint.place(&record.id).to_string()),
        ];
        writeln!(out, "    {}", known.into_iter().flatten().collect::<Vec<_>>().join(" · "))
    }
}

fn warn(console: &Console, entry: &SavedSearch, error: &anyhow::Error) {
    let colon = console.lang.of("：", ": ");
    let error = failure::chain(console.lang, error);
    console.warn(format_args!("{}{colon}{error}", visible(&entry.name)));
}

fn begun(console: &Console, entry: &SavedSearch, known: u64) {
    let (lang, name) = (console.lang, visible(&entry.name));
    let known = facts::articles(lang, known);
    console.tell(lang.of(
        format!("“{name}”自此开始：库中已有 {known}，此后入库的为新到"),
        format!("{name} begins now: {known} so far; what comes from now on is new"),
    ));
}
