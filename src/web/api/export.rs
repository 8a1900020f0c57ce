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
    CitationStyle, DigestWriter, ExportContents, ExportCounts, ExportError, ExportFile,
    ExportManifest, ExportOrigin, ExportSettings, ExportedCollection, Format, MANIFEST_ENDING,
    count_for_export, export as export_articles,
};
use crate::present::{Lang, SearchParams, ValueForm};
use crate::search::Request;
use crate::web::archive::OpenArchive;
use crate::web::middleware::headers::{is_known, version};
use crate::web::request::chosen::{ChosenParams, whole_ids};
use crate::web::request::searches::ExportSearch;
use crate::web::request::{choice, flag};
use crate::web::{AppState, Detail, Parameters, Problem, Site};

/// Size of a chunk of the response, in bytes.
pub(super) const CHUNK_BYTES: usize = 64 << 10;
/// Chunks that are buffered for a slow client.
const MAX_WAITING_CHUNKS: usize = 4;
/// The media type of a manifest.
pub(super) const JSON: &str = "application/json";
/// Maximum length of a file name, in characters.
const MAX_NAME_CHARS: usize = 40;

/// Characters that are percent-encoded in a file name.
const NOT_IN_A_NAME: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-');

/// How articles are exported.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct FormatParams {
    /// jsonl (the default: complete records), csv and xlsx (for spreadsheets), md (for reading), docx, html and
    /// epub (reading cards with the matches marked), or references: cite (a list in a citation style),
    /// ris, bib (BibTeX), biblatex or csljson.
    #[param(inline, value_type = Format)]
    format: String,
    /// Only the passages that match, with some context, instead of the whole text; of docx, html and
    /// epub.
    #[param(value_type = Option<bool>)]
    excerpt: Option<String>,
    /// The citation style of md, cite and reading cards: gb-7714-2025-numeric (the default),
    /// gb-7714-2015-numeric, gb-7714-2015-author-date, gb-7714-2015-note, or another that hayagriva
    /// has, as apa.
    style: String,
    /// Instead of the file its manifest: query, filters, day, counts, state of the index, length and
    /// checksum. The export is made for it, as without this parameter.
    #[param(value_type = Option<bool>)]
    manifest: Option<String>,
}

/// Export articles
///
/// Every matching article, not a page of them: `limit`, `offset` and `after` are not allowed, and
/// reprints are not grouped. A download that broke off can go on (`Range`, `If-Range`).
#[utoipa::path(get, path = "/api/v1/export", tag = "archive",
    params(
        ExportSearch,
        FormatParams,
        ChosenParams,
        ("Range" = Option<String>, Header, description = "A part: one range of bytes, such as `bytes=1000-`. Others are passed over"),
        ("If-Range" = Option<String>, Header, description = "The `ETag` of the download that goes on: the whole is sent if it has changed"),
    ),
    responses(
        (status = 200, description = "The articles", content(
            (String = "application/x-ndjson"), (String = "text/csv"), (String = "text/markdown"),
            (String = "text/plain"), (String = "application/x-research-info-systems"),
            (String = "application/x-bibtex"), (Vec<serde_json::Value> = "application/vnd.citationstyles.csl+json"),
            (String = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (String = "text/html"), (String = "application/epub+zip"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
            (ExportManifest = "application/json"),
        ), headers(
            ("Content-Disposition" = String, description = "The name of the file"),
            ("Accept-Ranges" = String, description = "`bytes`; absent where the answer is compressed"),
            ("dibao-articles" = u64, description = "How many articles a complete download contains"),
        )),
        (status = 206, description = "The part that `Range` asks for", content(
            (String = "application/x-ndjson"), (String = "text/csv"), (String = "text/markdown"),
            (String = "text/plain"), (String = "application/x-research-info-systems"),
            (String = "application/x-bibtex"), (Vec<serde_json::Value> = "application/vnd.citationstyles.csl+json"),
            (String = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
            (String = "text/html"), (String = "application/epub+zip"),
            (String = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        ), headers(
            ("Content-Range" = String, description = "Its first and last byte, and the length of the whole or `*`"),
            ("Content-Disposition" = String, description = "The name of the file"),
            ("dibao-articles" = u64, description = "How many articles a complete download contains"),
        )),
        (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
        (status = 404, description = "No article has one of the `ids`, or several begin with it", body = Problem, content_type = "application/problem+json"),
        (status = 416, description = "The part that `Range` asks for begins behind the end", body = Problem, content_type = "application/problem+json", headers(
            ("Content-Range" = String, description = "`bytes */` and the length of the whole"),
        )),
    ))]
pub(crate) async fn export(
    State(state): State<AppState>,
    site: Site,
    lang: Lang,
    method: Method,
    address: Uri,
    headers: HeaderMap,
    mut parameters: Parameters,
) -> Result<Response, Problem> {
    let FormatParams { format, excerpt, style, manifest } = parameters.take_own()?;
    let format: Format = choice("format", &format, ValueForm::ExportFormat)?;
    let excerpt = flag("excerpt", excerpt.as_deref())?;
    let manifest = flag("manifest", manifest.as_deref())?;
    let style = citation_style(&style)?;
    let chosen = parameters.take_own::<ChosenParams>()?.ids()?;
    let ExportSearch(params) = ExportSearch::parse(parameters)?;
    let opened = state.archive().await?;
    // Strong: nothing but what the tag names decides on the bytes. Cards and workbooks have links and
    // words of their own, which a manifest names.
    let version = version(&state, &opened, &address);
    let tag = if manifest || format.has_links() {
        let site = blake3::hash(site.0.as_bytes()).to_hex();
        format!("\"{version}-{}-{}\"", lang.tag(), &site[..12])
    } else {
        format!("\"{version}\"")
    };
    let tagged = [(header::ETAG, tag.clone())];
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, tagged).into_response());
    }
    let turn = state.export_turn().await?;
    let selection = opened.selection(&params)?;
    let origin = ExportOrigin::new(&selection, opened.stamp());
    let request = selection.request;
    // Searched here first, so that an error is a problem response and not a broken download.
    let (found, checked) = (opened.clone(), request.clone());
    let settings = ExportSettings {
        format,
        byte_order_mark: true,
        style,
        lang,
        excerpt,
        address: Some(site.0),
        origin: Some(origin),
        ..ExportSettings::default()
    };
    let (settings, articles) = state
        .ask(move |_| {
            let chosen = chosen.map_or(Ok(Vec::new()), |ids| whole_ids(&found, &ids))?;
            let settings = ExportSettings { chosen, ..settings };
            let articles = count_for_export(&found.archive, &checked, &settings)?;
            Ok((settings, articles))
        })
        .await?;
    let export = Export { opened, request, settings };
    let name = named(&params.q);
    if manifest {
        let ending = format!("{}{MANIFEST_ENDING}", format.extension());
        let headers = (tagged, download_headers(JSON, &name, &ending));
        let name = format!("{name}.{}", format.extension());
        let body = streamed(turn, move |sender| export.send_manifest(name, sender));
        return Ok((headers, body).into_response());
    }
    let asked = AskedRange::of(&method, &headers, &tag);
    let (found, part) = oneshot::channel();
    let metrics = state.metrics().clone();
    let body = streamed(turn, move |sender| {
        let written = export.send(asked, found, sender)?;
        metrics.exported.inc_by(written);
        Ok(())
    });
    // HTTP/1.0 cannot tell an end from a lost connection; its clients can count the articles.
    let whole = [(HeaderName::from_static("dibao-articles"), articles.to_string())];
    let headers = (tagged, download_headers(format.media_type(), &name, format.extension()), whole);
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

/// A collection as a file, in its order and with its remarks.
pub(crate) async fn export_collection(
    state: &AppState,
    site: Site,
    lang: Lang,
    name: String,
    format: &str,
    style: &str,
) -> Result<Response, Problem> {
    let format: Format = choice("format", format, ValueForm::ExportFormat)?;
    let style = citation_style(style)?;
    let opened = state.archive().await?;
    let Some(collection) = ExportedCollection::of(opened.archive.notebook(), &name) else {
        return Err(Problem::not_found(Detail::NoCollection { name }));
    };
    let left_out = collection.left_out(&opened.archive)?;
    let turn = state.export_turn().await?;
    let name = collection.name.clone();
    let params = SearchParams { collection: vec![name.clone()], ..SearchParams::default() };
    let selection = opened.selection(&params)?;
    let origin = Some(ExportOrigin::new(&selection, opened.stamp()));
    let settings = ExportSettings {
        format,
        byte_order_mark: true,
        style,
        lang,
        address: Some(site.0),
        collection: Some(collection),
        origin,
        ..ExportSettings::default()
    };
    let export = Export { opened, request: selection.request, settings };
    // Counted here first, so that an error is a problem response and not a broken download.
    let counted = state.ask(move |_| {
        let Export { opened, request, settings } = &export;
        let articles = count_for_export(&opened.archive, request, settings)?;
        Ok((export, articles))
    });
    let (export, articles) = counted.await?;
    let metrics = state.metrics().clone();
    let body = streamed(turn, move |sender| {
        let written = export.write(PartWriter::new(sender, None))?.entries;
        metrics.exported.inc_by(written);
        Ok(())
    });
    let whole = [
        (HeaderName::from_static("dibao-articles"), articles.to_string()),
        (HeaderName::from_static("dibao-left-out"), left_out.to_string()),
    ];
    let headers = download_headers(format.media_type(), &named(&name), format.extension());
    Ok((headers, whole, body).into_response())
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
pub(crate) fn download_headers(
    media_type: &str,
    name: &str,
    ending: &str,
) -> [(HeaderName, String); 2] {
    let plain = if name.is_ascii() { name } else { "dibao" };
    let mut disposition = format!("attachment; filename=\"{plain}.{ending}\"");
    if !name.is_ascii() {
        let encoded = utf8_percent_encode(name, NOT_IN_A_NAME);
        let _ = write!(disposition, "; filename*=UTF-8''{encoded}.{ending}");
    }
    [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)]
}

/// Sends the manifest of a file of this name that `write` writes.
pub(super) fn send_manifest(
    origin: ExportOrigin,
    contents: ExportContents,
    name: String,
    sender: &Sender<io::Result<Bytes>>,
    write: impl FnOnce(&mut dyn Write) -> io::Result<ExportCounts>,
) -> io::Result<()> {
    // Nothing is sent before the end; that the client has gone is noticed on the way.
    let mut digest = DigestWriter::new(Meter::new(sender, u64::MAX));
    let counts = write(&mut digest)?;
    let file = ExportFile { name, digest: digest.finish() };
    let manifest = ExportManifest::new(origin, contents, counts, file);
    PartWriter::new(sender, None).write_all(&manifest.to_json()?)
}

/// The citation style of this name; the default one where the value is empty.
///
/// # Errors
/// When there is no such style.
pub(crate) fn citation_style(name: &str) -> Result<CitationStyle, Problem> {
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
            return Ok(self.write(PartWriter::new(sender, None))?.entries);
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

    /// Makes the export for its length and its checksum, and sends what there is to say of it.
    fn send_manifest(&self, name: String, sender: &Sender<io::Result<Bytes>>) -> io::Result<()> {
        let contents = ExportContents::Articles(self.settings.clone());
        let origin = self.settings.origin.clone().unwrap_or_default();
        send_manifest(origin, contents, name, sender, |out| self.write(out))
    }

    fn write(&self, out: impl Write) -> io::Result<ExportCounts> {
        let chunks = io::BufWriter::with_capacity(CHUNK_BYTES, out);
        let Self { opened, request, settings } = self;
        export_articles(&opened.archive, request, settings, chunks).map_err(|error| match error {
            ExportError::Output(error) => error,
            other => io::Error::other(other),
        })
    }
}
