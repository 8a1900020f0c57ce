//! Tags, notes and collections of an article, with the forms of an editor.

use maud::{Markup, html};

use crate::model::{ArticleNotes, Record};
use crate::pages::layout::links;
use crate::pages::layout::signed_in::SignedIn;
use crate::present::{Dimension, Lang, SearchParams, words};

/// What the page of an article shows of them.
#[derive(Debug, Clone, Default)]
pub struct NotesSection {
    /// What is noted.
    pub noted: ArticleNotes,
    /// Who may write; `None` for readers.
    pub editor: Option<SignedIn>,
    /// The tags and the collections that there are, for an editor.
    pub tags: Vec<String>,
    /// See `tags`.
    pub collections: Vec<String>,
}

pub(super) fn notes(lang: Lang, record: &Record, section: &NotesSection) -> Markup {
    let NotesSection { noted, editor, .. } = section;
    if editor.is_none() && *noted == ArticleNotes::default() {
        return html! {};
    }
    html! {
        section.noted aria-labelledby="notes" {
            h2 #notes { (lang.of("标签与笔记", "Tags and notes")) }
            @if !noted.tags.is_empty() {
                ul.chips aria-label=(lang.of("标签", "Tags")) {
                    @for tag in &noted.tags { li { (self::tag(lang, record, tag, editor.as_ref())) } }
                }
            }
            @for note in &noted.notes {
                div.reader-note id={ "note-" (note.entry) } {
                    @if !note.passage.is_empty() {
                        blockquote lang=(Lang::Zh.tag()) { (note.passage) }
                    }
                    @for line in note.text.lines() { p lang=(Lang::Zh.tag()) { (line) } }
                    p.small.soft { (note.by) " " span.number { (words::day(note.at)) } }
                    @if let Some(editor) = editor {
                        form method="post" action=(links::article_notes(&record.id)) {
                            (editor.field())
                            input type="hidden" name="action" value="take_back";
                            input type="hidden" name="note" value=(note.entry);
                            button type="submit" { (lang.of("撤回笔记", "Take the note back")) }
                        }
                    }
                }
            }
            @if !noted.collections.is_empty() {
                p {
                    (lang.of("收藏于：", "In the collections: "))
                    @for (at, name) in noted.collections.iter().enumerate() {
                        @if at > 0 { (lang.of("、", ", ")) }
                        a lang=(Lang::Zh.tag()) href=(links::collection(name)) { (name) }
                    }
                }
            }
            @if let Some(editor) = editor { (forms(lang, record, section, editor)) }
        }
    }
}

/// A tag as a way to all articles that have it; an editor can take it off.
fn tag(lang: Lang, record: &Record, tag: &str, editor: Option<&SignedIn>) -> Markup {
    let tagged = SearchParams::default().with_values(Dimension::Tag, vec![tag.to_owned()]);
    html! {
        a.chip lang=(Lang::Zh.tag()) href=(links::search(&tagged)) { (tag) }
        @if let Some(editor) = editor {
            form.inline method="post" action=(links::article_notes(&record.id)) {
                (editor.field())
                input type="hidden" name="action" value="untag";
                input type="hidden" name="tag" value=(tag);
                button type="submit" aria-label=(lang.of(format!("去掉标签：{tag}"), format!("Take off the tag {tag}"))) { "×" }
            }
        }
    }
}

fn forms(lang: Lang, record: &Record, section: &NotesSection, editor: &SignedIn) -> Markup {
    let action = links::article_notes(&record.id);
    html! {
        form.noting method="post" action=(action) {
            (editor.field())
            input type="hidden" name="action" value="tag";
            label for="new-tag" { (lang.of("加标签", "Add a tag")) }
            input #new-tag name="tag" list="known-tags" required maxlength="60" autocomplete="off";
            datalist #known-tags { @for tag in &section.tags { option value=(tag) {} } }
            button type="submit" { (lang.of("加上", "Add")) }
        }
        form.noting method="post" action=(action) {
            (editor.field())
            input type="hidden" name="action" value="note";
            label for="new-note" { (lang.of("写笔记", "Write a note")) }
            textarea #new-note name="text" rows="3" required maxlength="10000" {}
            label for="passage" { (lang.of("所说的原文（可不填）", "The words that it is about, if any")) }
            input #passage name="passage" maxlength="1000" autocomplete="off" data-passage;
            button type="submit" { (lang.of("记下", "Save")) }
        }
        form.noting method="post" action=(action) {
            (editor.field())
            input type="hidden" name="action" value="collect";
            label for="collection" { (lang.of("加入收藏", "Add to a collection")) }
            input #collection name="collection" list="known-collections" required maxlength="60"
                autocomplete="off";
            datalist #known-collections { @for name in &section.collections { option value=(name) {} } }
            label for="collect-remark" { (lang.of("备注（可不填）", "Remark, if any")) }
            input #collect-remark name="remark" maxlength="10000" autocomplete="off";
            button type="submit" { (lang.of("加入", "Add")) }
        }
    }
}
