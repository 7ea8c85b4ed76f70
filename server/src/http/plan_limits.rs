//! `GET` and `PUT /api/v1/admin/plan-limits`: the catalogue for programs of the staff, with the session of one of them.

use app::{
    platform::plans::api::{read, write},
    session::SessionHandle,
};
use axum::{
    Extension, Json, Router,
    extract::rejection::JsonRejection,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use contract::{
    Error, FieldCode,
    billing::{PlanCatalogue, PlansSaved},
};

use super::{State, routes};

pub fn router() -> Router<State> {
    routes::PLAN_LIMITS.by(show).merge(routes::SAVE_PLAN_LIMITS.by(save))
}

async fn show(Extension(session): Extension<SessionHandle>) -> Response {
    match read(&session).await {
        Ok(catalogue) => Json(catalogue).into_response(),
        Err(error) => refused(&error),
    }
}

async fn save(
    Extension(session): Extension<SessionHandle>,
    body: Result<Json<PlanCatalogue>, JsonRejection>,
) -> Response {
    let wanted = match body {
        Ok(Json(wanted)) => wanted,
        Err(JsonRejection::JsonDataError(error)) => return refused(&unreadable(&error.body_text())),
        Err(_) => return refused(&Error::field("form", FieldCode::Malformed)),
    };
    match write(&session, wanted).await {
        Ok(saved @ PlansSaved::Saved(_)) => Json(saved).into_response(),
        Ok(changed @ PlansSaved::Changed(_)) => (StatusCode::CONFLICT, Json(changed)).into_response(),
        Err(error) => refused(&error),
    }
}

/// To who is no staff, there is nothing here, whatever they send.
fn refused(error: &Error) -> Response {
    (error.status(), Json(error)).into_response()
}

/// The reader says where it stopped, such as `plans[0].limits.projects: invalid value …`.
fn unreadable(text: &str) -> Error {
    let told = text.rsplit_once("target type: ").map_or(text, |(_, told)| told);
    let field = told.split_once(": ").map_or("form", |(field, _)| field);
    Error::field(field, FieldCode::Malformed)
}
