//! What has been charged.

use chrono::{DateTime, Utc};
use contract::ids::TenantId;

use super::ids::{CheckoutId, CustomerId, OrderId, ProductId, SubscriptionId};

/// One charge, as the provider tells it. Amounts are in minor units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    pub id: OrderId,
    pub customer: CustomerId,
    /// `None` for what was bought once.
    pub subscription: Option<SubscriptionId>,
    pub product: Option<ProductId>,
    pub checkout: Option<CheckoutId>,
    /// The invoice's number.
    pub number: Option<String>,
    pub status: OrderStatus,
    /// Stays true when it is paid back. True as well where there was nothing to pay: a trial's start, a full discount.
    pub paid: bool,
    pub billing_reason: BillingReason,
    /// With tax.
    pub total_amount: i64,
    pub tax_amount: i64,
    /// After discounts, before tax.
    pub net_amount: i64,
    pub refunded_amount: i64,
    /// ISO 4217, small letters.
    pub currency: String,
    /// When a failed payment is tried again.
    pub next_payment_attempt_at: Option<DateTime<Utc>>,
    /// Whose it is, as its metadata say.
    pub tenant: Option<TenantId>,
    /// Whose the customer is that paid.
    pub customer_tenant: Option<TenantId>,
    pub created_at: DateTime<Utc>,
    /// When it last changed; its creation if it never did.
    pub modified_at: DateTime<Utc>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OrderStatus {
    Draft,
    Pending,
    Paid,
    Refunded,
    PartiallyRefunded,
    Void,
    /// A status of after this was written.
    Other(String),
}

impl OrderStatus {
    /// One word, as it is stored.
    pub fn key(&self) -> &str {
        match self {
            Self::Draft => "draft",
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Refunded => "refunded",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Void => "void",
            Self::Other(word) => word,
        }
    }
}

/// Why somebody was charged.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BillingReason {
    /// Bought once.
    Purchase,
    /// The first payment.
    SubscriptionCreate,
    /// A renewal, a trial's end, or the last usage of one that ended.
    SubscriptionCycle,
    /// Another plan or more seats.
    SubscriptionUpdate,
    /// Usage.
    SubscriptionMeterCycle,
    /// A reason of after this was written.
    Other(String),
}

impl BillingReason {
    /// One word, as it is stored.
    pub fn key(&self) -> &str {
        match self {
            Self::Purchase => "purchase",
            Self::SubscriptionCreate => "subscription_create",
            Self::SubscriptionCycle => "subscription_cycle",
            Self::SubscriptionUpdate => "subscription_update",
            Self::SubscriptionMeterCycle => "subscription_meter_cycle",
            Self::Other(word) => word,
        }
    }
}
