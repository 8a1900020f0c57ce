//! Connections: the accept loop, timeouts for slow clients, and graceful shutdown.

pub(crate) mod options;
pub(crate) mod router;

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::{sleep, timeout};
use tokio_io_timeout::TimeoutStream;

use super::{AppState, Options};

/// Maximum size of the request line and headers, in bytes.
const MAX_HEAD_BYTES: usize = 32 << 10;
/// How long to wait when the system is out of file descriptors.
const RECOVERY: Duration = Duration::from_millis(100);
/// Threads for searches beside those that the limits need: opening the archive, source files.
const SPARE_THREADS: usize = 4;

/// A server that listens.
#[derive(Debug)]
pub struct Server {
    runtime: tokio::runtime::Runtime,
    listener: TcpListener,
    state: AppState,
}

impl Server {
    /// Listens. Nothing is answered before [`Server::run`].
    ///
    /// # Errors
    /// When the address cannot be listened on.
    pub fn bind(options: Options) -> io::Result<Self> {
        let limits = &options.limits;
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .enable_all()
            .max_blocking_threads(limits.searches + limits.exports + SPARE_THREADS)
            .build()?;
        let listener = runtime.block_on(TcpListener::bind(options.address))?;
        Ok(Self { runtime, listener, state: AppState::new(options) })
    }

    /// Where it listens: the port, if the system was to choose one.
    ///
    /// # Errors
    /// When the system does not say.
    pub fn address(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }

    /// Serves until `stop` completes, then lets open requests finish within the grace period.
    pub fn run(self, stop: impl Future<Output = ()>) {
        let Self { runtime, listener, state } = self;
        runtime.block_on(serve(listener, state, stop));
        // A search whose client has gone does not keep the program running.
        runtime.shutdown_background();
    }

    /// Serves until Ctrl-C or SIGTERM, which also `end`s what runs beside it; the second time the process ends
    /// at once.
    ///
    /// # Errors
    /// When the thread that waits for them cannot be set up.
    pub fn run_until_asked(self, end: impl FnOnce() + Send + 'static) -> io::Result<()> {
        let (stop, stopped) = tokio::sync::oneshot::channel();
        when_asked_to_stop(move || {
            end();
            // The server may have ended by itself.
            let _ = stop.send(());
        })?;
        self.run(async { drop(stopped.await) });
        Ok(())
    }
}

/// Completes on Ctrl-C or SIGTERM.
pub async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

/// Does this on Ctrl-C or SIGTERM, in a thread of its own; the second time the process ends at once.
///
/// # Errors
/// When the thread cannot be set up.
pub fn when_asked_to_stop(end: impl FnOnce() + Send + 'static) -> io::Result<()> {
    /// What a shell says of a process that was interrupted.
    const INTERRUPTED: i32 = 130;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    std::thread::Builder::new().spawn(move || {
        runtime.block_on(async {
            asked_to_stop().await;
            end();
            asked_to_stop().await;
            std::process::exit(INTERRUPTED);
        });
    })?;
    Ok(())
}

async fn serve(listener: TcpListener, state: AppState, stop: impl Future<Output = ()>) {
    let limits = state.options().limits.clone();
    let service = TowerToHyperService::new(router::router(&state));
    let connections = Arc::new(Semaphore::new(limits.connections));
    let graceful = GracefulShutdown::new();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(limits.client).max_buf_size(MAX_HEAD_BYTES);
    tokio::pin!(stop);
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &connections) => accepted,
            () = &mut stop => break,
        };
        let (stream, turn) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                sleep(RECOVERY).await;
                continue;
            }
        };
        let mut stream = TimeoutStream::new(stream);
        stream.set_write_timeout(Some(limits.client));
        let connection = http.serve_connection(TokioIo::new(Box::pin(stream)), service.clone());
        let connection = graceful.watch(connection);
        let open = state.metrics().connections.clone();
        tokio::spawn(async move {
            let _turn = turn;
            open.inc();
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection lost");
            }
            open.dec();
        });
    }
    drop(listener);
    if timeout(limits.farewell, graceful.shutdown()).await.is_err() {
        tracing::warn!("some responses were cut off at shutdown");
    }
}

/// The next connection, once a permit for it is free.
async fn accept(
    listener: &TcpListener,
    connections: &Arc<Semaphore>,
) -> io::Result<(TcpStream, tokio::sync::OwnedSemaphorePermit)> {
    let turn = connections.clone().acquire_owned().await.map_err(io::Error::other)?;
    let (stream, _) = listener.accept().await?;
    // Pages are written at once; waiting for more would only slow them down.
    stream.set_nodelay(true)?;
    Ok((stream, turn))
}
