//! The buyer presses pay, and the payment goes through or does not.

use serde_json::{Value, json};
use uuid::Uuid;

use super::{
    bill::{self, Bill, Charge},
    customers::{self, NewCustomer},
    open_checkout, sessions,
    subscribe::{self, NewSubscription},
};
use crate::{
    error::{Answer, Refusal},
    objects::{
        checkout::{Checkout, CheckoutStatus},
        customer::{CardBehaviour, CustomerKind},
        order::BillingReason,
        product::seat_tiers,
        views,
    },
    state::State,
    timestamp::Timestamp,
};

/// What became of a confirmation.
#[derive(Debug)]
pub struct Confirmed {
    pub id: Uuid,
    /// None when the customer was found by the address alone: it proves nothing.
    pub customer_session_token: Option<String>,
}

/// Nothing is paid yet: [`pay`] or [`decline`] follows.
pub fn confirm(state: &mut State, now: Timestamp, secret: &str, body: &Value) -> Answer<Confirmed> {
    let found = state.checkout_by_secret(secret)?;
    open_checkout::must_be_open(found)?;
    let id = found.id;
    let mut checkout = found.clone();
    open_checkout::change(&mut checkout, body)?;
    let Some(email) = checkout.customer_email.clone() else {
        return Err(Refusal::schema(vec![json!({
            "type": "missing",
            "loc": ["body", "customer_email"],
            "msg": "Field required",
            "input": body,
        })]));
    };
    let by_email = state.customer_by_email(&email).map(|customer| customer.id);
    let known = checkout.customer_id.or(by_email);
    let proven = checkout.customer_id.is_some() || by_email.is_none();
    let external_id = checkout.external_customer_id.as_deref();
    if known.is_none() && external_id.is_some_and(|id| state.customer_by_external_id(id).is_some()) {
        return Err(customers::external_id_mismatch());
    }
    if state.product(checkout.product_id)?.is_recurring {
        no_other_subscription(state, known)?;
    }
    let customer = match known {
        Some(id) => id,
        None => customers::add(state, now, new_customer(&checkout, email)),
    };
    checkout.customer_id = Some(customer);
    checkout.status = CheckoutStatus::Confirmed;
    checkout.touch(now);
    *state.checkout_mut(id)? = checkout;
    state.emit_checkout(now, "checkout.updated", id)?;
    let customer_session_token = if proven {
        Some(sessions::token_for(state, now, customer)?)
    } else {
        None
    };
    Ok(Confirmed {
        id,
        customer_session_token,
    })
}

/// The answer to a confirmation.
pub fn shown(state: &State, confirmed: &Confirmed) -> Answer<Value> {
    let mut value = views::public_checkout(state, state.checkout(confirmed.id)?);
    value["customer_session_token"] = json!(confirmed.customer_session_token);
    Ok(value)
}

/// The payment went through: the subscription or the order is there.
pub fn pay(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let checkout = confirmed(state, id)?;
    let product = state.product(checkout.product_id)?.clone();
    let Some(customer) = checkout.customer_id else {
        return Err(Refusal::not_found());
    };
    if product.is_recurring && no_other_subscription(state, Some(customer)).is_err() {
        return decline(state, now, id);
    }
    update_customer(state, now, &checkout, customer)?;
    let prices = checkout.current_prices().to_vec();
    if product.is_recurring {
        let trial = views::trial(state, &checkout);
        let new = NewSubscription {
            customer,
            product: product.id,
            prices,
            seats: checkout.seats,
            trial_end: trial.map(|(interval, count)| interval.after(now, count, now.day_of_month())),
            checkout: Some(id),
            metadata: checkout.metadata.clone(),
            custom_field_data: checkout.custom_field_data.clone(),
        };
        subscribe::start(state, now, new)?;
    } else {
        let bill = Bill {
            customer,
            product: product.id,
            subscription: None,
            checkout: Some(id),
            reason: BillingReason::Purchase,
            seats: checkout.seats,
            currency: checkout.currency.clone(),
            items: bill::items_of(&product.name, &prices, checkout.seats, now, None),
            metadata: checkout.metadata.clone(),
            custom_field_data: checkout.custom_field_data.clone(),
        };
        let order = bill::issue(state, now, bill)?;
        bill::charge(state, now, order, Charge::present("purchase"))?;
        bill::mark_paid(state, now, order)?;
    }
    let checkout = state.checkout_mut(id)?;
    checkout.status = CheckoutStatus::Succeeded;
    checkout.payment_method_type = Some("card".to_owned());
    checkout.touch(now);
    state.emit_checkout(now, "checkout.updated", id)
}

/// The payment did not go through: the buyer may try again.
pub fn decline(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let checkout = confirmed(state, id)?;
    bill::record_declined(state, now, &checkout.currency, checkout.amount(), Some(id));
    let checkout = state.checkout_mut(id)?;
    checkout.status = CheckoutStatus::Open;
    checkout.touch(now);
    state.emit_checkout(now, "checkout.updated", id)
}

fn confirmed(state: &State, id: Uuid) -> Answer<Checkout> {
    let checkout = state.checkout(id)?;
    if checkout.status == CheckoutStatus::Confirmed {
        return Ok(checkout.clone());
    }
    Err(Refusal::forbidden(
        "NotConfirmedCheckout",
        "This checkout is not confirmed.",
    ))
}

/// A customer has one running subscription.
fn no_other_subscription(state: &State, customer: Option<Uuid>) -> Answer<()> {
    let running = state
        .subscriptions
        .iter()
        .any(|subscription| Some(subscription.customer_id) == customer && subscription.status.is_billable());
    if running {
        return Err(Refusal::forbidden(
            "AlreadyActiveSubscriptionError",
            "You already have an active subscription.",
        ));
    }
    Ok(())
}

fn new_customer(checkout: &Checkout, email: String) -> NewCustomer {
    NewCustomer {
        email: Some(email),
        external_id: checkout.external_customer_id.clone(),
        name: checkout.customer_name.clone(),
        billing_address: checkout.customer_billing_address.clone(),
        tax_id: checkout.customer_tax_id.clone(),
        locale: checkout.locale.clone(),
        metadata: serde_json::Map::new(),
        kind: CustomerKind::Individual,
        owner: None,
    }
}

/// The card is kept, the details as well, and who buys seats is a team for ever.
fn update_customer(state: &mut State, now: Timestamp, checkout: &Checkout, id: Uuid) -> Answer<()> {
    let customer = state.customer_mut(id)?;
    customer.metadata.extend(checkout.customer_metadata.clone());
    if seat_tiers(checkout.current_prices()).is_some() {
        customer.kind = CustomerKind::Team;
    }
    if checkout.amount() > 0 {
        customer.default_payment_method_id = Some(crate::random::id());
        customer.wallet.card = CardBehaviour::Pays;
    }
    if let Some(name) = &checkout.customer_billing_name {
        customer.billing_name = Some(name.clone());
    }
    if let Some(address) = &checkout.customer_billing_address {
        customer.billing_address = Some(address.clone());
    }
    customer.modified_at = Some(Timestamp::touched(now, customer.created_at, customer.modified_at));
    state.emit_customer(now, "customer.updated", id);
    Ok(())
}
