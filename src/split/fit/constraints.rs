//! Gold → which labels each unit may have, and whether an item begins with it.

use super::gold::{GoldItem, GoldKind, LineHint};
use crate::model::SourceText;
use crate::split::labels::Label::{
    Body, BodyU, Byline, Caption, CaptionBody, CaptionCredit, Credit, CreditU, Docno, Head,
    HeadAfter, Lead, LeadU, Section, Subhead, SubheadU,
};
use crate::split::labels::{LABELS, Label};
use crate::split::shape;
use crate::split::unit::Unit;

/// What the gold says of a unit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Constraint {
    /// The labels that it may have: bits in the order of [`LABELS`].
    allowed: u32,
    /// Whether an item begins with it, where that is known.
    pub begins: Option<bool>,
    /// The item that it belongs to, by its place in the gold.
    pub owner: Option<usize>,
    /// Whether it is a heading, an item of its own.
    pub is_heading: bool,
}

impl Constraint {
    /// Nothing is known.
    pub const NONE: Self = Self { allowed: u32::MAX, begins: None, owner: None, is_heading: false };

    pub fn allows(self, label: usize) -> bool {
        self.allowed >> label & 1 == 1
    }
}

/// A set of labels.
fn set(labels: &[Label]) -> u32 {
    let places = LABELS.iter().enumerate().filter(|(_, label)| labels.contains(label));
    places.map(|(place, _)| 1 << place).sum()
}

/// What is known of a unit.
pub(super) struct Known {
    /// By its item alone.
    pub by_item: Constraint,
    /// Also by the part of the item that its line is, if that is known.
    pub by_part: Option<Constraint>,
}

/// What is known of all units; no row of labels may agree with all of it.
pub(super) fn known(text: &SourceText, units: &[Unit], gold: &[GoldItem]) -> Vec<Known> {
    let number = |unit: &Unit| text.lines[unit.line()].number;
    let owners: Vec<Option<usize>> = units
        .iter()
        .map(|unit| {
            let line = number(unit);
            gold.iter().position(|item| item.lines.iter().any(|&(a, b)| (a..=b).contains(&line)))
        })
        .collect();
    let mut begun = vec![false; gold.len()];
    let known = |unit: usize| {
        let Some(owner) = owners[unit] else {
            return Known { by_item: Constraint::NONE, by_part: None };
        };
        let item = &gold[owner];
        let place = Position {
            first: !std::mem::replace(&mut begun[owner], true),
            follows: unit.checked_sub(1).is_some_and(|before| owners[before] == Some(owner)),
            alone: owners.get(unit + 1) != Some(&Some(owner)),
        };
        let line = number(&units[unit]);
        let hint = item.hints.iter().find(|(hinted, _)| *hinted == line).map(|&(_, hint)| hint);
        let by_item = Constraint {
            owner: Some(owner),
            is_heading: item.kind == GoldKind::Heading,
            ..constraint(item, &units[unit].text, place)
        };
        let by_part = hint.and_then(hinted).map(|allowed| Constraint { allowed, ..by_item });
        Known { by_item, by_part }
    };
    (0..units.len()).map(known).collect()
}

/// Where a unit stands in its item.
#[derive(Clone, Copy)]
struct Position {
    /// It is the first unit.
    first: bool,
    /// The unit before it is of the same item.
    follows: bool,
    /// The unit after it is not.
    alone: bool,
}

fn constraint(item: &GoldItem, text: &str, place: Position) -> Constraint {
    let starts = set(&[Section, LeadU, Caption, Head, Docno]);
    if item.kind == GoldKind::Heading {
        Constraint { allowed: set(&[Section]), ..Constraint::NONE }
    } else if place.first {
        let allowed = if place.alone { starts } else { first_labels(item, text) };
        Constraint { allowed, begins: Some(true), ..Constraint::NONE }
    } else if place.follows {
        let mut excluded = set(&[Section, LeadU, Caption]);
        // Signature and date are text of a document.
        if item.kind == GoldKind::Document || shape::date_line(text) {
            excluded |= set(&[Credit, CreditU, CaptionCredit]);
        }
        Constraint { allowed: !excluded, begins: Some(false), ..Constraint::NONE }
    } else {
        // An item that goes on after another one.
        Constraint::NONE
    }
}

/// What the first of several units of an item can be.
fn first_labels(item: &GoldItem, text: &str) -> u32 {
    // A paragraph is no headline: that of this item stands after its text.
    const MIN_PARAGRAPH: usize = 60;
    let titled = item.titled && shape::length(text) < MIN_PARAGRAPH;
    match (item.kind, titled) {
        (GoldKind::Notice, _) => set(&[Head, LeadU]),
        (GoldKind::Photo, true) => set(&[Caption, LeadU, Head]),
        (GoldKind::Photo, false) => set(&[Caption, LeadU]),
        (GoldKind::Document, false) => set(&[Head, Docno, LeadU]),
        (_, true) => set(&[Head, Docno]),
        (_, false) => set(&[LeadU, Caption]),
    }
}

/// The labels that a hint leaves; `None` if it says no more than the gold.
fn hinted(hint: LineHint) -> Option<u32> {
    Some(match hint {
        LineHint::Head => set(&[Head]),
        LineHint::Byline => set(&[Byline]),
        LineHint::Lead | LineHint::LeadOrCaption => set(&[Lead]),
        LineHint::UntitledLead => set(&[LeadU]),
        LineHint::Body => set(&[Body, BodyU]),
        LineHint::Subheading => set(&[Subhead, SubheadU]),
        LineHint::Section => set(&[Section]),
        LineHint::HeadAfter => set(&[HeadAfter]),
        LineHint::CaptionOrUntitledLead => set(&[Caption, LeadU]),
        LineHint::Credit => set(&[Credit, CreditU, CaptionCredit]),
        LineHint::Tail => set(&[Body, BodyU, Credit, CreditU]),
        LineHint::Continued => set(&[Body, BodyU, CaptionBody]),
        LineHint::NoticeStart => set(&[Head, LeadU]),
        LineHint::DocumentStart => set(&[Head, Docno]),
        LineHint::DocumentHead => set(&[Head, Docno, Byline]),
        LineHint::Front => set(&[Section, Head]),
        LineHint::Inside => return None,
    })
}
