//! The control over HTTP: forms of the console, and the same as JSON for browser tests.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, State},
    http::HeaderMap,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use serde_json::{Map, Value, json};

use super::{
    App,
    reply::{form, id},
};
use crate::{
    error::{Answer, Refusal},
    faults::Faults,
    objects::customer::CardBehaviour,
    pages::console,
    rules::{dunning, endpoints},
    world::World,
};

pub fn router() -> Router<Arc<World>> {
    Router::new()
        .route("/sandbox", get(console::show))
        .route("/sandbox/state.json", get(state))
        .route("/sandbox/faults", post(faults))
        .route("/sandbox/cards", post(cards))
        .route("/sandbox/advance", post(advance))
        .route("/sandbox/clock", post(clock))
        .route("/sandbox/webhooks/{id}/redeliver", post(redeliver))
}

async fn state(State(world): App) -> Json<Value> {
    world.settle();
    Json(world.read(|state| json!(state)))
}

/// A program is answered in JSON, a person is led back to the console.
fn done(is_json: bool, value: Value) -> Response {
    if is_json {
        Json(value).into_response()
    } else {
        Redirect::to("/sandbox").into_response()
    }
}

/// All of them: what is not named is off.
async fn faults(State(world): App, headers: HeaderMap, bytes: Bytes) -> Answer<Response> {
    let (fields, is_json) = form(&headers, &bytes)?;
    let faults: Faults = serde_json::from_value(Value::Object(numbers(fields)))
        .map_err(|error| Refusal::rule(json!(["body"]), &error.to_string(), &Value::Null))?;
    if faults
        .failing_status
        .is_some_and(|status| !(500..600).contains(&status))
    {
        let message = "A failing status is one from 500 to 599.";
        return Err(Refusal::rule(
            json!(["body", "failing_status"]),
            message,
            &json!(faults.failing_status),
        ));
    }
    let shown = json!(faults);
    world.write(|state, _| state.faults = faults);
    Ok(done(is_json, shown))
}

/// Forms have texts alone.
fn numbers(fields: Map<String, Value>) -> Map<String, Value> {
    let read = |value: Value| match value.as_str() {
        Some("on" | "true") => json!(true),
        Some("false") => json!(false),
        Some(text) => text.parse::<u64>().map_or_else(|_| json!(text), |number| json!(number)),
        None => value,
    };
    fields.into_iter().map(|(key, value)| (key, read(value))).collect()
}

/// `customer_id` and `card`; with `retry`, open payments are tried with it at once.
async fn cards(State(world): App, headers: HeaderMap, bytes: Bytes) -> Answer<Response> {
    let (fields, is_json) = form(&headers, &bytes)?;
    let text = |key: &str| fields.get(key).and_then(Value::as_str).unwrap_or_default();
    let customer = id(text("customer_id"))?;
    let card = CardBehaviour::parse(text("card"))
        .ok_or_else(|| Refusal::rule(json!(["body", "card"]), "There is no such card.", &json!(text("card"))))?;
    let retry = matches!(fields.get("retry"), Some(Value::Bool(true) | Value::String(_)));
    world.write(|state, now| {
        if retry {
            return dunning::replace_card(state, now, customer, card);
        }
        state.customer_mut(customer)?.wallet.card = card;
        Ok(())
    })?;
    Ok(done(is_json, json!({ "customer_id": customer, "card": card })))
}

/// Does what fell due, now.
async fn advance(State(world): App, headers: HeaderMap, bytes: Bytes) -> Answer<Response> {
    let (_, is_json) = form(&headers, &bytes)?;
    world.settle();
    Ok(done(is_json, json!({ "now": world.now() })))
}

/// `ahead_seconds` of the machine's clock. Then it does what fell due.
async fn clock(State(world): App, headers: HeaderMap, bytes: Bytes) -> Answer<Response> {
    let (fields, is_json) = form(&headers, &bytes)?;
    let Some(clock) = world.clock.movable() else {
        let detail = "The clock belongs to the program that started the sandbox.";
        return Err(Refusal::conflict("ForeignClock", detail));
    };
    let given = fields.get("ahead_seconds").cloned().unwrap_or_default();
    let seconds = given.as_i64().or_else(|| given.as_str()?.parse().ok());
    let Some(seconds) = seconds else {
        return Err(Refusal::rule(
            json!(["body", "ahead_seconds"]),
            "Input should be a valid integer",
            &given,
        ));
    };
    clock.set_ahead_seconds(seconds);
    world.write(|state, _| state.ahead_seconds = seconds);
    Ok(done(is_json, json!({ "ahead_seconds": seconds, "now": world.now() })))
}

async fn redeliver(State(world): App, Path(text): Path<String>, headers: HeaderMap, bytes: Bytes) -> Answer<Response> {
    let id = id(&text)?;
    let (_, is_json) = form(&headers, &bytes)?;
    world.write(|state, _| endpoints::redeliver(state, id))?;
    Ok(done(is_json, json!({ "id": id })))
}
