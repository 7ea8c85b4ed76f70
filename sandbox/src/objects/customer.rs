//! Customers, the people in them, their cards and their portal sessions.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::timestamp::Timestamp;

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Customer {
    pub id: Uuid,
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub metadata: Map<String, Value>,
    pub external_id: Option<String>,
    pub email: Option<String>,
    pub name: Option<String>,
    pub billing_name: Option<String>,
    pub billing_address: Option<Value>,
    /// The number and its kind.
    pub tax_id: Option<(String, String)>,
    pub locale: Option<String>,
    pub default_payment_method_id: Option<Uuid>,
    pub deleted_at: Option<Timestamp>,
    pub first_user_event_at: Option<Timestamp>,
    #[serde(rename = "type")]
    pub kind: CustomerKind,
    #[serde(rename = "private")]
    pub wallet: Wallet,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CustomerKind {
    Individual,
    Team,
}

/// What the provider knows and does not tell.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Wallet {
    pub card: CardBehaviour,
    /// What is owed to the customer, in minor units.
    pub balance: i64,
}

/// What becomes of a charge nobody is present for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CardBehaviour {
    #[default]
    Pays,
    Declines,
    /// The bank asks its customer, who is not there.
    AsksForConfirmation,
}

impl CardBehaviour {
    pub const ALL: [Self; 3] = [Self::Pays, Self::Declines, Self::AsksForConfirmation];

    pub fn name(self) -> &'static str {
        match self {
            Self::Pays => "pays",
            Self::Declines => "declines",
            Self::AsksForConfirmation => "asks_for_confirmation",
        }
    }

    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|behaviour| behaviour.name() == name)
    }

    pub fn last4(self) -> &'static str {
        match self {
            Self::Pays => "4242",
            Self::Declines => "0341",
            Self::AsksForConfirmation => "3184",
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Member {
    pub id: Uuid,
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub customer_id: Uuid,
    pub email: String,
    pub name: Option<String>,
    pub external_id: Option<String>,
    pub role: MemberRole,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MemberRole {
    Owner,
    BillingManager,
    Member,
}

impl MemberRole {
    pub const NAMES: [&str; 3] = ["owner", "billing_manager", "member"];

    pub fn parse(name: &str) -> Option<Self> {
        match name {
            "owner" => Some(Self::Owner),
            "billing_manager" => Some(Self::BillingManager),
            "member" => Some(Self::Member),
            _ => None,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CustomerSession {
    pub created_at: Timestamp,
    pub modified_at: Option<Timestamp>,
    pub id: Uuid,
    pub token: String,
    pub expires_at: Timestamp,
    pub return_url: Option<String>,
    pub customer_id: Uuid,
    /// Of the person whose portal it is.
    pub email: Option<String>,
}
