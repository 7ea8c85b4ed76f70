//! Checkouts.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::product::{self, Price};
use crate::timestamp::{Interval, Timestamp};

pub const TIME_TO_LIVE: TimeDelta = TimeDelta::hours(24);

#[derive(Debug, Clone, Serialize, Deserialize)]
#[expect(clippy::struct_excessive_bools, reason = "the object is the provider's")]
pub struct Checkout {
    pub id: Uuid,
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub status: CheckoutStatus,
    pub client_secret: String,
    pub expires_at: Timestamp,
    /// As it came, with the place for the id.
    pub success_url: Option<String>,
    pub return_url: Option<String>,
    pub embed_origin: Option<String>,
    pub seats: Option<i64>,
    pub min_seats: Option<i64>,
    pub max_seats: Option<i64>,
    pub currency: String,
    pub allow_trial: bool,
    pub trial_interval: Option<Interval>,
    pub trial_interval_count: Option<u32>,
    pub product_id: Uuid,
    /// What each of the products cost when the checkout was made.
    pub prices: BTreeMap<Uuid, Vec<Price>>,
    pub product_ids: Vec<Uuid>,
    pub allow_discount_codes: bool,
    pub require_billing_address: bool,
    pub customer_id: Option<Uuid>,
    pub is_business_customer: bool,
    pub customer_name: Option<String>,
    pub customer_email: Option<String>,
    pub customer_ip_address: Option<String>,
    pub customer_billing_name: Option<String>,
    pub customer_billing_address: Option<Value>,
    pub customer_tax_id: Option<String>,
    pub locale: Option<String>,
    pub metadata: Map<String, Value>,
    pub custom_field_data: Map<String, Value>,
    pub external_customer_id: Option<String>,
    pub customer_metadata: Map<String, Value>,
    pub payment_method_type: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CheckoutStatus {
    Open,
    Expired,
    Confirmed,
    Succeeded,
}

impl Checkout {
    pub fn current_prices(&self) -> &[Price] {
        self.prices.get(&self.product_id).map_or(&[], Vec::as_slice)
    }

    /// What is paid for one period, or once.
    pub fn amount(&self) -> i64 {
        product::amount(self.current_prices(), self.seats)
    }

    /// Where the buyer goes after paying.
    pub fn filled_success_url(&self, own_url: &str) -> String {
        match &self.success_url {
            Some(url) => url.replace("{CHECKOUT_ID}", &self.id.to_string()),
            None => format!("{own_url}/checkout/{}/confirmation", self.client_secret),
        }
    }

    pub fn touch(&mut self, now: Timestamp) {
        self.modified_at = Some(Timestamp::touched(now, self.created_at, self.modified_at));
    }
}
