//! `/batch`: many searches at once. The form is sent by POST, since it can be longer than an address;
//! nothing is written.

use std::time::Instant;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use maud::Markup;
use serde::Deserialize;
use tokio::time::timeout;

use crate::export::{BatchFormat, write_batch};
use crate::pages;
use crate::pages::{BatchPage, Frame};
use crate::present::{
    BatchLine, BatchRow, Lang, SearchParams, ValueForm, batch_lines, batch_params, batch_row,
    errors,
};
use crate::search::SearchError;
use crate::web::api::trend::attached;
use crate::web::archive::OpenArchive;
use crate::web::request::choice;
use crate::web::server::options::MAX_BATCH_BYTES;
use crate::web::{AppState, NoParams, Only, Problem};

/// Lines at most: each is several searches.
const MAX_BATCH_LINES: usize = 200;

/// The form.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct BatchForm {
    lines: String,
    names: Option<String>,
    from: String,
    to: String,
    format: String,
}

/// The form, to be filled in.
pub(crate) async fn page(
    State(state): State<AppState>,
    lang: Lang,
    _: Only<NoParams>,
) -> Result<Markup, Problem> {
    let articles = Some(state.archive().await?.articles);
    let page = BatchPage { max_lines: MAX_BATCH_LINES, ..BatchPage::default() };
    Ok(pages::batch(&frame(lang, articles), &page))
}

/// What was filled in, with the rows; or the rows as a file.
pub(crate) async fn answer(
    State(state): State<AppState>,
    lang: Lang,
    request: Request,
) -> Result<Response, Problem> {
    let body = to_bytes(request.into_body(), MAX_BATCH_BYTES);
    let body = timeout(state.options().limits.client, body).await;
    let body = body.map_err(|_| Problem::slow())?.map_err(|_| Problem::large())?;
    // What is no form has no lines.
    let form: BatchForm = serde_html_form::from_bytes(&body).unwrap_or_default();
    let format: Option<BatchFormat> = match form.format.as_str() {
        "" => None,
        format => Some(choice("format", format, ValueForm::BatchFormat)?),
    };
    let lines = batch_lines(&form.lines);
    let mut page = BatchPage {
        lines: form.lines,
        names: form.names.is_some(),
        from: form.from,
        to: form.to,
        max_lines: MAX_BATCH_LINES,
        ..BatchPage::default()
    };
    let refused = match lines.len() {
        0 => Some(lang.of("请每行写一个检索式或名称。", "Write a query or a name on each line.").to_owned()),
        1..=MAX_BATCH_LINES => None,
        count => Some(lang.of(
            format!("共 {count} 行，至多 {MAX_BATCH_LINES} 行；更多请用命令行 dibao batch。"),
            format!("{count} lines, at most {MAX_BATCH_LINES}; dibao batch takes more on the command line."),
        )),
    };
    if refused.is_some() {
        let articles = Some(state.archive().await?.articles);
        let page = pages::batch(&frame(lang, articles), &BatchPage { refused, ..page });
        return Ok((StatusCode::BAD_REQUEST, page).into_response());
    }
    let (from, to) = (page.from.clone(), page.to.clone());
    let common = SearchParams { from, to, ..SearchParams::default() };
    let (names, until) = (page.names, Instant::now() + state.options().limits.answer);
    // Whatever comes of it, other readers search on.
    let turn = state.batch_turn().await?;
    let answered = state.ask(move |opened| {
        let _turn = turn;
        let rows = lines.iter().map(|line| {
            // Nobody waits for the answer any more.
            if Instant::now() > until {
                Err(Problem::slow())
            } else {
                row(opened, line, names, &common, lang)
            }
        });
        Ok((rows.collect::<Result<Vec<BatchRow>, Problem>>()?, opened.articles))
    });
    let (rows, articles) = answered.await?;
    if let Some(format) = format {
        let mut file = Vec::new();
        write_batch(&rows, format, lang, true, &mut file).map_err(|error| {
            tracing::error!(%error, "a batch could not be written");
            Problem::internal()
        })?;
        return Ok(attached(format.media_type(), &format!("batch.{}", format.ending()), file));
    }
    page.rows = Some(rows);
    Ok(pages::batch(&frame(lang, Some(articles)), &page).into_response())
}

/// The row of a line; what is wrong with it costs no other.
fn row(
    opened: &OpenArchive,
    line: &BatchLine,
    names: bool,
    common: &SearchParams,
    lang: Lang,
) -> Result<BatchRow, Problem> {
    let params = batch_params(line, names, common);
    let selection = match opened.parse(&params) {
        Ok(selection) => selection,
        Err(error) => return Ok(line.failed(params, errors::error(lang, &error))),
    };
    match batch_row(&opened.archive, line, params.clone(), &selection.request) {
        Err(error @ (SearchError::Index(_) | SearchError::Engine { .. })) => Err(error.into()),
        Err(error) => Ok(line.failed(params, errors::error(lang, &error))),
        Ok(row) => Ok(row),
    }
}

fn frame(lang: Lang, articles: Option<u64>) -> Frame {
    Frame { lang, here: "/batch".to_owned(), articles, ..Frame::default() }
}
