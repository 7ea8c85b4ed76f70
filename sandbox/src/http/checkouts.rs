use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use serde_json::Value;

use super::{
    App,
    list::{self, Query},
    reply::{body, id},
};
use crate::{
    error::Answer,
    objects::{checkout::CheckoutStatus, views},
    rules::{confirm_checkout, open_checkout},
};

/// A token whose name has this in it stands for a card that is declined.
const DECLINED: &str = "declined";

pub async fn list(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let query = Query::parse(raw.as_deref());
    let mut items = world.look(|state, _| {
        let shown = state.checkouts.iter().map(|checkout| views::checkout(state, checkout));
        shown.collect::<Vec<Value>>()
    });
    if let Some(text) = query.first("query").map(str::to_lowercase) {
        let has = |value: &Value| value.as_str().unwrap_or_default().to_lowercase().contains(&text);
        items.retain(|item| has(&item["customer_name"]) || has(&item["customer_email"]));
    }
    let filters = [
        ("product_id", "/product_id"),
        ("customer_id", "/customer_id"),
        ("external_customer_id", "/external_customer_id"),
        ("status", "/status"),
    ];
    list::page(&query, items, &filters, &["expires_at", "status"])
}

pub async fn create(State(world): App, bytes: Bytes) -> Answer<(StatusCode, Json<Value>)> {
    let body = body(&bytes)?;
    world.write(|state, now| {
        let id = open_checkout::create(state, now, &body)?;
        Ok((StatusCode::CREATED, Json(views::checkout(state, state.checkout(id)?))))
    })
}

pub async fn show(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.look(|state, _| Ok(Json(views::checkout(state, state.checkout(id)?))))
}

pub async fn update(State(world): App, Path(text): Path<String>, bytes: Bytes) -> Answer<Json<Value>> {
    let (id, body) = (id(&text)?, body(&bytes)?);
    world.write(|state, now| {
        open_checkout::update(state, now, id, &body)?;
        Ok(Json(views::checkout(state, state.checkout(id)?)))
    })
}

pub async fn public(State(world): App, Path(secret): Path<String>) -> Answer<Json<Value>> {
    world.look(|state, _| {
        let checkout = state.checkout_by_secret(&secret)?;
        if checkout.status == CheckoutStatus::Expired {
            return Err(open_checkout::expired());
        }
        Ok(Json(views::public_checkout(state, checkout)))
    })
}

pub async fn public_update(State(world): App, Path(secret): Path<String>, bytes: Bytes) -> Answer<Json<Value>> {
    let body = body(&bytes)?;
    world.write(|state, now| {
        let id = state.checkout_by_secret(&secret)?.id;
        open_checkout::update(state, now, id, &body)?;
        Ok(Json(views::public_checkout(state, state.checkout(id)?)))
    })
}

/// What the hosted page does. The payment follows at once; the answer does not tell it, as the provider's does not.
pub async fn confirm(State(world): App, Path(secret): Path<String>, bytes: Bytes) -> Answer<Json<Value>> {
    let body = body(&bytes)?;
    let token = body["confirmation_token_id"].as_str().unwrap_or_default();
    world.write(|state, now| {
        let confirmed = confirm_checkout::confirm(state, now, &secret, &body)?;
        let shown = confirm_checkout::shown(state, &confirmed)?;
        if token.contains(DECLINED) {
            confirm_checkout::decline(state, now, confirmed.id)?;
        } else {
            confirm_checkout::pay(state, now, confirmed.id)?;
        }
        Ok(Json(shown))
    })
}
