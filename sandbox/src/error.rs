//! How the provider says no.

use axum::{
    Json,
    http::StatusCode,
    response::{IntoResponse, Response},
};
use serde_json::{Value, json};

/// An answer that is a refusal: its status and its body.
#[derive(Debug, Clone, PartialEq)]
pub struct Refusal {
    pub status: StatusCode,
    pub body: Value,
}

impl Refusal {
    /// With the name of its class and a sentence.
    pub fn typed(status: StatusCode, name: &str, detail: &str) -> Self {
        Self {
            status,
            body: json!({ "error": name, "detail": detail }),
        }
    }

    pub fn forbidden(name: &str, detail: &str) -> Self {
        Self::typed(StatusCode::FORBIDDEN, name, detail)
    }

    pub fn bad(name: &str, detail: &str) -> Self {
        Self::typed(StatusCode::BAD_REQUEST, name, detail)
    }

    pub fn conflict(name: &str, detail: &str) -> Self {
        Self::typed(StatusCode::CONFLICT, name, detail)
    }

    pub fn not_found() -> Self {
        Self::typed(StatusCode::NOT_FOUND, "ResourceNotFound", "Not found")
    }

    /// The request does not have the shape that is asked for.
    pub fn schema(details: Vec<Value>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            body: json!({ "error": "RequestValidationError", "detail": Value::Array(details) }),
        }
    }

    /// Rules are broken, at these places of the request.
    pub fn rules(details: Vec<Value>) -> Self {
        Self {
            status: StatusCode::UNPROCESSABLE_ENTITY,
            body: json!({ "error": "PolarRequestValidationError", "detail": Value::Array(details) }),
        }
    }

    pub fn rule(location: Value, message: &str, input: &Value) -> Self {
        Self::rules(vec![rule_detail(location, message, input)])
    }

    /// The sentence, for pages.
    pub fn sentence(&self) -> String {
        let detail = &self.body["detail"];
        detail
            .as_str()
            .or_else(|| detail[0]["msg"].as_str())
            .unwrap_or("That is not possible.")
            .to_owned()
    }
}

pub fn rule_detail(location: Value, message: &str, input: &Value) -> Value {
    let mut detail = json!({ "type": "value_error", "msg": message, "input": input });
    detail["loc"] = location;
    detail
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        (self.status, Json(self.body)).into_response()
    }
}

pub type Answer<T> = Result<T, Refusal>;
