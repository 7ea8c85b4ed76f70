//! The provider's pay page: what is taken there, and how it went.

use std::{collections::BTreeMap, net::IpAddr};

use chrono::{DateTime, Utc};
use contract::ids::TenantId;

use super::ids::{CheckoutId, CustomerId, ProductId, SubscriptionId};

/// Stands for the checkout's id in `success_url`. Providers that write it otherwise translate it.
pub const CHECKOUT_ID: &str = "{CHECKOUT_ID}";

/// A subscription that somebody is about to buy.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCheckout {
    pub customer: CustomerId,
    pub tenant: TenantId,
    pub product: ProductId,
    pub seats: u32,
    /// Fewer cannot be chosen on the page.
    pub min_seats: Option<u32>,
    /// More cannot be chosen on the page.
    pub max_seats: Option<u32>,
    /// Where the page leads when it is paid. May contain [`CHECKOUT_ID`].
    pub success_url: String,
    /// Where the page leads who changed their mind.
    pub return_url: Option<String>,
    /// Carried to the subscription and its orders, beside the tenant. Keys of up to 40 and values of up to 500 characters, none
    /// of them empty.
    pub metadata: BTreeMap<String, String>,
    /// Such as `en` or `de-AT`.
    pub locale: Option<String>,
    /// The buyer's address: country and currency are derived from it.
    pub client_ip: Option<IpAddr>,
}

/// Something that is bought once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewCharge {
    pub customer: CustomerId,
    pub tenant: TenantId,
    /// A product without an interval.
    pub product: ProductId,
    /// As of a [`NewCheckout`].
    pub success_url: String,
    pub return_url: Option<String>,
    pub metadata: BTreeMap<String, String>,
    pub locale: Option<String>,
    pub client_ip: Option<IpAddr>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkout {
    pub id: CheckoutId,
    /// The page to send the buyer to.
    pub url: String,
    pub status: CheckoutStatus,
    pub expires_at: DateTime<Utc>,
    /// As the checkout's metadata say.
    pub tenant: Option<TenantId>,
    pub customer: Option<CustomerId>,
    pub product: Option<ProductId>,
    pub seats: Option<u32>,
    /// What came of it. Only [`super::PaymentProvider::checkout`] looks for it, and only of one that succeeded.
    pub subscription: Option<SubscriptionId>,
    pub created_at: DateTime<Utc>,
    /// When it last changed; its creation if it never did.
    pub modified_at: DateTime<Utc>,
}

/// How far a checkout has come. A declined payment leads from `Confirmed` back to `Open`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CheckoutStatus {
    /// The page can be used.
    Open,
    /// The button has been pressed; nothing is paid yet.
    Confirmed,
    /// Paid.
    Succeeded,
    /// Too late for it.
    Expired,
    Failed,
    /// A status of after this was written.
    Other(String),
}
