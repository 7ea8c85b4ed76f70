//! Where webhooks go, what is sent, and what came back.

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use crate::timestamp::Timestamp;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Endpoint {
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub id: Uuid,
    pub url: String,
    pub name: Option<String>,
    pub api_version: String,
    pub format: String,
    pub secret: String,
    pub events: Vec<String>,
    pub enabled: bool,
    pub uses_standard_webhook_signature: bool,
    #[serde(rename = "private")]
    pub from_options: bool,
}

/// One webhook to one endpoint.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct WebhookEvent {
    pub id: Uuid,
    pub endpoint_id: Uuid,
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    #[serde(rename = "type")]
    pub kind: String,
    pub payload: String,
    pub api_version: String,
    pub last_http_code: Option<u16>,
    pub succeeded: Option<bool>,
    pub skipped: bool,
    pub attempts: u32,
    pub state: EventState,
    /// What is done wrong with it on purpose.
    pub mischief: Option<Mischief>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EventState {
    Pending,
    Delivered,
    /// Given up.
    Failed,
    /// The endpoint was switched off.
    Skipped,
    /// Lost on purpose.
    Lost,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mischief {
    /// Sent twice.
    Duplicate,
    /// Sent after the one that follows.
    Reorder,
    Delay,
}

/// One attempt.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Delivery {
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub id: Uuid,
    pub succeeded: bool,
    pub http_code: Option<u16>,
    pub response: Option<String>,
    pub event_id: Uuid,
    pub endpoint_id: Uuid,
}

/// All types of the version, with those of what the sandbox leaves out.
pub const EVENT_TYPES: [&str; 42] = [
    "checkout.created",
    "checkout.updated",
    "checkout.expired",
    "customer.created",
    "customer.updated",
    "customer.deleted",
    "customer.state_changed",
    "customer_seat.assigned",
    "customer_seat.claimed",
    "customer_seat.revoked",
    "member.created",
    "member.updated",
    "member.deleted",
    "order.created",
    "order.updated",
    "order.paid",
    "order.refunded",
    "subscription.created",
    "subscription.updated",
    "subscription.active",
    "subscription.canceled",
    "subscription.uncanceled",
    "subscription.cycled",
    "subscription.revoked",
    "subscription.past_due",
    "subscription.paused",
    "subscription.resumed",
    "subscription.migrated",
    "refund.created",
    "refund.updated",
    "product.created",
    "product.updated",
    "discount.created",
    "discount.updated",
    "discount.deleted",
    "benefit.created",
    "benefit.updated",
    "benefit_grant.created",
    "benefit_grant.cycled",
    "benefit_grant.updated",
    "benefit_grant.revoked",
    "organization.updated",
];
