//! Sessions of editors: a signed cookie says who has signed in and until when, and each form has a
//! field that is signed for the same session.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use axum::http::{HeaderMap, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;

use crate::web::Options;

/// What the name of the cookie begins with. Browsers send cookies to all ports of a host, so it goes on
/// with what tells one server from another.
const COOKIE: &str = "dibao-editor";
/// Browsers take a cookie of this name from a server over TLS alone, and for no other host.
const SECURE: &str = "__Host-";
/// How long a session lasts, in seconds: a working day.
const LASTS: i64 = 12 * 60 * 60;

/// Signs and checks cookies and the fields of forms. The key is made anew for each process, so that
/// all sessions end with it.
#[derive(Debug)]
pub(crate) struct Sessions {
    key: [u8; 32],
    /// Whether readers come over TLS.
    is_secure: bool,
    /// The name of the cookie.
    name: String,
    /// Sessions that were ended before their time, until when they would last.
    ended: Mutex<BTreeMap<String, i64>>,
}

/// A session: `NAME.UNTIL.NUMBER`, the name in base64 and the number a random one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Session {
    pub(crate) name: String,
    until: i64,
    payload: String,
}

impl Session {
    /// Begins one.
    pub(crate) fn begin(name: &str) -> Self {
        let until = Timestamp::now().as_second() + LASTS;
        let number = URL_SAFE_NO_PAD.encode(random());
        let payload = format!("{}.{until}.{number}", URL_SAFE_NO_PAD.encode(name));
        Self { name: name.to_owned(), until, payload }
    }
}

impl Sessions {
    /// Those of a server.
    pub(crate) fn new(options: &Options) -> Self {
        let is_secure = options.public_url.as_ref().is_some_and(|url| url.starts_with("https://"));
        let server = format!("{} {}", options.address, options.index.display());
        let server = blake3::hash(server.as_bytes()).to_hex();
        let prefix = if is_secure { SECURE } else { "" };
        let name = format!("{prefix}{COOKIE}-{}", &server[..8]);
        Self { key: random(), is_secure, name, ended: Mutex::default() }
    }

    /// Ends a session: its cookie is worth nothing from now on.
    pub(crate) fn end(&self, session: &Session) {
        let now = Timestamp::now().as_second();
        let mut ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        ended.retain(|_, until| *until > now);
        ended.insert(session.payload.clone(), session.until);
    }

    /// The session whose cookie a request has.
    pub(crate) fn of(&self, headers: &HeaderMap) -> Option<Session> {
        let lines = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok());
        let mut pairs =
            lines.flat_map(|line| line.split(';')).filter_map(|pair| pair.split_once('='));
        let (_, value) = pairs.find(|(name, _)| name.trim() == self.name)?;
        let (payload, signature) = value.trim().rsplit_once('.')?;
        if !self.is_signed("session", payload, signature) {
            return None;
        }
        let mut parts = payload.split('.');
        let name = URL_SAFE_NO_PAD.decode(parts.next()?).ok()?;
        let (name, until) = (String::from_utf8(name).ok()?, parts.next()?.parse().ok()?);
        let is_over = until <= Timestamp::now().as_second();
        let ended = self.ended.lock().unwrap_or_else(PoisonError::into_inner);
        let is_ended = is_over || ended.contains_key(payload);
        (!is_ended).then(|| Session { name, until, payload: payload.to_owned() })
    }

    /// The line that sets the cookie of a session; without one, the line that removes it.
    pub(crate) fn cookie(&self, session: Option<&Session>) -> String {
        let (value, age) = match session {
            Some(Session { payload, .. }) => {
                (format!("{payload}.{}", self.signature("session", payload)), LASTS)
            }
            None => (String::new(), 0),
        };
        let secure = if self.is_secure { "; Secure" } else { "" };
        format!("{}={value}; Path=/; Max-Age={age}; HttpOnly; SameSite=Strict{secure}", self.name)
    }

    /// What the forms of a session have in their field.
    pub(crate) fn form_key(&self, session: &Session) -> String {
        self.signature("form", &session.payload).to_string()
    }

    /// Whether a form is one of this session.
    pub(crate) fn is_form_of(&self, session: &Session, key: &str) -> bool {
        self.is_signed("form", &session.payload, key)
    }

    fn signature(&self, what: &str, payload: &str) -> blake3::Hash {
        blake3::keyed_hash(&self.key, format!("{what}:{payload}").as_bytes())
    }

    /// Compared in constant time.
    fn is_signed(&self, what: &str, payload: &str, signature: &str) -> bool {
        blake3::Hash::from_hex(signature)
            .is_ok_and(|signature| signature == self.signature(what, payload))
    }
}

/// Bytes from the system.
///
/// # Panics
/// When the system has none, which it does not survive itself.
fn random() -> [u8; 32] {
    let mut bytes = [0; 32];
    getrandom::fill(&mut bytes).expect("random bytes of the system");
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sessions(index: &str, public_url: Option<&str>) -> Sessions {
        let public_url = public_url.map(str::to_owned);
        Sessions::new(&Options { public_url, ..Options::new(index.into(), "corpus".into()) })
    }

    fn headers(cookie: &str) -> HeaderMap {
        let value = cookie.split(';').next().unwrap_or_default();
        let mut headers = HeaderMap::new();
        headers.insert(header::COOKIE, format!("a=b; {value}").parse().expect("a header"));
        headers
    }

    #[test]
    fn a_cookie_is_good_for_its_session_until_that_ends() {
        let sessions = sessions("index", None);
        let session = Session::begin("王芳");
        let cookie = sessions.cookie(Some(&session));
        assert_eq!(sessions.of(&headers(&cookie)), Some(session.clone()));
        let key = sessions.form_key(&session);
        assert!(sessions.is_form_of(&session, &key));
        assert!(!sessions.is_form_of(&Session::begin("王芳"), &key));
        // The cookie's own signature is no key of a form.
        let own = cookie.split(';').next().and_then(|pair| pair.rsplit('.').next());
        assert!(!sessions.is_form_of(&session, own.expect("a signature")));
        sessions.end(&session);
        assert_eq!(sessions.of(&headers(&cookie)), None);
    }

    #[test]
    fn no_other_cookie_is_good() {
        let server = sessions("index", None);
        let cookie = server.cookie(Some(&Session::begin("王芳")));
        let other = URL_SAFE_NO_PAD.encode("admin");
        let own = URL_SAFE_NO_PAD.encode("王芳");
        for wrong in [
            cookie.replacen(&own, &other, 1),
            sessions("index", None).cookie(Some(&Session::begin("王芳"))),
            sessions("other", None).cookie(Some(&Session::begin("王芳"))),
            format!("{}=", server.name),
            format!("{}=a.b", server.name),
            format!("{}=....", server.name),
        ] {
            assert_eq!(server.of(&headers(&wrong)), None, "{wrong}");
        }
        let late = Session { until: 0, payload: format!("{own}.0.x"), name: "王芳".to_owned() };
        assert_eq!(server.of(&headers(&server.cookie(Some(&late)))), None);
    }

    #[test]
    fn over_tls_the_cookie_stays_there() {
        assert!(!sessions("index", None).cookie(None).contains("Secure"));
        let cookie = sessions("index", Some("https://archive.example")).cookie(None);
        assert!(cookie.starts_with("__Host-dibao-editor-"), "{cookie}");
        assert!(cookie.ends_with("HttpOnly; SameSite=Strict; Secure"), "{cookie}");
    }
}
