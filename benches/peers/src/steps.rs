//! The steps, each of which runs in a process of its own and keeps its measurements in the work
//! folder.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use clap::ValueEnum;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::corpus::{self, Facts};
use crate::draw::draw;
use crate::engine::{Name, Opened};
use crate::process::{folder_size, own_memory, peak_memory};
use crate::question::{Kind, PAGE, Question};
use crate::scan::{Articles, scan};

/// Measurements of a build.
#[derive(Debug, Serialize, Deserialize)]
pub struct Built {
    pub seconds: f64,
    /// Bytes of the index, including stored texts.
    pub size: u64,
    /// Peak resident memory, including mapped files, in MB.
    pub peak: f64,
}

/// Measurements of a run of questions.
#[derive(Debug, Serialize, Deserialize)]
pub struct EngineTimes {
    /// Peak memory without mapped files, in MB.
    pub own: f64,
    /// Peak resident memory, including mapped files, in MB.
    pub peak: f64,
    pub kinds: Vec<KindTimes>,
}

/// Measurements of the questions of one kind.
#[derive(Debug, Serialize, Deserialize)]
pub struct KindTimes {
    pub kind: Kind,
    /// Milliseconds of each question that was answered within the time limit of the kind, sorted.
    pub times: Vec<f64>,
    /// Whether the engine supports it.
    pub possible: bool,
    /// Number of questions whose first page had fewer articles than the total implies.
    pub short: usize,
}

/// Recall and precision of an engine, compared with the scan.
#[derive(Debug, Serialize, Deserialize)]
pub struct Compared {
    pub kind: Kind,
    pub questions: usize,
    /// Pairs of question and article found by the scan, by the engine, and by both.
    pub true_pairs: u64,
    pub found_pairs: u64,
    pub shared_pairs: u64,
    /// Number of questions whose total differs from the number of articles returned.
    pub wrong_totals: usize,
}

/// Questions that take longer than this are timed once more, others three times more.
const SLOW: Duration = Duration::from_secs(1);
const ROUNDS: usize = 3;

/// The work folder.
pub struct Work {
    pub folder: PathBuf,
}

impl Work {
    pub fn at(folder: &Path) -> Self {
        Self { folder: folder.to_owned() }
    }

    pub fn write<T: Serialize>(&self, name: &str, value: &T) -> Result<()> {
        serde_json::to_writer(File::create(self.folder.join(name))?, value)?;
        Ok(())
    }

    pub fn read<T: DeserializeOwned>(&self, name: &str) -> Result<T> {
        let path = self.folder.join(name);
        let file = File::open(&path).with_context(|| path.display().to_string())?;
        Ok(serde_json::from_reader(std::io::BufReader::new(file))?)
    }

    /// Removes the measurements of an engine.
    fn forget(&self, engine: &str, measured: &[&str]) -> Result<()> {
        for path in measured.iter().map(|name| self.folder.join(format!("{name}-{engine}.json"))) {
            if path.exists() {
                fs::remove_file(path)?;
            }
        }
        Ok(())
    }

    fn articles(&self) -> PathBuf {
        self.folder.join("corpus").join("articles.jsonl")
    }

    fn index(&self, engine: &str) -> PathBuf {
        self.folder.join("index").join(engine)
    }

    fn truth(&self) -> PathBuf {
        self.folder.join("truth")
    }
}

/// Runs the step named by the first argument; the second one is the work folder.
pub fn run(step: &str, arguments: &[String]) -> Result<()> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match (step, arguments.as_slice()) {
        ("step:write", [work, corpus, articles]) => {
            write(&Work::at(Path::new(work)), Path::new(corpus), articles.parse()?)
        }
        ("step:draw", [work]) => draw_questions(&Work::at(Path::new(work))),
        ("step:build", [work, engine, _]) => build(&Work::at(Path::new(work)), engine),
        ("step:ask", [work, engine, seconds]) => {
            let most = Duration::from_secs(seconds.parse()?);
            ask(&Work::at(Path::new(work)), engine, most)
        }
        ("step:compare", [work, engine, seconds]) => {
            let most = Duration::from_secs(seconds.parse()?);
            compare(&Work::at(Path::new(work)), engine, most)
        }
        _ => bail!("{step}: no such step"),
    }
}

fn write(work: &Work, corpus: &Path, articles: usize) -> Result<()> {
    // Results of other articles would be compared with these.
    for folder in ["corpus", "index"].map(|name| work.folder.join(name)) {
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
    }
    for name in Name::value_variants().iter().filter_map(Name::to_possible_value) {
        work.forget(name.get_name(), &["built", "asked", "compared"])?;
    }
    fs::create_dir_all(work.folder.join("corpus"))?;
    let facts = corpus::write(corpus, Some(articles).filter(|&count| count > 0), &work.articles())?;
    work.write("facts.json", &facts)
}

fn draw_questions(work: &Work) -> Result<()> {
    let facts: Facts = work.read("facts.json")?;
    let questions = draw(&work.articles(), facts.articles)?;
    let strings: Vec<String> =
        checked(&questions).map(|question| question.words[0].clone()).collect();
    let mut sets = vec![Articles::none(facts.articles); strings.len()];
    scan(&work.articles(), &strings, |string, article| sets[string].add(article))?;
    fs::write(work.truth(), sets.iter().flat_map(Articles::bytes).collect::<Vec<u8>>())?;
    work.write("questions.json", &questions)
}

fn build(work: &Work, engine: &str) -> Result<()> {
    work.forget(engine, &["built", "asked", "compared"])?;
    let index = work.index(engine);
    if index.exists() {
        fs::remove_dir_all(&index)?;
    }
    fs::create_dir_all(&index)?;
    let started = Instant::now();
    name(engine)?.engine().build(&work.articles(), &index)?;
    let seconds = started.elapsed().as_secs_f64();
    let built = Built { seconds, size: folder_size(&index), peak: peak_memory() };
    work.write(&format!("built-{engine}.json"), &built)
}

fn ask(work: &Work, engine: &str, most: Duration) -> Result<()> {
    work.forget(engine, &["asked"])?;
    let questions: Vec<Question> = work.read("questions.json")?;
    let open = name(engine)?.engine().open(&work.articles(), &work.index(engine))?;
    // The first question loads dictionaries, which says nothing about its kind.
    if let Some(first) = questions.first() {
        open.ask(first)?;
    }
    let mut asked = EngineTimes { own: 0.0, peak: 0.0, kinds: Vec::new() };
    for kind in Kind::ALL {
        let of_kind: Vec<&Question> = questions.iter().filter(|asked| asked.kind == kind).collect();
        asked.kinds.push(ask_kind(open.as_ref(), kind, &of_kind, most, &mut asked.own)?);
    }
    asked.peak = peak_memory();
    work.write(&format!("asked-{engine}.json"), &asked)
}

/// Asks the questions in rounds, so that none is helped by its own traces in a cache.
fn ask_kind(
    open: &dyn Opened,
    kind: Kind,
    questions: &[&Question],
    most: Duration,
    own: &mut f64,
) -> Result<KindTimes> {
    let mut asked = KindTimes { kind, times: Vec::new(), possible: true, short: 0 };
    let started = Instant::now();
    let mut times: Vec<Vec<Duration>> = vec![Vec::new(); questions.len()];
    for round in 0..=ROUNDS {
        for (question, times) in questions.iter().zip(&mut times) {
            let is_slow = times.first().is_some_and(|&first| first >= SLOW);
            let is_done = times.len() < round || (is_slow && times.len() > 1);
            if started.elapsed() >= most || is_done {
                continue;
            }
            let asking = Instant::now();
            let Some(answer) = open.ask(question)? else {
                asked.possible = false;
                return Ok(asked);
            };
            times.push(asking.elapsed());
            *own = own.max(own_memory());
            let promised = answer.total.min(PAGE as u64) as usize;
            if round == 0 && answer.given.is_some_and(|given| given != promised) {
                asked.short += 1;
            }
        }
    }
    for mut times in times {
        // The first run is a warm-up, unless it is the only one.
        let warm = times.split_off(usize::from(times.len() > 1));
        let mut warm: Vec<f64> = warm.iter().map(|time| time.as_secs_f64() * 1e3).collect();
        warm.sort_by(f64::total_cmp);
        asked.times.extend(warm.get(warm.len() / 2));
    }
    asked.times.sort_by(f64::total_cmp);
    Ok(asked)
}

fn compare(work: &Work, engine: &str, most: Duration) -> Result<()> {
    work.forget(engine, &["compared"])?;
    let facts: Facts = work.read("facts.json")?;
    let questions: Vec<Question> = work.read("questions.json")?;
    let truth = fs::read(work.truth())?;
    let size = facts.articles.div_ceil(64) * 8;
    let open = name(engine)?.engine().open(&work.articles(), &work.index(engine))?;
    let mut kinds: Vec<Compared> = Vec::new();
    let mut started = Instant::now();
    for (question, truth) in checked(&questions).zip(truth.chunks(size)) {
        if kinds.last().is_none_or(|last| last.kind != question.kind) {
            kinds.push(Compared::nothing(question.kind));
            started = Instant::now();
        }
        let Some(compared) = kinds.last_mut().filter(|_| started.elapsed() < most) else {
            continue;
        };
        let Some(numbers) = open.all(question)? else { continue };
        let mut found = Articles::none(facts.articles);
        for number in numbers {
            ensure!((number as usize) < facts.articles, "there is no article {number}");
            found.add(number);
        }
        let truth = Articles::from_bytes(truth);
        compared.questions += 1;
        compared.true_pairs += truth.len();
        compared.found_pairs += found.len();
        compared.shared_pairs += truth.shared(&found);
        let total = open.ask(question)?.map(|answer| answer.total);
        compared.wrong_totals += usize::from(total != Some(found.len()));
    }
    work.write(&format!("compared-{engine}.json"), &kinds)
}

impl Compared {
    fn nothing(kind: Kind) -> Self {
        Self { kind, questions: 0, true_pairs: 0, found_pairs: 0, shared_pairs: 0, wrong_totals: 0 }
    }
}

/// The questions whose answers the scan determines, in stored order.
fn checked(questions: &[Question]) -> impl Iterator<Item = &Question> {
    questions.iter().filter(|question| question.kind.is_checked())
}

fn name(engine: &str) -> Result<Name> {
    Name::from_str(engine, false).map_err(|error| anyhow::anyhow!("{error}"))
}
