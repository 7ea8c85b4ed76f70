//! What the provider tells us by itself.

use chrono::{DateTime, Utc};

use super::{checkout::Checkout, customer::Customer, order::Order, subscription::Subscription};

/// What a message says about itself, as it was received.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WebhookHeaders<'a> {
    /// The same however often the message is delivered.
    pub id: &'a str,
    /// Of this delivery: seconds since 1970.
    pub timestamp: &'a str,
    /// One signature, or several.
    pub signature: &'a str,
}

/// Where the provider sends its messages, and which of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEndpoint {
    pub url: String,
    /// The provider turns off what does not answer for long.
    pub enabled: bool,
    /// Whether its messages can be read here: not those for a chat.
    pub readable: bool,
    /// What is acted on and not sent there.
    pub unheard: Vec<&'static str>,
}

/// A message that is understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WebhookEvent {
    /// The provider's name for it, such as `subscription.updated`.
    pub event_type: String,
    /// When it happened: not when it was delivered, and not in the order of deliveries.
    pub occurred_at: DateTime<Utc>,
    pub kind: WebhookKind,
}

/// What it is about: all that is known of it at that time, not only what changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum WebhookKind {
    Subscription(Box<Subscription>),
    Order(Box<Order>),
    Checkout(Box<Checkout>),
    /// `deleted` tells a customer's end.
    Customer(Box<Customer>),
    /// A type that the product does not act on, or that did not exist when this was written.
    Other,
}

/// Why a message is not acted on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum WebhookRejected {
    #[error("its timestamp is not a number of seconds")]
    Timestamp,
    #[error("its timestamp is more than five minutes ago")]
    TooOld,
    #[error("its timestamp is more than five minutes ahead")]
    TooNew,
    #[error("no signature of it is ours")]
    Signature,
    #[error("it is not a message: {0}")]
    NotJson(String),
    /// Its type is one that is acted on, but its content is not what that type has.
    #[error("{event_type} is not understood: {reason}")]
    NotUnderstood { event_type: String, reason: String },
}

impl WebhookRejected {
    /// Whether it came from the provider all the same: to be kept, and looked at by somebody.
    pub const fn is_authentic(&self) -> bool {
        matches!(self, Self::NotJson(_) | Self::NotUnderstood { .. })
    }
}
