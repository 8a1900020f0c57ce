//! 文种 and 体裁: the genre of a document, a comment or a piece of literature.

use crate::model::{Article, Genre, Kind};
use crate::text::fold;
use crate::text::surnames::is_surname;

/// The types of official documents (GB/T 9704, article 8 of the regulation on official documents of
/// 2012) and of regulations, by the words that end their titles, longer words first.
const DOCUMENTS: [&str; 27] = [
    "决议", "决定", "命令", "公报", "公告", "通告", "意见", "通知", "通报", "报告", "请示", "批复",
    "议案", "纪要", "条例", "规定", "办法", "细则", "规则", "章程", "方案", "规划", "计划", "要点",
    "布告", "令", "函",
];

/// Genres by the labels that are printed above an article, folded.
const LABELS: [(&str, &[&str]); 10] = [
    ("社论", &["社论", "社评", "本报社论", "代论"]),
    (
        "评论",
        &["评论", "短评", "时评", "述评", "评论员文章", "本报评论员", "小言论", "快评", "言论"],
    ),
    ("来信", &["读者来信", "群众来信", "来信", "来信照登", "来函照登"]),
    ("诗词", &["诗", "诗歌", "诗词", "新诗", "旧体诗", "词", "诗选", "诗钞"]),
    (
        "小说",
        &[
            "小说",
            "小小说",
            "短篇小说",
            "中篇小说",
            "长篇小说",
            "微型小说",
            "连载小说",
            "长篇连载",
            "滑稽小说",
            "社会小说",
            "言情小说",
            "武侠小说",
            "小说连载",
        ],
    ),
    ("散文", &["散文", "随笔", "小品", "小品文", "游记", "散文诗"]),
    ("杂文", &["杂文", "杂感", "杂谈"]),
    ("报告文学", &["报告文学", "纪实文学"]),
    ("戏曲", &["剧本", "曲艺", "相声", "快板", "鼓词", "话剧"]),
    ("寓言童话", &["寓言", "童话"]),
];

/// The genre of an article; `None` if nothing printed shows it.
pub(in crate::annotate) fn genre(article: &Article) -> Option<Genre> {
    match article.kind {
        Kind::Document | Kind::Notice => document(article.title.as_deref()?),
        Kind::News => labelled(article).or_else(|| verse(article)),
        Kind::Profile | Kind::Photo => None,
    }
}

/// The type of document that a line of a title ends with, the last such line, a remark in brackets
/// aside: …的通知（试行）.
fn document(title: &str) -> Option<Genre> {
    let ends = |line: &str| {
        let remark = line.strip_suffix(')').and_then(|rest| rest.rsplit_once('('));
        let bare = remark.map_or(line, |(before, _)| before);
        DOCUMENTS.iter().copied().find(|word| bare.ends_with(word))
    };
    let folded = fold(title).text;
    let label = folded.split_whitespace().rev().find_map(ends)?;
    Some(Genre { label: label.to_owned(), evidence: title.to_owned() })
}

/// A label that stands alone above the article: its section or kicker, or one of the words of a
/// title with blanks in it.
fn labelled(article: &Article) -> Option<Genre> {
    let label = |printed: &str| {
        let folded = fold(printed.trim_matches(|c: char| !c.is_alphanumeric())).text;
        let found = LABELS.iter().find(|(_, names)| names.contains(&folded.as_str()));
        found.map(|(label, _)| Genre {
            label: (*label).to_owned(),
            evidence: printed.trim().to_owned(),
        })
    };
    let above = article.kicker.iter().chain(&article.section);
    let title = article.title.as_deref().unwrap_or_default();
    let words =
        title.split_whitespace().take(if title.contains(char::is_whitespace) { 2 } else { 0 });
    above.map(String::as_str).chain(words).find_map(label)
}

/// A poem by its lines: short ones without figures and labels, or clauses all of five or of seven
/// characters.
fn verse(article: &Article) -> Option<Genre> {
    const MIN_LINES: usize = 8;
    const MAX_LINE: usize = 18;
    const MIN_CLAUSES: usize = 4;
    const CLAUSE_ENDS: [char; 9] = ['，', '。', '！', '？', '；', '、', ',', ' ', '　'];
    let lines: Vec<&str> =
        article.body.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let width = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let clauses = lines.iter().flat_map(|line| line.split(CLAUSE_ENDS)).map(width);
    let clauses: Vec<usize> = clauses.filter(|&width| width > 0).collect();
    let regular = |length: usize| {
        let alike = clauses.iter().filter(|&&clause| clause == length).count();
        clauses.len() >= MIN_CLAUSES && alike * 10 >= clauses.len() * 9
    };
    let plain = |line: &&&str| {
        (2..=MAX_LINE).contains(&width(line))
            && line.chars().all(|c| !c.is_numeric() && !"：:、|；;（）()/%‰".contains(c))
    };
    let plain = lines.iter().filter(plain).count();
    // A list of names.
    let named = |line: &&&str| {
        (2..=4).contains(&width(line)) && line.chars().next().is_some_and(is_surname)
    };
    if lines.iter().filter(named).count() * 2 > lines.len() {
        return None;
    }
    let free = lines.len() >= MIN_LINES && plain * 10 >= lines.len() * 9;
    let is_verse = regular(5) || regular(7) || free;
    is_verse.then(|| Genre {
        label: "诗词".to_owned(),
        evidence: lines[..lines.len().min(2)].join(" / "),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn article(kind: Kind, title: &str, body: &str) -> Article {
        Article { kind, title: Some(title.to_owned()), body: body.to_owned(), ..Article::default() }
    }

    fn label(article: &Article) -> Option<String> {
        genre(article).map(|genre| genre.label)
    }

    #[test]
    fn a_document_is_what_its_title_ends_with() {
        let of = |title| label(&article(Kind::Document, title, "各乡镇："));
        assert_eq!(of("关于修渡口的通知").as_deref(), Some("通知"));
        assert_eq!(of("某县渡口管理办法（试行）").as_deref(), Some("办法"));
        assert_eq!(of("某县政府 令").as_deref(), Some("令"));
        assert_eq!(of("某縣財政局 公告 中華民國94年1月3日").as_deref(), Some("公告"));
        assert_eq!(of("老渡口"), None);
        assert_eq!(label(&article(Kind::News, "关于修渡口的通知", "昨天修好了。")), None);
    }

    #[test]
    fn a_label_above_the_article_is_its_genre() {
        let mut news = article(Kind::News, "渡船", "船娘说，江面起雾了。");
        assert_eq!(label(&news), None);
        news.section = Some("【小小說】".to_owned());
        assert_eq!(label(&news).as_deref(), Some("小说"));
        assert_eq!(
            label(&article(Kind::News, "滑稽 小說 渡船", "船娘说。")).as_deref(),
            Some("小说")
        );
        assert_eq!(label(&article(Kind::News, "小说改成了电影", "片子昨天开拍。")), None);
    }

    #[test]
    fn a_poem_has_short_lines_and_nothing_else() {
        let free = "江雾散了\n渡船还没有来\n石阶上\n坐着卖菱角的人\n她的篮子里\n有一整个秋天\n风吹过来\n芦苇都低下头去";
        let poem = genre(&article(Kind::News, "渡口", free)).expect("a poem");
        assert_eq!(poem.label, "诗词");
        assert_eq!(poem.evidence, "江雾散了 / 渡船还没有来");
        let regular = "江雾初收水拍天，渡头人语唤归船。\n卖菱女子无他事，笑指芦花看雁还。";
        assert_eq!(label(&article(Kind::News, "渡头", regular)).as_deref(), Some("诗词"));
        let rows = "一号船　张三\n二号船　李四\n三号船：王五\n四号船　12人\n五号船　9人\n六号船　7人\n七号船　8人\n八号船　6人";
        assert_eq!(label(&article(Kind::News, "渡船", rows)), None);
        let names = "甘小棠\n宋远\n张三\n李四\n王五\n赵六\n钱七\n孙八";
        assert_eq!(label(&article(Kind::News, "获奖名单", names)), None);
        assert_eq!(label(&article(Kind::News, "渡口", "江雾散了。\n船来了。\n人上船。")), None);
    }
}
