//! `/api/v1/export` and `/export`: streams every hit, without a limit.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::iter;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderName, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use tokio::sync::mpsc::{Sender, channel};
use tokio::task::spawn_blocking;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

use crate::export::{Exporter, Format};
use crate::present::ValueForm;
use crate::search::Request;
use crate::web::request::choice;
use crate::web::request::searches::ExportSearch;
use crate::web::state::OpenArchive;
use crate::web::{AppState, Parameters, Problem};

/// Size of a chunk of the response, in bytes.
const CHUNK_BYTES: usize = 64 << 10;
/// Chunks that are buffered for a slow client.
const MAX_WAITING_CHUNKS: usize = 4;
/// Maximum length of a file name, in characters.
const MAX_NAME_CHARS: usize = 40;

/// Characters that are percent-encoded in a file name.
const NOT_IN_A_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-');

/// How articles are exported.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormatParams {
    /// jsonl (the default: complete records), csv (for spreadsheets) or md (for reading).
    #[param(inline, value_type = Format)]
    format: String,
}

/// Export articles
///
/// Every matching article, not a page of them: `limit`, `offset` and `after` are not allowed, and
/// reprints are not grouped.
#[utoipa::path(get, path = "/api/v1/export", tag = "archive", params(ExportSearch, FormatParams), responses(
    (status = 200, description = "The articles", content(
        (String = "application/x-ndjson"), (String = "text/csv"), (String = "text/markdown"),
    ), headers(
        ("Content-Disposition" = String, description = "The name of the file"),
        ("dibao-articles" = u64, description = "How many articles a complete download contains"),
    )),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
))]
pub(crate) async fn export(
    State(state): State<AppState>,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let FormatParams { format } = parameters.take_own()?;
    let format = choice("format", &format, ValueForm::ExportFormat)?;
    let ExportSearch(params) = ExportSearch::parse(parameters)?;
    let turn = state.export_turn().await?;
    let opened = state.archive().await?;
    let request = opened.selection(&params)?.request;
    // Searched here first, so that an error is a problem response and not a broken download.
    let (counted, checked) = (opened.clone(), request.clone());
    let articles = state.ask(move |_| Ok(counted.archive.count(&checked)?)).await?;
    let (sender, receiver) = channel(MAX_WAITING_CHUNKS);
    let metrics = state.metrics().clone();
    spawn_blocking(move || {
        let _turn = turn;
        let written = catch_unwind(AssertUnwindSafe(|| write(&opened, &request, format, &sender)));
        match written.unwrap_or_else(|_| Err(io::Error::other("an export panicked"))) {
            Ok(written) => {
                metrics.exported.inc_by(written);
            }
            // The client went away.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => {
                tracing::error!(%error, "an export broke off");
                // The download ends with an error and not as if it were complete.
                let _ = sender.blocking_send(Err(error));
            }
        }
    });
    let headers = download_headers(format, &named(&params.q));
    // HTTP/1.0 cannot tell an end from a lost connection; its clients can count the articles.
    let whole = [(HeaderName::from_static("dibao-articles"), articles.to_string())];
    Ok((headers, whole, Body::from_stream(ReceiverStream::new(receiver))).into_response())
}

/// `Content-Type` and `Content-Disposition` (RFC 6266) of a download. The name consists of letters
/// (of any script), digits and hyphens.
pub(crate) fn download_headers(format: Format, name: &str) -> [(HeaderName, String); 2] {
    let ending = format.as_str();
    let plain = if name.is_ascii() { name } else { "dibao" };
    let mut disposition = format!("attachment; filename=\"{plain}.{ending}\"");
    if !name.is_ascii() {
        let encoded = utf8_percent_encode(name, NOT_IN_A_NAME);
        let _ = write!(disposition, "; filename*=UTF-8''{encoded}.{ending}");
    }
    [
        (header::CONTENT_TYPE, format.media_type().to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ]
}

/// The file name of the export of a query.
fn named(query: &str) -> String {
    let words = query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = iter::once("dibao").chain(words).collect();
    words.join("-").chars().take(MAX_NAME_CHARS).collect()
}

fn write(
    opened: &OpenArchive,
    request: &Request,
    format: Format,
    sender: &Sender<io::Result<Bytes>>,
) -> io::Result<u64> {
    let chunks = io::BufWriter::with_capacity(CHUNK_BYTES, ChannelWriter { sender });
    let mut exporter = Exporter::new(format, chunks, true)?;
    let mut failed = None;
    let given = opened.archive.for_each(request, &mut |record| match exporter.write(&record) {
        Ok(()) => ControlFlow::Continue(()),
        Err(error) => {
            failed = Some(error);
            ControlFlow::Break(())
        }
    });
    given.map_err(io::Error::other)?;
    match failed {
        Some(error) => Err(error),
        None => exporter.finish(),
    }
}

/// A writer into the response body; blocks while the client is slow.
struct ChannelWriter<'a> {
    sender: &'a Sender<io::Result<Bytes>>,
}

impl Write for ChannelWriter<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let sent = self.sender.blocking_send(Ok(Bytes::copy_from_slice(bytes)));
        sent.map_err(|_| io::Error::from(io::ErrorKind::BrokenPipe))?;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
