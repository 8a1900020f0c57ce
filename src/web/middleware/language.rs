//! The language of the pages: the user's choice, else what the browser prefers.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::present::Lang;
use crate::web::{Detail, InPath, Only, Problem};

const COOKIE: &str = "dibao-lang";
/// `Max-Age` of the cookie: a year.
const KEPT: u32 = 31_536_000;

/// Where a choice of language leads.
#[derive(Default, Deserialize, IntoParams)]
#[serde(default)]
pub(crate) struct BackParams {
    /// The page to go back to, a path of this server; else the first page.
    back: String,
}

impl<S: Sync> FromRequestParts<S> for Lang {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(of(&parts.headers))
    }
}

/// `/lang/{tag}?back=/…`: stores the choice in a cookie and redirects back to the page.
pub(crate) async fn choose(
    InPath(tag): InPath<String>,
    Only(BackParams { back }): Only<BackParams>,
) -> Result<Response, Problem> {
    let back = if back.is_empty() { "/".to_owned() } else { back };
    let lang = named(&tag).ok_or_else(|| Problem::not_found(Detail::NoLanguage))?;
    if !is_path_here(&back) {
        return Err(Problem::parameter("back", Detail::BackPath));
    }
    let cookie =
        format!("{COOKIE}={}; Path=/; Max-Age={KEPT}; SameSite=Lax; HttpOnly", lang.of("zh", "en"));
    let headers = [(header::SET_COOKIE, cookie), (header::LOCATION, back)];
    Ok((StatusCode::SEE_OTHER, headers).into_response())
}

/// Whether it is a path of this server and nothing else: `//elsewhere` and `/\elsewhere` would lead
/// away.
pub(crate) fn is_path_here(back: &str) -> bool {
    back.starts_with('/')
        && !back[1..].starts_with(['/', '\\'])
        && back.bytes().all(|byte| byte.is_ascii_graphic())
}

/// The language that a request asks for.
pub(crate) fn of(headers: &HeaderMap) -> Lang {
    chosen(headers).or_else(|| preferred(headers)).unwrap_or_default()
}

fn chosen(headers: &HeaderMap) -> Option<Lang> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
    pairs.find(|(name, _)| name.trim() == COOKIE).and_then(|(_, tag)| named(tag.trim()))
}

/// The language that `Accept-Language` weighs higher (RFC 9110, 12.5.4).
fn preferred(headers: &HeaderMap) -> Option<Lang> {
    let accepted = headers.get(header::ACCEPT_LANGUAGE)?.to_str().ok()?;
    let mut best: Option<(Lang, f32)> = None;
    for range in accepted.split(',') {
        let (tag, weight) = range.split_once(';').unwrap_or((range, ""));
        let weight = weight.trim().strip_prefix("q=").map_or(Some(1.0), |q| q.parse().ok());
        let (Some(lang), Some(weight)) = (named(tag.trim()), weight) else { continue };
        if weight > best.map_or(0.0, |(_, best)| best) {
            best = Some((lang, weight));
        }
    }
    best.map(|(lang, _)| lang)
}

fn named(tag: &str) -> Option<Lang> {
    let language = tag.split('-').next().unwrap_or_default().to_ascii_lowercase();
    Lang::ALL.into_iter().find(|lang| lang.of("zh", "en") == language)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked(name: header::HeaderName, value: &str) -> Lang {
        let mut headers = HeaderMap::new();
        headers.insert(name, value.parse().expect("a header"));
        of(&headers)
    }

    #[test]
    fn the_browsers_preference_counts_by_its_weights() {
        let asked = |value| asked(header::ACCEPT_LANGUAGE, value);
        assert_eq!(asked("en-US,en;q=0.9"), Lang::En);
        assert_eq!(asked("zh-TW,zh;q=0.9,en;q=0.8"), Lang::Zh);
        assert_eq!(asked("fr, en;q=0.3, zh;q=0.5"), Lang::Zh);
        assert_eq!(asked("fr"), Lang::Zh);
        assert_eq!(asked("en;q=0"), Lang::Zh);
    }

    #[test]
    fn a_choice_counts_more() {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_LANGUAGE, "zh".parse().expect("a header"));
        headers.insert(header::COOKIE, "a=b; dibao-lang=en".parse().expect("a header"));
        assert_eq!(of(&headers), Lang::En);
    }
}
