//! The span of a request: what the log tells of it. The path stands there as it is routed and the query not at all, because
//! both may hold what is nobody's business: tokens, addresses, names.

use axum::{extract::MatchedPath, http::Request};
use tower_http::{
    classify::{ServerErrorsAsFailures, SharedClassifier},
    trace::{DefaultOnFailure, DefaultOnResponse, MakeSpan, TraceLayer},
};
use tracing::{Level, Span};

use super::request_id;

pub fn layer()
-> TraceLayer<SharedClassifier<ServerErrorsAsFailures>, Spans, (), DefaultOnResponse, (), (), DefaultOnFailure> {
    TraceLayer::new_for_http()
        .make_span_with(Spans)
        .on_request(())
        .on_response(DefaultOnResponse::new().level(Level::DEBUG))
        .on_body_chunk(())
        .on_eos(())
        .on_failure(DefaultOnFailure::new().level(Level::WARN))
}

#[derive(Debug, Clone, Copy)]
pub struct Spans;

impl<B> MakeSpan<B> for Spans {
    fn make_span(&mut self, request: &Request<B>) -> Span {
        let route = request
            .extensions()
            .get::<MatchedPath>()
            .map_or("unmatched", MatchedPath::as_str);
        tracing::info_span!("request", method = %request.method(), route, id = %request_id::of(request))
    }
}
