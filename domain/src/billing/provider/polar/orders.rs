//! What Polar has charged, and its invoices.

use chrono::{DateTime, Utc};
use serde::Deserialize;

use super::{Polar, client::part, customers::CustomerOf, metadata::Metadata};
use crate::billing::provider::{BillingReason, CustomerId, Order, OrderId, OrderStatus, ProviderError};

/// As Polar tells it. The subscription in it may be older than the order: it is not read.
#[derive(Debug, Deserialize)]
pub struct OrderObject {
    id: String,
    customer_id: String,
    subscription_id: Option<String>,
    product_id: Option<String>,
    checkout_id: Option<String>,
    invoice_number: Option<String>,
    status: String,
    paid: bool,
    billing_reason: String,
    total_amount: i64,
    tax_amount: i64,
    net_amount: i64,
    #[serde(default)]
    refunded_amount: i64,
    currency: String,
    next_payment_attempt_at: Option<DateTime<Utc>>,
    #[serde(default)]
    metadata: Metadata,
    customer: Option<CustomerOf>,
    created_at: DateTime<Utc>,
    modified_at: Option<DateTime<Utc>>,
}

impl From<OrderObject> for Order {
    fn from(object: OrderObject) -> Self {
        Self {
            id: object.id.into(),
            customer: object.customer_id.into(),
            subscription: object.subscription_id.map(Into::into),
            product: object.product_id.map(Into::into),
            checkout: object.checkout_id.map(Into::into),
            number: object.invoice_number,
            status: status(object.status),
            paid: object.paid,
            billing_reason: billing_reason(object.billing_reason),
            total_amount: object.total_amount,
            tax_amount: object.tax_amount,
            net_amount: object.net_amount,
            refunded_amount: object.refunded_amount,
            currency: object.currency,
            next_payment_attempt_at: object.next_payment_attempt_at,
            tenant: object.metadata.tenant(),
            customer_tenant: object.customer.as_ref().and_then(CustomerOf::tenant),
            created_at: object.created_at,
            modified_at: object.modified_at.unwrap_or(object.created_at),
        }
    }
}

fn status(status: String) -> OrderStatus {
    match status.as_str() {
        "draft" => OrderStatus::Draft,
        "pending" => OrderStatus::Pending,
        "paid" => OrderStatus::Paid,
        "refunded" => OrderStatus::Refunded,
        "partially_refunded" => OrderStatus::PartiallyRefunded,
        "void" => OrderStatus::Void,
        _ => OrderStatus::Other(status),
    }
}

fn billing_reason(reason: String) -> BillingReason {
    match reason.as_str() {
        "purchase" => BillingReason::Purchase,
        "subscription_create" => BillingReason::SubscriptionCreate,
        "subscription_cycle" => BillingReason::SubscriptionCycle,
        "subscription_update" => BillingReason::SubscriptionUpdate,
        "subscription_meter_cycle" => BillingReason::SubscriptionMeterCycle,
        _ => BillingReason::Other(reason),
    }
}

#[derive(Debug, Deserialize)]
struct InvoiceObject {
    url: String,
}

impl Polar {
    pub(super) async fn list_orders(&self, customer: CustomerId) -> Result<Vec<Order>, ProviderError> {
        let objects: Vec<OrderObject> = self
            .client
            .list(&["orders", ""], &[("customer_id", customer.as_str())])
            .await?;
        let mut all: Vec<Order> = objects.into_iter().map(Into::into).collect();
        // As with subscriptions: what moved to the next page came twice.
        all.sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
        all.dedup_by(|one, other| one.id == other.id);
        Ok(all)
    }

    /// An invoice is written when somebody asks for it, and takes its time.
    pub(super) async fn find_or_begin_invoice(&self, order: OrderId) -> Result<Option<String>, ProviderError> {
        let path = ["orders", part(order.as_str())?, "invoice"];
        if let Some(url) = self.find_invoice(&path).await? {
            return Ok(Some(url));
        }
        self.client.begin(&path).await?;
        self.find_invoice(&path).await
    }

    async fn find_invoice(&self, path: &[&str]) -> Result<Option<String>, ProviderError> {
        match self.client.get::<InvoiceObject>(path).await {
            Ok(invoice) => Ok(Some(invoice.url)),
            Err(ProviderError::NotFound) => Ok(None),
            Err(error) => Err(error),
        }
    }
}
