//! What the one who asks can read.

use axum::http::{HeaderMap, header::ACCEPT};

/// A browser that goes to a page or sends a form, as opposed to a script or a program.
pub fn html(headers: &HeaderMap) -> bool {
    headers
        .get(ACCEPT)
        .and_then(|accept| accept.to_str().ok())
        .is_some_and(|accept| accept.contains("text/html"))
}
