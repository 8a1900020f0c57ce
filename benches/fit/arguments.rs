//! The arguments of the command.

use std::path::PathBuf;

use dibao::split::fit::{FitSettings, GroupPulls};

/// Papers that are composed without an argument.
const PAPERS: usize = 150;
const FOLDS: usize = 2;

#[derive(Default)]
pub struct Arguments {
    pub gold: Vec<String>,
    pub taught: Vec<PathBuf>,
    pub news: Option<PathBuf>,
    pub papers: usize,
    pub out: Option<PathBuf>,
    /// Where the table is written that joins printed lines; nothing else is fitted then.
    pub joins: Option<PathBuf>,
    /// Folders with the same pages as printed lines and as paragraphs: `PRINTED=PARAGRAPHS`.
    pub printed: Vec<String>,
    pub held_out: bool,
    /// Into how many parts `--held-out` divides the pages.
    pub folds: usize,
    /// Where the articles that were cut are written.
    pub cuts: Option<PathBuf>,
    pub left_out: bool,
    /// The sources that `--left-out` measures, by the letters that their names begin with; all if
    /// there are none.
    pub only: Vec<String>,
    /// The least F1 of a source in the last column of the table.
    pub min: Vec<(String, f64)>,
    pub settings: FitSettings,
}

impl Arguments {
    /// # Errors
    ///
    /// A message when an argument is unknown or lacks its value.
    pub fn parse(mut given: impl Iterator<Item = String>) -> Result<Self, String> {
        let mut arguments = Self { papers: PAPERS, folds: FOLDS, ..Self::default() };
        while let Some(argument) = given.next() {
            let mut value = || given.next().ok_or(format!("{argument} needs a value"));
            match argument.as_str() {
                "--bench" => {}
                "--taught" => arguments.taught.push(value()?.into()),
                "--news" => arguments.news = Some(value()?.into()),
                "--papers" => arguments.papers = number(&value()?)?,
                "--out" => arguments.out = Some(value()?.into()),
                "--joins" => arguments.joins = Some(value()?.into()),
                "--printed" => arguments.printed.push(value()?),
                "--held-out" => arguments.held_out = true,
                "--left-out" => arguments.left_out = true,
                "--by-hand" => arguments.settings.by_hand = number(&value()?)?,
                "--fitted" => arguments.settings.fitted = GroupPulls::all(number(&value()?)?),
                "--pull" => {
                    let pair = value()?;
                    let (group, pull) =
                        pair.split_once('=').ok_or(format!("{pair}: expected GROUP=PULL"))?;
                    let place = arguments.settings.fitted.by_name(group);
                    *place.ok_or(format!("{group}: no such group"))? = number(pull)?;
                }
                "--only" => arguments.only.push(value()?),
                "--folds" => {
                    arguments.folds = number(&value()?)?;
                    if arguments.folds < 2 {
                        return Err("--folds: expected 2 or more".to_owned());
                    }
                }
                "--cuts" => arguments.cuts = Some(value()?.into()),
                "--without" => arguments.settings.without.push(value()?),
                "--min" => {
                    let pair = value()?;
                    let (source, least) =
                        pair.split_once('=').ok_or(format!("{pair}: expected SOURCE=F1"))?;
                    arguments.min.push((source.to_owned(), number(least)?));
                }
                _ if argument.starts_with('-') => return Err(format!("{argument}: unknown")),
                _ => arguments.gold.push(argument),
            }
        }
        Ok(arguments)
    }
}

fn number<T: std::str::FromStr>(text: &str) -> Result<T, String> {
    text.parse().map_err(|_| format!("{text}: expected a number"))
}
