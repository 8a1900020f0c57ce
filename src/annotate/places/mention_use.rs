//! What a sentence does with the name of a division: is it where something happens, or is it part of
//! another name, a dateline, a list, an exception?
//!
//! Read from the words around the name (`context_words`), as a reader does who skims: no parser.

use super::context_words::{WordList, context_words};
use super::passage_cues::SENTENCE_ENDS;
use crate::text::surnames::is_surname;

/// What a sentence does with a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum MentionUse {
    /// Its offices act, or it is the subject: 寿阳县公安局, 广东省出台.
    Subject,
    /// Something happens there: 在, 来到, 位于.
    Scene,
    /// None of the others.
    Plain,
    /// One of several in a row.
    Listed,
    /// Where the state meets: 在北京闭幕, 北京人民大会堂.
    Venue,
    /// In the name of an event, a text or a thing: 杭州峰会, 《北京宣言》.
    Title,
    /// Where somebody is from, or held an office before: 江苏邳州籍, 历任运城市公安局局长.
    Native,
    /// An end of a way: 合肥至湖州.
    Route,
    /// What something is measured by: 高于北京.
    Compared,
    /// The dateline: 中新社北京7月27日电.
    Dateline,
    /// The name of a paper, or words below the text: 北京日报, 来源：西安发布.
    Outlet,
    /// What is expressly left out: 不含长垣市.
    Excluded,
    /// In the name of a company or a school.
    Organisation,
}

impl MentionUse {
    /// Whether the name speaks for the division at all.
    pub(crate) fn is_silent(self) -> bool {
        matches!(self, Self::Excluded | Self::Organisation)
    }

    /// Whether it says where the report comes from.
    pub(crate) fn is_origin(self) -> bool {
        matches!(self, Self::Dateline | Self::Outlet)
    }

    /// How much it says that the article is about the division; 1 for a plain mention.
    pub(crate) fn weight(self) -> f32 {
        match self {
            Self::Subject => 1.6,
            Self::Scene => 1.4,
            Self::Plain => 1.0,
            Self::Route => 0.4,
            Self::Listed => 0.3,
            Self::Title => 0.2,
            Self::Venue
            | Self::Native
            | Self::Compared
            | Self::Dateline
            | Self::Outlet
            | Self::Excluded
            | Self::Organisation => 0.0,
        }
    }
}

/// The text on both sides of a name, and the name itself, with the names of what it lies in.
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is a cue of its own")]
pub(crate) struct NameContext<'t> {
    /// Before the outermost name: before 湖北省 of 湖北省黄石市.
    pub(crate) before: &'t str,
    pub(crate) after: &'t str,
    /// Before and after the list of names that it stands in; of a name alone, the same.
    pub(crate) before_list: &'t str,
    pub(crate) after_list: &'t str,
    /// Whether it says what it is: 黄石市 and not 黄石.
    pub(crate) is_full: bool,
    /// Whether the name of what it lies in stands before it.
    pub(crate) is_located: bool,
    /// Whether it is the capital, in which the state meets.
    pub(crate) is_capital: bool,
    /// Whether it stands where a report says who made it: at its beginning or its end.
    pub(crate) at_edge: bool,
    /// How many names of the same rank stand in a row, with nothing but 、 and 和 between.
    pub(crate) row: usize,
    /// Whether it stands in the list of the offices that somebody held.
    pub(crate) in_career: bool,
    /// Whether 至, 到 or a dash alone divides it from another name.
    pub(crate) on_route: bool,
}

/// The most characters between a name and such an ending.
const MAX_ORGANISATION_CHARS: usize = 8;
/// Characters that no name of an organisation contains.
const NO_NAME: &str =
    "的在了是和与及为将被把对向从到有这那其于至等也都就后前时日月年,.。、;:!?\"'《》 \n";
/// The least number of names that make a list of places.
const MIN_LISTED: usize = 3;
/// The most characters of a day in a dateline: 2023年12月27日.
const MAX_DAY_CHARS: usize = 14;

impl NameContext<'_> {
    pub(crate) fn classify(&self) -> MentionUse {
        let words = context_words();
        let ends = |list: &WordList| list.end(self.before);
        let goes_on = |list: &WordList| list.begin(self.after);
        if self.is_dateline() {
            return MentionUse::Dateline;
        }
        if self.is_footer() {
            return MentionUse::Outlet;
        }
        if goes_on(&words.outlets) {
            return if self.at_edge { MentionUse::Outlet } else { MentionUse::Organisation };
        }
        if words.exclusions.end(self.before_list) {
            return MentionUse::Excluded;
        }
        if !goes_on(&words.offices) && self.is_in_organisation() {
            return match self.is_full {
                _ if goes_on(&words.public_services) => MentionUse::Subject,
                true => MentionUse::Title,
                false => MentionUse::Organisation,
            };
        }
        if self.row >= MIN_LISTED || self.is_beside_others() {
            return MentionUse::Listed;
        }
        if self.on_route {
            return MentionUse::Route;
        }
        if words.comparisons.end(self.before_list) || words.after_compared.begin(self.after_list) {
            return MentionUse::Compared;
        }
        let is_from = words.natives.begin(self.after_list) || words.from.end(self.before_list);
        if is_from || self.in_career {
            return MentionUse::Native;
        }
        if !self.is_full && goes_on(&words.named_after) || self.is_quoted_title() {
            return MentionUse::Title;
        }
        if self.is_capital && goes_on(&words.state_venues) || goes_on(&words.state_acts) {
            return MentionUse::Venue;
        }
        if goes_on(&words.offices) || self.opens_clause() && goes_on(&words.acts) {
            return MentionUse::Subject;
        }
        if ends(&words.prepositions)
            || self.is_located
            || goes_on(&words.residents)
            || self.is_home()
        {
            return MentionUse::Scene;
        }
        if self.opens_clause() && self.after.starts_with(':') {
            return MentionUse::Subject;
        }
        MentionUse::Plain
    }

    /// Whether it stands in a list whose other entries are no divisions: 香港、开曼群岛.
    fn is_beside_others(&self) -> bool {
        let ends = |c: char| !c.is_alphanumeric() || "和及与等两三四五六七八九".contains(c);
        let closes = || self.after_list.chars().next().is_none_or(ends);
        self.after_list.starts_with('、')
            || self.before_list.ends_with('、') && (self.row > 1 || closes())
    }

    /// Whether somebody lives there: 无锡的周先生.
    fn is_home(&self) -> bool {
        let Some(person) = self.after.strip_prefix('的') else { return false };
        let mut characters = person.chars();
        characters.next().is_some_and(is_surname)
            && context_words().persons.begin(characters.as_str())
    }

    /// Whether the name and perhaps a day stand before 电 or 讯.
    fn is_dateline(&self) -> bool {
        let is_day =
            |c: char| c.is_ascii_digit() || "年月日 〇一二三四五六七八九十廿卅".contains(c);
        let rest = self.after.trim_start_matches(is_day);
        let day = &self.after[..self.after.len() - rest.len()];
        let Some(behind) = rest.strip_prefix(['电', '讯']).or_else(|| rest.strip_prefix("消息"))
        else {
            return false;
        };
        let dated = day.contains('日') && day.chars().count() <= MAX_DAY_CHARS;
        let closed = behind.chars().next().is_none_or(|c| !c.is_alphanumeric());
        dated || day.trim().is_empty() && closed
    }

    /// Whether the sentence that it stands in says who made or printed the text.
    fn is_footer(&self) -> bool {
        let near = last_chars(self.before, 10).rsplit(SENTENCE_ENDS).next().unwrap_or_default();
        let near = near.trim_end_matches([':', ' ', '|', '/', '@', '【', '(']);
        context_words().footers.end(near)
    }

    fn is_in_organisation(&self) -> bool {
        let near = first_chars(self.after, MAX_ORGANISATION_CHARS + 3);
        let run = near.split(|c| NO_NAME.contains(c)).next().unwrap_or_default();
        let words = context_words();
        words.organisations.iter().any(|ending| {
            // 科技特派员 and 保险业 go on as other words; a company's name ends there, or in 公司.
            let behind = run.find(ending).map(|at| &run[at + ending.len()..]);
            behind.is_some_and(|behind| {
                words.sure_organisations.contains(ending) && !behind.starts_with('生')
                    || behind.chars().next().is_none_or(|c| !c.is_alphanumeric())
            })
        })
    }

    /// Whether it stands in 《》.
    fn is_quoted_title(&self) -> bool {
        let near = last_chars(self.before, 20);
        match (near.rfind('《'), near.rfind('》')) {
            (Some(open), Some(closed)) => open > closed,
            (Some(_), None) => true,
            _ => false,
        }
    }

    /// Whether it stands where a clause begins.
    fn opens_clause(&self) -> bool {
        self.before
            .chars()
            .next_back()
            .is_none_or(|c| !c.is_alphanumeric() || c == '日' || c == '来')
    }
}

/// The last characters of a text.
fn last_chars(text: &str, count: usize) -> &str {
    let start = text.char_indices().rev().take(count).last().map_or(text.len(), |(at, _)| at);
    &text[start..]
}

/// The first characters of a text.
fn first_chars(text: &str, count: usize) -> &str {
    let end = text.char_indices().nth(count).map_or(text.len(), |(at, _)| at);
    &text[..end]
}
