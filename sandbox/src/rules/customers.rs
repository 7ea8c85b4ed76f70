//! Makes, changes and deletes customers.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use super::cancel;
use crate::{
    error::{Answer, Refusal, rule_detail},
    input::Fields,
    objects::customer::{Customer, CustomerKind, Member, MemberRole, Wallet},
    random,
    state::State,
    timestamp::Timestamp,
};

/// What a new customer begins with. The owner is the first of its members.
#[derive(Debug)]
pub struct NewCustomer {
    pub email: Option<String>,
    pub external_id: Option<String>,
    pub name: Option<String>,
    pub billing_address: Option<Value>,
    pub tax_id: Option<String>,
    pub locale: Option<String>,
    pub metadata: Map<String, Value>,
    pub kind: CustomerKind,
    pub owner: Option<Owner>,
}

#[derive(Debug)]
pub struct Owner {
    pub email: String,
    pub name: Option<String>,
    pub external_id: Option<String>,
}

pub fn create(state: &mut State, now: Timestamp, body: &Value) -> Answer<Uuid> {
    let mut fields = Fields::of_body(body)?;
    let kind = match fields.word("type", &["individual", "team"]).as_deref() {
        Some("team") => CustomerKind::Team,
        _ => CustomerKind::Individual,
    };
    let owner = owner(&mut fields);
    if kind == CustomerKind::Individual || owner.is_none() {
        fields.require("email");
    }
    let new = NewCustomer {
        email: fields.email("email"),
        external_id: fields.string("external_id"),
        name: fields.string("name"),
        billing_address: address(&mut fields, "billing_address"),
        tax_id: fields.string("tax_id"),
        locale: fields.string("locale"),
        metadata: fields.metadata("metadata").unwrap_or_default(),
        kind,
        owner,
    };
    fields.finish()?;
    unique(state, None, new.email.as_deref(), new.external_id.as_deref())?;
    Ok(add(state, now, new))
}

/// Without asking whether it may be.
pub fn add(state: &mut State, now: Timestamp, new: NewCustomer) -> Uuid {
    let id = random::id();
    let owner = new.owner.or_else(|| {
        Some(Owner {
            email: new.email.clone()?,
            name: new.name.clone(),
            external_id: None,
        })
    });
    state.customers.push(Customer {
        id,
        created_at: now,
        modified_at: None,
        metadata: new.metadata,
        external_id: new.external_id,
        email: new.email,
        name: new.name,
        billing_name: None,
        billing_address: new.billing_address,
        tax_id: new.tax_id.map(with_kind),
        locale: new.locale,
        default_payment_method_id: None,
        deleted_at: None,
        first_user_event_at: None,
        kind: new.kind,
        wallet: Wallet::default(),
    });
    state.emit_customer(now, "customer.created", id);
    if let Some(owner) = owner {
        let member = Member {
            id: random::id(),
            created_at: now,
            modified_at: None,
            customer_id: id,
            email: owner.email,
            name: owner.name,
            external_id: owner.external_id,
            role: MemberRole::Owner,
        };
        let data = json!(member);
        state.members.push(member);
        state.emit(now, "member.created", &data);
    }
    id
}

/// Addressed by its external id, a customer cannot be given one.
pub fn update(state: &mut State, now: Timestamp, id: Uuid, body: &Value, by_external_id: bool) -> Answer<()> {
    let mut changed = state.customer(id)?.clone();
    let mut fields = Fields::of_body(body)?;
    if let Some(email) = fields.email("email") {
        changed.email = Some(email);
    }
    let external_id = fields.string("external_id");
    if fields.has("name") {
        changed.name = fields.string("name");
    }
    if fields.has("billing_name") {
        changed.billing_name = fields.string("billing_name");
    }
    if fields.has("billing_address") {
        let given = address(&mut fields, "billing_address");
        if given.is_none() && changed.billing_address.is_some() {
            fields.fault(
                "billing_address",
                "value_error",
                "Billing address cannot be removed.",
                &Value::Null,
            );
        }
        changed.billing_address = given.or(changed.billing_address);
    }
    if fields.has("tax_id") {
        changed.tax_id = fields.string("tax_id").map(with_kind);
    }
    if fields.has("locale") {
        changed.locale = fields.string("locale");
    }
    if let Some(metadata) = fields.metadata("metadata") {
        changed.metadata = metadata;
    }
    if fields.word("type", &["individual", "team"]).as_deref() == Some("team") {
        changed.kind = CustomerKind::Team;
    }
    let external_id_is_given = fields.has("external_id") && !by_external_id;
    let input = fields.raw("external_id").clone();
    fields.finish()?;
    if external_id_is_given && changed.external_id != external_id {
        if changed.external_id.is_some() {
            let message = "Customer external ID cannot be updated.";
            return Err(Refusal::rule(json!(["body", "external_id"]), message, &input));
        }
        changed.external_id = external_id;
    }
    unique(
        state,
        Some(id),
        changed.email.as_deref(),
        changed.external_id.as_deref(),
    )?;
    changed.modified_at = Some(Timestamp::touched(now, changed.created_at, changed.modified_at));
    *state.customer_mut(id)? = changed;
    state.emit_customer(now, "customer.updated", id);
    Ok(())
}

/// Its address and its external id are free for somebody else afterwards, and its subscriptions end.
pub fn delete(state: &mut State, now: Timestamp, id: Uuid, anonymize: bool) -> Answer<()> {
    let customer = state.customer_mut(id)?;
    customer.deleted_at = Some(now);
    customer.external_id = None;
    customer.modified_at = Some(Timestamp::touched(now, customer.created_at, customer.modified_at));
    if anonymize {
        customer.email = customer.email.is_some().then(|| format!("{id}@deleted.invalid"));
        customer.name = None;
        customer.billing_name = None;
        customer.billing_address = None;
        customer.tax_id = None;
    }
    state.emit_customer(now, "customer.deleted", id);
    state.members.retain(|member| member.customer_id != id);
    let running: Vec<Uuid> = state
        .subscriptions
        .iter()
        .filter(|subscription| subscription.customer_id == id && subscription.ended_at.is_none())
        .map(|subscription| subscription.id)
        .collect();
    for subscription in running {
        cancel::revoke(state, now, subscription, cancel::Reason::default())?;
    }
    Ok(())
}

/// Addresses and external ids belong to one customer each.
fn unique(state: &State, own: Option<Uuid>, email: Option<&str>, external_id: Option<&str>) -> Answer<()> {
    let mut details = Vec::new();
    let taken = |found: Option<&Customer>| found.is_some_and(|customer| Some(customer.id) != own);
    if let Some(email) = email
        && taken(state.customer_by_email(email))
    {
        let message = "A customer with this email address already exists.";
        details.push(rule_detail(json!(["body", "email"]), message, &json!(email)));
    }
    if let Some(external_id) = external_id
        && taken(state.customer_by_external_id(external_id))
    {
        let message = "A customer with this external ID already exists.";
        details.push(rule_detail(
            json!(["body", "external_id"]),
            message,
            &json!(external_id),
        ));
    }
    if details.is_empty() {
        Ok(())
    } else {
        Err(Refusal::rules(details))
    }
}

fn owner(fields: &mut Fields<'_>) -> Option<Owner> {
    let object = fields.object("owner")?;
    let mut part = Fields::of_part(object, vec![json!("body"), json!("owner")]);
    let name = part.string("name");
    let external_id = part.string("external_id");
    let email = part.email("email");
    fields.absorb(part);
    Some(Owner {
        email: email?,
        name,
        external_id,
    })
}

/// With all its keys; the country is needed.
pub fn address(fields: &mut Fields<'_>, key: &str) -> Option<Value> {
    let object = fields.object(key)?;
    let mut part = Fields::of_part(object, vec![json!("body"), json!(key)]);
    part.require("country");
    let mut address = json!({});
    for key in ["line1", "line2", "postal_code", "city", "state", "country"] {
        address[key] = json!(part.string(key));
    }
    fields.absorb(part);
    Some(address)
}

/// The provider tells the kind from the number's checksum; here European numbers are those that begin with letters.
fn with_kind(number: String) -> (String, String) {
    let european = number.chars().take(2).all(|letter| letter.is_ascii_uppercase());
    let kind = if european { "eu_vat" } else { "us_ein" };
    (number, kind.to_owned())
}

/// The customer's external id is known to somebody else.
pub fn external_id_mismatch() -> Refusal {
    Refusal::typed(
        StatusCode::UNPROCESSABLE_ENTITY,
        "CheckoutCustomerExternalIdMismatch",
        "A customer with this external ID already exists with another email address.",
    )
}
