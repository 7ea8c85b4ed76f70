//! Counts requests by where they were routed, and how long each took until its answer began. Paths and queries are told
//! nowhere: they may hold what is nobody's business, and each would be a series of its own.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::Method,
    middleware::Next,
    response::Response,
};
use domain::metrics::{Kind, Metric};

const REQUESTS: &str = "http_requests_total";
const DURATION: &str = "http_request_duration_seconds";

/// What is told from here.
pub const METRICS: &[Metric] = &[
    Metric {
        name: REQUESTS,
        kind: Kind::Counter,
        labels: &["method", "route", "status"],
        tells: "Requests that were answered, by their route; `unmatched` where there is none.",
    },
    Metric {
        name: DURATION,
        kind: Kind::Histogram,
        labels: &["method", "route"],
        tells: "How long it took until the answer began.",
    },
];

pub async fn measure(request: Request, next: Next) -> Response {
    let begun = Instant::now();
    let method = method(request.method());
    let route = request
        .extensions()
        .get::<MatchedPath>()
        .map_or("unmatched", MatchedPath::as_str)
        .to_owned();
    let response = next.run(request).await;
    let status = response.status().as_str().to_owned();
    metrics::counter!(REQUESTS, "method" => method, "route" => route.clone(), "status" => status).increment(1);
    metrics::histogram!(DURATION, "method" => method, "route" => route).record(begun.elapsed());
    response
}

/// Anybody can send a method of their own making.
pub fn method(method: &Method) -> &'static str {
    match *method {
        Method::GET => "GET",
        Method::HEAD => "HEAD",
        Method::POST => "POST",
        Method::PUT => "PUT",
        Method::PATCH => "PATCH",
        Method::DELETE => "DELETE",
        Method::OPTIONS => "OPTIONS",
        _ => "other",
    }
}
