//! What was decided, by whom and when, with the way to take it back.

use maud::{Markup, html};

use super::{EditView, IngestNote};
use crate::model::{Change, Correction};
use crate::pages::layout::links;
use crate::present::words;
use crate::present::{DecisionState, EntryState, Lang};

/// What was just decided, and how far the index is.
pub(super) fn notes(lang: Lang, view: &EditView) -> Markup {
    let is_pending = view.decisions.iter().any(|one| one.is_pending);
    html! {
        @if let Some(DecisionState { entry, state, .. }) = &view.saved {
            div #saved.note role="status" tabindex="-1" {
                strong { (lang.of("已保存：", "Saved: ")) }
                (said(lang, entry))
                @if let EntryState::Unplaced { reason } = state {
                    p { (lang.of("但不能生效：", "It cannot be applied: ")) (words::unplaced_reason(lang, reason)) }
                }
                " " (undo(lang, view, entry, state))
            }
        }
        @match &view.ingest {
            IngestNote::Failed => p.note.fail role="alert" {
                strong { (lang.of("更新索引失败。", "The index could not be updated. ")) }
                (lang.of(
                    "更正已经保存，下次更正或入库时重试；原因见服务器日志，请联系管理员。",
                    "What was decided is kept; the next decision or ingest tries again. The server's log says why: tell the administrator.",
                ))
            },
            IngestNote::Running if is_pending || view.saved.is_some() => {
                p #pending.note data-pending=(links::EDIT_STATE) role="status" {
                    (lang.of(
                        "正在更新索引；下面显示的可能还是更正前的内容。",
                        "The index is being updated; what is shown may be as it was before.",
                    ))
                    " " a href=(view.back) { (lang.of("刷新", "Reload")) }
                }
            }
            _ if is_pending => p.note {
                (lang.of(
                    "有更正尚未进入索引，下次入库时生效。",
                    "Some corrections are not in the index yet; the next ingest takes them in.",
                ))
            },
            _ => {}
        }
    }
}

/// The decisions on an article or a file.
pub(crate) fn history(lang: Lang, view: &EditView) -> Markup {
    if view.decisions.is_empty() {
        return html! {};
    }
    html! {
        section.decisions aria-labelledby="decisions" {
            h2 #decisions { (lang.of("更正记录", "Decisions")) }
            ol.plain.small {
                @for DecisionState { entry, state, is_pending } in &view.decisions {
                    li class=[is_off(state).then_some("off")] {
                        (said(lang, entry))
                        div.soft {
                            (entry.by) " · " time datetime=(entry.at) { (words::minute(entry.at)) }
                            @if !entry.why.is_empty() { " · " span lang=(Lang::Zh.tag()) { (entry.why) } }
                            " · "
                            span class=[matches!(state, EntryState::Unplaced { .. }).then_some("doubt")] {
                                (words::entry_state(lang, state))
                            }
                            @if *is_pending && is_off(state) {
                                (lang.of("，等待更新索引", ", not in the index yet"))
                            }
                            " " (undo(lang, view, entry, state))
                        }
                    }
                }
            }
        }
    }
}

/// What an entry says: field, old and new value.
pub(super) fn said(lang: Lang, entry: &Correction) -> Markup {
    if matches!(entry.change, Change::Undo(_)) {
        return html! {
            (words::correction_field(lang, "undo")) " " (words::correction_field(lang, &entry.was))
        };
    }
    let now = words::decided_value(lang, &entry.change);
    html! {
        span { (words::correction_field(lang, &entry.change.field())) } " "
        @if !entry.was.is_empty() { del lang=(Lang::Zh.tag()) { (entry.was) } " → " }
        @match now.as_str() {
            "" if has_value(&entry.change) => span.soft { (lang.of("（无）", "(none)")) },
            now => ins lang=(Lang::Zh.tag()) { (now) },
        }
        @if let (Some(first), true) = (entry.anchor.lines.first(), entry.change.is_structural()) {
            " " a href=(links::source_line(&entry.anchor.file, first.0)) {
                (lang.of("第 ", "line ")) (first.0) (lang.of(" 行", ""))
            }
        }
    }
}

fn has_value(change: &Change) -> bool {
    !matches!(change, Change::Begins | Change::Joins(_) | Change::Pieces | Change::Undo(_))
}

fn is_off(state: &EntryState) -> bool {
    matches!(state, EntryState::TakenBack { .. } | EntryState::Replaced)
}

fn undo(lang: Lang, view: &EditView, entry: &Correction, state: &EntryState) -> Markup {
    let is_undone = matches!(state, EntryState::TakenBack { .. });
    html! {
        @if !is_undone && *state != EntryState::Replaced {
            form.inline method="post" action=(links::EDIT_UNDO) {
                (view.hidden_of_file())
                input type="hidden" name="file" value=(entry.anchor.file);
                input type="hidden" name="entry" value=(entry.id);
                button.small type="submit" { (lang.of("撤销", "Undo")) }
            }
        }
    }
}
