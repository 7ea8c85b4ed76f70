//! What Polar answers when it does not do what it was asked: one error, in many shapes.
//!
//! `detail` is a sentence, a list of what is wrong with the fields, or absent; the words of OAuth are used for tokens; a
//! throttled question has no body at all. So the status is read first, and of the body whatever there is.

use std::time::Duration;

use reqwest::{
    StatusCode,
    header::{HeaderMap, RETRY_AFTER},
};
use serde::Deserialize;
use serde_json::Value;

use crate::billing::provider::ProviderError;

#[derive(Debug, Default, Deserialize)]
struct Envelope {
    error: Option<Value>,
    error_description: Option<Value>,
    detail: Option<Value>,
}

/// One entry of a list in `detail`. It also has the `input`, which is left alone: it may be somebody's address.
#[derive(Debug, Deserialize)]
struct Problem {
    #[serde(default)]
    loc: Vec<Value>,
    #[serde(default)]
    msg: String,
}

/// The error that an answer without success stands for.
pub fn error(status: StatusCode, headers: &HeaderMap, body: &[u8]) -> ProviderError {
    let envelope: Envelope = serde_json::from_slice(body).unwrap_or_default();
    let code = text(envelope.error.as_ref());
    match status {
        StatusCode::TOO_MANY_REQUESTS => ProviderError::Throttled {
            retry_after: retry_after(headers),
        },
        StatusCode::UNAUTHORIZED => ProviderError::Unauthorized(envelope.sentence(status)),
        StatusCode::FORBIDDEN if code == Some("insufficient_scope") => {
            ProviderError::Unauthorized(envelope.sentence(status))
        }
        StatusCode::PAYMENT_REQUIRED => ProviderError::Declined(envelope.sentence(status)),
        StatusCode::NOT_FOUND => ProviderError::NotFound,
        StatusCode::CONFLICT if code.is_some_and(|code| code.ends_with("Locked")) => ProviderError::Locked,
        StatusCode::REQUEST_TIMEOUT => ProviderError::Unavailable(status.to_string()),
        _ if status.is_server_error() => ProviderError::Unavailable(status.to_string()),
        _ if status.is_client_error() => ProviderError::Refused {
            code: code.map_or_else(|| status.as_str().to_owned(), str::to_owned),
            field: envelope.field(),
            message: envelope.sentence(status),
        },
        _ => ProviderError::Malformed(format!("answered with {status}")),
    }
}

/// Whole seconds; the form with a date is not used.
fn retry_after(headers: &HeaderMap) -> Option<Duration> {
    let seconds = headers.get(RETRY_AFTER)?.to_str().ok()?.trim().parse().ok()?;
    Some(Duration::from_secs(seconds))
}

impl Envelope {
    fn problems(&self) -> Vec<Problem> {
        let Some(Value::Array(entries)) = &self.detail else {
            return Vec::new();
        };
        entries
            .iter()
            .filter_map(|entry| Problem::deserialize(entry).ok())
            .collect()
    }

    /// Where the first problem is, without the `body` or `query` that it begins with.
    fn field(&self) -> Option<String> {
        let problem = self.problems().into_iter().next()?;
        let path: Vec<String> = problem
            .loc
            .iter()
            .enumerate()
            .filter(|(place, part)| *place > 0 || !matches!(part.as_str(), Some("body" | "query" | "path")))
            .map(|(_, part)| part.as_str().map_or_else(|| part.to_string(), str::to_owned))
            .collect();
        (!path.is_empty()).then(|| path.join("."))
    }

    fn sentence(&self, status: StatusCode) -> String {
        let problems = self.problems();
        if !problems.is_empty() {
            let messages: Vec<String> = problems.into_iter().map(|problem| problem.msg).collect();
            return messages.join(" ");
        }
        text(self.detail.as_ref())
            .or_else(|| text(self.error_description.as_ref()))
            .or_else(|| text(self.error.as_ref()))
            .map_or_else(|| status.to_string(), str::to_owned)
    }
}

fn text(value: Option<&Value>) -> Option<&str> {
    value.and_then(Value::as_str)
}

#[cfg(test)]
mod tests {
    use reqwest::header::HeaderValue;
    use serde_json::json;

    use super::*;

    fn read(status: u16, body: &[u8]) -> ProviderError {
        error(StatusCode::from_u16(status).unwrap(), &HeaderMap::new(), body)
    }

    fn refused(code: &str, field: Option<&str>, message: &str) -> ProviderError {
        ProviderError::Refused {
            code: code.to_owned(),
            field: field.map(str::to_owned),
            message: message.to_owned(),
        }
    }

    #[test]
    fn every_shape_of_an_error_is_read() {
        for (status, body, expected) in [
            (
                422,
                json!({"error": "RequestValidationError", "detail": [
                    {"type": "missing", "loc": ["body", "products"], "msg": "Field required", "input": {"email": "ada@example.com"}},
                    {"type": "missing", "loc": ["body", "prices", 0, "amount"], "msg": "Too small"},
                ]}),
                refused("RequestValidationError", Some("products"), "Field required Too small"),
            ),
            (
                422,
                json!({"error": "PolarRequestValidationError", "detail": [
                    {"type": "value_error", "loc": ["body", "events", 3, "customer_id"], "msg": "Customer does not exist.", "input": "x"},
                ]}),
                refused(
                    "PolarRequestValidationError",
                    Some("events.3.customer_id"),
                    "Customer does not exist.",
                ),
            ),
            (
                422,
                json!({"error": "CheckoutCustomerExternalIdMismatch", "detail": "Another customer has it."}),
                refused("CheckoutCustomerExternalIdMismatch", None, "Another customer has it."),
            ),
            (
                403,
                json!({"error": "AlreadyCanceledSubscription", "detail": "It is canceled."}),
                refused("AlreadyCanceledSubscription", None, "It is canceled."),
            ),
            (
                409,
                json!({"error": "OrderNotEligibleForInvoice", "detail": "It is void."}),
                refused("OrderNotEligibleForInvoice", None, "It is void."),
            ),
            (
                409,
                json!({"error": "SubscriptionLocked", "detail": "It is locked."}),
                ProviderError::Locked,
            ),
            (
                409,
                json!({"error": "CheckoutLocked", "detail": "It is locked."}),
                ProviderError::Locked,
            ),
            (
                410,
                json!({"error": "ResourceUnavailable", "detail": "Unavailable"}),
                refused("ResourceUnavailable", None, "Unavailable"),
            ),
            (
                402,
                json!({"error": "PaymentFailed", "detail": "Payment failed with reason: card_error."}),
                ProviderError::Declined("Payment failed with reason: card_error.".into()),
            ),
            (
                401,
                json!({"error": "Unauthorized", "detail": "Unauthorized"}),
                ProviderError::Unauthorized("Unauthorized".into()),
            ),
            (
                401,
                json!({"error": "invalid_token", "error_description": "It is expired."}),
                ProviderError::Unauthorized("It is expired.".into()),
            ),
            (
                403,
                json!({"error": "insufficient_scope", "error_description": "It needs more."}),
                ProviderError::Unauthorized("It needs more.".into()),
            ),
            (404, json!({"detail": "Not Found"}), ProviderError::NotFound),
            (
                404,
                json!({"error": "ResourceNotFound", "detail": "Not found"}),
                ProviderError::NotFound,
            ),
        ] {
            assert_eq!(read(status, body.to_string().as_bytes()), expected, "{body}");
        }
    }

    #[test]
    fn an_answer_without_a_body_that_can_be_read_is_told_by_its_status() {
        assert_eq!(
            read(503, b"upstream"),
            ProviderError::Unavailable("503 Service Unavailable".into())
        );
        assert_eq!(
            read(500, br#"{"error":"Crash","detail":"secret"}"#),
            ProviderError::Unavailable("500 Internal Server Error".into())
        );
        assert_eq!(read(400, b""), refused("400", None, "400 Bad Request"));
        assert_eq!(read(418, b"[1,2]"), refused("418", None, "418 I'm a teapot"));
        assert_eq!(
            read(422, br#"{"detail":[7,{"loc":5}]}"#),
            refused("422", None, "422 Unprocessable Entity")
        );
        assert!(matches!(read(307, b""), ProviderError::Malformed(_)));
    }

    #[test]
    fn how_long_to_wait_is_a_number_of_seconds_or_not_known() {
        for (header, expected) in [
            (Some("7"), Some(7)),
            (Some("0"), Some(0)),
            (Some("soon"), None),
            (Some("-1"), None),
            (Some("Wed, 21 Oct 2026 07:28:00 GMT"), None),
            (None, None),
        ] {
            let mut headers = HeaderMap::new();
            if let Some(header) = header {
                headers.insert(RETRY_AFTER, HeaderValue::from_static(header));
            }
            assert_eq!(
                error(StatusCode::TOO_MANY_REQUESTS, &headers, b""),
                ProviderError::Throttled {
                    retry_after: expected.map(Duration::from_secs)
                },
                "{header:?}"
            );
        }
    }
}
