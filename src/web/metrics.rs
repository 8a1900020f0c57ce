//! The server's own metrics, for Prometheus.

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::AtomicI64;

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};

use super::WatchState;

/// Upper bounds of the histogram buckets, in seconds.
const CLASSES: [f64; 12] =
    [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0, 30.0];

/// Counters of one server.
#[derive(Debug, Clone)]
pub(crate) struct Metrics {
    registry: Arc<Registry>,
    answers: Family<AnswerLabels, Counter>,
    durations: Family<RouteLabels, Histogram>,
    /// Connections that are open.
    pub connections: Gauge<i64, AtomicI64>,
    /// Articles of whole exports; parts of downloads are not counted.
    pub exported: Counter,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct AnswerLabels {
    route: String,
    status: u16,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RouteLabels {
    route: String,
}

impl Metrics {
    /// Of a server; with those of the watch beside it, if there is one.
    pub(crate) fn new(watch: Option<&WatchState>) -> Self {
        let answers = Family::default();
        let durations = Family::new_with_constructor((|| Histogram::new(CLASSES)) as fn() -> _);
        let (connections, exported) = (Gauge::default(), Counter::default());
        let mut registry = Registry::with_prefix("dibao");
        registry.register("http_requests", "Responses by route and status", answers.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time until the response headers",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register("http_connections", "Open connections", connections.clone());
        registry.register(
            "exported_articles",
            "Articles written by whole exports",
            exported.clone(),
        );
        if let Some(watch) = watch {
            watch.register(&mut registry);
        }
        Self { registry: Arc::new(registry), answers, durations, connections, exported }
    }

    /// Counts an answer: by the pattern of its address, and how long it took.
    pub(crate) fn count(&self, route: String, status: u16, seconds: f64) {
        self.durations.get_or_create(&RouteLabels { route: route.clone() }).observe(seconds);
        self.answers.get_or_create(&AnswerLabels { route, status }).inc();
    }

    /// All counters as Prometheus reads them.
    ///
    /// # Errors
    /// When one cannot be written.
    pub(crate) fn to_text(&self) -> Result<String, fmt::Error> {
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
