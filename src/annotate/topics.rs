//! Says what an article is about, by weighted word lists that anyone can read and edit.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::Deserialize;

use crate::model::{Article, Topic};
use crate::text;

/// The word lists, ready to be looked up. One is enough for any number of threads.
///
/// The score of a label is a plain sum. With `w` running over the label's words,
///
/// ```text
/// strength = Σ weight(w) · ( TITLE · [w in kicker, title or subtitle] + n(w) / (n(w) + room) )
/// room     = ROOM · (½ + ½ · characters of the body / TYPICAL_LENGTH)
/// score    = strength / (strength + HALF)
/// ```
///
/// where `n(w)` counts the word in the body, twice in the lead. `n / (n + room)` is the saturation
/// and length normalisation of BM25 (Robertson & Zaragoza, *The Probabilistic Relevance Framework*,
/// 2009): the tenth mention adds little, and a mention in a long document less than in a short one.
/// The strongest label is given if it has any substance, a second and third if they come close.
#[derive(Debug)]
pub struct Topics {
    labels: Vec<Label>,
    /// For each pattern of the finder what it says.
    senses: Vec<Vec<Sense>>,
    finder: AhoCorasick,
}

/// One label of the table with what it stands for elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Label {
    /// The label itself.
    pub name: String,
    /// What it covers, one sentence.
    pub covers: String,
    /// Headings of the State Council's 主题分类, `parent/child`.
    pub govcn: Vec<String>,
    /// Codes of the IPTC Media Topics.
    pub iptc: Vec<String>,
}

/// Share that a word in the headline has over one in the body that is fully saturated.
const TITLE: f32 = 1.5;
/// Mentions at which a word of a very short body reaches half of its weight, doubled.
const ROOM: f32 = 1.5;
/// Length of a usual article, in characters.
const TYPICAL_LENGTH: f32 = 600.0;
/// Characters of the body that count as its lead.
const LEAD: usize = 120;
/// Strength at which the score is one half.
const HALF: f32 = 8.0;
/// Below this strength nothing is said: a stray word is no topic.
const LEAST: f32 = 1.0;
/// Share of the strongest label's strength that the second and the third must reach.
const CLOSE: [f32; 2] = [0.36, 0.55];
/// Words kept as evidence for a label.
const EVIDENCE: usize = 6;

impl Topics {
    /// Loads the table that is built into the program.
    ///
    /// # Panics
    ///
    /// Only if that table is not well formed, which a test rules out.
    #[must_use]
    pub fn built_in() -> Self {
        Self::parse(include_str!("topics.toml")).expect("the built-in topic table is well formed")
    }

    /// Loads a table written like the built-in one.
    ///
    /// # Errors
    ///
    /// When it is no TOML of that form, when a weight is no number, or when a label lists a word
    /// twice.
    pub fn parse(table: &str) -> Result<Self, TopicsError> {
        let table: Table = toml::from_str(table)?;
        let mut senses: BTreeMap<String, Vec<Sense>> = BTreeMap::new();
        for word in table.neutral.split_whitespace() {
            senses.entry(text::fold(word).text).or_default();
        }
        for (label, entry) in table.topic.iter().enumerate() {
            for (weight, list) in &entry.words {
                let number = weight
                    .parse()
                    .map_err(|_| TopicsError::Weight(entry.label.clone(), weight.clone()))?;
                for word in list.split_whitespace() {
                    let of_word = senses.entry(text::fold(word).text).or_default();
                    if of_word.iter().any(|sense| sense.label == label) {
                        return Err(TopicsError::Twice(entry.label.clone(), word.to_owned()));
                    }
                    of_word.push(Sense { label, weight: number });
                }
            }
        }
        let (words, senses): (Vec<String>, Vec<Vec<Sense>>) = senses.into_iter().unzip();
        let finder = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(&words)?;
        let labels = table.topic.into_iter().map(Entry::into_label).collect();
        Ok(Self { labels, senses, finder })
    }

    /// Every label of the table, in its order.
    #[must_use]
    pub fn labels(&self) -> &[Label] {
        &self.labels
    }

    /// One to three topics of an article, strongest first, each with the words that told most as
    /// they are printed; none where no word of the table occurs.
    #[must_use]
    pub fn label(&self, article: &Article) -> Vec<Topic> {
        let sightings = self.look_up(article);
        let mut ranked = self.weigh(&sightings, &article.body);
        ranked.retain(|candidate| candidate.strength >= LEAST);
        ranked.sort_by(|a, b| b.strength.total_cmp(&a.strength).then(a.label.cmp(&b.label)));
        let strongest = ranked.first().map_or(0.0, |candidate| candidate.strength);
        let thresholds = [LEAST, CLOSE[0] * strongest, CLOSE[1] * strongest];
        ranked
            .into_iter()
            .zip(thresholds)
            .take_while(|(candidate, threshold)| candidate.strength >= *threshold)
            .map(|(candidate, _)| Topic {
                label: self.labels[candidate.label].name.clone(),
                score: candidate.strength / (candidate.strength + HALF),
                evidence: telling_words(candidate.shares, &sightings),
            })
            .collect()
    }

    /// The words of the table in an article, in the order in which they are first seen.
    fn look_up<'a>(&self, article: &'a Article) -> Vec<Sighting<'a>> {
        let mut places = vec![None; self.senses.len()];
        let mut sightings: Vec<Sighting<'a>> = Vec::new();
        let mut look = |part: &'a str, see: &dyn Fn(&mut Sighting<'a>, usize)| {
            let folded = text::fold(part);
            for found in self.finder.find_iter(&folded.text) {
                let word = found.pattern().as_usize();
                let place = *places[word].get_or_insert_with(|| {
                    let printed = part.get(folded.origin(found.range())).unwrap_or_default();
                    sightings.push(Sighting { word, printed, headline: 0.0, mentions: 0.0 });
                    sightings.len() - 1
                });
                see(&mut sightings[place], found.start());
            }
        };
        for part in [&article.kicker, &article.title, &article.subtitle].into_iter().flatten() {
            look(part, &|sighting, _| sighting.headline = TITLE);
        }
        let body = article.body.as_str();
        // Folding may shorten the text a little; for the end of the lead that is of no account.
        let lead_end = body.char_indices().nth(LEAD).map_or(body.len(), |(offset, _)| offset);
        look(body, &|sighting, start| {
            sighting.mentions += if start < lead_end { 2.0 } else { 1.0 };
        });
        sightings
    }

    /// What each sighting adds to each label.
    fn weigh(&self, sightings: &[Sighting], body: &str) -> Vec<Candidate> {
        let length = body.chars().count() as f32;
        let room = ROOM * (0.5 + 0.5 * length / TYPICAL_LENGTH);
        let mut candidates: Vec<Candidate> = (0..self.labels.len())
            .map(|label| Candidate { label, strength: 0.0, shares: Vec::new() })
            .collect();
        for (index, sighting) in sightings.iter().enumerate() {
            for sense in &self.senses[sighting.word] {
                let saturated = sighting.mentions / (sighting.mentions + room);
                let share = sense.weight * (sighting.headline + saturated);
                let candidate = &mut candidates[sense.label];
                candidate.strength += share;
                candidate.shares.push((index, share));
            }
        }
        candidates
    }
}

/// A word of the table as an article has it.
#[derive(Debug)]
struct Sighting<'a> {
    word: usize,
    /// The words in the text where it first stands.
    printed: &'a str,
    /// [`TITLE`] if the headline has it.
    headline: f32,
    /// How often the body has it, those in the lead twice.
    mentions: f32,
}

/// A label with what speaks for it: positions of sightings and what each adds.
#[derive(Debug)]
struct Candidate {
    label: usize,
    strength: f32,
    shares: Vec<(usize, f32)>,
}

/// Why a topic table cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum TopicsError {
    /// Not TOML, or not the fields that are expected.
    #[error("the topic table cannot be read: {0}")]
    Toml(#[from] toml::de::Error),
    /// A weight that is no number.
    #[error("topic {0}: the weight {1:?} is no number")]
    Weight(String, String),
    /// A word that stands twice under one label.
    #[error("topic {0}: the word {1} is listed twice")]
    Twice(String, String),
    /// More words than the matcher can hold.
    #[error("the topic table is too large: {0}")]
    TooLarge(#[from] aho_corasick::BuildError),
}

/// What a word says about one label. A word without any only covers shorter words inside it.
#[derive(Debug)]
struct Sense {
    label: usize,
    weight: f32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    neutral: String,
    topic: Vec<Entry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    label: String,
    covers: String,
    govcn: Vec<String>,
    iptc: Vec<String>,
    words: BTreeMap<String, String>,
}

impl Entry {
    fn into_label(self) -> Label {
        Label { name: self.label, covers: self.covers, govcn: self.govcn, iptc: self.iptc }
    }
}

/// The words that add most, strongest first; those that speak against the label are left out.
fn telling_words(mut shares: Vec<(usize, f32)>, sightings: &[Sighting]) -> Vec<String> {
    shares.retain(|&(_, share)| share > 0.0);
    shares.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    shares.truncate(EVIDENCE);
    shares.into_iter().map(|(index, _)| sightings[index].printed.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels_of(title: &str, body: &str) -> Vec<String> {
        let article =
            Article { title: Some(title.into()), body: body.into(), ..Article::default() };
        Topics::built_in().label(&article).into_iter().map(|topic| topic.label).collect()
    }

    #[test]
    fn the_built_in_table_has_the_23_labels_with_their_explanations_and_codes() {
        let topics = Topics::built_in();
        assert_eq!(topics.labels().len(), 23);
        for label in topics.labels() {
            assert!(label.covers.ends_with('。'), "{label:?}");
            assert!(!label.govcn.is_empty() && !label.iptc.is_empty(), "{label:?}");
            assert!(label.iptc.iter().all(|code| code.len() == 8), "{label:?}");
        }
    }

    #[test]
    fn a_report_of_any_decade_gets_its_topic() {
        for (title, body, topic) in [
            ("今年小麦又获丰收", "全县六十万亩小麦收割完毕，社员们忙着交公粮。", "农业农村"),
            ("国营棉纺厂超产", "这个厂的纺织车间增产节约，五月份纱锭利用率提高。", "工业制造"),
            ("县人民医院来了医疗队", "医生为群众义诊，门诊病人不用再去省城。", "卫生健康"),
            ("長途客運站遷新址", "汽車站旅客日增，公路運輸更便捷，春運添開班車。", "交通"),
            ("渔光互补电站并网", "装机容量两万千瓦的光伏发电项目昨日送电。", "能源"),
            ("少年宫里下围棋", "全市围棋锦标赛决赛昨天开赛，选手最小七岁。", "体育"),
            ("警方破获电信诈骗案", "民警抓获犯罪嫌疑人五名，检察院已批准逮捕。", "法治"),
        ] {
            let labels = labels_of(title, body);
            assert_eq!(labels.first().map(String::as_str), Some(topic), "{title}: {labels:?}");
        }
    }

    #[test]
    fn a_label_keeps_the_words_that_spoke_for_it_as_they_are_printed() {
        let article = Article { body: "ＧＤＰ再创新高。".into(), ..Article::default() };
        let topics = Topics::built_in().label(&article);
        assert_eq!(topics[0].label, "宏观经济");
        assert_eq!(topics[0].evidence, ["ＧＤＰ"]);
        assert!(topics[0].score > 0.0 && topics[0].score < 1.0);
    }

    #[test]
    fn a_longer_word_covers_the_shorter_ones_inside_it() {
        assert_eq!(labels_of("", "他住在体育路。"), Vec::<String>::new());
        assert!(!labels_of("", "他去农业银行办贷款。").contains(&"农业农村".to_owned()));
    }

    #[test]
    fn a_word_repeated_in_a_long_text_weighs_less_than_one_in_the_headline() {
        let filler = "今天风和日丽。".repeat(200);
        let body = format!("{filler}足球{filler}");
        let passing = Topics::built_in().label(&Article { body, ..Article::default() });
        let named = labels_of("足球", &filler);
        assert_eq!(named, ["体育"]);
        assert!(passing.iter().all(|topic| topic.score < 0.2), "{passing:?}");
    }

    #[test]
    fn nothing_is_said_of_a_text_without_any_word_of_the_table() {
        assert!(labels_of("", "").is_empty());
        assert!(labels_of("", "abc 123").is_empty());
    }

    #[test]
    fn a_word_against_a_label_takes_from_its_strength() {
        let topics = Topics::parse(
            "neutral = \"\"\n[[topic]]\nlabel = \"甲\"\ncovers = \"甲。\"\ngovcn = []\niptc = []\n\
             [topic.words]\n5 = \"苹果\"\n-5 = \"手机\"\n",
        )
        .expect("a small table");
        let of = |body: &str| topics.label(&Article { body: body.into(), ..Article::default() });
        assert_eq!(of("苹果熟了").len(), 1);
        assert!(of("苹果手机").is_empty());
    }

    #[test]
    fn a_table_that_lists_a_word_twice_or_weighs_it_by_no_number_is_refused() {
        let table = |words: &str| {
            Topics::parse(&format!(
                "neutral = \"\"\n[[topic]]\nlabel = \"甲\"\ncovers = \"\"\ngovcn = []\niptc = []\n\
                 [topic.words]\n{words}\n"
            ))
        };
        assert!(matches!(table("1 = \"苹果\"\n2 = \"苹果\""), Err(TopicsError::Twice(..))));
        assert!(matches!(table("many = \"苹果\""), Err(TopicsError::Weight(..))));
        assert!(matches!(table("1 = 2"), Err(TopicsError::Toml(_))));
    }
}
