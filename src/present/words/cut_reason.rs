//! Why an article begins where it does, in words.

use crate::present::Lang;

/// What a feature says of a line, by the name that [`Reason`](crate::model::Reason) has as its rule;
/// `given` is the cut of an article that the file itself states. `None` for any other name.
#[must_use]
pub fn cut_reason(lang: Lang, rule: &str) -> Option<&'static str> {
    Some(match rule {
        "bias" => lang.of("基准值", "before anything is known"),
        "tiny" => lang.of("不超过三个字", "at most three characters"),
        "short" => lang.of("四至十二字", "four to twelve characters"),
        "middle" => lang.of("十三至三十四字", "thirteen to thirty-four characters"),
        "long" => lang.of("三十五至六十字", "thirty-five to sixty characters"),
        "paragraph" => lang.of("超过六十字", "more than sixty characters"),
        "full_stop" => lang.of("以句号结尾", "ends with a full stop"),
        "exclaimed" => lang.of("以叹号或问号结尾", "ends with an exclamation or question mark"),
        "comma_end" => lang.of("以逗号或分号结尾", "ends with a comma or semicolon"),
        "colon_end" => lang.of("以冒号结尾", "ends with a colon"),
        "inner_stop" => lang.of("行中有句子结束", "a sentence ends inside"),
        "clauses" => lang.of("有两个以上的逗号", "two commas or more"),
        "spaced" => lang.of("各部分以空格分隔", "parts divided by a blank"),
        "slogan" => lang.of("三个以上等长的短语", "three or more short parts of one length"),
        "mark_title" => lang
            .of("带有本文件标题所用的标记", "carries the mark that headlines of this file carry"),
        "mark_below" => lang.of("带有低一级的标记", "carries a mark of a lower level"),
        "mark_missing" => lang.of(
            "本文件的标题都有标记，此行没有",
            "headlines of this file carry a mark, this line does not",
        ),
        "dash_start" => lang.of("以破折号开头", "begins with a dash"),
        "tag_line" => lang.of("整行是括号中的标签", "the whole line is a tag in brackets"),
        "tag_start" => lang.of("以括号中的标签开头", "begins with a tag in brackets"),
        "numbered" => {
            lang.of("以章节或条目的序号开头", "begins with a number of a chapter or list")
        }
        "bullet" => lang.of("以列表符号开头", "begins with a mark of a list"),
        "dateline" => {
            lang.of("行首有“本报讯”“新华社……电”之类的电头", "本报讯, 新华社…电 at the head")
        }
        "outlet" => lang.of("行首括号中是来源媒体", "an outlet in brackets at the head"),
        "item" => lang.of("整段之首有标记或标签", "a mark or tag at the head of a whole paragraph"),
        "addressee" => lang.of("公文的主送机关", "a document's addressees"),
        "date_lead" => lang.of("以日期开头", "begins with a day"),
        "byline" => {
            lang.of("整行只有作者或来源", "nothing but who wrote it or where it comes from")
        }
        "editor" => lang.of("整行只有编辑", "nothing but who edited it"),
        "docno" => lang.of("整行只有文号", "nothing but a document number"),
        "date_line" => lang.of("整行只有日期", "nothing but a date"),
        "names" => lang.of("整行只有人名", "nothing but names of persons"),
        "photo_credit" => lang.of("整行只有摄影者", "nothing but who took the picture"),
        "pictured" => lang.of("图片说明", "says what the picture shows"),
        "table_row" => lang.of("表格中的一行", "a row of a table"),
        "document" => lang.of("像公文的标题", "reads like the title of a document"),
        "notice" => lang.of("像公告的标题", "reads like the title of a notice"),
        "place" => lang.of("整行只有地名", "nothing but the name of a place"),
        "organisation" => lang.of("整行只有机构名", "nothing but the name of an organisation"),
        "profile" => lang.of("人物介绍", "presents a person"),
        "broken_before" => lang.of("上一行句子未完", "the line before it breaks off in a sentence"),
        "gap" => lang.of("前面的空行比通常多", "more blank lines before it than usual"),
        "contents" => lang.of("目录中有此标题", "stands in the table of contents"),
        "contents_more" => {
            lang.of("续接目录中的标题", "goes on with a title of the table of contents")
        }
        "contents_none" => lang.of("目录中没有此标题", "the table of contents does not know it"),
        "contents_section" => lang.of("目录中的栏目", "a section of the table of contents"),
        "cue_missing" => lang.of(
            "本文件的文章以电头或来源开头，此行没有",
            "articles of this file begin with a dateline or outlet, this line does not",
        ),
        "unfinished" => lang.of(
            "短行，没有收尾标点，而上一句已完",
            "a short line without an end, behind a finished sentence",
        ),
        "before_text" => lang.of("后面是一个段落", "a paragraph follows"),
        "sidebar" => {
            lang.of("上文所附专栏框的标题", "heads a box that belongs to the article above it")
        }
        "list_run" => lang.of("连续许多短行中的一行", "one of many short lines in a row"),
        "signature" => lang.of("落款日期之上的发文机关", "an issuer above the date of signature"),
        "novelty" => lang.of(
            "行中的少见词多见于下文，少见于上文",
            "its rare words stand after it rather than before it",
        ),
        "habit" => lang.of("本文件中的此类行大多如此", "what most such lines of the file are"),
        "genre" => lang.of(
            "体裁或栏目名，如社论、读者来信、都市短波",
            "names a genre or a column: 社论, 读者来信, 都市短波",
        ),
        "above_docno" => lang.of("后面是文号", "a document number follows"),
        "annex" => lang.of("附件的标题", "the heading of an annex"),
        "short_section" => lang.of(
            "距上一标题只有一段，而本文件的文章一般不止一段",
            "one paragraph behind another heading, where articles of this file have more",
        ),
        "shift" => lang.of("用词在此处改变", "words change here"),
        "likeness_next" => {
            lang.of("行中的少见词见于下文", "its rare words stand in the text after it")
        }
        "likeness_before" => {
            lang.of("行中的少见词见于上文", "its rare words stand in the text before it")
        }
        "repeated" => lang.of("在文件中不止一次出现", "stands in the file more than once"),
        "given" => lang.of("文件本身已分好篇", "given"),
        _ => return None,
    })
}
