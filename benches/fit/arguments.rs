//! The arguments of the command.

use std::path::PathBuf;

use dibao::split::fit::{FitSettings, GroupPulls};

/// Papers that are composed without an argument.
const PAPERS: usize = 150;
const FOLDS: usize = 2;
/// What `--without` can name beside the parts of what is fitted: the composed pages.
const COMPOSED: &str = "composed";
const GROUPS: [&str; 4] = ["characters", "forms", "habits", "words"];

#[derive(Default)]
pub struct Arguments {
    pub gold: Vec<String>,
    pub taught: Vec<PathBuf>,
    pub news: Option<PathBuf>,
    /// Whether pages are composed from the news.
    pub composed: bool,
    pub papers: usize,
    pub out: Option<PathBuf>,
    /// Where the table is written that joins printed lines; nothing else is fitted then.
    pub joins: Option<PathBuf>,
    /// Where the table is written that tells notices from news; nothing else is fitted then.
    pub kinds: Option<PathBuf>,
    /// Where the vectors of terms are written; nothing else is fitted then.
    pub vectors: Option<PathBuf>,
    /// Folders with the same pages as printed lines and as paragraphs: `PRINTED=PARAGRAPHS`.
    pub printed: Vec<String>,
    /// A table that is fitted further, as with one's own pages.
    pub from: Option<PathBuf>,
    /// Pages of each source that are fitted on at most.
    pub pages: Option<usize>,
    pub held_out: bool,
    /// Into how many parts `--held-out` divides the pages.
    pub folds: usize,
    /// Where the articles that were cut are written.
    pub cuts: Option<PathBuf>,
    /// The commonest patterns of errors that are printed.
    pub errors: usize,
    pub left_out: bool,
    /// The sources that `--left-out` measures, by the letters that their names begin with; all if
    /// there are none.
    pub only: Vec<String>,
    /// The least F1 of a source in the last column of the table.
    pub min: Vec<(String, f64)>,
    pub settings: FitSettings,
}

/// Pulls and parts as they were given; they apply in one order, whatever theirs was.
#[derive(Default)]
struct Given {
    by_hand: Option<f64>,
    fitted: Option<f64>,
    groups: Vec<(String, f64)>,
    without: Vec<String>,
}

impl Arguments {
    /// # Errors
    ///
    /// A message when an argument is unknown or lacks its value.
    pub fn parse(mut given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments =
            Self { papers: PAPERS, folds: FOLDS, composed: true, ..Self::default() };
        let mut settings = Given::default();
        while let Some(argument) = given.next() {
            let mut value = || given.next().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                "--bench" => {}
                "--taught" => arguments.taught.push(value()?.into()),
                "--news" => arguments.news = Some(value()?.into()),
                "--papers" => arguments.papers = number(&value()?)?,
                "--out" => arguments.out = Some(value()?.into()),
                "--joins" => arguments.joins = Some(value()?.into()),
                "--kinds" => arguments.kinds = Some(value()?.into()),
                "--vectors" => arguments.vectors = Some(value()?.into()),
                "--printed" => arguments.printed.push(value()?),
                "--from" => arguments.from = Some(value()?.into()),
                "--pages" => arguments.pages = Some(number(&value()?)?),
                "--held-out" => arguments.held_out = true,
                "--left-out" => arguments.left_out = true,
                "--by-hand" => settings.by_hand = Some(number(&value()?)?),
                "--fitted" => settings.fitted = Some(number(&value()?)?),
                "--pull" => {
                    let (group, pull) = pair(&value()?, "GROUP=PULL")?;
                    settings.groups.push((known(&argument, group, &GROUPS)?, pull));
                }
                "--only" => arguments.only.push(value()?),
                "--folds" => {
                    arguments.folds = number(&value()?)?;
                    if arguments.folds < 2 {
                        return Err("--folds: expected 2 or more".to_owned());
                    }
                }
                "--cuts" => arguments.cuts = Some(value()?.into()),
                "--errors" => arguments.errors = number(&value()?)?,
                "--without" => {
                    let parts = [&FitSettings::PARTS[..], &[COMPOSED]].concat();
                    let part = known(&argument, value()?, &parts)?;
                    if part == COMPOSED {
                        arguments.composed = false;
                    } else {
                        settings.without.push(part);
                    }
                }
                "--min" => arguments.min.push(pair(&value()?, "SOURCE=F1")?),
                _ if argument.starts_with('-') => return Err(format!("{argument}: unknown")),
                _ => arguments.gold.push(argument),
            }
        }
        arguments.settings = settings.over(arguments.from.is_some());
        Ok(arguments)
    }
}

impl Given {
    fn over(self, further: bool) -> FitSettings {
        let mut settings =
            if further { FitSettings::of_own_pages() } else { FitSettings::default() };
        settings.by_hand = self.by_hand.unwrap_or(settings.by_hand);
        settings.fitted = self.fitted.map_or(settings.fitted, GroupPulls::all);
        for (group, pull) in self.groups {
            if let Some(place) = settings.fitted.by_name(&group) {
                *place = pull;
            }
        }
        settings.without = self.without;
        settings
    }
}

fn pair(text: &str, form: &str) -> Result<(String, f64), String> {
    let (name, value) = text.split_once('=').ok_or(format!("{text}: expected {form}"))?;
    Ok((name.to_owned(), number(value)?))
}

fn known(argument: &str, name: String, known: &[&str]) -> Result<String, String> {
    if known.contains(&name.as_str()) {
        return Ok(name);
    }
    Err(format!("{argument} {name}: unknown; expected one of {}", known.join(", ")))
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{text}: expected a number"))
}
