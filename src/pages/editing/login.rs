//! The form by which editors sign in.

use maud::{Markup, html};

use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::links;
use crate::pages::layout::signed_in::SignedIn;
use crate::present::Lang;

/// The page: for somebody who has signed in, who that is. `back` is where to go afterwards, `why` what
/// was wrong with the last attempt.
#[must_use]
pub fn login(about: &Frame, signed_in: Option<&SignedIn>, back: &str, why: Option<&str>) -> Markup {
    let lang = about.lang;
    let title = lang.of("编辑登录", "Sign in to edit");
    let main = html! {
        h1 { (title) }
        @match signed_in {
            Some(editor) => {
                p {
                    (lang.of("已登录。", "You are signed in.")) " "
                    @if !back.is_empty() { a.button href=(back) { (lang.of("继续", "Continue")) } }
                }
                (editor.bar(lang))
            }
            None => (form(lang, back, why)),
        }
    };
    frame(about, title, &main)
}

fn form(lang: Lang, back: &str, why: Option<&str>) -> Markup {
    html! {
        @if let Some(why) = why {
            p #refused.note.warn role="alert" { (why) }
        }
        form.login method="post" action=(links::LOGIN) {
            label for="token" { (lang.of("编辑令牌", "Editor's token")) }
            input #token type="password" name="token" required autocomplete="current-password"
                maxlength="512" aria-describedby=[why.map(|_| "refused")];
            input type="hidden" name="back" value=(back);
            button type="submit" { (lang.of("登录", "Sign in")) }
        }
        p.soft.small {
            (lang.of(
                "令牌由管理员发给每位编辑。登录后可更正文章、加标签、写笔记、整理收藏；每处改动都记下姓名与时间，读者可见。",
                "The administrator gives each editor a token. Editors correct, tag, note and collect articles; every change is kept with name and time, which readers see.",
            ))
        }
    }
}
