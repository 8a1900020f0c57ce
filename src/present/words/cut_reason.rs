//! Why an article begins where it does, in words.

use std::borrow::Cow;

use crate::present::Lang;

/// What a feature says of a line, by the name that [`Reason`](crate::model::Reason) has as its rule;
/// `given` is the cut of an article that the file itself states, `decided` one that a person made, `first:本` a fitted feature of a
/// character. `None` for any other name.
#[must_use]
pub fn cut_reason(lang: Lang, rule: &str) -> Option<Cow<'static, str>> {
    match rule.split_once(':') {
        Some((place, characters)) => of_characters(lang, place, characters).map(Cow::Owned),
        None => of_feature(lang, rule).map(Cow::Borrowed),
    }
}

/// A fitted feature of one or two characters.
fn of_characters(lang: Lang, place: &str, characters: &str) -> Option<String> {
    Some(match place {
        "first" | "first_two" => lang.of(
            format!("短行以“{characters}”开头"),
            format!("a short line that begins with {characters}"),
        ),
        "last" | "last_two" => lang.of(
            format!("短行以“{characters}”结尾"),
            format!("a short line that ends in {characters}"),
        ),
        "text_first" | "text_first_two" => lang.of(
            format!("段落以“{characters}”开头"),
            format!("a paragraph that begins with {characters}"),
        ),
        "text_last" | "text_last_two" => lang.of(
            format!("段落以“{characters}”结尾"),
            format!("a paragraph that ends in {characters}"),
        ),
        "last_two-1" => lang.of(
            format!("上一行以“{characters}”结尾"),
            format!("the line before ends in {characters}"),
        ),
        "first_two+1" => lang.of(
            format!("下一行以“{characters}”开头"),
            format!("the line after begins with {characters}"),
        ),
        _ => return None,
    })
}

fn of_feature(lang: Lang, rule: &str) -> Option<&'static str> {
    Some(match rule {
        "bias" => lang.of("基准值", "prior"),
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
        "spaced" => lang.of("各部分以空格分隔", "parts separated by spaces"),
        "slogan" => lang.of("三个以上等长的短语", "three or more short parts of equal length"),
        "mark_title" => {
            lang.of("带有本文件标题所用的标记", "has the mark that headlines of this file have")
        }
        "mark_below" => lang.of("带有低一级的标记", "has a mark of a lower level"),
        "mark_missing" => lang.of(
            "本文件的标题都有标记，此行没有",
            "headlines of this file have a mark, this line does not",
        ),
        "dash_start" => lang.of("以破折号开头", "begins with a dash"),
        "tag_line" => lang.of("整行是括号中的标签", "the whole line is a tag in brackets"),
        "tag_start" => lang.of("以括号中的标签开头", "begins with a tag in brackets"),
        "numbered" => lang.of("以章节或条目的序号开头", "begins with a chapter or list number"),
        "bullet" => lang.of("以列表符号开头", "begins with a bullet"),
        "dateline" => {
            lang.of("行首有“本报讯”“新华社……电”之类的电头", "本报讯, 新华社…电 at the head")
        }
        "outlet" => lang.of("行首括号中是来源媒体", "an outlet in brackets at the head"),
        "item" => lang.of("整段之首有标记或标签", "a mark or tag at the head of a whole paragraph"),
        "addressee" => lang.of("公文的主送机关", "a document's addressees"),
        "date_lead" => lang.of("以日期开头", "begins with a date"),
        "byline" => lang.of("整行只有作者或来源", "only an author or a source"),
        "editor" => lang.of("整行只有编辑", "only an editor"),
        "docno" => lang.of("整行只有文号", "only a document number"),
        "date_line" => lang.of("整行只有日期", "only a date"),
        "names" => lang.of("整行只有人名", "only names of persons"),
        "photo_credit" => lang.of("整行只有摄影者", "only a photo credit"),
        "pictured" => lang.of("图片说明", "a photo caption"),
        "table_row" => lang.of("表格中的一行", "a row of a table"),
        "document" => lang.of("像公文的标题", "reads like the title of a document"),
        "notice" => lang.of("像公告的标题", "reads like the title of a notice"),
        "place" => lang.of("整行只有地名", "only a place name"),
        "organisation" => lang.of("整行只有机构名", "only the name of an organisation"),
        "profile" => lang.of("人物介绍", "introduces a person"),
        "broken_before" => lang.of("上一行句子未完", "the previous line ends mid-sentence"),
        "gap" => lang.of("前面的空行比通常多", "more blank lines before it than usual"),
        _ => return of_surroundings(lang, rule),
    })
}

/// A feature of what stands around a line, or of the file.
fn of_surroundings(lang: Lang, rule: &str) -> Option<&'static str> {
    Some(match rule {
        "contents" => lang.of("目录中有此标题", "listed in the table of contents"),
        "contents_more" => {
            lang.of("续接目录中的标题", "continues a title of the table of contents")
        }
        "contents_none" => lang.of("目录中没有此标题", "not in the table of contents"),
        "contents_section" => lang.of("目录中的栏目", "a section of the table of contents"),
        "cue_missing" => lang.of(
            "本文件的文章以电头或来源开头，此行没有",
            "articles of this file begin with a dateline or outlet, this line does not",
        ),
        "unfinished" => lang.of(
            "短行，没有收尾标点，而上一句已完",
            "a short line without end punctuation, after a complete sentence",
        ),
        "before_text" => lang.of("后面是一个段落", "a paragraph follows"),
        "sidebar" => lang.of("上文所附专栏框的标题", "heading of a box of the article above"),
        "list_run" => lang.of("连续许多短行中的一行", "one of many short lines in a row"),
        "signature" => lang.of("落款日期之上的发文机关", "an issuer above the date of signature"),
        "novelty" => lang.of(
            "行中的少见词多见于下文，少见于上文",
            "its rare words occur after it rather than before it",
        ),
        "habit" => {
            lang.of("本文件中的此类行大多如此", "most such lines of the file are labelled so")
        }
        "genre" => lang.of(
            "体裁或栏目名，如社论、读者来信、都市短波",
            "names a genre or a column: 社论, 读者来信, 都市短波",
        ),
        "above_docno" => lang.of("后面是文号", "a document number follows"),
        "annex" => lang.of("附件的标题", "the heading of an annex"),
        "short_section" => lang.of(
            "距上一标题只有一段，而本文件的文章一般不止一段",
            "one paragraph after another heading, where articles of this file have more",
        ),
        "shift" => lang.of("用词在此处改变", "vocabulary changes here"),
        "likeness_next" => {
            lang.of("行中的少见词见于下文", "its rare words occur in the text after it")
        }
        "likeness_before" => {
            lang.of("行中的少见词见于上文", "its rare words occur in the text before it")
        }
        "repeated" => lang.of("在文件中不止一次出现", "occurs more than once in the file"),
        "framed" => lang.of(
            "此处是公文的开头：其下是本文件反复出现的日期与文号",
            "a document begins here: the day and number that recur in this file follow",
        ),
        "unframed" => lang.of(
            "本文件的公文都以日期与文号开头，此处没有",
            "documents of this file begin with a day and a number, here are none",
        ),
        "forms" => lang.of("此行与前后各行的形式", "the forms of this line and those around it"),
        "habits" => lang.of("本刊中反复出现的行", "lines that recur in the publication"),
        "words" => lang.of("与前后段落共有的词", "words shared with the paragraphs around it"),
        "line_labels" => lang.of("逐行标注的结果", "what the labels of single lines say"),
        "article_size" => {
            lang.of("全篇与首尾各行的长度", "the length of the article and of its edges")
        }
        "article_forms" => lang.of("篇内各行的形式", "the forms of the lines of the article"),
        "like_other_starts" => {
            lang.of("与本文件其他各篇的开头相似", "looks like other starts of the file")
        }
        "like_publication" => {
            lang.of("与本刊其他各篇的开头相似", "looks like other starts of the publication")
        }
        "article_words" => lang.of(
            "标题与正文、各段之间共有的词",
            "words that headline and paragraphs of the article share",
        ),
        "notice_words" => lang.of(
            "像公告、广告而不像新闻：版式与用语",
            "a notice or an advertisement by its lines and words, not news",
        ),
        "given" => lang.of("文件本身已分好篇", "given"),
        "decided" => lang.of("由人指定", "decided by a person"),
        _ => return of_print(lang, rule),
    })
}

/// A feature of how a line is printed on its page.
fn of_print(lang: Lang, rule: &str) -> Option<&'static str> {
    Some(match rule {
        "type_large" => lang.of("字号远大于正文", "set much larger than the text"),
        "type_larger" => lang.of("字号大于正文", "set larger than the text"),
        "type_of_text" => lang.of(
            "字号与正文相同，而本文件另有大字",
            "set as large as the text, in a file that has larger type",
        ),
        "type_small" => lang.of("字号小于正文", "set smaller than the text"),
        "larger_begins" => lang.of("大字由此开始", "larger type begins here"),
        "larger_goes_on" => lang.of("上一行也是大字", "the line before is set in larger type, too"),
        "larger_follows" => lang.of("下一行字号更大", "the next line is set larger still"),
        "text_follows" => lang.of("下一行是正文字号", "the next line is set as large as the text"),
        "column_begins" => lang.of("位于栏首", "at the head of a column"),
        "set_in" => lang.of("首行缩进", "begins further in, as paragraphs do"),
        "centred" => lang.of("在栏内居中", "stands in the middle of its column"),
        "at_far_edge" => lang.of("靠栏末对齐，如落款", "stands at the far edge, as signatures do"),
        "wide_gap" => lang.of("与上一行的间距较大", "a wide gap above it"),
        "spans_columns" => lang.of("跨下文数栏", "spans several columns of the text below"),
        "below_picture" => lang.of("紧接在图片之下", "right below a picture"),
        "below_rule" => lang.of("上方有线条或边框", "a rule or a frame above it"),
        "runs_down" => lang.of("竖排，旁边的文字是横排", "runs down beside text that runs across"),
        _ => return None,
    })
}
