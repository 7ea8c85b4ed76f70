//! An entry as it is read back.

use chrono::{DateTime, Utc};
use serde_json::Value;
use uuid::Uuid;

#[derive(Debug, Clone)]
pub struct Recorded {
    pub id: Uuid,
    /// Its place in its chain, from 1.
    pub position: i64,
    pub occurred_at: DateTime<Utc>,
    /// The key of an [`super::Action`], or of one that there is no longer.
    pub action: String,
    /// By which right it was done: the key of an [`super::Origin`].
    pub origin: String,
    pub actor: Option<Uuid>,
    /// As whom the actor did it.
    pub on_behalf_of: Option<Uuid>,
    pub subject_type: String,
    pub subject_id: Option<Uuid>,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub address: Option<String>,
    pub user_agent: Option<String>,
    pub request_id: Option<String>,
    pub hash: Vec<u8>,
    /// When its details were erased.
    pub redacted_at: Option<DateTime<Utc>>,
}
