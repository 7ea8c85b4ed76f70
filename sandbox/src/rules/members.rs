//! The people of a customer.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    input::Fields,
    objects::customer::{Member, MemberRole},
    random,
    state::State,
    timestamp::Timestamp,
};

pub fn create(state: &mut State, now: Timestamp, customer_id: Uuid, body: &Value) -> Answer<Value> {
    state.customer(customer_id)?;
    let mut fields = Fields::of_body(body)?;
    fields.require("email");
    let email = fields.email("email");
    let name = fields.string("name");
    let external_id = fields.string("external_id");
    let role = fields
        .word("role", &MemberRole::NAMES)
        .and_then(|name| MemberRole::parse(&name));
    fields.finish()?;
    let member = Member {
        id: random::id(),
        created_at: now,
        modified_at: None,
        customer_id,
        email: email.unwrap_or_default(),
        name,
        external_id,
        role: role.unwrap_or(MemberRole::Member),
    };
    unique(state, &member)?;
    let data = json!(member);
    state.members.push(member);
    state.emit(now, "member.created", &data);
    Ok(data)
}

pub fn update(state: &mut State, now: Timestamp, id: Uuid, body: &Value) -> Answer<Value> {
    let mut changed = find(state, id)?.clone();
    let mut fields = Fields::of_body(body)?;
    if fields.has("name") {
        changed.name = fields.string("name");
    }
    if let Some(email) = fields.email("email") {
        changed.email = email;
    }
    if let Some(role) = fields
        .word("role", &MemberRole::NAMES)
        .and_then(|name| MemberRole::parse(&name))
    {
        changed.role = role;
    }
    fields.finish()?;
    unique(state, &changed)?;
    changed.modified_at = Some(Timestamp::touched(now, changed.created_at, changed.modified_at));
    let data = json!(changed);
    if let Some(member) = state.members.iter_mut().find(|member| member.id == id) {
        *member = changed;
    }
    state.emit(now, "member.updated", &data);
    Ok(data)
}

pub fn delete(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let data = json!(find(state, id)?);
    state.members.retain(|member| member.id != id);
    state.emit(now, "member.deleted", &data);
    Ok(())
}

fn find(state: &State, id: Uuid) -> Answer<&Member> {
    state
        .members
        .iter()
        .find(|member| member.id == id)
        .ok_or_else(Refusal::not_found)
}

/// Within the customer: other customers may have the same people.
fn unique(state: &State, wanted: &Member) -> Answer<()> {
    let mut others = state
        .members
        .iter()
        .filter(|member| member.customer_id == wanted.customer_id && member.id != wanted.id);
    let taken = others.find_map(|other| {
        if other.external_id.is_some() && other.external_id == wanted.external_id {
            return Some((
                "external_id",
                "A member with this external ID already exists.",
                json!(wanted.external_id),
            ));
        }
        (other.email.to_lowercase() == wanted.email.to_lowercase()).then(|| {
            (
                "email",
                "A member with this email address already exists.",
                json!(wanted.email),
            )
        })
    });
    match taken {
        Some((key, message, input)) => Err(Refusal::rule(json!(["body", key]), message, &input)),
        None => Ok(()),
    }
}
