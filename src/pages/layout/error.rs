//! What went wrong, for a reader.

use maud::{Markup, html};

use super::frame::{Frame, frame};
use crate::present::Lang;

/// The page of an error: what its status means, the detail that says in the language of the page what
/// is wrong this time, and what a reader can do.
#[must_use]
pub fn error(about: &Frame, status: u16, detail: &str) -> Markup {
    let lang = about.lang;
    let (title, hint) = meaning(lang, status);
    let main = html! {
        div.failure {
            p.status aria-hidden="true" { (status) }
            h1 { (title) }
            @if !detail.is_empty() { p.soft { (detail) } }
            p { (hint) }
            p {
                a.button href="/" { (lang.of("返回检索", "Back to search")) } " "
                a.button href="/help" { (lang.of("查看帮助", "Help")) }
            }
        }
    };
    frame(about, &format!("{status} {title}"), &main)
}

/// What a status means, and what can be done.
fn meaning(lang: Lang, status: u16) -> (&'static str, &'static str) {
    match status {
        400 => (
            lang.of("网址无效", "Invalid address"),
            lang.of(
                "请检查网址中的参数，或返回检索页重新开始。",
                "Check the parameters in the address, or start again from the search page.",
            ),
        ),
        401 => (
            lang.of("未授权", "Unauthorized"),
            lang.of(
                "访问此页需要令牌，请联系管理员。",
                "This page needs a credential. Ask the administrator of the server.",
            ),
        ),
        409 => (
            lang.of("已有他人更正", "Somebody else decided"),
            lang.of(
                "请返回并刷新页面，查看现在的内容后再决定。",
                "Go back, reload the page, and decide on what it says now.",
            ),
        ),
        429 => (
            lang.of("修改过于频繁", "Too many changes"),
            lang.of("请稍候，再提交一次。", "Wait a moment and send it again."),
        ),
        404 => (
            lang.of("页面不存在", "Page not found"),
            lang.of(
                "网址可能不完整，或者文章、文件在重新入库后更换了编号或名称。请尝试按标题检索。",
                "The address may be incomplete, or the article or file may have changed its id or name when it was ingested again. Try searching for the headline.",
            ),
        ),
        410 => (
            lang.of("页面已失效", "Page expired"),
            lang.of(
                "库内容已更新，请从第一页重新开始。",
                "The archive has changed. Start again from the first page.",
            ),
        ),
        403 | 421 => (
            if status == 421 {
                lang.of("域名未授权", "Host not authorized")
            } else {
                lang.of("禁止访问", "Forbidden")
            },
            lang.of(
                "请使用管理员提供的网址访问。",
                "Use the address provided by the administrator of the server.",
            ),
        ),
        405 => (
            lang.of("不支持此操作", "Method not allowed"),
            lang.of("无法通过网页修改库内容。", "The archive cannot be changed from the web page."),
        ),
        413 | 414 | 431 => (
            lang.of("请求过长", "Request too long"),
            lang.of("请缩短检索式。", "Shorten the query."),
        ),
        503 => (
            lang.of("服务暂时不可用", "Temporarily unavailable"),
            lang.of(
                "请稍后重试；如问题持续，请联系管理员。",
                "Try again in a moment. If the problem persists, contact the administrator.",
            ),
        ),
        _ => (
            lang.of("出错了", "Something went wrong"),
            lang.of(
                "请重试；如问题持续，请联系管理员。",
                "Try again. If the problem persists, contact the administrator.",
            ),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pages::testing::golden::golden;

    #[test]
    fn the_sentence_is_shown_and_escaped_in_both_languages() {
        for lang in Lang::ALL {
            let about = Frame { lang, ..Frame::default() };
            let detail = lang.of("没有编号为 <7> 的文章", "no article has the id <7>");
            let shown = error(&about, 404, detail).into_string();
            insta::assert_snapshot!(format!("error-{}", lang.tag()), golden(&shown));
            let shown = error(&about, 404, "no <b>article</b>").into_string();
            assert!(shown.contains("no &lt;b&gt;article&lt;/b&gt;"), "{shown}");
        }
    }

    #[test]
    fn every_status_has_words() {
        let statuses = [400, 401, 403, 404, 405, 410, 413, 414, 421, 429, 431, 503, 0, 500, 504];
        for lang in Lang::ALL {
            let meanings = statuses.map(|status| {
                let (title, hint) = meaning(lang, status);
                format!("{status} {title}\n    {hint}")
            });
            insta::assert_snapshot!(format!("statuses-{}", lang.tag()), meanings.join("\n"));
        }
    }
}
