//! What the layers say of an article in English: how its date was found, and what is to be known of
//! it. In one place, so that pages can say it in other languages.

use crate::model::sentences;

sentences! {
    /// Every sentence that the rule of a [`DateNote`](crate::model::DateNote) is made of; `{}` stands
    /// for a part that varies.
    DATE_RULES:
    SIGNED = "the day that the document is signed with";
    FIRST_OF_LEAD = "the first day named in the lead";
    FROM_DATELINE = "counted from the day of the dateline";
    DATELINE = "the day of the dateline";
    AROUND = "the lead names no other day than one on which something begins or is planned, or by \
              which it had come so far";
    OF_LEAD = "a day of the lead";
    BEFORE_OPEN_ISSUE =
        "the lead names a day {} before the issue, whose own day is not known";
    FIRST_OF_BODY = "the first day named in the body";
    MONTHS = "the lead names a span of months and no day";
    ISSUE_CLOSE = "the lead names no day but one close to the issue; the issue's date stands";
    ISSUE = "no day is stated; the issue's date stands";
    BEFORE_ISSUE = "no day is stated; some day of the months before the issue";
    BEFORE_ISSUE_IN_YEAR =
        "no day is stated; some day of the months before the issue, in the year of the number";
    // Where a year, a month or a count came from.
    FROM_PRINT = "counted from the day of print";
    YEAR_OF_FILE = "the year is the file name's";
    YEAR_NEAREST = "the year is the one that puts it nearest before the issue";
    YEAR_COUNTED = "the year is counted from the issue's";
    YEAR_CARRIED = "the year is the one named before";
    CENTURY = "the century is the issue's";
    MONTH_NEAREST = "the month is the one that puts it before the issue";
    MONTH_COUNTED = "the month is counted from the issue's";
    // What joins them.
    LAST_OF_SPAN = "{}, the last of a span of days";
    WITH_HOW = "{}; {}";
}

sentences! {
    /// Every warning that annotation adds to an article; `{}` stands for a part that varies.
    WARNINGS:
    UNKNOWN_TOPIC = "the topic “{}” that the file states is none of the table";
    READ_AS = "{} was read as {}";
    UNCLEAR = "it is not clear which {} is meant";
}
