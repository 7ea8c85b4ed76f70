//! Usage events, and the meters that count them.

use std::collections::BTreeMap;

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal, rule_detail},
    input::Fields,
    objects::{
        customer::Customer,
        usage::{Aggregation, Filter, Meter, UsageEvent},
        views,
    },
    random,
    state::State,
    timestamp::{Interval, Timestamp},
};

/// Events that came before, by their external id, are counted and left out.
pub fn ingest(state: &mut State, now: Timestamp, body: &Value) -> Answer<Value> {
    let mut fields = Fields::of_body(body)?;
    fields.require("events");
    let items = fields.list("events").cloned().unwrap_or_default();
    fields.finish()?;
    let mut events = Vec::new();
    let mut unknown = Vec::new();
    for (index, item) in items.iter().enumerate() {
        let event = read_event(now, index, item)?;
        if let Some(id) = event.customer_id.filter(|id| state.customer(*id).is_err()) {
            let location = json!(["body", "events", index, "customer_id"]);
            unknown.push(rule_detail(location, "Customer ID does not exist.", &json!(id)));
        }
        events.push(event);
    }
    if !unknown.is_empty() {
        return Err(Refusal::rules(unknown));
    }
    let count = events.len();
    let mut inserted = 0;
    for event in events {
        let known = event.external_id.is_some() && state.usage.iter().any(|old| old.external_id == event.external_id);
        if !known {
            inserted += 1;
            note_first_event(state, &event);
            state.usage.push(event);
        }
    }
    Ok(json!({ "inserted": inserted, "duplicates": count - inserted }))
}

fn read_event(now: Timestamp, index: usize, item: &Value) -> Answer<UsageEvent> {
    let location = vec![json!("body"), json!("events"), json!(index)];
    let Some(object) = item.as_object() else {
        return Err(Refusal::schema(vec![json!({
            "type": "dict_type", "loc": location, "msg": "Input should be a valid dictionary", "input": item,
        })]));
    };
    let mut fields = Fields::of_part(object, location);
    let name = fields.required_string("name");
    if name.chars().count() > 128 {
        fields.fault(
            "name",
            "string_too_long",
            "String should have at most 128 characters",
            &json!(name),
        );
    }
    let customer_id = fields.uuid("customer_id");
    let external_customer_id = fields.string("external_customer_id");
    if customer_id.is_none() && external_customer_id.is_none() {
        fields.require("customer_id");
    }
    let timestamp = fields.timestamp("timestamp").unwrap_or(now);
    if timestamp > now {
        fields.fault(
            "timestamp",
            "value_error",
            "Timestamp must be in the past.",
            fields.raw("timestamp"),
        );
    }
    let external_id = fields.string("external_id");
    let metadata = fields.object("metadata").cloned().unwrap_or_default();
    fields.finish()?;
    Ok(UsageEvent {
        id: random::id(),
        received_at: now,
        timestamp,
        name,
        customer_id,
        external_customer_id,
        external_id,
        metadata,
    })
}

fn note_first_event(state: &mut State, event: &UsageEvent) {
    let owner = state
        .customers
        .iter_mut()
        .find(|customer| customer.deleted_at.is_none() && belongs(event, customer));
    if let Some(customer) = owner {
        customer.first_user_event_at = customer.first_user_event_at.or(Some(event.timestamp));
    }
}

fn belongs(event: &UsageEvent, customer: &Customer) -> bool {
    event.customer_id == Some(customer.id)
        || (event.external_customer_id.is_some() && event.external_customer_id == customer.external_id)
}

pub fn create_meter(state: &mut State, now: Timestamp, body: &Value) -> Answer<Value> {
    let mut fields = Fields::of_body(body)?;
    let name = fields.required_string("name");
    if name.chars().count() < 3 {
        fields.fault(
            "name",
            "string_too_short",
            "String should have at least 3 characters",
            &json!(name),
        );
    }
    fields.require("filter");
    fields.require("aggregation");
    let filter = serde_json::from_value::<Filter>(fields.raw("filter").clone()).ok();
    let aggregation = serde_json::from_value::<Aggregation>(fields.raw("aggregation").clone()).ok();
    if filter.is_none() {
        fields.fault("filter", "value_error", "Invalid filter", fields.raw("filter"));
    }
    if aggregation.is_none() {
        fields.fault(
            "aggregation",
            "union_tag_invalid",
            "Invalid aggregation",
            fields.raw("aggregation"),
        );
    }
    let unit = fields.word("unit", &["scalar", "token", "custom"]);
    let custom_label = fields.string("custom_label");
    let custom_multiplier = fields.integer("custom_multiplier");
    let metadata = fields.metadata("metadata").unwrap_or_default();
    fields.finish()?;
    let (Some(filter), Some(aggregation)) = (filter, aggregation) else {
        return Err(Refusal::not_found());
    };
    let meter = Meter {
        metadata,
        created_at: now,
        modified_at: None,
        id: random::id(),
        name,
        unit: unit.unwrap_or_else(|| "scalar".to_owned()),
        custom_label,
        custom_multiplier,
        filter,
        aggregation,
        archived_at: None,
    };
    let shown = views::meter(state, &meter);
    state.meters.push(meter);
    Ok(shown)
}

/// Of one customer, or of all.
#[derive(Debug)]
pub struct Span {
    pub start: Timestamp,
    pub end: Timestamp,
    pub interval: Option<Interval>,
    pub customer: Option<Uuid>,
    pub external_customer: Option<String>,
}

pub fn quantities(state: &State, id: Uuid, span: &Span) -> Answer<Value> {
    let meter = state
        .meters
        .iter()
        .find(|meter| meter.id == id)
        .ok_or_else(Refusal::not_found)?;
    let customer = state.living_customers().find(|customer| {
        Some(customer.id) == span.customer
            || (span.external_customer.is_some() && customer.external_id == span.external_customer)
    });
    let asked = span.customer.is_some() || span.external_customer.is_some();
    let mut buckets: BTreeMap<Timestamp, Vec<&UsageEvent>> = BTreeMap::new();
    let mut start = span.start;
    while start <= span.end && buckets.len() < 10_000 {
        buckets.insert(start, Vec::new());
        start = match span.interval {
            Some(interval) => interval.after(start, 1, span.start.day_of_month()),
            None => start.plus(chrono::TimeDelta::hours(1)),
        };
    }
    for event in &state.usage {
        let own = !asked || customer.is_some_and(|customer| belongs(event, customer));
        let within = span.start <= event.timestamp && event.timestamp <= span.end;
        if own
            && within
            && meter.filter.matches(event)
            && let Some((_, bucket)) = buckets.range_mut(..=event.timestamp).next_back()
        {
            bucket.push(event);
        }
    }
    let total = meter.aggregation.of(buckets.values().flatten().copied());
    let quantities: Vec<Value> = buckets
        .iter()
        .map(|(start, events)| json!({ "timestamp": start, "quantity": meter.aggregation.of(events.iter().copied()) }))
        .collect();
    Ok(json!({ "quantities": quantities, "total": total }))
}

/// A customer's meters: those that have counted something for them.
pub fn meters_of(state: &State, customer: &Customer) -> Vec<Value> {
    let mut meters = Vec::new();
    for meter in state.meters.iter().filter(|meter| meter.archived_at.is_none()) {
        let counted: Vec<&UsageEvent> = state
            .usage
            .iter()
            .filter(|event| belongs(event, customer) && meter.filter.matches(event))
            .collect();
        let Some(first) = counted.first() else { continue };
        let consumed = meter.aggregation.of(counted.iter().copied());
        meters.push(json!({
            "id": combined(customer.id, meter.id),
            "created_at": first.received_at,
            "modified_at": counted.last().map(|event| event.received_at),
            "customer_id": customer.id,
            "meter_id": meter.id,
            "consumed_units": consumed,
            "credited_units": 0,
            "balance": -consumed,
            "customer": views::customer(state, customer),
            "meter": views::meter(state, meter),
        }));
    }
    meters
}

/// The same for the same two.
fn combined(customer: Uuid, meter: Uuid) -> Uuid {
    Uuid::from_u128(customer.as_u128() ^ meter.as_u128())
}
