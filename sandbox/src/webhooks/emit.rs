//! Makes webhooks of what happens.

use serde_json::{Value, json};

use crate::{
    faults::take,
    objects::{
        views,
        webhook::{EventState, Mischief, WebhookEvent},
    },
    random,
    state::State,
    timestamp::Timestamp,
};

/// Finished events beyond these are forgotten, oldest first.
const REMEMBERED: usize = 5000;

impl State {
    /// One event for every endpoint that is on and wants this type.
    pub fn emit(&mut self, now: Timestamp, kind: &str, data: &Value) {
        let wanting: Vec<_> = self
            .endpoints
            .iter()
            .filter(|endpoint| endpoint.enabled && endpoint.events.iter().any(|wanted| wanted == kind))
            .map(|endpoint| (endpoint.id, endpoint.api_version.clone()))
            .collect();
        for (endpoint_id, api_version) in wanting {
            let payload = json!({ "type": kind, "timestamp": now, "api_version": api_version, "data": data });
            let (state, mischief) = self.mischief();
            self.events.push(WebhookEvent {
                id: random::id(),
                endpoint_id,
                created_at: now,
                modified_at: None,
                kind: kind.to_owned(),
                payload: payload.to_string(),
                api_version,
                last_http_code: None,
                succeeded: None,
                skipped: false,
                attempts: 0,
                state,
                mischief,
            });
        }
        self.forget_old_events();
    }

    fn mischief(&mut self) -> (EventState, Option<Mischief>) {
        let faults = &mut self.faults;
        if take(&mut faults.lose_webhooks) {
            (EventState::Lost, None)
        } else if take(&mut faults.duplicate_webhooks) {
            (EventState::Pending, Some(Mischief::Duplicate))
        } else if take(&mut faults.reorder_webhooks) {
            (EventState::Pending, Some(Mischief::Reorder))
        } else if take(&mut faults.delay_webhooks) {
            (EventState::Pending, Some(Mischief::Delay))
        } else {
            (EventState::Pending, None)
        }
    }

    /// What customers may do now, once for all that happened to them since.
    pub fn emit_customer_states(&mut self, now: Timestamp) {
        for id in std::mem::take(&mut self.changed_customers) {
            if let Some(customer) = self.customers.iter().find(|customer| customer.id == id) {
                let data = views::customer_state(self, customer);
                self.emit(now, "customer.state_changed", &data);
            }
        }
    }

    fn forget_old_events(&mut self) {
        while self.events.len() > REMEMBERED {
            let Some(oldest) = self.events.iter().position(|event| event.state != EventState::Pending) else {
                return;
            };
            let event = self.events.remove(oldest);
            self.deliveries.retain(|delivery| delivery.event_id != event.id);
        }
    }
}
