//! What is closed is answered here, before anything else is asked: `503`, when to come back, and words for people or the error
//! for programs. Staff pass, and everybody reaches what leads to signing in, so that staff can.
//!
//! What can only be read is no matter of the edge: there every page is as always, and the actors and their transactions refuse
//! the changes. Nor are the provider's messages and the questions after our health: they do not pass here.

use app::{closed, session::SessionHandle};
use axum::{
    Json,
    body::{Body, HttpBody, to_bytes},
    extract::{Request, State as Extract},
    http::{
        HeaderValue, StatusCode,
        header::{CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RETRY_AFTER},
    },
    middleware::Next,
    response::{Html, IntoResponse, Response},
};
use contract::{
    Error,
    maintenance::{MaintenanceLevel, Surface},
};
use domain::maintenance::{Place, Window};

use super::{State, accept, cookies, failure, security_headers};

/// An answer of a function that was kept from something is shorter than this, in bytes.
const REFUSAL: usize = 1024;

/// How staff come in, and how anybody leaves.
const WAYS_IN: [&str; 11] = [
    "/sign-in",
    "/sign-out",
    "/second-factor",
    "/api/app/auth/sign_in/",
    "/api/app/auth/sign_out/",
    "/api/app/auth/prove_second_factor/",
    "/api/app/auth/begin_passkey_proof/",
    "/api/app/auth/prove_by_passkey/",
    "/api/app/auth/begin_passkey_sign_in/",
    "/api/app/auth/sign_in_by_passkey/",
    "/api/app/auth/enter_demo/",
];

pub async fn maintenance(Extract(state): Extract<State>, request: Request, next: Next) -> Response {
    // Also for what is never closed: its pages show what is put up.
    let posted = state.deps.board.look(&state.deps).await;
    let now = state.deps.now();
    let window = surface(request.uri().path())
        .and_then(|surface| posted.maintenance(Place::on(surface), now))
        .filter(|window| window.level == MaintenanceLevel::Closed);
    let session = request.extensions().get::<SessionHandle>().cloned();
    if let Some(window) = window
        && !is_of_staff(session).await
    {
        return answer(&state, window, &request);
    }
    say_when(next.run(request).await).await
}

/// What a path belongs to; nothing for what is never closed.
fn surface(path: &str) -> Option<Surface> {
    if WAYS_IN.iter().any(|way| path.starts_with(way)) {
        return None;
    }
    let (functions, rest) = match path.strip_prefix("/api/app/") {
        Some(rest) => (true, rest),
        None => (false, path.trim_start_matches('/')),
    };
    let first = rest.split('/').next().unwrap_or_default();
    match (functions, first) {
        (_, "platform") | (false, "status" | "dev" | "pkg") => None,
        (true, "org") | (false, "o" | "welcome" | "choose-plan") => Some(Surface::Organizations),
        (true, _)
        | (
            false,
            "account" | "sign-up" | "verify-email" | "forgot-password" | "reset-password" | "magic-link"
            | "resume-account" | "goodbye" | "accept-invite" | "report",
        ) => Some(Surface::Account),
        // Files beside the pages, such as `robots.txt`.
        (false, file) if file.contains('.') => None,
        (false, _) => Some(Surface::Site),
    }
}

async fn is_of_staff(session: Option<SessionHandle>) -> bool {
    let Some(session) = session else {
        return false;
    };
    matches!(session.maybe_user().await, Ok(Some(user)) if user.staff().is_some())
}

fn answer(state: &State, window: &Window, request: &Request) -> Response {
    let held = window.held(state.deps.now());
    let html = accept::html(request.headers()) && !request.uri().path().starts_with("/api/v");
    let mut response = if html {
        let policy = HeaderValue::from_static(security_headers::PAGE_WITHOUT_SCRIPT);
        let words = closed::words(window);
        // Staff pass, unless it could not be asked whether it is they.
        let on_visit = cookies::visit(request.headers(), state.settings.insecure_cookies).is_some();
        let way_on = ("/status", words.link);
        let page = failure::document(&state.assets, words.title, words.text, way_on, None, on_visit);
        (
            StatusCode::SERVICE_UNAVAILABLE,
            [(CONTENT_SECURITY_POLICY, policy)],
            Html(page),
        )
            .into_response()
    } else {
        (StatusCode::SERVICE_UNAVAILABLE, Json(held.refusal())).into_response()
    };
    let headers = response.headers_mut();
    headers.insert(RETRY_AFTER, HeaderValue::from(held.retry_after_seconds));
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

/// A function that was kept from something says when to come back in its error: it stands in the header as well.
async fn say_when(response: Response) -> Response {
    let is_refusal = response.status() == StatusCode::SERVICE_UNAVAILABLE
        && !response.headers().contains_key(RETRY_AFTER)
        && response
            .headers()
            .get(CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"))
        && response
            .body()
            .size_hint()
            .upper()
            .is_some_and(|size| size <= REFUSAL as u64);
    if !is_refusal {
        return response;
    }
    let (mut parts, body) = response.into_parts();
    let Ok(bytes) = to_bytes(body, REFUSAL).await else {
        return (parts.status, Json(Error::Unavailable)).into_response();
    };
    if let Ok(Error::Maintenance { retry_after_seconds }) = serde_json::from_slice(&bytes) {
        parts
            .headers
            .insert(RETRY_AFTER, HeaderValue::from(retry_after_seconds));
    }
    Response::from_parts(parts, Body::from(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_belongs_to_its_surface() {
        for (path, expected) in [
            ("/", Some(Surface::Site)),
            ("/pricing", Some(Surface::Site)),
            ("/api/v1/plans/public", Some(Surface::Site)),
            ("/sign-up", Some(Surface::Account)),
            ("/account/profile", Some(Surface::Account)),
            ("/report", Some(Surface::Account)),
            ("/report/send", Some(Surface::Account)),
            ("/api/app/auth/sign_up/sign_up", Some(Surface::Account)),
            (
                "/api/app/invitation/accept_invitation/accept_invitation",
                Some(Surface::Account),
            ),
            ("/o/acme/projects", Some(Surface::Organizations)),
            ("/o/acme/settings/audit.csv", Some(Surface::Organizations)),
            (
                "/api/app/org/projects/create_project/create_project",
                Some(Surface::Organizations),
            ),
            ("/welcome", Some(Surface::Organizations)),
            ("/sign-in", None),
            ("/api/app/auth/sign_in/sign_in", None),
            ("/platform/maintenance", None),
            ("/api/app/platform/maintenance/end_maintenance/end_maintenance", None),
            ("/status", None),
            ("/robots.txt", None),
        ] {
            assert_eq!(surface(path), expected, "{path}");
        }
    }
}
