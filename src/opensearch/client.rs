//! Requests to a cluster: to whichever of its nodes answers, again where it has too much to do.

use std::fmt;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::thread;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::Value;
use ureq::Agent;
use ureq::http::{Method, Request};
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use super::settings::ClusterSettings;
use crate::index::{ClusterProblem, IndexError};

/// How long a request may take; a bulk of some megabytes takes a second.
const TIMEOUT: Duration = Duration::from_mins(2);
/// How long a node may take to be reached.
const CONNECTING: Duration = Duration::from_secs(5);
/// How often a request is tried where no node answers, the cluster has too much to do, or a shard does not
/// answer.
pub(super) const TRIES: u32 = 8;
/// The first pause between two tries; each is twice the one before.
pub(super) const PAUSE: Duration = Duration::from_millis(100);
/// No answer is larger.
const MAX_ANSWER: u64 = 1 << 30;
/// Statuses with which a cluster says that it has too much to do, or is on its way up or down.
const BUSY: &[u16] = &[429, 502, 503, 504];
/// Those of a search at a point in time: 503 says as well that the node is gone which kept it.
const BUSY_FOR_SEARCH: &[u16] = &[429, 502, 504];
/// Characters of what a cluster says that are shown.
const MAX_REASON: usize = 300;

/// Speaks with a cluster. Cheap to share; may be used from several threads.
pub(crate) struct Client {
    agent: Agent,
    urls: Vec<String>,
    /// The node that answered last.
    current: AtomicUsize,
    /// Whether a node has answered yet.
    has_answered: AtomicBool,
    authorization: Option<String>,
    /// The alias of the archive.
    index: String,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("urls", &self.urls).finish_non_exhaustive()
    }
}

/// What a cluster answers.
#[derive(Debug)]
pub(crate) struct ClusterAnswer {
    pub(crate) status: u16,
    pub(crate) body: Value,
}

impl Client {
    /// Speaks with nobody yet.
    ///
    /// # Errors
    /// When the certificates cannot be understood.
    pub(crate) fn new(settings: &ClusterSettings) -> Result<Self, IndexError> {
        let mut config = Agent::config_builder()
            .timeout_global(Some(TIMEOUT))
            .timeout_connect(Some(CONNECTING))
            .max_redirects(0)
            .http_status_as_error(false);
        let mut broken = None;
        if let Some(pem) = &settings.authorities {
            let mut certificates = Vec::new();
            for item in parse_pem(pem) {
                match item {
                    Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
                    Ok(_) => {}
                    Err(error) => broken = Some(error.to_string()),
                }
            }
            let roots = RootCerts::new_with_certs(&certificates);
            config = config.tls_config(TlsConfig::builder().root_certs(roots).build());
        }
        let client = Self {
            agent: config.build().new_agent(),
            urls: settings.urls.clone(),
            current: AtomicUsize::new(0),
            has_answered: AtomicBool::new(false),
            authorization: settings.credentials.as_ref().map(|(user, password)| {
                format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}")))
            }),
            index: settings.index.clone(),
        };
        match broken {
            Some(reason) => Err(client.problem(ClusterProblem::Certificate { reason })),
            None => Ok(client),
        }
    }

    /// The alias of the archive.
    pub(crate) fn index(&self) -> &str {
        &self.index
    }

    /// Where the archive is, for people.
    pub(crate) fn place(&self) -> String {
        let current = self.current.load(Ordering::Relaxed) % self.urls.len().max(1);
        format!("{}/{}", self.urls.get(current).map_or("", String::as_str), self.index)
    }

    /// A problem with the place where it is.
    pub(crate) fn problem(&self, problem: ClusterProblem) -> IndexError {
        IndexError::Cluster { place: self.place(), problem }
    }

    pub(crate) fn get(&self, path: &str) -> Result<ClusterAnswer, IndexError> {
        self.send(&Method::GET, path, "application/json", b"", BUSY)
    }

    pub(crate) fn post(&self, path: &str, body: &Value) -> Result<ClusterAnswer, IndexError> {
        self.send(&Method::POST, path, "application/json", body.to_string().as_bytes(), BUSY)
    }

    /// Searches at a point in time, which the body names.
    pub(crate) fn search(&self, body: &Value) -> Result<ClusterAnswer, IndexError> {
        let path = "/_search?include_named_queries_score=true";
        let body = body.to_string();
        self.send(&Method::POST, path, "application/json", body.as_bytes(), BUSY_FOR_SEARCH)
    }

    pub(crate) fn put(&self, path: &str, body: &Value) -> Result<ClusterAnswer, IndexError> {
        self.send(&Method::PUT, path, "application/json", body.to_string().as_bytes(), BUSY)
    }

    pub(crate) fn delete(&self, path: &str) -> Result<ClusterAnswer, IndexError> {
        self.send(&Method::DELETE, path, "application/json", b"", BUSY)
    }

    /// Lines of a bulk request.
    pub(crate) fn post_lines(&self, path: &str, lines: &[u8]) -> Result<ClusterAnswer, IndexError> {
        self.send(&Method::POST, path, "application/x-ndjson", lines, BUSY)
    }

    /// The body of an answer that must be a good one.
    pub(crate) fn done(&self, answer: ClusterAnswer) -> Result<Value, IndexError> {
        if (200..300).contains(&answer.status) {
            return Ok(answer.body);
        }
        Err(self.problem(problem_of(&answer)))
    }

    /// Sends a request to the node that answered last, to the next where it does not answer, and again
    /// later where none does or the cluster has too much to do.
    fn send(
        &self,
        method: &Method,
        path: &str,
        content_type: &str,
        body: &[u8],
        busy: &[u16],
    ) -> Result<ClusterAnswer, IndexError> {
        let mut pause = PAUSE;
        let mut problem = ClusterProblem::Overloaded { status: 503 };
        for round in 0..TRIES {
            if round > 0 {
                thread::sleep(pause);
                pause *= 2;
            }
            for _ in 0..self.urls.len() {
                match self.send_once(method, path, content_type, body) {
                    Ok(answer) if busy.contains(&answer.status) => {
                        problem = ClusterProblem::Overloaded { status: answer.status };
                        break;
                    }
                    Ok(answer) => return Ok(answer),
                    Err(error) if is_lasting(&error) => {
                        let reason = error.to_string();
                        return Err(self.problem(ClusterProblem::Certificate { reason }));
                    }
                    Err(error) => {
                        problem = ClusterProblem::Unreachable { reason: error.to_string() };
                        self.current.fetch_add(1, Ordering::Relaxed);
                    }
                }
            }
            // A node that nobody started would not be there in some seconds either.
            if round > 1 && matches!(&problem, ClusterProblem::Unreachable { .. }) && self.is_new()
            {
                break;
            }
        }
        Err(self.problem(problem))
    }

    /// Whether no node has answered yet.
    fn is_new(&self) -> bool {
        !self.has_answered.load(Ordering::Relaxed)
    }

    fn send_once(
        &self,
        method: &Method,
        path: &str,
        content_type: &str,
        body: &[u8],
    ) -> Result<ClusterAnswer, ureq::Error> {
        let current = self.current.load(Ordering::Relaxed) % self.urls.len().max(1);
        let url = self.urls.get(current).map_or("", String::as_str);
        let mut request = Request::builder()
            .method(method.clone())
            .uri(format!("{url}{path}"))
            .header("content-type", content_type)
            .header("accept", "application/json");
        if let Some(authorization) = &self.authorization {
            request = request.header("authorization", authorization);
        }
        let mut response = if body.is_empty() {
            self.agent.run(request.body(())?)?
        } else {
            self.agent.run(request.body(body)?)?
        };
        let status = response.status().as_u16();
        let bytes = response.body_mut().with_config().limit(MAX_ANSWER).read_to_vec()?;
        self.has_answered.store(true, Ordering::Relaxed);
        let body = serde_json::from_slice(&bytes)
            .unwrap_or_else(|_| Value::String(String::from_utf8_lossy(&bytes).into_owned()));
        Ok(ClusterAnswer { status, body })
    }
}

/// Whether it is in vain to try again.
fn is_lasting(error: &ureq::Error) -> bool {
    match error {
        ureq::Error::Rustls(_) | ureq::Error::Tls(_) | ureq::Error::Pem(_) => true,
        // Certificates are refused while bytes are read.
        ureq::Error::Io(error) => error.kind() == std::io::ErrorKind::InvalidData,
        _ => false,
    }
}

/// What is wrong, by the status and the reason that the cluster gives.
fn problem_of(answer: &ClusterAnswer) -> ClusterProblem {
    let ClusterAnswer { status, body } = answer;
    if matches!(status, 401 | 403) {
        return ClusterProblem::NotAllowed { status: *status };
    }
    let said = &body["error"];
    let root = &said["root_cause"][0]["reason"];
    let reason = [root, &said["reason"], said, body].into_iter().find_map(Value::as_str);
    let reason: String = reason.unwrap_or("no reason given").chars().take(MAX_REASON).collect();
    ClusterProblem::Refused { status: *status, reason }
}
