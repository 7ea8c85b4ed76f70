//! The built files. Each lies there compressed already, in two ways.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, header::CACHE_CONTROL},
    response::{IntoResponse, Response},
};
use tower::ServiceExt;
use tower_http::services::ServeDir;

use super::State;

const AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

pub fn router(state: &State) -> Router<State> {
    Router::new().route_service("/pkg/{*path}", folder(state))
}

fn folder(state: &State) -> ServeDir {
    ServeDir::new(&state.site_dir).append_index_html_on_directories(false).precompressed_br().precompressed_gzip()
}

/// A file at the root, as browsers and crawlers look for it: the icon, `robots.txt`. What the build keeps for itself there
/// is not served.
pub async fn root_file(state: &State, request: &Request) -> Option<Response> {
    let name = request.uri().path().strip_prefix('/')?;
    let public = !name.contains('/') && name.contains('.') && !name.starts_with('.') && name != "manifest.json";
    if !public || !matches!(*request.method(), Method::GET | Method::HEAD) {
        return None;
    }
    let mut wanted = Request::new(Body::empty());
    *wanted.method_mut() = request.method().clone();
    *wanted.uri_mut() = request.uri().clone();
    *wanted.headers_mut() = request.headers().clone();
    let Ok(found) = folder(state).oneshot(wanted).await;
    if found.status().is_client_error() {
        return None;
    }
    let mut response = found.into_response();
    response.headers_mut().insert(CACHE_CONTROL, AN_HOUR);
    Some(response)
}
