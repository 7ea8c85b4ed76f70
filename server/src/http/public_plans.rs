//! `GET /api/v1/plans/public`: what is sold, and for how much. The same for everybody.

use axum::{
    Json, Router,
    extract::State as Extract,
    http::header::CACHE_CONTROL,
    response::{IntoResponse, Response},
};

use super::{State, routes};

/// As long as the pricing page is kept.
const KEPT: &str = "public, max-age=60";

pub fn router() -> Router<State> {
    routes::PUBLIC_PLANS.by(public_plans)
}

async fn public_plans(Extract(state): Extract<State>) -> Response {
    match domain::billing::catalogue::public::public_plans(&state.deps).await {
        Ok(plans) => ([(CACHE_CONTROL, KEPT)], Json(plans)).into_response(),
        Err(error) => {
            let error = contract::Error::from(error);
            (error.status(), Json(error)).into_response()
        }
    }
}
