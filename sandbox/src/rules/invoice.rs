//! Invoices of orders.

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    input::Fields,
    rules::customers,
    state::State,
    timestamp::Timestamp,
};

/// It needs to know who is billed.
pub fn generate(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let order = state.order_mut(id)?;
    if !order.paid {
        return Err(Refusal::conflict(
            "OrderNotEligibleForInvoice",
            "This order is not eligible for an invoice.",
        ));
    }
    if order.billing_name.is_none() || order.billing_address.is_none() {
        return Err(Refusal::typed(
            StatusCode::UNPROCESSABLE_ENTITY,
            "MissingInvoiceBillingDetails",
            "Billing name and address are required to generate an invoice.",
        ));
    }
    if order.is_invoice_generated {
        return Ok(());
    }
    order.is_invoice_generated = true;
    order.touch(now);
    state.emit_order(now, &["order.updated"], id)
}

pub fn url(state: &State, id: Uuid) -> Answer<Value> {
    if state.order(id)?.is_invoice_generated {
        return Ok(json!({ "url": format!("{}/invoices/{id}", state.url) }));
    }
    Err(Refusal::typed(
        StatusCode::NOT_FOUND,
        "InvoiceDoesNotExist",
        "No invoice exists for this order.",
    ))
}

/// Who is billed, until the invoice is there.
pub fn set_billing_details(state: &mut State, now: Timestamp, id: Uuid, body: &Value) -> Answer<()> {
    let mut changed = state.order(id)?.clone();
    let mut fields = Fields::of_body(body)?;
    if let Some(name) = fields.string("billing_name") {
        changed.billing_name = Some(name);
    }
    if let Some(address) = customers::address(&mut fields, "billing_address") {
        changed.billing_address = Some(address);
    }
    fields.finish()?;
    changed.touch(now);
    *state.order_mut(id)? = changed;
    state.emit_order(now, &["order.updated"], id)
}
