//! What the server counts of itself, for Prometheus.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use crate::web::{AppState, Problem};

/// Upper ends of the classes of durations, in seconds.
const CLASSES: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];
const MEDIA_TYPE: &str = "application/openmetrics-text; version=1.0.0; charset=utf-8";

/// Counters of one server.
#[derive(Debug, Clone)]
pub(crate) struct Metrics {
    registry: Arc<Registry>,
    answers: Family<Answer, Counter>,
    durations: Family<Route, Histogram>,
    /// Connections that are open.
    pub connections: Gauge<i64, AtomicI64>,
    /// Articles that were exported.
    pub exported: Counter,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Answer {
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

impl Metrics {
    pub(crate) fn new() -> Self {
        let answers = Family::default();
        let durations = Family::new_with_constructor((|| Histogram::new(CLASSES)) as fn() -> _);
        let (connections, exported) = (Gauge::default(), Counter::default());
        let mut registry = Registry::with_prefix("dibao");
        registry.register("http_requests", "Answers by route and status", answers.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time until the head of the answer",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register("http_connections", "Open connections", connections.clone());
        registry.register("exported_articles", "Articles written by exports", exported.clone());
        Self { registry: Arc::new(registry), answers, durations, connections, exported }
    }
}

/// Counts an answer.
pub(crate) async fn counted(
    State(state): State<AppState>,
    request: Request,
    next: Next,
) -> Response {
    // The pattern and not the path: there are as many paths as articles.
    let route = request.extensions().get::<MatchedPath>();
    let route = route.map_or("none", MatchedPath::as_str).to_owned();
    let began = Instant::now();
    let response = next.run(request).await;
    let metrics = state.metrics();
    let status = response.status().as_u16();
    metrics.durations.get_or_create(&Route { route: route.clone() }).observe(since(began));
    metrics.answers.get_or_create(&Answer { route, status }).inc();
    response
}

fn since(began: Instant) -> f64 {
    began.elapsed().as_secs_f64()
}

/// `/metrics`
pub(crate) async fn page(State(state): State<AppState>) -> Result<Response, Problem> {
    let mut text = String::new();
    encode(&mut text, &state.metrics().registry).map_err(|_| Problem::internal())?;
    Ok((StatusCode::OK, [(header::CONTENT_TYPE, MEDIA_TYPE)], text).into_response())
}
