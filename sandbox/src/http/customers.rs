use axum::{
    Json,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::StatusCode,
};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    App,
    list::{self, Query},
    reply::{body, id},
};
use crate::{
    error::{Answer, Refusal},
    objects::views,
    rules::{customers, members, sessions},
    state::State as Remembered,
    world::World,
};

pub async fn list(State(world): App, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let query = Query::parse(raw.as_deref());
    let mut items = world.look(|state, _| {
        let shown = state
            .living_customers()
            .map(|customer| views::customer(state, customer));
        shown.collect::<Vec<Value>>()
    });
    let lower = |value: &Value| value.as_str().unwrap_or_default().to_lowercase();
    if let Some(email) = query.first("email").map(str::to_lowercase) {
        items.retain(|item| lower(&item["email"]) == email);
    }
    if let Some(text) = query.first("query").map(str::to_lowercase) {
        let keys = ["email", "name", "external_id"];
        items.retain(|item| keys.iter().any(|key| lower(&item[*key]).contains(&text)));
    }
    list::page(&query, items, &[], &["email", "name"])
}

pub async fn create(State(world): App, bytes: Bytes) -> Answer<(StatusCode, Json<Value>)> {
    let body = body(&bytes)?;
    world.write(|state, now| {
        let id = customers::create(state, now, &body)?;
        Ok((StatusCode::CREATED, Json(views::customer(state, state.customer(id)?))))
    })
}

pub async fn show(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.look(|state, _| Ok(Json(views::customer(state, state.customer(id)?))))
}

pub async fn update(State(world): App, Path(text): Path<String>, bytes: Bytes) -> Answer<Json<Value>> {
    let (id, body) = (id(&text)?, body(&bytes)?);
    world.write(|state, now| {
        customers::update(state, now, id, &body, false)?;
        Ok(Json(views::customer(state, state.customer(id)?)))
    })
}

pub async fn delete(State(world): App, Path(text): Path<String>, RawQuery(raw): RawQuery) -> Answer<StatusCode> {
    let id = id(&text)?;
    let anonymize = Query::parse(raw.as_deref()).truth("anonymize").unwrap_or(false);
    world.write(|state, now| customers::delete(state, now, id, anonymize))?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn state(State(world): App, Path(text): Path<String>) -> Answer<Json<Value>> {
    let id = id(&text)?;
    world.look(|state, _| Ok(Json(views::customer_state(state, state.customer(id)?))))
}

fn external(world: &World, external_id: &str) -> Answer<Uuid> {
    let found = world.read(|state| state.customer_by_external_id(external_id).map(|customer| customer.id));
    found.ok_or_else(Refusal::not_found)
}

pub async fn show_external(world: App, Path(external_id): Path<String>) -> Answer<Json<Value>> {
    let id = external(&world, &external_id)?;
    show(world, Path(id.to_string())).await
}

pub async fn update_external(State(world): App, Path(external_id): Path<String>, bytes: Bytes) -> Answer<Json<Value>> {
    let (id, body) = (external(&world, &external_id)?, body(&bytes)?);
    world.write(|state, now| {
        customers::update(state, now, id, &body, true)?;
        Ok(Json(views::customer(state, state.customer(id)?)))
    })
}

pub async fn delete_external(world: App, Path(external_id): Path<String>, query: RawQuery) -> Answer<StatusCode> {
    let id = external(&world, &external_id)?;
    delete(world, Path(id.to_string()), query).await
}

pub async fn state_external(world: App, Path(external_id): Path<String>) -> Answer<Json<Value>> {
    let id = external(&world, &external_id)?;
    state(world, Path(id.to_string())).await
}

pub async fn members(State(world): App, Path(text): Path<String>, RawQuery(raw): RawQuery) -> Answer<Json<Value>> {
    let id = id(&text)?;
    let items = world.look(|state, _| {
        state.customer(id)?;
        let own = state.members.iter().filter(|member| member.customer_id == id);
        Ok(own.map(|member| json!(member)).collect())
    })?;
    list::page(&Query::parse(raw.as_deref()), items, &[], &[])
}

pub async fn create_member(
    State(world): App,
    Path(text): Path<String>,
    bytes: Bytes,
) -> Answer<(StatusCode, Json<Value>)> {
    let (id, body) = (id(&text)?, body(&bytes)?);
    let shown = world.write(|state, now| members::create(state, now, id, &body))?;
    Ok((StatusCode::CREATED, Json(shown)))
}

/// By its id within a customer.
fn own_member(state: &Remembered, customer: Uuid, member: Uuid) -> Answer<Value> {
    let found = state
        .members
        .iter()
        .find(|found| found.id == member && found.customer_id == customer);
    found.map(|member| json!(member)).ok_or_else(Refusal::not_found)
}

pub async fn member(State(world): App, Path((customer, member)): Path<(String, String)>) -> Answer<Json<Value>> {
    let (customer, member) = (id(&customer)?, id(&member)?);
    world.look(|state, _| Ok(Json(own_member(state, customer, member)?)))
}

pub async fn update_member(
    State(world): App,
    Path((customer, member)): Path<(String, String)>,
    bytes: Bytes,
) -> Answer<Json<Value>> {
    let (customer, member, body) = (id(&customer)?, id(&member)?, body(&bytes)?);
    world.write(|state, now| {
        own_member(state, customer, member)?;
        Ok(Json(members::update(state, now, member, &body)?))
    })
}

pub async fn delete_member(State(world): App, Path((customer, member)): Path<(String, String)>) -> Answer<StatusCode> {
    let (customer, member) = (id(&customer)?, id(&member)?);
    world.write(|state, now| {
        own_member(state, customer, member)?;
        members::delete(state, now, member)
    })?;
    Ok(StatusCode::NO_CONTENT)
}

pub async fn members_external(world: App, Path(external_id): Path<String>, query: RawQuery) -> Answer<Json<Value>> {
    let id = external(&world, &external_id)?;
    members(world, Path(id.to_string()), query).await
}

pub async fn create_member_external(
    world: App,
    Path(external_id): Path<String>,
    bytes: Bytes,
) -> Answer<(StatusCode, Json<Value>)> {
    let id = external(&world, &external_id)?;
    create_member(world, Path(id.to_string()), bytes).await
}

/// Both by what the merchant calls them.
fn external_member(world: &World, customer: &str, member: &str) -> Answer<(String, String)> {
    let customer = external(world, customer)?;
    let found = world.read(|state| {
        let mut own = state.members.iter().filter(|found| found.customer_id == customer);
        own.find(|found| found.external_id.as_deref() == Some(member))
            .map(|found| found.id)
    });
    let member = found.ok_or_else(Refusal::not_found)?;
    Ok((customer.to_string(), member.to_string()))
}

pub async fn member_external(world: App, Path((customer, external)): Path<(String, String)>) -> Answer<Json<Value>> {
    let ids = external_member(&world, &customer, &external)?;
    member(world, Path(ids)).await
}

pub async fn update_member_external(
    world: App,
    Path((customer, external)): Path<(String, String)>,
    bytes: Bytes,
) -> Answer<Json<Value>> {
    let ids = external_member(&world, &customer, &external)?;
    update_member(world, Path(ids), bytes).await
}

pub async fn delete_member_external(
    world: App,
    Path((customer, external)): Path<(String, String)>,
) -> Answer<StatusCode> {
    let ids = external_member(&world, &customer, &external)?;
    delete_member(world, Path(ids)).await
}

pub async fn create_session(State(world): App, bytes: Bytes) -> Answer<(StatusCode, Json<Value>)> {
    let body = body(&bytes)?;
    let shown = world.write(|state, now| sessions::create(state, now, &body))?;
    Ok((StatusCode::CREATED, Json(shown)))
}
