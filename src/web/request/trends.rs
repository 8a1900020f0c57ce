//! What a trend is asked for in an address, and its lines: for the page and for programs.

use serde::Deserialize;
use utoipa::IntoParams;

use super::choice;
use super::searches::DatedSearch;
use crate::export::Measure;
use crate::pages::TrendParams;
use crate::present::{ParamError, SearchParams, ValueForm};
use crate::search::{Granularity, Request, SearchError, Trend};
use crate::web::archive::OpenArchive;
use crate::web::{Parameters, Problem};

/// What is compared, and how it is counted.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct LineParams {
    /// A word or query that is a line of its own; at most eight lines. With one word and several
    /// values of `district` the districts are compared.
    line: Vec<String>,
    /// What the drawing shows: articles (the usual one) or share, per thousand of all articles.
    #[param(inline, value_type = Measure)]
    measure: String,
}

/// The length of a period.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct PeriodParams {
    /// The length of a period; month is the usual one.
    #[param(inline, value_type = Granularity)]
    by: String,
}

/// What a trend has beside a search.
pub(crate) struct OwnTrendParams {
    lines: Vec<String>,
    by: Granularity,
    measure: Measure,
}

impl OwnTrendParams {
    /// # Errors
    /// When a value is not what its name asks for.
    pub(crate) fn take(parameters: &mut Parameters) -> Result<Self, Problem> {
        let by = parameters.take_own::<PeriodParams>()?.granularity()?;
        let LineParams { line: lines, measure } = parameters.take_own()?;
        Ok(Self { lines, by, measure: choice("measure", &measure, ValueForm::Measure)? })
    }

    /// With the search that is left; `q`, by which a search leads here, is a line, too.
    ///
    /// # Errors
    /// When a parameter cannot be understood.
    pub(crate) fn params(self, parameters: Parameters) -> Result<TrendParams, Problem> {
        let Self { mut lines, by, measure } = self;
        let DatedSearch(search) = DatedSearch::parse(parameters)?;
        lines.push(search.q.clone());
        let lines = given(lines);
        // Without a word every article of a district counts: its share would be all of them.
        let measure = if lines.is_empty() { Measure::Articles } else { measure };
        let district = given(search.district.clone());
        let search = SearchParams { q: String::new(), district, ..search };
        Ok(TrendParams { lines, search, by, measure })
    }
}

/// The values that are not empty, each of them once.
fn given(values: Vec<String>) -> Vec<String> {
    let mut given: Vec<String> = Vec::new();
    for value in values {
        let value = value.trim();
        if !value.is_empty() && !given.iter().any(|known| known == value) {
            given.push(value.to_owned());
        }
    }
    given
}

impl PeriodParams {
    /// # Errors
    /// When there is no period of this name.
    pub(crate) fn granularity(&self) -> Result<Granularity, Problem> {
        choice("by", &self.by, ValueForm::Period)
    }
}

/// Why there is no trend.
pub(crate) enum TrendError {
    /// The lines as a whole are refused.
    Lines(ParamError),
    /// The search of a line cannot be understood.
    ParamError(Box<SearchParams>, ParamError),
    /// The search of a line, or of some line, cannot be answered.
    Search(Option<Box<SearchParams>>, SearchError),
}

/// The trend with the search of each of its lines; `None` where nothing was asked for.
///
/// # Errors
/// When the lines cannot be compared, or one cannot be understood.
pub(crate) fn trend(
    opened: &OpenArchive,
    params: &TrendParams,
) -> Result<Option<(Trend, Vec<SearchParams>)>, TrendError> {
    let lines = lines(params).map_err(TrendError::Lines)?;
    if lines.is_empty() {
        return Ok(None);
    }
    let mut requests = Vec::with_capacity(lines.len());
    for (name, search) in &lines {
        let selection = opened
            .parse(search)
            .map_err(|error| TrendError::ParamError(Box::new(search.clone()), error))?;
        requests.push((name.clone(), selection.request));
    }
    let trend = opened.archive.trend(&requests, params.by).map_err(|error| {
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
    pub(crate) fn problem(self) -> Problem {
        match self {
            Self::Lines(error) => error.into(),
            Self::ParamError(search, error) => Problem::from_params(error, &search.q),
            Self::Search(_, error) => error.into(),
        }
    }
}

/// The search of each line with its name: several districts are compared unless several words are.
fn lines(params: &TrendParams) -> Result<Vec<(String, SearchParams)>, ParamError> {
    let districts = &params.search.district;
    let compares_districts = params.lines.len() < 2 && districts.len() > 1;
    params.search.trend_lines(&params.lines, if compares_districts { districts } else { &[] })
}
