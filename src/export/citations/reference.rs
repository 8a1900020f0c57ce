//! What is stated when an article is cited, before any style or format has its say.

use crate::model::{Basis, CivilDate, DateNote, IssueDate, Kind, Record, WEB_PAGES};

/// Length of the beginning of the text that replaces a missing title, in characters.
const STAND_IN: usize = 20;
/// Length beyond which a part is cut: what is longer was read wrongly.
const MAX_CHARS: usize = 400;

/// Genres of documents that are laws and regulations, by the end of their names.
const LAWS: [&str; 6] = ["法", "条例", "规定", "办法", "细则", "章程"];

/// Ends of the names of bulletins; what else ends in 报 is a newspaper.
const BULLETINS: [&str; 14] = [
    "公报", "政报", "通报", "简报", "专报", "月报", "季报", "剪报", "内参", "汇编", "摘编", "文摘",
    "信息", "动态",
];
/// Ends of the names of sites.
const SITES: [&str; 4] = ["网", "在线", "客户端", "公众号"];

/// What sort of source it is, and with it which parts are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ReferenceForm {
    /// An article in a newspaper, a document that is printed there too.
    Newspaper,
    /// 析出文献: an item of a bulletin, reprinted there or first printed.
    Excerpt,
    /// 公文 in a bulletin or by itself, that is neither of the next two.
    Document,
    /// 报告.
    Report,
    /// 条例, 办法, ….
    Law,
    /// A page of a site.
    WebPage,
}

/// The time of a source. An interval of days is its month, its year or its years: never a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum CitedTime {
    Day(CivilDate),
    /// Year and month.
    Month(i16, i8),
    Year(i16),
    /// The first year and the last.
    Years(i16, i16),
}

/// A time, and whether it stands in square brackets (8.8.4.3 of the standard: 估计的出版年).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct CitedDate {
    pub time: CitedTime,
    pub is_estimated: bool,
}

/// The parts of a reference; each is one line without control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ReferenceParts {
    pub id: String,
    pub form: ReferenceForm,
    /// Reporters and correspondents, else photographers; of a document its issuer; of an item of a
    /// bulletin without a byline the outlet that it was taken from.
    pub authors: Vec<String>,
    /// 正题名; in square brackets if the article has none and it was made of its text.
    pub title: String,
    /// 其他题名信息: the subtitle, without the dash before it.
    pub subtitle: Option<String>,
    /// 文号.
    pub docno: Option<String>,
    /// The paper, bulletin or site: the publication, and where none is known, the outlet.
    pub host: Option<String>,
    /// Where it was first printed, if that is not the host.
    pub first_outlet: Option<String>,
    /// The number of the issue.
    pub issue: Option<String>,
    /// 版.
    pub page: Option<String>,
    pub date: Option<CitedDate>,
    pub url: Option<String>,
    /// The day on which the page was saved.
    pub accessed: Option<CivilDate>,
}

impl ReferenceParts {
    pub(super) fn of(record: &Record) -> Self {
        let part = |text: &Option<String>| text.as_deref().and_then(one_line);
        let (publication, outlet) = (part(&record.publication), part(&record.outlet));
        let first_outlet = outlet
            .clone()
            .filter(|outlet| publication.as_ref().is_some_and(|publication| publication != outlet));
        let form = form(record);
        let mut authors = authors(record);
        if authors.is_empty() && form == ReferenceForm::Excerpt {
            authors.extend(first_outlet.clone());
        }
        let (title, subtitle) = title(record);
        Self {
            id: record.id.0.clone(),
            form,
            authors,
            title,
            subtitle,
            docno: part(&record.docno).filter(|_| record.kind == Kind::Document),
            issue: part(&record.issue.number),
            page: part(&record.page),
            date: date(record, form, publication.is_none() && outlet.is_some()),
            host: publication.or(outlet),
            first_outlet,
            url: part(&record.url),
            accessed: record.accessed,
        }
    }

    /// One that is in no archive, with something in every part.
    pub(super) fn made_up() -> Self {
        let text = |text: &str| Some(text.to_owned());
        let day = CivilDate::constant(2000, 1, 2);
        Self {
            id: "-".to_owned(),
            form: ReferenceForm::Newspaper,
            authors: ["甲", "乙", "丙", "丁"].map(str::to_owned).to_vec(),
            title: "题名".to_owned(),
            subtitle: text("副题"),
            docno: text("文号"),
            host: text("报纸"),
            first_outlet: text("来源"),
            issue: text("期"),
            page: text("1"),
            date: Some(CitedDate { time: CitedTime::Day(day), is_estimated: false }),
            url: text("https://example.org/"),
            accessed: Some(day),
        }
    }

    /// Title and subtitle, with this between them.
    pub(super) fn whole_title(&self, colon: &str) -> String {
        match &self.subtitle {
            Some(subtitle) => format!("{}{colon}{subtitle}", self.title),
            None => self.title.clone(),
        }
    }

    /// Where it was first printed, if that is not named as the author already.
    pub(super) fn unnamed_outlet(&self) -> Option<&String> {
        self.first_outlet.as_ref().filter(|outlet| !self.authors.contains(outlet))
    }
}

fn form(record: &Record) -> ReferenceForm {
    let publication = record.publication.as_deref().unwrap_or_default();
    let is_bulletin = BULLETINS.iter().any(|bulletin| publication.ends_with(bulletin));
    let is_newspaper = publication.ends_with('报') && !is_bulletin;
    if record.page.is_some() || is_newspaper {
        return ReferenceForm::Newspaper;
    }
    let source = record.source.to_lowercase();
    let is_saved = WEB_PAGES.iter().any(|end| source.ends_with(end));
    if is_saved || record.url.is_some() || SITES.iter().any(|site| publication.ends_with(site)) {
        return ReferenceForm::WebPage;
    }
    if record.kind == Kind::Document && (record.docno.is_some() || record.issuer.is_some()) {
        let genre = record.genre.as_ref().map_or("", |genre| genre.label.as_str());
        return match genre {
            "报告" => ReferenceForm::Report,
            _ if LAWS.iter().any(|law| genre.ends_with(law)) => ReferenceForm::Law,
            _ => ReferenceForm::Document,
        };
    }
    let is_numbered = record.issue.number.is_some() && !publication.is_empty();
    if is_bulletin || is_numbered { ReferenceForm::Excerpt } else { ReferenceForm::Newspaper }
}

fn authors(record: &Record) -> Vec<String> {
    let byline = &record.byline;
    let lines = |names: &[String]| names.iter().filter_map(|name| one_line(name)).collect();
    let issuer = record.issuer.as_deref().and_then(one_line);
    if let (Kind::Document, Some(issuer)) = (record.kind, issuer) {
        return vec![issuer];
    }
    let mut written: Vec<String> = lines(&byline.reporters);
    written.extend(lines(&byline.correspondents));
    if written.is_empty() { lines(&byline.photographers) } else { written }
}

/// The title and the subtitle. A dash that was printed before the subtitle is left out: the colon
/// stands for it.
fn title(record: &Record) -> (String, Option<String>) {
    let subtitle = record.subtitle.as_deref().and_then(one_line);
    let subtitle = subtitle.map(|text| text.trim_start_matches(DASHES).to_owned());
    let subtitle = subtitle.filter(|text| !text.is_empty());
    let Some(title) = record.title.as_deref().and_then(one_line) else {
        return (format!("[{}]", stand_in(&record.body)), subtitle);
    };
    // The lines of a document's title are one sentence; those of a headline are not.
    let title = if record.kind == Kind::Document { joined(&title) } else { title };
    match title.split_once(" ——") {
        Some((title, rest)) if subtitle.is_none() && !title.is_empty() => {
            let rest = rest.trim_start_matches(DASHES);
            (title.to_owned(), Some(rest.to_owned()).filter(|rest| !rest.is_empty()))
        }
        _ => (title, subtitle),
    }
}

const DASHES: [char; 5] = ['—', '－', '-', '―', ' '];

/// The beginning of the text, which stands for a title.
fn stand_in(body: &str) -> String {
    let Some(first) = body.lines().find_map(one_line) else { return "无题名".to_owned() };
    let mut start: String = first.chars().take(STAND_IN).collect();
    if start.len() < first.len() {
        start.push('…');
    } else {
        start.truncate(start.trim_end_matches('。').len());
    }
    if start.is_empty() { first } else { start }
}

/// The text without the blanks between Han characters.
fn joined(title: &str) -> String {
    let is_wide = |c: Option<char>| c.is_some_and(|c| c >= '\u{2e80}');
    let mut out = String::with_capacity(title.len());
    let mut rest = title.chars().peekable();
    while let Some(c) = rest.next() {
        if c != ' ' || !(is_wide(out.chars().next_back()) && is_wide(rest.peek().copied())) {
            out.push(c);
        }
    }
    out
}

/// The time of the issue. An article whose paper is known only as the outlet that it was taken from
/// was printed there on another day: its own date stands in brackets. One that is in no paper is of the
/// day that it states, whatever was inferred of an issue from it.
fn date(record: &Record, form: ReferenceForm, is_of_outlet: bool) -> Option<CitedDate> {
    let (issue, own) = (&record.issue.date, &record.date);
    let is_stated = match own.basis {
        Basis::Given | Basis::Curation => true,
        Basis::Signature => record.kind == Kind::Document,
        _ => false,
    };
    let is_inferred = issue.basis == Basis::Inferred;
    let is_alone = record.publication.is_none() && is_inferred && is_stated;
    if (form == ReferenceForm::WebPage || !is_of_outlet)
        && !is_alone
        && let Some(time) = of_issue(issue)
    {
        return Some(CitedDate { time, is_estimated: is_inferred });
    }
    of_article(own).map(|time| CitedDate { time, is_estimated: !is_stated })
}

fn of_issue(issue: &IssueDate) -> Option<CitedTime> {
    issue.value.map(CitedTime::Day).or_else(|| period(issue.not_before?, issue.not_after?))
}

/// The value of an interval is its last day; where the interval is longer, it counts.
fn of_article(note: &DateNote) -> Option<CitedTime> {
    match (note.not_before, note.not_after) {
        (Some(first), Some(last)) => period(first, last),
        _ => note.value.map(CitedTime::Day),
    }
}

fn period(first: CivilDate, last: CivilDate) -> Option<CitedTime> {
    let (from, to) = (first.year(), last.year());
    if first > last || from < 1 {
        return None;
    }
    Some(if first == last {
        CitedTime::Day(first)
    } else if from != to {
        CitedTime::Years(from, to)
    } else if first.month() != last.month() {
        CitedTime::Year(from)
    } else {
        CitedTime::Month(from, first.month())
    })
}

/// The text in one line, without control characters and marks of direction, not longer than a part
/// can be; `None` if nothing is left.
fn one_line(text: &str) -> Option<String> {
    let is_blank = |c: char| c.is_whitespace() || c.is_control() || is_mark(c);
    let mut line = String::with_capacity(text.len());
    for word in text.split(is_blank).filter(|word| !word.is_empty()) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    if let Some((end, _)) = line.char_indices().nth(MAX_CHARS) {
        line.truncate(end);
        line.push('…');
    }
    Some(line).filter(|line| !line.is_empty())
}

/// Characters that are not seen: zero-width ones, marks of direction, of the byte order, and those
/// that no text has.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff0}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}')
}
