//! Where webhooks are sent to.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    input::Fields,
    objects::webhook::{EVENT_TYPES, Endpoint, EventState},
    random,
    state::State,
    timestamp::Timestamp,
    webhooks::sign,
};

pub const VERSIONS: [&str; 2] = ["2026-04", "2026-10"];
pub const NEWEST_VERSION: &str = "2026-10";

pub fn create(state: &mut State, now: Timestamp, body: &Value) -> Answer<Uuid> {
    let mut fields = Fields::of_body(body)?;
    fields.require("url");
    fields.require("format");
    fields.require("events");
    let url = url(&mut fields).unwrap_or_default();
    let name = fields.string("name");
    let format = fields.word("format", &["raw"]).unwrap_or_default();
    let events = events(&mut fields);
    let api_version = fields.word("api_version", &VERSIONS);
    fields.finish()?;
    let id = random::id();
    state.endpoints.push(Endpoint {
        created_at: now,
        modified_at: None,
        id,
        url,
        name,
        api_version: api_version.unwrap_or_else(|| NEWEST_VERSION.to_owned()),
        format,
        secret: random::webhook_secret(),
        events: events.unwrap_or_default(),
        enabled: true,
        uses_standard_webhook_signature: true,
        from_options: false,
    });
    Ok(id)
}

/// The one the embedding program asked for: all events, to this address, with this secret.
pub fn configure(state: &mut State, now: Timestamp, url: &str, secret: &str) {
    let standard = sign::is_standard(secret);
    let old = state.endpoints.iter_mut().find(|endpoint| endpoint.from_options);
    if let Some(endpoint) = old {
        if endpoint.url != url || endpoint.secret != secret {
            url.clone_into(&mut endpoint.url);
            secret.clone_into(&mut endpoint.secret);
            endpoint.uses_standard_webhook_signature = standard;
            endpoint.modified_at = Some(Timestamp::touched(now, endpoint.created_at, endpoint.modified_at));
        }
        endpoint.enabled = true;
        return;
    }
    state.endpoints.push(Endpoint {
        created_at: now,
        modified_at: None,
        id: random::id(),
        url: url.to_owned(),
        name: Some("Configured at the start".to_owned()),
        api_version: NEWEST_VERSION.to_owned(),
        format: "raw".to_owned(),
        secret: secret.to_owned(),
        events: EVENT_TYPES.map(str::to_owned).to_vec(),
        enabled: true,
        uses_standard_webhook_signature: standard,
        from_options: true,
    });
}

pub fn update(state: &mut State, now: Timestamp, id: Uuid, body: &Value) -> Answer<()> {
    let mut changed = state.endpoint(id)?.clone();
    let mut fields = Fields::of_body(body)?;
    if let Some(url) = url(&mut fields) {
        changed.url = url;
    }
    if fields.has("name") {
        changed.name = fields.string("name");
    }
    if let Some(events) = events(&mut fields) {
        changed.events = events;
    }
    if let Some(version) = fields.word("api_version", &VERSIONS) {
        changed.api_version = version;
    }
    if let Some(enabled) = fields.boolean("enabled") {
        changed.enabled = enabled;
    }
    fields.finish()?;
    touch(&mut changed, now);
    *state.endpoint_mut(id)? = changed;
    Ok(())
}

/// At once: what is delivered from now on is signed with the new one.
pub fn rotate_secret(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let endpoint = state.endpoint_mut(id)?;
    endpoint.secret = random::webhook_secret();
    endpoint.uses_standard_webhook_signature = true;
    touch(endpoint, now);
    Ok(())
}

pub fn delete(state: &mut State, id: Uuid) -> Answer<()> {
    state.endpoint(id)?;
    state.endpoints.retain(|endpoint| endpoint.id != id);
    state.events.retain(|event| event.endpoint_id != id);
    state.deliveries.retain(|delivery| delivery.endpoint_id != id);
    Ok(())
}

/// Once more, with the same id.
pub fn redeliver(state: &mut State, id: Uuid) -> Answer<()> {
    let event = state
        .events
        .iter_mut()
        .find(|event| event.id == id)
        .ok_or_else(Refusal::not_found)?;
    event.state = EventState::Pending;
    event.attempts = 0;
    event.mischief = None;
    event.skipped = false;
    Ok(())
}

fn touch(endpoint: &mut Endpoint, now: Timestamp) {
    endpoint.modified_at = Some(Timestamp::touched(now, endpoint.created_at, endpoint.modified_at));
}

/// The provider takes public https addresses alone; here the machine's own are what it is for.
fn url(fields: &mut Fields<'_>) -> Option<String> {
    let text = fields.string("url")?;
    if url::Url::parse(&text).is_ok_and(|url| matches!(url.scheme(), "http" | "https")) {
        return Some(text);
    }
    fields.fault("url", "url_parsing", "Input should be a valid URL", &json!(text));
    None
}

fn events(fields: &mut Fields<'_>) -> Option<Vec<String>> {
    let items = fields.list("events")?;
    let known: Vec<String> = items
        .iter()
        .filter_map(Value::as_str)
        .filter(|name| EVENT_TYPES.contains(name))
        .map(str::to_owned)
        .collect();
    if known.len() < items.len() {
        fields.fault(
            "events",
            "enum",
            "Input should be a known event type",
            fields.raw("events"),
        );
    }
    Some(known)
}
