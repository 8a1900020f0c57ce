//! A form that was not taken, with what was typed into it.

use maud::{Markup, html};

use crate::pages::layout::frame::{Frame, frame};
use crate::pages::layout::signed_in::SignedIn;
use crate::present::Lang;
use crate::present::words;

/// Fields that people type into, in the order in which they are shown.
pub const TYPED_FIELDS: [&str; 16] = [
    "now", "rows", "from", "to", "before", "after", "name", "value", "unit", "period", "district",
    "tag", "text", "remark", "about", "why",
];

/// A form of which a value is none of its field.
#[derive(Debug, Clone)]
pub struct RefusedForm {
    /// The editor.
    pub editor: SignedIn,
    /// Where the form was sent.
    pub action: String,
    /// The field that it decides, as entries name it.
    pub field: String,
    /// What was sent.
    pub fields: Vec<(String, String)>,
}

/// The page of a form that is asked again: why, as a sentence without its full stop, and the page that it
/// was on.
#[must_use]
pub fn asked_again(about: &Frame, why: &str, form: &RefusedForm, back: &str) -> Markup {
    let lang = about.lang;
    let title = lang.of("没有保存", "Not saved");
    let is_typed = |name: &str| TYPED_FIELDS.contains(&name);
    let (typed, others): (Vec<_>, Vec<_>) =
        form.fields.iter().partition(|(name, _)| is_typed(name));
    let main = html! {
        (form.editor.bar(lang))
        h1 { (title) }
        p.note.warn #why-not role="alert" { (why) (lang.of("。", ".")) }
        div.correct {
            form method="post" action=(form.action) {
                (form.editor.field())
                @for (name, value) in others { input type="hidden" name=(name) value=(value); }
                @for (at, (name, value)) in typed.iter().enumerate() {
                    label.row {
                        span { (label(lang, name, &form.field)) }
                        input type="text" name=(name) value=(value) autocomplete="off" spellcheck="false"
                            lang=(Lang::Zh.tag()) maxlength="2000" autofocus[at == 0]
                            aria-describedby=[(at == 0).then_some("why-not")];
                    }
                }
                p {
                    button.main type="submit" { (lang.of("保存", "Save")) } " "
                    a.button href=(back) { (lang.of("返回原页", "Back to the page")) }
                }
            }
        }
    };
    frame(about, title, &main)
}

/// What a field of a form is called.
fn label<'a>(lang: Lang, name: &'a str, field: &'a str) -> &'a str {
    match name {
        "now" | "rows" => words::correction_field(lang, field),
        "from" => lang.of("原文印作", "As printed"),
        "to" => lang.of("应作", "Should be"),
        "before" => lang.of("前面的字", "Before it"),
        "after" => lang.of("后面的字", "Behind it"),
        "name" => lang.of("指标", "Indicator"),
        "value" => lang.of("数值", "Value"),
        "unit" => lang.of("单位", "Unit"),
        "period" => lang.of("时段", "Period"),
        "district" => lang.of("地区", "District"),
        "why" => lang.of("理由（可不填）", "Why (optional)"),
        other => other,
    }
}

/// What was not taken.
#[derive(Debug, Clone)]
pub struct UnsentPage {
    /// Why, as a sentence without its full stop.
    pub why: String,
    /// What was typed.
    pub typed: Vec<String>,
    /// The way to sign in again.
    pub login: String,
    /// The page that the form was on.
    pub back: String,
}

/// The page.
#[must_use]
pub fn unsent(about: &Frame, page: &UnsentPage) -> Markup {
    let lang = about.lang;
    let title = lang.of("没有保存", "Not saved");
    let main = html! {
        h1 { (title) }
        p.note.warn role="alert" { (page.why) (lang.of("。", ".")) }
        @if !page.typed.is_empty() {
            p { (lang.of(
                "以下是你填写的内容，请复制后重新提交。",
                "This is what you typed; copy it and send it again.",
            )) }
            @for (number, text) in (1..).zip(&page.typed) {
                p {
                    textarea readonly rows="3" lang=(Lang::Zh.tag()) aria-label=(lang.of(
                        format!("填写的内容，第 {number} 项"), format!("What you typed, {number}"),
                    )) { (text) }
                }
            }
        }
        p {
            a.button.main href=(page.login) { (lang.of("重新登录", "Sign in again")) } " "
            a.button href=(page.back) { (lang.of("返回原页", "Back to the page")) }
        }
    };
    frame(about, title, &main)
}
