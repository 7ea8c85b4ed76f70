//! A name for every request, in the log, the audit log and the answer.

use axum::http::{HeaderName, HeaderValue, Request};
use domain::Deps;
use tower::{
    ServiceBuilder,
    layer::util::{Identity, Stack},
    util::MapRequestLayer,
};
use tower_http::request_id::{MakeRequestId, PropagateRequestIdLayer, RequestId, SetRequestIdLayer};

use super::State;

static HEADER: HeaderName = HeaderName::from_static("x-request-id");

type Layers<B> = ServiceBuilder<
    Stack<
        PropagateRequestIdLayer,
        Stack<SetRequestIdLayer<Maker>, Stack<MapRequestLayer<fn(Request<B>) -> Request<B>>, Identity>>,
    >,
>;

/// The id that a trusted proxy gave, or a new one.
pub fn layers<B>(state: &State) -> Layers<B> {
    let accept: fn(Request<B>) -> Request<B> = if state.trusted_proxies > 0 {
        drop_malformed
    } else {
        drop_any
    };
    ServiceBuilder::new()
        .layer(MapRequestLayer::new(accept))
        .layer(SetRequestIdLayer::new(HEADER.clone(), Maker(state.deps.clone())))
        .layer(PropagateRequestIdLayer::new(HEADER.clone()))
}

/// Nobody stands in front who could have given one.
fn drop_any<B>(mut request: Request<B>) -> Request<B> {
    request.headers_mut().remove(&HEADER);
    request
}

fn drop_malformed<B>(mut request: Request<B>) -> Request<B> {
    if !request.headers().get(&HEADER).is_some_and(well_formed) {
        request.headers_mut().remove(&HEADER);
    }
    request
}

fn well_formed(id: &HeaderValue) -> bool {
    (1..=64).contains(&id.len())
        && id
            .as_bytes()
            .iter()
            .all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(byte))
}

#[derive(Debug, Clone)]
pub struct Maker(Deps);

impl MakeRequestId for Maker {
    fn make_request_id<B>(&mut self, _request: &Request<B>) -> Option<RequestId> {
        let id: uuid::Uuid = self.0.id();
        HeaderValue::from_str(&id.to_string()).ok().map(RequestId::new)
    }
}

/// The id of a request that has passed the layers.
pub fn of<B>(request: &Request<B>) -> String {
    let id = request
        .extensions()
        .get::<RequestId>()
        .and_then(|id| id.header_value().to_str().ok());
    id.unwrap_or_default().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxys_id_is_one_word() {
        assert!(well_formed(&HeaderValue::from_static("0196a2-Ab_c.7")));
        for id in ["", "a b", "a\tb", &"a".repeat(65)] {
            assert!(!well_formed(&HeaderValue::from_str(id).unwrap()), "{id:?}");
        }
    }
}
