//! Polar, <https://polar.sh>: the default provider.
//!
//! A thin client of its API of version 2026-10 and of its webhooks. One file for each of its resources: what is sent, what is
//! read of an answer, and what that is in the product's words. Fields and values that came up later do not disturb.
//!
//! Seats are a price and a number here; who sits on one is ours alone, so Polar's own seat assignments are not used and it
//! writes to nobody about them.

mod checkouts;
mod client;
mod customers;
mod envelope;
mod metadata;
mod orders;
mod products;
mod settings;
mod subscriptions;
mod usage;
mod webhook_endpoints;
mod webhooks;

use chrono::{DateTime, Utc};
use contract::ids::TenantId;

pub use settings::{Environment, InvalidSettings, Patience, Settings, SigningSecret, Token};

use self::client::Client;
use super::{
    Answer, Cancellation, Capabilities, Checkout, CheckoutId, Customer, CustomerId, NewCharge, NewCheckout,
    NewCustomer, NewPortalSession, NewProduct, Order, OrderId, PaymentProvider, PortalSession, Product, ProductId,
    ProductUpdate, Subscription, SubscriptionId, Timing, UsageEvent, UsageReceipt, WebhookEndpoint, WebhookEvent,
    WebhookHeaders, WebhookRejected,
};

/// Cheap to clone; clones share their connections.
#[derive(Debug, Clone)]
pub struct Polar {
    client: Client,
    webhook_secrets: Vec<SigningSecret>,
}

impl Polar {
    /// Asks nothing yet: whether the token is good is known at the first question.
    pub fn new(settings: Settings) -> Result<Self, InvalidSettings> {
        Ok(Self {
            client: Client::new(&settings)?,
            webhook_secrets: settings.webhook_secrets,
        })
    }
}

impl PaymentProvider for Polar {
    fn name(&self) -> &'static str {
        "polar"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            plan_change: true,
            seat_change: true,
            scheduled_change: true,
            undo_cancel: true,
            pause: true,
            portal: true,
            one_time_charge: true,
            usage: true,
        }
    }

    fn ensure_customer(&self, new: NewCustomer) -> Answer<'_, CustomerId> {
        Box::pin(self.find_or_create_customer(new))
    }

    fn customer(&self, tenant: TenantId) -> Answer<'_, Option<Customer>> {
        Box::pin(self.find_customer(tenant))
    }

    fn customer_by_id(&self, id: CustomerId) -> Answer<'_, Option<Customer>> {
        Box::pin(self.read_customer(id))
    }

    fn create_checkout(&self, new: NewCheckout) -> Answer<'_, Checkout> {
        Box::pin(self.open_checkout(new))
    }

    fn checkout(&self, id: CheckoutId) -> Answer<'_, Checkout> {
        Box::pin(self.read_checkout(id))
    }

    fn change_plan(&self, id: SubscriptionId, product: ProductId, timing: Timing) -> Answer<'_, Subscription> {
        Box::pin(self.set_plan(id, product, timing))
    }

    fn change_seats(&self, id: SubscriptionId, seats: u32, timing: Timing) -> Answer<'_, Subscription> {
        Box::pin(self.set_seats(id, seats, timing))
    }

    fn cancel(&self, id: SubscriptionId, cancellation: Cancellation) -> Answer<'_, Subscription> {
        Box::pin(self.set_cancel(id, cancellation))
    }

    fn undo_cancel(&self, id: SubscriptionId) -> Answer<'_, Subscription> {
        Box::pin(self.unset_cancel(id))
    }

    fn revoke(&self, id: SubscriptionId) -> Answer<'_, Subscription> {
        Box::pin(self.end_now(id))
    }

    fn drop_scheduled_change(&self, id: SubscriptionId) -> Answer<'_, Subscription> {
        Box::pin(self.unset_pending(id))
    }

    fn portal(&self, new: NewPortalSession) -> Answer<'_, PortalSession> {
        Box::pin(self.open_portal(new))
    }

    fn charge_once(&self, new: NewCharge) -> Answer<'_, Checkout> {
        Box::pin(self.open_charge(new))
    }

    fn report_usage(&self, events: Vec<UsageEvent>) -> Answer<'_, UsageReceipt> {
        Box::pin(self.ingest(events))
    }

    fn subscriptions(&self, customer: CustomerId) -> Answer<'_, Vec<Subscription>> {
        Box::pin(self.list_subscriptions(customer))
    }

    fn subscription(&self, id: SubscriptionId) -> Answer<'_, Subscription> {
        Box::pin(self.read_subscription(id))
    }

    fn orders(&self, customer: CustomerId) -> Answer<'_, Vec<Order>> {
        Box::pin(self.list_orders(customer))
    }

    fn invoice(&self, order: OrderId) -> Answer<'_, Option<String>> {
        Box::pin(self.find_or_begin_invoice(order))
    }

    fn products(&self) -> Answer<'_, Vec<Product>> {
        Box::pin(self.list_products())
    }

    fn create_product(&self, new: NewProduct) -> Answer<'_, Product> {
        Box::pin(self.find_or_create_product(new))
    }

    fn update_product(&self, id: ProductId, update: ProductUpdate) -> Answer<'_, Product> {
        Box::pin(self.change_product(id, update))
    }

    fn webhook_endpoints(&self) -> Answer<'_, Vec<WebhookEndpoint>> {
        Box::pin(self.list_webhook_endpoints())
    }

    fn authenticate_webhook(
        &self,
        headers: WebhookHeaders<'_>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), WebhookRejected> {
        self.check_signature(headers, body, now)
    }

    fn read_webhook(&self, body: &[u8]) -> Result<WebhookEvent, WebhookRejected> {
        webhooks::read(body)
    }
}
