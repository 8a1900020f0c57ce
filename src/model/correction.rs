//! A person's decision about an article or about lines of a file, and what a record shows of it.

use std::fmt;

use jiff::Timestamp;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use super::id::{ArticleId, entry_id};
use super::line::{LineRange, LineRole};
use super::review::Review;

/// A decision as it stands in a file of the curation folder. Decisions are never changed or taken
/// out: a later one about the same thing counts instead, and [`Change::Undo`] takes one back.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Correction {
    /// Made of all else that it says: two equal decisions are one. An entry written by hand may leave
    /// it out.
    #[serde(default)]
    pub id: EntryId,
    /// The id that the article had then; none for a decision about the whole file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub article: Option<ArticleId>,
    /// Where it was made.
    #[serde(flatten)]
    pub anchor: Anchor,
    /// What was decided.
    #[serde(flatten)]
    pub change: Change,
    /// What the program said, in words; empty where it said nothing.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub was: String,
    /// Who decided.
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Why; empty where nothing was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

/// Where in the texts a decision was made, so that it is found again when files are moved and lines
/// shift.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Anchor {
    /// The file, below the corpus folder.
    pub file: String,
    /// Hash of its content then, in hexadecimal.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub content: String,
    /// Lines of the file, 1-based and inclusive: those of the article, or those that the decision is
    /// about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub lines: Vec<LineRange>,
    /// The first and the last line of each range, as printed, without white space around them and at
    /// most their first [`MAX_QUOTE`] characters; one for each range where all of them are single
    /// lines. Of an article that its file keeps apart (JSONL) its headline and the first line of its
    /// body.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub quote: Vec<String>,
}

/// What was decided: the `field` of an entry and what it is `now`. An empty text says that there is
/// none.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "field", content = "now", rename_all = "snake_case")]
pub enum Change {
    /// An article begins with the line of the anchor.
    Begins,
    /// The article that begins with the first line of the anchor, which had this id, goes on the article
    /// of the entry, which has the second line of the anchor. Without that line it has to be one that the
    /// splitter finds by itself; without either it is the one before.
    Joins(ArticleId),
    /// What the lines of the anchor are; of a role that is in no article, they leave the article.
    Lines(LineRole),
    /// The article has the lines of the anchor, in this order.
    Pieces,
    /// 引题.
    Kicker(String),
    /// 主题.
    Title(String),
    /// 副题.
    Subtitle(String),
    /// 栏目.
    Section(String),
    /// 来源.
    Outlet(String),
    /// 文号.
    Docno(String),
    /// 发文机关.
    Issuer(String),
    /// 报纸, 公报.
    Publication(String),
    /// 版.
    Page(String),
    /// The issue's number.
    IssueNumber(String),
    /// The issue's date.
    IssueDate(Days),
    /// The article's own date.
    Date(Days),
    /// news, document, profile, photo, notice.
    Kind(super::kind::Kind),
    /// 文种, 体裁.
    Genre(String),
    /// 记者.
    Reporters(Vec<String>),
    /// 通讯员.
    Correspondents(Vec<String>),
    /// 摄影.
    Photographers(Vec<String>),
    /// Districts, primary first: a code or a name, with a role before a colon where it is not `about`
    /// (`mentioned:登封市`).
    Districts(Vec<String>),
    /// Towns, streets, villages.
    Places(Vec<String>),
    /// Topics, strongest first.
    Topics(Vec<String>),
    /// The article that it is a reprint of; empty: it is none.
    ReprintOf(String),
    /// A number that it states.
    Indicator(IndicatorCorrection),
    /// Characters that the scan misread.
    Text(TextCorrection),
    /// What the program doubts is right: it is no longer listed for review.
    Confirms(Review),
    /// Takes back the entry of this id.
    Undo(EntryId),
}

/// Characters of a line that are quoted at most.
pub const MAX_QUOTE: usize = 40;

/// Days as they are typed: `2023-02-09`, `2023-02`, `2023`, `2023-02-01..2023-02-09`; empty where
/// none is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Days(pub Option<(Date, Date)>);

/// What a person decides about a row of indicators. What is not given stays.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct IndicatorCorrection {
    /// The words in the body that the row was read from.
    pub quote: String,
    /// The name that it was given then.
    pub row: String,
    /// That it is no indicator.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub remove: bool,
    /// Its name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Its value, in its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<f64>,
    /// Its unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
    /// Its period.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub period: Option<Days>,
    /// Its territory: a code or a name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub district: Option<String>,
}

/// Characters that are other ones: `before` and `after` are the characters around them as printed,
/// so that one place is meant.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct TextCorrection {
    /// As printed.
    pub from: String,
    /// As it should be.
    pub to: String,
    /// What stands before it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub before: String,
    /// What stands behind it.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub after: String,
}

/// 12 characters that name an entry of the curation folder.
#[derive(
    Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, ToSchema,
)]
#[serde(transparent)]
pub struct EntryId(pub String);

/// What a record shows of a decision that was applied to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct AppliedCorrection {
    /// The entry.
    pub entry: EntryId,
    /// The field that was corrected, as entries name it.
    pub field: String,
    /// What was decided, in words; empty where there is none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub now: String,
    /// What the program says without it, in words; empty where it says nothing.
    pub was: String,
    /// Who decided.
    pub by: String,
    /// When.
    #[schema(value_type = String, format = DateTime)]
    pub at: Timestamp,
    /// Why; empty where nothing was said.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub why: String,
}

impl Correction {
    /// The same with the id that all else that it says gives it.
    #[must_use]
    pub fn identified(mut self) -> Self {
        self.id = EntryId::default();
        // Strings, numbers and lists always become JSON.
        let said = serde_json::to_string(&self).unwrap_or_default();
        self.id = EntryId::of(&said);
        self
    }

    /// What a record shows of it where it was applied, beside what the program says without it.
    #[must_use]
    pub fn applied(&self, was: String) -> AppliedCorrection {
        AppliedCorrection {
            entry: self.id.clone(),
            field: self.change.field(),
            now: self.change.now(),
            was,
            by: self.by.clone(),
            at: self.at,
            why: self.why.clone(),
        }
    }
}

impl Change {
    /// The field that it is about, as entries name it.
    #[must_use]
    pub fn field(&self) -> String {
        self.part("field")
    }

    /// What was decided, in words as they are typed; lists are joined by `、`.
    #[must_use]
    pub fn now(&self) -> String {
        match self {
            Self::Indicator(row) => row.to_string(),
            Self::Text(text) => format!("{} → {}", text.from, text.to),
            _ => self.part("now"),
        }
    }

    /// Whether it is about where articles begin and end and what their lines are, so that it is
    /// applied before anything is read out of the words.
    #[must_use]
    pub fn is_structural(&self) -> bool {
        matches!(self, Self::Begins | Self::Joins(_) | Self::Lines(_) | Self::Pieces)
    }

    fn part(&self, name: &str) -> String {
        let written = serde_json::to_value(self).unwrap_or_default();
        match written.get(name) {
            Some(serde_json::Value::String(text)) => text.clone(),
            Some(serde_json::Value::Array(list)) => {
                let list: Vec<&str> = list.iter().filter_map(serde_json::Value::as_str).collect();
                list.join("、")
            }
            _ => String::new(),
        }
    }
}

impl fmt::Display for IndicatorCorrection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.row)?;
        if self.remove {
            return f.write_str(" ×");
        }
        f.write_str(" →")?;
        if let Some(name) = &self.name {
            write!(f, " {name}")?;
        }
        if let Some(value) = self.value {
            write!(f, " {value}")?;
        }
        for word in [&self.unit, &self.district].into_iter().flatten() {
            write!(f, " {word}")?;
        }
        if let Some(period) = &self.period {
            write!(f, " {period}")?;
        }
        Ok(())
    }
}

impl EntryId {
    /// The id of an entry that says this.
    #[must_use]
    pub fn of(said: &str) -> Self {
        Self(entry_id(said))
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Days {
    /// Reads days as they are typed.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        if typed.is_empty() {
            return Some(Self(None));
        }
        let (first, last) = typed.split_once("..").unwrap_or((typed, typed));
        let (first, last) = (period(first.trim())?.0, period(last.trim())?.1);
        (first <= last).then_some(Self(Some((first, last))))
    }
}

/// The first and the last day of a year, a month or a day.
fn period(typed: &str) -> Option<(Date, Date)> {
    let number = |digits: &str| digits.parse::<i16>().ok().filter(|_| digits.len() <= 4);
    match typed.split('-').collect::<Vec<_>>().as_slice() {
        [year] => {
            let first = Date::new(number(year)?, 1, 1).ok()?;
            Some((first, first.last_of_year()))
        }
        [year, month] => {
            let month = i8::try_from(number(month)?).ok()?;
            let first = Date::new(number(year)?, month, 1).ok()?;
            Some((first, first.last_of_month()))
        }
        _ => typed.parse().ok().map(|day| (day, day)),
    }
}

impl fmt::Display for Days {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            None => Ok(()),
            Some((first, last)) if first == last => first.fmt(f),
            Some((first, last)) => write!(f, "{first}..{last}"),
        }
    }
}

impl TryFrom<String> for Days {
    type Error = String;

    fn try_from(typed: String) -> Result<Self, Self::Error> {
        Self::read(&typed).ok_or_else(|| {
            format!("{typed:?} is no day, month or year such as 2023-02-09, 2023-02, 2023")
        })
    }
}

impl From<Days> for String {
    fn from(days: Days) -> Self {
        days.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_they_are_typed_and_written_again() {
        let shown = |typed| Days::read(typed).map(|days| days.to_string());
        assert_eq!(shown("2023-02-09").as_deref(), Some("2023-02-09"));
        assert_eq!(shown("2023-02").as_deref(), Some("2023-02-01..2023-02-28"));
        assert_eq!(shown(" 2023 .. 2024-01 ").as_deref(), Some("2023-01-01..2024-01-31"));
        assert_eq!(shown("").as_deref(), Some(""));
        for typed in ["2月9日", "2023-02-30", "2024..2023", "20230", "2023-2-x", "-1"] {
            assert_eq!(shown(typed), None, "{typed}");
        }
    }
}
