//! Portal sessions.

use chrono::TimeDelta;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    input::Fields,
    objects::{
        customer::{Customer, CustomerKind, CustomerSession},
        views,
    },
    random,
    state::State,
    timestamp::Timestamp,
};

const TIME_TO_LIVE: TimeDelta = TimeDelta::hours(1);

pub fn create(state: &mut State, now: Timestamp, body: &Value) -> Answer<Value> {
    if state.faults.portal_is_down {
        return Err(Refusal::typed(
            axum::http::StatusCode::SERVICE_UNAVAILABLE,
            "ServiceUnavailable",
            "The customer portal is unavailable.",
        ));
    }
    let mut fields = Fields::of_body(body)?;
    let customer_id = fields.uuid("customer_id");
    let external_customer_id = fields
        .string("external_customer_id")
        .or_else(|| fields.string("customer_external_id"));
    if customer_id.is_none() && external_customer_id.is_none() {
        fields.require("customer_id");
    }
    let member_id = fields.uuid("member_id");
    let external_member_id = fields.string("external_member_id");
    let return_url = fields.string("return_url");
    fields.finish()?;
    let found = match (customer_id, external_customer_id) {
        (Some(id), _) => (state.customer(id).ok(), "customer_id", json!(id)),
        (None, external_id) => (
            state.customer_by_external_id(external_id.as_deref().unwrap_or_default()),
            "external_customer_id",
            json!(external_id),
        ),
    };
    let (Some(customer), ..) = found else {
        return Err(Refusal::rule(
            json!(["body", found.1]),
            "Customer does not exist.",
            &found.2,
        ));
    };
    let email = person(state, customer, member_id, external_member_id.as_deref())?;
    let session = CustomerSession {
        created_at: now,
        modified_at: None,
        id: random::id(),
        token: random::token("polar_mst_"),
        expires_at: now.plus(TIME_TO_LIVE),
        return_url,
        customer_id: customer.id,
        email,
    };
    let shown = views::session(state, &session);
    state.sessions.retain(|session| now < session.expires_at);
    state.sessions.push(session);
    Ok(shown)
}

/// For the page after a checkout.
pub fn token_for(state: &mut State, now: Timestamp, customer: Uuid) -> Answer<String> {
    let email = state.owner(customer).map(|owner| owner.email.clone());
    let token = random::token("polar_mst_");
    state.customer(customer)?;
    state.sessions.push(CustomerSession {
        created_at: now,
        modified_at: None,
        id: random::id(),
        token: token.clone(),
        expires_at: now.plus(TIME_TO_LIVE),
        return_url: None,
        customer_id: customer,
        email,
    });
    Ok(token)
}

/// The address of whose portal it is. A team has several people: one must be named.
fn person(state: &State, customer: &Customer, id: Option<Uuid>, external_id: Option<&str>) -> Answer<Option<String>> {
    if id.is_none() && external_id.is_none() {
        if customer.kind == CustomerKind::Team {
            let message = "member_id is required for team customers.";
            return Err(Refusal::rule(json!(["body", "member_id"]), message, &Value::Null));
        }
        let owner = state.owner(customer.id).map(|owner| owner.email.clone());
        return Ok(customer.email.clone().or(owner));
    }
    let member = state.members.iter().find(|member| {
        let named = id.map_or_else(|| member.external_id.as_deref() == external_id, |id| member.id == id);
        member.customer_id == customer.id && named
    });
    let Some(member) = member else {
        let (key, input) = match id {
            Some(id) => ("member_id", json!(id)),
            None => ("external_member_id", json!(external_id)),
        };
        return Err(Refusal::rule(json!(["body", key]), "Member does not exist.", &input));
    };
    Ok(Some(member.email.clone()))
}
