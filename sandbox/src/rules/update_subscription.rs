//! The one request that stands for many operations: which one is told by its fields.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    cancel::{self, Reason},
    change_plan::{self, Proration},
    pause,
};
use crate::{
    error::{Answer, Refusal},
    input::Fields,
    state::State,
    timestamp::Timestamp,
};

pub fn update(state: &mut State, now: Timestamp, id: Uuid, body: &Value) -> Answer<()> {
    state.subscription(id)?;
    let mut fields = Fields::of_body(body)?;
    if fields.has("product_id") || fields.has("seats") {
        let name = fields.word("proration_behavior", &Proration::NAMES);
        let wanted = fields.uuid("product_id");
        let seats = fields.integer_within("seats", 1, 10_000);
        fields.finish()?;
        let proration = Proration::parse(name.as_deref())?;
        return match (wanted, seats) {
            (Some(product), _) => change_plan::product(state, now, id, product, proration),
            (None, Some(seats)) => change_plan::seats(state, now, id, seats, proration),
            (None, None) => Err(no_operation(body)),
        };
    }
    if fields.has("revoke") || fields.has("cancel_at_period_end") {
        let reason = Reason::read(&mut fields);
        let revoke = fields.boolean("revoke");
        let cancel = fields.boolean("cancel_at_period_end");
        fields.finish()?;
        return match (revoke, cancel) {
            (Some(true), _) => cancel::revoke(state, now, id, reason),
            (_, Some(true)) => cancel::at_period_end(state, now, id, reason),
            (_, Some(false)) => cancel::take_back(state, now, id),
            _ => Err(no_operation(body)),
        };
    }
    if fields.has("pause_at_period_end") || fields.has("resume") {
        let pause = fields.boolean("pause_at_period_end");
        let resumes_at = fields.timestamp("resumes_at");
        let resume = fields.boolean("resume");
        fields.finish()?;
        return match (pause, resume) {
            (Some(true), _) => pause::at_period_end(state, now, id, resumes_at),
            (Some(false), _) => pause::take_back(state, now, id),
            (_, Some(true)) => pause::resume(state, now, id),
            _ => Err(no_operation(body)),
        };
    }
    if fields.has("trial_end") {
        return change_plan::trial_end(state, now, id, fields.raw("trial_end"));
    }
    if fields.has("current_billing_period_end") {
        return pause::move_period_end(state, now, id, fields.raw("current_billing_period_end"));
    }
    if fields.has("pending_update") && fields.raw("pending_update").is_null() {
        return change_plan::drop_pending(state, now, id);
    }
    if fields.has("metadata") {
        let metadata = fields.metadata("metadata").unwrap_or_default();
        fields.finish()?;
        let subscription = state.subscription_mut(id)?;
        subscription.metadata = metadata;
        subscription.touch(now);
        return state.emit_subscription(now, &["subscription.updated"], id);
    }
    if !fields.raw("discount_id").is_null() {
        let input = fields.raw("discount_id");
        return Err(Refusal::rule(
            json!(["body", "discount_id"]),
            "Discount does not exist.",
            input,
        ));
    }
    Err(no_operation(body))
}

fn no_operation(body: &Value) -> Refusal {
    Refusal::schema(vec![json!({
        "type": "missing",
        "loc": ["body", "SubscriptionUpdateProduct", "product_id"],
        "msg": "Field required",
        "input": body,
    })])
}
