//! What `dibao serve` is told.

use std::net::{SocketAddr, ToSocketAddrs};
use std::path::PathBuf;

use clap::{Args, ValueEnum, ValueHint};

use crate::web::{HeaderName, HeaderValue};

/// Serve the web page and the HTTP interface
#[derive(Debug, Args)]
#[command(after_help = "\
It reads and never writes. An ingest in another process shows up by itself.
Examples:
  dibao serve                                       http://127.0.0.1:8080, for this machine alone
  dibao serve --addr 0.0.0.0:8080 --host archive.example --token-file token.txt
  dibao serve --proxy-header X-Remote-User --public-url https://archive.example")]
pub(crate) struct ServeArgs {
    /// Address and port to listen on
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080", value_parser = address)]
    pub addr: SocketAddr,
    /// A host name that readers use, beside localhost and addresses in digits
    #[arg(long, value_name = "NAME", value_hint = ValueHint::Hostname)]
    pub host: Vec<String>,
    /// Where readers find the server if that is not where it listens; feeds have it in their links
    #[arg(long, value_name = "URL", value_parser = public_url)]
    pub public_url: Option<String>,
    /// A file with a secret that readers must send: as bearer token, or as password
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub token_file: Option<PathBuf>,
    /// Refuse what comes without this header, which a reverse proxy sets
    #[arg(long, value_name = "NAME")]
    pub proxy_header: Option<HeaderName>,
    /// An origin whose scripts may read the interface: https://charts.example
    #[arg(long, value_name = "ORIGIN", value_parser = origin)]
    pub cors: Vec<HeaderValue>,
    /// Let crawlers in and list all articles for them
    #[arg(long)]
    pub sitemap: bool,
    /// How to write the log
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

/// `127.0.0.1:8080`, `localhost:8080`, or a port of this machine.
fn address(typed: &str) -> Result<SocketAddr, String> {
    let wanted = "write an address and a port, as in 127.0.0.1:8080";
    if let Ok(port) = typed.parse::<u16>() {
        return Ok(SocketAddr::from(([127, 0, 0, 1], port)));
    }
    let mut found = typed.to_socket_addrs().map_err(|_| wanted.to_owned())?;
    found.next().ok_or_else(|| wanted.to_owned())
}

fn public_url(typed: &str) -> Result<String, String> {
    let rest = typed.strip_prefix("https://").or_else(|| typed.strip_prefix("http://"));
    let rest = rest.map(|rest| rest.trim_end_matches('/'));
    match rest {
        Some(rest) if !rest.is_empty() && !rest.contains(['/', '?', '#', '@', ' ']) => {
            Ok(typed.trim_end_matches('/').to_owned())
        }
        _ => Err("write http(s)://name or http(s)://name:port".to_owned()),
    }
}

fn origin(typed: &str) -> Result<HeaderValue, String> {
    let origin = public_url(typed)?;
    HeaderValue::from_str(&origin).map_err(|_| "write http(s)://name".to_owned())
}
