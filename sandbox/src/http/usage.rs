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
    error::{Answer, Refusal},
    objects::views,
    rules::usage::{self, Span},
    timestamp::Interval,
};

pub async fn ingest(State(world): App, bytes: Bytes) -> Answer<Json<Value>> {
    let body = body(&bytes)?;
    world.write(|state, now| usage::ingest(state, now, &body)).map(Json)
}

pub async fn meters(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let items = world.look(|state, _| {
        let shown = state.meters.iter().map(|meter| views::meter(state, meter));
        shown.collect::<Vec<Value>>()
    });
    list::page(&Query::parse(raw.as_deref()), items, &[], &["name"])
}

pub async fn create_meter(State(world): App, bytes: Bytes) -> Answer<(StatusCode, Json<Value>)> {
    let body = body(&bytes)?;
    let shown = world.write(|state, now| usage::create_meter(state, now, &body))?;
    Ok((StatusCode::CREATED, Json(shown)))
}

pub async fn meter(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.look(|state, _| {
        let found = state.meters.iter().find(|meter| meter.id == id);
        let shown = found.map(|meter| Json(views::meter(state, meter)));
        shown.ok_or_else(Refusal::not_found)
    })
}

pub async fn quantities(State(world): App, Path(text): Path<String>, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let id = id(&text)?;
    let query = Query::parse(raw.as_deref());
    let missing = |name: &str| list::fault(name, "missing", "Field required", "");
    let interval = query.first("interval").ok_or_else(|| missing("interval"))?;
    let span = Span {
        start: query
            .timestamp("start_timestamp")?
            .ok_or_else(|| missing("start_timestamp"))?,
        end: query
            .timestamp("end_timestamp")?
            .ok_or_else(|| missing("end_timestamp"))?,
        interval: Interval::parse(interval),
        customer: query.uuid("customer_id")?,
        external_customer: query.first("external_customer_id").map(str::to_owned),
    };
    if span.interval.is_none() && interval != "hour" {
        return Err(list::fault(
            "interval",
            "enum",
            "Input should be a known interval",
            interval,
        ));
    }
    world.look(|state, _| usage::quantities(state, id, &span)).map(Json)
}

pub async fn customer_meters(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let items = world.look(|state, _| {
        let shown = state
            .living_customers()
            .flat_map(|customer| usage::meters_of(state, customer));
        shown.collect::<Vec<Value>>()
    });
    let filters = [
        ("customer_id", "/customer_id"),
        ("external_customer_id", "/customer/external_id"),
        ("meter_id", "/meter_id"),
    ];
    list::page(
        &Query::parse(raw.as_deref()),
        items,
        &filters,
        &["modified_at", "balance"],
    )
}
