//! Finds the region that a file serves by its publication and by the places that it names.

use std::borrow::Cow;
use std::collections::HashMap;

use super::mentions::{MentionKind, ScannedText, find_mentions};
use crate::gazetteer::{DivisionId, Gazetteer, Level};
use crate::model::SplitFile;
use crate::model::{Basis, LineRole, SourceText};

/// What a file as a whole says about the places of its articles.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct FileContext {
    /// The division that the publication serves, and the basis for it.
    pub(crate) region: Option<(DivisionId, Basis)>,
    /// Cities and districts that the file names unambiguously, with the number of mentions.
    pub(crate) named: HashMap<DivisionId, u32>,
}

/// Bytes at the head of a file that are searched for names of its region.
const CONTEXT_BYTES: usize = 200_000;

/// How many lines at the head of a file can be its masthead.
const MASTHEAD_LINES: usize = 12;

/// The longest line that can be a masthead, in bytes.
const MAX_MASTHEAD_CHARS: usize = 150;

/// Words of lines that name a paper or its publisher.
const MASTHEAD_WORDS: [&str; 13] = [
    "报",
    "報",
    "刊",
    "版",
    "编",
    "編",
    "主办",
    "主辦",
    "融媒体",
    "新闻",
    "新聞",
    "通讯",
    "電子報",
];

/// The least number of different towns of one district that make a file a paper of that district.
const TOWNS_OF_A_COUNTY: usize = 4;

impl FileContext {
    /// The context of a file. Its region is stated by `corpus.toml`, else by the publication's name
    /// or the masthead, else inferred from the towns and districts that its first 200,000 bytes
    /// name.
    pub(crate) fn of(gazetteer: &Gazetteer, source: &SourceText, split_file: &SplitFile) -> Self {
        let text = match source.boilerplate.as_slice() {
            [] => Cow::Borrowed(&source.text),
            _ => Cow::Owned(source.without_boilerplate().0.text),
        };
        let head = (0..=CONTEXT_BYTES.min(text.len()))
            .rev()
            .find_map(|end| text.get(..end))
            .unwrap_or_default();
        let passage = ScannedText::new(Basis::Inferred, head);
        let mut named: HashMap<DivisionId, u32> = HashMap::new();
        for mention in find_mentions(gazetteer, 0, &passage.folded.text) {
            if let (MentionKind::Name, &[division]) = (&mention.kind, mention.divisions.as_slice())
                && !matches!(gazetteer.division(division).level, Level::Province | Level::Town)
                && gazetteer.division(division).name.chars().count() > 2
            {
                *named.entry(division).or_default() += 1;
            }
        }
        let configured = source.meta.region.as_deref().and_then(|region| {
            match gazetteer.resolve_ids(region).as_slice() {
                &[division] => Some((division, Basis::Config)),
                _ => None,
            }
        });
        let publication = source.meta.publication.as_ref().or(split_file.publication.as_ref());
        let region = configured
            .or_else(|| Some((region_in_name(gazetteer, publication?)?, Basis::Issue)))
            .or_else(|| Some((region_in_masthead(gazetteer, source, split_file)?, Basis::Issue)))
            .or_else(|| Some((region_by_towns(gazetteer, &passage.folded.text)?, Basis::Inferred)))
            .or_else(|| Some((region_by_vote(gazetteer, &named)?, Basis::Inferred)));
        Self { region, named }
    }
}

/// The lowest division named by a line at the head of the file that no article owns and that names
/// a paper or its publisher: 如东县报 第三版, 敦煌市融媒体中心编.
fn region_in_masthead(
    gazetteer: &Gazetteer,
    source: &SourceText,
    split_file: &SplitFile,
) -> Option<DivisionId> {
    (0..source.lines.len().min(MASTHEAD_LINES)).find_map(|index| {
        let line = source.line(index).trim();
        let owned = split_file.owners.get(index).copied().flatten().is_some();
        let around = split_file.roles.get(index) == Some(&LineRole::Boilerplate);
        let speaks = MASTHEAD_WORDS.iter().any(|word| line.contains(word));
        let heads =
            !owned && !around && speaks && !line.is_empty() && line.len() <= MAX_MASTHEAD_CHARS;
        heads.then(|| region_in_name(gazetteer, line))?
    })
}

/// The district that has most of the towns that a file names, if these are many and hardly any
/// other district fits: a county's paper names its towns rather than the county.
fn region_by_towns(gazetteer: &Gazetteer, text: &str) -> Option<DivisionId> {
    let mut towns: HashMap<String, Vec<DivisionId>> = HashMap::new();
    for mention in find_mentions(gazetteer, 0, text) {
        let Some(name) = text.get(mention.span) else { continue };
        if mention.kind == MentionKind::Name && name.chars().count() > 2 {
            let mut districts: Vec<DivisionId> = mention
                .divisions
                .iter()
                .filter(|&&division| gazetteer.division(division).level == Level::Town)
                .filter_map(|&division| gazetteer.district_of(division))
                .collect();
            districts.dedup();
            if !districts.is_empty() {
                towns.insert(name.to_owned(), districts);
            }
        }
    }
    let mut votes: HashMap<DivisionId, usize> = HashMap::new();
    for &district in towns.values().flatten() {
        *votes.entry(district).or_default() += 1;
    }
    let (&district, &count) = votes.iter().max_by_key(|&(&division, &count)| (count, !division))?;
    (count >= TOWNS_OF_A_COUNTY && count * 10 >= towns.len() * 7).then_some(district)
}

/// The lowest division that a publication's name names: 新乡高新区管委会公报, 郑州日报.
fn region_in_name(gazetteer: &Gazetteer, publication: &str) -> Option<DivisionId> {
    let passage = ScannedText::new(Basis::Issue, publication);
    find_mentions(gazetteer, 0, &passage.folded.text)
        .into_iter()
        .filter(|mention| matches!(mention.kind, MentionKind::Name | MentionKind::Short))
        .filter_map(|mention| match mention.divisions.as_slice() {
            &[division] if gazetteer.division(division).level != Level::Town => Some(division),
            _ => None,
        })
        .max_by_key(|&division| gazetteer.division(division).level)
}

/// The district that a long file names far more often than all others, else the city of most of the
/// named districts, else none.
fn region_by_vote(gazetteer: &Gazetteer, named: &HashMap<DivisionId, u32>) -> Option<DivisionId> {
    let mut districts: HashMap<DivisionId, u32> = HashMap::new();
    let mut cities: HashMap<DivisionId, u32> = HashMap::new();
    for (&division, &count) in named {
        if let Some(district) = gazetteer.district_of(division) {
            *districts.entry(district).or_default() += count;
        }
        // Ten mentions of a district are hardly better evidence for the region than three.
        *cities.entry(gazetteer.city_of(division)).or_default() += count.min(3);
    }
    let leader = |votes: &HashMap<DivisionId, u32>| {
        let all: u32 = votes.values().sum();
        let (&division, &count) =
            votes.iter().max_by_key(|&(&division, &count)| (count, !division))?;
        Some((division, count, all))
    };
    if let Some((district, count, all)) = leader(&districts)
        && count >= 30
        && count * 10 >= all * 7
    {
        return Some(district);
    }
    let (city, count, all) = leader(&cities)?;
    (count >= 2 && count * 2 > all).then_some(city)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The region of a page whose first line belongs to no article.
    fn region(text: &str) -> Option<String> {
        let source = SourceText::from_text("page.txt", text);
        let mut owners = vec![Some(0); source.lines.len()];
        owners[0] = None;
        let split_file = SplitFile { owners, ..SplitFile::default() };
        let gazetteer = Gazetteer::built_in();
        let (division, _) = FileContext::of(&gazetteer, &source, &split_file).region?;
        Some(gazetteer.division(division).name.to_string())
    }

    #[test]
    fn a_masthead_that_names_a_county_gives_the_region() {
        assert_eq!(region("如东县报 第三版\n百货大楼开张。").as_deref(), Some("如东县"));
        assert_eq!(region("敦煌市融媒体中心编\n书局开张。").as_deref(), Some("敦煌市"));
        assert_eq!(region("第三版 经济生活\n书局开张。"), None);
    }

    #[test]
    fn a_line_of_an_article_is_no_masthead() {
        assert_eq!(region("第三版\n如东县日报社搬家。"), None);
    }

    #[test]
    fn many_towns_of_one_county_give_the_region_and_towns_of_many_do_not() {
        let towns = "丰利镇、双甸镇、马塘镇、岔河镇和袁庄镇同日开市。";
        assert_eq!(region(&format!("第三版\n{towns}")).as_deref(), Some("如东县"));
        assert_eq!(region("第三版\n丰利镇、双甸镇、尚村镇、大召营镇同日开市。"), None);
    }
}
