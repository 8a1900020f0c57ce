//! Reading cards: an article a card, with what is known of it, where it stands and how it is cited, and
//! the passages that match marked. What a card says is the same in every format.

mod card;
mod docx;
mod docx_styles;
mod epub;
mod head;
mod html;
mod markup;
mod package;
mod plain_text;
#[cfg(test)]
mod tests;

pub(super) use card::{CardSettings, text_characters};
pub(super) use docx::WordCards;
pub(super) use epub::BookCards;
pub(super) use head::CardHead;
pub(super) use html::PageCards;
