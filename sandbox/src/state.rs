//! Everything the sandbox remembers. Written to its file as it is.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use crate::{
    error::{Answer, Refusal},
    faults::Faults,
    objects::{
        checkout::Checkout,
        customer::{Customer, CustomerSession, Member, MemberRole},
        order::{Order, Payment, Refund},
        product::Product,
        subscription::Subscription,
        usage::{Meter, UsageEvent},
        views,
        webhook::{Delivery, Endpoint, WebhookEvent},
    },
    timestamp::Timestamp,
};

#[derive(Debug, Serialize, Deserialize)]
pub struct State {
    pub organization: Organization,
    pub products: Vec<Product>,
    pub customers: Vec<Customer>,
    pub members: Vec<Member>,
    pub sessions: Vec<CustomerSession>,
    pub checkouts: Vec<Checkout>,
    pub subscriptions: Vec<Subscription>,
    pub orders: Vec<Order>,
    pub payments: Vec<Payment>,
    pub refunds: Vec<Refund>,
    pub meters: Vec<Meter>,
    pub usage: Vec<UsageEvent>,
    pub endpoints: Vec<Endpoint>,
    pub events: Vec<WebhookEvent>,
    pub deliveries: Vec<Delivery>,
    /// Those whose `customer.state_changed` is still to be sent.
    pub changed_customers: BTreeSet<Uuid>,
    pub faults: Faults,
    /// Of the sandbox's own clock, where it has one.
    pub ahead_seconds: i64,
    /// Where the sandbox listens, which is another place after a restart.
    #[serde(skip)]
    pub url: String,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Organization {
    pub id: Uuid,
    pub created_at: Timestamp,
    pub name: String,
    pub slug: String,
    pub invoices: u32,
}

impl State {
    pub fn new(organization: Organization) -> Self {
        Self {
            organization,
            products: Vec::new(),
            customers: Vec::new(),
            members: Vec::new(),
            sessions: Vec::new(),
            checkouts: Vec::new(),
            subscriptions: Vec::new(),
            orders: Vec::new(),
            payments: Vec::new(),
            refunds: Vec::new(),
            meters: Vec::new(),
            usage: Vec::new(),
            endpoints: Vec::new(),
            events: Vec::new(),
            deliveries: Vec::new(),
            changed_customers: BTreeSet::new(),
            faults: Faults::default(),
            ahead_seconds: 0,
            url: String::new(),
        }
    }

    pub fn product(&self, id: Uuid) -> Answer<&Product> {
        found(self.products.iter().find(|product| product.id == id))
    }

    /// A customer who is not deleted.
    pub fn customer(&self, id: Uuid) -> Answer<&Customer> {
        found(self.living_customers().find(|customer| customer.id == id))
    }

    pub fn customer_mut(&mut self, id: Uuid) -> Answer<&mut Customer> {
        found(
            self.customers
                .iter_mut()
                .find(|customer| customer.id == id && customer.deleted_at.is_none()),
        )
    }

    pub fn living_customers(&self) -> impl Iterator<Item = &Customer> {
        self.customers.iter().filter(|customer| customer.deleted_at.is_none())
    }

    pub fn customer_by_external_id(&self, external_id: &str) -> Option<&Customer> {
        self.living_customers()
            .find(|customer| customer.external_id.as_deref() == Some(external_id))
    }

    /// Addresses are compared without case.
    pub fn customer_by_email(&self, email: &str) -> Option<&Customer> {
        self.living_customers().find(|customer| {
            let own = customer.email.as_deref();
            own.is_some_and(|own| own.to_lowercase() == email.to_lowercase())
        })
    }

    pub fn owner(&self, customer: Uuid) -> Option<&Member> {
        self.members
            .iter()
            .find(|member| member.customer_id == customer && member.role == MemberRole::Owner)
    }

    pub fn checkout(&self, id: Uuid) -> Answer<&Checkout> {
        found(self.checkouts.iter().find(|checkout| checkout.id == id))
    }

    pub fn checkout_mut(&mut self, id: Uuid) -> Answer<&mut Checkout> {
        found(self.checkouts.iter_mut().find(|checkout| checkout.id == id))
    }

    pub fn checkout_by_secret(&self, secret: &str) -> Answer<&Checkout> {
        found(self.checkouts.iter().find(|checkout| checkout.client_secret == secret))
    }

    pub fn subscription(&self, id: Uuid) -> Answer<&Subscription> {
        found(self.subscriptions.iter().find(|subscription| subscription.id == id))
    }

    pub fn subscription_mut(&mut self, id: Uuid) -> Answer<&mut Subscription> {
        found(self.subscriptions.iter_mut().find(|subscription| subscription.id == id))
    }

    pub fn order(&self, id: Uuid) -> Answer<&Order> {
        found(self.orders.iter().find(|order| order.id == id))
    }

    pub fn order_mut(&mut self, id: Uuid) -> Answer<&mut Order> {
        found(self.orders.iter_mut().find(|order| order.id == id))
    }

    pub fn endpoint(&self, id: Uuid) -> Answer<&Endpoint> {
        found(self.endpoints.iter().find(|endpoint| endpoint.id == id))
    }

    pub fn endpoint_mut(&mut self, id: Uuid) -> Answer<&mut Endpoint> {
        found(self.endpoints.iter_mut().find(|endpoint| endpoint.id == id))
    }

    /// Whether the name of a session is one of an unexpired portal session.
    pub fn session(&self, token: &str, now: Timestamp) -> Option<&CustomerSession> {
        self.sessions
            .iter()
            .find(|session| session.token == token && now < session.expires_at)
    }

    pub fn emit_checkout(&mut self, now: Timestamp, kind: &str, id: Uuid) -> Answer<()> {
        let data = views::checkout(self, self.checkout(id)?);
        self.emit(now, kind, &data);
        Ok(())
    }

    pub fn emit_subscription(&mut self, now: Timestamp, kinds: &[&str], id: Uuid) -> Answer<()> {
        let subscription = self.subscription(id)?;
        let customer = subscription.customer_id;
        let data = views::subscription(self, subscription);
        for kind in kinds {
            self.emit(now, kind, &data);
        }
        self.changed_customers.insert(customer);
        Ok(())
    }

    pub fn emit_order(&mut self, now: Timestamp, kinds: &[&str], id: Uuid) -> Answer<()> {
        let data = views::order(self, self.order(id)?);
        for kind in kinds {
            self.emit(now, kind, &data);
        }
        Ok(())
    }

    /// Of customers who were deleted as well.
    pub fn emit_customer(&mut self, now: Timestamp, kind: &str, id: Uuid) {
        let customer = self.customers.iter().find(|customer| customer.id == id);
        let data = customer.map_or_else(|| json!(null), |customer| views::customer(self, customer));
        self.emit(now, kind, &data);
        self.changed_customers.insert(id);
    }
}

fn found<T>(option: Option<T>) -> Answer<T> {
    option.ok_or_else(Refusal::not_found)
}
