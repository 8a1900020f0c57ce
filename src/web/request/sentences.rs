//! What the server says of requests that it does not answer, in English: in one place, so that pages
//! can say it in other languages.

use crate::model::sentences;

sentences! {
    /// Every sentence of a problem that is the server's own; `{}` stands for a part that varies,
    /// which can be another of these.
    SENTENCES:
    // Nothing of this name.
    NO_ADDRESS = "there is nothing at this address";
    NO_ASSET = "there is no such file";
    NO_OPERATION = "there is no such operation";
    NO_LIST = "there is no such list";
    NOT_LISTED = "articles are not listed here; `dibao serve --sitemap` lists them";
    NO_FILE = "the archive has no file of this name";
    NO_ARTICLE = "no article has the id {}";
    NO_ARTICLE_BEGINS = "no article has the id {} or begins with it";
    NO_SINGLE_ARTICLE = "no article has the id {}, or several do";
    NO_LANGUAGE = "the languages are zh and en";
    // Parameters.
    VALUE = "{}={}: {}";
    NO_PARAMETER = "{}: no such parameter here";
    WHOLE_NUMBER = "write a whole number";
    TRUE_OR_FALSE = "write true or false";
    A_MOMENT = "write a day or a moment, as in 2026-11-20 or 2026-11-20T08:00:00Z";
    A_PERIOD = "write day, month, quarter or year";
    A_MEASURE = "write articles or share";
    A_FORMAT = "write jsonl, csv or md";
    A_TREND_FORMAT = "write json, csv or svg";
    ALL = "write all";
    NO_PAGES = "an export has no pages: it gives every article";
    WHICH_LINE = "line: which words are to be compared?";
    WHICH_FILE = "file: which file is asked for?";
    WHICH_PATH = "back: write a path of this server";
    TIMELESS = "undated leaves nothing to compare over time; leave it out";
    MANY_LINES = "{} lines are too many to tell apart; {} at most";
    NOT_AN_ADDRESS = "no address can be made of this: {}";
    // What serde says of them.
    UNKNOWN_FIELD = "unknown field `{}`, expected one of {}";
    UNSUPPORTED = "unsupported value";
    // Who may ask, and how.
    READ_ONLY = "{}: everything here is read with GET; nothing can be changed";
    NOT_THIS_HOST =
        "the server does not answer to this host name; `dibao serve --host NAME` makes it";
    LONG_ADDRESS = "an address has at most {} bytes; shorten the query";
    LARGE_BODY = "nothing here reads a body, and none has more than {} bytes";
    ASK_THE_PROXY = "the reverse proxy in front of this server has to be asked";
    SEND_THE_TOKEN = "send the token, as a bearer token or as a password";
    // The server.
    BUSY = "the server is busy; ask again in a moment";
    SLOW = "the answer took longer than the server allows; ask for less, or ask again later";
    FAILED = "something went wrong in the server; the log says what";
    NO_INDEX = "there is no index yet; it has to be made on the server";
    OTHER_INDEX =
        "the index was made by another version of the program; it has to be made anew on the server";
    BAD_INDEX = "the index cannot be read; the server's log says why";
    // The lines of a file.
    GONE = "the file is gone since it was ingested";
    MOVED = "the file has changed and moved since it was ingested";
    PACKED = "the lines of a packed file are not shown";
    BAD_FILE = "the file cannot be read; the server's log says why";
}
