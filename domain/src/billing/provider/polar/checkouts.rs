//! Pay pages.

use std::{collections::BTreeMap, net::IpAddr};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{
    Polar,
    client::part,
    metadata::{self, Metadata},
};
use crate::billing::provider::{Checkout, CheckoutId, CheckoutStatus, NewCharge, NewCheckout, ProviderError};

/// As Polar tells it.
#[derive(Debug, Deserialize)]
pub struct CheckoutObject {
    id: String,
    url: String,
    status: String,
    expires_at: DateTime<Utc>,
    customer_id: Option<String>,
    product_id: Option<String>,
    seats: Option<u32>,
    #[serde(default)]
    metadata: Metadata,
    /// Of an upgrade only.
    subscription_id: Option<String>,
    created_at: DateTime<Utc>,
    modified_at: Option<DateTime<Utc>>,
}

impl From<CheckoutObject> for Checkout {
    fn from(object: CheckoutObject) -> Self {
        Self {
            id: object.id.into(),
            url: object.url,
            status: status(object.status),
            expires_at: object.expires_at,
            tenant: object.metadata.tenant(),
            customer: object.customer_id.map(Into::into),
            product: object.product_id.map(Into::into),
            seats: object.seats,
            subscription: object.subscription_id.map(Into::into),
            created_at: object.created_at,
            modified_at: object.modified_at.unwrap_or(object.created_at),
        }
    }
}

fn status(status: String) -> CheckoutStatus {
    match status.as_str() {
        "open" => CheckoutStatus::Open,
        "confirmed" => CheckoutStatus::Confirmed,
        "succeeded" => CheckoutStatus::Succeeded,
        "expired" => CheckoutStatus::Expired,
        "failed" => CheckoutStatus::Failed,
        _ => CheckoutStatus::Other(status),
    }
}

#[derive(Debug, Serialize)]
struct CreateCheckout<'a> {
    customer_id: &'a str,
    products: [&'a str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    seats: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    min_seats: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    max_seats: Option<u32>,
    success_url: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    return_url: Option<&'a str>,
    metadata: BTreeMap<String, String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    locale: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    customer_ip_address: Option<IpAddr>,
}

impl Polar {
    pub(super) async fn open_checkout(&self, new: NewCheckout) -> Result<Checkout, ProviderError> {
        self.create(&CreateCheckout {
            customer_id: new.customer.as_str(),
            products: [new.product.as_str()],
            seats: Some(new.seats),
            min_seats: new.min_seats,
            max_seats: new.max_seats,
            success_url: &new.success_url,
            return_url: new.return_url.as_deref(),
            metadata: metadata::of_tenant(new.tenant, new.metadata),
            locale: new.locale.as_deref(),
            customer_ip_address: new.client_ip,
        })
        .await
    }

    pub(super) async fn open_charge(&self, new: NewCharge) -> Result<Checkout, ProviderError> {
        self.create(&CreateCheckout {
            customer_id: new.customer.as_str(),
            products: [new.product.as_str()],
            seats: None,
            min_seats: None,
            max_seats: None,
            success_url: &new.success_url,
            return_url: new.return_url.as_deref(),
            metadata: metadata::of_tenant(new.tenant, new.metadata),
            locale: new.locale.as_deref(),
            customer_ip_address: new.client_ip,
        })
        .await
    }

    async fn create(&self, body: &CreateCheckout<'_>) -> Result<Checkout, ProviderError> {
        match self.client.post::<CheckoutObject>(&["checkouts", ""], body).await {
            Ok(object) => Ok(object.into()),
            Err(ProviderError::Refused { field, .. }) if field.as_deref() == Some("customer_id") => {
                Err(ProviderError::CustomerGone)
            }
            Err(error) => Err(error),
        }
    }

    /// A checkout does not tell the subscription that it made; the subscription tells its checkout.
    pub(super) async fn read_checkout(&self, id: CheckoutId) -> Result<Checkout, ProviderError> {
        let object: CheckoutObject = self.client.get(&["checkouts", part(id.as_str())?]).await?;
        let mut checkout = Checkout::from(object);
        if let (CheckoutStatus::Succeeded, None, Some(customer)) =
            (&checkout.status, &checkout.subscription, &checkout.customer)
        {
            let bought = self.list_subscriptions(customer.clone()).await?;
            checkout.subscription = bought
                .into_iter()
                .find(|subscription| subscription.checkout.as_ref() == Some(&checkout.id))
                .map(|subscription| subscription.id);
        }
        Ok(checkout)
    }
}
