//! What a unit can be, what may follow what, and the table of weights.

use std::collections::HashMap;
use std::sync::LazyLock;

/// The label of a unit. Those ending in `U` belong to an article that began without a headline;
/// only such an article can have its headline behind it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Label {
    Section,
    Head,
    Docno,
    Byline,
    Lead,
    Body,
    Subhead,
    Table,
    Credit,
    LeadU,
    BodyU,
    SubheadU,
    TableU,
    CreditU,
    HeadAfter,
    Caption,
    CaptionBody,
    CaptionCredit,
}

use Label::{
    Body, BodyU, Byline, Caption, CaptionBody, CaptionCredit, Credit, CreditU, Docno, Head,
    HeadAfter, Lead, LeadU, Section, Subhead, SubheadU, Table, TableU,
};

pub(super) const LABELS: [Label; 18] = [
    Section,
    Head,
    Docno,
    Byline,
    Lead,
    Body,
    Subhead,
    Table,
    Credit,
    LeadU,
    BodyU,
    SubheadU,
    TableU,
    CreditU,
    HeadAfter,
    Caption,
    CaptionBody,
    CaptionCredit,
];

impl Label {
    /// The column of the table that it reads.
    fn column(self) -> &'static str {
        match self {
            Section => "Section",
            Head | HeadAfter => "Head",
            Docno => "Docno",
            Byline => "Byline",
            Lead => "Lead",
            LeadU => "LeadU",
            Body | BodyU => "Body",
            Subhead | SubheadU => "Subhead",
            Table | TableU => "Table",
            Credit | CreditU => "Credit",
            Caption => "Caption",
            CaptionBody => "CaptionBody",
            CaptionCredit => "CaptionCredit",
        }
    }

    /// Text of an article that has begun.
    pub fn is_inside(self) -> bool {
        matches!(
            self,
            Lead | Body | Subhead | Table | Credit | LeadU | BodyU | SubheadU | TableU | CreditU
        )
    }

    fn is_untitled(self) -> bool {
        matches!(self, LeadU | BodyU | SubheadU | TableU | CreditU)
    }
}

/// Score of one label following another; `None` is the edge of the file. Minus infinity where it
/// cannot be.
#[expect(clippy::match_same_arms, reason = "an arm says one thing, not one number")]
pub(super) fn transition_score(from: Option<Label>, to: Option<Label>) -> f32 {
    const NEVER: f32 = f32::NEG_INFINITY;
    let Some(from) = from else {
        return match to {
            Some(Section | Head | Docno) => 0.0,
            Some(LeadU | Caption) => -2.0,
            _ => NEVER,
        };
    };
    let Some(to) = to else {
        return match from {
            Head | Section | Docno => -4.0,
            Subhead => -3.0,
            SubheadU => -4.5,
            Caption | CaptionBody | Byline => NEVER,
            from if from.is_untitled() => -1.5,
            _ => 0.0,
        };
    };
    match (from, to) {
        (Section, Head) | (Docno, Lead | Head) | (Byline, Lead) => 0.0,
        (Head, Lead | Docno | Byline) => 0.0,
        (Section, Section | LeadU | Caption | Docno) => -1.0,
        (Head, Head) | (HeadAfter, HeadAfter) => -0.7,
        (Head, Section) => -3.0,
        (Head, Table) => -2.0,
        (Head, LeadU | Caption) => -8.0,
        (Docno, Docno | Byline) => -1.0,
        (Byline, Byline) => -0.5,
        (HeadAfter, Head | Section) => 0.0,
        (HeadAfter, LeadU) => -0.3,
        (HeadAfter, Caption | Docno | CreditU) => -1.0,
        (Caption | CaptionBody, CaptionCredit) => 0.0,
        (Caption | CaptionBody, CaptionBody) => -0.3,
        (CaptionCredit, Head) => 0.0,
        (CaptionCredit, Caption | Section) => -0.5,
        (CaptionCredit, LeadU | CaptionCredit | Docno) => -1.0,
        // A picture may stand in the middle of an article.
        (CaptionCredit, Body | Subhead) => -2.0,
        (from, to) if from.is_inside() => inside(from, to),
        _ => NEVER,
    }
}

/// From inside an article: on with it, or to the next one.
fn inside(from: Label, to: Label) -> f32 {
    let untitled = from.is_untitled();
    let plain = match from {
        LeadU => Lead,
        BodyU => Body,
        SubheadU => Subhead,
        TableU => Table,
        CreditU => Credit,
        other => other,
    };
    let within = |to: Label| match (plain, to) {
        (Credit, Body | Table) => -2.5,
        (Credit, Subhead) => -5.0,
        (Credit, Credit) => -0.3,
        (Subhead, Subhead) => -1.5,
        (Subhead, Credit) => -3.0,
        (_, Subhead) => -1.0,
        (_, Credit) => -0.5,
        _ => 0.0,
    };
    match to {
        Body | Subhead | Table | Credit if !untitled => within(to),
        BodyU if untitled => within(Body),
        SubheadU if untitled => within(Subhead),
        TableU if untitled => within(Table),
        CreditU if untitled => within(Credit),
        HeadAfter if untitled => {
            if plain == Subhead {
                -5.0
            } else {
                -1.0
            }
        }
        Section | Head | Docno | LeadU | Caption => {
            let begin = match to {
                LeadU => -2.5,
                Caption | Docno => -2.0,
                _ => -1.5,
            };
            // An article neither ends with a heading nor, without reason, goes without one.
            let left = if plain == Subhead { -4.0 } else { 0.0 };
            begin + left + if untitled { -1.5 } else { 0.0 }
        }
        _ => f32::NEG_INFINITY,
    }
}

/// A property of a unit. The number is its row in the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Feature(usize);

/// The table of weights.
pub(super) struct Weights {
    rows: Vec<FeatureWeights>,
    by_name: HashMap<&'static str, usize>,
}

struct FeatureWeights {
    name: &'static str,
    meaning: &'static str,
    by_label: [f32; LABELS.len()],
}

/// The table that is built into the program.
const TABLE: &str = include_str!("weights.tsv");

pub(super) static WEIGHTS: LazyLock<Weights> = LazyLock::new(|| read(TABLE));

fn read(table: &'static str) -> Weights {
    let mut lines = table.lines().filter(|line| !line.starts_with('#'));
    let columns: Vec<&str> = lines.next().unwrap_or_default().split('\t').collect();
    let rows: Vec<FeatureWeights> = lines
        .map(|line| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let cell = |name: &str| {
                let place = columns.iter().position(|&column| column == name);
                place
                    .and_then(|place| cells.get(place))
                    .and_then(|cell| cell.parse::<f32>().ok())
                    .unwrap_or(0.0)
            };
            let by_label = LABELS.map(|label| {
                cell(label.column()) + if label == HeadAfter { cell("HeadAfter") } else { 0.0 }
            });
            FeatureWeights {
                name: cells.first().copied().unwrap_or_default(),
                meaning: cells.last().copied().unwrap_or_default(),
                by_label,
            }
        })
        .collect();
    let by_name = rows.iter().enumerate().map(|(place, row)| (row.name, place)).collect();
    Weights { rows, by_name }
}

impl Weights {
    /// The feature of that name. Names are constants of this program; one that the table lacks
    /// has no weight.
    pub fn feature(&self, name: &str) -> Option<Feature> {
        self.by_name.get(name).copied().map(Feature)
    }

    /// What a feature adds to the score of a label, by position in [`LABELS`].
    pub fn weight(&self, feature: Feature, label: usize) -> f32 {
        self.rows.get(feature.0).map_or(0.0, |row| row.by_label[label])
    }

    /// Name and meaning of a feature.
    pub fn describe(&self, feature: Feature) -> (&'static str, &'static str) {
        self.rows.get(feature.0).map_or(("", ""), |row| (row.name, row.meaning))
    }

    /// The meaning of each feature.
    pub fn meanings(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.rows.iter().map(|row| row.meaning)
    }

    #[cfg(test)]
    pub fn names(&self) -> impl Iterator<Item = &'static str> + '_ {
        self.rows.iter().map(|row| row.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_of_the_table_is_a_property_that_is_looked_for() {
        let looked_for = include_str!("features.rs");
        for name in WEIGHTS.names() {
            assert!(looked_for.contains(&format!("\"{name}\"")), "nothing adds {name}");
        }
    }

    #[test]
    fn every_row_has_a_number_and_a_meaning() {
        for row in &WEIGHTS.rows {
            assert!(
                row.by_label.iter().any(|&weight| weight != 0.0),
                "{} weighs nothing",
                row.name
            );
            assert!(row.meaning.contains(' '), "{} has no meaning", row.name);
        }
    }

    #[test]
    fn an_article_that_began_without_a_headline_alone_can_have_it_behind_it() {
        assert!(transition_score(Some(LeadU), Some(HeadAfter)).is_finite());
        assert!(transition_score(Some(Lead), Some(HeadAfter)).is_infinite());
        assert!(transition_score(Some(Head), Some(Body)).is_infinite());
        assert!(transition_score(None, Some(Body)).is_infinite());
    }
}
