//! Where the payment provider tells what has happened: `POST /webhooks/polar`.
//!
//! Outside of sessions and of the protection against other sites: who sends it is proven by its signature over the raw body.
//! It is answered once it is kept; what follows from it is settled by the worker.
//!
//! `202` kept, now or before. `400` headers are missing. `401` not the provider's, or not of these minutes. `413` too large.
//! `503` it could not be kept, so that the provider sends it again.

use axum::{
    Router,
    body::Bytes,
    extract::{DefaultBodyLimit, State as Extract},
    http::{HeaderMap, StatusCode},
};
use domain::billing::{
    events::receive::{Received, receive},
    provider::WebhookHeaders,
};

use super::{State, routes};

/// In bytes. The largest that the provider sends has a tenth of it.
const LIMIT: usize = 512 * 1024;

/// An id of theirs is a UUID; what is much longer is none.
const LONGEST_ID: usize = 200;

pub fn router() -> Router<State> {
    routes::POLAR.by(take).layer(DefaultBodyLimit::max(LIMIT))
}

async fn take(Extract(state): Extract<State>, headers: HeaderMap, body: Bytes) -> StatusCode {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let (Some(id), Some(timestamp), Some(signature)) = (
        header("webhook-id").filter(|id| (1..=LONGEST_ID).contains(&id.len())),
        header("webhook-timestamp"),
        header("webhook-signature"),
    ) else {
        return StatusCode::BAD_REQUEST;
    };
    let headers = WebhookHeaders {
        id,
        timestamp,
        signature,
    };
    match receive(&state.platform, &state.deps, headers, &body).await {
        Ok(Received::Stored(_) | Received::Again | Received::Diverged) => StatusCode::ACCEPTED,
        Ok(Received::Refused(rejected)) => {
            tracing::warn!(%rejected, "a message to the payment webhook is not the provider's");
            StatusCode::UNAUTHORIZED
        }
        Err(error) => {
            tracing::error!(%error, "a message of the payment provider could not be kept");
            StatusCode::SERVICE_UNAVAILABLE
        }
    }
}
