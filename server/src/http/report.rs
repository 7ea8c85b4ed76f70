//! Reports of problems: `POST /report/send` takes the form with its picture, and
//! `GET /platform/reports/{report}/screenshot` shows the picture to staff.

use app::{
    form::Flash,
    page::second_factor_path,
    platform::reports::screenshot::screenshot,
    report::{
        SEND,
        send::{Submitted, send},
    },
    session::SessionHandle,
};
use axum::{
    Json, Router,
    extract::{DefaultBodyLimit, FromRequest, Multipart, Path, Request, State as Extract, multipart::Field},
    http::{
        HeaderName, HeaderValue, StatusCode,
        header::{CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, RETRY_AFTER, SET_COOKIE},
    },
    response::{IntoResponse, Redirect, Response},
};
use contract::Error;
use domain::reports::screenshot::Screenshot;

use super::{State, accept, faults, flash, routes};

/// How much a report may carry, in bytes: more than a picture may have, so that who chose too big a one is told in words.
pub const BODY_LIMIT: usize = 8 * 1024 * 1024;

/// How much is read of what is typed, in bytes; the rules for each text are stricter.
const TEXT_LIMIT: usize = 16 * 1024;

/// A picture is no page: shown as one, it could do nothing, and no other site may show it.
const PICTURE_POLICY: &str = "default-src 'none'; sandbox; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The form. A limit of its own holds for it: see [`BODY_LIMIT`].
pub fn form() -> Router<State> {
    routes::REPORT.by(take).layer(DefaultBodyLimit::max(BODY_LIMIT))
}

/// The picture.
pub fn picture() -> Router<State> {
    routes::REPORT_PICTURE.by(show)
}

async fn take(Extract(state): Extract<State>, request: Request) -> Response {
    let html = accept::html(request.headers());
    let Some(session) = request.extensions().get::<SessionHandle>().cloned() else {
        return Error::Internal.status().into_response();
    };
    let submitted = match read(request).await {
        Ok(submitted) => submitted,
        Err(status) => return status.into_response(),
    };
    let (back, page, values) = (submitted.back(), submitted.page.clone(), submitted.values());
    match send(&session, submitted).await {
        Ok(id) if html => Redirect::to(&Submitted::onwards(&page, id)).into_response(),
        Ok(id) => (StatusCode::CREATED, Json(id)).into_response(),
        Err(error) if html => {
            let refused = Flash {
                path: SEND.to_owned(),
                err: flash::encoded(&error),
                values,
            };
            let mut response = Redirect::to(&back).into_response();
            faults::tell(&mut response, &error);
            if let Some(cookie) = flash::cookie(&state, refused) {
                response.headers_mut().append(SET_COOKIE, cookie);
            }
            response
        }
        Err(error) => {
            let mut response = (error.status(), Json(&error)).into_response();
            if let Error::Throttled { retry_after_seconds } = error {
                let seconds = HeaderValue::from(retry_after_seconds);
                response.headers_mut().insert(RETRY_AFTER, seconds);
            }
            response
        }
    }
}

/// The form as it came, its picture looked into. What is in no field of ours is read past.
async fn read(request: Request) -> Result<Submitted, StatusCode> {
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| StatusCode::BAD_REQUEST)?;
    let mut submitted = Submitted::default();
    while let Some(field) = form.next_field().await.map_err(|error| error.status())? {
        let name = field.name().unwrap_or_default().to_owned();
        match name.as_str() {
            "screenshot" => {
                submitted.screenshot = match content(field, Screenshot::MAX_BYTES).await? {
                    None => Some(Err(Screenshot::too_big())),
                    // As a browser sends a picker in which nothing was chosen.
                    Some(content) if content.is_empty() => None,
                    Some(content) => Some(Screenshot::read(content)),
                }
            }
            "page" => submitted.page = text(field).await?,
            "request" => submitted.request = text(field).await?,
            "failed" => submitted.failed = !text(field).await?.is_empty(),
            "facts" => submitted.facts = text(field).await?,
            "client_error" => submitted.client_error = text(field).await?,
            "note" => submitted.note = text(field).await?,
            _ => {}
        }
    }
    Ok(submitted)
}

async fn text(field: Field<'_>) -> Result<String, StatusCode> {
    let content = content(field, TEXT_LIMIT).await?.ok_or(StatusCode::PAYLOAD_TOO_LARGE)?;
    String::from_utf8(content).map_err(|_| StatusCode::BAD_REQUEST)
}

/// `None` for what is more than so many bytes. It is read to its end all the same: a browser that is cut off while it sends shows
/// no answer.
async fn content(mut field: Field<'_>, most: usize) -> Result<Option<Vec<u8>>, StatusCode> {
    let mut content = Vec::new();
    let mut fits = true;
    while let Some(chunk) = field.chunk().await.map_err(|error| error.status())? {
        fits = fits && content.len() + chunk.len() <= most;
        if fits {
            content.extend_from_slice(&chunk);
        }
    }
    Ok(fits.then_some(content))
}

async fn show(Path(report): Path<String>, request: Request) -> Response {
    let Some(session) = request.extensions().get::<SessionHandle>().cloned() else {
        return Error::Internal.status().into_response();
    };
    match screenshot(&session, &report).await {
        Ok(file) => {
            let disposition = HeaderValue::from_str(&format!("attachment; filename=\"{}\"", file.name));
            let mut response = Response::new(file.content.into());
            let headers = response.headers_mut();
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(file.media_type));
            headers.insert(
                CONTENT_DISPOSITION,
                disposition.unwrap_or(HeaderValue::from_static("attachment")),
            );
            headers.insert(CONTENT_SECURITY_POLICY, HeaderValue::from_static(PICTURE_POLICY));
            headers.insert(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("same-origin"));
            response
        }
        Err(Error::SecondFactorRequired) if accept::html(request.headers()) => {
            Redirect::to(&second_factor_path(request.uri().path())).into_response()
        }
        Err(error) if accept::html(request.headers()) => error.status().into_response(),
        Err(error) => (error.status(), Json(error)).into_response(),
    }
}
