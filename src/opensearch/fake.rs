//! A node for tests that answers what a test says.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::thread;

use serde_json::Value;

use super::client::Client;
use super::settings::ClusterSettings;

/// Settings of a cluster of one node. `answer` gives status and body for method, path, and body; lines of
/// a bulk request are `null`.
pub(super) fn settings_of(
    mut answer: impl FnMut(&str, &str, &Value) -> (u16, Value) + Send + 'static,
) -> ClusterSettings {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let url = format!("http://{}", listener.local_addr().expect("an address"));
    thread::spawn(move || {
        for stream in listener.incoming() {
            // A client that goes away is what some tests are about.
            let _ = stream.and_then(|stream| talk(stream, &mut answer));
        }
    });
    let read = ClusterSettings::read(None, |variable| match variable {
        "DIBAO_ENGINE_URL" => Some(url.clone()),
        _ => None,
    });
    read.expect("settings")
}

/// Speaks with such a cluster.
pub(super) fn client_of(
    answer: impl FnMut(&str, &str, &Value) -> (u16, Value) + Send + 'static,
) -> Client {
    Client::new(&settings_of(answer)).expect("a client")
}

fn talk(
    mut stream: TcpStream,
    answer: &mut impl FnMut(&str, &str, &Value) -> (u16, Value),
) -> io::Result<()> {
    let mut reader = BufReader::new(stream.try_clone()?);
    let (mut first, mut length) = (String::new(), 0);
    reader.read_line(&mut first)?;
    loop {
        let mut line = String::new();
        reader.read_line(&mut line)?;
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        if let Some(value) = line.strip_prefix("content-length:") {
            length = value.trim().parse().map_err(io::Error::other)?;
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let mut words = first.split_whitespace();
    let (method, path) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let (status, body) = answer(method, path, &serde_json::from_slice(&body).unwrap_or_default());
    let body = body.to_string();
    let length = body.len();
    write!(
        stream,
        "HTTP/1.1 {status} -\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
    )
}
