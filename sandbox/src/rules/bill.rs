//! Orders and their charges.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    objects::{
        customer::{CardBehaviour, Customer},
        order::{BillingReason, Dunning, Order, OrderItem, OrderStatus, Payment},
        product::{self, Price},
    },
    random,
    state::State,
    timestamp::Timestamp,
};

#[derive(Debug)]
pub struct Bill {
    pub customer: Uuid,
    pub product: Uuid,
    pub subscription: Option<Uuid>,
    pub checkout: Option<Uuid>,
    pub reason: BillingReason,
    pub seats: Option<i64>,
    pub currency: String,
    pub items: Vec<OrderItem>,
    pub metadata: Map<String, Value>,
    pub custom_field_data: Map<String, Value>,
}

/// Whether somebody is there to confirm, and why it is charged.
#[derive(Debug, Clone, Copy)]
pub struct Charge {
    trigger: &'static str,
    buyer_is_present: bool,
}

impl Charge {
    /// By a buyer, with a card that was seen to pay.
    pub fn present(trigger: &'static str) -> Self {
        Self {
            trigger,
            buyer_is_present: true,
        }
    }

    /// By the provider alone, with the card it keeps.
    pub fn absent(trigger: &'static str) -> Self {
        Self {
            trigger,
            buyer_is_present: false,
        }
    }
}

/// One line for what a period costs.
pub fn items_of(
    label: &str,
    prices: &[Price],
    seats: Option<i64>,
    start: Timestamp,
    end: Option<Timestamp>,
) -> Vec<OrderItem> {
    vec![item(label, product::amount(prices, seats), prices, start, end)]
}

pub fn item(label: &str, amount: i64, prices: &[Price], start: Timestamp, end: Option<Timestamp>) -> OrderItem {
    OrderItem {
        created_at: start,
        modified_at: None,
        id: random::id(),
        label: label.to_owned(),
        amount,
        tax_amount: 0,
        proration: false,
        product_price_id: prices.first().map(|price| price.id),
        start_timestamp: end.map(|_| start),
        end_timestamp: end,
    }
}

/// A pending order. One below zero is owed to the customer, and taken off the next ones.
pub fn issue(state: &mut State, now: Timestamp, bill: Bill) -> Answer<Uuid> {
    let subtotal: i64 = bill.items.iter().map(|item| item.amount).sum();
    let customer = state.customer_mut(bill.customer)?;
    let applied = if subtotal < 0 {
        -subtotal
    } else {
        -subtotal.min(customer.wallet.balance.max(0))
    };
    customer.wallet.balance += applied;
    let (billing_name, billing_address) = (customer.billing_name.clone(), customer.billing_address.clone());
    state.organization.invoices += 1;
    let prefix = state.organization.slug.to_uppercase();
    let order = Order {
        id: random::id(),
        created_at: now,
        modified_at: None,
        status: OrderStatus::Pending,
        paid: false,
        subtotal_amount: subtotal,
        applied_balance_amount: applied.min(0),
        refunded_amount: 0,
        currency: bill.currency,
        billing_reason: bill.reason,
        billing_name,
        billing_address,
        invoice_number: format!("{prefix}-{:04}", state.organization.invoices),
        is_invoice_generated: false,
        seats: bill.seats,
        customer_id: bill.customer,
        product_id: bill.product,
        subscription_id: bill.subscription,
        checkout_id: bill.checkout,
        next_payment_attempt_at: None,
        metadata: bill.metadata,
        custom_field_data: bill.custom_field_data,
        items: bill.items,
        dunning: Dunning::default(),
    };
    let id = order.id;
    state.orders.push(order);
    state.emit_order(now, &["order.created"], id)?;
    Ok(id)
}

/// Whether the money came. Nothing due is paid without a payment.
pub fn charge(state: &mut State, now: Timestamp, order: Uuid, charge: Charge) -> Answer<bool> {
    let found = state.order(order)?;
    if found.due_amount() == 0 {
        return Ok(true);
    }
    let customer = state.customer(found.customer_id)?;
    let card = if charge.buyer_is_present {
        CardBehaviour::Pays
    } else {
        customer.wallet.card
    };
    let refusal = match card {
        _ if !charge.buyer_is_present && customer.default_payment_method_id.is_none() => Some("missing_payment_method"),
        CardBehaviour::Pays => None,
        CardBehaviour::Declines => Some("card_declined"),
        CardBehaviour::AsksForConfirmation => Some("authentication_required"),
    };
    let (amount, currency, checkout) = (found.due_amount(), found.currency.clone(), found.checkout_id);
    let mut payment = payment(now, &currency, amount, charge.trigger, card, refusal);
    payment.order_id = Some(order);
    payment.checkout_id = checkout;
    state.payments.push(payment);
    Ok(refusal.is_none())
}

/// Why the card that is kept would not pay: 402.
pub fn card_refusal(customer: &Customer) -> Option<Refusal> {
    let failed = |reason: &str| {
        let detail = format!("Payment failed with reason: {reason}.");
        Some(Refusal::typed(StatusCode::PAYMENT_REQUIRED, "PaymentFailed", &detail))
    };
    if customer.default_payment_method_id.is_none() {
        return failed("missing_payment_method");
    }
    match customer.wallet.card {
        CardBehaviour::Pays => None,
        CardBehaviour::Declines => failed("card_error"),
        CardBehaviour::AsksForConfirmation => Some(Refusal::typed(
            StatusCode::PAYMENT_REQUIRED,
            "PaymentActionRequired",
            "The payment has to be confirmed by the customer.",
        )),
    }
}

pub fn mark_paid(state: &mut State, now: Timestamp, id: Uuid) -> Answer<()> {
    let order = state.order_mut(id)?;
    order.status = OrderStatus::Paid;
    order.paid = true;
    order.next_payment_attempt_at = None;
    order.touch(now);
    state.emit_order(now, &["order.updated", "order.paid"], id)
}

/// An attempt without an order: of a checkout, or of a change that did not happen.
pub fn record_declined(state: &mut State, now: Timestamp, currency: &str, amount: i64, checkout: Option<Uuid>) {
    let card = CardBehaviour::Declines;
    let mut payment = payment(now, currency, amount, "purchase", card, Some("card_declined"));
    payment.checkout_id = checkout;
    state.payments.push(payment);
}

fn payment(
    now: Timestamp,
    currency: &str,
    amount: i64,
    trigger: &str,
    card: CardBehaviour,
    refusal: Option<&str>,
) -> Payment {
    Payment {
        created_at: now,
        modified_at: None,
        id: random::id(),
        processor: "stripe".to_owned(),
        status: if refusal.is_none() { "succeeded" } else { "failed" }.to_owned(),
        amount,
        currency: currency.to_owned(),
        method: "card".to_owned(),
        trigger: trigger.to_owned(),
        decline_reason: refusal.map(str::to_owned),
        decline_message: refusal.map(|_| "The payment was declined.".to_owned()),
        checkout_id: None,
        order_id: None,
        processor_metadata: Map::new(),
        method_metadata: json!({ "brand": "visa", "last4": card.last4() }),
    }
}
