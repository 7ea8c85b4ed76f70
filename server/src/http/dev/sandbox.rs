//! The way to the sandbox that takes the money. Its pages are its own, at an address of their own.

use axum::{
    Json,
    extract::State as From,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use serde_json::json;

use crate::http::State;

pub async fn page(From(state): From<State>) -> Response {
    match &state.sandbox {
        Some(sandbox) => Redirect::to(&sandbox.page()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

/// For tests.
pub async fn json(From(state): From<State>) -> Response {
    match &state.sandbox {
        Some(sandbox) => Json(json!({ "url": sandbox.origin() })).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
