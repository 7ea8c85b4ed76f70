//! The built files. Each lies there compressed already, in two ways.

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, Method, header::CACHE_CONTROL, request::Parts},
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
    ServeDir::new(&state.site_dir)
        .append_index_html_on_directories(false)
        .precompressed_br()
        .precompressed_gzip()
}

/// A file at the root, as browsers and crawlers look for it: the icon, `robots.txt`. What the build keeps for itself there
/// is not served.
pub async fn root_file(state: &State, asked: Parts) -> Option<Response> {
    let name = asked.uri.path().strip_prefix('/')?;
    let public = !name.contains('/') && name.contains('.') && !name.starts_with('.') && name != "manifest.json";
    if !public || !matches!(asked.method, Method::GET | Method::HEAD) {
        return None;
    }
    let Ok(found) = folder(state).oneshot(Request::from_parts(asked, Body::empty())).await;
    if found.status().is_client_error() {
        return None;
    }
    let mut response = found.into_response();
    response.headers_mut().insert(CACHE_CONTROL, AN_HOUR);
    Some(response)
}
