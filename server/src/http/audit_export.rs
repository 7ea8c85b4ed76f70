//! `GET /o/{org}/settings/audit.csv`: the audit log as a file, at the filters of its page.

use app::{org::audit::export::export, session::SessionHandle, shell::shell};
use axum::{
    Json, Router,
    body::Body,
    extract::{Path, Request, State as Extract},
    http::{
        HeaderValue, Uri,
        header::{CONTENT_DISPOSITION, CONTENT_TYPE},
    },
    response::{IntoResponse, Response},
};
use contract::Error;
use futures::TryStreamExt;
use leptos_axum::render_app_async_with_context;

use super::{State, accept, pages, routes};

/// What the address of the file has more than that of the page.
const EXTENSION: &str = ".csv";

pub fn router() -> Router<State> {
    routes::AUDIT_EXPORT.by(answer)
}

async fn answer(Extract(state): Extract<State>, Path(org): Path<String>, request: Request) -> Response {
    let Some(session) = request.extensions().get::<SessionHandle>().cloned() else {
        return Error::Internal.status().into_response();
    };
    let query = request.uri().query().unwrap_or_default().to_owned();
    match export(&session, &org, &query).await {
        Ok(export) => {
            let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", export.file_name));
            let text = export.text.map_err(|error| {
                // The answer has begun: that it breaks off is all the browser can be told.
                std::io::Error::other(Error::from(error))
            });
            let mut response = Response::new(Body::from_stream(text));
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static("text/csv; charset=utf-8"));
            headers.insert(
                CONTENT_DISPOSITION,
                disposition.unwrap_or(HeaderValue::from_static("attachment")),
            );
            response
        }
        Err(error) if accept::html(request.headers()) => in_words(&state, request, &error).await,
        Err(error) => (error.status(), Json(error)).into_response(),
    }
}

/// The page is refused to whom the file is refused, and says so in words or leads to where one signs in.
async fn in_words(state: &State, mut request: Request, error: &Error) -> Response {
    let refused = matches!(
        error,
        Error::Unauthenticated
            | Error::EmailUnverified
            | Error::Forbidden
            | Error::NotFound
            | Error::TenantInactive
            | Error::PlanFeature { .. }
    );
    let uri = request.uri();
    let page = uri.path().strip_suffix(EXTENSION).map(|path| match uri.query() {
        Some(query) => format!("{path}?{query}"),
        None => path.to_owned(),
    });
    match page.and_then(|page| page.parse::<Uri>().ok()) {
        Some(page) if refused => {
            *request.uri_mut() = page;
            let mut page = render_app_async_with_context(pages::context(state), shell)(request).await;
            // The page itself is in every plan, and says what this one does not include.
            if matches!(error, Error::PlanFeature { .. }) {
                *page.status_mut() = error.status();
            }
            page
        }
        _ => error.status().into_response(),
    }
}
