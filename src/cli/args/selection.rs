//! Which articles: the arguments become the parameters of a search, and these a request.

use anyhow::anyhow;

use super::SelectionArgs;
use super::filters::{ArticleFilterArgs, FilterArgs, WordingArgs};
use super::folders::Folders;
use super::synonyms;
use crate::cli::output::failure::BadQuery;
use crate::model::CivilDate;
use crate::present::{Lang, PageLimits, ParamError, SearchParams, Selection};
use crate::query::Synonyms;

/// # Errors
/// When the query or a filter cannot be understood, and when the synonyms cannot be read.
pub(crate) fn from_args(
    args: SelectionArgs,
    folders: &Folders,
    lang: Lang,
) -> anyhow::Result<Selection> {
    let params = SearchParams { q: args.query.join(" "), ..params(&args.wording, args.filters) };
    of(&params, &args.wording, folders, lang)
}

/// # Errors
/// When the query or a filter cannot be understood, and when the synonyms cannot be read.
pub(crate) fn of(
    params: &SearchParams,
    wording: &WordingArgs,
    folders: &Folders,
    lang: Lang,
) -> anyhow::Result<Selection> {
    on(params, wording, folders, lang, jiff::Zoned::now().date())
}

/// The same on a day.
///
/// # Errors
/// As [`of`].
pub(crate) fn on(
    params: &SearchParams,
    wording: &WordingArgs,
    folders: &Folders,
    lang: Lang,
    today: CivilDate,
) -> anyhow::Result<Selection> {
    let selection = with(params, &Synonyms::default(), today)?;
    // Without words in the query the synonyms are not needed, and may be missing.
    if params.exact || selection.request.query.texts().is_empty() {
        return Ok(selection);
    }
    with(params, &synonyms::read(wording.synonyms.as_deref(), &folders.corpus, lang)?, today)
}

/// The same with synonyms that were read before.
///
/// # Errors
/// When the query or a filter cannot be understood.
pub(crate) fn with(
    params: &SearchParams,
    synonyms: &Synonyms,
    today: CivilDate,
) -> anyhow::Result<Selection> {
    params.selection(synonyms, today, PageLimits::NONE).map_err(|error| match error {
        ParamError::Query(error) => BadQuery { typed: params.q.clone(), error }.into(),
        other => anyhow!(other),
    })
}

/// The parameters of a search for everything that the filters leave.
pub(crate) fn params(wording: &WordingArgs, args: FilterArgs) -> SearchParams {
    let FilterArgs { district, role, kind, articles } = args;
    let role = role.unwrap_or_default();
    SearchParams { district, role, kind, ..article_params(wording, articles) }
}

/// The same where districts and kinds are not those of articles.
pub(crate) fn article_params(wording: &WordingArgs, args: ArticleFilterArgs) -> SearchParams {
    SearchParams {
        topic: args.topic,
        outlet: args.outlet,
        publication: args.publication,
        tag: args.tag,
        collection: args.collection,
        from: args.from.unwrap_or_default(),
        to: args.to.unwrap_or_default(),
        certain: args.certain,
        undated: args.undated,
        review: args.review,
        any: wording.any,
        all: wording.all,
        exact: wording.no_synonyms,
        ..SearchParams::default()
    }
}
