//! The labels of units.

/// The label of a unit. Those ending in `U` belong to an article that began without a headline;
/// only such an article can have its headline after its text.
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

/// The columns of a table of weights. Labels of articles without a headline share those of the
/// others; `HeadAfter` has the column `Head` and adds its own.
pub(super) const COLUMNS: [&str; 14] = [
    "Section",
    "Head",
    "Docno",
    "Byline",
    "Lead",
    "LeadU",
    "Body",
    "Subhead",
    "Table",
    "Credit",
    "Caption",
    "CaptionBody",
    "CaptionCredit",
    "HeadAfter",
];

impl Label {
    /// Position of its column in [`COLUMNS`].
    pub fn column(self) -> usize {
        match self {
            Section => 0,
            Head => 1,
            Docno => 2,
            Byline => 3,
            Lead => 4,
            LeadU => 5,
            Body | BodyU => 6,
            Subhead | SubheadU => 7,
            Table | TableU => 8,
            Credit | CreditU => 9,
            Caption => 10,
            CaptionBody => 11,
            CaptionCredit => 12,
            HeadAfter => 13,
        }
    }

    /// Whether it is text inside an article.
    pub fn is_inside(self) -> bool {
        matches!(
            self,
            Lead | Body | Subhead | Table | Credit | LeadU | BodyU | SubheadU | TableU | CreditU
        )
    }

    pub fn is_untitled(self) -> bool {
        matches!(self, LeadU | BodyU | SubheadU | TableU | CreditU)
    }
}
