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
use crate::{error::Answer, objects::views, rules::products};

pub async fn list(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let query = Query::parse(raw.as_deref());
    let mut items = world.look(|state, _| {
        let shown = state.products.iter().map(|product| views::product(state, product));
        shown.collect::<Vec<Value>>()
    });
    if let Some(text) = query.first("query").map(str::to_lowercase) {
        items.retain(|item| item["name"].as_str().unwrap_or_default().to_lowercase().contains(&text));
    }
    let filters = [
        ("id", "/id"),
        ("is_archived", "/is_archived"),
        ("is_recurring", "/is_recurring"),
        ("visibility", "/visibility"),
    ];
    list::page(&query, items, &filters, &["name", "price_amount"])
}

pub async fn create(State(world): App, bytes: Bytes) -> Answer<(StatusCode, Json<Value>)> {
    let body = body(&bytes)?;
    world.write(|state, now| {
        let id = products::create(state, now, &body)?;
        Ok((StatusCode::CREATED, Json(views::product(state, state.product(id)?))))
    })
}

pub async fn show(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.look(|state, _| Ok(Json(views::product(state, state.product(id)?))))
}

pub async fn update(State(world): App, Path(text): Path<String>, bytes: Bytes) -> Answer<Json<Value>> {
    let (id, body) = (id(&text)?, body(&bytes)?);
    world.write(|state, now| {
        products::update(state, now, id, &body)?;
        Ok(Json(views::product(state, state.product(id)?)))
    })
}
