use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use serde_json::{Value, json};

use super::{
    App,
    list::{self, Query},
    reply::{body, id},
};
use crate::{
    error::{Answer, Refusal},
    objects::views,
    rules::{invoice, refund},
    timestamp::Timestamp,
};

pub async fn list(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let query = Query::parse(raw.as_deref());
    let after = query.timestamp("created_after")?;
    let before = query.timestamp("created_before")?;
    let mut items = world.look(|state, _| {
        let shown = state.orders.iter().map(|order| views::order(state, order));
        shown.collect::<Vec<Value>>()
    });
    items.retain(|item| {
        let created = item["created_at"].as_str().and_then(Timestamp::parse);
        created.is_some_and(|created| {
            after.is_none_or(|after| created >= after) && before.is_none_or(|before| created <= before)
        })
    });
    if let Some(kind) = query.first("product_billing_type") {
        let recurring = kind == "recurring";
        items.retain(|item| (item["product"]["is_recurring"] == json!(true)) == recurring);
    }
    let filters = [
        ("product_id", "/product_id"),
        ("customer_id", "/customer_id"),
        ("external_customer_id", "/customer/external_id"),
        ("checkout_id", "/checkout_id"),
        ("subscription_id", "/subscription_id"),
        ("status", "/status"),
    ];
    let sorts = ["status", "invoice_number", "amount", "net_amount"];
    list::page(&query, items, &filters, &sorts)
}

pub async fn show(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.look(|state, _| Ok(Json(views::order(state, state.order(id)?))))
}

pub async fn update(State(world): App, Path(text): Path<String>, bytes: Bytes) -> Answer<Json<Value>> {
    let (id, body) = (id(&text)?, body(&bytes)?);
    world.write(|state, now| {
        invoice::set_billing_details(state, now, id, &body)?;
        Ok(Json(views::order(state, state.order(id)?)))
    })
}

pub async fn generate_invoice(State(world): App, Path(text): Path<String>) -> Answer<(StatusCode, Json<Value>)> {
    let id = id(&text)?;
    world.write(|state, now| invoice::generate(state, now, id))?;
    Ok((StatusCode::ACCEPTED, Json(Value::Null)))
}

pub async fn invoice(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.look(|state, _| invoice::url(state, id)).map(Json)
}

pub async fn payments(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let items = world.look(|state, _| {
        let shown = state.payments.iter().map(|payment| views::payment(state, payment));
        shown.collect::<Vec<Value>>()
    });
    let filters = [
        ("order_id", "/order_id"),
        ("checkout_id", "/checkout_id"),
        ("status", "/status"),
        ("method", "/method"),
    ];
    list::page(
        &Query::parse(raw.as_deref()),
        items,
        &filters,
        &["status", "amount", "method"],
    )
}

pub async fn payment(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.look(|state, _| {
        let found = state.payments.iter().find(|payment| payment.id == id);
        let shown = found.map(|payment| Json(views::payment(state, payment)));
        shown.ok_or_else(Refusal::not_found)
    })
}

pub async fn refunds(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let items = world.look(|state, _| {
        let shown = state.refunds.iter().map(|refund| views::refund(state, refund));
        shown.collect::<Vec<Value>>()
    });
    let filters = [
        ("id", "/id"),
        ("order_id", "/order_id"),
        ("subscription_id", "/subscription_id"),
        ("customer_id", "/customer_id"),
    ];
    list::page(&Query::parse(raw.as_deref()), items, &filters, &["amount"])
}

pub async fn refund(State(world): App, bytes: Bytes) -> Answer<(StatusCode, Json<Value>)> {
    let body = body(&bytes)?;
    let shown = world.write(|state, now| refund::create(state, now, &body))?;
    Ok((StatusCode::CREATED, Json(shown)))
}
