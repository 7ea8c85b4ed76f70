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
use crate::{error::Answer, objects::views, rules::endpoints};

pub async fn list(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let items = world.look(|state, _| {
        let shown = state.endpoints.iter().map(|endpoint| views::endpoint(state, endpoint));
        shown.collect::<Vec<Value>>()
    });
    list::page(&Query::parse(raw.as_deref()), items, &[], &[])
}

pub async fn create(State(world): App, bytes: Bytes) -> Answer<(StatusCode, Json<Value>)> {
    let body = body(&bytes)?;
    world.write(|state, now| {
        let id = endpoints::create(state, now, &body)?;
        Ok((StatusCode::CREATED, Json(views::endpoint(state, state.endpoint(id)?))))
    })
}

pub async fn show(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.look(|state, _| Ok(Json(views::endpoint(state, state.endpoint(id)?))))
}

pub async fn update(State(world): App, Path(text): Path<String>, bytes: Bytes) -> Answer<Json<Value>> {
    let (id, body) = (id(&text)?, body(&bytes)?);
    world.write(|state, now| {
        endpoints::update(state, now, id, &body)?;
        Ok(Json(views::endpoint(state, state.endpoint(id)?)))
    })
}

pub async fn rotate_secret(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.write(|state, now| {
        endpoints::rotate_secret(state, now, id)?;
        Ok(Json(views::endpoint(state, state.endpoint(id)?)))
    })
}

pub async fn delete(State(world): App, Path(text): Path<String>) -> Answer<StatusCode> {
    let id = id(&text)?;
    world.write(|state, _| endpoints::delete(state, id))?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn deliveries(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let query = Query::parse(raw.as_deref());
    let endpoint = query.uuid("endpoint_id")?;
    let class = query.first("http_code_class").and_then(|text| text.chars().next());
    let items = world.look(|state, _| {
        let shown = state
            .deliveries
            .iter()
            .filter(|delivery| endpoint.is_none_or(|id| id == delivery.endpoint_id))
            .filter(|delivery| {
                let first = delivery.http_code.and_then(|code| code.to_string().chars().next());
                class.is_none() || first == class
            })
            .map(|delivery| views::delivery(state, delivery));
        shown.collect::<Vec<Value>>()
    });
    let filters = [("succeeded", "/succeeded"), ("event_type", "/webhook_event/type")];
    list::page(&query, items, &filters, &[])
}

pub async fn redeliver(State(world): App, Path(text): Path<String>) -> Answer<(StatusCode, Json<Value>)> {
    let id = id(&text)?;
    world.write(|state, _| endpoints::redeliver(state, id))?;
    Ok((StatusCode::ACCEPTED, Json(Value::Null)))
}
