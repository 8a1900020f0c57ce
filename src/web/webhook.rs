//! New articles of a saved search, sent to an address: JSON by POST. It goes to this machine alone
//! unless another one is named; what the name leads to is checked where the connection is made, and no
//! redirect is followed.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};
use std::thread;
use std::time::Duration;

use axum::http::{StatusCode, Uri, header};
use serde::Serialize;
use thiserror::Error;
use ureq::config::Config;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Error as HttpError};

use crate::model::{CivilDate, Record};
use crate::present::{Lang, name};

/// The version of the messages.
const VERSION: u32 = 1;
/// Articles of a message at most.
pub const MAX_WEBHOOK_ARTICLES: usize = 100;
/// How often a message is tried.
const TRIES: u32 = 3;
/// How long to wait before the second try; twice as long before the third.
const PAUSE: Duration = Duration::from_secs(1);
/// How long a try may take, and how long the connection.
const TIMEOUT: Duration = Duration::from_secs(20);
const CONNECT_TIMEOUT: Duration = Duration::from_secs(5);

/// An address that messages are sent to.
#[derive(Debug)]
pub struct Webhook {
    agent: Agent,
    address: Uri,
    pause: Duration,
}

/// A message: new articles of a saved search.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookMessage {
    /// Always `dibao-new`.
    pub format: &'static str,
    /// The version of this form.
    pub version: u32,
    /// Names what is told: a message that is sent again, because it was not known to have arrived, has
    /// the same.
    pub delivery: String,
    /// The name of the search.
    pub name: String,
    /// The search, as it stands behind the `?` of its address.
    pub search: String,
    /// Which message of this run it is, from 1.
    pub part: u32,
    /// Whether no other follows in this run.
    pub last: bool,
    /// The articles, in the order of their files.
    pub articles: Vec<WebhookArticle>,
}

/// An article in a message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WebhookArticle {
    /// Its id.
    pub id: String,
    /// Its headline, or how its text begins.
    pub title: String,
    /// Its date; `null` where it is not known to the day.
    pub date: Option<CivilDate>,
    /// The districts that it is about.
    pub districts: Vec<String>,
    /// Its topics.
    pub topics: Vec<String>,
    /// The newspaper or bulletin.
    pub publication: Option<String>,
    /// Who printed it first.
    pub outlet: Option<String>,
    /// Its file, below the corpus folder.
    pub source: String,
    /// Where it is read, if the address of the archive is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// Why nothing can be sent, or was not taken. No text has more of the address than its host: the rest
/// can be a secret.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("{}", self.shown(Lang::En))]
pub enum WebhookError {
    /// It is no address.
    Address,
    /// The host is another machine, and was not named.
    Host {
        /// The host.
        host: String,
    },
    /// The host is where nothing may be sent.
    Forbidden {
        /// The host.
        host: String,
    },
    /// The receiver answered that it did not take the message.
    Refused {
        /// The host.
        host: String,
        /// The status of its answer.
        status: u16,
    },
    /// No answer.
    Unreachable {
        /// The host.
        host: String,
        /// Why, as the library says.
        reason: String,
    },
}

impl WebhookError {
    /// The message in a language.
    #[must_use]
    pub fn shown(&self, lang: Lang) -> String {
        match self {
            Self::Address => lang
                .of(
                    "推送地址须为 http(s)://主机[:端口]/路径，不带用户名和密码",
                    "expected an address such as http://host:port/path, without user and password",
                )
                .to_owned(),
            Self::Host { host } => lang.of(
                format!("{host} 不是本机；如确要推送到那里，请加 --allow-host {host}"),
                format!("{host} is not this machine; --allow-host {host} permits it"),
            ),
            Self::Forbidden { host } => lang.of(
                format!("{host} 指向不允许推送的地址（本机、链路本地、组播或未指定地址）"),
                format!(
                    "{host} leads to an address that nothing is sent to (loopback, link-local, \
                     multicast or unspecified)"
                ),
            ),
            Self::Refused { host, status } => lang.of(
                format!("{host} 没有接收，状态码 {status}；未推送的下次再报"),
                format!("{host} answered {status}; what was not taken is told again"),
            ),
            Self::Unreachable { host, reason } => lang.of(
                format!("{host} 没有应答（{reason}）；未推送的下次再报"),
                format!("{host} did not answer ({reason}); what was not taken is told again"),
            ),
        }
    }

    /// Whether another try can help.
    fn is_passing(&self) -> bool {
        match self {
            Self::Refused { status, .. } => matches!(status, 408 | 425 | 429 | 500..),
            Self::Unreachable { .. } => true,
            _ => false,
        }
    }
}

impl Webhook {
    /// An address, and the hosts beside this machine that messages may be sent to.
    ///
    /// # Errors
    /// When it is no address, or its host is not permitted.
    pub fn new(address: &str, allowed: &[String]) -> Result<Self, WebhookError> {
        let address: Uri = address.parse().map_err(|_| WebhookError::Address)?;
        let is_http = matches!(address.scheme_str(), Some("http" | "https"));
        let authority = address.authority().filter(|_| is_http).ok_or(WebhookError::Address)?;
        let host = plain(authority.host());
        if host.is_empty() || authority.as_str().contains('@') {
            return Err(WebhookError::Address);
        }
        let is_named = allowed.iter().any(|name| plain(name) == host);
        let is_local = host == "localhost"
            || host.ends_with(".localhost")
            || host.parse().is_ok_and(|address: IpAddr| is_loopback(address));
        if !is_named && !is_local {
            return Err(WebhookError::Host { host });
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            // Nothing is sent but to the addresses that are checked.
            .proxy(None)
            .timeout_global(Some(TIMEOUT))
            .timeout_connect(Some(CONNECT_TIMEOUT))
            .user_agent(concat!("dibao/", env!("CARGO_PKG_VERSION")))
            .build();
        let resolver = CheckedResolver { is_local, inner: DefaultResolver::default() };
        let agent = Agent::with_parts(config, DefaultConnector::default(), resolver);
        Ok(Self { agent, address, pause: PAUSE })
    }

    /// Sends a message, up to three times.
    ///
    /// # Errors
    /// When it was not taken.
    pub fn send(&self, message: &WebhookMessage) -> Result<(), WebhookError> {
        // Strings and numbers can always be written.
        let body = serde_json::to_vec(message).unwrap_or_default();
        let mut tried = 1;
        loop {
            match self.attempt(&body) {
                Err(error) if error.is_passing() && tried < TRIES => {
                    thread::sleep(self.pause * tried);
                    tried += 1;
                }
                done => return done,
            }
        }
    }

    fn attempt(&self, body: &[u8]) -> Result<(), WebhookError> {
        let host = || plain(self.address.host().unwrap_or_default());
        let sent = self
            .agent
            .post(&self.address)
            .header(header::CONTENT_TYPE, "application/json")
            .send(body);
        match sent {
            Ok(answer) if answer.status().is_success() => Ok(()),
            Ok(answer) => {
                let status = StatusCode::as_u16(&answer.status());
                Err(WebhookError::Refused { host: host(), status })
            }
            Err(HttpError::Other(inner)) if inner.is::<ForbiddenAddress>() => {
                Err(WebhookError::Forbidden { host: host() })
            }
            Err(HttpError::BadUri(_)) => Err(WebhookError::Address),
            Err(error) => {
                Err(WebhookError::Unreachable { host: host(), reason: error.to_string() })
            }
        }
    }
}

impl WebhookMessage {
    /// A message about articles of a search.
    #[must_use]
    pub fn new(name: &str, search: &str, part: u32, articles: Vec<WebhookArticle>) -> Self {
        let mut hasher = blake3::Hasher::new();
        for text in [name, search].into_iter().chain(articles.iter().map(|a| a.id.as_str())) {
            hasher.update(&(text.len() as u64).to_le_bytes());
            hasher.update(text.as_bytes());
        }
        Self {
            format: "dibao-new",
            version: VERSION,
            delivery: hasher.finalize().to_hex()[..16].to_owned(),
            name: name.to_owned(),
            search: search.to_owned(),
            part,
            last: false,
            articles,
        }
    }
}

impl WebhookArticle {
    /// An article; `address` is that of the server where it is read.
    #[must_use]
    pub fn new(record: &Record, address: Option<&str>) -> Self {
        Self {
            id: record.id.to_string(),
            title: name(record),
            date: record.date.value,
            districts: record.about().map(|place| place.name.clone()).collect(),
            topics: record.topics.iter().map(|topic| topic.label.clone()).collect(),
            publication: record.publication.clone(),
            outlet: record.outlet.clone(),
            source: record.source.clone(),
            url: address.map(|address| format!("{address}/article/{}", record.id)),
        }
    }
}

/// Resolves names as the system does, and refuses them if one of the addresses is not permitted: a
/// name that leads to this machine must lead there alone, and any other must not lead there.
#[derive(Debug)]
struct CheckedResolver {
    is_local: bool,
    inner: DefaultResolver,
}

#[derive(Debug, Error)]
#[error("an address that nothing is sent to")]
struct ForbiddenAddress;

impl Resolver for CheckedResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, HttpError> {
        let found = self.inner.resolve(uri, config, timeout)?;
        let may = |address: IpAddr| {
            if self.is_local { is_loopback(address) } else { is_elsewhere(address) }
        };
        if found.iter().all(|socket| may(socket.ip())) {
            Ok(found)
        } else {
            Err(HttpError::Other(ForbiddenAddress.into()))
        }
    }
}

/// A host as it is compared: small letters, no brackets, no dot at the end.
fn plain(host: &str) -> String {
    host.trim_matches(['[', ']']).trim_end_matches('.').to_ascii_lowercase()
}

fn is_loopback(address: IpAddr) -> bool {
    address.to_canonical().is_loopback()
}

/// Whether it is an address of another machine that can be meant, and so is the one that it stands for.
/// Link-local ones are where clouds answer with their secrets.
fn is_elsewhere(address: IpAddr) -> bool {
    let address = address.to_canonical();
    if let IpAddr::V6(outer) = address
        && let Some(inner) = embedded(outer)
        && !is_elsewhere(IpAddr::V4(inner))
    {
        return false;
    }
    let is_link_local = match address {
        IpAddr::V4(address) => address.is_link_local() || address.is_broadcast(),
        IpAddr::V6(address) => is_unicast_link_local(address),
    };
    !(address.is_loopback() || address.is_unspecified() || address.is_multicast() || is_link_local)
}

/// The IPv4 address that one of IPv6 is translated to: IPv4-compatible ones (`::a.b.c.d`, RFC 4291),
/// NAT64 (`64:ff9b::/96`, RFC 6052) and 6to4 (`2002::/16`, RFC 3056).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let ([0, 0, 0, 0, 0, 0, high, low]
    | [0x64, 0xff9b, 0, 0, 0, 0, high, low]
    | [0x2002, high, low, ..]) = address.segments()
    else {
        return None;
    };
    Some(Ipv4Addr::from((u32::from(high) << 16) | u32::from(low)))
}

fn is_unicast_link_local(address: Ipv6Addr) -> bool {
    address.segments()[0] & 0xffc0 == 0xfe80
}

#[cfg(test)]
mod tests {
    use std::io::{Read as _, Write as _};
    use std::net::TcpListener;

    use super::*;

    /// A server that answers one connection after the other with these, and gives what it was sent.
    fn receiver(answers: &'static [&'static str]) -> (String, thread::JoinHandle<Vec<String>>) {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("bound");
        let served = thread::spawn(move || {
            let mut requests = Vec::new();
            for answer in answers {
                let (mut stream, _) = listener.accept().expect("a connection");
                let mut request = Vec::new();
                let mut buffer = [0; 4096];
                loop {
                    let read = stream.read(&mut buffer).expect("a request");
                    request.extend_from_slice(&buffer[..read]);
                    let text = String::from_utf8_lossy(&request).into_owned();
                    let length = text
                        .to_ascii_lowercase()
                        .split_once("content-length: ")
                        .and_then(|(_, rest)| rest.split("\r\n").next()?.parse::<usize>().ok());
                    let body = text.split_once("\r\n\r\n").map(|(_, body)| body.len());
                    if read == 0 || body.is_some() && body >= length {
                        requests.push(text);
                        break;
                    }
                }
                stream.write_all(answer.as_bytes()).expect("answered");
            }
            requests
        });
        (format!("http://{address}/hook?token=geheim"), served)
    }

    const TAKEN: &str = "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n";
    const BUSY: &str = "HTTP/1.1 503 Busy\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    const GONE: &str = "HTTP/1.1 410 Gone\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    const MOVED: &str = "HTTP/1.1 307 Moved\r\nLocation: http://127.0.0.1:1/\r\n\
                         Content-Length: 0\r\nConnection: close\r\n\r\n";

    fn sent(answers: &'static [&'static str]) -> (Result<(), WebhookError>, Vec<String>) {
        let (address, served) = receiver(answers);
        let webhook = Webhook::new(&address, &[]).expect("this machine");
        let webhook = Webhook { pause: Duration::from_millis(1), ..webhook };
        let article =
            WebhookArticle::new(&crate::export::sample::sample(), Some("https://a.example"));
        let sent = webhook.send(&WebhookMessage::new("氢能", "q=氢能", 1, vec![article]));
        (sent, served.join().expect("served"))
    }

    #[test]
    fn a_message_is_json_and_is_tried_again_while_that_can_help() {
        let (done, requests) = sent(&[BUSY, BUSY, TAKEN]);
        assert_eq!(done, Ok(()));
        assert_eq!(requests.len(), 3);
        assert!(requests[0].starts_with("POST /hook?token=geheim HTTP/1.1\r\n"), "{}", requests[0]);
        let bodies = requests.iter().map(|request| request.split_once("\r\n\r\n").expect("both").1);
        let bodies: Vec<serde_json::Value> =
            bodies.map(|body| serde_json::from_str(body).expect("JSON")).collect();
        assert!(bodies.windows(2).all(|pair| pair[0] == pair[1]), "the same delivery");
        let keys: Vec<&String> = bodies[0].as_object().expect("an object").keys().collect();
        let expected =
            ["articles", "delivery", "format", "last", "name", "part", "search", "version"];
        assert_eq!(keys, expected);
        assert_eq!(bodies[0]["format"], "dibao-new");
        assert_eq!(bodies[0]["version"], 1);
        let url = bodies[0]["articles"][0]["url"].as_str().expect("an address");
        assert!(url.starts_with("https://a.example/article/"), "{url}");
    }

    #[test]
    fn what_is_refused_is_told_without_the_address_and_no_redirect_is_followed() {
        for (answers, status, tries) in
            [(&[GONE][..], 410, 1), (&[MOVED][..], 307, 1), (&[BUSY, BUSY, BUSY][..], 503, 3)]
        {
            let (done, requests) = sent(answers);
            let error = done.expect_err("refused");
            assert_eq!(error, WebhookError::Refused { host: "127.0.0.1".into(), status });
            assert_eq!(requests.len(), tries);
            let told = format!("{error} {}", error.shown(Lang::Zh));
            assert!(!told.contains("geheim") && !told.contains("hook"), "{told}");
        }
    }

    #[test]
    fn only_this_machine_or_a_named_one_is_sent_to() {
        let new = |address: &str, allowed: &[&str]| {
            let allowed: Vec<String> = allowed.iter().map(|&name| name.to_owned()).collect();
            Webhook::new(address, &allowed).map(|_| ())
        };
        for address in ["http://127.0.0.1:9/x", "http://[::1]:9/", "https://localhost/a?b"] {
            assert_eq!(new(address, &[]), Ok(()), "{address}");
        }
        let host = |host: &str| Err(WebhookError::Host { host: host.to_owned() });
        assert_eq!(new("https://hooks.example/x", &[]), host("hooks.example"));
        assert_eq!(new("http://169.254.169.254/", &[]), host("169.254.169.254"));
        assert_eq!(new("http://localhost.evil.example/", &[]), host("localhost.evil.example"));
        assert_eq!(new("http://127.0.0.1.evil.example/", &[]), host("127.0.0.1.evil.example"));
        assert_eq!(new("https://Hooks.Example./x", &["hooks.example"]), Ok(()));
        for address in ["ftp://localhost/", "localhost:80", "http://a:b@localhost/", "/x", ""] {
            assert_eq!(new(address, &[]), Err(WebhookError::Address), "{address}");
        }
    }

    #[test]
    fn what_a_name_leads_to_is_checked() {
        let address = |text: &str| text.parse::<IpAddr>().expect("an address");
        for text in ["127.0.0.1", "127.8.9.1", "::1", "::ffff:127.0.0.1"] {
            assert!(is_loopback(address(text)) && !is_elsewhere(address(text)), "{text}");
        }
        for text in ["169.254.169.254", "0.0.0.0", "::", "fe80::1", "224.0.0.1", "255.255.255.255"]
        {
            assert!(!is_loopback(address(text)) && !is_elsewhere(address(text)), "{text}");
        }
        for text in ["::127.0.0.1", "64:ff9b::127.0.0.1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::"] {
            assert!(!is_elsewhere(address(text)), "{text}");
        }
        for text in ["192.168.1.5", "10.0.0.1", "2606:2800:220:1::1", "64:ff9b::93.184.216.34"] {
            assert!(is_elsewhere(address(text)), "{text}");
        }
        // A name that was permitted, and leads to this machine or to a link-local address.
        for (host, port) in [("0.0.0.0", 9), ("169.254.169.254", 80), ("127.0.0.1", 9)] {
            let webhook = Webhook::new(&format!("http://{host}:{port}/"), &[host.to_owned()]);
            let webhook = Webhook { pause: Duration::ZERO, ..webhook.expect("permitted") };
            let done = webhook.send(&WebhookMessage::new("a", "", 1, Vec::new()));
            let is_local = host == "127.0.0.1";
            match done {
                Err(WebhookError::Forbidden { .. }) => assert!(!is_local, "{host}"),
                Err(WebhookError::Unreachable { .. }) => assert!(is_local, "{host}"),
                other => panic!("{host}: {other:?}"),
            }
        }
    }
}
