//! The tools of `mcp` over HTTP (`/mcp`: each message is a request, and no session is kept) and over
//! stdin and stdout (`dibao mcp`). Both ask the archive as every other answer does: on blocking
//! threads, within the limits, over the index as it is now.

use std::io;
use std::sync::Arc;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use rmcp::ServiceExt;
use rmcp::transport::stdio;
use rmcp::transport::streamable_http_server::session::never::NeverSessionManager;
use rmcp::transport::streamable_http_server::{StreamableHttpServerConfig, StreamableHttpService};
use tokio::time::timeout;

use super::archive::today;
use super::server::options::MAX_MESSAGE_BYTES;
use super::{AppState, Detail, Options, Problem, Site};
use crate::mcp::{ArchiveAccess, Caller, McpServer, Question, Reply, ToolContext, ToolError};
use crate::present::Lang;

impl ArchiveAccess for AppState {
    async fn ask(&self, caller: Caller, question: Question) -> Result<Reply, String> {
        let (lang, corpus) = (caller.lang, self.options().corpus.clone());
        let answered = self.ask(move |opened| {
            let context = ToolContext {
                archive: &opened.archive,
                synonyms: &opened.synonyms,
                corpus: &corpus,
                state: &opened.state,
                today: today(),
                caller: &caller,
            };
            Ok(question(&context).map_err(|error| sentence(lang, error)))
        });
        answered.await.unwrap_or_else(|problem| Err(problem.value.text(lang)))
    }
}

/// Why there is no answer. What would name folders of the server goes to its log alone.
fn sentence(lang: Lang, error: ToolError) -> String {
    match error {
        ToolError::Search(error) => Problem::from(error).value.text(lang),
        ToolError::Source(error) => Problem::from(error).value.text(lang),
        error => error.text(lang),
    }
}

/// `/mcp`: a message of a client.
pub(crate) async fn message(
    State(state): State<AppState>,
    site: Site,
    lang: Lang,
    request: Request,
) -> Result<Response, Problem> {
    if !state.options().mcp {
        return Err(Problem::not_found(Detail::McpOff));
    }
    let (parts, body) = request.into_parts();
    let body = timeout(state.options().limits.client, to_bytes(body, MAX_MESSAGE_BYTES));
    let body = body.await.map_err(|_| Problem::slow())?.map_err(|_| Problem::large())?;
    let request = Request::from_parts(parts, Body::from(body));
    let server = McpServer::new(state, Caller { lang, site: Some(site.0) });
    let settings = StreamableHttpServerConfig::default()
        .with_legacy_session_mode(false)
        .with_json_response(true)
        // The guard has checked both, as for every other address.
        .disable_allowed_hosts()
        .disable_allowed_origins();
    let sessions = Arc::new(NeverSessionManager::default());
    let service = StreamableHttpService::new(move || Ok(server.clone()), sessions, settings);
    Ok(service.handle(request).await.map(Body::new))
}

/// Answers the messages that come on stdin, on stdout, until there are no more or `stop` completes.
///
/// # Errors
/// When there can be no threads, and when what comes first is no message of the protocol.
pub(crate) fn serve_stdio(
    options: Options,
    lang: Lang,
    stop: impl Future<Output = ()>,
) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let outcome = runtime.block_on(async {
        let site = options.public_url.clone();
        let tools = McpServer::new(AppState::new(options), Caller { lang, site });
        let messages = async {
            let running = tools.serve(stdio()).await.map_err(io::Error::other)?;
            running.waiting().await.map(drop).map_err(io::Error::other)
        };
        tokio::select! {
            ended = messages => ended,
            () = stop => Ok(()),
        }
    });
    // A read of stdin that waits does not keep the program running.
    runtime.shutdown_background();
    outcome
}
