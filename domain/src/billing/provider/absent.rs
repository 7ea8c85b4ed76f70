//! No provider: what an installation has whose operator has not chosen one.

use chrono::{DateTime, Utc};
use contract::ids::TenantId;
use futures::FutureExt;

use super::{
    Answer, Cancellation, Capabilities, Checkout, CheckoutId, Customer, CustomerId, NewCharge, NewCheckout,
    NewCustomer, NewPortalSession, NewProduct, Order, OrderId, PaymentProvider, PortalSession, Product, ProductId,
    ProductUpdate, ProviderError, Subscription, SubscriptionId, Timing, UsageEvent, UsageReceipt, WebhookEndpoint,
    WebhookEvent, WebhookHeaders, WebhookRejected,
};

/// Can nothing, and is never reached. Whatever it sends is not authentic.
#[derive(Debug, Clone, Copy, Default)]
pub struct Absent;

fn nobody<'a, T: Send + 'a>() -> Answer<'a, T> {
    async {
        Err(ProviderError::Unavailable(
            "no payment provider is configured".to_owned(),
        ))
    }
    .boxed()
}

impl PaymentProvider for Absent {
    fn name(&self) -> &'static str {
        "absent"
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities {
            plan_change: false,
            seat_change: false,
            scheduled_change: false,
            undo_cancel: false,
            pause: false,
            portal: false,
            one_time_charge: false,
            usage: false,
        }
    }

    fn ensure_customer(&self, _: NewCustomer) -> Answer<'_, CustomerId> {
        nobody()
    }

    fn customer(&self, _: TenantId) -> Answer<'_, Option<Customer>> {
        nobody()
    }

    fn customer_by_id(&self, _: CustomerId) -> Answer<'_, Option<Customer>> {
        nobody()
    }

    fn create_checkout(&self, _: NewCheckout) -> Answer<'_, Checkout> {
        nobody()
    }

    fn checkout(&self, _: CheckoutId) -> Answer<'_, Checkout> {
        nobody()
    }

    fn change_plan(&self, _: SubscriptionId, _: ProductId, _: Timing) -> Answer<'_, Subscription> {
        nobody()
    }

    fn change_seats(&self, _: SubscriptionId, _: u32, _: Timing) -> Answer<'_, Subscription> {
        nobody()
    }

    fn cancel(&self, _: SubscriptionId, _: Cancellation) -> Answer<'_, Subscription> {
        nobody()
    }

    fn undo_cancel(&self, _: SubscriptionId) -> Answer<'_, Subscription> {
        nobody()
    }

    fn revoke(&self, _: SubscriptionId) -> Answer<'_, Subscription> {
        nobody()
    }

    fn drop_scheduled_change(&self, _: SubscriptionId) -> Answer<'_, Subscription> {
        nobody()
    }

    fn portal(&self, _: NewPortalSession) -> Answer<'_, PortalSession> {
        nobody()
    }

    fn charge_once(&self, _: NewCharge) -> Answer<'_, Checkout> {
        nobody()
    }

    fn report_usage(&self, _: Vec<UsageEvent>) -> Answer<'_, UsageReceipt> {
        nobody()
    }

    fn subscriptions(&self, _: CustomerId) -> Answer<'_, Vec<Subscription>> {
        nobody()
    }

    fn subscription(&self, _: SubscriptionId) -> Answer<'_, Subscription> {
        nobody()
    }

    fn orders(&self, _: CustomerId) -> Answer<'_, Vec<Order>> {
        nobody()
    }

    fn invoice(&self, _: OrderId) -> Answer<'_, Option<String>> {
        nobody()
    }

    fn products(&self) -> Answer<'_, Vec<Product>> {
        nobody()
    }

    fn create_product(&self, _: NewProduct) -> Answer<'_, Product> {
        nobody()
    }

    fn update_product(&self, _: ProductId, _: ProductUpdate) -> Answer<'_, Product> {
        nobody()
    }

    fn webhook_endpoints(&self) -> Answer<'_, Vec<WebhookEndpoint>> {
        nobody()
    }

    fn authenticate_webhook(&self, _: WebhookHeaders<'_>, _: &[u8], _: DateTime<Utc>) -> Result<(), WebhookRejected> {
        Err(WebhookRejected::Signature)
    }

    fn read_webhook(&self, _: &[u8]) -> Result<WebhookEvent, WebhookRejected> {
        Err(WebhookRejected::Signature)
    }
}
