//! `GET /api/v1/config/public`: what a client may know before anybody signs in.

use axum::{Json, Router, extract::State as Extract, routing::get};
use contract::registration::PublicConfig;

use super::State;

pub fn router() -> Router<State> {
    Router::new().route("/api/v1/config/public", get(public_config))
}

async fn public_config(Extract(state): Extract<State>) -> Json<PublicConfig> {
    Json(domain::identity::registration::public_config(&state.deps).await)
}
