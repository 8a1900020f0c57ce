//! The arguments of `dibao serve`.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};
use thiserror::Error;

use super::ocr::OcrArgs;
use super::timing::WatchTiming;
use crate::present::Lang;
use crate::web::{HeaderName, HeaderValue};

/// Serve the web pages and the HTTP API
#[derive(Debug, Args)]
#[command(after_help = "\
The server only reads, unless --editor-token-file names editors, who correct, tag, note and collect
articles on the pages. It picks up what another process ingests, and with --watch ingests itself
what changes.
Examples:
  dibao serve                                       http://127.0.0.1:8080, this machine only
  dibao serve --watch                               with what is put into the corpus folder
  dibao serve --addr 0.0.0.0:8080 --host archive.example --token-file token.txt
  dibao serve --proxy-header X-Remote-User --public-url https://archive.example")]
pub(crate) struct ServeArgs {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", value_parser = address)]
    pub addr: SocketAddr,
    /// Host name to answer to, besides localhost and IP addresses
    #[arg(long, value_name = "NAME", value_hint = ValueHint::Hostname)]
    pub host: Vec<String>,
    /// Public address of the server, for links in feeds
    #[arg(long, value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// File with a token that clients must send, as a bearer token or as a password
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub token_file: Option<PathBuf>,
    /// File with a line NAME TOKEN for each editor, who may correct, tag, note and collect
    /// articles in the browser
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub editor_token_file: Option<PathBuf>,
    /// Refuse requests without this header, which a reverse proxy sets
    #[arg(long, value_name = "NAME")]
    pub proxy_header: Option<HeaderName>,
    /// Origin whose scripts may use the API, such as https://charts.example
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub cors: Vec<HeaderValue>,
    /// Allow crawlers and list all articles in a sitemap
    #[arg(long)]
    pub sitemap: bool,
    /// Let the portals of libraries harvest all articles at /oai (OAI-PMH); the address is that of
    /// the person who is responsible
    #[arg(long, value_name = "EMAIL", value_parser = email)]
    pub oai: Option<String>,
    /// Name of the repository that is harvested
    #[arg(long, value_name = "NAME", requires = "oai", default_value = "邸报")]
    pub oai_name: String,
    /// Do not let language models ask at /mcp
    #[arg(long)]
    pub no_mcp: bool,
    /// Watch the corpus folder and ingest what changes, as `dibao watch` does
    #[arg(long)]
    pub watch: bool,
    #[command(flatten)]
    pub timing: WatchTiming,
    #[command(flatten)]
    pub ocr: OcrArgs,
    /// Format of the log
    #[arg(long, value_enum, default_value_t)]
    pub log: LogFormat,
}

/// For people or for programs.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(crate) enum LogFormat {
    #[default]
    Text,
    Json,
}

/// Why a value is refused.
#[derive(Debug, Clone, Copy, Error)]
#[error("{}", self.shown(Lang::En))]
pub(crate) enum ServeArgError {
    Address,
    Url,
    Email,
}

impl ServeArgError {
    pub(crate) fn shown(self, lang: Lang) -> &'static str {
        match self {
            Self::Address => lang.of(
                "请写地址和端口，如 127.0.0.1:8080",
                "write an address and a port, as in 127.0.0.1:8080",
            ),
            Self::Url => lang.of(
                "请写 http(s)://主机名 或 http(s)://主机名:端口",
                "write http(s)://name or http(s)://name:port",
            ),
            Self::Email => lang.of(
                "请写邮箱，如 admin@archive.example",
                "write an e-mail address, as in admin@archive.example",
            ),
        }
    }
}

/// `127.0.0.1:8080`, `localhost:8080`, or a port of this machine.
fn address(typed: &str) -> Result<SocketAddr, ServeArgError> {
    if let Ok(port) = typed.parse::<u16>() {
        return Ok(SocketAddr::from(([127, 0, 0, 1], port)));
    }
    let mut found = typed.to_socket_addrs().map_err(|_| ServeArgError::Address)?;
    found.next().ok_or(ServeArgError::Address)
}

/// `https://archive.example`, without a slash at its end.
pub(crate) fn public_url(typed: &str) -> Result<String, ServeArgError> {
    let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    let rest = rest.map(|rest| rest.trim_end_matches('/'));
    match rest {
        Some(rest) if !rest.is_empty() && !rest.contains(['/', '?', '#', '@', ' ']) => {
            Ok(typed.trim_end_matches('/').to_owned())
        }
        _ => Err(ServeArgError::Url),
    }
}

/// As the schema of the protocol has it: something before an @, and a name with a dot behind it.
fn email(typed: &str) -> Result<String, ServeArgError> {
    let is_one = typed.split_once('@').is_some_and(|(who, host)| {
        let (before, behind) = host.split_once('.').unwrap_or_default();
        !who.is_empty() && !before.is_empty() && !behind.is_empty()
    });
    let is_plain = !typed.contains(char::is_whitespace);
    if is_one && is_plain { Ok(typed.to_owned()) } else { Err(ServeArgError::Email) }
}

fn origin(typed: &str) -> Result<HeaderValue, ServeArgError> {
    HeaderValue::from_str(&public_url(typed)?).map_err(|_| ServeArgError::Url)
}
