//! What is an article about?
//!
//! A classifier by weighted keywords. `topics.toml`, which is meant to be read and edited, lists
//! the words of each topic with their weights (`vocabulary`); matches are saturated and
//! length-normalised as in BM25, and the words with the greatest effect are the evidence.

pub(crate) mod vocabulary;

use crate::model::{Article, Kind, Topic};
use crate::text;
use vocabulary::{TopicLabel, TopicsError, Vocabulary};

/// Assigns topics by weighted keywords. It can be shared between threads.
///
/// The score of a label is computed from a sum over the words `w` of the label:
///
/// ```text
/// strength = Σ weight(w) · ( TITLE_BOOST · [w in kicker, title or subtitle] + n(w) / (n(w) + saturation) )
/// saturation     = SATURATION · (½ + ½ · characters of the body / TYPICAL_LENGTH)
/// score    = strength / (strength + HALF_SCORE_STRENGTH)
/// ```
///
/// where `n(w)` counts the word in the body. `n / (n + saturation)` is the
/// saturation and length normalisation of BM25 (Robertson & Zaragoza, *The Probabilistic Relevance
/// Framework*, 2009): the tenth mention adds little, and a mention adds less in a long document
/// than in a short one. The strongest label is assigned if its strength is sufficient, a second and
/// a third if they come close to it.
#[derive(Debug)]
pub struct TopicClassifier {
    vocabulary: Vocabulary,
}

/// Factor of a word in the headline. In the body the factor approaches 1 with the number of
/// mentions.
const TITLE_BOOST: f32 = 2.0;
/// Number of mentions at which a word reaches half of its weight, in a body of typical length.
const SATURATION: f32 = 1.5;
/// Length of a typical article in characters.
const TYPICAL_LENGTH: f32 = 600.0;
/// Strength at which the score is one half.
const HALF_SCORE_STRENGTH: f32 = 8.0;
/// Topics below this strength are dropped: a stray word does not make a topic.
const MIN_SCORE: f32 = 1.0;
/// Share of the strongest label's strength that the second and the third must reach.
const MIN_SHARE_OF_STRONGEST: [f32; 2] = [0.4, 0.8];
/// The table that is built into the program.
const TABLE: &str = include_str!("topics.toml");
/// Words kept as evidence for a label.
const MAX_EVIDENCE: usize = 6;

impl TopicClassifier {
    /// Loads the table that is built into the program.
    ///
    /// # Panics
    ///
    /// Only if the table is malformed, which a test rules out.
    #[must_use]
    pub fn built_in() -> Self {
        Self::parse(TABLE).expect("the built-in topic table is well formed")
    }

    /// Loads a table written like the built-in one.
    ///
    /// # Errors
    ///
    /// If it is not TOML of that form, if a weight is not a number, or if a label lists a word
    /// twice.
    pub fn parse(table: &str) -> Result<Self, TopicsError> {
        Ok(Self { vocabulary: Vocabulary::parse(table)? })
    }

    /// Every label of the table, in its order.
    #[must_use]
    pub fn labels(&self) -> &[TopicLabel] {
        &self.vocabulary.labels
    }

    /// Up to three topics of an article, strongest first, each with the words that have the
    /// greatest effect, as printed; none if no word of the table occurs. A notice has none: what is
    /// lost, corrected or cut off is no subject of the paper.
    #[must_use]
    pub fn classify(&self, article: &Article) -> Vec<Topic> {
        if article.kind == Kind::Notice {
            return Vec::new();
        }
        let terms = self.find_terms(article);
        let mut strengths = vec![0.0_f32; self.labels().len()];
        for term in &terms {
            for sense in self.vocabulary.weights(term.word) {
                strengths[sense.label] += sense.weight * term.share;
            }
        }
        let mut ranked: Vec<(usize, f32)> = strengths
            .into_iter()
            .enumerate()
            .filter(|&(_, strength)| strength >= MIN_SCORE)
            .collect();
        ranked.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let strongest = ranked.first().map_or(0.0, |&(_, strength)| strength);
        let thresholds = [
            MIN_SCORE,
            MIN_SHARE_OF_STRONGEST[0] * strongest,
            MIN_SHARE_OF_STRONGEST[1] * strongest,
        ];
        ranked
            .into_iter()
            .zip(thresholds)
            .take_while(|&((_, strength), threshold)| strength >= threshold)
            .map(|((label, strength), _)| Topic {
                label: self.labels()[label].name.clone(),
                score: strength / (strength + HALF_SCORE_STRENGTH),
                evidence: self.evidence_for(label, &terms),
            })
            .collect()
    }

    /// The words of the table in an article, in the order in which they are first seen.
    fn find_terms<'a>(&self, article: &'a Article) -> Vec<TermMatch<'a>> {
        let mut places = vec![None::<u32>; self.vocabulary.len()];
        let mut terms: Vec<TermMatch<'a>> = Vec::new();
        let mut look = |part: &'a str, see: &dyn Fn(&mut TermMatch<'a>)| {
            let folded = text::fold(part);
            for (word, span) in self.vocabulary.find(&folded.text) {
                let place = *places[word].get_or_insert_with(|| {
                    let printed = part.get(folded.origin(span)).unwrap_or_default();
                    terms.push(TermMatch { word, printed, mentions: 0.0, share: 0.0 });
                    terms.len() as u32 - 1
                });
                see(&mut terms[place as usize]);
            }
        };
        for part in [&article.kicker, &article.title, &article.subtitle].into_iter().flatten() {
            look(part, &|term| term.share = TITLE_BOOST);
        }
        look(&article.body, &|term| term.mentions += 1.0);
        let length = article.body.chars().count() as f32;
        let saturation = SATURATION * (0.5 + 0.5 * length / TYPICAL_LENGTH);
        for term in &mut terms {
            term.share += term.mentions / (term.mentions + saturation);
        }
        terms
    }

    /// The words that add most to a label, strongest first, without those of negative weight.
    fn evidence_for(&self, label: usize, terms: &[TermMatch]) -> Vec<String> {
        let mut telling: Vec<(f32, &str)> = terms
            .iter()
            .flat_map(|term| {
                let weights = self.vocabulary.weights(term.word).iter();
                weights
                    .filter(|sense| sense.label == label && sense.weight > 0.0)
                    .map(|sense| (sense.weight * term.share, term.printed))
            })
            .collect();
        // The sort is stable: words with the same effect stay in the order of the text.
        telling.sort_by(|a, b| b.0.total_cmp(&a.0));
        telling.truncate(MAX_EVIDENCE);
        telling.into_iter().map(|(_, printed)| printed.to_owned()).collect()
    }
}

/// A word of the table with its occurrences in an article.
#[derive(Debug)]
struct TermMatch<'a> {
    word: usize,
    /// The word as printed at its first occurrence.
    printed: &'a str,
    /// Occurrences in the body.
    mentions: f32,
    /// The factor of the weight: the parenthesis of the formula.
    share: f32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn labels_of(title: &str, body: &str) -> Vec<String> {
        let article =
            Article { title: Some(title.into()), body: body.into(), ..Article::default() };
        TopicClassifier::built_in()
            .classify(&article)
            .into_iter()
            .map(|topic| topic.label)
            .collect()
    }

    #[test]
    fn the_built_in_table_has_the_23_labels_with_their_explanations_and_codes() {
        let topics = TopicClassifier::built_in();
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
        let topics = TopicClassifier::built_in().classify(&article);
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
        let passing = TopicClassifier::built_in().classify(&Article { body, ..Article::default() });
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
        let topics = TopicClassifier::parse(
            "neutral = \"\"\n[[topic]]\nlabel = \"甲\"\ncovers = \"甲。\"\ngovcn = []\niptc = []\n\
             [topic.words]\n5 = \"苹果\"\n-5 = \"手机\"\n",
        )
        .expect("a small table");
        let of = |body: &str| topics.classify(&Article { body: body.into(), ..Article::default() });
        assert_eq!(of("苹果熟了").len(), 1);
        assert!(of("苹果手机").is_empty());
    }
}
