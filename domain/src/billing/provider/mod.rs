//! Whoever takes the money, in the product's words.
//!
//! One trait, so that the product can be moved from one provider to another: nothing outside of this folder knows a
//! provider's routes, words or signatures. What is told here are facts as the provider has them; what follows from them for
//! an organization is not decided here. Nothing is stored, and nothing is asked of our own database. A status that the product
//! does not know cannot be acted on: what carries it is [`ProviderError::Malformed`], or a message that is not understood.

mod absent;
mod checkout;
mod customer;
mod error;
mod ids;
mod order;
pub mod polar;
mod product;
mod signature;
mod subscription;
mod usage;
mod webhook;

use std::fmt::Debug;

use chrono::{DateTime, Utc};
use contract::ids::TenantId;
use futures::future::BoxFuture;

pub use super::effective::SubscriptionStatus;
pub use absent::Absent;
pub use checkout::{CHECKOUT_ID, Checkout, CheckoutStatus, NewCharge, NewCheckout};
pub use customer::{Customer, NewCustomer, NewPortalSession, Person, PortalSession};
pub use error::ProviderError;
pub use ids::{CheckoutId, CustomerId, OrderId, ProductId, SubscriptionId};
pub use order::{BillingReason, Order, OrderStatus};
pub use product::{NewProduct, Product, ProductUpdate, SeatPrice};
pub use subscription::{Cancellation, PendingChange, Subscription, Timing};
pub use usage::{UsageEvent, UsageReceipt};
pub use webhook::{WebhookEndpoint, WebhookEvent, WebhookHeaders, WebhookKind, WebhookRejected};

/// What a question to the provider is answered with, once it is awaited.
pub type Answer<'a, T> = BoxFuture<'a, Result<T, ProviderError>>;

/// What a provider can do. What it cannot is not offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(clippy::struct_excessive_bools, reason = "each of them stands alone")]
pub struct Capabilities {
    pub plan_change: bool,
    pub seat_change: bool,
    /// [`Timing::AtRenewal`].
    pub scheduled_change: bool,
    pub undo_cancel: bool,
    /// Its subscriptions can be paused, so that [`SubscriptionStatus::Paused`] can be seen.
    pub pause: bool,
    pub portal: bool,
    pub one_time_charge: bool,
    pub usage: bool,
}

/// Whoever takes the money.
///
/// Every question has a bounded time. What only reads is asked again by itself when the provider is out of order for a
/// moment; what changes something is not, unless the provider says that nothing has happened: after
/// [`ProviderError::Unavailable`] read how it stands before asking again.
pub trait PaymentProvider: Debug + Send + Sync {
    /// One word, as it is stored beside the provider's ids.
    fn name(&self) -> &'static str;

    fn capabilities(&self) -> Capabilities;

    /// The organization's customer, made if there is none. Asked twice, also at the same time, there is one.
    fn ensure_customer(&self, new: NewCustomer) -> Answer<'_, CustomerId>;

    fn customer(&self, tenant: TenantId) -> Answer<'_, Option<Customer>>;

    /// By the provider's own id, whosever it is.
    fn customer_by_id(&self, id: CustomerId) -> Answer<'_, Option<Customer>>;

    /// A page to pay on. Each call makes another one: keep it while it is open. [`ProviderError::CustomerGone`] when the customer
    /// was deleted there.
    fn create_checkout(&self, new: NewCheckout) -> Answer<'_, Checkout>;

    /// How a checkout stands, with the subscription that came of it.
    fn checkout(&self, id: CheckoutId) -> Answer<'_, Checkout>;

    /// One change waits for the renewal, of the product, of the seats, or of both: one that is to wait joins what waits, in
    /// place of its own kind. A product that holds at once ends whatever waits; seats that hold at once end only seats that
    /// wait.
    fn change_plan(&self, id: SubscriptionId, product: ProductId, timing: Timing) -> Answer<'_, Subscription>;

    fn change_seats(&self, id: SubscriptionId, seats: u32, timing: Timing) -> Answer<'_, Subscription>;

    /// Ends it at the end of its period.
    fn cancel(&self, id: SubscriptionId, cancellation: Cancellation) -> Answer<'_, Subscription>;

    /// Of a cancelled one whose period has not ended.
    fn undo_cancel(&self, id: SubscriptionId) -> Answer<'_, Subscription>;

    /// Ends it at once. Nothing is paid back.
    fn revoke(&self, id: SubscriptionId) -> Answer<'_, Subscription>;

    /// What was to change at the renewal does not.
    fn drop_scheduled_change(&self, id: SubscriptionId) -> Answer<'_, Subscription>;

    fn portal(&self, new: NewPortalSession) -> Answer<'_, PortalSession>;

    /// A page to pay something on that is bought once.
    fn charge_once(&self, new: NewCharge) -> Answer<'_, Checkout>;

    fn report_usage(&self, events: Vec<UsageEvent>) -> Answer<'_, UsageReceipt>;

    /// All of a customer, also those that have ended, the newest first.
    fn subscriptions(&self, customer: CustomerId) -> Answer<'_, Vec<Subscription>>;

    fn subscription(&self, id: SubscriptionId) -> Answer<'_, Subscription>;

    /// All of a customer, the newest first.
    fn orders(&self, customer: CustomerId) -> Answer<'_, Vec<Order>>;

    /// Where the invoice can be fetched, for a short time. `None` while it is being written.
    fn invoice(&self, order: OrderId) -> Answer<'_, Option<String>>;

    /// All that was ever for sale.
    fn products(&self) -> Answer<'_, Vec<Product>>;

    /// Puts it up for sale. What is for sale already, by plan and interval, is answered as it is.
    fn create_product(&self, new: NewProduct) -> Answer<'_, Product>;

    /// Takes it off sale, puts it on sale again, or calls it by another name. Who pays for it goes on paying for it.
    fn update_product(&self, id: ProductId, update: ProductUpdate) -> Answer<'_, Product>;

    /// Where it sends its messages.
    fn webhook_endpoints(&self) -> Answer<'_, Vec<WebhookEndpoint>>;

    /// Whether a message is the provider's and of these minutes.
    fn authenticate_webhook(
        &self,
        headers: WebhookHeaders<'_>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<(), WebhookRejected>;

    /// What a message says that was found to be the provider's, now or when it was stored.
    fn read_webhook(&self, body: &[u8]) -> Result<WebhookEvent, WebhookRejected>;

    /// Both at once.
    fn verify_webhook(
        &self,
        headers: WebhookHeaders<'_>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<WebhookEvent, WebhookRejected> {
        self.authenticate_webhook(headers, body, now)?;
        self.read_webhook(body)
    }
}
