//! What a trend is asked for in an address, and its lines: for the page and for programs.

use super::sentences;
use crate::export::{MAX_LINES, Measure};
use crate::model::filled;
use crate::pages::TrendParams;
use crate::present::{ParamError, SearchParams};
use crate::search::{Request, SearchError, Trend};
use crate::web::state::{OpenArchive, today};
use crate::web::{Parameters, Problem};

/// Parameters that only a trend has.
pub(crate) const NAMES: [&str; 3] = ["line", "by", "measure"];

/// What was asked; `q`, by which a search leads here, is a line, too.
///
/// # Errors
/// When a parameter cannot be understood.
pub(crate) fn asked(mut parameters: Parameters) -> Result<TrendParams, Problem> {
    let by = parameters.take_period()?;
    let measure = match parameters.take("measure").as_deref() {
        None | Some("articles") => Measure::Articles,
        Some("share") => Measure::PerThousand,
        Some(other) => return Err(Problem::value("measure", other, sentences::A_MEASURE)),
    };
    let mut lines = parameters.take_all("line");
    let asked = parameters.asked()?;
    lines.push(asked.q.clone());
    let given = |values: Vec<String>| -> Vec<String> {
        let mut given: Vec<String> = Vec::new();
        for value in values {
            let value = value.trim();
            if !value.is_empty() && !given.iter().any(|known| known == value) {
                given.push(value.to_owned());
            }
        }
        given
    };
    if asked.undated {
        return Err(Problem::parameter("undated", sentences::TIMELESS));
    }
    let lines = given(lines);
    // Without a word every article of a district counts: its share would be all of them.
    let measure = if lines.is_empty() { Measure::Articles } else { measure };
    let district = given(asked.district.clone());
    // A page of hits means nothing here.
    let asked = SearchParams {
        q: String::new(),
        district,
        sort: String::new(),
        limit: None,
        ungrouped: false,
        ..asked.from_the_start()
    };
    Ok(TrendParams { lines, asked, by, measure })
}

/// Why there is no trend.
pub(crate) enum TrendError {
    /// So many lines are too many.
    Many(usize),
    /// The search of a line cannot be understood.
    ParamError(Box<SearchParams>, ParamError),
    /// The search of a line, or of some line, cannot be answered.
    Search(Option<Box<SearchParams>>, SearchError),
}

/// The trend with the search of each of its lines; `None` where nothing was asked for.
///
/// # Errors
/// When there are too many lines, or one cannot be understood.
pub(crate) fn trend(
    opened: &OpenArchive,
    asked: &TrendParams,
) -> Result<Option<(Trend, Vec<SearchParams>)>, TrendError> {
    let lines = lines(asked);
    if lines.len() > MAX_LINES {
        return Err(TrendError::Many(lines.len()));
    }
    if lines.is_empty() {
        return Ok(None);
    }
    let mut requests = Vec::with_capacity(lines.len());
    for (name, search) in &lines {
        let selection = search
            .selection(&opened.synonyms, today())
            .map_err(|error| TrendError::ParamError(Box::new(search.clone()), error))?;
        requests.push((name.clone(), selection.request));
    }
    let trend = opened.archive.trend(&requests, asked.by).map_err(|error| {
        // The first line that has this error by itself; a failure of the index is of none.
        let of = |(_, request): &(String, Request)| opened.archive.notes(request).is_err();
        let at = requests.iter().position(of);
        TrendError::Search(
            at.and_then(|at| lines.get(at)).map(|line| Box::new(line.1.clone())),
            error,
        )
    })?;
    Ok(Some((trend, lines.into_iter().map(|(_, search)| search).collect())))
}

impl TrendError {
    /// The same for programs.
    pub(crate) fn problem(self, asked: &TrendParams) -> Problem {
        match self {
            Self::Many(count) => {
                let name = if asked.lines.len() > 1 { "line" } else { "district" };
                let detail = filled(sentences::MANY_LINES, &[&count, &MAX_LINES]);
                Problem::parameter(name, detail)
            }
            Self::ParamError(search, error) => Problem::misasked(error, &search.q),
            Self::Search(_, error) => error.into(),
        }
    }
}

/// The search of each line with its name: several districts are compared unless several words are.
fn lines(asked: &TrendParams) -> Vec<(String, SearchParams)> {
    let (params, districts) = (&asked.asked, &asked.asked.district);
    if asked.lines.len() < 2 && districts.len() > 1 {
        let word = asked.lines.first().map(String::as_str).unwrap_or_default();
        return params.saying(word).for_districts(districts);
    }
    params.for_words(&asked.lines)
}
