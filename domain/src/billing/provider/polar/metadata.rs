//! What we write beside Polar's own fields, and read back from them.

use std::collections::BTreeMap;

use contract::ids::TenantId;
use serde::Deserialize;
use serde_json::Value;

const TENANT: &str = "tenant_id";

/// As it is read: somebody may have written numbers and truth values by hand.
#[derive(Debug, Default, Deserialize)]
#[serde(transparent)]
pub struct Metadata(BTreeMap<String, Value>);

impl Metadata {
    pub fn tenant(&self) -> Option<TenantId> {
        tenant(self.text(TENANT)?)
    }

    pub fn text(&self, key: &str) -> Option<&str> {
        self.0.get(key).and_then(Value::as_str)
    }
}

/// Metadata to be written, with whose it is.
pub fn of_tenant(tenant: TenantId, mut others: BTreeMap<String, String>) -> BTreeMap<String, String> {
    others.insert(TENANT.to_owned(), tenant.to_string());
    others
}

/// The organization that an external id names. Customers that were not made by us have other ones, or none.
pub fn tenant(external_id: &str) -> Option<TenantId> {
    external_id.parse().ok()
}
