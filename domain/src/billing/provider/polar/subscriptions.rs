//! Subscriptions. A change of one is a `PATCH` with exactly one kind of content: two things at once are two calls. Of two that
//! wait for the renewal the second joins the first, since May 2026 (polarsource/polar#11831).

use chrono::{DateTime, Utc};
use contract::billing::CancelReason;
use serde::{Deserialize, Deserializer, Serialize, de::Error};

use super::{Polar, client::part, customers::CustomerOf, metadata::Metadata};
use crate::billing::provider::{
    Cancellation, CustomerId, PendingChange, ProductId, ProviderError, Subscription, SubscriptionId,
    SubscriptionStatus, Timing,
};

/// As Polar tells it.
#[derive(Debug, Deserialize)]
pub struct SubscriptionObject {
    id: String,
    customer_id: String,
    product_id: String,
    #[serde(deserialize_with = "status")]
    status: SubscriptionStatus,
    seats: Option<u32>,
    amount: i64,
    currency: String,
    discount_id: Option<String>,
    current_period_start: DateTime<Utc>,
    current_period_end: Option<DateTime<Utc>>,
    trial_end: Option<DateTime<Utc>>,
    cancel_at_period_end: bool,
    canceled_at: Option<DateTime<Utc>>,
    ends_at: Option<DateTime<Utc>>,
    ended_at: Option<DateTime<Utc>>,
    started_at: Option<DateTime<Utc>>,
    past_due_at: Option<DateTime<Utc>>,
    pending_update: Option<PendingUpdate>,
    paused_at: Option<DateTime<Utc>>,
    resumes_at: Option<DateTime<Utc>>,
    checkout_id: Option<String>,
    #[serde(default)]
    metadata: Metadata,
    customer: Option<CustomerOf>,
    created_at: DateTime<Utc>,
    modified_at: Option<DateTime<Utc>>,
}

#[derive(Debug, Deserialize)]
struct PendingUpdate {
    applies_at: DateTime<Utc>,
    product_id: Option<String>,
    seats: Option<u32>,
}

impl From<SubscriptionObject> for Subscription {
    fn from(object: SubscriptionObject) -> Self {
        Self {
            id: object.id.into(),
            customer: object.customer_id.into(),
            product: object.product_id.into(),
            status: object.status,
            seats: object.seats,
            amount: object.amount,
            currency: object.currency,
            discounted: object.discount_id.is_some(),
            current_period_start: object.current_period_start,
            current_period_end: object.current_period_end,
            trial_end: object.trial_end,
            cancel_at_period_end: object.cancel_at_period_end,
            canceled_at: object.canceled_at,
            ends_at: object.ends_at,
            ended_at: object.ended_at,
            started_at: object.started_at,
            past_due_at: object.past_due_at,
            pending: object.pending_update.map(|pending| PendingChange {
                product: pending.product_id.map(Into::into),
                seats: pending.seats,
                applies_at: pending.applies_at,
            }),
            paused_at: object.paused_at,
            resumes_at: object.resumes_at,
            checkout: object.checkout_id.map(Into::into),
            tenant: object.metadata.tenant(),
            customer_tenant: object.customer.as_ref().and_then(CustomerOf::tenant),
            created_at: object.created_at,
            modified_at: object.modified_at.unwrap_or(object.created_at),
        }
    }
}

/// Polar's words are the product's. One that is not known cannot be acted on, and is told as what it is.
fn status<'de, D: Deserializer<'de>>(from: D) -> Result<SubscriptionStatus, D::Error> {
    let word = String::deserialize(from)?;
    SubscriptionStatus::from_key(&word).ok_or_else(|| D::Error::custom(format!("the status {word} is not known")))
}

/// The kinds of content of a `PATCH`.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Change<'a> {
    Plan {
        product_id: &'a str,
        proration_behavior: &'static str,
    },
    Seats {
        seats: u32,
        proration_behavior: &'static str,
    },
    Cancel {
        cancel_at_period_end: bool,
        customer_cancellation_reason: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        customer_cancellation_comment: Option<&'a str>,
    },
    UndoCancel {
        cancel_at_period_end: bool,
    },
    DropPending {
        pending_update: (),
    },
}

const fn proration(timing: Timing) -> &'static str {
    match timing {
        Timing::Now => "invoice",
        Timing::AtRenewal => "next_period",
    }
}

const fn reason(reason: CancelReason) -> &'static str {
    match reason {
        CancelReason::TooExpensive => "too_expensive",
        CancelReason::MissingFeature => "missing_features",
        CancelReason::JustTesting => "unused",
        CancelReason::Other => "other",
    }
}

impl Polar {
    pub(super) async fn list_subscriptions(&self, customer: CustomerId) -> Result<Vec<Subscription>, ProviderError> {
        let objects: Vec<SubscriptionObject> = self
            .client
            .list(&["subscriptions", ""], &[("customer_id", customer.as_str())])
            .await?;
        let mut all: Vec<Subscription> = objects.into_iter().map(Into::into).collect();
        // What came up while the pages were read has moved others to the next page: they came twice.
        all.sort_by(|one, other| (other.created_at, &other.id).cmp(&(one.created_at, &one.id)));
        all.dedup_by(|one, other| one.id == other.id);
        Ok(all)
    }

    pub(super) async fn read_subscription(&self, id: SubscriptionId) -> Result<Subscription, ProviderError> {
        let object: SubscriptionObject = self.client.get(&["subscriptions", part(id.as_str())?]).await?;
        Ok(object.into())
    }

    pub(super) async fn set_plan(
        &self,
        id: SubscriptionId,
        product: ProductId,
        timing: Timing,
    ) -> Result<Subscription, ProviderError> {
        let change = Change::Plan {
            product_id: product.as_str(),
            proration_behavior: proration(timing),
        };
        self.change(id, &change).await
    }

    pub(super) async fn set_seats(
        &self,
        id: SubscriptionId,
        seats: u32,
        timing: Timing,
    ) -> Result<Subscription, ProviderError> {
        let change = Change::Seats {
            seats,
            proration_behavior: proration(timing),
        };
        self.change(id, &change).await
    }

    pub(super) async fn set_cancel(
        &self,
        id: SubscriptionId,
        cancellation: Cancellation,
    ) -> Result<Subscription, ProviderError> {
        let change = Change::Cancel {
            cancel_at_period_end: true,
            customer_cancellation_reason: reason(cancellation.reason),
            customer_cancellation_comment: cancellation.comment.as_deref(),
        };
        self.change(id, &change).await
    }

    pub(super) async fn unset_cancel(&self, id: SubscriptionId) -> Result<Subscription, ProviderError> {
        let change = Change::UndoCancel {
            cancel_at_period_end: false,
        };
        self.change(id, &change).await
    }

    pub(super) async fn unset_pending(&self, id: SubscriptionId) -> Result<Subscription, ProviderError> {
        self.change(id, &Change::DropPending { pending_update: () }).await
    }

    pub(super) async fn end_now(&self, id: SubscriptionId) -> Result<Subscription, ProviderError> {
        let object: SubscriptionObject = self.client.delete(&["subscriptions", part(id.as_str())?]).await?;
        Ok(object.into())
    }

    async fn change(&self, id: SubscriptionId, change: &Change<'_>) -> Result<Subscription, ProviderError> {
        let object: SubscriptionObject = self
            .client
            .patch(&["subscriptions", part(id.as_str())?], change)
            .await?;
        Ok(object.into())
    }
}
