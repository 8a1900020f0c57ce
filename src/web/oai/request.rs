//! What a harvester asks: the verbs and arguments of the protocol.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _};

use super::error::{OaiError, OaiErrorCode};
use super::metadata::Prefix;
use super::token::Resumption;

/// The arguments, each once.
#[derive(Debug, Clone)]
pub(crate) struct Pairs(Vec<(String, String)>);

/// What is to be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    Identify,
    ListMetadataFormats,
    ListSets,
    ListIdentifiers,
    ListRecords,
    GetRecord,
}

/// A request that can be answered.
#[derive(Debug, Clone)]
pub(crate) struct OaiRequest {
    pub verb: Verb,
    pub identifier: Option<String>,
    pub prefix: Prefix,
    /// What a list is to have: as it was sent, or as the token says.
    pub list: Resumption,
    /// The moments within which a record has changed, both inclusive.
    pub changed: (Option<Timestamp>, Option<Timestamp>),
    /// Whether the list goes on.
    pub resumed: bool,
}

const ARGUMENTS: [&str; 7] =
    ["verb", "identifier", "metadataPrefix", "from", "until", "set", "resumptionToken"];

impl Pairs {
    /// # Errors
    /// When an argument is unknown, or is given twice.
    pub(crate) fn read(sent: &str) -> Result<Self, OaiError> {
        let pairs: Vec<(String, String)> = serde_html_form::from_str(sent)
            .map_err(|error| bad_argument(format!("the arguments cannot be read: {error}")))?;
        for (place, (name, _)) in pairs.iter().enumerate() {
            if pairs[..place].iter().any(|(other, _)| other == name) {
                let code =
                    if name == "verb" { OaiErrorCode::BadVerb } else { OaiErrorCode::BadArgument };
                return Err(OaiError::new(code, format!("`{name}` is given twice")));
            }
            if !ARGUMENTS.contains(&name.as_str()) {
                let known = ARGUMENTS.join(", ");
                return Err(bad_argument(format!("`{name}` means nothing; there are {known}")));
            }
        }
        Ok(Self(pairs))
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

impl Verb {
    const ALL: [(&'static str, Self); 6] = [
        ("Identify", Self::Identify),
        ("ListMetadataFormats", Self::ListMetadataFormats),
        ("ListSets", Self::ListSets),
        ("ListIdentifiers", Self::ListIdentifiers),
        ("ListRecords", Self::ListRecords),
        ("GetRecord", Self::GetRecord),
    ];

    /// Whether its answer says when files were changed.
    pub(crate) fn needs_file_days(self) -> bool {
        !matches!(self, Self::ListMetadataFormats | Self::ListSets)
    }

    /// What it takes.
    fn arguments(self) -> &'static [&'static str] {
        match self {
            Self::Identify => &[],
            Self::ListMetadataFormats => &["identifier"],
            Self::ListSets => &["resumptionToken"],
            Self::GetRecord => &["identifier", "metadataPrefix"],
            Self::ListIdentifiers | Self::ListRecords => {
                &["metadataPrefix", "from", "until", "set", "resumptionToken"]
            }
        }
    }
}

impl OaiRequest {
    /// # Errors
    /// When the verb is none, and when arguments are missing, do not belong to it, or are not of their
    /// form.
    pub(crate) fn read(pairs: &Pairs) -> Result<Self, OaiError> {
        let named = pairs.get("verb").unwrap_or_default();
        let verb = Verb::ALL.iter().find(|(name, _)| *name == named).map(|(_, verb)| *verb);
        let Some(verb) = verb else {
            let known = Verb::ALL.map(|(name, _)| name).join(", ");
            let message = format!("`{named}` is no verb; there are {known}");
            return Err(OaiError::new(OaiErrorCode::BadVerb, message));
        };
        for (name, _) in &pairs.0 {
            if name != "verb" && !verb.arguments().contains(&name.as_str()) {
                return Err(bad_argument(format!("{named} takes no `{name}`")));
            }
        }
        // Without a value it selects nothing, and is not the same as none.
        for name in ["from", "until", "set"] {
            if pairs.get(name) == Some("") {
                return Err(bad_argument(format!("`{name}` is empty; leave it out")));
            }
        }
        let is_list = matches!(verb, Verb::ListIdentifiers | Verb::ListRecords);
        let list = match pairs.get("resumptionToken") {
            Some(_) if pairs.0.len() > 2 => {
                return Err(bad_argument("`resumptionToken` stands alone".to_owned()));
            }
            // All sets are listed at once.
            Some(_) if !is_list => return Err(bad_token()),
            Some(token) => Some(Resumption::decode(token).ok_or_else(bad_token)?),
            None => None,
        };
        let resumed = list.is_some();
        let sent = |name| pairs.get(name).unwrap_or_default().to_owned();
        let list = list.unwrap_or_else(|| Resumption {
            prefix: sent("metadataPrefix"),
            set: sent("set"),
            from: sent("from"),
            until: sent("until"),
            ..Resumption::default()
        });
        let identifier = pairs.get("identifier").map(str::to_owned);
        if verb == Verb::GetRecord && identifier.is_none() {
            return Err(bad_argument("GetRecord needs an `identifier`".to_owned()));
        }
        let prefix = if is_list || verb == Verb::GetRecord {
            prefix(named, &list.prefix)?
        } else {
            Prefix::Dc
        };
        let changed = changed(&list).map_err(|error| if resumed { bad_token() } else { error })?;
        Ok(Self { verb, identifier, prefix, list, changed, resumed })
    }
}

fn prefix(verb: &str, name: &str) -> Result<Prefix, OaiError> {
    if name.is_empty() {
        return Err(bad_argument(format!("{verb} needs a `metadataPrefix`")));
    }
    Prefix::ALL.into_iter().find(|prefix| prefix.as_str() == name).ok_or_else(|| {
        let known = Prefix::ALL.map(Prefix::as_str).join(" and ");
        let message = format!("there is no format `{name}`; there are {known}");
        OaiError::new(OaiErrorCode::CannotDisseminateFormat, message)
    })
}

/// The first and the last moment of the selection.
fn changed(list: &Resumption) -> Result<(Option<Timestamp>, Option<Timestamp>), OaiError> {
    let ends = [("from", &list.from), ("until", &list.until)];
    let [from, until] =
        ends.map(
            |(name, typed)| {
                if typed.is_empty() { Ok(None) } else { moments(name, typed).map(Some) }
            },
        );
    let (from, until) = (from?, until?);
    if let (Some(from), Some(until)) = (from, until) {
        if from.is_day != until.is_day {
            let message = "`from` and `until` are both days, or both moments".to_owned();
            return Err(bad_argument(message));
        }
        if from.first > until.last {
            return Err(bad_argument("`from` is later than `until`".to_owned()));
        }
    }
    Ok((from.map(|from| from.first), until.map(|until| until.last)))
}

/// A day or a moment, as its first and last second.
#[derive(Clone, Copy)]
struct Moments {
    first: Timestamp,
    last: Timestamp,
    is_day: bool,
}

fn moments(name: &str, typed: &str) -> Result<Moments, OaiError> {
    let wrong = || {
        bad_argument(format!(
            "`{name}` is not of the form 2026-11-28 or 2026-11-28T08:00:00Z: `{typed}`"
        ))
    };
    let is_moment = typed.len() == "2026-11-28T08:00:00Z".len() && typed.ends_with('Z');
    if is_moment && typed.as_bytes().get(10) == Some(&b'T') {
        let moment = typed.parse().map_err(|_| wrong())?;
        return Ok(Moments { first: moment, last: moment, is_day: false });
    }
    if typed.len() != "2026-11-28".len() {
        return Err(wrong());
    }
    let day: Date = typed.parse().map_err(|_| wrong())?;
    let first = day.to_zoned(TimeZone::UTC).map_err(|_| wrong())?.timestamp();
    let last = first.checked_add(86_399.seconds()).map_err(|_| wrong())?;
    Ok(Moments { first, last, is_day: true })
}

fn bad_argument(message: String) -> OaiError {
    OaiError::new(OaiErrorCode::BadArgument, message)
}

pub(crate) fn bad_token() -> OaiError {
    let message = "the token is none of this archive, or the archive has changed since it was given; \
                   begin the list again";
    OaiError::new(OaiErrorCode::BadResumptionToken, message)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(sent: &str) -> Result<OaiRequest, String> {
        let read = Pairs::read(sent).and_then(|pairs| OaiRequest::read(&pairs));
        read.map_err(|error| quick_xml::se::to_string(&error).unwrap_or_default())
    }

    #[test]
    fn every_error_has_the_code_of_the_protocol() {
        let wrong = [
            ("", "badVerb"),
            ("verb=Delete", "badVerb"),
            ("verb=Identify&verb=Identify", "badVerb"),
            ("verb=Identify&set=a", "badArgument"),
            ("verb=Identify&colour=red", "badArgument"),
            ("verb=ListRecords", "badArgument"),
            ("verb=ListRecords&metadataPrefix=marc", "cannotDisseminateFormat"),
            ("verb=ListRecords&metadataPrefix=oai_dc&metadataPrefix=oai_dc", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-30", "badArgument"),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-02&until=2026-02-01",
                "badArgument",
            ),
            (
                "verb=ListRecords&metadataPrefix=oai_dc&from=2026-02-02&until=2026-02-03T00:00:00Z",
                "badArgument",
            ),
            ("verb=ListRecords&metadataPrefix=oai_dc&set=", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&from=", "badArgument"),
            ("verb=ListRecords&metadataPrefix=oai_dc&until=", "badArgument"),
            ("verb=ListRecords&resumptionToken=x", "badResumptionToken"),
            ("verb=ListRecords&resumptionToken=x&metadataPrefix=oai_dc", "badArgument"),
            ("verb=ListSets&resumptionToken=x", "badResumptionToken"),
            ("verb=GetRecord&identifier=a", "badArgument"),
            ("verb=GetRecord&metadataPrefix=oai_dc", "badArgument"),
        ];
        for (sent, code) in wrong {
            let error = read(sent).expect_err(sent);
            assert!(error.contains(&format!("code=\"{code}\"")), "{sent}: {error}");
        }
    }

    #[test]
    fn a_day_is_all_of_its_seconds() {
        let asked = "verb=ListIdentifiers&metadataPrefix=oai_dc&from=2026-02-01&until=2026-02-01";
        let (from, until) = read(asked).expect("a request").changed;
        assert_eq!(from.map(|at| at.to_string()).as_deref(), Some("2026-02-01T00:00:00Z"));
        assert_eq!(until.map(|at| at.to_string()).as_deref(), Some("2026-02-01T23:59:59Z"));
    }
}
