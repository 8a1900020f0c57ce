//! Cards as HTML that is XHTML as well: no element without an end, no attribute without a value.

use maud::{Markup, html};

use super::card::{Card, CardBlock, CardFact, CardValue, Piece};
use super::head::CardHead;
use crate::present::Lang;

/// The style of cards, on paper too.
pub(super) const STYLE: &str = include_str!("style.css");

/// What is said of the whole collection.
pub(super) fn collection(lang: Lang, head: &CardHead) -> Markup {
    html! {
        header {
            h1 { (head.title(lang)) }
            dl {
                @for (name, value) in head.facts(lang) { dt { (name) } dd { (value) } }
            }
        }
    }
}

/// A card; `anchor` is its name among the others.
pub(super) fn card(lang: Lang, card: &Card, anchor: &str) -> Markup {
    html! {
        article id=(anchor) lang=(Lang::Zh.tag()) {
            header {
                @if let Some(kicker) = &card.kicker { p.kicker { (pieces(kicker)) } }
                h2 { (pieces(&card.title)) }
                @if let Some(subtitle) = &card.subtitle { p.subtitle { (pieces(subtitle)) } }
            }
            @if !card.remark.is_empty() {
                blockquote.remark { @for line in &card.remark { p { (pieces(line)) } } }
            }
            dl lang=(lang.tag()) {
                @for fact in &card.facts { (self::fact(fact)) }
            }
            div.text {
                @for group in groups(&card.text) {
                    @match group {
                        BlockGroup::Paragraph(text) => { p { (pieces(text)) } }
                        BlockGroup::Table(rows) => { table { tbody {
                            @for row in rows {
                                tr { @for cell in row { td { (pieces(cell)) } } }
                            }
                        } } }
                    }
                }
            }
            @if !card.credit.is_empty() {
                div.credit { @for line in &card.credit { p { (pieces(line)) } } }
            }
        }
    }
}

/// A line of the contents.
pub(super) fn entry(card: &Card, href: &str) -> Markup {
    html! {
        li { a href=(href) { (card.name) } " " span.date { (card.date) } }
    }
}

enum BlockGroup<'c, 'a> {
    Paragraph(&'c [Piece<'a>]),
    Table(Vec<&'c [Vec<Piece<'a>>]>),
}

/// Rows that follow each other are one table.
fn groups<'c, 'a>(blocks: &'c [CardBlock<'a>]) -> Vec<BlockGroup<'c, 'a>> {
    let mut groups = Vec::new();
    for block in blocks {
        match (block, groups.last_mut()) {
            (CardBlock::Paragraph(text), _) => groups.push(BlockGroup::Paragraph(text)),
            (CardBlock::Row(cells), Some(BlockGroup::Table(rows))) => rows.push(cells),
            (CardBlock::Row(cells), _) => groups.push(BlockGroup::Table(vec![cells])),
        }
    }
    groups
}

fn fact(fact: &CardFact) -> Markup {
    html! {
        dt { (fact.name) }
        dd {
            @match &fact.value {
                CardValue::Words(words) => (pieces(words)),
                CardValue::Link(address) => a href=(address) { (address) },
            }
        }
    }
}

fn pieces(pieces: &[Piece]) -> Markup {
    html! {
        @for piece in pieces {
            @if piece.marked { mark { (piece.text) } } @else { (piece.text) }
        }
    }
}
