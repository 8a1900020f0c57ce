//! Over real connections: slow clients are cut off, and a server that stops ends what has begun.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::thread;
use std::time::Duration;

use dibao::web::{Options, Server};
use tokio::sync::oneshot;

use super::sample;

/// A server on a port that the system chose.
struct Running {
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<thread::JoinHandle<()>>,
}

impl Running {
    fn start(mut options: Options) -> Self {
        options.address.set_port(0);
        let server = Server::bind(options).unwrap();
        let address = server.address().unwrap();
        let (stop, stopped) = oneshot::channel();
        let thread = thread::spawn(move || {
            server.run(async {
                let _ = stopped.await;
            });
        });
        Self { address, stop: Some(stop), thread: Some(thread) }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    fn stop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            thread.join().unwrap();
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        self.stop();
    }
}

fn impatient() -> Options {
    let mut options = sample().options();
    options.limits.client = Duration::from_millis(300);
    options
}

#[test]
fn a_request_over_a_connection_is_answered() {
    let running = Running::start(sample().options());
    let mut stream = running.connect();
    write!(stream, "GET /api/v1/version HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{answer}");
}

#[test]
fn who_does_not_send_a_whole_request_is_cut_off() {
    let running = Running::start(impatient());
    let mut stream = running.connect();
    write!(stream, "GET / HTTP/1.1\r\nhost: local").unwrap();
    let mut answer = Vec::new();
    // The end of the connection, or an answer that says so. The read itself would give up after
    // twenty seconds, which is an error.
    stream.read_to_end(&mut answer).unwrap();
    assert!(!String::from_utf8_lossy(&answer).contains("200 OK"));
}

#[test]
fn who_does_not_take_the_answer_is_cut_off_and_keeps_no_turn() {
    let mut options = impatient();
    options.limits.exports = 1;
    let running = Running::start(options);
    let place = "GET /api/v1/export HTTP/1.1\r\nhost: localhost\r\n\r\n";
    let mut silent = running.connect();
    silent.write_all(place.repeat(200).as_bytes()).unwrap();
    thread::sleep(Duration::from_millis(100));
    let mut stream = running.connect();
    write!(stream, "GET /api/v1/export HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK\r\n"), "{}", &answer[..answer.len().min(300)]);
}

#[test]
fn a_head_that_is_too_large_is_refused() {
    let running = Running::start(sample().options());
    let mut stream = running.connect();
    let _ =
        write!(stream, "GET / HTTP/1.1\r\nhost: localhost\r\nx: {}\r\n\r\n", "x".repeat(80_000));
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    let answer = String::from_utf8_lossy(&answer);
    assert!(!answer.contains("200 OK"), "{answer}");
}

#[test]
fn a_server_that_stops_ends_what_has_begun() {
    let mut running = Running::start(sample().options());
    let mut stream = running.connect();
    write!(stream, "GET /api/v1/export?format=csv HTTP/1.1\r\nhost: localhost\r\n\r\n").unwrap();
    // The head is there: the answer has begun.
    let mut first = [0; 16];
    stream.read_exact(&mut first).unwrap();
    running.stop();
    let mut rest = Vec::new();
    stream.read_to_end(&mut rest).unwrap();
    // The last chunk of a whole answer.
    assert!(rest.ends_with(b"0\r\n\r\n"));
    assert!(TcpStream::connect(running.address).is_err());
}
