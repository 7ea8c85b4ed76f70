//! Orders, payments, refunds.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::timestamp::Timestamp;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Order {
    pub id: Uuid,
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub status: OrderStatus,
    pub paid: bool,
    pub subtotal_amount: i64,
    /// Taken from the balance when negative.
    pub applied_balance_amount: i64,
    pub refunded_amount: i64,
    pub currency: String,
    pub billing_reason: BillingReason,
    pub billing_name: Option<String>,
    pub billing_address: Option<Value>,
    pub invoice_number: String,
    pub is_invoice_generated: bool,
    pub seats: Option<i64>,
    pub customer_id: Uuid,
    pub product_id: Uuid,
    pub subscription_id: Option<Uuid>,
    pub checkout_id: Option<Uuid>,
    pub next_payment_attempt_at: Option<Timestamp>,
    pub metadata: Map<String, Value>,
    pub custom_field_data: Map<String, Value>,
    pub items: Vec<OrderItem>,
    #[serde(rename = "private")]
    pub dunning: Dunning,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Dunning {
    pub first_failed_at: Option<Timestamp>,
    pub retries: usize,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OrderStatus {
    Pending,
    Paid,
    Refunded,
    PartiallyRefunded,
    Void,
}

impl OrderStatus {
    pub fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Refunded => "refunded",
            Self::PartiallyRefunded => "partially_refunded",
            Self::Void => "void",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BillingReason {
    Purchase,
    SubscriptionCreate,
    SubscriptionCycle,
    SubscriptionUpdate,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct OrderItem {
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub id: Uuid,
    pub label: String,
    pub amount: i64,
    pub tax_amount: i64,
    pub proration: bool,
    pub product_price_id: Option<Uuid>,
    pub start_timestamp: Option<Timestamp>,
    pub end_timestamp: Option<Timestamp>,
}

impl Order {
    pub fn due_amount(&self) -> i64 {
        (self.subtotal_amount + self.applied_balance_amount).max(0)
    }

    pub fn refundable_amount(&self) -> i64 {
        if self.paid {
            self.subtotal_amount.max(0) - self.refunded_amount
        } else {
            0
        }
    }

    pub fn touch(&mut self, now: Timestamp) {
        self.modified_at = Some(Timestamp::touched(now, self.created_at, self.modified_at));
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Payment {
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub id: Uuid,
    pub processor: String,
    pub status: String,
    pub amount: i64,
    pub currency: String,
    pub method: String,
    pub trigger: String,
    pub decline_reason: Option<String>,
    pub decline_message: Option<String>,
    pub checkout_id: Option<Uuid>,
    pub order_id: Option<Uuid>,
    pub processor_metadata: Map<String, Value>,
    pub method_metadata: Value,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Refund {
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub id: Uuid,
    pub metadata: Map<String, Value>,
    pub status: String,
    pub reason: String,
    pub amount: i64,
    pub tax_amount: i64,
    pub currency: String,
    pub order_id: Uuid,
    pub subscription_id: Option<Uuid>,
    pub customer_id: Uuid,
    pub revoke_benefits: bool,
}
