//! What this process tells Prometheus: everything that was counted in it, and how far the work of the house is behind.
//!
//! On an address of its own, so that it is not public by accident (ASVS 5.0, 13.4.5).

use std::{fmt::Write, net::SocketAddr, time::Duration};

use anyhow::{Context, Result};
use axum::{Router, extract::State as Extract, http::header::CONTENT_TYPE, response::IntoResponse, routing::get};
use domain::{
    Deps,
    metrics::{Kind, METRICS, Metric, Pools, measure},
};
use metrics_exporter_prometheus::{Matcher, PrometheusBuilder, PrometheusHandle};
use tokio::net::TcpListener;
use tokio_util::sync::CancellationToken;

use crate::http;

/// The text format that Prometheus reads: <https://prometheus.io/docs/instrumenting/exposition_formats/>.
const TEXT: &str = "text/plain; version=0.0.4; charset=utf-8";

/// The upper bounds of what durations are counted by, in seconds.
const BUCKETS: [f64; 12] = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0];

/// How often what was recorded is put together, whether or not anybody asks.
const UPKEEP: Duration = Duration::from_secs(5);

/// From here on things are counted.
#[derive(Debug)]
pub struct Metrics {
    listener: TcpListener,
    handle: PrometheusHandle,
}

impl Metrics {
    /// Nothing is counted where nobody asks.
    pub async fn bind(address: Option<SocketAddr>) -> Result<Option<Self>> {
        let Some(address) = address else {
            return Ok(None);
        };
        let listener = TcpListener::bind(address).await.with_context(|| {
            format!("{address} cannot be listened on: stop what is there, or set PLINTH_METRICS_ADDRESS")
        })?;
        Ok(Some(Self {
            listener,
            handle: count()?,
        }))
    }

    /// Until the signal.
    pub async fn serve(self, pools: Pools, deps: Deps, stop: CancellationToken) -> Result<()> {
        let Self { listener, handle } = self;
        let (kept, done) = (handle.clone(), stop.clone());
        let upkeep = async move {
            loop {
                tokio::select! {
                    () = tokio::time::sleep(UPKEEP) => kept.run_upkeep(),
                    () = done.cancelled() => return,
                }
            }
        };
        let server = axum::serve(listener, router(handle, pools, deps))
            .with_graceful_shutdown(async move { stop.cancelled().await });
        let (ended, ()) = tokio::join!(server.into_future(), upkeep);
        ended.context("the metrics' server failed")
    }
}

/// Has everything counted in this process from now on.
pub fn count() -> Result<PrometheusHandle> {
    let handle = PrometheusBuilder::new()
        .set_buckets_for_metric(Matcher::Suffix("_duration_seconds".to_owned()), &BUCKETS)?
        .install_recorder()?;
    for Metric { name, kind, tells, .. } in all() {
        match kind {
            Kind::Counter => metrics::describe_counter!(*name, *tells),
            Kind::Gauge => metrics::describe_gauge!(*name, *tells),
            Kind::Histogram => metrics::describe_histogram!(*name, *tells),
        }
    }
    Ok(handle)
}

pub fn router(handle: PrometheusHandle, pools: Pools, deps: Deps) -> Router {
    Router::new()
        .route("/metrics", get(tell))
        .with_state((handle, pools, deps))
}

/// What was counted is told also when the database does not answer; `database_up` says which of the two it was.
async fn tell(Extract((handle, pools, deps)): Extract<(PrometheusHandle, Pools, Deps)>) -> impl IntoResponse {
    let answered = tokio::time::timeout(UPKEEP, measure(&pools, &deps)).await;
    let up = matches!(answered, Ok(Ok(())));
    if let Ok(Err(error)) = answered {
        tracing::warn!(%error, "how far the work is behind could not be asked");
    }
    metrics::gauge!(DATABASE_UP).set(if up { 1.0 } else { 0.0 });
    ([(CONTENT_TYPE, TEXT)], handle.render())
}

const DATABASE_UP: &str = "database_up";

const OWN: &[Metric] = &[Metric {
    name: DATABASE_UP,
    kind: Kind::Gauge,
    labels: &[],
    tells: "Whether the database has answered just now. When it has not, the gauges beside it are of before.",
}];

fn all() -> impl Iterator<Item = &'static Metric> {
    http::METRICS.iter().chain(METRICS).chain(OWN)
}

/// The table of the documentation.
pub fn reference() -> String {
    let mut table = String::from("| metric | kind | labels | what it tells |\n| --- | --- | --- | --- |\n");
    for Metric {
        name,
        kind,
        labels,
        tells,
    } in all()
    {
        let kind = match kind {
            Kind::Counter => "counter",
            Kind::Gauge => "gauge",
            Kind::Histogram => "histogram",
        };
        let labels: Vec<_> = labels.iter().map(|label| format!("`{label}`")).collect();
        let _ = writeln!(table, "| `{name}` | {kind} | {} | {tells} |", labels.join(", "));
    }
    table
}
