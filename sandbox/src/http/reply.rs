//! Bodies of requests, and ids of paths.

use axum::http::HeaderMap;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::error::{Answer, Refusal};

/// JSON; nothing is an empty object.
pub fn body(bytes: &[u8]) -> Answer<Value> {
    if bytes.is_empty() {
        return Ok(json!({}));
    }
    serde_json::from_slice(bytes).map_err(|error| {
        Refusal::schema(vec![json!({
            "type": "json_invalid",
            "loc": ["body", error.column()],
            "msg": "JSON decode error",
            "input": {},
        })])
    })
}

/// A form of a page, or the same as JSON. Empty fields of forms are left out.
pub fn form(headers: &HeaderMap, bytes: &[u8]) -> Answer<(Map<String, Value>, bool)> {
    let is_json = headers
        .get("content-type")
        .and_then(|value| value.to_str().ok())
        .is_some_and(|kind| kind.starts_with("application/json"));
    if is_json {
        let body = body(bytes)?;
        return Ok((body.as_object().cloned().unwrap_or_default(), true));
    }
    let pairs = url::form_urlencoded::parse(bytes);
    let fields = pairs
        .filter(|(_, value)| !value.is_empty())
        .map(|(key, value)| (key.into_owned(), Value::String(value.into_owned())))
        .collect();
    Ok((fields, false))
}

pub fn id(text: &str) -> Answer<Uuid> {
    Uuid::parse_str(text).map_err(|_| {
        Refusal::schema(vec![json!({
            "type": "uuid_parsing",
            "loc": ["path", "id"],
            "msg": "Input should be a valid UUID",
            "input": text,
        })])
    })
}
