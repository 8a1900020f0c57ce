//! `/api/v1/export` and `/export`: streams every hit, without a limit, or a part of that download.

use std::fmt::Write as _;
use std::io::{self, Write};
use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, Method, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use tokio::sync::mpsc::{Sender, channel};
use tokio::sync::{OwnedSemaphorePermit, oneshot};
use tokio::task::spawn_blocking;
use tokio_stream::wrappers::ReceiverStream;
use utoipa::IntoParams;

use super::range::{AskedRange, BytePart, Counted, Meter, PartWriter};
use crate::export::{
    CitationStyle, ExportError, ExportSettings, Format, export as export_articles,
};
use crate::present::ValueForm;
use crate::search::Request;
use crate::web::middleware::headers::{is_known, version};
use crate::web::request::choice;
use crate::web::request::searches::ExportSearch;
use crate::web::state::OpenArchive;
use crate::web::{AppState, Parameters, Problem};

/// Size of a chunk of the response, in bytes.
pub(super) const CHUNK_BYTES: usize = 64 << 10;
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
    /// jsonl (the default: complete records), csv (for spreadsheets), md (for reading), or references:
    /// cite (a list in a citation style), ris, bib (BibTeX), biblatex or csljson.
    #[param(inline, value_type = Format)]
    format: String,
    /// The citation style of md and cite: gb-7714-2025-numeric (the default), gb-7714-2015-numeric,
    /// gb-7714-2015-author-date, gb-7714-2015-note, or another that hayagriva has, as apa.
    style: String,
}

/// Export articles
///
/// Every matching article, not a page of them: `limit`, `offset` and `after` are not allowed, and
/// reprints are not grouped. A download that broke off can go on (`Range`, `If-Range`).
#[utoipa::path(get, path = "/api/v1/export", tag = "archive",
    params(
        ExportSearch,
        FormatParams,
        ("Range" = Option<String>, Header, description = "A part: one range of bytes, such as `bytes=1000-`. Others are passed over"),
        ("If-Range" = Option<String>, Header, description = "The `ETag` of the download that goes on: the whole is sent if it has changed"),
    ),
    responses(
        (status = 200, description = "The articles", content(
            (String = "application/x-ndjson"), (String = "text/csv"), (String = "text/markdown"),
            (String = "text/plain"), (String = "application/x-research-info-systems"),
            (String = "application/x-bibtex"), (String = "application/vnd.citationstyles.csl+json"),
        ), headers(
            ("Content-Disposition" = String, description = "The name of the file"),
            ("Accept-Ranges" = String, description = "`bytes`; absent where the answer is compressed"),
            ("dibao-articles" = u64, description = "How many articles a complete download contains"),
        )),
        (status = 206, description = "The part that `Range` asks for", content(
            (String = "application/x-ndjson"), (String = "text/csv"), (String = "text/markdown"),
            (String = "text/plain"), (String = "application/x-research-info-systems"),
            (String = "application/x-bibtex"), (String = "application/vnd.citationstyles.csl+json"),
        ), headers(
            ("Content-Range" = String, description = "Its first and last byte, and the length of the whole or `*`"),
            ("Content-Disposition" = String, description = "The name of the file"),
            ("dibao-articles" = u64, description = "How many articles a complete download contains"),
        )),
        (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
        (status = 416, description = "The part that `Range` asks for begins behind the end", body = Problem, content_type = "application/problem+json", headers(
            ("Content-Range" = String, description = "`bytes */` and the length of the whole"),
        )),
    ))]
pub(crate) async fn export(
    State(state): State<AppState>,
    method: Method,
    address: Uri,
    headers: HeaderMap,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let FormatParams { format, style } = parameters.take_own()?;
    let format = choice("format", &format, ValueForm::ExportFormat)?;
    let style = citation_style(&style)?;
    let ExportSearch(params) = ExportSearch::parse(parameters)?;
    let opened = state.archive().await?;
    // Strong: nothing but what the version names decides on the bytes.
    let tag = format!("\"{}\"", version(&state, &opened, &address));
    let tagged = [(header::ETAG, tag.clone())];
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, tagged).into_response());
    }
    let turn = state.export_turn().await?;
    let request = opened.selection(&params)?.request;
    // Searched here first, so that an error is a problem response and not a broken download.
    let (counted, checked) = (opened.clone(), request.clone());
    let articles = state.ask(move |_| Ok(counted.archive.count(&checked)?)).await?;
    let asked = AskedRange::of(&method, &headers, &tag);
    let (found, part) = oneshot::channel();
    let metrics = state.metrics().clone();
    let settings = ExportSettings { format, byte_order_mark: true, style };
    let export = Export { opened, request, settings };
    let body = streamed(turn, move |sender| {
        let written = export.send(asked, found, sender)?;
        metrics.exported.inc_by(written);
        Ok(())
    });
    // HTTP/1.0 cannot tell an end from a lost connection; its clients can count the articles.
    let whole = [(HeaderName::from_static("dibao-articles"), articles.to_string())];
    let headers = (tagged, download_headers(format, &named(&params.q)), whole);
    match part.await.map_err(|_| Problem::internal())? {
        Extent::Whole => Ok((headers, [(header::ACCEPT_RANGES, "bytes")], body).into_response()),
        Extent::Part(part) => {
            let length = (header::CONTENT_LENGTH, part.bytes().to_string());
            let of = [(header::CONTENT_RANGE, part.to_string()), length];
            Ok((StatusCode::PARTIAL_CONTENT, headers, of, body).into_response())
        }
        Extent::Nothing { length } => {
            let of = [(header::CONTENT_RANGE, format!("bytes */{length}"))];
            Ok((of, Problem::range(length)).into_response())
        }
    }
}

/// A body that is written on a thread of its own, which waits for the client; `turn` is held meanwhile.
pub(super) fn streamed(
    turn: OwnedSemaphorePermit,
    write: impl FnOnce(&Sender<io::Result<Bytes>>) -> io::Result<()> + Send + 'static,
) -> Body {
    let (sender, receiver) = channel(MAX_WAITING_CHUNKS);
    spawn_blocking(move || {
        let _turn = turn;
        let written = catch_unwind(AssertUnwindSafe(|| write(&sender)));
        match written.unwrap_or_else(|_| Err(io::Error::other("an export panicked"))) {
            Ok(()) => {}
            // The client went away.
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {}
            Err(error) => {
                tracing::error!(%error, "an export broke off");
                // The download ends with an error and not as if it were complete.
                let _ = sender.blocking_send(Err(error));
            }
        }
    });
    Body::from_stream(ReceiverStream::new(receiver))
}

/// `Content-Type` and `Content-Disposition` (RFC 6266) of a download. The name consists of letters
/// (of any script), digits and hyphens.
pub(crate) fn download_headers(format: Format, name: &str) -> [(HeaderName, String); 2] {
    let ending = format.extension();
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

/// The citation style of this name; the default one where the value is empty.
///
/// # Errors
/// When there is no such style.
pub(super) fn citation_style(name: &str) -> Result<CitationStyle, Problem> {
    if name.is_empty() {
        return Ok(CitationStyle::default());
    }
    let style = CitationStyle::named(name);
    style.ok_or_else(|| Problem::value("style", name, ValueForm::CitationStyle))
}

/// The file name of the export of a query.
fn named(query: &str) -> String {
    let words = query.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let words: Vec<&str> = iter::once("dibao").chain(words).collect();
    words.join("-").chars().take(MAX_NAME_CHARS).collect()
}

/// What is exported.
struct Export {
    opened: Arc<OpenArchive>,
    request: Request,
    settings: ExportSettings,
}

/// What of an export is sent.
enum Extent {
    Whole,
    Part(BytePart),
    /// The part that is asked for does not exist; the whole has so many bytes.
    Nothing {
        length: u64,
    },
}

impl Export {
    /// Says what is sent, and sends it; gives the articles of a whole export that was sent.
    fn send(
        &self,
        asked: Option<AskedRange>,
        found: oneshot::Sender<Extent>,
        sender: &Sender<io::Result<Bytes>>,
    ) -> io::Result<u64> {
        let Some(asked) = asked else {
            let _ = found.send(Extent::Whole);
            return self.write(PartWriter::new(sender, None));
        };
        let counted = self.measure(asked.limit(), sender)?;
        let Some(part) = asked.part(counted) else {
            let _ = found.send(Extent::Nothing { length: counted.bytes });
            return Ok(0);
        };
        let _ = found.send(Extent::Part(part));
        match self.write(PartWriter::new(sender, Some(part))) {
            // Behind the part nothing is taken.
            Err(error) if error.kind() != io::ErrorKind::WriteZero => Err(error),
            _ => Ok(0),
        }
    }

    /// Counts the bytes up to a limit, without keeping any: where a part ends has to be said before
    /// it is sent.
    fn measure(&self, limit: u64, sender: &Sender<io::Result<Bytes>>) -> io::Result<Counted> {
        let mut meter = Meter::new(sender, limit);
        let is_whole = match self.write(&mut meter) {
            Ok(_) => true,
            Err(error) if error.kind() == io::ErrorKind::WriteZero => false,
            Err(error) => return Err(error),
        };
        Ok(Counted { bytes: meter.counted, is_whole })
    }

    fn write(&self, out: impl Write) -> io::Result<u64> {
        let chunks = io::BufWriter::with_capacity(CHUNK_BYTES, out);
        let exported = export_articles(&self.opened.archive, &self.request, &self.settings, chunks);
        exported.map_err(|error| match error {
            ExportError::Output(error) => error,
            ExportError::Search(error) => io::Error::other(error),
        })
    }
}
