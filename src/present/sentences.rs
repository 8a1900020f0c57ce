//! What is said of parameters that cannot be understood, in English: in one place, so that pages
//! can say it in other languages.

use crate::model::sentences;

sentences! {
    /// Every sentence that [`ParamError`](super::ParamError) is made of; `{}` stands for a part that
    /// varies, which can be another of these.
    SENTENCES:
    QUERY = "the query cannot be read: {}";
    VALUE = "{}={}: {}";
    APART = "offset and after exclude each other";
    BACKWARDS = "from {} is later than to {}; exchange the two";
    UNDATED =
        "undated leaves no article for from, to and certain; leave one of them out";
    A_SORT = "write relevance, newest or oldest";
    A_KIND = "write news, document, profile, photo or notice";
    A_REVIEW = "write weak_cut, undated, unplaced, ambiguous_place or article_warning";
    A_DATE = "not a date; write 2023, 2023-02 or 2023-02-10";
    AT_MOST = "at most {}";
    A_FLAG = "`{}`: write true or false";
    A_NUMBER = "`{}`: write a number";
}
