//! `/api/v1/source/picture`, for pages `/source/picture`: a page of a file as a picture.

use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use super::source::no_file;
use crate::present::{
    NoPageImage, PICTURE_SIDES, PagePictures, PictureError, ValueForm, whole_number,
};
use crate::web::middleware::headers::is_known;
use crate::web::{AppState, Detail, Only, Problem};

/// Which page of which file.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
#[into_params(parameter_in = Query)]
pub(crate) struct PictureParams {
    /// The file, as articles have it in `source`.
    #[param(min_length = 1, required = true)]
    file: String,
    /// The page of the file, counted from 1, as in `pages` of an article; 1 is the default.
    #[param(minimum = 1, value_type = u32)]
    page: String,
    /// Pixels on the longer side of a page that is drawn: 800, 1600 (the default), 2400 or 3200.
    #[param(minimum = 1, value_type = u32)]
    side: String,
}

/// The picture of a page
///
/// A page of a PDF, OFD or TIFF file is drawn; of METS, ALTO, PAGE and hOCR it is the picture beside the file, drawn
/// if that is a TIFF file. The boxes in `pages` of an article are in ten-thousandths of its width and height.
#[utoipa::path(get, path = "/api/v1/source/picture", tag = "archive", params(PictureParams), responses(
    (status = 200, description = "The picture", content(
        (String = "image/png"), (String = "image/jpeg"), (String = "image/webp"), (String = "image/gif"),
        (String = "image/avif"),
    )),
    (status = 304, description = "Not modified: the tag in `If-None-Match` is current"),
    (status = 404, description = "The archive has no file of this name, or there is no picture of the page", body = Problem, content_type = "application/problem+json"),
    (status = 410, description = "There is no picture: the file was deleted or changed after it was ingested", body = Problem, content_type = "application/problem+json"),
    (status = 422, description = "The page cannot be drawn", body = Problem, content_type = "application/problem+json"),
))]
pub(crate) async fn picture(
    State(state): State<AppState>,
    headers: HeaderMap,
    Only(PictureParams { file, page, side }): Only<PictureParams>,
) -> Result<Response, Problem> {
    if file.is_empty() {
        return Err(Problem::parameter("file", Detail::FileMissing));
    }
    let at_least_one = |name, value: &str, usual: u32| match whole_number(name, value)? {
        Some(0) => Err(Problem::value(name, "0", ValueForm::WholeNumber)),
        number => Ok(number.map_or(usual, |number| u32::try_from(number).unwrap_or(u32::MAX))),
    };
    let page = at_least_one("page", &page, 1)?;
    let side = at_least_one("side", &side, PICTURE_SIDES[1])?;
    let (corpus, index) = (state.options().corpus.clone(), state.options().index.clone());
    let turn = state.picture_turn().await?;
    let asked = state.ask(move |opened| {
        // Held until the picture is drawn, even if the client has gone.
        let _turn = turn;
        let report = opened.archive.file_report(&file)?.ok_or_else(no_file)?;
        let found = PagePictures::find(&corpus, &report, page, side)?;
        let tag = format!("\"{}\"", found.tag);
        let image = if is_known(&headers, &tag) {
            None
        } else {
            Some(PagePictures::beside(&index).image(found)?)
        };
        Ok((tag, image))
    });
    let (tag, image) = asked.await?;
    let tag = [(header::ETAG, tag)];
    Ok(match image {
        Some(image) => {
            (tag, [(header::CONTENT_TYPE, image.media_type)], image.bytes).into_response()
        }
        None => (StatusCode::NOT_MODIFIED, tag).into_response(),
    })
}

impl From<PictureError> for Problem {
    fn from(error: PictureError) -> Self {
        let no_image = match error {
            PictureError::Source(error) => return error.into(),
            PictureError::NoImage(why) => why,
        };
        let (status, value) = match no_image {
            NoPageImage::Changed => (StatusCode::GONE, Detail::PageChanged),
            NoPageImage::NoImage => (StatusCode::NOT_FOUND, Detail::NoPicture),
            NoPageImage::NoSuchPage => (StatusCode::NOT_FOUND, Detail::NoPage),
            NoPageImage::TooMuch => (StatusCode::UNPROCESSABLE_ENTITY, Detail::LargePage),
            NoPageImage::Failed => (StatusCode::UNPROCESSABLE_ENTITY, Detail::BadPage),
            NoPageImage::Unreadable(error) => {
                // The message may name folders of the server, so it goes to the log alone.
                tracing::warn!(%error, "a file of the corpus cannot be shown");
                (StatusCode::SERVICE_UNAVAILABLE, Detail::FileUnreadable)
            }
        };
        Self::new(status, "urn:dibao:problem:picture", "The page cannot be shown", value)
    }
}
