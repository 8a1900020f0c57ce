//! What speaks for an article being a notice or an advertisement: the lengths and ends of its units,
//! whether it narrates, and how many words of notices it has.

use super::words;
use super::words::{GROUPS, WordGroup};
use crate::split::shape;
use crate::split::trees::evidence;
use crate::text;

evidence! {
    /// Number of units, and characters in all of them, in the first, the longest and the last.
    units,
    characters,
    first_length,
    longest,
    last_length,
    mean_length,
    /// Shares of units: short ones, those with blanks inside, those as long as the one before, those
    /// that end a sentence or stop within one.
    short_share,
    spaced_share,
    alike_share,
    sentence_share,
    stop_share,
    /// Shares of all characters: in units that end a sentence, digits and numerals, stops, quotes.
    text_share,
    digit_share,
    numeral_share,
    stops_share,
    quotes_share,
    /// Shares of characters that narrate: particles, what is said, persons, 的 and
    /// 之, what is reported.
    particles,
    speech,
    persons,
    genitives,
    reports,
    /// The share of units without any of these.
    bare_share,
    /// Whether the first units have a dateline, a day, or who reports.
    dateline,
    date_lead,
    reporters,
    /// Whether one of the first units has the form of a notice's heading.
    announced,
    /// Whether the last unit is a date, or an authority.
    signed,
    /// Words of notices per hundred characters: all, and by group.
    words,
    announcement,
    price,
    address,
    trade,
    medicine,
    show,
    thanks,
    solicitation,
    bulletin,
    reader,
    speaker,
    /// How many groups have a word, and words of some in the first two units.
    groups,
    head_words,
    head_announcement,
    head_trade,
    /// House numbers: a numeral before 号.
    house_numbers,
}

/// A number for each of [`NAMES`].
pub(in crate::split) type Values = [f32; NAMES.len()];

/// Units at the beginning that are looked at as a headline.
const HEAD: usize = 2;
/// Characters that are read; of longer articles only the beginning counts.
const MAX_CHARACTERS: usize = 3000;

/// The evidence of an article by the texts of its units.
pub(in crate::split) fn evidence(units: &[&str]) -> Values {
    const SHORT: usize = 12;
    let mut counts = UnitCounts::default();
    for (place, unit) in units.iter().enumerate() {
        if counts.characters > MAX_CHARACTERS {
            break;
        }
        counts.add(unit, place < HEAD);
    }
    let lengths = &counts.lengths;
    let of_units = lengths.len().max(1) as f32;
    let read = &units[..lengths.len()];
    let share = |holds: &dyn Fn(&str) -> bool| {
        read.iter().filter(|unit| holds(unit)).count() as f32 / of_units
    };
    let of_characters = counts.characters.max(1) as f32;
    let per = |count: usize| count as f32 / of_characters;
    let flag = |holds: bool| f32::from(u8::from(holds));
    let alike = lengths.windows(2).filter(|pair| pair[0] == pair[1]).count();
    let head = &read[..read.len().min(HEAD + 1)];
    let of_group = |group: WordGroup| counts.words[group as usize];
    let hundred = |group: WordGroup| 100.0 * per(of_group(group));
    Evidence {
        units: of_units,
        characters: counts.characters as f32,
        first_length: lengths.first().copied().unwrap_or_default() as f32,
        longest: lengths.iter().copied().max().unwrap_or_default() as f32,
        last_length: lengths.last().copied().unwrap_or_default() as f32,
        mean_length: of_characters / of_units,
        short_share: lengths.iter().filter(|&&length| length <= SHORT).count() as f32 / of_units,
        spaced_share: share(&|unit| unit.trim().contains(char::is_whitespace)),
        alike_share: alike as f32 / of_units,
        sentence_share: share(&shape::ends_sentence),
        stop_share: share(&|unit| unit.ends_with(['，', ',', '、', '；', ';', '：', ':'])),
        text_share: per(counts.in_sentences),
        digit_share: per(counts.digits),
        numeral_share: per(counts.numerals),
        stops_share: per(counts.stops),
        quotes_share: per(counts.quotes),
        particles: per(counts.particles),
        speech: per(counts.speech),
        persons: per(counts.persons),
        genitives: per(counts.genitives),
        reports: per(counts.reports),
        bare_share: counts.bare as f32 / of_units,
        dateline: flag(
            head.iter()
                .any(|unit| matches!(shape::opening(unit), Some((shape::Opening::Dateline, _)))),
        ),
        date_lead: flag(head.iter().any(|unit| shape::date_lead(unit))),
        reporters: flag(head.iter().any(|unit| unit.contains("记者") || unit.contains("記者"))),
        announced: flag(head.iter().any(|unit| shape::notice_title(unit))),
        signed: flag(read.last().is_some_and(|unit| shape::date_line(unit) || shape::issuer(unit))),
        words: 100.0 * per(counts.words.iter().sum()),
        announcement: hundred(WordGroup::Announcement),
        price: hundred(WordGroup::Price),
        address: hundred(WordGroup::Address),
        trade: hundred(WordGroup::Trade),
        medicine: hundred(WordGroup::Medicine),
        show: hundred(WordGroup::Show),
        thanks: hundred(WordGroup::Thanks),
        solicitation: hundred(WordGroup::Solicitation),
        bulletin: hundred(WordGroup::Bulletin),
        reader: hundred(WordGroup::Reader),
        speaker: hundred(WordGroup::Speaker),
        groups: counts.words.iter().filter(|&&count| count > 0).count() as f32,
        head_words: counts.head.iter().sum::<usize>() as f32,
        head_announcement: counts.head[WordGroup::Announcement as usize] as f32,
        head_trade: (counts.head[WordGroup::Trade as usize]
            + counts.head[WordGroup::Price as usize]) as f32,
        house_numbers: 100.0 * per(counts.house_numbers),
    }
    .values()
}

/// Counts of characters and words.
#[derive(Default)]
struct UnitCounts {
    /// Of each unit that was read.
    lengths: Vec<usize>,
    characters: usize,
    in_sentences: usize,
    digits: usize,
    numerals: usize,
    stops: usize,
    quotes: usize,
    particles: usize,
    speech: usize,
    persons: usize,
    genitives: usize,
    reports: usize,
    /// Units without particles, speech, persons, genitives and reports.
    bare: usize,
    house_numbers: usize,
    words: [usize; GROUPS],
    head: [usize; GROUPS],
}

impl UnitCounts {
    fn add(&mut self, unit: &str, is_head: bool) {
        let folded = text::fold(unit).text;
        let (mut length, mut narrated, mut before) = (0, 0, ' ');
        for c in folded.chars() {
            if c.is_whitespace() {
                before = c;
                continue;
            }
            length += 1;
            let numeral = "〇零一二三四五六七八九十百廿卅".contains(c);
            self.digits += usize::from(c.is_ascii_digit());
            self.numerals += usize::from(numeral);
            self.stops += usize::from("，,。、；;：:！!？?".contains(c));
            self.quotes += usize::from("“”\"'「」『』".contains(c));
            let number_before =
                before.is_ascii_digit() || "〇零一二三四五六七八九十百廿卅".contains(before);
            self.house_numbers += usize::from(c == '号' && number_before);
            let counted = match c {
                '了' | '着' | '过' | '是' | '在' | '就' | '也' | '都' | '而' | '则' | '乃'
                | '遂' | '矣' | '焉' | '耳' | '却' | '把' | '被' => {
                    Some(&mut self.particles)
                }
                '说' | '称' | '曰' | '云' | '谓' | '道' | '问' | '答' | '言' => {
                    Some(&mut self.speech)
                }
                '他' | '她' | '我' | '们' | '其' | '彼' | '余' | '你' => {
                    Some(&mut self.persons)
                }
                '的' | '之' => Some(&mut self.genitives),
                '昨' | '据' | '闻' | '悉' | '讯' => Some(&mut self.reports),
                _ => None,
            };
            if let Some(count) = counted {
                *count += 1;
                narrated += 1;
            }
            before = c;
        }
        self.lengths.push(length);
        self.characters += length;
        self.bare += usize::from(narrated == 0);
        if shape::ends_sentence(unit) {
            self.in_sentences += length;
        }
        for (group, _) in words::find(&folded) {
            self.words[group as usize] += 1;
            if is_head {
                self.head[group as usize] += 1;
            }
        }
    }
}
