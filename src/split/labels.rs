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

impl Label {
    /// Its column in `weights.tsv`.
    pub fn column(self) -> &'static str {
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
