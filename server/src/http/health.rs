//! For whoever watches over the process: whether it lives, and whether it can work.

use axum::{Router, extract::State as Extract, http::StatusCode, routing::get};

use super::State;

pub fn router() -> Router<State> {
    Router::new().route("/healthz", get(alive)).route("/readyz", get(ready))
}

/// Asks nobody else: a database that is away is no reason to start this process anew.
async fn alive() -> &'static str {
    "alive"
}

async fn ready(Extract(state): Extract<State>) -> (StatusCode, &'static str) {
    match state.deps.database.ping().await {
        Ok(()) => (StatusCode::OK, "ready"),
        Err(error) => {
            tracing::warn!(%error, "not ready: the database does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the database does not answer")
        }
    }
}
