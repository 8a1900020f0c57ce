//! What went wrong, for a reader.

use maud::{Markup, html};

use super::frame::frame;
use super::phrases::said;
use crate::pages::Frame;
use crate::present::Lang;

/// The page of an error: what its status means, the sentence that says what is wrong this time, and
/// what a reader can do.
#[must_use]
pub fn error(about: &Frame, status: u16, detail: &str) -> Markup {
    let lang = about.lang;
    let (title, hint) = meaning(lang, status);
    let main = html! {
        div.failure {
            p.status aria-hidden="true" { (status) }
            h1 { (title) }
            @if !detail.is_empty() { p.soft { (said(lang, detail)) } }
            p { (hint) }
            p {
                a.button href="/" { (lang.of("回到检索", "Back to the search")) } " "
                a.button href="/help" { (lang.of("看帮助", "Read the help")) }
            }
        }
    };
    frame(about, &format!("{status} {title}"), &main)
}

/// What a status means, and what can be done.
fn meaning(lang: Lang, status: u16) -> (&'static str, &'static str) {
    match status {
        400 => (
            lang.of("无法识别此网址", "This address cannot be understood"),
            lang.of(
                "请检查地址里的参数，或从检索页重新开始。",
                "Check its parameters, or begin again from the search.",
            ),
        ),
        401 => (
            lang.of("没有权限", "Not allowed"),
            lang.of(
                "这里要凭证才能看，请向管理员询问。",
                "This needs a credential; ask who runs the server.",
            ),
        ),
        404 => (
            lang.of("没有这一页", "There is no such page"),
            lang.of(
                "网址可能不完整，或者文章、文件在重新入库之后换了编号、名称。请按标题检索。",
                "The address may be incomplete, or an article or file may be called otherwise since \
                 it was taken in again. Search for the headline.",
            ),
        ),
        410 => (
            lang.of("这一页已经过时", "This page is no more"),
            lang.of(
                "库在这之后变了，请从第一页开始。",
                "The archive has changed since; begin with the first page.",
            ),
        ),
        403 | 421 => (
            lang.of("此路不通", "Not this way"),
            lang.of(
                "请用管理员给的网址访问。",
                "Use the address that whoever runs the server has given you.",
            ),
        ),
        405 => (
            lang.of("本站只供浏览", "This can only be read"),
            lang.of("库在网页上不能改动。", "The archive cannot be changed from here."),
        ),
        413 | 414 | 431 => (
            lang.of("请求过长", "Too much"),
            lang.of("请把检索式写短一些。", "Write a shorter query."),
        ),
        429 | 503 => (
            lang.of("暂时不能回答", "No answer at the moment"),
            lang.of(
                "请稍等片刻再试；一直这样，请告诉管理员。",
                "Try again in a moment; if it stays so, tell who runs the server.",
            ),
        ),
        _ => (
            lang.of("出错了", "Something went wrong"),
            lang.of(
                "请再试一次；仍然出错，请告诉管理员。",
                "Try again; if it stays so, tell who runs the server.",
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_is_shown_and_escaped_in_both_languages() {
        for lang in Lang::ALL {
            let about = Frame { lang, ..Frame::default() };
            let shown = error(&about, 404, "no <b>article</b>").into_string();
            assert!(shown.contains("no &lt;b&gt;article&lt;/b&gt;"), "{shown}");
            assert!(shown.contains(lang.of("没有这一页", "There is no such page")));
            assert_eq!(shown.matches("<h1").count(), 1);
            let shown = error(&about, 404, "no article has the id <7>").into_string();
            let said = lang.of("没有编号为 &lt;7&gt; 的文章", "no article has the id &lt;7&gt;");
            assert!(shown.contains(said), "{shown}");
        }
    }

    #[test]
    fn a_status_that_nobody_thought_of_has_words_too() {
        for status in [0, 418, 500, 504, u16::MAX] {
            assert_eq!(meaning(Lang::En, status).0, "Something went wrong");
        }
    }
}
