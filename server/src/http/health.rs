//! For whoever watches over the process: whether it lives, and whether it can work.

use axum::{Router, extract::State as Extract, http::StatusCode};
use domain::health::{Readiness, readiness};

use super::{State, routes};

pub fn router() -> Router<State> {
    routes::ALIVE.by(alive).merge(routes::READY.by(ready))
}

/// Asks nobody else: a database that is away is no reason to start this process anew.
async fn alive() -> &'static str {
    "alive"
}

/// Whether this node can work: the database answers, the schema is as this release needs it, and where there are workers, one of
/// them is alive. From the signal to stop on it says no, so that nothing more is sent here while what has begun is finished.
async fn ready(Extract(state): Extract<State>) -> (StatusCode, &'static str) {
    if state.stopping.is_cancelled() {
        return (StatusCode::SERVICE_UNAVAILABLE, "stopping");
    }
    match readiness(&state.deps).await {
        Ok(Readiness::Ready) => (StatusCode::OK, "ready"),
        Ok(Readiness::SchemaBehind) => (StatusCode::SERVICE_UNAVAILABLE, "the schema is behind this release"),
        Ok(Readiness::WorkersSilent) => (
            StatusCode::SERVICE_UNAVAILABLE,
            "no worker has been heard of for a minute",
        ),
        Err(error) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
