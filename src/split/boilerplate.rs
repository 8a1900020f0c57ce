//! Boilerplate that is recognised by the form of the line alone: covers, mastheads, running heads,
//! page numbers, rules, web navigation, and the colophon. Also reads publication and issue from it.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::page_numbers::page_numbers;
use super::patterns::pattern;
use super::place;
use super::place::FilePlaces;
use super::shape;
use super::staff;
use crate::model::{CivilDate, Issue, IssueDate, LineRole, SourceText};

pattern!(RULE, r"^[\s\-=_*—–·.~～•丨─━＿]+$");
pattern!(
    PAGE_NUMBER,
    r"^[\s\-—–·•.]*(?:第\s*\d{1,4}|[\-—–]\s*\d{4}\s*[\-—–]|\d{1,3}|[A-D]\d{1,2})\s*(?:[页頁版])?[\s\-—–·•.]*$|^[\s\-—–·]*\d{1,4}\s*/\s*\d{1,4}[\s\-—–·]*$"
);
pattern!(
    WEB,
    r"(?:首页|主页)\s*[>»›/]|(?:您|你)?(?:当前|所在)(?:的)?位置\s*[:：]|\S\s*[>»›]\s*\S+\s*[>»›]\s*\S|^(?:上一篇|下一篇|分享到|相关阅读|相关新闻|版权声明|关闭窗口|打印本页|返回顶部|【?(?:打印|收藏|关闭)】?)\s*(?:[:：]|$)"
);
pattern!(WEEKDAY, r"星期[一二三四五六日天]|禮拜[一二三四五六日天]?");
pattern!(
    DATE,
    r"((?:19|20)\d{2})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日|((?:19|20)\d{2})[-./](\d{1,2})[-./](\d{1,2})"
);
pattern!(
    DATE_PART,
    r"^(?:中华民国|中華民國|公元|西[历曆])?[〇○零一二三四五六七八九十廿卅百元\d０-９]{1,5}年$|^[一二三四五六七八九十廿卅正元腊\d０-９]{1,3}月(?:[初一二三四五六七八九十廿卅\d０-９]{1,3}日?)?$"
);
pattern!(
    PAGE_LABEL,
    r"(?:第\s*[\d一二三四五六七八九十]{1,3}\s*版|^[A-D]?\d{1,2}\s*版|版\s*[:：]?\s*[A-D]?\d{1,2}$)|^[A-D]\d{2}\b"
);
pattern!(
    PRESS_MARK,
    r"国内统一(?:连续出版物号|刊号)|CN\s*\d{2}-|ISSN|邮发代号|总第\s*\d+\s*[期号]|第\s*\d{3,6}\s*[期号]|今日\s*\d+\s*版|代号\s*\d+|农历|農曆"
);
pattern!(
    NUMBER_OF_ISSUE,
    r"(?:^|[\s　])[（(]?[总總]?第\s*[\d〇○零一二三四五六七八九十百]{1,5}\s*期"
);
pattern!(
    ISSUE_NUMBER,
    r"(?:(?:19|20)\d{2}|[二一][〇○九][〇○一二三四五六七八九]{2})\s*年\s*第\s*[\d一二三四五六七八九十]{1,4}\s*[号期號]"
);
pattern!(
    PUBLICATION,
    r"^[《]?([\p{Han}·]{2,20}(?:公报|公報|日报|日報|晚报|晚報|晨报|商报|时报|時報|周报|週報|都市报|快报|导报|青年报|农民报|工人报|法制报|法治报|政报|通讯|简报|月刊|季刊))[》]?(?:\s|$|[（(])"
);
pattern!(
    IMPRINT,
    r"^[(（]?(?:(?:19|20)\d{2}|[二一][〇○零一二三四五六七八九]{3})\s*年\s*[\d一二三四五六七八九十]{1,3}\s*月\s*[\d一二三四五六七八九十]{1,3}\s*日\s*(?:出版|出刊|刊行|发行|编印|付印)[)）]?$"
);
pattern!(
    COLOPHON,
    r"^(?:主管主办|主办|主编|承办|协办|编辑|编印|编辑出版|责任编辑|地址|社址|电话|传真|邮编|邮政编码|邮箱|电子邮箱|投稿邮箱|网址|网站|印刷|承印|印数|出版|发行|订阅|定价|零售|准印证号?|内部资料|登记证|广告|总编辑?|副总编|社长|编委会?|编辑部|联系人|投稿|印刷单位|赠阅范围|发送对象|发送范围|印刷日期|出版日期|主管)(?:单位|部门|热线|信箱)?\s*[:：]?\s*\S*"
);

/// The boilerplate of a file, and what cover and masthead state.
pub(super) struct Boilerplate {
    /// Roles by position of the line in the source.
    pub roles: HashMap<usize, LineRole>,
    /// Those of them that are text where the lines before and after belong to one article.
    pub weak: std::collections::HashSet<usize>,
    /// Name of the publication.
    pub publication: Option<String>,
    /// Number and date of the issue.
    pub issue: Issue,
}

/// Finds the boilerplate of a file. `contents` are the lines of its table of contents.
pub(super) fn find(
    source: &SourceText,
    places: &FilePlaces,
    contents: Option<&Range<usize>>,
) -> Boilerplate {
    let mut front = Boilerplate {
        roles: HashMap::new(),
        weak: std::collections::HashSet::new(),
        publication: None,
        issue: Issue::default(),
    };
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for index in 0..source.lines.len() {
        *seen.entry(source.line(index).trim()).or_default() += 1;
    }
    let credits = credits_of_articles(source, &seen);
    let paged = page_numbers(source);
    let singles = LoneCharacters::of(&seen);
    let free = |index: usize| contents.is_none_or(|lines| !lines.contains(&index));
    for index in (0..source.lines.len()).filter(|&index| free(index)) {
        let line = source.line(index).trim();
        if line.is_empty() {
            continue;
        }
        if credits.contains(line) {
            continue;
        }
        let bare =
            line.chars().all(|c| c.is_ascii_digit() || c.is_whitespace() || "第页頁".contains(c));
        let strong = (PAGE_NUMBER.is_match(line) && (!bare || paged.contains(&index)))
            || web(line)
            || staff::names_two_offices(line)
            || IMPRINT.is_match(line)
            || masthead(line)
            || source.lines[index].place.is_some_and(|place| place.is_running);
        let before = previous(source, index);
        let goes_on = |before| place::continues(source, places, before, index) == Some(true);
        let weak = !before.is_some_and(goes_on)
            && (running_head(line, seen[line])
                || RULE.is_match(line)
                || stray(line, before.map_or("", |before| source.line(before).trim()))
                || PAGE_NUMBER.is_match(line));
        if strong || weak {
            front.roles.insert(index, LineRole::Front);
        }
        // A short rule or a lone character that occurs at most twice is noise of the scan; blanks of a
        // form, cells and numbers of sections are text.
        let rule = RULE.is_match(line) && shape::length(line) < 4 && !line.contains('*');
        let noise = (rule && seen[line] <= MAX_NOISE) || singles.is_noise(line);
        if weak && !strong && !noise {
            front.weak.insert(index);
        }
    }
    // A running head stands beside a page number or a masthead.
    let beside = |index: &usize| {
        let strong = |near: Option<usize>| {
            near.is_some_and(|near| front.roles.contains_key(&near) && !front.weak.contains(&near))
        };
        let filled = |near: &usize| !source.line(*near).trim().is_empty();
        running_head(source.line(*index).trim(), seen[source.line(*index).trim()])
            && (strong((0..*index).rev().find(filled))
                || strong((index + 1..source.lines.len()).find(filled)))
    };
    let heads: Vec<usize> = front.weak.iter().copied().filter(beside).collect();
    for index in heads {
        front.weak.remove(&index);
    }
    for index in editors_at_the_top(source).into_iter().chain(staff::at_the_foot(source)) {
        front.roles.insert(index, LineRole::Front);
    }
    for index in beside_mastheads(source, &front.roles) {
        front.roles.insert(index, LineRole::Front);
    }
    for index in place::nameplates(source, places, |near| front.roles.contains_key(&near)) {
        front.roles.insert(index, LineRole::Front);
    }
    for index in cover(source, contents) {
        front.roles.insert(index, LineRole::Front);
    }
    for run in colophons(source, &front.roles, &free) {
        for index in run {
            front.roles.insert(index, LineRole::Colophon);
        }
    }
    if let Some(lines) = contents {
        for index in lines.clone() {
            front.roles.insert(index, LineRole::Contents);
        }
    }
    read_masthead(source, &mut front);
    front
}

/// The nearest line with text before `index`.
fn previous(source: &SourceText, index: usize) -> Option<usize> {
    (0..index).rev().find(|&before| !source.line(before).trim().is_empty())
}

/// As many lone characters, or short rules of one kind, are noise of the scan; more are text.
const MAX_NOISE: usize = 2;

/// The lines of a file that are a single character.
struct LoneCharacters {
    count: usize,
    /// How many of them are numerals.
    numerals: usize,
    /// Whether such lines number sections: there is a second one.
    number: bool,
}

impl LoneCharacters {
    /// `seen` counts how often each line occurs.
    fn of(seen: &HashMap<&str, usize>) -> Self {
        let lone = || seen.iter().filter(|(line, _)| single(line) && !RULE.is_match(line));
        let numerals = lone().filter(|(line, _)| is_numeral(line));
        let number = ["二", "2", "２"].iter().any(|second| seen.contains_key(second));
        Self {
            count: lone().map(|(_, count)| count).sum(),
            numerals: numerals.map(|(_, count)| count).sum(),
            number,
        }
    }

    fn is_noise(&self, line: &str) -> bool {
        let few = if is_numeral(line) {
            !self.number && self.numerals <= MAX_NOISE
        } else {
            self.count <= MAX_NOISE
        };
        single(line) && few
    }
}

fn is_numeral(line: &str) -> bool {
    line.starts_with(|c: char| c.is_numeric() || "一二三四五六七八九十".contains(c))
}

fn single(line: &str) -> bool {
    line.chars().count() == 1
}

/// A single stray character. A letter, a stop or a closing bracket can continue the line before it if
/// that stops in the middle of a sentence: lines break even there.
fn stray(line: &str, before: &str) -> bool {
    let mut characters = line.chars();
    let (Some(one), None) = (characters.next(), characters.next()) else { return false };
    let closes = matches!(one, '，' | '、' | '；' | '：' | '」' | '』' | '”' | '）' | '》');
    // A column of a tabloid can be five characters wide.
    let width = if closes { 4 } else { 10 };
    let goes_on = shape::length(before) > width && !shape::ends_sentence(before);
    let read = (one.is_alphanumeric() || closes) && goes_on;
    !read && !shape::ends_sentence(line)
}

/// Navigation of a web page: short, and not a sentence.
fn web(line: &str) -> bool {
    shape::length(line) <= 60
        && WEB.is_match(line)
        && !shape::ends_sentence(line)
        && !line.contains(['，', '。', '；'])
}

/// 第3版 要闻 2019年5月7日 星期二; 国内统一刊号 CN….
fn masthead(line: &str) -> bool {
    let length = shape::length(line);
    let marks = [
        WEEKDAY.is_match(line),
        DATE.is_match(line),
        PAGE_LABEL.is_match(line),
        PRESS_MARK.is_match(line),
        PUBLICATION.is_match(line) && length <= 24,
    ];
    let issue = ISSUE_NUMBER.find(line).is_some_and(|found| found.end() + 3 >= line.len());
    let is_numbered = NUMBER_OF_ISSUE.is_match(line) && (marks[3] || marks[4] || only_counts(line));
    let count = marks.iter().filter(|&&mark| mark).count() + usize::from(is_numbered);
    let signed = shape::date_line(line);
    length <= 70
        && !shape::ends_sentence(line)
        && !line.contains(['，', '。', '；'])
        && !signed
        && shape::opening(line).is_none()
        && !shape::byline_line(line)
        && (issue
            || count >= 2
            || (count == 1
                && length <= 16
                && !marks[1]
                && !marks[4]
                && !is_numbered
                && (!marks[0] || weekday_stands_apart(line))
                && (!marks[2] || page_label_stands_apart(line))
                && !shape::docno_line(line))
            || (marks[3] && length <= 40)
            || (marks[4]
                && length <= 12
                && PUBLICATION.find(line).is_some_and(|found| found.end() == line.len())))
}

/// Whether the day of the week is no part of a sentence: 五月十二日星期三, 星期三 晴, and not 渡口星期三重开.
fn weekday_stands_apart(line: &str) -> bool {
    let is_edge = |c: char| c.is_whitespace() || "（）()日".contains(c);
    WEEKDAY.find(line).is_some_and(|found| {
        line[..found.start()].chars().next_back().is_none_or(is_edge)
            && line[found.end()..].chars().next().is_none_or(is_edge)
    })
}

/// Whether the number of a page is no part of a sentence: 要闻 第三版, 国际新闻第四版, and not 县志修到第五版.
fn page_label_stands_apart(line: &str) -> bool {
    const MAX_NAME: usize = 4;
    PAGE_LABEL.find(line).is_some_and(|found| {
        let before = &line[..found.start()];
        shape::length(before) <= MAX_NAME || !before.ends_with(char::is_alphanumeric)
    })
}

/// Whether a line has nothing but the number and the day of an issue and its pages: 第12期 2023年3月1日 星期三,
/// and not 第12期 中青班 2023年3月1日开班.
fn only_counts(line: &str) -> bool {
    let mut rest = line.to_owned();
    for pattern in [&NUMBER_OF_ISSUE, &ISSUE_NUMBER, &DATE, &PAGE_LABEL, &WEEKDAY] {
        rest = pattern.replace_all(&rest, " ").into_owned();
    }
    !rest.contains(char::is_alphanumeric)
}

/// A short line that repeats and contains a word of a running head. A source or byline repeats too
/// (信息来源：某某日报 under each item), and belongs to the article above it.
fn running_head(line: &str, times: usize) -> bool {
    times >= 3
        && shape::length(line) <= 30
        && ["版", "期", "页", "公报", "日报", "晚报", "第"].iter().any(|word| line.contains(word))
        && !shape::ends_sentence(line)
        && !shape::numbered(line)
        && !shape::byline_line(line)
        && !shape::table_row(line)
}

/// Lines with the paper and its day that stand between headline and text of each article, as pages of
/// an electronic paper have them one below the other: wherever one stands, a headline is above it, and
/// a source or a paragraph below.
fn credits_of_articles<'a>(
    source: &'a SourceText,
    seen: &HashMap<&'a str, usize>,
) -> std::collections::HashSet<&'a str> {
    const MIN_TIMES: usize = 3;
    const MAX_HEADLINE: usize = 34;
    let filled: Vec<&str> = (0..source.lines.len())
        .map(|index| source.line(index).trim())
        .filter(|line| !line.is_empty())
        .collect();
    let headline = |line: &str| {
        shape::length(line) <= MAX_HEADLINE && !shape::ends_sentence(line) && !masthead(line)
    };
    let below = |line: &str| shape::length(line) > MAX_HEADLINE || shape::byline_line(line);
    let mut found: std::collections::HashSet<&str> = seen
        .iter()
        .filter(|&(line, &times)| times >= MIN_TIMES && masthead(line))
        .map(|(&line, _)| line)
        .collect();
    for (place, line) in filled.iter().enumerate() {
        let above = place.checked_sub(1).map(|above| filled[above]);
        let stands =
            || above.is_some_and(headline) && filled.get(place + 1).is_some_and(|next| below(next));
        if found.contains(line) && !stands() {
            found.remove(line);
        }
    }
    found
}

/// 某某编, 某某主办 among the first lines.
fn editors_at_the_top(source: &SourceText) -> Vec<usize> {
    const LINES: usize = 12;
    let edited = |line: &str| {
        let line = DATE.find(line).map_or(line, |date| line[..date.start()].trim_end());
        (5..=26).contains(&shape::length(line))
            && ["编", "编印", "主办", "主编", "出版"].iter().any(|end| line.ends_with(end))
            && !line.contains(['，', '。', '“'])
    };
    (0..source.lines.len().min(LINES)).filter(|&index| edited(source.line(index).trim())).collect()
}

/// 某报 on a line of its own next to a running head; among the first lines also parts of its date.
fn beside_mastheads(source: &SourceText, roles: &HashMap<usize, LineRole>) -> Vec<usize> {
    const TOP: usize = 12;
    let named = |line: &str| {
        (2..=8).contains(&shape::length(line)) && line.ends_with(['报', '報', '刊', '网'])
    };
    let filled = |index: &usize| !source.line(*index).trim().is_empty();
    let top: Vec<usize> = (0..source.lines.len()).filter(filled).take(TOP).collect();
    let mut found = Vec::new();
    for index in roles.keys().copied().filter(|&index| masthead(source.line(index).trim())) {
        for near in [index.wrapping_sub(1), index + 1] {
            if near < source.lines.len() && named(source.line(near).trim()) {
                found.push(near);
            }
        }
        let Ok(place) = top.binary_search(&index) else { continue };
        let part = |index: &&usize| DATE_PART.is_match(source.line(**index).trim());
        let before: Vec<usize> = top[..place].iter().rev().take_while(part).copied().collect();
        // The name of the paper stands above its date.
        let name = top[..place - before.len()].last();
        let name = name.filter(|index| !before.is_empty() && named(source.line(**index).trim()));
        found.extend(name);
        found.extend(before);
        found.extend(top[place + 1..].iter().take_while(part));
    }
    found.retain(|index| !roles.contains_key(index));
    found
}

/// The cover: the lines before the table of contents, if all are short and one states the issue or
/// the publication.
fn cover(source: &SourceText, contents: Option<&Range<usize>>) -> Vec<usize> {
    const MAX_LINES: usize = 24;
    let Some(end) = contents.map(|lines| lines.start) else { return Vec::new() };
    let lines: Vec<usize> =
        (0..end).filter(|&index| !source.line(index).trim().is_empty()).collect();
    let short = lines.iter().all(|&index| shape::length(source.line(index)) <= 50);
    let numbered = lines.iter().any(|&index| {
        let line = source.line(index);
        ISSUE_NUMBER.is_match(line)
            || PRESS_MARK.is_match(line)
            || PUBLICATION.is_match(line.trim())
            || DATE.is_match(line)
    });
    if short && numbered && lines.len() <= MAX_LINES { lines } else { Vec::new() }
}

/// Runs of at least three lines like 主办：… 地址：…. One line of a run may differ, and boilerplate
/// may interrupt it.
fn colophons(
    source: &SourceText,
    taken: &HashMap<usize, LineRole>,
    free: &dyn Fn(usize) -> bool,
) -> Vec<Vec<usize>> {
    let filled = |index: &usize| !source.line(*index).trim().is_empty();
    let lines: Vec<usize> = (0..source.lines.len()).filter(filled).collect();
    let imprint = |place: usize| {
        lines.get(place).is_some_and(|&index| {
            let line = source.line(index).trim();
            let labelled = COLOPHON.is_match(line) && shape::length(line) <= 60;
            free(index) && labelled && !shape::ends_sentence(line) && !taken.contains_key(&index)
        })
    };
    let between = |place: usize| {
        lines.get(place).is_some_and(|index| taken.contains_key(index) && free(*index))
    };
    let mut runs = Vec::new();
    let mut place = 0;
    while place < lines.len() {
        let mut end = place;
        let mut run = Vec::new();
        while imprint(end)
            || (!run.is_empty() && between(end))
            || (run.len() >= 2
                && imprint(end + 1)
                && lines.get(end).is_some_and(|&index| free(index)))
        {
            if !between(end) {
                run.push(lines[end]);
            }
            end += 1;
        }
        let furniture = (place..end).filter(|&place| between(place)).count();
        if run.len() >= 3 || (run.len() >= 2 && furniture > 0) {
            runs.push(run);
        }
        place = end.max(place) + 1;
    }
    runs
}

fn read_masthead(source: &SourceText, front: &mut Boilerplate) {
    let mut lines: Vec<usize> = front
        .roles
        .iter()
        .filter(|&(_, &role)| role == LineRole::Front)
        .map(|(&index, _)| index)
        .collect();
    lines.sort_unstable();
    for index in lines {
        let line = source.line(index).trim();
        if front.publication.is_none() {
            front.publication = PUBLICATION.captures(line).map(|found| found[1].to_owned());
        }
        if front.issue.number.is_none() {
            front.issue.number =
                ISSUE_NUMBER.find(line).map(|found| found.as_str().split_whitespace().collect());
        }
        if front.issue.date.value.is_none() {
            front.issue.date = date(line).map_or_else(IssueDate::default, |day| IssueDate {
                value: Some(day),
                not_before: Some(day),
                not_after: Some(day),
                basis: crate::model::Basis::Issue,
            });
        }
    }
}

fn date(line: &str) -> Option<CivilDate> {
    let found = DATE.captures(line)?;
    let number = |one: usize, other: usize| {
        found.get(one).or(found.get(other)).and_then(|digits| digits.as_str().parse::<i16>().ok())
    };
    let (year, month, day) = (number(1, 4)?, number(2, 5)?, number(3, 6)?);
    CivilDate::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}
