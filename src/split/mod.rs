//! Where does an article begin and end, what is its headline, and what are the other lines?
//!
//! Sequence labelling over the whole file, with a linear-chain conditional random field (Lafferty,
//! McCallum and Pereira, ICML 2001). Pure: no file is opened and nothing fails; an uncertain cut has
//! a low confidence.
//!
//! 1. `layout`: `unit` joins the lines of wrapped paragraphs to units; `boilerplate` and `contents`
//!    set aside page furniture and tables of contents.
//! 2. `features` computes the features of each unit from its text (`shape`, `patterns`), its
//!    neighbours, the conventions of the file (`style`), lexical cohesion (`cohesion`) and the titles
//!    that the contents list (`align`); `learned` those whose weights are fitted alone, among them
//!    what recurs in the publication ([`Habits`]).
//!    On pages, `place` joins lines by where they stand and adds what they are printed like.
//! 3. `weights` gives the scores of labels (`labels`): set by hand (`weights.tsv`, `transitions`), and
//!    fitted from there on pages with known boundaries (`fitted.tsv`, [`fit`]).
//! 4. `decode` finds the best label sequence (Viterbi) and the posterior probability of each article
//!    start (forward–backward). A first pass, with the weights set by hand, gives a feature of the
//!    second. `segments` then weighs whole segments between likely starts and chooses those that the
//!    articles begin with. `labelling` does this for a file.
//! 5. `assemble` reads articles off the labels; `headline`, `body` and `kinds` fill in their parts.

mod align;
mod assemble;
mod body;
mod boilerplate;
#[cfg(test)]
mod boilerplate_tests;
mod cohesion;
mod contents;
mod context;
mod decode;
mod features;
pub mod fit;
mod headline;
mod joins;
mod kinds;
mod labelling;
mod labels;
mod layout;
mod learned;
mod page_numbers;
mod parts;
mod patterns;
mod place;
pub mod rearrange;
mod segments;
mod shape;
mod staff;
mod start;
mod style;
mod transitions;
mod trees;
mod unit;
mod vectors;
mod weights;
mod weights_error;

use crate::model::{LineRole, SourceText, SplitFile};

pub use learned::Habits;
pub use weights_error::{WeightsError, WeightsProblem};

use labelling::{Evidence, Labelling};
use layout::FileLayout;
use learned::FrameShares;
use place::LAYOUT;
use segments::EVIDENCE_GROUPS;
use start::StartPosterior;
use weights::{BY_HAND, FITTED, Weights};

/// The names of the features that are computed, and of the groups in which fitted ones are told: a
/// [`Reason`](crate::model::Reason) has one as its rule, or `first:本` and the like for characters.
pub fn features() -> impl Iterator<Item = &'static str> {
    let segments = EVIDENCE_GROUPS.iter().map(|(_, rule)| *rule);
    let printed = LAYOUT.names();
    BY_HAND.names().chain(printed).chain(["forms", "habits", "words", kinds::RULE]).chain(segments)
}

/// The forms of the lines of a file, as fitted features name them: for each paragraph or line of a
/// headline the number of its first line, and its form.
#[must_use]
pub fn line_forms(source: &SourceText) -> Vec<(u32, &'static str)> {
    let units = FileLayout::of(source).units;
    let forms = learned::form_names(&units);
    units.iter().zip(forms).map(|(unit, form)| (source.lines[unit.line()].number, form)).collect()
}

/// Splits a file into articles, by the weights of the program and the habits of this file alone.
/// Every line gets a role, and an owner if it belongs to an article.
#[must_use]
pub fn split(source: &SourceText) -> SplitFile {
    Splitter::default().split_alone(source)
}

/// Splits files by a table of weights: that of the program, unless it is made otherwise.
#[derive(Default)]
pub struct Splitter(Table);

#[derive(Default)]
enum Table {
    #[default]
    Program,
    ByHand,
    Fitted(Box<Weights>),
}

impl Splitter {
    /// Reads a table that fitting ([`fit`]) wrote.
    ///
    /// # Errors
    ///
    /// When the table is not of that form, or was fitted for other features than this program has.
    pub fn from_table(table: &str) -> Result<Self, WeightsError> {
        Ok(Self(Table::Fitted(Box::new(Weights::read_file(table)?))))
    }

    /// The weights that are set by hand, before any fitting.
    #[must_use]
    pub fn by_hand() -> Self {
        Self(Table::ByHand)
    }

    /// The habits of a publication, from texts of it: what recurs in them, and what stands around the
    /// starts of their items.
    #[must_use]
    pub fn habits<'a>(&self, texts: impl Iterator<Item = &'a SourceText> + Clone) -> Habits {
        habits_by(texts, self.weights())
    }

    /// Splits a file by the habits of its publication. Every line gets a role, and an owner if it
    /// belongs to an article.
    #[must_use]
    pub fn split(&self, source: &SourceText, habits: &Habits) -> SplitFile {
        split_by(source, FileLayout::of(source), habits, self.weights())
    }

    /// Splits a file as [`Self::split`] does, by the habits of this file alone.
    #[must_use]
    pub fn split_alone(&self, source: &SourceText) -> SplitFile {
        let layout = FileLayout::of(source);
        let mut habits = Habits::default();
        habits.add_units(&layout.units);
        split_by(source, layout, &habits, self.weights())
    }

    fn weights(&self) -> &Weights {
        match &self.0 {
            Table::Program => &FITTED,
            Table::ByHand => &BY_HAND,
            Table::Fitted(weights) => weights,
        }
    }
}

/// First what recurs is counted, then with it the shares of starts.
fn habits_by<'a>(texts: impl Iterator<Item = &'a SourceText> + Clone, weights: &Weights) -> Habits {
    let mut habits = Habits::default();
    texts.clone().for_each(|text| habits.add(text));
    if weights.trees.is_empty() {
        return habits;
    }
    let mut starts = FrameShares::default();
    for text in texts {
        let evidence = Evidence::of(&FileLayout::of(text), &habits);
        let posteriors = evidence.starts(weights);
        let totals: Vec<f32> = posteriors.into_iter().map(StartPosterior::total).collect();
        learned::add_starts(&mut starts, &evidence.forms, &totals);
    }
    habits.starts = starts;
    habits
}

fn split_by(
    source: &SourceText,
    layout: FileLayout,
    habits: &Habits,
    weights: &Weights,
) -> SplitFile {
    let outlets = style::outlets(&layout.units);
    let labelling = Labelling::of(source, &layout, habits, weights);
    let FileLayout { contents, boilerplate, places, .. } = layout;
    let mut split_file = SplitFile {
        roles: roles_by_form(source, &boilerplate),
        owners: vec![None; source.lines.len()],
        publication: boilerplate.publication,
        issue: boilerplate.issue,
        contents: contents.entries,
        ..SplitFile::default()
    };
    let file =
        assemble::LabelledFile { source, weights, labelling: &labelling, places: &places, outlets };
    let articles = assemble::assemble(&file, &mut split_file.roles, &mut split_file.owners);
    for (unit, found) in &labelling.matches {
        let line = labelling.units[*unit].line();
        let titled = matches!(split_file.roles[line], LineRole::Title | LineRole::Kicker);
        if titled && let Some(entry) = split_file.contents.get_mut(found.entry) {
            entry.article = split_file.owners[line];
        }
    }
    split_file.articles = articles;
    if source.stated.is_empty() { split_file } else { rearrange::as_stated(source, split_file) }
}

/// The roles of lines that their form alone decides. The others are stray until they are labelled.
fn roles_by_form(source: &SourceText, boilerplate: &boilerplate::Boilerplate) -> Vec<LineRole> {
    (0..source.lines.len())
        .map(|index| match boilerplate.roles.get(&index) {
            _ if source.line(index).trim().is_empty() => LineRole::Blank,
            Some(&role) => role,
            None => LineRole::Stray,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Article, Kind, LineRange};

    /// Title, kind and lines of each article, one per line.
    fn cut(page: &str) -> Vec<String> {
        let split_file = split(&SourceText::from_text("page.txt", page));
        let line = |article: &Article| {
            let lines: Vec<String> =
                article.lines.iter().map(|LineRange(a, b)| format!("{a}-{b}")).collect();
            let title = article.title.as_deref().unwrap_or("·");
            format!("{} {} {title}", article.kind.as_str(), lines.join(","))
        };
        split_file.articles.iter().map(line).collect()
    }

    const WELL: &str = "镇里的老水井今年重新淘了一遍，井壁换上青石，井台加了护栏，附近三十户人家又喝上了井水。淘井的师傅说，这口井少说也有两百年。";
    const SHIP: &str = "船厂昨天把最后一条木帆船送进了展览馆，船身上的桐油还没有干透。掌墨师傅站在船头，舍不得下来，说往后再也造不出这样的船了。";

    #[test]
    fn a_headline_behind_its_text_goes_to_the_text_whose_words_it_has() {
        let page = format!(
            "本报讯（记者 甘棠）{WELL}\n\n老水井换了青石壁\n\n三十户又喝井水\n\n木帆船进了展览馆\n\n本报讯（记者 甘棠）{SHIP}"
        );
        assert_eq!(
            cut(&page),
            ["news 1-5 老水井换了青石壁 三十户又喝井水", "news 7-9 木帆船进了展览馆"]
        );
    }

    #[test]
    fn a_picture_between_two_articles_is_one_of_its_own() {
        let page = format!(
            "老水井换了青石壁\n\n本报讯（记者 甘棠）{WELL}\n\n\n\n3月4日，县城东门的早市上，菜农把头茬香椿摆上摊。\n\n本报记者 甘棠 摄\n\n木帆船进了展览馆\n\n本报讯（记者 甘棠）{SHIP}"
        );
        assert_eq!(
            cut(&page),
            ["news 1-3 老水井换了青石壁", "photo 7-9 ·", "news 11-13 木帆船进了展览馆"]
        );
    }

    #[test]
    fn a_document_owns_its_number_its_chapters_and_its_signature() {
        let page = "某县人民政府\n\n关于修缮老水井的通知\n\n某政〔2019〕7号\n\n各乡镇人民政府：\n\n为了保护全县的老水井，现就有关事项通知如下。\n\n一、登记\n\n各村在本月底以前把井的位置、深度和用途登记清楚。\n\n二、修缮\n\n塌了壁的井由县里出料，村里出工。\n\n某县人民政府\n\n2019年3月4日";
        let split_file = split(&SourceText::from_text("page.txt", page));
        let [article] = split_file.articles.as_slice() else { panic!("{:?}", cut(page)) };
        assert_eq!(article.kind, Kind::Document);
        assert_eq!(article.title.as_deref(), Some("某县人民政府 关于修缮老水井的通知"));
        assert_eq!(article.docno.as_deref(), Some("某政〔2019〕7号"));
        assert!(
            article.body.starts_with("各乡镇人民政府：") && article.body.ends_with("2019年3月4日")
        );
    }

    #[test]
    fn nothing_at_all_is_cut_into_nothing() {
        assert!(cut("").is_empty());
        assert!(cut("\n \n\t\n").is_empty());
    }
}
