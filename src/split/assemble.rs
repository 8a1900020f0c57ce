//! Labels → articles: groups the units of each article and fills in its parts, roles and owners.

use std::collections::BTreeMap;
use std::ops::Range;

use super::headline;
use super::labelling::Labelling;
use super::labels::{LABELS, Label};
use super::parts;
use super::parts::{PartsContext, RoledUnit};
use super::place::{FilePlaces, LAYOUT};
use super::segments::EVIDENCE_GROUPS;
use super::shape;
use super::transitions::begins;
use super::weights::{Feature, Weights};
use crate::model::{Article, Cut, LineRange, LineRole, Reason, SourceText};

/// A file with labelled units.
pub(super) struct LabelledFile<'a> {
    pub source: &'a SourceText,
    pub weights: &'a Weights,
    pub labelling: &'a Labelling,
    /// Where the lines stand on their pages.
    pub places: &'a FilePlaces,
    /// Whether articles begin with the outlet in brackets.
    pub outlets: bool,
}

/// The units of one article, as ranges.
#[derive(Debug)]
struct ArticleExtent {
    head: Range<usize>,
    text: Range<usize>,
    after: Range<usize>,
    /// Text after a picture in the middle of the article.
    resumed: Vec<Range<usize>>,
}

impl ArticleExtent {
    /// Its text and the headline after it.
    fn units(&self) -> impl Iterator<Item = usize> + '_ {
        let resumed = self.resumed.iter().cloned().flatten();
        self.text.clone().chain(self.after.clone()).chain(resumed)
    }
}

/// Builds the articles and sets the role and the owner of every line.
pub(super) fn assemble(
    file: &LabelledFile,
    roles: &mut [LineRole],
    owners: &mut [Option<u32>],
) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    let mut section: Option<String> = None;
    let mut next = 0;
    for extent in extents(&file.labelling.decoding.labels) {
        for unit in next..extent.head.start.min(extent.text.start) {
            section = page_line(file, unit, roles).or(section);
        }
        let is_docno = |unit: &usize| file.labelling.decoding.labels[*unit] == Label::Docno;
        // A day below a title is none of its lines.
        let is_day = |unit: &usize| {
            let text = shape::unmarked(&file.labelling.units[*unit].text);
            *unit > extent.head.start && (shape::date_line(text) || shape::stamp_line(text))
        };
        let (days, head): (Vec<usize>, Vec<usize>) =
            extent.head.clone().filter(|unit| !is_docno(unit)).partition(is_day);
        let head_roles = headline::roles(
            &file.labelling.units,
            &head,
            extent.text.clone(),
            &file.labelling.cohesion,
            &file.labelling.matches,
            file.places,
        );
        let mut first = extent.head.start;
        for (&unit, &role) in head.iter().zip(&head_roles) {
            set(file, unit, role, roles);
            if role == LineRole::Banner {
                section = Some(shape::unmarked(&file.labelling.units[unit].text).to_owned());
                first = unit + 1;
            }
        }
        for day in days {
            // What stands above the first line of the headline is in no article.
            let role = match day {
                day if day < first => LineRole::Stray,
                day if is_stamp(file, day) => LineRole::Credit,
                _ => LineRole::Body,
            };
            set(file, day, role, roles);
        }
        let owner = articles.len() as u32;
        let article = article(file, &extent, first, section.clone(), roles);
        for unit in owned(file, &extent, first) {
            for &line in &file.labelling.units[unit].lines {
                owners[line] = Some(owner);
            }
        }
        articles.push(article);
        next = extent.after.end.max(extent.text.end);
    }
    for unit in next..file.labelling.units.len() {
        page_line(file, unit, roles);
    }
    for (owner, article) in articles.iter_mut().enumerate() {
        article.lines = ranges(file.source, roles, owners, owner as u32);
    }
    articles
}

fn is_stamp(file: &LabelledFile, unit: usize) -> bool {
    shape::stamp_line(shape::unmarked(&file.labelling.units[unit].text))
}

/// Sets the role of a unit outside of articles. Returns the name of a section heading or a banner.
fn page_line(file: &LabelledFile, unit: usize, roles: &mut [LineRole]) -> Option<String> {
    let text = shape::unmarked(&file.labelling.units[unit].text);
    match file.labelling.decoding.labels[unit] {
        Label::Section => {
            set(file, unit, LineRole::Section, roles);
            Some(section_name(text).to_owned())
        }
        Label::Head | Label::HeadAfter => {
            set(file, unit, LineRole::Banner, roles);
            Some(text.to_owned())
        }
        _ => {
            set(file, unit, LineRole::Stray, roles);
            None
        }
    }
}

/// The name of a section, from its heading.
pub(super) fn section_name(heading: &str) -> &str {
    heading.trim_matches(['【', '】', '[', ']', '「', '」']).trim()
}

fn set(file: &LabelledFile, unit: usize, role: LineRole, roles: &mut [LineRole]) {
    for &line in &file.labelling.units[unit].lines {
        roles[line] = role;
    }
}

/// Where each article begins and ends.
fn extents(labels: &[Label]) -> Vec<ArticleExtent> {
    let mut extents: Vec<ArticleExtent> = Vec::new();
    let mut unit = 0;
    while unit < labels.len() {
        let head = unit;
        while unit < labels.len() && matches!(labels[unit], Label::Head | Label::Docno) {
            unit += 1;
        }
        let text = unit;
        // A line above a picture or a list item is not its headline.
        let untitled = matches!(labels.get(unit), Some(Label::LeadU | Label::Caption));
        let head = if untitled { text } else { head };
        let opens = |label: Label| !matches!(label, Label::Section | Label::HeadAfter);
        if labels.get(unit).copied().is_some_and(opens) {
            unit += 1;
            while unit < labels.len()
                && labels[unit] != Label::HeadAfter
                && !begins(Some(labels[unit - 1]), labels[unit])
            {
                unit += 1;
            }
        }
        let after = unit;
        let behind = |label: Label| matches!(label, Label::HeadAfter | Label::CreditU);
        while labels.get(unit).copied().is_some_and(behind) {
            unit += 1;
        }
        if text < after {
            let mut extent = ArticleExtent {
                head: head..text,
                text: text..after,
                after: after..unit,
                resumed: Vec::new(),
            };
            if labels[text] == Label::Caption {
                let picture = (text..after).take_while(|&unit| is_caption(labels[unit])).count();
                extent.text.end = text + picture;
            }
            let rest = extent.text.end..after;
            let article = |before: &&mut ArticleExtent| labels[before.text.start] != Label::Caption;
            let before = extents.iter_mut().rev().find(article);
            match before {
                Some(before) if !rest.is_empty() => before.resumed.push(rest),
                _ => extent.text.end = after,
            }
            extents.push(extent);
        } else if unit == head {
            unit += 1;
        }
    }
    extents
}

fn is_caption(label: Label) -> bool {
    matches!(label, Label::Caption | Label::CaptionBody | Label::CaptionCredit)
}

/// The article of these units, whose headline has its roles already.
fn article(
    file: &LabelledFile,
    extent: &ArticleExtent,
    first: usize,
    section: Option<String>,
    roles: &mut [LineRole],
) -> Article {
    let labels = &file.labelling.decoding.labels;
    let text = if extent.head.is_empty() { 0..0 } else { extent.text.clone() };
    let stamps = text.clone().take_while(|&unit| is_stamp(file, unit)).count();
    // A text is more than the day under its headline.
    let stamps = text.start..text.start + if stamps < text.len() { stamps } else { 0 };
    for unit in owned(file, extent, first) {
        let role = match labels[unit] {
            _ if stamps.contains(&unit) => LineRole::Credit,
            // The headline has its roles already.
            Label::Head => continue,
            Label::HeadAfter => LineRole::Title,
            Label::Docno if unit < extent.text.start => LineRole::Docno,
            Label::Byline | Label::Credit | Label::CreditU | Label::CaptionCredit => {
                LineRole::Credit
            }
            Label::Subhead | Label::SubheadU => LineRole::Subheading,
            Label::Table | Label::TableU => LineRole::Table,
            _ => LineRole::Body,
        };
        set(file, unit, role, roles);
    }
    let units: Vec<RoledUnit> = owned(file, extent, first)
        .map(|unit| {
            let unit = &file.labelling.units[unit];
            RoledUnit { text: &unit.text, role: roles[unit.line()] }
        })
        .collect();
    let cut = cut(file, extent, first);
    let mut article = Article { section, cut, ..Article::default() };
    let context = PartsContext {
        outlets: file.outlets,
        is_photo: labels[extent.text.start] == Label::Caption,
        line: owned(file, extent, first).next().map_or(0, |unit| line_number(file, unit)),
    };
    parts::fill(&mut article, &units, &context);
    article
}

/// The units that an article owns, in the order of reading; `first` is the first below a banner.
fn owned<'a>(
    file: &'a LabelledFile,
    extent: &'a ArticleExtent,
    first: usize,
) -> impl Iterator<Item = usize> + 'a {
    // A 文号 above a banner still belongs to the article.
    let is_docno = |unit: &usize| file.labelling.decoding.labels[*unit] == Label::Docno;
    let docno = (extent.head.start..first).filter(is_docno);
    docno.chain(first..extent.text.start).chain(extent.units())
}

/// The reasons for the cut: the features with the greatest effect on its headline and opening, each
/// as the difference of its weights for the decoded label and for the label without a cut.
fn cut(file: &LabelledFile, extent: &ArticleExtent, first: usize) -> Cut {
    const MAX_REASONS: usize = 8;
    const MIN_WEIGHT: f32 = 0.5;
    let start = first.min(extent.text.start);
    let place = |label| LABELS.iter().position(|&other| other == label).unwrap_or(0);
    let mut reasons: Vec<Reason> = Vec::new();
    let seen = start..(extent.text.start + 1).min(file.labelling.units.len());
    for unit in seen.chain(extent.after.clone()) {
        let label = file.labelling.decoding.labels[unit];
        let heads = matches!(label, Label::Head | Label::HeadAfter);
        let otherwise = place(if heads { Label::Subhead } else { Label::Body });
        let mut by_rule: BTreeMap<String, f32> = BTreeMap::new();
        for &(feature, value) in &file.labelling.features[unit] {
            let by_label = file.weights.by_label(feature);
            let weight = by_label[place(label)] - by_label[otherwise];
            *by_rule.entry(rule(file.weights, feature)).or_default() += weight * value;
        }
        for &(feature, value) in file.labelling.printed.get(unit).into_iter().flatten() {
            let by_label = LAYOUT.by_label(feature);
            let weight = by_label[place(label)] - by_label[otherwise];
            *by_rule.entry(rule(&LAYOUT, feature)).or_default() += weight * value;
        }
        for (rule, weight) in by_rule.into_iter().filter(|(_, weight)| weight.abs() >= MIN_WEIGHT) {
            reasons.push(Reason {
                line: line_number(file, unit),
                rule,
                evidence: beginning(&file.labelling.units[unit].text),
                weight: (weight * 100.0).round() / 100.0,
            });
        }
    }
    let segment = (start..=extent.text.start).find_map(|unit| {
        let sums = file.labelling.decoding.segments.get(unit).copied().flatten()?;
        Some((unit, sums))
    });
    if let Some((unit, sums)) = segment {
        let groups = EVIDENCE_GROUPS.iter().zip(sums);
        reasons.extend(groups.filter(|(_, sum)| sum.abs() >= MIN_WEIGHT).map(
            |((_, rule), sum)| Reason {
                line: line_number(file, unit),
                rule: (*rule).to_owned(),
                evidence: beginning(&file.labelling.units[unit].text),
                weight: (sum * 100.0).round() / 100.0,
            },
        ));
    }
    reasons.sort_by(|a, b| b.weight.abs().total_cmp(&a.weight.abs()).then(a.line.cmp(&b.line)));
    reasons.truncate(MAX_REASONS);
    reasons.sort_by_key(|reason| reason.line);
    // The article can begin with any line of its headline.
    let heads = extent.head.start.min(extent.text.start)..=extent.text.start;
    let sure: f32 = heads.filter_map(|unit| file.labelling.decoding.starts.get(unit)).sum();
    Cut { confidence: (sure.min(1.0) * 1000.0).round() / 1000.0, reasons }
}

/// The name of a feature as a reason. Fitted features are told together, but for characters.
fn rule(weights: &Weights, feature: Feature) -> String {
    let key = match weights.name(feature) {
        Ok(name) => return name.to_owned(),
        Err(key) => key,
    };
    if let Some((template, characters)) = key.characters() {
        return format!("{template}:{characters}");
    }
    key.group().name().to_owned()
}

fn line_number(file: &LabelledFile, unit: usize) -> u32 {
    file.source.lines.get(file.labelling.units[unit].line()).map_or(0, |line| line.number)
}

fn beginning(text: &str) -> String {
    text.chars().take(24).collect()
}

/// The lines that an article owns, as ranges. Blank lines do not interrupt a range.
pub(super) fn ranges(
    source: &SourceText,
    roles: &[LineRole],
    owners: &[Option<u32>],
    owner: u32,
) -> Vec<LineRange> {
    let mut ranges: Vec<LineRange> = Vec::new();
    let mut open = false;
    for (index, line) in source.lines.iter().enumerate() {
        if owners[index] == Some(owner) {
            match ranges.last_mut() {
                Some(range) if open => range.1 = range.1.max(line.number),
                _ => ranges.push(LineRange(line.number, line.number)),
            }
            open = true;
        } else if roles[index] != LineRole::Blank {
            open = false;
        }
    }
    ranges
}
