//! Makes checkouts, and changes them while they are open.

use std::collections::BTreeMap;

use axum::http::StatusCode;
use serde_json::{Value, json};
use uuid::Uuid;

use super::customers;
use crate::{
    error::{Answer, Refusal},
    input::Fields,
    objects::{
        checkout::{Checkout, CheckoutStatus, TIME_TO_LIVE},
        customer::Customer,
        product::{Price, seat_tiers},
    },
    random,
    state::State,
    timestamp::{Interval, Timestamp},
};

const MOST_SEATS: i64 = 10_000;

pub fn create(state: &mut State, now: Timestamp, body: &Value) -> Answer<Uuid> {
    let mut fields = Fields::of_body(body)?;
    fields.require("products");
    let product_ids = fields.uuids("products");
    let currency = fields.string("currency");
    let customer_id = fields.uuid("customer_id");
    let external_customer_id = fields
        .string("external_customer_id")
        .or_else(|| fields.string("customer_external_id"));
    let mut checkout = Checkout {
        id: random::id(),
        created_at: now,
        modified_at: None,
        status: CheckoutStatus::Open,
        client_secret: random::token("polar_c_"),
        expires_at: now.plus(TIME_TO_LIVE),
        success_url: fields.string("success_url"),
        return_url: fields.string("return_url"),
        embed_origin: fields.string("embed_origin"),
        seats: fields.integer_within("seats", 1, MOST_SEATS),
        min_seats: fields.integer_within("min_seats", 1, MOST_SEATS),
        max_seats: fields.integer_within("max_seats", 1, MOST_SEATS),
        currency: "usd".to_owned(),
        allow_trial: fields.boolean("allow_trial").unwrap_or(true),
        trial_interval: fields
            .word("trial_interval", &Interval::NAMES)
            .and_then(|name| Interval::parse(&name)),
        trial_interval_count: fields.count("trial_interval_count", 1000),
        product_id: Uuid::nil(),
        prices: BTreeMap::new(),
        product_ids,
        allow_discount_codes: fields.boolean("allow_discount_codes").unwrap_or(true),
        require_billing_address: fields.boolean("require_billing_address").unwrap_or(false),
        customer_id: None,
        is_business_customer: false,
        customer_name: None,
        customer_email: None,
        customer_ip_address: fields.string("customer_ip_address"),
        customer_billing_name: None,
        customer_billing_address: None,
        customer_tax_id: None,
        locale: fields.string("locale"),
        metadata: fields.metadata("metadata").unwrap_or_default(),
        custom_field_data: fields.object("custom_field_data").cloned().unwrap_or_default(),
        external_customer_id,
        customer_metadata: fields.metadata("customer_metadata").unwrap_or_default(),
        payment_method_type: None,
    };
    read_buyer(&mut fields, &mut checkout);
    let [discount, subscription] = ["discount_id", "subscription_id"].map(|key| fields.raw(key).clone());
    fields.finish()?;
    if !discount.is_null() {
        return Err(Refusal::rule(
            json!(["body", "discount_id"]),
            "Discount does not exist.",
            &discount,
        ));
    }
    if !subscription.is_null() {
        let message = "Only free subscriptions can be upgraded.";
        return Err(Refusal::rule(
            json!(["body", "subscription_id"]),
            message,
            &subscription,
        ));
    }
    price(state, &mut checkout, currency.as_deref())?;
    seats(&mut checkout)?;
    link_customer(state, &mut checkout, customer_id)?;
    let id = checkout.id;
    state.checkouts.push(checkout);
    state.emit_checkout(now, "checkout.created", id)?;
    Ok(id)
}

/// By the merchant or on the page.
pub fn update(state: &mut State, now: Timestamp, id: Uuid, body: &Value) -> Answer<()> {
    must_be_open(state.checkout(id)?)?;
    let mut changed = state.checkout(id)?.clone();
    change(&mut changed, body)?;
    changed.touch(now);
    *state.checkout_mut(id)? = changed;
    state.emit_checkout(now, "checkout.updated", id)
}

/// What may be changed while it is open.
pub fn change(checkout: &mut Checkout, body: &Value) -> Answer<()> {
    let mut fields = Fields::of_body(body)?;
    if let Some(product) = fields.uuid("product_id") {
        if !checkout.product_ids.contains(&product) {
            let message = "Product is not available in this checkout.";
            return Err(Refusal::rule(json!(["body", "product_id"]), message, &json!(product)));
        }
        checkout.product_id = product;
    }
    if let Some(count) = fields.integer_within("seats", 1, MOST_SEATS) {
        checkout.seats = Some(count);
    }
    if fields.has("success_url") {
        checkout.success_url = fields.string("success_url");
    }
    if fields.has("return_url") {
        checkout.return_url = fields.string("return_url");
    }
    if let Some(metadata) = fields.metadata("metadata") {
        checkout.metadata = metadata;
    }
    if let Some(metadata) = fields.metadata("customer_metadata") {
        checkout.customer_metadata = metadata;
    }
    read_buyer(&mut fields, checkout);
    fields.finish()?;
    seats(checkout)
}

/// 410 once it has expired, 403 when it is paid or being paid.
pub fn must_be_open(checkout: &Checkout) -> Answer<()> {
    match checkout.status {
        CheckoutStatus::Open => Ok(()),
        CheckoutStatus::Expired => Err(expired()),
        CheckoutStatus::Confirmed | CheckoutStatus::Succeeded => {
            Err(Refusal::forbidden("NotOpenCheckout", "This checkout is not open."))
        }
    }
}

pub fn expired() -> Refusal {
    Refusal::typed(
        StatusCode::GONE,
        "ExpiredCheckoutError",
        "This checkout session has expired.",
    )
}

/// The address stays the customer's when one is linked.
fn read_buyer(fields: &mut Fields<'_>, checkout: &mut Checkout) {
    if checkout.customer_id.is_none()
        && let Some(email) = fields.email("customer_email")
    {
        checkout.customer_email = Some(email);
    }
    for (key, place) in [
        ("customer_name", &mut checkout.customer_name),
        ("customer_billing_name", &mut checkout.customer_billing_name),
        ("customer_tax_id", &mut checkout.customer_tax_id),
    ] {
        if fields.has(key) {
            *place = fields.string(key);
        }
    }
    if fields.has("customer_billing_address") {
        checkout.customer_billing_address = customers::address(fields, "customer_billing_address");
    }
    if let Some(business) = fields.boolean("is_business_customer") {
        checkout.is_business_customer = business;
    }
    let country = checkout.customer_billing_address.as_ref();
    if checkout.customer_tax_id.is_some() && country.is_none() {
        let message = "Country is required with a tax ID.";
        fields.fault("customer_billing_address", "value_error", message, &Value::Null);
    }
}

/// Every product must be on sale, in one currency.
fn price(state: &State, checkout: &mut Checkout, currency: Option<&str>) -> Answer<()> {
    for (index, id) in checkout.product_ids.iter().enumerate() {
        let refuse = |message: &str| Refusal::rule(json!(["body", "products", index]), message, &json!(id));
        let product = state.product(*id).map_err(|_| refuse("Product does not exist."))?;
        if product.is_archived {
            return Err(refuse("Product is archived."));
        }
        let prices: Vec<Price> = product.prices_in(currency);
        let Some(first) = prices.first() else {
            return Err(refuse("Product has no price in this currency."));
        };
        checkout.currency.clone_from(&first.price_currency);
        checkout.prices.insert(*id, prices);
    }
    let Some(first) = checkout.product_ids.first() else {
        return Err(Refusal::schema(vec![json!({
            "type": "too_short",
            "loc": ["body", "products"],
            "msg": "List should have at least 1 item after validation, not 0",
            "input": [],
        })]));
    };
    checkout.product_id = *first;
    Ok(())
}

fn seats(checkout: &mut Checkout) -> Answer<()> {
    let refuse =
        |message: &str, seats: Option<i64>| Err(Refusal::rule(json!(["body", "seats"]), message, &json!(seats)));
    let Some(tiers) = seat_tiers(checkout.current_prices()).cloned() else {
        if checkout.seats.is_some() && checkout.product_ids.len() == 1 {
            return refuse("Seats can only be set for seat-based prices.", checkout.seats);
        }
        checkout.seats = None;
        return Ok(());
    };
    let least = checkout.min_seats.unwrap_or(1).max(tiers.minimum_seats);
    let most = checkout
        .max_seats
        .unwrap_or(MOST_SEATS)
        .min(tiers.maximum_seats.unwrap_or(MOST_SEATS));
    let seats = checkout.seats.unwrap_or(least);
    if seats < least {
        return refuse(&format!("At least {least} seats are needed."), checkout.seats);
    }
    if seats > most {
        return refuse(&format!("At most {most} seats are possible."), checkout.seats);
    }
    checkout.seats = Some(seats);
    Ok(())
}

/// A known customer's details are filled in. An unknown external id waits for the confirmation.
fn link_customer(state: &State, checkout: &mut Checkout, id: Option<Uuid>) -> Answer<()> {
    let known: Option<&Customer> = match id {
        Some(id) => Some(
            state
                .customer(id)
                .map_err(|_| Refusal::rule(json!(["body", "customer_id"]), "Customer does not exist.", &json!(id)))?,
        ),
        None => checkout
            .external_customer_id
            .as_deref()
            .and_then(|external_id| state.customer_by_external_id(external_id)),
    };
    if let Some(customer) = known {
        let owner = state.owner(customer.id).map(|owner| owner.email.clone());
        checkout.customer_id = Some(customer.id);
        checkout.external_customer_id.clone_from(&customer.external_id);
        checkout.customer_email = customer.email.clone().or(owner);
        checkout.customer_name = checkout.customer_name.take().or_else(|| customer.name.clone());
        checkout.customer_billing_name = checkout
            .customer_billing_name
            .take()
            .or_else(|| customer.billing_name.clone());
        checkout.customer_billing_address = checkout
            .customer_billing_address
            .take()
            .or_else(|| customer.billing_address.clone());
    }
    Ok(())
}
