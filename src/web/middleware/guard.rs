//! Access checks that come before anything else: token, proxy header, host name, size. Absolute
//! URLs take the checked host name from here.

use std::net::{IpAddr, Ipv6Addr};

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::uri::Authority;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::web::server::options::{
    BATCH_PATH, MAX_BATCH_BYTES, MAX_BODY_BYTES, MAX_FORM_BYTES, MAX_MESSAGE_BYTES, MAX_URI_BYTES,
    MCP_PATH,
};
use crate::web::{AppState, Detail, Options, Problem};

/// Passes a request on, or responds with a problem.
pub(crate) async fn guarded(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    match check(state.options(), &request) {
        Ok(name) => {
            request.extensions_mut().insert(name);
            next.run(request).await
        }
        Err(problem) => {
            let wants_name = problem.status == StatusCode::UNAUTHORIZED.as_u16();
            if wants_name
                && presented(request.headers()).is_some()
                && !state.after_wrong_token().await
            {
                return Problem::busy().into_response();
            }
            let mut response = problem.into_response();
            if wants_name && state.options().token.is_some() {
                let challenge = r#"Basic realm="dibao", charset="UTF-8", Bearer realm="dibao""#;
                let challenge = HeaderValue::from_static(challenge);
                response.headers_mut().insert(header::WWW_AUTHENTICATE, challenge);
            }
            response
        }
    }
}

/// The host name of the request, as the client sent it.
fn check(options: &Options, request: &Request) -> Result<ServerName, Problem> {
    let host = stated(request).filter(|host| is_known(options, host.host()));
    let Some(host) = host else {
        return Err(Problem::new(
            StatusCode::MISDIRECTED_REQUEST,
            "urn:dibao:problem:host",
            "Unknown host name",
            Detail::UnknownHost,
        ));
    };
    if request.uri().to_string().len() > MAX_URI_BYTES {
        return Err(Problem::new(
            StatusCode::URI_TOO_LONG,
            "urn:dibao:problem:address",
            "URL too long",
            Detail::LongAddress,
        ));
    }
    let is_message = request.uri().path() == MCP_PATH;
    let most = match () {
        () if is_message => MAX_MESSAGE_BYTES,
        () if request.uri().path() == BATCH_PATH => MAX_BATCH_BYTES,
        () if options.editors.is_some() => MAX_FORM_BYTES,
        () => MAX_BODY_BYTES,
    };
    if body_length(request.headers()).is_some_and(|length| length > most) {
        return Err(Problem::large());
    }
    if is_message && !has_known_origin(options, request.headers(), &host) {
        let (status, kind) = (StatusCode::FORBIDDEN, "urn:dibao:problem:origin");
        return Err(Problem::new(status, kind, "Unknown origin", Detail::UnknownOrigin));
    }
    if let Some(name) = &options.proxy_header
        && request.headers().get(name).is_none_or(HeaderValue::is_empty)
    {
        let (status, kind) = (StatusCode::FORBIDDEN, "urn:dibao:problem:forbidden");
        return Err(Problem::new(status, kind, "Forbidden", Detail::NoProxy));
    }
    if let Some(token) = &options.token
        && !presented(request.headers()).is_some_and(|given| {
            // Who may write may read.
            let editor = options.editors.as_ref().and_then(|editors| editors.name_of(&given));
            is_same(&given, token) || editor.is_some()
        })
    {
        let (status, kind) = (StatusCode::UNAUTHORIZED, "urn:dibao:problem:unauthorized");
        return Err(Problem::new(status, kind, "Unauthorized", Detail::NoToken));
    }
    Ok(ServerName(host))
}

/// By `Content-Length`; a body that is longer is not read to its end.
fn body_length(headers: &HeaderMap) -> Option<usize> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// The checked host name of the request, with the port.
#[derive(Debug, Clone)]
pub(crate) struct ServerName(pub Authority);

/// `http://127.0.0.1:8080`, without a slash at the end.
#[derive(Debug, Clone)]
pub(crate) struct Site(pub String);

impl FromRequestParts<AppState> for Site {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Problem> {
        if let Some(url) = &state.options().public_url {
            return Ok(Self(url.clone()));
        }
        let host = parts.extensions.get::<ServerName>().map(|ServerName(host)| host.as_str());
        Ok(Self(format!("http://{}", host.unwrap_or("localhost"))))
    }
}

/// Whether a script that sends a message is of this server or of an origin that may use the interface:
/// other pages could ask an archive that only their reader can reach. Programs send no origin.
fn has_known_origin(options: &Options, headers: &HeaderMap, host: &Authority) -> bool {
    let mut stated = headers.get_all(header::ORIGIN).iter();
    stated.all(|origin| options.origins.contains(origin) || is_own(options, origin, host))
}

/// Whether an origin is this server.
fn is_own(options: &Options, origin: &HeaderValue, host: &Authority) -> bool {
    let own = ["http", "https"].map(|scheme| format!("{scheme}://{host}"));
    let mut own = own.iter().chain(&options.public_url);
    own.any(|own| own.as_bytes() == origin.as_bytes())
}

/// Whether a request comes from a page of this server, by what the browser says of it, or from a
/// program, which says nothing.
pub(crate) fn is_same_site(options: &Options, request: &Request) -> bool {
    let Some(ServerName(host)) = request.extensions().get::<ServerName>() else { return false };
    let headers = request.headers();
    let mut sites = headers.get_all("sec-fetch-site").iter();
    sites.all(|site| site == "same-origin")
        && headers.get_all(header::ORIGIN).iter().all(|origin| is_own(options, origin, host))
}

/// The requested host; `None` if there is none, or several, or more than a name and a port.
fn stated(request: &Request) -> Option<Authority> {
    let mut stated = request.headers().get_all(header::HOST).iter();
    let host: Authority = stated.next()?.to_str().ok()?.parse().ok()?;
    let is_plain = !host.as_str().contains('@') && (host.port().is_some() || !ends_in_port(&host));
    let is_only = stated.next().is_none();
    let agrees = request.uri().authority().is_none_or(|other| *other == host);
    (is_plain && is_only && agrees).then_some(host)
}

/// Whether the host ends with a port.
fn ends_in_port(host: &Authority) -> bool {
    host.as_str().trim_start_matches(host.host()).starts_with(':')
}

/// Addresses in digits are safe: a page from elsewhere that has its own name point here (DNS
/// rebinding) still sends that name.
fn is_known(options: &Options, name: &str) -> bool {
    let is_address = name.parse::<IpAddr>().is_ok()
        || name
            .strip_prefix('[')
            .and_then(|name| name.strip_suffix(']'))
            .is_some_and(|name| name.parse::<Ipv6Addr>().is_ok());
    let public = options.public_url.iter().filter_map(|url| {
        let rest = url.split_once("://").map_or(url.as_str(), |(_, rest)| rest);
        rest.split(['/', ':']).next()
    });
    let mut known = options.hosts.iter().map(String::as_str).chain(public).chain(["localhost"]);
    is_address || known.any(|known| known.eq_ignore_ascii_case(name))
}

/// The bearer token of a request.
pub(crate) fn bearer(headers: &HeaderMap) -> Option<String> {
    // Tokens need not be ASCII, and are sent as they are.
    let stated = std::str::from_utf8(headers.get(header::AUTHORIZATION)?.as_bytes()).ok()?;
    let (scheme, value) = stated.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| value.trim().to_owned())
}

/// The token that a request presents.
fn presented(headers: &HeaderMap) -> Option<String> {
    if let Some(token) = bearer(headers) {
        return Some(token);
    }
    let stated = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, value) = stated.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(value.trim()).ok()?).ok()?;
    decoded.split_once(':').map(|(_, password)| password.to_owned())
}

/// Takes the same time wherever the two differ: hashes are compared in constant time.
pub(crate) fn is_same(given: &str, token: &str) -> bool {
    blake3::hash(given.as_bytes()) == blake3::hash(token.as_bytes())
}
