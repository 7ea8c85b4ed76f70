//! Pages and server functions: Leptos, with what it is given by context.

use std::sync::Arc;

use app::{
    App,
    form::{Flash, Notice},
    shell::shell,
};
use axum::{
    Json, Router,
    extract::{Request, State as Extract},
    http::{StatusCode, header::CONTENT_SECURITY_POLICY, request::Parts},
    response::{IntoResponse, Response},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::{
    AxumRouteListing, LeptosRoutes, ResponseOptions, generate_route_list, render_app_async_with_context,
};

use super::{State, assets, security_headers};

/// Every page there is, by its route.
pub fn routes() -> Vec<AxumRouteListing> {
    generate_route_list(App)
}

pub fn router(state: &State) -> Router<State> {
    Router::new()
        .leptos_routes_with_context(state, routes(), context(state), shell)
        .fallback(fallback)
}

/// What pages and server functions find by `use_context`, and the policy of the page that is rendered.
pub fn context(state: &State) -> impl Fn() + Clone + Send + Sync + 'static {
    let (settings, assets) = (Arc::clone(&state.settings), Arc::clone(&state.assets));
    move || {
        provide_context(Arc::clone(&settings));
        provide_context(Arc::clone(&assets));
        if let Some(parts) = use_context::<Parts>() {
            if let Some(flash) = parts.extensions.get::<Flash>() {
                provide_context(ServerActionError::new(&flash.path, &flash.err));
                provide_context(flash.clone());
            }
            if let Some(notice) = parts.extensions.get::<Notice>() {
                provide_context(notice.clone());
            }
        }
        // Only a page has one: a server function's answer is nothing to run scripts in.
        let policy = use_nonce().and_then(|nonce| security_headers::page(&nonce, &settings.payment_origins));
        if let (Some(policy), Some(response)) = (policy, use_context::<ResponseOptions>()) {
            response.insert_header(CONTENT_SECURITY_POLICY, policy);
        }
    }
}

/// A file beside the pages, or the page that says that there is nothing.
async fn fallback(Extract(state): Extract<State>, request: Request) -> Response {
    if request.uri().path().starts_with("/api/") {
        return (StatusCode::NOT_FOUND, Json(contract::Error::NotFound)).into_response();
    }
    let (parts, body) = request.into_parts();
    if let Some(file) = assets::root_file(&state, parts.clone()).await {
        return file;
    }
    let request = Request::from_parts(parts, body);
    let mut response = render_app_async_with_context(context(&state), shell)(request).await;
    if response.status() == StatusCode::OK {
        *response.status_mut() = StatusCode::NOT_FOUND;
    }
    response
}
