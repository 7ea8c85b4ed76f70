//! A provider that says what a test wants it to say.

use std::sync::{Arc, Mutex};

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use contract::ids::{PaymentEventId, TenantId};
use futures::FutureExt;

use super::{
    events::receive::{Received, receive},
    provider::{
        Absent, Answer, BillingReason, Cancellation, Capabilities, Checkout, CheckoutId, Customer, CustomerId,
        NewCharge, NewCheckout, NewCustomer, NewPortalSession, NewProduct, Order, OrderId, OrderStatus,
        PaymentProvider, PendingChange, PortalSession, Product, ProductId, ProductUpdate, ProviderError, Subscription,
        SubscriptionId, SubscriptionStatus, Timing, UsageEvent, UsageReceipt, WebhookEndpoint, WebhookEvent,
        WebhookHeaders, WebhookKind, WebhookRejected,
    },
};
use crate::{Deps, database::PlatformDatabase, testing::TestDatabase};

const ABSENT: &Absent = &Absent;

/// What it knows; the body of a message is its place in `messages`.
#[derive(Debug, Default)]
pub(crate) struct Script {
    pub messages: Mutex<Vec<WebhookKind>>,
    pub customer: Mutex<Option<Customer>>,
    pub subscriptions: Mutex<Vec<Subscription>>,
    pub orders: Mutex<Vec<Order>>,
    /// Customers of others, found by their ids.
    pub others: Mutex<Vec<Customer>>,
    /// Whether it does not answer.
    pub away: Mutex<bool>,
    /// Whether it answers, and goes away as soon as it is to change something.
    pub faint: Mutex<bool>,
    /// What it was asked to change.
    pub asked: Mutex<Vec<String>>,
}

impl Script {
    /// With the dependencies that ask it, and products for the plans.
    pub async fn begin(database: &TestDatabase, deps: Deps) -> (Arc<Self>, Deps) {
        sqlx::query("update plan_prices set provider_product_id = plan_key || '-' || billing_interval")
            .execute(database.owner())
            .await
            .unwrap();
        let script = Arc::new(Self::default());
        let deps = Deps {
            payments: script.clone(),
            ..deps
        };
        (script, deps)
    }

    /// Sends it, under an id of its own.
    pub async fn send(
        &self,
        platform: &PlatformDatabase,
        deps: &Deps,
        message: &str,
        kind: WebhookKind,
    ) -> PaymentEventId {
        let body = {
            let mut messages = self.messages.lock().unwrap();
            messages.push(kind);
            (messages.len() - 1).to_string()
        };
        match receive(platform, deps, headers(message), body.as_bytes())
            .await
            .unwrap()
        {
            Received::Stored(id) => id,
            other => panic!("{other:?}"),
        }
    }

    fn answer<T: Send + 'static>(&self, answer: impl FnOnce(&Self) -> T) -> Answer<'_, T> {
        let answer = if *self.away.lock().unwrap() {
            Err(ProviderError::Unavailable("away".to_owned()))
        } else {
            Ok(answer(self))
        };
        async { answer }.boxed()
    }

    /// Does to one what it is asked to do.
    fn change(
        &self,
        what: &str,
        id: &SubscriptionId,
        change: impl FnOnce(&mut Subscription),
    ) -> Answer<'_, Subscription> {
        let found = self.answer(|script| {
            script.asked.lock().unwrap().push(format!("{what} {id}"));
            let mut subscriptions = script.subscriptions.lock().unwrap();
            let one = subscriptions.iter_mut().find(|one| one.id == *id)?;
            change(one);
            one.modified_at += TimeDelta::hours(1);
            Some(one.clone())
        });
        async { found.await?.ok_or(ProviderError::NotFound) }.boxed()
    }
}

pub(crate) fn headers(id: &str) -> WebhookHeaders<'_> {
    WebhookHeaders {
        id,
        timestamp: "0",
        signature: "good",
    }
}

pub(crate) fn at(day: u32, hour: u32) -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 3, day, hour, 0, 0).unwrap()
}

/// Team by the month for five, from the second of March on.
pub(crate) fn subscription(tenant: TenantId, id: &str) -> Subscription {
    Subscription {
        id: id.into(),
        customer: "customer".into(),
        product: "team-month".into(),
        status: SubscriptionStatus::Active,
        seats: Some(5),
        amount: 9_500,
        currency: "usd".to_owned(),
        discounted: false,
        current_period_start: at(2, 9),
        current_period_end: Some(at(2, 9) + TimeDelta::days(31)),
        trial_end: None,
        cancel_at_period_end: false,
        canceled_at: None,
        ends_at: None,
        ended_at: None,
        started_at: Some(at(2, 9)),
        past_due_at: None,
        pending: None,
        paused_at: None,
        resumes_at: None,
        checkout: None,
        tenant: Some(tenant),
        customer_tenant: Some(tenant),
        created_at: at(2, 9),
        modified_at: at(2, 9),
    }
}

/// The customer that the messages name, of this organization.
pub(crate) fn customer(tenant: TenantId, id: &str) -> Customer {
    Customer {
        id: id.into(),
        tenant: Some(tenant),
        name: None,
        email: None,
        deleted: false,
        created_at: at(2, 8),
        modified_at: at(2, 8),
    }
}

/// Its first payment.
pub(crate) fn order(tenant: TenantId, id: &str) -> Order {
    Order {
        id: id.into(),
        customer: "customer".into(),
        subscription: Some("one".into()),
        product: None,
        checkout: None,
        number: Some(format!("INV-{id}")),
        status: OrderStatus::Paid,
        paid: true,
        billing_reason: BillingReason::SubscriptionCreate,
        total_amount: 9_500,
        tax_amount: 0,
        net_amount: 9_500,
        refunded_amount: 0,
        currency: "usd".to_owned(),
        next_payment_attempt_at: None,
        tenant: Some(tenant),
        customer_tenant: Some(tenant),
        created_at: at(2, 9),
        modified_at: at(2, 9),
    }
}

pub(crate) fn told(subscription: Subscription) -> WebhookKind {
    WebhookKind::Subscription(Box::new(subscription))
}

impl PaymentProvider for Script {
    fn name(&self) -> &'static str {
        "polar"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            seat_change: true,
            ..ABSENT.capabilities()
        }
    }

    fn ensure_customer(&self, new: NewCustomer) -> Answer<'_, CustomerId> {
        ABSENT.ensure_customer(new)
    }

    fn customer(&self, _: TenantId) -> Answer<'_, Option<Customer>> {
        self.answer(|script| script.customer.lock().unwrap().clone())
    }

    fn customer_by_id(&self, id: CustomerId) -> Answer<'_, Option<Customer>> {
        self.answer(|script| {
            let own = script.customer.lock().unwrap().clone();
            let others = script.others.lock().unwrap().clone();
            own.into_iter().chain(others).find(|customer| customer.id == id)
        })
    }

    fn create_checkout(&self, new: NewCheckout) -> Answer<'_, Checkout> {
        ABSENT.create_checkout(new)
    }

    fn checkout(&self, id: CheckoutId) -> Answer<'_, Checkout> {
        ABSENT.checkout(id)
    }

    fn change_plan(&self, id: SubscriptionId, product: ProductId, timing: Timing) -> Answer<'_, Subscription> {
        ABSENT.change_plan(id, product, timing)
    }

    fn change_seats(&self, id: SubscriptionId, seats: u32, timing: Timing) -> Answer<'_, Subscription> {
        if *self.faint.lock().unwrap() {
            return ABSENT.change_seats(id, seats, timing);
        }
        self.change(&format!("seats {seats} {timing:?}"), &id, |one| match timing {
            Timing::Now => {
                one.amount = one.amount / i64::from(one.seats.unwrap_or(1)) * i64::from(seats);
                one.seats = Some(seats);
            }
            Timing::AtRenewal => {
                one.pending = Some(PendingChange {
                    product: None,
                    seats: Some(seats),
                    applies_at: one.current_period_end.unwrap(),
                });
            }
        })
    }

    fn cancel(&self, id: SubscriptionId, _: Cancellation) -> Answer<'_, Subscription> {
        self.change("cancel", &id, |one| {
            one.cancel_at_period_end = true;
            one.ends_at = one.current_period_end;
        })
    }

    fn undo_cancel(&self, id: SubscriptionId) -> Answer<'_, Subscription> {
        self.change("undo_cancel", &id, |one| {
            one.cancel_at_period_end = false;
            one.ends_at = None;
        })
    }

    fn revoke(&self, id: SubscriptionId) -> Answer<'_, Subscription> {
        self.change("revoke", &id, |one| one.status = SubscriptionStatus::Canceled)
    }

    fn drop_scheduled_change(&self, id: SubscriptionId) -> Answer<'_, Subscription> {
        ABSENT.drop_scheduled_change(id)
    }

    fn portal(&self, new: NewPortalSession) -> Answer<'_, PortalSession> {
        ABSENT.portal(new)
    }

    fn charge_once(&self, new: NewCharge) -> Answer<'_, Checkout> {
        ABSENT.charge_once(new)
    }

    fn report_usage(&self, events: Vec<UsageEvent>) -> Answer<'_, UsageReceipt> {
        ABSENT.report_usage(events)
    }

    fn subscriptions(&self, _: CustomerId) -> Answer<'_, Vec<Subscription>> {
        self.answer(|script| script.subscriptions.lock().unwrap().clone())
    }

    fn subscription(&self, id: SubscriptionId) -> Answer<'_, Subscription> {
        self.change("read", &id, |_| ())
    }

    fn orders(&self, _: CustomerId) -> Answer<'_, Vec<Order>> {
        self.answer(|script| script.orders.lock().unwrap().clone())
    }

    fn invoice(&self, order: OrderId) -> Answer<'_, Option<String>> {
        ABSENT.invoice(order)
    }

    fn products(&self) -> Answer<'_, Vec<Product>> {
        ABSENT.products()
    }

    fn webhook_endpoints(&self) -> Answer<'_, Vec<WebhookEndpoint>> {
        ABSENT.webhook_endpoints()
    }

    fn create_product(&self, new: NewProduct) -> Answer<'_, Product> {
        ABSENT.create_product(new)
    }

    fn update_product(&self, id: ProductId, update: ProductUpdate) -> Answer<'_, Product> {
        ABSENT.update_product(id, update)
    }

    fn authenticate_webhook(
        &self,
        headers: WebhookHeaders<'_>,
        _: &[u8],
        _: DateTime<Utc>,
    ) -> Result<(), WebhookRejected> {
        if headers.signature == "good" {
            Ok(())
        } else {
            Err(WebhookRejected::Signature)
        }
    }

    fn read_webhook(&self, body: &[u8]) -> Result<WebhookEvent, WebhookRejected> {
        let place: Option<usize> = std::str::from_utf8(body).ok().and_then(|text| text.parse().ok());
        let kind = place.and_then(|place| self.messages.lock().unwrap().get(place).cloned());
        let kind = kind.ok_or_else(|| WebhookRejected::NotUnderstood {
            event_type: "subscription.updated".to_owned(),
            reason: "the status hibernating is not known".to_owned(),
        })?;
        Ok(WebhookEvent {
            event_type: "subscription.updated".to_owned(),
            occurred_at: DateTime::UNIX_EPOCH,
            kind,
        })
    }
}
