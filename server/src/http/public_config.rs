//! `GET /api/v1/config/public`: what a client may know before anybody signs in.

use axum::{Json, Router, extract::State as Extract};
use contract::registration::PublicConfig;

use super::{State, routes};

pub fn router() -> Router<State> {
    routes::PUBLIC_CONFIG.by(public_config)
}

async fn public_config(Extract(state): Extract<State>) -> Json<PublicConfig> {
    Json(domain::identity::registration::public_config(&state.deps).await)
}
