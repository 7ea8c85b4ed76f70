//! Money goes back. The subscription stays as it is.

use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    input::Fields,
    objects::{
        order::{OrderStatus, Refund},
        views,
    },
    random,
    state::State,
    timestamp::Timestamp,
};

const REASONS: [&str; 6] = [
    "duplicate",
    "fraudulent",
    "customer_request",
    "service_disruption",
    "satisfaction_guarantee",
    "other",
];

pub fn create(state: &mut State, now: Timestamp, body: &Value) -> Answer<Value> {
    let mut fields = Fields::of_body(body)?;
    for key in ["order_id", "amount", "reason"] {
        fields.require(key);
    }
    let order_id: Option<Uuid> = fields.uuid("order_id");
    let amount = fields.integer_within("amount", 1, i64::MAX).unwrap_or_default();
    let reason = fields.word("reason", &REASONS).unwrap_or_default();
    let revoke_benefits = fields.boolean("revoke_benefits").unwrap_or(false);
    let metadata = fields.metadata("metadata").unwrap_or_default();
    fields.finish()?;
    let found = order_id.and_then(|id| state.order(id).ok()).filter(|order| order.paid);
    let Some(order) = found else {
        return Err(Refusal::rule(
            json!(["body", "order_id"]),
            "Order not found",
            &json!(order_id),
        ));
    };
    if revoke_benefits && order.subscription_id.is_some() {
        return Err(Refusal::bad(
            "RevokeSubscriptionBenefitsProhibited",
            "Cannot revoke benefits of a subscription order: cancel the subscription instead.",
        ));
    }
    if order.refundable_amount() == 0 {
        return Err(Refusal::forbidden("RefundedAlready", "Order is already fully refunded"));
    }
    if amount > order.refundable_amount() {
        let message = "Refund amount exceeds remaining order balance.";
        return Err(Refusal::rule(json!(["body", "amount"]), message, &json!(amount)));
    }
    let refund = Refund {
        created_at: now,
        modified_at: None,
        id: random::id(),
        metadata,
        status: "succeeded".to_owned(),
        reason,
        amount,
        tax_amount: 0,
        currency: order.currency.clone(),
        order_id: order.id,
        subscription_id: order.subscription_id,
        customer_id: order.customer_id,
        revoke_benefits,
    };
    let id = order.id;
    let data = views::refund(state, &refund);
    state.refunds.push(refund);
    let order = state.order_mut(id)?;
    order.refunded_amount += amount;
    order.status = if order.refundable_amount() == 0 {
        OrderStatus::Refunded
    } else {
        OrderStatus::PartiallyRefunded
    };
    order.touch(now);
    state.emit(now, "refund.created", &data);
    state.emit_order(now, &["order.refunded"], id)?;
    Ok(data)
}
