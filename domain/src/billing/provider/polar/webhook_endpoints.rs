//! Where Polar sends its messages.

use serde::Deserialize;

use super::Polar;
use crate::billing::provider::{ProviderError, WebhookEndpoint};

/// What an endpoint has to be sent, so that nothing is noticed late.
pub(super) const EVENTS: [&str; 21] = [
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
    "order.created",
    "order.updated",
    "order.paid",
    "order.refunded",
    "checkout.created",
    "checkout.updated",
    "checkout.expired",
    "customer.created",
    "customer.updated",
    "customer.deleted",
    "customer.state_changed",
];

/// As Polar tells it. Its secret is not read.
#[derive(Debug, Deserialize)]
struct EndpointObject {
    url: String,
    format: String,
    events: Vec<String>,
    enabled: bool,
}

impl From<EndpointObject> for WebhookEndpoint {
    fn from(object: EndpointObject) -> Self {
        let sent = |event: &&str| object.events.iter().any(|sent| sent == event);
        Self {
            unheard: EVENTS.into_iter().filter(|event| !sent(event)).collect(),
            readable: object.format == "raw",
            url: object.url,
            enabled: object.enabled,
        }
    }
}

impl Polar {
    pub(super) async fn list_webhook_endpoints(&self) -> Result<Vec<WebhookEndpoint>, ProviderError> {
        let objects: Vec<EndpointObject> = self.client.list(&["webhooks", "endpoints"], &[]).await?;
        Ok(objects.into_iter().map(Into::into).collect())
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::billing::provider::{WebhookKind, WebhookRejected, polar::webhooks::read};

    #[test]
    fn what_is_asked_for_is_what_is_acted_on() {
        for event in EVENTS {
            let message = json!({ "type": event, "timestamp": "2026-11-20T10:00:00Z", "data": {} });
            let told = read(message.to_string().as_bytes());
            assert!(matches!(told, Err(WebhookRejected::NotUnderstood { .. })), "{event}");
        }
        let other = json!({ "type": "benefit.created", "timestamp": "2026-11-20T10:00:00Z", "data": {} });
        assert_eq!(read(other.to_string().as_bytes()).unwrap().kind, WebhookKind::Other);
    }
}
