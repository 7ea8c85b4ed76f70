//! Signed messages, as Standard Webhooks has them: `v1,` and a MAC over id, timestamp and body.
//! <https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md>

use base64::{Engine, engine::general_purpose::STANDARD};
use chrono::{DateTime, TimeDelta, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use super::webhook::{WebhookHeaders, WebhookRejected};

/// How far a message's clock may be from ours, in either direction.
const TOLERANCE: TimeDelta = TimeDelta::minutes(5);

/// Finds one of the signatures to be made with one of the keys. All of it in a time that tells nothing about the keys.
pub fn check(
    keys: &[Vec<u8>],
    headers: WebhookHeaders<'_>,
    body: &[u8],
    now: DateTime<Utc>,
) -> Result<(), WebhookRejected> {
    let sent = headers
        .timestamp
        .parse()
        .ok()
        .and_then(|seconds| DateTime::from_timestamp(seconds, 0))
        .ok_or(WebhookRejected::Timestamp)?;
    // Whole seconds: that is all the message tells.
    let now = DateTime::from_timestamp(now.timestamp(), 0).unwrap_or(now);
    if now - sent > TOLERANCE {
        return Err(WebhookRejected::TooOld);
    }
    if sent - now > TOLERANCE {
        return Err(WebhookRejected::TooNew);
    }
    let signatures: Vec<Vec<u8>> = headers
        .signature
        .split(' ')
        .filter_map(|signature| signature.strip_prefix("v1,"))
        .filter_map(|signature| STANDARD.decode(signature).ok())
        .collect();
    for key in keys {
        let mac = authentication_code(key, headers, body)?;
        if signatures
            .iter()
            .any(|signature| mac.clone().verify_slice(signature).is_ok())
        {
            return Ok(());
        }
    }
    Err(WebhookRejected::Signature)
}

fn authentication_code(key: &[u8], headers: WebhookHeaders<'_>, body: &[u8]) -> Result<Hmac<Sha256>, WebhookRejected> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).map_err(|_| WebhookRejected::Signature)?;
    mac.update(headers.id.as_bytes());
    mac.update(b".");
    mac.update(headers.timestamp.as_bytes());
    mac.update(b".");
    mac.update(body);
    Ok(mac)
}
