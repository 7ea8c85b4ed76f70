//! What the product says in the questions of these tests.

use std::collections::BTreeMap;

use contract::{billing::BillingInterval, ids::UserId};
use domain::billing::provider::{
    CHECKOUT_ID, NewCharge, NewCheckout, NewCustomer, NewPortalSession, NewProduct, Person, SeatPrice, UsageEvent,
};

use super::fixtures::{CUSTOMER, PRODUCT, moment, tenant};

pub const USER: &str = "0199e8f0-0000-7000-8000-000000000007";

pub fn person() -> Person {
    Person {
        user: UserId(USER.parse().unwrap()),
        email: "ada@example.com".to_owned(),
        name: "Ada".to_owned(),
    }
}

pub fn new_customer() -> NewCustomer {
    NewCustomer {
        tenant: tenant(),
        name: "Acme".to_owned(),
        owner: person(),
    }
}

pub fn new_checkout() -> NewCheckout {
    NewCheckout {
        customer: CUSTOMER.into(),
        tenant: tenant(),
        product: PRODUCT.into(),
        seats: 5,
        min_seats: Some(3),
        max_seats: Some(10),
        success_url: format!("https://app.example.com/return?checkout={CHECKOUT_ID}"),
        return_url: Some("https://app.example.com/plans".to_owned()),
        metadata: BTreeMap::from([("attempt".to_owned(), "a1".to_owned())]),
        locale: Some("en".to_owned()),
        client_ip: Some("203.0.113.7".parse().unwrap()),
    }
}

pub fn new_charge() -> NewCharge {
    NewCharge {
        customer: CUSTOMER.into(),
        tenant: tenant(),
        product: PRODUCT.into(),
        success_url: "https://app.example.com/return".to_owned(),
        return_url: None,
        metadata: BTreeMap::new(),
        locale: None,
        client_ip: None,
    }
}

pub fn new_product() -> NewProduct {
    NewProduct {
        name: "Team, yearly".to_owned(),
        plan: "team".to_owned(),
        interval: BillingInterval::Year,
        seat_price: SeatPrice {
            amount: 9600,
            currency: "usd".to_owned(),
            min_seats: 2,
            max_seats: Some(50),
        },
    }
}

pub fn new_portal_session() -> NewPortalSession {
    NewPortalSession {
        customer: CUSTOMER.into(),
        person: person(),
        return_url: Some("https://app.example.com/billing".to_owned()),
    }
}

pub fn usage() -> UsageEvent {
    UsageEvent {
        id: "export-1".to_owned(),
        tenant: tenant(),
        name: "exports".to_owned(),
        quantity: 3,
        occurred_at: moment("2026-11-20T10:00:00Z"),
    }
}
