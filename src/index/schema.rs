//! The fields of the engine's documents.

use tantivy::IndexSettings;
use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::store::Compressor;

use super::fields::{DayField, NumberField, TermField};
use super::text_fields::{BIGRAM_TOKENIZER, CHARACTER_TOKENIZER, WORD_TOKENIZER};

/// The number of these rules. Whoever changes a field, a tokenizer or what an entry holds raises
/// it, so that older indexes are refused instead of misread.
pub(super) const SCHEMA_VERSION: u32 = 10;

/// What every field is called in the engine's files.
pub(crate) mod names {
    pub(crate) const MARKER: &str = "marker";
    pub(crate) const ID: &str = "id";
    pub(crate) const SOURCE: &str = "source";
    pub(crate) const ORDINAL: &str = "ordinal";
    pub(crate) const BODY_START: &str = "body_start";
    pub(crate) const HEAD: &str = "head";
    pub(crate) const TEXT: &str = "text";
    pub(crate) const CHARACTERS: &str = "characters";
    pub(crate) const WORDS: &str = "words";
    pub(crate) const FIRST_DAY: &str = "first_day";
    pub(crate) const LAST_DAY: &str = "last_day";
    pub(crate) const DAY: &str = "day";
    pub(crate) const FIRST_ISSUE: &str = "first_issue";
    pub(crate) const LAST_ISSUE: &str = "last_issue";
    pub(crate) const PRINTED: &str = "printed";
    pub(crate) const KIND: &str = "kind";
    pub(crate) const PUBLICATION: &str = "publication";
    pub(crate) const OUTLET: &str = "outlet";
    pub(crate) const TOPIC: &str = "topic";
    pub(crate) const AREA: &str = "area";
    pub(crate) const PLACE: &str = "place";
    pub(crate) const MENTIONED: &str = "mentioned";
    pub(crate) const FIGURE: &str = "figure";
    pub(crate) const GENRE: &str = "genre";
    pub(crate) const DOCNO: &str = "docno";
    pub(crate) const ISSUER: &str = "issuer";
    pub(crate) const SECTION: &str = "section";
    pub(crate) const PAGE: &str = "page";
    pub(crate) const AUTHOR: &str = "author";
    pub(crate) const REVIEW: &str = "review";
    pub(crate) const STORED: &str = "stored";
}

/// The engine's fields.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// [`ARTICLE`](super::ARTICLE) or [`FILE`](super::FILE); marks of some articles, too.
    pub(crate) marker: Field,
    pub(crate) id: Field,
    /// Path of the file; articles and the report on their file share it.
    pub(crate) source: Field,
    /// Place of the article in its file.
    pub(crate) ordinal: Field,
    /// Position in `bigrams` at which the body begins, or a little before.
    pub(crate) body_start: Field,
    /// Bigram field of the headline, that is kicker, title, subtitle.
    pub(crate) headline_bigrams: Field,
    /// Bigram field of everything that the article prints, the body last.
    pub(crate) bigrams: Field,
    /// Single characters of the same text; without positions.
    pub(crate) characters: Field,
    /// Word field: long dictionary words, and runs of letters and digits, of the same text.
    pub(crate) words: Field,
    /// YYYYMMDD of the first day the article's date can be.
    pub(crate) first_day: Field,
    /// YYYYMMDD of the last day the article's date can be.
    pub(crate) last_day: Field,
    /// YYYYMMDD that the article is sorted under, its last possible day; 0 without a date.
    pub(crate) day: Field,
    /// As `first_day`, of the issue.
    pub(crate) first_issue: Field,
    /// As `last_day`, of the issue.
    pub(crate) last_issue: Field,
    /// YYYYMMDD of the day on which the article was printed, 0 where that is unknown.
    pub(crate) printed: Field,
    pub(crate) kind: Field,
    pub(crate) publication: Field,
    pub(crate) outlet: Field,
    pub(crate) topic: Field,
    /// Paths of the districts, for counting, each after the mark of its role: the names from the
    /// province down, with [`PATH_SEPARATOR`](super::PATH_SEPARATOR) between them.
    pub(crate) area: Field,
    /// Names and codes of districts and places and of everything above them, each after the mark of
    /// the role of the district, for filtering.
    pub(crate) place: Field,
    /// Years (YYYY), months (YYYYMM) and days (YYYYMMDD) that make up what the article speaks of.
    pub(crate) mentioned: Field,
    pub(crate) figure: Field,
    pub(crate) genre: Field,
    pub(crate) docno: Field,
    pub(crate) issuer: Field,
    pub(crate) section: Field,
    pub(crate) page: Field,
    /// Names of those who made the article, each after the mark of the role.
    pub(crate) author: Field,
    /// Why the article needs a person's eye.
    pub(crate) review: Field,
    /// The record or the report as encoded JSON (`stored`).
    pub(crate) stored: Field,
}

impl Fields {
    /// The engine's field of these terms.
    pub(crate) fn terms(&self, field: TermField) -> Field {
        match field {
            TermField::Marker => self.marker,
            TermField::Id => self.id,
            TermField::Source => self.source,
            TermField::HeadlineBigrams => self.headline_bigrams,
            TermField::Bigrams => self.bigrams,
            TermField::Characters => self.characters,
            TermField::Words => self.words,
            TermField::Kind => self.kind,
            TermField::Publication => self.publication,
            TermField::Outlet => self.outlet,
            TermField::Topic => self.topic,
            TermField::Area => self.area,
            TermField::Place => self.place,
            TermField::Mentioned => self.mentioned,
            TermField::Figure => self.figure,
            TermField::Genre => self.genre,
            TermField::Docno => self.docno,
            TermField::Issuer => self.issuer,
            TermField::Section => self.section,
            TermField::Page => self.page,
            TermField::Author => self.author,
            TermField::Review => self.review,
        }
    }

    /// The engine's field of these days.
    pub(crate) fn days(&self, field: DayField) -> Field {
        match field {
            DayField::First => self.first_day,
            DayField::Last => self.last_day,
            DayField::FirstOfIssue => self.first_issue,
            DayField::LastOfIssue => self.last_issue,
        }
    }

    /// The engine's column of these numbers.
    pub(super) fn numbers(&self, field: NumberField) -> Field {
        match field {
            NumberField::Ordinal => self.ordinal,
            NumberField::Interval(days) => self.days(days),
            NumberField::Day => self.day,
            NumberField::Printed => self.printed,
        }
    }
}

pub(super) fn build() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text_options = |tokenizer: &str, option, norms| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer(tokenizer)
                .set_index_option(option)
                .set_fieldnorms(norms),
        )
    };
    let plain = || {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false),
        )
    };
    let counted = || plain().set_fast("raw");
    let number = || NumericOptions::default().set_fast();
    let bigrams = || text_options(BIGRAM_TOKENIZER, IndexRecordOption::WithFreqsAndPositions, true);
    let fields = Fields {
        marker: schema.add_text_field(names::MARKER, plain()),
        id: schema.add_text_field(names::ID, plain()),
        source: schema.add_text_field(names::SOURCE, counted()),
        ordinal: schema.add_u64_field(names::ORDINAL, number()),
        body_start: schema.add_u64_field(names::BODY_START, number()),
        headline_bigrams: schema.add_text_field(names::HEAD, bigrams()),
        bigrams: schema.add_text_field(names::TEXT, bigrams()),
        characters: schema.add_text_field(
            names::CHARACTERS,
            text_options(CHARACTER_TOKENIZER, IndexRecordOption::Basic, false),
        ),
        words: schema.add_text_field(
            names::WORDS,
            text_options(WORD_TOKENIZER, IndexRecordOption::WithFreqs, false),
        ),
        first_day: schema.add_u64_field(names::FIRST_DAY, number()),
        last_day: schema.add_u64_field(names::LAST_DAY, number()),
        day: schema.add_u64_field(names::DAY, number()),
        first_issue: schema.add_u64_field(names::FIRST_ISSUE, number()),
        last_issue: schema.add_u64_field(names::LAST_ISSUE, number()),
        printed: schema.add_u64_field(names::PRINTED, number()),
        kind: schema.add_text_field(names::KIND, counted()),
        publication: schema.add_text_field(names::PUBLICATION, counted()),
        outlet: schema.add_text_field(names::OUTLET, counted()),
        topic: schema.add_text_field(names::TOPIC, counted()),
        area: schema.add_text_field(names::AREA, counted()),
        place: schema.add_text_field(names::PLACE, plain()),
        mentioned: schema.add_text_field(names::MENTIONED, plain()),
        figure: schema.add_text_field(names::FIGURE, plain()),
        genre: schema.add_text_field(names::GENRE, plain()),
        docno: schema.add_text_field(names::DOCNO, plain()),
        issuer: schema.add_text_field(names::ISSUER, plain()),
        section: schema.add_text_field(names::SECTION, plain()),
        page: schema.add_text_field(names::PAGE, plain()),
        author: schema.add_text_field(names::AUTHOR, plain()),
        review: schema.add_text_field(names::REVIEW, plain()),
        stored: schema.add_bytes_field(names::STORED, BytesOptions::default().set_stored()),
    };
    (schema.build(), fields)
}

/// How the engine stores documents: without compression, since records are encoded already, and in
/// small blocks, since a whole block is read for each record.
pub(super) fn settings() -> IndexSettings {
    IndexSettings {
        docstore_compression: Compressor::None,
        docstore_blocksize: 4 << 10,
        ..IndexSettings::default()
    }
}
