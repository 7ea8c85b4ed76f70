//! What stands before every request of the API: faults, token, version.

use std::{sync::Arc, time::Duration};

use axum::{
    Json,
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};
use serde_json::json;

use crate::{
    rules::endpoints::{NEWEST_VERSION, VERSIONS},
    world::World,
};

const VERSION: &str = "polar-version";

pub async fn guard(State(world): State<Arc<World>>, request: Request, next: Next) -> Response {
    if !request.uri().path().starts_with("/v1/") {
        return next.run(request).await;
    }
    let latency = world.read(|state| state.faults.latency_milliseconds);
    if latency > 0 {
        tokio::time::sleep(Duration::from_millis(latency)).await;
    }
    let version = request
        .headers()
        .get(VERSION)
        .map_or(Some(NEWEST_VERSION), known_version);
    let mut response = match refused(&world) {
        Some(response) => response,
        None if !token_is_usable(&world, request.headers()) => bad_token(),
        None if version.is_none() => not_found(),
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    headers.insert(VERSION, HeaderValue::from_static(version.unwrap_or(NEWEST_VERSION)));
    headers.insert("x-polar-sandbox", HeaderValue::from_static("1"));
    response
}

/// Routes that are not public. What the token is worth was looked at before.
pub async fn require_token(request: Request, next: Next) -> Response {
    if request.headers().contains_key(header::AUTHORIZATION) {
        return next.run(request).await;
    }
    let body = Json(json!({ "error": "Unauthorized", "detail": "Unauthorized" }));
    let challenge = [(header::WWW_AUTHENTICATE, "Bearer realm=\"polar\"")];
    (StatusCode::UNAUTHORIZED, challenge, body).into_response()
}

pub async fn unknown() -> Response {
    not_found()
}

pub async fn wrong_method() -> Response {
    (
        StatusCode::METHOD_NOT_ALLOWED,
        Json(json!({ "detail": "Method Not Allowed" })),
    )
        .into_response()
}

fn known_version(header: &HeaderValue) -> Option<&'static str> {
    VERSIONS.into_iter().find(|version| header == version)
}

fn refused(world: &World) -> Option<Response> {
    if world.read(|state| state.faults.failing_status.is_none() && state.faults.retry_after_seconds.is_none()) {
        return None;
    }
    let (status, retry_after) = world.write(|state, _| state.faults.refuse_request())?;
    let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    Some(match retry_after {
        Some(seconds) => (status, [(header::RETRY_AFTER, seconds.to_string())]).into_response(),
        None => (status, "Internal Server Error").into_response(),
    })
}

fn token_is_usable(world: &World, headers: &HeaderMap) -> bool {
    let Some(value) = headers.get(header::AUTHORIZATION) else {
        return true;
    };
    let token = value.to_str().ok().and_then(|text| text.strip_prefix("Bearer "));
    token == Some(world.access_token.as_str())
}

fn bad_token() -> Response {
    let description = "The access token provided is expired, revoked, malformed, or invalid for other reasons.";
    let challenge = format!("Bearer realm=\"polar\", error=\"invalid_token\", error_description=\"{description}\"");
    let headers = [
        (header::WWW_AUTHENTICATE, challenge.as_str()),
        (header::CACHE_CONTROL, "no-store"),
    ];
    let body = Json(json!({ "error": "invalid_token", "error_description": description }));
    (StatusCode::UNAUTHORIZED, headers, body).into_response()
}

fn not_found() -> Response {
    (StatusCode::NOT_FOUND, Json(json!({ "detail": "Not Found" }))).into_response()
}
