use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery, State},
};
use serde_json::Value;

use super::{
    App,
    list::{self, Query},
    reply::{body, id},
};
use crate::{
    error::Answer,
    objects::views,
    rules::{cancel, update_subscription},
};

pub async fn list(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let query = Query::parse(raw.as_deref());
    let mut items = world.look(|state, _| {
        let shown = state
            .subscriptions
            .iter()
            .map(|subscription| views::subscription(state, subscription));
        shown.collect::<Vec<Value>>()
    });
    if let Some(active) = query.truth("active") {
        let is_active = |item: &Value| matches!(item["status"].as_str(), Some("active" | "trialing"));
        items.retain(|item| is_active(item) == active);
    }
    let filters = [
        ("product_id", "/product_id"),
        ("customer_id", "/customer_id"),
        ("external_customer_id", "/customer/external_id"),
        ("discount_id", "/discount_id"),
        ("status", "/status"),
        ("cancel_at_period_end", "/cancel_at_period_end"),
        ("checkout_id", "/checkout_id"),
    ];
    let sorts = [
        "status",
        "started_at",
        "current_period_end",
        "ended_at",
        "ends_at",
        "amount",
    ];
    list::page(&query, items, &filters, &sorts)
}

pub async fn show(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.look(|state, _| Ok(Json(views::subscription(state, state.subscription(id)?))))
}

pub async fn update(State(world): App, Path(text): Path<String>, bytes: Bytes) -> Answer<Json<Value>> {
    let (id, body) = (id(&text)?, body(&bytes)?);
    world.write(|state, now| {
        update_subscription::update(state, now, id, &body)?;
        Ok(Json(views::subscription(state, state.subscription(id)?)))
    })
}

pub async fn revoke(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.write(|state, now| {
        cancel::revoke(state, now, id, cancel::Reason::default())?;
        Ok(Json(views::subscription(state, state.subscription(id)?)))
    })
}
